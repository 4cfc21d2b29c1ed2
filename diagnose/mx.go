package diagnose

import (
	"slices"
	"strings"

	"github.com/smtpdiag/smtpdiag/evidence"
	"github.com/smtpdiag/smtpdiag/runbook"
)

// MailRoute says how a domain's mail is routed in one view.
type MailRoute string

// The ways, RFC 5321 section 5.1 and RFC 7505.
const (
	RouteMX       MailRoute = "mx"       // MX records
	RouteImplicit MailRoute = "implicit" // no MX record, the domain's own address
	RouteNull     MailRoute = "null-mx"  // the null MX alone
	RouteNoData   MailRoute = "nodata"   // neither MX nor address records
	RouteNXDomain MailRoute = "nxdomain" // no such domain
	RouteFailed   MailRoute = "failed"   // no statement; see MailView.Failure
)

// ViewKind says why a server was asked.
type ViewKind string

// The kinds of views.
const (
	ViewSystem        ViewKind = "system"
	ViewPublic        ViewKind = "public"
	ViewAuthoritative ViewKind = "authoritative"
	ViewGiven         ViewKind = "given"
)

// The failures of a view or of a host's addresses that the judgement tells
// apart. Others are taken as they are.
const (
	failureNXDomain = "nxdomain"
	failureServfail = "servfail"
	failureCanceled = "canceled"
	failureTimeout  = "timeout"
	failureNoWay    = "unreachable"
	failureRefused  = "refused"
)

// MailView is what one server says about a domain's mail hosts.
type MailView struct {
	// Label names the server: "192.0.2.53:53". Name is its host name, or "".
	Label string
	Name  string
	Kind  ViewKind
	Route MailRoute
	// Failure is the error that kept the server from a statement, or "";
	// Detail the same in words.
	Failure string
	Detail  string
	// NegativeTTL says for how many seconds it may be held that there is no
	// such name or record.
	NegativeTTL uint32
	// Serial is that of the zone at an authoritative server, or 0.
	Serial uint32
	Hosts  []MailViewHost
}

// MailViewHost is one mail host in a MailView.
type MailViewHost struct {
	Preference int
	// Name is "" for a null MX.
	Name string
	// TTL is in seconds.
	TTL uint32
	// Literal says that Name is an IP address; Special then tells what is
	// special about it.
	Literal bool
	// Alias is the end of the CNAME records that Name leads to, or "".
	Alias     string
	Addresses []MailAddress
	// Failure is the error of the address lookups where there is no address,
	// or "" where the name exists without one.
	Failure string
}

// MailAddress is one address of a mail host.
type MailAddress struct {
	IP string
	// Special says what kind of address this is that no mail host on the
	// Internet has ("loopback (RFC 1122)"), or "".
	Special string
}

// NameServerFact is what is known of one name server of a zone.
type NameServerFact struct {
	Name string
	// Parent and Child say whether the delegation and the zone itself name it.
	Parent, Child bool
	// Failure says why it has no address, or "".
	Failure string
	// Addresses counts its addresses.
	Addresses int
}

// MXCase is everything that JudgeMX looks at.
type MXCase struct {
	// Domain is the ASCII form.
	Domain string
	Views  []MailView
	// Zone is the zone that holds the domain, or "", and Servers its name
	// servers.
	Zone    string
	Servers []NameServerFact
	// Parents says that the walk came from the zone above, so that a server
	// without NameServerFact.Parent is really missing there.
	Parents bool
	Policy  []PolicyFact
}

// MXVerdict is the judgement on the mail hosts of one domain.
type MXVerdict struct {
	// Agree says that all servers that make a statement make the same one, and
	// that no resolver fails where others answer.
	Agree bool
	// Class is "" where nothing is wrong.
	Class      runbook.Class
	Permanence runbook.Permanence
	Owner      runbook.Owner
	Suppress   bool
	Confidence Confidence
	// Text sums the verdict up in a sentence.
	Text string
	// Answers are the different statements, the one to believe first.
	Answers []MailAnswer
	// Findings holds the gravest first.
	Findings []Finding
	Steps    []runbook.Step
}

// MailAnswer is one statement and who makes it.
type MailAnswer struct {
	// Text is the statement: "10 mx1.example.net, 20 mx2.example.net".
	Text string
	// Views are the indices in MXCase.Views of those that make it.
	Views []int
	// Believed says that this is what holds, as far as can be told: the
	// authoritative servers agree on it.
	Believed bool
}

// mxJudge is the work in progress on one case.
type mxJudge struct {
	MXCase
	v MXVerdict
}

// JudgeMX compares what the servers say about a domain's mail hosts: their
// names, and whether the names exist. Addresses are not compared, since many
// rotate; nor are preferences, which have a finding of their own.
func JudgeMX(c MXCase) MXVerdict {
	j := &mxJudge{MXCase: c, v: MXVerdict{Agree: true, Confidence: High}}
	j.group()
	j.classify()
	j.split()
	j.resolversFail()
	j.invalid()
	j.notes()
	j.authority()
	j.policy()
	if entry, known := runbook.Lookup(j.v.Class); known {
		j.v.Permanence, j.v.Suppress = entry.Permanence, entry.Suppress
		if j.v.Owner == "" {
			j.v.Owner = entry.Owner
		}
	}
	slices.SortStableFunc(j.v.Findings, func(a, b Finding) int { return gravity(b.Severity) - gravity(a.Severity) })
	j.v.Steps = j.steps()
	return j.v
}

// gravity orders severities.
func gravity(s Severity) int {
	switch s {
	case Error:
		return 2
	case Warning:
		return 1
	case Info:
	}
	return 0
}

// find adds a finding that rests on the views with the given indices.
func (j *mxJudge) find(key string, severity Severity, text string, views ...int) {
	f := Finding{Key: key, Severity: severity, Text: text}
	for _, i := range views {
		v := &j.Views[i]
		f.Items = append(f.Items, evidence.Item{
			Kind: evidence.KindDNS, Field: "MX", Source: evidence.Source{Name: v.Label}, Host: v.Name, Text: statement(v),
		})
	}
	j.v.Findings = append(j.v.Findings, f)
}

// group puts the views that make the same statement together.
func (j *mxJudge) group() {
	index := map[string]int{}
	for i := range j.Views {
		v := &j.Views[i]
		if v.Route == RouteFailed {
			continue
		}
		key := signature(v)
		at, seen := index[key]
		if !seen {
			at = len(j.v.Answers)
			index[key] = at
			j.v.Answers = append(j.v.Answers, MailAnswer{Text: statement(v)})
		}
		j.v.Answers[at].Views = append(j.v.Answers[at].Views, i)
	}
	j.believe()
}

// believe marks the answer that all authoritative servers agree on and puts it
// first; without one, the answer of most views comes first.
func (j *mxJudge) believe() {
	voices := func(a MailAnswer, kind ViewKind) (n int) {
		for _, i := range a.Views {
			if j.Views[i].Kind == kind {
				n++
			}
		}
		return n
	}
	speaking := 0
	for _, a := range j.v.Answers {
		if voices(a, ViewAuthoritative) > 0 {
			speaking++
		}
	}
	slices.SortStableFunc(j.v.Answers, func(a, b MailAnswer) int {
		if n := voices(b, ViewAuthoritative) - voices(a, ViewAuthoritative); n != 0 {
			return n
		}
		return len(b.Views) - len(a.Views)
	})
	if len(j.v.Answers) > 0 {
		j.v.Answers[0].Believed = len(j.v.Answers) == 1 || speaking == 1
	}
}

// signature is what of a view is compared.
func signature(v *MailView) string {
	if v.Route != RouteMX {
		return string(v.Route)
	}
	var names []string
	for _, h := range v.Hosts {
		names = append(names, strings.ToLower(h.Name))
	}
	slices.Sort(names)
	return "mx " + strings.Join(slices.Compact(names), " ")
}

// classify decides on the class where the answers agree.
func (j *mxJudge) classify() {
	switch {
	case len(j.v.Answers) == 0:
		j.classifySilence()
		return
	case j.resolversSilent():
		j.v.Class, j.v.Agree = runbook.ClassDNSFailure, false
		j.v.Text = "No resolver that was asked finds the domain's mail hosts (" + j.failures() + "); only its name servers answer: " + j.v.Answers[0].Text + "."
		return
	case len(j.v.Answers) > 1:
		j.v.Class, j.v.Agree = runbook.ClassRoutingSplitDNS, false
		return
	}
	switch j.view(0).Route {
	case RouteNXDomain:
		j.v.Class, j.v.Text = runbook.ClassDomainNotFound, "The domain does not exist in DNS (NXDOMAIN)."
	case RouteNoData:
		j.v.Class, j.v.Text = runbook.ClassDomainNotFound, "The domain exists in DNS and has neither MX nor address records (NODATA), so no mail can be sent to it."
	case RouteNull:
		j.v.Class, j.v.Text = runbook.ClassDomainNullMX, "The domain says with a null MX that it takes no mail (RFC 7505)."
	case RouteImplicit:
		j.v.Text = "The domain has no MX record, and mail goes to its own address."
	case RouteMX:
		j.v.Text = "All that answer name the same mail hosts."
	case RouteFailed:
	}
}

// resolversSilent reports whether resolvers were asked and none made a
// statement. Senders ask resolvers, so what the name servers say does not help
// them.
func (j *mxJudge) resolversSilent() bool {
	asked := false
	for i := range j.Views {
		v := &j.Views[i]
		if v.Kind == ViewAuthoritative || v.Failure == failureCanceled {
			continue
		}
		if v.Route != RouteFailed {
			return false
		}
		asked = true
	}
	return asked
}

// classifySilence decides where no server made a statement.
func (j *mxJudge) classifySilence() {
	j.v.Class, j.v.Text = runbook.ClassDNSFailure, "No server that was asked says anything about the domain's mail hosts: "+j.failures()+"."
	rcodes := map[string]bool{}
	interrupted, silent := 0, 0
	for i := range j.Views {
		rcodes[j.Views[i].Failure] = true
		switch j.Views[i].Failure {
		case failureCanceled:
			interrupted++
		case failureTimeout, failureNoWay:
			silent++
		}
	}
	switch {
	case len(j.Views) == 0:
		j.v.Class, j.v.Text, j.v.Confidence = runbook.ClassUnknown, "There was no server to ask.", Low
	case interrupted == len(j.Views):
		j.v.Class, j.v.Text, j.v.Confidence = runbook.ClassUnknown, "Interrupted before any server answered.", Low
	case silent == len(j.Views):
		j.v.Owner, j.v.Confidence = runbook.OwnerSenderAdmin, Medium
	}
	j.v.Agree = len(rcodes) <= 1
}

// view gives the first view of an answer.
func (j *mxJudge) view(answer int) *MailView { return &j.Views[j.v.Answers[answer].Views[0]] }

// failures sums up the failed views: "servfail (2), timeout (1)".
func (j *mxJudge) failures() string {
	var order []string
	count := map[string]int{}
	for i := range j.Views {
		f := j.Views[i].Failure
		if f == "" {
			continue
		}
		if count[f] == 0 {
			order = append(order, f)
		}
		count[f]++
	}
	for i, f := range order {
		order[i] = FailureWords(f)
		if count[f] > 1 {
			order[i] += " (" + number(count[f]) + " times)"
		}
	}
	if len(order) == 0 {
		return "none was asked"
	}
	return strings.Join(order, ", ")
}
