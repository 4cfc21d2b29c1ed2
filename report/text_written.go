package report

import "strings"

// written writes a text of our own or of the user.
func (t *textPage) written(w Written) {
	for _, block := range w.Blocks {
		t.block(block)
	}
}

// prose writes running text. Items that follow each other stand close.
func (t *textPage) prose(p Prose) {
	last := proseParagraph
	for i, b := range proseBlocks(p.Markdown) {
		if i == 0 || b.kind != proseItem || last != proseItem {
			t.gap()
		}
		last = b.kind
		text := Clean(withoutBold(b.text))
		switch b.kind {
		case proseHeading:
			t.wrapped("", "", text, t.paint.title)
		case proseItem:
			head := "  " + b.mark + " "
			t.wrapped(head, strings.Repeat(" ", len(head)), text, nil)
		case proseQuote:
			for line := range strings.SplitSeq(b.text, "\n") {
				t.wrapped("  | ", "  | ", Clean(withoutBold(line)), t.paint.quote)
			}
		case proseCode:
			t.code("    ", b.mark, strings.TrimSuffix(b.text, "\n"))
		case proseParagraph:
			t.wrapped("", "", text, nil)
		}
		t.apart = true
	}
}

// check writes one check of a page. Commands stand without a prompt, so that
// they can be copied.
func (t *textPage) check(c Check) {
	const indent = "   "
	t.gap()
	t.wrapped("", indent, Clean(c.Head), t.paint.title)
	for _, part := range []struct{ label, language, text string }{
		{"", c.Shell, c.Command}, {"By hand:", "sh", c.ByHand}, {"Prints:", "text", c.Prints},
	} {
		if part.text == "" {
			continue
		}
		t.line("", "")
		if part.label != "" {
			t.line(indent, t.paint.faint.Sprint(part.label))
		}
		t.code(indent+"  ", part.language, part.text)
	}
	for _, part := range []struct{ label, text string }{{"Means: ", c.Means}, {"Decide: ", c.Decide}} {
		if part.text != "" {
			t.line("", "")
			t.wrapped(indent, indent, part.label+Clean(withoutBold(part.text)), nil)
		}
	}
	t.apart = true
}

// code writes commands or an example word by word. What is too long is broken
// where the shell reads on: in sh behind a backslash, in PowerShell behind a
// bar. Of an example only the look matters.
func (t *textPage) code(indent, language, text string) {
	width := t.width - len(indent)
	for line := range strings.SplitSeq(CleanLines(text), "\n") {
		paint, pieces := t.paint.command, []string{line}
		switch {
		case language == "text":
			paint = t.paint.quote
			if textWidth(line) > width {
				pieces = wrap(line, width-2)
			}
		case language == "sh":
			rest, more := strings.CutSuffix(line, ` \`)
			pieces = wrapCommand(rest, width-2)
			if more {
				pieces[len(pieces)-1] += ` \`
			}
		case language == "powershell" && textWidth(line) > width:
			pieces = strings.SplitAfter(line, "| ")
		}
		for i, piece := range pieces {
			if i > 0 && language != "sh" {
				piece = "  " + piece
			}
			t.line(indent, paint.Sprint(strings.TrimRight(piece, " ")))
		}
	}
}

// links writes references, each with its address on a line of its own if the
// two do not fit on one.
func (t *textPage) links(links Links) {
	t.gap()
	for _, link := range links {
		title, url := Clean(link.Title), Clean(link.URL)
		if textWidth(title)+textWidth(url)+len("  - : ") <= t.width {
			t.line("  - ", title+": "+t.paint.faint.Sprint(url))
			continue
		}
		t.wrapped("  - ", "    ", title+":", nil)
		t.line("    ", t.paint.faint.Sprint(url)) // an address that is broken cannot be opened
	}
	t.apart = true
}
