package dsn

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// split gives the messages of an mbox.
func split(t *testing.T, r io.Reader, limit int) []MboxMessage {
	t.Helper()
	m := NewMbox(r, limit)
	var all []MboxMessage
	for {
		msg, err := m.Next(nil)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, msg)
		if len(all) > 1000 {
			t.Fatal("no end")
		}
	}
}

const (
	one = "Subject: one\n\nbody one\n"
	two = "Subject: two\n\nbody two\n"
)

func TestMboxVariants(t *testing.T) {
	tests := []struct {
		name, in string
		want     []string
	}{
		{"mboxo", "From a@example.com Fri Jul  8 12:08:34 2011\n" + one + "\nFrom MAILER-DAEMON Sat Jul  9 12:08 2011\n" + two, []string{one + "\n", two}},
		{"zone", "From a@example.com Fri Jul  8 12:08:34 2011 +0200\n" + one, []string{one}},
		{"zone name", "From a@example.com Fri Jul  8 12:08:34 MET DST 2011\n" + one, []string{one}},
		{"remote from", "From a Fri Jul  8 12:08:34 2011 remote from host\n" + one, []string{one}},
		{"RFC 5322 date", "From a@example.com Fri, 8 Jul 2011 12:08:34 +0000\n" + one, []string{one}},
		{"Thunderbird", "From - Fri Jul 08 12:08:34 2011\nX-Mozilla-Status: 0001\n" + one + "\nFrom - Fri Jul 08 12:09:34 2011\n" + two, []string{"X-Mozilla-Status: 0001\n" + one + "\n", two}},
		{"Eudora", "From ???@??? Fri Jul 08 12:08:34 2011\n" + one, []string{one}},
		{"Takeout", "From 1623823498345@xxx Tue Jun 15 12:00:00 +0000 2021\n" + one, []string{one}},
		{"sender with spaces", "From \"a b\"@example.com Fri Jul  8 12:08:34 2011\n" + one, []string{one}},
		{"no sender", "From Fri Jul  8 12:08:34 2011\n" + one, []string{one}},
		{"quoting undone", "From a Fri Jul  8 12:08:34 2011\nSubject: x\n\n>From here\n>>From there\n> From\n", []string{"Subject: x\n\nFrom here\n>From there\n> From\n"}},
		{"sentence", "From a Fri Jul  8 12:08:34 2011\nSubject: x\n\nFrom now on\n\nFrom here: we go\n", []string{"Subject: x\n\nFrom now on\n\nFrom here: we go\n"}},
		{"From line without a header", "From a Fri Jul  8 12:08:34 2011\nSubject: x\n\nFrom b Fri Jul  8 12:08:34 2011\nno header\n", []string{"Subject: x\n\nFrom b Fri Jul  8 12:08:34 2011\nno header\n"}},
		{"no empty line, but a closed multipart", "From a Fri Jul  8 12:08:34 2011\nSubject: x\n\n--b--\nFrom b Fri Jul  8 12:08:34 2011\n" + two, []string{"Subject: x\n\n--b--\n", two}},
		{"Content-Length over a From line", "From a Fri Jul  8 12:08:34 2011\nContent-Length: 50\n\nx\n\nFrom b Fri Jul  8 12:08:34 2011\nSubject: no\n\ny\n\nFrom c Fri Jul  8 12:08:34 2011\n" + two, []string{"Content-Length: 50\n\nx\n\nFrom b Fri Jul  8 12:08:34 2011\nSubject: no\n\ny\n\n", two}},
		{"Content-Length to the end", "From a Fri Jul  8 12:08:34 2011\nContent-Length: 9\n\nbody one\n", []string{"Content-Length: 9\n\nbody one\n"}},
		{"wrong Content-Length", "From a Fri Jul  8 12:08:34 2011\nContent-Length: 60\n\nx\n\nFrom b Fri Jul  8 12:08:34 2011\n" + two + "\nFrom c Fri Jul  8 12:08:34 2011\n" + one, []string{"Content-Length: 60\n\nx\n\n", two + "\n", one}},
		{"too great a Content-Length", "From a Fri Jul  8 12:08:34 2011\nContent-Length: 999\n\nx\n\nFrom b Fri Jul  8 12:08:34 2011\n" + two, []string{"Content-Length: 999\n\nx\n\n", two}},
		{"absurd Content-Length", "From a Fri Jul  8 12:08:34 2011\nContent-Length: 99999999999999999999\n\nx\n", []string{"Content-Length: 99999999999999999999\n\nx\n"}},
		{"empty lines and a byte order mark first", "\xef\xbb\xbf\n\nFrom a Fri Jul  8 12:08:34 2011\n" + one, []string{one}},
		{"empty message", "From a Fri Jul  8 12:08:34 2011\n", []string{""}},
		{"no last line end", "From a Fri Jul  8 12:08:34 2011\nSubject: x\n\ny", []string{"Subject: x\n\ny"}},
	}
	for _, test := range tests {
		for _, end := range []string{"\n", "\r\n", "\r"} {
			t.Run(fmt.Sprintf("%s %q", test.name, end), func(t *testing.T) {
				if end == "\r\n" && strings.Contains(test.name, "Content-Length over") {
					t.Skip("the length counts bytes")
				}
				in := strings.ReplaceAll(test.in, "\n", end)
				if !IsMbox([]byte(in)) {
					t.Error("not taken for an mbox")
				}
				back := "\n" // lone carriage returns are given as line feeds
				if end == "\r\n" {
					back = end
				}
				for _, r := range []io.Reader{strings.NewReader(in), iotest.OneByteReader(strings.NewReader(in))} {
					got := split(t, r, 1<<20)
					if len(got) != len(test.want) {
						t.Fatalf("%d messages, want %d: %v", len(got), len(test.want), got)
					}
					for i, want := range test.want {
						want = strings.ReplaceAll(want, "\n", back)
						if string(got[i].Raw) != want {
							t.Errorf("message %d is %q, want %q", i, got[i].Raw, want)
						}
					}
				}
			})
		}
	}
}

func TestIsMboxKeepsApart(t *testing.T) {
	for _, s := range []string{
		"", "From", "From ", "From: a@example.com\n", "From our mail log of Monday:\n", "From 10:30 on 2024 messages were refused\n",
		"Received: from x\nFrom a Fri Jul  8 12:08:34 2011\n", "From a@example.com\n",
	} {
		if IsMbox([]byte(s)) {
			t.Errorf("%q is taken for an mbox", s)
		}
	}
}

func TestMboxLines(t *testing.T) {
	in := "\nFrom a Fri Jul  8 12:08:34 2011\nContent-Length: 999\n\nx\n\nFrom b Fri Jul  8 12:08:34 2011\n" + two
	got := split(t, strings.NewReader(in), 1<<20)
	if len(got) != 2 || got[0].Line != 3 || got[1].Line != 8 {
		t.Errorf("got %+v", got)
	}
}

func TestMboxLimit(t *testing.T) {
	const from = "From a Fri Jul  8 12:08:34 2011\n"
	long := "Subject: x\n\n" + strings.Repeat("y", 300_000) + "\n\n"
	got := split(t, strings.NewReader(from+long+from+two), 200_000)
	if len(got) != 2 {
		t.Fatalf("%d messages", len(got))
	}
	if len(got[0].Raw) != 200_000 || got[0].Size != int64(len(long)) {
		t.Errorf("kept %d of %d bytes, want 200000 of %d", len(got[0].Raw), got[0].Size, len(long))
	}
	if string(got[1].Raw) != two {
		t.Errorf("the message behind it is %q", got[1].Raw)
	}
}

func TestMboxReadError(t *testing.T) {
	m := NewMbox(io.MultiReader(strings.NewReader("From a Fri Jul  8 12:08:34 2011\n"+one), iotest.ErrReader(io.ErrUnexpectedEOF)), 1<<20)
	msg, err := m.Next(nil)
	if !errors.Is(err, io.ErrUnexpectedEOF) || string(msg.Raw) != one {
		t.Errorf("got %q, %v", msg.Raw, err)
	}
}

// TestMboxWrongLengthsAreCheap has every message declare a wrong length: each
// byte may be read twice, not once for every message.
func TestMboxWrongLengthsAreCheap(t *testing.T) {
	message := "From a Fri Jul  8 12:08:34 2011\nContent-Length: 70000\n\nx\n\n"
	m := NewMbox(strings.NewReader(strings.Repeat(message, 20_000)), 1<<20)
	n := 0
	for ; ; n++ {
		if _, err := m.Next(nil); err != nil {
			break
		}
	}
	if n != 20_000 {
		t.Errorf("%d messages", n)
	}
	if !m.distrust {
		t.Error("the lengths are still followed")
	}
}

func FuzzMbox(f *testing.F) {
	f.Add([]byte("From a Fri Jul  8 12:08:34 2011\nContent-Length: 5\n\nx\n\nFrom b Fri Jul  8 12:08:34 2011\n" + two))
	f.Add([]byte("\r\rFrom - Fri Jul  8 12:08:34 2011\r\n>From x\r"))
	f.Fuzz(func(t *testing.T, in []byte) {
		const limit = 70_000
		m := NewMbox(bytes.NewReader(in), limit)
		total := 0
		for {
			msg, err := m.Next(nil)
			if len(msg.Raw) > limit || int64(len(msg.Raw)) > msg.Size {
				t.Fatalf("%d bytes kept of %d", len(msg.Raw), msg.Size)
			}
			total += len(msg.Raw)
			if err != nil {
				break
			}
		}
		if total > len(in) {
			t.Fatalf("%d bytes out of %d", total, len(in))
		}
	})
}
