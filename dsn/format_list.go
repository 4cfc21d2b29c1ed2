package dsn

import (
	"strings"
	"sync"
)

// listIntro is a sentence above a list of recipients.
type listIntro struct {
	words string // in lower case
	name  string // of the format
	// action is what became of them: "" where the text around decides.
	action string
	// local says that names without a domain may stand in the list.
	local bool
}

// listIntros are the sentences of products that put the recipients in a list
// below one, and the reason beside each or in a paragraph of its own.
var listIntros = []listIntro{
	{"the following addresses failed", "list", "failed", false},
	{"failed addresses follow", "smail", "failed", true},
	{"message not delivered to the following", "list", "failed", true},
	{"the following addresses had delivery errors", "list", "failed", false},
	{"the following address(es) failed", "list", "failed", false},
	{"delivery to the following recipients failed permanently", "list", "failed", false},
	{"delivery to the following recipient failed permanently", "list", "failed", false},
	{"delivery to the following recipients failed", "list", "failed", false},
	{"delivery to the following recipient failed", "list", "failed", false},
	{"delivery to the following recipients was aborted", "list", "failed", false},
	{"delevery to the following recipients was aborted", "list", "failed", false},
	{"delivery to the following recipients has been delayed", "list", "delayed", false},
	{"delivery to the following recipient has been delayed", "list", "delayed", false},
	{"unable to deliver message to the following address", "list", "failed", false},
	{"unable to deliver message to the following recipient", "list", "failed", false},
	{"unable to deliver your message to the following", "list", "failed", false},
	{"unable to deliver to the following", "list", "failed", false},
	{"could not deliver your message to the following", "list", "failed", false},
	{"could not be delivered to the following", "list", "failed", false},
	{"could not be delivered to these", "list", "failed", false},
	{"cannot be delivered to the following", "list", "failed", false},
	{"can't be delivered to the following", "list", "failed", false},
	{"was not delivered to the following", "list", "failed", false},
	{"were not delivered to the following", "list", "failed", false},
	{"was not delivered to:", "list", "failed", false},
	{"not been delivered to the following", "list", "", false},
	{"has not been delivered to", "list", "", false},
	{"did not reach the following recipient", "list", "failed", false},
	{"could not be sent to the following", "list", "failed", false},
	{"the following recipients could not be reached", "list", "failed", false},
	{"the following recipient(s) could not be reached", "list", "failed", false},
	{"the following recipient could not be reached", "list", "failed", false},
	{"the following recipients were rejected", "list", "failed", false},
	{"the following recipients failed", "list", "failed", false},
	{"the following recipients have failed", "list", "failed", false},
	{"the following recipients were not", "list", "failed", false},
	{"the following recipients have not yet received", "list", "delayed", false},
	{"the following users did not receive", "list", "failed", false},
	{"the following addresses were undeliverable", "list", "failed", false},
	{"the following addresses were rejected", "list", "failed", false},
	{"the following addresses are invalid", "list", "failed", false},
	{"the following addresses did not receive", "list", "failed", false},
	{"the following address(es) had", "list", "failed", false},
	{"the following email address could not be reached", "list", "failed", false},
	{"the following email addresses could not be reached", "list", "failed", false},
	{"was undeliverable to the following", "list", "failed", false},
	{"undeliverable to the following", "list", "failed", false},
	{"here is your list of failed recipients", "list", "failed", false},
	{"list of failed recipients", "list", "failed", false},
	{"list of undeliverable addresses", "list", "failed", false},
	{"the email below could not be delivered to the following user", "list", "failed", false},
	{"message could not be delivered to", "list", "failed", false},
	{"message cannot be delivered to", "list", "failed", false},
	{"to the following address(es) could not be delivered", "list", "failed", false},
	{"to the following addresses could not be delivered", "list", "failed", false},
	{"to the following recipients could not be delivered", "list", "failed", false},
	{"to the following recipients cannot be delivered", "list", "failed", false},
	{"wasn't able to deliver your message to the following", "list", "failed", false},
	{"was unable to deliver your message to the following", "list", "failed", false},
	{"the affected recipients", "powermta", "", false},
	{"following recipients were affected", "list", "failed", false},
	{"an error occurred while delivering", "list", "failed", false},
	{"the message was not relayed to", "list", "failed", false},
	{"the following errors occurred when trying to deliver", "list", "failed", false},
	{"able to deliver your message to", "list", "failed", false},
	{"following recipients:", "list", "", false},
	{"following addresses:", "list", "", false},
	{"following recipient:", "list", "", false},
	{"following address:", "list", "", false},
}

var listMarks = func() []string {
	marks := make([]string, len(listIntros))
	for i := range listIntros {
		marks[i] = listIntros[i].words
	}
	return marks
}()

// listIndex finds the sentences. It is built on first use.
var listIndex = sync.OnceValue(func() *anchors { return indexed(listMarks) })

func sniffList(m *message) bool { return m.mayReport() }

func readList(m *message) []Recipient {
	b := &m.body
	for i, n := range listIndex().firsts(b.lower) {
		if n < 0 {
			continue
		}
		in := &listIntros[i]
		start := introEnd(b.text, n)
		entries := b.entries(start, len(b.text), listEnds)
		if len(entries) == 0 && in.local {
			entries = b.localEntries(start)
		}
		if len(entries) == 0 || tooFar(b, start, entries[0].at) {
			continue
		}
		return m.listRecipients(in, entries, n)
	}
	return nil
}

// localEntries reads lines of a name without a domain and, some blanks behind
// it, the reason.
func (b *body) localEntries(pos int) []entry {
	var out []entry
	for pos < len(b.text) {
		s := b.lineFrom(pos)
		pos = s.next
		line := b.words(s)
		if line == "" {
			if len(out) > 0 {
				return out
			}
			continue
		}
		name, rest, ok := strings.Cut(line, "  ")
		if !ok || strings.ContainsAny(name, " \t:") || len(name) > 64 || len(out) >= maxEntries {
			return out
		}
		out = append(out, entry{addr: name, at: s.start, from: s.end - len(rest), to: s.end})
	}
	return out
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
	switch {
	case action == "":
		action = m.listAction()
	case action == "failed" && !strings.Contains(in.words, "fail") && m.textAction() == "delayed":
		action = "delayed"
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
	var shared string
	var at int
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
		if out[i].Explanation == "" && strength(out[i].Diagnostic) < 2 {
			if why := m.scanner().best(); strength(why.text) >= 2 {
				out[i].Explanation, out[i].explanation = why.text, b.at(why.at)
			}
		}
	}
	return out
}

func (m *message) listAction() string {
	b := &m.body
	if m.textAction() == "delayed" || b.has("not yet", "will continue", "delayed", "will keep trying", "still trying", "no action is required", "do not need to resend", "no need to resend") && !b.has("giving up", "given up", "no longer", "will not continue", "failed permanently", "permanent") {
		return "delayed"
	}
	if successPhrases.in(b.lower) && !containsAny(b.lower, reallyFailed) {
		return "delivered"
	}
	return "failed"
}
