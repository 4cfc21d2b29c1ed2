package report

import (
	"iter"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// addressSpan is where an address stands in a text: its local part from start
// to at, what stands for the "@" and the domain from at to end.
type addressSpan struct{ start, at, end int }

// local gives the local part.
func (a addressSpan) local(s string) string { return s[a.start:a.at] }

// atSigns are the forms in which the "@" of an address is written.
var atSigns = [...]string{"@", "%40", "+40", "=40", "&#64;", "&#x40;", `\x{40}`, `\x40`, "\uff20"}

// addresses yields the addresses in s, whatever stands around them: brackets,
// quotes, "rfc822;", a URL.
func addresses(s string) iter.Seq[addressSpan] {
	return func(yield func(addressSpan) bool) {
		floor := 0 // an address does not begin inside the one before it
		for i := 0; i < len(s); {
			width := atSignAt(s[i:])
			if width == 0 || inQuotedLocal(s[floor:], i-floor) {
				i++
				continue
			}
			start := localStart(s, floor, i)
			end := domainEnd(s, i+width)
			// An escaped "@" may also be part of other text ("+4012345"): only a
			// domain behind it makes it one.
			if start == i || width > 1 && !strings.Contains(s[i+width:end], ".") {
				i += width
				continue
			}
			if !yield(addressSpan{start, i, end}) {
				return
			}
			floor, i = end, max(end, i+width)
		}
	}
}

// inQuotedLocal reports whether the sign at i stands inside a quoted local part
// ("al@ice"@example.com, RFC 5321 section 4.1.2).
func inQuotedLocal(s string, i int) bool {
	s, i = s[max(0, i-maxLocal):], min(i, maxLocal)
	ahead := s[i:min(len(s), i+maxLocal)]
	end := strings.IndexAny(ahead, "\"\n")
	if end < 0 || !strings.HasPrefix(ahead[end:], "\"@") {
		return false
	}
	return strings.Count(s[strings.LastIndexByte(s[:i], '\n')+1:i], "\"")%2 == 1
}

// atSignAt gives the length of the sign that s begins with, or 0.
func atSignAt(s string) int {
	if strings.IndexByte("@%+=&\\\xef", s[0]) < 0 {
		return 0
	}
	for _, sign := range atSigns {
		if len(s) >= len(sign) && strings.EqualFold(s[:len(sign)], sign) {
			return len(sign)
		}
	}
	return 0
}

// maxLocal bounds how far back a local part is looked for. RFC 5321 section
// 4.5.3.1.1 has 64 octets; escapes and wrappers make them longer.
const maxLocal = 400

// localStart gives the start of the local part that ends at end.
func localStart(s string, floor, end int) int {
	floor = max(floor, end-maxLocal)
	if end > floor && s[end-1] == '"' {
		for i := end - 2; i >= floor; i-- {
			if s[i] == '"' && (i == floor || s[i-1] != '\\') {
				return i
			}
			if s[i] == '\n' {
				break
			}
		}
	}
	start := end
	for start > floor {
		r, size := utf8.DecodeLastRuneInString(s[floor:start])
		if !isLocalRune(r) {
			break
		}
		start -= size
	}
	return trimLocal(s, start, end)
}

// isLocalRune reports whether r can stand in a local part without quotes: the
// atext of RFC 5322 section 3.2.3 and RFC 6532, dots, and the backslash of
// \x{...} (RFC 6533 section 3).
func isLocalRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || strings.ContainsRune("!#$%&'*+-/=?^_`{|}~.\\", r)
	}
	return !unicode.IsPunct(r) && !unicode.IsSpace(r)
}

// trimLocal gives the start of a local part without what free text puts right
// before it: a quote mark, a path, a key with an equals sign.
func trimLocal(s string, start, end int) int {
	local := s[start:end]
	if slash := strings.LastIndexByte(local, '/'); slash >= 0 && (local[0] != '/' || !strings.Contains(local[:slash], "=")) {
		start += slash + 1
	}
	if query := strings.LastIndexAny(s[start:end], "?&"); query >= 0 && strings.Contains(s[start+query:end], "=") {
		start += query + 1
	}
	for start < end && strings.IndexByte("'`|#*.{}", s[start]) >= 0 {
		start++
	}
	const keys = " from to rcpt orig_to sender recipient mail email address user r s orcpt mailfrom mail_from rcpt_to for e u q id "
	if key, _, ok := strings.Cut(s[start:end], "="); ok && strings.Contains(keys, " "+strings.ToLower(key)+" ") {
		start += len(key) + 1
	}
	return start
}

// domainEnd gives the end of the domain or address literal that begins at
// start.
func domainEnd(s string, start int) int {
	if strings.HasPrefix(s[start:], "[") {
		if end := strings.IndexAny(s[start:], "] \n"); end > 0 && s[start+end] == ']' {
			return start + end + 1
		}
	}
	end := start
	for end < len(s) {
		r, size := utf8.DecodeRuneInString(s[end:])
		if !isWordRune(r) && !strings.ContainsRune(".-_", r) {
			break
		}
		end += size
	}
	return start + len(strings.TrimRight(s[start:end], ".-_"))
}

// unescape undoes %40, +40, =40 and \x{40} forms.
func unescape(s string) string {
	if !strings.ContainsAny(s, "%+=\\") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		if strings.HasPrefix(s[i:], `\x{`) {
			if end := strings.IndexByte(s[i:], '}'); end > 0 {
				if n, err := strconv.ParseUint(s[i+3:i+end], 16, 21); err == nil {
					b.WriteRune(rune(n))
					i += end + 1
					continue
				}
			}
		}
		if strings.IndexByte("%+=", s[i]) >= 0 && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
			if n, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil && n > ' ' && n < 0x7f {
				b.WriteByte(byte(n))
				i += 3
				continue
			}
		}
		b.WriteByte(s[i])
		i++
	}
	return b.String()
}

// isHex accepts the upper-case digits that RFC 3461 section 4 asks for, and no
// lower-case ones: "alice+abc" is a sub-address.
func isHex(c byte) bool { return c >= '0' && c <= '9' || c >= 'A' && c <= 'F' }
