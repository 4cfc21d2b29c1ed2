// Package dsn reads bounces: reports about a message that could not be
// delivered, in every form in which mail systems send them.
//
// The form of the standards is a multipart/report (RFC 6522) of two or three
// parts: a text for people, a message/delivery-status for programs (RFC 3464),
// and the returned message or its header. The second part is made of groups of
// fields parted by blank lines. The first group speaks of the message
// (Reporting-MTA, Arrival-Date); each later one speaks of one recipient:
//
//	Final-Recipient: rfc822; user@example.com
//	Action: failed
//	Status: 5.1.1
//	Remote-MTA: dns; mx1.example.com
//	Diagnostic-Code: smtp; 550 5.1.1 <user@example.com>: User unknown
//
// Reporting-MTA is who speaks, Remote-MTA is who refused, and the text behind
// Diagnostic-Code is the reply as it was received, if the reporter kept it.
// Nearly half of all real bounces have no such part: each mail system has a
// text form of its own (format_*.go), and what none of them fits is scanned
// for addresses near a reply.
//
// Reading never fails. What deviates is kept as a Problem that quotes the line,
// and the reader goes on. The returned original is never read as evidence.
package dsn

import (
	"time"

	"github.com/smtpdiag/smtpdiag/evidence"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// Kind says what a message is.
type Kind string

// The kinds of messages.
const (
	KindFailure   Kind = "failure"   // at least one recipient failed
	KindDelay     Kind = "delay"     // delivery is late, retries go on
	KindSuccess   Kind = "success"   // delivered, relayed or expanded, RFC 3464
	KindComplaint Kind = "complaint" // feedback report, RFC 5965
	KindAutoreply Kind = "autoreply" // vacation and other automatic answers, RFC 3834
	KindReceipt   Kind = "receipt"   // disposition notification, RFC 8098
	KindChallenge Kind = "challenge" // a challenge-response request
	KindOther     Kind = "other"     // no report about delivery at all
)

// Problem is a deviation from the standards, or damage, that was read past.
type Problem struct {
	// Line is the line in the input, from 1; 0 where none is to blame.
	Line int
	// Text says what is wrong and quotes the line.
	Text string
}

// Host names a mail system as the report gives it. Both may be "".
type Host struct {
	Name string
	IP   string
}

// Original is what the report tells of the returned message.
type Original struct {
	MessageID string
	From      string
	To        string
	Subject   string
	Date      string
	// EnvelopeID is Original-Envelope-Id, RFC 3464 section 2.2.1, xtext decoded.
	EnvelopeID string
}

// Recipient is what the report tells of one recipient.
type Recipient struct {
	// Final is the address that failed, without its type; "" where the report
	// names nobody.
	Final string
	// Original is Original-Recipient, the address as the sender wrote it, xtext
	// decoded, or "".
	Original string
	// Action is the Action field in lower case: failed, delayed, delivered,
	// relayed, expanded; or what the text says, as one of these words.
	Action string
	// Status is the Status field; zero where the report has none.
	Status smtp.EnhancedCode
	// Reply is the innermost reply with all its lines; zero where none is quoted.
	Reply smtp.Reply
	// Diagnostic is the Diagnostic-Code without its type, or the whole reason
	// that a text report gives, wrappers included.
	Diagnostic string
	// DiagnosticType is the type of the Diagnostic-Code: "smtp", "x-unix".
	DiagnosticType string
	// Explanation is what the text for people says of this recipient.
	Explanation string
	// Remote is the host that refused or could not be reached.
	Remote Host
	// Stage is where the dialogue stood when it was refused.
	Stage smtp.Stage
	// StageUsual says that the report does not name Stage: it is the one at which
	// such replies are given, see smtp.UsualStage.
	StageUsual bool
	// LastAttempt is the time of the last attempt; zero where not told.
	LastAttempt time.Time
	// RetryUntil is Will-Retry-Until, RFC 3464 section 2.3.9; zero where not told.
	RetryUntil time.Time

	status      place // of the Status field
	reply       place // of the reply or the Diagnostic-Code
	explanation place
	remote      place
	action      place
	quotedDone  bool // Diagnostic has been searched for a reply
}

// place is where in the input something stands.
type place struct {
	line  int
	part  string
	field string
}

// Report is what one message says about delivery.
type Report struct {
	// Source is the name that the caller gave to the input.
	Source string
	Kind   Kind
	// Format names the form that was read: "dsn", "exim", "qmail", "scan".
	Format string
	// Generator is the product that made the report: "postfix", or "".
	Generator string
	// ReportingMTA is the host that made the report, or "".
	ReportingMTA string
	// Date is when the report was made; zero where not told.
	Date time.Time
	// Arrival is Arrival-Date, RFC 3464 section 2.2.5; zero where not told.
	Arrival time.Time
	// From and Subject are those of the report itself, decoded.
	From    string
	Subject string
	// Sender is the envelope sender of the original message: as the report or
	// the returned header names it, else whom the report was sent to (RFC 5321
	// section 3.6.3); "" where nothing tells, as for the null sender.
	Sender string
	// QueueID names the original message in the queue of the system that made
	// the report, or "".
	QueueID    string
	Original   Original
	Recipients []Recipient
	Problems   []Problem
	// Truncated says that the message ends in the middle of what it says of the
	// failure. One that ends in the returned message is not worth a word.
	Truncated bool
}

// Items gives the facts about recipient i, with what the report says of the
// message as a whole, in the order in which a judge should trust them.
func (r *Report) Items(i int) []evidence.Item {
	return r.AppendItems(make([]evidence.Item, 0, maxItems), i)
}

// maxItems is the greatest number of Items about one recipient.
const maxItems = 10

// AppendItems appends to items what Items gives.
func (r *Report) AppendItems(items []evidence.Item, i int) []evidence.Item {
	rcpt := &r.Recipients[i]
	add := func(kind evidence.Kind, at place, text string) {
		if text == "" {
			return
		}
		items = append(items, evidence.Item{
			Kind: kind, Field: at.field, Text: text, Recipient: rcpt.Final,
			Source: evidence.Source{Name: r.Source, Line: at.line, Part: at.part},
			Host:   rcpt.Remote.Name, IP: rcpt.Remote.IP, Stage: rcpt.Stage, StageUsual: rcpt.StageUsual,
		})
	}
	if !rcpt.Reply.IsZero() {
		add(evidence.KindReply, rcpt.reply, rcpt.Reply.String())
		if n := len(items); n > 0 {
			items[n-1].Reply = rcpt.Reply
		}
	}
	add(evidence.KindDiagnostic, rcpt.reply, rcpt.Diagnostic)
	add(evidence.KindStatus, rcpt.status, rcpt.Status.String())
	add(evidence.KindAction, rcpt.action, rcpt.Action)
	add(evidence.KindExplanation, rcpt.explanation, rcpt.Explanation)
	if r.Kind != KindFailure {
		add(evidence.KindNotice, place{}, string(r.Kind))
	}
	add(evidence.KindRemote, rcpt.remote, rcpt.Remote.Name+rcpt.Remote.IP)
	items = append(items, evidence.Item{
		Kind: evidence.KindReporter, Field: r.Format, Text: r.Generator, Host: r.ReportingMTA,
		Source: evidence.Source{Name: r.Source},
	})
	if !r.Arrival.IsZero() {
		items = append(items, evidence.Item{Kind: evidence.KindArrival, Field: "Arrival-Date", Time: r.Arrival, Source: evidence.Source{Name: r.Source}})
	}
	// Where the last attempt is not told (Postfix), the report itself was made
	// right after it.
	last, field := rcpt.LastAttempt, "Last-Attempt-Date"
	if last.IsZero() {
		last, field = r.Date, "Date"
	}
	if !last.IsZero() {
		items = append(items, evidence.Item{Kind: evidence.KindAttempt, Field: field, Time: last, Source: evidence.Source{Name: r.Source}})
	}
	return items
}
