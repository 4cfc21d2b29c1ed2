// Package report shows results. A Document is one result as plain data: its
// JSON form is public and stable, and its Page lays it out for a person as
// blocks in reading order. A Format turns either into bytes.
//
// So a new command writes one Document and has every format, and a new format
// is one file with one function that knows the blocks, and one line in the
// table of Formats; flag values, help, completion and errors follow from it.
//
// Everything in a Document may come from outside and is taken for hostile.
// Nothing is cleaned when a Document is made, so that JSON keeps the exact
// words; each format cleans every string as it writes it (see clean.go).
package report

import (
	"fmt"
	"io"
)

// Outcome is what a Document found, as far as an exit status can tell. They
// are ordered: the worst of several wins.
type Outcome uint8

// The outcomes.
const (
	OutcomeFine      Outcome = iota // nothing is wrong
	OutcomeTemporary                // a temporary failure
	OutcomePermanent                // a permanent failure
	OutcomeUnknown                  // not a report, or the cause is unknown
)

// Detail says how much a person wants to see.
type Detail uint8

// The levels of detail.
const (
	Normal  Detail = iota
	Quiet          // the lines of Document.Brief
	Verbose        // also how the verdict came about
	Kept           // Normal, where the form is kept and has room for more than a screen
)

// Document is one result of a command.
type Document interface {
	// Page lays the result out for a person.
	Page(Detail) Page
	// Brief gives the result in a line or a few, for --quiet.
	Brief() []string
	// Outcome sums the result up for an exit status.
	Outcome() Outcome
}

// Options are what a Format needs to know.
type Options struct {
	// Width is the number of columns to stay within; 0 means 80.
	Width int
	// Color allows colours.
	Color  bool
	Detail Detail
	// Version of the program, for formats that are kept.
	Version string
}

// renderFunc appends the form of one document to dst.
type renderFunc func(dst []byte, doc Document, o Options) ([]byte, error)

// Format is one form of output.
type Format struct {
	// Name is the value of --output.
	Name string
	// Human says that the format is for people, who get a summary behind a
	// series of documents; the other formats are for programs.
	Human bool

	render renderFunc
	// open, between and close stand around several documents.
	open, between, close string
	// frame gives what stands in front of any number of documents, even one;
	// close then always stands behind them. It is nil where open serves.
	frame func() string
}

// Formats lists the output formats, the default first.
func Formats() []Format {
	return []Format{
		{Name: "text", Human: true, render: renderText, between: "\n========================================\n\n"},
		{Name: "markdown", Human: true, render: renderMarkdown, between: "\n---\n\n"},
		{Name: "json", render: renderJSON, open: "[\n", between: ",\n", close: "]\n"},
		{Name: "ndjson", render: renderNDJSON},
		{Name: "html", Human: true, render: renderHTML, frame: htmlOpen, close: htmlClose},
	}
}

// FormatByName finds a format.
func FormatByName(name string) (Format, bool) {
	for _, f := range Formats() {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}

// Append appends the form of one document, without what stands around it when
// there are several.
func (f Format) Append(dst []byte, doc Document, o Options) ([]byte, error) {
	return f.render(dst, doc, o)
}

// Writer writes documents of one run one after the other. It never keeps one.
type Writer struct {
	out     io.Writer
	format  Format
	options Options
	many    bool
	count   int
	buf     []byte
}

// NewWriter makes a Writer. many says that there may be more than one
// document, which gives the formats that need it (JSON) a frame around them,
// whatever their number then is.
func NewWriter(out io.Writer, f Format, o Options, many bool) *Writer {
	if f.Name == "text" && o.Detail == Quiet {
		f.between = "" // a line or a few each
	}
	return &Writer{out: out, format: f, options: o, many: many}
}

// SetMany says, before the first document is written, that there may be more
// than one after all.
func (w *Writer) SetMany() {
	if w.count == 0 {
		w.many = true
	}
}

// Write writes a document.
func (w *Writer) Write(doc Document) error {
	var err error
	if w.buf, err = w.format.Append(w.buf[:0], doc, w.options); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return w.WriteRendered(w.buf)
}

// WriteRendered writes a document that Format.Append has rendered.
func (w *Writer) WriteRendered(form []byte) error {
	before := w.format.between
	if w.options.Detail == Quiet && w.format.Human {
		before = ""
	}
	if w.count == 0 {
		before = w.opening()
	}
	w.count++
	if before != "" {
		if _, err := io.WriteString(w.out, before); err != nil {
			return err
		}
	}
	_, err := w.out.Write(form)
	return err
}

// Close writes what stands behind the last document. It does not close the
// io.Writer.
func (w *Writer) Close() error {
	if !w.many && w.format.frame == nil || w.format.close == "" {
		return nil
	}
	end := w.format.close
	if w.count == 0 {
		end = w.opening() + end
	}
	_, err := io.WriteString(w.out, end)
	return err
}

// opening gives what stands in front of the first document.
func (w *Writer) opening() string {
	switch {
	case w.format.frame != nil:
		return w.format.frame()
	case w.many:
		return w.format.open
	}
	return ""
}
