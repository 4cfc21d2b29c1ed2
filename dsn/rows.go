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

// paragraphs gives for each line the first and the last line of the paragraph
// that it stands in; a blank line stands alone.
func paragraphs(text string, rows []textRow) (first, last []int32) {
	first, last = make([]int32, len(rows)), make([]int32, len(rows))
	for i := 0; i < len(rows); {
		end := i
		if !rows[i].blank(text) {
			for end+1 < len(rows) && !rows[end+1].blank(text) {
				end++
			}
		}
		for j := i; j <= end; j++ {
			first[j], last[j] = int32(i), int32(end)
		}
		i = end + 1
	}
	return first, last
}

// maxJoined bounds how much of a paragraph is looked at.
const maxJoined = 4000

// joinRows joins the lines from first to last, trimmed, with line feeds, up to
// maxJoined bytes.
func joinRows(text string, rows []textRow, first, last int) string {
	var b strings.Builder
	for i := first; i <= last && i < len(rows) && b.Len() < maxJoined; i++ {
		if rows[i].start == rows[i].end {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(text[rows[i].start:min(rows[i].end, rows[i].start+maxJoined)])
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
