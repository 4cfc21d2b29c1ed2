package main

import (
	"fmt"
	"io"
	"time"
)

// bounceProgress counts messages on standard error while nothing else can be
// seen: standard error is a terminal, the result goes elsewhere or comes last.
// Work that ends within a second shows nothing.
type bounceProgress struct {
	out   io.Writer // nil where nothing is to be shown
	next  time.Time // when to show the count again
	shown bool
}

// The first count is shown after progressDelay, others after progressStep; the
// clock is read for one of progressEvery messages.
const (
	progressDelay = time.Second
	progressStep  = 200 * time.Millisecond
	progressEvery = 64
)

func newBounceProgress(s *streams, opts *bounceOptions) bounceProgress {
	if !s.errTerminal || opts.common.quiet || s.outTerminal && !opts.summary {
		return bounceProgress{}
	}
	return bounceProgress{out: s.err, next: time.Now().Add(progressDelay)}
}

// note says that count messages are done.
func (p *bounceProgress) note(count int) {
	if p.out == nil || count%progressEvery != 0 {
		return
	}
	if now := time.Now(); now.After(p.next) {
		p.next = now.Add(progressStep)
		p.shown = true
		_, _ = fmt.Fprintf(p.out, "\r%d messages read", count)
	}
}

// clear takes the count off the terminal, before other lines and at the end.
func (p *bounceProgress) clear() {
	if p.shown {
		_, _ = io.WriteString(p.out, "\r\x1b[K")
		p.shown = false
	}
}
