package dsn

import "strings"

// Sendmail 8 lists the recipients and then shows the dialogue:
//
//	   ----- The following addresses had permanent fatal errors -----
//	<user@example.com>
//	    (reason: 550 5.1.1 <user@example.com>... User unknown)
//	    (expanded from: <alias@example.org>)
//
//	   ----- Transcript of session follows -----
//	... while talking to mx.example.com.:
//	>>> RCPT To:<user@example.com>
//	<<< 550 5.1.1 <user@example.com>... User unknown
//	550 5.1.1 <user@example.com>... User unknown
//
// The reason is the first line of the reply only, the last line of the
// transcript is Sendmail's own and may misname the cause; the lines behind
// "<<<" are what the host said.
// sendmailMark stands in every report of Sendmail but those without a dialogue.
var sendmailMark = []string{"- transcript of session follows"}

var sendmailMarks = []string{
	"transcript of session follows", "the following addresses had ", "the following address had ", "the following addresses have ", "had delivery problems", "had permanent fatal errors", "had transient non-fatal errors", "while talking to ",
}

func readSendmail(m *message) []Recipient {
	b := &m.body
	session := b.find(0, "transcript of session follows")
	if strings.HasPrefix(strings.TrimLeft(b.text[b.lineStart(session):session], " "), ">") {
		return nil // somebody quotes it
	}
	tr := readTranscript(b, min(len(b.text), session+len("transcript of session follows")))
	var out []Recipient
	for pos := 0; pos < session; {
		r := b.lineFrom(pos)
		pos = r.next
		action := sendmailHeading(b.lowered(r))
		if action == "" {
			continue
		}
		end := max(pos, min(session, b.sectionEnd(pos))) // a mark may stand in the heading itself
		out = append(out, m.sendmailEntries(pos, end, action)...)
		pos = end
	}
	if len(out) == 0 {
		return m.sendmailOld(&tr)
	}
	for i := range out {
		tr.explain(b, &out[i], len(out))
	}
	return out
}

// sendmailHeading reads the line above a list of recipients: what became of
// them, or "".
func sendmailHeading(line string) string {
	if !strings.HasPrefix(line, "-") || !strings.Contains(line, "address") {
		return ""
	}
	switch {
	case strings.Contains(line, "transient"), strings.Contains(line, "non-fatal"), strings.Contains(line, "delayed"), strings.Contains(line, "warning"):
		return "delayed"
	case strings.Contains(line, "success"):
		return "delivered"
	case strings.Contains(line, "fatal"), strings.Contains(line, "problem"), strings.Contains(line, "error"), strings.Contains(line, "fail"),
		strings.Contains(line, "undeliver"), strings.Contains(line, "not delivered"), strings.Contains(line, "following address"):
		return "failed"
	}
	return ""
}

// sectionEnd gives where a section that starts at pos ends: at the next line of
// hyphens with a heading in it.
func (b *body) sectionEnd(pos int) int {
	for pos < len(b.text) {
		r := b.lineFrom(pos)
		if line := b.words(r); strings.HasPrefix(line, "---") && strings.HasSuffix(line, "---") || strings.HasPrefix(line, "... while talking") {
			return pos
		}
		pos = r.next
	}
	return len(b.text)
}

// sendmailEntries reads the list: a line for each recipient, and lines in
// parentheses about it.
func (m *message) sendmailEntries(pos, end int, action string) []Recipient {
	b := &m.body
	var out []Recipient
	for pos < end {
		r := b.lineFrom(pos)
		pos = r.next
		line := b.words(r)
		switch {
		case line == "" || strings.HasPrefix(line, "---"):
		case strings.HasPrefix(line, "(") && len(out) > 0:
			pos = m.sendmailNote(&out[len(out)-1], r, end)
		case b.indent(r) >= 8 && len(out) > 0 && out[len(out)-1].Diagnostic != "":
			out[len(out)-1].Diagnostic += " " + line
		default:
			addr, rest, ok := leadAddress(line)
			if !ok {
				if addr = localRecipient(line); addr == "" {
					continue
				}
				rest = line[min(len(line), len(addr)):]
			}
			c := Recipient{Final: addr, Action: action, reply: b.at(r.start)}
			if note := strings.TrimSpace(rest); strings.HasPrefix(note, "(") {
				c.Diagnostic, c.Action = noteText(note), noteAction(note, action)
				if lower := lowerASCII(c.Diagnostic); lower == "unrecoverable error" || lower == "transient failure" {
					c.Diagnostic = "" // Sendmail 8.6 says no more here: the transcript does
				}
			}
			out = append(out, c)
		}
	}
	return out
}

// localRecipient reads a recipient that is no address: a command or a file
// ("|/usr/bin/vacation", /var/mail/x) or a name without a domain.
func localRecipient(line string) string {
	switch {
	case strings.HasPrefix(line, `"|`), strings.HasPrefix(line, "|"), strings.HasPrefix(line, "/"), strings.HasPrefix(line, ":include:"), strings.HasPrefix(line, `\`):
		return strings.Trim(line, `"`)
	case strings.HasPrefix(line, "<") && strings.IndexByte(line, '>') > 1:
		return strings.TrimSpace(line[1:strings.IndexByte(line, '>')])
	case !strings.ContainsAny(line, " \t:") && len(line) < 64:
		return line
	}
	return ""
}

// maxNote bounds how long a note in parentheses may be, in bytes.
const maxNote = 4096

// sendmailNote reads "(reason: ...)" and "(expanded from: ...)", which may be
// folded; it gives where the note ends.
func (m *message) sendmailNote(c *Recipient, r span, end int) int {
	b := &m.body
	note := b.words(r)
	at := r.start
	pos := r.next
	for len(note) < maxNote && strings.Count(note, "(") > strings.Count(note, ")") && pos < end {
		next := b.lineFrom(pos)
		line := b.words(next)
		if line == "" || b.indent(next) < 4 || strings.HasPrefix(line, "(reason:") || strings.HasPrefix(line, "(expanded") {
			break
		}
		note += " " + line
		pos = next.next
	}
	lower := lowerASCII(note)
	switch {
	case strings.HasPrefix(lower, "(reason:"):
		c.Diagnostic = strings.TrimSpace(strings.TrimSuffix(note[len("(reason:"):], ")"))
		c.reply = b.at(at)
	case strings.HasPrefix(lower, "(expanded from:"):
		original := strings.Trim(strings.TrimSpace(strings.TrimSuffix(note[len("(expanded from:"):], ")")), "<>")
		if !isAddress(c.Final) && isAddress(original) {
			c.Final = original // the command or file is no recipient that anyone wrote to
		} else {
			c.Original = original
		}
	case c.Diagnostic == "":
		c.Diagnostic, c.Action = noteText(note), noteAction(note, c.Action)
	}
	return pos
}

// noteText gives what a note in parentheses says.
func noteText(note string) string {
	note = strings.TrimPrefix(note, "(")
	return strings.TrimSpace(strings.TrimSuffix(note, ")"))
}

// noteAction reads "(unrecoverable error)", "(transient failure)" and the like.
func noteAction(note, action string) string {
	lower := lowerASCII(note)
	switch {
	case strings.Contains(lower, "unrecoverable"):
		return "failed"
	case strings.Contains(lower, "transient"), strings.Contains(lower, "delayed"), strings.Contains(lower, "retr"):
		return "delayed"
	case strings.Contains(lower, "successfully"), strings.Contains(lower, "relayed"), strings.Contains(lower, "delivered"):
		return "delivered"
	}
	return action
}

// sendmailOld reads transcripts without a list of recipients, as Sendmail 5 and
// its kin send them: the recipients stand in its own lines.
func (m *message) sendmailOld(tr *transcript) []Recipient {
	b := &m.body
	var out []Recipient
	for i := range tr.own {
		o := &tr.own[i]
		if o.addr == "" {
			continue
		}
		c := Recipient{Final: o.addr, Diagnostic: o.text, reply: b.at(o.at)}
		if strings.Contains(lowerASCII(o.text), "deferred") && b.has("warning: ", "will keep trying", "still undelivered", "warning message only") {
			c.Action = "delayed"
		}
		tr.explain(b, &c, 0)
		out = append(out, c)
	}
	if len(out) == 0 {
		out = m.refusedByCommand(tr)
	}
	if len(out) > 0 {
		return out
	}
	c := Recipient{}
	for i := range tr.own {
		if c.Diagnostic == "" || strings.HasPrefix(tr.own[i].text, "4") || strings.HasPrefix(tr.own[i].text, "5") {
			c.Diagnostic, c.reply = tr.own[i].text, b.at(tr.own[i].at)
		}
	}
	if c.Diagnostic == "" && len(tr.replies) == 0 {
		return nil
	}
	tr.explain(b, &c, 1)
	c.Final = m.onlyAddressee(c.Diagnostic)
	if b.has("this is a warning message only", "will keep trying") {
		c.Action = "delayed"
	}
	return []Recipient{c}
}

// onlyAddressee gives the address that the returned message was sent to, where
// the report names none: who was written to is no evidence of what happened.
// Where the report names a host, the address must be of that domain.
func (m *message) onlyAddressee(diagnostic string) string {
	var o Report
	m.readOriginal(&o)
	list := strings.FieldsFunc(o.Original.To, func(c rune) bool { return c == ',' || c == ';' })
	found := ""
	for _, a := range list {
		addr, _, ok := leadAddress(strings.TrimSpace(a))
		if !ok {
			continue
		}
		domain := addr[strings.LastIndexByte(addr, '@')+1:]
		if len(list) > 1 && !strings.Contains(lowerASCII(diagnostic), lowerASCII(domain)) {
			continue
		}
		if found != "" {
			return ""
		}
		found = addr
	}
	return found
}
