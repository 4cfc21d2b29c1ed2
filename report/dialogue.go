package report

import (
	"strconv"
	"strings"
)

// lines writes a dialogue, see Turn.lines. The time stands behind the last line
// of each turn.
func (d Dialogue) lines() []string {
	var lines []string
	for i := range d.Turns {
		turn := &d.Turns[i]
		lines = append(lines, turn.lines()...)
		if turn.Error != "" {
			lines = append(lines, "-- "+Clean(turn.Error))
		}
		if len(lines) > 0 {
			lines[len(lines)-1] += "  (" + shownMillis(turn.Millis) + " ms)"
		}
	}
	return lines
}

// lines writes command and reply as people quote them: the client's lines with
// C:, the server's with S:, and what is neither with --. They are clean.
func (t *Turn) lines() []string {
	var lines []string
	mark := "C: "
	if strings.HasPrefix(t.Command, "connect ") || t.Command == "TLS handshake" {
		mark = "-- "
	}
	if t.Command != "" {
		lines = append(lines, mark+Clean(t.Command))
	}
	for line := range strings.Lines(t.Reply) {
		lines = append(lines, "S: "+Clean(strings.TrimRight(line, "\r\n")))
	}
	return lines
}

// shownMillis gives milliseconds with one digit behind the point.
func shownMillis(ms float64) string { return strconv.FormatFloat(ms, 'f', 1, 64) }

// dialogue writes a recorded session.
func (t *textPage) dialogue(d Dialogue) {
	t.gap()
	t.wrapped("  ", "  ", Clean(d.Title), t.paint.title)
	for _, line := range d.lines() {
		t.wrapped("    ", "       ", line, nil)
	}
	t.apart = true
}
