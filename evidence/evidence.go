// Package evidence holds the one currency of the program: an Item is one fact
// from outside, in its exact words, with the place where it stands.
//
// Everything that reads (bounces, logs, DNS answers, SMTP dialogues) ends in
// Items, and everything that judges starts from them, so that each claim can
// quote its proof. An Item never holds a judgement.
package evidence

import (
	"strconv"
	"time"

	"github.com/smtpdiag/smtpdiag/smtp"
)

// Kind says what sort of fact an Item is.
type Kind string

// The kinds of facts.
const (
	// KindReply is the innermost reply of the server that refused.
	KindReply Kind = "reply"
	// KindDiagnostic is a whole diagnostic text, wrappers included.
	KindDiagnostic Kind = "diagnostic"
	// KindStatus is a Status field, RFC 3464 section 2.3.4.
	KindStatus Kind = "status"
	// KindAction is an Action field, RFC 3464 section 2.3.3, in lower case, or
	// the same said in words by a report without one ("delayed").
	KindAction Kind = "action"
	// KindExplanation is what the reporting system tells a human about this
	// recipient.
	KindExplanation Kind = "explanation"
	// KindReporter names the system that made the report: Text is its
	// generator ("postfix"), Host its name.
	KindReporter Kind = "reporter"
	// KindRemote names the host that refused or that could not be reached.
	KindRemote Kind = "remote"
	// KindArrival is the time when the reporter got the message.
	KindArrival Kind = "arrival"
	// KindAttempt is the time of the last attempt to deliver it.
	KindAttempt Kind = "attempt"
	// KindNotice says that the report is not about a failure; Text is the
	// report's kind ("complaint").
	KindNotice Kind = "notice"
	// KindLog is a line of a log.
	KindLog Kind = "log"
	// KindDNS is an answer of a name server.
	KindDNS Kind = "dns"
	// KindSession is a step of a recorded SMTP dialogue.
	KindSession Kind = "session"
	// KindSetting is a line of a configuration.
	KindSetting Kind = "setting"
)

// Source is a place that a reader can go back to.
type Source struct {
	// Name is the file, "-" for standard input, or a host.
	Name string
	// Line is the line in Name, from 1; 0 where it has no lines.
	Line int
	// Part is the MIME part, its number and type ("2 message/delivery-status"),
	// or "".
	Part string
}

// String gives the source as "name:line (part)".
func (s Source) String() string {
	out := s.Name
	if s.Line > 0 {
		out += ":" + strconv.Itoa(s.Line)
	}
	if s.Part != "" {
		out += " (" + s.Part + ")"
	}
	return out
}

// Item is one fact.
type Item struct {
	Kind Kind
	// Field names what Text was taken from, as a reader would look for it:
	// "Diagnostic-Code", "Status", "text", "RCPT TO".
	Field  string
	Source Source
	// Time is when the fact was observed; zero where nothing tells.
	Time time.Time
	// Recipient is the address that the fact is about, or "".
	Recipient string
	// Host and IP name the system that spoke, or "".
	Host string
	IP   string
	// Stage says where in the dialogue it spoke.
	Stage smtp.Stage
	// StageUsual says that nothing names Stage: such words are given there.
	StageUsual bool
	// Reply is the reply that Text holds, if it holds one.
	Reply smtp.Reply
	// Text holds the exact words, decoded to UTF-8, line ends as line feeds.
	Text string
}
