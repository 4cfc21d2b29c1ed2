package main

import (
	"bufio"
	"context"
	"errors"
	"iter"
	"os"
	"runtime/debug"
	"sync"
	"unsafe"

	"github.com/smtpdiag/smtpdiag/dsn"
	"github.com/smtpdiag/smtpdiag/report"
)

// batches puts items together, few at first so that the first results come
// soon, more later so that handing over costs nothing.
func batches[T any](in iter.Seq[T]) iter.Seq[[]T] {
	const largest = 16
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
	tally *report.Tally // nil where nobody will see the counts
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
	// message says that there is one; doc and form are what was made of it.
	message bool
	doc     *report.Bounce // nil where form is all that is needed
	form    []byte         // the document as it is printed, nil where it is not rendered yet
	outcome report.Outcome
	indexed bool   // the message is one of several in its input
	note    string // a line for standard error, or ""
	// failed says that the input, or a part of it, could not be read.
	failed bool
	// again is an input that is to be read as a stream.
	again *input
}

func newBounceRun(s *streams, opts *bounceOptions, j *judge) *bounceRun {
	out := bufio.NewWriterSize(s.out, 64<<10)
	buffered := *s
	buffered.out = out
	run := &bounceRun{
		s: s, opts: opts, judge: j, out: out,
		print:     newPrinter(&buffered, opts.common, opts.many() && !opts.summary),
		render:    !opts.common.redact && !opts.summary,
		rendering: opts.common.rendering(s),
		progress:  newBounceProgress(s, opts),
		forms:     sync.Pool{New: func() any { return new([]byte) }},
	}
	if opts.summary || run.endsInTable() {
		run.tally = report.NewTally()
	}
	return run
}

// endsInTable reports whether a table of classes is to follow the messages.
func (run *bounceRun) endsInTable() bool {
	return run.opts.common.format.Human && run.s.outTerminal && !run.opts.common.quiet && !run.opts.summary
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

// bounceWorker works on one message after the other, in memory that it uses
// again.
type bounceWorker struct {
	run   *bounceRun
	raw   []byte // what is read
	mbox  []byte // a message out of an mbox
	draft *draft // nil where documents outlive the worker's turn
}

func (run *bounceRun) newWorker() *bounceWorker {
	w := &bounceWorker{run: run}
	if run.render && run.tally == nil {
		w.draft = new(draft)
	}
	return w
}

// newFileWork makes the work of one worker on files.
func (run *bounceRun) newFileWork() func([]input) bounceBatch {
	w := run.newWorker()
	w.raw = make([]byte, 0, 32<<10)
	return func(files []input) bounceBatch {
		batch := bounceBatch{results: make([]bounceResult, 0, len(files))}
		if run.render {
			batch.forms, _ = run.forms.Get().(*[]byte)
		}
		for i := range files {
			batch.results = append(batch.results, w.file(&files[i], batch.forms))
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

// file reads one input. What is rendered is appended to forms.
func (w *bounceWorker) file(in *input, forms *[]byte) bounceResult {
	switch {
	case in.err != nil:
		return failedResult(in.err)
	case in.name == standardInput:
		return bounceResult{again: in}
	}
	raw, more, err := readWhole(in.name, w.raw)
	w.raw = raw
	switch {
	case err != nil:
		return failedResult(newInputError(in.name, err))
	case len(raw) == 0:
		return failedResult(emptyError(in.name))
	case more || isStream(raw):
		return bounceResult{again: in}
	}
	if reason := notMail(raw); reason != nil {
		reason.name = in.name
		return failedResult(reason)
	}
	m := message{name: in.name, named: in.named, index: -1, line: 1, raw: raw, size: int64(len(raw))}
	if dsn.IsMbox(raw) {
		w.mbox = m.fromMbox(w.mbox)
	}
	return w.message(m, forms)
}

// message reads, judges and renders one message.
func (w *bounceWorker) message(m message, forms *[]byte) (result bounceResult) {
	defer func() {
		if cause := recover(); cause != nil {
			if w.draft != nil {
				w.draft = new(draft)
			}
			result = failedResult(faultError(m.name, cause))
		}
	}()
	r := w.parse(&m)
	cut := m.cutNote()
	if cut != "" {
		r.Problems = append(r.Problems, dsn.Problem{Text: cut})
	} else if r.Truncated {
		cut = "is cut off in the report (no closing boundary); what is there is shown"
	}
	d := w.draft
	if d == nil {
		d = new(draft)
	}
	doc := w.run.judge.draft(d, r, m.index, m.line)
	result = bounceResult{message: true, outcome: doc.Outcome(), indexed: doc.Index != nil, failed: cut != "", note: cut}
	if r.Kind == dsn.KindOther && m.named && cut == "" {
		result.note = "is no report about delivery; give the bounce itself, with its header and all parts"
	}
	if result.note != "" {
		result.note = m.name + ": " + result.note
	}
	if w.draft == nil {
		result.doc = doc
	}
	if w.run.render {
		start := len(*forms)
		all, err := w.run.opts.common.format.Append(*forms, doc, w.run.rendering)
		if err != nil {
			return failedResult(&inputError{name: m.name, reason: err.Error()})
		}
		*forms, result.form = all, all[start:]
	}
	return result
}

// parse reads one message. Where its document does not outlive the worker's turn,
// neither does anything else that is made of it: then the buffer is read as it
// is, since a copy of every message would be a third of all memory that is
// asked for.
func (w *bounceWorker) parse(m *message) *dsn.Report {
	if w.draft == nil {
		return dsn.Parse(m.name, m.raw)
	}
	return dsn.ParseString(m.name, unsafe.String(unsafe.SliceData(m.raw), len(m.raw)))
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
		w := run.newWorker()
		return func(it item) bounceResult {
			if it.err != nil {
				return failedResult(it.err)
			}
			return w.message(it.message, new([]byte))
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
	if !r.message {
		return nil
	}
	if run.tally != nil {
		run.tally.Add(r.doc)
	}
	run.count++
	run.progress.note(run.count)
	if run.count == manyMessages {
		// Most of what is allocated dies with its message, so collections are
		// cheap; half as many would take half as much memory again. The limit is
		// for large messages.
		debug.SetMemoryLimit(256 << 20)
		debug.SetGCPercent(200)
	}
	if r.indexed && !run.opts.summary {
		run.print.writer.SetMany()
	}
	if run.opts.summary || r.form != nil {
		run.print.observe(r.outcome)
	}
	switch {
	case run.opts.summary:
		return nil
	case r.form != nil:
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
	if run.tally != nil {
		summary := run.tally.Summary()
		var doc report.Document = summary
		if !run.opts.summary {
			doc = summary.ClassTable()
		}
		if run.opts.summary || summary.Messages > 1 {
			if err := run.print.print(doc); err != nil {
				return err
			}
		}
	}
	if err := run.print.writer.Close(); err != nil {
		return err
	}
	return run.out.Flush()
}
