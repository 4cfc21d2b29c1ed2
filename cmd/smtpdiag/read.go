package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"

	"github.com/smtpdiag/smtpdiag/dsn"
)

const (
	// maxMessage is the number of bytes of one message that are read. What a
	// bounce says of itself stands at its start; behind it is at most the
	// returned original with its attachments.
	maxMessage = 8 << 20
	// maxWhole is the size up to which a file is read in one go by the worker
	// that parses it. Greater ones are streamed.
	maxWhole = 1 << 20
)

// message is one message of an input.
type message struct {
	name string
	// index is the number of the message in an mbox, from 0, or -1.
	index int
	// line is the line of the input at which the message begins, from 1.
	line int
	raw  []byte
	// size is greater than len(raw) where the message is not read whole.
	size int64
	// named is as in input.
	named bool
}

// cutNote says that a message was not read whole, or is "".
func (m *message) cutNote() string {
	if m.size <= int64(len(m.raw)) {
		return ""
	}
	return fmt.Sprintf("the message is longer than %d MiB: its first %d MiB are read, the rest is not", maxMessage>>20, maxMessage>>20)
}

// readWhole reads a file of at most maxWhole bytes into buf. more says that it
// is longer, and that buf holds its start.
func readWhole(name string, buf []byte) (raw []byte, more bool, err error) {
	f, err := openRaw(name)
	if err != nil {
		return buf[:0], false, err
	}
	defer closeRead(f)
	buf = buf[:0]
	for {
		if len(buf) == cap(buf) {
			buf = append(buf, 0)[:len(buf)]
		}
		n, err := f.Read(buf[len(buf):min(cap(buf), maxWhole+1)])
		buf = buf[:len(buf)+n]
		switch {
		case errors.Is(err, io.EOF):
			return buf, false, nil
		case err != nil:
			return buf, false, err
		case len(buf) > maxWhole:
			return buf, true, nil
		}
	}
}

// closeRead closes what was only read from, where an error says nothing new.
func closeRead(c io.Closer) { _ = c.Close() }

// isStream reports whether a file with this start is to be read as a stream.
func isStream(head []byte) bool {
	return isGzip(head) || dsn.IsMbox(head) &&
		(bytes.Contains(head[1:], []byte("\nFrom ")) || bytes.Contains(head[1:], []byte("\rFrom ")))
}

// isGzip looks for the magic number of RFC 1952 section 2.3.1.
func isGzip(head []byte) bool {
	return len(head) > 2 && head[0] == 0x1f && head[1] == 0x8b && head[2] == 8
}

// fromMbox makes m, which is an mbox of one, the message in it: "From " lines
// stay at the start of many saved messages. buf is used for it and given back.
func (m *message) fromMbox(buf []byte) []byte {
	mbox := dsn.NewMbox(bytes.NewReader(m.raw), maxMessage)
	first, err := mbox.Next(slices.Grow(buf[:0], len(m.raw)))
	if err != nil {
		return buf
	}
	m.raw, m.line, m.size = first.Raw, first.Line, first.Size
	return first.Raw
}

// stream yields the messages of an input that is read as a stream: standard
// input, gzip, an mbox of many, a large file. Each raw is the receiver's. The
// error is yielded last, behind the messages that came before it.
func stream(in input, stdin io.Reader) iter.Seq2[message, error] {
	return func(yield func(message, error) bool) {
		r := stdin
		if in.name != standardInput {
			f, err := os.Open(in.name)
			if err != nil {
				yield(message{}, newInputError(in.name, err))
				return
			}
			defer closeRead(f)
			r = f
		}
		buffered := bufio.NewReaderSize(r, 64<<10)
		if head, _ := buffered.Peek(3); isGzip(head) {
			unzipped, err := gzip.NewReader(buffered)
			if err != nil {
				yield(message{}, gzipError(in.name, err))
				return
			}
			defer closeRead(unzipped)
			buffered = bufio.NewReaderSize(unzipped, 64<<10)
		}
		streamMessages(in, buffered, yield)
	}
}

// streamMessages yields the messages of an input that is open.
func streamMessages(in input, r *bufio.Reader, yield func(message, error) bool) {
	head, err := r.Peek(4 << 10)
	if len(head) == 0 {
		if errors.Is(err, io.EOF) {
			err = emptyError(in.name)
		}
		yield(message{}, streamError(in.name, err))
		return
	}
	if reason := notMail(head); reason != nil {
		reason.name = in.name
		yield(message{}, reason)
		return
	}
	if !dsn.IsMbox(head) {
		streamOne(in, r, yield)
		return
	}
	streamMbox(in, dsn.NewMbox(r, maxMessage), yield)
}

// streamMbox yields the messages of an mbox. The first one waits for the
// second: only messages of several have an index.
func streamMbox(in input, mbox *dsn.Mbox, yield func(message, error) bool) {
	var first *message
	for index := 0; ; index++ {
		next, err := mbox.Next(nil)
		done := err != nil
		if next.Size > 0 {
			m := message{name: in.name, named: in.named, index: index, line: next.Line, raw: next.Raw, size: next.Size}
			if index == 0 && !done {
				first = &m
				continue
			}
			if first != nil && !yield(*first, nil) {
				return
			}
			first = nil
			if !yield(m, nil) {
				return
			}
		}
		if !done {
			continue
		}
		if first != nil {
			first.index = -1
			if !yield(*first, nil) {
				return
			}
		}
		if !errors.Is(err, io.EOF) {
			yield(message{}, streamError(in.name, err))
		}
		return
	}
}

// streamOne yields the one message of an input. The rest of one that is too
// long is not read: a size that says so is enough.
func streamOne(in input, r io.Reader, yield func(message, error) bool) {
	var buf bytes.Buffer
	size, err := io.Copy(&buf, io.LimitReader(r, maxMessage+1))
	raw := buf.Bytes()
	m := message{name: in.name, named: in.named, index: -1, line: 1, raw: raw[:min(len(raw), maxMessage)], size: size}
	if yield(m, nil) && err != nil {
		yield(message{}, streamError(in.name, err))
	}
}

// streamError puts an error of reading on into words.
func streamError(name string, err error) error {
	if errors.Is(err, gzip.ErrChecksum) || errors.Is(err, gzip.ErrHeader) || errors.Is(err, io.ErrUnexpectedEOF) {
		return gzipError(name, err)
	}
	return newInputError(name, err)
}

func gzipError(name string, err error) error {
	reason := "the gzip data is damaged"
	if errors.Is(err, io.ErrUnexpectedEOF) {
		reason = "the gzip data is cut off"
	}
	return &inputError{name: name, reason: reason, advice: "what came before is shown; fetch the file again", err: err}
}

func emptyError(name string) error {
	if name == standardInput {
		return &inputError{name: "standard input", reason: "is empty", advice: "pipe a bounce into it or name a file"}
	}
	return &inputError{name: name, reason: "is empty", advice: "save the bounce again, with header and all parts"}
}

// magics are the starts of files that people mistake for messages, with what
// to do instead.
var magics = [...]struct{ start, reason, advice string }{
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an Outlook message (.msg)", "save it as .eml or .txt, or paste its text into standard input"},
	{"PK\x03\x04", "is a ZIP archive", "unpack it first"},
	{"%PDF-", "is a PDF document", "give the message itself, or paste its text into standard input"},
	{"BZh", "is compressed by bzip2", "give the output of bzcat"},
	{"\xfd7zXZ\x00", "is compressed by xz", "give the output of xzcat"},
	{"\x28\xb5\x2f\xfd", "is compressed by Zstandard", "give the output of zstdcat"},
	{"\xff\xfe", "is text in UTF-16", "convert it first: iconv -f UTF-16 -t UTF-8"},
	{"\xfe\xff", "is text in UTF-16", "convert it first: iconv -f UTF-16 -t UTF-8"},
}

// notMail says why a file with this start is no message, or gives nil. Some
// NUL bytes alone do not count: damaged mail has them.
func notMail(head []byte) *inputError {
	for _, m := range &magics {
		if bytes.HasPrefix(head, []byte(m.start)) {
			return &inputError{reason: m.reason, advice: m.advice}
		}
	}
	head = head[:min(len(head), 512)]
	control := 0
	for _, c := range head {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b {
			control++
		}
	}
	if control > len(head)/10 {
		return &inputError{reason: "is a binary file, not a message", advice: "give the bounce itself, saved as text (.eml)"}
	}
	return nil
}
