package dsn

import "strings"

// Lyris ListManager refuses a posting by the list's name, in quotation marks or
// brackets, with or without its domain:
//
//	Your message was not accepted by the list 'club'.
var lyrisMarks = []string{
	"you are not allowed to post to", "not accepted for distribution to the list", "you are not a member of the list",
	"not accepted by the list", "not accepted for the list", "you are not a member of the mailing list",
}

// sniffLyris asks for a list server's sender: people use the sentences, too.
func sniffLyris(m *message) bool {
	return strings.Contains(lowerASCII(m.header.text("From")), "lyris") || m.mayReport()
}

func readLyris(m *message) []Recipient {
	b := &m.body
	for _, words := range lyrisMarks {
		n := strings.Index(b.lower, words)
		if n < 0 || n > 2048 {
			continue
		}
		line := b.lineFrom(n)
		addr := m.listNamed(b.text[n+len(words) : line.end])
		if addr == "" {
			continue
		}
		start := b.lineStart(n)
		return []Recipient{{Final: addr, Action: "failed", Diagnostic: joinReason(b.text[start:m.refusalEnd(n)]), reply: b.at(start)}}
	}
	return nil
}

// refusalEnd gives the end of the paragraph at n, and of the one behind it
// where that says why.
func (m *message) refusalEnd(n int) int {
	b := &m.body
	end := paragraphEnd(b.text, n)
	if next := end + 2; next < len(b.text) {
		more := paragraphEnd(b.text, next)
		if strings.Contains(b.lower[next:more], "reason") || strings.Contains(b.lower[end-1:end], ":") {
			return more
		}
	}
	return end
}

// listNamed gives the list that the rest of a sentence names: an address, or a
// name in quotation marks or brackets at the domain of who sent the report.
func (m *message) listNamed(rest string) string {
	if addr, _, _ := nextAddress(rest, 0); addr != "" {
		return addr
	}
	open := strings.IndexAny(rest, "'\"[")
	if open < 0 {
		return servedList(m.header)
	}
	name := rest[open+1:]
	if end := strings.IndexAny(name, "'\"]"); end > 0 && !strings.ContainsAny(name[:end], " @") {
		from, _, _ := nextAddress(m.header.get("From"), 0)
		if _, domain, ok := strings.Cut(from, "@"); ok {
			return name[:end] + "@" + domain
		}
	}
	return servedList(m.header)
}
