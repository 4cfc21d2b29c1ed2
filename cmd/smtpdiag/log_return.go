package main

import (
	"strings"
	"time"

	"github.com/smtpdiag/smtpdiag/postfix"
	"github.com/smtpdiag/smtpdiag/report"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// comebackSpan is how long a client is given to come back: the first retries of
// common senders are within minutes to hours.
const comebackSpan = 6 * time.Hour

// maxTold bounds how many clients are remembered.
const maxTold = 50000

// clientMoment is an event that names a client.
type clientMoment struct {
	client uint64 // a hash
	at     int64  // in seconds since 1970
	told   bool   // to come back later
}

// comeback finds clients that were told to come back and did not.
type comeback struct {
	// told has the time in seconds at which a client was told so last; negative
	// once it has come back.
	told map[uint64]int64
	end  int64
}

// join takes note of a part's events, the last of which is at end.
func (c *comeback) join(sessions []clientMoment, end int64) {
	c.end = max(c.end, end)
	if c.told == nil {
		c.told = map[uint64]int64{}
	}
	for _, s := range sessions {
		was, known := c.told[s.client]
		switch {
		case known && was > 0 && s.at > was+30:
			c.told[s.client] = -1 // another session
		case !known && s.told && len(c.told) < maxTold:
			c.told[s.client] = max(s.at, 1)
		}
	}
}

// sum counts the clients that had time to come back, and those that did not.
func (c *comeback) sum() (clients, gone int) {
	for _, at := range c.told {
		switch {
		case at < 0:
			clients++
		case at <= c.end-int64(comebackSpan/time.Second):
			clients++
			gone++
		}
	}
	return clients, gone
}

// newcomerSpan is the longest time between a refusal as unknown and a delivery
// that counts as a new account.
const newcomerSpan = 24 * time.Hour

// maxNewcomers bounds how many unknown recipients are remembered.
const maxNewcomers = 50000

// recipientMoment is a refusal of a recipient as unknown, or a delivery to it.
type recipientMoment struct {
	recipient, alias uint64 // hashes, 0 for none
	at               int64  // in seconds since 1970
	unknown          bool
	client           string            // of a refusal
	line             report.LogExample // of a delivery
}

// refusedUnknown makes the moment of a refusal as unknown. Only those at the
// door name the recipient: after that the refusal is another host's.
func refusedUnknown(c *logCount, e *postfix.Event) recipientMoment {
	m := recipientMoment{at: e.Time.Unix(), unknown: true, client: e.ClientIP}
	if e.Kind == postfix.EventReject && e.Stage == smtp.StageRcpt && e.Recipient != "" {
		m.recipient = c.foldedHash(e.Recipient)
	}
	return m
}

// delivered makes the moment of a delivery.
func delivered(c *logCount, e *postfix.Event) recipientMoment {
	m := recipientMoment{at: e.Time.Unix(), line: report.LogExample{Source: e.Source, Line: e.Line, Text: e.Text}}
	if e.Recipient != "" {
		m.recipient = c.foldedHash(e.Recipient)
	}
	if e.OrigTo != "" {
		m.alias = c.foldedHash(e.OrigTo)
	}
	return m
}

// newcomers finds recipients that were unknown and got mail later.
type newcomers struct {
	refusal map[uint64]int64
	noticeTally
}

// see takes note of a moment. The moments come in the order of the log.
func (c *newcomers) see(m *recipientMoment) {
	if m.unknown {
		if c.refusal == nil {
			c.refusal = map[uint64]int64{}
		}
		if m.recipient != 0 && len(c.refusal) < maxNewcomers {
			c.refusal[m.recipient] = m.at
		}
		return
	}
	if len(c.refusal) == 0 {
		return
	}
	for _, recipient := range [...]uint64{m.recipient, m.alias} {
		if recipient == 0 {
			continue
		}
		at, ok := c.refusal[recipient]
		if !ok || m.at <= at || m.at-at > int64(newcomerSpan/time.Second) {
			continue
		}
		if c.count == 0 {
			c.first = m.line
			c.first.Text = strings.Clone(m.line.Text)
		}
		c.count++
		delete(c.refusal, recipient)
	}
}
