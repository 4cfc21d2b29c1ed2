package report

import "strings"

// SchemaEdge names the form of Edge.
const SchemaEdge = "smtpdiag.edge/v1"

// Edge is what the host that receives an address's mail knows of the address.
type Edge struct {
	Schema  string `json:"schema" redact:"keep"`
	Address string `json:"address" redact:"address"`
	// Host is the name of the host that was checked, Software its mail server:
	// "Postfix 3.7.11", or "".
	Host     string `json:"host" redact:"host"`
	Software string `json:"software" redact:"keep"`
	// Text sums the verdict up in a sentence.
	Text string `json:"text" redact:"prose"`
	Judgement
	// Service is the service of master.cf whose overrides are counted in.
	Service string      `json:"service" redact:"keep"`
	Checks  []EdgeCheck `json:"checks"`
	// Started is when the checks began, RFC 3339.
	Started string `json:"started" redact:"keep"`
}

// EdgeCheck is one local, read-only task with its judgement.
type EdgeCheck struct {
	Key string `json:"key" redact:"keep"`
	// Subject is what of several the check is about, such as a table, or "".
	Subject string `json:"subject" redact:"prose"`
	// Command does the same by hand. It may have several lines.
	Command string `json:"command" redact:"prose"`
	Status  string `json:"status" redact:"keep"` // ok, problem or skipped
	Output  string `json:"output"`
	// Means reads the output, Decide says what to do with it, or is "".
	Means  string `json:"means" redact:"prose"`
	Decide string `json:"decide" redact:"prose"`
}

// title names the check for a person.
func (c *EdgeCheck) title() string {
	return joinWords(strings.ReplaceAll(c.Key, "-", " "), c.Subject)
}

// Outcome implements Document.
func (e *Edge) Outcome() Outcome { return e.outcome() }

// Brief implements Document: the class, then a line for each check that found
// a problem or was skipped.
func (e *Edge) Brief() []string {
	lines := []string{joinWords(e.Address, e.Class, orDash(e.Permanence), e.Text)}
	for i := range e.Checks {
		if c := &e.Checks[i]; c.Status != "ok" {
			lines = append(lines, joinWords(c.Status, c.Key, oneLine(c.Means)))
		}
	}
	return lines
}

// Page implements Document: the answer, the checks that found something, then
// all of them in a table.
func (e *Edge) Page(d Detail) Page {
	answer := e.answer(e.Address)
	if e.Class == "notice:delivered" {
		answer.Tone, answer.Mark, answer.Title, answer.Who = Good, "OK", "taken by this host", "nobody"
	}
	page := Page{answer, Facts{{Label: "In short", Value: e.Text}}}
	if len(e.Findings) > 0 {
		page = append(page, e.findings())
	}
	for i := range e.Checks {
		c := &e.Checks[i]
		if c.Status == "problem" || d == Verbose {
			page = append(page, c.blocks(d)...)
		}
	}
	page = append(page, e.table("All checks"))
	if steps := e.steps(); len(steps) > 0 {
		page = append(page, steps)
	}
	if e.Class != "" && e.Class != "notice:delivered" && e.Class != "unknown" {
		page = append(page, Hint{Text: "More on this class", Command: "smtpdiag runbook " + e.Class})
	}
	return append(page, Colophon{Source: e.Address, Time: e.Started})
}

// maxEdgeOutput bounds the lines of a check's output that a person is shown.
const maxEdgeOutput = 8

func (c *EdgeCheck) blocks(d Detail) []Block {
	output := strings.TrimRight(c.Output, "\n")
	if lines := strings.Split(output, "\n"); len(lines) > maxEdgeOutput && d != Verbose {
		output = strings.Join(lines[:maxEdgeOutput], "\n") + "\n..."
		if c.Key == "self-probe" { // a dialogue is about its end
			output = "...\n" + strings.Join(lines[len(lines)-maxEdgeOutput:], "\n")
		}
	}
	where := c.title()
	if d != Kept {
		where = "" // the heading says it
	}
	blocks := []Block{Heading{Text: c.title() + ": " + c.Status, Level: 2}}
	if output != "" {
		blocks = append(blocks, Quote{Label: "Output", Text: output, Where: where})
	}
	facts := Facts{{Label: "Means", Value: c.Means}}
	if c.Decide != "" {
		facts = append(facts, Fact{Label: "Decide", Value: c.Decide})
	}
	if c.Command != "" {
		facts = append(facts, Fact{Label: "By hand", Value: strings.ReplaceAll(c.Command, "\n", "; "), Verbatim: true})
	}
	return append(blocks, facts)
}

// proof shows the checks within a report about more: those that found something
// with their output, then all in a table. Their commands are left out, since the
// checks may come from a file of somebody else.
func (e *Edge) proof(d Detail) []Block {
	var blocks []Block
	for i := range e.Checks {
		if c := e.Checks[i]; c.Status == "problem" {
			c.Command = ""
			blocks = append(blocks, c.blocks(d)...)
		}
	}
	return append(blocks, e.table("Checks on "+joinWords(orDash(e.Host), showTime(e.Started))))
}

// table lists all checks.
func (e *Edge) table(title string) Table {
	table := Table{Title: title, Header: []string{"Check", "Result", "Means"}}
	for i := range e.Checks {
		c := &e.Checks[i]
		table.Rows = append(table.Rows, []string{c.title(), c.Status, c.Means})
	}
	return table
}
