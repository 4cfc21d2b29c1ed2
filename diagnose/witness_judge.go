package diagnose

import (
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
	if j.v.Entry.Key == "stale-gateway" && j.outlived() > 0 {
		// No cache can be the cause any more: what does not pass by itself first.
		steps = slices.Clone(steps)
		slices.Reverse(steps)
	}
	for _, step := range steps {
		if j.v.Entry.StepsFor != "" && j.v.Entry.StepsFor != j.v.Owner || j.v.Entry.Key == "own-system" && gate == "domain" {
			break // the page of the class begins with what helps
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
