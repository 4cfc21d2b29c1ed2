package diagnose

import "unicode/utf8"

// codes gives the length of the reply and enhanced codes at text[i:] that are
// to be left out, and of the space behind them; 0 where they are to stay.
func (f *folder) codes(text string, i int) int {
	if i > 0 && (isDigit(text[i-1]) || text[i-1] == '.') {
		return 0
	}
	s := text[i:]
	n := 0
	if len(s) > 3 && isDigit(s[1]) && isDigit(s[2]) && (s[3] == ' ' || s[3] == '-' || s[3] == '#') {
		n = 4
	} else if len(s) == 3 && f.lineStart && isDigit(s[1]) && isDigit(s[2]) {
		return 3
	}
	at, m := enhancedAt(s[n:])
	switch {
	case n > 0 && m > 0 && s[n+at] == s[0]:
		return n + m // a pair of codes is never a part of the wording
	case f.lineStart && n > 0:
		if f.first == "" && s[3] == '-' && i == 0 {
			f.first = s[:3]
		}
		return n + m
	case f.lineStart:
		return m
	case n > 0 && f.first != "" && s[:3] == f.first && (s[3] == '-' || text[i-1] == ' '):
		return n
	}
	return 0
}

// enhancedAt finds an enhanced code at the start of s. It gives where its first
// digit stands and the length up to the wording, with the bracket or hash sign
// that some servers put around it and the spaces or colon behind it; the length
// is 0 where there is none.
func enhancedAt(s string) (at, length int) {
	for at < len(s) && at < 3 && (s[at] == ' ' || s[at] == '#' || s[at] == '[' || s[at] == '(') {
		at++
	}
	n := enhancedBody(s[at:])
	if n == 0 {
		return 0, 0
	}
	n += at
	for n < len(s) && (s[n] == ' ' || s[n] == ':' || at > 0 && closes(s[at-1], s[n])) {
		n++
	}
	return at, n
}

// enhancedBody gives the length of an enhanced code at the very start of s,
// 0 where there is none.
func enhancedBody(s string) int {
	if len(s) < 5 || s[0] != '2' && s[0] != '4' && s[0] != '5' || s[1] != '.' {
		return 0
	}
	n := 2
	for n < len(s) && n < 5 && isDigit(s[n]) {
		n++
	}
	if n == 2 || n >= len(s) || s[n] != '.' {
		return 0
	}
	n++
	m := n
	for m < len(s) && m < n+3 && isDigit(s[m]) {
		m++
	}
	if m == n || m < len(s) && (isDigit(s[m]) || s[m] == '.' && m+1 < len(s) && isDigit(s[m+1])) {
		return 0
	}
	return m
}

// address removes the mail address around the @ at text[i], with the brackets
// or quotes around it, and gives how many bytes of text it took; 0 where the @
// is not that of an address.
func (f *folder) address(text string, i int) int {
	n := domainLen(text[i+1:])
	if n == 0 {
		return 0
	}
	j := len(f.dst)
	wide := j > f.base && f.dst[j-1] >= utf8.RuneSelf
	for j > f.base && (isLocal(f.dst[j-1]) || wide && f.dst[j-1] >= utf8.RuneSelf) {
		j--
	}
	if j == len(f.dst) {
		return 0
	}
	f.dst = f.dst[:j]
	n++ // the @
	for i+n < len(text) && len(f.dst) > f.base && closes(f.dst[len(f.dst)-1], text[i+n]) {
		f.dst = f.dst[:len(f.dst)-1]
		n++
	}
	return n
}

// domainLen gives the length of the domain at the start of s: a name, which may
// be internationalised, or an address literal.
func domainLen(s string) int {
	if s == "" {
		return 0
	}
	if s[0] == '[' {
		for n := 1; n < len(s) && n < 64; n++ {
			if s[n] == ']' {
				return n + 1
			}
		}
		return 0
	}
	wide := s[0] >= utf8.RuneSelf
	part := func(c byte) bool { return isAlnum(c) || c == '-' || c == '_' || wide && c >= utf8.RuneSelf }
	n := 0
	for n < len(s) && (part(s[n]) || s[n] == '.' && n+1 < len(s) && part(s[n+1])) {
		n++
	}
	return n
}

// isLocal reports whether c may stand in a local part as it is written without
// quotes. Signs that more often part words from an address are left out.
func isLocal(c byte) bool {
	return isAlnum(c) || c == '.' || c == '-' || c == '_' || c == '+' || c == '=' || c == '%' || c == '!' || c == '~'
}

// closes reports whether c closes what open opens.
func closes(open, c byte) bool {
	switch open {
	case '<':
		return c == '>'
	case '(':
		return c == ')'
	case '[':
		return c == ']'
	case '"', '\'':
		return c == open || open == '\'' && c == '`'
	}
	return false
}

func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
func isAlnum(c byte) bool  { return isDigit(c) || isLetter(c) }

// isWord reports whether c is a letter or digit of a folded text.
func isWord(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' }

func hasSuffix(b []byte, s string) bool { return len(b) >= len(s) && string(b[len(b)-len(s):]) == s }
