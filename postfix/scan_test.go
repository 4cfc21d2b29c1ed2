package postfix_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/smtpdiag/smtpdiag/internal/maillog"
	"github.com/smtpdiag/smtpdiag/postfix"
	"github.com/smtpdiag/smtpdiag/smtp"
)

func scan(t *testing.T, text string) (events []postfix.Event, stats postfix.Stats) {
	t.Helper()
	opts := postfix.ScanOptions{Source: "mail.log", Reference: time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC), Zone: time.UTC, Workers: 2}
	stats, err := postfix.Scan(context.Background(), strings.NewReader(text), opts, func(e *postfix.Event) error {
		events = append(events, kept(*e))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return events, stats
}

// kept copies the strings of an event, which are valid only while it is seen.
func kept(e postfix.Event) postfix.Event {
	for _, f := range reflect.ValueOf(&e).Elem().Fields() {
		if f.Kind() == reflect.String {
			f.SetString(strings.Clone(f.String()))
		}
	}
	return e
}

// One line of each sort, with what must be read from it.
func TestScanLines(t *testing.T) {
	for _, c := range []struct {
		line string
		want postfix.Event
	}{
		{
			"Dec 31 23:59:59 mx1 postfix/smtpd[1]: NOQUEUE: reject: RCPT from out.example.net[203.0.113.77]: 550 5.1.1 <u@example.com>: Recipient address rejected: User unknown in virtual mailbox table; from=<> to=<u@example.com> proto=ESMTP helo=<out.example.net>",
			postfix.Event{
				Kind: postfix.EventReject, Gate: "reject", Stage: smtp.StageRcpt, Instance: "postfix", Program: "smtpd", ClientName: "out.example.net", ClientIP: "203.0.113.77", HasSender: true,
				Recipient: "u@example.com", HELO: "out.example.net", Reason: "550 5.1.1 <u@example.com>: Recipient address rejected: User unknown in virtual mailbox table",
				Time: time.Date(2025, 12, 31, 23, 59, 59, 0, time.UTC),
			},
		},
		{
			"2026-01-04T09:42:11.5+01:00 mx1 postfix/postscreen[1]: NOQUEUE: reject: RCPT from [203.0.113.7]:4711: 550 5.7.1 Service unavailable; client [203.0.113.7] blocked using zen.example.org; from=<a@example.net>, to=<u@example.com>, proto=ESMTP, helo=<x>",
			postfix.Event{
				Kind: postfix.EventReject, Gate: "reject", Stage: smtp.StageRcpt, Instance: "postfix", Program: "postscreen", ClientIP: "203.0.113.7", Sender: "a@example.net", HasSender: true,
				Recipient: "u@example.com", HELO: "x", Reason: "550 5.7.1 Service unavailable; client [203.0.113.7] blocked using zen.example.org",
				Time: time.Date(2026, 1, 4, 8, 42, 11, 500000000, time.UTC),
			},
		},
		{
			"Jan  4 09:42:11 mx1 postfix-out/smtp[1]: 4dkX2P5q3cz1: to=<u@example.com>, orig_to=<alias@example.com>, relay=mx.example.com[192.0.2.7]:25, delay=1.5, delays=0.1/0.2/0.9/0.3, dsn=5.1.1, status=bounced (host mx.example.com[192.0.2.7] said: 550 5.1.1 no (in reply to RCPT TO command))",
			postfix.Event{
				Kind: postfix.EventBounced, Instance: "postfix-out", Program: "smtp", QueueID: "4dkX2P5q3cz1", Recipient: "u@example.com", OrigTo: "alias@example.com", Relay: "mx.example.com[192.0.2.7]:25",
				Delay: 1500 * time.Millisecond, Delays: [4]time.Duration{100 * time.Millisecond, 200 * time.Millisecond, 900 * time.Millisecond, 300 * time.Millisecond},
				DSN: smtp.EnhancedCode{Class: 5, Subject: 1, Detail: 1}, Reason: "host mx.example.com[192.0.2.7] said: 550 5.1.1 no (in reply to RCPT TO command)",
				Time: time.Date(2026, 1, 4, 9, 42, 11, 0, time.UTC),
			},
		},
		{
			"Jan  4 09:42:11 mx1 postfix/cleanup[1]: 3F2A91C0: milter-reject: END-OF-MESSAGE from out.example.net[203.0.113.77]: 5.7.1 Spam; from=<a@example.net> to=<u@example.com> proto=ESMTP helo=<x>",
			postfix.Event{
				Kind: postfix.EventReject, Gate: "milter-reject", Stage: smtp.StageEOD, Instance: "postfix", Program: "cleanup", QueueID: "3F2A91C0", ClientName: "out.example.net", ClientIP: "203.0.113.77",
				Sender: "a@example.net", HasSender: true, Recipient: "u@example.com", HELO: "x", Reason: "5.7.1 Spam", Time: time.Date(2026, 1, 4, 9, 42, 11, 0, time.UTC),
			},
		},
	} {
		events, _ := scan(t, c.line+"\n")
		c.want.Source, c.want.Line, c.want.Text, c.want.Host = "mail.log", 1, c.line, "mx1"
		if len(events) != 1 {
			t.Fatalf("%s\ngives %d events", c.line, len(events))
		}
		got := events[0]
		if !got.Time.Equal(c.want.Time) {
			t.Errorf("time %v, want %v", got.Time, c.want.Time)
		}
		got.Time, c.want.Time = time.Time{}, time.Time{}
		if got != c.want {
			t.Errorf("%s\n got %+v\nwant %+v", c.line, got, c.want)
		}
	}
}

// A refusal by a proxy filter names no client, with or without an id before it.
func TestProxyReject(t *testing.T) {
	const line = "proxy-reject: END-OF-MESSAGE: 554 5.7.0 Reject, id=123 - SPAM; from=<a@example.net> to=<u@example.com> proto=ESMTP helo=<x>\n"
	events, _ := scan(t, "Jan  4 09:42:11 mx1 postfix/smtpd[1]: "+line+"Jan  4 09:42:11 mx1 postfix/smtpd[1]: NOQUEUE: "+line)
	if len(events) != 2 {
		t.Fatalf("got %+v", events)
	}
	for _, e := range events {
		if e.Gate != "proxy-reject" || e.Stage != smtp.StageEOD || e.Recipient != "u@example.com" || e.Reason != "554 5.7.0 Reject, id=123 - SPAM" {
			t.Errorf("got %+v", e)
		}
	}
}

// A queue id is as good without a digit; a word before a colon is no id.
func TestQueueIDWithoutDigit(t *testing.T) {
	events, _ := scan(t, "Jan  4 09:42:11 mx1 postfix/smtp[1]: DEAECAADFA: to=<u@example.com>, relay=none, delay=1, delays=0/0/1/0, dsn=4.4.1, status=deferred (connect to mx.example.com[192.0.2.7]:25: Connection refused)\n"+
		"Jan  4 09:42:11 mx1 postfix/smtp[1]: bcdfghjklmnp: to=<v@example.com>, relay=none, delay=1, delays=0/0/1/0, dsn=4.4.1, status=deferred (connect to mx.example.com[192.0.2.7]:25: Connection refused)\n"+
		"Jan  4 09:42:11 mx1 postfix/smtp[1]: message: repeated 2 times\n")
	if len(events) != 2 || events[0].QueueID != "DEAECAADFA" || events[1].QueueID != "bcdfghjklmnp" {
		t.Errorf("got %+v", events)
	}
}

// Over many chunks nothing is lost, doubled or out of order, lines that are too
// long cost only themselves, and a last line without its end counts.
func TestScanChunks(t *testing.T) {
	var b strings.Builder
	const n = 20000
	for i := range n {
		if i == 500 {
			b.WriteString("Jan  4 09:42:11 mx1 postfix/smtpd[1]: NOQUEUE: " + strings.Repeat("x", 1<<20) + "\n")
		}
		fmt.Fprintf(&b, "Jan  4 09:42:11 mx1 postfix/qmgr[1]: %010X: removed\n", i)
	}
	b.WriteString("Jan  4 09:42:11 mx1 postfix/qmgr[1]: ABCDEF0123: removed")
	events, stats := scan(t, b.String())
	if len(events) != n+1 || stats.Long == 0 {
		t.Fatalf("%d events, %+v", len(events), stats)
	}
	for i := range n {
		line := i + 1
		if i >= 500 {
			line++
		}
		if want := fmt.Sprintf("%010X", i); events[i].QueueID != want || events[i].Line != line {
			t.Fatalf("event %d is %s in line %d, want %s in line %d", i, events[i].QueueID, events[i].Line, want, line)
		}
	}
}

// A reader that never gives anything does not hold up a scan that is cancelled.
func TestScanCancelled(t *testing.T) {
	in, feed := io.Pipe()
	defer feed.Close() //nolint:errcheck // lets the reader go
	ctx, cancel := context.WithCancel(t.Context())
	started := make(chan struct{})
	go func() {
		_, _ = feed.Write([]byte("Jan  4 09:42:11"))
		close(started)
	}()
	go func() {
		<-started
		cancel()
	}()
	if _, err := postfix.Scan(ctx, in, postfix.ScanOptions{Workers: 2}, func(*postfix.Event) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// The error of the reader comes back with its whole lines read.
func TestScanReadError(t *testing.T) {
	broken := errors.New("broken")
	line := "Jan  4 09:42:11 mx1 postfix/qmgr[1]: ABCDEF0123: removed\n"
	in := io.MultiReader(strings.NewReader(strings.Repeat(line, 10000)+"Jan  4"), iotest.ErrReader(broken))
	seen := 0
	_, err := postfix.Scan(t.Context(), in, postfix.ScanOptions{Workers: 2}, func(*postfix.Event) error {
		seen++
		return nil
	})
	if !errors.Is(err, broken) || seen != 10000 {
		t.Errorf("%v after %d events", err, seen)
	}
}

// The error of yield ends the scan and comes back.
func TestScanStops(t *testing.T) {
	stop := errors.New("enough")
	seen := 0
	_, err := postfix.Scan(context.Background(), strings.NewReader(strings.Repeat("Jan  4 09:42:11 mx1 postfix/qmgr[1]: ABCDEF0123: removed\n", 50000)),
		postfix.ScanOptions{Workers: 2}, func(*postfix.Event) error {
			seen++
			if seen == 3 {
				return stop
			}
			return nil
		})
	if !errors.Is(err, stop) || seen != 3 {
		t.Errorf("%v after %d events", err, seen)
	}
}

func FuzzScan(f *testing.F) {
	f.Add("Jan  4 09:42:11 mx1 postfix/smtpd[1]: NOQUEUE: reject: RCPT from a[1.2.3.4]: 550 5.1.1 x; from=<> to=<a> proto=SMTP helo=<b>\n")
	f.Add("2026-01-04 09:42:11 1vcA2x-0001Bx-2Q == a@b <c@d> R=x T=y defer (-44) H=z [1.2.3.4]: SMTP error: 451 x\n")
	f.Add(`{"__REALTIME_TIMESTAMP":"1","SYSLOG_IDENTIFIER":"postfix/smtp","MESSAGE":[49,50]}`)
	f.Add("Jan  4 09:42:11 out smtpd[26]: 88f66fa306b1b057 mta delivery evpid=1 from=<> to=<> result=\"PermFail\" stat=\"\"\n")
	f.Add("88f66fa306b1b057 mda delivery evpid=1 from=<> to=<> result=PermFail stat=Error (x)\nrelay: Expire for 88f66fa306b1b057: from=<>, to=<a>, stat=x\n")
	f.Add("Jan  4 09:42:11 mx1 postfix/smtpd[1]: disconnect from a[1.2.3.4] ehlo=1 mail=0/1 rcpt=/ quit=1 commands=2/3\n")
	f.Add("Jan  4 09:42:11 mx1 postgrey[1]: action=greylist, client_address=1.2.3.4, recipient=a@b\nJan  4 09:42:11 mx1 iredapd[1]: [1.2.3.4] RCPT, a@b -> c@d, REJECT x\n")
	f.Add("2026-01-04 09:42:11 Connection from [1.2.3.4] refused: too many connections\n2026-01-04 09:42:11 rejected MAIL FROM:<a@b> H=c [1.2.3.4]: x\n")
	f.Fuzz(func(_ *testing.T, text string) {
		postfix.ReadHead(text, postfix.ScanOptions{})
		_, _ = postfix.Scan(context.Background(), strings.NewReader(text), postfix.ScanOptions{}, func(e *postfix.Event) error {
			e.Items()
			return nil
		})
	})
}

// BenchmarkFold reads a log as the groups of refusals need it, BenchmarkScan all
// of its events.
func BenchmarkFold(b *testing.B) {
	text := mixedLog(b)
	opts := postfix.ScanOptions{Workers: 2, Kinds: []postfix.EventKind{postfix.EventReject, postfix.EventBounced, postfix.EventDeferred, postfix.EventSent, postfix.EventAccepted}}
	for b.Loop() {
		_, err := postfix.Fold(context.Background(), bytes.NewReader(text), opts, postfix.Folder[int]{
			See:  func(n *int, _ *postfix.Event) { *n++ },
			Join: func(*int) error { return nil },
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkScan(b *testing.B) {
	text := mixedLog(b)
	for b.Loop() {
		_, err := postfix.Scan(context.Background(), bytes.NewReader(text), postfix.ScanOptions{Workers: 2}, func(*postfix.Event) error { return nil })
		if err != nil {
			b.Fatal(err)
		}
	}
}

// mixedLog makes a log for a benchmark.
func mixedLog(b *testing.B) []byte {
	b.Helper()
	var log bytes.Buffer
	if _, err := maillog.Write(&log, maillog.Options{Size: 16 << 20}); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(log.Len()))
	b.ReportAllocs()
	return log.Bytes()
}

// Stamps of one second are read alike, whatever was read before them.
func TestISOStamps(t *testing.T) {
	stamps := []string{
		"2026-01-04T09:42:11.5+01:00", "2026-01-04T09:42:11.123456+01:00", "2026-01-04T09:42:11+01:00", "2026-01-04T09:42:11.123456Z", "2026-01-04T09:42:11.1234567891Z",
		"2026-01-04T09:42:11Z", "2026-01-04T09:42:11.5-0700", "2026-01-04T09:42:11-0700", "2026-01-04 09:42:11", "2026-01-04 09:42:11.25", "2026-01-04T09:42:11", "2026-01-04T09:42:12.9+01:00",
	}
	line := func(stamp string) string { return stamp + " mx1 postfix/qmgr[1]: ABCDEF0123: removed\n" }
	all := ""
	for _, first := range stamps {
		for _, second := range stamps {
			all += line(first) + line(second)
		}
	}
	events, _ := scan(t, all)
	if len(events) != 2*len(stamps)*len(stamps) {
		t.Fatalf("%d events", len(events))
	}
	for i, e := range events {
		alone, _ := scan(t, e.Text+"\n")
		if !alone[0].Time.Equal(e.Time) || alone[0].Time.Hour() != e.Time.Hour() {
			t.Errorf("line %d, %s: %v, alone %v", i+1, e.Text, e.Time, alone[0].Time)
		}
	}
}
