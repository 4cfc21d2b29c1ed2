package probes

import (
	"net/netip"
	"strconv"
	"strings"

	"github.com/miekg/dns"
)

// maxAliases is how many CNAME records are followed in one answer. Resolvers
// give up after 8 to 16.
const maxAliases = 16

// maxHints bounds the records kept of the authority and additional sections.
const maxHints = 64

// read fills the answer from a reply to its question.
func (a *Answer) read(reply *dns.Msg, trusted bool) {
	a.Rcode = dns.RcodeToString[reply.Rcode]
	if a.Rcode == "" {
		a.Rcode = "RCODE" + strconv.Itoa(reply.Rcode)
	}
	a.Authentic = trusted && reply.AuthenticatedData
	a.Authoritative = reply.Authoritative
	a.Recursive = reply.RecursionAvailable
	switch reply.Rcode {
	case dns.RcodeSuccess:
	case dns.RcodeNameError:
		a.Failure, a.Detail = FailureNXDomain, "the name does not exist"
	case dns.RcodeServerFailure:
		a.Failure, a.Detail = FailureServfail, extendedError(reply, "the server could not find out")
	case dns.RcodeRefused:
		a.Failure, a.Detail = FailureRefused, extendedError(reply, "the server refuses to answer")
	default:
		a.Failure, a.Detail = FailureRcode, extendedError(reply, "the server answers "+a.Rcode)
	}
	a.follow(reply.Answer)
	a.hints(reply)
}

// extendedError gives the words of an extended DNS error (RFC 8914), which
// tell a failed DNSSEC check from a dead name server, or the words given.
func extendedError(reply *dns.Msg, words string) string {
	opt := reply.IsEdns0()
	if opt == nil {
		return words
	}
	for _, option := range opt.Option {
		ede, ok := option.(*dns.EDNS0_EDE)
		if !ok {
			continue
		}
		if name := dns.ExtendedErrorCodeToString[ede.InfoCode]; name != "" {
			words += ": " + name
		}
		if text := escape([]byte(ede.ExtraText)); text != "" {
			words += ": " + clip(text, 200)
		}
		break
	}
	return words
}

// follow collects the records of the answer section that belong to the
// question, along the CNAME records from its name on. Others are left out.
func (a *Answer) follow(section []dns.RR) {
	owner := canonical(a.Name)
	seen := map[string]bool{owner: true}
	for {
		var alias string
		for _, rr := range section {
			if canonical(rr.Header().Name) != owner || rr.Header().Class != dns.ClassINET {
				continue
			}
			record, ok := toRecord(rr)
			if !ok {
				continue
			}
			if record.Type == a.Type {
				a.Records = append(a.Records, record)
			} else if record.Type == TypeCNAME && alias == "" {
				alias = record.Target
			}
		}
		if len(a.Records) > 0 || alias == "" {
			return
		}
		if seen[alias] || len(a.Aliases) >= maxAliases {
			a.Failure, a.Detail = FailureMalformed, "the aliases (CNAME) go round or on without end"
			return
		}
		seen[alias] = true
		a.Aliases = append(a.Aliases, alias)
		owner = alias
	}
}

// hints keeps what the other sections tell: referral, addresses, and how long
// a negative answer may be held.
func (a *Answer) hints(reply *dns.Msg) {
	for _, rr := range reply.Ns {
		if soa, ok := rr.(*dns.SOA); ok {
			a.NegativeTTL = min(soa.Hdr.Ttl, soa.Minttl)
		}
		if record, ok := toRecord(rr); ok && record.Type == TypeNS && len(a.Authority) < maxHints {
			a.Authority = append(a.Authority, record)
		}
	}
	for _, rr := range reply.Extra {
		record, ok := toRecord(rr)
		if ok && record.Address.IsValid() && len(a.Additional) < maxHints {
			a.Additional = append(a.Additional, record)
		}
	}
}

// toRecord converts a record of one of the known types.
func toRecord(rr dns.RR) (Record, bool) {
	h := rr.Header()
	r := Record{Name: canonical(h.Name), Type: RecordType(dns.TypeToString[h.Rrtype]), TTL: h.Ttl}
	switch v := rr.(type) {
	case *dns.A:
		r.Address, _ = netip.AddrFromSlice(v.A.To4())
	case *dns.AAAA:
		r.Address, _ = netip.AddrFromSlice(v.AAAA.To16())
	case *dns.MX:
		r.Preference, r.Target = v.Preference, canonical(v.Mx)
	case *dns.CNAME:
		r.Target = canonical(v.Target)
	case *dns.NS:
		r.Target = canonical(v.Ns)
	case *dns.PTR:
		r.Target = canonical(v.Ptr)
	case *dns.SOA:
		r.Serial = v.Serial
	case *dns.TXT:
		r.Text = unescape(strings.Join(v.Txt, ""))
	case *dns.TLSA:
		r.TLSA = &TLSA{Usage: v.Usage, Selector: v.Selector, MatchingType: v.MatchingType, Data: strings.ToLower(v.Certificate)}
	default:
		return Record{}, false
	}
	if (r.Type == TypeA || r.Type == TypeAAAA) && !r.Address.IsValid() {
		return Record{}, false
	}
	return r, true
}

// canonical gives a name in lower case without the final dot.
func canonical(name string) string { return trimDot(dns.CanonicalName(name)) }

// trimDot takes off the final dot, unless it is escaped.
func trimDot(name string) string {
	if strings.HasSuffix(name, ".") && !strings.HasSuffix(name, `\.`) {
		return name[:len(name)-1]
	}
	return name
}

// unescape undoes the quoting of printable characters in the presentation form
// of a TXT record and leaves all other bytes as \DDD.
func unescape(text string) string {
	if !strings.Contains(text, `\`) {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' && i+1 < len(text) && (text[i+1] < '0' || text[i+1] > '9') {
			i++
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

// escape gives text with all bytes but printable ASCII as \DDD.
func escape(text []byte) string {
	var b strings.Builder
	for _, c := range text {
		if c >= ' ' && c < 0x7f {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('\\')
		b.WriteByte('0' + c/100)
		b.WriteByte('0' + c/10%10)
		b.WriteByte('0' + c%10)
	}
	return b.String()
}

// clip cuts text to at most n bytes.
func clip(text string, n int) string {
	if len(text) <= n {
		return text
	}
	return text[:n] + "..."
}
