package probes

import (
	"context"
	"crypto/rand"
	"crypto/x509"
	"net/netip"
	"strings"
	"time"
)

// MaxTargets is how many addresses of one domain share a session. RFC 5321
// section 4.5.3.1.8 makes every server take 100, but many treat a client that
// names several unknown ones as a harvester.
const MaxTargets = 10

// DefaultConcurrency is the usual limit on sessions at the same time. It leaves
// no host of one domain waiting for another, see MaxHosts.
const DefaultConcurrency = 32

// Prober asks the mail hosts of addresses about them. Its fields are set before
// Run and not changed during it.
type Prober struct {
	// Resolver finds the mail hosts. It should remember its answers, see Cache.
	Resolver Resolver
	// Hosts are asked instead of those that DNS gives, if there are any.
	Hosts []HostSpec
	// Port is used where Hosts name none; 0 means 25.
	Port uint16
	// HELO, From, Size, TLS, Roots, Source, AllowPrivate and Timeouts are those
	// of Plan.
	HELO         string
	From         string
	Size         int64
	TLS          TLSMode
	Roots        *x509.CertPool
	Source       netip.Addr
	AllowPrivate bool
	Timeouts     Timeouts
	// Only4 and Only6 limit the addresses to one family.
	Only4, Only6 bool
	// AllAddresses asks every address of a host, not the first that answers.
	AllAddresses bool
	// Controls are addresses that are known to be good.
	Controls []string
	// Random asks about a made-up recipient, too.
	Random bool
	// Variants asks about other spellings of each target; Aliases are asked
	// about with every target of their domain, too.
	Variants bool
	Aliases  []string
	// RetryAfter makes one later try at hosts that answered for now with no; 0
	// makes none.
	RetryAfter time.Duration
	// Policies looks up TLSA records and MTA-STS policies of domains whose hosts
	// DNS gives, and the reverse names of this end; MTASTS says how.
	Policies bool
	MTASTS   MTASTSOptions
	// Concurrency limits the sessions and route look-ups at the same time; 0
	// means DefaultConcurrency.
	Concurrency int
	// Trace is told of every step as it happens. It is called by several
	// sessions at once. It may be nil.
	Trace func(host string, ip netip.Addr, step Step)
	// Progress is told how many sessions have ended of how many that are known
	// of. It may be nil.
	Progress func(done, known int)
}

// Probe is what was learned about one address.
type Probe struct {
	Address string
	// Route is what DNS says, nil where the hosts were given.
	Route *Route
	// TLSA are the TLSA records of the mail hosts, MTASTS is the policy of the
	// domain; both are nil where they were not looked up.
	TLSA   []HostTLSA
	MTASTS *MTASTS
	// Reverse are the names of this end's addresses, as far as the servers can
	// see them.
	Reverse []Reverse
	// Sessions hold what concerns the address, by host in the order of
	// preference and name, then by time.
	Sessions []*Session
	// Skipped is the number of mail hosts beyond MaxHosts that were not asked.
	Skipped int
}

// group is a set of targets that share their mail hosts and sessions.
type group struct {
	domain   string // in ASCII, lower case
	probes   []*Probe
	asks     []Ask // targets, each with its variants behind it
	controls []string
	random   string
	route    *Route
	tlsa     []HostTLSA
	mtaSTS   *MTASTS
	reverse  []Reverse
	locals   []netip.Addr // addresses whose names are known or being found
	slots    []*slot
	open     int // tasks that are not done
}

// groups parts the addresses by domain, at most MaxTargets to a group, in the
// order in which they were given. An address that stands there twice is asked
// about once.
func (p *Prober) groups(addresses []string) (all []*group, of []*group) {
	current := map[string]*group{}
	domains := map[string]bool{}
	for _, address := range addresses {
		domains[groupDomain(address)] = true
	}
	for _, address := range addresses {
		domain := groupDomain(address)
		g := current[domain]
		if g == nil || (len(g.probes) >= MaxTargets || len(g.asks) >= 2*MaxTargets) && g.probe(address) == nil {
			g = &group{domain: domain}
			for _, control := range p.Controls {
				if len(domains) == 1 || groupDomain(control) == domain {
					g.controls = append(g.controls, control)
				}
			}
			if p.Random {
				g.random = randomLocal() + "@" + DomainOf(address)
			}
			current[domain] = g
			all = append(all, g)
		}
		if g.probe(address) == nil {
			g.probes = append(g.probes, &Probe{Address: address, Sessions: []*Session{}})
			g.asks = append(g.asks, p.asksFor(address)...)
		}
		of = append(of, g)
	}
	return all, of
}

// groupDomain gives the domain of an address in the form in which it is compared.
func groupDomain(address string) string {
	domain := DomainOf(address)
	if d, err := ParseDomain(domain); err == nil {
		return d.ASCII
	}
	return strings.ToLower(domain)
}

// probe finds the probe of an address, or nil.
func (g *group) probe(address string) *Probe {
	for _, probe := range g.probes {
		if probe.Address == address {
			return probe
		}
	}
	return nil
}

// randomLocal makes up a local part that nobody has.
func randomLocal() string {
	return "no-such-user-" + strings.ToLower(rand.Text()[:12])
}

// recipients lists what a session asks about: targets with their variants, then
// the controls, then the made-up one, which is the likeliest to end a session.
func (g *group) recipients() []Ask {
	asks := append([]Ask{}, g.asks...)
	for _, control := range g.controls {
		asks = append(asks, Ask{Address: control, Role: RoleControl})
	}
	if g.random != "" {
		asks = append(asks, Ask{Address: g.random, Role: RoleRandom})
	}
	return asks
}

// plan makes the plan of a session at a slot.
func (p *Prober) plan(s *slot, why Why, asks []Ask) *Plan {
	return &Plan{
		Host: s.host, Addrs: s.addrs, Port: s.port, Preference: s.preference, ImplicitTLS: s.port == 465,
		HELO: p.HELO, From: p.From, Size: p.Size, TLS: p.TLS, Roots: p.Roots, Source: p.Source,
		TLSA: s.tlsa, AllowPrivate: p.AllowPrivate || s.trusted, Timeouts: p.Timeouts, Recipients: asks, Why: why, Trace: p.Trace,
	}
}

// findRoute fills in the slots of a group.
func (p *Prober) findRoute(ctx context.Context, g *group) {
	if len(p.Hosts) > 0 {
		g.slots = p.slotsOfGiven(ctx)
		return
	}
	if literal, ok := addressLiteralOf(g.domain); ok {
		g.slots = p.spread(&slot{host: g.domain, preference: -1, addrs: []netip.Addr{literal}, port: p.port(0)})
		return
	}
	route := MailHosts(ctx, p.Resolver, g.domain)
	g.route = &route
	g.slots = p.slotsOf(&route)
	if p.Policies && p.TLS == TLSRequire {
		// Where trust decides whether a session goes on, DANE may be its ground;
		// elsewhere the sessions don't wait for the records. They don't count
		// where DNSSEC does not vouch for the route (RFC 7672 section 2.2.1).
		if route.Authentic {
			g.tlsa = LookupTLSA(ctx, p.Resolver, route.Hosts)
		}
		for _, s := range g.slots {
			s.tlsa = authenticTLSA(g.tlsa, s.host)
		}
	}
}

// checkDANE compares a session with the TLSA records of its host, where that
// was not done while it ran.
func (g *group) checkDANE(s *Session) {
	t := &s.TLS
	if records := authenticTLSA(g.tlsa, s.Host); t.DANE == DANENone && len(records) > 0 && len(t.Chain) > 0 {
		t.DANE, t.DANEText = CheckDANE(records, t.Chain, []string{s.Host}, s.Started)
	}
}

// authenticTLSA gives the records of a host that DNSSEC vouches for; others
// must not be used, RFC 7672 section 2.2.
func authenticTLSA(all []HostTLSA, host string) []TLSA {
	for _, t := range all {
		if t.Host == host && t.Authentic {
			return t.Records
		}
	}
	return nil
}
