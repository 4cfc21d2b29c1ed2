package report

import "strconv"

// The forms of the runbook's documents.
const (
	SchemaRunbook      = "smtpdiag.runbook/v1"
	SchemaRunbookEntry = "smtpdiag.runbook-entry/v1"
	SchemaRunbookList  = "smtpdiag.runbook-list/v1"
)

// RunbookEntry is what is known of one class without its page.
type RunbookEntry struct {
	Schema     string `json:"schema" redact:"keep"`
	Class      string `json:"class" redact:"keep"`
	Title      string `json:"title" redact:"keep"`
	Owner      string `json:"owner" redact:"keep"`
	Permanence string `json:"permanence" redact:"keep"` // "" for notices
	Suppress   bool   `json:"suppress"`
	Meaning    string `json:"meaning" redact:"keep"`
}

// Page implements Document.
func (e *RunbookEntry) Page(Detail) Page {
	return Page{
		Heading{Text: e.Title, Level: 1},
		e.facts(),
		Paragraph{Text: e.Meaning},
		Hint{Text: "The whole page", Command: "smtpdiag runbook " + e.Class},
	}
}

func (e *RunbookEntry) facts() Facts {
	return Facts{
		{Label: "Class", Value: e.Class, Verbatim: true},
		{Label: "Owner", Value: e.Owner},
		{Label: "Permanence", Value: orNone(e.Permanence)},
		{Label: "Suppress", Value: yesNo(e.Suppress)},
	}
}

// Brief implements Document.
func (e *RunbookEntry) Brief() []string { return []string{e.Class + "  " + e.Title} }

// Outcome implements Document.
func (e *RunbookEntry) Outcome() Outcome { return OutcomeFine }

// RunbookName is a page that is not about one class.
type RunbookName struct {
	Name  string `json:"name" redact:"keep"`
	Title string `json:"title" redact:"keep"`
}

// RunbookList is the taxonomy, or the classes of one gate.
type RunbookList struct {
	Schema string `json:"schema" redact:"keep"`
	// Gate is the gate whose classes are listed, "" for all.
	Gate    string         `json:"gate" redact:"keep"`
	Classes []RunbookEntry `json:"classes"`
	// Pages are the pages beside those of the classes.
	Pages []RunbookName `json:"pages"`
}

// Page implements Document.
func (l *RunbookList) Page(Detail) Page {
	table := Table{Header: []string{"Class", "Title", "Owner", "Permanence", "Suppress"}, Whole: []int{0, 2, 3, 4}}
	for i := range l.Classes {
		e := &l.Classes[i]
		suppress := ""
		if e.Suppress {
			suppress = "yes"
		}
		table.Rows = append(table.Rows, []string{e.Class, e.Title, e.Owner, e.Permanence, suppress})
	}
	page := Page{table}
	if len(l.Pages) > 0 {
		others := Table{Title: "Further pages", Header: []string{"Page", "Title"}, Whole: []int{0}}
		for _, p := range l.Pages {
			others.Rows = append(others.Rows, []string{p.Name, p.Title})
		}
		page = append(page, others)
	}
	return append(page, Hint{Text: "One page", Command: "smtpdiag runbook " + l.example()})
}

// example gives a class to show in the hint.
func (l *RunbookList) example() string {
	if len(l.Classes) == 0 {
		return "CLASS"
	}
	return l.Classes[0].Class
}

// Brief implements Document.
func (l *RunbookList) Brief() []string {
	var lines []string
	for i := range l.Classes {
		lines = append(lines, l.Classes[i].Brief()...)
	}
	for _, p := range l.Pages {
		lines = append(lines, p.Name+"  "+p.Title)
	}
	return lines
}

// Outcome implements Document.
func (l *RunbookList) Outcome() Outcome { return OutcomeFine }

// RunbookCheck is one check of a page.
type RunbookCheck struct {
	Text string `json:"text" redact:"prose"`
	// Shell is the language of Command: sh or powershell, "" without one.
	Shell   string `json:"shell" redact:"keep"`
	Command string `json:"command" redact:"prose"`
	// ByHand does the same with the tools of every mail host, or is "".
	ByHand string `json:"by_hand" redact:"prose"`
	// Prints is an example of what the command prints, or "".
	Prints string `json:"prints" redact:"prose"`
	Means  string `json:"means" redact:"prose"`
	Decide string `json:"decide" redact:"prose"`
}

// RunbookReference is where a reader can look up more.
type RunbookReference struct {
	Title string `json:"title" redact:"keep"`
	URL   string `json:"url" redact:"keep"`
}

// RunbookSection is one part of a page.
type RunbookSection struct {
	Name string `json:"name" redact:"keep"`
	// Markdown is the text of the section, "" for checks and references.
	Markdown   string             `json:"markdown" redact:"prose"`
	Checks     []RunbookCheck     `json:"checks"`
	References []RunbookReference `json:"references"`
}

// RunbookPage is one page of the runbook.
type RunbookPage struct {
	Schema string `json:"schema" redact:"keep"`
	Name   string `json:"name" redact:"keep"`
	// Class, Owner, Permanence and Suppress are empty where the page is not
	// about a class.
	Class      string           `json:"class" redact:"keep"`
	Title      string           `json:"title" redact:"keep"`
	Owner      string           `json:"owner" redact:"keep"`
	Permanence string           `json:"permanence" redact:"keep"`
	Suppress   bool             `json:"suppress"`
	Sections   []RunbookSection `json:"sections"`
	// Source is the page as it is written: what a user's own page is made from.
	Source string `json:"-" redact:"prose"`
}

// Page implements Document.
func (p *RunbookPage) Page(Detail) Page {
	blocks := Page{Heading{Text: p.Title, Level: 1}}
	if p.Class != "" {
		entry := RunbookEntry{Class: p.Class, Owner: p.Owner, Permanence: p.Permanence, Suppress: p.Suppress}
		blocks = append(blocks, entry.facts())
	}
	for i := range p.Sections {
		section := &p.Sections[i]
		blocks = append(blocks, Heading{Text: section.Name, Level: 2})
		if section.Markdown != "" {
			blocks = append(blocks, Prose{Markdown: section.Markdown})
		}
		for n := range section.Checks {
			blocks = append(blocks, section.Checks[n].block(n+1))
		}
		if len(section.References) > 0 {
			blocks = append(blocks, references(section.References))
		}
	}
	return Page{Written{Markdown: p.Source, Blocks: blocks}}
}

func (c *RunbookCheck) block(number int) Check {
	return Check{
		Head: strconv.Itoa(number) + ". " + c.Text, Shell: c.Shell, Command: c.Command, ByHand: c.ByHand,
		Prints: c.Prints, Means: c.Means, Decide: c.Decide,
	}
}

func references(refs []RunbookReference) Links {
	links := make(Links, len(refs))
	for i, ref := range refs {
		links[i] = Link(ref)
	}
	return links
}

// Brief implements Document: the title, and the checks in a line each.
func (p *RunbookPage) Brief() []string {
	lines := []string{p.Title}
	for i := range p.Sections {
		for n := range p.Sections[i].Checks {
			lines = append(lines, strconv.Itoa(n+1)+". "+p.Sections[i].Checks[n].Text)
		}
	}
	return lines
}

// Outcome implements Document.
func (p *RunbookPage) Outcome() Outcome { return OutcomeFine }

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
