package report

import "strings"

// mdText gives text as Markdown that shows as the same text. Words that could
// be taken for markup, for a link or for a mention of a person become code
// spans, and so do spans that the text itself marks with backticks; what is
// left needs no escape.
func mdText(s string) string {
	var b strings.Builder
	rest := strings.TrimSpace(Clean(s)) // four spaces would start a code block
	for rest != "" {
		before, after, ok := strings.Cut(rest, "`")
		mdWords(&b, before)
		if !ok {
			break
		}
		span, behind, closed := strings.Cut(after, "`")
		if !closed || span == "" {
			b.WriteString("&#96;")
			rest = after
			continue
		}
		mdSpan(&b, span)
		rest = behind
	}
	return b.String()
}

// mdWords writes text without backticks.
func mdWords(b *strings.Builder, s string) {
	for piece := range strings.SplitAfterSeq(s, " ") {
		word := strings.TrimRight(piece, " ")
		space := piece[len(word):]
		core := strings.Trim(word, `.,;:!?()"'`)
		if strings.Trim(core, "-=+>") == "" && b.Len() > 0 {
			b.WriteString(word + space) // makes a list, a heading or a quote at the start of a line alone
			continue
		}
		if core == "" || mdHarmless(core) {
			mdPunctuation(b, word)
			b.WriteString(space)
			continue
		}
		at := strings.Index(word, core)
		mdPunctuation(b, word[:at])
		mdSpan(b, core)
		mdPunctuation(b, word[at+len(core):])
		b.WriteString(space)
	}
}

// mdSpan writes a code span. Two spans that touch would be read as one with
// other ends, so that they are parted by a space.
func mdSpan(b *strings.Builder, s string) {
	if strings.HasSuffix(b.String(), "`") {
		b.WriteByte(' ')
	}
	b.WriteString(mdCode(s))
}

// mdHarmless reports whether a word shows as itself: letters, digits and
// punctuation that Markdown has no use for within a word. "www." and "://"
// make links in GitHub's dialect, "@" and "#" mention people and issues.
func mdHarmless(word string) bool {
	if strings.HasPrefix(strings.ToLower(word), "www.") || strings.Contains(word, "://") {
		return false
	}
	if strings.Trim(word, "-=+") == "" {
		return false
	}
	if strings.ContainsAny(word, "\\`*_{}[]<>#|~@&$^") {
		return false
	}
	// Hosts, codes and file names: some programs make links of them.
	found := strings.Contains(word, ".")
	return !found || len(word) <= len("e.g")
}

// mdPunctuation writes a harmless word or punctuation around a word, with
// escapes for what could form a link, an image or a numbered list with its
// neighbours.
func mdPunctuation(b *strings.Builder, s string) {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '!' || (c == '.' || c == ')') && i > 0 && isDigit(s[i-1]) && i == len(s)-1:
			b.WriteByte('\\')
			b.WriteByte(c)
		default:
			b.WriteByte(c)
		}
	}
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// mdCode gives clean text as a code span, whose marks are longer than any run
// of backticks in it (CommonMark 0.31, section 6.1).
func mdCode(s string) string {
	if strings.TrimSpace(s) == "" {
		return ""
	}
	mark := strings.Repeat("`", longestRun(s, '`')+1)
	if s[0] == '`' || s[len(s)-1] == '`' || s[0] == ' ' && s[len(s)-1] == ' ' {
		s = " " + s + " "
	}
	return mark + s + mark
}

// mdCell makes Markdown of one line fit for a table. A bar would end the cell
// even inside a code span, and how a backslash before it is read differs from
// program to program, so the span is closed, the bar written as an entity, and
// the span opened again.
func mdCell(s string) string {
	if !strings.Contains(s, "|") {
		return s
	}
	var b strings.Builder
	for s != "" {
		before, _, found := strings.Cut(s, "`")
		b.WriteString(strings.ReplaceAll(before, "|", "&#124;"))
		if !found {
			break
		}
		s = s[len(before):]
		mark := s[:len(s)-len(strings.TrimLeft(s, "`"))]
		end := strings.Index(s[len(mark):], mark)
		span := s[len(mark) : len(mark)+end] // mdCode closes what it opens
		s = s[end+2*len(mark):]
		for i, piece := range strings.Split(span, "|") {
			if i > 0 {
				b.WriteString("&#124;")
			}
			b.WriteString(mdCode(piece))
		}
	}
	return b.String()
}

// longestRun gives the length of the longest run of c in s.
func longestRun(s string, c byte) int {
	longest, run := 0, 0
	for i := 0; i < len(s); i++ {
		if s[i] != c {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}
