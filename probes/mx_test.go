package probes_test

import (
	"context"
	"fmt"
	"net"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/smtpdiag/smtpdiag/internal/mailtest"
	"github.com/smtpdiag/smtpdiag/probes"
)

// world is a small DNS tree on loopback: a root, the zone example, and two name
// servers of corp.example.
func world(first, second string) []mailtest.DNSHost {
	return []mailtest.DNSHost{
		{IP: "127.0.1.1", Text: `
.                    IN SOA a.root.example. h.root.example. 1 1800 900 604800 300
.                    IN NS a.root.example.
a.root.example.      IN A 127.0.1.1
example.             IN NS ns.nic.example.
ns.nic.example.      IN A 127.0.1.2
`},
		{IP: "127.0.1.2", Text: `
example.             IN SOA ns.nic.example. h.nic.example. 1 1800 900 604800 300
example.             IN NS ns.nic.example.
ns.nic.example.      IN A 127.0.1.2
corp.example.        IN NS ns1.corp.example.
corp.example.        IN NS ns2.corp.example.
ns1.corp.example.    IN A 127.0.1.3
ns2.corp.example.    IN A 127.0.1.4
flat.example.        IN MX 10 mx.flat.example.
mx.flat.example.     IN A 192.0.2.99
glueless.example.    IN NS ns1.corp.example.
`},
		{IP: "127.0.1.3", Text: first},
		{IP: "127.0.1.4", Text: second},
	}
}

const corpZone = `
corp.example.        IN SOA ns1.corp.example. h.corp.example. 7 1800 900 604800 300
corp.example.        IN NS ns1.corp.example.
corp.example.        IN NS ns2.corp.example.
corp.example.        3600 IN MX 10 mx1.corp.example.
corp.example.        3600 IN MX 20 mx.elsewhere.example.
mx1.corp.example.    IN A 192.0.2.7
ns1.corp.example.    IN A 127.0.1.3
ns2.corp.example.    IN A 127.0.1.4
`

// recursorZone is what a resolver knows of that world.
const recursorZone = `
.                    IN NS a.root.example.
a.root.example.      IN A 127.0.1.1
example.             IN NS ns.nic.example.
ns.nic.example.      IN A 127.0.1.2
corp.example.        IN NS ns1.corp.example.
corp.example.        IN NS ns2.corp.example.
ns1.corp.example.    IN A 127.0.1.3
ns2.corp.example.    IN A 127.0.1.4
corp.example.        120 IN MX 10 mx1.corp.example.
corp.example.        120 IN MX 20 mx.elsewhere.example.
mx1.corp.example.    IN A 192.0.2.7
mx.elsewhere.example. IN A 192.0.2.8
`

// prober starts the servers of the world and gives a prober that knows the
// given resolvers of it.
func prober(t *testing.T, hosts []mailtest.DNSHost, timeout time.Duration, resolvers ...string) (*probes.MXProber, []*mailtest.DNS) {
	t.Helper()
	servers := mailtest.StartDNSGroup(t, hosts...)
	port, err := strconv.ParseUint(servers[0].Port(), 10, 16)
	if err != nil {
		t.Fatal(err)
	}
	opts := probes.MXOptions{Authoritative: true, Port: uint16(port), Timeout: timeout}
	for _, text := range resolvers {
		s, err := probes.ParseServer(mailtest.StartDNS(t, text).Addr)
		if err != nil {
			t.Fatal(err)
		}
		opts.Servers = append(opts.Servers, s)
	}
	p := probes.NewMXProber(opts)
	t.Cleanup(p.Close)
	return p, servers
}

// viewLines gives each view as "server status hosts".
func viewLines(r *probes.MXReport) []string {
	var lines []string
	for _, v := range r.Views {
		who := string(v.Server.Kind)
		if v.Server.Name != "" {
			who = v.Server.Name
		}
		line := who + " " + string(v.Route.Status)
		if v.Route.Answer.Failure != "" {
			line += " " + string(v.Route.Answer.Failure)
		}
		for _, h := range v.Route.Hosts {
			line += fmt.Sprintf(" %d %s %v", h.Preference, h.Name, h.Addresses)
		}
		lines = append(lines, line)
	}
	return lines
}

func checkViews(t *testing.T, r *probes.MXReport, want ...string) {
	t.Helper()
	if got := viewLines(r); !slices.Equal(got, want) {
		t.Errorf("got views\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func ask(t *testing.T, p *probes.MXProber, domain string) *probes.MXReport {
	t.Helper()
	d, err := probes.ParseDomain(domain)
	if err != nil {
		t.Fatal(err)
	}
	return p.Ask(t.Context(), d)
}

const corpHosts = " mx 10 mx1.corp.example [192.0.2.7] 20 mx.elsewhere.example [192.0.2.8]"

func TestAskWalksDownToEveryNameServer(t *testing.T) {
	p, _ := prober(t, world(corpZone, corpZone), 0, recursorZone)
	r := ask(t, p, "corp.example")
	checkViews(t, r, "given"+corpHosts, "ns1.corp.example"+corpHosts, "ns2.corp.example"+corpHosts)
	if r.Delegation.Zone != "corp.example" || r.Delegation.Parent != "example" || r.Delegation.Failure != "" {
		t.Errorf("delegation %+v", r.Delegation)
	}
	if got := r.Views[1].Route.Hosts[0].TTL; got != 3600 {
		t.Errorf("TTL at the name server is %d, want 3600", got)
	}
	if r.Views[1].Serial != 7 {
		t.Errorf("serial %d, want 7", r.Views[1].Serial)
	}
}

func TestAskWithRoots(t *testing.T) {
	servers := mailtest.StartDNSGroup(t, world(corpZone, corpZone)...)
	port, _ := strconv.ParseUint(servers[0].Port(), 10, 16)
	p := probes.NewMXProber(probes.MXOptions{Authoritative: true, Port: uint16(port), Roots: []string{servers[0].Addr}})
	defer p.Close()
	r := ask(t, p, "corp.example")
	// Nobody is there to ask for the address of the host in another zone.
	hosts := " mx 10 mx1.corp.example [192.0.2.7] 20 mx.elsewhere.example []"
	checkViews(t, r, "ns1.corp.example"+hosts, "ns2.corp.example"+hosts)
	if f := r.Views[0].Route.Hosts[1].Failure; f != probes.FailureUnreachable {
		t.Errorf("address of a host that nobody can look up: failure %q, want unreachable", f)
	}
}

func TestAskSeesNameServersThatDisagree(t *testing.T) {
	old := strings.NewReplacer("mx1.corp", "old.corp", " 7 1800", " 6 1800").Replace(corpZone)
	p, _ := prober(t, world(corpZone, old), 0, recursorZone)
	r := ask(t, p, "corp.example")
	checkViews(t, r, "given"+corpHosts, "ns1.corp.example"+corpHosts,
		"ns2.corp.example mx 10 old.corp.example [192.0.2.7] 20 mx.elsewhere.example [192.0.2.8]")
	if r.Views[1].Serial != 7 || r.Views[2].Serial != 6 {
		t.Errorf("serials %d and %d, want 7 and 6", r.Views[1].Serial, r.Views[2].Serial)
	}
}

func TestAskTellsBrokenNameServersApart(t *testing.T) {
	for _, tc := range []struct{ zone, want string }{
		{"! * * lame", "failed lame"},
		{"", "failed lame"}, // a resolver in the place of a name server
		{"elsewhere.example. IN SOA ns.elsewhere.example. h.elsewhere.example. 1 1 1 1 1", "failed refused"},
		{corpZone + "! * * silent", "failed timeout"},
		{corpZone + "! * * servfail", "failed servfail"},
		{corpZone + "! corp.example. MX nodata", "nodata"},
		{strings.ReplaceAll(corpZone, "10 mx1.corp.example.", "0 ."), "mx 0  [] 20 mx.elsewhere.example [192.0.2.8]"},
	} {
		t.Run(tc.want, func(t *testing.T) {
			t.Parallel()
			p, _ := prober(t, world(corpZone, tc.zone), time.Second, recursorZone)
			checkViews(t, ask(t, p, "corp.example"), "given"+corpHosts, "ns1.corp.example"+corpHosts, "ns2.corp.example "+tc.want)
		})
	}
}

func TestAskFindsServersThatOnlyTheZoneNames(t *testing.T) {
	hosts := world(corpZone+"corp.example. IN NS ns3.corp.example.\nns3.corp.example. IN A 127.0.1.5\n", "")
	hosts[1].Text = strings.ReplaceAll(hosts[1].Text, "corp.example.        IN NS ns2.corp.example.", "")
	hosts = append(hosts, mailtest.DNSHost{IP: "127.0.1.5", Text: corpZone})
	hosts[3].Text = corpZone
	p, _ := prober(t, hosts, 0, recursorZone+"ns3.corp.example. IN A 127.0.1.5\n")
	r := ask(t, p, "corp.example")
	checkViews(t, r, "given"+corpHosts, "ns1.corp.example"+corpHosts, "ns2.corp.example"+corpHosts, "ns3.corp.example"+corpHosts)
	var got []string
	for _, s := range r.Delegation.Servers {
		got = append(got, fmt.Sprintf("%s parent %t child %t", s.Name, s.Parent, s.Child))
	}
	want := []string{"ns1.corp.example parent true child true", "ns2.corp.example parent false child true", "ns3.corp.example parent false child true"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAskOfDomainInsideItsParentsZone(t *testing.T) {
	p, _ := prober(t, world(corpZone, corpZone), 0, recursorZone+"flat.example. IN MX 10 mx.flat.example.\nmx.flat.example. IN A 192.0.2.99\n")
	checkViews(t, ask(t, p, "flat.example"), "given mx 10 mx.flat.example [192.0.2.99]", "ns.nic.example mx 10 mx.flat.example [192.0.2.99]")
	checkViews(t, ask(t, p, "nowhere.example"), "given nxdomain nxdomain", "ns.nic.example nxdomain nxdomain")
}

func TestAskWithoutGlue(t *testing.T) {
	hosts := world(strings.ReplaceAll(corpZone, "corp.example.        IN SOA", "glueless.example. IN SOA")+"glueless.example. IN MX 5 mx1.corp.example.\n", "")
	p, _ := prober(t, hosts, 0, recursorZone)
	r := ask(t, p, "glueless.example")
	checkViews(t, r, "given nxdomain nxdomain", "ns1.corp.example mx 5 mx1.corp.example [192.0.2.7]")
}

func TestAskWhereTheParentIsNotToBeSeen(t *testing.T) {
	p, _ := prober(t, world(corpZone, corpZone), time.Second, recursorZone+"! example. * servfail\n! . * servfail\n")
	checkViews(t, ask(t, p, "corp.example"), "given"+corpHosts, "ns1.corp.example"+corpHosts, "ns2.corp.example"+corpHosts)
}

func TestAskFollowsAliases(t *testing.T) {
	zone := corpZone + "www.corp.example. IN CNAME corp.example.\nout.corp.example. IN CNAME flat.example.\n"
	recursor := recursorZone + "www.corp.example. IN CNAME corp.example.\nout.corp.example. IN CNAME flat.example.\n" +
		"flat.example. IN MX 10 mx.flat.example.\nmx.flat.example. IN A 192.0.2.99\n"
	p, _ := prober(t, world(zone, zone), 0, recursor)
	checkViews(t, ask(t, p, "www.corp.example"), "given"+corpHosts, "ns1.corp.example"+corpHosts, "ns2.corp.example"+corpHosts)
	flat := " mx 10 mx.flat.example [192.0.2.99]"
	checkViews(t, ask(t, p, "out.corp.example"), "given"+flat, "ns1.corp.example"+flat, "ns2.corp.example"+flat)
}

func TestAskDoesNotFollowReferralsElsewhere(t *testing.T) {
	for _, word := range []string{"refer-up", "refer-aside"} {
		hosts := world(corpZone, corpZone)
		hosts[1].Text += "! * * " + word
		hosts = append(hosts, mailtest.DNSHost{IP: "127.0.1.6", Text: "elsewhere.test. IN SOA a. b. 1 1 1 1 1\n"})
		p, servers := prober(t, hosts, 0, recursorZone+"ns.elsewhere.test. IN A 127.0.1.6\n")
		r := ask(t, p, "corp.example")
		checkViews(t, r, "given"+corpHosts, "ns1.corp.example"+corpHosts, "ns2.corp.example"+corpHosts)
		if r.Delegation.Zone != "corp.example" || r.Delegation.Failure != probes.FailureLame {
			t.Errorf("%s: delegation %+v", word, r.Delegation)
		}
		if n := servers[4].Asked(); n > 0 {
			t.Errorf("%s: the server that the referral names was asked %d times", word, n)
		}
		// A name server of the domain that refers elsewhere is lame.
		p, _ = prober(t, world(corpZone, corpZone+"! * * "+word), 0, recursorZone)
		checkViews(t, ask(t, p, "corp.example"), "given"+corpHosts, "ns1.corp.example"+corpHosts, "ns2.corp.example failed lame")
	}
}

func TestAskEndsAtOnceWhenInterrupted(t *testing.T) {
	silent := corpZone + "! * * silent"
	p, _ := prober(t, world(silent, silent), time.Hour, recursorZone, "! * * silent")
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan *probes.MXReport)
	go func() { done <- p.Ask(ctx, probes.Domain{ASCII: "corp.example", Unicode: "corp.example"}) }()
	time.Sleep(50 * time.Millisecond) // nothing hangs on how far it came
	cancel()
	select {
	case r := <-done:
		if r.Views[1].Route.Answer.Failure != probes.FailureCanceled {
			t.Errorf("got %q", viewLines(r))
		}
	case <-time.After(20 * time.Second):
		t.Fatal("still asking")
	}
}

func TestAskIsBoundedAndLeaksNothing(t *testing.T) {
	before := runtime.NumGoroutine()
	func() {
		recursor := mailtest.StartDNS(t, recursorZone+"! * * slow=5ms")
		defer recursor.Close()
		server, err := probes.ParseServer(recursor.Addr)
		if err != nil {
			t.Fatal(err)
		}
		p := probes.NewMXProber(probes.MXOptions{Servers: []probes.Server{server, server}, Questions: 4})
		defer p.Close()
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() { _ = p.Ask(t.Context(), probes.Domain{ASCII: "corp.example"}) })
		}
		wg.Wait()
		if peak := recursor.Peak(); peak > 4 {
			t.Errorf("%d questions were under way at once, want at most 4", peak)
		}
	}()
	deadline := time.Now().Add(10 * time.Second)
	for runtime.NumGoroutine() > before {
		if time.Now().After(deadline) {
			buf := make([]byte, 1<<16)
			t.Fatalf("%d goroutines, were %d\n%s", runtime.NumGoroutine(), before, buf[:runtime.Stack(buf, true)])
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func TestDNSOverTLSAndHTTPSRefusePlainServers(t *testing.T) {
	d := mailtest.StartDNS(t, recursorZone)
	host, port, _ := net.SplitHostPort(d.Addr)
	for _, spec := range []string{"tls://" + d.Addr, "https://" + net.JoinHostPort(host, port)} {
		a := clientAt(t, spec, time.Second).Lookup(t.Context(), "corp.example", probes.TypeMX)
		if a.Failure == "" || len(a.Records) > 0 {
			t.Errorf("%s: got %+v", spec, a)
		}
	}
}
