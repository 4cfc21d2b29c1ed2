package report

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
)

// renderMarkdown lays a document out for a ticket: a summary line, a table of
// facts, the findings, the next steps as a checklist, the evidence in a fenced
// block, the version and the time. It keeps to CommonMark with the tables and
// task lists of GitHub.
func renderMarkdown(dst []byte, doc Document, o Options) ([]byte, error) {
	m := &markdownPage{dst: dst, version: o.Version, start: len(dst)}
	detail := o.Detail
	if detail == Normal {
		detail = Kept
	}
	for _, block := range doc.Page(detail) {
		m.block(block)
	}
	m.flush()
	return m.dst, nil
}

// markdownPage is the page while it is written.
type markdownPage struct {
	dst     []byte
	start   int
	version string
	// facts wait for others to share a table with, quotes for the end of the
	// answer that they prove.
	facts  Facts
	quotes []Quote
	// next is the step of the answer, until Steps have come.
	next StepLine
}

// block writes one block.
func (m *markdownPage) block(b Block) {
	switch b := b.(type) {
	case Facts:
		m.facts = append(m.facts, b...)
		return
	case Quote:
		if len(m.quotes) == 0 { // what decided is to be seen without scrolling
			m.facts = append(m.facts, Fact{Label: b.Label, Value: Abridge(oneLine(strings.TrimSpace(b.Text)), factQuoteBytes), Verbatim: true})
		}
		m.quotes = append(m.quotes, b)
		return
	}
	m.flushFacts()
	switch b := b.(type) {
	case Answer:
		m.answer(b)
	case Heading:
		m.paragraph(strings.Repeat("#", b.Level+1) + " " + mdText(b.Text))
	case Paragraph:
		for line := range strings.Lines(b.Text) {
			m.paragraph(mdText(strings.TrimSuffix(line, "\n")))
		}
	case Findings:
		m.findings(b)
	case Steps:
		m.steps(b)
	case Table:
		m.table(b)
	case List:
		m.list(b)
	case Letter:
		m.letter(b)
	case Hint:
		m.flushNext()
		m.paragraph(mdText(b.Text) + ": " + mdCode(Clean(b.Command)))
	case Hops:
		m.hops(b)
	case Dialogue:
		m.flush()
		m.paragraph("### " + mdText(b.Title))
		m.gap()
		m.fence("", "text", strings.Join(b.lines(), "\n"))
	case Written:
		m.flush()
		m.gap()
		m.dst = append(m.dst, CleanLines(b.Markdown)...)
	case Rule:
		m.flush()
		m.paragraph("---")
	case Colophon:
		m.flush()
		m.colophon(b)
	}
}

// answer writes the summary line.
func (m *markdownPage) answer(a Answer) {
	var line strings.Builder
	line.WriteString("**" + mdText(a.Class) + "**: ")
	if a.Subject != "" {
		line.WriteString(mdCode(Clean(a.Subject)))
		if a.Others > 0 {
			line.WriteString(" and " + plural(a.Others, "other"))
		}
		line.WriteString(": ")
	}
	line.WriteString(mdText(a.Title))
	if a.Permanence != "" {
		line.WriteString(" (" + mdText(a.Permanence) + ")")
	}
	line.WriteString(".")
	if a.Who != "" {
		line.WriteString(" Who can act: " + mdText(a.Who) + ".")
	}
	if a.Suppress {
		line.WriteString(" Suppress the address.")
	}
	m.paragraph(line.String())
	if a.Next.Text != "" {
		m.paragraph("Next: " + mdText(a.Next.Text))
	}
	m.next = a.Next
}

// hops writes the way of the message in one line.
func (m *markdownPage) hops(hops Hops) {
	var line strings.Builder
	line.WriteString("Way: ")
	for i, h := range hops {
		line.WriteString(h.join(i))
		line.WriteString(orDash(mdCode(Clean(h.Name))))
		if h.Detail != "" {
			line.WriteString(" (" + mdText(h.Detail) + ")")
		}
	}
	m.paragraph(line.String())
}

// flushFacts writes the table of facts.
func (m *markdownPage) flushFacts() {
	if len(m.facts) == 0 {
		return
	}
	m.gap()
	m.line("| | |")
	m.line("|---|---|")
	for _, f := range m.facts {
		value := Abridge(f.Value, keptBytes)
		if f.Verbatim {
			value = mdCode(Clean(value))
		} else {
			value = mdText(value)
		}
		m.line("| " + mdCell(mdText(f.Label)) + " | " + mdCell(value) + " |")
	}
	m.facts = nil
}

// findings writes what a reader could otherwise miss.
func (m *markdownPage) findings(findings Findings) {
	m.paragraph("### Findings")
	m.gap()
	for _, f := range findings {
		m.line("- **" + mdText(f.Key) + "**: " + mdText(Abridge(f.Text, keptBytes)))
	}
}

// steps writes the checklist.
func (m *markdownPage) steps(steps Steps) {
	m.next = StepLine{}
	m.paragraph("### Next steps")
	m.gap()
	for _, s := range steps {
		m.line("- [ ] " + mdText(s.Text))
		if s.Command != "" {
			m.line("")
			m.fence("  ", "sh", s.Command)
		}
		if s.Means != "" {
			m.line("")
			m.line("  " + mdText(s.Means))
		}
		if s.Decide != "" {
			m.line("")
			m.line("  Decide: " + mdText(s.Decide))
		}
		if s.Command != "" || s.Means != "" || s.Decide != "" {
			m.line("")
		}
	}
}

// flushNext writes a checklist of the answer's step alone, where no Steps have
// come.
func (m *markdownPage) flushNext() {
	if m.next.Text != "" {
		m.steps(Steps{m.next})
	}
}

// table writes a table.
func (m *markdownPage) table(t Table) {
	if t.Title != "" {
		m.paragraph("### " + mdText(t.Title))
	}
	m.gap()
	m.row(t.Header)
	rule := []byte("|")
	for i := range t.Header {
		rule = append(rule, "---"...)
		if slices.Contains(t.Numeric, i) {
			rule = append(rule, ':')
		}
		rule = append(rule, '|')
	}
	m.line(string(rule))
	for _, row := range t.Rows {
		m.row(row)
	}
	if t.More > 0 {
		m.paragraph("... " + strconv.Itoa(t.More) + " more")
	}
}

// row writes one row of a table.
func (m *markdownPage) row(cells []string) {
	m.dst = append(m.dst, '|')
	for _, cell := range cells {
		m.dst = append(m.dst, " "+mdCell(mdText(cell))+" |"...)
	}
	m.dst = append(m.dst, '\n')
}

// list writes a list of words.
func (m *markdownPage) list(l List) {
	m.paragraph("### " + mdText(l.Title) + " (" + strconv.Itoa(len(l.Items)+l.More) + ")")
	m.gap()
	for _, item := range l.Items {
		m.line("- " + mdCode(Clean(item)))
	}
	if l.More > 0 {
		m.line("- ... " + strconv.Itoa(l.More) + " more")
	}
}

// flush writes what waits for the end of an answer.
func (m *markdownPage) flush() {
	m.flushFacts()
	m.flushNext()
	if len(m.quotes) == 0 {
		return
	}
	m.paragraph("### Transcript")
	for _, q := range m.quotes {
		head := mdText(q.Label)
		if q.Where != "" {
			head += ", " + mdCode(Clean(q.Where))
		}
		m.paragraph(head + ":")
		m.gap()
		m.fence("", "text", Abridge(q.Text, quoteBytes))
	}
	m.quotes = nil
}

// colophon writes the version and the time of the evidence.
func (m *markdownPage) colophon(c Colophon) {
	line := "smtpdiag " + mdText(m.version)
	if c.Time != "" {
		line += ", report of " + mdText(showTime(c.Time))
	}
	if c.Source != "" {
		line += ", from " + mdCode(Clean(c.Source))
	}
	m.paragraph(line)
}

// paragraph writes a paragraph.
func (m *markdownPage) paragraph(text string) {
	m.gap()
	m.line(text)
}

// gap writes an empty line unless there is one or the page begins.
func (m *markdownPage) gap() {
	b := m.dst[m.start:]
	if len(b) > 0 && !bytes.HasSuffix(b, []byte("\n\n")) {
		m.line("")
	}
}

func (m *markdownPage) line(text string) {
	m.dst = append(append(m.dst, strings.TrimRight(text, " ")...), '\n')
}

// fence writes a fenced code block. The fence is longer than any run of
// backticks in the text, so that no line of it can close the block (CommonMark
// 0.31, section 4.5).
func (m *markdownPage) fence(indent, language, text string) {
	text = strings.TrimSuffix(CleanLines(text), "\n")
	mark := strings.Repeat("`", max(3, longestRun(text, '`')+1))
	m.line(indent + mark + language)
	for line := range strings.Lines(text + "\n") {
		m.line(indent + strings.TrimSuffix(line, "\n"))
	}
	m.line(indent + mark)
}
