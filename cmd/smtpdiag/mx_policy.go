package main

import (
	"context"
	"net/netip"
	"slices"
	"sync"
	"time"

	"github.com/spf13/pflag"

	"github.com/smtpdiag/smtpdiag/diagnose"
	"github.com/smtpdiag/smtpdiag/probes"
	"github.com/smtpdiag/smtpdiag/report"
)

// policyOptions are the flags of "smtpdiag mx" for what a domain publishes
// beside its mail hosts.
type policyOptions struct {
	mtaSTS, tlsa, tlsRPT, spf, dmarc, rdns, all bool

	source       string
	allowPrivate bool
	httpsPort    uint16
}

// declare adds the flags.
func (o *policyOptions) declare(flags *pflag.FlagSet) {
	flags.BoolVar(&o.mtaSTS, "mta-sts", false, "fetch and check the MTA-STS policy (RFC 8461)")
	flags.BoolVar(&o.tlsa, "tlsa", false, "look up the TLSA records of the mail hosts (RFC 7672)")
	flags.BoolVar(&o.tlsRPT, "tls-rpt", false, "look up and check the TLSRPT record (RFC 8460)")
	flags.BoolVar(&o.spf, "spf", false, "look up and check the SPF record (RFC 7208)")
	flags.BoolVar(&o.dmarc, "dmarc", false, "look up and check the DMARC record (RFC 7489)")
	flags.BoolVar(&o.rdns, "rdns", false, "look up the reverse name of the address that this machine speaks from")
	flags.BoolVar(&o.all, "all", false, "all six of the above")
	flags.StringVar(&o.source, "source", "", "`IP` to take for the address that this machine speaks from")
	flags.BoolVar(&o.allowPrivate, "allow-private", false, "fetch an MTA-STS policy from private and loopback addresses too")
	flags.Uint16Var(&o.httpsPort, "https-port", 443, "`PORT` of the MTA-STS policy host")
	// For tests on a machine where port 443 is not to be had.
	if err := flags.MarkHidden("https-port"); err != nil {
		panic(err) // the flag was declared a line above
	}
}

// check checks the flags.
func (o *policyOptions) check() error {
	if o.source == "" {
		return nil
	}
	if _, err := netip.ParseAddr(o.source); err != nil {
		return usagef("--source: %q is no IP address", o.source)
	}
	return nil
}

// policyResult is what was found; what was not asked for is nil.
type policyResult struct {
	hosts  []probes.MailHost
	mtaSTS *probes.MTASTS
	tlsa   []probes.HostTLSA
	tlsRPT *probes.TLSRPT
	spf    *probes.SPF
	dmarc  *probes.DMARC
	rdns   []probes.Reverse
}

// ask looks up all that the flags ask for at the same time.
func (o *policyOptions) ask(ctx context.Context, prober *probes.MXProber, domain string, timeout time.Duration) *policyResult {
	r := prober.Resolver()
	out := new(policyResult)
	var wg sync.WaitGroup
	run := func(wanted bool, work func()) {
		if wanted || o.all {
			wg.Go(work)
		}
	}
	run(o.mtaSTS, func() {
		m := probes.LookupMTASTS(ctx, r, domain, probes.MTASTSOptions{
			Port: o.httpsPort, AllowPrivate: o.allowPrivate, Timeout: 2 * timeout,
		})
		out.mtaSTS = &m
	})
	run(o.tlsRPT, func() { t := probes.LookupTLSRPT(ctx, r, domain); out.tlsRPT = &t })
	run(o.spf, func() { s := probes.LookupSPF(ctx, r, domain); out.spf = &s })
	run(o.dmarc, func() { d := probes.LookupDMARC(ctx, r, domain); out.dmarc = &d })
	run(o.mtaSTS || o.tlsa || o.rdns, func() {
		out.hosts = probes.MailHosts(ctx, r, domain).Hosts
		if o.tlsa || o.all {
			out.tlsa = probes.LookupTLSA(ctx, r, out.hosts)
		}
		if o.rdns || o.all {
			for _, source := range o.sources(ctx, out.hosts) {
				out.rdns = append(out.rdns, probes.LookupReverse(ctx, r, source))
			}
		}
	})
	wg.Wait()
	return out
}

// sources gives the addresses from which this machine would speak to the mail
// hosts, one for each family; without hosts, to the world.
func (o *policyOptions) sources(ctx context.Context, hosts []probes.MailHost) []netip.Addr {
	if o.source != "" {
		if addr, err := netip.ParseAddr(o.source); err == nil {
			return []netip.Addr{addr}
		}
	}
	// Documentation addresses: only the way to them is looked at.
	targets := [2]netip.Addr{netip.AddrFrom4([4]byte{192, 0, 2, 1}), netip.MustParseAddr("2001:db8::1")}
	for _, h := range slices.Backward(hosts) {
		for _, addr := range slices.Backward(h.Addresses) {
			if addr.Is4() {
				targets[0] = addr
			} else {
				targets[1] = addr
			}
		}
	}
	var sources []netip.Addr
	for _, target := range targets {
		if source, ok := probes.SourceAddress(ctx, target); ok {
			sources = append(sources, source)
		}
	}
	return sources
}

// facts gives what the judgement looks at.
func (p *policyResult) facts() []diagnose.PolicyFact {
	var facts []diagnose.PolicyFact
	add := func(name string, problems []probes.Problem) {
		fact := diagnose.PolicyFact{Name: name}
		for _, problem := range problems {
			fact.Problems = append(fact.Problems, diagnose.PolicyProblem{Text: problem.Text, Grave: problem.Grave})
		}
		facts = append(facts, fact)
	}
	if p.mtaSTS != nil {
		add("MTA-STS", p.mtaSTS.Problems)
		facts = append(facts, diagnose.MTASTSFact(p.mtaSTS.Mode, p.uncovered()))
	}
	for _, t := range p.tlsa {
		add("TLSA", t.Problems)
	}
	if p.tlsRPT != nil {
		add("TLSRPT", p.tlsRPT.Problems)
	}
	if p.spf != nil {
		add("SPF", p.spf.Problems)
	}
	if p.dmarc != nil {
		add("DMARC", p.dmarc.Problems)
	}
	for _, r := range p.rdns {
		add("reverse name of "+r.Address.String(), r.Problems)
	}
	return facts
}

// uncovered gives the mail hosts that the MTA-STS policy does not list.
func (p *policyResult) uncovered() []string {
	names := []string{}
	if p.mtaSTS == nil || p.mtaSTS.Mode == "" || p.mtaSTS.Mode == "none" {
		return names
	}
	for _, h := range p.hosts {
		if !h.Null() && !p.mtaSTS.Covers(h.Name) {
			names = append(names, h.Name)
		}
	}
	return names
}

// fill puts the policies into the document.
func (p *policyResult) fill(doc *report.MX) {
	doc.TLSA, doc.RDNS = []report.MXTLSA{}, []report.MXReverse{}
	if m := p.mtaSTS; m != nil {
		doc.MTASTS = &report.MXPolicyMTASTS{
			MXRecord: *recordDoc(&m.PolicyRecord), ID: m.ID, URL: m.URL, Mode: m.Mode, MaxAge: m.MaxAge,
			MX: emptyNotNil(m.MX), Uncovered: p.uncovered(),
		}
		for _, name := range doc.MTASTS.Uncovered {
			doc.MTASTS.Problems = append(doc.MTASTS.Problems, "it does not list the mail host "+name)
		}
	}
	for _, t := range p.tlsa {
		d := report.MXTLSA{
			Host: t.Host, Name: t.Name, Records: []string{}, Authentic: t.Authentic, Error: string(t.Failure), Problems: problemTexts(t.Problems),
		}
		for _, record := range t.Records {
			d.Records = append(d.Records, record.String())
		}
		doc.TLSA = append(doc.TLSA, d)
	}
	if p.tlsRPT != nil {
		doc.TLSRPT = recordDoc(&p.tlsRPT.PolicyRecord)
	}
	if p.spf != nil {
		doc.SPF = recordDoc(&p.spf.PolicyRecord)
	}
	if p.dmarc != nil {
		doc.DMARC = recordDoc(&p.dmarc.PolicyRecord)
	}
	for _, r := range p.rdns {
		doc.RDNS = append(doc.RDNS, report.MXReverse{
			IP: r.Address.String(), Names: emptyNotNil(r.Names), Confirmed: emptyNotNil(r.Confirmed),
			Error: string(r.Failure), Problems: problemTexts(r.Problems),
		})
	}
}

// recordDoc gives the public form of a record.
func recordDoc(r *probes.PolicyRecord) *report.MXRecord {
	return &report.MXRecord{
		Name: r.Name, Found: r.Found, Record: r.Text, Summary: r.Summary, Error: string(r.Failure), Problems: problemTexts(r.Problems),
	}
}

// problemTexts gives the words of problems.
func problemTexts(problems []probes.Problem) []string {
	texts := make([]string, len(problems))
	for i, p := range problems {
		texts[i] = p.Text
	}
	return texts
}

// emptyNotNil makes nil an empty list, for JSON.
func emptyNotNil(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
