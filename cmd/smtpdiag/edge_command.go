package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os/exec"
	"strings"
	"time"

	"github.com/smtpdiag/smtpdiag/runbook"
)

// commandResult is what a command that was run gave.
type commandResult struct {
	out, errOut string
	// status is the exit status; err says why the command could not be run to its
	// end, in words.
	status int
	err    string
}

// boundedBuffer keeps the first bytes that are written to it and drops the rest.
type boundedBuffer struct {
	bytes.Buffer
	limit int
}

// Write implements io.Writer.
func (b *boundedBuffer) Write(p []byte) (int, error) {
	if room := b.limit - b.Len(); room > 0 {
		b.Buffer.Write(p[:min(len(p), room)])
	}
	return len(p), nil
}

// maxEdgeCommand bounds what is kept of one command's output.
const maxEdgeCommand = 1 << 20

// command runs a program without a shell, for at most --timeout. The caller
// sees to it that no argument from outside can be an option.
func (r *edgeRun) command(ctx context.Context, stdin, name string, args ...string) commandResult {
	ctx, cancel := context.WithTimeout(ctx, r.options.timeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	out, errOut := boundedBuffer{limit: maxEdgeCommand}, boundedBuffer{limit: 64 << 10}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(stdin), &out, &errOut
	cmd.Env = append(cmd.Environ(), "LC_ALL=C")
	cmd.WaitDelay = time.Second // a child of it may hold the pipes
	err := cmd.Run()
	res := commandResult{out: strings.ToValidUTF8(out.String(), "?"), errOut: strings.TrimSpace(strings.ToValidUTF8(errOut.String(), "?"))}
	exit := (*exec.ExitError)(nil)
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		res.err = fmt.Sprintf("%s did not end within %s", name, r.options.timeout)
	case ctx.Err() != nil:
		res.err = "interrupted"
	case errors.Is(err, exec.ErrNotFound):
		res.err = name + " is not installed"
	case errors.Is(err, fs.ErrPermission):
		res.err = notRoot(name + " may not be run")
	case errors.As(err, &exit):
		res.status = exit.ExitCode()
	case err != nil:
		res.err = err.Error()
	}
	return res
}

// postfixArgs puts the configuration directory before the arguments.
func (r *edgeRun) postfixArgs(args ...string) []string {
	if r.options.configDir == "" {
		return args
	}
	return append([]string{"-c", r.options.configDir}, args...)
}

// commandText shows a command as a person would type it.
func commandText(name string, args ...string) string {
	words := []string{name}
	for _, a := range args {
		if quoted, ok := runbook.Quote(a); ok {
			a = quoted
		} else {
			a = "?"
		}
		words = append(words, a)
	}
	return strings.Join(words, " ")
}

// denied reports whether a program says that it may not read something.
func denied(errOut string) bool {
	return strings.Contains(strings.ToLower(errOut), "permission denied")
}
