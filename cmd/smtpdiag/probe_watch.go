package main

import (
	"fmt"
	"io"
	"net/netip"
	"strings"
	"sync"

	"github.com/smtpdiag/smtpdiag/probes"
	"github.com/smtpdiag/smtpdiag/report"
)

// probeWatch shows on standard error what goes on: a counter on a terminal, or
// with --verbose the dialogue as it happens. Sessions call it at once.
type probeWatch struct {
	mu      sync.Mutex
	out     io.Writer
	talk    bool // show the dialogue
	count   bool // show the counter
	counter int  // columns that the counter takes now
	wrong   error
}

func newProbeWatch(s *streams, common *commonOptions) *probeWatch {
	w := &probeWatch{out: s.err, talk: common.verbose, count: s.errTerminal && !common.quiet && !common.verbose}
	if common.redact && w.talk {
		w.talk = false // nobody is known yet whose name is to be replaced
		writeComplaint(s.err, "with --redact the dialogue is shown in the result alone")
	}
	return w
}

// write writes to standard error, whose failure nobody could be told; after the
// first one nothing more is written.
func (w *probeWatch) write(text string) {
	if w.wrong == nil {
		_, w.wrong = io.WriteString(w.out, text)
	}
}

// step shows one exchange.
func (w *probeWatch) step(host string, ip netip.Addr, step probes.Step) {
	if !w.talk {
		return
	}
	var b strings.Builder
	who := host
	if ip.IsValid() && ip.String() != host {
		who += " [" + ip.String() + "]"
	}
	line := func(mark, text string) {
		fmt.Fprintf(&b, "%s %s %s\n", report.Clean(who), mark, report.Clean(text))
	}
	if step.Command != "" {
		mark := "C:"
		if strings.HasPrefix(step.Command, "connect ") || step.Command == "TLS handshake" {
			mark = "--"
		}
		line(mark, step.Command)
	}
	for _, text := range step.Reply.Lines {
		line("S:", text)
	}
	end := fmt.Sprintf("%.1f ms", millisOf(step.Took))
	if step.Fault != nil {
		end = step.Fault.Text + ", " + end
	}
	line("--", end)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.write(b.String())
}

// progress shows how many sessions have ended.
func (w *probeWatch) progress(done, known int) {
	if !w.count || known < 2 {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	text := fmt.Sprintf("%d of %d sessions", done, known)
	w.write("\r" + text + strings.Repeat(" ", max(0, w.counter-len(text))))
	w.counter = len(text)
}

// clear takes the counter away, so that a result can be printed.
func (w *probeWatch) clear() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.counter > 0 {
		w.write("\r" + strings.Repeat(" ", w.counter) + "\r")
		w.counter = 0
	}
}
