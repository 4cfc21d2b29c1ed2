package report

import "strconv"

// dialogue writes a session as a timeline: each turn with its stage, when it
// began, how long it took, and a bar that shows both beside the whole session.
func (h *htmlPage) dialogue(d Dialogue) {
	h.element("h3", "", d.Title)
	h.raw("\n<ol class=\"turns\">\n")
	total := 0.0
	for _, t := range d.Turns {
		total += t.Millis
	}
	began := 0.0
	for _, t := range d.Turns {
		h.raw("<li>")
		h.element("b", "", t.Stage)
		h.raw("<span class=\"soft\">")
		h.text("+" + shownMillis(began) + ", took " + shownMillis(t.Millis) + " ms")
		h.bar(began, t.Millis, total)
		h.raw("</span><div>")
		if t.Command != "" || t.Reply != "" {
			h.raw("<pre" + t.class() + ">")
			for i, line := range t.lines() {
				if i > 0 {
					h.raw("\n")
				}
				h.text(line)
			}
			h.raw("</pre>")
		}
		if t.Error != "" {
			h.element("b", "alarm", t.Error)
		}
		h.raw("</div></li>\n")
		began += t.Millis
	}
	h.raw("</ol>\n")
	if total > 0 {
		h.element("p", "soft", "Took "+shownMillis(total)+" ms.")
		h.raw("\n")
	}
}

// bar draws a span of time within the whole one.
func (h *htmlPage) bar(began, took, total float64) {
	if total <= 0 {
		return
	}
	percent := func(f float64) string { return strconv.FormatFloat(100*f/total, 'f', 1, 64) }
	h.raw(`<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect class="all" width="100" height="4"/>` +
		`<rect class="part" x="` + percent(min(began, 0.99*total)) + `" width="` + percent(max(took, 0.01*total)) + `" height="4"/></svg>`)
}

// class gives the style of a turn that was refused.
func (t *Turn) class() string {
	if t.Reply == "" {
		return ""
	}
	switch t.Reply[0] {
	case '4':
		return ` class="caution"`
	case '5':
		return ` class="alarm"`
	}
	return ""
}

// hops draws the way of the message, and where it stopped: boxes with arrows
// between them, side by side, or one below the other on a narrow screen.
func (h *htmlPage) hops(hops Hops) {
	h.raw("<ol class=\"hops\" aria-label=\"way of the message\">\n")
	for _, hop := range hops {
		switch {
		case hop.Stopped:
			h.raw(`<li class="stop">`)
		case hop.Cut:
			h.raw(`<li class="cut">`)
		default:
			h.raw("<li>")
		}
		h.element("span", "soft", hop.Role)
		h.element("code", "", orDash(hop.Name))
		if hop.Detail != "" {
			h.element("span", "", hop.Detail)
		}
		if hop.Stopped {
			h.element("b", "alarm", "stopped here")
		} else if hop.Cut {
			h.element("span", "soft", "not reached")
		}
		h.raw("</li>\n")
	}
	h.raw("</ol>\n")
}
