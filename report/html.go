package report

import (
	"crypto/sha256"
	"encoding/base64"
	"html"
	"slices"
	"strconv"
	"strings"
)

// The HTML page is one file that loads nothing: no script, no font, no picture
// from anywhere. Its policy allows the one style sheet inside it and no more,
// so that nothing that a bounce brings along could ever run or be fetched.

// htmlOpen gives what stands in front of the documents.
func htmlOpen() string {
	sum := sha256.Sum256([]byte(htmlStyle))
	policy := "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
	return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n" +
		"<meta http-equiv=\"Content-Security-Policy\" content=\"" + policy + "\">\n" +
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n" +
		"<title>smtpdiag report</title>\n<style>" + htmlStyle + "</style>\n</head>\n<body>\n<main>\n"
}

// htmlClose gives what stands behind them.
const htmlClose = "</main>\n</body>\n</html>\n"

// renderHTML lays a document out as a part of the page.
func renderHTML(dst []byte, doc Document, o Options) ([]byte, error) {
	h := &htmlPage{dst: dst, version: o.Version}
	detail := o.Detail
	if detail == Normal {
		detail = Kept
	}
	h.raw("<article>\n")
	for _, block := range doc.Page(detail) {
		if facts, ok := block.(Facts); ok {
			h.facts = append(h.facts, facts...) // one list for those that follow each other
			continue
		}
		h.flushFacts()
		h.block(block)
	}
	h.flushFacts()
	h.raw("</article>\n")
	return h.dst, nil
}

// htmlPage is the page while it is written.
type htmlPage struct {
	dst     []byte
	version string
	facts   Facts // wait for others to share a list with
	// grouped says that findings and steps stand below a heading of their group.
	grouped bool
}

// raw appends markup of our own. Nothing from outside may pass through it.
func (h *htmlPage) raw(s string) { h.dst = append(h.dst, s...) }

// text appends words, which may come from outside: control characters become
// visible, and every character that means something in HTML is escaped.
func (h *htmlPage) text(s string) { h.dst = append(h.dst, html.EscapeString(Clean(s))...) }

// lines appends words in which line feeds stay.
func (h *htmlPage) lines(s string) { h.dst = append(h.dst, html.EscapeString(CleanLines(s))...) }

// words appends words in which backticks mark what is to be typed.
func (h *htmlPage) words(s string) {
	for s != "" {
		before, after, _ := strings.Cut(s, "`")
		span, behind, closed := strings.Cut(after, "`")
		if !closed || span == "" {
			h.text(s)
			return
		}
		h.text(before)
		h.element("code", "", span)
		s = behind
	}
}

// element appends words inside an element of that name and class.
func (h *htmlPage) element(name, class, words string) {
	h.raw("<" + name)
	if class != "" {
		h.raw(` class="` + class + `"`)
	}
	h.raw(">")
	h.text(words)
	h.raw("</" + name + ">")
}

// toneClass is the style of a tone.
func toneClass(t Tone) string {
	switch t {
	case Good:
		return "good"
	case Notice:
		return "notice"
	case Caution:
		return "caution"
	case Alarm:
		return "alarm"
	case Neutral:
	}
	return "soft"
}

func (h *htmlPage) block(b Block) {
	switch b := b.(type) {
	case Answer:
		h.answer(b)
	case Heading:
		h.grouped = h.grouped || b.Level == 1
		h.raw("<h" + strconv.Itoa(min(3, b.Level+1)) + ">")
		h.text(b.Text)
		h.raw("</h" + strconv.Itoa(min(3, b.Level+1)) + ">\n")
	case Paragraph:
		h.raw("<p>")
		h.lines(b.Text)
		h.raw("</p>\n")
	case Facts:
		h.facts = append(h.facts, b...)
	case Quote:
		h.quote(b)
	case Findings:
		h.findings(b)
	case Steps:
		h.steps(b)
	case Table:
		h.table(b)
	case List:
		h.list(b)
	case Hint:
		h.raw("<p class=\"soft\">")
		h.text(b.Text + ": ")
		h.element("code", "", b.Command)
		h.raw("</p>\n")
	case Dialogue:
		h.dialogue(b)
	case Hops:
		h.hops(b)
	case Letter:
		h.raw("<h2>Text for the other side</h2>\n<p>To ")
		h.text(b.To)
		h.raw(":</p>\n")
		h.code(b.Text)
	case Written:
		for _, inner := range b.Blocks {
			h.block(inner)
			h.flushFacts()
		}
	case Prose:
		h.prose(b)
	case Check:
		h.check(b)
	case Links:
		h.links(b)
	case Rule:
		h.raw("<hr>\n")
	case Colophon:
		h.colophon(b)
	}
}

// section is the element of the heading over findings and steps.
func (h *htmlPage) section() string {
	if h.grouped {
		return "h3"
	}
	return "h2"
}

// answer writes the box that comes first.
func (h *htmlPage) answer(a Answer) {
	h.raw(`<section class="answer ` + toneClass(a.Tone) + "\">\n<h1>")
	h.element("b", toneClass(a.Tone), a.Mark)
	h.raw(" ")
	if a.Subject != "" {
		h.element("code", "", a.Subject)
		if a.Others > 0 {
			h.text(" and " + plural(a.Others, "other"))
		}
		h.raw(": ")
	}
	h.text(a.Title)
	if a.Permanence != "" {
		h.text(" (" + a.Permanence + ")")
	}
	h.raw("</h1>\n<p>")
	h.element("code", "", a.Class)
	if a.Who == "nobody" {
		h.text("; nobody needs to act")
	} else if a.Who != "" {
		h.text("; " + a.Who + " can act")
	}
	if a.Suppress {
		h.text("; suppress the address")
	}
	h.raw("</p>\n")
	if a.Next.Text != "" {
		h.raw("<p><b>Next:</b> ")
		h.words(a.Next.Text)
		h.raw("</p>\n")
	}
	if a.Next.Command != "" {
		h.command(a.Next.Command)
	}
	h.raw("</section>\n")
}

// code writes lines to copy or to quote.
func (h *htmlPage) code(lines string) {
	h.raw("<pre>")
	h.lines(lines)
	h.raw("</pre>\n")
}

// command writes a shell command. A line may break before an option, but not
// behind its dashes.
func (h *htmlPage) command(command string) {
	h.raw("<pre>")
	for i, word := range strings.Split(CleanLines(command), " ") {
		if i > 0 {
			h.raw(" ")
		}
		if len(word) > 1 && len(word) < 30 && word[0] == '-' {
			h.raw("<span>")
			h.lines(word)
			h.raw("</span>")
			continue
		}
		h.lines(word)
	}
	h.raw("</pre>\n")
}

// flushFacts writes the facts that wait.
func (h *htmlPage) flushFacts() {
	if len(h.facts) == 0 {
		return
	}
	h.raw("<dl>\n")
	for _, f := range h.facts {
		h.element("dt", "", f.Label)
		class := ""
		if f.Verbatim {
			class = "mono"
		}
		h.element("dd", class, Abridge(f.Value, keptBytes))
		h.raw("\n")
	}
	h.raw("</dl>\n")
	h.facts = nil
}

func (h *htmlPage) quote(q Quote) {
	h.raw("<blockquote><span class=\"soft\">")
	h.text(q.Label)
	h.raw("</span><pre>")
	h.lines(Abridge(q.Text, quoteBytes))
	h.raw("</pre>")
	if q.Where != "" {
		h.element("footer", "", q.Where)
	}
	h.raw("</blockquote>\n")
}

func (h *htmlPage) findings(findings Findings) {
	h.element(h.section(), "", "Findings")
	h.raw("\n<ul>\n")
	for _, f := range findings {
		h.raw("<li>")
		h.element("b", toneClass(f.Tone), f.Key)
		h.words(": " + Abridge(f.Text, keptBytes))
		h.raw("</li>\n")
	}
	h.raw("</ul>\n")
}

// steps writes a list to tick; it needs no script.
func (h *htmlPage) steps(steps Steps) {
	h.element(h.section(), "", "Steps")
	h.raw("\n<ol class=\"steps\">\n")
	for i, s := range steps {
		h.raw(`<li><label><input type="checkbox"><b>`)
		h.words(strconv.Itoa(i+1) + ". " + s.Text)
		h.raw("</b></label><div>")
		if s.Command != "" {
			h.command(s.Command)
		}
		if s.Means != "" {
			h.raw("<p>")
			h.words(s.Means)
			h.raw("</p>")
		}
		if s.Decide != "" {
			h.raw("<p><b>Decide:</b> ")
			h.words(s.Decide)
			h.raw("</p>")
		}
		h.raw("</div></li>\n")
	}
	h.raw("</ol>\n")
}

func (h *htmlPage) table(t Table) {
	if t.Title != "" {
		h.element("h3", "", t.Title)
	}
	h.raw("<div class=\"scroll\"><table>\n<thead><tr>")
	for i, name := range t.Header {
		h.cell("th", name, slices.Contains(t.Numeric, i))
	}
	h.raw("</tr></thead>\n<tbody>\n")
	for i, row := range t.Rows {
		if slices.Contains(t.Differ, i) {
			h.raw(`<tr class="differs">`)
		} else {
			h.raw("<tr>")
		}
		for i, value := range row {
			h.cell("td", value, slices.Contains(t.Numeric, i))
		}
		h.raw("</tr>\n")
	}
	h.raw("</tbody></table></div>\n")
	if t.More > 0 {
		h.element("p", "soft", "and "+strconv.Itoa(t.More)+" more")
		h.raw("\n")
	}
}

// longWord is the number of bytes from which a word in a table may be broken.
// The other words keep their column wide enough.
const longWord = 32

func (h *htmlPage) cell(name, value string, numeric bool) {
	class := ""
	if numeric {
		class = "num"
	}
	for word := range strings.FieldsSeq(value) {
		if len(word) >= longWord {
			class = "long"
			break
		}
	}
	h.element(name, class, value)
}

func (h *htmlPage) list(l List) {
	if l.Title != "" {
		h.element("h3", "", l.Title)
	}
	h.raw("<ul>\n")
	for _, item := range l.Items {
		h.element("li", "", item)
		h.raw("\n")
	}
	h.raw("</ul>\n")
	if l.More > 0 {
		h.element("p", "soft", "and "+strconv.Itoa(l.More)+" more")
	}
}

func (h *htmlPage) colophon(c Colophon) {
	words := []string{"smtpdiag " + h.version}
	if c.Source != "" {
		words = append(words, c.Source)
	}
	if c.Time != "" {
		words = append(words, showTime(c.Time))
	}
	h.element("p", "soft", strings.Join(words, ", "))
	h.raw("\n")
}
