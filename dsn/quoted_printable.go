package dsn

import (
	"bufio"
	"errors"
	"io"
	"mime/quotedprintable"
	"strings"
	"sync"
)

// decodeQuotedPrintable decodes RFC 2045 section 6.7. Lines in good order, of
// which nearly all text is made, are decoded in runs; from the first odd one on
// it is left to the library, which goes byte by byte. The results are the same.
func decodeQuotedPrintable(body string) string {
	if len(body) > 3*maxDecoded {
		body = body[:3*maxDecoded]
	}
	var b strings.Builder
	b.Grow(len(body)) // decoding never makes it longer
	for pos := 0; pos < len(body); {
		end, next := lineAt(body, pos)
		line := strings.TrimRight(body[pos:end], " \t")
		text, soft := strings.CutSuffix(line, "=")
		odd := soft && (len(line) != end-pos || text == "" || text[len(text)-1] == '=')
		if odd || end-pos > maxQuotedLine || !plainQuoted(line) {
			b.WriteString(decodeOdd(body[pos:]))
			break
		}
		writeQuoted(&b, text)
		if !soft && next > end {
			b.WriteByte('\n')
		}
		pos = next
	}
	return b.String()
}

// maxQuotedLine is a length of lines with which the library surely copes.
const maxQuotedLine = 1000

// plainQuoted reports whether a line holds no control characters.
func plainQuoted(line string) bool {
	for i := range len(line) {
		if c := line[i]; c < ' ' && c != '\t' || c == 0x7f {
			return false
		}
	}
	return true
}

// writeQuoted writes a line with its escapes decoded. An equals sign that no two
// hexadecimal digits follow stands for itself.
func writeQuoted(b *strings.Builder, line string) {
	for {
		i := strings.IndexByte(line, '=')
		if i < 0 {
			b.WriteString(line)
			return
		}
		b.WriteString(line[:i])
		line = line[i:]
		if len(line) > 2 {
			if high, low := hexDigit(line[1]), hexDigit(line[2]); high|low < 16 {
				b.WriteByte(high<<4 | low)
				line = line[3:]
				continue
			}
		}
		b.WriteByte('=')
		line = line[1:]
	}
}

// hexDigit gives the value of a hexadecimal digit, or 255.
func hexDigit(c byte) byte {
	switch {
	case c >= '0' && c <= '9':
		return c - '0'
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10
	}
	return 255
}

// quotedBuffers holds buffers for decodeQuotedPrintable.
var quotedBuffers = sync.Pool{New: func() any { return bufio.NewReaderSize(nil, 4096) }}

// decodeOdd decodes whatever stands there by the library, and keeps the rest as
// it stands where that gives up.
func decodeOdd(body string) string {
	in := strings.NewReader(body)
	// The library wraps its input in a buffer of its own unless it is one.
	buffered, _ := quotedBuffers.Get().(*bufio.Reader)
	buffered.Reset(in)
	defer quotedBuffers.Put(buffered)
	r := quotedprintable.NewReader(buffered)
	out := make([]byte, 0, len(body)) // decoding never makes it longer
	for {
		n, err := r.Read(out[len(out):cap(out)])
		out = out[:len(out)+n]
		switch {
		case errors.Is(err, io.EOF), err == nil && len(out) == cap(out):
			return string(out)
		case err != nil:
			return string(out) + body[len(body)-in.Len()-buffered.Buffered():]
		}
	}
}
