package main

import (
	"cmp"
	"hash/maphash"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/smtpdiag/smtpdiag/postfix"
	"github.com/smtpdiag/smtpdiag/report"
	"github.com/smtpdiag/smtpdiag/runbook"
)

// logGroup counts one group.
type logGroup struct {
	doc     report.LogGroup
	key     logKey
	first   int64 // in seconds since 1970; above last where no line has a time
	last    int64
	hosts   []string        // logging hosts, at most two
	aliases int64           // refusals of recipients that were written otherwise
	codes4  int64           // lines that were answered with 4yz
	soft    int64           // deferred lines that were answered with 5yz
	waited  time.Duration   // the longest that a deferred message has waited
	minutes map[int64]int64 // lines by the minute, of a class that a dependency may be behind
}

// logCount counts a log. Its size follows the number of groups, and of
// different recipients and clients in each, not of lines.
//
// It counts in parts, which several goroutines may fill at once, each its own,
// and which are joined in the order of the log.
type logCount struct {
	*wordings
	seed    maphash.Seed
	groups  []*logGroup // by the number of the key, nil where none was counted
	unique  uniqueSet   // of recipients and clients, with their group
	notices noticed
	single  logPart // for add
}

func newLogCount(words *wordings) *logCount {
	return &logCount{wordings: words, seed: maphash.MakeSeed()}
}

// add counts an event that is a refusal or a failed delivery.
func (c *logCount) add(e *postfix.Event) {
	c.single.count(c, e, c.verdict(e))
	c.joinGroups(&c.single)
}

// join takes over a part and empties it.
func (c *logCount) join(p *logPart) {
	for i := range p.answers {
		c.policies.add(&p.answers[i])
	}
	for i := range p.unjudged {
		late := &p.unjudged[i]
		v := c.verdict(&late.event)
		p.count(c, &late.event, v)
		if v.key.class == runbook.ClassRecipientUnknown {
			p.moments[late.moment] = refusedUnknown(c, &late.event)
		}
	}
	c.share(len(p.unjudged))
	p.unjudged = nil // there are few after the first lines
	c.joinGroups(p)
	c.notices.join(&p.partNotices)
}

// joinGroups takes over the groups of a part and empties them.
func (c *logCount) joinGroups(p *logPart) {
	for i := range p.groups {
		from := &p.groups[i]
		n := from.verdict.group
		p.places[n] = 0
		for len(c.groups) <= n {
			c.groups = append(c.groups, nil)
		}
		if c.groups[n] == nil {
			c.groups[n] = newGroup(from.verdict)
		}
		c.groups[n].join(from)
		salt := uint64(n+1) * 0x9e3779b97f4a7c15
		c.groups[n].doc.Recipients += c.unique.addAll(from.recipients, salt)
		c.groups[n].doc.Clients += c.unique.addAll(from.clients, ^salt)
		from.reset()
	}
	p.groups = p.groups[:0]
}

// join adds what a part has counted of the group.
func (g *logGroup) join(from *partGroup) {
	g.doc.Count += from.rejected + from.warned + from.deferred + from.bounced
	g.doc.Rejected += from.rejected
	g.doc.Warned += from.warned
	g.doc.Deferred += from.deferred
	g.doc.Bounced += from.bounced
	for h, n := range from.hours {
		g.doc.Hours[h] += n
	}
	// Logs are in order but for clocks that jump, so a time is compared, not
	// only taken.
	g.first, g.last = min(g.first, from.first), max(g.last, from.last)
	g.aliases += from.aliases
	g.codes4 += from.codes4
	g.soft += from.soft
	g.waited = max(g.waited, from.waited)
	for _, m := range from.minutes {
		if g.minutes == nil {
			g.minutes = map[int64]int64{}
		}
		if _, ok := g.minutes[m.minute]; ok || len(g.minutes) < maxMinutes {
			g.minutes[m.minute] += m.lines
		}
	}
	for _, host := range from.hosts {
		if len(g.hosts) < 2 && !slices.Contains(g.hosts, host) {
			g.hosts = append(g.hosts, strings.Clone(host))
		}
	}
	for _, example := range from.examples {
		if len(g.doc.Examples) < maxLogExamples {
			example.Text = strings.Clone(example.Text)
			g.doc.Examples = append(g.doc.Examples, example)
		}
	}
}

// newGroup begins a group with the verdict on its first line.
func newGroup(v *logVerdict) *logGroup {
	entry, _ := runbook.Lookup(v.key.class)
	g := &logGroup{key: v.key, first: math.MaxInt64, last: math.MinInt64}
	g.doc = report.LogGroup{
		Schema: report.SchemaLog, Class: string(v.key.class), Gate: string(v.key.gate), Setting: v.key.setting, Stage: string(v.key.stage),
		Permanence: string(v.permanence), Owner: string(v.owner), Reply: v.reply, Title: entry.Title,
		Examples: []report.LogExample{}, Findings: slices.Clone(v.findings),
	}
	return g
}

// document makes the documents, greatest group first.
func (c *logCount) document() *report.Log {
	doc := &report.Log{}
	first, last := int64(math.MaxInt64), int64(math.MinInt64)
	for _, g := range c.groups {
		if g == nil {
			continue
		}
		g.doc.First, g.doc.Last = formatSpan(g.first, g.last)
		first, last = min(first, g.first), max(last, g.last)
		c.notices.about(g)
		doc.Groups = append(doc.Groups, &g.doc)
	}
	doc.First, doc.Last = formatSpan(first, last)
	slices.SortFunc(doc.Groups, func(a, b *report.LogGroup) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Class, b.Class), cmp.Compare(a.Gate, b.Gate), cmp.Compare(a.Setting, b.Setting), cmp.Compare(a.Stage, b.Stage))
	})
	doc.Findings = c.notices.findings()
	return doc
}

// formatSpan gives the first and the last time of lines, "" where none has one.
func formatSpan(first, last int64) (from, to string) {
	if first > last {
		return "", ""
	}
	return formatTime(time.Unix(first, 0)), formatTime(time.Unix(last, 0))
}
