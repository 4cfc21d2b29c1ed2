package dsn

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// nextAddress finds the next mail address in text from pos on: the address,
// where it begins, and where to go on looking. addr is "" where none is left.
func nextAddress(text string, pos int) (addr string, at, next int) {
	for low := pos; pos < len(text); {
		i := strings.IndexByte(text[pos:], '@')
		if i < 0 {
			return "", 0, len(text)
		}
		i += pos
		start := low + localStart(text[low:], i-low) // addresses do not overlap
		end := domainEnd(text, i+1)
		host := strings.TrimRight(text[i+1:end], ".-_")
		bracketed := start > 0 && text[start-1] == '<' && end < len(text) && text[end] == '>'
		if start < i && isMailDomain(host, bracketed) && !inURL(text, start) {
			return text[start:i] + "@" + host, start, i + 1 + len(host)
		}
		pos = i + 1
	}
	return "", 0, len(text)
}

// localStart gives where the local part in front of the @ at i begins.
func localStart(text string, i int) int {
	if i > 0 && text[i-1] == '"' {
		if q := strings.LastIndexByte(text[max(0, i-66):i-1], '"'); q >= 0 {
			if q += max(0, i-66); !strings.ContainsAny(text[q:i], "\n<>") {
				return q
			}
		}
	}
	start := i
	for start > 0 && isLocalByte(text[start-1]) {
		start--
	}
	if i-start > 320 {
		return i // no address is that long
	}
	local := text[start:i]
	// A sentence in a script without blanks may touch the address.
	inScript := false // the local part itself is in such a script
	for k := len(local); k > 0; {
		r, size := utf8.DecodeLastRuneInString(local[:k])
		if k == len(local) {
			inScript = glued(r) && unicode.IsLetter(r)
		}
		k -= size
		if glued(r) && (!inScript || !unicode.IsLetter(r)) {
			local = local[k+size:]
			break
		}
	}
	if n := strings.LastIndexByte(local, '='); n >= 0 && isTag(local[:n]) {
		local = local[n+1:] // smtp.mailfrom=user@example.com
	}
	local = strings.TrimLeft(local, ".'`*-/|")
	return i - len(local)
}

// isTag reports whether the text in front of an equals sign names an address,
// so that it is no part of it.
func isTag(s string) bool {
	s = lowerASCII(s)
	if n := strings.LastIndexAny(s, "?&;/:"); n >= 0 {
		s = s[n+1:]
	}
	switch s {
	case "mailfrom", "smtp.mailfrom", "header.from", "header.i", "smtp.from", "envelope-from", "from", "to", "rcpt", "for", "addr", "address", "user",
		"recipient", "email", "e-mail", "mail", "orcpt", "sender", "mailbox", "orig_to", "smtp", "rfc822", "rfc-822", "dda:smtp", "dda:rfc-822", "smtp.rcpttodomain", "smtp.auth":
		return true
	}
	return false
}

// glued reports whether r belongs to a script that writes no blanks between
// words, or is punctuation outside ASCII: next to an ASCII address it belongs
// to the sentence.
func glued(r rune) bool {
	return r == utf8.RuneError || r == 0xa0 || r == 0xab || r == 0xbb || r >= 0x0590 && r <= 0x0fff || r >= 0x2000
}

// domainEnd gives where the domain that begins at i ends.
func domainEnd(text string, i int) int {
	if i < len(text) && text[i] == '[' {
		if n := strings.IndexByte(text[i:min(len(text), i+50)], ']'); n > 0 {
			return i + n + 1
		}
		return i
	}
	end := i
	for end < len(text) {
		c := text[end]
		if c < utf8.RuneSelf {
			if !isDomainByte(c) {
				break
			}
			end++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[end:])
		if glued(r) && (!unicode.IsLetter(r) || end > i && text[end-1] < utf8.RuneSelf && text[end-1] != '.') {
			break
		}
		if r == 0x3002 || r == 0xff0c || r == 0x3001 || r == utf8.RuneError || r == 0xa0 || r >= 0x2000 && r <= 0x206f || r >= 0xff00 && r <= 0xff20 {
			break
		}
		end += size
	}
	return end
}

// isMailDomain asks for a last label of letters, so that the names of images in
// a message (image001.png@01D0A1B2.C3D4E5F6) and times are not taken for
// addresses. A host without a dot counts only between angle brackets.
func isMailDomain(host string, bracketed bool) bool {
	if strings.HasPrefix(host, "[") {
		return len(host) > 4
	}
	if host == "" || len(host) > 253 || host[0] == '.' || host[0] == '-' || strings.Contains(host, "..") {
		return false
	}
	n := strings.LastIndexByte(host, '.')
	if n < 0 {
		return bracketed || strings.EqualFold(host, "localhost")
	}
	tld := host[n+1:]
	if len(tld) >= 4 && strings.EqualFold(tld[:4], "xn--") {
		return true
	}
	for i := range len(tld) {
		if tld[i] >= '0' && tld[i] <= '9' {
			return false
		}
	}
	return len(tld) >= 2
}

// inURL reports whether the word that reaches to start is a link.
func inURL(text string, start int) bool {
	low := max(0, start-300)
	word := text[low:start]
	if n := strings.LastIndexAny(word, " \t\n<>\"'()"); n >= 0 {
		word = word[n+1:]
	}
	return strings.Contains(word, "://") || strings.Contains(word, "www.")
}

func isLocalByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("!#$%&'*+-/=?^_`{|}~.", c) >= 0 || c >= 0x80
}

func isDomainByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_' || c >= 0x80
}
