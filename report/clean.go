package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What comes from outside may hold characters that a terminal or a reader's
// eye takes for something else: escape sequences that move the cursor or set
// the title, overrides that turn the reading direction ("moc.elpmaxe"),
// characters without width that make two different words look the same, and
// line separators that fake a line of ours. They are shown as escapes, never
// dropped, since a hidden character can be the very cause that is looked for.

// hidden lists what Unicode files under letters and marks and what is yet not to
// be seen: fillers, a joiner, the blank braille pattern.
const hidden = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"

// dangerous reports whether r must not be shown as it is: whatever Unicode does
// not call graphic (controls, formats, separators, surrogates, what is private
// or not assigned), the variation selectors supplement, and what is hidden.
// Line feeds and tabs are left to the caller.
func dangerous(r rune) bool {
	switch {
	case r < 0x20, r == 0x7f:
		return true
	case r < 0x7f:
		return false
	}
	return !unicode.IsGraphic(r) || r >= 0xe0100 && r <= 0xe01ef || strings.ContainsRune(hidden, r)
}

// plain reports whether s holds printable ASCII and nothing else, which is
// true of nearly everything.
func plain(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < 0x20 || s[i] > 0x7e {
			return false
		}
	}
	return true
}

// Clean gives s as one line that is safe to show: every control, direction,
// zero-width and separator character stands as a visible escape (\x1b,
// \u202e), bytes that are no UTF-8 stand as \xff, a tab as a space.
func Clean(s string) string {
	if plain(s) {
		return s
	}
	return string(appendClean(make([]byte, 0, len(s)+16), s, false))
}

// CleanLines is Clean for text of several lines: line feeds stay, and CR LF
// counts as one.
func CleanLines(s string) string {
	if plain(s) {
		return s
	}
	return string(appendClean(make([]byte, 0, len(s)+16), s, true))
}

// appendClean does the work of Clean and CleanLines.
func appendClean(dst []byte, s string, lines bool) []byte {
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			dst = fmt.Appendf(dst, `\x%02x`, s[i])
		case r == '\n' && lines:
			dst = append(dst, '\n')
		case r == '\r' && lines && strings.HasPrefix(s[i+1:], "\n"):
		case r == '\t':
			dst = append(dst, ' ')
		case r == '\n':
			dst = append(dst, `\n`...)
		case r == '\r':
			dst = append(dst, `\r`...)
		case r < 0x80 && dangerous(r):
			dst = fmt.Appendf(dst, `\x%02x`, r)
		case dangerous(r) && r > 0xffff:
			dst = fmt.Appendf(dst, `\U%08x`, r)
		case dangerous(r):
			dst = fmt.Appendf(dst, `\u%04x`, r)
		default:
			dst = append(dst, s[i:i+size]...)
		}
		i += size
	}
	return dst
}
