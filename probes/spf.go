package probes

import (
	"context"
	"net/netip"
	"strconv"
	"strings"
)

// SPF is the SPF record of a domain, RFC 7208. It says which hosts may send
// for the domain; it says nothing about receiving.
type SPF struct {
	PolicyRecord
	// All is the qualifier of "all": "-", "~", "?", "+", or "" without one.
	All string `json:"all,omitempty"`
	// Lookups counts the terms that need DNS, those of included records too;
	// counting ends a little above the limit of ten (section 4.6.4).
	Lookups int `json:"lookups"`
	// Void counts those whose name or records do not exist.
	Void int `json:"void"`
}

// The limits of RFC 7208, section 4.6.4, and where counting ends.
const (
	spfLookupLimit = 10
	spfVoidLimit   = 2
	spfCountEnd    = 20
	spfMaxTerms    = 256
)

// LookupSPF looks up the record, checks its terms, and follows include and
// redirect as far as counting the lookups takes.
func LookupSPF(ctx context.Context, r Resolver, domain string) SPF {
	s := SPF{PolicyRecord: PolicyRecord{Name: domain}}
	records, answer := versioned(ctx, r, domain, "v=spf1", " ")
	if !s.one(records, &answer, "RFC 7208, section 4.5") {
		return s
	}
	w := spfWalk{ctx: ctx, resolver: r, spf: &s, seen: map[string]bool{domain: true}}
	s.All = w.record(s.Text, domain)
	if s.Lookups > spfLookupLimit {
		many := itoa(s.Lookups)
		if s.Lookups >= spfCountEnd {
			many += " or more"
		}
		s.grave("it needs " + many + " DNS lookups, ten are allowed, so receivers give permerror (RFC 7208, section 4.6.4)")
	}
	if s.Void > spfVoidLimit {
		s.add(itoa(s.Void) + " of its lookups find nothing, two are allowed (RFC 7208, section 4.6.4)")
	}
	s.sum()
	return s
}

// sum puts the record into a few words.
func (s *SPF) sum() {
	switch s.All {
	case "-":
		s.Summary = "all others fail"
	case "~":
		s.Summary = "all others fail softly"
	case "?":
		s.Summary = "says nothing about others"
		s.add("?all says nothing about hosts that are not listed")
	case "+":
		s.Summary = "anybody may send"
		s.grave("+all lets every host of the world send for the domain")
	default:
		s.Summary = "no all at the end"
		s.add("neither all nor redirect= ends the record, so it says nothing about other hosts (RFC 7208, section 4.7)")
	}
	s.Summary += ", " + itoa(s.Lookups) + " of 10 lookups"
}

// spfWalk counts lookups through included records.
type spfWalk struct {
	ctx      context.Context //nolint:containedctx // lives for one call of LookupSPF
	resolver Resolver
	spf      *SPF
	seen     map[string]bool
}

// record reads one record, found at domain, and gives the qualifier of its
// "all", that of the record it redirects to, or "".
func (w *spfWalk) record(text, domain string) (all string) {
	where := ""
	if domain != w.spf.Name {
		where = " in the record of " + domain
	}
	redirect := ""
	terms := strings.Fields(text)[1:]
	if len(terms) > spfMaxTerms {
		w.spf.add("there are more than " + itoa(spfMaxTerms) + " terms" + where)
		terms = terms[:spfMaxTerms]
	}
	for i, term := range terms {
		if name, value, ok := strings.Cut(term, "="); ok && !strings.ContainsAny(name, ":/") {
			if strings.EqualFold(name, "redirect") {
				redirect = value
			}
			continue // exp and unknown modifiers are passed over (section 6)
		}
		qualifier, mechanism, value := splitTerm(term)
		if mechanism == "all" {
			if i < len(terms)-1 && where == "" {
				w.spf.add("what stands behind " + quoted(term) + " is never looked at (RFC 7208, section 5.1)")
			}
			return qualifier
		}
		if fault := w.mechanism(mechanism, value); fault != "" {
			w.spf.grave(quoted(term) + where + " " + fault + ", so receivers give permerror")
		}
	}
	if redirect == "" {
		return ""
	}
	w.spf.Lookups++
	return w.follow(redirect, "redirect=")
}

// splitTerm takes a mechanism apart: qualifier, name in lower case, and what
// follows the colon or the slash, that sign included.
func splitTerm(term string) (qualifier, mechanism, value string) {
	qualifier = "+"
	if strings.ContainsRune("+-~?", rune(term[0])) {
		qualifier, term = term[:1], term[1:]
	}
	if i := strings.IndexAny(term, ":/"); i >= 0 {
		return qualifier, strings.ToLower(term[:i]), term[i:]
	}
	return qualifier, strings.ToLower(term), ""
}

// mechanism checks one mechanism, counts what it costs, and says what is wrong
// in it.
func (w *spfWalk) mechanism(name, value string) (fault string) {
	domain, _, _ := strings.Cut(strings.TrimPrefix(value, ":"), "/")
	switch name {
	case "ip4", "ip6":
		return checkNetwork(name, strings.TrimPrefix(value, ":"))
	case "a", "mx", "ptr":
		w.spf.Lookups++
		if name == "ptr" {
			w.spf.add("ptr is slow and must not be used (RFC 7208, section 5.5)")
		}
		if strings.HasPrefix(value, ":") && domain == "" {
			return "lacks its domain"
		}
		if name != "ptr" {
			w.void(domain, name)
		}
	case "exists":
		w.spf.Lookups++
		if domain == "" {
			return "lacks its domain"
		}
	case "include":
		w.spf.Lookups++
		if domain == "" {
			return "lacks its domain"
		}
		w.follow(domain, "include:")
	default:
		return "is no mechanism that SPF knows"
	}
	return ""
}

// checkNetwork checks what follows ip4: or ip6:.
func checkNetwork(name, value string) string {
	address, bits, masked := strings.Cut(value, "/")
	addr, err := netip.ParseAddr(address)
	if err != nil || addr.Is4() != (name == "ip4") || addr.Zone() != "" {
		return "holds no such address"
	}
	if n, err := strconv.Atoi(bits); masked && (err != nil || n < 0 || n > addr.BitLen()) {
		return "holds a wrong prefix length"
	}
	return ""
}

// void counts a lookup that finds nothing.
func (w *spfWalk) void(domain, name string) {
	if domain == "" || strings.Contains(domain, "%") || w.spf.Lookups > spfCountEnd {
		return
	}
	typ := TypeA
	if name == "mx" {
		typ = TypeMX
	}
	if a := w.resolver.Lookup(w.ctx, domain, typ); a.Failure == FailureNXDomain || a.NoData() {
		if typ == TypeA {
			if six := w.resolver.Lookup(w.ctx, domain, TypeAAAA); len(six.Records) > 0 {
				return
			}
		}
		w.spf.Void++
	}
}

// follow reads the record of another domain, and gives the qualifier of its
// "all".
func (w *spfWalk) follow(domain, how string) string {
	if strings.Contains(domain, "%") || w.spf.Lookups > spfCountEnd || w.ctx.Err() != nil {
		return "" // macros depend on the message
	}
	domain = canonical(domain)
	if w.seen[domain] {
		w.spf.grave(quoted(how+domain) + " goes round, so receivers give permerror")
		return ""
	}
	w.seen[domain] = true
	records, answer := versioned(w.ctx, w.resolver, domain, "v=spf1", " ")
	switch {
	case !answer.Failure.Final():
		w.spf.add(quoted(how+domain) + " cannot be looked up now (" + string(answer.Failure) + ")")
	case len(records) == 0:
		w.spf.Void++
		w.spf.grave(quoted(how+domain) + " leads to no SPF record, so receivers give permerror (RFC 7208, section 5.2)")
	case len(records) > 1:
		w.spf.grave(quoted(how+domain) + " leads to " + itoa(len(records)) + " SPF records, so receivers give permerror (RFC 7208, section 4.5)")
	default:
		all := w.record(records[0], domain)
		delete(w.seen, domain) // the same record may be included from two places
		return all
	}
	return ""
}
