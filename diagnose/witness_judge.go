package diagnose

import (
	"fmt"
	"slices"
	"strings"

	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// KeyAcceptedNow says that a refusal cannot be reproduced, KeyStaleGateway
// that the refusing host is not in the MX set.
const (
	KeyAcceptedNow       = "accepted-now"
	KeyStaleGateway      = "stale-gateway"
	KeyDependencyFailure = "dependency-failure"
)

// WitnessVerdict is the judgement on a whole case.
type WitnessVerdict struct {
	Entry VerdictEntry
	// Words are the case in the words of the table.
	Words      Words
	Class      runbook.Class
	Permanence runbook.Permanence
	Owner      runbook.Owner
	Suppress   bool
	Confidence Confidence
	Stage      smtp.Stage
	// Text says what happened, in two or three sentences.
	Text string
	// Statements say what each witness says, Contradictions where they differ.
	Statements     []Statement
	Contradictions []string
	WouldChange    []string
	Meanwhile      string
	Findings       []Finding
	// Steps are the verdict's own; those of the class's page come after them.
	Steps []runbook.Step
	// NoPage says that the page of the class is not for whom can act.
	NoPage bool
}

// Statement is what one witness says.
type Statement struct {
	// Witness is bounce, dns, refusing-host, replay, control, made-up, host, edge.
	Witness string
	Says    string
	// Supports says that it speaks for the verdict.
	Supports bool
}

// witnessJudge is the work in progress on one case.
type witnessJudge struct {
	*WitnessCase
	values runbook.Values
	v      WitnessVerdict
}

// JudgeWitnesses says what the witnesses of a case mean together. values fill
// the placeholders of its texts and commands.
func JudgeWitnesses(c *WitnessCase, values runbook.Values) WitnessVerdict {
	j := &witnessJudge{WitnessCase: c, values: values}
	j.v.Words = WordsOf(c)
	j.v.Entry = VerdictOf(j.v.Words)
	j.classify()
	j.listen()
	j.contradict()
	j.weigh()
	j.findings()
	j.v.Text = j.text()
	j.v.Meanwhile = j.meanwhile()
	for _, change := range j.v.Entry.Change {
		if change == changeControl && c.Control || change == changeRandom && c.Random {
			continue // has been asked
		}
		j.v.WouldChange = append(j.v.WouldChange, runbook.FillText(change, values))
	}
	j.v.Steps = append(j.v.Steps, j.edgeSteps()...)
	// The pages of these gates tell what to do on a host that has not seen the
	// message.
	gate := j.v.Class.Gate()
	j.v.NoPage = j.v.Entry.Owner == runbook.OwnerSenderAdmin && (gate == "recipient" || gate == "lookup" || gate == "backend")
	steps := j.v.Entry.Steps
	if j.v.Words.Replay == "deferred" && j.v.Entry.Still != nil {
		steps = j.v.Entry.Still
	}
	for _, step := range steps {
		if j.v.Entry.StepsFor != "" && j.v.Entry.StepsFor != j.v.Owner {
			break
		}
		if step.Command == replayStep().Command && c.Control {
			continue
		}
		j.v.Steps = append(j.v.Steps, runbook.Fill(step, values))
	}
	return j.v
}

// classify takes over the class from the witness that the entry names.
func (j *witnessJudge) classify() {
	e := &j.v.Entry
	of := ofClass(runbook.ClassUnknown, Low)
	switch {
	case e.Class != "":
		of = ofClass(e.Class, High)
	case e.From == ClassOfRoute && j.RouteVerdict != nil:
		of = ofClass(j.RouteVerdict.Class, j.RouteVerdict.Confidence)
		of.Permanence, of.Suppress, of.Owner = j.RouteVerdict.Permanence, j.RouteVerdict.Suppress, j.RouteVerdict.Owner
	case e.From == ClassOfEdge && j.Edge != nil:
		of = ofClass(j.Edge.Class, j.Edge.Confidence)
	case e.From == ClassOfReplay && j.refusedNow():
		of = j.Replay.Verdict
	case j.Bounce != nil && (namesCause(j.Bounce.Verdict.Class) || !j.refusedNow()):
		of = j.Bounce.Verdict
	case j.Replay != nil && j.Replay.Class != "":
		of = j.Replay.Verdict
	}
	j.v.Class, j.v.Permanence, j.v.Owner, j.v.Suppress, j.v.Stage = of.Class, of.Permanence, of.Owner, of.Suppress, of.Stage
	j.v.Confidence = of.Confidence
	if e.Owner != "" {
		j.v.Owner = e.Owner
	}
	if e.Permanence != "" {
		j.v.Permanence = e.Permanence
	}
	if e.Alive || j.v.Words.Replay == "refused" && !j.Replay.Suppress || j.v.Words.Bounce == "own" && j.v.Words.Replay == "accepted" {
		j.v.Suppress = false
	}
	if j.v.Owner == "" {
		j.v.Owner = runbook.OwnerNobody
	}
}

// refusedNow reports whether the replay shows a cause.
func (j *witnessJudge) refusedNow() bool {
	return j.Replay != nil && j.Replay.Class != "" && j.Replay.Class != runbook.ClassNoticeDelivered
}

// namesCause reports whether a class says more than that delivery failed.
func namesCause(class runbook.Class) bool {
	return class != runbook.ClassUnknown && class != runbook.ClassDeliveryExpired && class != runbook.ClassNoticeDelayed
}

// say adds what a witness says.
func (j *witnessJudge) say(witness string, supports bool, format string, args ...any) {
	j.v.Statements = append(j.v.Statements, Statement{Witness: witness, Supports: supports, Says: fmt.Sprintf(format, args...)})
}

// listen collects what each witness says.
func (j *witnessJudge) listen() {
	w := &j.v.Words
	if b := j.Bounce; b != nil {
		j.say("bounce", j.v.Class == b.Verdict.Class || w.Refuser == "unlisted" || j.byEdge(b.Verdict.Class), "%s", j.bounceSays())
	}
	if j.RouteVerdict != nil {
		supports := w.Route == "works" && w.Refuser != "unnamed" || w.Route == "split" && j.v.Class == runbook.ClassRoutingSplitDNS ||
			j.v.Class == j.RouteVerdict.Class
		j.say("dns", supports, "%s", j.routeSays())
	}
	if j.Replay != nil && w.Replay != "unasked" {
		for _, h := range j.Replay.Hosts {
			j.say("replay", j.replaySupports(&h), "%s: %s", hostText(h.Host, h.IP), standSays(&h))
		}
	}
	if j.Refuser != nil {
		for _, h := range j.Refuser.Hosts {
			j.say("refusing-host", j.Bounce != nil && h.Class == j.Bounce.Verdict.Class, "%s, which DNS does not list: %s", hostText(h.Host, h.IP), standSays(&h))
		}
	}
	if j.Control && j.Replay != nil {
		j.controlSays()
	}
	if j.Random && j.Replay != nil {
		if w.Random == "accepted" {
			j.say("made-up", w.Replay != "accepted", "a made-up recipient is accepted, too")
		} else if w.Replay == "accepted" {
			j.say("made-up", true, "a made-up recipient is refused, so that acceptance means something")
		}
	}
	for _, l := range j.Local {
		supports := l.Kind == LocalDependency || l.Kind == LocalRefusal && l.Class == j.v.Class
		j.say("host", supports, "%s (%s)", l.Text, placeOf(&l))
	}
	j.edgeSays()
}

// controlSays says what the known-good recipient got.
func (j *witnessJudge) controlSays() {
	switch {
	case j.v.Words.Subject == "everybody":
		j.say("control", true, "the known-good recipient is refused, too")
	case hasFinding(j.Replay.Findings, KeyRejectsEverything):
		j.say("control", false, "the known-good recipient is refused by some hosts, too")
	case j.v.Words.Replay == "refused" || j.v.Words.Replay == "mixed" || j.v.Words.Replay == "deferred":
		j.say("control", j.v.Words.Subject == "recipient", "the known-good recipient is accepted")
	}
}

// bounceSays sums the bounce up.
func (j *witnessJudge) bounceSays() string {
	b := j.Bounce
	said := string(b.Verdict.Class)
	if !b.Reply.IsZero() {
		said += ", \"" + strings.Join(strings.Fields(b.Reply.String()), " ") + "\""
	}
	from := " (no host is named)"
	if b.Host != "" || b.IP != "" {
		from = " from " + hostText(b.Host, b.IP)
	}
	if stage := b.Verdict.Stage; stage != "" {
		from += " " + atStage(stage)
	}
	if !b.Time.IsZero() {
		from += ", " + b.Time.UTC().Format("2006-01-02 15:04:05 UTC")
	}
	return said + from
}

// routeSays sums DNS up.
func (j *witnessJudge) routeSays() string {
	v := j.RouteVerdict
	if len(v.Answers) == 1 && v.Class == "" {
		return "every server that answers says: " + v.Answers[0].Text
	}
	return v.Text
}

// standSays says what a host did, with its words.
func standSays(h *HostVerdict) string {
	word := map[HostStand]string{
		HostAccepts: "accepts", HostRefuses: "refuses", HostDefers: "refuses for now", HostGreylisted: "accepts on the later try",
		HostFaulty: "gives no answer", HostUnasked: "was not asked",
	}[h.Stand]
	if h.Stand != HostAccepts && h.Stand != HostUnasked {
		word += " (" + string(h.Class) + ")"
	}
	if h.Said != "" {
		word += ", \"" + strings.Join(strings.Fields(h.Said), " ") + "\""
	}
	return word
}

// replaySupports reports whether what a host does now speaks for the verdict.
func (j *witnessJudge) replaySupports(h *HostVerdict) bool {
	switch j.v.Entry.Key {
	case "tls-fault":
		return h.Class.Gate() == "tls" || h.TLS != "" && (h.TLS != "verified" || j.v.Class == runbook.ClassTLSRequired)
	case "accepted-now", "delay-over", "accepted", "refused-message", "sender-refused", "greylisted", "temporary-as-final", "stale-gateway", "own-system", "own-relay", "behind-gateway":
		return h.Stand == HostAccepts || h.Stand == HostGreylisted || h.Stand == HostDefers && j.v.Entry.Key == "temporary-as-final"
	case "split-dns":
		return j.v.Words.Replay == "mixed" // each answer leads to another result
	case "inconsistent-hosts", "control-refused", "nothing-reachable", "prober-refused":
		return true
	}
	return h.Class == j.v.Class || j.byEdge(h.Class)
}

// hostText gives a host as a person reads it.
func hostText(name, ip string) string {
	switch {
	case ip == "" || ip == name:
		return name
	case name == "":
		return "[" + ip + "]"
	}
	return name + " [" + ip + "]"
}

// placeOf says where a local witness stands.
func placeOf(l *LocalWitness) string {
	if l.Line > 0 {
		return fmt.Sprintf("%s:%d", l.Source, l.Line)
	}
	return l.Source
}

// contradict lists where the witnesses differ in a way that the verdict does
// not explain.
func (j *witnessJudge) contradict() {
	add := func(format string, args ...any) {
		j.v.Contradictions = append(j.v.Contradictions, fmt.Sprintf(format, args...))
	}
	w := &j.v.Words
	b := j.Bounce
	settled := j.Replay != nil && b != nil && j.Replay.Class == b.Verdict.Class
	if b != nil && !settled && warns(b.Verdict.Findings, FindingCodeMismatch) {
		add("The codes of the bounce and its words name different causes.")
	}
	if b != nil && j.Replay != nil {
		switch {
		case (w.Replay == "refused" || w.Replay == "mixed") && w.Subject != "prober" && b.Verdict.Class != j.Replay.Class && namesCause(b.Verdict.Class):
			add("The bounce says %s, the mail hosts now say %s.", b.Verdict.Class, j.Replay.Class)
		case w.Bounce == "refused" && w.Replay == "deferred":
			add("The bounce says that the refusal is final, the mail hosts now refuse for now (%s).", j.Replay.Class)
		case w.Bounce == "refused" && w.Replay == "greylisted":
			add("The bounce says that the refusal is final, the mail hosts now accept after a while.")
		case w.Bounce == "network" && w.Replay == "unreachable" && j.Replay.Class.Gate() != "network":
			add("The bounce says %s, a mail host now says %s.", b.Verdict.Class, j.Replay.Class)
		case w.Bounce == "network" && w.Replay == "accepted":
			add("The sender could not connect, this machine can.")
		}
		if w.Refuser == "listed" && w.Replay != "unasked" {
			j.contradictRefuser(add)
		}
	}
	if w.Refuser == "unlisted" && w.Replay == "refused" {
		add("The listed mail hosts refuse as well (%s): the wrong host was asked, and the right ones would not have taken it either.", j.Replay.Class)
	}
	if w.Route == "split" && j.v.Class != runbook.ClassRoutingSplitDNS {
		add("Resolvers disagree on the mail hosts, too.")
	}
	j.contradictEdge(add)
	for _, l := range j.Local {
		if l.Kind == LocalRefusal && l.Class != "" && b != nil && l.Class != b.Verdict.Class {
			add("The log says %s (%s), the bounce says %s.", l.Class, placeOf(&l), b.Verdict.Class)
		}
	}
}

// isRefuser reports whether a mail host is the one that the bounce names.
func (j *witnessJudge) isRefuser(h *HostVerdict) bool {
	return j.Bounce.Host != "" && hostKey(h.Host) == hostKey(j.Bounce.Host) || j.Bounce.IP != "" && h.IP == j.Bounce.IP
}

// contradictRefuser says so where the refusing host now differs from the rest.
func (j *witnessJudge) contradictRefuser(add func(string, ...any)) {
	for _, h := range j.Replay.Hosts {
		if j.isRefuser(&h) && h.Stand == HostFaulty && (j.v.Words.Replay == "accepted" || j.v.Words.Replay == "refused") {
			add("The host that refused (%s) gives no answer now, so that only others speak: %s.", hostText(h.Host, h.IP), h.Said)
			return
		}
		if j.isRefuser(&h) && h.Stand == HostAccepts && j.v.Words.Replay == "mixed" {
			add("The host that refused (%s) accepts now, and others refuse.", hostText(h.Host, h.IP))
			return
		}
	}
}

// weigh gives the confidence that the agreement of the witnesses allows.
func (j *witnessJudge) weigh() {
	sources := map[string]bool{}
	for _, s := range j.v.Statements {
		if s.Supports {
			sources[s.Witness] = true
		}
	}
	level := 0
	switch {
	case len(sources) >= 3, len(sources) == 2 && j.v.Confidence == High:
		level = 2
	case len(sources) == 2, len(sources) == 1 && j.v.Confidence != Low:
		level = 1
	}
	if len(sources) == 1 && !sources["bounce"] && j.v.Confidence == High && j.v.Entry.Limit == "" && j.v.Entry.From != ClassOfBounce {
		level = 2 // a single witness that saw it itself
	}
	level -= min(level, len(j.v.Contradictions))
	if j.v.Words.Refuser == "unlisted" && j.Bounce.IP == "" && j.v.Words.Replay != "accepted" {
		level = min(level, 1) // by its name alone; hosts have several
	}
	levels := []Confidence{Low, Medium, High}
	j.v.Confidence = levels[level]
	if limit := slices.Index(levels, j.v.Entry.Limit); limit >= 0 && level > limit {
		j.v.Confidence = j.v.Entry.Limit
	}
}

// findings collects those of all witnesses, the gravest first, one of each key.
func (j *witnessJudge) findings() {
	j.v.Findings = []Finding{}
	add := func(f Finding) {
		if !hasFinding(j.v.Findings, f.Key) {
			j.v.Findings = append(j.v.Findings, f)
		}
	}
	if j.v.Words.Refuser == "unlisted" {
		add(Finding{Key: KeyStaleGateway, Severity: Error, Text: j.staleText()})
	}
	if j.v.Words.Replay == "accepted" && j.Bounce != nil && j.v.Words.Bounce != "own" && j.v.Words.Bounce != "late" && j.v.Words.Refuser != "behind" {
		add(Finding{Key: KeyAcceptedNow, Severity: Info, Text: "The refusal of the bounce cannot be reproduced: the mail hosts accept the recipient now."})
	}
	for _, l := range j.Local {
		if l.Kind == LocalDependency {
			add(Finding{Key: KeyDependencyFailure, Severity: Error, Text: l.Text + " (" + placeOf(&l) + ")"})
		}
	}
	var groups [][]Finding
	if j.Edge != nil {
		groups = append(groups, j.Edge.Findings)
	}
	if j.Bounce != nil {
		groups = append(groups, j.Bounce.Verdict.Findings)
	}
	if j.Replay != nil {
		groups = append(groups, j.Replay.Findings)
	}
	if j.RouteVerdict != nil {
		groups = append(groups, j.RouteVerdict.Findings)
	}
	for _, findings := range groups {
		for _, f := range findings {
			add(f)
		}
	}
	slices.SortStableFunc(j.v.Findings, func(a, b Finding) int { return gravity(b.Severity) - gravity(a.Severity) })
}

// staleText says what DNS says instead, with resolver and TTL.
func (j *witnessJudge) staleText() string {
	var text strings.Builder
	fmt.Fprintf(&text, "%s refused and is in nobody's MX set for %s.", hostText(j.Bounce.Host, j.Bounce.IP), j.Route.Domain)
	for i := range j.Route.Views {
		v := &j.Route.Views[i]
		if v.Route == RouteFailed || len(v.Hosts) == 0 {
			continue
		}
		ttl := v.Hosts[0].TTL
		fmt.Fprintf(&text, " %s says %s, TTL %d s", v.Label, statement(v), ttl)
		if v.Kind == ViewAuthoritative {
			text.WriteString(" (the domain's own: no cache holds an answer longer)")
		}
		text.WriteString(".")
		if i >= 3 {
			break
		}
	}
	return text.String()
}

// text says what happened and why that is held.
func (j *witnessJudge) text() string {
	text := runbook.FillText(j.v.Entry.Means, j.values)
	if j.v.Entry.From == ClassOfEdge && j.Edge != nil {
		text = j.Edge.Text + " " + text
	}
	if n := len(j.v.Contradictions); n > 0 {
		text += " Not everything fits: " + strings.Join(j.v.Contradictions, " ")
	}
	return text
}

// meanwhile says whether to open up for a while.
func (j *witnessJudge) meanwhile() string {
	if j.v.Entry.Meanwhile != "" {
		return runbook.FillText(j.v.Entry.Meanwhile, j.values)
	}
	switch j.v.Class.Gate() {
	case "lookup", "backend":
		return "Receiving side: yes, if the queue has room; accept and defer what cannot be looked up, with a limit for each client. Without room answer 4xx, never 5xx."
	case "policy", "auth", "content":
		return "Receiving side: at most an exception for this one sender's address, with an end date; the check itself stays."
	case "recipient":
		return "No: opening up for unknown recipients brings in mail that nobody can deliver. Repair the one entry."
	case "network", "dns", "tls":
		return "Nothing to open: senders keep the mail in their queues and try again for days."
	case "routing", "domain", "sender", "protocol", "delivery":
		return "No: nothing that the receiving side could let in would repair this."
	}
	return ""
}
