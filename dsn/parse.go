package dsn

import (
	"net/mail"
	"strings"
	"sync"

	"github.com/smtpdiag/smtpdiag/smtp"
)

// Parse reads one message, or the pasted text of one, and says what it reports.
// It never fails: a message that is no report has the kind other. source is
// the name of the input, for the reader of the result. raw is not kept nor
// changed.
func Parse(source string, raw []byte) *Report { return ParseString(source, string(raw)) }

// ParseString is Parse for a message that is a string. The strings of the Report
// are parts of it where that can be.
func ParseString(source, raw string) *Report {
	in, _ := inputs.Get().(*input)
	defer in.release()
	in.tries = maxTries
	return in.parse(source, normalLines(raw), 0)
}

// input is what the messages within one input share: room for their fields and
// parts, which the next input uses again, and how many messages more may be
// looked for.
type input struct {
	fields fieldStore
	parts  []part
	tries  int
}

var inputs = sync.Pool{New: func() any { return new(input) }}

// release gives the room back, without what was read.
func (in *input) release() {
	const most = 1000 // an odd message must not keep more than others need
	if cap(in.fields) > most || cap(in.parts) > most {
		return
	}
	clear(in.fields)
	clear(in.parts)
	in.fields, in.parts = in.fields[:0], in.parts[:0]
	inputs.Put(in)
}

// parse reads s, which stands depth messages deep in the input.
func (in *input) parse(source, s string, depth int) *Report {
	m := newMessage(in, source, s)
	m.collectBody()
	if depth < maxNesting && m.fromPerson() && !m.hasStatus() {
		if inner := m.forwarded(depth); inner != nil {
			return inner
		}
	}
	r := m.report()
	if isDeliveryReport(r.Kind) && !m.guessed || depth >= maxNesting || m.fromPerson() {
		return r
	}
	if inner := m.forwarded(depth); inner != nil {
		return inner
	}
	return r
}

// hasStatus reports whether m has a delivery status in front of the message
// that it returns.
func (m *message) hasStatus() bool {
	for i := range m.parts {
		if isOriginalPart(&m.parts[i]) {
			return false
		}
		if isStatusPart(&m.parts[i]) {
			return true
		}
	}
	return false
}

// isDeliveryReport reports whether a kind speaks about delivery, so that there
// is no need to look for a report inside.
func isDeliveryReport(k Kind) bool {
	switch k {
	case KindFailure, KindDelay, KindSuccess, KindComplaint:
		return true
	case KindAutoreply, KindReceipt, KindChallenge, KindOther:
	}
	return false
}

// report reads m as a report of its own.
func (m *message) report() *Report {
	r := &Report{
		Source: m.source, Kind: KindOther, From: m.from, Subject: m.subject,
		Date: m.time(m.header.field("Date")),
	}
	switch {
	case m.isFeedback():
		m.readFeedback(r)
	case m.isRefusal():
		m.readRefusal(r)
	case m.notification() != nil:
		m.readReceipt(r)
	case m.readDelivery(r):
	case m.readScan(r):
	default:
		m.readOther(r)
	}
	if r.Generator == "" {
		r.Generator = m.generator()
	}
	if r.ReportingMTA == "" && isDeliveryReport(r.Kind) {
		r.ReportingMTA = m.reporter()
	}
	m.readOriginal(r)
	if r.Sender == "" && isDeliveryReport(r.Kind) {
		r.Sender = oneAddress(m.header.get("To"))
	}
	r.Problems, r.Truncated = m.problems, m.truncated
	return r
}

// readDelivery reads a delivery status and the text beside it, or a text of
// known form; false where the message has neither.
func (m *message) readDelivery(r *Report) bool {
	rcpts, ok := m.readStatusParts(r)
	if !ok && m.isChallenge() {
		return false
	}
	f, text := m.readText()
	switch {
	case ok && len(rcpts) > 0:
		rcpts = m.explain(merge(rcpts, text))
		r.Format = "dsn"
	case len(text) > 0:
		rcpts, r.Format = m.complete(withoutContacts(text)), f.name
	case !ok:
		return false
	default:
		rcpts, r.Format = m.scan(), "dsn"
	}
	if f != nil && f.generator != "" && r.Generator == "" {
		r.Generator = f.generator
	}
	m.settle(r, rcpts)
	return true
}

// readScan reads a text of no known form, if the message looks like a report;
// false where it does not.
func (m *message) readScan(r *Report) bool {
	if !m.looksLikeReport() || m.isReceipt() || m.isChallenge() || m.imitates() {
		return false
	}
	rcpts := m.scan()
	if len(rcpts) == 0 || m.guessed && !m.fromMailSystem() {
		return false // somebody's words about delivery, of whatever
	}
	r.Format = scanFormat.name
	m.settle(r, rcpts)
	return true
}

// settle takes over the recipients and works out the kind.
func (m *message) settle(r *Report, rcpts []Recipient) {
	for i := range rcpts {
		rcpts[i].finish()
	}
	r.Recipients = dedupe(rcpts)
	r.Kind = m.deliveryKind(r)
}

// readStatusParts reads every delivery-status part; ok is false where none is.
func (m *message) readStatusParts(r *Report) (rcpts []Recipient, ok bool) {
	for i := range m.parts {
		p := &m.parts[i]
		if isOriginalPart(p) {
			break
		}
		if !isStatusPart(p) {
			continue
		}
		ok = true
		st := m.readStatus(p.content(), p.line)
		r.fillMessage(m, &st)
		if more := st.recipients(m, p.label()); len(rcpts) == 0 {
			rcpts = more
		} else {
			rcpts = append(rcpts, more...)
		}
	}
	if ok || !m.body.has("final-recipient:", "final-recipient :") {
		return rcpts, ok
	}
	// Pasted or flattened reports have the fields in their text.
	if n := statusStart(m.body.lower); n >= 0 {
		at := m.body.at(n)
		st := m.readStatus(m.body.text[n:], at.line)
		r.fillMessage(m, &st)
		rcpts = st.recipients(m, at.part)
	}
	return rcpts, len(rcpts) > 0
}

// statusStart gives the offset of the first line of a delivery status in a
// lower-cased text, or -1.
func statusStart(lower string) int {
	for pos := 0; pos < len(lower); {
		end, next := lineAt(lower, pos)
		if name, _, ok := cutField(strings.TrimLeft(lower[pos:end], " \t")); ok && isStatusField(name) && name != "status" {
			return pos
		}
		pos = next
	}
	return -1
}

// fillMessage takes over the per-message fields (RFC 3464 section 2.2).
func (r *Report) fillMessage(m *message, st *status) {
	if h := hostField(st.message.get("Reporting-MTA")); r.ReportingMTA == "" {
		if r.ReportingMTA = h.Name; r.ReportingMTA == "" {
			r.ReportingMTA = h.IP
		}
	}
	h := header(st.message)
	if f := h.field("Arrival-Date"); f != nil && r.Arrival.IsZero() {
		r.Arrival = m.time(f)
	}
	if id := st.message.get("Original-Envelope-Id"); id != "" && r.Original.EnvelopeID == "" {
		r.Original.EnvelopeID = xtext(id)
	}
	if r.QueueID == "" {
		r.QueueID = strings.TrimSpace(st.message.get("X-Postfix-Queue-ID"))
	}
	if r.Sender == "" {
		r.Sender = oneAddress(typedAddress(st.message.get("X-Postfix-Sender")))
	}
}

// oneAddress gives the address of a field that holds exactly one, with or
// without a display name, or "".
func oneAddress(field string) string {
	field = strings.TrimSpace(field)
	bare := field
	if strings.HasPrefix(bare, "<") && strings.HasSuffix(bare, ">") {
		bare = bare[1 : len(bare)-1]
	}
	if bare == "" || isPlainAddress(bare) {
		return bare // nearly all are so, which costs no parsing
	}
	if a, err := mail.ParseAddress(field); err == nil {
		return a.Address
	}
	return ""
}

// isPlainAddress reports whether s is surely an address and nothing else: words
// of letters, digits and a few signs, parted by single dots, on both sides of
// one @.
func isPlainAddress(s string) bool {
	ats := 0
	before := byte('.') // a word begins behind a dot, and behind the @
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '-', c == '_', c == '+', c == '=':
		case (c == '.' || c == '@') && before != '.' && before != '@':
			if c == '@' {
				ats++
			}
		default:
			return false
		}
		before = c
	}
	return ats == 1 && before != '.' && before != '@'
}

// finish works out what the words about one recipient tell beyond their
// fields, and fills in what is left.
func (r *Recipient) finish() {
	r.quoted()
	if r.Stage == smtp.StageUnknown {
		r.Stage = smtp.UsualStage(r.Reply)
		r.StageUsual = r.Stage != smtp.StageUnknown
	}
	if r.Status.IsZero() {
		r.Status = r.Reply.Enhanced
		r.status = r.reply
	}
	if r.Action == "" {
		r.Action = "failed"
	}
}

// quoted takes the innermost reply, the host and the stage out of the words
// about a recipient, where no field has told them.
func (r *Recipient) quoted() {
	if r.quotedDone {
		return
	}
	r.quotedDone = true
	q := smtp.ParseQuoted(r.Diagnostic)
	if r.Reply.IsZero() {
		r.Reply = q.Reply
	}
	if r.Status.IsZero() {
		r.Status = q.Status
		r.status = r.reply
	}
	if r.Stage == smtp.StageUnknown {
		r.Stage = q.Stage
	}
	if r.Remote.Name == "" && r.Remote.IP == "" {
		r.Remote = Host{q.Host, q.IP}
		r.remote = r.reply
	} else if r.Remote.IP == "" && strings.EqualFold(r.Remote.Name, q.Host) {
		r.Remote.IP = q.IP
	}
}

// dedupe drops recipients that a report names twice with the same outcome, and
// keeps the fuller of two.
func dedupe(rcpts []Recipient) []Recipient {
	if len(rcpts) < 2 {
		return rcpts
	}
	seen := make(map[string]int, len(rcpts))
	out := rcpts[:0]
	for _, r := range rcpts {
		key := lowered(r.Final)
		if i, ok := seen[key]; ok && key != "" {
			if out[i].Diagnostic == "" && r.Diagnostic != "" {
				out[i] = r
			}
			continue
		}
		seen[key] = len(out)
		out = append(out, r)
	}
	return out
}
