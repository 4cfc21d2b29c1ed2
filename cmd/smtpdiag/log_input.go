package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"time"

	"github.com/smtpdiag/smtpdiag/postfix"
	"github.com/smtpdiag/smtpdiag/report"
)

// runFollow prints every refusal as it is logged. It begins at the end of the
// file, goes on in the new file when the log is rotated, and ends with Ctrl-C.
func (o *logOptions) runFollow(ctx context.Context, s *streams, j *judge, paths []string) error {
	if len(paths) != 1 {
		return usagef("--follow takes one log, got %d", len(paths))
	}
	lines := &follower{path: paths[0], wait: pause}
	if paths[0] == standardInput {
		lines.in, lines.ends = bufio.NewReader(s.in), true
	} else if err := lines.start(); err != nil {
		writeComplaint(s.err, newInputError(paths[0], err).Error())
		return errPartial
	} else if lines.file == nil {
		writeComplaint(s.err, paths[0]+": is not there yet; waiting for it")
	}
	defer lines.close()
	return o.followLines(ctx, s, j, lines)
}

// followLines prints the refusals among the lines.
func (o *logOptions) followLines(ctx context.Context, s *streams, j *judge, lines *follower) error {
	p := newPrinter(s, o.common, true)
	words := newWordings(j)
	var reader *postfix.LineReader
	for files := -1; ; {
		text, number, err := lines.next(ctx)
		if err != nil {
			if errors.Is(err, io.EOF) || ctx.Err() != nil {
				err = nil
			}
			return p.finish(err)
		}
		if files != lines.files { // stamps without a year are read anew with each file
			reader, files = postfix.NewLineReader(postfix.ScanOptions{Source: lines.path, Reference: time.Now().AddDate(0, 6, 0)}), lines.files
		}
		e, ok := reader.Line(text, number)
		if ok && e.Kind == postfix.EventPolicy {
			words.policies.add(&e)
		}
		if !ok || !isFailure(e.Kind) || !o.wanted(&e) {
			continue
		}
		if err := p.print(followed(words, &e)); err != nil {
			return p.finish(err)
		}
	}
}

// followed makes the document of one refusal.
func followed(words *wordings, e *postfix.Event) *report.LogGroup {
	one := newLogCount(words)
	one.add(e)
	return one.document().Groups[0]
}
