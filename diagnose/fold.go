package diagnose

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxFold bounds how much of one text is looked at, in bytes. No reply is
// longer; an explanation that is has said what it has to say by then.
const maxFold = 16 << 10

// fold appends text to dst in the form in which phrases are looked for: see
// When for what changes. Codes are removed at line starts, and wherever the
// codes of a continuation line were joined into the text ("an unusual rate of
// 421-4.7.0 unsolicited mail"), because they part words that belong together.
// A space is put in front, so that every word has a sign before it.
func fold(dst []byte, text string) []byte {
	dst = append(dst, ' ')
	f := folder{dst: dst, base: len(dst), lineStart: true}
	if len(text) > maxFold {
		text = text[:maxFold]
	}
	f.dst = slices.Grow(f.dst, len(text))
	for i := 0; i < len(text); {
		if n := plainRun(text[i:]); n > 0 {
			f.dst = append(f.dst, text[i:i+n]...)
			f.lineStart = false
			i += n
			continue
		}
		i += f.step(text, i)
	}
	return f.dst
}

// plainRun gives how many bytes of s, from its start, folding leaves as they
// are whatever stands around them.
func plainRun(s string) int {
	n := 0
	for n < len(s) && plainBytes[s[n]] {
		n++
	}
	return n
}

// plainBytes are the small letters but those that end a word with two spellings
// (see contract), and signs that mean nothing.
var plainBytes = [256]bool{
	'a': true, 'b': true, 'c': true, 'd': true, 'e': true, 'f': true, 'g': true, 'h': true, 'i': true, 'j': true, 'k': true, 'm': true, 'n': true,
	'o': true, 'p': true, 'q': true, 'r': true, 's': true, 'u': true, 'v': true, 'w': true, 'y': true, 'z': true,
	'0': true, '1': true, '3': true, '6': true, '7': true, '8': true, '9': true, ':': true, ';': true, ',': true, '.': true, '-': true, '_': true,
	'/': true, '<': true, '>': true, '(': true, ')': true, '[': true, ']': true, '"': true, '\'': true, '!': true, '?': true, '#': true, '=': true, '+': true,
}

// foldPhrase folds one stretch of a phrase, which has neither codes to remove
// nor mail addresses.
func foldPhrase(phrase string) string {
	if isFolded(phrase) {
		return phrase
	}
	return string(appendFolded(nil, phrase))
}

// appendFolded appends the folded form of a stretch of a phrase.
func appendFolded(dst []byte, phrase string) []byte {
	f := folder{dst: dst, base: len(dst), phrase: true}
	for i := 0; i < len(phrase); {
		i += f.step(phrase, i)
	}
	return f.dst
}

// isFolded reports quickly whether foldPhrase would change nothing. It may say
// false where nothing would change.
func isFolded(s string) bool {
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= 0x80, c >= 'A' && c <= 'Z', c < ' ', c == '@', c == '`':
			return false
		case c == '\'' && i+1 < len(s) && s[i+1] == 't', c == '-' && i > 0 && s[i-1] == 'e':
			return false
		case c == 'x' && i >= 7 && (s[i-7:i] == "mail bo" || s[i-7:i] == "mail-bo"):
			return false
		case c == 't' && i >= 5 && s[i-5:i] == "canno", c == ' ' && i+1 < len(s) && s[i+1] == ' ':
			return false
		}
	}
	return true
}

// folder is the state of one fold.
type folder struct {
	dst       []byte
	base      int    // where this text begins in dst
	lineStart bool   // nothing of the line is written yet
	first     string // the reply code in front of a hyphen at the very start
	phrase    bool
}

// step folds what stands at text[i:] and gives how many bytes it took.
func (f *folder) step(text string, i int) int {
	c := text[i]
	switch {
	case c >= utf8.RuneSelf:
		r, size := utf8.DecodeRuneInString(text[i:])
		f.rune(text[i:i+size], r)
		return size
	case c == '\n' || c == '\r':
		f.space()
		f.lineStart = !f.phrase
		return 1
	case c <= ' ' || c == 0x7f:
		f.space()
		return 1
	case (c == '2' || c == '4' || c == '5') && !f.phrase:
		if n := f.codes(text, i); n > 0 {
			f.space()
			return n
		}
	case c == '@' && !f.phrase:
		if n := f.address(text, i); n > 0 {
			return n
		}
	}
	f.ascii(text, i)
	return 1
}

// ascii writes the ASCII byte text[i], which is no space.
func (f *folder) ascii(text string, i int) {
	c := text[i]
	f.lineStart = false
	switch {
	case c >= 'A' && c <= 'Z':
		c |= 0x20
	case c == '`':
		c = '\''
	}
	f.dst = append(f.dst, c)
	if endsSpelling(c) {
		f.contract(text, i)
	}
}

// endsSpelling reports whether a word with two spellings may end in c.
func endsSpelling(c byte) bool { return c == 't' || c == 'l' || c == 'x' }

// contract rewrites the word that ends in text[i], a t, an l or an x, if it is
// one of those with two spellings.
func (f *folder) contract(text string, i int) {
	if i+1 < len(text) && isLetter(text[i+1]) && f.dst[len(f.dst)-1] == 't' {
		return
	}
	w := f.dst[f.base:]
	switch {
	case hasSuffix(w, "can't"):
		f.replace(5, "can not")
	case hasSuffix(w, "won't"):
		f.replace(5, "will not")
	case hasSuffix(w, "n't") && len(w) > 3 && isLetter(w[len(w)-4]):
		f.replace(3, " not")
	case hasSuffix(w, "cannot"):
		f.replace(6, "can not")
	case (hasSuffix(w, "mail box") || hasSuffix(w, "mail-box")) && (len(w) == 8 || !isWord(w[len(w)-9])):
		f.replace(4, "box")
	case hasSuffix(w, "e-mail") && (len(w) == 6 || !isWord(w[len(w)-7])):
		f.replace(6, "email")
	}
}

// replace puts s in the place of the last n bytes.
func (f *folder) replace(n int, s string) { f.dst = append(f.dst[:len(f.dst)-n], s...) }

// space writes one space, unless one is there or nothing is written.
func (f *folder) space() {
	if n := len(f.dst); n > f.base && f.dst[n-1] != ' ' {
		f.dst = append(f.dst, ' ')
	}
}

// rune writes a character outside ASCII; raw is its encoding.
func (f *folder) rune(raw string, r rune) {
	switch {
	case r == 0xa0 || r >= 0x2000 && r <= 0x200a || r == 0x202f || r == 0x205f || r == 0x3000:
		f.space()
		return
	case r >= 0x300 && r <= 0x36f || r >= 0x200b && r <= 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2060 && r <= 0x2069 || r == 0xfeff || r == 0xad:
		return // combining accents; invisible signs
	case r >= 0xff01 && r <= 0xff5e: // full-width forms of ASCII
		f.ascii(string(r-0xff01+'!'), 0)
		return
	}
	f.lineStart = false
	switch {
	case r >= 'а' && r <= 'я' || r >= 0x3040 && r <= 0xd7a3: // Cyrillic small letters; Kana, Han and Hangul
		f.dst = append(f.dst, raw...)
	case r >= 'А' && r <= 'Я':
		f.dst = utf8.AppendRune(f.dst, r+0x20)
	case r >= 0x2010 && r <= 0x2015 || r == 0x2212:
		f.dst = append(f.dst, '-')
	case r >= 0x2018 && r <= 0x201b || r == 0x2032 || r == 0x2039 || r == 0x203a || r == 0xb4:
		f.ascii("'", 0)
	case r >= 0x201c && r <= 0x201f || r == 0x2033 || r == 0xab || r == 0xbb:
		f.dst = append(f.dst, '"')
	case r == 0x2026:
		f.dst = append(f.dst, "..."...)
	case r < 0x250 || r >= 0x1e00 && r < 0x1f00:
		f.latin(raw, r)
	case r == 'ё' || r == 'Ё':
		f.dst = append(f.dst, "е"...)
	case r == utf8.RuneError:
		f.dst = append(f.dst, raw...)
	default:
		f.dst = utf8.AppendRune(f.dst, unicode.ToLower(r))
	}
}

// plainLatin gives the letters from U+00C0 to U+017F in lower case and without
// their accents; a question mark stands for those that take more.
const plainLatin = "aaaaaa?ceeeeiiiidnooooo?ouuuuy??aaaaaa?ceeeeiiiidnooooo?ouuuuy?y" +
	"aaaaaaccccccccddddeeeeeeeeeegggggggghh??iiiiiiiiii??jjkk?llllll?" +
	"?llnnnnnn???oooooo??rrrrrrsssssssstttt??uuuuuuuuuuuuwwyyyzzzzzz?"

// latin writes a Latin letter without its accent. The Turkish letters i come
// out as one, whichever way the server lowers its capitals.
func (f *folder) latin(raw string, r rune) {
	if r >= 0xc0 && r < 0x180 && plainLatin[r-0xc0] != '?' {
		f.dst = append(f.dst, plainLatin[r-0xc0])
		return
	}
	switch r = unicode.ToLower(r); r {
	case 'ß':
		f.dst = append(f.dst, "ss"...)
	case 'æ':
		f.dst = append(f.dst, "ae"...)
	case 'œ':
		f.dst = append(f.dst, "oe"...)
	case 'þ':
		f.dst = append(f.dst, "th"...)
	default:
		if d := norm.NFD.PropertiesString(raw).Decomposition(); len(d) > 0 {
			r, _ = utf8.DecodeRune(d)
		}
		f.dst = utf8.AppendRune(f.dst, unicode.ToLower(r))
	}
}
