// Package maillog writes made-up logs of Postfix whose counts are known, for
// tests and measurements.
//
// A log is made of sessions, refusals by smtpd and postscreen, messages with
// their deliveries, and warnings, in the order of time and mixed with each
// other, as several processes write them. The same options give the same bytes.
package maillog

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"time"
)

// Options say what log is to be written.
type Options struct {
	// Size is about how many bytes are written.
	Size int64
	// Recipients and Clients are how many different ones each cause has at most;
	// 0 lets them grow with the log, by one in three lines.
	Recipients, Clients int
	// Layout is that of the stamps, "" for the traditional one.
	Layout string
}

// Count is what a log has of one cause.
type Count struct {
	Class, Gate string
	// Phrase stands in all lines of the cause, and in no other.
	Phrase                      string
	Rejected, Deferred, Bounced int64
	// Recipients and Clients are how many different ones.
	Recipients, Clients int64

	clients map[int]struct{}
}

// Lines is the number of lines.
func (c *Count) Lines() int64 { return c.Rejected + c.Deferred + c.Bounced }

// Truth is what was written.
type Truth struct {
	Lines, Bytes int64
	// First is the time of the first line.
	First time.Time
	// Causes have an entry for each cause that was written.
	Causes []*Count
}

// window is how many flows are mixed with each other.
const window = 40

// writer writes a log.
type writer struct {
	out    *bufio.Writer
	opts   Options
	random *rand.Rand
	now    time.Time
	stamp  string
	flows  [window][]string
	truth  Truth
	counts []Count
	client int
}

// Write writes a log to w. The error is that of w.
func Write(w io.Writer, opts Options) (*Truth, error) {
	if opts.Layout == "" {
		opts.Layout = time.Stamp
	}
	g := &writer{
		out: bufio.NewWriterSize(w, 1<<20), opts: opts, random: rand.New(rand.NewPCG(1, 2)), //nolint:gosec // no secrets
		now: time.Date(2026, 1, 4, 0, 0, 0, 0, time.UTC), counts: make([]Count, len(causes)),
	}
	g.truth.First = g.now
	for i := range causes {
		g.counts[i] = Count{Class: causes[i].class, Gate: causes[i].gate, Phrase: causes[i].phrase, clients: map[int]struct{}{}}
	}
	for g.truth.Bytes < opts.Size {
		if err := g.step(); err != nil {
			return nil, err
		}
	}
	for i := range g.flows {
		for len(g.flows[i]) > 0 {
			if err := g.line(i); err != nil {
				return nil, err
			}
		}
	}
	for i := range g.counts {
		if c := &g.counts[i]; c.Lines() > 0 {
			c.Clients = int64(len(c.clients))
			g.truth.Causes = append(g.truth.Causes, c)
		}
	}
	return &g.truth, g.out.Flush()
}

// step writes the next line of one of the flows, and begins a new one where it
// has ended.
func (g *writer) step() error {
	if g.random.IntN(8) == 0 {
		g.now = g.now.Add(time.Duration(g.random.IntN(400)) * time.Millisecond)
		g.stamp = ""
	}
	i := g.random.IntN(window)
	if len(g.flows[i]) == 0 {
		g.flows[i] = g.flow()
	}
	return g.line(i)
}

// line writes the next line of a flow.
func (g *writer) line(i int) error {
	if g.stamp == "" {
		g.stamp = g.now.Format(g.opts.Layout) + " mx1 postfix/"
	}
	text := g.flows[i][0]
	g.flows[i] = g.flows[i][1:]
	g.truth.Lines++
	g.truth.Bytes += int64(len(g.stamp) + len(text) + 1)
	_, _ = g.out.WriteString(g.stamp) // the error stays and comes with the next
	_, _ = g.out.WriteString(text)
	return g.out.WriteByte('\n')
}

// flow gives the lines of one session or message, in their order.
func (g *writer) flow() []string {
	switch n := g.random.IntN(100); {
	case n < 35:
		return g.refusals()
	case n < 45:
		return g.screened()
	case n < 48:
		return g.besides()
	}
	return g.message()
}

// peer gives the name and the address of a client, and its number.
func (g *writer) peer() (name, ip string, number int) {
	if g.random.IntN(3) == 0 { // else the last one comes again
		g.client++
	}
	n := g.client
	if g.opts.Clients > 0 {
		n %= g.opts.Clients
	}
	name = fmt.Sprintf("out%d.example.net", n%50)
	if n < 1<<17 { // RFC 2544 has as many addresses for measurements
		return name, fmt.Sprintf("198.%d.%d.%d", 18+n>>16, n>>8&255, n&255), n
	}
	return name, fmt.Sprintf("2001:db8::%x:%x", n>>16, n&0xffff), n
}

// recipient gives a recipient for a line of a cause.
func (g *writer) recipient(c *Count) string {
	n := int(c.Recipients)
	if n > 0 && (n == g.opts.Recipients || g.random.IntN(3) > 0) {
		n = g.random.IntN(n)
	} else {
		c.Recipients++
	}
	return fmt.Sprintf("user%d@example.com", n)
}
