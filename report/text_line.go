package report

import (
	"strconv"
	"strings"

	"github.com/fatih/color"
)

// gap writes the empty line that parts blocks, where one is due.
func (t *textPage) gap() {
	if t.apart {
		t.line("", "")
		t.apart = false
	}
}

// wrapped writes text within the width, the first line behind first and the
// others behind rest.
func (t *textPage) wrapped(first, rest, text string, paint *color.Color) {
	for i, line := range wrap(text, t.width-len(rest)) {
		if paint != nil {
			line = paint.Sprint(line)
		}
		if i == 0 {
			t.line(first, line)
			continue
		}
		t.line(rest, line)
	}
}

// line writes one line, which must be clean.
func (t *textPage) line(indent, text string) {
	if text != "" {
		t.dst = append(t.dst, indent...)
		t.dst = append(t.dst, text...)
	} else {
		t.dst = append(t.dst, strings.TrimRight(indent, " ")...)
	}
	t.dst = append(t.dst, '\n')
}

// palette holds the colours of a page. They are values of the page, not the
// package's switch in fatih/color, so that two pages can differ.
type palette struct{ bad, warn, good, title, faint, quote, command *color.Color }

func newPalette(on bool) palette {
	ink := func(attributes ...color.Attribute) *color.Color {
		c := color.New(attributes...)
		if on {
			c.EnableColor()
		} else {
			c.DisableColor()
		}
		return c
	}
	return palette{
		bad: ink(color.FgRed, color.Bold), warn: ink(color.FgYellow, color.Bold), good: ink(color.FgGreen, color.Bold),
		title: ink(color.Bold), faint: ink(color.Faint), quote: ink(color.Bold), command: ink(color.FgCyan),
	}
}

// plural gives "1 host", "2 hosts".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}
