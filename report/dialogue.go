package report

import (
	"strconv"
	"strings"
)

// lines writes a dialogue as people quote one: the client's lines with C:, the
// server's with S:, and what is neither with --. The time stands behind the
// last line of each turn.
func (d Dialogue) lines() []string {
	var lines []string
	for _, turn := range d.Turns {
		mark := "C: "
		if strings.HasPrefix(turn.Command, "connect ") || turn.Command == "TLS handshake" {
			mark = "-- "
		}
		if turn.Command != "" {
			lines = append(lines, mark+Clean(turn.Command))
		}
		for line := range strings.Lines(turn.Reply) {
			lines = append(lines, "S: "+Clean(strings.TrimRight(line, "\r\n")))
		}
		if turn.Error != "" {
			lines = append(lines, "-- "+Clean(turn.Error))
		}
		if len(lines) > 0 {
			lines[len(lines)-1] += "  (" + strconv.FormatFloat(turn.Millis, 'f', 1, 64) + " ms)"
		}
	}
	return lines
}

// dialogue writes a recorded session.
func (t *textPage) dialogue(d Dialogue) {
	t.gap()
	t.wrapped("  ", "  ", Clean(d.Title), t.paint.title)
	for _, line := range d.lines() {
		t.wrapped("    ", "       ", line, nil)
	}
	t.apart = true
}
