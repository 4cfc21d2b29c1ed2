package probes

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/smtpdiag/smtpdiag/internal/mailtest"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// prober makes a Prober that finds its hosts in a zone. %PORT% is not known to
// zones, so all servers of a test share one port on several loopback addresses.
func prober(t *testing.T, port uint16, zone string) *Prober {
	t.Helper()
	server := mailtest.StartDNS(t, zone)
	spec, err := ParseServer(server.Addr)
	if err != nil {
		t.Fatal(err)
	}
	client := NewClient(spec, ClientOptions{})
	t.Cleanup(client.Close)
	return &Prober{
		Resolver: Cache(client), Port: port, HELO: "prober.example.net", From: "probe@example.net", TLS: TLSMay,
		AllowPrivate: true, Timeouts: UniformTimeouts(5 * time.Second),
	}
}

// hosts starts one scripted server per conversation, on 127.0.2.1, 127.0.2.2
// and so on, all on the same port.
func hosts(t *testing.T, conversations ...string) ([]*mailtest.SMTPServer, uint16) {
	t.Helper()
	for range 20 {
		var listen net.ListenConfig
		probe, err := listen.Listen(t.Context(), "tcp", "127.0.2.1:0")
		if err != nil {
			t.Fatal(err)
		}
		port := netip.MustParseAddrPort(probe.Addr().String()).Port()
		_ = probe.Close()
		servers := listenAll(t, port, conversations)
		if len(servers) == len(conversations) {
			for _, s := range servers {
				t.Cleanup(s.Close)
			}
			return servers, port
		}
		for _, s := range servers {
			s.Close()
		}
	}
	t.Fatal("no port that is free on all addresses")
	return nil, 0
}

func listenAll(t *testing.T, port uint16, conversations []string) []*mailtest.SMTPServer {
	t.Helper()
	var servers []*mailtest.SMTPServer
	for i, c := range conversations {
		s, err := mailtest.ListenSMTP(fmt.Sprintf("127.0.2.%d:%d", i+1, port), c, nil)
		if _, taken := errors.AsType[*net.OpError](err); taken {
			return servers
		}
		if err != nil {
			t.Fatal(err)
		}
		servers = append(servers, s)
	}
	return servers
}

// run probes and collects the results.
func runProber(t *testing.T, p *Prober, addresses ...string) []*Probe {
	t.Helper()
	var out []*Probe
	if err := p.Run(t.Context(), addresses, func(probe *Probe) error {
		out = append(out, probe)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

const twoHosts = `
example.com. 300 IN SOA ns.example.com. root.example.com. 1 3600 600 86400 300
example.com. 300 IN MX 20 mx2.example.com.
example.com. 300 IN MX 10 mx1.example.com.
mx1.example.com. 300 IN A 127.0.2.1
mx2.example.com. 300 IN A 127.0.2.2
`

func TestProberAsksEveryHost(t *testing.T) {
	_, port := hosts(t, "C: RCPT TO:<alias@*\nS: 550 5.1.1 Unknown", "")
	got := runProber(t, prober(t, port, twoHosts), "alias@example.com")
	if len(got) != 1 || len(got[0].Sessions) != 2 || got[0].Route.Status != RouteMX {
		t.Fatalf("%+v", got)
	}
	first, second := got[0].Sessions[0], got[0].Sessions[1]
	if first.Host != "mx1.example.com" || first.Preference != 10 || first.Recipients[0].Reply.Code != 550 {
		t.Errorf("first host: %+v", first)
	}
	if second.Host != "mx2.example.com" || !second.Recipients[0].Accepted() {
		t.Errorf("second host: %+v", second)
	}
}

// Several addresses of a domain share a session, and each sees its own part.
func TestProberSharesSessions(t *testing.T) {
	servers, port := hosts(t, "C: RCPT TO:<b@*\nS: 550 5.1.1 Unknown", "")
	p := prober(t, port, twoHosts)
	p.Controls = []string{"good@example.com"}
	p.Random = true
	got := runProber(t, p, "a@example.com", "b@example.com", "c@EXAMPLE.com", "a@example.com")
	if len(got) != 4 || got[3].Address != "a@example.com" {
		t.Fatalf("%d results", len(got))
	}
	if n := len(servers[0].Commands()); n != 1 {
		t.Errorf("%d sessions with one host", n)
	}
	for i, want := range []string{"a@example.com", "b@example.com", "c@EXAMPLE.com"} {
		s := got[i].Sessions[0]
		if len(s.Recipients) != 3 || s.Recipients[0].Address != want || s.Recipients[1].Role != RoleControl || s.Recipients[2].Role != RoleRandom {
			t.Errorf("%s: %+v", want, s.Recipients)
		}
		var rcpts int
		for _, step := range s.Steps {
			if step.Stage == smtp.StageRcpt {
				rcpts++
			}
		}
		if rcpts != 3 {
			t.Errorf("%s: %d RCPT\n%s", want, rcpts, steps(s))
		}
	}
	if got[1].Sessions[0].Recipients[0].Reply.Code != 550 || !got[0].Sessions[0].Recipients[0].Accepted() {
		t.Error("answers mixed up")
	}
}

// An address that a shared session did not get to is asked about in another;
// the one that it broke off at is asked again by itself.
func TestProberGoesOnAfterBrokenSession(t *testing.T) {
	servers, port := hosts(t, `
		C: RCPT TO:<b@*
		S: 421 4.7.0 Too many errors
		! close
		C: RCPT TO:<b@*
		S: 550 5.1.1 Unknown
	`, "")
	got := runProber(t, prober(t, port, twoHosts), "a@example.com", "b@example.com", "c@example.com")
	b := got[1].Sessions
	if len(b) != 3 || b[0].Recipients[0].Reply.Code != 421 || b[1].Why != WhyRest || b[1].Recipients[0].Reply.Code != 550 {
		t.Errorf("%d sessions about b", len(b))
	}
	if c := got[2].Sessions[1]; c.Why != WhyRest || !c.Recipients[0].Accepted() {
		t.Errorf("c: %+v", c)
	}
	if n := len(servers[0].Commands()); n != 2 {
		t.Errorf("%d sessions", n)
	}
	// The first recipient's 421 is its answer.
	servers, port = hosts(t, "C: RCPT *\nS: 421 4.7.0 Go away\n! close")
	p := prober(t, port, "")
	p.Hosts = []HostSpec{{Name: "127.0.2.1", Addr: netip.MustParseAddr("127.0.2.1")}}
	p.Controls = []string{"good@example.com"}
	got = runProber(t, p, "a@example.com")
	if n := len(servers[0].Commands()); n != 1 || len(got[0].Sessions) != 1 {
		t.Errorf("%d sessions after a 421", n)
	}
}

func TestProberRetriesGreylisting(t *testing.T) {
	_, port := hosts(t, "C: RCPT TO:<a@*\nS: 450 4.2.0 Greylisted\nC: RCPT TO:<a@*\nS: 250 Ok", "")
	p := prober(t, port, twoHosts)
	p.RetryAfter = 50 * time.Millisecond
	got := runProber(t, p, "a@example.com", "b@example.com")
	a := got[0].Sessions
	if len(a) != 3 || a[0].Recipients[0].Reply.Code != 450 || a[1].Why != WhyRetry || !a[1].Recipients[0].Accepted() {
		t.Fatalf("%d sessions", len(a))
	}
	if wait := a[1].Started.Sub(a[0].Started); wait < p.RetryAfter {
		t.Errorf("retried after %s", wait)
	}
	if len(got[1].Sessions) != 2 {
		t.Errorf("b was retried: %d sessions", len(got[1].Sessions))
	}
}

func TestProberPlainFallback(t *testing.T) {
	_, certs := certificates(t)
	server := mailtest.ServeSMTP(t, starttls+"! close\nC: RCPT *\nS: 550 5.1.1 Unknown", certs)
	p := prober(t, server.Port(), "")
	p.Hosts = []HostSpec{{Name: "127.0.0.1", Addr: netip.MustParseAddr("127.0.0.1")}}
	s := runProber(t, p, "a@example.com")[0].Sessions
	if len(s) != 2 || s[0].TLS.Outcome != TLSFailed || s[1].Why != WhyPlain || s[1].Recipients[0].Reply.Code != 550 {
		t.Errorf("%d sessions", len(s))
	}
}

func TestProberHostsWithoutAddress(t *testing.T) {
	_, port := hosts(t, "")
	zone := `
example.com. 300 IN SOA ns.example.com. root.example.com. 1 3600 600 86400 300
example.com. 300 IN MX 10 gone.example.com.
example.com. 300 IN MX 20 192.0.2.1.
example.com. 300 IN MX 30 broken.example.com.
example.com. 300 IN MX 40 mx1.example.com.
null.example.com. 300 IN MX 0 .
mx1.example.com. 300 IN A 127.0.2.1
implicit.example.com. 300 IN A 127.0.2.1
! broken.example.com * servfail
`
	p := prober(t, port, zone)
	got := runProber(t, p, "a@example.com", "a@null.example.com", "a@none.example.com", "a@implicit.example.com")
	var kinds []string
	for _, s := range got[0].Sessions {
		kind := "asked"
		if s.Fault != nil {
			kind = string(s.Fault.Kind)
		}
		kinds = append(kinds, kind)
	}
	if !slices.Equal(kinds, []string{"no-address", "no-address", "lookup", "asked"}) {
		t.Errorf("kinds %v", kinds)
	}
	if got[1].Route.Status != RouteNull || got[2].Route.Status != RouteNXDomain || len(got[1].Sessions)+len(got[2].Sessions) != 0 {
		t.Errorf("%s, %s", got[1].Route.Status, got[2].Route.Status)
	}
	if s := got[3].Sessions; got[3].Route.Status != RouteImplicit || len(s) != 1 || s[0].Preference != -1 {
		t.Errorf("implicit MX: %+v", got[3].Route)
	}
}

// What DNS gives is not trusted; what the user gives is.
func TestProberPrivateAddresses(t *testing.T) {
	servers, port := hosts(t, "")
	p := prober(t, port, strings.ReplaceAll(twoHosts, "127.0.2.2", "127.0.2.1"))
	p.AllowPrivate = false
	for _, s := range runProber(t, p, "a@example.com")[0].Sessions {
		if s.Fault == nil || s.Fault.Kind != FaultForbidden {
			t.Errorf("%s: %+v", s.Host, s.Fault)
		}
	}
	p.Hosts = []HostSpec{{Name: "mx1.example.com"}}
	if s := runProber(t, p, "a@example.com")[0].Sessions[0]; s.Fault == nil || s.Fault.Kind != FaultForbidden {
		t.Errorf("given by name: %+v", s.Fault)
	}
	p.Hosts = nil
	if s := runProber(t, p, "a@[127.0.2.1]")[0].Sessions[0]; s.Fault == nil || s.Fault.Kind != FaultForbidden {
		t.Errorf("address literal: %+v", s.Fault)
	}
	if n := len(servers[0].Commands()); n != 0 {
		t.Fatalf("%d connections", n)
	}
	p.Hosts = []HostSpec{{Name: "127.0.2.1", Addr: netip.MustParseAddr("127.0.2.1")}}
	if s := runProber(t, p, "a@example.com")[0].Sessions[0]; !s.Recipients[0].Accepted() {
		t.Errorf("given by address: %+v", s.Fault)
	}
}

func TestProberAddressFamilies(t *testing.T) {
	_, port := hosts(t, "")
	p := prober(t, port, twoHosts)
	p.Only6 = true
	if s := runProber(t, p, "a@example.com")[0].Sessions[0]; s.Fault == nil || s.Fault.Kind != FaultNoAddress {
		t.Errorf("%+v", s.Fault)
	}
	p = prober(t, port, twoHosts+"mx1.example.com. 300 IN A 127.0.2.9\n")
	p.AllAddresses, p.Only4 = true, true
	if s := runProber(t, p, "a@example.com")[0].Sessions; len(s) != 3 || s[0].IP == s[1].IP {
		t.Errorf("%d sessions", len(s))
	}
}

func TestProberVariants(t *testing.T) {
	_, port := hosts(t, "C: RCPT TO:<John.Doe@*\nS: 550 5.1.1 Unknown", "")
	p := prober(t, port, twoHosts)
	p.Variants, p.Aliases = true, []string{"jd", "x@other.example"}
	s := runProber(t, p, "John.Doe@example.com")[0].Sessions[0]
	var got []string
	for _, r := range s.Recipients[1:] {
		if r.Role != RoleVariant || r.Of != "John.Doe@example.com" {
			t.Errorf("%+v", r)
		}
		got = append(got, strings.TrimSuffix(r.Address, "@example.com"))
	}
	if want := []string{"john.doe", "John.Doe+smtpdiag", "JohnDoe", "John_Doe", "jd"}; !slices.Equal(got, want) {
		t.Errorf("variants %v, want %v", got, want)
	}
	for address, want := range map[string]string{
		"user@example.com":       "user+smtpdiag User",
		"first_last@example.com": "first_last+smtpdiag first.last First_last",
		"list+tag@example.com":   "list List+tag",
		`"odd one"@example.com`:  "",
	} {
		var got []string
		for _, v := range Variants(address) {
			got = append(got, strings.TrimSuffix(v, "@example.com"))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", address, got, want)
		}
	}
}

// 200 addresses of 50 domains on 50 hosts: results in input order, one session
// a host at a time, no more at once than allowed, nothing left behind.
func TestProberManyAddresses(t *testing.T) {
	conversations := make([]string, 50)
	for i := range conversations {
		conversations[i] = "C: RCPT *\n! wait 5ms\nS: 550 5.1.1 Unknown"
	}
	servers, port := hosts(t, conversations...)
	var zone strings.Builder
	var addresses []string
	for i := range 50 {
		fmt.Fprintf(&zone, "d%d.example. 300 IN MX 10 mx%d.example.\nmx%d.example. 300 IN A 127.0.2.%d\n", i, i, i, i+1)
	}
	for i := range 200 {
		addresses = append(addresses, fmt.Sprintf("user%d@d%d.example", i, i*7%50))
	}
	p := prober(t, port, zone.String())
	p.Concurrency = 8
	// The collector would close what is left open, and hide it.
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	before := held()
	most := 0
	p.Progress = func(int, int) { most = max(most, runtime.NumGoroutine()) }
	got := runProber(t, p, addresses...)
	for i, probe := range got {
		if probe.Address != addresses[i] || len(probe.Sessions) != 1 || probe.Sessions[0].Recipients[0].Reply.Code != 550 {
			t.Fatalf("result %d: %s, %d sessions", i, probe.Address, len(probe.Sessions))
		}
	}
	for i, s := range servers {
		if n := len(s.Commands()); n != 1 || s.Peak() != 1 {
			t.Errorf("host %d: %d sessions, %d at once", i, n, s.Peak())
		}
	}
	// Each session has a goroutine here and one in its server; the rest is the
	// look-ups', which need a few each.
	if limit := before.goroutines + 8*8; most > limit {
		t.Errorf("%d goroutines at once, %d before", most, before.goroutines)
	}
	settle(t, before, servers)
}

// settle waits until no goroutine and no socket of a run is left. It fails
// only if that never happens, so that nothing depends on timing.
func settle(t *testing.T, before resources, servers []*mailtest.SMTPServer) {
	t.Helper()
	var now resources
	for range 500 {
		open := 0
		for _, s := range servers {
			open += s.Open()
		}
		now = held()
		if open == 0 && now.goroutines <= before.goroutines && now.files <= before.files {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("held %+v, before %+v", now, before)
}

// resources are what a run must give back.
type resources struct {
	goroutines int
	files      int // open files and sockets, 0 where the system does not tell
}

// held counts what is in use now.
func held() resources {
	files, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		files = nil
	}
	return resources{goroutines: runtime.NumGoroutine(), files: len(files)}
}

// One host that serves many domains is asked by one session at a time.
func TestProberSharedHost(t *testing.T) {
	servers, port := hosts(t, "C: MAIL *\n! wait 10ms\nS: 250 Ok")
	var zone strings.Builder
	var addresses []string
	for i := range 12 {
		fmt.Fprintf(&zone, "d%d.example. 300 IN MX 10 mx%d.example.\nmx%d.example. 300 IN A 127.0.2.1\n", i, i, i)
		addresses = append(addresses, fmt.Sprintf("user@d%d.example", i))
	}
	p := prober(t, port, zone.String())
	var open, most atomic.Int64
	p.Trace = func(_ string, _ netip.Addr, step Step) {
		if step.Stage == smtp.StageConnect {
			if now := open.Add(1); now > most.Load() {
				most.Store(now)
			}
		} else if step.Command == "QUIT" {
			open.Add(-1)
		}
	}
	runProber(t, p, addresses...)
	if n := len(servers[0].Commands()); n != 12 || most.Load() != 1 {
		t.Errorf("%d sessions, %d at once", n, most.Load())
	}
}

func TestProberCanceled(t *testing.T) {
	servers, port := hosts(t, "C: RCPT TO:<a@*\nS: 450 4.2.0 Greylisted", "! stall")
	p := prober(t, port, twoHosts)
	p.Timeouts = UniformTimeouts(time.Minute)
	p.RetryAfter = time.Hour
	before := held()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	p.Trace = func(host string, _ netip.Addr, step Step) {
		if host == "mx1.example.com" && step.Command == "QUIT" {
			cancel()
		}
	}
	begun := time.Now()
	var got []*Probe
	if err := p.Run(ctx, []string{"a@example.com"}, func(probe *Probe) error {
		got = append(got, probe)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 || len(got[0].Sessions) != 2 || got[0].Sessions[0].Recipients[0].Reply.Code != 450 || got[0].Sessions[1].Fault.Kind != FaultCanceled {
		t.Errorf("%+v", got)
	}
	if took := time.Since(begun); took > 10*time.Second {
		t.Errorf("ended after %s", took)
	}
	settle(t, before, servers)
}

func TestProberStopsWhenEmitFails(t *testing.T) {
	_, port := hosts(t, "", "! stall")
	p := prober(t, port, twoHosts)
	p.Timeouts = UniformTimeouts(time.Minute)
	p.Hosts = []HostSpec{{Name: "127.0.2.1", Addr: netip.MustParseAddr("127.0.2.1")}}
	broken := errors.New("broken pipe")
	if err := p.Run(t.Context(), []string{"a@example.com", "b@example.org"}, func(*Probe) error { return broken }); !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
}

// Records that DNSSEC does not vouch for do not count.
func TestAuthenticTLSA(t *testing.T) {
	records := []TLSA{{Usage: 3}}
	all := []HostTLSA{
		{Host: "mx1.example.com", Authentic: true, Records: records},
		{Host: "mx2.example.com", Records: records},
	}
	for host, want := range map[string]int{"mx1.example.com": 1, "mx2.example.com": 0, "mx3.example.com": 0} {
		if got := authenticTLSA(all, host); len(got) != want {
			t.Errorf("%s: %v", host, got)
		}
	}
}

func TestParseHost(t *testing.T) {
	for text, want := range map[string]string{
		"mx1.example.com": "mx1.example.com 0", "mx1.example.com.:2525": "mx1.example.com 2525",
		"192.0.2.7": "192.0.2.7 0 addr", "192.0.2.7:587": "192.0.2.7 587 addr",
		"[2001:db8::1]:25": "2001:db8::1 25 addr", "2001:db8::1": "2001:db8::1 0 addr", "[2001:db8::1]": "2001:db8::1 0 addr",
	} {
		spec, err := ParseHost(text)
		got := fmt.Sprintf("%s %d", spec.Name, spec.Port)
		if spec.Addr.IsValid() {
			got += " addr"
		}
		if err != nil || got != want {
			t.Errorf("%s: %s, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "mx1:0", "mx1.example.com:99999", "a b", "mx1:smtp"} {
		if _, err := ParseHost(text); err == nil {
			t.Errorf("%q was read", text)
		}
	}
}
