package report

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/olekukonko/tablewriter"
)

// table writes a table without frame.
func (t *textPage) table(table Table) {
	if table.Title != "" {
		t.wrapped("", "", Clean(table.Title), t.paint.title)
	}
	cells := [][]string{cleanAll(table.Header)}
	for _, row := range table.Rows {
		cells = append(cells, cleanAll(row))
	}
	fit(cells, table.Whole, t.width)
	align := make([]int, len(table.Header))
	for i := range align {
		align[i] = tablewriter.ALIGN_LEFT
		if slices.Contains(table.Numeric, i) {
			align[i] = tablewriter.ALIGN_RIGHT
		}
	}
	var buf bytes.Buffer
	w := tablewriter.NewWriter(&buf)
	w.SetBorder(false)
	w.SetHeaderLine(false)
	w.SetAutoWrapText(false)
	w.SetNoWhiteSpace(true)
	w.SetTablePadding("  ")
	w.SetColumnAlignment(align)
	w.AppendBulk(cells) // the header too: it stands over its column as the cells do
	w.Render()
	t.dst = appendIndented(t.dst, buf.Bytes())
	if table.More > 0 {
		t.line("  ", t.paint.faint.Sprint("... "+strconv.Itoa(table.More)+" more, see -v"))
	}
}

// narrowest is the width below which no column is wrapped.
const narrowest = 12

// fit wraps the cells of the widest columns but those in whole, so that the
// table keeps within width as far as that goes.
func fit(cells [][]string, whole []int, width int) {
	var widths []int
	for _, row := range cells {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], textWidth(cell))
		}
	}
	room := width - 2*len(widths) // a space on either side of each cell
	for _, w := range widths {
		room -= w
	}
	full := slices.Clone(widths)
	for ; room < 0; room++ {
		widest := -1
		for i, w := range widths {
			if !slices.Contains(whole, i) && (widest < 0 || w > widths[widest]) {
				widest = i
			}
		}
		if widest < 0 || widths[widest] <= narrowest {
			break
		}
		widths[widest]--
	}
	for _, row := range cells {
		for i, cell := range row {
			if widths[i] < full[i] {
				row[i] = strings.Join(wrap(cell, widths[i]), "\n")
			}
		}
	}
}

// cleanAll cleans every cell.
func cleanAll(cells []string) []string {
	clean := make([]string, len(cells))
	for i, c := range cells {
		clean[i] = Clean(c)
	}
	return clean
}

// appendIndented appends lines behind a space, without the spaces at their ends.
func appendIndented(dst, lines []byte) []byte {
	for line := range bytes.Lines(lines) {
		if line = bytes.TrimRight(line, " \n"); len(line) > 0 {
			dst = append(append(dst, ' '), line...)
		}
		dst = append(dst, '\n')
	}
	return dst
}
