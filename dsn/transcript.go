package dsn

import (
	"strings"

	"github.com/smtpdiag/smtpdiag/smtp"
)

// transcript is the dialogue that Sendmail shows.
type transcript struct {
	replies []heard
	own     []ownLine
	// named tells where in own, counted from 1, an address stands first.
	named map[string]int
}

// heard is one reply of a remote host.
type heard struct {
	text    string // all its lines
	at      int
	host    string
	command string // the last command in front of it
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
			command = strings.TrimSpace(strings.TrimLeft(line, "> "))
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
		for i := n - 1; i >= 0 && t.replies[i].host == host && !t.replies[i].echo; i-- {
			t.replies[i].echo = true
		}
		return
	}
	t.replies = append(t.replies, heard{text: text, at: at, host: host, command: command})
}

// refusedByCommand gives the recipients whose RCPT command was refused, for
// transcripts in which Sendmail's own lines name nobody in full.
func (m *message) refusedByCommand(t *transcript) []Recipient {
	var out []Recipient
	for i := range t.replies {
		h := &t.replies[i]
		code, _, _, ok := smtp.CutCode(h.text)
		stage, rcpt := commandStage(h.command, smtp.StageUnknown)
		if !ok || code < 400 || rcpt == "" {
			continue
		}
		c := Recipient{Final: rcpt, Diagnostic: h.text, Stage: stage, reply: m.body.at(h.at)}
		c.setHost(h.host)
		out = append(out, c)
	}
	return out
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
	if o.addr != "" {
		if t.named == nil {
			t.named = map[string]int{}
		}
		if key := lowered(o.addr); t.named[key] == 0 {
			t.named[key] = len(t.own) + 1
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
		c.Stage = h.stage(o)
		c.setHost(h.host)
		return
	}
	if strings.Trim(c.Diagnostic, "0123456789 ") == "" {
		c.Diagnostic = "" // the exit status of a program: the transcript says more
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

func (r *Recipient) setHost(host string) {
	if name, ip := smtp.CutHost(host); name != "" || ip != "" {
		r.Remote, r.remote = Host{name, ip}, r.reply
	} else if host != "" && !strings.ContainsAny(host, " \t") {
		r.Remote, r.remote = Host{Name: strings.Trim(host, ".:")}, r.reply
	}
}

// ownLineOf gives the first line in which Sendmail names an address, or nil.
func (t *transcript) ownLineOf(addr string) *ownLine {
	if i := t.named[lowered(addr)]; i > 0 {
		return &t.own[i-1]
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
func (h *heard) stage(o *ownLine) smtp.Stage {
	switch {
	case h.command == "":
		return smtp.StageBanner
	case len(h.command) < 4 || !strings.EqualFold(h.command[:4], "data"):
		stage, _ := commandStage(h.command, smtp.StageUnknown)
		return stage
	case h.echo:
		return smtp.StageRcpt
	case o != nil && !strings.Contains(lowerASCII(o.text), "deferred") && strings.HasPrefix(h.text, "5"):
		return smtp.StageRcpt
	}
	return smtp.StageEOD
}
