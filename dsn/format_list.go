package dsn

import "strings"

// listIntro is a sentence above a list of recipients.
type listIntro struct {
	words string // in lower case
	name  string // of the format
	// action is what became of them: "" where the text around decides.
	action string
}

// listIntros are the sentences of products that put the recipients in a list
// below one, and the reason beside each or in a paragraph of its own.
var listIntros = []listIntro{
	{"the following addresses failed", "list", "failed"},
	{"failed addresses follow", "smail", "failed"},
	{"the following addresses had delivery errors", "list", "failed"},
	{"the following address(es) failed", "list", "failed"},
	{"delivery to the following recipients failed permanently", "list", "failed"},
	{"delivery to the following recipient failed permanently", "list", "failed"},
	{"delivery to the following recipients failed", "list", "failed"},
	{"delivery to the following recipient failed", "list", "failed"},
	{"delivery to the following recipients was aborted", "list", "failed"},
	{"delevery to the following recipients was aborted", "list", "failed"},
	{"delivery to the following recipients has been delayed", "list", "delayed"},
	{"delivery to the following recipient has been delayed", "list", "delayed"},
	{"unable to deliver message to the following address", "list", "failed"},
	{"unable to deliver message to the following recipient", "list", "failed"},
	{"unable to deliver your message to the following", "list", "failed"},
	{"unable to deliver to the following", "list", "failed"},
	{"could not deliver your message to the following", "list", "failed"},
	{"could not be delivered to the following", "list", "failed"},
	{"could not be delivered to these", "list", "failed"},
	{"cannot be delivered to the following", "list", "failed"},
	{"can't be delivered to the following", "list", "failed"},
	{"was not delivered to the following", "list", "failed"},
	{"were not delivered to the following", "list", "failed"},
	{"was not delivered to:", "list", "failed"},
	{"not been delivered to the following", "list", ""},
	{"has not been delivered to", "list", ""},
	{"did not reach the following recipient", "list", "failed"},
	{"could not be sent to the following", "list", "failed"},
	{"the following recipients could not be reached", "list", "failed"},
	{"the following recipient(s) could not be reached", "list", "failed"},
	{"the following recipient could not be reached", "list", "failed"},
	{"the following recipients were rejected", "list", "failed"},
	{"the following recipients failed", "list", "failed"},
	{"the following recipients have failed", "list", "failed"},
	{"the following recipients were not", "list", "failed"},
	{"the following recipients have not yet received", "list", "delayed"},
	{"the following users did not receive", "list", "failed"},
	{"the following addresses were undeliverable", "list", "failed"},
	{"the following addresses were rejected", "list", "failed"},
	{"the following addresses are invalid", "list", "failed"},
	{"the following addresses did not receive", "list", "failed"},
	{"the following address(es) had", "list", "failed"},
	{"the following email address could not be reached", "list", "failed"},
	{"the following email addresses could not be reached", "list", "failed"},
	{"was undeliverable to the following", "list", "failed"},
	{"undeliverable to the following", "list", "failed"},
	{"here is your list of failed recipients", "list", "failed"},
	{"list of failed recipients", "list", "failed"},
	{"list of undeliverable addresses", "list", "failed"},
	{"the email below could not be delivered to the following user", "list", "failed"},
	{"message could not be delivered to", "list", "failed"},
	{"message cannot be delivered to", "list", "failed"},
	{"to the following address(es) could not be delivered", "list", "failed"},
	{"to the following addresses could not be delivered", "list", "failed"},
	{"to the following recipients could not be delivered", "list", "failed"},
	{"to the following recipients cannot be delivered", "list", "failed"},
	{"wasn't able to deliver your message to the following", "list", "failed"},
	{"was unable to deliver your message to the following", "list", "failed"},
	{"the affected recipients", "powermta", ""},
	{"following recipients were affected", "list", "failed"},
	{"an error occurred while delivering", "list", "failed"},
	{"the message was not relayed to", "list", "failed"},
	{"following recipients:", "list", ""},
	{"following addresses:", "list", ""},
	{"following recipient:", "list", ""},
	{"following address:", "list", ""},
}

func sniffList(m *message) bool {
	return m.looksLikeReport() && (m.body.has("follow", "recipients", "delivered to", "deliver"))
}

func readList(m *message) []Recipient {
	b := &m.body
	for i := range listIntros {
		in := &listIntros[i]
		n := strings.Index(b.lower, in.words)
		if n < 0 {
			continue
		}
		start := introEnd(b.text, n)
		entries := b.entries(start, len(b.text), listEnds)
		if len(entries) == 0 || tooFar(b, start, entries[0].at) {
			continue
		}
		return m.listRecipients(in, entries, n)
	}
	return nil
}

// listEnds reports whether a line ends a list of recipients.
func listEnds(line string, _ span) bool {
	return strings.HasPrefix(line, "----")
}

// tooFar reports whether an address stands too far from the sentence to belong
// to it.
func tooFar(b *body, from, at int) bool {
	return strings.Count(b.text[from:max(from, at)], "\n") > 3
}

// listRecipients makes recipients of the entries; those with no reason of their
// own get the one of the text around.
func (m *message) listRecipients(in *listIntro, entries []entry, intro int) []Recipient {
	b := &m.body
	var out []Recipient
	action := in.action
	if action == "" {
		action = listAction(b)
	}
	for _, e := range entries {
		end := e.to
		if p := paragraphEnd(b.text, e.from); p < end {
			end = p
		}
		head := e
		head.to = end
		r := m.recipient(head)
		if len(r.Diagnostic) < 4 && e.to > end {
			e.from = end // the reason stands in a paragraph behind
			if p := strings.TrimSpace(b.text[e.from:e.to]); p != "" {
				r = m.recipient(e)
			}
		}
		r.Action = action
		out = append(out, r)
	}
	shared, at := "", intro
	if last := &out[len(out)-1]; len(last.Diagnostic) >= 4 {
		shared, at = last.Diagnostic, entries[len(entries)-1].from
	} else {
		at = b.lineStart(intro)
		if p := strings.LastIndex(b.text[:at], "\n\n"); p >= 0 && strings.TrimSpace(b.text[p:at]) == "" {
			at = p
		}
		shared = joinReason(b.text[at:paragraphEnd(b.text, intro)])
	}
	for i := range out {
		if len(out[i].Diagnostic) < 4 {
			out[i].Diagnostic, out[i].reply = shared, b.at(at)
		}
	}
	return out
}

func listAction(b *body) string {
	if b.has("not yet", "will continue", "delayed", "will keep trying", "still trying", "no action is required", "do not need to resend", "no need to resend") && !b.has("giving up", "given up", "no longer", "will not continue", "failed permanently", "permanent") {
		return "delayed"
	}
	return "failed"
}
