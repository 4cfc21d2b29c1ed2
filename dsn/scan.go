package dsn

import (
	"strings"

	"github.com/smtpdiag/smtpdiag/smtp"
)

// scanFormat is what reads the text where no format fits.
var scanFormat = format{name: "scan"}

// scan looks for addresses near a reply or a reason.
func (m *message) scan() []Recipient {
	var out []Recipient
	text := m.body.text
	skip := strings.ToLower(m.header.get("From") + " " + m.header.get("To"))
	for pos := 0; pos < len(text); {
		addr, at, next := nextAddress(text, pos)
		if addr == "" {
			break
		}
		pos = next
		if strings.Contains(skip, strings.ToLower(addr)) {
			continue
		}
		reason := around(text, at)
		r := Recipient{Final: addr, Diagnostic: reason, reply: m.body.at(at)}
		if q := smtp.ParseQuoted(reason); !q.Reply.IsZero() {
			r.Diagnostic = reason
		}
		out = append(out, r)
		if len(out) >= 1000 {
			break
		}
	}
	return out
}

// around gives the paragraph in which the byte at stands, and the next one.
func around(text string, at int) string {
	start := max(0, strings.LastIndex(text[:at], "\n\n"))
	end := len(text)
	if n := strings.Index(text[at:], "\n\n"); n >= 0 {
		end = at + n
		if k := strings.Index(text[end+2:], "\n\n"); k >= 0 {
			end += 2 + k
		} else {
			end = len(text)
		}
	}
	return strings.TrimSpace(text[start:min(end, start+2000)])
}

// nextAddress finds the next mail address in text from pos on.
func nextAddress(text string, pos int) (addr string, at, next int) {
	for pos < len(text) {
		i := strings.IndexByte(text[pos:], '@')
		if i < 0 {
			return "", 0, len(text)
		}
		i += pos
		start := i
		for start > 0 && isLocalByte(text[start-1]) {
			start--
		}
		end := i + 1
		for end < len(text) && isDomainByte(text[end]) {
			end++
		}
		host := strings.TrimRight(text[i+1:end], ".-")
		local := strings.TrimLeft(text[start:i], ".'")
		if local != "" && strings.Contains(host, ".") {
			return local + "@" + host, i - len(local), end
		}
		pos = i + 1
	}
	return "", 0, len(text)
}

func isLocalByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("!#$%&'*+-/=?^_`{|}~.", c) >= 0 || c >= 0x80
}

func isDomainByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_' || c >= 0x80
}
