package mailtest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/miekg/dns"
)

// ednsSize is the payload size that the server offers.
const ednsSize = 1232

// zone is what a DNS server knows.
type zone struct {
	apex    string // owner of the SOA record, "" for a resolver
	soa     *dns.SOA
	records map[string][]dns.RR
	rules   []rule
}

// rule is one line of misbehaviour.
type rule struct {
	name  string // "*" for any
	qtype uint16 // dns.TypeANY for any
	word  string
}

// behaviour is what the rules say for one question.
type behaviour struct {
	word              string
	delay             time.Duration
	authentic, rotate bool
}

// words are the behaviours that a rule may name.
var words = []string{
	"servfail", "refused", "notimp", "formerr", "nxdomain", "nodata", "silent", "silent-once", "lame", "truncate",
	"refer-up", "refer-aside",
	"truncate-only", "wrong-id", "wrong-name", "garbage", "wrong-first", "no-edns", "ad", "rotate", "bogus",
}

// parseZone reads zone text with rules.
func parseZone(text string) (*zone, error) {
	z := &zone{records: map[string][]dns.RR{}}
	var plain strings.Builder
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(strings.TrimSpace(line), "!") {
			plain.WriteString(line)
			continue
		}
		r, err := parseRule(strings.Fields(strings.TrimSpace(line)[1:]))
		if err != nil {
			return nil, fmt.Errorf("%w in %q", err, line)
		}
		z.rules = append(z.rules, r)
		plain.WriteByte('\n') // keeps the line numbers of errors
	}
	parser := dns.NewZoneParser(strings.NewReader(plain.String()), ".", "")
	parser.SetDefaultTTL(300)
	for rr, ok := parser.Next(); ok; rr, ok = parser.Next() {
		owner := strings.ToLower(rr.Header().Name)
		z.records[owner] = append(z.records[owner], rr)
		if soa, ok := rr.(*dns.SOA); ok {
			z.apex, z.soa = owner, soa
		}
	}
	return z, parser.Err()
}

// parseRule reads the fields behind the exclamation mark.
func parseRule(fields []string) (rule, error) {
	if len(fields) != 3 {
		return rule{}, fmt.Errorf("a rule is: name type behaviour")
	}
	r := rule{name: fields[0], qtype: dns.TypeANY, word: fields[2]}
	if r.name != "*" {
		r.name = dns.CanonicalName(r.name)
	}
	if fields[1] != "*" {
		qtype, ok := dns.StringToType[strings.ToUpper(fields[1])]
		if !ok {
			return rule{}, fmt.Errorf("%q is no record type", fields[1])
		}
		r.qtype = qtype
	}
	if delay, ok := strings.CutPrefix(r.word, "slow="); ok {
		_, err := time.ParseDuration(delay)
		return r, err
	}
	if !slices.Contains(words, r.word) {
		return rule{}, fmt.Errorf("%q is no behaviour", r.word)
	}
	return r, nil
}

// behaviour gives what the rules say for a question.
func (z *zone) behaviour(name string, qtype uint16) behaviour {
	var b behaviour
	for _, r := range z.rules {
		if r.name != "*" && r.name != name || r.qtype != dns.TypeANY && r.qtype != qtype {
			continue
		}
		switch delay, slow := strings.CutPrefix(r.word, "slow="); {
		case slow:
			b.delay, _ = time.ParseDuration(delay) // checked when it was read
		case r.word == "ad":
			b.authentic = true
		case r.word == "rotate":
			b.rotate = true
		case b.word == "":
			b.word = r.word
		}
	}
	return b
}

// answer gives the right reply to a question.
func (z *zone) answer(q *dns.Msg, name string, qtype uint16) *dns.Msg {
	reply := new(dns.Msg).SetReply(q)
	if q.IsEdns0() != nil {
		reply.SetEdns0(ednsSize, false)
	}
	if z.soa == nil {
		reply.RecursionAvailable = true
		z.find(reply, name, qtype)
		return reply
	}
	if !dns.IsSubDomain(z.apex, name) {
		reply.Rcode = dns.RcodeRefused
		return reply
	}
	if cut := z.cut(name, qtype); cut != "" {
		z.refer(reply, cut)
		return reply
	}
	reply.Authoritative = true
	z.find(reply, name, qtype)
	return reply
}

// cut gives the highest name at or above name, below the apex, that has NS
// records: the zone was delegated there.
func (z *zone) cut(name string, qtype uint16) string {
	labels := dns.SplitDomainName(name)
	for i := len(labels) - dns.CountLabel(z.apex) - 1; i >= 0; i-- {
		owner := strings.Join(labels[i:], ".") + "."
		if i == 0 && qtype == dns.TypeDS {
			return ""
		}
		for _, rr := range z.records[owner] {
			if rr.Header().Rrtype == dns.TypeNS {
				return owner
			}
		}
	}
	return ""
}

// refer fills in a referral with the glue that the text holds.
func (z *zone) refer(reply *dns.Msg, cut string) {
	for _, rr := range z.records[cut] {
		ns, ok := rr.(*dns.NS)
		if !ok {
			continue
		}
		reply.Ns = append(reply.Ns, ns)
		for _, glue := range z.records[strings.ToLower(ns.Ns)] {
			if t := glue.Header().Rrtype; t == dns.TypeA || t == dns.TypeAAAA {
				reply.Extra = append(reply.Extra, glue)
			}
		}
	}
}

// find fills in the records, along CNAME records up to a few.
func (z *zone) find(reply *dns.Msg, name string, qtype uint16) {
	for range 20 {
		var alias string
		found := false
		for _, rr := range z.records[name] {
			switch {
			case rr.Header().Rrtype == qtype:
				reply.Answer = append(reply.Answer, rr)
				found = true
			case rr.Header().Rrtype == dns.TypeCNAME:
				alias = strings.ToLower(rr.(*dns.CNAME).Target)
				reply.Answer = append(reply.Answer, rr)
			}
		}
		if found {
			return
		}
		if alias == "" || z.soa != nil && !dns.IsSubDomain(z.apex, alias) {
			break
		}
		name = alias
	}
	if len(reply.Answer) > 0 && z.soa != nil && len(z.records[name]) == 0 && !dns.IsSubDomain(z.apex, name) {
		return // the alias leads out of the zone, where this server knows nothing
	}
	if !z.exists(name) {
		reply.Rcode = dns.RcodeNameError
	}
	reply.Ns = []dns.RR{z.negative(name)}
}

// exists reports whether there is a record at or below name.
func (z *zone) exists(name string) bool {
	for owner := range z.records {
		if dns.IsSubDomain(name, owner) {
			return true
		}
	}
	return false
}

// negative gives the SOA record that goes with a negative answer.
func (z *zone) negative(name string) dns.RR {
	if z.soa != nil {
		return z.soa
	}
	return &dns.SOA{
		Hdr: dns.RR_Header{Name: name, Rrtype: dns.TypeSOA, Class: dns.ClassINET, Ttl: 60},
		Ns:  "ns.invalid.", Mbox: "hostmaster.invalid.", Serial: 1, Refresh: 3600, Retry: 900, Expire: 86400, Minttl: 60,
	}
}
