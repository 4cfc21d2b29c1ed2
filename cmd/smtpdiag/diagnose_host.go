package main

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/smtpdiag/smtpdiag/diagnose"
	"github.com/smtpdiag/smtpdiag/postfix"
	"github.com/smtpdiag/smtpdiag/report"
	"github.com/smtpdiag/smtpdiag/runbook"
)

// readHost reads the files of a host that were given. partial says that some
// could not be read.
func (o *diagnoseOptions) readHost(ctx context.Context, s *streams, j *judge, c *caseFile, subjects []*subject) (partial bool) {
	c.Host.Queue, c.Host.Logs = []*report.QueueGroup{}, []caseLog{}
	if len(o.postconf) > 0 {
		var settings postfix.Settings
		var sources []string
		for _, path := range o.postconf {
			if err := readSettings(s, &settings, path); err != nil {
				writeComplaint(s.err, err.Error())
				partial = true
				continue
			}
			sources = append(sources, path)
		}
		if len(sources) > 0 {
			c.Host.Postconf = postconfDocument(&settings, sources, nil)
		}
	}
	if o.queue != "" {
		q := &queueOptions{common: o.common}
		count := newQueueCount(j)
		listed, err := q.readFile(ctx, s, o.queue, count)
		if err != nil {
			writeComplaint(s.err, err.Error())
			partial = true
		} else {
			c.Host.Queue = count.document(listed).Groups
		}
	}
	partial = o.readEdges(ctx, s, j, c, subjects) || partial
	if len(o.logs) == 0 {
		return partial
	}
	logs := newCaseLogs(j, subjects)
	kinds := append(slices.Clone(groupKinds), postfix.EventExpired)
	_, _, scanErr := new(logOptions).scan(ctx, s, o.logs, kinds, logs.see)
	c.Host.Logs = logs.done()
	return partial || scanErr != nil
}

// caseLogs collects what logs say about the recipients of some cases.
type caseLogs struct {
	order []*logOf
	by    map[string]*logOf
	// failures are the minutes in which a dependency failed, with the first
	// line of each.
	failures map[int64]diagnose.LocalWitness
}

// logOf is what logs say about one recipient.
type logOf struct {
	address string
	count   *logCount
	// refused are the minutes in which this recipient was refused: by the
	// bounce, and by the log.
	refused []int64
}

func newCaseLogs(j *judge, subjects []*subject) *caseLogs {
	words := newWordings(j)
	l := &caseLogs{by: map[string]*logOf{}, failures: map[int64]diagnose.LocalWitness{}}
	for _, s := range subjects {
		key := strings.ToLower(s.address)
		one := l.by[key]
		if one == nil {
			one = &logOf{address: key, count: newLogCount(words)}
			l.by[key] = one
			l.order = append(l.order, one)
		}
		if b := s.bounced(); b != nil {
			at := b.LastAttempt
			if at.IsZero() {
				at = s.report.Date
			}
			if !at.IsZero() {
				one.refused = append(one.refused, minuteOf(at))
			}
		}
	}
	return l
}

func minuteOf(t time.Time) int64 { return t.Unix() / 60 }

// maxRefused bounds the times that are kept of one recipient.
const maxRefused = 10000

// see takes note of an event.
func (l *caseLogs) see(e *postfix.Event) error {
	if e.Kind == postfix.EventDependency {
		if at := minuteOf(e.Time); len(l.failures) < maxMinutes {
			if _, known := l.failures[at]; !known {
				l.failures[at] = diagnose.LocalWitness{
					Kind: diagnose.LocalDependency, Source: e.Source, Line: e.Line,
					Text: "a dependency failed at " + formatTime(e.Time) + ": " + strings.Clone(e.Text),
				}
			}
		}
		return nil
	}
	one := l.by[strings.ToLower(e.Recipient)]
	if one == nil {
		one = l.by[strings.ToLower(e.OrigTo)]
	}
	if one == nil || e.Recipient == "" || !isFailure(e.Kind) {
		return nil
	}
	one.count.add(e)
	if len(one.refused) < maxRefused {
		one.refused = append(one.refused, minuteOf(e.Time))
	}
	return nil
}

// nearMinutes is how far from a refusal a failure still explains it: clocks of
// two hosts differ, and a map is held for a moment.
const nearMinutes = 2

// done gives what was found, in the order of the cases.
func (l *caseLogs) done() []caseLog {
	all := []caseLog{}
	for _, one := range l.order {
		out := caseLog{Recipient: one.address, Groups: one.count.document().Groups, Witnesses: []diagnose.LocalWitness{}}
		for _, g := range out.Groups {
			w := diagnose.LocalWitness{
				Kind: diagnose.LocalRefusal, Class: runbook.Class(g.Class),
				Text: fmt.Sprintf("the log has %d lines that refuse or defer this recipient as %s, from %s to %s", g.Count, g.Class, g.First, g.Last),
			}
			if len(g.Examples) > 0 {
				w.Source, w.Line = g.Examples[0].Source, g.Examples[0].Line
			}
			out.Witnesses = append(out.Witnesses, w)
		}
		if w, ok := l.failureNear(one.refused); ok {
			out.Witnesses = append(out.Witnesses, w)
		}
		if len(out.Groups)+len(out.Witnesses) > 0 {
			all = append(all, out)
		}
	}
	return all
}

// failureNear finds the failure of a dependency nearest to a refusal.
func (l *caseLogs) failureNear(refused []int64) (diagnose.LocalWitness, bool) {
	best := int64(math.MaxInt64)
	var found diagnose.LocalWitness
	for _, at := range refused {
		for d := int64(0); d <= nearMinutes; d++ {
			for _, minute := range []int64{at - d, at + d} {
				if w, ok := l.failures[minute]; ok && d < best {
					best, found = d, w
				}
			}
		}
	}
	return found, best != math.MaxInt64
}

// local adds what the files of a host say about one case.
func (m *caseMaker) local(s *subject, w *diagnose.WitnessCase, doc *report.Diagnose) {
	for i := range m.Host.Logs {
		if l := &m.Host.Logs[i]; strings.EqualFold(l.Recipient, s.address) {
			doc.Log = append(doc.Log, l.Groups...)
			w.Local = append(w.Local, l.Witnesses...)
		}
	}
	m.edge(s, w, doc)
	for _, g := range m.Host.Queue {
		if s.domain != "" && strings.EqualFold(g.Domain, s.domain) {
			doc.Queue = append(doc.Queue, g)
			w.Local = append(w.Local, diagnose.LocalWitness{
				Kind: diagnose.LocalQueue, Source: "queue", Class: runbook.Class(g.Class),
				Text: fmt.Sprintf("%d messages for %s wait in the queue as %s, the oldest since %s", g.Messages, g.Domain, orUntried(g.Class), g.Oldest),
			})
		}
	}
	if m.Host.Postconf == nil {
		return
	}
	for i := range m.Host.Postconf.Findings {
		f := &m.Host.Postconf.Findings[i]
		if f.Severity == "error" {
			w.Local = append(w.Local, diagnose.LocalWitness{
				Kind: diagnose.LocalSetting, Source: f.Source, Line: f.Line, Text: f.Setting + " = " + f.Value + ": " + f.Text,
			})
		}
	}
}

func orUntried(class string) string {
	if class == "" {
		return "not yet tried"
	}
	return class
}
