package dsn

import "strings"

// Notes and Domino say in each language: your message, its subject, was not
// delivered to these recipients, because. The titles end with a colon:
//
//	was not delivered to:
//
//	  user@example.com
//
//	because:
//
//	  User Some One (user@example.com) not listed in Domino Directory
//
// The SMTP agent of Notes 4 puts the reasons above the addresses:
//
//	------- Failure Reasons  --------
//
//	User not listed in public Name & Address Book
//	user@example.com

var dominoMarks = []string{"failure reasons", "was not delivered to:", "domino directory", "public name & address book", "domino-verzeichnis", "notes.nsf"}

// sniffDominoSubject knows a report by its subject, which is English whatever
// the language of the text.
func sniffDominoSubject(m *message) bool {
	f := m.header.field("Subject")
	return f != nil && foldPrefix(unfold(f.value), "delivery failure:")
}

func readDomino(m *message) []Recipient {
	if n := m.body.after("-- failure reasons"); n >= 0 {
		return m.notesReasons(n)
	}
	text, rows := m.body.text, m.body.rows()
	// The title above the recipients is the first line that ends with a colon
	// and is followed by lines that are indented.
	var out []Recipient
	for i := 0; i+2 < len(rows); i++ {
		if !isTitle(text, rows, i) {
			continue
		}
		next := nextTitle(text, rows, i+1)
		if next < 0 {
			break
		}
		why, at := m.dominoReason(rows, next)
		for j := i + 1; j < next && len(out) < maxEntries; j++ {
			line := text[rows[j].start:rows[j].end]
			if line == "" || why == "" {
				continue
			}
			addr, _, ok := leadAddress(line)
			if !ok {
				if addr = notesName(line); addr == "" {
					continue
				}
			}
			out = append(out, Recipient{Final: addr, Diagnostic: why, Action: m.textAction(), reply: at})
		}
		break
	}
	return m.withAddresses(out)
}

// isTitle reports whether line i ends with a colon and holds no value.
func isTitle(text string, rows []textRow, i int) bool {
	line := text[rows[i].start:rows[i].end]
	return len(line) > 2 && len(line) < 120 && (strings.HasSuffix(line, ":") || strings.HasSuffix(line, "：")) && !strings.Contains(line, "@")
}

func nextTitle(text string, rows []textRow, i int) int {
	for ; i < len(rows); i++ {
		if isTitle(text, rows, i) {
			return i
		}
	}
	return -1
}

// dominoReason gives the paragraph below the title at line i.
func (m *message) dominoReason(rows []textRow, i int) (string, place) {
	s, start, _ := paragraphAt(m.body.text, rows[i].end)
	return joinReason(s), m.body.at(start)
}

// notesName reads a hierarchical name such as "CN=Some One/OU=Sales/O=Example"
// or "Some One/Example@Example".
func notesName(line string) string {
	if len(line) < 200 && (strings.Contains(line, "/O=") || strings.Contains(line, "CN=") || strings.Contains(line, "/") && strings.Contains(line, "@")) {
		return line
	}
	return ""
}

// notesReasons reads pairs of a reason and the addresses below it.
func (m *message) notesReasons(start int) []Recipient {
	end := len(m.body.text)
	for _, mark := range []string{"-- returned message", "-- returned header"} {
		end = min(end, m.body.find(start, mark))
	}
	var out []Recipient
	why, at, fresh := "", place{}, false
	for pos := start; pos < end; {
		s := m.body.lineFrom(pos)
		pos = s.next
		line := m.body.words(s)
		if strings.Trim(line, "- ") == "" {
			continue
		}
		if addr, ok := loneAddress(line); ok {
			out = append(out, Recipient{Final: addr, Diagnostic: why, Action: "failed", reply: at})
			fresh = false
			continue
		}
		if fresh {
			why += "\n" + line
		} else {
			why, at, fresh = line, m.body.at(s.start), true
		}
	}
	return out
}
