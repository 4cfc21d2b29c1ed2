package report

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"
)

// table writes a table without frame.
func (t *textPage) table(table Table) {
	if table.Title != "" {
		t.wrapped("", "", Clean(table.Title), t.paint.title)
	}
	var buf bytes.Buffer
	align := make([]tw.Align, len(table.Header))
	for i := range align {
		align[i] = tw.AlignLeft
		if slices.Contains(table.Numeric, i) {
			align[i] = tw.AlignRight
		}
	}
	w := tablewriter.NewTable(&buf,
		tablewriter.WithRenderer(renderer.NewBlueprint(tw.Rendition{
			Borders:  tw.BorderNone,
			Settings: tw.Settings{Separators: tw.SeparatorsNone, Lines: tw.LinesNone},
		})),
		tablewriter.WithAlignment(align),
		tablewriter.WithHeaderAutoFormat(tw.Off),
		tablewriter.WithRowAutoWrap(tw.WrapNone),
		tablewriter.WithTrimSpace(tw.On),
	)
	cells := [][]string{cleanAll(table.Header)}
	for _, row := range table.Rows {
		cells = append(cells, cleanAll(row))
	}
	fit(cells, table.Whole, t.width)
	w.Header(cells[0])
	for _, row := range cells[1:] {
		_ = w.Append(row) // writes to memory
	}
	_ = w.Render()
	t.dst = append(t.dst, trimLines(buf.Bytes())...)
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

// trimLines takes the spaces off the ends of lines.
func trimLines(b []byte) []byte {
	var out []byte
	for line := range bytes.Lines(b) {
		out = append(append(out, bytes.TrimRight(line, " \n")...), '\n')
	}
	return out
}
