package dsn

import (
	"strings"

	"github.com/smtpdiag/smtpdiag/smtp"
)

// Google's older reports are a text with the recipient on a line of its own and
// the details below; the newer ones begin with a title between asterisks and
// name the recipient in a sentence. Both are written in the sender's language,
// so links and X-Failed-Recipients tell them apart.

var gmailMarks = []string{
	"google tried to deliver your message", "technical details of permanent failure", "technical details of temporary failure", "delivery to the following recipient failed permanently", "delivery to the following recipients failed permanently", "delivery to the following recipient has been delayed",
	"support.google.com/mail", "mail.google.com/support", "support.google.com/a/", "google.com/mail/answer",
}

// sniffGmail tells Google's reports from those of systems that copied the
// words or the links.
func sniffGmail(m *message) bool {
	return strings.HasPrefix(strings.TrimLeft(m.body.text, " \t\n"), "**") || m.body.has("google tried to deliver your message") || m.fromGoogle() || m.bare && !m.body.has("support.google.com")
}

// sniffGmailHeader knows a report by its header, whatever its language.
func sniffGmailHeader(m *message) bool {
	return m.header.field("X-Failed-Recipients") != nil && m.fromGoogle()
}

// fromGoogle reports whether the sender is Google's mail system.
func (m *message) fromGoogle() bool {
	from := lowered(m.header.get("From"))
	return strings.Contains(from, "mailer-daemon@google") || strings.Contains(from, "mail-noreply@google")
}

func readGmail(m *message) []Recipient {
	b := &m.body
	details := b.behind("technical details of permanent failure:", "technical details of temporary failure:", "technical details of failure:")
	if details < 0 {
		details = m.gmailReply()
	}
	head := len(b.text)
	if details >= 0 {
		head = details
	}
	addrs := addressesIn(m.header.get("X-Failed-Recipients"))
	s := m.scanner()
	if len(addrs) == 0 {
		for _, mt := range s.choose(s.mentions()) {
			if mt.at < head || details < 0 {
				addrs = append(addrs, mt.addr)
			}
		}
	}
	if len(addrs) == 0 {
		return nil
	}
	why := reason{}
	if details >= 0 {
		why.at = details
		end := paragraphsEnd(b.text, details, "----- original message")
		why.text = joinReason(b.text[details:end])
	} else {
		why = s.reason(mention{row: -1}, len(b.text))
	}
	out := make([]Recipient, 0, len(addrs))
	for _, addr := range addrs {
		c := Recipient{Final: addr, Diagnostic: why.text, Action: m.textAction(), reply: b.at(why.at)}
		c.gmailDetails()
		out = append(out, c)
	}
	return out
}

// gmailReply gives the offset of the reply in a report of the newer form: the
// first paragraph that begins with a reply code, else the one behind the line
// that announces the response, which is the last one that ends with a colon.
func (m *message) gmailReply() int {
	text := m.body.text
	announced := -1
	for pos := 0; pos < len(text); {
		s, start, end := paragraphAt(text, pos)
		if s == "" {
			break
		}
		if _, _, rest, ok := smtp.CutCode(s); ok && s[0] >= '4' && rest != "" {
			return start
		}
		if strings.HasSuffix(s, ":") || strings.HasSuffix(s, "：") {
			announced = end
		}
		pos = end
	}
	return announced
}

// paragraphsEnd gives where the text from pos on ends: at the mark, in lower
// case, or at its end.
func paragraphsEnd(text string, pos int, mark string) int {
	if n := strings.Index(lowerASCII(text[pos:]), mark); n >= 0 {
		return pos + n
	}
	return len(text)
}

// gmailStates are the steps that Google's old "(state 14)" stands for.
var gmailStates = map[string]smtp.Stage{
	"6": smtp.StageSTARTTLS, "9": smtp.StageMail, "12": smtp.StageMail, "13": smtp.StageRcpt, "14": smtp.StageRcpt, "15": smtp.StageData, "17": smtp.StageEOD, "18": smtp.StageEOD,
}

// gmailDetails reads what Google's older text says beside the reply: the code
// twice, the state, and the hosts that did not answer.
func (r *Recipient) gmailDetails() {
	text := r.Diagnostic
	if _, rest, ok := strings.Cut(text, "(state "); ok {
		state, _, _ := strings.Cut(rest, ")")
		r.Stage = gmailStates[state]
	}
	// "by the server for the recipient domain example.com by mx.example.com. [192.0.2.1]"
	if n := strings.Index(text, "recipient domain "); n >= 0 {
		if k := strings.Index(text[n:], " by "); k >= 0 {
			r.Remote.Name, r.Remote.IP = smtp.CutHost(text[n+k+len(" by "):])
		}
	}
	// "[(0) mx.example.com. [192.0.2.222]:25: socket error]", "[mx.example.com (1): Connection timed out]"
	if n := strings.Index(text, "[("); n >= 0 && r.Remote == (Host{}) {
		if k := strings.IndexByte(text[n:], ' '); k > 0 {
			r.Remote.Name, r.Remote.IP = smtp.CutHost(text[n+k+1:])
			r.Stage = smtp.StageConnect
		}
	}
	if _, reply, ok := strings.Cut(text, "server returned was:"); ok {
		reply = strings.TrimSpace(reply)
		if len(reply) > 8 && reply[:4] == reply[4:8] {
			reply = reply[4:] // "550 550 5.1.1 text": what was read, then what was said
		}
		r.Reply = smtp.ParseReply(reply)
	}
	if r.Remote != (Host{}) {
		r.remote = r.reply
	}
}
