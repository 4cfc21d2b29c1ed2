package report

import (
	"iter"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// words replaces in free text what names somebody: message identifiers and
// subjects of the document, "Subject:" lines, addresses of every form, and
// known local parts standing alone.
func (r *Redactor) words(s, tag string) string {
	for _, id := range r.knownIDs {
		s = replaceFold(s, id, func(string) string { return r.messageID(id) })
	}
	for _, subject := range r.knownSubjects {
		if len(subject) > 3 {
			s = replaceFold(s, subject, func(string) string { return pseudonym(r.subjects, subject, "subject-") })
		}
	}
	for _, local := range r.odd {
		name := func(string) string { return r.person(local) }
		s = replaceFold(s, local, name)
		s = replaceFold(s, strings.ReplaceAll(local, "'", `'\''`), name) // as a shell word
	}
	s = r.subjectLines(s)
	s = r.x400(s)
	var b strings.Builder
	last := 0
	for address := range addresses(s) {
		r.alone(&b, s[last:address.start], tag)
		if local := address.local(s); tag == redactProse && isPostmaster(local) && !r.known["postmaster"] {
			b.WriteString(local)
		} else {
			b.WriteString(r.person(local))
		}
		b.WriteString(s[address.at:address.end])
		last = address.end
	}
	r.alone(&b, s[last:], tag)
	return b.String()
}

// replaceFold replaces every occurrence of old in s, in any case.
func replaceFold(s, old string, by func(string) string) string {
	lower, low := strings.ToLower(s), strings.ToLower(old)
	if low == "" || len(lower) != len(s) || !strings.Contains(lower, low) {
		return strings.ReplaceAll(s, old, by(old))
	}
	var b strings.Builder
	last := 0
	for {
		at := strings.Index(lower[last:], low)
		if at < 0 {
			break
		}
		b.WriteString(s[last : last+at])
		b.WriteString(by(old))
		last += at + len(low)
	}
	b.WriteString(s[last:])
	return b.String()
}

// subjectLines replaces what stands behind "Subject:" at the start of a line.
func (r *Redactor) subjectLines(s string) string {
	const field = "subject:"
	if !strings.Contains(strings.ToLower(s), field) {
		return s
	}
	var b strings.Builder
	for line := range strings.Lines(s) {
		bare := strings.TrimLeft(line, " \t>|")
		if len(bare) < len(field) || !strings.EqualFold(bare[:len(field)], field) {
			b.WriteString(line)
			continue
		}
		text := strings.TrimSpace(bare[len(field):])
		b.WriteString(line[:len(line)-len(bare)+len(field)])
		if text != "" {
			b.WriteString(" " + pseudonym(r.subjects, text, "subject-"))
		}
		if strings.HasSuffix(line, "\n") {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// alone writes text without addresses, with known local parts replaced where
// they stand as words.
func (r *Redactor) alone(b *strings.Builder, s, tag string) {
	if len(r.known) == 0 {
		b.WriteString(s)
		return
	}
	for s != "" {
		start := strings.IndexFunc(s, isWordRune)
		if start < 0 {
			break
		}
		b.WriteString(s[:start])
		before := byte(' ')
		if start > 0 {
			before = s[start-1]
		}
		s = s[start:]
		end := strings.IndexFunc(s, func(c rune) bool { return !isWordRune(c) && !isJoiner(c) })
		if end < 0 {
			end = len(s)
		}
		end = len(strings.TrimRightFunc(s[:end], isJoiner))
		r.run(b, s[:end], tag, enclosing(before, s[end:]))
		s = s[end:]
	}
	b.WriteString(s)
}

// enclosing reports whether brackets or quotes stand around a run.
func enclosing(before byte, rest string) bool {
	return strings.IndexByte("<\"'([`", before) >= 0 && rest != "" && strings.IndexByte(">\"')]`", rest[0]) >= 0
}

// isWordRune reports whether c belongs to a word.
func isWordRune(c rune) bool {
	return unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c)
}

// isJoiner reports whether c can stand inside a local part or a host name.
func isJoiner(c rune) bool { return strings.ContainsRune("._-+=", c) }

// maxPieces bounds how many words of a run are tried together.
const maxPieces = 6

// run writes a run of words and joiners. The whole may be a known local part,
// or a host, which stays; otherwise any part of it between joiners may be one.
func (r *Redactor) run(b *strings.Builder, s, tag string, enclosed bool) {
	if r.isKnown(s, tag, enclosed) {
		b.WriteString(r.person(s))
		return
	}
	if tag != redactPath && isHostName(s) {
		b.WriteString(s)
		return
	}
	for s != "" {
		end, best := 0, 0
		for range maxPieces {
			next := strings.IndexFunc(s[end:], isJoiner)
			if next < 0 {
				end = len(s)
			} else {
				end += next
			}
			if r.isKnown(s[:end], tag, false) {
				best = end
			}
			if end == len(s) {
				break
			}
			end++
		}
		if best > 0 {
			b.WriteString(r.person(s[:best]))
			s = s[best:]
		} else if next := strings.IndexFunc(s, isJoiner); next >= 0 {
			b.WriteString(s[:next])
			s = s[next:]
		} else {
			b.WriteString(s)
			return
		}
		joiner := strings.IndexFunc(s, func(c rune) bool { return !isJoiner(c) })
		if joiner < 0 {
			joiner = len(s)
		}
		b.WriteString(s[:joiner])
		s = s[joiner:]
	}
}

// isKnown reports whether a word is a local part of this document that must
// not be shown. Short numbers are codes, and in words of our own, words that
// everybody uses name nobody.
func (r *Redactor) isKnown(word, tag string, enclosed bool) bool {
	folded := fold(word)
	if !r.known[folded] {
		return false
	}
	if enclosed {
		return true
	}
	if len(word) <= 3 && strings.Trim(word, "0123456789.") == "" || len(word) <= 2 {
		return false
	}
	return tag != redactProse && tag != redactPath || !isCommonWord(folded)
}

// isCommonWord reports whether a word stands in texts and commands of our own
// so often that it names nobody there.
func isCommonWord(word string) bool {
	const common = " user users mail email mailbox admin administrator postmaster hostmaster webmaster root info support " +
		"sales contact help office test sender recipient host server domain list lists abuse noreply reply service team " +
		"the and for not was are has with from this that who what when where which all any one two new old out off into " +
		"message messages log logs queue address addresses account name size file data error status code report bounce " +
		"delivery system network security policy spam virus quota full block blocked postfix exim sendmail exchange " +
		"outlook google gmail microsoft yahoo smtp dns mta spf dkim dmarc tls time date your you their them bounces " +
		"testdata unknown failure grep dig openssl smtpdiag postmap postconf postqueue mailq swaks local remote corpus lab "
	return strings.Contains(common, " "+word+" ")
}

// isHostName reports whether a run of words is a host or a domain name: two
// labels or more, the last of them a plausible top-level domain.
func isHostName(s string) bool {
	dot := strings.LastIndexByte(s, '.')
	if dot <= 0 || strings.ContainsAny(s, "+=_") {
		return false
	}
	top := strings.ToLower(s[dot+1:])
	if len(top) == 2 && top[0] >= 'a' && top[0] <= 'z' && top[1] >= 'a' && top[1] <= 'z' || strings.HasPrefix(top, "xn--") {
		return true
	}
	const tops = " com net org edu gov mil int arpa info biz name pro mobi travel jobs museum coop aero asia cat tel xxx " +
		"example test invalid localhost local localdomain lan internal intern corp home onion app dev cloud online site " +
		"shop store tech email mail xyz top club live work blog agency solutions services systems network group company " +
		"google microsoft amazon berlin hamburg wien london paris nyc tokyo moscow "
	return strings.Contains(tops, " "+top+" ")
}

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
