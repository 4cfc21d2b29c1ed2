package dsn

import "strings"

// maxNesting bounds how deep a forwarded bounce is looked for, and maxTries how
// many messages inside one are read for it.
const (
	maxNesting = 4
	maxTries   = 24
)

// fromPerson reports whether a message was not made by a mail system, as far
// as its header tells. People forward bounces to those who may know; then the
// bounce is what counts, and not the words around it.
func (m *message) fromPerson() bool {
	if m.bare {
		return true // pasted text may hold quoted text
	}
	from := m.lowerFrom
	if from == "" || reportSenders.in(from) || m.header.field("X-Failed-Recipients") != nil {
		return false
	}
	if strings.TrimSpace(m.header.get("Return-Path")) == "<>" {
		return false
	}
	if v := lowered(m.header.get("Auto-Submitted")); v != "" && !strings.HasPrefix(v, "no") {
		return false
	}
	f := m.header.field("Content-Type")
	return f == nil || !strings.Contains(lowered(f.value), "multipart/report")
}

// fromMailSystem reports whether the header says that a mail system made the
// message, or there is no header to say otherwise.
func (m *message) fromMailSystem() bool {
	if m.bare || m.fromReporter() || m.header.field("X-Failed-Recipients") != nil || strings.TrimSpace(m.header.get("Return-Path")) == "<>" {
		return true
	}
	f := m.header.field("Content-Type")
	return f != nil && strings.Contains(lowered(f.value), "multipart/report")
}

// forwarded looks for a report inside a message: attached, or quoted in the
// text. It gives nil where there is none.
func (m *message) forwarded(depth int) *Report {
	for i := range m.parts {
		p := &m.parts[i]
		if p.typ != "message/rfc822" && p.typ != "message/global" && !m.isMessageFile(p) {
			continue
		}
		s := p.body
		if !p.exact() {
			s = normalLines(decodeTransfer(s, p.encoding))
		}
		if m.in.tries--; m.in.tries < 0 {
			return nil
		}
		inner := m.in.parse(m.source, s, depth+1)
		if isDeliveryReport(inner.Kind) {
			inner.shift(p, p.line-1)
			return inner
		}
	}
	for _, q := range m.body.quotations() {
		if m.in.tries--; m.in.tries < 0 {
			return nil
		}
		inner := m.in.parse(m.source, q.text, depth+1)
		if !isDeliveryReport(inner.Kind) || inner.Format == scanFormat.name && !m.passesOn(inner) {
			continue
		}
		m.place(inner, &q)
		return inner
	}
	return nil
}

// place makes the places of a report that was found in quotation q those of m.
func (m *message) place(inner *Report, q *quotation) {
	at := m.body.at(min(q.at, len(m.body.text)))
	if q.at > len(m.body.text) { // in what was taken for the returned message
		at.line += strings.Count(m.body.original[:min(q.at-len(m.body.text), len(m.body.original))], "\n")
	}
	exact := m.body.exactAt(q.at)
	inner.eachPlace(func(p *place) {
		if !exact {
			p.line = at.line // decoding has moved the lines
			return
		}
		if n := p.line - 1; n < len(q.lines) {
			p.line = q.lines[n] + 1
		}
		p.line += at.line - 1
	})
}

// passesOn reports whether what m quotes is a bounce that its sender passes on,
// where the quoted text has no known form: it brings the header of a report,
// or the subject of m says so. People who discuss a refusal quote a line of it.
func (m *message) passesOn(inner *Report) bool {
	if len(inner.Recipients) == 0 {
		return false
	}
	from := lowered(inner.From)
	if reportSenders.in(from) || failureSubjects.in(lowered(inner.Subject)) {
		return true
	}
	if m.bare {
		return inner.Recipients[0].Final != ""
	}
	subject := m.lowerSubject
	return m.header.field("List-Id") == nil && inner.Recipients[0].Final != "" &&
		(failureSubjects.in(subject) || hasAnyPrefix(subject, forwardSubjects)) && !hasAnyPrefix(subject, []string{"re:", "aw:", "sv:"})
}

// forwardSubjects are how the subjects of forwarded messages begin.
var forwardSubjects = []string{"fwd:", "fw:", "[fwd:", "wg:", "tr:", "rv:", "enc:", "i:", "doorst:", "pd:", "vs:", "vb:", "vl:", "ynt:", "ilt:", "转发", "轉寄", "轉送", "転送", "전달"}

// isMessageFile reports whether an attachment of another type is a message: by
// its file name, or because it begins with the header of one.
func (m *message) isMessageFile(p *part) bool {
	name := lowered(p.name)
	if strings.HasSuffix(name, ".eml") || strings.HasSuffix(name, ".msg.txt") || strings.HasSuffix(name, ".mht") {
		return true
	}
	if name == "" && p.depth < 2 || !strings.HasPrefix(p.typ, "text/plain") && p.typ != "application/octet-stream" && p.typ != "text/rfc822-headers" {
		return false
	}
	head := p.body[:min(len(p.body), 4096)]
	if !p.exact() {
		head = normalLines(decodeTransfer(head, p.encoding))
	}
	h, _ := m.in.fields.readHeader(strings.TrimLeft(head, "\n"), 1)
	return looksLikeMessage(h) && (h.field("Received") != nil || h.field("From") != nil && h.field("Subject") != nil)
}

// shift makes the places of a report that was found inside part p those of the
// input as a whole.
func (r *Report) shift(p *part, lines int) {
	r.eachPlace(func(at *place) {
		if p.exact() {
			at.line += lines
		} else {
			at.line = p.line
		}
		at.part = strings.TrimSpace(p.label() + " " + at.part)
	})
}

// eachPlace calls move for every place of a report that names a line.
func (r *Report) eachPlace(move func(*place)) {
	for i := range r.Recipients {
		c := &r.Recipients[i]
		for _, at := range []*place{&c.status, &c.reply, &c.explanation, &c.remote, &c.action} {
			if at.line > 0 {
				move(at)
			}
		}
	}
	for i := range r.Problems {
		if at := (place{line: r.Problems[i].Line}); at.line > 0 {
			move(&at)
			r.Problems[i].Line = at.line
		}
	}
}
