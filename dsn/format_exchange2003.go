package dsn

import "strings"

// Exchange up to 2003 names each recipient with the time, and tells the reason
// in the lines below, in the language of the server. What is in angle brackets
// at the end is the same in all:
//
//	user@example.com on 1/4/2026 9:42 AM
//	      The e-mail account does not exist at the organization this message was sent to.
//	      <mail.example.com #5.1.1 smtp;550 5.1.1 User unknown>
//
// Version 5.5 has MTS-ID and MSEXCH lines in place of it. A recipient may be a
// display name alone; then the message that it was in tells the address.

var exchange2003Marks = []string{
	"msexch:", "mts-id", "following recipient(s) could not be reached", "did not reach the following recipient",
	"#5.0.", "#5.1.", "#5.2.", "#5.3.", "#5.4.", "#5.5.", "#5.6.", "#5.7.", "#4.0.", "#4.2.", "#4.3.", "#4.4.", "#4.7.",
}

// sniffExchange2003 tells Exchange's "<mail.example.com #5.1.1>" from the
// "(#5.1.1)" of others.
func sniffExchange2003(m *message) bool {
	return m.body.has("msexch:", "mts-id", "following recipient(s) could not be reached", "did not reach the following recipient") || hashMark(m.body.lower) >= 0
}

// hashMark gives the offset of the "#5.1.1" in "<mail.example.com #5.1.1",
// or -1.
func hashMark(lower string) int {
	for pos := 0; ; {
		n := strings.IndexByte(lower[pos:], '#')
		if n < 0 {
			return -1
		}
		n += pos
		pos = n + 1
		if n+6 > len(lower) || (lower[n+1] != '4' && lower[n+1] != '5') || lower[n+2] != '.' {
			continue
		}
		if open := strings.LastIndexByte(lower[max(0, n-100):n], '<'); open >= 0 && !strings.ContainsAny(lower[max(0, n-100)+open:n], ">\n@") {
			return n
		}
	}
}

func readExchange2003(m *message) []Recipient {
	text, rows := m.body.text, m.body.rows()
	var out []Recipient
	for i := 0; i < len(rows); i++ {
		name, ok := timedRecipient(text[rows[i].start:rows[i].end])
		if !ok {
			continue
		}
		last := i
		for j := i + 1; j < len(rows); j++ {
			if rows[j].start == rows[j].end {
				if last > i {
					break // the paragraph below the recipient is over
				}
				continue
			}
			if _, again := timedRecipient(text[rows[j].start:rows[j].end]); again {
				break
			}
			last = j
		}
		if last == i {
			continue
		}
		c := Recipient{Final: name, Diagnostic: clip(joinReason(text[rows[i+1].start:rows[last].end])), Action: m.textAction(), reply: m.body.at(rows[i+1].start)}
		c.Status, c.status = hashStatus(c.Diagnostic), c.reply
		out = append(out, c)
		i = last
	}
	return m.withAddresses(out)
}

// timedRecipient reads "user@example.com on 1/4/2026 9:42 AM": an address or a
// name, then a word, then a date with a time.
func timedRecipient(line string) (name string, ok bool) {
	if !hasClock(line) || len(line) > 300 {
		return "", false
	}
	if addr, rest, isAddr := leadAddress(line); isAddr {
		return addr, hasClock(rest) && !strings.HasPrefix(strings.TrimLeft(rest, " "), ":")
	}
	if n := strings.Index(lowerASCII(line), "smtp="); n >= 0 { // an X.400 address around it
		addr, _, _ := nextAddress(line, n)
		return addr, addr != ""
	}
	if n := strings.IndexByte(line, ':'); n >= 0 && n < len(line)-1 && (line[n+1] == ' ' || line[n+1] == '\t') {
		return "", false // "Sent: 1/4/2026 9:42"
	}
	if line[0] == '\'' || line[0] == '"' {
		if n := strings.IndexByte(line[1:], line[0]); n > 0 {
			return line[1 : n+1], true
		}
	}
	for _, word := range []string{" on ", " am ", " le ", " el ", " il ", " op ", " em ", " dnia ", " on: ", " в ", " den ", " dne ", " a ", " tarihinde "} {
		if n := strings.Index(line, word); n > 0 && n < 80 && startsDate(line[n+len(word):]) {
			return strings.Trim(line[:n], "'\" "), true
		}
	}
	return "", false
}

// hasClock reports whether a time such as 9:42 stands in s.
func hasClock(s string) bool {
	for i := 1; i+2 < len(s); i++ {
		if s[i] == ':' && isDigitByte(s[i-1]) && isDigitByte(s[i+1]) && isDigitByte(s[i+2]) {
			return true
		}
	}
	return false
}

func isDigitByte(c byte) bool { return c >= '0' && c <= '9' }

// startsDate reports whether a date begins near the start of s: a digit, or
// the name of a day in front of one.
func startsDate(s string) bool {
	for i := 0; i < len(s) && i < 16; i++ {
		if isDigitByte(s[i]) {
			return true
		}
	}
	return false
}

// withAddresses gives recipients that are display names the address that the
// message was for, where there is but one.
func (m *message) withAddresses(rcpts []Recipient) []Recipient {
	if len(rcpts) != 1 || strings.Contains(rcpts[0].Final, "@") {
		return rcpts
	}
	s := m.scanner()
	to := s.to
	if len(to) == 0 {
		for _, r := range s.rows {
			line := s.text[r.start:r.end]
			if name, value := headerLine(line); name == "To" {
				to = addressesIn(value)
				break
			}
		}
	}
	if len(to) == 1 {
		rcpts[0].Original = rcpts[0].Final
		rcpts[0].Final = to[0]
	}
	return rcpts
}
