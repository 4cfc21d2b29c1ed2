package dsn

import (
	"cmp"
	"strings"

	"github.com/smtpdiag/smtpdiag/smtp"
)

// format is one form of text report. Each has a file of its own,
// format_NAME.go, and one line in the table.
type format struct {
	// name is Report.Format, and generator the product where the form is that
	// of one product only.
	name      string
	generator string
	// marks are phrases in lower case of at least four bytes, one of which
	// occurs in every report of the form, at the start of a word. All marks of
	// all forms are looked for in one walk over the text. nil means that sniff
	// alone decides.
	marks []string
	// sniff reports whether the message is surely or likely of this form. It
	// must be cheap where the form has no marks: it runs for every message.
	// nil means that the marks are enough.
	sniff func(m *message) bool
	// read gives the recipients that the text names, with Final and Diagnostic
	// filled in, and Action, Reply, Remote, Stage and Status where the text
	// tells them apart. It gives none where the form does not fit after all.
	read func(m *message) []Recipient
}

// mayReport reports whether a message may be a report, so that a form that
// others use too is worth trying: it looks like one, or is only pasted text.
func (m *message) mayReport() bool { return m.bare || m.looksLikeReport() }

// readText reads the text by the first format that fits. It gives no format
// where none does.
func (m *message) readText() (*format, []Recipient) {
	if m.body.text == "" {
		return nil, nil
	}
	var seen formatSet
	formatMarks().find(m.body.lower, &seen)
	for i := range formats {
		f := &formats[i]
		if f.marks != nil && !seen.has(i) || f.sniff != nil && !f.sniff(m) {
			continue
		}
		if rcpts := f.read(m); len(rcpts) > 0 {
			return f, rcpts
		}
	}
	return nil, nil
}

// merge adds to each recipient of the delivery status what the text tells of
// it. The delivery status decides who failed; the text often has the reply in
// full, the host and the stage.
func merge(rcpts, text []Recipient) []Recipient {
	if len(text) == 0 {
		return rcpts
	}
	if len(rcpts) == 1 && len(text) == 1 { // both name only one: it is the same
		rcpts[0].mergeText(&text[0])
		rcpts[0].Final = cmp.Or(rcpts[0].Final, text[0].Final)
		return rcpts
	}
	byAddress := make(map[string]int, len(text))
	for i := range text {
		if key := lowered(text[i].Final); key != "" && byAddress[key] == 0 {
			byAddress[key] = i + 1
		}
	}
	for i := range rcpts {
		r := &rcpts[i]
		n := byAddress[lowered(r.Final)]
		if n == 0 {
			n = byAddress[lowered(r.Original)]
		}
		if n > 0 {
			r.mergeText(&text[n-1])
		}
	}
	return rcpts
}

// mergeText adds to r what the text tells in t.
func (r *Recipient) mergeText(t *Recipient) {
	r.quoted()
	t.quoted()
	switch {
	case r.Reply.Code == 0 && (t.Reply.Code != 0 || r.Diagnostic == ""):
		r.Reply, r.reply = t.Reply, t.reply
		if r.Diagnostic == "" {
			r.Diagnostic = t.Diagnostic
		}
	case r.Reply.Code == t.Reply.Code && len(t.Reply.String()) > len(r.Reply.String()):
		r.Reply = t.Reply // the delivery status has only its first line
	}
	if t.Stage != smtp.StageUnknown {
		r.Stage = t.Stage // the text's words are about the dialogue, those of a diagnostic may be about the reply
	}
	if r.Remote == (Host{}) {
		r.Remote, r.remote = t.Remote, t.remote
	} else if r.Remote.IP == "" && strings.EqualFold(r.Remote.Name, t.Remote.Name) {
		r.Remote.IP = t.Remote.IP
	}
	if r.Status.IsZero() {
		r.Status, r.status = t.Status, t.status
	}
	if t.Action == "failed" && r.Action == "delayed" {
		r.Action = t.Action // the queue's lifetime is over, whatever the field says
	}
	if r.Explanation == "" {
		r.Explanation, r.explanation = t.Explanation, t.explanation
		if r.Explanation == "" && t.Diagnostic != r.Diagnostic {
			r.Explanation, r.explanation = t.Diagnostic, t.reply
		}
	}
}
