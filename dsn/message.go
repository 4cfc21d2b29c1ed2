package dsn

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"github.com/smtpdiag/smtpdiag/smtp"
)

// message is the lenient view of one message that the formats work on: its
// header, its leaf parts, and the text for people up to where the returned
// original begins.
type message struct {
	in     *input
	source string
	header header
	// from and subject are those of the header, decoded, and then in lower case.
	from, subject           string
	lowerFrom, lowerSubject string
	// params is what follows the media type of the whole message.
	params   string
	parts    []part
	body     body
	problems []Problem
	// truncated is as in Report.
	truncated bool
	// bare says that the input has no header: it is pasted text.
	bare bool
	// guessed says that the text names no recipient, so that who failed was
	// taken from elsewhere.
	guessed bool
	// action is what the text says became of the message, once it was asked.
	action string
	// likely says whether it looks like a report, once that was asked.
	likely answer
	// scanned is what a scan knows, once there was one.
	scanned *scanner
}

// body is the text for people: decoded, with line feeds, and without the
// returned original.
type body struct {
	text string
	// lower is text with its ASCII letters lowered; offsets are the same.
	lower    string
	segments []segment
	// original is what follows the mark of a returned original in the text.
	original string
	// counted is how far line feeds have been counted last.
	counted struct{ start, offset, lines int }
}

// segment tells where a piece of the body stands in the input.
type segment struct {
	offset int // in body.text
	line   int // of the input
	label  string
	exact  bool // line numbers go on from line; else all of it counts as line
}

// at gives the place of the byte at offset in the body.
func (b *body) at(offset int) place {
	for _, s := range slices.Backward(b.segments) {

		if s.offset > offset {
			continue
		}
		p := place{line: s.line, part: s.label, field: "text"}
		if s.exact {
			p.line += b.linesTo(s.offset, min(offset, len(b.text)))
		}
		return p
	}
	return place{field: "text"}
}

// linesTo counts the line feeds from the start of a segment to offset. Lists
// ask for one place after the other: it goes on from where it was last.
func (b *body) linesTo(start, offset int) int {
	from, n := start, 0
	if b.counted.start == start && b.counted.offset >= start && b.counted.offset <= offset {
		from, n = b.counted.offset, b.counted.lines
	}
	n += strings.Count(b.text[from:max(from, offset)], "\n")
	b.counted.start, b.counted.offset, b.counted.lines = start, max(from, offset), n
	return n
}

// exactAt reports whether the lines around offset are those of the input.
func (b *body) exactAt(offset int) bool {
	exact := false
	for _, s := range b.segments {
		if s.offset <= offset {
			exact = s.exact
		}
	}
	return exact
}

// has reports whether any of the phrases, given in lower case, is in the body.
func (b *body) has(phrases ...string) bool {
	for _, p := range phrases {
		if strings.Contains(b.lower, p) {
			return true
		}
	}
	return false
}

// problem notes a deviation.
func (m *message) problem(line int, text string) {
	if len(m.problems) < maxProblems {
		m.problems = append(m.problems, Problem{line, text})
	}
}

// newMessage reads the structure of s: its header, its parts, its text.
func newMessage(in *input, source, s string) *message {
	m := &message{in: in, source: source}
	lead := 0 // blank lines in front, which pasted messages have
	for lead < len(s) && s[lead] == '\n' {
		lead++
	}
	h, start := in.fields.readHeader(s[lead:], 1+lead)
	m.header = h
	if !isMailHeader(m.header) {
		m.header, start, m.bare = nil, 0, true
	}
	m.from, m.subject = m.header.text("From"), m.header.text("Subject")
	m.lowerFrom, m.lowerSubject = lowered(m.from), lowered(m.subject)
	start += lead
	w := walker{in: in, first: len(in.parts), problems: &m.problems}
	w.walk(m.header, s[start:], 1+strings.Count(s[:start], "\n"), 0, "", false)
	m.parts, m.params = slices.Clip(in.parts[w.first:]), w.params
	m.truncated = w.open && len(m.parts) > 0 && !isOriginalPart(&m.parts[len(m.parts)-1])
	return m
}

// isMailHeader asks for at least one field that every message has, so that the
// "field: value" lines of a pasted bounce are not taken for a header.
func isMailHeader(h header) bool {
	for _, name := range []string{"From", "Return-Path", "Received", "Subject", "To", "Date", "Message-ID", "Content-Type", "MIME-Version", "X-Failed-Recipients", "Delivered-To"} {
		if h.field(name) != nil {
			return true
		}
	}
	return false
}

// isStatusPart reports whether a part is a delivery status by its type or,
// where the type is wrong, by what it holds.
func isStatusPart(p *part) bool {
	if p.status == unasked {
		p.status = no
		if p.holdsStatus() {
			p.status = yes
		}
	}
	return p.status == yes
}

func (p *part) holdsStatus() bool {
	switch p.typ {
	case "message/delivery-status", "message/global-delivery-status":
		return true
	case "text/plain", "application/octet-stream", "message/delivery-statu", "text/delivery-status":
	default:
		return false
	}
	head := p.body[:min(len(p.body), 4096)]
	if !p.exact() {
		head = decodeTransfer(head, p.encoding)
	}
	return startsAsStatus(head)
}

// startsAsStatus reports whether a text begins with fields of RFC 3464.
func startsAsStatus(s string) bool {
	s = strings.TrimLeft(s, "\r\n \t")
	name, _, ok := cutField(s[:min(len(s), 200)])
	return ok && isStatusField(name) && (hasFieldLine(s, "final-recipient") || hasFieldLine(s, "reporting-mta"))
}

// hasFieldLine reports whether a line of s starts with the field of that name,
// given in lower case.
func hasFieldLine(s, name string) bool {
	for pos := 0; pos < len(s); {
		end, next := lineAt(s, pos)
		if line := s[pos:end]; len(line) > len(name) && strings.EqualFold(line[:len(name)], name) {
			if rest := strings.TrimLeft(line[len(name):], " \t"); strings.HasPrefix(rest, ":") {
				return true
			}
		}
		pos = next
	}
	return false
}

// isOriginalPart reports whether a part is the returned message or its header.
func isOriginalPart(p *part) bool {
	switch p.typ {
	case "message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers", "message/rfc822-headers", "text/rfc822", "message/partial":
		return true
	}
	return false
}

// collectBody joins the parts that speak to people into the body: every text
// in front of the returned original, plain text rather than HTML of the same.
func (m *message) collectBody() {
	var texts bodyTexts
	for i := range m.parts {
		p := &m.parts[i]
		if isOriginalPart(p) {
			break
		}
		if isStatusPart(p) && p.typ != "text/plain" || !strings.HasPrefix(p.typ, "text/") || p.typ == "text/calendar" {
			continue
		}
		if texts.size > maxDecoded {
			m.problem(p.line, "the text is over a mebibyte: the rest is not read")
			break
		}
		if p.alt && p.typ == "text/html" && m.hasPlainTwin(i) {
			continue
		}
		if texts.size > 0 && m.startsAsMessage(p) {
			break
		}
		m.addSegment(&texts, p)
	}
	m.body.text = texts.join()
	m.body.cutOriginal(&m.in.fields)
}

// bodyTexts are the texts of which a body is made. Most have one, which is not
// copied where that can be helped.
type bodyTexts struct {
	list []string
	size int // of the body so far
}

// add adds a text, behind a line feed if it is not the first, and ends it with
// one. It gives where in the body the text begins.
func (t *bodyTexts) add(text string) (offset int) {
	if t.size > 0 {
		t.list = append(t.list, "\n")
		t.size++
	}
	offset = t.size
	t.list = append(t.list, text)
	t.size += len(text)
	if !strings.HasSuffix(text, "\n") {
		t.list = append(t.list, "\n")
		t.size++
	}
	return offset
}

func (t *bodyTexts) join() string { return strings.Join(t.list, "") }

// startsAsMessage reports whether a part, of whatever type, holds a returned
// message or its header.
func (m *message) startsAsMessage(p *part) bool {
	if p.typ != "text/plain" || !p.exact() {
		return false
	}
	h, _ := m.in.fields.readHeader(p.body[:min(len(p.body), 8192)], 1)
	return len(h) >= 3 && looksLikeMessage(h) && (h.field("Received") != nil || h.field("Message-ID") != nil || h.field("Return-Path") != nil)
}

// hasPlainTwin reports whether an alternative in plain text with some content
// stands beside the HTML part i.
func (m *message) hasPlainTwin(i int) bool {
	parent := func(path string) string { return path[:strings.LastIndexByte(path, '.')+1] }
	for j := range m.parts {
		p := &m.parts[j]
		if j != i && p.typ == "text/plain" && parent(p.path) == parent(m.parts[i].path) && len(strings.TrimSpace(p.body)) > 20 {
			return true
		}
	}
	return false
}

func (m *message) addSegment(texts *bodyTexts, p *part) {
	text := p.content()
	exact := p.exact()
	if p.typ == "text/html" || p.typ == "text/plain" && looksLikeHTML(text) {
		text, exact = htmlText(text), false
	} else {
		text = dedent(text)
		if single, ok := undouble(text); ok {
			text, exact = single, false
		}
	}
	m.body.segments = append(m.body.segments, segment{texts.add(text), p.line, p.label(), exact})
}

// dedent takes away the blanks that every line starts with, as in a text that
// was pasted into a ticket.
func dedent(s string) string {
	least := -1
	for pos := 0; pos < len(s) && least != 0; {
		end, next := lineAt(s, pos)
		if line := s[pos:end]; strings.TrimSpace(line) != "" {
			n := len(line) - len(strings.TrimLeft(line, " "))
			if least < 0 || n < least {
				least = n
			}
		}
		pos = next
	}
	if least <= 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for line := range strings.Lines(s) {
		if len(line) > least {
			line = line[least:]
		} else {
			line = strings.TrimLeft(line, " ")
		}
		b.WriteString(line)
	}
	return b.String()
}

// undouble takes every second line out of a text in which a blank line stands
// behind every other, as some programs leave what they forward.
func undouble(s string) (string, bool) {
	n := strings.Count(s, "\n\n")
	if n < 8 || n*2 < strings.Count(s, "\n")-2 {
		return s, false
	}
	blank := true
	for line := range strings.SplitSeq(strings.TrimRight(s, "\n"), "\n") {
		empty := strings.TrimSpace(line) == ""
		if !empty && !blank {
			return s, false
		}
		blank = empty
	}
	var b strings.Builder
	b.Grow(len(s))
	run := 0
	for line := range strings.SplitSeq(s, "\n") {
		if strings.TrimSpace(line) == "" {
			if run++; run%2 == 0 {
				b.WriteByte('\n')
			}
			continue
		}
		run = 0
		b.WriteString(line)
		b.WriteByte('\n')
	}
	return b.String(), true
}

func looksLikeHTML(s string) bool {
	s = strings.TrimLeft(s, " \t\n\ufeff")
	return len(s) > 6 && (strings.EqualFold(s[:5], "<html") || strings.EqualFold(s[:6], "<!doct") || strings.EqualFold(s[:5], "<body"))
}

func lowerASCII(s string) string { return smtp.LowerASCII(s) }

// lowered is strings.ToLower, faster for ASCII.
func lowered(s string) string {
	if isASCII(s) {
		return lowerASCII(s)
	}
	return strings.ToLower(s)
}

// htmlText gives the text of an HTML document: blocks and line breaks become
// line feeds, cells are parted by blanks, scripts and styles are left out.
func htmlText(s string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(s))
	z.SetMaxBuf(maxDecoded)
	skip, pre := 0, 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			return tidy(b.String())
		case html.TextToken:
			switch {
			case skip > 0:
			case pre > 0:
				b.Write(z.Text())
			default:
				writeInline(&b, z.Text())
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			skip += hidden(string(name), 1)
			if string(name) == "pre" {
				pre++
			}
			writeBreak(&b, string(name))
		case html.EndTagToken:
			name, _ := z.TagName()
			skip = max(0, skip+hidden(string(name), -1))
			if string(name) == "pre" {
				pre = max(0, pre-1)
			}
			writeBreak(&b, string(name))
		case html.CommentToken, html.DoctypeToken:
		}
	}
}

// writeInline writes a text with each run of white space made one blank. Where
// it neither begins nor ends with any, it joins what stands beside it: a link
// within "<user@example.com>:" parts nothing.
func writeInline(b *strings.Builder, text []byte) {
	const space = " \t\n\r\f"
	if len(text) == 0 {
		return
	}
	if len(bytes.Trim(text, space)) == 0 && bytes.IndexByte(text, '\n') >= 0 && strings.HasSuffix(b.String(), "\n") {
		b.WriteByte('\n') // blocks on lines of their own read as paragraphs
		return
	}
	if strings.IndexByte(space, text[0]) >= 0 {
		writeBlank(b)
	}
	first := true
	for word := range bytes.FieldsSeq(text) {
		if !first {
			b.WriteByte(' ')
		}
		first = false
		b.Write(word)
	}
	if !first && strings.IndexByte(space, text[len(text)-1]) >= 0 {
		b.WriteByte(' ')
	}
}

// writeBlank parts what follows from what is there.
func writeBlank(b *strings.Builder) {
	if s := b.String(); s != "" && s[len(s)-1] != ' ' && s[len(s)-1] != '\n' {
		b.WriteByte(' ')
	}
}

func hidden(tag string, step int) int {
	switch tag {
	case "script", "style", "head", "title":
		return step
	}
	return 0
}

// writeBreak writes what a tag parts its text from others by: a line feed for
// blocks, a blank for cells.
func writeBreak(b *strings.Builder, tag string) {
	switch tag {
	case "td", "th":
		writeBlank(b)
	case "p", "div", "br", "tr", "table", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr", "blockquote", "body":
		b.WriteByte('\n')
	}
}

// tidy trims every line and folds runs of blank lines into one.
func tidy(s string) string {
	var b strings.Builder
	blank := true
	for line := range strings.SplitSeq(s, "\n") {
		line = strings.TrimSpace(strings.ReplaceAll(line, "\u00a0", " "))
		if line == "" {
			if !blank {
				b.WriteByte('\n')
			}
			blank = true
			continue
		}
		b.WriteString(line)
		b.WriteByte('\n')
		blank = false
	}
	return b.String()
}
