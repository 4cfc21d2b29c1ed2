package dsn

import "strings"

// GroupWise lists each recipient with the reason in parentheses. A recipient
// within its own system has no domain; then the message that is returned, or
// the report's own sender, tells it.
//
//	The message that you sent was undeliverable to the following:
//		someone@example.com (user not found)

var groupWiseMarks = []string{"the message that you sent was undeliverable to the following", "had the following undeliverable recipient"}

func readGroupWise(m *message) []Recipient {
	b := &m.body
	pos := b.after("undeliverable to the following", "undeliverable recipient")
	var out []Recipient
	for pos >= 0 && pos < len(b.text) && len(out) < maxEntries {
		s := b.lineFrom(pos)
		pos = s.next
		line := b.words(s)
		if line == "" {
			if len(out) > 0 {
				break
			}
			continue
		}
		addr, rest, ok := leadAddress(line)
		if !ok {
			addr, rest, _ = strings.Cut(line, "(")
			addr = strings.TrimSpace(addr)
			if addr == "" || strings.ContainsAny(addr, " :") && rest == "" {
				break
			}
		}
		c := Recipient{Final: addr, Action: "failed", Diagnostic: strings.Trim(rest, " ()"), reply: b.at(s.start)}
		if !ok {
			c.Original = m.completed(addr)
		}
		out = append(out, c)
	}
	m.groupWiseTranscript(out, pos)
	return out
}

// groupWiseTranscript gives recipients without a reason the one of the
// transcript below the list.
func (m *message) groupWiseTranscript(out []Recipient, pos int) {
	n := m.body.behind("transcript of session follows")
	if n < pos || n < 0 {
		return
	}
	s, start, _ := paragraphAt(m.body.text, n)
	for i := range out {
		if out[i].Diagnostic == "" {
			out[i].Diagnostic, out[i].reply = strings.TrimLeft(s, ":- "), m.body.at(start)
		}
	}
}

// completed gives a local part the domain that the returned message, or else
// the report, tells; "" where neither does.
func (m *message) completed(local string) string {
	var r Report
	m.readOriginal(&r)
	for _, addr := range addressesIn(r.Original.To) {
		if name, _, _ := strings.Cut(addr, "@"); strings.EqualFold(name, local) {
			return addr
		}
	}
	if strings.ContainsAny(local, " \t@") {
		return ""
	}
	from, _, _ := nextAddress(m.header.get("From"), 0)
	if _, domain, ok := strings.Cut(from, "@"); ok {
		return local + "@" + domain
	}
	return ""
}
