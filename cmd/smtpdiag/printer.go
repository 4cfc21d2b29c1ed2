package main

import (
	"github.com/smtpdiag/smtpdiag/report"
)

// printer writes the documents of one run to standard output and keeps the
// worst of what they found.
type printer struct {
	writer   *report.Writer
	redactor *report.Redactor // nil without --redact
	exitCode bool
	worst    report.Outcome
}

// newPrinter makes the printer of a command. many says that the command may
// print several documents, which makes JSON an array.
func newPrinter(s *streams, opts *commonOptions, many bool) *printer {
	p := &printer{
		writer:   report.NewWriter(s.out, opts.format, opts.rendering(s), many),
		exitCode: opts.exitCode,
	}
	if opts.redact {
		p.redactor = report.NewRedactor()
	}
	return p
}

// print writes one document. With --redact, doc is changed.
func (p *printer) print(doc report.Document) error {
	p.observe(doc.Outcome())
	if p.redactor != nil {
		p.redactor.Redact(doc)
	}
	return p.writer.Write(doc)
}

// observe keeps what a document found, the worst of all.
func (p *printer) observe(found report.Outcome) { p.worst = max(p.worst, found) }

// finish ends the output and gives the error of the command: err if it has
// one, else what --exit-code makes of the findings.
func (p *printer) finish(err error) error {
	if closeErr := p.writer.Close(); err == nil {
		err = closeErr
	}
	if p.exitCode {
		return outcomeError(p.worst, err)
	}
	return err
}

// printGroups prints a result as one page for a person, or as its groups for a
// program.
func printGroups[D report.Document](s *streams, opts *commonOptions, page report.Document, groups []D) error {
	human := opts.format.Human
	p := newPrinter(s, opts, !human)
	if human {
		return p.finish(p.print(page))
	}
	for _, g := range groups {
		if err := p.print(g); err != nil {
			return p.finish(err)
		}
	}
	return p.finish(nil)
}
