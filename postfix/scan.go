package postfix

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
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

// Scan reads a log and gives its events to yield, in the order of the lines, one
// at a time. The strings of an event are valid until yield returns:
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
	// again. The parts come in the order of the log, one at a time, though from
	// different goroutines, and none comes after Fold has returned.
	Join func(part *P) error
}

// Fold reads a log and sums it up with f. It ends as Scan does.
func Fold[P any](ctx context.Context, r io.Reader, opts ScanOptions, f Folder[P]) (Stats, error) {
	workers := max(1, opts.Workers)
	// The chunks go round: from the free ones to a worker that reads and parses
	// it, and in their order through the join back. Their number bounds what is
	// in memory; nothing else is made for a line.
	g := &folding[P]{cutter: cutter{in: r, line: 1, size: firstChunk}, opts: &opts, folder: f, ring: make([]*chunk[P], workers+3)}
	g.free = make(chan *chunk[P], len(g.ring))
	for range g.ring {
		g.free <- &chunk[P]{}
	}
	ctx, g.cancel = context.WithCancel(ctx)
	defer g.cancel()
	var running sync.WaitGroup
	for range workers {
		running.Go(func() { g.work(ctx) })
	}
	done := make(chan struct{})
	go func() {
		running.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-ctx.Done(): // r may wait for input that never comes
	}
	g.joining.Lock()
	defer g.joining.Unlock()
	g.stopped = true
	if g.err != nil {
		return g.total, g.err
	}
	if err := ctx.Err(); err != nil {
		return g.total, err
	}
	if err := g.cutter.err; !errors.Is(err, io.EOF) {
		return g.total, fmt.Errorf("read %s: %w", opts.Source, err)
	}
	return g.total, nil
}

// chunk is a piece of the log at line boundaries, and what is made of it.
type chunk[P any] struct {
	number int
	buf    []byte
	text   string // the whole lines in buf
	line   int    // number of its first line
	part   P
	stats  Stats
}

// folding is the state of one Fold.
type folding[P any] struct {
	opts   *ScanOptions
	folder Folder[P]
	free   chan *chunk[P]
	cancel context.CancelFunc

	reading sync.Mutex // for the cutter
	cutter  cutter

	joining sync.Mutex  // for all below
	ring    []*chunk[P] // that are parsed, by their number
	next    int         // the number of the next one to join
	total   Stats
	stopped bool
	err     error // of Join
}

// work reads and parses pieces until there are no more.
func (g *folding[P]) work(ctx context.Context) {
	p := newParser(g.opts)
	for c := g.read(ctx); c != nil; c = g.read(ctx) {
		c.stats = Stats{}
		p.parse(c.text, c.line, &c.stats, func(e *Event) { g.folder.See(&c.part, e) })
		if !g.join(c) {
			return
		}
	}
}

// read gives the next piece, or nil.
func (g *folding[P]) read(ctx context.Context) *chunk[P] {
	g.reading.Lock()
	defer g.reading.Unlock()
	var c *chunk[P]
	select {
	case c = <-g.free:
	case <-ctx.Done():
		return nil
	}
	if ctx.Err() != nil {
		return nil
	}
	if c.buf == nil {
		c.buf = make([]byte, chunkSize)
	}
	var text []byte
	text, c.line = g.cutter.cut(c.buf)
	if len(text) == 0 {
		return nil
	}
	c.text = unsafe.String(&text[0], len(text))
	c.number = g.cutter.pieces - 1
	if g.cutter.pieces%len(g.ring) == 0 {
		g.cutter.size = min(4*g.cutter.size, chunkSize)
	}
	return c
}

// join joins the parts whose turn it is, and reports whether to go on.
func (g *folding[P]) join(c *chunk[P]) bool {
	g.joining.Lock()
	defer g.joining.Unlock()
	g.ring[c.number%len(g.ring)] = c
	for !g.stopped {
		at := g.next % len(g.ring)
		if c = g.ring[at]; c == nil {
			return true
		}
		g.ring[at] = nil
		g.next++
		g.total.add(&c.stats)
		if g.err = g.folder.Join(&c.part); g.err != nil {
			g.stopped = true
			g.cancel() // somebody may wait for a free chunk
			break
		}
		g.free <- c
	}
	return false
}

// cutter cuts a log into pieces at line ends. A line that is longer than a piece
// is cut: its first part is kept, the rest is passed over.
type cutter struct {
	in       io.Reader
	tail     []byte // the beginning of a line, from the piece before
	line     int    // the number of the next line
	size     int    // of the next piece
	pieces   int
	skipping bool
	err      error // why there is no more; io.EOF at the end
}

// cut reads the next piece into buf, and gives it with the number of its first
// line. It is empty where there is no more.
func (c *cutter) cut(buf []byte) (piece []byte, line int) {
	kept := copy(buf, c.tail)
	for c.err == nil {
		var n int
		n, c.err = io.ReadFull(c.in, buf[kept:min(len(buf), kept+c.size)])
		data := buf[:kept+n]
		if errors.Is(c.err, io.ErrUnexpectedEOF) {
			c.err = io.EOF
		}
		if c.skipping {
			i := bytes.IndexByte(data, '\n')
			if i < 0 {
				kept = 0
				continue
			}
			data, c.skipping = data[i+1:], false
		}
		end := bytes.LastIndexByte(data, '\n') + 1
		long := end == 0 && len(data) == len(buf)
		if long || errors.Is(c.err, io.EOF) {
			end = len(data)
		}
		if end == 0 {
			kept = copy(buf, data)
			continue
		}
		c.tail = append(c.tail[:0], data[end:]...)
		line = c.line
		c.line += bytes.Count(data[:end], newline)
		c.pieces++
		if long {
			c.skipping = true
			c.line++
		}
		return data[:end], line
	}
	return nil, 0
}

var newline = []byte{'\n'}
