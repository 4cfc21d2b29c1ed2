package dsn

import "strings"

// reporterMarks are the words in front of the name of the host that made a
// report, in the introductions of Postfix, qmail and Exim (delay notices).
var reporterMarks = [...]string{"this is the mail system at host ", "this is the postfix program at host ", "qmail-send program at ", " on the queue on "}

// reporter gives the host that the introduction names as the one that made the
// report, or "": a report without a delivery status has nothing else to tell.
func (m *message) reporter() string {
	b := &m.body
	for _, mark := range reporterMarks {
		at := strings.Index(b.lower, mark)
		if at < 0 {
			continue
		}
		name := b.lower[at+len(mark):]
		if end := strings.IndexAny(name, " \t\n"); end >= 0 {
			name = name[:end]
		}
		if h := hostField(strings.TrimRight(name, ".,:")); strings.Contains(h.Name, ".") {
			return h.Name
		}
	}
	return ""
}
