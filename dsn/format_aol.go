package dsn

import "strings"

// AOL's own reports name its members by their screen names, without a domain:
//
//	Your mail to the following recipients could not be delivered because they are not accepting mail from you@example.com:
//		screenname

var aolMarks = []string{"not accepting mail from", "not accepting mail with attachments", "not accepting mail with embedded"}

func sniffAOL(m *message) bool {
	return m.body.has("your mail to the following", "mail to the following recipient")
}

func readAOL(m *message) []Recipient {
	b := &m.body
	n := strings.Index(b.lower, "your mail to the following")
	if n < 0 {
		n = b.find(0, "mail to the following recipient")
	}
	_, start, end := paragraphAt(b.text, n)
	colon := strings.LastIndex(b.text[start:end], ":")
	if colon < 0 {
		return nil
	}
	pos := start + colon + 1
	why := joinReason(b.text[start:pos])
	var out []Recipient
	for pos < len(b.text) && len(out) < maxEntries {
		s := b.lineFrom(pos)
		pos = s.next
		name := b.words(s)
		switch {
		case name == "" && len(out) > 0:
			return out
		case name == "":
			continue
		case strings.ContainsAny(name, " :") && !strings.Contains(name, "@"):
			return out
		}
		c := Recipient{Final: name, Action: "failed", Diagnostic: why, reply: b.at(start)}
		if !strings.Contains(name, "@") {
			c.Final = lowered(name) + "@aol.com"
			c.Original = m.completed(name)
		}
		out = append(out, c)
	}
	return out
}
