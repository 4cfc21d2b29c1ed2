package dsn

import "strings"

// Exim lists each address with its reason below it, indented deeper:
//
//	user@example.com
//	  (generated from alias@example.org)
//	  host mx.example.com [192.0.2.7]
//	  SMTP error from remote mail server after RCPT TO:<user@example.com>:
//	  550 5.1.1 ...
//
// Older versions write "user@example.com:" and put the host in front of the
// reply. X-Failed-Recipients in the header names the addresses in full.
// Providers that run a customised Exim keep the first sentence.
var eximMarks = []string{
	"was created automatically by mail delivery software", "was created automatically by the mail", "a message that you sent could not be delivered",
	"a message that you have sent could not be delivered", "a message that you sent has not yet been delivered", "a message that you sent contained one or more recipient addresses",
	"a message that you sent contained no recipient", "has been frozen", "a message sent by\n", "mail delivery software (exim)",
}

// sniffFailedRecipients knows Exim by its header where its texts are somebody's
// own (bounce_message_file).
func sniffFailedRecipients(m *message) bool {
	return m.header.field("X-Failed-Recipients") != nil && !m.fromGoogle()
}

// eximIntros end right above the list, the surest first.
var eximIntros = []string{
	"address(es) failed", "addresses failed", "following address failed", "address failed", "have yet to be delivered", "has not yet been delivered is:", "have not yet been delivered are:",
	"not yet been delivered to", "incorrectly constructed", "could not be delivered to", "could not be delivered", "undeliverable",
}

func readExim(m *message) []Recipient {
	b := &m.body
	failed := eximFailed(m)
	start := -1
	for _, intro := range eximIntros {
		if n := strings.Index(b.lower, intro); n >= 0 {
			start = introEnd(b.text, n)
			break
		}
	}
	if start < 0 {
		start = 0
	}
	var out []Recipient
	for _, e := range b.eximEntries(start) {
		r := m.recipient(e)
		m.eximOrigin(&r, failed)
		out = append(out, r)
	}
	if len(out) == 0 {
		for _, addr := range failed {
			out = append(out, Recipient{Final: addr, Diagnostic: m.eximReason(start), reply: b.at(start)})
		}
	}
	action := eximAction(b)
	for i := range out {
		out[i].Action = action
	}
	return out
}

// eximReason gives the first paragraph behind the introduction, for addresses
// that only the header names.
func (m *message) eximReason(start int) string {
	text := strings.TrimLeft(m.body.text[min(start, len(m.body.text)):], "\n ")
	return joinReason(text[:min(paragraphEnd(text, 0), 2000)])
}

// introEnd gives the line behind the sentence at n, which may be folded.
func introEnd(text string, n int) int {
	for {
		end, next := lineAt(text, n)
		line := strings.TrimSpace(text[n:end])
		if strings.HasSuffix(line, ":") || next >= len(text) {
			return next
		}
		if e, _ := lineAt(text, next); strings.TrimSpace(text[next:e]) == "" {
			return next
		}
		n = next
	}
}

func eximAction(b *body) string {
	if b.has("has not yet been delivered", "have not yet been delivered", "no action is required on your part", "delivery attempts will continue", "have yet to be delivered", "has been frozen") {
		return "delayed"
	}
	return "failed"
}

// eximFailed gives the addresses of X-Failed-Recipients.
func eximFailed(m *message) []string {
	var out []string
	for i := range m.header {
		if !strings.EqualFold(m.header[i].name, "X-Failed-Recipients") {
			continue
		}
		for a := range strings.SplitSeq(unfold(m.header[i].value), ",") {
			if a = strings.Trim(a, " \t<>"); a != "" && len(out) < maxEntries {
				out = append(out, a)
			}
		}
	}
	return out
}

// eximEntries reads the list. Beside addresses it holds local names, "pipe to
// |command", "save to /file" and "an undisclosed address". What is indented
// deeper than the first entry is a reason, and so is, where nothing is
// indented, what comes straight behind one.
func (b *body) eximEntries(pos int) []entry {
	var out []entry
	depth, gap := -1, false
	for pos < len(b.text) && len(out) < maxEntries {
		s := b.lineFrom(pos)
		pos = s.next
		line, indent := b.words(s), b.indent(s)
		if line == "" {
			gap = true
			continue
		}
		if depth < 0 {
			depth = indent
		}
		last := len(out) - 1
		addr, rest, ok := eximEntry(line, indent > 0 && indent == depth)
		switch {
		case last >= 0 && (indent > depth || ok && strings.EqualFold(addr, out[last].addr)):
			out[last].to = s.end
		case ok:
			out = append(out, entry{addr: addr, at: s.start, from: s.end - len(rest), to: s.end})
			depth = indent
		case last >= 0 && indent == depth && !gap:
			out[last].to = s.end
		case last >= 0:
			return out
		case indent == 0:
			depth = -1 // words in front of the list
		}
		gap = false
	}
	return out
}

// eximEntry reads the line that begins an entry. names says that names without
// a domain may.
func eximEntry(line string, names bool) (addr, rest string, ok bool) {
	addr, rest, ok = leadAddress(line)
	switch {
	case ok && strings.Contains(rest, "malformed address: <"):
		return malformed(rest, addr), rest, true
	case ok:
		return addr, rest, !strings.HasPrefix(strings.TrimLeft(rest, " "), "...")
	case !names || !eximLocal(line):
		return "", "", false
	}
	addr, rest, _ = strings.Cut(line, ": ")
	return strings.TrimSuffix(addr, ":"), rest, true
}

// malformed gives the address that Exim complains of in "a <b>: malformed
// address: <b> may not follow a".
func malformed(rest, addr string) string {
	_, after, _ := strings.Cut(rest, "malformed address: ")
	if inner, _, ok := closedAddress(after); ok {
		return inner
	}
	return addr
}

// eximLocal reports whether a line of the list names something that is no
// address.
func eximLocal(line string) bool {
	for _, p := range []string{"pipe to ", "save to ", "an undisclosed address", "file ", "|", "/"} {
		if strings.HasPrefix(line, p) {
			return true
		}
	}
	name := strings.TrimSuffix(line, ":")
	return !strings.ContainsAny(name, " \t") && len(name) < 65
}

// eximOrigin finds the address behind what is none: in "generated from" and
// "generated by", or in the header.
func (m *message) eximOrigin(r *Recipient, failed []string) {
	lower := lowerASCII(r.Diagnostic)
	for _, mark := range []string{"generated from ", "generated by "} {
		n := strings.Index(lower, mark)
		if n < 0 {
			continue
		}
		if addr, _, ok := leadAddress(r.Diagnostic[n+len(mark):]); ok {
			if isAddress(r.Final) {
				r.Original = addr
			} else {
				r.Final = addr
			}
			break
		}
	}
	if isAddress(r.Final) {
		return
	}
	for _, f := range failed {
		if local, _, ok := strings.Cut(f, "@"); len(failed) == 1 || ok && strings.EqualFold(local, r.Final) {
			r.Final = f
			return
		}
	}
}
