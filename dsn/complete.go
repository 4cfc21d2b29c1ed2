package dsn

import "strings"

// withoutContacts leaves out the postmaster that a list of failed recipients
// names at its end as whom to ask.
func withoutContacts(rcpts []Recipient) []Recipient {
	if len(rcpts) < 2 {
		return rcpts
	}
	out := rcpts[:0:0]
	for i := range rcpts {
		local, _, _ := strings.Cut(lowered(rcpts[i].Final), "@")
		if i > 0 && oneOf(local, []string{"postmaster", "mailer-daemon", "abuse"}) {
			continue
		}
		out = append(out, rcpts[i])
	}
	return out
}

// reasons finds what the text says of recipients whose reason is missing. The
// text is looked through once, and not at all where nothing is missing.
type reasons struct {
	m   *message
	s   *scanner
	all []mention
}

// of gives the reason that stands nearest to the address of recipient c.
func (q *reasons) of(c *Recipient) reason {
	if q.s == nil {
		q.s = q.m.scanner()
		q.all = q.s.mentions()
	}
	mt := mention{row: -1}
	for i := range q.all {
		if strings.EqualFold(q.all[i].addr, c.Final) {
			mt = q.all[i]
			break
		}
	}
	why := q.s.reason(mt, len(q.s.text))
	why.anywhere = why.anywhere || mt.row < 0
	return why
}

// maxScans bounds for how many recipients of one report a reason is looked for
// all over the text.
const maxScans = 100

// complete adds the reason to recipients for which a format found none, or
// only the sentence that every report begins with: what the text says near
// their address, or anywhere.
func (m *message) complete(rcpts []Recipient) []Recipient {
	if len(rcpts) == 1 && rcpts[0].Final == "" {
		if found := m.scan(); len(found) > 0 && !m.guessed {
			return found // the text names one after all
		}
		m.guessed = false
	}
	q := reasons{m: m}
	action, scans := "", 0
	for i := range rcpts {
		c := &rcpts[i]
		if c.Action == "" {
			if action == "" {
				action = m.textAction()
			}
			c.Action = action
		}
		if !c.Reply.IsZero() || c.Diagnostic != "" && !isOpening(c.Diagnostic) || scans >= maxScans {
			continue
		}
		scans++
		if why := q.of(c); c.Diagnostic == "" || specific(why.text) {
			c.Diagnostic, c.reply = why.text, m.whereOf(&why)
		}
	}
	return rcpts
}

// explain adds what the text says to recipients of a delivery status that has
// no Diagnostic-Code for them.
func (m *message) explain(rcpts []Recipient) []Recipient {
	if m.body.has("final-recipient:") {
		return rcpts // the text is the delivery status itself
	}
	q := reasons{m: m}
	scans := 0
	for i := range rcpts {
		c := &rcpts[i]
		if c.Diagnostic != "" || c.Explanation != "" || !c.Reply.IsZero() || m.body.text == "" || scans >= maxScans {
			continue
		}
		scans++
		why := q.of(c)
		if why.anywhere && len(rcpts) > 1 {
			continue // it may be about another one
		}
		at := m.whereOf(&why)
		if strength(why.text) == 3 {
			c.Diagnostic, c.reply = why.text, at
			continue
		}
		c.Explanation, c.explanation = why.text, at
	}
	return rcpts
}
