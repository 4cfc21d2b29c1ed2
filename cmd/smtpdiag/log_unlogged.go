package main

import (
	"strings"

	"github.com/smtpdiag/smtpdiag/postfix"
	"github.com/smtpdiag/smtpdiag/report"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// refusedWhen says when in a session a line of the log refuses something.
type refusedWhen uint8

const (
	refusedNever   refusedWhen = iota
	refusedEarly               // before MAIL FROM
	refusedCommand             // at MAIL FROM or later
)

// whenRefused says when in its session an event refuses something.
func whenRefused(e *postfix.Event) refusedWhen {
	switch {
	case e.Kind != postfix.EventReject && e.Kind != postfix.EventLimit:
		return refusedNever
	case e.Stage == smtp.StageMail, e.Stage == smtp.StageRcpt, e.Stage == smtp.StageData, e.Stage == smtp.StageEOD:
		return refusedCommand
	}
	return refusedEarly
}

// refusedSession is a session in which commands were refused.
type refusedSession struct {
	client   uint64 // a hash
	at       int64  // in seconds since 1970
	commands int
	after    int // how many moments of its part come before it
	line     report.LogExample
}

// unlogged finds sessions in which a command was refused, and no line says why.
type unlogged struct {
	reasons map[uint64]reasons
	noticeTally
}

// reasons are the lines that say why a client was refused, and that no session
// has accounted for yet.
type reasons struct {
	commands int
	last     int64 // in seconds since 1970
	early    int64 // the last one before MAIL FROM
}

// unloggedReasons are the refusals of which smtpd logs nothing else.
const unloggedReasons = "smtpd logs none for: TLS required (smtpd_tls_security_level = encrypt), a command out of order, the syntax of an address or option."

// A line with the reason stands at most so long, in seconds, before the end of
// its session: smtpd waits for 5 minutes for a command, and a client that was
// refused before MAIL FROM seldom goes on for long.
const (
	sessionSpan = 900
	earlySpan   = 5
)

// join takes note of a part's refusals and ends of sessions, in their order.
func (u *unlogged) join(moments []clientMoment, sessions []refusedSession) {
	if u.reasons == nil {
		u.reasons = map[uint64]reasons{}
	}
	next := 0
	for i := range sessions {
		for ; next < sessions[i].after; next++ {
			u.reason(&moments[next])
		}
		u.ended(&sessions[i])
	}
	for ; next < len(moments); next++ {
		u.reason(&moments[next])
	}
}

// reason takes note of a line that says why a client was refused.
func (u *unlogged) reason(m *clientMoment) {
	if m.refused == refusedNever {
		return
	}
	r, known := u.reasons[m.client]
	if !known && len(u.reasons) >= maxTold {
		return
	}
	switch {
	case m.refused == refusedEarly:
		r.early = m.at
	case m.at > r.last+sessionSpan:
		r.commands, r.last = 1, m.at
	default:
		r.commands, r.last = r.commands+1, m.at
	}
	u.reasons[m.client] = r
}

// ended takes note of a session's end.
func (u *unlogged) ended(s *refusedSession) {
	r, known := u.reasons[s.client]
	switch {
	case r.commands > 0 && r.last >= s.at-sessionSpan:
		r.commands = max(0, r.commands-s.commands)
		u.reasons[s.client] = r
		return
	case !known && len(u.reasons) >= maxTold, known && r.early >= s.at-earlySpan:
		return
	}
	if u.count == 0 {
		u.first = s.line
		u.first.Text = strings.Clone(s.line.Text)
	}
	u.count += int64(s.commands)
}
