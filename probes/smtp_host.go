package probes

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"
)

// HostSpec is a mail host that the user named.
type HostSpec struct {
	// Name is the host as given; for an address its text form.
	Name string
	// Addr is set where an IP address was given.
	Addr netip.Addr
	// Port is 0 where none was given.
	Port uint16
}

// ParseHost reads HOST, HOST:PORT, [IPv6] or [IPv6]:PORT; an IPv6 address
// without a port may stand without brackets.
func ParseHost(text string) (HostSpec, error) {
	host, port := text, ""
	if h, p, err := net.SplitHostPort(text); err == nil {
		host, port = h, p
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	spec := HostSpec{Name: strings.TrimSuffix(host, ".")}
	if addr, err := netip.ParseAddr(host); err == nil {
		spec.Addr = addr
	} else if _, err := ParseDomain(host); err != nil {
		return HostSpec{}, fmt.Errorf("host %q: %w", text, err)
	}
	if port != "" {
		n, err := parsePort(port)
		if err != nil {
			return HostSpec{}, fmt.Errorf("host %q: %w", text, err)
		}
		if n == 0 {
			return HostSpec{}, fmt.Errorf("host %q: port 0 cannot be connected to", text)
		}
		spec.Port = n
	}
	return spec, nil
}

// slot is one mail host, or one address of it, that a group of targets is
// asked at, with what came of it.
type slot struct {
	host       string
	preference int
	addrs      []netip.Addr
	port       uint16
	// trusted is true where the user gave the address, so that it may be
	// connected to whatever it is.
	trusted bool
	tlsa    []TLSA
	// fault says why there is nobody to ask, or is nil.
	fault    *FaultError
	sessions []*Session
}

// maxTried is how many addresses of one host are tried until one answers, and
// how many are asked with AllAddresses.
const maxTried = 8

// slotsOf turns the mail hosts of a route into slots.
func (p *Prober) slotsOf(route *Route) []*slot {
	var slots []*slot
	for i := range route.Hosts {
		h := &route.Hosts[i]
		if h.Null() {
			continue
		}
		s := &slot{host: h.Name, preference: int(h.Preference), addrs: h.Addresses, port: p.port(0)}
		if h.Implicit {
			s.preference = -1
		}
		switch {
		case h.Literal.IsValid():
			s.addrs = nil
			s.fault = &FaultError{Kind: FaultNoAddress, Text: "the MX record holds an address instead of a name"}
		case len(h.Addresses) == 0 && h.Failure != "" && h.Failure != FailureNXDomain:
			s.fault = &FaultError{Kind: FaultLookup, Text: fmt.Sprintf("the addresses of %s could not be looked up: %s", h.Name, h.Failure)}
		case len(h.Addresses) == 0:
			s.fault = &FaultError{Kind: FaultNoAddress, Text: h.Name + " has no address in DNS"}
		}
		slots = append(slots, p.spread(s)...)
	}
	return slots
}

// slotsOfGiven makes slots of the hosts that the user named.
func (p *Prober) slotsOfGiven(ctx context.Context) []*slot {
	var slots []*slot
	for _, spec := range p.Hosts {
		s := &slot{host: spec.Name, preference: -1, port: p.port(spec.Port)}
		switch {
		case spec.Addr.IsValid():
			s.addrs, s.trusted = []netip.Addr{spec.Addr}, true
		case strings.EqualFold(spec.Name, "localhost"): // RFC 6761 section 6.3: never asked in DNS
			s.addrs, s.trusted = []netip.Addr{netip.AddrFrom4([4]byte{127, 0, 0, 1}), netip.IPv6Loopback()}, true
		default:
			p.lookupGiven(ctx, s)
		}
		slots = append(slots, p.spread(s)...)
	}
	return slots
}

// lookupGiven finds the addresses of a host that the user named.
func (p *Prober) lookupGiven(ctx context.Context, s *slot) {
	domain, err := ParseDomain(s.host)
	if err != nil {
		s.fault = &FaultError{Kind: FaultNoAddress, Text: err.Error()}
		return
	}
	hosts := []MailHost{{Name: domain.ASCII}}
	AddressHosts(ctx, p.Resolver, hosts)
	h := hosts[0]
	s.addrs = h.Addresses
	switch {
	case len(h.Addresses) > 0:
	case h.Failure != "" && h.Failure != FailureNXDomain:
		s.fault = &FaultError{Kind: FaultLookup, Text: fmt.Sprintf("the addresses of %s could not be looked up: %s", s.host, h.Failure)}
	default:
		s.fault = &FaultError{Kind: FaultNoAddress, Text: s.host + " has no address in DNS"}
	}
}

// port gives the port for a host.
func (p *Prober) port(given uint16) uint16 {
	switch {
	case given != 0:
		return given
	case p.Port != 0:
		return p.Port
	}
	return 25
}

// spread leaves the addresses of the wanted family and, with AllAddresses,
// makes a slot of each.
func (p *Prober) spread(s *slot) []*slot {
	if s.fault == nil {
		had := len(s.addrs)
		s.addrs = slices.DeleteFunc(slices.Clone(s.addrs), func(a netip.Addr) bool {
			return p.Only4 && !a.Unmap().Is4() || p.Only6 && a.Unmap().Is4() ||
				p.Source.IsValid() && p.Source.Unmap().Is4() != a.Unmap().Is4()
		})
		if had > 0 && len(s.addrs) == 0 {
			s.fault = &FaultError{Kind: FaultNoAddress, Text: s.host + " has no address of the family that was asked for"}
		}
	}
	if len(s.addrs) > maxTried {
		s.addrs = s.addrs[:maxTried]
	}
	if !p.AllAddresses || len(s.addrs) < 2 {
		return []*slot{s}
	}
	var slots []*slot
	for _, addr := range s.addrs {
		one := *s
		one.addrs = []netip.Addr{addr}
		slots = append(slots, &one)
	}
	return slots
}
