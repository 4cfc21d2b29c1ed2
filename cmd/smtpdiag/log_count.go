package main

import (
	"cmp"
	"hash/maphash"
	"slices"
	"strings"
	"time"

	"github.com/smtpdiag/smtpdiag/diagnose"
	"github.com/smtpdiag/smtpdiag/postfix"
	"github.com/smtpdiag/smtpdiag/report"
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// logKey names a group of refusals.
type logKey struct {
	class   runbook.Class
	gate    diagnose.Gate
	setting string
	stage   smtp.Stage
}

// logVerdict is what was judged of one wording.
type logVerdict struct {
	key        logKey
	permanence runbook.Permanence
	owner      runbook.Owner
	// findings and reply are copies, which keep no piece of the log alive.
	findings []report.Finding
	reply    report.Reply
}

// logGroup counts one group.
type logGroup struct {
	doc        report.LogGroup
	recipients map[uint64]struct{}
	clients    map[uint64]struct{}
	hosts      []string      // logging hosts, at most two
	aliases    int64         // refusals of recipients that were written otherwise
	codes4     int64         // lines that were answered with 4yz
	soft       int64         // deferred lines that were answered with 5yz
	waited     time.Duration // the longest that a deferred message has waited
}

// logCount counts a log. Its size follows the number of groups, and of
// different recipients and clients in each, not of lines.
type logCount struct {
	judge   *judge
	seed    maphash.Seed
	groups  map[logKey]*logGroup
	memo    map[string]*logVerdict
	scratch []byte
	tries   attempts
	notices noticed
	first   string
	last    string
}

func newLogCount(j *judge) *logCount {
	return &logCount{judge: j, seed: maphash.MakeSeed(), groups: map[logKey]*logGroup{}, memo: map[string]*logVerdict{}}
}

// maxWordings bounds how many different wordings are remembered.
const maxWordings = 20000

// verdict judges a refusal or a failed delivery. Lines repeat their wording
// with other addresses, so each wording is judged once.
func (c *logCount) verdict(e *postfix.Event) *logVerdict {
	c.scratch = wording(c.scratch[:0], e)
	if v, ok := c.memo[string(c.scratch)]; ok {
		return c.tries.cause(e, v)
	}
	items := e.Items()
	d := c.judge.diagnose(items)
	gate, setting := gateOf(e)
	v := &logVerdict{
		key: logKey{d.Class, gate, setting, d.Stage}, permanence: d.Permanence, owner: d.Owner,
		reply: clonedReply(smtp.ParseQuoted(e.Reason).Reply), findings: []report.Finding{},
	}
	for _, f := range d.Findings {
		v.findings = append(v.findings, report.Finding{Key: f.Key, Severity: string(f.Severity), Text: strings.Clone(f.Text)})
	}
	if len(c.memo) < maxWordings {
		c.memo[string(c.scratch)] = v
	}
	return c.tries.cause(e, v)
}

// gateOf names the gate and the setting behind a refusal or a failed delivery.
func gateOf(e *postfix.Event) (gate diagnose.Gate, setting string) {
	action := e.Gate
	if action == "" {
		action = string(e.Kind)
	}
	switch e.Instance {
	case "exim":
		return diagnose.EximGate(action, e.Reason, e.Stage, e.Relay)
	case "opensmtpd":
		return diagnose.OpenSMTPDGate(e.Program, e.Reason, e.Stage)
	}
	return diagnose.PostfixGate(action, e.Program, e.Reason, e.Stage)
}

// wording appends what decides about an event, without what differs from one
// recipient to the next: addresses, names and numbers in brackets, and the
// first labels of host names.
func wording(dst []byte, e *postfix.Event) []byte {
	dst = append(append(append(append(dst, e.Program...), ' '), string(e.Kind)...), ' ')
	dst = append(append(append(dst, e.Gate...), ' '), string(e.Stage)...)
	if e.Instance == "exim" && !strings.HasSuffix(e.Relay, "]") {
		dst = append(append(dst, ' '), e.Relay...) // the transport, which is the gate
	}
	s := e.Reason
	for len(s) > 0 {
		n := strings.IndexByte(s, ' ')
		word := s
		if n >= 0 {
			word, s = s[:n], s[n+1:]
		} else {
			s = ""
		}
		dst = append(dst, ' ')
		dst = append(dst, plainWord(word)...)
	}
	return dst
}

// plainWord gives what a word of a reply adds to its wording.
func plainWord(w string) string {
	digits, dots, letters := 0, 0, 0
	for i := range len(w) {
		switch c := w[i]; {
		case c == '<' || c == '[' || c == '@':
			return w[:min(i, 3)]
		case c >= '0' && c <= '9':
			digits++
		case c == '.':
			dots++
		default:
			letters++
		}
	}
	switch {
	case digits == 0 && dots == 0 || len(w) <= 10 && w[0] >= '2' && w[0] <= '5':
		return w // words and codes
	case dots >= 2 && letters > 0:
		k := strings.LastIndexByte(strings.TrimRight(w, ".,;:)"), '.')
		return w[strings.LastIndexByte(w[:k], '.')+1:]
	case digits > 3:
		return ""
	}
	return w
}

// maxLogExamples is how many lines a group quotes.
const maxLogExamples = 3

// add counts an event that is a refusal or a failed delivery.
func (c *logCount) add(e *postfix.Event) {
	v := c.verdict(e)
	g := c.groups[v.key]
	if g == nil {
		g = c.newGroup(v)
		c.groups[v.key] = g
	}
	g.doc.Count++
	switch e.Kind {
	case postfix.EventDeferred:
		g.doc.Deferred++
		g.waited = max(g.waited, e.Delay)
		if v.reply.Code/100 == 5 {
			g.soft++
		}
	case postfix.EventBounced, postfix.EventExpired:
		g.doc.Bounced++
	default:
		g.doc.Rejected++
	}
	if !e.Time.IsZero() {
		g.doc.Hours[e.Time.Hour()]++
		c.span(g, e)
	}
	if e.Recipient != "" {
		g.recipients[maphash.String(c.seed, strings.ToLower(e.Recipient))] = struct{}{}
	}
	if e.ClientIP != "" {
		g.clients[maphash.String(c.seed, e.ClientIP)] = struct{}{}
	}
	if e.OrigTo != "" {
		g.aliases++
	}
	if v.reply.Code/100 == 4 {
		g.codes4++
	}
	if len(g.hosts) < 2 && !slices.Contains(g.hosts, e.Host) {
		g.hosts = append(g.hosts, strings.Clone(e.Host))
	}
	if len(g.doc.Examples) < maxLogExamples {
		g.doc.Examples = append(g.doc.Examples, report.LogExample{Source: e.Source, Line: e.Line, Text: strings.Clone(e.Text)})
	}
}

// span keeps the first and the last time. Logs are in order but for clocks that
// jump, so a time is compared, not only taken.
func (c *logCount) span(g *logGroup, e *postfix.Event) {
	at := formatTime(e.Time)
	if g.doc.First == "" || at < g.doc.First {
		g.doc.First = at
	}
	g.doc.Last = max(g.doc.Last, at)
	if c.first == "" || at < c.first {
		c.first = at
	}
	c.last = max(c.last, at)
}

func (c *logCount) newGroup(v *logVerdict) *logGroup {
	entry, _ := runbook.Lookup(v.key.class)
	g := &logGroup{recipients: map[uint64]struct{}{}, clients: map[uint64]struct{}{}}
	g.doc = report.LogGroup{
		Schema: report.SchemaLog, Class: string(v.key.class), Gate: string(v.key.gate), Setting: v.key.setting, Stage: string(v.key.stage),
		Permanence: string(v.permanence), Owner: string(v.owner), Reply: v.reply, Title: entry.Title,
		Examples: []report.LogExample{}, Findings: slices.Clone(v.findings),
	}
	return g
}

// clonedReply gives a reply's public form that keeps no piece of the log alive.
func clonedReply(r smtp.Reply) report.Reply {
	doc := replyDoc(r)
	doc.Text = strings.Clone(doc.Text)
	return doc
}

// document makes the documents, greatest group first.
func (c *logCount) document() *report.Log {
	doc := &report.Log{First: c.first, Last: c.last}
	for key, g := range c.groups {
		g.doc.Recipients, g.doc.Clients = int64(len(g.recipients)), int64(len(g.clients))
		c.notices.about(key, g)
		doc.Groups = append(doc.Groups, &g.doc)
	}
	slices.SortFunc(doc.Groups, func(a, b *report.LogGroup) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Class, b.Class), cmp.Compare(a.Gate, b.Gate), cmp.Compare(a.Setting, b.Setting), cmp.Compare(a.Stage, b.Stage))
	})
	doc.Findings = c.notices.findings()
	return doc
}
