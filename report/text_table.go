package report

import (
	"bytes"
	"slices"
	"strconv"

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
	w.Header(cleanAll(table.Header))
	for _, row := range table.Rows {
		_ = w.Append(cleanAll(row)) // writes to memory
	}
	_ = w.Render()
	t.dst = append(t.dst, trimLines(buf.Bytes())...)
	if table.More > 0 {
		t.line("  ", t.paint.faint.Sprint("... "+strconv.Itoa(table.More)+" more, see -v"))
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
