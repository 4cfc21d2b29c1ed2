package report

// SchemaDiagnose names the form of Diagnose.
const SchemaDiagnose = "smtpdiag.diagnose/v1"

// Diagnose is the verdict on one recipient from all witnesses: the bounce, DNS,
// the mail hosts asked again, and the files of a host.
type Diagnose struct {
	Schema string `json:"schema" redact:"keep"`
	// Source is the bounce as the user named it, or the address.
	Source    string          `json:"source" redact:"path"`
	Recipient string          `json:"recipient" redact:"address"`
	Verdict   DiagnoseVerdict `json:"verdict"`
	// Cause numbers the causes of a run, from 1; recipients with the same one
	// need the same action.
	Cause int `json:"cause"`
	// Bounce holds the one recipient that this is about; null for an address.
	Bounce *Bounce `json:"bounce"`
	// MX and Probe are null where nobody was asked; RefusingHost is what the
	// host said that the bounce names and DNS does not list, if it was asked.
	MX           *MX    `json:"mx"`
	Probe        *Probe `json:"probe"`
	RefusingHost *Probe `json:"refusing_host"`
	// Log, Postconf and Queue are the files of a host.
	Log      []*LogGroup   `json:"log"`
	Postconf *Postconf     `json:"postconf"`
	Queue    []*QueueGroup `json:"queue"`
	// Edge holds the checks on the receiving host, null where there are none.
	Edge *Edge `json:"edge"`
	// Witnesses are what each says, in a line.
	Witnesses []DiagnoseWitness `json:"witnesses"`
	Findings  []Finding         `json:"findings"`
	Next      []Step            `json:"next"`
	// Chain is the way of the message, with the place where it stopped.
	Chain []DiagnoseHop `json:"chain"`
	// Letter is a text for the other side's postmaster, or "".
	Letter string `json:"letter"`
	// LetterTo says whom it is for.
	LetterTo string `json:"letter_to" redact:"address"`
	// Compared is null without an earlier record to compare with.
	Compared *DiagnoseCompared `json:"compared"`
	// Time is that of the last observation, RFC 3339 in UTC.
	Time string `json:"time" redact:"keep"`
}

// DiagnoseVerdict is what the witnesses mean together.
type DiagnoseVerdict struct {
	Key        string `json:"key" redact:"keep"`
	Title      string `json:"title" redact:"keep"`
	Class      string `json:"class" redact:"keep"`
	Permanence string `json:"permanence" redact:"keep"`
	Suppress   bool   `json:"suppress"`
	Owner      string `json:"owner" redact:"keep"`
	Confidence string `json:"confidence" redact:"keep"`
	Stage      string `json:"stage" redact:"keep"`
	Text       string `json:"text" redact:"prose"`
	// WouldChange are observations that would change the verdict.
	WouldChange    []string `json:"would_change" redact:"prose"`
	Contradictions []string `json:"contradictions" redact:"prose"`
	// Meanwhile says whether to open up for a while.
	Meanwhile string `json:"meanwhile" redact:"prose"`
}

// DiagnoseWitness is what one witness says.
type DiagnoseWitness struct {
	// Witness is bounce, dns, refusing-host, replay, control, made-up, host or edge.
	Witness string `json:"witness" redact:"keep"`
	Says    string `json:"says"`
	// Supports says that it speaks for the verdict.
	Supports bool `json:"supports"`
}

// DiagnoseHop is one stop on the way of the message.
type DiagnoseHop struct {
	// Role is sender, reporter, dns, host or recipient.
	Role string `json:"role" redact:"keep"`
	Name string `json:"name"`
	// State is passed, stopped or open (nothing is known of it).
	State string `json:"state" redact:"keep"`
	// Note says what happened there, or "".
	Note string `json:"note"`
}

// DiagnoseCompared is what changed since an earlier record.
type DiagnoseCompared struct {
	Source string `json:"source" redact:"path"`
	// Time is that of the earlier record.
	Time    string           `json:"time" redact:"keep"`
	Changes []DiagnoseChange `json:"changes"`
}

// DiagnoseChange is one thing that changed.
type DiagnoseChange struct {
	What string `json:"what" redact:"prose"`
	Was  string `json:"was"`
	Now  string `json:"now"`
}

// judgement gives the parts that other documents have, too.
func (d *Diagnose) judgement() Judgement {
	v := &d.Verdict
	return Judgement{
		Class: v.Class, Permanence: v.Permanence, Suppress: v.Suppress, Owner: v.Owner, Confidence: v.Confidence,
		Title: v.Title, Stage: v.Stage, Findings: d.Findings, Next: d.Next,
	}
}

// Outcome implements Document.
func (d *Diagnose) Outcome() Outcome {
	j := d.judgement()
	return j.outcome()
}

// Brief implements Document.
func (d *Diagnose) Brief() []string {
	v := &d.Verdict
	return []string{joinWords(orDash(d.Recipient), v.Key, orDash(v.Class), orDash(v.Permanence), v.Owner, v.Confidence, "-", v.Title)}
}

// Diagnoses is several cases for a person: each cause once, with all its
// recipients. Programs get the cases one by one.
type Diagnoses struct {
	Schema string      `json:"schema" redact:"keep"`
	Cases  []*Diagnose `json:"cases"`
}

// Outcome implements Document: the worst case decides.
func (d *Diagnoses) Outcome() Outcome {
	worst := OutcomeFine
	for _, c := range d.Cases {
		worst = max(worst, c.Outcome())
	}
	return worst
}

// Brief implements Document.
func (d *Diagnoses) Brief() []string {
	var lines []string
	for _, c := range d.Cases {
		lines = append(lines, c.Brief()...)
	}
	return append(lines, d.Summary())
}
