package dsn

import (
	"strings"

	"github.com/smtpdiag/smtpdiag/smtp"
)

// role says what a labelled line of a report tells.
type role uint8

const (
	roleRecipient role = iota // the address that failed, or several
	roleOriginal              // the address as the sender wrote it
	roleReason                // why it failed, up to a blank line
	roleStory                 // why it failed, up to the next label
	roleHost                  // who refused
	roleReply                 // the reply, which outweighs any reason
	roleCommand               // the command that was refused; the label is its first word
	roleOther                 // something else: it ends what stands in front of it
	roleEnd                   // nothing behind it is read
)

// label is how a line begins that tells something, in lower case and without
// its colon.
type label struct {
	words string
	role  role
}

// labelForm is a form of report that tells each fact behind a label:
//
//	Recipient: [SMTP:user@example.com]
//	Reason: 550 5.1.1 unknown user
//
// or in the lines below a heading:
//
//	The following recipients were affected:
//	    user@example.com
//
// Each is data alone, in the file of its product.
type labelForm struct {
	name      string
	generator string
	// marks are those of the format; with is a second list of phrases of which
	// one must occur too, if any.
	marks, with []string
	// labels hold each label that is the start of another one behind it.
	labels []label
	// delayed are phrases in lower case that make it a notice of delay.
	delayed []string
	// loose says that the marks occur in other mail, too, so that the message
	// must look like a report.
	loose bool
	// session says that a transcript of the dialogue stands below.
	session bool
}

// format gives the form its place in the table.
func (f *labelForm) format() format {
	return format{
		name: f.name, generator: f.generator, marks: f.marks,
		sniff: func(m *message) bool {
			return (len(f.with) == 0 || m.body.has(f.with...)) && (!f.loose || m.mayReport())
		},
		read: f.read,
	}
}

// labelReader reads one report of a label form.
type labelReader struct {
	form *labelForm
	m    *message
	b    *body
	out  []Recipient
	// shared is a reason in front of all recipients.
	shared   string
	sharedAt place
	// heading is the sentence above addresses where it names a cause.
	heading   string
	headingAt place
	sealed    bool // the last recipients have their reason; another one starts a group
}

func (f *labelForm) read(m *message) []Recipient {
	r := labelReader{form: f, m: m, b: &m.body}
	text := m.body.text
	for pos := 0; pos < len(text) && len(r.out) < maxEntries; {
		s := m.body.lineFrom(pos)
		l, value, ok := f.match(&m.body, s)
		if !ok {
			pos = s.next
			continue
		}
		if l.role == roleEnd {
			break
		}
		pos = r.take(l, s, value)
	}
	action := "failed"
	if m.body.has(f.delayed...) {
		action = "delayed"
	}
	for i := range r.out {
		c := &r.out[i]
		if c.Action = action; c.Diagnostic == "" {
			c.Diagnostic, c.reply = r.shared, r.sharedAt
		}
		if c.Diagnostic == "" {
			// The sentence above the addresses may be the reason itself.
			c.Explanation, c.explanation = r.heading, r.headingAt
		}
		if f.session {
			m.explainSession(c, len(r.out))
		}
	}
	return r.out
}

// match finds the label that a line begins with; value is the offset of what
// follows it.
func (f *labelForm) match(b *body, s span) (l *label, value int, ok bool) {
	start := b.firstInk(s.start)
	if start >= s.end {
		return nil, 0, false
	}
	lower := b.lower[start:s.end]
	for i := range f.labels {
		l = &f.labels[i]
		if !strings.HasPrefix(lower, l.words) {
			continue
		}
		if len(l.words) == 1 && l.words[0] >= '0' && l.words[0] <= '9' {
			if _, _, _, ok := smtp.CutCode(lower); ok {
				return l, start, true // a reply stands alone
			}
			continue
		}
		rest := lower[len(l.words):]
		trimmed := strings.TrimLeft(rest, " \t")
		if last := l.words[len(l.words)-1]; trimmed == "" || trimmed[0] == ':' || trimmed[0] == '=' || trimmed[0] == '(' || last == '(' || last == ' ' || last == ':' || last >= 0x80 || last == '<' || last == '\'' || last == '[' {
			return l, start + len(l.words), true
		}
	}
	return nil, 0, false
}

// take reads what label l tells in the line s and below, and gives where to go
// on.
func (r *labelReader) take(l *label, s span, value int) int {
	from := value
	for from < s.end && strings.IndexByte(" \t:=", r.b.text[from]) >= 0 {
		from++
	}
	if strings.HasPrefix(r.b.text[from:], "。") {
		from += len("。")
	}
	switch l.role {
	case roleRecipient:
		if causePhrases.in(l.words) {
			r.heading, r.headingAt = l.words, r.b.at(s.start)
		}
		return r.takeRecipients(from, s)
	case roleReason, roleReply, roleStory:
		end := r.valueEnd(from, s, l.role == roleStory)
		r.addReason(l.role, joinReason(r.b.text[from:end]), r.b.at(r.inkFrom(from, end)))
		return max(end, s.next)
	case roleOriginal:
		if n := len(r.out); n > 0 {
			if addr, _, ok := leadAddress(strings.TrimSpace(r.b.text[from:s.end])); ok {
				r.out[n-1].Original = addr
			}
		}
	case roleHost:
		r.takeHost(hostField(strings.Trim(r.b.text[from:s.end], " \t<>")), r.b.at(from))
	case roleCommand:
		if n := len(r.out); n > 0 && r.out[n-1].Stage == smtp.StageUnknown {
			if r.out[n-1].Stage, _ = commandStage(l.words, smtp.StageUnknown); l.words == "data" {
				r.out[n-1].Stage = smtp.StageData
			}
		}
	case roleOther, roleEnd:
	}
	return s.next
}

// takeHost gives a host to the last recipient, or to all of them where they
// share a reason.
func (r *labelReader) takeHost(h Host, at place) {
	if h == (Host{}) {
		return
	}
	for i := len(r.out) - 1; i >= 0 && r.out[i].Remote == (Host{}); i-- {
		r.out[i].Remote, r.out[i].remote = h, at
		if r.shared == "" && (i == 0 || r.out[i-1].Final != r.out[i].Final) {
			return // XMail names each recipient twice
		}
	}
}

// inkFrom gives the first byte of a value that is no white space.
func (r *labelReader) inkFrom(from, end int) int {
	for from < end-1 && strings.IndexByte(" \t\n", r.b.text[from]) >= 0 {
		from++
	}
	return from
}

// takeRecipients reads the addresses behind a label, or on the lines below it.
func (r *labelReader) takeRecipients(from int, s span) int {
	line := strings.TrimSpace(r.b.text[from:s.end])
	before := len(r.out)
	if line != "" {
		for a := range strings.FieldsFuncSeq(line, func(c rune) bool { return c == ',' || c == ';' }) {
			if addr, rest, ok := leadAddress(strings.TrimSpace(a)); ok && len(r.out) < maxEntries {
				r.addRecipient(addr, rest, from)
			}
		}
		if len(r.out) > before {
			return s.next
		}
	}
	pos := s.next
	found, skipped := false, false
	for pos < len(r.b.text) {
		n := r.b.lineFrom(pos)
		text := r.b.words(n)
		if text == "" {
			pos = n.next
			continue
		}
		if _, _, labelled := r.form.match(r.b, n); labelled {
			return pos
		}
		addr, rest, ok := leadAddress(text)
		if len(r.out) >= maxEntries {
			return len(r.b.text)
		}
		if !ok {
			if found {
				return pos
			}
			if line == "" || skipped {
				return s.next
			}
			skipped = true // the sentence goes on
			pos = n.next
			continue
		}
		found = true
		r.addRecipient(addr, rest, n.start)
		pos = n.next
	}
	return pos
}

func (r *labelReader) addRecipient(addr, rest string, at int) {
	r.sealed = false
	rest = strings.Trim(rest, " \t:->])\"'")
	c := Recipient{Final: addr, reply: r.b.at(at)}
	if len(rest) > 3 {
		c.Diagnostic = rest
	}
	r.out = append(r.out, c)
}

// addReason gives a reason to the recipients in front of it that have none, or
// keeps it for those to come. A second one goes behind the first.
func (r *labelReader) addReason(role role, text string, at place) {
	if text = strings.TrimLeft(text, "- "); text == "" {
		return
	}
	if role == roleReply {
		_, text = typed(text)
	}
	if len(r.out) == 0 {
		if r.shared != "" {
			text = r.shared + "\n" + text
		} else {
			r.sharedAt = at
		}
		r.shared = text
		return
	}
	last := len(r.out) - 1
	if r.sealed || r.out[last].Diagnostic != "" {
		r.out[last].Diagnostic += "\n" + text
		if role == roleReply {
			r.out[last].reply = at
		}
		return
	}
	for i := last; i >= 0 && r.out[i].Diagnostic == ""; i-- {
		r.out[i].Diagnostic, r.out[i].reply = text, at
	}
	r.sealed = true
}

// valueEnd gives where a value ends: at a blank line behind some text, unless
// it is a story, or at the next label.
func (r *labelReader) valueEnd(from int, s span, story bool) int {
	some := strings.TrimSpace(r.b.text[from:s.end]) != ""
	end := s.end
	for pos := s.next; pos < len(r.b.text); {
		n := r.b.lineFrom(pos)
		if r.b.words(n) == "" {
			if some && !story {
				return end
			}
			pos = n.next
			continue
		}
		if _, _, labelled := r.form.match(r.b, n); labelled {
			return end
		}
		some = true
		end, pos = n.end, n.next
	}
	return end
}
