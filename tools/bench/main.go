// Command bench measures smtpdiag as its users run it: whole processes, from
// start to exit. It builds the program, makes a Maildir of different bounces
// from those in testdata, and prints how long one message takes and how many a
// second are read.
//
//	go run ./tools/bench
//	go run ./tools/bench -messages 20000 -runs 5
//
// With -log it makes a log of that many MiB instead, whose counts are known,
// compares what "smtpdiag log" counts with them, and measures it in turn with
// pflogsumm where that is installed.
//
//	go run ./tools/bench -log 1024 -runs 3
//
// Figures drift from run to run on shared machines: compare in one paired run.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/smtpdiag/smtpdiag/internal/maillog"
)

func main() {
	if err := run(context.Background(), os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// run measures and prints.
func run(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	messages := flags.Int("messages", 20000, "number of different messages in the Maildir")
	runs := flags.Int("runs", 5, "runs of each measure, of which the best and the middle one are printed")
	templates := flags.String("templates", "testdata/bounces", "folder of the bounces from which messages are made")
	logSize := flags.Int64("log", 0, "measure a log of so many `MiB` instead of a Maildir")
	logRecipients := flags.Int("log-recipients", 0, "number of different recipients that each cause in the log has at most (default: they grow with the log)")
	keep := flags.String("maildir", "", "folder for the Maildir, kept (default: a temporary one)")
	if err := flags.Parse(args); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "smtpdiag-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a temporary folder
	binary := filepath.Join(dir, "smtpdiag")
	build := exec.CommandContext(ctx, "go", "build", "-ldflags=-s -w", "-o", binary, "./cmd/smtpdiag")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if text, buildErr := build.CombinedOutput(); buildErr != nil {
		return fmt.Errorf("build: %w\n%s", buildErr, text)
	}
	if *logSize > 0 {
		return benchLog(ctx, out, binary, filepath.Join(dir, "mail.log"), maillog.Options{Size: *logSize << 20, Recipients: *logRecipients, Clients: *logRecipients}, *runs)
	}
	maildir := *keep
	if maildir == "" {
		maildir = filepath.Join(dir, "Maildir")
	}
	size, err := makeMaildir(maildir, *templates, *messages)
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintf(out, "%d messages of %d bytes on average\n", *messages, size / *messages)

	one, err := measure(ctx, 10**runs, binary, "bounce", filepath.Join(*templates, "user-unknown.eml"))
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintf(out, "one message, start to exit: best %.2f ms, middle %.2f ms, %.1f MiB\n",
		one.best.Seconds()*1000, one.middle.Seconds()*1000, one.peakMiB)
	all, err := measure(ctx, *runs, binary, "bounce", "-o", "ndjson", maildir)
	if err != nil {
		return err
	}
	rate := func(d time.Duration) float64 { return float64(*messages) / d.Seconds() }
	_, _ = fmt.Fprintf(out, "the Maildir as NDJSON: best %.0f, middle %.0f messages a second, %.1f MiB\n",
		rate(all.best), rate(all.middle), all.peakMiB)
	return nil
}

// result is what several runs of one command took.
type result struct {
	best, middle time.Duration
	peakMiB      float64
}

// measure runs a command and throws its output away.
func measure(ctx context.Context, runs int, name string, args ...string) (result, error) {
	var took []time.Duration
	var peak int64
	for range runs {
		cmd := exec.CommandContext(ctx, name, args...)
		start := time.Now()
		err := cmd.Run()
		took = append(took, time.Since(start))
		if exit, ok := errors.AsType[*exec.ExitError](err); err != nil && (!ok || exit.ExitCode() > 1) {
			return result{}, fmt.Errorf("%s: %w", strings.Join(args, " "), err)
		}
		if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
			peak = max(peak, usage.Maxrss)
		}
	}
	slices.Sort(took)
	return result{took[0], took[len(took)/2], float64(peak) / 1024}, nil
}

// makeMaildir writes n different messages and gives their size together.
func makeMaildir(dir, templates string, n int) (size int, err error) {
	paths, err := filepath.Glob(filepath.Join(templates, "*.eml"))
	if err != nil {
		return 0, err
	}
	var bodies []string
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			return 0, err
		}
		bodies = append(bodies, string(raw))
	}
	if len(bodies) == 0 {
		return 0, fmt.Errorf("no *.eml in %s", templates)
	}
	for _, sub := range []string{"cur", "new", "tmp"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o755); err != nil {
			return 0, err
		}
	}
	random := rand.New(rand.NewPCG(1, 2)) // the same messages in every run
	for i := range n {
		text := vary(bodies[i%len(bodies)], i, random)
		size += len(text)
		name := fmt.Sprintf("%d.M%dP1.bench,S=%d:2,S", 1767519732+i, i, len(text))
		if err := os.WriteFile(filepath.Join(dir, "cur", name), []byte(text), 0o644); err != nil {
			return 0, err
		}
	}
	return size, nil
}

// vary makes a message different from its template: other addresses, another
// identifier, and an original of another length.
func vary(text string, i int, random *rand.Rand) string {
	text = strings.NewReplacer(
		"alice@", fmt.Sprintf("alice%d@", i), "user@", fmt.Sprintf("user%d@", i), "gone@", fmt.Sprintf("gone%d@", i),
		"Message-ID: <", fmt.Sprintf("Message-ID: <%d.", i), "example.com", fmt.Sprintf("d%d.example.com", random.IntN(500)),
	).Replace(text)
	// The returned original stands at the end, before the closing boundary.
	at := strings.LastIndex(text, "\n--")
	if at < 0 {
		at = len(text)
	}
	var filler strings.Builder
	for filler.Len() < random.IntN(4000) {
		fmt.Fprintf(&filler, "\nLine %d of a message that somebody wrote to somebody else, for the length.", random.IntN(1e6))
	}
	return text[:at] + filler.String() + text[at:]
}
