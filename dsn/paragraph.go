package dsn

import (
	"strings"

	"github.com/smtpdiag/smtpdiag/smtp"
)

// span is one line of the body, without its line feed.
type span struct {
	start, end int // offsets in the body's text
	next       int // where the next line starts
}

// lineFrom gives the line of the body that starts at pos.
func (b *body) lineFrom(pos int) span {
	end, next := lineAt(b.text, pos)
	return span{pos, end, next}
}

// words gives a line's text without the blanks around it.
func (b *body) words(r span) string { return strings.TrimSpace(b.text[r.start:r.end]) }

// lowered is words in lower case.
func (b *body) lowered(r span) string { return strings.TrimSpace(b.lower[r.start:r.end]) }

// indent counts the blanks that a line starts with; a tab counts as eight.
func (b *body) indent(r span) int {
	n := 0
	for i := r.start; i < r.end; i++ {
		switch b.text[i] {
		case ' ':
			n++
		case '\t':
			n += 8
		default:
			return n
		}
	}
	return n
}

// lineStart gives where the line with the byte at pos begins.
func (b *body) lineStart(pos int) int { return strings.LastIndexByte(b.text[:pos], '\n') + 1 }

// after gives the start of the line behind the one that holds the first of the
// phrases that occurs, each in lower case, or -1.
func (b *body) after(phrases ...string) int {
	for _, p := range phrases {
		if n := strings.Index(b.lower, p); n >= 0 {
			_, next := lineAt(b.text, n+len(p)-1)
			return next
		}
	}
	return -1
}

// find gives the offset of phrase, in lower case, at or behind from, or the
// body's end.
func (b *body) find(from int, phrase string) int {
	if n := strings.Index(b.lower[from:], phrase); n >= 0 {
		return from + n
	}
	return len(b.text)
}

// entry is what a list says of one recipient.
type entry struct {
	addr string
	at   int // where the address stands
	from int // where its reason begins
	to   int // where it ends
}

// reason gives an entry's reason as one text.
func (b *body) reason(e entry) string { return joinReason(b.text[e.from:e.to]) }

// entries reads a list between two offsets: lines that begin with an address,
// each followed by its reason, on the same line or on lines that are indented
// deeper or do not begin with another address. ends says which line ends the
// list, given in lower case and trimmed.
func (b *body) entries(from, to int, ends func(line string, r span) bool) []entry {
	var out []entry
	depth, gap := 0, false
	for pos := from; pos < to; {
		r := b.lineFrom(pos)
		r.end = min(r.end, to)
		pos = r.next
		line := b.words(r)
		if line == "" {
			gap = true
			continue
		}
		if ends != nil && ends(b.lowered(r), r) {
			break
		}
		if addr, rest, ok := leadAddress(line); ok && (len(out) == 0 || startsEntry(&out[len(out)-1], addr, b.indent(r), depth, gap)) {
			if len(out) == 0 {
				depth = b.indent(r)
			}
			out = append(out, entry{addr: addr, at: r.start, from: r.end - len(rest), to: r.end})
			if len(out) >= maxEntries {
				break
			}
			gap = false
			continue
		}
		if len(out) > 0 {
			out[len(out)-1].to = r.end
		}
		gap = false
	}
	return out
}

// maxEntries bounds how many recipients of one text are read.
const maxEntries = 10000

// startsEntry reports whether a line that begins with an address starts an
// entry of its own and does not go on the reason of the one before.
func startsEntry(last *entry, addr string, indent, depth int, gap bool) bool {
	return !strings.EqualFold(addr, last.addr) && (indent <= depth || gap && indent <= depth+1)
}

// recipient makes a recipient of an entry.
func (m *message) recipient(e entry) Recipient {
	at := e.at
	if reason := strings.TrimLeft(m.body.text[e.from:e.to], " \t\n:"); reason != "" {
		at = e.to - len(reason)
	}
	return Recipient{Final: e.addr, Diagnostic: m.body.reason(e), reply: m.body.at(at)}
}

// joinReason makes one text of the lines of a reason: they are joined by
// blanks, but a line that starts with a reply code, or is one of a transcript,
// keeps a line of its own.
func joinReason(s string) string {
	s = strings.TrimLeft(s, ":;, \t\n")
	s = strings.TrimRight(s, " \t\n")
	if strings.IndexByte(s, '\n') < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for line := range strings.SplitSeq(s, "\n") {
		line = strings.TrimSpace(line)
		if strings.Trim(line, "-=*_") == "" {
			continue // blank, or a rule
		}
		if b.Len() > 0 {
			if keepsLine(line) {
				b.WriteByte('\n')
			} else {
				b.WriteByte(' ')
			}
		}
		b.WriteString(line)
	}
	return b.String()
}

// keepsLine reports whether a line of a reason begins something new.
func keepsLine(line string) bool {
	if strings.HasPrefix(line, "<<<") || strings.HasPrefix(line, ">>>") {
		return true
	}
	_, _, rest, ok := smtp.CutCode(line)
	return ok && len(strings.TrimSpace(rest)) > 0
}

// leadAddress reads the address that a line begins with, in the forms that
// lists have: "<a@example.com>:", "a@example.com", "- a@example.com",
// "* <a@example.com>", "'a@example.com'", "smtp:a@example.com",
// "Name <a@example.com>". rest is what follows it on the line.
func leadAddress(line string) (addr, rest string, ok bool) {
	line = strings.TrimLeft(line, "*-•·+ \t")
	line = strings.TrimPrefix(strings.TrimPrefix(line, ">>"), "> ")
	line = strings.TrimLeft(line, " \t")
	if i := strings.IndexByte(line, ' '); i > 0 && i < 4 && strings.Trim(line[:i], "0123456789.)(") == "" {
		line = strings.TrimLeft(line[i:], " \t") // a number in front
	}
	line = cutAddressType(line)
	if line == "" {
		return "", "", false
	}
	switch line[0] {
	case '<', '[', '(':
		return closedAddress(line)
	case '\'', '"':
		if n := strings.IndexByte(line[1:], line[0]); n > 0 && !strings.HasPrefix(line[n+2:], "@") && isAddress(line[1:n+1]) {
			return line[1 : n+1], line[n+2:], true
		}
		if addr, rest, ok = bareAddress(line); ok {
			return addr, rest, true
		}
		return namedAddress(line)
	}
	if addr, rest, ok = bareAddress(line); ok {
		if again, after, twice := closedAddress(strings.TrimLeft(rest, " \t")); twice && strings.EqualFold(again, addr) {
			rest = after // "a@example.com <a@example.com>"
		}
		return addr, rest, true
	}
	return namedAddress(line)
}

// cutAddressType cuts "smtp:", "rfc822;" and the like off.
func cutAddressType(s string) string {
	for _, typ := range []string{"smtp:", "rfc822;", "rfc822:", "mailto:", "smtp;", "smtp <", "[smtp:", "<smtp:", "<mailto:"} {
		if len(s) > len(typ) && strings.EqualFold(s[:len(typ)], typ) {
			open := ""
			switch {
			case typ[0] == '[' || typ[0] == '<':
				open = typ[:1]
			case strings.HasSuffix(typ, "<"):
				open = "<"
			}
			return open + strings.TrimLeft(s[len(typ):], " \t")
		}
	}
	return s
}

// closedAddress reads an address in brackets.
func closedAddress(line string) (addr, rest string, ok bool) {
	if line == "" {
		return "", "", false
	}
	var end int
	switch line[0] {
	case '<':
		end = strings.IndexByte(line, '>')
	case '[':
		end = strings.IndexByte(line, ']')
	case '(':
		end = strings.IndexByte(line, ')')
	default:
		return "", "", false
	}
	if end < 2 {
		return "", "", false
	}
	addr = cutAddressType(strings.Trim(line[1:end], "<> \t"))
	if !isAddress(addr) {
		return "", "", false
	}
	return addr, strings.TrimLeft(line[end+1:], ">"), true
}

// namedAddress reads "Some Name <a@example.com>" of few words.
func namedAddress(line string) (addr, rest string, ok bool) {
	i := strings.IndexByte(line, '<')
	if i <= 0 || i > 64 || strings.ContainsAny(line[:i], ":;=@") || strings.Count(line[:i], " ") > 4 {
		return "", "", false
	}
	if c := line[0]; c != '"' && c != '\'' && (c < 'A' || c > 'Z') && c < 0x80 {
		return "", "", false
	}
	return closedAddress(line[i:])
}

// bareAddress reads an address without brackets.
func bareAddress(line string) (addr, rest string, ok bool) {
	end := 0
	if line[0] == '"' {
		if n := strings.IndexByte(line[1:], '"'); n > 0 {
			end = n + 2
		}
	}
	for end < len(line) && strings.IndexByte(" \t<>()[],;:\"", line[end]) < 0 {
		end++
	}
	addr = strings.TrimRight(line[:end], ".'")
	if !isAddress(addr) {
		return "", "", false
	}
	return addr, line[end:], true
}

// isAddress reports whether s is a mail address with a domain and nothing else.
func isAddress(s string) bool {
	at := strings.LastIndexByte(s, '@')
	if at <= 0 || at == len(s)-1 || len(s) > 512 {
		return false
	}
	local, domain := s[:at], s[at+1:]
	if local[0] != '"' && strings.ContainsAny(local, " \t<>,;\"") {
		return false
	}
	for i := range len(domain) {
		if !isDomainByte(domain[i]) && domain[i] != '[' && domain[i] != ']' && domain[i] != ':' {
			return false
		}
	}
	return true
}
