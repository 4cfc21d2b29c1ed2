package runbook

import "strings"

// pattern is a text with placeholders, taken apart once so that filling it for
// many cases is a matter of joining pieces.
type pattern struct {
	text  string
	holes []hole
}

// hole is one placeholder of a pattern.
type hole struct {
	start, end  int // of "{name}" in the text
	placeholder int // its place in placeholderTable
	// at is where in a shell command it stands.
	at quoting
}

// textPattern takes apart a text that is read and not run.
func textPattern(text string) pattern {
	p := pattern{text: text}
	if strings.IndexByte(text, '{') < 0 {
		return p
	}
	for name, i := range placeholders(text) {
		if n := placeholderIndex(name); n >= 0 {
			p.holes = append(p.holes, hole{start: i, end: i + len(name) + 2, placeholder: n})
		}
	}
	return p
}

// commandPattern takes apart a command. How the shell takes a place in it
// follows from the command alone: a value never changes that, see safeWord.
func commandPattern(command string) pattern {
	p := pattern{text: command}
	if strings.IndexByte(command, '{') < 0 {
		return p
	}
	for i, state := 0, (quoting{wordStart: true}); i < len(command); {
		name := ""
		if command[i] == '{' {
			name = nameAt(command, i)
		}
		n := placeholderIndex(name)
		if n < 0 {
			state.next(command[i])
			i++
			continue
		}
		end := i + len(name) + 2
		p.holes = append(p.holes, hole{start: i, end: end, placeholder: n, at: state})
		state.inWord, state.wordStart = true, false
		i = end
	}
	return p
}

// filler fills the patterns of one case. It takes each value from the case once.
type filler struct {
	values *Values
	known  [len(placeholderTable)]bool
	value  [len(placeholderTable)]string
}

// get returns the value of a placeholder, "" where it is missing or cannot be
// shown in one line as it is.
func (f *filler) get(placeholder int) string {
	if !f.known[placeholder] {
		f.known[placeholder] = true
		if value := placeholderTable[placeholder].value(f.values); plain(value) {
			f.value[placeholder] = value
		}
	}
	return f.value[placeholder]
}

// appendText appends a text with its placeholders replaced.
func (f *filler) appendText(dst []byte, p *pattern) []byte {
	last := 0
	for i := range p.holes {
		h := &p.holes[i]
		dst = append(dst, p.text[last:h.start]...)
		last = h.end
		if value := f.get(h.placeholder); value != "" {
			dst = append(dst, value...)
		} else {
			dst = appendUpper(dst, p.text[h.start+1:h.end-1])
		}
	}
	return append(dst, p.text[last:]...)
}

// appendCommand appends a command with its placeholders replaced by words that
// are safe where they stand.
func (f *filler) appendCommand(dst []byte, p *pattern, shell Shell) []byte {
	last := 0
	for i := range p.holes {
		h := &p.holes[i]
		dst = append(dst, p.text[last:h.start]...)
		last = h.end
		var ok bool
		if dst, ok = appendWord(dst, f.get(h.placeholder), shell, h.at); !ok {
			dst = appendUpper(dst, p.text[h.start+1:h.end-1])
		}
	}
	return append(dst, p.text[last:]...)
}

// text is appendText as a string.
func (f *filler) text(p pattern) string {
	if len(p.holes) == 0 {
		return p.text
	}
	return string(f.appendText(make([]byte, 0, len(p.text)+growth), &p))
}

// command is appendCommand as a string.
func (f *filler) command(p pattern, shell Shell) string {
	if len(p.holes) == 0 {
		return p.text
	}
	return string(f.appendCommand(make([]byte, 0, len(p.text)+growth), &p, shell))
}

// growth is how much longer a text gets, as a rule, when it is filled.
const growth = 64

// appendUpper appends the name of a placeholder in capitals.
func appendUpper(dst []byte, name string) []byte {
	for i := range len(name) {
		c := name[i]
		if c >= 'a' && c <= 'z' {
			c -= 'a' - 'A'
		}
		dst = append(dst, c)
	}
	return dst
}

// appendWord appends a value in the form that it needs at a place of a command.
// ok is false, and nothing is appended, where it has none. The value is plain
// or "".
func appendWord(dst []byte, value string, shell Shell, at quoting) (_ []byte, ok bool) {
	if value == "" || at.wordStart && value[0] == '-' {
		return dst, false // quoting does not keep a program from taking it as an option
	}
	switch {
	case shell == PowerShell:
		// Its quoting differs (curly quotes close a string, too), and its
		// commands are about addresses: a value that needs quotes is left out.
		if !allBare(value) {
			return dst, false
		}
		return append(dst, value...), true
	case at.quote == '\'':
		return appendQuoted(dst, value), true
	case at.quote != 0 || at.comment:
		return dst, false
	case allBare(value):
		return append(dst, value...), true
	}
	dst = append(dst, '\'')
	dst = appendQuoted(dst, value)
	return append(dst, '\''), true
}

// appendQuoted appends a value as it stands between single quotes.
func appendQuoted(dst []byte, value string) []byte {
	for {
		i := strings.IndexByte(value, '\'')
		if i < 0 {
			return append(dst, value...)
		}
		dst = append(append(dst, value[:i]...), `'\''`...)
		value = value[i+1:]
	}
}
