package diagnose

import (
	"slices"
	"strings"

	"github.com/smtpdiag/smtpdiag/runbook"
)

// The keys of findings about mail hosts beside those of the contract.
const (
	keySplitDNS       = "split-dns"
	keyMXInvalid      = "mx-invalid"
	keyResolverFails  = "resolver-fails"      // a resolver makes no statement
	keyAuthorityFails = "authority-fails"     // a name server of the zone makes none
	keyDelegation     = "delegation-mismatch" // parent and zone name other servers
	keyPreference     = "mx-preference"       // same hosts, other order
	keyImplicit       = "mx-implicit"         // no MX record
	keyUnresolved     = "mx-unresolved"       // a host's address lookup failed
)

// split adds a finding for every answer that differs from the first.
func (j *mxJudge) split() {
	if len(j.v.Answers) < 2 {
		j.differentHosts()
		j.preferences()
		return
	}
	first := j.v.Answers[0]
	others := " (the domain's own name servers agree on that)"
	if !first.Believed {
		others = ""
		j.v.Confidence = Medium
	}
	var who []string
	for _, a := range j.v.Answers[1:] {
		text := j.says(a.Views, a.Text) + ", while " + j.says(first.Views, first.Text) + others + "."
		text += j.life(a)
		if !first.Believed {
			text += j.life(first)
		}
		j.find(keySplitDNS, Error, text+j.hint(a), append(slices.Clone(a.Views), first.Views...)...)
		who = append(who, a.Text)
	}
	if j.v.Class == runbook.ClassRoutingSplitDNS {
		j.v.Text = number(len(j.v.Answers)) + " different answers: " + first.Text + " against " + list(who) + "."
		if first.Believed && !j.anyDeviates(func(v *MailView) bool { return v.Kind != ViewSystem }) {
			j.v.Owner = runbook.OwnerSenderAdmin // only this machine sees it so
		}
	}
}

// anyDeviates reports whether a view that differs from the first answer is such.
func (j *mxJudge) anyDeviates(such func(*MailView) bool) bool {
	for _, a := range j.v.Answers[1:] {
		for _, i := range a.Views {
			if such(&j.Views[i]) {
				return true
			}
		}
	}
	return false
}

// says gives who says what.
func (j *mxJudge) says(views []int, text string) string {
	return j.servers(views) + verb(len(views), " says ", " say ") + text
}

// life says how long an answer may go on being given.
func (j *mxJudge) life(a MailAnswer) string {
	live := j.lifetime(a.Views)
	if live == 0 {
		return ""
	}
	time := number(live) + " s (" + span(live) + ")"
	if live < 120 {
		time = number(live) + " s"
	}
	if j.kinds(a.Views)[ViewAuthoritative] > 0 {
		return " Resolvers that ask " + j.servers(a.Views) + " may hold its answer for " + time + "."
	}
	return " By its TTL the answer of " + j.servers(a.Views) + " may live for up to " + time + " more."
}

// verb chooses between the forms of a verb for one and for several.
func verb(n int, one, several string) string {
	if n == 1 {
		return one
	}
	return several
}

// lifetime gives the longest time that any of the views may live.
func (j *mxJudge) lifetime(views []int) uint32 {
	var longest uint32
	for _, i := range views {
		longest = max(longest, lifetime(&j.Views[i]))
	}
	return longest
}

// hint says what the pattern of a deviating answer points to.
func (j *mxJudge) hint(a MailAnswer) string {
	kinds := j.kinds(a.Views)
	if kinds[ViewAuthoritative] > 0 {
		if mine, other := j.serials(a.Views), j.serials(j.v.Answers[0].Views); mine > 0 && other > 0 && mine != other {
			return " Its zone has the serial " + number(mine) + ", the other's is " + number(other) +
				": they do not hold the same version of the zone."
		}
		return ""
	}
	if kinds[ViewPublic] == 0 && j.allSpecial(a) {
		return " Its hosts have addresses of a closed network, so this looks like a view that is meant for the inside."
	}
	return ""
}

// kinds counts the kinds of views.
func (j *mxJudge) kinds(views []int) map[ViewKind]int {
	count := make(map[ViewKind]int, 4)
	for _, i := range views {
		count[j.Views[i].Kind]++
	}
	return count
}

// serials gives the highest serial of the views.
func (j *mxJudge) serials(views []int) uint32 {
	var highest uint32
	for _, i := range views {
		highest = max(highest, j.Views[i].Serial)
	}
	return highest
}

// allSpecial reports whether every address in an answer is one of a closed
// network.
func (j *mxJudge) allSpecial(a MailAnswer) bool {
	seen := false
	for _, i := range a.Views {
		for _, h := range j.Views[i].Hosts {
			for _, addr := range h.Addresses {
				if addr.Special == "" {
					return false
				}
				seen = true
			}
		}
	}
	return seen
}

// differentHosts looks for hosts that exist in one view and not in another.
func (j *mxJudge) differentHosts() {
	if len(j.v.Answers) != 1 {
		return
	}
	with, without := map[string][]int{}, map[string][]int{}
	var names []string
	for _, i := range j.v.Answers[0].Views {
		for _, h := range j.Views[i].Hosts {
			if h.Name == "" || h.Literal {
				continue
			}
			if with[h.Name] == nil && without[h.Name] == nil {
				names = append(names, h.Name)
			}
			switch {
			case len(h.Addresses) > 0:
				with[h.Name] = append(with[h.Name], i)
			case h.Failure == "" || h.Failure == failureNXDomain:
				without[h.Name] = append(without[h.Name], i)
			}
		}
	}
	for _, name := range names {
		if len(with[name]) == 0 || len(without[name]) == 0 {
			continue
		}
		j.v.Class, j.v.Agree = runbook.ClassRoutingSplitDNS, false
		j.v.Text = "All name the same mail hosts, but " + name + " does not exist everywhere."
		j.find(keySplitDNS, Error, "The mail host "+name+" has an address as "+j.servers(with[name])+verb(len(with[name]), " sees", " see")+
			" it, and none as "+j.servers(without[name])+verb(len(without[name]), " sees", " see")+" it.", without[name]...)
	}
}

// preferences looks for the same hosts in another order.
func (j *mxJudge) preferences() {
	if len(j.v.Answers) != 1 || j.view(0).Route != RouteMX {
		return
	}
	views := j.v.Answers[0].Views
	for _, i := range views[1:] {
		if !slices.Equal(order(&j.Views[i]), order(&j.Views[views[0]])) {
			j.find(keyPreference, Warning, "The hosts are the same, their preferences are not: "+server(&j.Views[views[0]])+" says "+
				j.v.Answers[0].Text+", "+server(&j.Views[i])+" says "+statement(&j.Views[i])+".", views[0], i)
			return
		}
	}
}

// order gives the hosts of a view with their preferences, sorted.
func order(v *MailView) []string {
	var hosts []string
	for _, h := range v.Hosts {
		hosts = append(hosts, number(h.Preference)+" "+h.Name)
	}
	slices.Sort(hosts)
	return hosts
}

// resolversFail judges resolvers that make no statement where others do.
func (j *mxJudge) resolversFail() {
	if len(j.v.Answers) == 0 {
		return
	}
	failed := map[string][]int{}
	var failures []string
	system, systemFailed := 0, []int(nil)
	for i := range j.Views {
		v := &j.Views[i]
		if v.Kind == ViewSystem {
			system++
		}
		if v.Route != RouteFailed || v.Kind == ViewAuthoritative || v.Failure == failureCanceled {
			continue
		}
		if v.Kind == ViewSystem {
			systemFailed = append(systemFailed, i)
		}
		if failed[v.Failure] == nil {
			failures = append(failures, v.Failure)
		}
		failed[v.Failure] = append(failed[v.Failure], i)
	}
	for _, failure := range failures {
		views := failed[failure]
		if failure == failureServfail {
			j.servfail(views)
			continue
		}
		j.find(keyResolverFails, Warning, j.servers(views)+verb(len(views), " gives", " give")+" no answer about the domain: "+
			failureDetail(&j.Views[views[0]])+".", views...)
	}
	if system > 0 && len(systemFailed) == system && j.v.Class == "" {
		j.v.Class, j.v.Owner = runbook.ClassDNSFailure, runbook.OwnerSenderAdmin
		j.v.Text = "The resolvers of this machine give no answer about the domain (" + j.failures() + "), while others do: " + j.v.Answers[0].Text + "."
	}
}

// servfail judges resolvers that could not find out what others say. Where
// servers differ in whether they check DNSSEC, a broken signature shows so.
func (j *mxJudge) servfail(views []int) {
	j.v.Agree = false
	if j.v.Class == "" {
		j.v.Class, j.v.Confidence = runbook.ClassRoutingSplitDNS, Medium
		j.v.Text = "Some resolvers cannot find the domain's mail hosts (SERVFAIL), while others say " + j.v.Answers[0].Text + "."
	}
	text := j.servers(views) + verb(len(views), " answers", " answer") + " SERVFAIL, while " + j.servers(j.v.Answers[0].Views) +
		verb(len(j.v.Answers[0].Views), " says ", " say ") + j.v.Answers[0].Text + "."
	detail := j.Views[views[0]].Detail
	if strings.Contains(detail, "DNSSEC") || strings.Contains(detail, "Signature") {
		text += " The server says why: " + detail + "."
	} else {
		text += " A resolver that checks DNSSEC fails so where signatures are broken, one that cannot reach the name servers too."
	}
	j.find(keySplitDNS, Error, text, views...)
}

// failureDetail gives the error of a view in words, with the server's own.
func failureDetail(v *MailView) string {
	words := FailureWords(v.Failure)
	if v.Detail != "" && v.Detail != words && v.Failure != failureTimeout {
		words += " (" + v.Detail + ")"
	}
	return words
}

// notes adds what is in order and yet worth knowing.
func (j *mxJudge) notes() {
	for _, a := range j.v.Answers {
		if j.Views[a.Views[0]].Route == RouteImplicit {
			j.find(keyImplicit, Info, "There is no MX record, so mail goes to the address of the domain itself (implicit MX, RFC 5321 section 5.1)."+
				" Where that is a web server, mail fails in ways that look like a network fault; a null MX says so at once.", a.Views...)
		}
	}
}

// authority judges the domain's own name servers.
func (j *mxJudge) authority() {
	failed := map[string][]int{}
	var failures []string
	answering := 0
	for i := range j.Views {
		v := &j.Views[i]
		if v.Kind != ViewAuthoritative || v.Failure == failureCanceled {
			continue
		}
		if v.Route != RouteFailed {
			answering++
			continue
		}
		if failed[v.Failure] == nil {
			failures = append(failures, v.Failure)
		}
		failed[v.Failure] = append(failed[v.Failure], i)
	}
	for _, failure := range failures {
		views := failed[failure]
		severity := Warning
		text := "The name " + verb(len(views), "server ", "servers ") + j.servers(views) + verb(len(views), " does", " do") +
			" not answer for the zone: " + failureDetail(&j.Views[views[0]]) + "."
		if answering == 0 && len(j.v.Answers) > 0 {
			severity = Error
			text += " No name server of the zone answers, so the resolvers speak from their caches, or this machine may not ask name servers itself."
			if failure != failureTimeout && failure != failureNoWay {
				text = strings.TrimSuffix(text, ", or this machine may not ask name servers itself.") + "."
			}
		}
		j.find(keyAuthorityFails, severity, text, views...)
	}
	j.delegation()
}

// delegation compares the name servers that the zone above names with those
// that the zone itself names.
func (j *mxJudge) delegation() {
	var parentOnly, childOnly, nowhere []string
	known := slices.ContainsFunc(j.Servers, func(s NameServerFact) bool { return s.Child })
	for _, s := range j.Servers {
		switch {
		case s.Addresses == 0 && (s.Failure == "" || s.Failure == failureNXDomain):
			nowhere = append(nowhere, s.Name)
		case s.Parent && !s.Child:
			parentOnly = append(parentOnly, s.Name)
		case s.Child && !s.Parent:
			childOnly = append(childOnly, s.Name)
		}
	}
	if len(nowhere) > 0 {
		j.find(keyDelegation, Warning, "The name "+verb(len(nowhere), "server ", "servers ")+list(nowhere)+" of the zone "+j.Zone+verb(len(nowhere), " has", " have")+" no address.")
	}
	if !j.Parents || !known {
		return
	}
	if len(parentOnly) > 0 {
		j.find(keyDelegation, Warning, "The zone above names "+list(parentOnly)+" as name "+verb(len(parentOnly), "server", "servers")+" of "+j.Zone+", the zone itself does not: a left-over of a move can serve old data.")
	}
	if len(childOnly) > 0 {
		j.find(keyDelegation, Info, "The zone "+j.Zone+" names "+list(childOnly)+" as name "+verb(len(childOnly), "server", "servers")+", the zone above does not.")
	}
}
