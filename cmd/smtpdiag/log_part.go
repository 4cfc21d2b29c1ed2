package main

import (
	"hash/maphash"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/smtpdiag/smtpdiag/postfix"
	"github.com/smtpdiag/smtpdiag/report"
	"github.com/smtpdiag/smtpdiag/runbook"
)

// logPart is what was counted of one piece of a log. The zero value is an empty
// part. It holds strings of the log until it is joined.
type logPart struct {
	groups []partGroup
	// places has for each number of a key the place in groups, from 1.
	places []int32
	// unjudged are refusals whose wording was not known yet: the first line of
	// the log with a wording decides, so they wait for the join.
	unjudged []unjudged
	scratch  []byte
	partNotices
}

// unjudged is an event that waits for its verdict.
type unjudged struct {
	event  postfix.Event
	moment int // its place among the moments
}

// partGroup counts one group in a part of a log.
type partGroup struct {
	verdict                                                    *logVerdict // of its first line
	line                                                       int         // the number of that
	rejected, warned, deferred, bounced, aliases, codes4, soft int64
	waited                                                     time.Duration
	first, last                                                int64
	hours                                                      [24]int64
	hosts                                                      []string
	examples                                                   []report.LogExample
	recipients, clients                                        []uint64
	// minutes count the lines of a class that a dependency may be behind.
	minutes []minuteCount
}

// minuteCount counts lines in a minute since 1970.
type minuteCount struct{ minute, lines int64 }

func (g *partGroup) reset() {
	hosts, examples := g.hosts, g.examples
	clear(hosts)
	clear(examples)
	*g = partGroup{hosts: hosts[:0], examples: examples[:0], recipients: g.recipients[:0], clients: g.clients[:0], minutes: g.minutes[:0]}
}

// see takes note of an event of any kind.
func (p *logPart) see(c *logCount, e *postfix.Event) {
	if isFailure(e.Kind) {
		if v := c.lookUp(e, &p.scratch); v != nil {
			p.count(c, e, v)
			if v.key.class == runbook.ClassRecipientUnknown {
				p.moments = append(p.moments, refusedUnknown(c, e))
			}
		} else {
			p.unjudged = append(p.unjudged, unjudged{*e, len(p.moments)})
			p.moments = append(p.moments, recipientMoment{})
		}
	}
	p.beside(c, e)
	p.session(c, e)
}

// maxLogExamples is how many lines a group quotes.
const maxLogExamples = 3

// count adds a refusal or a failed delivery to its group.
func (p *logPart) count(c *logCount, e *postfix.Event, v *logVerdict) {
	g := p.group(v, e.Line)
	if e.Line < g.line { // what was judged late comes late
		g.verdict, g.line = v, e.Line
	}
	switch e.Kind {
	case postfix.EventDeferred:
		g.deferred++
		g.waited = max(g.waited, e.Delay)
		if v.reply.Code/100 == 5 {
			g.soft++
		}
	case postfix.EventBounced, postfix.EventExpired:
		g.bounced++
	case postfix.EventWarnReject:
		g.warned++
	default:
		g.rejected++
	}
	if !e.Time.IsZero() {
		g.hours[p.hourOf(e.Time)]++
		at := e.Time.Unix()
		if v.dependent {
			g.minute(at / 60)
		}
		g.first, g.last = min(g.first, at), max(g.last, at)
	}
	if e.Recipient != "" {
		g.recipients = append(g.recipients, c.foldedHash(e.Recipient))
	}
	if e.ClientIP != "" {
		g.clients = append(g.clients, maphash.String(c.seed, e.ClientIP))
	}
	if e.OrigTo != "" {
		g.aliases++
	}
	if v.reply.Code/100 == 4 {
		g.codes4++
	}
	if len(g.hosts) < 2 && !slices.Contains(g.hosts, e.Host) {
		g.hosts = append(g.hosts, e.Host)
	}
	g.example(e)
}

// minute counts a line in its minute. Lines come nearly in order.
func (g *partGroup) minute(at int64) {
	if n := len(g.minutes); n > 0 && g.minutes[n-1].minute == at {
		g.minutes[n-1].lines++
		return
	}
	g.minutes = append(g.minutes, minuteCount{at, 1})
}

// example keeps the first lines of the group, in their order.
func (g *partGroup) example(e *postfix.Event) {
	n := len(g.examples)
	for n > 0 && g.examples[n-1].Line > e.Line {
		n--
	}
	if n == maxLogExamples {
		return
	}
	if len(g.examples) == maxLogExamples {
		g.examples = g.examples[:maxLogExamples-1]
	}
	g.examples = slices.Insert(g.examples, n, report.LogExample{Source: e.Source, Line: e.Line, Text: e.Text})
}

// group gives the group of a verdict in the part.
func (p *logPart) group(v *logVerdict, line int) *partGroup {
	if v.group >= len(p.places) {
		p.places = append(p.places, make([]int32, v.group+1-len(p.places))...)
	}
	place := p.places[v.group]
	if place == 0 {
		n := len(p.groups)
		if n < cap(p.groups) {
			p.groups = p.groups[:n+1] // with the room of one that was joined
		} else {
			p.groups = append(p.groups, partGroup{})
		}
		g := &p.groups[n]
		g.verdict, g.line, g.first, g.last = v, line, math.MaxInt64, math.MinInt64
		place = int32(n + 1)
		p.places[v.group] = place
	}
	return &p.groups[place-1]
}

// foldedHash hashes an address, whose case does not count.
func (c *logCount) foldedHash(address string) uint64 {
	for i := range len(address) {
		if b := address[i]; b >= 'A' && b <= 'Z' || b >= 0x80 {
			return maphash.String(c.seed, strings.ToLower(address))
		}
	}
	return maphash.String(c.seed, address)
}
