package dsn

import "strings"

// Google Groups answers a post that it does not take in the poster's language.
// It names the group in parentheses or quotation marks, without its domain.

var googleGroupsMarks = []string{"groups.google.com/support", "support.google.com/groups", "support.google.com/a/bin/topic.py", "the google groups team"}

func sniffGoogleGroups(m *message) bool { return m.body.has("google groups", "googlegroups") }

func readGoogleGroups(m *message) []Recipient {
	addrs := addressesIn(m.header.get("X-Failed-Recipients"))
	if len(addrs) == 0 {
		addrs = m.groupNames()
	}
	text, start, end := paragraphAt(m.body.text, 0)
	if strings.IndexByte(text, '\n') < 0 && strings.Contains(text, "@") || len(text) < 40 {
		text, start, _ = paragraphAt(m.body.text, end) // behind the greeting
	}
	out := make([]Recipient, 0, len(addrs))
	for _, addr := range addrs {
		out = append(out, Recipient{Final: addr, Action: "failed", Diagnostic: clip(text), reply: m.body.at(start)})
	}
	return out
}

// groupNames gives the group's address by the name in the text.
func (m *message) groupNames() []string {
	if m.header.field("X-Failed-Recipients") != nil {
		return nil
	}
	for _, quote := range [][2]string{{"(", ")"}, {"「", "」"}, {"（", "）"}, {"\"", "\""}} {
		_, rest, ok := strings.Cut(m.body.text[:min(len(m.body.text), 1500)], quote[0])
		name, _, closed := strings.Cut(rest, quote[1])
		if ok && closed && name != "" && len(name) < 80 && !strings.ContainsAny(name, " \n\t@/") {
			return []string{name + "@googlegroups.com"}
		}
	}
	return []string{""}
}
