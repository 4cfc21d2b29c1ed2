package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
)

// unpacker is a program that unpacks what it is given. zstd is unpacked so: the
// library for it costs every start of this program more time than it is worth,
// and the host on which logrotate packs by zstd has the program.
type unpacker struct {
	cmd    *exec.Cmd
	out    io.ReadCloser
	errs   bytes.Buffer
	name   string
	ended  bool
	result error
}

// unpackBy starts a program that reads packed text from in and writes it out
// unpacked. The error is exec.ErrNotFound where there is no such program.
func unpackBy(ctx context.Context, in io.Reader, name string, args ...string) (*unpacker, error) {
	path, err := exec.LookPath(name)
	if err != nil {
		return nil, err
	}
	u := &unpacker{cmd: exec.CommandContext(ctx, path, args...), name: name}
	u.cmd.Stdin, u.cmd.Stderr = in, &limitedBuffer{to: &u.errs}
	if u.out, err = u.cmd.StdoutPipe(); err != nil {
		return nil, err
	}
	if err := u.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	return u, nil
}

// Read implements io.Reader. At the end it says what the program found wrong.
func (u *unpacker) Read(p []byte) (int, error) {
	if u.ended {
		return 0, cmp.Or(u.result, io.EOF)
	}
	n, err := u.out.Read(p)
	if errors.Is(err, io.EOF) {
		err = cmp.Or(u.wait(), io.EOF)
	}
	return n, err
}

// wait waits for the program's end.
func (u *unpacker) wait() error {
	if u.ended {
		return u.result
	}
	u.ended = true
	if err := u.cmd.Wait(); err != nil {
		words, _, _ := strings.Cut(strings.TrimSpace(u.errs.String()), "\n")
		u.result = fmt.Errorf("%w (%s: %s)", errCutOff, u.name, strings.TrimPrefix(words, "/*stdin*\\ : "))
	}
	return u.result
}

// Close ends the program where it still runs.
func (u *unpacker) Close() error {
	if u.ended {
		return nil
	}
	u.ended = true
	_ = u.cmd.Process.Kill() // it may have ended by itself
	_ = u.cmd.Wait()         // it was killed, and says so
	return nil
}

// limitedBuffer keeps the first KiB of what is written to it.
type limitedBuffer struct{ to *bytes.Buffer }

// Write implements io.Writer.
func (l *limitedBuffer) Write(p []byte) (int, error) {
	l.to.Write(p[:min(len(p), max(0, 1<<10-l.to.Len()))])
	return len(p), nil
}
