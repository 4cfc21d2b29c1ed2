package diagnose_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/smtpdiag/smtpdiag/diagnose"
	"github.com/smtpdiag/smtpdiag/runbook"
)

// parseView reads a view from a line as a person would note it:
//
//	kind label: mx 10 name address... , 20 name address...
//	kind label: implicit name address... | null-mx | nodata | nxdomain
//	kind label: failed timeout
//
// An address may be "!" for a private one, "-" for none at all, "?" for a
// lookup that failed; "=name" is an alias, "ttl=N" the TTL, "serial=N" that of
// the zone; a name of digits and dots is a literal.
func parseView(t *testing.T, line string) diagnose.MailView {
	t.Helper()
	head, rest, ok := strings.Cut(line, ": ")
	words := strings.Fields(head)
	if !ok || len(words) < 2 {
		t.Fatalf("not a view: %q", line)
	}
	v := diagnose.MailView{Kind: diagnose.ViewKind(words[0]), Label: words[1], NegativeTTL: 60}
	for _, w := range words[2:] {
		if _, err := fmt.Sscanf(w, "serial=%d", &v.Serial); err != nil {
			v.Name = w
		}
	}
	route, rest, _ := strings.Cut(rest, " ")
	v.Route = diagnose.MailRoute(route)
	switch v.Route {
	case diagnose.RouteFailed:
		v.Failure, v.Detail, _ = strings.Cut(rest, " ")
		return v
	case diagnose.RouteNXDomain:
		v.Failure = "nxdomain"
		return v
	case diagnose.RouteImplicit:
		rest = "0 " + rest
	case diagnose.RouteNull:
		rest = "0 ."
	case diagnose.RouteMX, diagnose.RouteNoData:
	}
	for text := range strings.SplitSeq(rest, ",") {
		if fields := strings.Fields(text); len(fields) > 0 {
			v.Hosts = append(v.Hosts, parseHost(fields))
		}
	}
	return v
}

func parseHost(fields []string) diagnose.MailViewHost {
	h := diagnose.MailViewHost{Name: strings.TrimSuffix(fields[1], "."), TTL: 300}
	_, _ = fmt.Sscan(fields[0], &h.Preference)
	h.Literal = h.Name != "" && strings.Trim(h.Name, "0123456789.") == ""
	for _, w := range fields[2:] {
		switch {
		case w == "-":
			h.Failure = "nxdomain"
		case w == "?":
			h.Failure = "servfail"
		case w == "!":
			h.Addresses = append(h.Addresses, diagnose.MailAddress{IP: "10.0.0.1", Special: "private (RFC 1918)"})
		case strings.HasPrefix(w, "="):
			h.Alias = w[1:]
		case strings.HasPrefix(w, "ttl="):
			_, _ = fmt.Sscanf(w, "ttl=%d", &h.TTL)
		default:
			h.Addresses = append(h.Addresses, diagnose.MailAddress{IP: w})
		}
	}
	return h
}

// parseCase reads views, one a line.
func parseCase(t *testing.T, text string) diagnose.MXCase {
	t.Helper()
	c := diagnose.MXCase{Domain: "example.com", Zone: "example.com"}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			c.Views = append(c.Views, parseView(t, line))
		}
	}
	return c
}

// keys gives the findings as "key severity".
func keys(v *diagnose.MXVerdict) []string {
	var out []string
	for _, f := range v.Findings {
		out = append(out, f.Key+" "+string(f.Severity))
	}
	return out
}

const agreed = `
system 127.0.0.53:53: mx 10 mx1 192.0.2.7, 20 mx2 192.0.2.8
authoritative 192.0.2.1:53 ns1: mx 10 mx1 192.0.2.7, 20 mx2 192.0.2.8
`

func TestJudgeMX(t *testing.T) {
	for _, tc := range []struct {
		name     string
		views    string
		class    runbook.Class
		agree    bool
		findings []string
	}{
		{"all agree", agreed, "", true, nil},
		{"rotating addresses", "given a:53: mx 10 mx1 192.0.2.7\ngiven b:53: mx 10 mx1 192.0.2.8", "", true, nil},
		{"order of the answer", "given a:53: mx 10 mx1 192.0.2.7, 10 mx2 192.0.2.8\ngiven b:53: mx 10 mx2 192.0.2.8, 10 mx1 192.0.2.7", "", true, nil},
		{"other preference", "given a:53: mx 10 mx1 192.0.2.7, 20 mx2 192.0.2.8\ngiven b:53: mx 20 mx1 192.0.2.7, 10 mx2 192.0.2.8", "", true, []string{"mx-preference warning"}},
		{"other names", agreed + "public 192.0.2.9:53: mx 10 old 192.0.2.9", runbook.ClassRoutingSplitDNS, false, []string{"split-dns error"}},
		{"three answers", agreed + "public a:53: mx 10 old 192.0.2.9\npublic b:53: nxdomain", runbook.ClassRoutingSplitDNS, false, []string{"split-dns error", "split-dns error"}},
		{"NXDOMAIN against NODATA", "given a:53: nxdomain\ngiven b:53: nodata", runbook.ClassRoutingSplitDNS, false, []string{"split-dns error"}},
		{"a host that only some can see", "given a:53: mx 10 mx1 192.0.2.7\ngiven b:53: mx 10 mx1 -", runbook.ClassRoutingSplitDNS, false, []string{"split-dns error"}},
		{"a host that some cannot look up", "given a:53: mx 10 mx1 192.0.2.7\ngiven b:53: mx 10 mx1 ?", "", true, nil},
		{"no such domain", "given a:53: nxdomain\nauthoritative b:53 ns: nxdomain", runbook.ClassDomainNotFound, true, nil},
		{"no records", "given a:53: nodata", runbook.ClassDomainNotFound, true, nil},
		{"null MX", "given a:53: null-mx", runbook.ClassDomainNullMX, true, nil},
		{"null MX beside another", "given a:53: mx 0 ., 10 mx1 192.0.2.7", runbook.ClassDomainBadMX, true, []string{"mx-invalid error"}},
		{"implicit", "given a:53: implicit example.com 192.0.2.7", "", true, []string{"mx-implicit info"}},
		{"implicit and private", "given a:53: implicit example.com !", runbook.ClassDomainBadMX, true, []string{"mx-invalid error", "mx-implicit info"}},
		{"to nothing", "given a:53: mx 10 gone -", runbook.ClassDomainBadMX, true, []string{"mx-invalid error"}},
		{"to a name without address", "given a:53: mx 10 empty", runbook.ClassDomainBadMX, true, []string{"mx-invalid error"}},
		{"to a dangling alias", "given a:53: mx 10 www =gone -", runbook.ClassDomainBadMX, true, []string{"mx-invalid error"}},
		{"to an alias that works", "given a:53: mx 10 www =mx1 192.0.2.7", "", true, []string{"mx-invalid warning"}},
		{"to an address literal", "given a:53: mx 10 192.0.2.1", runbook.ClassDomainBadMX, true, []string{"mx-invalid error"}},
		{"to a private address", "given a:53: mx 10 mx1 !", runbook.ClassDomainBadMX, true, []string{"mx-invalid error"}},
		{"to a private and a public address", "given a:53: mx 10 mx1 ! 192.0.2.7", "", true, []string{"mx-invalid warning"}},
		{"one of two dangles", "given a:53: mx 10 gone -, 20 mx2 192.0.2.8", "", true, []string{"mx-invalid warning"}},
		{"address lookup fails", "given a:53: mx 10 mx1 ?", runbook.ClassDNSFailure, true, []string{"mx-unresolved error"}},
		{"one resolver fails", agreed + "public a:53: failed timeout", "", true, []string{"resolver-fails warning"}},
		{"one resolver refuses", agreed + "public a:53: failed refused", "", true, []string{"resolver-fails warning"}},
		{"SERVFAIL at some", agreed + "public a:53: failed servfail", runbook.ClassRoutingSplitDNS, false, []string{"split-dns error"}},
		{"the system's resolvers fail", "system a:53: failed timeout\npublic b:53: mx 10 mx1 192.0.2.7", runbook.ClassDNSFailure, true, []string{"resolver-fails warning"}},
		{"all fail the same way", "given a:53: failed servfail\ngiven b:53: failed servfail", runbook.ClassDNSFailure, true, nil},
		{"all fail", "given a:53: failed servfail\ngiven b:53: failed timeout", runbook.ClassDNSFailure, false, nil},
		{"only name servers answer", "given a:53: failed servfail\nauthoritative b:53 ns: nxdomain", runbook.ClassDNSFailure, false, []string{"split-dns error"}},
		{"a lame name server", agreed + "authoritative c:53 ns3: failed lame", "", true, []string{"authority-fails warning"}},
		{"no name server answers", "given a:53: mx 10 mx1 192.0.2.7\nauthoritative c:53 ns3: failed timeout", "", true, []string{"authority-fails error"}},
		{"name servers disagree", "authoritative a:53 ns1 serial=7: mx 10 mx1 192.0.2.7\nauthoritative b:53 ns2 serial=6: mx 10 old 192.0.2.8", runbook.ClassRoutingSplitDNS, false, []string{"split-dns error"}},
		{"interrupted", "given a:53: failed canceled\ngiven b:53: failed canceled", runbook.ClassUnknown, true, nil},
		{"interrupted in part", agreed + "given b:53: failed canceled", "", true, nil},
		{"nobody asked", "", runbook.ClassUnknown, true, nil},
	} {
		v := diagnose.JudgeMX(parseCase(t, tc.views))
		if v.Class != tc.class || v.Agree != tc.agree || !slices.Equal(keys(&v), tc.findings) {
			t.Errorf("%s: got class %q, agree %t, findings %q; want %q, %t, %q", tc.name, v.Class, v.Agree, keys(&v), tc.class, tc.agree, tc.findings)
		}
		if v.Text == "" {
			t.Errorf("%s: no text", tc.name)
		}
		if (v.Class != "" && v.Class != runbook.ClassUnknown) != (len(v.Steps) > 0) {
			t.Errorf("%s: %d steps for class %q", tc.name, len(v.Steps), v.Class)
		}
		for _, f := range v.Findings {
			if !strings.HasSuffix(f.Text, ".") {
				t.Errorf("%s: the finding %q is no sentence", tc.name, f.Text)
			}
		}
	}
}

func TestJudgeMXSaysWhoHasTheOldAnswerAndForHowLong(t *testing.T) {
	v := diagnose.JudgeMX(parseCase(t, agreed+"public 192.0.2.9:53: mx 10 old 192.0.2.9 ttl=5400"))
	for _, want := range []string{
		"192.0.2.9:53 says 10 old, while 127.0.0.53:53 and ns1 [192.0.2.1:53] say 10 mx1 and 20 mx2",
		"the domain's own name servers agree", "up to 5400 s (90 min) more",
	} {
		if !strings.Contains(v.Findings[0].Text, want) {
			t.Errorf("%q is missing in %q", want, v.Findings[0].Text)
		}
	}
	if len(v.Findings[0].Items) != 3 || v.Findings[0].Items[0].Host != "" || v.Findings[0].Items[0].Source.Name != "192.0.2.9:53" {
		t.Errorf("the finding rests on %+v", v.Findings[0].Items)
	}
	if v.Answers[0].Text != "10 mx1 and 20 mx2" || !v.Answers[0].Believed || v.Owner != runbook.OwnerReceiverAdmin {
		t.Errorf("answers %+v, owner %s", v.Answers, v.Owner)
	}
	if want := "dig @192.0.2.9 MX example.com"; v.Steps[0].Command != want {
		t.Errorf("first step is %q, want %q", v.Steps[0].Command, want)
	}
}

// Without the domain's own name servers, the answer that most give is taken for
// the better one, and the other is asked again.
func TestJudgeMXAsksTheOddOneAgain(t *testing.T) {
	v := diagnose.JudgeMX(parseCase(t, "given 192.0.2.1:53: mx 10 mx1 192.0.2.7\ngiven 192.0.2.2:53: mx 10 old 192.0.2.8\ngiven 192.0.2.3:53: mx 10 mx1 192.0.2.7"))
	if want := "dig @192.0.2.2 MX example.com"; v.Steps[0].Command != want {
		t.Errorf("first step is %q, want %q", v.Steps[0].Command, want)
	}
}

func TestJudgeMXBlamesTheSideThatDiffers(t *testing.T) {
	own := diagnose.JudgeMX(parseCase(t, "system 127.0.0.53:53: mx 10 inside !\npublic p:53: mx 10 mx1 192.0.2.7\nauthoritative n:53 ns1: mx 10 mx1 192.0.2.7"))
	if own.Owner != runbook.OwnerSenderAdmin || !strings.Contains(own.Findings[0].Text, "meant for the inside") {
		t.Errorf("owner %s, %q", own.Owner, own.Findings[0].Text)
	}
	serials := diagnose.JudgeMX(parseCase(t, "authoritative 192.0.2.1:53 ns1 serial=7: mx 10 mx1 192.0.2.7\nauthoritative 192.0.2.2:53 ns2 serial=6: mx 10 old 192.0.2.8"))
	if serials.Owner != runbook.OwnerReceiverAdmin || !strings.Contains(serials.Findings[0].Text, "serial 6, the other's is 7") {
		t.Errorf("owner %s, %q", serials.Owner, serials.Findings[0].Text)
	}
	if want := "dig @192.0.2.1 +norecurse +short SOA example.com\ndig @192.0.2.2 +norecurse +short SOA example.com"; serials.Steps[0].Command != want {
		t.Errorf("first step is %q, want %q", serials.Steps[0].Command, want)
	}
	unreachable := diagnose.JudgeMX(parseCase(t, "system a:53: failed timeout\npublic b:53: failed unreachable"))
	if unreachable.Owner != runbook.OwnerSenderAdmin {
		t.Errorf("with nothing reachable the owner is %s", unreachable.Owner)
	}
}

func TestJudgeMXQuotesHostileNames(t *testing.T) {
	c := parseCase(t, "given a:53: mx 10 x -")
	for name, want := range map[string]string{
		`a;reboot`:   `dig +noall +answer A 'a;reboot' AAAA 'a;reboot'`,
		`$(id).evil`: `dig +noall +answer A '$(id).evil' AAAA '$(id).evil'`,
		"-oProxy":    `dig +noall +answer A NAME AAAA NAME`,
		"\x1b[31m":   `dig +noall +answer A NAME AAAA NAME`,
	} {
		c.Views[0].Hosts[0].Name = name
		if v := diagnose.JudgeMX(c); v.Steps[1].Command != want {
			t.Errorf("%q: got %q, want %q", name, v.Steps[1].Command, want)
		}
	}
}

func TestJudgeMXComparesDelegations(t *testing.T) {
	c := parseCase(t, agreed)
	c.Parents = true
	c.Servers = []diagnose.NameServerFact{
		{Name: "ns1", Parent: true, Child: true, Addresses: 1},
		{Name: "ns-old", Parent: true, Addresses: 1},
		{Name: "ns-new", Child: true, Addresses: 1},
		{Name: "ns-gone", Parent: true, Child: true, Failure: "nxdomain"},
	}
	v := diagnose.JudgeMX(c)
	if got, want := keys(&v), []string{"delegation-mismatch warning", "delegation-mismatch warning", "delegation-mismatch info"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for i, name := range []string{"ns-gone", "ns-old", "ns-new"} {
		if !strings.Contains(v.Findings[i].Text, name) {
			t.Errorf("%q does not name %s", v.Findings[i].Text, name)
		}
	}
}

func TestJudgeMXTakesFaultsOfPolicies(t *testing.T) {
	c := parseCase(t, agreed)
	c.Policy = []diagnose.PolicyFact{
		{Name: "SPF", Problems: []diagnose.PolicyProblem{{Text: "+all is wide open", Grave: true}}},
		diagnose.MTASTSFact("enforce", []string{"mx2"}),
		diagnose.MTASTSFact("testing", []string{"mx2"}),
		diagnose.MTASTSFact("enforce", nil),
	}
	v := diagnose.JudgeMX(c)
	if got, want := keys(&v), []string{"spf-invalid error", "mta-sts-invalid error", "mta-sts-invalid warning"}; v.Class != "" || !slices.Equal(got, want) {
		t.Errorf("class %q, got %q, want %q", v.Class, got, want)
	}
}
