package report

import (
	"strconv"
	"strings"

	"github.com/fatih/color"
)

// renderText lays a document out for a person at a terminal, at most as wide
// as it. The answer stands in the first three lines: what happened to whom,
// who can act, what to do.
func renderText(dst []byte, doc Document, o Options) ([]byte, error) {
	t := newTextPage(dst, o)
	if o.Detail == Quiet {
		for _, line := range doc.Brief() {
			t.line("", Clean(line))
		}
		return t.dst, nil
	}
	for _, block := range doc.Page(o.Detail) {
		t.block(block)
	}
	return t.dst, nil
}

// textPage is the page while it is written.
type textPage struct {
	dst    []byte
	width  int
	paint  palette
	detail Detail
	// apart says that the next block is to be parted by an empty line.
	apart bool
	// columns says what sort of columns the last block had.
	columns columnKind
}

func newTextPage(dst []byte, o Options) *textPage {
	width := o.Width
	if width <= 0 {
		width = 80
	}
	return &textPage{dst: dst, width: max(width, 40), paint: newPalette(o.Color), detail: o.Detail}
}

// block writes one block.
func (t *textPage) block(b Block) {
	kind := columnsOf(b)
	if t.columns == quoteColumns && kind != noColumns || t.columns == factColumns && kind == factColumns {
		t.apart = false
	}
	t.columns = kind
	switch b := b.(type) {
	case Answer:
		t.answer(b)
	case Heading:
		t.gap()
		t.wrapped("", "", Clean(b.Text), t.paint.title)
		t.apart = true
	case Paragraph:
		t.gap()
		for line := range strings.Lines(b.Text) {
			t.wrapped("", "", Clean(strings.TrimSuffix(line, "\n")), nil)
		}
		t.apart = true
	case Facts:
		t.facts(b)
	case Quote:
		t.quote(b)
	case Letter:
		t.letter(b)
	case Findings:
		t.findings(b)
	case Steps:
		t.steps(b)
	case Table:
		t.gap()
		t.table(b)
		t.apart = true
	case List:
		t.list(b)
	case Hint:
		t.gap()
		t.wrapped("  ", "  ", Clean(b.Text+": "+b.Command), t.paint.faint)
	case Rule:
		t.line("", "")
		t.line("", t.paint.faint.Sprint(strings.Repeat("-", t.width)))
		t.apart = false
	case Dialogue:
		if t.detail == Verbose {
			t.dialogue(b)
		}
	case Written:
		t.written(b)
	case Prose:
		t.prose(b)
	case Check:
		t.check(b)
	case Links:
		t.links(b)
	case Colophon: // a terminal is not kept
	}
}

// columnKind tells blocks with labels in a column apart. Facts follow quotes
// and each other without an empty line; quotes start anew behind facts.
type columnKind uint8

const (
	noColumns columnKind = iota
	factColumns
	quoteColumns
)

func columnsOf(b Block) columnKind {
	switch b.(type) {
	case Facts:
		return factColumns
	case Quote:
		return quoteColumns
	}
	return noColumns
}

// gutter is the width of the labels of an answer.
const gutter = 8

// answer writes the three lines that come first.
func (t *textPage) answer(a Answer) {
	paint := t.paint.good
	switch a.Tone {
	case Alarm:
		paint = t.paint.bad
	case Caution:
		paint = t.paint.warn
	case Neutral, Good, Notice:
	}
	rest := Clean(a.Title)
	if a.Subject != "" {
		rest = ": " + rest
		if a.Others > 0 {
			rest = " and " + plural(a.Others, "other") + rest
		}
		// An address is what the reader looks for: it stays whole, and the title
		// takes a second line, unless it fills the line by itself.
		rest = shorten(Clean(a.Subject), max(t.width-gutter-textWidth(rest), 2*(t.width-gutter)/3)) + rest
	}
	t.labelled(a.Mark, rest, paint)
	class := Clean(joinComma(a.Class, a.Permanence))
	if a.Who == "nobody" {
		class += "; nobody needs to act"
	} else if a.Who != "" {
		class += "; " + Clean(a.Who) + " can act"
	}
	if a.Suppress {
		class += "; suppress address"
	}
	t.labelled("CLASS", class, nil)
	if a.Next.Text != "" {
		t.labelled("NEXT", Clean(a.Next.Text), nil)
		t.command(strings.Repeat(" ", gutter), a.Next.Command)
	}
	t.apart = true
}

// labelled writes a label in the gutter and text beside it.
func (t *textPage) labelled(label, text string, paint *color.Color) {
	if paint == nil {
		paint = t.paint.title
	}
	lines := wrap(text, t.width-gutter)
	for i, line := range lines {
		if i == 0 {
			t.line(paint.Sprint(label)+strings.Repeat(" ", gutter-len(label)), line)
			continue
		}
		t.line(strings.Repeat(" ", gutter), line)
	}
}

// facts writes labelled values in two columns.
func (t *textPage) facts(facts Facts) {
	if len(facts) == 0 {
		return
	}
	t.gap()
	for _, f := range facts {
		t.fact(f.Label, Clean(Abridge(f.Value, t.longest())))
	}
	t.apart = true
}

// longest is the number of bytes of a fact or a finding that are shown.
func (t *textPage) longest() int {
	if t.detail == Verbose {
		return keptBytes
	}
	return screenBytes
}

// labelColumn is the width of the labels of facts and quotes, indent included.
const labelColumn = 16

// fact writes one label and its value.
func (t *textPage) fact(label, value string) {
	head := "  " + Clean(label)
	if pad := labelColumn - textWidth(head); pad > 0 {
		head += strings.Repeat(" ", pad)
	} else {
		head += " "
	}
	indent := strings.Repeat(" ", labelColumn)
	for i, line := range wrap(value, t.width-max(labelColumn, textWidth(head))) {
		if i == 0 {
			t.line(t.paint.faint.Sprint(head), line)
			continue
		}
		t.line(indent, line)
	}
}

// shownLines is the number of lines of a quote that are shown without
// --verbose: enough for every reply, not for the essay of some reports.
const shownLines = 8

// quote writes evidence word by word, and below it where it stands.
func (t *textPage) quote(q Quote) {
	t.gap()
	indent := strings.Repeat(" ", labelColumn)
	head := t.paint.faint.Sprint("  " + q.Label + strings.Repeat(" ", max(1, labelColumn-2-len(q.Label))))
	shown, left := 0, 0
	for line := range strings.Lines(Abridge(q.Text, quoteBytes)) {
		for _, piece := range wrap(Clean(strings.TrimRight(line, "\r\n")), t.width-labelColumn) {
			if t.detail != Verbose && shown >= shownLines {
				left++
				continue
			}
			t.line(head, t.paint.quote.Sprint(piece))
			head = indent
			shown++
		}
	}
	if left > 0 {
		t.wrapped(indent, indent, "... "+plural(left, "more line")+", see -v", t.paint.faint)
	}
	if q.Where != "" {
		t.wrapped(indent, indent, "("+Clean(q.Where)+")", t.paint.faint)
	}
	t.apart = true
}

// findings writes what a reader could otherwise miss.
func (t *textPage) findings(findings Findings) {
	if len(findings) == 0 {
		return
	}
	t.apart = true
	t.gap()
	for _, f := range findings {
		paint := t.paint.good
		switch f.Tone {
		case Alarm:
			paint = t.paint.bad
		case Caution:
			paint = t.paint.warn
		case Neutral, Good, Notice:
		}
		lines := wrap(Clean(f.Key+": "+Abridge(f.Text, t.longest())), t.width-4)
		for i, line := range lines {
			if i == 0 {
				t.line("  "+paint.Sprint("!")+" ", line)
				continue
			}
			t.line("    ", line)
		}
	}
	t.apart = true
}

// steps writes what to do. How to read and to use what a command prints is told
// of the first one, and of all with --verbose.
func (t *textPage) steps(steps Steps) {
	if len(steps) == 0 {
		return
	}
	t.apart = true
	t.gap()
	t.line("  ", t.paint.title.Sprint("Steps"))
	for i, s := range steps {
		head := "  " + strconv.Itoa(i+1) + ". "
		indent := strings.Repeat(" ", len(head))
		t.wrapped(head, indent, Clean(s.Text), nil)
		t.command(indent, s.Command)
		if i > 0 && t.detail != Verbose {
			continue
		}
		if s.Means != "" {
			t.wrapped(indent, indent, Clean(s.Means), nil)
		}
		if s.Decide != "" {
			t.wrapped(indent+"=> ", indent+"   ", Clean(s.Decide), nil)
		}
	}
	t.apart = true
}

// command writes a shell command of one line or several.
func (t *textPage) command(indent, command string) {
	prompt := "$ "
	for line := range strings.Lines(command) {
		for _, piece := range wrapCommand(Clean(strings.TrimSuffix(line, "\n")), t.width-len(indent)-len(prompt)) {
			t.line(indent, t.paint.command.Sprint(prompt+piece))
			prompt = "  "
		}
	}
}

// list writes words in as few lines as they need.
func (t *textPage) list(l List) {
	if len(l.Items) == 0 {
		return
	}
	t.gap()
	t.wrapped("  ", "  ", Clean(l.Title)+" ("+strconv.Itoa(len(l.Items)+l.More)+")", t.paint.title)
	for _, item := range l.Items {
		t.wrapped("    ", "      ", Clean(item), nil)
	}
	if l.More > 0 {
		t.line("    ", t.paint.faint.Sprint("... "+strconv.Itoa(l.More)+" more, see -v"))
	}
	t.apart = true
}
