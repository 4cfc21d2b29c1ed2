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
	"os/exec"
	"time"

	"github.com/therootcompany/xz"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// logFile is an open log with what stands around it.
type logFile struct {
	io.Reader
	closers []io.Closer
	// at is when the log was last written to, from which the year of its stamps
	// follows; now for standard input.
	at time.Time
	// info tells files apart; nil for standard input.
	info os.FileInfo
	// beginning is the first text of the log, unpacked.
	beginning string
	// note is what a reader should know of how the log was read, or "".
	note string
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
var errCutOff = errors.New("the packed file is cut off")

// unpacked gives a packed file that ends too early an error of its own: to a
// reader of whole buffers io.ErrUnexpectedEOF is an ordinary end.
type unpacked struct{ in io.Reader }

// Read implements io.Reader.
func (u unpacked) Read(p []byte) (int, error) {
	n, err := u.in.Read(p)
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, xz.ErrBuf) {
		err = errCutOff
	}
	return n, err
}

// maxPackedWindow bounds the memory for the text that a packed file refers back
// to, whatever its header asks for: twice what xz -9 uses.
const maxPackedWindow = 128 << 20

// unpack gives the text of a log that is packed by one of the programs that
// logrotate calls, told by the file's first bytes. Unpacking streams: a small
// file that unpacks to a huge one costs time, not memory.
func unpack(ctx context.Context, in *bufio.Reader) (io.Reader, io.Closer, error) {
	head, _ := in.Peek(6) // a short or unreadable file shows in the scan
	switch {
	case isGzip(head):
		r, err := gzip.NewReader(in)
		if err != nil {
			return nil, nil, err
		}
		return unpacked{r}, r, nil
	case bytes.HasPrefix(head, []byte("BZh")):
		return unpacked{bzip2.NewReader(in)}, nil, nil
	case bytes.HasPrefix(head, []byte("\xfd7zXZ\x00")):
		r, err := xz.NewReader(in, maxPackedWindow)
		if err != nil {
			return nil, nil, err
		}
		return unpacked{r}, nil, nil
	case bytes.HasPrefix(head, []byte("\x28\xb5\x2f\xfd")):
		r, err := unpackBy(ctx, in, "zstd", "-dcq")
		return r, r, err
	}
	return in, nil, nil
}

// logBeginning is how much of a log is looked at before it is read.
const logBeginning = 16 << 10

// openLog opens a log, plain or packed.
func openLog(ctx context.Context, s *streams, path string) (*logFile, error) {
	f := &logFile{Reader: s.in, at: time.Now()}
	if path != standardInput {
		file, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		f.Reader, f.closers = file, []io.Closer{file}
		if f.info, err = file.Stat(); err != nil {
			return nil, errors.Join(err, f.Close())
		}
		if f.info.IsDir() {
			return nil, errors.Join(&inputError{name: path, reason: "is a directory", advice: "name the log files in it"}, f.Close())
		}
		f.at = f.info.ModTime()
	}
	text, closer, err := unpack(ctx, bufio.NewReaderSize(f.Reader, 64<<10))
	if errors.Is(err, exec.ErrNotFound) {
		err = &inputError{name: path, reason: "is packed by zstd, which is not on this host", advice: "unpack it elsewhere: zstdcat " + shellWord(path, "FILE") + " | smtpdiag log -", err: err}
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	if closer != nil {
		f.closers = append(f.closers, closer)
	}
	f.decode(bufio.NewReaderSize(text, 64<<10))
	return f, nil
}

// decode takes a byte order mark off, reads UTF-16 where the mark says so, and
// keeps the beginning. Other charsets are left as they are: what a log is read
// for is ASCII.
func (f *logFile) decode(text *bufio.Reader) {
	mark, _ := text.Peek(3) // a short or unreadable file shows in the scan
	switch {
	case bytes.HasPrefix(mark, []byte("\xef\xbb\xbf")):
		_, _ = text.Discard(3) // peeked at just now
	case bytes.HasPrefix(mark, []byte("\xff\xfe")), bytes.HasPrefix(mark, []byte("\xfe\xff")):
		f.note = "is UTF-16 text, which no mail server writes; it was read as such"
		decoder := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()
		text = bufio.NewReaderSize(transform.NewReader(text, decoder), 64<<10)
	}
	beginning, _ := text.Peek(logBeginning)
	f.Reader, f.beginning = text, string(beginning)
}
