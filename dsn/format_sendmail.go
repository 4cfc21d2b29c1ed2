package dsn

import (
	"strings"

	"github.com/smtpdiag/smtpdiag/smtp"
)

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

// sendmailNote reads "(reason: ...)" and "(expanded from: ...)", which may be
// folded; it gives where the note ends.
func (m *message) sendmailNote(c *Recipient, r span, end int) int {
	b := &m.body
	note := b.words(r)
	at := r.start
	pos := r.next
	for strings.Count(note, "(") > strings.Count(note, ")") && pos < end {
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

// transcript is the dialogue that Sendmail shows.
type transcript struct {
	replies []heard
	own     []ownLine
}

// heard is one reply of a remote host.
type heard struct {
	text    string // all its lines
	at      int
	host    string
	command string // the last command in front of it, in lower case
	echo    bool   // an answer to a command sent ahead follows
}

// ownLine is a line in which Sendmail itself speaks.
type ownLine struct {
	text  string
	addr  string
	at    int
	reply int // how many replies stand in front of it
	// direct says that the last of them stands right in front of it.
	direct bool
	host   string
}

// readTranscript reads the dialogue from pos to the end of the body.
func readTranscript(b *body, pos int) transcript {
	var t transcript
	host, command := "", ""
	fresh := false // the last line was one of a reply
	for pos < len(b.text) {
		r := b.lineFrom(pos)
		pos = r.next
		line := b.words(r)
		lower := b.lowered(r)
		joins := false
		switch {
		case line == "" || strings.Trim(line, "- ") == "":
		case strings.HasPrefix(line, "-----"):
			return t
		case strings.Contains(lower, "while talking to "):
			host = strings.Trim(line[strings.Index(lower, "while talking to ")+len("while talking to "):], " :")
			command = ""
		case strings.HasPrefix(line, ">>>"):
			command = strings.TrimSpace(strings.TrimLeft(lower, "> "))
		case strings.HasPrefix(line, "<<<"):
			joins = true
			t.hear(strings.TrimSpace(line[3:]), r.start, host, command, fresh)
		case statusStart(lower) == 0:
			return t // a delivery status without a part of its own
		default:
			t.say(line, r.start, host, fresh)
		}
		fresh = joins
	}
	return t
}

// hear adds a line of a reply.
func (t *transcript) hear(text string, at int, host, command string, fresh bool) {
	if n := len(t.replies); fresh && n > 0 && sameReply(t.replies[n-1].text, text) {
		t.replies[n-1].text += "\n" + text
		return
	}
	if n := len(t.replies); n > 0 && isEcho(text) && t.replies[n-1].host == host {
		for i := range t.replies {
			if t.replies[i].host == host {
				t.replies[i].echo = true
			}
		}
		return
	}
	t.replies = append(t.replies, heard{text: text, at: at, host: host, command: command})
}

// sameReply reports whether a line goes on a reply of several lines.
func sameReply(reply, line string) bool {
	last := reply[strings.LastIndexByte(reply, '\n')+1:]
	_, more, _, ok := smtp.CutCode(last)
	return ok && more && len(line) >= 3 && line[:3] == last[:3]
}

// isEcho reports whether a reply only answers a command that was sent ahead
// after a refusal (RFC 2920 section 3.1).
func isEcho(text string) bool {
	lower := lowerASCII(text)
	return strings.HasPrefix(lower, "503") || strings.Contains(lower, "no valid recipients") || strings.Contains(lower, "valid rcpt command") ||
		strings.Contains(lower, "need rcpt") || strings.Contains(lower, "no recipients") || strings.HasPrefix(lower, "502 esmtp command error")
}

// say adds a line of Sendmail's own: "550 5.1.1 <a@example.com>... User unknown",
// "<a@example.com>... Deferred: Connection refused by mx.example.com.".
func (t *transcript) say(line string, at int, host string, direct bool) {
	o := ownLine{text: line, at: at, reply: len(t.replies), direct: direct, host: host}
	rest := line
	if _, _, after, ok := smtp.CutCode(rest); ok {
		rest = after
		if _, after, ok := smtp.CutEnhanced(strings.TrimLeft(rest, " ")); ok {
			rest = after
		}
	}
	rest = strings.TrimLeft(rest, " ")
	if dots := strings.Index(rest, "..."); dots > 0 {
		head := strings.TrimSpace(rest[:dots])
		if addr, _, ok := leadAddress(head); ok {
			o.addr = addr
		} else if strings.HasPrefix(head, `"|`) || strings.HasPrefix(head, "<") {
			o.addr = localRecipient(head)
		}
	}
	t.own = append(t.own, o)
}

// explain adds to a recipient what the transcript tells of it; total is how
// many recipients the report has.
func (t *transcript) explain(b *body, c *Recipient, total int) {
	o := t.ownLineOf(c.Final)
	h := t.replyTo(c, o, total)
	if h != nil {
		c.Diagnostic, c.reply = h.text, b.at(h.at)
		c.Stage = h.stage(c, o)
		c.setHost(h.host)
		return
	}
	for i := range t.own {
		if c.Diagnostic == "" && (o != nil && &t.own[i] == o || o == nil && total == 1 && !isQueueNote(t.own[i].text)) {
			c.Diagnostic, c.reply = t.own[i].text, b.at(t.own[i].at)
		}
	}
	if c.Diagnostic == "" && total == 1 && len(t.own) > 0 {
		c.Diagnostic, c.reply = t.own[0].text, b.at(t.own[0].at)
	}
	if o != nil && o.host != "" && strings.Contains(lowerASCII(o.text), "deferred") {
		c.setHost(o.host)
	}
}

// isQueueNote reports whether a line says only how long a message was kept.
func isQueueNote(line string) bool {
	lower := lowerASCII(line)
	return strings.HasPrefix(lower, "message could not be delivered for") || strings.HasPrefix(lower, "message will be deleted") ||
		strings.HasPrefix(lower, "will keep trying") || strings.HasPrefix(lower, "warning: message still undelivered")
}

func (c *Recipient) setHost(host string) {
	if name, ip := smtp.CutHost(host); name != "" || ip != "" {
		c.Remote, c.remote = Host{name, ip}, c.reply
	} else if host != "" && !strings.ContainsAny(host, " \t") {
		c.Remote, c.remote = Host{Name: strings.Trim(host, ".:")}, c.reply
	}
}

func (t *transcript) ownLineOf(addr string) *ownLine {
	for i := range t.own {
		if addr != "" && strings.EqualFold(t.own[i].addr, addr) {
			return &t.own[i]
		}
	}
	return nil
}

// replyTo finds the reply that refused recipient c: the one whose first line is
// its reason, the one that names it, or the last one in front of the line in
// which Sendmail names it.
func (t *transcript) replyTo(c *Recipient, o *ownLine, total int) *heard {
	reason := strings.TrimSpace(c.Diagnostic)
	var match *heard
	for i := range t.replies {
		h := &t.replies[i]
		first, _, _ := strings.Cut(h.text, "\n")
		if reason != "" && (first == reason || strings.HasPrefix(reason, first) && len(first) > 6) {
			match = h
			if o == nil || o.reply == i+1 {
				return h
			}
		}
	}
	if match != nil {
		return match
	}
	if o != nil && o.direct && o.reply > 0 {
		if h := &t.replies[o.reply-1]; h.host == o.host {
			return h
		}
	}
	if total != 1 || o != nil && !sameCode(o.text, t.replies) {
		return nil
	}
	for i := len(t.replies) - 1; i >= 0; i-- {
		if code, _, _, ok := smtp.CutCode(t.replies[i].text); ok && code >= 400 {
			return &t.replies[i]
		}
	}
	return nil
}

// sameCode reports whether a reply has the code of Sendmail's own line, or the
// line says that the reply made it give up.
func sameCode(own string, replies []heard) bool {
	lower := lowerASCII(own)
	if strings.Contains(lower, "service unavailable") || strings.Contains(lower, "remote protocol error") || strings.Contains(lower, "data format error") {
		return true
	}
	for i := range replies {
		if len(replies[i].text) >= 3 && strings.Contains(own, replies[i].text[:3]) {
			return true
		}
	}
	return false
}

// stage tells from the command in front of a reply where the dialogue stood.
// With pipelining (RFC 2920) the command shown is DATA though a recipient was
// refused: then an echo of DATA follows, or Sendmail's line names the recipient.
func (h *heard) stage(c *Recipient, o *ownLine) smtp.Stage {
	switch {
	case h.command == "":
		return smtp.StageBanner
	case !strings.HasPrefix(h.command, "data"):
		stage, _ := commandStage(h.command, smtp.StageUnknown)
		return stage
	case h.echo:
		return smtp.StageRcpt
	case o != nil && !strings.Contains(lowerASCII(o.text), "deferred") && strings.HasPrefix(h.text, "5"):
		return smtp.StageRcpt
	}
	return smtp.StageEOD
}
