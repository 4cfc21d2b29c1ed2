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

// followPause is how long a log that is followed is left alone at its end.
const followPause = 300 * time.Millisecond

// runFollow prints every refusal as it is logged. It begins at the end of the
// file, goes on in the new file when the log is rotated, and ends with Ctrl-C.
func (o *logOptions) runFollow(ctx context.Context, s *streams, j *judge, paths []string) error {
	if len(paths) != 1 {
		return usagef("--follow takes one log, got %d", len(paths))
	}
	lines := &follower{path: paths[0]}
	if paths[0] == standardInput {
		lines.in = bufio.NewReader(s.in)
		lines.ends = true
	} else if err := lines.open(true); err != nil {
		writeComplaint(s.err, newInputError(paths[0], err).Error())
		return errPartial
	}
	defer lines.close()
	p := newPrinter(s, o.common, true)
	words := newWordings(j)
	reader := postfix.NewLineReader(postfix.ScanOptions{Source: paths[0], Reference: time.Now().AddDate(0, 6, 0)})
	for {
		text, number, err := lines.next(ctx)
		if err != nil {
			if errors.Is(err, io.EOF) || ctx.Err() != nil {
				err = nil
			}
			return p.finish(err)
		}
		e, ok := reader.Line(text, number)
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
