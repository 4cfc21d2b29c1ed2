package postfix

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
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

// The size of what is read at once, and of the longest line that is kept.
const (
	chunkSize = 128 << 10
	maxLine   = 64 << 10
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

// chunk is a piece of the log at line boundaries, and what was found in it.
type chunk struct {
	data   string
	line   int // number of its first line
	events []Event
	stats  Stats
	done   chan struct{}
}

// Scan reads a log and gives its events to yield, in the order of the lines,
// from one goroutine. The strings of an event live as long as somebody holds
// them, and keep a piece of the log in memory: clone what is kept. Scan ends at
// the end of r, when ctx is done, or with the first error of r or of yield.
func Scan(ctx context.Context, r io.Reader, opts ScanOptions, yield func(*Event) error) (Stats, error) {
	workers := max(1, opts.Workers)
	work := make(chan *chunk)
	order := make(chan *chunk, workers)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for range workers {
		go func() {
			p := parser{opts: &opts, clock: newClock(opts.Reference, opts.Zone)}
			for c := range work {
				p.parse(c)
				close(c.done)
			}
		}()
	}
	readErr := make(chan error, 1)
	// Room for events is used again: it is most of what a scan would allocate.
	spare := make(chan []Event, 2*workers)
	go func() {
		defer close(order)
		defer close(work)
		readErr <- readChunks(ctx, r, func(c *chunk) bool {
			select {
			case c.events = <-spare:
			default:
			}
			select {
			case order <- c:
			case <-ctx.Done():
				return false
			}
			work <- c
			return true
		})
	}()
	var total Stats
	for c := range order {
		<-c.done
		total.add(&c.stats)
		for i := range c.events {
			if err := yield(&c.events[i]); err != nil {
				cancel()
				for c := range order {
					<-c.done
				}
				return total, err
			}
		}
		clear(c.events) // lets go of the strings
		select {
		case spare <- c.events[:0]:
		default:
		}
	}
	if err := <-readErr; err != nil && !errors.Is(err, io.EOF) {
		return total, fmt.Errorf("read %s: %w", opts.Source, err)
	}
	return total, ctx.Err()
}

func (s *Stats) add(o *Stats) {
	s.Bytes += o.Bytes
	s.Lines += o.Lines
	s.Long += o.Long
	s.Unread += o.Unread
}

// readChunks cuts r at line ends. A line that is longer than a chunk is cut:
// its first part is kept, the rest is passed over.
func readChunks(ctx context.Context, r io.Reader, send func(*chunk) bool) error {
	buf := make([]byte, chunkSize)
	kept, line, skipping := 0, 1, false
	for {
		n, err := io.ReadFull(r, buf[kept:])
		data := buf[:kept+n]
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
		long := false
		if end == 0 && !last || last {
			end, long = len(data), !last
		}
		if end > 0 {
			c := &chunk{data: string(data[:end]), line: line, done: make(chan struct{})}
			line += strings.Count(c.data, "\n")
			if long {
				c.stats.Long++
				skipping = true
				line++
			}
			if !send(c) {
				return ctx.Err()
			}
		}
		kept = copy(buf, data[end:])
		if err != nil {
			if last {
				return nil
			}
			return err
		}
	}
}

// parser reads the lines of one chunk after the other.
type parser struct {
	opts  *ScanOptions
	clock *clock
}

func (p *parser) parse(c *chunk) {
	line := c.line
	c.stats.Bytes = int64(len(c.data))
	for s := c.data; s != ""; line++ {
		end := strings.IndexByte(s, '\n')
		text := s
		if end < 0 {
			s = ""
		} else {
			text, s = s[:end], s[end+1:]
		}
		text = strings.TrimSuffix(text, "\r")
		c.stats.Lines++
		if text == "" {
			continue
		}
		if len(text) > maxLine {
			text = text[:maxLine]
			c.stats.Long++
		}
		e := Event{Source: p.opts.Source, Line: line, Text: text}
		known, ok := p.line(&e)
		if !known {
			c.stats.Unread++
		}
		if ok && p.wanted(e.Kind) {
			c.events = append(c.events, e)
		}
	}
}

func (p *parser) wanted(k EventKind) bool {
	if p.opts.Kinds == nil {
		return true
	}
	return slices.Contains(p.opts.Kinds, k)
}

// line reads one line. known is false where it is of no log form at all.
func (p *parser) line(e *Event) (known, ok bool) {
	if e.Text[0] == '{' {
		return journalLine(e)
	}
	t, rest, ok := p.clock.cut(e.Text)
	if !ok {
		return opensmtpdBare(e)
	}
	e.Time = t
	if e.Text[4] == '-' && eximLine(e, rest) {
		return true, true
	}
	host, rest, ok := strings.Cut(rest, " ")
	if !ok {
		return false, false
	}
	e.Host = host
	tag, msg, ok := strings.Cut(rest, ": ")
	if !ok {
		return true, false
	}
	return true, tagged(e, tag, msg)
}

// tagged reads a message by the tag of the program that logged it.
func tagged(e *Event, tag, msg string) bool {
	if cutTag(e, tag) {
		return parseMessage(e, msg)
	}
	switch name, _, _ := strings.Cut(tag, "["); name {
	case "smtpd":
		return opensmtpdLine(e, msg)
	case "exim", "exim4":
		return eximLine(e, msg)
	}
	return false
}

// cutTag reads "postfix/smtp-in/smtpd[28411]": the instance, and the program
// behind the last slash. Tags without a slash are those of other software.
func cutTag(e *Event, tag string) bool {
	if n := strings.IndexByte(tag, '['); n >= 0 {
		tag = tag[:n]
	}
	n := strings.LastIndexByte(tag, '/')
	if n <= 0 || strings.ContainsAny(tag, " \t=") {
		return false
	}
	e.Instance, e.Program = tag[:n], tag[n+1:]
	return true
}

// LineReader reads single lines, for a log that is followed as it grows.
type LineReader struct{ p parser }

// NewLineReader makes a LineReader; Workers in opts has no meaning to it.
func NewLineReader(opts ScanOptions) *LineReader {
	return &LineReader{parser{opts: &opts, clock: newClock(opts.Reference, opts.Zone)}}
}

// Line reads one line without its end. ok is false where it is no event.
func (l *LineReader) Line(text string, number int) (e Event, ok bool) {
	if text == "" {
		return Event{}, false
	}
	e = Event{Source: l.p.opts.Source, Line: number, Text: text}
	_, ok = l.p.line(&e)
	return e, ok && l.p.wanted(e.Kind)
}
