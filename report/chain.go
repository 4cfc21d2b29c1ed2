package report

import "strings"

// Chain is the way of a message from its sender to its recipient, with the
// place where it stopped.
type Chain []Hop

// Hop is one stop of a Chain. Role is sender, reporter, dns, host or recipient;
// State is passed, stopped or open.
type Hop struct{ Role, Name, State, Note string }

// Letter is a text to be sent to somebody as it stands.
type Letter struct{ To, Text string }

func (Chain) block()  {}
func (Letter) block() {}

// line gives the chain in one line: "a > b > [stopped] c (note) ... d".
func (c Chain) line() string {
	var b strings.Builder
	for i, h := range c {
		switch {
		case i == 0:
		case h.State == "open":
			b.WriteString(" ... ")
		default:
			b.WriteString(" > ")
		}
		if h.State == "stopped" {
			b.WriteString("[STOPPED] ")
		}
		b.WriteString(Clean(h.Name))
		if h.Note != "" {
			b.WriteString(" (" + Clean(h.Note) + ")")
		}
	}
	return b.String()
}

// letter writes a text that is to be copied: nothing stands before its lines.
func (t *textPage) letter(l Letter) {
	t.gap()
	t.wrapped("  ", "  ", Clean("Text for "+l.To), t.paint.title)
	t.line("", "")
	for line := range strings.Lines(CleanLines(l.Text)) {
		t.line("", strings.TrimSuffix(line, "\n"))
	}
	t.apart = true
}

// letter writes a text that is to be copied.
func (m *markdownPage) letter(l Letter) {
	m.paragraph("### Text for the other side")
	m.paragraph("To " + mdText(l.To) + ":")
	m.gap()
	m.fence("", "text", l.Text)
}
