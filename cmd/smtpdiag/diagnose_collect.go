package main

import (
	"cmp"
	"context"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/smtpdiag/smtpdiag/dsn"
	"github.com/smtpdiag/smtpdiag/probes"
)

// maxMessages bounds the bounces of one run: each is kept whole.
const maxMessages = 2000

// collect reads the inputs and asks about them.
func (o *diagnoseOptions) collect(ctx context.Context, s *streams, j *judge, args []string) (*caseFile, bool, error) {
	prober, _, err := o.probe.prober()
	if err != nil {
		return nil, false, err
	}
	c := &caseFile{
		Schema: schemaCase, Version: release, Time: time.Now().UTC(),
		Options: caseOptions{
			Offline: o.offline, NoProbe: o.noProbe, Contact: o.contact, Limit: o.limit, Controls: emptyNotNil(o.probe.controls), Random: o.probe.random,
			Size: int64(o.probe.size), TLS: o.probe.tls.value, AllowPrivate: o.probe.allowPrivate, Given: len(o.probe.resolvers) > 0,
			Timeouts: prober.Timeouts,
		},
		Domains: []caseDomain{},
	}
	partial, err := o.read(ctx, s, c, args)
	if err != nil {
		return nil, false, err
	}
	subjects := c.subjects()
	if len(subjects) == 0 {
		return c, true, nil
	}
	partial = o.readHost(ctx, s, j, c, subjects) || partial
	if !o.offline {
		if err := o.ask(ctx, s, c, subjects); err != nil {
			return nil, false, err
		}
	}
	if ctx.Err() != nil {
		writeComplaint(s.err, "interrupted: what was known by then is printed")
		partial = true
	}
	return c, partial, nil
}

// read reads the arguments. partial says that some could not be.
func (o *diagnoseOptions) read(ctx context.Context, s *streams, c *caseFile, args []string) (partial bool, err error) {
	if len(args) == 0 {
		args = []string{standardInput}
	}
	var paths []string
	for _, arg := range args {
		address := strings.TrimSuffix(strings.TrimPrefix(arg, "<"), ">")
		switch {
		case arg == standardInput || !isAddress(address):
			paths = append(paths, arg)
		case o.offline && len(o.edge) == 0:
			return false, usagef("--offline needs a bounce: of an address alone nothing is known without asking")
		default:
			c.Inputs = append(c.Inputs, caseInput{Name: address, Address: address, Index: -1})
		}
	}
	c.Many = len(args) > 1
	complain := func(err error) {
		writeComplaint(s.err, err.Error())
		partial = true
	}
	for in := range inputs(ctx, paths) {
		if in.err != nil {
			complain(in.err)
			continue
		}
		c.Many = c.Many || !in.named
		for m, err := range stream(in, s.in) {
			switch {
			case err != nil:
				complain(err)
			case len(c.Inputs) >= maxMessages:
				return partial, usagef("more than %d bounces: name fewer, or sum them up with 'smtpdiag bounce --summary'", maxMessages)
			default:
				c.Inputs = append(c.Inputs, keepMessage(&m))
				c.Many = c.Many || m.index >= 0
			}
			if err == nil {
				partial = c.readable(s, &c.Inputs[len(c.Inputs)-1]) || partial
			}
		}
	}
	return partial, nil
}

// keepMessage makes an input of a message. An mbox of one is taken for what is
// in it, as in bounce.
func keepMessage(m *message) caseInput {
	return caseInput{Name: m.name, Index: m.index, Line: m.line, Raw: slices.Clone(m.raw), Note: m.cutNote()}
}

// readable complains where a message tells of no failed recipient.
func (c *caseFile) readable(s *streams, in *caseInput) (wrong bool) {
	r, err := parseMessage(in.Name, in.Raw)
	switch {
	case err != nil:
		writeComplaint(s.err, err.Error())
	case r.Kind != dsn.KindFailure && r.Kind != dsn.KindDelay:
		writeComplaint(s.err, in.Name+": is no report about a failed delivery ("+string(r.Kind)+"); see 'smtpdiag bounce'")
	case len(r.Recipients) == 0:
		writeComplaint(s.err, in.Name+": the report names no recipient")
	default:
		return false
	}
	return true
}

// subject is one recipient to judge.
type subject struct {
	input *caseInput
	// report and index name the recipient in a bounce; report is nil for an
	// address.
	report  *dsn.Report
	index   int
	address string
	domain  string // "" where nobody can be asked about it
}

// bounced gives what the bounce says of the recipient, or nil.
func (s *subject) bounced() *dsn.Recipient {
	if s.report == nil {
		return nil
	}
	return &s.report.Recipients[s.index]
}

// subjects lists the recipients of all inputs.
func (c *caseFile) subjects() []*subject {
	var all []*subject
	for i := range c.Inputs {
		in := &c.Inputs[i]
		if in.Address != "" {
			all = append(all, &subject{input: in, address: in.Address, domain: askDomain(in.Address, true)})
			continue
		}
		r, err := parseMessage(in.Name, in.Raw)
		if err != nil {
			continue // readable has said so
		}
		if r.Kind != dsn.KindFailure && r.Kind != dsn.KindDelay {
			continue
		}
		for n := range r.Recipients {
			address := cmp.Or(r.Recipients[n].Final, r.Recipients[n].Original)
			if action := r.Recipients[n].Action; action == "delivered" || action == "relayed" || action == "expanded" {
				continue
			}
			all = append(all, &subject{input: in, report: r, index: n, address: address, domain: askDomain(address, false)})
		}
	}
	return all
}

// askDomain gives the domain to ask about for an address, "" where there is
// none. An address literal in a bounce names a host that no DNS vouches for.
func askDomain(address string, given bool) string {
	if probes.CheckAddress(address) != nil {
		return ""
	}
	domain := probes.DomainOf(address)
	if d, err := probes.ParseDomain(domain); err == nil {
		return d.ASCII
	}
	if given {
		return domain
	}
	return ""
}

// ask asks about every domain once, some at the same time.
func (o *diagnoseOptions) ask(ctx context.Context, s *streams, c *caseFile, subjects []*subject) error {
	answers := new(dnsAnswers)
	resolvers, err := o.mx.prober(s, answers.add)
	if err != nil {
		return err
	}
	defer resolvers.Close()
	watch := newProbeWatch(s, o.common)
	defer watch.clear()
	plans := o.plan(subjects)
	c.Domains = make([]caseDomain, len(plans))
	errs := make([]error, len(plans))
	limit := make(chan struct{}, max(1, min(o.mx.concurrency, 8)))
	var wg sync.WaitGroup
	for i := range plans {
		wg.Go(func() {
			limit <- struct{}{}
			defer func() { <-limit }()
			errs[i] = o.askDomain(ctx, resolvers, watch, &plans[i], &c.Domains[i])
		})
	}
	wg.Wait()
	c.DNS = answers.all()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// dnsAnswers collects what name servers answer, for the record.
type dnsAnswers struct {
	mu   sync.Mutex
	came []caseAnswer
}

func (a *dnsAnswers) add(answer probes.Answer) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.came = append(a.came, caseAnswer{Time: time.Now().UTC(), Answer: answer})
}

// all gives what has come so far: what is interrupted may still end.
func (a *dnsAnswers) all() []caseAnswer {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.came)
}

// domainPlan is what is to be asked about one domain.
type domainPlan struct {
	domain    string
	addresses []string
	notAsked  map[string]string
	// sender is the envelope sender of the first bounce, known where there is
	// one.
	sender   string
	bounced  bool
	refusers []dsn.Host
}

// plan parts the recipients by domain and keeps to the limits.
func (o *diagnoseOptions) plan(subjects []*subject) []domainPlan {
	var plans []domainPlan
	index := map[string]int{}
	asked := 0
	for _, s := range subjects {
		if s.domain == "" {
			continue
		}
		at, known := index[s.domain]
		if !known {
			at = len(plans)
			index[s.domain] = at
			plans = append(plans, domainPlan{domain: s.domain, notAsked: map[string]string{}})
		}
		p := &plans[at]
		if b := s.bounced(); b != nil {
			if !p.bounced {
				p.sender, p.bounced = s.report.Sender, true
			}
			if b.Remote != (dsn.Host{}) && !slices.Contains(p.refusers, b.Remote) && len(p.refusers) < maxRefusers {
				p.refusers = append(p.refusers, b.Remote)
			}
		}
		switch {
		case slices.Contains(p.addresses, s.address):
		case len(p.addresses) >= probes.MaxTargets:
			p.notAsked[s.address] = fmt.Sprintf("only %d addresses of one domain are asked about", probes.MaxTargets)
		case asked >= o.limit:
			p.notAsked[s.address] = fmt.Sprintf("only %d addresses are asked about (--limit)", o.limit)
		default:
			asked++
			p.addresses = append(p.addresses, s.address)
		}
	}
	// A domain none of whose addresses is asked about costs no question either.
	return plans
}

// maxRefusers bounds the hosts beside DNS that are contacted for one domain.
const maxRefusers = 3

// askDomain asks name servers, then mail hosts.
func (o *diagnoseOptions) askDomain(ctx context.Context, resolvers *probes.MXProber, watch *probeWatch, plan *domainPlan, out *caseDomain) error {
	*out = caseDomain{Domain: plan.domain, NotAsked: plan.notAsked, Probes: []*probes.Probe{}, Refusers: []caseRefuser{}}
	if len(plan.addresses) == 0 {
		return nil
	}
	if domain, err := probes.ParseDomain(plan.domain); err == nil { // else it is an address literal
		out.MX = resolvers.Ask(ctx, domain)
		out.Policies = keepPolicies(o.mx.policies.ask(ctx, resolvers, domain.ASCII, o.mx.resolvers.timeout))
	}
	prober, who, err := o.probe.prober()
	if err != nil {
		return err
	}
	if plan.bounced && o.probe.fromSource == "" {
		who = bounceSender(who, plan.sender)
		prober.From = who.from
	}
	out.Sender = keepSender(who)
	if o.noProbe {
		return nil
	}
	prober.Resolver, prober.Trace = resolvers.Resolver(), watch.step
	prober.AllAddresses = prober.AllAddresses || severalAddresses(out.MX, plan.refusers)
	keep := func(to *[]*probes.Probe) func(*probes.Probe) error {
		return func(p *probes.Probe) error {
			*to = append(*to, p)
			return nil
		}
	}
	if err := prober.Run(ctx, plan.addresses, keep(&out.Probes)); err != nil {
		return err
	}
	if err := o.askOtherAnswers(ctx, prober, plan, out); err != nil {
		return err
	}
	if !o.contact {
		return nil
	}
	for _, host := range plan.refusers {
		spec, ok := o.strangeHost(host, out)
		if !ok {
			continue
		}
		other := *prober
		other.Hosts, other.Policies = []probes.HostSpec{spec}, false
		r := caseRefuser{Host: host.Name, IP: host.IP, Probe: []*probes.Probe{}}
		if err := other.Run(ctx, plan.addresses, keep(&r.Probe)); err != nil {
			return err
		}
		out.Refusers = append(out.Refusers, r)
	}
	return nil
}

// maxOtherHosts bounds the hosts of other answers that are asked.
const maxOtherHosts = 4

// askOtherAnswers asks the mail hosts that only other name servers name than
// the one whose answer was followed, so that each side of a split is heard.
func (o *diagnoseOptions) askOtherAnswers(ctx context.Context, prober *probes.Prober, plan *domainPlan, out *caseDomain) error {
	if len(out.Probes) == 0 || out.Probes[0].Route == nil || out.Probes[0].Route.Status != probes.RouteMX {
		return nil
	}
	var others []probes.HostSpec
	known := map[string]bool{"": true}
	for _, h := range out.Probes[0].Route.Hosts {
		known[h.Name] = true
	}
	for _, h := range mailHostsOf(out.MX) {
		if spec, err := probes.ParseHost(h.name); err == nil && !known[h.name] && !spec.Addr.IsValid() && len(others) < maxOtherHosts {
			known[h.name] = true
			others = append(others, spec)
		}
	}
	if len(others) == 0 {
		return nil
	}
	other := *prober
	other.Hosts, other.Policies = others, false
	at := 0
	return other.Run(ctx, plan.addresses, func(p *probes.Probe) error {
		if at < len(out.Probes) {
			out.Probes[at].Sessions = append(out.Probes[at].Sessions, p.Sessions...)
		}
		at++
		return nil
	})
}

// bounceSender takes the envelope sender of a bounce, where it is one.
func bounceSender(who sender, from string) sender {
	if from == "" || probes.CheckAddress(from) != nil {
		return who
	}
	who.from, who.fromOrigin = from, "bounce"
	who.note = "This is the envelope sender of the bounce; a host that checks SPF sees it come from another address than usual."
	return who
}

// severalAddresses reports whether the address that refused is one of several
// of a mail host, so that each has to be asked to ask that one.
func severalAddresses(r *probes.MXReport, refusers []dsn.Host) bool {
	if r == nil {
		return false
	}
	for i := range r.Views {
		for _, h := range r.Views[i].Route.Hosts {
			for _, refuser := range refusers {
				addr, err := netip.ParseAddr(refuser.IP)
				if err == nil && len(h.Addresses) > 1 && slices.Contains(h.Addresses, addr.Unmap()) {
					return true
				}
			}
		}
	}
	return false
}

// strangeHost gives a host that a bounce names and DNS does not. Its address is
// that of the bounce where there is one; unlike one that the user names it is
// not trusted.
func (o *diagnoseOptions) strangeHost(host dsn.Host, d *caseDomain) (spec probes.HostSpec, ok bool) {
	for _, h := range mailHostsOf(d.MX) {
		if h.name != "" && strings.EqualFold(h.name, strings.TrimSuffix(host.Name, ".")) || host.IP != "" && slices.Contains(h.ips, host.IP) {
			return spec, false
		}
	}
	if addr, err := netip.ParseAddr(host.IP); err == nil {
		if probes.Forbidden(addr) != "" && !o.probe.allowPrivate {
			return spec, false
		}
		return probes.HostSpec{Name: cmp.Or(host.Name, host.IP), Addr: addr}, true
	}
	spec, err := probes.ParseHost(host.Name)
	if err != nil || spec.Addr.IsValid() && probes.Forbidden(spec.Addr) != "" && !o.probe.allowPrivate || strings.EqualFold(spec.Name, "localhost") {
		return spec, false
	}
	spec.Port = 0
	return spec, true
}

// namedHost is one mail host of any view.
type namedHost struct {
	name string
	ips  []string
}

// mailHostsOf lists the mail hosts of all views.
func mailHostsOf(r *probes.MXReport) []namedHost {
	var hosts []namedHost
	if r == nil {
		return hosts
	}
	for i := range r.Views {
		for _, h := range r.Views[i].Route.Hosts {
			hosts = append(hosts, namedHost{h.Name, addressTexts(h.Addresses)})
		}
	}
	return hosts
}
