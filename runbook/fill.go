package runbook

import (
	"fmt"
	"strings"
)

// Fill returns the step with every placeholder replaced by the case's own
// value. In the command each value is quoted for the step's shell, so that it
// stays one word, or a part of one, whatever it holds. A value that is missing,
// or that could not be shown or run safely (a control character in it, a dash
// at the start of a word), leaves the placeholder's name in capitals: RECIPIENT.
func Fill(step Step, values Values) Step { return values.fill(step) }

func (v *Values) fill(step Step) Step {
	f := filler{values: v}
	step.Text = f.text(textPattern(step.Text))
	step.Prints = f.text(textPattern(step.Prints))
	step.Means = f.text(textPattern(step.Means))
	step.Decide = f.text(textPattern(step.Decide))
	step.Command = f.command(commandPattern(step.Command), step.Shell)
	step.ByHand = f.command(commandPattern(step.ByHand), POSIX)
	return step
}

// FillText replaces the placeholders of text that is read and not run. Values
// are put in as they are; one that holds a control character, a line break or
// an invisible rune counts as missing.
func FillText(text string, values Values) string { return values.fillText(text) }

func (v *Values) fillText(text string) string {
	f := filler{values: v}
	return f.text(textPattern(text))
}

// bare reports whether a byte needs no quotes in a shell word. Bytes of other
// scripts do, since shells disagree on which of them are blanks.
func bare(c byte) bool {
	if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' {
		return true
	}
	switch c {
	case '@', '%', '+', ':', ',', '.', '/', '_', '-':
		return true
	}
	return false
}

func allBare(value string) bool {
	for i := range len(value) {
		if !bare(value[i]) {
			return false
		}
	}
	return value != ""
}

// Quote returns a value as one word of a POSIX shell: as it is where that is
// safe, in single quotes otherwise. It returns false for a value that cannot be
// shown in one line as it is, see FillText. A dash at the start is kept: it is
// the caller's to see that the word is no option.
func Quote(value string) (string, bool) {
	if !plain(value) {
		return "", false
	}
	if allBare(value) {
		return value, true
	}
	return string(append(appendQuoted([]byte{'\''}, value), '\'')), true
}

// quoting is the place in a shell command, as far as quoting goes.
type quoting struct {
	quote     byte // the quote that is open, or 0
	escaped   bool // the byte before was a backslash
	comment   bool
	inWord    bool // something of the word stands before the place
	wordStart bool // the value would be the first byte of a word
}

func (q *quoting) next(c byte) {
	opened := false
	switch {
	case q.comment:
		q.comment = c != '\n'
	case q.escaped:
		q.escaped = false
	case q.quote == '\'' || q.quote == '"' || q.quote == '`':
		if c == q.quote {
			q.quote = 0
		} else if c == '\\' && q.quote != '\'' {
			q.escaped = true
		}
	case c == '\'' || c == '"' || c == '`':
		q.quote, opened = c, !q.inWord
	case c == '\\':
		q.escaped = true
	case c == '#' && !q.inWord:
		q.comment = true
	}
	blank := q.quote == 0 && !q.escaped && parts(c)
	q.inWord = !blank
	q.wordStart = blank || opened
}

// parts reports whether a byte ends a word of a shell.
func parts(c byte) bool {
	switch c {
	case ' ', '\t', '\n', ';', '|', '&', '(', ')', '<', '>':
		return true
	}
	return false
}

// CheckCommand says what is wrong with a command as a pattern to fill: a
// placeholder that Fill does not know, or one at a place where a value could not
// be quoted. It returns nil where nothing is.
func CheckCommand(command string) []string {
	var reasons []string
	state := quoting{wordStart: true}
	hereDocument := strings.Contains(command, "<<")
	for i := range len(command) {
		c := command[i]
		if name := nameAt(command, i); c == '{' && name != "" {
			switch {
			case !KnownPlaceholder(name):
				reasons = append(reasons, unknownPlaceholder(name))
			case state.quote == '"' || state.quote == '`':
				reasons = append(reasons, fmt.Sprintf(
					"{%s} stands in %c quotes, where it cannot be made safe: use single quotes or none", name, state.quote))
			case hereDocument:
				reasons = append(reasons, fmt.Sprintf("{%s} stands in a command with a here-document, where it cannot be made safe", name))
			}
		}
		state.next(c)
	}
	if state.quote != 0 {
		reasons = append(reasons, fmt.Sprintf("a %c quote is not closed", state.quote))
	}
	return reasons
}
