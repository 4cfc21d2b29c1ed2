package report

import (
	"strings"
	"unicode"
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
