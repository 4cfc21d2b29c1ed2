package probes

import (
	"context"
	"net"
	"net/netip"
	"slices"

	"github.com/miekg/dns"
)

// Reverse is the reverse name of an address that this machine speaks from, and
// whether it leads back. Many mail hosts refuse clients without one.
type Reverse struct {
	Address netip.Addr `json:"address"`
	// Names are the targets of its PTR records.
	Names []string `json:"names"`
	// Confirmed are those names that have the address (forward-confirmed).
	Confirmed []string  `json:"confirmed"`
	Failure   Failure   `json:"failure,omitempty"`
	Problems  []Problem `json:"problems,omitempty"`
}

// maxReverse bounds the names of an address that are followed.
const maxReverse = 8

// LookupReverse looks up the names of address and whether they lead back.
func LookupReverse(ctx context.Context, r Resolver, address netip.Addr) Reverse {
	out := Reverse{Address: address, Names: []string{}, Confirmed: []string{}}
	reason := Forbidden(address)
	if reason != "" {
		out.Problems = append(out.Problems, Problem{
			Text: "the address is " + reason + ": mail hosts outside see another one, and its reverse name is what counts",
		})
	}
	name, err := dns.ReverseAddr(address.Unmap().WithZone("").String())
	if err != nil {
		out.Failure = FailureMalformed
		return out
	}
	answer := r.Lookup(ctx, name, TypePTR)
	if !answer.Failure.Final() {
		out.Failure = answer.Failure
		return out
	}
	for _, record := range answer.Records[:min(len(answer.Records), maxReverse)] {
		if slices.Contains(out.Names, record.Target) {
			continue
		}
		out.Names = append(out.Names, record.Target)
		h := MailHost{Name: record.Target}
		addressHost(ctx, r, &h)
		if slices.Contains(h.Addresses, address.Unmap()) {
			out.Confirmed = append(out.Confirmed, record.Target)
		}
	}
	switch {
	case len(out.Names) == 0:
		out.Problems = append(out.Problems, Problem{Text: "it has no reverse name (PTR): many mail hosts refuse such a client", Grave: reason == ""})
	case len(out.Confirmed) == 0:
		out.Problems = append(out.Problems, Problem{Text: "no reverse name leads back to the address: many mail hosts refuse such a client", Grave: reason == ""})
	}
	return out
}

// SourceAddress gives the address from which this machine would speak to
// target. Nothing is sent. ok is false where there is no way to target.
func SourceAddress(ctx context.Context, target netip.Addr) (source netip.Addr, ok bool) {
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "udp", netip.AddrPortFrom(target, 25).String())
	if err != nil {
		return netip.Addr{}, false
	}
	defer func() { _ = conn.Close() }() // nothing was sent over it
	local, err := netip.ParseAddrPort(conn.LocalAddr().String())
	if err != nil {
		return netip.Addr{}, false
	}
	return local.Addr().Unmap().WithZone(""), true
}
