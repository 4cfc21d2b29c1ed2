// Package postfix reads what a mail host knows of itself: its log, its queue,
// its settings.
//
// A Postfix log is syslog. Every line begins with a time stamp, a host and a
// tag that names the program, "postfix/smtpd[28411]:". What follows is either
// about a session ("connect from", "NOQUEUE: reject: RCPT from") or about a
// message, whose queue id comes first ("3F2A91C0: to=<user@example.com>,
// relay=..., status=bounced (host ... said: 550 ...)"). One message's story is
// spread over smtpd, cleanup, qmgr, a delivery agent and bounce, and goes on
// under another queue id where a content filter takes it over.
//
// The package reads and does not judge: it gives Events, and an Event gives the
// evidence that a judge needs.
package postfix

import (
	"time"

	"github.com/smtpdiag/smtpdiag/evidence"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// EventKind says what a log line reports.
type EventKind string

// The kinds of events. Lines that are none of these are not reported.
const (
	// EventReject is a refusal by smtpd, postscreen, cleanup or a milter.
	EventReject EventKind = "reject"
	// EventWarnReject is a refusal that was only logged (warn_if_reject).
	EventWarnReject EventKind = "reject-warning"
	// EventBounced, EventDeferred, EventExpired and EventSent are the outcomes
	// of one delivery to one recipient.
	EventBounced  EventKind = "bounced"
	EventDeferred EventKind = "deferred"
	EventExpired  EventKind = "expired"
	EventSent     EventKind = "sent"
	// EventAccepted is a message that smtpd has taken ("client=").
	EventAccepted EventKind = "accepted"
	// EventMessageID, EventQueued and EventRemoved are steps of a message's way
	// through the queue; EventNotice is the bounce or delay notice made for it.
	EventMessageID EventKind = "message-id"
	EventQueued    EventKind = "queued"
	EventRemoved   EventKind = "removed"
	EventNotice    EventKind = "notice"
	// EventLost is a session that ended without QUIT ("lost connection after").
	EventLost EventKind = "lost-connection"
	// EventLimit is a limit that anvil or smtpd reports.
	EventLimit EventKind = "limit"
	// EventDependency is a directory, map, database, policy service or milter
	// that failed.
	EventDependency EventKind = "dependency"
	// EventName is a client whose name does not fit its address.
	EventName EventKind = "client-name"
	// EventAuth is a failed SMTP AUTH.
	EventAuth EventKind = "auth"
	// EventSession is the end of a session in which commands were refused.
	EventSession EventKind = "session"
	// EventPolicy is a refusal that a policy service logs itself.
	EventPolicy EventKind = "policy"
	// EventWarning is any other warning, error, fatal or panic line.
	EventWarning EventKind = "warning"
)

// eventKinds are all of them; the place of one is its bit in a kindSet.
var eventKinds = [...]EventKind{
	EventReject, EventWarnReject, EventBounced, EventDeferred, EventExpired, EventSent, EventAccepted, EventMessageID, EventQueued, EventRemoved,
	EventNotice, EventLost, EventLimit, EventDependency, EventName, EventAuth, EventWarning, EventSession, EventPolicy,
}

// kindSet is a set of kinds.
type kindSet uint32

// kindsOf makes a set; nil means all kinds.
func kindsOf(kinds []EventKind) kindSet {
	if kinds == nil {
		return 1<<len(eventKinds) - 1
	}
	var set kindSet
	for _, k := range kinds {
		set |= kindBit(k)
	}
	return set
}

// kindBit gives the set of one kind, empty where k is no kind.
func kindBit(k EventKind) kindSet {
	for i := range eventKinds {
		if eventKinds[i] == k {
			return 1 << i
		}
	}
	return 0
}

// Event is one line of a log. Its strings are valid until the function that it
// was given to returns; whoever keeps one clones it.
type Event struct {
	Kind EventKind
	// Source and Line say where it stands; Line counts from 1.
	Source string
	Line   int
	// Text is the whole line, without its end.
	Text string
	// Time is when it was logged; its year is worked out where the log has none.
	Time time.Time
	// Host is the host that logged it.
	Host string
	// Instance is the syslog name without the program ("postfix", "postfix-out",
	// "postfix/smtp-in"), and Program the last part of the tag ("smtpd").
	Instance string
	Program  string
	// QueueID is the queue id, or "" (NOQUEUE).
	QueueID string
	// Stage is the command that was refused.
	Stage smtp.Stage
	// Gate is the word behind which Postfix logs the refusal: "reject",
	// "milter-reject", "header", "body".
	Gate string
	// ClientName and ClientIP are the peer; the name may be "unknown".
	ClientName string
	ClientIP   string
	Sender     string
	// HasSender tells an empty sender, <>, from none.
	HasSender bool
	Recipient string
	// OrigTo is the recipient before aliases, or "".
	OrigTo string
	HELO   string
	// Relay is the next hop as logged ("mx.example.com[192.0.2.7]:25").
	Relay string
	// Delays are the four times of delays=a/b/c/d: before the queue manager, in
	// the queue, connecting, sending. Delay is their sum.
	Delay  time.Duration
	Delays [4]time.Duration
	// DSN is the enhanced code that a delivery agent logs.
	DSN smtp.EnhancedCode
	// Reason is the refusal or the text in parentheses, codes included.
	Reason string
	// MessageID is that of message-id=<...>; NextID the queue id that a message
	// goes on under, or that of a notice.
	MessageID string
	NextID    string
	// Size is in bytes, Recipients the number that qmgr logs, or that of the
	// commands that were refused in a session.
	Size       int64
	Recipients int
}

// Items gives the facts of a refusal or a failed delivery for a judge.
func (e *Event) Items() []evidence.Item {
	src := evidence.Source{Name: e.Source, Line: e.Line}
	q := smtp.ParseQuoted(e.Reason)
	stage := e.Stage
	if stage == smtp.StageUnknown {
		stage = q.Stage
	}
	host, ip := q.Host, q.IP
	if e.Kind == EventReject || e.Kind == EventWarnReject {
		host, ip = e.Host, ""
	}
	base := evidence.Item{Source: src, Time: e.Time, Recipient: e.Recipient, Host: host, IP: ip, Stage: stage}
	var items []evidence.Item
	add := func(kind evidence.Kind, field, text string, reply smtp.Reply) {
		it := base
		it.Kind, it.Field, it.Text, it.Reply = kind, field, text, reply
		items = append(items, it)
	}
	if !q.Reply.IsZero() {
		add(evidence.KindReply, string(e.Kind), q.Reply.String(), q.Reply)
	}
	if e.Reason != "" {
		add(evidence.KindDiagnostic, string(e.Kind), e.Reason, smtp.Reply{})
	}
	if !e.DSN.IsZero() {
		add(evidence.KindStatus, "dsn", e.DSN.String(), smtp.Reply{})
	}
	switch e.Kind {
	case EventDeferred:
		add(evidence.KindAction, "status", "delayed", smtp.Reply{})
	case EventBounced, EventExpired:
		add(evidence.KindAction, "status", "failed", smtp.Reply{})
	case EventReject, EventWarnReject, EventSent, EventAccepted, EventMessageID, EventQueued, EventRemoved, EventNotice, EventLost,
		EventLimit, EventDependency, EventName, EventAuth, EventWarning, EventSession, EventPolicy:
	}
	reporter := "postfix"
	switch {
	case e.Instance == "exim" || e.Instance == "opensmtpd":
		reporter = e.Instance
	case e.Program == "postscreen":
		reporter = e.Program
	}
	add(evidence.KindReporter, "log", reporter, smtp.Reply{})
	return items
}
