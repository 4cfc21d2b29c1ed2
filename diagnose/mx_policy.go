package diagnose

// PolicyFact is one published policy or record about a domain's mail, as far
// as it has a fault.
type PolicyFact struct {
	// Name is that of the standard: "MTA-STS", "TLSA", "TLSRPT", "SPF", "DMARC",
	// "reverse name".
	Name string
	// Problems are deviations from the standard, in words.
	Problems []PolicyProblem
}

// PolicyProblem is one deviation.
type PolicyProblem struct {
	Text string
	// Grave says that mail is refused or delayed because of it.
	Grave bool
}

// policyKeys are the findings for each kind of PolicyFact.
func policyKey(name string) string {
	switch name {
	case "MTA-STS":
		return "mta-sts-invalid"
	case "TLSA":
		return "tlsa-invalid"
	case "TLSRPT":
		return "tlsrpt-invalid"
	case "SPF":
		return "spf-invalid"
	case "DMARC":
		return "dmarc-invalid"
	}
	return "rdns-mismatch"
}

// policy turns faults of the published policies into findings.
func (j *mxJudge) policy() {
	for _, p := range j.Policy {
		for _, problem := range p.Problems {
			severity := Warning
			if problem.Grave {
				severity = Error
			}
			j.find(policyKey(p.Name), severity, p.Name+": "+problem.Text+".")
		}
	}
}

// MTASTSFact judges mail hosts that an MTA-STS policy of the given mode does
// not list: under "enforce" no sender that heeds it delivers to them (RFC 8461,
// section 5).
func MTASTSFact(mode string, uncovered []string) PolicyFact {
	fact := PolicyFact{Name: "MTA-STS"}
	if len(uncovered) == 0 {
		return fact
	}
	text := "the policy does not list the mail " + verb(len(uncovered), "host ", "hosts ") + list(uncovered)
	if mode == "enforce" {
		text += ", so senders that heed it do not deliver there (RFC 8461, section 5)"
	}
	fact.Problems = []PolicyProblem{{Text: text, Grave: mode == "enforce"}}
	return fact
}
