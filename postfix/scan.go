package postfix

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"
	"unsafe"
)

// ScanOptions say how a log is to be read.
type ScanOptions struct {
	// Source is the name of the log, for the events.
	Source string
	// Reference is a time at or after the log's end, from which the year of
	// stamps without one follows; the zero value means the present is not known
	// and the year 1 is used.
	Reference time.Time
	// Zone is the zone of stamps without one; nil means the local one.
	Zone *time.Location
	// Workers is how many chunks are parsed at once, at least 1.
	Workers int
	// Kinds limits the events to these kinds; nil means all.
	Kinds []EventKind
}

// The size of what is read at once, and of the longest line that is kept. The
// first round of chunks is of the small size, each further one is larger: so
// whoever sums up can learn from the first lines before the many come.
const (
	chunkSize  = 96 << 10
	firstChunk = 4 << 10
	maxLine    = 64 << 10
)

// Stats counts what a scan has read.
type Stats struct {
	Bytes int64
	Lines int64
	// Long is how many lines were over 64 KiB and cut there.
	Long int64
	// Unread is how many lines are of no known log form.
	Unread int64
}

func (s *Stats) add(o *Stats) {
	s.Bytes += o.Bytes
	s.Lines += o.Lines
	s.Long += o.Long
	s.Unread += o.Unread
}

// Scan reads a log and gives its events to yield, in the order of the lines,
// from one goroutine. The strings of an event are valid until yield returns:
// clone what is kept. Scan ends at the end of r, when ctx is done, or with the
// first error of r or of yield.
func Scan(ctx context.Context, r io.Reader, opts ScanOptions, yield func(*Event) error) (Stats, error) {
	return Fold(ctx, r, opts, Folder[[]Event]{
		See: func(events *[]Event, e *Event) { *events = append(*events, *e) },
		Join: func(events *[]Event) error {
			for i := range *events {
				if err := yield(&(*events)[i]); err != nil {
					return err
				}
			}
			clear(*events) // lets go of the strings
			*events = (*events)[:0]
			return nil
		},
	})
}

// Folder sums up a log that several goroutines read, each some pieces of it. A
// piece has a part P of its own.
type Folder[P any] struct {
	// See adds an event to the part of its piece. The events of a piece come in
	// the order of their lines and from one goroutine, those of different
	// pieces at the same time. The event itself is used again after the call;
	// its strings are valid until the part is joined.
	See func(part *P, e *Event)
	// Join takes over what a part holds and leaves the part as new: it is used
	// again. The parts come in the order of the log, from the goroutine that
	// called Fold.
	Join func(part *P) error
}

// Fold reads a log and sums it up with f. It ends as Scan does.
func Fold[P any](ctx context.Context, r io.Reader, opts ScanOptions, f Folder[P]) (Stats, error) {
	workers := max(1, opts.Workers)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	// The chunks go round: from free through the reader to a worker, and in
	// their order through the joining goroutine back to free. Their number
	// bounds what is in memory; nothing else is made for a line.
	chunks := workers + 3
	free, work, order := make(chan *chunk[P], chunks), make(chan *chunk[P], chunks), make(chan *chunk[P], chunks)
	for range chunks {
		free <- &chunk[P]{done: make(chan struct{}, 1)}
	}
	for range workers {
		go func() {
			p := newParser(&opts)
			for c := range work {
				c.stats = Stats{}
				p.parse(c.text, c.line, &c.stats, func(e *Event) { f.See(&c.part, e) })
				c.done <- struct{}{}
			}
		}()
	}
	readErr := make(chan error, 1)
	go func() {
		defer close(order)
		defer close(work)
		readErr <- readChunks(ctx, r, free, func(c *chunk[P]) {
			order <- c
			work <- c
		})
	}()
	var total Stats
	for {
		select {
		case c, more := <-order:
			if !more {
				if err := <-readErr; err != nil && !errors.Is(err, io.EOF) {
					return total, fmt.Errorf("read %s: %w", opts.Source, err)
				}
				return total, ctx.Err()
			}
			<-c.done
			total.add(&c.stats)
			if err := f.Join(&c.part); err != nil {
				return total, err
			}
			free <- c
		case <-ctx.Done(): // r may wait for input that never comes
			return total, ctx.Err()
		}
	}
}

// chunk is a piece of the log at line boundaries, and what is made of it.
type chunk[P any] struct {
	buf   []byte
	text  string // the whole lines in buf
	line  int    // number of its first line
	part  P
	stats Stats
	done  chan struct{}
}

// readChunks cuts r at line ends. A line that is longer than a chunk is cut:
// its first part is kept, the rest is passed over.
func readChunks[P any](ctx context.Context, r io.Reader, free <-chan *chunk[P], send func(*chunk[P])) error {
	next := func() *chunk[P] {
		select {
		case c := <-free:
			if c.buf == nil {
				c.buf = make([]byte, chunkSize)
			}
			return c
		case <-ctx.Done():
			return nil
		}
	}
	kept, line, skipping := 0, 1, false
	size, sent := firstChunk, 0
	c := next()
	for c != nil {
		n, err := io.ReadFull(r, c.buf[kept:min(len(c.buf), kept+size)])
		data := c.buf[:kept+n]
		last := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if skipping {
			i := bytes.IndexByte(data, '\n')
			if i < 0 && !last {
				kept = 0
				continue
			}
			data, skipping = data[i+1:], i < 0
			if skipping {
				data = nil
			}
		}
		end := bytes.LastIndexByte(data, '\n') + 1
		long := end == 0 && len(data) == len(c.buf)
		if long || last {
			end = len(data)
		}
		if end > 0 {
			full := c
			if c = next(); c == nil {
				break
			}
			kept = copy(c.buf, data[end:])
			full.text, full.line = unsafe.String(&data[0], end), line
			line += bytes.Count(data[:end], newline)
			if long {
				skipping = true
				line++
			}
			send(full)
			if sent++; sent%cap(free) == 0 {
				size = min(4*size, chunkSize)
			}
		} else {
			kept = copy(c.buf, data)
		}
		if err != nil {
			if last {
				return nil
			}
			return err
		}
	}
	return ctx.Err()
}

var newline = []byte{'\n'}
