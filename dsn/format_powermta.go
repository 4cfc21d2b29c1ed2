package dsn

import "strings"

// PowerMTA lists each recipient with one of a few sentences; the reason is in
// the delivery status beside it.
//
//	<user@example.com>  delivery failed; will not continue trying

var powerMTAMarks = []string{"inform you on the delivery status of a", "delivery failed; will not continue trying", "delivery not yet successful; still trying"}

func readPowerMTA(m *message) []Recipient {
	b := &m.body
	var out []Recipient
	for _, e := range b.entries(0, len(b.text), nil) {
		c := m.recipient(e)
		lower := lowerASCII(c.Diagnostic)
		switch {
		case strings.Contains(lower, "failed"), strings.Contains(lower, "will not continue"):
			c.Action = "failed"
		case strings.Contains(lower, "still trying"), strings.Contains(lower, "delayed"):
			c.Action = "delayed"
		case strings.Contains(lower, "relayed"):
			c.Action = "relayed"
		case strings.Contains(lower, "expanded"):
			c.Action = "expanded"
		case strings.Contains(lower, "deliver"):
			c.Action = "delivered"
		default:
			continue
		}
		out = append(out, c)
	}
	return out
}
