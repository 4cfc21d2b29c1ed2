package main

import (
	"bufio"
	"context"
	"errors"
	"iter"
	"os"
	"runtime/debug"
	"sync"

	"github.com/smtpdiag/smtpdiag/dsn"
	"github.com/smtpdiag/smtpdiag/report"
)

// batches puts items together, few at first so that the first results come
// soon, more later so that handing over costs nothing.
func batches[T any](in iter.Seq[T]) iter.Seq[[]T] {
	const largest = 32
	return func(yield func([]T) bool) {
		size, batch := 1, []T(nil)
		for item := range in {
			batch = append(batch, item)
			if len(batch) < size {
				continue
			}
			if !yield(batch) {
				return
			}
			size, batch = min(size+1, largest), nil
		}
		if len(batch) > 0 {
			yield(batch)
		}
	}
}

// manyMessages is the number from which a run is taken for a long one.
const manyMessages = 100

// bounceRun is one run of the command: workers turn files into results, one
// goroutine writes them.
type bounceRun struct {
	s     *streams
	opts  *bounceOptions
	judge *judge
	out   *bufio.Writer
	print *printer
	tally *report.Tally
	// render says that workers render; else the documents are needed here.
	render    bool
	rendering report.Options
	partial   bool
	count     int
	progress  bounceProgress
	// forms holds buffers for what is rendered.
	forms sync.Pool
}

// bounceResult is what became of one message, or of one input without any.
type bounceResult struct {
	doc  *report.Bounce
	form []byte // doc as it is printed, nil where it is not rendered yet
	note string // a line for standard error, or ""
	// failed says that the input, or a part of it, could not be read.
	failed bool
	// again is an input that is to be read as a stream.
	again *input
}

func newBounceRun(s *streams, opts *bounceOptions, j *judge) *bounceRun {
	out := bufio.NewWriterSize(s.out, 64<<10)
	buffered := *s
	buffered.out = out
	return &bounceRun{
		s: s, opts: opts, judge: j, out: out,
		print:     newPrinter(&buffered, opts.common, opts.many() && !opts.summary),
		tally:     report.NewTally(),
		render:    !opts.common.redact && !opts.summary,
		rendering: opts.common.rendering(s),
		progress:  newBounceProgress(s, opts),
		forms:     sync.Pool{New: func() any { return new([]byte) }},
	}
}

// many reports whether the paths name several inputs. One that turns out to be
// an mbox of several messages counts too, see consume.
func (o *bounceOptions) many() bool {
	if len(o.paths) != 1 || o.paths[0] == standardInput {
		return len(o.paths) != 1
	}
	info, err := os.Stat(o.paths[0])
	return err == nil && info.IsDir()
}

// newFileWork makes the work of one worker on files.
func (run *bounceRun) newFileWork() func([]input) bounceBatch {
	buf := make([]byte, 0, 32<<10)
	return func(files []input) bounceBatch {
		batch := bounceBatch{results: make([]bounceResult, 0, len(files))}
		if run.render {
			batch.forms, _ = run.forms.Get().(*[]byte)
		}
		for i := range files {
			var result bounceResult
			result, buf = run.file(&files[i], buf, batch.forms)
			batch.results = append(batch.results, result)
		}
		return batch
	}
}

// bounceBatch is the results of a batch of files. Their forms lie in one buffer,
// which is used again when they are written.
type bounceBatch struct {
	results []bounceResult
	forms   *[]byte
}

// file reads one input. buf is used for reading and given back; what is
// rendered is appended to forms.
func (run *bounceRun) file(in *input, buf []byte, forms *[]byte) (bounceResult, []byte) {
	switch {
	case in.err != nil:
		return failedResult(in.err), buf
	case in.name == standardInput:
		return bounceResult{again: in}, buf
	}
	raw, more, err := readWhole(in.name, buf)
	if err != nil {
		return failedResult(newInputError(in.name, err)), raw
	}
	if len(raw) == 0 {
		return failedResult(emptyError(in.name)), raw
	}
	if more || isStream(raw) {
		return bounceResult{again: in}, raw
	}
	if reason := notMail(raw); reason != nil {
		reason.name = in.name
		return failedResult(reason), raw
	}
	return run.message(oneMessage(*in, raw), forms), raw
}

// message reads, judges and renders one message.
func (run *bounceRun) message(m message, forms *[]byte) bounceResult {
	r := dsn.Parse(m.name, m.raw)
	cut := m.cutNote()
	if cut != "" {
		r.Problems = append(r.Problems, dsn.Problem{Text: cut})
	} else if r.Truncated {
		cut = "ends in the middle of the report: its closing boundary is missing; what is there was read, give the whole message for the rest"
	}
	result := bounceResult{doc: run.judge.bounce(r, m.index, m.line), failed: cut != "", note: cut}
	if r.Kind == dsn.KindOther && m.named && cut == "" {
		result.note = "is no report about delivery; give the bounce itself, with its header and all parts"
	}
	if result.note != "" {
		result.note = m.name + ": " + result.note
	}
	if run.render {
		start := len(*forms)
		all, err := run.opts.common.format.Append(*forms, result.doc, run.rendering)
		if err != nil {
			return failedResult(&inputError{name: m.name, reason: err.Error()})
		}
		*forms, result.form = all, all[start:]
	}
	return result
}

func failedResult(err error) bounceResult {
	return bounceResult{note: err.Error(), failed: true}
}

// consumeFiles writes the results of a batch of files.
func (run *bounceRun) consumeFiles(ctx context.Context, batch bounceBatch) error {
	for i := range batch.results {
		var err error
		if again := batch.results[i].again; again != nil {
			err = run.stream(ctx, *again)
		} else {
			err = run.consume(&batch.results[i])
		}
		if err != nil {
			return err
		}
	}
	if batch.forms != nil {
		*batch.forms = (*batch.forms)[:0]
		run.forms.Put(batch.forms)
	}
	return run.out.Flush()
}

// stream reads an input of unknown size, all workers on its messages.
func (run *bounceRun) stream(ctx context.Context, in input) error {
	type item struct {
		message
		err error
	}
	items := func(yield func(item) bool) {
		for m, err := range stream(in, run.s.in) {
			if !yield(item{m, err}) {
				return
			}
		}
	}
	work := func() func(item) bounceResult {
		return func(it item) bounceResult {
			if it.err != nil {
				return failedResult(it.err)
			}
			return run.message(it.message, new([]byte))
		}
	}
	return inOrder(ctx, run.opts.jobs, items, work, func(r bounceResult) error {
		if err := run.consume(&r); err != nil {
			return err
		}
		if run.out.Buffered() < 32<<10 {
			return nil
		}
		return run.out.Flush()
	})
}

// consume writes one result.
func (run *bounceRun) consume(r *bounceResult) error {
	run.partial = run.partial || r.failed
	if r.note != "" && !run.opts.common.quietNote(r.failed) {
		note := r.note
		if run.print.redactor != nil {
			note = run.print.redactor.Text(note)
		}
		run.progress.clear()
		writeComplaint(run.s.err, note)
	}
	if r.doc == nil {
		return nil
	}
	run.tally.Add(r.doc)
	run.count++
	run.progress.note(run.count)
	if run.count == manyMessages {
		// Most of what is allocated dies with its message: a larger heap means
		// far fewer collections. The limit keeps large messages from using it.
		debug.SetMemoryLimit(256 << 20)
		debug.SetGCPercent(400)
	}
	if r.doc.Index != nil && !run.opts.summary {
		run.print.writer.SetMany()
	}
	switch {
	case run.opts.summary:
		run.print.observe(r.doc)
		return nil
	case r.form != nil:
		run.print.observe(r.doc)
		return run.print.writer.WriteRendered(r.form)
	}
	return run.print.print(r.doc)
}

// finish ends the output, also when the reading was cut short: what is known
// by then is printed whole.
func (run *bounceRun) finish(err error) error {
	run.progress.clear()
	if err == nil && run.partial {
		err = errPartial
	}
	if err == nil || errors.Is(err, errPartial) || errors.Is(err, context.Canceled) {
		if closeErr := run.close(); closeErr != nil {
			err = closeErr
		}
	}
	if run.opts.common.exitCode {
		return outcomeError(run.print.worst, err)
	}
	return err
}

// close writes what stands behind the messages.
func (run *bounceRun) close() error {
	summary := run.tally.Summary()
	switch {
	case run.opts.summary:
		if err := run.print.print(summary); err != nil {
			return err
		}
	case run.opts.common.format.Human && run.s.outTerminal && !run.opts.common.quiet && summary.Messages > 1:
		if err := run.print.print(summary.ClassTable()); err != nil {
			return err
		}
	}
	if err := run.print.writer.Close(); err != nil {
		return err
	}
	return run.out.Flush()
}
