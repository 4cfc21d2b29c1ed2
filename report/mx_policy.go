package report

import "strings"

// policyFindings are the keys of findings that policyFacts shows.
func policyFindings() []string {
	return []string{"mta-sts-invalid", "tlsa-invalid", "tlsrpt-invalid", "spf-invalid", "dmarc-invalid", "rdns-mismatch"}
}

// policyFacts gives one line for each policy that was asked for, with what is
// wrong in it.
func (m *MX) policyFacts() Facts {
	var facts Facts
	add := func(label string, r *MXRecord, summary string) {
		if r != nil {
			facts = append(facts, Fact{Label: label, Value: recordLine(r.Record, summary, r.Error, r.Problems)})
		}
	}
	if m.MTASTS != nil {
		add("MTA-STS", &m.MTASTS.MXRecord, m.MTASTS.Summary)
	}
	for _, t := range m.TLSA {
		facts = append(facts, Fact{Label: "TLSA", Value: t.Host + ": " + recordLine(shortTLSA(t.Records), tlsaTrust(t), t.Error, t.Problems)})
	}
	if m.TLSRPT != nil {
		add("TLSRPT", m.TLSRPT, m.TLSRPT.Summary)
	}
	if m.SPF != nil {
		add("SPF", m.SPF, m.SPF.Summary)
	}
	if m.DMARC != nil {
		add("DMARC", m.DMARC, m.DMARC.Summary)
	}
	for _, r := range m.RDNS {
		facts = append(facts, Fact{Label: "Reverse name", Value: r.IP + ": " + recordLine(strings.Join(r.Names, " "), "", r.Error, r.Problems)})
	}
	return facts
}

// recordLine gives a record in one line: what it says, what that means, and
// what is wrong.
func recordLine(record, summary, failure string, problems []string) string {
	line := record
	if record == "" {
		line = "none"
		if failure != "" && failure != "nxdomain" {
			line = "could not be looked up (" + failure + ")"
		}
	}
	if summary != "" {
		line += " (" + summary + ")"
	}
	if len(problems) > 0 {
		line += "; WRONG: " + strings.Join(problems, "; ")
	}
	return line
}

// shortTLSA cuts the association data, which nobody reads.
func shortTLSA(records []string) string {
	var short []string
	for _, r := range records {
		if len(r) > 22 {
			r = r[:22] + "..."
		}
		short = append(short, r)
	}
	return strings.Join(short, ", ")
}

// tlsaTrust says whether the records count.
func tlsaTrust(t MXTLSA) string {
	switch {
	case len(t.Records) == 0:
		return ""
	case t.Authentic:
		return "DNSSEC-signed"
	}
	return "not signed, or not checked by a resolver of yours"
}
