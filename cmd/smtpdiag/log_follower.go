package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// followPause is how long a log that is followed is left alone at its end.
const followPause = 300 * time.Millisecond

// pause waits until there may be more to read.
func pause(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(followPause):
		return nil
	}
}

// follower reads the lines of a file that grows, through its rotation: by
// another name and a new file (create), with what is still written to the old
// one until the writer is told, or by a copy and an empty file (copytruncate).
// It reads what is open to its end before it turns to another file.
type follower struct {
	path string
	// wait is called at the end of what there is. Its error ends the reading.
	wait func(context.Context) error
	// ends says that the end of the input is the end: it is no file.
	ends bool

	file *os.File
	in   *bufio.Reader
	// at is how much of the file was read, in bytes, and number in lines.
	at     int64
	number int
	// last is the end of what was read, by which a file shows that it is still
	// the same one, and its copy that it is one.
	last []byte
	part strings.Builder
	// leaving says that another file has taken the name and is written to.
	leaving bool
	// copied says that the open file is the copy of one that was truncated.
	copied bool
	// waited says that other things may have happened since the last read.
	waited bool
	// files counts those that were opened.
	files int
}

// followedTail is how much of what was read is kept for comparison.
const followedTail = 256

// start opens the file at its end. A file that is not there yet is waited for,
// and then read from its start.
func (f *follower) start() error {
	err := f.open(f.path, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for {
		piece, err := f.in.ReadSlice('\n')
		f.read(piece)
		switch {
		case err == nil:
			f.number++
			f.part.Reset()
		case errors.Is(err, bufio.ErrBufferFull):
			f.gather(piece)
		case errors.Is(err, io.EOF):
			f.gather(piece) // a line that is being written
			return nil
		default:
			return err
		}
	}
}

// gather keeps a piece of a line, up to the length that is read of one.
func (f *follower) gather(piece []byte) {
	if f.part.Len() < 1<<16 {
		f.part.Write(piece)
	}
}

// open goes on with a file, from an offset.
func (f *follower) open(path string, at int64) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	if _, err := file.Seek(at, io.SeekStart); err != nil {
		return errors.Join(err, file.Close())
	}
	f.close()
	f.file, f.in, f.at, f.leaving, f.waited = file, bufio.NewReader(file), at, false, false
	f.copied = false
	if at == 0 {
		f.number, f.last = 0, f.last[:0]
	}
	f.files++
	return nil
}

func (f *follower) close() {
	if f.file != nil {
		_ = f.file.Close() // only read
	}
}

// read takes note of what was read.
func (f *follower) read(piece []byte) {
	f.at += int64(len(piece))
	f.last = append(f.last, piece[max(0, len(piece)-followedTail):]...)
	f.last = slices.Delete(f.last, 0, max(0, len(f.last)-followedTail))
}

// next waits for the next whole line.
func (f *follower) next(ctx context.Context) (text string, number int, err error) {
	for {
		whole, err := f.gatherLine()
		if whole || err != nil {
			return f.line(err)
		}
		switch f.turn() {
		case turnMore:
			continue
		case turnEnd, turnFile:
			if f.part.Len() > 0 {
				return f.line(nil) // its end was never written
			}
			if f.ends {
				return "", 0, io.EOF
			}
			if f.open(f.path, 0) == nil {
				continue
			}
		case turnWait:
		}
		if err := f.wait(ctx); err != nil {
			return "", 0, err
		}
		f.waited = true
	}
}

// gatherLine reads to the end of the line or of what there is, and reports
// whether the line is whole. A file that was written anew while nobody looked is
// not read on: turn finds out what to do.
func (f *follower) gatherLine() (whole bool, err error) {
	if f.in == nil || f.waited && !f.same() {
		return false, nil
	}
	f.waited = false
	for {
		piece, err := f.in.ReadSlice('\n')
		f.gather(piece)
		f.read(piece)
		switch {
		case err == nil:
			return true, nil
		case errors.Is(err, io.EOF):
			return false, nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return false, err
		}
	}
}

// line gives the line that was gathered, unless reading it has failed.
func (f *follower) line(failed error) (text string, number int, err error) {
	if failed != nil {
		return "", 0, failed
	}
	f.number++
	text = strings.TrimRight(f.part.String(), "\r\n")
	f.part.Reset()
	return text, f.number, nil
}

// turn says how to go on at the end of a file.
type turn int

const (
	turnWait turn = iota // there is no more yet
	turnMore             // there may be more in what is open
	turnFile             // the file at the path is to be read from its start
	turnEnd              // there will never be more
)

// turn finds out whether the log was rotated.
func (f *follower) turn() turn {
	if f.ends {
		return turnEnd
	}
	now, err := os.Stat(f.path)
	switch {
	case err != nil:
		return turnWait // moved away; the new one comes soon
	case f.file == nil:
		return turnFile
	}
	open, err := f.file.Stat()
	switch {
	case err != nil:
		return turnFile
	case os.SameFile(now, open):
		if f.same() {
			return turnWait
		}
		return f.truncated()
	case f.copied:
		return turnFile // nobody writes to a copy
	case now.Size() == 0:
		return turnWait // nobody writes to the new one yet: the old one may go on
	case !f.leaving:
		f.leaving = true
		return turnMore // what came between the last read and the first line of the new one
	}
	return turnFile
}

// same reports whether the open file still has what was read of it, or more.
// Standard input always has.
func (f *follower) same() bool {
	return f.file == nil || f.endsLikeRead(f.file)
}

// endsLikeRead reports whether a file has, before the place reached, what was
// read last.
func (f *follower) endsLikeRead(file *os.File) bool {
	has := make([]byte, len(f.last))
	_, err := file.ReadAt(has, f.at-int64(len(f.last)))
	return err == nil && bytes.Equal(has, f.last)
}

// truncated goes on after copytruncate: with the rest of the copy, where there
// is one that can be told by what was read last, then from the start.
func (f *follower) truncated() turn {
	names, _ := filepath.Glob(f.path + ".*") // an odd path that is no pattern has no copy then
	dated, _ := filepath.Glob(f.path + "-*") // logrotate's dateext
	names = append(names, dated...)
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) })
	for _, name := range names {
		file, err := os.Open(name)
		if err != nil {
			continue
		}
		if len(f.last) > 0 && f.endsLikeRead(file) {
			if err := f.open(name, f.at); err == nil {
				f.copied = true
				_ = file.Close() // only read
				return turnMore
			}
		}
		_ = file.Close() // only read
	}
	return turnFile
}
