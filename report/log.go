package report

import (
	"fmt"
	"strconv"
	"strings"
)

// The forms of what "smtpdiag log" prints.
const (
	SchemaLog   = "smtpdiag.log/v1"
	SchemaStory = "smtpdiag.story/v1"
)

// LogGroup is the refusals and failed deliveries of one class, gate and setting.
type LogGroup struct {
	Schema string `json:"schema" redact:"keep"`
	Class  string `json:"class" redact:"keep"`
	// Gate names the part of the host that said no, Setting what is behind it,
	// as far as the log can tell.
	Gate    string `json:"gate" redact:"keep"`
	Setting string `json:"setting" redact:"keep"`
	Stage   string `json:"stage" redact:"keep"`
	// Permanence is as judged, not as coded.
	Permanence string `json:"permanence" redact:"keep"`
	Owner      string `json:"owner" redact:"keep"`
	// Reply is an example, the first one seen.
	Reply Reply `json:"reply"`
	// Count counts lines, Rejected those that refused at the door, Deferred and
	// Bounced the outcomes of deliveries.
	Count    int64 `json:"count"`
	Rejected int64 `json:"rejected"`
	Deferred int64 `json:"deferred"`
	Bounced  int64 `json:"bounced"`
	// Warned counts refusals that were only logged (warn_if_reject), and what was
	// put on hold: the mail was taken.
	Warned int64 `json:"warned"`
	// First and Last are RFC 3339 times.
	First string `json:"first" redact:"keep"`
	Last  string `json:"last" redact:"keep"`
	// Recipients and Clients count different ones.
	Recipients int64        `json:"recipients"`
	Clients    int64        `json:"clients"`
	Examples   []LogExample `json:"examples"`
	Findings   []Finding    `json:"findings"`
	// Hours counts lines by the hour of the day, local to the log.
	Hours [24]int64 `json:"hours"`
	Title string    `json:"title" redact:"keep"`
}

// LogExample is a line of a log.
type LogExample struct {
	Source string `json:"source" redact:"path"`
	Line   int    `json:"line"`
	Text   string `json:"text"`
}

// Outcome implements Document.
func (g *LogGroup) Outcome() Outcome {
	j := Judgement{Class: g.Class, Permanence: g.Permanence}
	return j.outcome()
}

// Brief implements Document.
func (g *LogGroup) Brief() []string {
	return []string{joinWords(strconv.FormatInt(g.Count, 10), g.Class, orDash(g.Gate), g.First, g.Last, oneLine(g.Reply.Text))}
}

// Page implements Document.
func (g *LogGroup) Page(d Detail) Page {
	title := g.Class + ": " + g.Title
	warned := ""
	if g.Warned > 0 {
		warned = fmt.Sprintf(", %d only logged", g.Warned)
	}
	facts := Facts{{Label: "Lines", Value: fmt.Sprintf("%d (%d refused, %d deferred, %d bounced%s), %s, %s", g.Count, g.Rejected, g.Deferred, g.Bounced, warned,
		counted(g.Recipients, "recipient", "recipients"), counted(g.Clients, "client", "clients"))}}
	gate := orDash(g.Gate)
	if g.Stage != "" {
		gate += ", " + stageWords(g.Stage)
	}
	facts = append(facts, Fact{Label: "Gate", Value: gate})
	if g.Setting != "" {
		facts = append(facts, Fact{Label: "Setting", Value: g.Setting, Verbatim: true})
	}
	facts = append(facts, Fact{Label: "Seen", Value: g.seen(), Verbatim: true}, Fact{Label: "By hour", Value: hourBar(&g.Hours)})
	page := Page{Heading{Text: title, Level: 1}, facts}
	for i, e := range g.Examples {
		if i > 0 && d != Verbose {
			break
		}
		page = append(page, Quote{Label: "Example", Text: e.Text, Where: e.Source + ":" + strconv.Itoa(e.Line)})
	}
	j := Judgement{Findings: g.Findings}
	if len(j.Findings) > 0 {
		page = append(page, j.findings())
	}
	return page
}

// seen says between which times the lines stand.
func (g *LogGroup) seen() string {
	switch g.First {
	case "":
		return "at no known time"
	case g.Last:
		return g.First
	}
	return g.First + " to " + g.Last
}

// hourBar draws the 24 hours of a day, one sign an hour: a dot for none, then
// one to nine by share of the busiest hour.
func hourBar(hours *[24]int64) string {
	var most int64
	for _, n := range hours {
		most = max(most, n)
	}
	var b strings.Builder
	for i, n := range hours {
		if i > 0 && i%6 == 0 {
			b.WriteByte(' ')
		}
		if n == 0 {
			b.WriteByte('.')
			continue
		}
		b.WriteByte(byte('1' + 8*n/most))
	}
	return b.String() + "  (0h to 23h; 9 is the busiest)"
}

// Log is what a log says as a whole, for a person. Its JSON form is its groups.
type Log struct {
	Sources []string
	Lines   int64
	Bytes   int64
	// Unread counts lines of no known form.
	Unread int64
	// Foreign says that no line is of a system that is read.
	Foreign bool
	First   string
	Last    string
	Groups  []*LogGroup
	// Findings are those about the log as a whole.
	Findings []Finding
}

// maxLogGroups bounds the groups that a person is shown; JSON has them all.
const maxLogGroups = 12

// Page implements Document.
func (l *Log) Page(d Detail) Page {
	page := Page{Paragraph{Text: l.sum()}}
	j := Judgement{Findings: l.Findings}
	if len(j.Findings) > 0 {
		page = append(page, j.findings())
	}
	if len(l.Groups) == 0 {
		return append(page, Colophon{Source: strings.Join(l.Sources, ", "), Time: l.Last})
	}
	table := Table{Title: "By class and gate", Header: []string{"Lines", "Class", "Gate", "Recipients", "Clients"}, Numeric: []int{0, 3, 4}}
	limit := maxLogGroups
	if d == Verbose {
		limit = len(l.Groups)
	}
	for i, g := range l.Groups {
		if i == limit {
			table.More = len(l.Groups) - limit
			break
		}
		table.Rows = append(table.Rows, []string{strconv.FormatInt(g.Count, 10), g.Class, orDash(g.Gate), strconv.FormatInt(g.Recipients, 10), strconv.FormatInt(g.Clients, 10)})
	}
	page = append(page, table)
	for i, g := range l.Groups {
		if i == limit {
			break
		}
		page = append(page, g.Page(d)...)
	}
	return append(page, Colophon{Source: strings.Join(l.Sources, ", "), Time: l.Last})
}

func (l *Log) sum() string {
	if l.Lines == 0 {
		return "The log is empty."
	}
	var lines int64
	for _, g := range l.Groups {
		lines += g.Count
	}
	text := fmt.Sprintf("%s for %s in %s", counted(lines, "refusal or failed delivery", "refusals and failed deliveries"), counted(int64(len(l.Groups)), "cause", "causes"), counted(l.Lines, "line", "lines"))
	switch {
	case l.Foreign:
		text = "Nothing is recognised in " + counted(l.Lines, "line", "lines")
	case len(l.Groups) == 0:
		text = "No refusal or failed delivery in " + counted(l.Lines, "line", "lines")
	}
	if l.First != "" {
		text += ", " + l.First + " to " + l.Last
	}
	if l.Unread > 0 {
		text += "; " + counted(l.Unread, "line is", "lines are") + " of no known log form"
	}
	return text + "."
}

// counted puts a number before the word that fits it.
func counted(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.FormatInt(n, 10) + " " + many
}

// Brief implements Document.
func (l *Log) Brief() []string {
	var lines []string
	for _, g := range l.Groups {
		lines = append(lines, g.Brief()...)
	}
	return lines
}

// Outcome implements Document.
func (l *Log) Outcome() Outcome {
	worst := OutcomeFine
	for _, g := range l.Groups {
		worst = max(worst, g.Outcome())
	}
	return worst
}

// Story is what a log tells of one message, or of refusals that had none.
type Story struct {
	Schema string `json:"schema" redact:"keep"`
	// QueueIDs are the ids that the message had, in order; a content filter
	// gives it a new one.
	QueueIDs  []string `json:"queue_ids" redact:"keep"`
	MessageID string   `json:"message_id" redact:"id"`
	Sender    string   `json:"sender" redact:"address"`
	Client    string   `json:"client" redact:"host"`
	SizeBytes int64    `json:"size_bytes"`
	Arrived   string   `json:"arrived" redact:"keep"`
	Finished  string   `json:"finished" redact:"keep"`
	// Recipients are the outcomes, the last one of each recipient.
	Recipients []StoryRecipient `json:"recipients"`
	Steps      []StoryStep      `json:"steps"`
}

// StoryRecipient is what became of the message for one recipient.
type StoryRecipient struct {
	Recipient string `json:"recipient" redact:"address"`
	OrigTo    string `json:"orig_to" redact:"address"`
	// Status is sent, deferred, bounced, expired or reject.
	Status string `json:"status" redact:"keep"`
	Relay  string `json:"relay" redact:"host"`
	Class  string `json:"class" redact:"keep"`
	Gate   string `json:"gate" redact:"keep"`
	Reply  Reply  `json:"reply"`
	// Delay is in seconds; Delays are before the queue manager, in the queue,
	// connecting, sending. DelayWords says where the time went.
	Delay      float64    `json:"delay"`
	Delays     [4]float64 `json:"delays"`
	DelayWords string     `json:"delay_words" redact:"keep"`
	Attempts   int        `json:"attempts"`
	Source     string     `json:"source" redact:"path"`
	Line       int        `json:"line"`
}

// StoryStep is one line of the log.
type StoryStep struct {
	Time   string `json:"time" redact:"keep"`
	Source string `json:"source" redact:"path"`
	Line   int    `json:"line"`
	// Words says in a few words what happened.
	Words string `json:"words" redact:"prose"`
	Text  string `json:"text"`
}

// Page implements Document.
func (s *Story) Page(Detail) Page {
	title := "Refused before there was a message"
	if len(s.QueueIDs) > 0 {
		title = "Message " + strings.Join(s.QueueIDs, ", then ")
	}
	facts := Facts{}
	add := func(label, value string) {
		if value != "" {
			facts = append(facts, Fact{Label: label, Value: value, Verbatim: true})
		}
	}
	add("Message-ID", s.MessageID)
	add("Sender", s.Sender)
	add("Client", s.Client)
	if s.SizeBytes > 0 {
		add("Size", byteWords(s.SizeBytes))
	}
	add("Arrived", s.Arrived)
	add("Last seen", s.Finished)
	page := Page{Heading{Text: title, Level: 1}, facts}
	for _, r := range s.Recipients {
		page = append(page, r.facts())
	}
	list := List{Title: "What happened"}
	for _, step := range s.Steps {
		list.Items = append(list.Items, fmt.Sprintf("%s  %s (%s:%d)", step.Time, step.Words, step.Source, step.Line))
	}
	return append(page, list)
}

func (r *StoryRecipient) facts() Facts {
	status := r.Status
	if r.Class != "" {
		status += ", " + r.Class
	}
	facts := Facts{{Label: "Recipient", Value: r.Recipient, Verbatim: true}, {Label: "Status", Value: status}}
	if r.OrigTo != "" {
		facts = append(facts, Fact{Label: "Written as", Value: r.OrigTo, Verbatim: true})
	}
	if r.Relay != "" {
		facts = append(facts, Fact{Label: "Handed to", Value: r.Relay, Verbatim: true})
	}
	if r.Reply.Text != "" {
		facts = append(facts, Fact{Label: "Reply", Value: r.Reply.Text, Verbatim: true})
	}
	if r.DelayWords != "" {
		facts = append(facts, Fact{Label: "Time", Value: r.DelayWords})
	}
	if r.Attempts > 1 {
		facts = append(facts, Fact{Label: "Attempts", Value: strconv.Itoa(r.Attempts)})
	}
	return facts
}

// Brief implements Document.
func (s *Story) Brief() []string {
	var lines []string
	for _, r := range s.Recipients {
		lines = append(lines, joinWords(orDash(strings.Join(s.QueueIDs, ",")), orDash(r.Recipient), r.Status, orDash(r.Class), oneLine(r.Reply.Text)))
	}
	return lines
}

// Outcome implements Document.
func (s *Story) Outcome() Outcome {
	worst := OutcomeFine
	for i := range s.Recipients {
		switch s.Recipients[i].Status {
		case "bounced", "expired", "reject":
			worst = max(worst, OutcomePermanent)
		case "deferred":
			worst = max(worst, OutcomeTemporary)
		}
	}
	return worst
}
