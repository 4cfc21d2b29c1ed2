package smtp_test

import (
	"strings"
	"testing"

	"github.com/smtpdiag/smtpdiag/smtp"
)

func TestParseQuoted(t *testing.T) {
	for _, c := range []struct {
		text, reply, enhanced, host, ip string
		code                            int
		stage                           smtp.Stage
	}{
		{
			text:  "host mx1.example.com[192.0.2.7] said: 550 5.1.1 <user@example.com>: Recipient address rejected: User unknown in virtual mailbox table (in reply to RCPT TO command)",
			reply: "550 5.1.1 <user@example.com>: Recipient address rejected: User unknown in virtual mailbox table", enhanced: "5.1.1",
			host: "mx1.example.com", ip: "192.0.2.7", code: 550, stage: smtp.StageRcpt,
		},
		{
			text:  "SMTP error from remote mail server after RCPT TO:<user@example.com>:\nhost mx.example.com [192.0.2.1]: 553 5.1.1 unknown or illegal user:\nuser@example.com",
			reply: "553 5.1.1 unknown or illegal user: user@example.com", enhanced: "5.1.1", host: "mx.example.com", ip: "192.0.2.1", code: 553, stage: smtp.StageRcpt,
		},
		{
			text:  "5.1.0 - Unknown address error 550-'5.1.1 <user@example.com>... User unknown' (delivery attempts: 0)",
			reply: "550-'5.1.1 <user@example.com>... User unknown", enhanced: "5.1.1", code: 550,
		},
		{
			text:  "550-5.7.26 This mail has been blocked because the sender is unauthenticated. 550-5.7.26 Gmail requires all senders 550 5.7.26 to authenticate",
			reply: "550-5.7.26 This mail has been blocked because the sender is unauthenticated.\n550-5.7.26 Gmail requires all senders\n550 5.7.26 to authenticate", enhanced: "5.7.26", code: 550,
		},
		{
			text: "connect to mx.example.com[192.0.2.9]:25: Connection timed out", host: "mx.example.com", ip: "192.0.2.9", stage: smtp.StageConnect,
		},
		{
			text:  "host mx.example.com[2001:db8::7] refused to talk to me: 554 5.7.1 Access denied",
			reply: "554 5.7.1 Access denied", enhanced: "5.7.1", host: "mx.example.com", ip: "2001:db8::7", code: 554, stage: smtp.StageBanner,
		},
		{
			text:  "550 5.1.1 <u@example.com>: undeliverable address: host mx.example.org[192.0.2.3] said: 552 5.2.2 Quota exceeded (in reply to RCPT TO command)",
			reply: "552 5.2.2 Quota exceeded", enhanced: "5.2.2", host: "mx.example.org", ip: "192.0.2.3", code: 552, stage: smtp.StageRcpt,
		},
		{text: "lost connection with mx.example.com[192.0.2.9] while sending end of data -- message may be sent more than once", host: "mx.example.com", ip: "192.0.2.9", stage: smtp.StageEOD},
		{text: "5.1.1 user unknown", reply: "5.1.1 user unknown", enhanced: "5.1.1"},
		{text: "Message is larger than 500 bytes"},
		{text: "mail to 192.0.2.550 5 bounced"},
		{text: ""},
	} {
		q := smtp.ParseQuoted(c.text)
		if q.Reply.Code != c.code || q.Reply.String() != c.reply || q.Reply.Enhanced.String() != c.enhanced || q.Host != c.host || q.IP != c.ip || q.Stage != c.stage {
			t.Errorf("%s\n got %d %q %q host %q ip %q stage %q", c.text, q.Reply.Code, q.Reply.String(), q.Reply.Enhanced.String(), q.Host, q.IP, q.Stage)
		}
	}
}

func FuzzParseQuoted(f *testing.F) {
	f.Add("host mx1.example.com[192.0.2.7] said: 550-5.1.1 a\n550 5.1.1 b (in reply to RCPT TO command)")
	f.Add("5.1.0 - Unknown address error 550-'5.1.1 x'")
	f.Fuzz(func(t *testing.T, text string) {
		q := smtp.ParseQuoted(text)
		if q.Offset < 0 || q.Offset > len(text) {
			t.Fatal("offset out of range")
		}
		for _, line := range q.Reply.Lines {
			if strings.ContainsAny(line, "\r\n") {
				t.Fatalf("a line of the reply holds a line end: %q", line)
			}
		}
	})
}
