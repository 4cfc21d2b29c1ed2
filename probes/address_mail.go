package probes

import (
	"fmt"
	"net/netip"
	"strings"

	"golang.org/x/net/idna"
)

// DomainOf gives what stands after the last @ of an address, or "".
func DomainOf(address string) string {
	_, domain, _ := cutAddress(address)
	return domain
}

// cutAddress splits an address at its last @: a quoted local part may hold one.
func cutAddress(address string) (local, domain string, ok bool) {
	i := strings.LastIndexByte(address, '@')
	if i < 0 {
		return address, "", false
	}
	return address[:i], address[i+1:], true
}

// AddressError says why an address cannot be probed.
type AddressError struct {
	Address string
	Reason  string
}

// Error gives the address, quoted, and the reason.
func (e *AddressError) Error() string { return fmt.Sprintf("address %q %s", e.Address, e.Reason) }

// CheckAddress says with an *AddressError why an address cannot stand in RCPT
// TO, or nil. It asks for what RFC 5321 section 4.1.2 needs to keep a command
// whole and leaves the rest to the servers: what they say is the point.
func CheckAddress(address string) error {
	local, domain, ok := cutAddress(address)
	reason := ""
	switch {
	case hasControl(address):
		reason = "holds a control character"
	case !ok:
		reason = "has no @"
	case local == "":
		reason = "has nothing before the @"
	case domain == "":
		reason = "has no domain"
	case !quotedLocal(local) && strings.ContainsAny(local, " <>,;\"\\()"):
		reason = "holds a character that needs quotes"
	case strings.ContainsAny(domain, " <>,;\"\\()"):
		reason = "has a character in its domain that has no place there"
	case len(address) > 900:
		reason = "is longer than a command may be"
	}
	if reason == "" {
		return nil
	}
	return &AddressError{Address: address, Reason: reason}
}

// quotedLocal reports whether a local part is one Quoted-string, RFC 5321
// section 4.1.2.
func quotedLocal(local string) bool {
	if len(local) < 2 || local[0] != '"' || local[len(local)-1] != '"' {
		return false
	}
	inner := local[1 : len(local)-1]
	for i := 0; i < len(inner); i++ {
		switch inner[i] {
		case '\\':
			i++
			if i == len(inner) {
				return false
			}
		case '"':
			return false
		}
	}
	return true
}

// asciiDomain writes the domain of an address in its A-label form where it is
// internationalised. ascii is false where the local part, which has no such
// form (RFC 6531 section 3.2), or the domain cannot be written in ASCII.
func asciiDomain(address string) (out string, ascii bool) {
	local, domain, ok := cutAddress(address)
	if !ok || isASCII(address) {
		return address, isASCII(address)
	}
	converted, err := idna.Lookup.ToASCII(domain)
	if err != nil {
		return address, false
	}
	return local + "@" + converted, isASCII(local)
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > 0x7e }) < 0
}

// addressLiteralOf reads a domain in brackets, RFC 5321 section 4.1.3.
func addressLiteralOf(domain string) (netip.Addr, bool) {
	inner, ok := strings.CutPrefix(domain, "[")
	if inner, ok = cutSuffixIf(inner, "]", ok); !ok {
		return netip.Addr{}, false
	}
	if len(inner) > 5 && strings.EqualFold(inner[:5], "IPv6:") {
		inner = inner[5:]
	}
	addr, err := netip.ParseAddr(inner)
	return addr, err == nil && addr.Zone() == ""
}

func cutSuffixIf(s, suffix string, ok bool) (string, bool) {
	if !ok {
		return s, false
	}
	return strings.CutSuffix(s, suffix)
}
