package dsn

import (
	"strconv"
	"strings"
)

// part is one leaf of a message's MIME tree, still encoded.
type part struct {
	header   header
	typ      string // media type in lower case, "text/plain" where none is given
	params   string // what follows the media type
	encoding string
	body     string
	line     int    // of the body's first line
	path     string // "1.2", or "" for a message of one part
	name     string // file name of an attachment, or ""
	depth    int    // how many multiparts are around it
	alt      bool   // one of the versions in a multipart/alternative
	status   answer // whether it is a delivery status, see isStatusPart
}

// answer is that to a question which is asked more than once.
type answer uint8

const (
	unasked answer = iota
	no
	yes
)

// label names the part for people: "2 message/delivery-status".
func (p *part) label() string {
	if p.path == "" {
		return ""
	}
	return p.path + " " + p.typ
}

// content gives the decoded body: UTF-8, line feeds, at most maxDecoded bytes.
func (p *part) content() string {
	s := decodeTransfer(p.body, p.encoding)
	if len(s) > maxDecoded {
		s = s[:maxDecoded]
	}
	return normalLines(toUTF8(s, param(p.params, "charset")))
}

// exact reports whether line numbers of the decoded body are those of the input.
func (p *part) exact() bool {
	return !strings.EqualFold(p.encoding, "base64") && !strings.EqualFold(p.encoding, "quoted-printable")
}

// The bounds of one message's tree. Real reports have under ten parts.
const (
	maxParts = 500
	maxDepth = 8
)

// walker collects the leaves of a MIME tree.
type walker struct {
	in       *input
	first    int    // of its parts among those of the input
	params   string // of the whole: what follows its media type
	problems *[]Problem
	// open says that a multipart has no closing boundary.
	open bool
}

func (w *walker) problem(line int, text string) {
	if len(*w.problems) < maxProblems {
		*w.problems = append(*w.problems, Problem{line, text})
	}
}

// maxProblems bounds how many deviations of one message are kept.
const maxProblems = 100

// walk adds the leaves of the entity with header h and the given body.
func (w *walker) walk(h header, body string, line, depth int, path string, alt bool) {
	typ, params := mediaType(unfold(value(h, "Content-Type")))
	if depth == 0 {
		w.params = params
	}
	if typ == "" {
		typ = "text/plain"
	}
	if strings.HasPrefix(typ, "multipart/") && depth < maxDepth {
		if w.multipart(typ, params, body, line, depth, path) {
			return
		}
		typ = "text/plain" // no part was found: read it as text
	} else if depth == 0 && typ == "text/plain" && h.field("Content-Type") == nil && h.field("MIME-Version") == nil {
		// Some gateways strip the MIME fields and leave the parts.
		if b := guessBoundary(body); b != "" && w.split(b, "multipart/mixed", body, line, depth, path) {
			w.problem(line, "multipart without a Content-Type field, boundary "+strconv.Quote(b))
			return
		}
	}
	if n := len(w.in.parts) - w.first; n >= maxParts {
		if n == maxParts {
			w.problem(line, "more than "+strconv.Itoa(maxParts)+" MIME parts: the rest is not read")
		}
		return
	}
	w.in.parts = append(w.in.parts, part{
		header: h, typ: typ, params: params, encoding: h.get("Content-Transfer-Encoding"),
		body: body, line: line, path: path, name: fileName(h, params), depth: depth, alt: alt,
	})
}

func value(h header, name string) string {
	if f := h.field(name); f != nil {
		return f.value
	}
	return ""
}

func fileName(h header, params string) string {
	if f := h.field("Content-Disposition"); f != nil {
		if _, rest, ok := strings.Cut(unfold(f.value), ";"); ok {
			if name := param(rest, "filename"); name != "" {
				return name
			}
		}
	}
	return param(params, "name")
}

// multipart reads the parts of a multipart body; false where it finds none.
func (w *walker) multipart(typ, params, body string, line, depth int, path string) bool {
	boundary := param(params, "boundary")
	if boundary != "" && w.split(boundary, typ, body, line, depth, path) {
		return true
	}
	guess := guessBoundary(body)
	if guess == "" || guess == boundary {
		w.problem(line, "no boundary line of "+strconv.Quote(boundary)+" stands in the "+typ)
		return false
	}
	w.problem(line, "the boundary lines are "+strconv.Quote("--"+guess)+" and not of "+strconv.Quote(boundary))
	return w.split(guess, typ, body, line, depth, path)
}

// split cuts a body at its boundary lines (RFC 2046 section 5.1.1).
func (w *walker) split(boundary, typ, body string, line, depth int, path string) bool {
	delimiter := "--" + strings.TrimRight(boundary, " \t")
	start, startLine, n, closed := -1, 0, 0, false
	counted, lines := 0, 0 // line feeds counted so far, so that none is counted twice
	for pos := 0; pos < len(body); {
		end, next, final, ok := boundaryAt(body, pos, delimiter)
		if !ok {
			break
		}
		if start >= 0 {
			n++
			w.child(body[start:max(start, end)], startLine, typ, depth, path, n)
		}
		if final {
			closed = true
			break
		}
		lines += strings.Count(body[counted:next], "\n")
		start, startLine, pos, counted = next, line+lines, next, next
	}
	if start >= 0 && !closed {
		n++
		w.open = true
		w.problem(line, "the closing boundary "+strconv.Quote(delimiter+"--")+" is missing")
		w.child(body[start:], startLine, typ, depth, path, n)
	}
	return n > 0
}

// boundaryAt finds the next boundary line at or behind pos: where the part
// before it ends, where the next one starts, and whether it closes.
func boundaryAt(body string, pos int, delimiter string) (end, next int, final, ok bool) {
	for pos < len(body) {
		i := strings.Index(body[pos:], delimiter)
		if i < 0 {
			return 0, 0, false, false
		}
		i += pos
		lineEnd, after := lineAt(body, i)
		rest := strings.TrimRight(body[i+len(delimiter):lineEnd], " \t")
		if (i == 0 || body[i-1] == '\n') && (rest == "" || rest == "--") {
			return max(0, i-1), after, rest == "--", true
		}
		pos = after
	}
	return 0, 0, false, false
}

// child reads one body part: its header, then its body.
func (w *walker) child(s string, line int, parent string, depth int, path string, n int) {
	childPath := strconv.Itoa(n)
	if path != "" {
		childPath = path + "." + childPath
	}
	var h header
	body := 1
	if !strings.HasPrefix(s, "\n") {
		h, body = w.in.fields.readHeader(s, line)
	}
	if (h.field("Content-Type") == nil || h.field("Received") != nil) && looksLikeMessage(h) {
		// A returned message without the header of its part.
		body = 0
		w.problem(line, "part "+childPath+" has no header of its own")
		h = header{{name: "Content-Type", value: "message/rfc822", line: line}}
	}
	w.walk(h, s[body:], line+strings.Count(s[:body], "\n"), depth+1, childPath, parent == "multipart/alternative")
}

func looksLikeMessage(h header) bool {
	n := 0
	for _, name := range []string{"Received", "From", "To", "Date", "Subject", "Message-ID", "Return-Path"} {
		if h.field(name) != nil {
			n++
		}
	}
	return n >= 2
}

// guessBoundary finds the boundary of a multipart whose Content-Type does not
// tell it: the first line that starts with two hyphens, holds no blank, and is
// followed by a Content- field, or comes again with two hyphens at its end.
func guessBoundary(body string) string {
	for pos := 0; pos < len(body) && pos < 1<<16; {
		end, next := lineAt(body, pos)
		line := strings.TrimRight(body[pos:end], " \t")
		if name, _, ok := cutField(line); ok && oneOf(name, []string{"Received", "Return-Path", "Message-ID"}) {
			return "" // a returned message begins here: the boundary would be its own
		}
		if len(line) > 6 && len(line) < 200 && strings.HasPrefix(line, "--") && !strings.ContainsAny(line, " \t") && strings.Trim(line, "-") != "" {
			after := strings.TrimLeft(body[next:min(len(body), next+9)], "\n")
			if len(after) >= 8 && strings.EqualFold(after[:8], "content-") && strings.Contains(body[next:], "\n"+line) {
				return line[2:]
			}
		}
		pos = next
	}
	return ""
}
