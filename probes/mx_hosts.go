package probes

import (
	"cmp"
	"context"
	"net/netip"
	"slices"
	"sync"
)

// RouteStatus says how a domain's mail is routed, as far as DNS tells.
type RouteStatus string

// The ways a domain's mail is routed.
const (
	// RouteMX: there are MX records. A null MX beside others is among Hosts.
	RouteMX RouteStatus = "mx"
	// RouteImplicit: there is no MX record, and the domain itself has an
	// address (RFC 5321, section 5.1).
	RouteImplicit RouteStatus = "implicit"
	// RouteNull: the one MX record is null, the domain takes no mail (RFC 7505).
	RouteNull RouteStatus = "null-mx"
	// RouteNoData: the domain exists and has neither MX nor address records.
	RouteNoData RouteStatus = "nodata"
	// RouteNXDomain: the domain does not exist.
	RouteNXDomain RouteStatus = "nxdomain"
	// RouteFailed: the question was not answered; see Answer.Failure.
	RouteFailed RouteStatus = "failed"
)

// MaxHosts is how many mail hosts of one domain are looked up, the lowest
// preferences first. A domain with more is odd or hostile.
const MaxHosts = 32

// Route is the answer to "which hosts take mail for this domain", as one
// resolver gives it.
type Route struct {
	// Domain is the name in its ASCII form.
	Domain string      `json:"domain"`
	Status RouteStatus `json:"status"`
	// Answer is that to the MX question, or, where it failed because of the
	// addresses of an implicit MX, that to the address question.
	Answer Answer `json:"answer"`
	// Authentic says that every answer that led to Hosts was authentic,
	// addresses included.
	Authentic bool `json:"authentic"`
	// Hosts are the mail hosts by preference, then by name.
	Hosts []MailHost `json:"hosts"`
	// Omitted counts the hosts beyond MaxHosts, which are not in Hosts.
	Omitted int `json:"omitted,omitempty"`
}

// MailHost is one mail host of a domain.
type MailHost struct {
	Preference uint16 `json:"preference"`
	// Name is as the MX record has it, in lower case, "" for a null MX.
	Name string `json:"name"`
	// TTL is that of the MX record, or of the address of an implicit MX, in
	// seconds.
	TTL uint32 `json:"ttl"`
	// Implicit says that there is no MX record and this is the domain itself.
	Implicit bool `json:"implicit,omitempty"`
	// Literal is the IP address that stands in the place of the name, which
	// RFC 5321 section 5.1 does not allow.
	Literal netip.Addr `json:"literal,omitzero"`
	// Alias is the name behind the last CNAME that Name leads to, or "".
	// An MX must not point to a CNAME (RFC 2181, section 10.3).
	Alias string `json:"alias,omitempty"`
	// Addresses are those of Name, IPv4 first, sorted.
	Addresses []netip.Addr `json:"addresses"`
	// Failure is set where Addresses are not the whole truth: both lookups
	// failed, or one did and the other found nothing. It is empty where the
	// name exists without an address.
	Failure Failure `json:"failure,omitempty"`
	// Authentic says that the addresses are authentic.
	Authentic bool `json:"authentic,omitempty"`
}

// Null reports whether this is a null MX.
func (h MailHost) Null() bool { return h.Name == "" && !h.Implicit }

// MailHosts asks r for the mail hosts of domain and their addresses, at most
// MaxHosts of them at the same time. The domain is given in its ASCII form.
func MailHosts(ctx context.Context, r Resolver, domain string) Route {
	route := Route{Domain: canonical(domain), Answer: r.Lookup(ctx, domain, TypeMX)}
	answer := &route.Answer
	route.Authentic = answer.Authentic
	switch {
	case answer.Failure == FailureNXDomain:
		route.Status = RouteNXDomain
		return route
	case answer.Failure != "":
		route.Status = RouteFailed
		return route
	case len(answer.Records) == 0:
		implicit(ctx, r, &route)
		return route
	}
	route.Hosts, route.Omitted = listHosts(answer.Records)
	if len(route.Hosts) == 1 && route.Hosts[0].Null() {
		route.Status = RouteNull
		return route
	}
	route.Status = RouteMX
	AddressHosts(ctx, r, route.Hosts)
	for _, h := range route.Hosts {
		route.Authentic = route.Authentic && (h.Authentic || h.Null() || h.Literal.IsValid())
	}
	return route
}

// listHosts turns MX records into hosts, sorted, without duplicates.
func listHosts(records []Record) (hosts []MailHost, omitted int) {
	for _, record := range records {
		h := MailHost{Preference: record.Preference, Name: record.Target, TTL: record.TTL, Addresses: []netip.Addr{}}
		if literal, err := netip.ParseAddr(h.Name); err == nil {
			h.Literal = literal
		}
		hosts = append(hosts, h)
	}
	slices.SortFunc(hosts, func(a, b MailHost) int {
		return cmp.Or(cmp.Compare(a.Preference, b.Preference), cmp.Compare(a.Name, b.Name), cmp.Compare(a.TTL, b.TTL))
	})
	hosts = slices.CompactFunc(hosts, func(a, b MailHost) bool {
		return a.Preference == b.Preference && a.Name == b.Name
	})
	if len(hosts) > MaxHosts {
		return hosts[:MaxHosts], len(hosts) - MaxHosts
	}
	return hosts, 0
}

// AddressHosts asks r for the addresses of all hosts at the same time and
// fills them in. Null MX and address literals are left as they are.
func AddressHosts(ctx context.Context, r Resolver, hosts []MailHost) {
	var wg sync.WaitGroup
	for i := range hosts {
		h := &hosts[i]
		if h.Null() || h.Literal.IsValid() {
			continue
		}
		wg.Go(func() { addressHost(ctx, r, h) })
	}
	wg.Wait()
}

// addressHost asks for both kinds of addresses of one host and gives the
// answers.
func addressHost(ctx context.Context, r Resolver, h *MailHost) (four, six Answer) {
	var wg sync.WaitGroup
	wg.Go(func() { four = r.Lookup(ctx, h.Name, TypeA) })
	wg.Go(func() { six = r.Lookup(ctx, h.Name, TypeAAAA) })
	wg.Wait()
	h.Authentic = four.Authentic && six.Authentic
	for _, answer := range []*Answer{&four, &six} {
		if n := len(answer.Aliases); n > 0 {
			h.Alias = answer.Aliases[n-1]
		}
		var found []netip.Addr
		for _, record := range answer.Records {
			found = append(found, record.Address)
		}
		slices.SortFunc(found, netip.Addr.Compare)
		h.Addresses = append(h.Addresses, slices.Compact(found)...)
	}
	if len(h.Addresses) == 0 {
		h.Failure = cmp.Or(four.Failure, six.Failure)
	}
	return four, six
}

// implicit looks for the addresses of a domain without MX records.
func implicit(ctx context.Context, r Resolver, route *Route) {
	h := MailHost{Name: route.Domain, Implicit: true, Addresses: []netip.Addr{}}
	four, six := addressHost(ctx, r, &h)
	route.Authentic = route.Authentic && h.Authentic
	switch {
	case len(h.Addresses) > 0:
		route.Status = RouteImplicit
		if len(four.Records) > 0 {
			h.TTL = four.MinTTL()
		} else {
			h.TTL = six.MinTTL()
		}
		route.Hosts = []MailHost{h}
	case h.Failure.Final():
		route.Status = RouteNoData
	case four.Failure.Final():
		route.Status, route.Answer = RouteFailed, six
	default:
		route.Status, route.Answer = RouteFailed, four
	}
}
