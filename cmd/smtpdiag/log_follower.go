package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"time"
)

// follower reads the lines of a file that grows.
type follower struct {
	path   string
	file   *os.File
	in     *bufio.Reader
	number int
	part   strings.Builder
	ends   bool // at the end of the input, not at Ctrl-C
}

// open opens the file, at its end or at its start.
func (f *follower) open(atEnd bool) error {
	file, err := os.Open(f.path)
	if err != nil {
		return err
	}
	f.close()
	f.file, f.in, f.number = file, bufio.NewReader(file), 0
	f.part.Reset()
	if !atEnd {
		return nil
	}
	counted, err := countLines(f.in)
	f.number = counted
	return err
}

// countLines reads to the end and counts the lines, so that the numbers of new
// ones are those of the file.
func countLines(r *bufio.Reader) (int, error) {
	n := 0
	for {
		_, err := r.ReadSlice('\n')
		switch {
		case err == nil:
			n++
		case errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF):
			return n, nil
		default:
			return n, err
		}
	}
}

func (f *follower) close() {
	if f.file != nil {
		_ = f.file.Close() // only read
	}
}

// next waits for the next whole line.
func (f *follower) next(ctx context.Context) (text string, number int, err error) {
	for {
		piece, err := f.in.ReadString('\n')
		if f.part.Len() < 1<<16 {
			f.part.WriteString(piece)
		}
		if err == nil {
			f.number++
			line := strings.TrimRight(f.part.String(), "\r\n")
			f.part.Reset()
			return line, f.number, nil
		}
		if !errors.Is(err, io.EOF) || f.ends {
			return "", 0, err
		}
		if f.rotated() {
			if err := f.open(false); err == nil {
				continue
			}
		}
		select {
		case <-ctx.Done():
			return "", 0, ctx.Err()
		case <-time.After(followPause):
		}
	}
}

// rotated reports whether another file has the name now, or the file has
// become shorter than what was read of it.
func (f *follower) rotated() bool {
	now, err := os.Stat(f.path)
	if err != nil {
		return false // moved away; the new one comes soon
	}
	open, err := f.file.Stat()
	if err != nil || !os.SameFile(now, open) {
		return true
	}
	at, err := f.file.Seek(0, io.SeekCurrent)
	return err == nil && open.Size() < at
}
