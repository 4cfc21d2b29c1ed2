package dsn

import "strings"

// The qmail-send bounce message format (QSBMF): an introduction that begins
// "Hi. This is the", then a paragraph for each recipient,
//
//	<user@example.com>:
//	192.0.2.7 does not like recipient.
//	Remote host said: 550 5.1.1 ...
//	Giving up on 192.0.2.7.
//
// then "--- Below this line is a copy of the message." Successors, forks and
// services that imitate qmail change the introduction and its language and keep
// the paragraphs.
// qmailMarks are words of the introductions of qmail and its forks.
var qmailMarks = []string{"this is the qmail-send program", "qmail-send program at", "this is the indimail mta program", "s/qmail", "this is the notqmail"}

// sniffQmail knows the shape behind other introductions.
func sniffQmail(m *message) bool {
	return m.body.has(">:\n", ">: \n", ">:\t") && m.mayReport()
}

func readQmail(m *message) []Recipient {
	b := &m.body
	var out []Recipient
	action := qmailAction(b)
	for pos := 0; pos < len(b.text) && len(out) < maxEntries; {
		r := b.lineFrom(pos)
		pos = r.next
		line := b.words(r)
		if r.start == r.end || b.text[r.start] != '<' || !strings.HasSuffix(line, ">:") || !b.opensParagraph(r.start, false) {
			continue
		}
		addr := strings.Trim(line[:len(line)-1], "<>")
		if addr == "" || len(addr) > 512 || strings.ContainsAny(addr, "<>") {
			continue
		}
		from := r.next
		for from < len(b.text) && b.text[from] == '\n' {
			from++ // a blank line may stand below the address
		}
		if next := b.lineFrom(min(from, len(b.text))); b.indent(next) >= 3 || strings.HasPrefix(b.words(next), "<") && strings.HasSuffix(b.words(next), ">:") {
			return nil // reasons are indented in other forms, and here each address has one
		}
		e := entry{addr: addr, at: r.start, from: from, to: qmailEnd(b, from)}
		c := m.recipient(e)
		c.Action = action
		c.Final = qmailVirtual(c.Final)
		out = append(out, c)
		pos = max(pos, e.to)
	}
	return out
}

// qmailEnd gives where a recipient's paragraph ends. A reply of several lines
// may hold blank ones: then the paragraph goes on up to the line in which qmail
// gives up.
func qmailEnd(b *body, pos int) int {
	end := paragraphEnd(b.text, min(pos, len(b.text)))
	next := len(b.text)
	if n := strings.Index(b.text[end:], "\n<"); n >= 0 {
		next = end + n
	}
	if n := strings.Index(b.lower[end:next], "\ngiving up on "); n >= 0 && !strings.Contains(b.lower[pos:end], "giving up on ") {
		e, _ := lineAt(b.text, end+n+1)
		return e
	}
	return end
}

func qmailAction(b *body) string {
	if b.has("delay notice", "delivery-delay", "still trying", "will keep trying", "have not yet been able to deliver", "has not yet been delivered") && !b.has("permanent error", "given up") {
		return "delayed"
	}
	return "failed"
}

// qmailVirtual undoes the prefix that a virtual domain of qmail puts in front of
// a recipient: "example.com-user@example.com" is user@example.com.
func qmailVirtual(addr string) string {
	local, domain, ok := strings.Cut(addr, "@")
	if ok && len(local) > len(domain)+1 && local[len(domain)] == '-' && strings.EqualFold(local[:len(domain)], domain) {
		return local[len(domain)+1:] + "@" + domain
	}
	return addr
}
