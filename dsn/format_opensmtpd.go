package dsn

import "strings"

// OpenSMTPD lists "user@example.com: reason" at the left margin. When a message
// has expired it says "delayed" and "Envelope expired", which is final.
var openSMTPDMarks = []string{"this is the mailer-daemon, please do not reply to this"}

func readOpenSMTPD(m *message) []Recipient {
	b := &m.body
	start := b.after("list of recipients:", "list of recipients")
	if start < 0 {
		return nil
	}
	delayed := b.has("a message is delayed for more than", "only a temporary failure report")
	delivered := b.has("has been successfully delivered", "message was successfully delivered")
	var out []Recipient
	for _, e := range b.entries(start, len(b.text), func(_ string, r span) bool { return b.indent(r) >= 4 }) {
		e.to = min(e.to, paragraphEnd(b.text, e.from))
		r := m.recipient(e)
		r.Action = "failed"
		switch {
		case delivered:
			r.Action = "delivered"
		case delayed && !strings.Contains(lowerASCII(r.Diagnostic), "envelope expired"):
			r.Action = "delayed"
		}
		out = append(out, r)
	}
	return out
}
