package dsn

import "strings"

// The DragonFly Mail Agent names one recipient in a sentence and tells the
// reason in the paragraph below.
var dmaMarks = []string{"dragonfly mail agent", "there was an error delivering your mail to <"}

func readDMA(m *message) []Recipient {
	b := &m.body
	const mark = "delivering your mail to "
	n := strings.Index(b.lower, mark)
	if n < 0 {
		return nil
	}
	addr, _, ok := leadAddress(b.text[n+len(mark) : b.lineFrom(n).end])
	if !ok {
		if addr = localRecipient(strings.TrimRight(b.text[n+len(mark):b.lineFrom(n).end], ". ")); addr == "" {
			return nil
		}
	}
	from := b.lineFrom(n).next
	to := len(b.text)
	for _, end := range []string{"\nmessage headers follow", "\noriginal message follows"} {
		to = min(to, b.find(from, end))
	}
	r := m.recipient(entry{addr: addr, at: n, from: from, to: to})
	r.Action = "failed"
	return []Recipient{r}
}
