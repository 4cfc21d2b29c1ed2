package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/smtpdiag/smtpdiag/report"
)

// testStreams gives streams for a run within the test, with nothing to read.
func testStreams(terminal bool) (s *streams, out, errs *bytes.Buffer) {
	out, errs = new(bytes.Buffer), new(bytes.Buffer)
	return &streams{
		in: strings.NewReader(""), out: out, err: errs,
		getenv:     func(string) string { return "" },
		inTerminal: terminal, outTerminal: terminal, errTerminal: terminal,
		width: func() int { return defaultWidth },
	}, out, errs
}

// TestGolden compares what some examples give in every format with files that
// people have looked at. A format without files fails.
func TestGolden(t *testing.T) {
	golden, err := filepath.Abs(filepath.Join("testdata", "golden"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir("../..")
	for _, name := range []string{"user-unknown.eml", "hostile.eml", "several-recipients-postfix.eml", "complaint.eml"} {
		for _, format := range report.Formats() {
			t.Run(name+"/"+format.Name, func(t *testing.T) {
				s, out, _ := testStreams(false)
				if status := execute(t.Context(), s, []string{"bounce", "-o", format.Name, "testdata/bounces/" + name}); status != 0 {
					t.Errorf("exit status %d", status)
				}
				file := filepath.Join(golden, name+"."+format.Name)
				if *update {
					if err := os.WriteFile(file, out.Bytes(), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(out.Bytes(), want) {
					t.Errorf("differs from %s; it is\n%s\nIf that is right: go test ./cmd/smtpdiag -run 'Readme|Golden' -update", file, out)
				}
			})
		}
	}
}

// TestTerminal looks at what only a terminal gets: colour, its width, and the
// table of classes behind several messages.
func TestTerminal(t *testing.T) {
	t.Chdir("../..")
	s, out, _ := testStreams(true)
	s.width = func() int { return 60 }
	args := []string{"bounce", "testdata/bounces/user-unknown.eml", "testdata/bounces/unknown-qmail.eml"}
	if status := execute(t.Context(), s, args); status != 0 {
		t.Errorf("exit status %d", status)
	}
	text := out.String()
	if !strings.Contains(text, "\x1b[31;1mFAILED") {
		t.Error("no colour")
	}
	if !strings.Contains(text, "2 recipients in 2 messages") || !strings.Contains(text, " recipient:unknown           2  100 %") {
		t.Errorf("no table of classes at the end: %s", text[max(0, len(text)-300):])
	}
	plain := strings.NewReplacer("\x1b[31;1m", "", "\x1b[1m", "", "\x1b[2m", "", "\x1b[36m", "", "\x1b[22m", "", "\x1b[0;22m", "", "\x1b[0m", "", "\x1b[m", "").Replace(text)
	for line := range strings.Lines(plain) {
		word := strings.HasPrefix(strings.TrimLeft(line, " "), "'") // of a command: it cannot be broken
		if n := len(strings.TrimSuffix(line, "\n")); n > 60 && !word {
			t.Errorf("%d columns of 60: %q", n, line)
		}
	}

	s, out, errs := testStreams(true)
	if status := execute(t.Context(), s, []string{"bounce"}); status != exitUsage || out.Len() > 0 {
		t.Errorf("without input: exit status %d, %q", status, errs)
	}
}

// TestProgress counts on a terminal alone, and not while results are shown
// there.
func TestProgress(t *testing.T) {
	s, _, errs := testStreams(true)
	s.outTerminal = false
	opts := &bounceOptions{common: &commonOptions{}}
	p := newBounceProgress(s, opts)
	p.note(progressEvery)
	if errs.Len() > 0 {
		t.Errorf("shown at once: %q", errs)
	}
	p.next = time.Now().Add(-time.Second)
	p.note(progressEvery + 1)
	p.note(2 * progressEvery)
	p.clear()
	p.clear()
	if got := errs.String(); got != "\r128 messages read\r\x1b[K" {
		t.Errorf("shown is %q", got)
	}
	s.outTerminal = true
	if p := newBounceProgress(s, opts); p.out != nil {
		t.Error("counts between results")
	}
	opts.summary = true
	if p := newBounceProgress(s, opts); p.out == nil {
		t.Error("does not count before a summary")
	}
}
