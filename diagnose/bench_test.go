package diagnose

import (
	"strconv"
	"strings"
	"testing"

	"github.com/smtpdiag/smtpdiag/evidence"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// typical gives the evidence that a Postfix bounce holds on one recipient.
func typical() []evidence.Item {
	reply := "550 5.1.1 <user@example.com>: Recipient address rejected: User unknown in virtual mailbox table"
	return []evidence.Item{
		{Kind: evidence.KindReply, Text: reply, Reply: smtp.ParseReply(reply), Stage: smtp.StageRcpt, Host: "mx1.mailgw.example.net"},
		{Kind: evidence.KindDiagnostic, Text: reply, Stage: smtp.StageRcpt, Host: "mx1.mailgw.example.net"},
		{Kind: evidence.KindStatus, Text: "5.1.1"},
		{Kind: evidence.KindAction, Text: "failed"},
		{Kind: evidence.KindExplanation, Text: "<user@example.com>: host mx1.mailgw.example.net[192.0.2.7] said: " + reply + " (in reply to RCPT TO command)"},
		{Kind: evidence.KindReporter, Text: "postfix", Host: "out.example.net"},
	}
}

func BenchmarkDiagnose(b *testing.B) {
	vague := "554 5.7.1 Access denied"
	for name, items := range map[string][]evidence.Item{
		"typical": typical(),
		"vague": {
			{Kind: evidence.KindReply, Text: vague, Reply: smtp.ParseReply(vague)},
			{Kind: evidence.KindDiagnostic, Text: vague},
			{Kind: evidence.KindExplanation, Text: strings.Repeat("The mail system could not deliver your message. ", 6)},
		},
		"long": {{Kind: evidence.KindDiagnostic, Text: strings.Repeat("The recipient's mail server took its time and said nothing of use. ", 30)}},
	} {
		b.Run(name, func(b *testing.B) {
			set := Builtin()
			b.ReportAllocs()
			for b.Loop() {
				Diagnose(items, set)
			}
		})
	}
}

// BenchmarkDiagnoseFresh judges a reply whose words were never seen before.
func BenchmarkDiagnoseFresh(b *testing.B) {
	set, items := Builtin(), typical()
	reply := items[0].Text + ", session "
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		items[0].Text = reply + strconv.Itoa(n)
		Diagnose(items, set)
	}
}

func BenchmarkScan(b *testing.B) {
	set := Builtin()
	text := fold(nil, strings.Repeat("550 5.1.1 <user@example.com>: Recipient address rejected: User unknown in virtual mailbox table ", 3))
	var found []int32
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		found = set.phrases.full().scan(text, found[:0])
	}
}

func BenchmarkFold(b *testing.B) {
	text := strings.Repeat("550 5.1.1 <user@example.com>: Recipient address rejected: User unknown in virtual mailbox table ", 3)
	var dst []byte
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		dst = fold(dst[:0], text)
	}
}

// BenchmarkCompile is what the first judgement of a run costs beside itself.
func BenchmarkCompile(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		compile(nil)
	}
}
