package report

import "strings"

// Letter is a text to be sent to somebody as it stands.
type Letter struct{ To, Text string }

func (Letter) block() {}

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
