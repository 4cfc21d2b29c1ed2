package probes

import (
	"context"
	"net/netip"
	"slices"
	"sync"
	"time"
)

// task is one thing that takes a while: finding a group's hosts, its policy,
// the reverse name of this end, or a session with one of the hosts.
type task struct {
	group   *group
	policy  bool       // to fetch the MTA-STS policy
	reverse netip.Addr // the address to find the names of
	slot    *slot      // set for a session
	plan    *Plan
	after   time.Time // not before this time
	// sessions, or names, are what came of it.
	sessions []*Session
	names    Reverse
	tlsa     []HostTLSA
	mtaSTS   *MTASTS
}

// busyWith gives the addresses that no other session may use meanwhile.
func (t *task) busyWith() []netip.AddrPort {
	if t.slot == nil {
		return nil
	}
	var all []netip.AddrPort
	for _, addr := range t.slot.addrs {
		all = append(all, netip.AddrPortFrom(addr.Unmap(), t.slot.port))
	}
	return all
}

// run is the state of one Prober.Run. Only its own goroutine touches it.
type run struct {
	prober  *Prober
	ctx     context.Context //nolint:containedctx // lives as long as the call of Run
	waiting []*task
	running int
	busy    map[netip.AddrPort]bool
	done    chan *task
	// ended and known count sessions.
	ended, known int
}

// Run asks about all addresses and gives what it learned to emit, in the order
// of the addresses, each as soon as it and those before it are known. Different
// hosts are asked at the same time, one host never by two sessions at once. It
// returns after every goroutine that it started has ended, with the error of
// emit if it has one; when ctx is canceled, it emits what is known until then.
func (p *Prober) Run(ctx context.Context, addresses []string, emit func(*Probe) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	all, of := p.groups(addresses)
	r := &run{prober: p, ctx: ctx, busy: map[netip.AddrPort]bool{}, done: make(chan *task)}
	for _, g := range all {
		r.add(&task{group: g})
	}
	next := 0
	var failed error
	for {
		r.start()
		for ; next < len(addresses) && of[next].open == 0 && failed == nil; next++ {
			if failed = emit(of[next].result(addresses[next])); failed != nil {
				cancel()
			}
			of[next] = nil // a long list need not be remembered
		}
		if r.running == 0 && len(r.waiting) == 0 {
			return failed
		}
		if r.running > 0 || ctx.Err() == nil {
			r.wait()
		}
	}
}

// add puts a task in line.
func (r *run) add(t *task) {
	t.group.open++
	if t.slot != nil {
		r.known++
	}
	r.waiting = append(r.waiting, t)
}

// start starts what can be started.
func (r *run) start() {
	limit := r.prober.Concurrency
	if limit <= 0 {
		limit = DefaultConcurrency
	}
	if r.ctx.Err() != nil {
		r.waiting = slices.DeleteFunc(r.waiting, func(t *task) bool {
			later := t.plan != nil && t.plan.Why == WhyRetry
			if later {
				t.group.open--
			}
			return later
		})
	}
	now := time.Now()
	r.waiting = slices.DeleteFunc(r.waiting, func(t *task) bool {
		if r.running >= limit || r.blocked(t, now) {
			return false
		}
		for _, a := range t.busyWith() {
			r.busy[a] = true
		}
		r.running++
		go func() {
			r.prober.perform(r.ctx, t)
			r.done <- t
		}()
		return true
	})
}

// blocked reports whether a task has to wait: for its time, or for a host that
// is being asked. After a cancellation nothing waits for its time.
func (r *run) blocked(t *task, now time.Time) bool {
	if now.Before(t.after) && r.ctx.Err() == nil {
		return true
	}
	return slices.ContainsFunc(t.busyWith(), func(a netip.AddrPort) bool { return r.busy[a] })
}

// wait waits until a task ends or the time of another has come.
func (r *run) wait() {
	var alarm <-chan time.Time
	var stopped <-chan struct{}
	var first time.Time
	for _, t := range r.waiting {
		if time.Now().Before(t.after) && (first.IsZero() || t.after.Before(first)) {
			first = t.after
		}
	}
	if !first.IsZero() && r.ctx.Err() == nil {
		timer := time.NewTimer(time.Until(first))
		defer timer.Stop()
		alarm, stopped = timer.C, r.ctx.Done()
	}
	select {
	case t := <-r.done:
		r.running--
		r.finish(t)
	case <-alarm:
	case <-stopped:
	}
}

// perform does a task, in a goroutine of its own.
func (p *Prober) perform(ctx context.Context, t *task) {
	switch {
	case t.policy:
		p.findPolicies(ctx, t)
		return
	case t.reverse.IsValid():
		t.names = LookupReverse(ctx, p.Resolver, t.reverse)
		return
	case t.slot == nil:
		p.findRoute(ctx, t.group)
		return
	}
	s := Run(ctx, t.plan)
	t.sessions = append(t.sessions, s)
	if s.TLS.Outcome == TLSFailed && t.plan.TLS == TLSMay && !t.plan.ImplicitTLS && ctx.Err() == nil {
		plain := *t.plan
		plain.TLS, plain.Why = TLSNever, WhyPlain
		plain.Addrs = []netip.Addr{s.IP}
		t.sessions = append(t.sessions, Run(ctx, &plain))
	}
}

// findPolicies looks up what a domain publishes about TLS.
func (p *Prober) findPolicies(ctx context.Context, t *task) {
	g := t.group
	t.tlsa = g.tlsa
	var wg sync.WaitGroup
	if t.tlsa == nil && g.route.Authentic {
		wg.Go(func() { t.tlsa = LookupTLSA(ctx, p.Resolver, g.route.Hosts) })
	}
	policy := LookupMTASTS(ctx, p.Resolver, g.domain, p.MTASTS)
	t.mtaSTS = &policy
	wg.Wait()
}

// finish takes the result of a task and puts in line what follows from it.
func (r *run) finish(t *task) {
	for _, a := range t.busyWith() {
		delete(r.busy, a)
	}
	g := t.group
	switch {
	case t.policy:
		g.tlsa, g.mtaSTS = t.tlsa, t.mtaSTS
	case t.reverse.IsValid():
		g.reverse = append(g.reverse, t.names)
	case t.slot == nil:
		r.routed(g)
	default:
		r.held(t)
	}
	g.open--
	if r.prober.Progress != nil {
		r.prober.Progress(r.ended, r.known)
	}
}

// routed puts in line what follows once a group's hosts are known.
func (r *run) routed(g *group) {
	if r.prober.Policies && g.route != nil && len(g.slots) > 0 {
		r.add(&task{group: g, policy: true})
	}
	for _, s := range g.slots {
		if s.fault != nil {
			s.sessions = append(s.sessions, unasked(s, g.recipients()))
			continue
		}
		r.add(&task{group: g, slot: s, plan: r.prober.plan(s, WhyFirst, g.recipients())})
	}
}

// held puts in line what follows from a session.
func (r *run) held(t *task) {
	t.slot.sessions = append(t.slot.sessions, t.sessions...)
	r.ended++
	if r.ctx.Err() != nil {
		return
	}
	g, last := t.group, t.sessions[len(t.sessions)-1]
	if local := last.Local.Addr().Unmap(); r.prober.Policies && g.wantsReverse(local) {
		r.add(&task{group: g, reverse: local})
	}
	if rest := unanswered(last); len(rest) > 0 {
		r.add(&task{group: g, slot: t.slot, plan: r.prober.plan(t.slot, restOf(t.plan.Why), rest)})
	}
	if again := deferred(last); r.prober.RetryAfter > 0 && t.plan.Why != WhyRetry && len(again) > 0 {
		later := &task{group: g, slot: t.slot, plan: r.prober.plan(t.slot, WhyRetry, again), after: time.Now().Add(r.prober.RetryAfter)}
		later.plan.Addrs = []netip.Addr{last.IP}
		r.add(later)
	}
}

// wantsReverse reports whether the names of this end's address are still to be
// found, and are worth it: behind address translation the servers see another.
func (g *group) wantsReverse(local netip.Addr) bool {
	if Forbidden(local) != "" || slices.Contains(g.locals, local) {
		return false
	}
	g.locals = append(g.locals, local)
	return true
}

// restOf says what the session after one that broke off is for. What follows a
// retry is part of it, so that nothing is tried a third time.
func restOf(why Why) Why {
	if why == WhyRetry {
		return WhyRetry
	}
	return WhyRest
}

// unasked is the record of a host that nobody could be asked at.
func unasked(s *slot, asks []Ask) *Session {
	fault := *s.fault
	fault.Stage = "connect"
	rec := &Session{
		Host: s.host, Port: s.port, Preference: s.preference, Why: WhyFirst, Steps: []Step{}, Extensions: []string{},
		Recipients: []Recipient{}, TLS: TLSRecord{Outcome: TLSNotReached}, Fault: &fault,
	}
	for _, ask := range asks {
		rec.Recipients = append(rec.Recipients, Recipient{Address: ask.Address, Role: ask.Role, Of: ask.Of, Skipped: SkipAborted, Fault: &fault})
	}
	return rec
}

// unanswered lists what a session that broke off did not get to. A session in
// which nobody was asked about gives nothing: the next would fare no better.
// The recipient at which it broke off is asked again alone, unless it was the
// first: the reply may have been about those before it ("too many errors").
func unanswered(s *Session) []Ask {
	var rest []Ask
	asked := 0
	for _, r := range s.Recipients {
		ended := r.Asked && (r.Fault != nil || r.Reply.Code == 421)
		left := r.Skipped == SkipAborted || r.Skipped == SkipLimit
		if r.Asked {
			asked++
		}
		if left || ended && asked > 1 && r.Fault.canRepeat() {
			rest = append(rest, Ask{Address: r.Address, Role: r.Role, Of: r.Of})
		}
	}
	if asked == 0 || !slices.ContainsFunc(rest, func(a Ask) bool { return a.Role == RoleTarget }) {
		return nil
	}
	return rest
}

// canRepeat reports whether another session could fare better; a server that
// is slow to answer would be as slow again.
func (f *FaultError) canRepeat() bool { return f == nil || f.Kind == FaultDropped }

// deferred lists the recipients that a server refused for now, by a reply of
// any stage.
func deferred(s *Session) []Ask {
	refusal := s.Refusal()
	var again []Ask
	target := false
	for _, r := range s.Recipients {
		if r.Reply.Temporary() || !r.Asked && refusal != nil && refusal.Reply.Temporary() {
			again = append(again, Ask{Address: r.Address, Role: r.Role, Of: r.Of})
			target = target || r.Role == RoleTarget
		}
	}
	if !target {
		return nil
	}
	return again
}

// result puts together what concerns one address.
func (g *group) result(address string) *Probe {
	probe := *g.probe(address)
	probe.Route, probe.TLSA, probe.MTASTS, probe.Reverse = g.route, g.tlsa, g.mtaSTS, g.reverse
	if g.route != nil {
		probe.Skipped = g.route.Omitted
	}
	for _, s := range g.slots {
		for _, session := range s.sessions {
			if session.Concerns(address) {
				view := session.For(address)
				g.checkDANE(view)
				probe.Sessions = append(probe.Sessions, view)
			}
		}
	}
	return &probe
}
