package dsn

import "strings"

// KDDI's systems (au, ezweb, dion) write in Japanese and repeat it in English:
//
//	Your mail sent on: Thu, 29 Apr 2026 23:45:22 +0900
//	     Could not be delivered to: <user@ezweb.example>
//	     As their mailbox is full.
//
//	Each of the following recipients was rejected by a remote mail server.
//	    Recipient: <user@ezweb.example>
//	    >>> RCPT TO:<user@ezweb.example>
//	    <<< 550 <user@ezweb.example>: User unknown
//
//	The user(s) account is disabled.
//
//	<user@ezweb.example>

var kddiMarks = []string{"your mail sent on:", "the following recipients was rejected", "the user(s) account is", "could not be delivered to the following", "your mail attempted to be delivered on:"}

// sniffKDDI tells KDDI's systems from others that run InterMail and use the
// same sentences.
func sniffKDDI(m *message) bool {
	if !m.body.has(kddiMarks...) {
		return false
	}
	if m.bare || m.body.has("your mail sent on:", "your mail attempted to be delivered on:", "ezweb", "dion.ne.jp", "au.com") {
		return true
	}
	from := lowerASCII(m.header.get("From") + m.header.get("Message-ID"))
	return strings.Contains(from, "ezweb") || strings.Contains(from, "dion.ne.jp") || strings.Contains(from, "au.com") || strings.Contains(from, "kddi")
}

func readKDDI(m *message) []Recipient {
	b := &m.body
	var out []Recipient
	title, titleAt := "", 0
	for pos := 0; pos < len(b.text) && len(out) < maxEntries; {
		s := b.lineFrom(pos)
		pos = s.next
		line, lower := b.words(s), b.lowered(s)
		switch {
		case strings.HasPrefix(lower, "the user(s) account"), strings.HasPrefix(lower, "each of the following"), strings.HasPrefix(lower, "the following recipients"):
			title, titleAt = line, s.start
			for next := b.lineFrom(pos); b.words(next) != "" && !strings.Contains(b.words(next), "@") && !strings.HasPrefix(b.words(next), "-") && pos < len(b.text); next = b.lineFrom(pos) {
				title += " " + b.words(next)
				pos = next.next
			}
		case strings.HasPrefix(lower, "could not be delivered to:"):
			if addr, _, _ := nextAddress(line, 0); addr != "" {
				end := paragraphEnd(b.text, s.start)
				out = append(out, Recipient{Final: addr, Action: "failed", Diagnostic: joinReason(b.text[s.next:max(s.next, end)]), reply: b.at(s.next)})
			}
		case strings.HasPrefix(lower, "recipient:"):
			if addr, _, _ := nextAddress(line, 0); addr != "" {
				out = append(out, m.kddiDialogue(addr, s.next))
			}
		case title != "" && strings.HasPrefix(line, "<"):
			if addr, ok := loneAddress(line); ok {
				out = append(out, Recipient{Final: addr, Action: "failed", Diagnostic: title, reply: b.at(titleAt)})
			}
		}
	}
	if len(out) == 0 && title != "" {
		// The address may stand above the title.
		if addr, at, _ := nextAddress(b.text[:titleAt], 0); addr != "" {
			out = append(out, Recipient{Final: addr, Action: "failed", Diagnostic: title, reply: b.at(at)})
		}
	}
	return out
}

// kddiDialogue reads the command and the reply below a recipient.
func (m *message) kddiDialogue(addr string, pos int) Recipient {
	b := &m.body
	c := Recipient{Final: addr, Action: "failed", reply: b.at(pos)}
	var reply []string
	for pos < len(b.text) {
		s := b.lineFrom(pos)
		pos = s.next
		line := b.words(s)
		if command, ok := strings.CutPrefix(line, ">>>"); ok {
			c.Stage = stageOfCommand(command)
			continue
		}
		answer, ok := strings.CutPrefix(line, "<<<")
		if !ok {
			break
		}
		if len(reply) == 0 {
			c.reply = b.at(s.start)
		}
		reply = append(reply, strings.TrimSpace(answer))
	}
	c.Diagnostic = strings.Join(reply, "\n")
	return c
}
