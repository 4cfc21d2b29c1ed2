package dsn

import "strings"

// textRow is one line of the body without the blanks around it: text[start:end].
type textRow struct {
	start, end int
	// indent is how many bytes of blanks stood in front.
	indent int
}

// maxRows bounds how many lines of a text are looked at. A report says what it
// has to say long before.
const maxRows = 3000

// rows gives the lines of the body.
func (b *body) rows() []textRow { return rowsOf(b.text) }

// rowsOf gives the lines of a text.
func rowsOf(text string) []textRow {
	rows := make([]textRow, 0, min(maxRows, 1+strings.Count(text, "\n")))
	for pos := 0; pos < len(text) && len(rows) < maxRows; {
		end, next := lineAt(text, pos)
		start := pos
		for start < end && isBlank(text[start]) {
			start++
		}
		for end > start && isBlank(text[end-1]) {
			end--
		}
		rows = append(rows, textRow{start, end, start - pos})
		pos = next
	}
	return rows
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\f' || c == '\v' }

// blank reports whether the line is empty or made of signs that draw a rule.
func (r textRow) blank(text string) bool {
	return strings.Trim(text[r.start:r.end], "-=_*~#+ \t") == ""
}

// paragraph gives the first and the last line of the paragraph that line i
// stands in; both are i where it is blank.
func paragraph(text string, rows []textRow, i int) (first, last int) {
	first, last = i, i
	for first > 0 && !rows[first-1].blank(text) && !rows[i].blank(text) {
		first--
	}
	for last+1 < len(rows) && !rows[last+1].blank(text) && !rows[i].blank(text) {
		last++
	}
	return first, last
}

// joinRows joins the lines from first to last, trimmed, with line feeds.
func joinRows(text string, rows []textRow, first, last int) string {
	var b strings.Builder
	for i := first; i <= last && i < len(rows); i++ {
		if rows[i].start == rows[i].end {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(text[rows[i].start:rows[i].end])
	}
	return b.String()
}

// behind gives the offset behind the first of the phrases, given in lower
// case, that the body holds; -1 where it holds none.
func (b *body) behind(phrases ...string) int {
	for _, p := range phrases {
		if n := strings.Index(b.lower, p); n >= 0 {
			return n + len(p)
		}
	}
	return -1
}

// paragraphAt gives the text of the first paragraph at or behind offset, its
// lines joined by line feeds, and where it begins and ends. Blank lines in
// front are skipped.
func paragraphAt(text string, offset int) (s string, start, end int) {
	start = offset
	for start < len(text) {
		e, next := lineAt(text, start)
		if strings.TrimSpace(text[start:e]) != "" {
			break
		}
		start = next
	}
	var b strings.Builder
	for end = start; end < len(text); {
		e, next := lineAt(text, end)
		line := strings.TrimSpace(text[end:e])
		if line == "" {
			break
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(line)
		end = next
	}
	return b.String(), start, end
}
