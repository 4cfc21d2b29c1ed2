package dsn_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/smtpdiag/smtpdiag/dsn"
)

const postfixBounce = `From: MAILER-DAEMON@mx.sender.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: alice@sender.example
Date: Sun, 4 Jan 2026 09:42:12 +0000 (UTC)
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
	boundary="4F1A2.1767519732/mx.sender.example"

This is a MIME-encapsulated message.

--4F1A2.1767519732/mx.sender.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.sender.example.

<user@example.com>: host mx1.mailgw.example.net[192.0.2.7] said: 550 5.1.1
    <user@example.com>: Recipient address rejected: User unknown in virtual
    mailbox table (in reply to RCPT TO command)

--4F1A2.1767519732/mx.sender.example
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.sender.example
Arrival-Date: Sun,  4 Jan 2026 09:42:10 +0000 (UTC)

Final-Recipient: rfc822; user@example.com
Original-Recipient: rfc822;user+2Btag@example.com
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx1.mailgw.example.net
Diagnostic-Code: smtp; 550 5.1.1 <user@example.com>: Recipient address
    rejected: User unknown in virtual mailbox table

--4F1A2.1767519732/mx.sender.example
Content-Type: message/rfc822

From: alice@sender.example
To: user@example.com
Subject: Hello
Message-ID: <1@sender.example>

Final-Recipient: rfc822; nobody@example.org
--4F1A2.1767519732/mx.sender.example--
`

func TestParseDSN(t *testing.T) {
	r := dsn.Parse("bounce.eml", []byte(postfixBounce))
	if r.Kind != dsn.KindFailure || r.Format != "dsn" || r.ReportingMTA != "mx.sender.example" || len(r.Recipients) != 1 {
		t.Fatalf("kind %q format %q reporting %q recipients %d", r.Kind, r.Format, r.ReportingMTA, len(r.Recipients))
	}
	c := r.Recipients[0]
	if c.Final != "user@example.com" || c.Original != "user+tag@example.com" || c.Action != "failed" || c.Status.String() != "5.1.1" {
		t.Errorf("recipient %+v", c)
	}
	if c.Reply.Code != 550 || c.Reply.Enhanced.String() != "5.1.1" || !strings.HasSuffix(c.Reply.String(), "mailbox table") {
		t.Errorf("reply %+v", c.Reply)
	}
	if c.Remote.Name != "mx1.mailgw.example.net" || r.Original.MessageID != "<1@sender.example>" || r.Original.Subject != "Hello" {
		t.Errorf("remote %+v original %+v", c.Remote, r.Original)
	}
	for _, it := range r.Items(0) {
		if it.Field == "Diagnostic-Code" && it.Source.Line != 33 {
			t.Errorf("Diagnostic-Code stands in line 33, not %d", it.Source.Line)
		}
	}
}

// Line ends must not matter, and neither must a missing end.
func TestParseLineEnds(t *testing.T) {
	want := dsn.Parse("x", []byte(postfixBounce))
	for name, s := range map[string]string{
		"CRLF": strings.ReplaceAll(postfixBounce, "\n", "\r\n"),
		"CR":   strings.ReplaceAll(postfixBounce, "\n", "\r"),
	} {
		got := dsn.Parse("x", []byte(s))
		if len(got.Recipients) != 1 || len(want.Problems) != len(got.Problems) || got.Recipients[0].Reply.String() != want.Recipients[0].Reply.String() {
			t.Errorf("%s reads differently: %+v", name, got)
		}
	}
	cut := dsn.Parse("x", []byte(postfixBounce[:strings.Index(postfixBounce, "--4F1A2.1767519732/mx.sender.example\nContent-Type: message/rfc822")]))
	if cut.Kind != dsn.KindFailure || len(cut.Problems) == 0 {
		t.Errorf("truncated: kind %q, problems %v", cut.Kind, cut.Problems)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(postfixBounce))
	f.Add([]byte("> Final-Recipient: rfc822;a@example.com\n> Action: failed\n> Status: 5.1.1\n"))
	examples, err := filepath.Glob("testdata/*/*.eml")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range examples {
		raw, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(_ *testing.T, raw []byte) {
		r := dsn.Parse("fuzz", raw)
		for i := range r.Recipients {
			r.Items(i)
		}
	})
}

// TestHeadingExplains asks that the sentence above a list of addresses is kept
// as their reason where nothing else tells one.
func TestHeadingExplains(t *testing.T) {
	raw := "From: postmaster@mx.sender.example\nReturn-Path: <>\nSubject: Mail System Error - Returned Mail\n\n" +
		"This Message was undeliverable due to the following reason:\n\n" +
		"The following destination addresses were unknown (please check\nthe addresses and re-mail the message):\n\n" +
		"SMTP <bob@example.com>\n\nPlease reply to <postmaster@mx.sender.example>\n"
	r := dsn.Parse("heading.eml", []byte(raw))
	if len(r.Recipients) != 1 || !strings.Contains(r.Recipients[0].Explanation, "addresses were unknown") {
		t.Errorf("got %+v", r.Recipients)
	}
}

// TestNamedByHeaderAlone asks that an address of X-Failed-Recipients that the
// text does not have is reported, and read without a crash, in the forms of
// Exchange too.
func TestNamedByHeaderAlone(t *testing.T) {
	const table = "Your message couldn't be delivered.\n\nOffice 365\n\nError Details\nReported error: 550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found\nDSN generated by: mx.example.com\n"
	const letter = "Delivery has failed to these recipients or groups:\n\nann@example.com\nThe mailbox was not found: 550 5.1.1 unknown user\n"
	for _, c := range []struct{ named, text, first string }{
		{"zoe@example.net", table, "zoe@example.net"},
		{"ann@example.com, zoe@example.net", letter, "ann@example.com"},
		{"zoe@example.net, ann@example.com", letter, "zoe@example.net"},
	} {
		raw := "From: postmaster@mx.example.com\nSubject: Undeliverable: hello\nX-Failed-Recipients: " + c.named + "\n\n" + c.text
		r := dsn.Parse("named.eml", []byte(raw))
		if r.Format != "exchange" || len(r.Recipients) != 1+strings.Count(c.named, ",") || r.Recipients[0].Final != c.first {
			t.Errorf("%s: format %q, recipients %+v", c.named, r.Format, r.Recipients)
		}
	}
}
