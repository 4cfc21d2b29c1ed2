package probes_test

import (
	"context"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smtpdiag/smtpdiag/internal/mailtest"
	"github.com/smtpdiag/smtpdiag/probes"
)

// client gives a client for a server that is made from zone text.
func client(t *testing.T, text string) *probes.Client {
	t.Helper()
	return clientAt(t, mailtest.StartDNS(t, text).Addr, 2*time.Second)
}

func clientAt(t *testing.T, addr string, timeout time.Duration) *probes.Client {
	t.Helper()
	server, err := probes.ParseServer(addr)
	if err != nil {
		t.Fatal(err)
	}
	c := probes.NewClient(server, probes.ClientOptions{Timeout: timeout})
	t.Cleanup(c.Close)
	return c
}

func TestLookupTellsFailuresApart(t *testing.T) {
	c := clientAt(t, mailtest.StartDNS(t, `
ok.example.        300 IN MX 10 mx.ok.example.
servfail.example.  IN A 192.0.2.1
! servfail.example. * servfail
! bogus.example.    * bogus
! refused.example.  * refused
! silent.example.   * silent
! garbage.example.  * garbage
! wrongid.example.  * wrong-id
! wrongname.example. * wrong-name
! notimp.example.   * notimp
! half.example.     * truncate-only
loop.example.      IN CNAME loop2.example.
loop2.example.     IN CNAME loop.example.
`).Addr, 1500*time.Millisecond)
	for _, tc := range []struct {
		name    string
		failure probes.Failure
		rcode   string
		detail  string
	}{
		{"ok.example", "", "NOERROR", ""},
		{"servfail.example", probes.FailureServfail, "SERVFAIL", ""},
		{"bogus.example", probes.FailureServfail, "SERVFAIL", "DNSSEC Bogus"},
		{"refused.example", probes.FailureRefused, "REFUSED", ""},
		{"silent.example", probes.FailureTimeout, "", ""},
		{"garbage.example", probes.FailureMalformed, "", ""},
		{"wrongid.example", probes.FailureMalformed, "", ""},
		{"wrongname.example", probes.FailureMalformed, "", ""},
		{"notimp.example", probes.FailureRcode, "NOTIMP", ""},
		{"half.example", probes.FailureUnreachable, "", "truncated"},
		{"loop.example", probes.FailureMalformed, "NOERROR", "round"},
		{"none.example", probes.FailureNXDomain, "NXDOMAIN", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			a := c.Lookup(t.Context(), tc.name, probes.TypeMX)
			if a.Failure != tc.failure || a.Rcode != tc.rcode || !strings.Contains(a.Detail, tc.detail) {
				t.Errorf("got failure %q, rcode %q, detail %q; want %q, %q, %q", a.Failure, a.Rcode, a.Detail, tc.failure, tc.rcode, tc.detail)
			}
			if (a.Err() == nil) != (tc.failure == "") {
				t.Errorf("Err() = %v", a.Err())
			}
		})
	}
}

func TestLookupUnreachable(t *testing.T) {
	d := mailtest.StartDNS(t, "")
	d.Close()
	for _, scheme := range []string{"", "tcp://", "tls://"} {
		a := clientAt(t, scheme+d.Addr, time.Second).Lookup(t.Context(), "example.com", probes.TypeMX)
		if a.Failure != probes.FailureUnreachable {
			t.Errorf("%s: failure %q, want unreachable", scheme, a.Failure)
		}
	}
}

func TestLookupOverTCPAfterTruncation(t *testing.T) {
	var zone strings.Builder
	for i := range 200 {
		zone.WriteString("big.example. 300 IN MX 10 a-rather-long-host-name-" + string(rune('a'+i%26)) + string(rune('a'+i/26)) + ".big.example.\n")
	}
	a := client(t, zone.String()).Lookup(t.Context(), "big.example.", probes.TypeMX)
	if a.Transport != probes.TCP || len(a.Records) != 200 || a.Failure != "" {
		t.Errorf("got %d records over %s, failure %q; want 200 over tcp", len(a.Records), a.Transport, a.Failure)
	}
}

func TestLookupPassesOverForgedDatagrams(t *testing.T) {
	a := client(t, "example.com. 300 IN MX 10 mx.example.com.\n! * * wrong-first").Lookup(t.Context(), "Example.COM", probes.TypeMX)
	if len(a.Records) != 1 || a.Ignored != 3 {
		t.Errorf("got %d records, %d datagrams ignored; want 1 and 3", len(a.Records), a.Ignored)
	}
}

func TestLookupAsksAgainAfterALostDatagram(t *testing.T) {
	d := mailtest.StartDNS(t, "example.com. 300 IN MX 10 mx.example.com.\n! * * silent-once")
	a := clientAt(t, d.Addr, 2*time.Second).Lookup(t.Context(), "example.com", probes.TypeMX)
	if len(a.Records) != 1 || d.Asked() != 2 {
		t.Errorf("got %d records, failure %q, after %d questions; want 1 after 2", len(a.Records), a.Failure, d.Asked())
	}
}

func TestLookupWithoutEDNS(t *testing.T) {
	a := client(t, "example.com. 300 IN MX 10 mx.example.com.\n! * * no-edns").Lookup(t.Context(), "example.com", probes.TypeMX)
	if len(a.Records) != 1 {
		t.Errorf("got %d records, failure %q; want 1", len(a.Records), a.Failure)
	}
}

func TestLookupBelievesADOnlyFromTrusted(t *testing.T) {
	d := mailtest.StartDNS(t, "example.com. IN MX 10 mx.example.com.\n! * * ad")
	for _, trusted := range []bool{true, false} {
		c := probes.NewClient(probes.Server{Kind: probes.ServerPublic, Transport: probes.UDP, Address: d.Addr, Trusted: trusted}, probes.ClientOptions{})
		if a := c.Lookup(t.Context(), "example.com", probes.TypeMX); a.Authentic != trusted {
			t.Errorf("trusted %t: authentic %t", trusted, a.Authentic)
		}
	}
}

func TestLookupRecords(t *testing.T) {
	c := client(t, `
example.com.  300 IN TXT "v=spf1 " "mx -all \"quoted\" \027[31m"
example.com.  300 IN NS  ns1.Example.com.
alias.example. 60 IN CNAME Target.example.
target.example. 30 IN A 192.0.2.7
1.2.0.192.in-addr.arpa. 60 IN PTR mx.example.com.
_25._tcp.mx.example.com. 60 IN TLSA 3 1 1 ABCDEF
`)
	ctx := t.Context()
	if a := c.Lookup(ctx, "example.com", probes.TypeTXT); len(a.Records) != 1 || a.Records[0].Text != `v=spf1 mx -all "quoted" \027[31m` {
		t.Errorf("TXT: %+v", a.Records)
	}
	if a := c.Lookup(ctx, "example.com", probes.TypeNS); len(a.Records) != 1 || a.Records[0].Target != "ns1.example.com" {
		t.Errorf("NS: %+v", a.Records)
	}
	a := c.Lookup(ctx, "alias.example", probes.TypeA)
	if !slices.Equal(a.Aliases, []string{"target.example"}) || len(a.Records) != 1 || a.Records[0].Address != netip.MustParseAddr("192.0.2.7") || a.MinTTL() != 30 {
		t.Errorf("A behind CNAME: %+v", a)
	}
	if a := c.Lookup(ctx, "1.2.0.192.in-addr.arpa", probes.TypePTR); len(a.Records) != 1 || a.Records[0].Target != "mx.example.com" {
		t.Errorf("PTR: %+v", a.Records)
	}
	if a := c.Lookup(ctx, "_25._tcp.mx.example.com", probes.TypeTLSA); len(a.Records) != 1 || a.Records[0].TLSA == nil || *a.Records[0].TLSA != (probes.TLSA{Usage: 3, Selector: 1, MatchingType: 1, Data: "abcdef"}) {
		t.Errorf("TLSA: %+v", a.Records)
	}
	if a := c.Lookup(ctx, "example.com", probes.TypeMX); !a.NoData() || a.MinTTL() != 60 {
		t.Errorf("MX: no data %t, TTL %d; want true, 60", a.NoData(), a.MinTTL())
	}
}

func TestLookupEndsWithItsContext(t *testing.T) {
	d := mailtest.StartDNS(t, "! * * silent")
	for _, scheme := range []string{"", "tcp://"} {
		ctx, cancel := context.WithCancel(t.Context())
		answers := make(chan probes.Answer)
		c := clientAt(t, scheme+d.Addr, time.Hour)
		go func() { answers <- c.Lookup(ctx, "example.com", probes.TypeMX) }()
		for d.Asked() == 0 {
			time.Sleep(time.Millisecond)
		}
		cancel()
		if a := <-answers; a.Failure != probes.FailureCanceled {
			t.Errorf("%q: failure %q, want canceled", scheme, a.Failure)
		}
	}
}

func TestCacheAsksOnce(t *testing.T) {
	d := mailtest.StartDNS(t, "example.com. IN MX 10 mx.example.com.\n! fails.example. * servfail")
	r := probes.Cache(clientAt(t, d.Addr, time.Second))
	for range 3 {
		if a := r.Lookup(t.Context(), "EXAMPLE.com.", probes.TypeMX); len(a.Records) != 1 {
			t.Fatalf("got %+v", a)
		}
	}
	if d.Asked() != 1 {
		t.Errorf("the server was asked %d times, want 1", d.Asked())
	}
	for range 2 {
		_ = r.Lookup(t.Context(), "fails.example", probes.TypeMX)
	}
	if d.Asked() != 3 {
		t.Errorf("with two failed questions the server was asked %d times, want 3", d.Asked())
	}
}

func TestFallbackGoesOnUntilAStatement(t *testing.T) {
	fails := client(t, "! * * servfail")
	refuses := client(t, "! * * refused")
	none := client(t, "")
	good := client(t, "example.com. IN MX 10 mx.example.com.")
	for _, tc := range []struct {
		name string
		r    probes.Resolver
		want probes.Failure
	}{
		{"second", probes.Fallback(fails, good), ""},
		{"no such name is a statement", probes.Fallback(none, good), probes.FailureNXDomain},
		{"all fail", probes.Fallback(refuses, fails), probes.FailureRefused},
		{"none", probes.Fallback(), probes.FailureUnreachable},
	} {
		if a := tc.r.Lookup(t.Context(), "example.com", probes.TypeMX); a.Failure != tc.want {
			t.Errorf("%s: failure %q, want %q", tc.name, a.Failure, tc.want)
		}
	}
}

func TestFallbackPassesOverTheDead(t *testing.T) {
	silent := mailtest.StartDNS(t, "! * * silent")
	good := mailtest.StartDNS(t, "example.com. IN MX 10 mx.example.com.")
	r := probes.Fallback(clientAt(t, silent.Addr, 100*time.Millisecond), clientAt(t, good.Addr, 0))
	for range 3 {
		if a := r.Lookup(t.Context(), "example.com", probes.TypeMX); len(a.Records) != 1 {
			t.Fatalf("got %+v", a)
		}
	}
	once := silent.Asked() // with its repetitions
	if good.Asked() != 3 || once > 3 {
		t.Errorf("the silent resolver was asked %d times, the other %d; want at most 3 and 3", once, good.Asked())
	}
	alone := probes.Fallback(clientAt(t, silent.Addr, 100*time.Millisecond))
	for range 2 {
		if a := alone.Lookup(t.Context(), "example.com", probes.TypeMX); a.Failure != probes.FailureTimeout {
			t.Fatalf("got %+v", a)
		}
	}
}

func TestParseServer(t *testing.T) {
	for spec, label := range map[string]string{
		"192.0.2.1":                    "192.0.2.1:53",
		"192.0.2.1:5353":               "192.0.2.1:5353",
		"2001:db8::1":                  "[2001:db8::1]:53",
		"[2001:db8::1]":                "[2001:db8::1]:53",
		"[2001:db8::1]:5353":           "[2001:db8::1]:5353",
		"udp://192.0.2.1":              "192.0.2.1:53",
		"tcp://192.0.2.1":              "tcp://192.0.2.1:53",
		"tls://192.0.2.1":              "tls://192.0.2.1:853",
		"tls://dns.example.net:8853":   "tls://dns.example.net:8853",
		"https://dns.example.net":      "https://dns.example.net/dns-query",
		"https://192.0.2.1:8443/query": "https://192.0.2.1:8443/query",
	} {
		s, err := probes.ParseServer(spec)
		if err != nil || s.Label() != label || s.Kind != probes.ServerGiven || !s.Trusted {
			t.Errorf("%s: got %q, %v; want %q", spec, s.Label(), err, label)
		}
	}
	for _, spec := range []string{"", "dns.example.net", "192.0.2.1:x", "192.0.2.1:0", "192.0.2.1:70000", "ftp://192.0.2.1", "https://", "tls://", "tls://-\x1b", "udp://name.example"} {
		if s, err := probes.ParseServer(spec); err == nil {
			t.Errorf("%q: got %+v, want an error", spec, s)
		}
	}
}

func TestParseDomain(t *testing.T) {
	for text, want := range map[string]probes.Domain{
		"Example.COM.":          {ASCII: "example.com", Unicode: "example.com"},
		"bücher.example":        {ASCII: "xn--bcher-kva.example", Unicode: "bücher.example"},
		"xn--bcher-kva.example": {ASCII: "xn--bcher-kva.example", Unicode: "bücher.example"},
		"BÜCHER。example":        {ASCII: "xn--bcher-kva.example", Unicode: "bücher.example"},
		"faß.example":           {ASCII: "xn--fa-hia.example", Unicode: "faß.example"},
		"_dmarc.example.com":    {ASCII: "_dmarc.example.com", Unicode: "_dmarc.example.com"},
	} {
		got, err := probes.ParseDomain(text)
		if err != nil || got != want {
			t.Errorf("%q: got %+v, %v; want %+v", text, got, err, want)
		}
	}
	for _, text := range []string{
		"", ".", "a..b", "192.0.2.1", "[192.0.2.1]", "2001:db8::1", "a b.example", "a\x1b.example", "a;b.example",
		strings.Repeat("a", 64) + ".example", strings.Repeat("a.", 127) + "example", "xn--a.example", "a/b",
	} {
		if got, err := probes.ParseDomain(text); err == nil {
			t.Errorf("%q: got %+v, want an error", text, got)
		}
	}
}
