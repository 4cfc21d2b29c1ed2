package main

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"time"

	"github.com/smtpdiag/smtpdiag/postfix"
	"github.com/smtpdiag/smtpdiag/report"
)

// logFile is an open log with what stands around it.
type logFile struct {
	io.Reader
	closers []io.Closer
}

// Close closes everything that was opened for the log.
func (f *logFile) Close() error {
	var err error
	for _, c := range f.closers {
		err = errors.Join(err, c.Close())
	}
	return err
}

// errCutOff says that a packed log ends before its end.
var errCutOff = errors.New("the packed file is cut off; what it holds was read")

// unpacked gives a packed file that ends too early an error of its own: to a
// reader of whole buffers io.ErrUnexpectedEOF is an ordinary end.
type unpacked struct{ in io.Reader }

// Read implements io.Reader.
func (u unpacked) Read(p []byte) (int, error) {
	n, err := u.in.Read(p)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = errCutOff
	}
	return n, err
}

// otherCompression names what packs a log that is not read here, and the
// command that unpacks it.
func otherCompression(head []byte) (kind, command string) {
	switch {
	case bytes.HasPrefix(head, []byte("\xfd7zXZ")):
		return "xz", "xzcat"
	case bytes.HasPrefix(head, []byte("\x28\xb5\x2f\xfd")):
		return "zstd", "zstdcat"
	}
	return "", ""
}

// openLog opens a log, plain or compressed by gzip or bzip2. at is its modification time,
// from which the year of its stamps follows.
func openLog(s *streams, path string) (f *logFile, at time.Time, err error) {
	f, at = &logFile{Reader: s.in}, time.Now()
	if path != standardInput {
		file, err := os.Open(path)
		if err != nil {
			return nil, at, err
		}
		f.Reader, f.closers = file, []io.Closer{file}
		info, err := file.Stat()
		if err != nil {
			return nil, at, errors.Join(err, f.Close())
		}
		if info.IsDir() {
			return nil, at, errors.Join(&inputError{name: path, reason: "is a directory", advice: "name the log files in it, in order of time"}, f.Close())
		}
		at = info.ModTime()
	}
	buffered := bufio.NewReaderSize(f.Reader, 64<<10)
	head, _ := buffered.Peek(6) // a short or unreadable file shows in the scan
	f.Reader = buffered
	if kind, command := otherCompression(head); kind != "" {
		return nil, at, errors.Join(&inputError{name: path, reason: "is packed by " + kind, advice: "unpack it: " + command + " " + shellWord(path, "FILE") + " | smtpdiag log -"}, f.Close())
	}
	switch {
	case bytes.HasPrefix(head, []byte("BZh")):
		f.Reader = unpacked{bzip2.NewReader(buffered)}
	case isGzip(head):
		unzipped, err := gzip.NewReader(buffered)
		if err != nil {
			return nil, at, errors.Join(err, f.Close())
		}
		f.Reader, f.closers = unpacked{unzipped}, append(f.closers, unzipped)
	}
	return f, at, nil
}

// followPause is how long a log that is followed is left alone at its end.
const followPause = 300 * time.Millisecond

// runFollow prints every refusal as it is logged. It begins at the end of the
// file, goes on in the new file when the log is rotated, and ends with Ctrl-C.
func (o *logOptions) runFollow(ctx context.Context, s *streams, j *judge, paths []string) error {
	if len(paths) != 1 {
		return usagef("--follow takes one log, got %d", len(paths))
	}
	lines := &follower{path: paths[0]}
	if paths[0] == standardInput {
		lines.in = bufio.NewReader(s.in)
		lines.ends = true
	} else if err := lines.open(true); err != nil {
		writeComplaint(s.err, newInputError(paths[0], err).Error())
		return errPartial
	}
	defer lines.close()
	p := newPrinter(s, o.common, true)
	words := newWordings(j)
	reader := postfix.NewLineReader(postfix.ScanOptions{Source: paths[0], Reference: time.Now().AddDate(0, 6, 0)})
	for {
		text, number, err := lines.next(ctx)
		if err != nil {
			if errors.Is(err, io.EOF) || ctx.Err() != nil {
				err = nil
			}
			return p.finish(err)
		}
		e, ok := reader.Line(text, number)
		if !ok || !isFailure(e.Kind) || !o.wanted(&e) {
			continue
		}
		if err := p.print(followed(words, &e)); err != nil {
			return p.finish(err)
		}
	}
}

// followed makes the document of one refusal.
func followed(words *wordings, e *postfix.Event) *report.LogGroup {
	one := newLogCount(words)
	one.add(e)
	return one.document().Groups[0]
}

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
