package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/smtpdiag/smtpdiag/evidence"
	"github.com/smtpdiag/smtpdiag/postfix"
	"github.com/smtpdiag/smtpdiag/report"
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// queueKey names a group: what holds messages up, and where they go.
type queueKey struct {
	class  runbook.Class
	domain string
}

// queueCount counts a queue by groups. Its size follows the number of groups,
// not of messages.
type queueCount struct {
	judge  *judge
	groups map[queueKey]*report.QueueGroup
	total  report.QueueGroup
	// at is when the listing was made; ages counts by ageSpans.
	at   time.Time
	ages [5]int
	// format is the program that made the listing.
	format postfix.QueueFormat
	// unread says that lines of the listing could not be read.
	unread bool
	// classes remembers what a reason was judged to be: a queue has few
	// different ones.
	classes map[string]runbook.Class
	// held is the first message on hold in each group, by its queue id.
	held     map[queueKey]string
	compared bool
	// since is how long before this listing the earlier one was made, 0 where
	// that is not known.
	since time.Duration
}

func newQueueCount(j *judge) *queueCount {
	return &queueCount{judge: j, groups: map[queueKey]*report.QueueGroup{}, classes: map[string]runbook.Class{}, held: map[queueKey]string{}}
}

// maxClasses bounds the memory of classes; the reasons of a queue repeat.
const maxClasses = 4096

// class judges why a recipient has not got a message yet; "" where nothing has
// been tried.
func (c *queueCount) class(reason, recipient string) runbook.Class {
	if reason == "" {
		return ""
	}
	key := strings.ReplaceAll(reason, recipient, "")
	if class, ok := c.classes[key]; ok {
		return class
	}
	q := smtp.ParseQuoted(reason)
	item := evidence.Item{Kind: evidence.KindDiagnostic, Field: "reason", Text: reason, Recipient: recipient, Host: q.Host, IP: q.IP, Stage: q.Stage}
	items := []evidence.Item{item}
	if !q.Reply.IsZero() {
		item.Kind, item.Text, item.Reply = evidence.KindReply, q.Reply.String(), q.Reply
		items = slices.Insert(items, 0, item)
	}
	items = append(items, evidence.Item{Kind: evidence.KindAction, Text: "delayed"})
	class := c.judge.diagnose(items).Class
	if len(c.classes) < maxClasses {
		c.classes[key] = class
	}
	return class
}

// add counts one message.
func (c *queueCount) add(m *postfix.QueuedMessage) error {
	c.count(&c.total, m, len(m.Recipients))
	if !m.Arrival.IsZero() {
		for i, span := range ageSpans {
			if c.at.Sub(m.Arrival) < span.below {
				c.ages[i]++
				break
			}
		}
	}
	seen := map[queueKey]int{}
	reasons := map[queueKey]string{}
	var order []queueKey
	for _, r := range m.Recipients {
		domain := strings.ToLower(r.Address[strings.LastIndexByte(r.Address, '@')+1:])
		key := queueKey{c.class(r.Reason, r.Address), domain}
		if seen[key] == 0 {
			order = append(order, key)
			reasons[key] = r.Reason
		}
		seen[key]++
	}
	for _, key := range order {
		g := c.groups[key]
		if g == nil {
			g = &report.QueueGroup{Reason: reasons[key]}
			c.groups[key] = g
		}
		c.count(g, m, seen[key])
		if c.held[key] == "" && isHeld(m.State) {
			c.held[key] = m.ID
		}
	}
	return nil
}

// isHeld reports whether nothing is done with a message until somebody decides.
func isHeld(state postfix.QueueState) bool {
	return state == postfix.QueueHold || state == postfix.QueueFrozen
}

// maxExamples is how many queue ids a group names.
const maxExamples = 5

func (c *queueCount) count(g *report.QueueGroup, m *postfix.QueuedMessage, recipients int) {
	g.Messages++
	g.Recipients += recipients
	g.Bytes += m.SizeBytes
	switch m.State {
	case postfix.QueueHold, postfix.QueueFrozen:
		g.Held++
	case postfix.QueueActive:
		g.Active++
	case postfix.QueueDeferred, postfix.QueueIncoming, postfix.QueueMaildrop:
	}
	if at := formatTime(m.Arrival); at != "" {
		if g.Oldest == "" || at < g.Oldest {
			g.Oldest = at
		}
		g.Newest = max(g.Newest, at)
	}
	if len(g.Examples) < maxExamples {
		g.Examples = append(g.Examples, m.ID)
	}
}

// compare puts the numbers of an earlier listing beside these.
func (c *queueCount) compare(earlier *queueCount) {
	c.compared = true
	if earlier.at.Before(c.at.Add(-time.Minute)) {
		c.since = c.at.Sub(earlier.at)
	}
	c.total.Earlier = earlier.total.Messages
	c.total.Growth = c.total.Messages - earlier.total.Messages
	for key, g := range c.groups {
		if old := earlier.groups[key]; old != nil {
			g.Earlier = old.Messages
		}
		g.Growth = g.Messages - g.Earlier
	}
}

// document makes the document, greatest group first.
func (c *queueCount) document(l listing) *report.Queue {
	doc := &report.Queue{Source: l.source, Format: string(l.format), Total: c.total, Time: l.time()}
	if c.since > 0 {
		doc.Since = " of " + spanWords(c.since) + " before"
	}
	for key, g := range c.groups {
		entry, _ := runbook.Lookup(key.class)
		g.Schema, g.Class, g.Domain, g.Title, g.Owner = report.SchemaQueue, string(key.class), key.domain, entry.Title, string(entry.Owner)
		g.Next = c.steps(key, g)
		doc.Groups = append(doc.Groups, g)
	}
	slices.SortFunc(doc.Groups, func(a, b *report.QueueGroup) int {
		return cmp.Or(cmp.Compare(b.Messages, a.Messages), cmp.Compare(a.Class, b.Class), cmp.Compare(a.Domain, b.Domain))
	})
	doc.Ages = c.byAge()
	doc.Pressure = c.pressure()
	return doc
}

// ageSpans are the rows of the table of ages.
var ageSpans = [5]struct {
	label string
	below time.Duration
}{
	{"under an hour", time.Hour},
	{"1 to 4 hours", 4 * time.Hour},
	{"4 to 24 hours", 24 * time.Hour},
	{"1 to 3 days", 72 * time.Hour},
	{"over 3 days", 1 << 62},
}

func (c *queueCount) byAge() []report.QueueAge {
	out := make([]report.QueueAge, len(ageSpans))
	for i, span := range ageSpans {
		out[i] = report.QueueAge{Label: span.label, Messages: c.ages[i]}
	}
	return out
}

// Thresholds of what a queue of an ordinary host holds; qmgr takes at most
// 20,000 messages into its active queue (qmgr_message_active_limit).
const (
	queueModerate = 500
	queueHigh     = 5000
	queueFull     = 20000
)

// pressure says in words how the queue stands.
func (c *queueCount) pressure() string {
	t := &c.total
	if t.Messages == 0 {
		return "The queue is empty."
	}
	words := "low"
	switch {
	case t.Active >= queueFull:
		words = "severe: the active queue's limit of 20000 is reached, new mail waits behind old mail"
	case t.Messages >= queueFull:
		words = "severe"
	case t.Messages >= queueHigh:
		words = "high"
	case t.Messages >= queueModerate:
		words = "moderate"
	}
	text := "Pressure is " + words + ": " + counted(int64(t.Messages), "message waits", "messages wait")
	if oldest, err := time.Parse(time.RFC3339, t.Oldest); err == nil {
		text += ", the oldest for " + spanWords(c.at.Sub(oldest))
	}
	switch {
	case c.compared && t.Growth > 0:
		text += fmt.Sprintf("; the queue grows (%+d). Repair delivery first; refusing valid recipients to slow it down makes bounces", t.Growth)
	case c.compared && t.Growth < 0:
		text += fmt.Sprintf("; the queue shrinks (%d)", t.Growth)
	case c.compared:
		text += "; its size has not changed"
	}
	return text + "."
}

// spanWords gives a time span in days, hours or minutes.
func spanWords(d time.Duration) string {
	switch {
	case d < 0:
		return "no time"
	case d >= 48*time.Hour:
		return fmt.Sprintf("%d days", int(d.Hours()/24))
	case d >= 2*time.Hour:
		return fmt.Sprintf("%d hours", int(d.Hours()))
	}
	return fmt.Sprintf("%d minutes", int(d.Minutes()))
}

// steps suggests what to do about a group: first what the class's page says,
// then the commands that act on the messages once the cause is repaired.
func (c *queueCount) steps(key queueKey, g *report.QueueGroup) []report.Step {
	next := []report.Step{}
	if key.class != "" {
		for _, s := range c.judge.next(key.class, runbook.Values{Domain: key.domain, QueueID: g.Examples[0]}) {
			next = append(next, report.Step{Text: s.Text, Command: s.Command, Decide: s.Decide, Means: s.Means})
			break
		}
	}
	id, domain := shellWord(g.Examples[0], "QUEUE_ID"), shellWord(key.domain, "DOMAIN")
	held := shellWord(c.held[key], "QUEUE_ID")
	show, release, flush, try := "postcat -q "+id, "postsuper -H "+held, "postqueue -s "+domain, "postqueue -i "+id
	remove := "postsuper -d " + id
	if c.format == postfix.QueueExim {
		show, release, flush, try, remove = "exim -Mvc "+id, "exim -Mt "+held, "exim -R "+domain, "exim -M "+id, "exim -Mrm "+id
	}
	if c.format == postfix.QueueExim {
		next = append(next, report.Step{Text: "See why one of the messages waits: the listing does not say", Command: "exim -Mvl " + id})
	}
	next = append(next, report.Step{Text: "Look at one of the messages", Command: show, Decide: "If it is unwanted mail, it may go (" + remove + "); if it is wanted, repair the cause and let it stay."})
	if g.Held > 0 {
		next = append(next, report.Step{Text: "Release what is on hold, when it may go out", Command: release, Decide: "Nothing that is on hold is delivered until somebody releases it."})
	}
	if key.domain != "" && key.class != "" {
		next = append(next, report.Step{Text: "After the repair, try the domain again at once", Command: flush, Decide: "If the messages stay, the cause is not repaired; do not flush again and again, each try counts at the other side."},
			report.Step{Text: "Or try one message only", Command: try})
	}
	return next
}

// shellWord gives a value as one word of a shell command that is no option, or
// the name of what has to be put there by hand.
func shellWord(value, name string) string {
	word, ok := runbook.Quote(value)
	if !ok || value == "" || strings.HasPrefix(value, "-") {
		return name
	}
	return word
}
