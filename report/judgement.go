package report

import (
	"strconv"
	"strings"
)

// Reply is an SMTP reply.
type Reply struct {
	// Code is the three-digit code, 0 where there is none.
	Code int `json:"code"`
	// Enhanced is the enhanced code in the reply, or "".
	Enhanced string `json:"enhanced" redact:"keep"`
	// Text holds every line as received, joined by line feeds.
	Text string `json:"text"`
}

// Host names a mail host. Both may be "".
type Host struct {
	Name string `json:"name" redact:"host"`
	IP   string `json:"ip" redact:"host"`
}

// String gives the host as Postfix does: "name[ip]".
func (h Host) String() string {
	switch {
	case h.IP == "":
		return h.Name
	case h.Name == "":
		return "[" + h.IP + "]"
	}
	return h.Name + " [" + h.IP + "]"
}

// Evidence is one fact that decided, in its exact words.
type Evidence struct {
	// From names what the words were taken from: "Diagnostic-Code", "text".
	From string `json:"from" redact:"keep"`
	// Line is where they stand in the input, from 1; 0 where that is not known.
	Line int    `json:"line"`
	Text string `json:"text"`
	// Part is the MIME part, its number and type, or "".
	Part string `json:"part" redact:"keep"`
}

// Finding is a fact about the evidence that a reader could otherwise miss.
type Finding struct {
	Key      string `json:"key" redact:"keep"`
	Severity string `json:"severity" redact:"keep"` // info, warning or error
	Text     string `json:"text" redact:"prose"`
}

// Step is one thing to do next.
type Step struct {
	Text string `json:"text" redact:"prose"`
	// Command is a shell command with the case's own values filled in, or "".
	Command string `json:"command" redact:"prose"`
	// Decide says what to do with the answer, or "".
	Decide string `json:"decide" redact:"prose"`
	// Means says how to read what the command prints, or "".
	Means string `json:"means" redact:"prose"`
}

// Problem is a deviation or damage that was read past.
type Problem struct {
	Line int    `json:"line"` // from 1; 0 where none is to blame
	Text string `json:"text"`
}

// Judgement is what was concluded about one recipient or one reply, with the
// proof. Documents embed it, so that its fields stand among theirs.
type Judgement struct {
	Stage      string     `json:"stage" redact:"keep"`
	StageFrom  string     `json:"stage_from" redact:"keep"`
	Class      string     `json:"class" redact:"keep"`
	Permanence string     `json:"permanence" redact:"keep"`
	Suppress   bool       `json:"suppress"`
	Owner      string     `json:"owner" redact:"keep"`
	Confidence string     `json:"confidence" redact:"keep"`
	Rule       string     `json:"rule" redact:"keep"`
	RunnerUp   string     `json:"runner_up" redact:"keep"`
	Evidence   []Evidence `json:"evidence"`
	Findings   []Finding  `json:"findings"`
	Next       []Step     `json:"next"`
	// Title says the class in a few plain words, Meaning in a sentence or two.
	Title   string `json:"title" redact:"keep"`
	Meaning string `json:"meaning" redact:"keep"`
	// RunnerUpClass is the class of the rule that came second, and Flip what
	// evidence would have made it win; both may be "".
	RunnerUpClass string `json:"runner_up_class" redact:"keep"`
	Flip          string `json:"flip" redact:"prose"`
}

// outcome sums the judgement up.
func (j *Judgement) outcome() Outcome {
	switch {
	case j.Class == "unknown" || j.Class == "":
		return OutcomeUnknown
	case j.Permanence == "permanent":
		return OutcomePermanent
	case j.Permanence == "temporary":
		return OutcomeTemporary
	}
	return OutcomeFine
}

// tone says how bad it is.
func (j *Judgement) tone() Tone {
	switch j.outcome() {
	case OutcomePermanent:
		return Alarm
	case OutcomeTemporary, OutcomeUnknown:
		return Caution
	case OutcomeFine:
	}
	return Notice
}

// answer gives the block that comes first.
func (j *Judgement) answer(subject string) Answer {
	a := Answer{
		Tone: j.tone(), Mark: "FAILED", Subject: subject, Title: j.Title, Permanence: j.Permanence,
		Class: j.Class, Who: j.Owner, Suppress: j.Suppress,
	}
	if j.outcome() == OutcomeFine {
		a.Mark = "NOTICE"
	}
	if len(j.Next) > 0 {
		a.Next.Text = j.Next[0].Text
	}
	return a
}

// ownerWords says in plain words who can act.
func ownerWords(owner string) string {
	switch owner {
	case "sender":
		return "the sender: whoever wrote the message"
	case "sender-admin":
		return "the sending side: who runs the mail system that sent it"
	case "receiver-admin":
		return "the receiving side: who runs the recipient's mail system"
	case "recipient":
		return "the recipient: whoever owns the mailbox"
	case "nobody":
		return "nobody: there is nothing to repair"
	}
	return owner
}

// What tells the stage of a judgement: words of the message or the reply about
// the dialogue, or only that such refusals are given at that stage.
const (
	StageFromMessage = "message"
	StageFromWording = "wording"
)

// stageWords says what the stage was, and whether that is a guess.
func (j *Judgement) stageWords() string {
	words := stageWords(j.Stage)
	if words != "" && j.StageFrom == StageFromWording {
		words += " (by its wording)"
	}
	return words
}

// stageWords says what the stage of a dialogue is.
func stageWords(stage string) string {
	switch stage {
	case "connect":
		return "while connecting"
	case "banner":
		return "at the greeting"
	case "ehlo":
		return "at EHLO"
	case "starttls":
		return "at STARTTLS"
	case "auth":
		return "at AUTH"
	case "mail":
		return "at MAIL FROM"
	case "rcpt":
		return "at RCPT TO"
	case "data":
		return "at DATA"
	case "eod":
		return "after the message was sent (end of DATA)"
	}
	return ""
}

// severityTone gives the tone of a severity.
func severityTone(severity string) Tone {
	switch severity {
	case "error":
		return Alarm
	case "warning":
		return Caution
	}
	return Notice
}

// findings gives the findings as a block.
func (j *Judgement) findings() Findings {
	var lines Findings
	for _, f := range j.Findings {
		lines = append(lines, FindingLine{Key: f.Key, Tone: severityTone(f.Severity), Text: f.Text})
	}
	return lines
}

// steps gives what is to be done, in order.
func (j *Judgement) steps() Steps {
	var lines Steps
	for _, s := range j.Next {
		lines = append(lines, StepLine{Text: s.Text, Command: s.Command, Means: s.Means, Decide: s.Decide})
	}
	return lines
}

// because says how the verdict came about, for --verbose.
func (j *Judgement) because() Facts {
	facts := Facts{{Label: "Confidence", Value: j.Confidence}}
	if j.Rule != "" {
		facts = append(facts, Fact{Label: "Rule", Value: j.Rule, Verbatim: true})
	}
	if j.RunnerUp != "" {
		facts = append(facts, Fact{Label: "Runner-up", Value: j.RunnerUp + ", which says " + j.RunnerUpClass})
	}
	if j.Flip != "" {
		facts = append(facts, Fact{Label: "It would win", Value: j.Flip})
	}
	return facts
}

// quotes gives the evidence as blocks: the decisive one, or all of it.
func quotes(evidence []Evidence, source string, all bool) []Block {
	var blocks []Block
	for i, e := range evidence {
		if i > 0 && !all {
			break
		}
		if e.From == "" && e.Line == 0 && !all {
			continue // the kind of the report, which no words of it say
		}
		label := "Decided by"
		if i > 0 {
			label = "Also"
		}
		where := e.From
		if source != "" {
			place := source
			if e.Line > 0 {
				place += ":" + strconv.Itoa(e.Line)
			}
			where = strings.TrimSuffix(place+", "+e.From, ", ")
		}
		blocks = append(blocks, Quote{Label: label, Text: e.Text, Where: where})
	}
	return blocks
}
