package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/smtpdiag/smtpdiag/internal/maillog"
	"github.com/smtpdiag/smtpdiag/report"
)

// Of a log whose counts are known by how it was made, every count is exact: over
// many pieces that several goroutines read, in any form of stamps, from a file
// and from standard input.
func TestLogCountsExactly(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, c := range []struct {
		name string
		opts maillog.Options
	}{
		{"few.log", maillog.Options{Size: 3 << 20, Recipients: 10, Clients: 7}},
		{"many.log", maillog.Options{Size: 6 << 20}},
		{"iso.log", maillog.Options{Size: 3 << 20, Layout: "2006-01-02T15:04:05.000000-07:00"}},
	} {
		var b bytes.Buffer
		truth, err := maillog.Write(&b, c.opts)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(c.name, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(c.name, time.Time{}, truth.First.AddDate(0, 0, 20)); err != nil {
			t.Fatal(err)
		}
		for _, cause := range truth.Causes {
			if found := int64(bytes.Count(b.Bytes(), []byte(cause.Phrase))); found != cause.Lines() {
				t.Fatalf("%s: %q stands there %d times, want %d", c.name, cause.Phrase, found, cause.Lines())
			}
		}
		s, fromFile, errs := testStreams(false)
		if status := execute(t.Context(), s, []string{"log", "-o", "json", c.name}); status != exitDone {
			t.Fatalf("%s: exit status %d, %s", c.name, status, errs)
		}
		compareCounts(t, c.name, truth, fromFile.Bytes())
		s, fromInput, errs := testStreams(false)
		s.in = &b
		if status := execute(t.Context(), s, []string{"log", "-o", "json", "-"}); status != exitDone {
			t.Fatalf("%s: exit status %d, %s", c.name, status, errs)
		}
		compareCounts(t, c.name+" as standard input", truth, fromInput.Bytes())
	}
}

// compareCounts compares the groups that were printed with the truth.
func compareCounts(t *testing.T, name string, truth *maillog.Truth, printed []byte) {
	t.Helper()
	var groups []report.LogGroup
	if err := json.Unmarshal(printed, &groups); err != nil {
		t.Fatal(err)
	}
	got := map[[2]string]report.LogGroup{}
	for _, g := range groups {
		got[[2]string{g.Class, g.Gate}] = g
	}
	if len(got) != len(truth.Causes) || len(groups) != len(got) {
		t.Errorf("%s: %d groups, want %d", name, len(groups), len(truth.Causes))
	}
	for _, want := range truth.Causes {
		g := got[[2]string{want.Class, want.Gate}]
		if g.Count != want.Lines() || g.Rejected != want.Rejected || g.Deferred != want.Deferred || g.Bounced != want.Bounced || g.Recipients != want.Recipients || g.Clients != want.Clients {
			t.Errorf("%s: %s at %s: %d lines (%d, %d, %d), %d recipients, %d clients; want %d (%d, %d, %d), %d and %d", name, want.Class, want.Gate,
				g.Count, g.Rejected, g.Deferred, g.Bounced, g.Recipients, g.Clients, want.Lines(), want.Rejected, want.Deferred, want.Bounced, want.Recipients, want.Clients)
		}
		var hours int64
		for _, n := range g.Hours {
			hours += n
		}
		if hours != g.Count {
			t.Errorf("%s: %s at %s: %d lines by hour, %d in all", name, want.Class, want.Gate, hours, g.Count)
		}
	}
}

// Lines of Exim name no host: they don't make a host of their own.
func TestOneHostHasAName(t *testing.T) {
	var exim, other strings.Builder
	for i := range 12 {
		fmt.Fprintf(&exim, "2026-01-04 09:42:%02d H=out.example.net [192.0.2.25] F=<a@example.net> rejected RCPT <u%d@example.com>: Unknown user\n", i, i)
		fmt.Fprintf(&other, "2026-01-04T09:42:%02d+00:00 mx%d postfix/qmgr[1]: warning: something\n", i, i%2)
	}
	s, out, errs := testStreams(false)
	s.in = strings.NewReader(exim.String() + other.String())
	if status := execute(t.Context(), s, []string{"log", "-o", "json", "-"}); status != exitDone {
		t.Fatalf("exit status %d, %s", status, errs)
	}
	if !strings.Contains(out.String(), `"count": 12`) || strings.Contains(out.String(), "one-host") {
		t.Errorf("got %s", out)
	}
}

func BenchmarkLogGroups(b *testing.B) {
	var log bytes.Buffer
	if _, err := maillog.Write(&log, maillog.Options{Size: 16 << 20}); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(log.Len()))
	b.ReportAllocs()
	for b.Loop() {
		s, _, errs := testStreams(false)
		s.in = bytes.NewReader(log.Bytes())
		if status := execute(b.Context(), s, []string{"log", "-o", "json", "-"}); status != exitDone {
			b.Fatalf("exit status %d, %s", status, errs)
		}
	}
}
