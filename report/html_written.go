package report

import "strings"

// prose writes text of the runbook. Its marks of bold are left out.
func (h *htmlPage) prose(p Prose) {
	open := ""
	list := func(name string) {
		if open == name {
			return
		}
		if open != "" {
			h.raw("</" + open + ">\n")
		}
		if name != "" {
			h.raw("<" + name + ">\n")
		}
		open = name
	}
	for _, b := range proseBlocks(p.Markdown) {
		name := ""
		if b.kind == proseItem {
			if name = "ul"; b.mark != "-" {
				name = "ol"
			}
		}
		list(name)
		switch b.kind {
		case proseItem:
			h.raw("<li>")
			h.words(withoutBold(b.text))
			h.raw("</li>")
		case proseHeading:
			h.element("h3", "", b.text)
		case proseParagraph:
			h.raw("<p>")
			h.words(withoutBold(b.text))
			h.raw("</p>")
		case proseQuote, proseCode:
			h.raw("<pre>")
			h.lines(strings.TrimSuffix(b.text, "\n"))
			h.raw("</pre>")
		}
		h.raw("\n")
	}
	list("")
}

// check writes one check of the runbook.
func (h *htmlPage) check(c Check) {
	h.element("h3", "", c.Head)
	for _, code := range []struct{ label, text string }{{"", c.Command}, {"By hand:", c.ByHand}, {"Prints, for example:", c.Prints}} {
		if code.text == "" {
			continue
		}
		if code.label != "" {
			h.element("p", "soft", code.label)
		}
		h.raw("<pre>")
		h.lines(code.text)
		h.raw("</pre>\n")
	}
	for _, words := range []string{c.Means, c.Decide} {
		if words != "" {
			h.raw("<p>")
			h.words(words)
			h.raw("</p>\n")
		}
	}
}

// links writes where more can be read. The address is shown as text and not
// as a link, since pages of a user's own may name anything.
func (h *htmlPage) links(links Links) {
	h.raw("<ul>\n")
	for _, l := range links {
		h.element("li", "", l.Title+" "+l.URL)
		h.raw("\n")
	}
	h.raw("</ul>\n")
}
