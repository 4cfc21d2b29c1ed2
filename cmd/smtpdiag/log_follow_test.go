package main

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/smtpdiag/smtpdiag/report"
)

// rotation is a log that is written and rotated while it is followed. Nothing
// happens but when the follower has read all that there is: each time it takes
// the next step.
type rotation struct {
	t     *testing.T
	path  string
	out   *os.File // as the writer has it open
	count int
	steps []func(r *rotation)
}

// write logs lines, each with a number of its own.
func (r *rotation) write(lines int) {
	for range lines {
		r.count++
		r.check(io.WriteString(r.out, fmt.Sprintf("line %d\n", r.count)))
	}
}

func (r *rotation) check(_ any, err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

// create makes a new log, which the writer does not know of yet.
func (r *rotation) create() {
	r.check(nil, os.WriteFile(r.path, nil, 0o600))
}

// reopen has the writer open the log anew, as rsyslog does when told to.
func (r *rotation) reopen() {
	if r.out != nil {
		r.check(nil, r.out.Close())
	}
	out, err := os.OpenFile(r.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	r.check(nil, err)
	r.out = out
}

func (r *rotation) rename() { r.check(nil, os.Rename(r.path, r.path+".1")) }

// pack packs the renamed log and removes it, as logrotate does without
// delaycompress.
func (r *rotation) pack() {
	data, err := os.ReadFile(r.path + ".1")
	r.check(nil, err)
	out, err := os.Create(r.path + ".1.gz")
	r.check(nil, err)
	w := gzip.NewWriter(out)
	r.check(w.Write(data))
	r.check(nil, w.Close())
	r.check(nil, out.Close())
	r.check(nil, os.Remove(r.path+".1"))
}

// copyOff copies the log, as logrotate does before it truncates.
func (r *rotation) copyOff(name string) {
	data, err := os.ReadFile(r.path)
	r.check(nil, err)
	r.check(nil, os.WriteFile(r.path+name, data, 0o600))
}

func (r *rotation) truncate() { r.check(nil, os.Truncate(r.path, 0)) }

// errNoSteps ends a test.
var errNoSteps = errors.New("no steps are left")

// wait is what the follower calls at the end of what there is.
func (r *rotation) wait(context.Context) error {
	if len(r.steps) == 0 {
		return errNoSteps
	}
	step := r.steps[0]
	r.steps = r.steps[1:]
	step(r)
	return nil
}

// TestFollow follows a log through its rotation: every line comes once, in
// order.
func TestFollow(t *testing.T) {
	write := func(n int) func(*rotation) { return func(r *rotation) { r.write(n) } }
	together := func(steps ...func(*rotation)) func(*rotation) {
		return func(r *rotation) {
			for _, step := range steps {
				step(r)
			}
		}
	}
	rename, create, reopen, pack, truncate := (*rotation).rename, (*rotation).create, (*rotation).reopen, (*rotation).pack, (*rotation).truncate
	copyTo := func(name string) func(*rotation) { return func(r *rotation) { r.copyOff(name) } }
	rename1 := func(r *rotation) { r.check(nil, os.Rename(r.path+".1", r.path+".2")) }
	for name, steps := range map[string][]func(*rotation){
		"it grows":                            {write(1), write(3), write(2)},
		"renamed and created":                 {write(2), rename, create, write(1), reopen, write(2), write(1)},
		"all between two looks":               {write(2), together(write(3), rename, create, write(2), reopen, write(2)), write(1)},
		"the writer goes on with the old one": {write(1), together(rename, create), write(2), write(2), together(write(1), reopen, write(1)), write(1)},
		"renamed, created late":               {write(1), together(write(1), rename), write(1), together(write(1), reopen, write(1))},
		"packed at once":                      {write(1), together(write(2), rename, create, reopen, pack, write(1)), write(2)},
		"twice between two looks at the end":  {write(1), together(rename, reopen, write(2)), together(rename, reopen, write(2))},
		"copied and truncated":                {write(2), together(copyTo(".1"), truncate), write(2), write(1)},
		"truncated and written at once":       {write(3), together(write(2), copyTo(".1"), truncate, write(1)), write(2)},
		"truncated and longer than before":    {write(1), together(write(1), copyTo("-20260104"), truncate, write(9)), write(1)},
		"truncated twice":                     {write(1), together(write(1), copyTo(".1"), truncate), write(1), together(write(1), rename1, copyTo(".1"), truncate), write(1)},
		"a line in pieces": {func(r *rotation) { r.check(io.WriteString(r.out, "li")) }, func(r *rotation) {
			r.count++
			r.check(io.WriteString(r.out, "ne 1\n"))
		}, write(1)},
	} {
		t.Run(name, func(t *testing.T) {
			r := &rotation{t: t, path: filepath.Join(t.TempDir(), "mail.log"), steps: steps}
			r.reopen()
			r.check(io.WriteString(r.out, "before\n"))
			got := followAll(t, r)
			var want []string
			for n := range r.count {
				want = append(want, fmt.Sprintf("line %d", n+1))
			}
			if !slices.Equal(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

// TestFollowMissing waits for a log that is not there yet, and reads it from
// its start.
func TestFollowMissing(t *testing.T) {
	r := &rotation{t: t, path: filepath.Join(t.TempDir(), "mail.log")}
	r.steps = []func(*rotation){func(*rotation) {}, func(r *rotation) { r.reopen(); r.write(2) }, func(r *rotation) { r.write(1) }}
	if got := followAll(t, r); !slices.Equal(got, []string{"line 1", "line 2", "line 3"}) {
		t.Errorf("got %q", got)
	}
}

// followAll gives the lines that a follower sees until the steps are done.
func followAll(t *testing.T, r *rotation) (lines []string) {
	t.Helper()
	f := &follower{path: r.path, wait: r.wait}
	if err := f.start(); err != nil {
		t.Fatal(err)
	}
	defer f.close()
	defer func() { r.check(nil, r.out.Close()) }()
	for {
		text, _, err := f.next(t.Context())
		if err != nil {
			if !errors.Is(err, errNoSteps) {
				t.Fatal(err)
			}
			return lines
		}
		lines = append(lines, text)
	}
}

// TestFollowNumbers numbers the lines as they stand in their file, and prints
// the refusals among them.
func TestFollowNumbers(t *testing.T) {
	r := &rotation{t: t, path: filepath.Join(t.TempDir(), "mail.log")}
	r.reopen()
	r.check(io.WriteString(r.out, "before\nbefore, too\n"))
	r.steps = []func(*rotation){
		func(r *rotation) { r.check(io.WriteString(r.out, "other\n"+refusalLine)) },
		func(r *rotation) { r.rename(); r.reopen(); r.check(io.WriteString(r.out, refusalLine)) },
		func(*rotation) { r.check(io.WriteString(r.out, strings.TrimSuffix(refusalLine, "\n"))) }, // not whole: not yet
	}
	lines := &follower{path: r.path, wait: r.wait}
	if err := lines.start(); err != nil {
		t.Fatal(err)
	}
	defer lines.close()
	j, err := newJudge(nil, "")
	if err != nil {
		t.Fatal(err)
	}
	s, out, _ := testStreams(false)
	opts := &logOptions{common: &commonOptions{}}
	for _, format := range report.Formats() {
		if format.Name == "ndjson" {
			opts.common.format = format
		}
	}
	if err := opts.followLines(t.Context(), s, j, lines); !errors.Is(err, errNoSteps) {
		t.Error(err)
	}
	if got := strings.Count(out.String(), "\n"); got != 2 || !strings.Contains(out.String(), `"line":4,`) || !strings.Contains(out.String(), `"line":1,`) {
		t.Errorf("%d refusals: %s", got, out)
	}
	r.check(nil, r.out.Close())
}
