package dsn

import (
	"bytes"
	"io"
	"mime"
	"strings"
)

// field is one header field as it stands: value still folded and encoded.
type field struct {
	name  string
	value string
	line  int
}

// header is the fields of one header section, in order.
type header []field

// maxHeaderFields bounds what one header section may hold; more is skipped.
const maxHeaderFields = 2000

// fieldStore is room for the fields of many header sections.
type fieldStore []field

// readHeader reads the header section at the start of s, whose first line has
// the number line. It gives the fields and the offset of the body. A line that
// is no field and no continuation ends the section early, as if a blank line
// stood before it: broken messages do that.
// The header is valid until the store is used for another input, or cut.
func (st *fieldStore) readHeader(s string, line int) (h header, body int) {
	first := len(*st)
	body = st.read(s, line)
	if h = header((*st)[first:len(*st):len(*st)]); len(h) == 0 {
		return nil, body
	}
	return h, body
}

// read appends the fields of a header section and gives the offset of the body.
func (st *fieldStore) read(s string, line int) (body int) {
	first := len(*st)
	for pos := 0; pos < len(s); line++ {
		end, next := lineAt(s, pos)
		text := s[pos:end]
		if text == "" {
			return next
		}
		if n := len(*st); (text[0] == ' ' || text[0] == '\t') && n > first {
			if strings.TrimSpace(text) == "" && !folds(s, next) {
				return next // a line of blanks in place of the empty line
			}
			// The field's value reaches from its start to here in s.
			f := &(*st)[n-1]
			f.value = s[pos-len(f.value)-1 : end]
			pos = next
			continue
		}
		name, value, ok := cutField(text)
		switch {
		case ok && len(*st)-first < maxHeaderFields:
			*st = append(*st, field{name, value, line})
		case ok:
		case isMboxLine(text):
		case len(*st) == first:
			return 0 // dirt in front of the header
		default:
			return pos
		}
		pos = next
	}
	return len(s)
}

// isMboxLine reports whether a line parts the messages of an mbox.
func isMboxLine(line string) bool {
	return strings.HasPrefix(line, "From ") || strings.HasPrefix(line, ">From ")
}

// folds reports whether the line at pos goes on a folded field.
func folds(s string, pos int) bool {
	end, _ := lineAt(s, pos)
	return end > pos && (s[pos] == ' ' || s[pos] == '\t') && strings.TrimSpace(s[pos:end]) != ""
}

// lineAt gives the end of the line at pos, without its line feed, and the start
// of the next line.
func lineAt(s string, pos int) (end, next int) {
	if n := strings.IndexByte(s[pos:], '\n'); n >= 0 {
		return pos + n, pos + n + 1
	}
	return len(s), len(s)
}

// cutField splits "Name: value". The name may be followed by blanks, as some
// systems print it, but holds none.
func cutField(line string) (name, value string, ok bool) {
	i := 0
	for i < len(line) && line[i] > ' ' && line[i] < 0x7f && line[i] != ':' {
		i++
	}
	colon := i
	for colon < len(line) && (line[colon] == ' ' || line[colon] == '\t') {
		colon++
	}
	if i == 0 || colon == len(line) || line[colon] != ':' {
		return "", "", false
	}
	return line[:i], line[colon+1:], true
}

// get gives the unfolded, trimmed value of the first field of that name, or "".
func (h header) get(name string) string {
	if f := h.field(name); f != nil {
		return unfold(f.value)
	}
	return ""
}

// field gives the first field of that name, which is not "", or nil. It is asked
// many times of every message: most names differ in length or first letter.
func (h header) field(name string) *field {
	letter := name[0] | 0x20
	for i := range h {
		if n := h[i].name; len(n) == len(name) && n[0]|0x20 == letter && strings.EqualFold(n, name) {
			return &h[i]
		}
	}
	return nil
}

// sameName reports whether two names of fields are the same in whatever case.
// Most differ in length or in their first letter.
func sameName(a, b string) bool {
	return len(a) == len(b) && a != "" && a[0]|0x20 == b[0]|0x20 && strings.EqualFold(a, b)
}

// foldPrefix reports whether s begins with words, in whatever case.
func foldPrefix(s, words string) bool {
	return len(s) >= len(words) && strings.EqualFold(s[:len(words)], words)
}

// text gives a value with RFC 2047 encoded words decoded.
func (h header) text(name string) string { return decodeWords(h.get(name)) }

// unfold removes folding (RFC 5322 section 2.2.3).
func unfold(s string) string {
	s = strings.TrimSpace(s)
	if strings.IndexByte(s, '\n') < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		if s[i] != '\n' {
			b.WriteByte(s[i])
			continue
		}
		for i+1 < len(s) && (s[i+1] == ' ' || s[i+1] == '\t' || s[i+1] == '\n') {
			i++
		}
		b.WriteByte(' ')
	}
	return b.String()
}

// decodeWords decodes RFC 2047 encoded words in any charset that the library
// knows, and raw bytes of old charsets as well as can be guessed.
func decodeWords(s string) string {
	if strings.Contains(s, "=?") {
		d := mime.WordDecoder{CharsetReader: wordCharset}
		if out, err := d.DecodeHeader(s); err == nil {
			s = out
		}
	}
	return toUTF8(s, "")
}

// wordCharset decodes the charset of an encoded word. It reads all of it, which
// is short, so that the library need not copy through a buffer of 32 KiB.
func wordCharset(label string, in io.Reader) (io.Reader, error) {
	encoded, err := io.ReadAll(in)
	if err != nil {
		return nil, err
	}
	out, err := decodeCharset(label, encoded)
	return bytes.NewReader(out), err
}

// mediaType splits a Content-Type value (RFC 2045 section 5.1) into its type in
// lower case and a function that finds its parameters. It never fails: what is
// odd is read as far as it goes.
func mediaType(value string) (typ, rest string) {
	typ, rest, _ = strings.Cut(value, ";")
	typ = lowered(strings.TrimSpace(typ))
	for i := range len(typ) {
		if typ[i] == ' ' || typ[i] == '\t' {
			return typ[:i], rest
		}
	}
	return typ, rest
}

// param finds a parameter such as boundary in what follows a media type. The
// value may be quoted or not; quotes may be missing at its end.
func param(rest, name string) string {
	for rest != "" {
		rest = strings.TrimLeft(rest, "; \t\n")
		eq := strings.IndexByte(rest, '=')
		if eq < 0 {
			return ""
		}
		key := strings.TrimSpace(rest[:eq])
		if i := strings.LastIndexAny(key, "; \t\n"); i >= 0 {
			key = key[i+1:] // a word without a value stood in front
		}
		rest = strings.TrimLeft(rest[eq+1:], " \t\n")
		var value string
		if strings.HasPrefix(rest, `"`) {
			value, rest = quotedString(rest)
		} else {
			end := strings.IndexAny(rest, ";\n")
			if end < 0 {
				end = len(rest)
			}
			value, rest = strings.TrimSpace(rest[:end]), rest[end:]
		}
		if strings.EqualFold(key, name) {
			return value
		}
	}
	return ""
}

// quotedString reads the quoted string at the start of s (RFC 5322 section
// 3.2.4), and gives what follows.
func quotedString(s string) (value, rest string) {
	if end := strings.IndexByte(s[1:], '"') + 1; end > 0 && !strings.ContainsAny(s[1:end], "\\\n") {
		return s[1:end], s[end+1:]
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '"':
			return b.String(), s[i+1:]
		case '\\':
			if i++; i < len(s) {
				b.WriteByte(s[i])
			}
		case '\n':
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String(), ""
}
