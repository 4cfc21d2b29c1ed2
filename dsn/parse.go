package dsn

import (
	"strings"

	"github.com/smtpdiag/smtpdiag/smtp"
)

// maxNesting bounds how deep a forwarded bounce is looked for.
const maxNesting = 4

// Parse reads one message, or the pasted text of one, and says what it reports.
// It never fails: a message that is no report has the kind other. source is
// the name of the input, for the reader of the result. raw is not kept nor
// changed.
func Parse(source string, raw []byte) *Report {
	return parse(source, normalLines(string(raw)), 0)
}

func parse(source, s string, depth int) *Report {
	m := newMessage(source, s)
	m.collectBody()
	r := m.report()
	if isDeliveryReport(r.Kind) || depth >= maxNesting {
		return r
	}
	if inner := m.forwarded(depth); inner != nil {
		return inner
	}
	return r
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
		Source: m.source, Kind: KindOther, From: m.header.text("From"), Subject: m.header.text("Subject"),
		Date: m.time(m.header.field("Date")), Generator: m.generator(),
	}
	switch {
	case m.isFeedback():
		m.readFeedback(r)
	case m.readDelivery(r):
	default:
		r.Kind, r.Format = m.otherKind()
	}
	m.readOriginal(r)
	r.Problems = m.problems
	return r
}

// readDelivery reads a delivery status and the text beside it; false where the
// message has neither.
func (m *message) readDelivery(r *Report) bool {
	rcpts, ok := m.readStatusParts(r)
	f, text := m.readText(ok)
	switch {
	case ok && len(rcpts) > 0:
		rcpts = merge(rcpts, text)
		r.Format = "dsn"
	case len(text) > 0:
		rcpts, r.Format = text, f.name
	case !ok:
		return false
	default:
		r.Format = "dsn"
	}
	if f != nil && f.generator != "" && r.Generator == "" {
		r.Generator = f.generator
	}
	for i := range rcpts {
		rcpts[i].finish()
	}
	r.Recipients = dedupe(rcpts)
	r.Kind = m.deliveryKind(r)
	return true
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
		rcpts = append(rcpts, st.recipients(m, p.label())...)
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
}

// finish works out what the words about one recipient tell beyond their
// fields, and fills in what is left.
func (r *Recipient) finish() {
	r.quoted()
	if r.Stage == smtp.StageUnknown {
		r.Stage = smtp.UsualStage(r.Reply)
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
	seen := make(map[string]int, len(rcpts))
	out := rcpts[:0]
	for _, r := range rcpts {
		key := strings.ToLower(r.Final)
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

// forwarded looks for a report inside a message that is none itself: attached,
// or quoted in the text. It gives nil where there is none.
func (m *message) forwarded(depth int) *Report {
	for i := range m.parts {
		p := &m.parts[i]
		if p.typ != "message/rfc822" && p.typ != "message/global" && !isMessageFile(p) {
			continue
		}
		s := p.body
		if !p.exact() {
			s = normalLines(decodeTransfer(s, p.encoding))
		}
		inner := parse(m.source, s, depth+1)
		if isDeliveryReport(inner.Kind) {
			inner.shift(p, p.line-1)
			return inner
		}
	}
	text, line := unquote(&m.body)
	if text == "" {
		return nil
	}
	inner := parse(m.source, text, depth+1)
	if !isDeliveryReport(inner.Kind) {
		return nil
	}
	inner.shift(nil, line-1)
	return inner
}

// isMessageFile reports whether an attachment of another type is a message by
// its file name.
func isMessageFile(p *part) bool {
	name := strings.ToLower(p.name)
	return strings.HasSuffix(name, ".eml") || strings.HasSuffix(name, ".msg.txt")
}

// shift makes the places of a report that was found inside part p those of the
// input as a whole.
func (r *Report) shift(p *part, lines int) {
	move := func(at *place) {
		if at.line == 0 {
			return
		}
		if p == nil || p.exact() {
			at.line += lines
		} else {
			at.line = p.line
		}
		if p != nil {
			at.part = strings.TrimSpace(p.label() + " " + at.part)
		}
	}
	for i := range r.Recipients {
		c := &r.Recipients[i]
		for _, at := range []*place{&c.status, &c.reply, &c.explanation, &c.remote, &c.action} {
			move(at)
		}
	}
	for i := range r.Problems {
		at := place{line: r.Problems[i].Line}
		move(&at)
		r.Problems[i].Line = at.line
	}
}

// forwardMarks are lines behind which a mail program puts a forwarded message,
// in lower case.
var forwardMarks = []string{
	"forwarded message", "begin forwarded message", "original message", "weitergeleitete nachricht", "ursprüngliche nachricht",
	"message transféré", "message d'origine", "mensaje reenviado", "mensaje original", "mensagem encaminhada", "mensagem original",
	"messaggio inoltrato", "messaggio originale", "doorgestuurd bericht", "oorspronkelijk bericht", "przekazana wiadomość",
	"пересылаемое сообщение", "пересланное сообщение", "переслане повідомлення", "iletilen mesaj", "転送されたメッセージ", "転送メッセージ",
	"转发的邮件", "轉寄的郵件", "原始邮件", "원본 메시지", "전달된 메시지",
}

// unquote gives the text that a person quoted or forwarded inline, without its
// quoting marks, and its first line's number; "" where there is none.
func unquote(b *body) (text string, line int) {
	whole := b.text + b.original
	if t, at := quotedLines(whole); t != "" {
		return t, b.at(at).line
	}
	lower := strings.ToLower(whole)
	if len(lower) != len(whole) {
		lower = lowerASCII(whole)
	}
	for pos := 0; pos < len(lower); {
		end, next := lineAt(lower, pos)
		row := strings.Trim(lower[pos:end], " \t-_=>*:")
		for _, mark := range forwardMarks {
			if len(row) < 80 && strings.HasPrefix(row, mark) {
				return strings.TrimLeft(whole[next:], "\n"), b.at(min(next, len(b.text))).line
			}
		}
		pos = next
	}
	return "", 0
}

// quotedLines collects the lines that start with a quoting mark, without it.
func quotedLines(s string) (text string, first int) {
	var b strings.Builder
	n := 0
	first = -1
	for pos := 0; pos < len(s); {
		end, next := lineAt(s, pos)
		line := s[pos:end]
		trimmed := strings.TrimLeft(line, " \t")
		switch {
		case strings.HasPrefix(trimmed, ">") || strings.HasPrefix(trimmed, "| "):
			if first < 0 {
				first = pos
			}
			rest := trimmed[1:]
			rest = strings.TrimPrefix(rest, " ")
			b.WriteString(rest)
			b.WriteByte('\n')
			n++
		case first >= 0 && trimmed == "":
			b.WriteByte('\n')
		case first >= 0 && n > 3:
			pos = len(s)
			continue
		}
		pos = next
	}
	if n < 3 {
		return "", 0
	}
	return b.String(), first
}
