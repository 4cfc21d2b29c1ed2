package dsn

import (
	"fmt"
	"math/rand/v2"
	"net/mail"
	"slices"
	"strings"
	"testing"
)

func TestNextAddress(t *testing.T) {
	for text, want := range map[string][]string{
		"<user@example.com>: host unknown":                           {"user@example.com"},
		"to=<user@example.com>, relay=none":                          {"user@example.com"},
		"smtp.mailfrom=user@example.com;":                            {"user@example.com"},
		"user+tag=a.b@sub.example.com.":                              {"user+tag=a.b@sub.example.com"},
		"'user@example.com' and \"user two\"@example.org":            {"user@example.com", "\"user two\"@example.org"},
		"収件人user@example.com您好，":                                     {"user@example.com"},
		"müller@bücher.example, 用户@例子.example":                       {"müller@bücher.example", "用户@例子.example"},
		"cid:image001.png@01D0A1B2.C3D4E5F6 at 10@30.5":              nil,
		"https://example.com/u?m=user@example.com&x=1 (a@b.example)": {"a@b.example"},
		"root@localhost <root@mailhost> root@mailhost":               {"root@localhost", "root@mailhost"},
		"user@[192.0.2.7] user@xn--bcher-kva.xn--p1ai":               {"user@[192.0.2.7]", "user@xn--bcher-kva.xn--p1ai"},
		"@example.com user@ @ user@.com user@a..com":                 nil,
		"SMTP:user@example.com|other@example.com":                    {"user@example.com", "other@example.com"},
	} {
		if got := addressesIn(text); !slices.Equal(got, want) {
			t.Errorf("%q holds %q, want %q", text, got, want)
		}
	}
}

// Addresses in a text never overlap, whatever it holds.
func TestNextAddressMovesOn(t *testing.T) {
	text := strings.Repeat("\"@x.example ", 50) + strings.Repeat("a@b", 50) + strings.Repeat("@", 50)
	for pos, end := 0, 0; pos < len(text); {
		addr, at, next := nextAddress(text, pos)
		if addr == "" {
			break
		}
		if at < end || next <= at {
			t.Fatalf("%q at %d to %d overlaps what ends at %d", addr, at, next, end)
		}
		pos, end = next, next
	}
}

func TestHeaderLine(t *testing.T) {
	for line, want := range map[string]string{
		"From: Mail Delivery System": "From", "*From:* x": "From", "> Von: x": "From", "De : x": "From", "差出人：x": "From", "보낸 사람: x": "From",
		"Gesendet: x": "Date", "Objet : x": "Subject", "Тема: x": "Subject", "Кому: x": "To", "Diagnostic-Code: x": "", "no field": "", ": x": "",
	} {
		if got, _ := headerLine(line); got != want {
			t.Errorf("%q is the field %q, want %q", line, got, want)
		}
	}
}

// Quoting marks go, and lines that lost theirs by wrapping go back to where
// they were; which line was which stays known, so that places can be told.
func TestQuotedLines(t *testing.T) {
	text := "Hello\n\n> > Subject: x\n> >\n> > <a@example.com>: host mx said: 550 there is no such\nuser\n> > here\n\nBye\n"
	q := quotedLines(text)
	want := "Subject: x\n\n<a@example.com>: host mx said: 550 there is no such user\nhere\n"
	if q.text != want || q.at != 7 || !slices.Equal(q.lines, []int{0, 1, 2, 4}) {
		t.Errorf("at %d %q of lines %v, want %q", q.at, q.text, q.lines, want)
	}
	if q := quotedLines(">>> RCPT TO:<a@example.com>\n<<< 550 no\n>>> QUIT\n"); q.text != "" {
		t.Errorf("a transcript is no quotation: %q", q.text)
	}
}

func TestStrength(t *testing.T) {
	for text, want := range map[string]int{
		"": 0, "Good morning": 0, "Your message was not delivered to:": 1, "the mailbox is full": 2, "(#5.1.1)": 2, "host said: 550 no such user": 3, "the 550 people of the village": 2,
	} {
		if got := strength(text); got != want {
			t.Errorf("%q has strength %d, want %d", text, got, want)
		}
	}
}

// What is hostile must not take long, and no count may run away.
func TestHostileTexts(t *testing.T) {
	const head = "From: MAILER-DAEMON@mx.example\nReturn-Path: <>\nSubject: Undeliverable\n\nfailed to deliver\n\n"
	lines := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	for name, text := range map[string]string{
		"lines": lines(20000, "a%d@example.com\n"), "paragraphs": lines(9000, "a%d@example.com\n\n"), "one line": lines(20000, "a%d@example.com "),
		"quotes": lines(5000, "> > > a%d@example.com\n"), "forwards": lines(3000, "Begin forwarded message:\nFrom: a%d\nSubject: b\nDate: c\n\n"),
		"marks": strings.Repeat(">", 300000), "hashes": lines(30000, "<#5.%d "), "titles": lines(9000, "title %d:\n"), "long word": strings.Repeat("a", 300000) + "@example.com",
	} {
		if r := Parse(name, []byte(head+text)); len(r.Recipients) > maxScanned {
			t.Errorf("%s: %d recipients", name, len(r.Recipients))
		}
	}
}

// What is taken for a plain address without parsing is one for the parser too.
func TestPlainAddress(t *testing.T) {
	pieces := []string{"a", "user", "@", ".", "-", "+", "_", "=", "example.com", "é", " ", "<", ">", `"`, "(", ",", "1", "Z"}
	r := rand.New(rand.NewPCG(1, 2))
	plain := 0
	for range 20000 {
		var b strings.Builder
		for range r.IntN(9) {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		s := b.String()
		if !isPlainAddress(s) {
			continue
		}
		plain++
		if a, err := mail.ParseAddress(s); err != nil || a.Address != s {
			t.Fatalf("%q is no plain address: %v, %v", s, a, err)
		}
	}
	if plain == 0 || !isPlainAddress("first.last+tag@mx-1.example.com") {
		t.Error("no address is plain")
	}
}
