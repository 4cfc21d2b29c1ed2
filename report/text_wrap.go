package report

import (
	"strings"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"
)

// columns measures text. It does not ask the environment for the language, so
// that the same input gives the same lines everywhere.
func columns() *runewidth.Condition {
	return &runewidth.Condition{EastAsianWidth: false, StrictEmojiNeutral: true}
}

// textWidth gives the number of columns that clean text takes.
func textWidth(s string) int {
	if plain(s) {
		return len(s)
	}
	return columns().StringWidth(s)
}

// wrap breaks clean text of one line into lines of at most width columns, at
// spaces where it can. There is at least one line.
func wrap(s string, width int) []string {
	width = max(width, 8)
	if len(s) <= width {
		return []string{s}
	}
	var lines []string
	var line strings.Builder
	used := 0
	flush := func() {
		lines = append(lines, strings.TrimRight(line.String(), " "))
		line.Reset()
		used = 0
	}
	for word := range strings.SplitAfterSeq(s, " ") {
		wide := textWidth(word)
		bare := wide
		if strings.HasSuffix(word, " ") {
			bare--
		}
		if used > 0 && used+bare > width {
			flush()
		}
		for bare > width { // one word that no line can hold
			head := headOf(word, width)
			line.WriteString(head)
			flush()
			word = word[len(head):]
			taken := textWidth(head)
			wide -= taken
			bare -= taken
		}
		line.WriteString(word)
		used += wide
	}
	if line.Len() > 0 || len(lines) == 0 {
		flush()
	}
	return lines
}

// headOf gives the start of s that fits into width columns: at least one
// character, so that whoever cuts heads off comes to an end.
func headOf(s string, width int) string {
	// Measuring no more than can fit keeps long words from being measured again
	// for each of their lines. Marks without width may make a line longer.
	window := s[:min(len(s), 8*width)]
	for len(window) < len(s) && !utf8.RuneStart(s[len(window)]) {
		window = s[:len(window)+1]
	}
	if head := columns().Truncate(window, width, ""); head != "" {
		return head
	}
	_, size := utf8.DecodeRuneInString(s)
	return s[:size]
}

// wrapCommand breaks a shell command at spaces outside quotes, with the
// backslash that makes the shell read on, so that it can be copied whole.
func wrapCommand(s string, width int) []string {
	var lines []string
	for textWidth(s) > width {
		at := breakPoint(s, width-2)
		if at <= 0 {
			break
		}
		lines = append(lines, s[:at]+` \`)
		s = "  " + s[at+1:]
	}
	return append(lines, s)
}

// breakPoint gives the index of the last space within width that stands
// outside quotes and behind the indent, or of the first one after it, or 0.
func breakPoint(s string, width int) int {
	best := 0
	var quote byte
	for i := len(s) - len(strings.TrimLeft(s, " ")); i < len(s); i++ {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			} else if c == '\\' && quote == '"' {
				i++
			}
		case c == '\\':
			i++
		case c == '\'' || c == '"':
			quote = c
		case c == ' ':
			if best > 0 && textWidth(s[:i]) > width {
				return best
			}
			best = i
		}
		if best > 0 && i > 4*width {
			break
		}
	}
	return best
}

// shorten gives s in at most width columns; where it has to cut, it keeps the
// start and the domain, which tell most.
func shorten(s string, width int) string {
	width = max(width, 20)
	if textWidth(s) <= width {
		return s
	}
	tail := ""
	if at := strings.LastIndexByte(s, '@'); at >= 0 && textWidth(s[at:]) <= width-6 {
		tail = s[at:]
		s = s[:at]
	}
	return columns().Truncate(s, width-textWidth(tail), "...") + tail
}
