package report

import "strconv"

// dialogue writes a session as a timeline: each turn with its stage, its time
// and a bar that shows the time beside that of the slowest.
func (h *htmlPage) dialogue(d Dialogue) {
	h.element("h3", "", d.Title)
	h.raw("\n<div>\n")
	slowest := 0.001
	for _, t := range d.Turns {
		slowest = max(slowest, t.Millis)
	}
	for _, t := range d.Turns {
		h.raw("<div class=\"line\">")
		h.element("b", "", t.Stage)
		h.raw("<span class=\"soft\">")
		h.text(strconv.FormatFloat(t.Millis, 'f', 1, 64) + " ms")
		width := strconv.FormatFloat(100*t.Millis/slowest, 'f', 1, 64)
		h.raw(`<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect width="` + width + `" height="4"/></svg></span><div>`)
		if t.Command != "" {
			h.raw("<pre>C: ")
			h.lines(t.Command)
			h.raw("</pre>")
		}
		if t.Reply != "" {
			h.raw("<pre>S: ")
			h.lines(t.Reply)
			h.raw("</pre>")
		}
		if t.Error != "" {
			h.element("b", "alarm", t.Error)
		}
		h.raw("</div></div>\n")
	}
	h.raw("</div>\n")
}

// The measures of the drawing of hops, in pixels.
const (
	hopWidth  = 200
	hopHeight = 62
	hopGap    = 46
)

// hops draws the way of the message, and where it stopped. On a narrow screen
// the drawing shrinks; the list under it says the same for those who cannot
// see it.
func (h *htmlPage) hops(hops Hops) {
	n := len(hops)
	width := n*hopWidth + (n-1)*hopGap + 4
	h.raw(`<svg viewBox="0 0 ` + strconv.Itoa(width) + ` ` + strconv.Itoa(hopHeight+26) + `" role="img" aria-label="way of the message">` + "\n")
	for i, hop := range hops {
		x := 2 + i*(hopWidth+hopGap)
		class := ""
		if hop.Stopped {
			class = ` class="stop"`
		}
		h.raw(`<rect x="` + strconv.Itoa(x) + `" y="20" rx="6" width="` + strconv.Itoa(hopWidth) + `" height="` + strconv.Itoa(hopHeight) + `"` + class + "/>\n")
		h.svgText(x+10, 14, "soft", hop.Role)
		h.svgText(x+10, 46, "", shorten(hop.Name, 24))
		h.svgText(x+10, 68, "soft", shorten(hop.Detail, 26))
		if i == n-1 {
			continue
		}
		from, to, y := x+hopWidth, x+hopWidth+hopGap, 20+hopHeight/2
		class = ""
		if hops[i+1].Cut {
			class = ` class="cut"`
		}
		h.raw(`<path d="M` + strconv.Itoa(from+4) + ` ` + strconv.Itoa(y) + `H` + strconv.Itoa(to-6) + `m-7 -5l7 5l-7 5"` + class + "/>\n")
		if hops[i+1].Cut {
			h.svgText(from+hopGap/2-5, y-8, "cut", "✗")
		}
	}
	h.raw("</svg>\n")
	h.raw("<ol class=\"soft\">\n")
	for _, hop := range hops {
		h.element("li", "", hop.words())
		h.raw("\n")
	}
	h.raw("</ol>\n")
}

func (h *htmlPage) svgText(x, y int, class, words string) {
	h.raw(`<text x="` + strconv.Itoa(x) + `" y="` + strconv.Itoa(y) + `"`)
	if class != "" {
		h.raw(` class="` + class + `"`)
	}
	h.raw(">")
	h.text(words)
	h.raw("</text>\n")
}
