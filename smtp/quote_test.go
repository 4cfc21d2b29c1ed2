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
		{text: "mx.example.com #550 5.1.1 User unknown ##", reply: "550 5.1.1 User unknown", enhanced: "5.1.1", host: "mx.example.com", code: 550},
		{
			text:  "{LED=550 5.1.1 <bob@example.com>: user unknown};{MSG=};{FQDN=mx1.example.com};{IP=192.0.2.7};{LRT=}",
			reply: "550 5.1.1 <bob@example.com>: user unknown", enhanced: "5.1.1", host: "mx1.example.com", ip: "192.0.2.7", code: 550,
		},
		{text: "smtp;550 550 5.1.1 no such user", reply: "550 5.1.1 no such user", enhanced: "5.1.1", code: 550},
		{text: "Upstream error, see https://example.com/550. 550 5.1.1 The account does not exist", reply: "550 5.1.1 The account does not exist", enhanced: "5.1.1", code: 550},
		{text: "550 5.1.1 Invalid recipient. OFR204_416 [416]", reply: "550 5.1.1 Invalid recipient. OFR204_416 [416]", enhanced: "5.1.1", code: 550},
		{text: "550 Rejected - https://example.com/docs#550 [abc]", reply: "550 Rejected - https://example.com/docs#550 [abc]", code: 550},
		{
			text:  "192.0.2.7 does not like recipient.\nRemote host said: 550 sorry, no mailbox here by that name (#5.1.1 - chkusr)\nGiving up on 192.0.2.7.",
			reply: "550 sorry, no mailbox here by that name (#5.1.1 - chkusr)", enhanced: "5.1.1", ip: "192.0.2.7", code: 550, stage: smtp.StageRcpt,
		},
		{
			text:  "mx.example.com [192.0.2.7] did not like our final DATA:\n550 5.7.1 spam",
			reply: "550 5.7.1 spam", enhanced: "5.7.1", host: "mx.example.com", ip: "192.0.2.7", code: 550, stage: smtp.StageEOD,
		},
		{
			text:  "550-192.0.2.25 is not allowed to send\n550 mail from example.net",
			reply: "550-192.0.2.25 is not allowed to send\n550 mail from example.net", code: 550,
		},
		{
			text:  "550 5.1.1 unknown\n<<< 554 5.5.1 Error: no valid recipients",
			reply: "550 5.1.1 unknown <<< 554 5.5.1 Error: no valid recipients", enhanced: "5.1.1", code: 550,
		},
		{ // The command in front of its answer.
			text:  "MAIL+RCPT 550 5.1.1 <user@example.com>: No such user",
			reply: "550 5.1.1 <user@example.com>: No such user", enhanced: "5.1.1", code: 550,
		},
		{
			text:  "DATA closing 554 5.7.1 Spam detected",
			reply: "554 5.7.1 Spam detected", enhanced: "5.7.1", code: 554,
		},
		{
			text:  "mx.example.com [192.0.2.7] failed after final DATA: 452 4.3.1 Insufficient system storage",
			reply: "452 4.3.1 Insufficient system storage", enhanced: "4.3.1", host: "mx.example.com", ip: "192.0.2.7", code: 452, stage: smtp.StageEOD,
		},
		{ // A client that pipelines names what it sent last; the words belong to MAIL FROM.
			text:  "host mx.example.com [192.0.2.7]\nSMTP error from remote mail server after pipelined end of data:\n530 5.7.0 Must issue a STARTTLS command first",
			reply: "530 5.7.0 Must issue a STARTTLS command first", enhanced: "5.7.0", host: "mx.example.com", ip: "192.0.2.7", code: 530, stage: smtp.StageMail,
		},
		{
			text:  "host mx.example.com [192.0.2.7]\nSMTP error from remote mail server after pipelined end of data:\n550 5.7.1 No such thing",
			reply: "550 5.7.1 No such thing", enhanced: "5.7.1", host: "mx.example.com", ip: "192.0.2.7", code: 550, stage: smtp.StageEOD,
		},
		{
			text:  "SMTP error from remote mail server after end of data: host mx.example.com [192.0.2.7]:\n530 5.7.0 Must issue a STARTTLS command first",
			reply: "530 5.7.0 Must issue a STARTTLS command first", enhanced: "5.7.0", host: "mx.example.com", ip: "192.0.2.7", code: 530, stage: smtp.StageEOD,
		},
		{text: "421 mail.example.com (smtp)... Deferred: Connection timed out during user open with mail.example.com", reply: "421 mail.example.com (smtp)... Deferred: Connection timed out during user open with mail.example.com", host: "mail.example.com", code: 421, stage: smtp.StageConnect},
		{text: "TLS is required, but host mx.example.com[192.0.2.7] refused to start TLS: 454 4.7.0 TLS not available", reply: "454 4.7.0 TLS not available", enhanced: "4.7.0", host: "mx.example.com", ip: "192.0.2.7", code: 454, stage: smtp.StageSTARTTLS},
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

func TestStatusWithoutReply(t *testing.T) {
	q := smtp.ParseQuoted("Sorry, I couldn't find any host named example.com. (#5.1.2)")
	if !q.Reply.IsZero() || q.Status.String() != "5.1.2" {
		t.Errorf("reply %+v status %s", q.Reply, q.Status)
	}
}

func TestUsualStage(t *testing.T) {
	for text, want := range map[string]smtp.Stage{
		"550 5.1.1 <u@example.com>: Recipient address rejected: User unknown": smtp.StageRcpt,
		"550 5.1.2 Host unknown":                                     smtp.StageUnknown,
		"554 5.6.0 Bare line feed":                                   smtp.StageEOD,
		"550 This message contains a virus (Eicar)":                  smtp.StageEOD,
		"421 Too many concurrent SMTP connections from this address": smtp.StageBanner,
		"550 Go away": smtp.StageUnknown,
		"":            smtp.StageUnknown,
	} {
		if got := smtp.UsualStage(smtp.ParseReply(text)); got != want {
			t.Errorf("%s: %q", text, got)
		}
	}
}

func TestCutHost(t *testing.T) {
	for text, want := range map[string][2]string{
		"mx.example.com[192.0.2.7]:25":                               {"mx.example.com", "192.0.2.7"},
		"mx.example.com:[192.0.2.7] : 550":                           {"mx.example.com", "192.0.2.7"},
		"mx.example.com (TCP|192.0.2.25|43210|192.0.2.7|25) (ready)": {"mx.example.com", "192.0.2.7"},
		"[::ffff:192.0.2.7]":                                         {"", "192.0.2.7"},
		"[IPv6:2001:db8::7]:25":                                      {"", "2001:db8::7"},
		"192.0.2.7:25":                                               {"", "192.0.2.7"},
		"mx.example.com.:":                                           {"mx.example.com", ""},
		"user@example.com":                                           {"", ""},
		"first.last@example.com":                                     {"", ""},
		"localhost":                                                  {"", ""},
		"1.2.3":                                                      {"", ""},
	} {
		if name, ip := smtp.CutHost(text); name != want[0] || ip != want[1] {
			t.Errorf("%s: %q %q", text, name, ip)
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

func BenchmarkParseQuoted(b *testing.B) {
	texts := []string{
		"host mx1.example.com[192.0.2.7] said: 550 5.1.1 <user@example.com>: Recipient address rejected: User unknown in virtual mailbox table (in reply to RCPT TO command)",
		"550 5.1.1 <user@example.com>: Recipient address rejected: User unknown in virtual mailbox table",
		"550-5.7.26 This mail has been blocked because the sender is unauthenticated. 550-5.7.26 Gmail requires all senders 550 5.7.26 to authenticate",
		"connect to mx.example.com[192.0.2.9]:25: Connection timed out",
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		smtp.ParseQuoted(texts[i%len(texts)])
	}
}
