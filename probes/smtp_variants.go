package probes

import (
	"slices"
	"strings"
)

// maxVariants limits the other spellings of one address that are asked about.
const maxVariants = 6

// asksFor lists what is asked about one target: the address itself, then its
// variants and the aliases of its domain.
func (p *Prober) asksFor(address string) []Ask {
	asks := []Ask{{Address: address, Role: RoleTarget}}
	if p.Variants {
		for _, v := range Variants(address) {
			asks = append(asks, Ask{Address: v, Role: RoleVariant, Of: address})
		}
	}
	for _, alias := range p.Aliases {
		if !strings.Contains(alias, "@") {
			alias += "@" + DomainOf(address)
		}
		if groupDomain(alias) == groupDomain(address) && alias != address {
			asks = append(asks, Ask{Address: alias, Role: RoleVariant, Of: address})
		}
	}
	return asks
}

// Variants gives other spellings that a mail system may know an address by, in
// a fixed order: in lower case (RFC 5321 section 2.4 lets case count in the
// local part), without its sub-address or with one ("+" and, in some systems,
// "-"; RFC 5233), and without or with dots. A quoted local part has none.
func Variants(address string) []string {
	local, domain, ok := cutAddress(address)
	if !ok || local == "" || strings.HasPrefix(local, `"`) {
		return nil
	}
	var out []string
	add := func(l string) {
		v := l + "@" + domain
		if l != "" && v != address && !slices.Contains(out, v) && len(out) < maxVariants {
			out = append(out, v)
		}
	}
	base, _, tagged := strings.Cut(local, "+")
	add(strings.ToLower(local))
	if tagged {
		add(base)
	} else {
		add(local + "+smtpdiag")
	}
	if strings.Contains(base, ".") {
		add(strings.ReplaceAll(base, ".", ""))
		add(strings.ReplaceAll(base, ".", "_"))
	}
	if strings.Contains(base, "_") || strings.Contains(base, "-") {
		add(strings.NewReplacer("_", ".", "-", ".").Replace(base))
	}
	if local == strings.ToLower(local) {
		add(strings.ToUpper(local[:1]) + local[1:])
	}
	return out
}
