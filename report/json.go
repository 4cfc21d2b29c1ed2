package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf16"
	"unicode/utf8"
)

// renderNDJSON gives a document as one line of JSON.
func renderNDJSON(dst []byte, doc Document, _ Options) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false) // "<user@example.com>" is to be read by people too
	if err := enc.Encode(doc); err != nil {
		return dst, err
	}
	return appendEscaped(dst, buf.Bytes()), nil
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

// appendEscaped appends JSON with every character that could harm a terminal
// written as \uXXXX. Such a character can only stand inside a string, so the
// value stays the same.
func appendEscaped(dst, src []byte) []byte {
	start := 0
	for i := 0; i < len(src); {
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
