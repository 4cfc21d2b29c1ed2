package probes

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// DefaultQuestions is how many questions are under way at once, over all
// domains and servers.
const DefaultQuestions = 64

// MXOptions are the choices for NewMXProber.
type MXOptions struct {
	// Servers are the resolvers to ask, in the order of the views.
	Servers []Server
	// Authoritative says that the domain's own name servers are asked too.
	Authoritative bool
	// Roots are servers ("IP:port") to walk down from to those, where it is not
	// the parent zone that the resolvers name.
	Roots []string
	// Port is that of authoritative servers; 53 where 0.
	Port uint16
	// Timeout is the limit for one question; DefaultTimeout where 0.
	Timeout time.Duration
	// Questions is how many questions are under way at once; DefaultQuestions
	// where 0.
	Questions int
	// Observe is given every answer of every server, see ClientOptions.
	Observe func(Answer)
}

// MXProber asks many servers about the mail hosts of domains. It is safe for
// use by several goroutines at once.
type MXProber struct {
	opts      MXOptions
	limit     chan struct{}
	resolvers []*Client
	// shared answers what belongs to no view, from the first resolver that can:
	// it keeps the answers of inTurn.
	shared Resolver
	inTurn *fallback
	walk   walker

	mu      sync.Mutex
	authors map[string]*Client // by address
}

// View is what one server says about a domain.
type View struct {
	Server Server `json:"server"`
	Route  Route  `json:"route"`
	// Serial is that of the zone's SOA record at an authoritative server, 0
	// where it gave none.
	Serial uint32 `json:"serial,omitempty"`
}

// MXReport is what all servers say about one domain.
type MXReport struct {
	Domain Domain `json:"domain"`
	// Views are in the order of MXOptions.Servers, then the authoritative
	// servers by name and address.
	Views []View `json:"views"`
	// Delegation is nil where the authoritative servers were not asked for.
	Delegation *Delegation `json:"delegation,omitempty"`
	// Skipped names authoritative servers that this machine has no way to, as
	// those with an IPv6 address on a machine with IPv4 alone. That is no fault
	// of theirs.
	Skipped []string `json:"skipped,omitempty"`
}

// NewMXProber makes an MXProber. Close it after use.
func NewMXProber(opts MXOptions) *MXProber {
	if opts.Questions <= 0 {
		opts.Questions = DefaultQuestions
	}
	if opts.Port == 0 {
		opts.Port = 53
	}
	p := &MXProber{opts: opts, limit: make(chan struct{}, opts.Questions), authors: map[string]*Client{}}
	p.walk = walker{roots: opts.Roots, port: strconv.Itoa(int(opts.Port)), client: p.author}
	for _, s := range opts.Servers {
		c := NewClient(s, ClientOptions{Timeout: opts.Timeout, Limit: p.limit, Observe: opts.Observe})
		p.resolvers = append(p.resolvers, c)
		p.walk.resolvers = append(p.walk.resolvers, c)
	}
	p.inTurn = newFallback(p.walk.resolvers)
	p.shared = Cache(p.inTurn)
	p.walk.any = p.shared
	return p
}

// Close ends all kept connections.
func (p *MXProber) Close() {
	for _, c := range p.resolvers {
		c.Close()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.authors {
		c.Close()
	}
}

// Resolver gives the resolver for questions beside the views: each server is
// asked in turn until one makes a statement, and each question once.
func (p *MXProber) Resolver() Resolver { return p.shared }

// author gives the client for the authoritative server at address.
func (p *MXProber) author(address string) *Client {
	p.mu.Lock()
	defer p.mu.Unlock()
	c, ok := p.authors[address]
	if !ok {
		server := Server{Kind: ServerAuthoritative, Transport: UDP, Address: address}
		c = NewClient(server, ClientOptions{Timeout: p.opts.Timeout, Limit: p.limit, NoRecursion: true, Observe: p.opts.Observe})
		p.authors[address] = c
	}
	return c
}

// Ask asks all servers at the same time about domain. When ctx ends it returns
// at once with what is known; the views that are missing then have the failure
// FailureCanceled.
func (p *MXProber) Ask(ctx context.Context, domain Domain) *MXReport {
	report := &MXReport{Domain: domain, Views: make([]View, len(p.resolvers))}
	var wg sync.WaitGroup
	for i, c := range p.resolvers {
		wg.Go(func() {
			v := View{Server: c.Server(), Route: resolverRoute(ctx, c, domain.ASCII)}
			p.inTurn.note(i, v.Route.Answer.Failure)
			report.Views[i] = v
		})
	}
	var authoritative []View
	if p.opts.Authoritative {
		wg.Go(func() { authoritative = p.askAuthoritative(ctx, domain.ASCII, report) })
	}
	wg.Wait()
	report.Views = append(report.Views, authoritative...)
	return report
}

// resolverRoute asks a resolver. A server that does not resolve for others and
// does not know the answer itself is lame as a resolver.
func resolverRoute(ctx context.Context, c *Client, domain string) Route {
	route := MailHosts(ctx, c, domain)
	a := &route.Answer
	if a.Failure == "" && !a.Recursive && !a.Authoritative && len(a.Records) == 0 && len(a.Aliases) == 0 {
		a.Failure, a.Detail = FailureLame, "the server does not resolve for its clients"
		route.Status = RouteFailed
	}
	return route
}

// askAuthoritative walks down to the domain's name servers and asks each one,
// and then those that only the zone itself names.
func (p *MXProber) askAuthoritative(ctx context.Context, domain string, report *MXReport) []View {
	d := p.walk.find(ctx, domain)
	report.Delegation = &d
	if len(d.Servers) == 0 {
		return nil
	}
	var children map[string]bool
	var more []NameServer
	var wg sync.WaitGroup
	wg.Go(func() { children, more = p.walk.children(ctx, d.Zone, d.Servers) })
	views := p.askAuthors(ctx, domain, d.Zone, d.Servers, report)
	wg.Wait()
	if len(more) > 0 {
		views = append(views, p.askAuthors(ctx, domain, d.Zone, more, report)...)
		d.Servers = append(d.Servers, more...)
	}
	for i := range d.Servers {
		d.Servers[i].Child = children[d.Servers[i].Name]
	}
	return views
}

// askAuthors asks every address of servers that there is a way to.
func (p *MXProber) askAuthors(ctx context.Context, domain, zone string, servers []NameServer, report *MXReport) []View {
	var views []View
	for _, s := range servers {
		for _, addr := range s.Addresses {
			address := netip.AddrPortFrom(addr, p.opts.Port).String()
			if noRoute(ctx, address) {
				report.Skipped = append(report.Skipped, s.Name+" ["+addr.String()+"]")
				continue
			}
			server := p.author(address).Server()
			server.Name = s.Name
			views = append(views, View{Server: server})
		}
	}
	var wg sync.WaitGroup
	for i := range views {
		wg.Go(func() { p.askAuthor(ctx, domain, zone, &views[i]) })
	}
	wg.Wait()
	return views
}

// noRoute reports whether this machine has no way to address at all. Nothing
// is sent.
func noRoute(ctx context.Context, address string) bool {
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "udp", address)
	if err != nil {
		return errors.Is(err, syscall.ENETUNREACH) || errors.Is(err, syscall.EAFNOSUPPORT) || errors.Is(err, syscall.EADDRNOTAVAIL)
	}
	_ = conn.Close() // nothing was sent over it
	return false
}

// askAuthor asks one authoritative server for the mail hosts and the serial.
func (p *MXProber) askAuthor(ctx context.Context, domain, zone string, v *View) {
	c := p.author(v.Server.Address)
	var wg sync.WaitGroup
	wg.Go(func() {
		soa := c.Lookup(ctx, zone+".", TypeSOA)
		if soa.Authoritative && len(soa.Records) > 0 {
			v.Serial = soa.Records[0].Serial
		}
	})
	v.Route = MailHosts(ctx, &authorResolver{client: c, shared: p.shared, zone: zone}, domain)
	wg.Wait()
}

// authorResolver sees names as an authoritative server and the world together
// give them: what is in the zone the server must know itself, anything else,
// such as the address of a mail host elsewhere, is asked of the resolvers.
type authorResolver struct {
	client *Client
	shared Resolver
	zone   string
}

// Lookup implements Resolver.
func (r *authorResolver) Lookup(ctx context.Context, name string, typ RecordType) Answer {
	name = canonical(name)
	if !within(name, r.zone) {
		return r.shared.Lookup(ctx, name, typ)
	}
	a := r.client.Lookup(ctx, name, typ)
	if a.Failure.Final() && !a.Authoritative {
		if next := referral(&a, name, r.zone); next != "" && typ != TypeMX {
			return r.shared.Lookup(ctx, name, typ) // a host in a zone below
		}
		a.Records = nil
		a.Failure, a.Detail = FailureLame, "it answers without authority for the zone"
		return a
	}
	if n := len(a.Aliases); a.Failure == "" && n > 0 && len(a.Records) == 0 && !within(a.Aliases[n-1], r.zone) {
		r.followAlias(ctx, &a)
	}
	return a
}

// followAlias asks the resolvers for what an alias out of the zone leads to.
func (r *authorResolver) followAlias(ctx context.Context, a *Answer) {
	end := r.shared.Lookup(ctx, a.Aliases[len(a.Aliases)-1], a.Type)
	a.Records = end.Records
	a.Aliases = append(a.Aliases, end.Aliases...)
	a.Failure, a.Detail = end.Failure, end.Detail
	a.Authentic = false
	if end.Rcode != "" {
		a.Rcode = end.Rcode
	}
}
