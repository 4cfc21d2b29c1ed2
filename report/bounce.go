package report

import (
	"strconv"
	"strings"

	"github.com/smtpdiag/smtpdiag/runbook"
)

// SchemaBounce names the form of Bounce.
const SchemaBounce = "smtpdiag.bounce/v1"

// Bounce is what one message says about delivery, judged.
type Bounce struct {
	Schema string `json:"schema" redact:"keep"`
	// Source is the input as the user named it.
	Source string `json:"source" redact:"path"`
	// Index is the number of the message in an mbox, from 0; nil elsewhere.
	Index *int `json:"index,omitempty"`
	// Kind is failure, delay, success, complaint, autoreply, receipt, challenge
	// or other.
	Kind         string `json:"kind" redact:"keep"`
	Format       string `json:"format" redact:"keep"`
	Generator    string `json:"generator" redact:"keep"`
	ReportingMTA string `json:"reporting_mta" redact:"host"`
	// Date is when the report was made, RFC 3339 in UTC, or "".
	Date       string      `json:"date" redact:"keep"`
	Original   Original    `json:"original"`
	Recipients []Recipient `json:"recipients"`
	Problems   []Problem   `json:"problems"`
}

// Original is what the report tells of the returned message.
type Original struct {
	MessageID string `json:"message_id" redact:"id"`
	From      string `json:"from" redact:"mailbox"`
	To        string `json:"to" redact:"mailbox"`
	Subject   string `json:"subject" redact:"subject"`
	Date      string `json:"date" redact:"keep"`
}

// Recipient is one recipient of a Bounce.
type Recipient struct {
	FinalRecipient    string `json:"final_recipient" redact:"address"`
	OriginalRecipient string `json:"original_recipient" redact:"address"`
	// Action is failed, delayed, delivered, relayed or expanded, or "".
	Action string `json:"action" redact:"keep"`
	// Status is the Status field, or the code that the reply carries.
	Status    string `json:"status" redact:"keep"`
	Reply     Reply  `json:"reply"`
	RemoteMTA Host   `json:"remote_mta"`
	Judgement
	// LastAttempt and RetryUntil are RFC 3339 in UTC, or "".
	LastAttempt string `json:"last_attempt" redact:"keep"`
	RetryUntil  string `json:"retry_until" redact:"keep"`
}

// Outcome implements Document: the worst recipient decides. A report that
// names nobody, and a message that is no report, leave the cause unknown.
func (b *Bounce) Outcome() Outcome {
	switch b.Kind {
	case "failure", "delay":
		if len(b.Recipients) == 0 {
			return OutcomeUnknown
		}
		worst := OutcomeFine
		for i := range b.Recipients {
			worst = max(worst, b.Recipients[i].outcome())
		}
		return worst
	case "other":
		return OutcomeUnknown
	}
	return OutcomeFine
}

// Brief implements Document: address, class, permanence and reply of each
// recipient.
func (b *Bounce) Brief() []string {
	var lines []string
	for i := range b.Recipients {
		r := &b.Recipients[i]
		lines = append(lines, joinWords(orDash(r.address()), r.Class, orDash(r.Permanence), oneLine(r.Reply.Text)))
	}
	if len(lines) == 0 {
		lines = append(lines, joinWords("-", "kind="+b.Kind, b.name()))
	}
	return lines
}

// Page implements Document.
func (b *Bounce) Page(d Detail) Page {
	var page Page
	groups := b.groups()
	for i, g := range groups {
		if i > 0 {
			page = append(page, Rule{})
		}
		page = append(page, b.groupBlocks(g, d, i == 0)...)
	}
	if len(groups) == 0 {
		page = append(page, b.kindAnswer())
		page = append(page, b.messageFacts(true))
	}
	if d == Verbose && len(b.Problems) > 0 {
		page = append(page, b.problemBlock())
	}
	if file, ok := runbook.Quote(b.Source); ok && b.Source != "-" && b.Source[0] != '-' && b.failed() {
		page = append(page, Hint{Text: "Ask DNS and the mail hosts in one go", Command: "smtpdiag diagnose " + file})
	}
	return append(page, Colophon{Source: b.name(), Time: b.Date})
}

// failed reports whether the message tells of a failure or a delay that
// somebody could look into.
func (b *Bounce) failed() bool {
	return (b.Kind == "failure" || b.Kind == "delay") && len(b.Recipients) > 0
}

// name gives the input and the number of the message in it.
func (b *Bounce) name() string {
	if b.Index == nil || *b.Index == 0 {
		return b.Source
	}
	return b.Source + " #" + strconv.Itoa(*b.Index)
}

// kindAnswer says what a message is that names no recipient.
func (b *Bounce) kindAnswer() Answer {
	a := Answer{Tone: Notice, Mark: "NOTICE", Subject: b.name(), Class: "kind " + b.Kind}
	switch b.Kind {
	case "success":
		a.Tone, a.Mark, a.Title, a.Who = Good, "OK", "the message was delivered", "nobody"
	case "complaint":
		a.Title, a.Who = "a recipient reported spam (feedback report)", "sender"
		a.Next.Text = "Take the recipient off the list; the report names them or carries an identifier of yours."
	case "autoreply":
		a.Title, a.Who = "an automatic answer, not a failure", "nobody"
	case "receipt":
		a.Title, a.Who = "a read receipt, not a failure", "nobody"
	case "challenge":
		a.Title, a.Who = "the recipient's system asks the sender to confirm", "sender"
		a.Next.Text = "Answer the challenge if the message was yours; otherwise ignore it."
	case "failure", "delay":
		a.Tone, a.Mark, a.Title, a.Who = Caution, "FAILED", "the report names no recipient", "sender-admin"
		a.Next.Text = "Find the message in your own mail log by the time and the identifier below."
	default:
		a.Tone, a.Title, a.Who = Caution, "no report about delivery", "sender"
		a.Next.Text = "Give the bounce itself, with its header and all parts (\"show original\", \"save as\")."
	}
	return a
}

// messageFacts are the facts about the report as a whole.
func (b *Bounce) messageFacts(all bool) Facts {
	var facts Facts
	add := func(label, value string, verbatim bool) {
		if value != "" {
			facts = append(facts, Fact{Label: label, Value: value, Verbatim: verbatim})
		}
	}
	reporter := b.ReportingMTA
	if b.Generator != "" {
		reporter = joinWords(reporter, "("+b.Generator+")")
	}
	add("Reported by", joinComma(reporter, showTime(b.Date)), false)
	if all {
		add("Subject", b.Original.Subject, false)
		add("Message-ID", b.Original.MessageID, true)
		add("From", b.Original.From, true)
		add("To", b.Original.To, true)
		add("Sent", b.Original.Date, false)
		add("Read as", joinComma(b.Kind, b.Format), false)
	}
	return facts
}

// problemBlock lists what was read past.
func (b *Bounce) problemBlock() List {
	list := List{Title: "Problems in the report"}
	for _, p := range b.Problems {
		place := b.Source
		if p.Line > 0 {
			place += ":" + strconv.Itoa(p.Line)
		}
		list.Items = append(list.Items, place+": "+p.Text)
	}
	return list
}

// address gives the address to show for a recipient.
func (r *Recipient) address() string {
	if r.FinalRecipient != "" {
		return r.FinalRecipient
	}
	return r.OriginalRecipient
}

// oneLine joins the lines of s.
func oneLine(s string) string { return strings.ReplaceAll(s, "\n", " / ") }

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// joinWords joins what is not empty by spaces, joinComma by commas.
func joinWords(words ...string) string { return joinNotEmpty(" ", words) }
func joinComma(words ...string) string { return joinNotEmpty(", ", words) }

func joinNotEmpty(sep string, words []string) string {
	kept := words[:0:0]
	for _, w := range words {
		if w != "" {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, sep)
}

// showTime gives an RFC 3339 time in UTC as a person reads it.
func showTime(rfc3339 string) string {
	date, clock, ok := strings.Cut(strings.TrimSuffix(rfc3339, "Z"), "T")
	if !ok {
		return rfc3339
	}
	return date + " " + clock + " UTC"
}
