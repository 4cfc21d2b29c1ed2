package report

import "strings"

// Written is a text that was written beforehand, such as a page of the
// runbook, and not made from evidence. Markdown gives it as it was written;
// other formats lay out its blocks. Check, Links and Prose stand in it alone.
type Written struct {
	Markdown string
	Blocks   Page
}

// Prose is running text with lists, quotes and fenced code, see proseBlocks.
type Prose struct{ Markdown string }

// Check is one numbered check of a page, with everything that is known of it.
type Check struct {
	// Head is the number and what to do.
	Head string
	// Shell is the language of Command: "sh", "powershell" or "".
	Shell           string
	Command, ByHand string
	// Prints is an example of what Command prints, or "".
	Prints        string
	Means, Decide string
}

// Link is where a reader can look up more.
type Link struct{ Title, URL string }

// Links is a list of links.
type Links []Link

func (Written) block() {}
func (Prose) block()   {}
func (Check) block()   {}
func (Links) block()   {}

// proseKind says what a proseBlock is.
type proseKind uint8

const (
	proseParagraph proseKind = iota
	proseHeading
	proseItem
	proseQuote
	proseCode
)

// proseBlock is one block of written text. Its text is one line, but for code
// and quotes.
type proseBlock struct {
	kind proseKind
	// mark is "-" or a number with a full stop for an item, the language for
	// code.
	mark string
	text string
}

// proseBlocks takes apart the little Markdown that pages are written in:
// paragraphs, headings, lists of one level, quotes and fenced code.
func proseBlocks(markdown string) []proseBlock {
	var blocks []proseBlock
	var open *proseBlock // the block that the next line may belong to
	add := func(b proseBlock) {
		blocks = append(blocks, b)
		open = &blocks[len(blocks)-1]
	}
	for line := range strings.Lines(markdown) {
		line = strings.TrimRight(line, " \r\n")
		if open != nil && open.kind == proseCode {
			if line == "```" {
				open = nil
			} else {
				open.text += line + "\n"
			}
			continue
		}
		text := strings.TrimLeft(line, " ")
		mark, rest := itemMark(text)
		switch {
		case text == "":
			open = nil
		case strings.HasPrefix(line, "```"):
			add(proseBlock{kind: proseCode, mark: line[3:]})
		case strings.HasPrefix(line, "#"):
			add(proseBlock{kind: proseHeading, text: strings.TrimLeft(line, "# ")})
			open = nil
		case strings.HasPrefix(line, ">"):
			quoted := strings.TrimPrefix(line[1:], " ")
			if open != nil && open.kind == proseQuote {
				open.text += "\n" + quoted
			} else {
				add(proseBlock{kind: proseQuote, text: quoted})
			}
		case mark != "":
			add(proseBlock{kind: proseItem, mark: mark, text: rest})
		case open != nil && open.kind != proseQuote:
			open.text += " " + text
		default:
			add(proseBlock{kind: proseParagraph, text: text})
		}
	}
	return blocks
}

// itemMark gives the mark of a line that begins an item of a list and what
// stands behind it.
func itemMark(line string) (mark, rest string) {
	if rest, ok := strings.CutPrefix(line, "- "); ok {
		return "-", rest
	}
	digits := len(line) - len(strings.TrimLeft(line, "0123456789"))
	if digits > 0 && strings.HasPrefix(line[digits:], ". ") {
		return line[:digits+1], line[digits+2:]
	}
	return "", ""
}

// withoutBold takes the marks of bold text away. Code spans keep theirs: they
// say what is to be typed.
func withoutBold(s string) string { return strings.ReplaceAll(s, "**", "") }
