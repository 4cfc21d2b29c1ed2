package report

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"unicode/utf16"
	"unicode/utf8"
)

// encoders holds encoders with their buffers, since thousands of documents are
// encoded a second.
var encoders = sync.Pool{New: func() any {
	e := new(encoder)
	e.json = json.NewEncoder(&e.buf)
	e.json.SetEscapeHTML(false) // "<user@example.com>" is to be read by people too
	return e
}}

// encoder encodes documents into a buffer of its own.
type encoder struct {
	buf  bytes.Buffer
	json *json.Encoder
}

// renderNDJSON gives a document as one line of JSON.
func renderNDJSON(dst []byte, doc Document, _ Options) ([]byte, error) {
	if own, ok := doc.(jsonAppender); ok {
		return append(own.appendJSON(dst), '\n'), nil
	}
	return encodeJSON(dst, doc)
}

// encodeJSON appends a document as one line of JSON, by the encoder for
// everything.
func encodeJSON(dst []byte, doc Document) ([]byte, error) {
	e, _ := encoders.Get().(*encoder)
	defer encoders.Put(e)
	e.buf.Reset()
	if err := e.json.Encode(doc); err != nil {
		return dst, err
	}
	return appendEscaped(slices.Grow(dst, e.buf.Len()), e.buf.Bytes()), nil
}

// renderJSON gives a document as JSON with line breaks and indentation.
func renderJSON(dst []byte, doc Document, o Options) ([]byte, error) {
	flat, err := renderNDJSON(nil, doc, o)
	if err != nil {
		return dst, err
	}
	buf := bytes.NewBuffer(dst)
	if err := json.Indent(buf, flat, "", "  "); err != nil {
		return dst, fmt.Errorf("indent: %w", err)
	}
	return buf.Bytes(), nil
}

// harmless8 reports whether b begins with eight bytes of ASCII, none of which is
// DEL. Nearly all of JSON is.
func harmless8(b []byte) bool {
	if len(b) < 8 {
		return false
	}
	const high, ones = 0x8080808080808080, 0x0101010101010101
	v := binary.LittleEndian.Uint64(b)
	// Adding one to each byte lifts DEL, and only it, over the limit of ASCII.
	return (v|(v+ones))&high == 0
}

// appendEscaped appends JSON with every character that could harm a terminal
// written as \uXXXX. Such a character can only stand inside a string, so the
// value stays the same.
func appendEscaped(dst, src []byte) []byte {
	start := 0
	for i := 0; i < len(src); {
		if harmless8(src[i:]) {
			i += 8
			continue
		}
		if c := src[i]; c < utf8.RuneSelf && c != 0x7f {
			i++
			continue
		}
		r, size := utf8.DecodeRune(src[i:])
		if dangerous(r) {
			dst = appendEscape(append(dst, src[start:i]...), r)
			start = i + size
		}
		i += size
	}
	return append(dst, src[start:]...)
}

// appendEscape appends a character as \uXXXX, or as two of them.
func appendEscape(dst []byte, r rune) []byte {
	const hex = "0123456789abcdef"
	if r > 0xffff {
		high, low := utf16.EncodeRune(r)
		return appendEscape(appendEscape(dst, high), low)
	}
	return append(dst, '\\', 'u', hex[r>>12], hex[r>>8&15], hex[r>>4&15], hex[r&15])
}

// appendString appends a string as JSON, as the encoder of package json and then
// appendEscaped would.
func appendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	start := 0
	for i := 0; i < len(s); {
		if len(s)-i >= 8 && verbatim8(s[i:i+8]) {
			i += 8
			continue
		}
		c := s[i]
		if c < utf8.RuneSelf {
			if c < ' ' || c == '"' || c == '\\' || c == 0x7f {
				dst = appendASCII(append(dst, s[start:i]...), c)
				start = i + 1
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 || dangerous(r) {
			dst = appendEscape(append(dst, s[start:i]...), r)
			start = i + size
		}
		i += size
	}
	dst = append(dst, s[start:]...)
	return append(dst, '"')
}

// appendASCII appends a byte that cannot stand in a JSON string, or that could
// harm a terminal, as its escape.
func appendASCII(dst []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(dst, '\\', c)
	case '\b':
		c = 'b'
	case '\f':
		c = 'f'
	case '\n':
		c = 'n'
	case '\r':
		c = 'r'
	case '\t':
		c = 't'
	default:
		return appendEscape(dst, rune(c))
	}
	return append(dst, '\\', c)
}

// verbatim8 reports whether the eight bytes of s stand for themselves in a JSON
// string: printable ASCII without quotes and backslashes. Each term below sets
// the high bit of a byte that does not; it may set one too many above such a
// byte, never one too few.
func verbatim8(s string) bool {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	_ = s[7]
	v := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
	quote, slash := v^'"'*ones, v^'\\'*ones
	return (v|(v+ones)|(v-' '*ones)|(quote-ones)|(slash-ones))&high == 0
}
