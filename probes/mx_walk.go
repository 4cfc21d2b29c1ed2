package probes

import (
	"context"
	"net"
	"net/netip"
	"slices"
	"strings"
	"sync"
)

// The bounds of a walk, so that no delegation, however hostile, makes more than
// a few hundred questions.
const (
	maxZones       = 16 // zones walked down through
	maxNameServers = 13 // names of one zone's servers, as the root has
	maxServerAddrs = 32 // addresses of one zone's servers
	maxParentAsked = 8  // addresses of a parent zone's servers that are asked
)

// Delegation is what a walk down from the parent zone found: the zone that
// holds a domain, and its name servers.
type Delegation struct {
	// Zone is the zone that the domain is in, most often the domain itself.
	Zone string `json:"zone"`
	// Parent is the zone above it, "" for the root or where it was not asked.
	Parent string `json:"parent"`
	// Servers are all name servers that parent or zone name, by name.
	Servers []NameServer `json:"servers"`
	// Failure says why there are no servers, or none of the parent.
	Failure Failure `json:"failure,omitempty"`
	Detail  string  `json:"detail,omitempty"`
}

// NameServer is one name server of a zone.
type NameServer struct {
	Name      string       `json:"name"`
	Addresses []netip.Addr `json:"addresses"`
	// Parent and Child say whether the parent's delegation and the zone itself
	// name it. A server that only one of them names is a mistake.
	Parent bool `json:"parent"`
	Child  bool `json:"child"`
	// Failure says why there are no addresses.
	Failure Failure `json:"failure,omitempty"`
}

// walker finds the name servers of domains.
type walker struct {
	// resolvers answer what the walk starts from: the name servers of a parent
	// zone, and the addresses of servers that came without. All are asked for
	// the former, since one of them may hold a view of its own.
	resolvers []Resolver
	// any asks them in turn.
	any Resolver
	// roots are the servers to walk down from, as "IP:port", instead of the
	// parent zone that the resolvers name.
	roots []string
	// port is that of the other name servers.
	port string
	// client gives the client for an authoritative server.
	client func(address string) *Client
}

// find walks down to the zone that holds domain.
func (w *walker) find(ctx context.Context, domain string) Delegation {
	d := Delegation{Failure: FailureUnreachable, Detail: "no resolver names the servers of a zone above"}
	// What the resolvers know of the domain itself may be needed in the end;
	// where the zone above cannot be found, that takes all of the time limit.
	var own named
	var asking sync.WaitGroup
	asking.Go(func() { own = w.namedByResolvers(ctx, domain) })
	defer asking.Wait()
	servers := w.roots
	if len(servers) == 0 {
		d.Zone, servers = w.parent(ctx, domain)
	}
	var delegated map[string][]netip.Addr
	for range maxZones {
		if len(servers) == 0 {
			break
		}
		step := w.ask(ctx, domain, d.Zone, servers)
		if step.failure != "" {
			d.Failure, d.Detail = step.failure, step.detail
			delegated = nil
			break
		}
		d.Failure, d.Detail = "", ""
		if step.zone == "" { // the zone just asked is the one
			break
		}
		d.Parent, d.Zone, delegated = d.Zone, step.zone, step.servers
		servers = w.addressesOf(ctx, delegated)
		if d.Zone == domain {
			break
		}
	}
	if delegated == nil {
		asking.Wait()
		w.fallback(ctx, domain, own, &d)
		return d
	}
	d.Servers = w.complete(ctx, delegated, true)
	return d
}

// fallback takes the zone's servers from the resolvers, for a walk that found
// no delegation: the zone is the parent that the resolvers named, or nothing
// above answered.
func (w *walker) fallback(ctx context.Context, domain string, own named, d *Delegation) {
	zone := d.Zone
	if d.Failure != "" || zone == "" {
		zone = domain
	}
	for {
		known := own
		if zone != domain {
			known = w.namedByResolvers(ctx, zone)
		}
		if len(known.servers) > 0 {
			d.Zone, d.Servers = zone, w.complete(ctx, known.servers, false)
			return
		}
		_, above, found := strings.Cut(zone, ".")
		if !found || known.dead {
			return
		}
		zone = above
	}
}

// parent gives the closest zone above domain that the resolvers know servers
// of, and the addresses of those.
func (w *walker) parent(ctx context.Context, domain string) (zone string, addresses []string) {
	_, zone, _ = strings.Cut(domain, ".")
	for {
		known := w.namedByResolvers(ctx, zone)
		if len(known.servers) > 0 {
			return zone, w.addressesOf(ctx, known.servers)
		}
		if zone == "" || known.dead {
			return "", nil
		}
		_, zone, _ = strings.Cut(zone, ".")
	}
}

// named is what the resolvers know of a zone.
type named struct {
	// servers are the name servers that any of them names.
	servers map[string][]netip.Addr
	// dead says that none answers at all, so that further names are not worth
	// the wait.
	dead bool
}

// namedByResolvers asks the resolvers for the name servers of zone.
func (w *walker) namedByResolvers(ctx context.Context, zone string) named {
	answers := make([]Answer, len(w.resolvers))
	var wg sync.WaitGroup
	for i, r := range w.resolvers {
		wg.Go(func() { answers[i] = r.Lookup(ctx, zone+".", TypeNS) })
	}
	wg.Wait()
	known := named{servers: map[string][]netip.Addr{}, dead: true}
	for i := range answers {
		a := &answers[i]
		known.dead = known.dead && a.Rcode == ""
		if len(a.Aliases) == 0 {
			addServers(known.servers, a.Records, nil)
		}
	}
	return known
}

// addServers adds the targets of NS records, with the addresses that came with
// them.
func addServers(named map[string][]netip.Addr, records, glue []Record) {
	for _, r := range records {
		if r.Type != TypeNS || r.Target == "" {
			continue
		}
		if _, known := named[r.Target]; !known && len(named) >= maxNameServers {
			continue
		}
		addrs := named[r.Target]
		for _, g := range glue {
			if g.Name == r.Target && !slices.Contains(addrs, g.Address) {
				addrs = append(addrs, g.Address)
			}
		}
		named[r.Target] = addrs
	}
}

// walkStep is what the servers of one zone say about a domain.
type walkStep struct {
	// zone is the zone that they refer to, "" where theirs holds the domain.
	zone    string
	servers map[string][]netip.Addr
	failure Failure
	detail  string
}

// ask asks servers of zone at the same time for the delegation of domain. They
// may differ; all that they name is taken.
func (w *walker) ask(ctx context.Context, domain, zone string, servers []string) walkStep {
	servers = servers[:min(len(servers), maxParentAsked)]
	answers := make([]Answer, len(servers))
	var wg sync.WaitGroup
	for i, address := range servers {
		wg.Go(func() { answers[i] = w.client(address).Lookup(ctx, domain, TypeNS) })
	}
	wg.Wait()
	step := walkStep{servers: map[string][]netip.Addr{}, failure: FailureLame, detail: "the servers of the zone above do not answer for it"}
	answered := false
	for i := range answers {
		a := &answers[i]
		next := referral(a, domain, zone)
		switch {
		case next != "":
			if len(next) > len(step.zone) {
				step.zone = next
				clear(step.servers)
			}
			if next == step.zone {
				addServers(step.servers, a.Authority, a.Additional)
				addServers(step.servers, a.Records, a.Additional)
			}
			answered = true
		case a.Authoritative && a.Failure.Final():
			answered = true
		case a.Failure != "" && i == 0:
			step.failure, step.detail = a.Failure, a.Detail
		}
	}
	if answered {
		step.failure, step.detail = "", ""
	}
	return step
}

// referral gives the zone below the one asked that the answer leads to: by the
// NS records of a referral, or by those of an answer where one server holds
// both zones. It must lie on the way from zone to domain, so that no server can
// lead the walk elsewhere.
func referral(a *Answer, domain, zone string) string {
	if a.Failure != "" {
		return ""
	}
	records := a.Authority
	if len(a.Records) > 0 && len(a.Aliases) == 0 {
		records = a.Records
	} else if a.Authoritative {
		return ""
	}
	for _, r := range records {
		if r.Type == TypeNS && len(r.Name) > len(zone) && within(r.Name, zone) && within(domain, r.Name) {
			return r.Name
		}
	}
	return ""
}

// within reports whether name is zone or below it.
func within(name, zone string) bool {
	return zone == "" || name == zone || strings.HasSuffix(name, "."+zone)
}

// complete looks up the addresses of servers that came without any, and gives
// all in the order of their names.
func (w *walker) complete(ctx context.Context, named map[string][]netip.Addr, byParent bool) []NameServer {
	servers := make([]NameServer, 0, len(named))
	for name, addrs := range named {
		servers = append(servers, NameServer{Name: name, Addresses: addrs, Parent: byParent})
	}
	slices.SortFunc(servers, func(a, b NameServer) int { return strings.Compare(a.Name, b.Name) })
	var wg sync.WaitGroup
	for i := range servers {
		s := &servers[i]
		if len(s.Addresses) == 0 {
			wg.Go(func() {
				h := MailHost{Name: s.Name}
				addressHost(ctx, w.any, &h)
				s.Addresses, s.Failure = h.Addresses, h.Failure
			})
		}
	}
	wg.Wait()
	total := 0
	for i := range servers {
		s := &servers[i]
		slices.SortFunc(s.Addresses, netip.Addr.Compare)
		keep := max(0, min(len(s.Addresses), maxServerAddrs-total))
		s.Addresses = s.Addresses[:keep:keep]
		total += keep
	}
	return servers
}

// addressesOf gives the addresses of servers with the port, by name.
func (w *walker) addressesOf(ctx context.Context, named map[string][]netip.Addr) []string {
	var four, six []string
	for _, s := range w.complete(ctx, named, true) {
		for _, addr := range s.Addresses {
			address := net.JoinHostPort(addr.String(), w.port)
			switch {
			case noRoute(ctx, address):
			case addr.Is4():
				four = append(four, address)
			default:
				six = append(six, address)
			}
		}
	}
	return append(four, six...) // IPv4 first: more machines have it
}

// children asks the servers that the parent names which servers the zone itself
// names, and gives all those names, and the servers that the parent does not
// know.
func (w *walker) children(ctx context.Context, zone string, servers []NameServer) (names map[string]bool, more []NameServer) {
	var addresses []string
	for _, s := range servers {
		for _, addr := range s.Addresses {
			addresses = append(addresses, net.JoinHostPort(addr.String(), w.port))
		}
	}
	answers := make([]Answer, len(addresses))
	var wg sync.WaitGroup
	for i, address := range addresses {
		wg.Go(func() { answers[i] = w.client(address).Lookup(ctx, zone+".", TypeNS) })
	}
	wg.Wait()
	named := map[string][]netip.Addr{}
	for i := range answers {
		if answers[i].Authoritative && len(answers[i].Aliases) == 0 {
			addServers(named, answers[i].Records, answers[i].Additional)
		}
	}
	names = map[string]bool{}
	for name := range named {
		names[name] = true
	}
	for _, s := range servers {
		delete(named, s.Name)
	}
	more = w.complete(ctx, named, false)
	return names, more[:max(0, min(len(more), maxNameServers-len(servers)))]
}
