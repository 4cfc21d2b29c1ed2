package probes_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/smtpdiag/smtpdiag/internal/mailtest"
	"github.com/smtpdiag/smtpdiag/probes"
)

// checkProblems compares problems with what each must hold; a "!" in front says
// that it is grave.
func checkProblems(t *testing.T, name string, got []probes.Problem, want []string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: got %d problems %+v, want %q", name, len(got), got, want)
		return
	}
	for i, w := range want {
		text, grave := strings.CutPrefix(w, "!")
		if got[i].Grave != grave || !strings.Contains(got[i].Text, text) {
			t.Errorf("%s: got %+v, want %q", name, got[i], w)
		}
	}
}

func TestLookupSPF(t *testing.T) {
	const zone = `
good.example.     IN TXT "v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 mx include:inc.example -all"
good.example.     IN TXT "another record"
good.example.     IN MX 10 mx.good.example.
inc.example.      IN TXT "v=spf1 a:host.example ~all"
host.example.     IN A 192.0.2.1
soft.example.     IN TXT "v=spf1 ~all"
split.example.    IN TXT "v=spf1 ip4:192.0" ".2.1 -all"
two.example.      IN TXT "v=spf1 -all"
two.example.      IN TXT "v=spf1 ~all"
open.example.     IN TXT "v=spf1 +all"
noall.example.    IN TXT "v=spf1 ip4:192.0.2.1"
redirect.example. IN TXT "v=spf1 redirect=soft.example"
syntax.example.   IN TXT "v=spf1 ipv4:192.0.2.1 ip4:192.0.2.300 ip4:2001:db8::1 ip6:2001:db8::/129 include: -all"
after.example.    IN TXT "v=spf1 -all mx"
loop.example.     IN TXT "v=spf1 include:loop.example -all"
gone.example.     IN TXT "v=spf1 include:nothing.example -all"
ptr.example.      IN TXT "v=spf1 ptr -all"
macro.example.    IN TXT "v=spf1 exists:%{i}.list.example include:%{d}.x.example -all"
void.example.     IN TXT "v=spf1 a:v1.example a:v2.example mx:v3.example -all"
case.example.     IN TXT "V=SPF1 IP4:192.0.2.1 -ALL"
near.example.     IN TXT "v=spf10 -all"
many.example.     IN TXT "v=spf1 include:m1.example include:m1.example include:m1.example -all"
m1.example.       IN TXT "v=spf1 a:host.example a:host.example a:host.example -all"
deep.example.     IN TXT "v=spf1 include:deep1.example -all"
deep1.example.    IN TXT "v=spf1 include:deep2.example include:deep2.example -all"
deep2.example.    IN TXT "v=spf1 include:deep3.example include:deep3.example -all"
deep3.example.    IN TXT "v=spf1 include:deep4.example include:deep4.example -all"
deep4.example.    IN TXT "v=spf1 a:host.example a:host.example a:host.example a:host.example a:host.example -all"
! fails.example. TXT servfail
`
	d := mailtest.StartDNS(t, zone)
	r := clientAt(t, d.Addr, 0)
	for _, tc := range []struct {
		domain, all string
		lookups     int
		problems    []string
	}{
		{"good.example", "-", 3, nil},
		{"soft.example", "~", 0, nil},
		{"split.example", "-", 0, nil},
		{"two.example", "", 0, []string{"!there are 2 records"}},
		{"open.example", "+", 0, []string{"!+all lets every host"}},
		{"noall.example", "", 0, []string{"neither all nor redirect="}},
		{"redirect.example", "~", 1, nil},
		{"syntax.example", "-", 1, []string{
			`!"ipv4:192.0.2.1" is no mechanism`, `!"ip4:192.0.2.300" holds no such address`, `!"ip4:2001:db8::1" holds no such`,
			`!"ip6:2001:db8::/129" holds a wrong prefix`, `!"include:" lacks its domain`,
		}},
		{"after.example", "-", 0, []string{"is never looked at"}},
		{"loop.example", "-", 1, []string{"!goes round"}},
		{"gone.example", "-", 1, []string{"!leads to no SPF record"}},
		{"ptr.example", "-", 1, []string{"ptr is slow"}},
		{"macro.example", "-", 2, nil},
		{"void.example", "-", 3, []string{"3 of its lookups find nothing"}},
		{"case.example", "-", 0, nil},
		{"near.example", "", 0, nil},
		{"many.example", "-", 12, []string{"!it needs 12 DNS lookups"}},
		{"none.example", "", 0, nil},
		{"fails.example", "", 0, nil},
	} {
		s := probes.LookupSPF(t.Context(), r, tc.domain)
		if s.All != tc.all || s.Lookups != tc.lookups {
			t.Errorf("%s: got all %q, %d lookups; want %q, %d", tc.domain, s.All, s.Lookups, tc.all, tc.lookups)
		}
		checkProblems(t, tc.domain, s.Problems, tc.problems)
	}
	before := d.Asked()
	if s := probes.LookupSPF(t.Context(), r, "deep.example"); s.Lookups < 20 || d.Asked()-before > 60 {
		t.Errorf("of a record that asks for hundreds of lookups %d were counted with %d questions", s.Lookups, d.Asked()-before)
	}
	if s := probes.LookupSPF(t.Context(), r, "fails.example"); s.Failure != probes.FailureServfail {
		t.Errorf("failure %q, want servfail", s.Failure)
	}
}

func TestLookupDMARC(t *testing.T) {
	r := client(t, `
_dmarc.good.example.   IN TXT "v=DMARC1; p=reject; rua=mailto:dmarc@good.example; pct=50"
_dmarc.sub.example.    IN TXT "v=DMARC1; p=reject; sp=none"
_dmarc.two.example.    IN TXT "v=DMARC1; p=none"
_dmarc.two.example.    IN TXT "v=DMARC1; p=reject"
_dmarc.bad.example.    IN TXT "v=DMARC1; p=maybe; pct=500; adkim=x; rua=dmarc@bad.example; foo; p=none; xyz=1"
_dmarc.late.example.   IN TXT "v=DMARC1; rua=mailto:a@late.example"
_dmarc.typo.example.   IN TXT "v=DMARC; p=none"
_dmarc.other.example.  IN TXT "v=DMARC1; p=none; rua=mailto:a@agreed.test,mailto:a@silent.test!10m"
other.example._report._dmarc.agreed.test. IN TXT "v=DMARC1"
`)
	for _, tc := range []struct {
		domain, policy, found string
		problems              []string
	}{
		{"good.example", "reject", "_dmarc.good.example", nil},
		{"deep.sub.example", "none", "_dmarc.sub.example", nil},
		{"sub.example", "reject", "_dmarc.sub.example", nil},
		{"two.example", "", "_dmarc.two.example", []string{"!there are 2 records"}},
		{"bad.example", "", "_dmarc.bad.example", []string{
			`"foo" is no tag`, `"p" stands twice`, "p=maybe is none of", "pct=500", "adkim=x", "rua=dmarc@bad.example is no mailto:", `"xyz" is not known`,
			"!there is no valid p=",
		}},
		{"late.example", "", "_dmarc.late.example", []string{"!there is no valid p="}},
		{"typo.example", "", "", []string{"does not start with v=DMARC1"}},
		{"other.example", "none", "_dmarc.other.example", []string{"silent.test has not agreed"}},
		{"none.example", "", "", nil},
	} {
		d := probes.LookupDMARC(t.Context(), r, tc.domain)
		if d.Policy != tc.policy || d.Found != tc.found {
			t.Errorf("%s: got %q at %q, want %q at %q", tc.domain, d.Policy, d.Found, tc.policy, tc.found)
		}
		checkProblems(t, tc.domain, d.Problems, tc.problems)
	}
}

func TestLookupTLSRPT(t *testing.T) {
	r := client(t, `
_smtp._tls.good.example. IN TXT "v=TLSRPTv1; rua=mailto:tls@good.example,https://good.example/tls"
_smtp._tls.bad.example.  IN TXT "v=TLSRPTv1; rua=ftp://bad.example"
`)
	good := probes.LookupTLSRPT(t.Context(), r, "good.example")
	if len(good.Reports) != 2 || len(good.Problems) != 0 {
		t.Errorf("got %+v", good)
	}
	bad := probes.LookupTLSRPT(t.Context(), r, "bad.example")
	checkProblems(t, "bad.example", bad.Problems, []string{"neither mailto: nor https:", "!there is no usable rua="})
}

func TestLookupTLSA(t *testing.T) {
	hash := strings.Repeat("ab", 32)
	r := client(t, fmt.Sprintf(`
mx1.example.           IN A 192.0.2.1
_25._tcp.mx1.example.  IN TLSA 3 1 1 %s
mx2.example.           IN A 192.0.2.2
_25._tcp.mx2.example.  IN TLSA 1 1 1 %s
_25._tcp.mx2.example.  IN TLSA 3 1 1 abcd
mx3.example.           IN A 192.0.2.3
! _25._tcp.mx3.example. * servfail
alias.example.         IN CNAME mx1.example.
mx4.example.           IN A 192.0.2.4
! mx1.example. * ad
! _25._tcp.mx1.example. * ad
`, hash, hash))
	var hosts []probes.MailHost
	for _, name := range []string{"mx1.example", "mx2.example", "mx3.example", "alias.example", "mx4.example", ""} {
		hosts = append(hosts, probes.MailHost{Name: name})
	}
	probes.AddressHosts(t.Context(), r, hosts)
	found := probes.LookupTLSA(t.Context(), r, hosts)
	if len(found) != 5 {
		t.Fatalf("got %d hosts, want 5", len(found))
	}
	if f := found[0]; len(f.Records) != 1 || f.Records[0].String() != "3 1 1 "+hash || !f.Authentic || len(f.Problems) != 0 {
		t.Errorf("mx1: %+v", f)
	}
	checkProblems(t, "mx2", found[1].Problems, []string{"PKIX-TA or PKIX-EE", "wrong length", "!none of the records can be used"})
	if found[1].Authentic {
		t.Error("mx2: records without the AD bit are authentic")
	}
	checkProblems(t, "mx3", found[2].Problems, []string{"!put mail to this host off"})
	if f := found[3]; f.Name != "_25._tcp.mx1.example" || len(f.Records) != 1 {
		t.Errorf("alias: %+v", f)
	}
	if f := found[4]; len(f.Records) != 0 || len(f.Problems) != 0 {
		t.Errorf("mx4: %+v", f)
	}
}
