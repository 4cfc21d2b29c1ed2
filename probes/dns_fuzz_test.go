package probes

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/miekg/dns"
)

// printable reports whether text is printable ASCII, as all names and texts of
// an Answer are.
func printable(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' })
}

// FuzzAnswer reads any message as the answer to a question: no panic, no loop,
// and nothing but printable ASCII in what is kept.
func FuzzAnswer(f *testing.F) {
	for _, text := range []string{
		"example.com. 300 IN MX 10 mx.example.com.", "example.com. 300 IN CNAME example.com.", `example.com. 1 IN TXT "a\000\027\"b"`,
		`example.com. 1 IN MX 1 \000\027[31m.example.`, "example.com. IN TLSA 3 1 1 ab", "example.com. IN AAAA ::1",
	} {
		rr, err := dns.NewRR(text)
		if err != nil {
			f.Fatal(err)
		}
		m := new(dns.Msg).SetQuestion("example.com.", dns.TypeMX)
		m.Response = true
		m.Answer, m.Ns, m.Extra = []dns.RR{rr}, []dns.RR{rr}, []dns.RR{rr}
		packed, err := m.Pack()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(packed, "MX")
	}
	f.Fuzz(func(t *testing.T, packed []byte, typ string) {
		reply := new(dns.Msg)
		if err := reply.Unpack(packed); err != nil && len(reply.Question) == 0 {
			return
		}
		a := Answer{Name: "example.com", Type: RecordType(typ)}
		_ = answers(reply, new(dns.Msg).SetQuestion("example.com.", dns.TypeMX))
		a.read(reply, true)
		if len(a.Aliases) > maxAliases || len(a.Authority) > maxHints || len(a.Additional) > maxHints {
			t.Errorf("%d aliases, %d and %d hints", len(a.Aliases), len(a.Authority), len(a.Additional))
		}
		if !printable(a.Detail) || !printable(strings.Join(a.Aliases, "")) {
			t.Errorf("not printable: %q, %q", a.Detail, a.Aliases)
		}
		for _, r := range slices.Concat(a.Records, a.Authority, a.Additional) {
			if !printable(r.Name) || !printable(r.Target) || !printable(r.Text) {
				t.Errorf("not printable: %+v", r)
			}
		}
		hosts, omitted := listHosts(a.Records)
		if len(hosts) > MaxHosts || omitted < 0 {
			t.Errorf("%d hosts, %d omitted", len(hosts), omitted)
		}
	})
}

// textResolver answers every question with the same text.
func textResolver(text string, asked *int) Resolver {
	return ResolverFunc(func(_ context.Context, name string, typ RecordType) Answer {
		*asked++
		return Answer{Name: name, Type: typ, Rcode: "NOERROR", Records: []Record{{Name: name, Type: TypeTXT, Text: text}}}
	})
}

// FuzzPolicies reads any text as every kind of record: no panic, and a bounded
// number of questions even where each record leads to the next.
func FuzzPolicies(f *testing.F) {
	for _, text := range []string{
		"v=spf1 include:a.example include:b.example redirect=c.example -all", "v=spf1 ip4:1.2.3.4/ a:/ mx// ptr: +", "v=spf1 -",
		"v=DMARC1; p=reject; rua=mailto:a@b.example!10m,mailto:@", "v=TLSRPTv1; rua=,", "v=STSv1; id=1;;=;",
		"version: STSv1\nmode: enforce\nmx: *.\nmax_age: 99999999999999999999",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		asked := 0
		r := textResolver(text, &asked)
		ctx := context.Background()
		s := LookupSPF(ctx, r, "example.com")
		if asked > 4*spfCountEnd+4*spfMaxTerms {
			t.Errorf("SPF asked %d questions", asked)
		}
		if s.Lookups < 0 {
			t.Error("lookups below zero")
		}
		asked = 0
		_ = LookupDMARC(ctx, r, "a.b.c.d.e.f.g.h.i.example.com")
		_ = LookupTLSRPT(ctx, r, "example.com")
		if asked > 30 {
			t.Errorf("DMARC and TLSRPT asked %d questions", asked)
		}
		var m MTASTS
		m.parse(escapeLines([]byte(text)))
		for _, host := range append(m.MX, "", ".", text) {
			_ = m.Covers(host)
		}
		for _, p := range slices.Concat(s.Problems, m.Problems) {
			if len(p.Text) > 4*maxQuoted+600 {
				t.Errorf("a problem of %d bytes", len(p.Text))
			}
		}
	})
}

// FuzzNames reads any text as a domain and as a server: what is accepted is
// plain and reads the same again.
func FuzzNames(f *testing.F) {
	for _, text := range []string{"example.com", "bücher.example.", "xn--bcher-kva.example", "192.0.2.1:53", "tls://[2001:db8::1]", "https://dns.example/q", "a..b", "\x1b[31m"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if d, err := ParseDomain(text); err == nil {
			again, err := ParseDomain(d.ASCII)
			if err != nil || again.ASCII != d.ASCII || !printable(d.ASCII) || len(d.ASCII) > 253 {
				t.Errorf("%q: %+v, then %+v, %v", text, d, again, err)
			}
		}
		if s, err := ParseServer(text); err == nil && s.Transport != HTTPS {
			again, err := ParseServer(s.Label())
			if err != nil || again.Label() != s.Label() || !printable(s.Label()) {
				t.Errorf("%q: %q, then %q, %v", text, s.Label(), again.Label(), err)
			}
		}
	})
}
