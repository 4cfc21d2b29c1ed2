package report

import (
	"fmt"
	"strconv"
	"time"
)

// SchemaQueue names the form of QueueGroup.
const SchemaQueue = "smtpdiag.queue/v1"

// QueueGroup is the queued messages that one cause holds up on the way to one
// domain.
type QueueGroup struct {
	Schema string `json:"schema" redact:"keep"`
	Class  string `json:"class" redact:"keep"`
	Domain string `json:"domain" redact:"host"`
	// Messages and Recipients count; a message to several domains counts in each.
	Messages   int   `json:"messages"`
	Recipients int   `json:"recipients"`
	Bytes      int64 `json:"bytes"`
	// Oldest and Newest are times of arrival, RFC 3339, or "".
	Oldest string `json:"oldest" redact:"keep"`
	Newest string `json:"newest" redact:"keep"`
	// Held are messages on hold or frozen, Active those being delivered now.
	Held   int `json:"held"`
	Active int `json:"active"`
	// Earlier is the number of messages in the earlier listing, Growth the
	// difference; both 0 without one.
	Earlier int `json:"earlier"`
	Growth  int `json:"growth"`
	// Reason is one of the reasons in its exact words.
	Reason   string   `json:"reason"`
	Examples []string `json:"examples" redact:"keep"` // queue ids
	Title    string   `json:"title" redact:"keep"`
	Owner    string   `json:"owner" redact:"keep"`
	Next     []Step   `json:"next"`
}

// Outcome implements Document.
func (g *QueueGroup) Outcome() Outcome {
	switch g.Class {
	case "":
		return OutcomeFine
	case "unknown":
		return OutcomeUnknown
	}
	return OutcomeTemporary
}

// Brief implements Document.
func (g *QueueGroup) Brief() []string {
	return []string{joinWords(orDash(g.Class), orDash(g.Domain), strconv.Itoa(g.Messages), orDash(g.Oldest), oneLine(g.Reason))}
}

// Page implements Document.
func (g *QueueGroup) Page(Detail) Page {
	facts := Facts{
		{Label: "Cause", Value: orDash(g.Class), Verbatim: true},
		{Label: "Domain", Value: orDash(g.Domain), Verbatim: true},
		{Label: "Messages", Value: fmt.Sprintf("%d, %s, %s", g.Messages, counted(int64(g.Recipients), "recipient", "recipients"), byteWords(g.Bytes))},
	}
	if g.Held > 0 {
		facts = append(facts, Fact{Label: "On hold", Value: strconv.Itoa(g.Held)})
	}
	if g.Reason != "" {
		facts = append(facts, Fact{Label: "Reason", Value: g.Reason, Verbatim: true})
	}
	page := Page{facts}
	j := Judgement{Next: g.Next}
	if steps := j.steps(); len(steps) > 0 {
		page = append(page, steps)
	}
	return page
}

// Queue is a whole queue for a person. Its JSON form is its groups.
type Queue struct {
	Source string
	Format string
	// Pressure says in words how the queue stands.
	Pressure string
	Tone     Tone
	Total    QueueGroup
	// Ages counts messages by how long they have waited.
	Ages   []QueueAge
	Groups []*QueueGroup
	// Time is when the listing was made, RFC 3339, or "".
	Time string
	// Since says how long before the earlier listing was made (" of an hour
	// before"), or is "".
	Since string
}

// QueueAge is the number of messages within one span of age.
type QueueAge struct {
	Label    string
	Messages int
}

// maxQueueRows bounds the groups that a person is shown; JSON has them all.
const maxQueueRows = 20

// Page implements Document.
func (q *Queue) Page(d Detail) Page {
	page := Page{Paragraph{Text: q.Pressure}, q.facts()}
	if q.Total.Messages == 0 {
		return append(page, Colophon{Source: q.Source, Time: q.Time})
	}
	limit := maxQueueRows
	if d == Verbose {
		limit = len(q.Groups)
	}
	page = append(page, q.groupTable(limit), q.ageTable())
	for i, g := range q.Groups {
		if i == 3 && d != Verbose || len(g.Next) == 0 {
			break
		}
		j := Judgement{Next: g.Next}
		page = append(page, Heading{Text: g.heading(), Level: 1})
		if g.Reason != "" {
			page = append(page, Quote{Label: "Reason", Text: g.Reason, Where: "queue id " + first(g.Examples)})
		}
		page = append(page, j.steps())
	}
	return append(page, Colophon{Source: q.Source, Time: q.Time})
}

// heading names the group for a person.
func (g *QueueGroup) heading() string {
	messages := counted(int64(g.Messages), "message", "messages")
	if g.Class == "" {
		return "No reason given, not tried yet or on hold: " + messages + " to " + orDash(g.Domain)
	}
	return g.Class + " to " + orDash(g.Domain) + ": " + messages
}

func first(list []string) string {
	if len(list) == 0 {
		return "-"
	}
	return list[0]
}

func (q *Queue) facts() Facts {
	t := &q.Total
	facts := Facts{{Label: "Messages", Value: fmt.Sprintf("%d, %s, %s", t.Messages, counted(int64(t.Recipients), "recipient", "recipients"), byteWords(t.Bytes))}}
	if t.Oldest != "" {
		facts = append(facts, Fact{Label: "Oldest", Value: t.Oldest, Verbatim: true})
	}
	if t.Held > 0 {
		facts = append(facts, Fact{Label: "On hold", Value: strconv.Itoa(t.Held) + ": nothing happens to them until somebody decides"})
	}
	if t.Earlier > 0 || t.Growth != 0 {
		facts = append(facts, Fact{Label: "Growth", Value: fmt.Sprintf("%+d messages since the earlier listing%s, which had %d", t.Growth, q.Since, t.Earlier)})
	}
	return facts
}

// groupTable has a column for what is held, and for growth, where there is any;
// the recipients make room for them.
func (q *Queue) groupTable(limit int) Table {
	held, growth := q.Total.Held > 0, q.Total.Earlier > 0 || q.Total.Growth != 0
	table := Table{Title: "By cause and domain", Header: []string{"Cause", "Domain", "Messages", "Oldest"}, Numeric: []int{2}}
	add := func(name string) {
		table.Numeric = append(table.Numeric, len(table.Header))
		table.Header = append(table.Header, name)
	}
	if !held || !growth {
		add("Recipients")
	}
	if held {
		add("Held")
	}
	if growth {
		add("Growth")
	}
	for i, g := range q.Groups {
		if i == limit {
			table.More = len(q.Groups) - limit
			break
		}
		oldest := g.Oldest
		if t, err := time.Parse(time.RFC3339, g.Oldest); err == nil {
			oldest = t.Format("2006-01-02 15:04")
		}
		row := []string{orDash(g.Class), orDash(g.Domain), strconv.Itoa(g.Messages), orDash(oldest)}
		if !held || !growth {
			row = append(row, strconv.Itoa(g.Recipients))
		}
		if held {
			row = append(row, strconv.Itoa(g.Held))
		}
		if growth {
			row = append(row, fmt.Sprintf("%+d", g.Growth))
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

func (q *Queue) ageTable() Table {
	table := Table{Title: "By age", Header: []string{"Waiting", "Messages"}, Numeric: []int{1}}
	for _, a := range q.Ages {
		table.Rows = append(table.Rows, []string{a.Label, strconv.Itoa(a.Messages)})
	}
	return table
}

// Brief implements Document.
func (q *Queue) Brief() []string {
	var lines []string
	for _, g := range q.Groups {
		lines = append(lines, g.Brief()...)
	}
	return lines
}

// Outcome implements Document.
func (q *Queue) Outcome() Outcome {
	worst := OutcomeFine
	for _, g := range q.Groups {
		worst = max(worst, g.Outcome())
	}
	return worst
}

// byteWords gives a size in bytes in the unit that fits.
func byteWords(n int64) string {
	switch {
	case n >= 1<<30:
		return strconv.FormatFloat(float64(n)/(1<<30), 'f', 1, 64) + " GiB"
	case n >= 1<<20:
		return strconv.FormatFloat(float64(n)/(1<<20), 'f', 1, 64) + " MiB"
	case n >= 1<<10:
		return strconv.FormatFloat(float64(n)/(1<<10), 'f', 1, 64) + " KiB"
	}
	return strconv.FormatInt(n, 10) + " bytes"
}
