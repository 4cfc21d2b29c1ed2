package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"

	"github.com/smtpdiag/smtpdiag/internal/maillog"
	"github.com/smtpdiag/smtpdiag/report"
)

// benchLog measures how a log is counted.
func benchLog(ctx context.Context, out io.Writer, binary, path string, opts maillog.Options, runs int) error {
	truth, err := writeLog(path, opts)
	if err != nil {
		return err
	}
	recipients := int64(0)
	for _, c := range truth.Causes {
		recipients = max(recipients, c.Recipients) // the causes have the same ones
	}
	_, _ = fmt.Fprintf(out, "a log of %.0f MB, %d lines, %d causes, %d different recipients refused\n", float64(truth.Bytes)/1e6, truth.Lines, len(truth.Causes), recipients)
	printed, err := exec.CommandContext(ctx, binary, "log", "-o", "json", path).Output()
	if err != nil {
		return fmt.Errorf("log: %w", err)
	}
	if err := sameCounts(printed, truth); err != nil {
		return err
	}
	_, _ = fmt.Fprintln(out, "all counts are exact")

	other, otherErr := exec.LookPath("pflogsumm")
	rate := func(r result) float64 { return float64(truth.Bytes) / 1e6 / r.best.Seconds() }
	for range runs {
		ours, err := measure(ctx, 1, binary, "log", "-o", "json", path)
		if err != nil {
			return err
		}
		_, _ = fmt.Fprintf(out, "smtpdiag log: %.0f MB/s, %.1f MiB", rate(ours), ours.peakMiB)
		if otherErr == nil {
			theirs, err := measure(ctx, 1, other, path)
			if err != nil {
				return err
			}
			_, _ = fmt.Fprintf(out, "; pflogsumm: %.1f MB/s, %.1f MiB; %.1f times as fast", rate(theirs), theirs.peakMiB, rate(ours)/rate(theirs))
		}
		_, _ = fmt.Fprintln(out)
	}
	return nil
}

// writeLog writes the log. Its modification time tells the year of its stamps.
func writeLog(path string, opts maillog.Options) (*maillog.Truth, error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	truth, err := maillog.Write(f, opts)
	if err == nil {
		err = f.Close()
	}
	return truth, err
}

// sameCounts compares what was printed with what the log has.
func sameCounts(printed []byte, truth *maillog.Truth) error {
	var groups []report.LogGroup
	if err := json.Unmarshal(printed, &groups); err != nil {
		return err
	}
	if len(groups) != len(truth.Causes) {
		return fmt.Errorf("%d groups, want %d", len(groups), len(truth.Causes))
	}
	for i := range groups {
		g, found := &groups[i], false
		for _, c := range truth.Causes {
			found = found || g.Class == c.Class && g.Gate == c.Gate && g.Count == c.Lines() && g.Rejected == c.Rejected && g.Deferred == c.Deferred &&
				g.Bounced == c.Bounced && g.Recipients == c.Recipients && g.Clients == c.Clients
		}
		if !found {
			return fmt.Errorf("the counts of %s at %s are not those of the log: %d lines, %d recipients, %d clients", g.Class, g.Gate, g.Count, g.Recipients, g.Clients)
		}
	}
	return nil
}
