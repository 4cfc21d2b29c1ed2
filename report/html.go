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

// htmlStyle is the style sheet. Light and dark follow the reader's system.
const htmlStyle = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1c2024;--soft:#60646c;--line:#d5d8dd;--box:#f5f6f8;--alarm:#b42318;--caution:#93590a;--good:#18794e;--notice:#0b5cad}
@media(prefers-color-scheme:dark){:root{--bg:#15171a;--fg:#e8eaed;--soft:#a0a5ae;--line:#3a3f47;--box:#1f2227;--alarm:#ff8a7a;--caution:#f5b94d;--good:#5fd39a;--notice:#7cb8ff}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:62rem;padding:1rem;background:var(--bg);color:var(--fg);font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1,h2,h3{line-height:1.25;margin:1.6rem 0 .5rem}
h1{font-size:1.35rem}h2{font-size:1.15rem}h3{font-size:1rem}
code,pre,.mono{font-family:ui-monospace,monospace;font-size:.9em}
pre{background:var(--box);border:1px solid var(--line);border-radius:6px;padding:.6rem .8rem;white-space:pre-wrap;margin:.4rem 0}
article{border-top:1px solid var(--line);padding-top:.5rem}
article:first-of-type{border-top:0}
.answer{border-left:6px solid var(--soft);background:var(--box);border-radius:6px;padding:.7rem 1rem;margin:1rem 0}
.answer p{margin:.15rem 0}.answer .what{font-size:1.15rem;font-weight:600}
.alarm{border-color:var(--alarm)}.caution{border-color:var(--caution)}.good{border-color:var(--good)}.notice{border-color:var(--notice)}
b.alarm,td.alarm{color:var(--alarm)}b.caution,td.caution{color:var(--caution)}b.good{color:var(--good)}b.notice{color:var(--notice)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:.8rem 0}
dt{color:var(--soft)}dd{margin:0}
blockquote{margin:.8rem 0;padding:.1rem 0 .1rem .9rem;border-left:3px solid var(--line)}
blockquote footer,.soft{color:var(--soft);font-size:.9em}
.scroll{overflow-x:auto;margin:.8rem 0}
table{border-collapse:collapse;min-width:50%}
caption{text-align:left;font-weight:600;padding:.3rem 0}
th,td{border-bottom:1px solid var(--line);padding:.3rem .7rem .3rem 0;text-align:left;vertical-align:top}
th{color:var(--soft);font-weight:600}.num{text-align:right}
ol.steps{list-style:none;padding:0}
ol.steps>li{display:grid;grid-template-columns:1.6rem 1fr;margin:.8rem 0}
ol.steps input{align-self:start;width:1rem;height:1rem;margin:.3rem 0 0}
ul{padding-left:1.2rem}
svg{max-width:100%;height:auto;display:block;margin:1rem 0}
svg text{fill:var(--fg);font:13px ui-monospace,monospace}svg text.soft{fill:var(--soft);font-size:12px}
svg rect{fill:var(--box);stroke:var(--line)}svg rect.stop{stroke:var(--alarm);stroke-width:2}
svg path{stroke:var(--soft);fill:none}svg path.cut{stroke:var(--alarm);stroke-width:2}svg text.cut{fill:var(--alarm);font-weight:700}
.line{display:grid;grid-template-columns:5.5rem 5rem 1fr;gap:.2rem .8rem;border-bottom:1px solid var(--line);padding:.35rem 0}
.bar{display:block;width:100%;height:.35rem;margin-top:.35rem}
@media(max-width:40rem){dl{grid-template-columns:1fr}dt{margin-top:.4rem}.line{grid-template-columns:1fr}body{padding:.6rem}}
@media print{body{max-width:none;font-size:11pt}.answer,pre{break-inside:avoid}}
`

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
		h.block(block)
	}
	h.raw("</article>\n")
	return h.dst, nil
}

// htmlPage is the page while it is written.
type htmlPage struct {
	dst     []byte
	version string
}

// raw appends markup of our own. Nothing from outside may pass through it.
func (h *htmlPage) raw(s string) { h.dst = append(h.dst, s...) }

// text appends words, which may come from outside: control characters become
// visible, and every character that means something in HTML is escaped.
func (h *htmlPage) text(s string) { h.dst = append(h.dst, html.EscapeString(Clean(s))...) }

// lines appends words in which line feeds stay.
func (h *htmlPage) lines(s string) { h.dst = append(h.dst, html.EscapeString(CleanLines(s))...) }

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
		h.raw("<h" + strconv.Itoa(min(3, b.Level+1)) + ">")
		h.text(b.Text)
		h.raw("</h" + strconv.Itoa(min(3, b.Level+1)) + ">\n")
	case Paragraph:
		h.raw("<p>")
		h.lines(b.Text)
		h.raw("</p>\n")
	case Facts:
		h.facts(b)
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
		h.raw(":</p>\n<pre>")
		h.lines(b.Text)
		h.raw("</pre>\n")
	case Written:
		for _, inner := range b.Blocks {
			h.block(inner)
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

// answer writes the box that comes first.
func (h *htmlPage) answer(a Answer) {
	h.raw(`<section class="answer ` + toneClass(a.Tone) + "\">\n<p class=\"what\">")
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
	h.raw("</p>\n<p>")
	h.element("code", "", a.Class)
	if a.Who != "" {
		h.text("; " + a.Who + " can act")
	}
	if a.Suppress {
		h.text("; suppress the address")
	}
	h.raw("</p>\n")
	if a.Next.Text != "" {
		h.raw("<p>Next: ")
		h.text(a.Next.Text)
		h.raw("</p>\n")
	}
	h.raw("</section>\n")
}

func (h *htmlPage) facts(facts Facts) {
	h.raw("<dl>\n")
	for _, f := range facts {
		h.element("dt", "", f.Label)
		class := ""
		if f.Verbatim {
			class = "mono"
		}
		h.element("dd", class, f.Value)
		h.raw("\n")
	}
	h.raw("</dl>\n")
}

func (h *htmlPage) quote(q Quote) {
	h.raw("<blockquote><span class=\"soft\">")
	h.text(q.Label)
	h.raw("</span><pre>")
	h.lines(q.Text)
	h.raw("</pre>")
	if q.Where != "" {
		h.element("footer", "", q.Where)
	}
	h.raw("</blockquote>\n")
}

func (h *htmlPage) findings(findings Findings) {
	h.raw("<h2>Findings</h2>\n<ul>\n")
	for _, f := range findings {
		h.raw("<li>")
		h.element("b", toneClass(f.Tone), f.Key)
		h.text(": " + f.Text)
		h.raw("</li>\n")
	}
	h.raw("</ul>\n")
}

// steps writes a list to tick; it needs no script.
func (h *htmlPage) steps(steps Steps) {
	h.raw("<h2>Steps</h2>\n<ol class=\"steps\">\n")
	for i, s := range steps {
		h.raw(`<li><input type="checkbox" aria-label="step ` + strconv.Itoa(i+1) + ` is done"><div><b>`)
		h.text(strconv.Itoa(i+1) + ". " + s.Text)
		h.raw("</b>")
		if s.Command != "" {
			h.raw("<pre>")
			h.lines(s.Command)
			h.raw("</pre>")
		}
		if s.Means != "" {
			h.raw("<p>")
			h.text(s.Means)
			h.raw("</p>")
		}
		if s.Decide != "" {
			h.raw("<p><b>Decide:</b> ")
			h.text(s.Decide)
			h.raw("</p>")
		}
		h.raw("</div></li>\n")
	}
	h.raw("</ol>\n")
}

func (h *htmlPage) table(t Table) {
	h.raw("<div class=\"scroll\"><table>\n")
	if t.Title != "" {
		h.element("caption", "", t.Title)
	}
	h.raw("<thead><tr>")
	for i, name := range t.Header {
		h.cell("th", name, slices.Contains(t.Numeric, i))
	}
	h.raw("</tr></thead>\n<tbody>\n")
	for _, row := range t.Rows {
		h.raw("<tr>")
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

func (h *htmlPage) cell(name, value string, numeric bool) {
	class := ""
	if numeric {
		class = "num"
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
		words = append(words, c.Time)
	}
	h.element("p", "soft", strings.Join(words, ", "))
	h.raw("\n")
}
