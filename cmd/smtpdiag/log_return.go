package main

import (
	"bytes"
	"cmp"
	"slices"
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

// clientMoment is an event that names a client, or a sender.
type clientMoment struct {
	client  uint64 // a hash
	at      int64  // in seconds since 1970
	told    bool   // to come back later
	refused refusedWhen
	name    string
}

// comeback finds clients, or senders, that were told to come back and did not.
type comeback struct {
	// told has those that were told so and are not seen again, by their hashes.
	told map[uint64]absent
	back map[uint64]struct{} // those that have come back
	// names are those of all that were told, one after the other.
	names []byte
}

// absent is a client or sender that was told to come back.
type absent struct {
	at        int64  // in seconds since 1970, when it was told so first
	name, end uint32 // where its name stands
}

// maxName is the longest name that is kept: an address has 320 bytes at most
// (RFC 3696, erratum 1690).
const maxName = 320

// join takes note of a part's events.
func (c *comeback) join(moments []clientMoment) {
	if c.told == nil {
		c.told, c.back = map[uint64]absent{}, map[uint64]struct{}{}
	}
	for i := range moments {
		m := &moments[i]
		if !m.told && len(c.told) == 0 {
			continue
		}
		was, known := c.told[m.client]
		switch {
		case known && m.at > was.at+30: // another session
			delete(c.told, m.client)
			c.back[m.client] = struct{}{}
		case !known && m.told && len(c.told)+len(c.back) < maxTold:
			if _, ok := c.back[m.client]; !ok {
				start := len(c.names)
				c.names = append(c.names, m.name[:min(len(m.name), maxName)]...)
				c.told[m.client] = absent{max(m.at, 1), uint32(start), uint32(len(c.names))} //nolint:gosec // at most maxTold*maxName
			}
		}
	}
}

// maxGone is how many of those that did not come back are named.
const maxGone = 3

// gone counts those that had time to come back and did not, names the first of
// them, and counts all that had time.
func (c *comeback) gone(end int64) (names []string, gone, all int) {
	var first []absent
	before := func(a, b absent) int {
		return cmp.Or(cmp.Compare(a.at, b.at), bytes.Compare(c.names[a.name:a.end], c.names[b.name:b.end]))
	}
	for _, a := range c.told {
		if a.at > end-int64(comebackSpan/time.Second) {
			continue
		}
		gone++
		if len(first) < maxGone || before(a, first[maxGone-1]) < 0 {
			first = append(first, a)
			slices.SortFunc(first, before)
			first = first[:min(len(first), maxGone)]
		}
	}
	for _, a := range first {
		names = append(names, string(c.names[a.name:a.end]))
	}
	return names, gone, gone + len(c.back)
}

// absent says who did not come back after a 4xx.
func (n *noticed) absent(add func(key, severity, format string, args ...any)) {
	for _, who := range []struct {
		from  *comeback
		names string
		note  string
	}{
		{&n.told, "clients", "to their users that is a bounce."},
		{&n.senders, "senders", "their mail was lost or went another way. Senders that take a new address for each message are among them."},
	} {
		names, gone, all := who.from.gone(n.end)
		if gone == 0 {
			continue
		}
		add("no-return", "info", "%d of %d %s that were told to come back (4xx) %s or more before the end of the log are not seen in it again, first %s: %s",
			gone, all, who.names, spanWords(comebackSpan), strings.Join(names, ", "), who.note)
	}
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
