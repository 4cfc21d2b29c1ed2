package probes

import (
	"context"
	"strings"
	"sync"
)

// HostTLSA is the TLSA record set of one mail host for port 25, RFC 7672.
type HostTLSA struct {
	Host string `json:"host"`
	// Name is where the records are, or were looked for:
	// "_25._tcp.mx1.example.net".
	Name    string `json:"name"`
	Records []TLSA `json:"records"`
	// Authentic says that the records and the address of the host are; without
	// that they do not count (section 2.2).
	Authentic bool      `json:"authentic"`
	Failure   Failure   `json:"failure,omitempty"`
	Problems  []Problem `json:"problems,omitempty"`
}

// String gives the record in the form of a zone file.
func (t TLSA) String() string {
	return itoa(int(t.Usage)) + " " + itoa(int(t.Selector)) + " " + itoa(int(t.MatchingType)) + " " + t.Data
}

// LookupTLSA looks up the records of each host at the same time. A host that
// is an alias is looked up by the name behind it first (section 2.2.2).
func LookupTLSA(ctx context.Context, r Resolver, hosts []MailHost) []HostTLSA {
	var out []HostTLSA
	var asked []MailHost
	for _, h := range hosts {
		if !h.Null() && !h.Literal.IsValid() {
			asked = append(asked, h)
		}
	}
	out = make([]HostTLSA, len(asked))
	var wg sync.WaitGroup
	for i, h := range asked {
		wg.Go(func() { out[i] = hostTLSA(ctx, r, h) })
	}
	wg.Wait()
	return out
}

// hostTLSA looks up the records of one host.
func hostTLSA(ctx context.Context, r Resolver, h MailHost) HostTLSA {
	out := HostTLSA{Host: h.Name, Records: []TLSA{}}
	var answer Answer
	for _, base := range []string{h.Alias, h.Name} {
		if base == "" {
			continue
		}
		out.Name = "_25._tcp." + base
		answer = r.Lookup(ctx, out.Name, TypeTLSA)
		if len(answer.Records) > 0 || !answer.Failure.Final() {
			break
		}
	}
	if !answer.Failure.Final() {
		out.Failure = answer.Failure
		if answer.Failure == FailureServfail || answer.Failure == FailureTimeout {
			out.problem("the lookup of "+out.Name+" fails ("+string(answer.Failure)+"): senders that use DANE put mail to this host off (RFC 7672, section 2.1.2)", true)
		}
		return out
	}
	out.Authentic = answer.Authentic && h.Authentic
	usable := 0
	for _, record := range answer.Records {
		out.Records = append(out.Records, *record.TLSA)
		if fault := record.TLSA.fault(); fault != "" {
			out.problem(quoted(record.TLSA.String())+" "+fault, false)
			continue
		}
		usable++
	}
	if len(out.Records) > 0 && usable == 0 {
		out.problem("none of the records can be used, so senders encrypt without checking the certificate (RFC 7672, section 2.2)", true)
	}
	return out
}

func (t *HostTLSA) problem(text string, grave bool) {
	t.Problems = append(t.Problems, Problem{Text: text, Grave: grave})
}

// fault says why a record cannot be used for SMTP, or "".
func (t TLSA) fault() string {
	switch {
	case t.Usage == 0 || t.Usage == 1:
		return "has the usage PKIX-TA or PKIX-EE, which has no meaning for SMTP (RFC 7672, section 3.1.3)"
	case t.Usage > 3:
		return "has a usage that nobody knows (RFC 6698, section 2.1.1)"
	case t.Selector > 1:
		return "has a selector that nobody knows (RFC 6698, section 2.1.2)"
	case t.MatchingType > 2:
		return "has a matching type that nobody knows (RFC 6698, section 2.1.3)"
	case t.MatchingType == 1 && len(t.Data) != 64, t.MatchingType == 2 && len(t.Data) != 128:
		return "has association data of the wrong length for its matching type"
	case strings.Trim(t.Data, "0") == "":
		return "holds no association data"
	}
	return ""
}
