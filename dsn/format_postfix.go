package dsn

import "strings"

// Postfix says in its text, as its template (bounce.5) has it in any language:
//
//	<user@example.com> (expanded from <alias@example.org>): host
//	    mx.example.com[192.0.2.7] said: 550 5.1.1 ... (in reply to RCPT TO command)
//
// Forks and services that copied the text keep that shape.
var postfixMarks = []string{"this is the mail system at host", "this is the postfix program at host"}

// postfixLikeMarks know the shape without the sentence in front of it.
var postfixLikeMarks = []string{
	"i'm sorry to have to inform you", "i'm sorry to have to tell you", "the mail system\n", "(in reply to", "(in\n", "said:\n", "said: ", "(expanded from <", "refused to talk",
}

func readPostfix(m *message) []Recipient {
	b := &m.body
	var out []Recipient
	entries := b.entries(0, len(b.text), nil)
	action := postfixAction(b)
	for i, e := range entries {
		if b.text[b.firstInk(e.at)] != '<' || !b.opensParagraph(e.at, i > 0) {
			continue
		}
		reason := b.text[e.from:e.to]
		var original string
		if original, reason = cutExpanded(reason); strings.HasPrefix(strings.TrimLeft(reason, " "), ":") {
			e.from = e.to - len(reason)
			e.to = min(e.to, paragraphEnd(b.text, e.from))
			r := m.recipient(e)
			r.Original = original
			if r.Action = action; action == "delivered" && isRefusedText(r.Diagnostic) {
				r.Action = "failed"
			}
			out = append(out, r)
		}
	}
	return out
}

// firstInk gives the first byte at or behind pos that is no blank.
func (b *body) firstInk(pos int) int {
	for pos < len(b.text)-1 && (b.text[pos] == ' ' || b.text[pos] == '\t') {
		pos++
	}
	return pos
}

// opensParagraph reports whether the line at pos follows a blank one, or comes
// straight behind another entry of a list.
func (b *body) opensParagraph(pos int, listed bool) bool {
	return pos == 0 || listed || blankBefore(b.text, pos)
}

// paragraphEnd gives where the paragraph at pos ends.
func paragraphEnd(text string, pos int) int {
	if n := strings.Index(text[pos:], "\n\n"); n >= 0 {
		return pos + n
	}
	return len(text)
}

// cutExpanded cuts "(expanded from <alias@example.org>)" off.
func cutExpanded(s string) (original, rest string) {
	t := strings.TrimLeft(s, " \t\n")
	if !strings.HasPrefix(t, "(expanded from") {
		return "", t
	}
	end := strings.IndexByte(t, ')')
	if end < 0 {
		return "", t
	}
	original = strings.Trim(strings.TrimSpace(t[len("(expanded from"):end]), "<>")
	return original, strings.TrimLeft(t[end+1:], " \t\n")
}

// postfixAction tells from the text around what became of the message.
func postfixAction(b *body) string {
	switch {
	case b.has("this is a warning only", "you do not need to resend your message", "could not be delivered for more than", "will be kept in the queue", "has not been delivered yet"):
		return "delayed"
	case b.has("mail delivery report that you requested", "delivery report that you requested", "your message was successfully delivered", "address verification that you requested"):
		return "delivered"
	}
	return "failed"
}

// isRefusedText reports whether what a report of success says of a recipient
// is a refusal all the same.
func isRefusedText(reason string) bool {
	return strings.Contains(reason, ": 5") || strings.Contains(reason, " said: ") && !strings.Contains(reason, " said: 2")
}
