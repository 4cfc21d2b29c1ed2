package dsn

import "strings"

// listRefusals are the sentences in which list servers refuse a posting, in
// lower case. Where an address stands behind them it is the list's.
var listRefusals = []string{
	"you are not a member of this mailing list", // fml
	"duplicated message-id in",
	"your mail is rejected for",
	"not allowed to post to this mailing list", // Mailman
	"your message has been automatically rejected",
	"your message was rejected by the list",
	"your message has been rejected, probably because you are not subscribed",
	"posting by non-members to",
	"non-members are not allowed to post",
	"sorry, only subscribers may post",                  // ezmlm
	"message distribution in the list is restricted to", // Sympa
	"you are not authorized to send mail to the",        // LISTSERV
	"sender is not a subscriber of the list",            // ecartis
	"you are not a subscriber to this list, and may not post to it",
}

func refusal(lower string) int {
	for _, s := range listRefusals {
		if n := strings.Index(lower, s); n >= 0 {
			return n
		}
	}
	return -1
}

// readListServer gives the list as the recipient: the address behind the
// sentence, else the one that the sender of the report serves.
func readListServer(m *message) []Recipient {
	b := &m.body
	n := refusal(b.lower)
	if n < 0 || n > 2048 { // the refusal comes first
		return nil
	}
	end := paragraphEnd(b.text, n)
	addr := ""
	if open := strings.IndexByte(b.text[n:end], '<'); open >= 0 {
		addr, _, _ = closedAddress(b.text[n+open:])
	}
	if addr == "" {
		addr = servedList(m.header)
	}
	if addr == "" {
		addr = m.namedBefore(b.text[n:end], " list ")
	}
	if addr == "" {
		return nil
	}
	start := b.lineStart(n)
	if p := strings.LastIndex(b.text[:n], "\n\n"); p >= 0 {
		start = p + 2
	}
	return []Recipient{{Final: addr, Action: "failed", Diagnostic: joinReason(b.text[start:end]), reply: b.at(n)}}
}

// namedBefore gives the list whose name stands in front of a word, as LISTSERV
// has it ("mail to the FOOD-L list from ..."), at the domain of who sent the
// report.
func (m *message) namedBefore(text, word string) string {
	head, _, ok := strings.Cut(joinReason(text), word)
	name := head[strings.LastIndexByte(head, ' ')+1:]
	from, _, _ := nextAddress(m.header.get("From"), 0)
	_, domain, at := strings.Cut(from, "@")
	if !ok || !at || name == "" || strings.ContainsAny(name, "@,;:") || name == "the" || name == "mailing" || name == "this" {
		return ""
	}
	return name + "@" + domain
}

// servedList gives the list whose server sent the message: list-owner@,
// list-bounces@, list-admin@, owner-list@ speak for list@.
func servedList(h header) string {
	if id := h.get("List-Post"); id != "" {
		if n := strings.Index(lowerASCII(id), "mailto:"); n >= 0 {
			if addr, _, ok := bareAddress(id[n+len("mailto:"):]); ok {
				return addr
			}
		}
	}
	from, _, _ := nextAddress(h.get("From"), 0)
	local, domain, ok := strings.Cut(from, "@")
	if !ok {
		return ""
	}
	lower := lowerASCII(local)
	for _, suffix := range []string{"-bounces", "-owner", "-admin", "-request", "-help", "-ctl"} {
		if strings.HasSuffix(lower, suffix) && len(local) > len(suffix) {
			return local[:len(local)-len(suffix)] + "@" + domain
		}
	}
	if strings.HasPrefix(lower, "owner-") && len(local) > len("owner-") {
		return local[len("owner-"):] + "@" + domain
	}
	return ""
}
