package probes

import (
	"context"
	"slices"
	"strconv"
	"strings"
)

// DMARC is the DMARC policy that holds for a domain, RFC 7489.
type DMARC struct {
	PolicyRecord
	// Policy is that for the domain asked about: none, quarantine, reject or "".
	Policy string `json:"policy,omitempty"`
	// Percent is the share of mail that it is applied to, 0 to 100.
	Percent int `json:"percent"`
	// Reports are the addresses of aggregate reports.
	Reports []string `json:"reports,omitempty"`
}

// maxClimb bounds the names above a domain where a policy is looked for.
const maxClimb = 8

// LookupDMARC looks for the policy at the domain and then at the names above
// it, the nearest first, down to two labels. RFC 7489 section 6.6.3 asks for
// the organizational domain instead; for a domain that is registered at the
// usual place both find the same record, without a list of public suffixes.
func LookupDMARC(ctx context.Context, r Resolver, domain string) DMARC {
	d := DMARC{PolicyRecord: PolicyRecord{Name: "_dmarc." + domain}, Percent: 100}
	name := domain
	for range maxClimb {
		records, answer := versioned(ctx, r, "_dmarc."+name, "v=DMARC1", " \t;")
		if d.one(records, &answer, "RFC 7489, section 6.6.3") {
			d.read(ctx, r, domain, name)
			return d
		}
		if d.Failure != "" || len(d.Problems) > 0 {
			return d
		}
		for _, record := range answer.Records {
			if strings.HasPrefix(strings.ToLower(record.Text), "v=dmarc") {
				d.add(quoted(record.Text) + " does not start with v=DMARC1 and a semicolon, so it does not count")
				return d
			}
		}
		_, above, found := strings.Cut(name, ".")
		if !found || !strings.Contains(above, ".") {
			return d
		}
		name = above
	}
	return d
}

// read reads the tags of the record, found at name.
func (d *DMARC) read(ctx context.Context, r Resolver, domain, name string) {
	own, sub := "", ""
	for i, t := range d.tags() {
		switch t.name {
		case "v":
			if i > 0 {
				d.grave("v=DMARC1 does not stand first, so the record does not count")
			}
		case "p":
			own = d.policy(t)
		case "sp":
			sub = d.policy(t)
		case "pct":
			n, err := strconv.Atoi(t.value)
			if err != nil || n < 0 || n > 100 {
				d.add("pct=" + clip(t.value, maxQuoted) + " is no number from 0 to 100")
				continue
			}
			d.Percent = n
		case "rua", "ruf":
			d.reports(ctx, r, t, name)
		case "adkim", "aspf":
			if v := strings.ToLower(t.value); v != "r" && v != "s" {
				d.add(t.name + "=" + clip(t.value, maxQuoted) + " is neither r nor s")
			}
		case "fo", "rf", "ri", "np", "psd", "t":
		default:
			d.add("the tag " + quoted(t.name) + " is not known")
		}
	}
	d.Policy = own
	if own == "" {
		d.grave("there is no valid p=, so no policy holds (RFC 7489, section 6.3)")
	}
	if name != domain && sub != "" {
		d.Policy = sub
	}
	d.Summary = d.Policy
	if d.Percent != 100 && d.Policy != "" {
		d.Summary += " for " + itoa(d.Percent) + " %"
	}
	if name != domain {
		d.Summary += ", found at " + name
	}
}

// policy reads p= or sp=.
func (d *DMARC) policy(t tag) string {
	value := strings.ToLower(t.value)
	if !slices.Contains([]string{"none", "quarantine", "reject"}, value) {
		d.add(t.name + "=" + clip(t.value, maxQuoted) + " is none of none, quarantine, reject")
		return ""
	}
	return value
}

// reports reads addresses of reports, and asks whether those of other domains
// have agreed to get them (RFC 7489, section 7.1).
func (d *DMARC) reports(ctx context.Context, r Resolver, t tag, name string) {
	count := 0
	for uri := range strings.SplitSeq(t.value, ",") {
		uri = strings.TrimSpace(uri)
		uri, _, _ = strings.Cut(uri, "!") // the size limit
		address, ok := cutPrefixFold(uri, "mailto:")
		host := DomainOf(address)
		if !ok || host == "" {
			d.add(t.name + "=" + clip(uri, maxQuoted) + " is no mailto: address")
			continue
		}
		if t.name == "rua" {
			d.Reports = append(d.Reports, address)
		}
		parsed, err := ParseDomain(host)
		if err != nil || count >= 4 || sameOrganization(parsed.ASCII, name) {
			continue
		}
		count++
		agreed, answer := versioned(ctx, r, name+"._report._dmarc."+parsed.ASCII, "v=DMARC1", " \t;")
		if len(agreed) == 0 && answer.Failure.Final() {
			d.add(t.name + ": " + parsed.ASCII + " has not agreed to get reports about " + name + " (RFC 7489, section 7.1)")
		}
	}
}

// sameOrganization reports whether one of two domains lies within the other,
// or both within the same domain of two labels. It errs towards sameness, so
// that no wrong problem is noted.
func sameOrganization(a, b string) bool {
	return within(a, b) || within(b, a) || lastLabels(a, 2) == lastLabels(b, 2)
}

// lastLabels gives the last n labels of a name.
func lastLabels(name string, n int) string {
	labels := strings.Split(name, ".")
	return strings.Join(labels[max(0, len(labels)-n):], ".")
}

// cutPrefixFold is strings.CutPrefix in any case.
func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// TLSRPT is where a domain wants reports about TLS, RFC 8460.
type TLSRPT struct {
	PolicyRecord
	Reports []string `json:"reports,omitempty"`
}

// LookupTLSRPT looks up the record of RFC 8460, section 3.
func LookupTLSRPT(ctx context.Context, r Resolver, domain string) TLSRPT {
	t := TLSRPT{PolicyRecord: PolicyRecord{Name: "_smtp._tls." + domain}}
	records, answer := versioned(ctx, r, t.Name, "v=TLSRPTv1", " \t;")
	if !t.one(records, &answer, "RFC 8460, section 3") {
		return t
	}
	for _, field := range t.tags() {
		if field.name != "rua" {
			continue
		}
		for uri := range strings.SplitSeq(field.value, ",") {
			uri = strings.TrimSpace(uri)
			_, mail := cutPrefixFold(uri, "mailto:")
			_, web := cutPrefixFold(uri, "https:")
			if !mail && !web {
				t.add("rua=" + clip(uri, maxQuoted) + " is neither mailto: nor https:")
				continue
			}
			t.Reports = append(t.Reports, uri)
		}
	}
	if len(t.Reports) == 0 {
		t.grave("there is no usable rua=, so no report can be sent (RFC 8460, section 3)")
	}
	return t
}

// itoa gives n in digits.
func itoa(n int) string { return strconv.Itoa(n) }
