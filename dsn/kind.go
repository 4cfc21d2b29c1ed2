package dsn

import "strings"

// isFeedback reports whether m is a feedback report (RFC 5965).
func (m *message) isFeedback() bool {
	if f := m.header.field("Content-Type"); f != nil {
		_, params := mediaType(unfold(f.value))
		if strings.EqualFold(param(params, "report-type"), "feedback-report") {
			return true
		}
	}
	for i := range m.parts {
		if m.parts[i].typ == "message/feedback-report" {
			return true
		}
		if isOriginalPart(&m.parts[i]) {
			break
		}
	}
	return false
}

// readFeedback reads a feedback report. Reports of authentication failures
// (RFC 6591) and DMARC reports are no complaints.
func (m *message) readFeedback(r *Report) {
	r.Kind, r.Format = KindComplaint, "feedback-report"
	for i := range m.parts {
		p := &m.parts[i]
		if p.typ != "message/feedback-report" {
			continue
		}
		h, _ := readHeader(strings.TrimLeft(p.content(), "\n"), p.line)
		if t := strings.ToLower(h.get("Feedback-Type")); t == "auth-failure" || t == "dmarc" {
			r.Kind = KindOther
		}
		if g := h.get("User-Agent"); g != "" {
			r.Generator, _, _ = strings.Cut(strings.ToLower(g), "/")
		}
		r.ReportingMTA = hostField(h.get("Reporting-MTA")).Name
		for j := range h {
			if !strings.EqualFold(h[j].name, "Original-Rcpt-To") {
				continue
			}
			r.Recipients = append(r.Recipients, Recipient{
				Final: typedAddress(unfold(h[j].value)), Diagnostic: "Feedback-Type: " + h.get("Feedback-Type"),
				reply: place{line: h[j].line, part: p.label(), field: "Feedback-Type"},
			})
		}
	}
}

// deliveryKind gives the kind of a report on delivery by what happened to its
// recipients: a failure outweighs a delay, a delay a success.
func (m *message) deliveryKind(r *Report) Kind {
	kind := KindSuccess
	if len(r.Recipients) == 0 {
		return KindFailure
	}
	for i := range r.Recipients {
		switch c := &r.Recipients[i]; c.Action {
		case "failed":
			return KindFailure
		case "delayed":
			kind = KindDelay
		case "delivered", "relayed", "expanded":
		default:
			switch c.Status.Class {
			case 4:
				kind = KindDelay
			case 2:
			default:
				return KindFailure
			}
		}
	}
	return kind
}

// otherKind names a message that says nothing about delivery.
func (m *message) otherKind() (kind Kind, format string) {
	switch {
	case m.isReceipt():
		return KindReceipt, "mdn"
	case m.isChallenge():
		return KindChallenge, ""
	case m.isAutoreply():
		return KindAutoreply, ""
	}
	return KindOther, ""
}

// isReceipt reports whether m is a disposition notification (RFC 8098).
func (m *message) isReceipt() bool {
	for i := range m.parts {
		if m.parts[i].typ == "message/disposition-notification" {
			return true
		}
	}
	return false
}

// isAutoreply reports whether m is an automatic answer (RFC 3834 section 5).
func (m *message) isAutoreply() bool {
	if v := strings.ToLower(m.header.get("Auto-Submitted")); strings.HasPrefix(v, "auto-replied") {
		return true
	}
	for _, name := range []string{"X-Autoreply", "X-Autorespond", "X-Autoreply-From", "X-Mail-Autoreply", "X-Vacation"} {
		if v := m.header.get(name); v != "" && !strings.EqualFold(v, "no") {
			return true
		}
	}
	if v := strings.ToLower(m.header.get("Precedence")); v == "auto_reply" || v == "auto-reply" {
		return true
	}
	subject := strings.ToLower(m.header.text("Subject"))
	for _, s := range autoreplySubjects {
		if strings.HasPrefix(subject, s) {
			return true
		}
	}
	return false
}

// autoreplySubjects are how the subjects of automatic answers begin, in lower
// case.
var autoreplySubjects = []string{"auto:", "autoreply", "auto reply", "auto-reply", "automatic reply", "out of office", "out of the office", "vacation"}

// isChallenge reports whether m asks its sender to prove to be a person.
func (m *message) isChallenge() bool { return false }

// reportSenders are local parts and names that reports are sent from.
var reportSenders = []string{"mailer-daemon", "mailer_daemon", "maildaemon", "mail-daemon", "mailerdaemon", "postmaster", "mail delivery", "delivery subsystem", "mail system", "mdaemon", "bounce", "system administrator"}

// reportSubjects are words that the subjects of reports have, in lower case.
var reportSubjects = []string{
	"undeliver", "not delivered", "could not be delivered", "couldn't be delivered", "returned mail", "mail returned", "returned to sender", "return to sender",
	"delivery failure", "delivery failed", "delivery status", "delivery notification", "delivery error", "delivery problem", "failure notice", "mail failure", "failed mail",
	"message delayed", "delayed mail", "delivery report", "non-delivery", "nondeliver", "nondelivery", "non remis", "unzustellbar", "returning message", "mail delivery", "user unknown", "mail error", "bounce",
	"rejected", "blocked", "warning: could not send", "message status", "message undeliverable",
}

// looksLikeReport reports whether sender, envelope or subject are those of a
// report, so that it is worth scanning the text.
func (m *message) looksLikeReport() bool {
	if m.bare {
		return true
	}
	if strings.TrimSpace(m.header.get("Return-Path")) == "<>" {
		return true
	}
	from := strings.ToLower(m.header.text("From"))
	for _, s := range reportSenders {
		if strings.Contains(from, s) {
			return true
		}
	}
	if m.header.field("X-Failed-Recipients") != nil {
		return true
	}
	if f := m.header.field("Content-Type"); f != nil && strings.Contains(strings.ToLower(f.value), "multipart/report") {
		return true
	}
	subject := strings.ToLower(m.header.text("Subject"))
	for _, s := range reportSubjects {
		if strings.Contains(subject, s) {
			return true
		}
	}
	return false
}

// generator names the product that made the report, as its header tells, or "".
func (m *message) generator() string { return "" }
