package dsn

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
)

// Mbox reads the messages of an mbox one after the other, in memory bounded by
// its limit. It reads all common variants: mboxo and mboxrd (lines that begin
// with "From " are quoted by ">"), mboxcl and mboxcl2 (a Content-Length field
// tells where the message ends, RFC 4155 and the System V mail(4) format), the
// "From - " lines of Thunderbird, the "From ???@???" of Eudora and the
// "From NUMBER@xxx" of Google Takeout.
type Mbox struct {
	in    *bufio.Reader
	limit int
	// line is the line of the input that comes next, from 1.
	line int
	// distrust is set by the first Content-Length that does not lead to the
	// next message: such files are not of the variant, and following every
	// wrong length would read the input again and again.
	distrust bool
	started  bool
}

// MboxMessage is one message of an mbox.
type MboxMessage struct {
	// Raw is the message without its From line, the quoting of "From " undone.
	Raw []byte
	// Line is the line of the input at which Raw begins, from 1.
	Line int
	// Size is the length of the whole message in bytes; where it is greater
	// than len(Raw), the message is over the limit and Raw is its head.
	Size int64
}

// NewMbox makes a reader of messages of at most limit bytes each, of which
// longer ones lose their end.
func NewMbox(r io.Reader, limit int) *Mbox {
	size := readSize
	if whole, ok := r.(*bytes.Reader); ok {
		size = min(size, whole.Len()+1) // all of it is at hand
	}
	return &Mbox{in: bufio.NewReaderSize(lineFeeds(r), size), limit: limit, line: 1}
}

// readSize is the size of the read buffer in bytes, and so of the longest
// piece of a line that is looked at in one go.
const readSize = 64 << 10

// IsMbox reports whether head, the first bytes of a file, is the start of an
// mbox: a From line that names a sender and a time. Byte order marks and empty
// lines before it are passed over.
func IsMbox(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), "\r\n")
	end := bytes.IndexAny(head, "\r\n")
	if end < 0 {
		end = len(head)
	}
	return isFromLine(head[:end])
}

// Next appends the next message to buf[:0]. The error is io.EOF behind the
// last message, or that of the input; what was read before is given first.
func (m *Mbox) Next(buf []byte) (MboxMessage, error) {
	if !m.started {
		if err := m.skipToFirst(); err != nil {
			return MboxMessage{}, err
		}
		m.started = true
	}
	if _, err := m.in.Peek(1); err != nil {
		return MboxMessage{}, err
	}
	m.skipLine() // the From line
	msg := MboxMessage{Raw: buf[:0], Line: m.line}
	scan := mboxScan{declared: -1, maxEnd: int64(m.limit) - readSize}
	if m.distrust {
		scan.maxEnd = 0
	}
	for {
		piece, whole, err := m.readPiece()
		if len(piece) > 0 {
			msg.Size += int64(len(piece))
			scan.note(piece, msg.Size)
			msg.Raw = m.appendPiece(msg.Raw, piece, &scan)
			scan.lineStart = whole
		}
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return msg, err
		}
		if scan.lineStart && m.atSeparator(&scan, &msg) {
			return msg, nil
		}
	}
}

// mboxScan is what is known of the message that is being read.
type mboxScan struct {
	lineStart bool // the next byte begins a line
	prevBlank bool // the line before it is empty, or closes a MIME multipart
	header    bool // still in the header
	begun     bool
	declared  int64 // the Content-Length, -1 where there is none
	bodyEnd   int64 // the size at which the declared body ends, 0 where it is not followed
	maxEnd    int64 // the greatest bodyEnd that is followed
}

// note looks at a piece that begins a line.
func (s *mboxScan) note(piece []byte, size int64) {
	if !s.begun {
		s.begun, s.header, s.lineStart = true, true, true
	}
	if !s.lineStart {
		s.prevBlank = false
		return
	}
	text := bytes.TrimRight(piece, "\r\n")
	s.prevBlank = len(text) == 0 || bytes.HasPrefix(text, []byte("--")) && bytes.HasSuffix(text, []byte("--"))
	if !s.header {
		return
	}
	if len(text) == 0 {
		s.header = false
		if s.declared >= 0 && size+s.declared <= s.maxEnd {
			s.bodyEnd = size + s.declared
		}
		return
	}
	const name = "content-length:"
	if len(text) > len(name) && bytes.EqualFold(text[:len(name)], []byte(name)) {
		n, err := strconv.ParseInt(string(bytes.TrimSpace(text[len(name):])), 10, 64)
		if err == nil && n >= 0 && n <= 1<<40 {
			s.declared = n
		}
	}
}

// readPiece reads up to the end of the line, or as much of a longer one as the
// buffer holds. whole says that the line ended.
func (m *Mbox) readPiece() (piece []byte, whole bool, err error) {
	piece, err = m.in.ReadSlice('\n')
	switch {
	case err == nil:
		m.line++
		return piece, true, nil
	case errors.Is(err, bufio.ErrBufferFull):
		return piece, false, nil
	}
	return piece, false, err
}

// appendPiece adds a piece to the message as far as the limit allows. Quoting
// is undone on the way.
func (m *Mbox) appendPiece(raw, piece []byte, scan *mboxScan) []byte {
	if scan.lineStart && scan.bodyEnd == 0 && piece[0] == '>' && bytes.HasPrefix(bytes.TrimLeft(piece, ">"), []byte("From ")) {
		piece = piece[1:]
	}
	return append(raw, piece[:min(len(piece), m.limit-len(raw))]...)
}

// atSeparator reports whether the next line starts another message.
func (m *Mbox) atSeparator(scan *mboxScan, msg *MboxMessage) bool {
	if scan.bodyEnd > 0 {
		return m.atDeclaredEnd(scan, msg)
	}
	if !scan.prevBlank {
		return false
	}
	return m.nextIsFromLine()
}

// nextIsFromLine reports whether the next line is a From line with a header
// field behind it.
func (m *Mbox) nextIsFromLine() bool {
	if head, _ := m.in.Peek(5); !bytes.Equal(head, []byte("From ")) {
		return false
	}
	head, _ := m.in.Peek(1024)
	line, rest, _ := bytes.Cut(head, []byte("\n"))
	return isFromLine(bytes.TrimRight(line, "\r")) && startsHeader(rest)
}

// atDeclaredEnd follows a Content-Length. Up to where it ends, From lines are
// text. Where it does not end at a From line or at the end of the input, it is
// wrong, and what was taken for text is looked through again.
func (m *Mbox) atDeclaredEnd(scan *mboxScan, msg *MboxMessage) bool {
	if msg.Size < scan.bodyEnd {
		if _, err := m.in.Peek(1); err == nil {
			return false
		}
	}
	if msg.Size >= scan.bodyEnd && msg.Size <= scan.bodyEnd+2 { // the empty line between messages may be counted or not
		if head, _ := m.in.Peek(2); len(head) == 0 || m.nextIsFromLine() {
			return true
		} else if msg.Size == scan.bodyEnd && len(bytes.TrimRight(head[:1], "\r\n")) == 0 {
			return false
		}
	}
	m.distrust = true
	scan.bodyEnd = 0
	return m.splitAgain(msg)
}

// splitAgain cuts msg at the first From line that a wrong Content-Length made
// look like text, and gives back what stands behind it to the input.
func (m *Mbox) splitAgain(msg *MboxMessage) bool {
	raw := msg.Raw
	for at := 0; ; {
		next := bytes.Index(raw[at:], []byte("\n\nFrom "))
		skip := 2
		if crlf := bytes.Index(raw[at:], []byte("\n\r\nFrom ")); crlf >= 0 && (next < 0 || crlf < next) {
			next, skip = crlf, 3
		}
		if next < 0 {
			return m.nextIsFromLine()
		}
		at += next + skip
		line, rest, _ := bytes.Cut(raw[at:min(len(raw), at+1024)], []byte("\n"))
		if isFromLine(bytes.TrimRight(line, "\r")) && startsHeader(rest) {
			back := bytes.Clone(raw[at:])
			m.line -= bytes.Count(back, []byte("\n"))
			m.in = bufio.NewReaderSize(io.MultiReader(bytes.NewReader(back), m.in), readSize)
			msg.Raw, msg.Size = raw[:at], int64(at)
			return true
		}
	}
}

// skipToFirst passes over what may stand before the first From line.
func (m *Mbox) skipToFirst() error {
	if bom, _ := m.in.Peek(3); string(bom) == "\xef\xbb\xbf" {
		_, _ = m.in.Discard(3) // Peek has just seen them
	}
	for {
		head, err := m.in.Peek(1)
		if err != nil {
			return err
		}
		if head[0] != '\n' && head[0] != '\r' {
			return nil
		}
		m.skipLine()
	}
}

// skipLine reads past the end of a line.
func (m *Mbox) skipLine() {
	for {
		_, whole, err := m.readPiece()
		if whole || err != nil {
			return
		}
	}
}

// isFromLine reports whether line, without its end, is "From ", an envelope
// sender of any form, and a time with hours and minutes, a month or weekday
// name and a year: what RFC 4155 and its looser predecessors have in common.
// That keeps a sentence that begins with "From" from being taken for one.
func isFromLine(line []byte) bool {
	if len(line) > 512 || !bytes.HasPrefix(line, []byte("From ")) {
		return false
	}
	var clock, name, year bool
	words := bytes.Fields(line[len("From "):])
	for i, word := range words {
		if i == 0 && len(words) > 1 && !isDayOrMonth(word) {
			continue // the sender
		}
		switch {
		case isClock(word):
			clock = true
		case isDayOrMonth(word):
			name = true
		case len(word) == 4 && (word[0] == '1' && word[1] == '9' || word[0] == '2' && word[1] == '0') && isDigits(word):
			year = true
		}
	}
	return clock && name && year
}

// isClock reports whether word is hh:mm or hh:mm:ss.
func isClock(word []byte) bool {
	hour, rest, ok := bytes.Cut(word, []byte(":"))
	return ok && len(hour) >= 1 && len(hour) <= 2 && isDigits(hour) && len(rest) >= 2 && isDigits(rest[:2])
}

// isDayOrMonth reports whether word is the English name of a weekday or month,
// shortened to three letters.
func isDayOrMonth(word []byte) bool {
	const names = "Mon Tue Wed Thu Fri Sat Sun Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
	word = bytes.TrimRight(word, ",")
	return len(word) == 3 && bytes.Contains([]byte(names), word)
}

func isDigits(b []byte) bool {
	for _, c := range b {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(b) > 0
}

// startsHeader reports whether b begins with a header field, or with the
// quoted From line that some systems put first.
func startsHeader(b []byte) bool {
	if bytes.HasPrefix(b, []byte(">From ")) || bytes.HasPrefix(b, []byte("From ")) {
		return true
	}
	for i, c := range b {
		if c == ':' {
			return i > 0
		}
		if c <= ' ' || c >= 0x7f {
			return false
		}
	}
	return false
}

// lineFeeds gives r with line feeds for the lone carriage returns that end the
// lines of old Mac files; other inputs are given as they are.
func lineFeeds(r io.Reader) io.Reader {
	in := bufio.NewReaderSize(r, 4<<10)
	head, _ := in.Peek(4 << 10)
	if bytes.IndexByte(head, '\r') < 0 || bytes.IndexByte(head, '\n') >= 0 {
		return in
	}
	return carriageReturns{in}
}

// carriageReturns turns carriage returns into line feeds.
type carriageReturns struct{ r io.Reader }

func (c carriageReturns) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	for i, b := range p[:n] {
		if b == '\r' {
			p[i] = '\n'
		}
	}
	return n, err
}
