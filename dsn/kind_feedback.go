package dsn

import "strings"

// isFeedback reports whether m is a feedback report (RFC 5965), or one of the
// complaints that a provider sends in a form of its own.
func (m *message) isFeedback() bool {
	if strings.EqualFold(param(m.params, "report-type"), "feedback-report") {
		return true
	}
	for i := range m.parts {
		if m.parts[i].typ == "message/feedback-report" {
			return true
		}
		if isOriginalPart(&m.parts[i]) {
			break
		}
	}
	return m.isProviderComplaint()
}

// isProviderComplaint knows complaints without the part that RFC 5965 asks
// for: Microsoft's JMRP, SpamCop, and the older loops of AOL and others.
func (m *message) isProviderComplaint() bool {
	subject := m.header.get("Subject")
	begins := func(words string) bool { return foldPrefix(subject, words) }
	switch {
	case begins("complaint about message from "), begins("[spamcop ("), begins("email feedback report for"), begins("client tos notification"):
		return true
	case begins("fw: complaint"), begins("abuse report"), begins("fbl "), begins("feedback loop"):
		return m.body.has("abuse report", "this is a spam report", "complaint", "feedback loop", "marked as spam", "reported as spam")
	}
	return strings.HasPrefix(m.body.lower, "this is an email abuse report for an email message")
}

// complainedOf are fields of the returned message, or of the report, that name
// the recipient who complained.
var complainedOf = []string{"Original-Rcpt-To", "X-HmXmrOriginalRecipient", "Removal-Recipient", "X-Original-To", "X-Rcpt-To", "Delivered-To"}

// readFeedback reads a feedback report. One about a failed authentication
// (RFC 6591) is a feedback report too; its Feedback-Type says so.
func (m *message) readFeedback(r *Report) {
	r.Kind, r.Format = KindComplaint, "feedback-report"
	about := "Feedback-Type: abuse"
	for i := range m.parts {
		p := &m.parts[i]
		if p.typ != "message/feedback-report" {
			continue
		}
		h, _ := m.in.fields.readHeader(strings.TrimLeft(p.content(), "\n"), p.line)
		if t := h.get("Feedback-Type"); t != "" {
			about = "Feedback-Type: " + t
		}
		if g := h.get("User-Agent"); g != "" {
			r.Generator, _, _ = strings.Cut(lowered(g), "/")
		}
		r.ReportingMTA = hostField(h.get("Reporting-MTA")).Name
		r.complainants(h, p.label(), about)
	}
	if len(r.Recipients) > 0 {
		return
	}
	for i := range m.parts {
		if p := &m.parts[i]; isOriginalPart(p) {
			s := p.body
			if !p.exact() {
				s = decodeTransfer(s, p.encoding)
			}
			h, _ := m.in.fields.readHeader(strings.TrimLeft(s, "\n"), p.line)
			r.complainants(h, p.label(), about)
			if len(r.Recipients) == 0 {
				r.addressees(h, p.label(), about)
			}
			return
		}
	}
}

// complainants adds the recipients that the fields of h name.
func (r *Report) complainants(h header, label, about string) {
	for _, name := range complainedOf {
		for i := range h {
			if !strings.EqualFold(h[i].name, name) {
				continue
			}
			if addr := typedAddress(unfold(h[i].value)); strings.Contains(addr, "@") {
				r.Recipients = append(r.Recipients, Recipient{Final: addr, Diagnostic: about, reply: place{line: h[i].line, part: label, field: h[i].name}})
			}
		}
		if len(r.Recipients) > 0 {
			r.Recipients = dedupe(r.Recipients)
			return
		}
	}
}

// addressees adds whom the message that was complained about went to. A
// feedback report has no other place for them; providers black them out.
func (r *Report) addressees(h header, label, about string) {
	f := h.field("To")
	if f == nil {
		return
	}
	for _, addr := range addressesIn(decodeWords(unfold(f.value))) {
		r.Recipients = append(r.Recipients, Recipient{Final: addr, Diagnostic: about, reply: place{line: f.line, part: label, field: "To"}})
	}
}
