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
			dst = append(dst, src[start:i]...)
			if r > 0xffff {
				high, low := utf16.EncodeRune(r)
				dst = fmt.Appendf(dst, `\u%04x\u%04x`, high, low)
			} else {
				dst = fmt.Appendf(dst, `\u%04x`, r)
			}
			start = i + size
		}
		i += size
	}
	return append(dst, src[start:]...)
}
