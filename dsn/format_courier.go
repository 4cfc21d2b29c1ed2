package dsn

import "strings"

// Courier shows each recipient with the host, the last command and the reply:
//
//	<user@example.com>:
//	     mx.example.com [192.0.2.7]:
//	 >>> RCPT TO:<user@example.com>
//	 <<< 550 5.1.1 ...
var courierMarks = []string{"courier mail server", "undeliverable mail\n", "delays in delivering your message"}

func sniffCourier(m *message) bool { return m.body.has(">:\n") }

func readCourier(m *message) []Recipient {
	b := &m.body
	action := "failed"
	if b.has("delays in delivering your message", "delivery of the following e-mail message has been delayed") {
		action = "delayed"
	} else if b.has("delivery was successful", "successful delivery", "has been delivered", "relayed to") && !b.has("undeliverable mail") {
		action = "delivered"
	}
	var out []Recipient
	for pos := 0; pos < len(b.text) && len(out) < maxEntries; {
		r := b.lineFrom(pos)
		pos = r.next
		line := b.words(r)
		if !strings.HasPrefix(line, "<") || !strings.HasSuffix(line, ">:") {
			continue
		}
		e := entry{addr: strings.Trim(line[:len(line)-1], "<>"), at: r.start, from: r.next, to: paragraphEnd(b.text, min(r.next, len(b.text)))}
		if e.addr == "" {
			continue
		}
		c := Recipient{Final: e.addr, Action: action}
		m.courierDialogue(&c, e)
		out = append(out, c)
		pos = max(pos, e.to)
	}
	return out
}

// courierDialogue reads the host, the command and the reply.
func (m *message) courierDialogue(c *Recipient, e entry) {
	b := &m.body
	command := ""
	var reply []string
	for pos := e.from; pos < e.to; {
		r := b.lineFrom(pos)
		pos = r.next
		line := b.words(r)
		switch {
		case strings.HasPrefix(line, ">>>"):
			command = lowerASCII(strings.TrimSpace(line[3:]))
		case strings.HasPrefix(line, "<<<"):
			if len(reply) == 0 {
				c.reply = b.at(r.start)
			}
			reply = append(reply, strings.TrimSpace(line[3:]))
		case len(reply) > 0 && line != "":
			reply = append(reply, line)
		case strings.HasSuffix(line, ":"):
			c.setHost(strings.TrimSuffix(line, ":"))
		}
	}
	c.Diagnostic = strings.Join(reply, "\n")
	if c.Diagnostic == "" {
		c.Diagnostic = joinReason(b.text[e.from:e.to])
		c.reply = b.at(e.from)
	}
	if len(reply) > 0 && command != "" {
		h := heard{command: command, text: c.Diagnostic}
		if command == "(initial greeting)" {
			h.command = ""
		}
		c.Stage = h.stage(nil)
	}
}
