package probes

import "net/netip"

// special is a block of addresses that no mail host on the Internet has.
type special struct {
	prefix netip.Prefix
	reason string
}

// specials follow the IANA special-purpose address registries (RFC 6890). The
// documentation blocks are left out: nothing answers there, and closed test
// networks use them.
func specials() []special {
	p := netip.MustParsePrefix
	return []special{
		{p("0.0.0.0/8"), "of this network (RFC 791)"},
		{p("10.0.0.0/8"), "private (RFC 1918)"},
		{p("100.64.0.0/10"), "shared address space (RFC 6598)"},
		{p("127.0.0.0/8"), "loopback (RFC 1122)"},
		{p("169.254.0.0/16"), "link-local (RFC 3927)"},
		{p("172.16.0.0/12"), "private (RFC 1918)"},
		{p("192.0.0.0/24"), "for protocol assignments (RFC 6890)"},
		{p("192.88.99.0/24"), "a 6to4 relay (RFC 7526)"},
		{p("192.168.0.0/16"), "private (RFC 1918)"},
		{p("198.18.0.0/15"), "for benchmarks (RFC 2544)"},
		{p("224.0.0.0/4"), "multicast (RFC 1112)"},
		{p("240.0.0.0/4"), "reserved or broadcast (RFC 1112)"},
		{p("::/128"), "unspecified (RFC 4291)"},
		{p("::1/128"), "loopback (RFC 4291)"},
		{p("64:ff9b::/96"), "NAT64-embedded (RFC 6052)"},
		{p("64:ff9b:1::/48"), "NAT64-embedded (RFC 8215)"},
		{p("100::/64"), "discard-only (RFC 6666)"},
		{p("2001::/32"), "Teredo (RFC 4380)"},
		{p("2001:2::/48"), "for benchmarks (RFC 5180)"},
		{p("5f00::/16"), "for segment routing (RFC 9602)"},
		{p("fc00::/7"), "unique-local (RFC 4193)"},
		{p("fe80::/10"), "link-local (RFC 4291)"},
		{p("fec0::/10"), "site-local (RFC 3879)"},
		{p("ff00::/8"), "multicast (RFC 4291)"},
	}
}

// Forbidden says why a mail host that DNS gives must not be connected to at
// addr, or "" where it may be: whoever controls a domain could otherwise point
// the prober at machines of the network it runs in. Addresses of IPv4 that are
// written inside IPv6 are judged by what they hold.
func Forbidden(addr netip.Addr) string {
	if !addr.IsValid() {
		return "no address"
	}
	addr = addr.WithZone("").Unmap()
	for _, s := range specials() {
		if s.prefix.Contains(addr) {
			return s.reason
		}
	}
	if !addr.Is6() {
		return ""
	}
	b := addr.As16()
	switch {
	case netip.MustParsePrefix("2002::/16").Contains(addr): // 6to4, RFC 3056 section 2
		if reason := Forbidden(netip.AddrFrom4([4]byte(b[2:6]))); reason != "" {
			return "6to4 of an address that is " + reason
		}
	case netip.MustParsePrefix("::/96").Contains(addr): // IPv4-compatible, RFC 4291 section 2.5.5.1
		return "IPv4-compatible (RFC 4291)"
	case netip.MustParsePrefix("::ffff:0:0:0/96").Contains(addr): // SIIT, RFC 2765
		return "IPv4-translated (RFC 2765)"
	}
	return ""
}
