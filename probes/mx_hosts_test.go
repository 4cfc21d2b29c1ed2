package probes_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/smtpdiag/smtpdiag/internal/mailtest"
	"github.com/smtpdiag/smtpdiag/probes"
)

// hostLines gives hosts as "preference name addresses [alias] [failure]".
func hostLines(hosts []probes.MailHost) string {
	var lines []string
	for _, h := range hosts {
		line := fmt.Sprintf("%d %s %v", h.Preference, h.Name, h.Addresses)
		if h.Alias != "" {
			line += " alias " + h.Alias
		}
		if h.Failure != "" {
			line += " " + string(h.Failure)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func TestMailHosts(t *testing.T) {
	d := mailtest.StartDNS(t, `
two.example.      300 IN MX 20 mx2.two.example.
two.example.      300 IN MX 10 MX1.two.example.
mx1.two.example.  IN A 192.0.2.7
mx1.two.example.  IN AAAA 2001:db8::7
mx2.two.example.  IN A 192.0.2.9
mx2.two.example.  IN A 192.0.2.8
null.example.     IN MX 0 .
both.example.     IN MX 0 .
both.example.     IN MX 10 mx1.two.example.
implicit.example. 120 IN A 192.0.2.10
nodata.example.   IN TXT "nothing"
alias.example.    IN MX 10 www.alias.example.
www.alias.example. IN CNAME mx1.two.example.
dangling.example. IN MX 10 gone.dangling.example.
gone.dangling.example. IN CNAME nowhere.example.
literal.example.  IN MX 10 192.0.2.1.
broken.example.   IN MX 10 mx.broken.example.
! mx.broken.example. * servfail
! halfimplicit.example. A servfail
halfimplicit.example. IN TXT "x"
! fails.example. MX refused
`)
	r := clientAt(t, d.Addr, 0)
	for _, tc := range []struct {
		domain string
		status probes.RouteStatus
		hosts  string
	}{
		{"two.example", probes.RouteMX, "10 mx1.two.example [192.0.2.7 2001:db8::7]\n20 mx2.two.example [192.0.2.8 192.0.2.9]"},
		{"null.example", probes.RouteNull, "0  []"},
		{"both.example", probes.RouteMX, "0  []\n10 mx1.two.example [192.0.2.7 2001:db8::7]"},
		{"implicit.example", probes.RouteImplicit, "0 implicit.example [192.0.2.10]"},
		{"nodata.example", probes.RouteNoData, ""},
		{"none.example", probes.RouteNXDomain, ""},
		{"alias.example", probes.RouteMX, "10 www.alias.example [192.0.2.7 2001:db8::7] alias mx1.two.example"},
		{"dangling.example", probes.RouteMX, "10 gone.dangling.example [] alias nowhere.example nxdomain"},
		{"literal.example", probes.RouteMX, "10 192.0.2.1 []"},
		{"broken.example", probes.RouteMX, "10 mx.broken.example [] servfail"},
		{"halfimplicit.example", probes.RouteFailed, ""},
		{"fails.example", probes.RouteFailed, ""},
	} {
		route := probes.MailHosts(t.Context(), r, tc.domain)
		if got := hostLines(route.Hosts); route.Status != tc.status || got != tc.hosts {
			t.Errorf("%s: got %s\n%s\nwant %s\n%s", tc.domain, route.Status, got, tc.status, tc.hosts)
		}
	}
}

func TestMailHostsAreLimited(t *testing.T) {
	var zone strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&zone, "many.example. 300 IN MX %d h%d.many.example.\n", 1000-i, i)
	}
	d := mailtest.StartDNS(t, zone.String())
	route := probes.MailHosts(t.Context(), clientAt(t, d.Addr, 0), "many.example")
	if len(route.Hosts) != probes.MaxHosts || route.Omitted != 1000-probes.MaxHosts || route.Hosts[0].Preference != 1 {
		t.Errorf("got %d hosts, %d omitted, first of preference %d", len(route.Hosts), route.Omitted, route.Hosts[0].Preference)
	}
	if limit := 2*probes.MaxHosts + 2; d.Asked() > limit {
		t.Errorf("the server was asked %d times, want at most %d", d.Asked(), limit)
	}
}

func TestMailHostsAuthentic(t *testing.T) {
	zone := "example.com. IN MX 10 mx.example.com.\nmx.example.com. IN A 192.0.2.1\n"
	for rules, want := range map[string]bool{"! * * ad": true, "! example.com. MX ad": false, "": false} {
		if route := probes.MailHosts(t.Context(), client(t, zone+rules), "example.com"); route.Authentic != want {
			t.Errorf("%q: authentic %t, want %t", rules, route.Authentic, want)
		}
	}
}
