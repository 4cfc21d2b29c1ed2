package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/miekg/dns"
	"github.com/rogpeppe/go-internal/testscript"
)

// TestRealNameServers runs the stories in testdata/realdns against NSD, Knot
// and Unbound, all on loopback addresses and one high port.
func TestRealNameServers(t *testing.T) {
	for _, program := range []string{"nsd", "knotd", "unbound"} {
		if serverPath(program) == "" {
			message := program + " is not installed, so nothing is tried against real name servers"
			if os.Getenv("CI") != "" {
				t.Fatal(message)
			}
			t.Skip(message)
		}
	}
	lab := startNameServers(t)
	testscript.Run(t, testscript.Params{
		Dir:   filepath.Join("testdata", "realdns"),
		Setup: func(env *testscript.Env) error { env.Setenv("PORT", lab.port); return nil },
		Cmds:  map[string]func(*testscript.TestScript, bool, []string){"json": scriptJSON},
	})
}

// serverPath finds a program, also where only root's PATH looks.
func serverPath(name string) string {
	for _, candidate := range []string{name, "/usr/sbin/" + name} {
		if path, err := exec.LookPath(candidate); err == nil {
			return path
		}
	}
	return ""
}

// nameServers are the real servers of one test.
type nameServers struct {
	dir, port string
}

// startNameServers starts NSD on 127.0.5.2, Knot on 127.0.5.3 and Unbound
// twice, on 127.0.5.4 and, with another view, on 127.0.5.5.
func startNameServers(t *testing.T) *nameServers {
	t.Helper()
	lab := &nameServers{dir: t.TempDir(), port: freePort(t)}
	lab.write(t, "nsd.conf", nsdConf)
	lab.write(t, "knot.conf", knotConf)
	for name, text := range realZones {
		lab.write(t, name, text)
	}
	lab.start(t, "127.0.5.2", "nsd", "-d", "-c", filepath.Join(lab.dir, "nsd.conf"))
	lab.start(t, "127.0.5.3", "knotd", "-c", filepath.Join(lab.dir, "knot.conf"))
	anchor := lab.signingKey(t, "signed.example.")
	lab.write(t, "anchor", anchor)
	// The key of one zone as the anchor of another: no signature there can hold.
	lab.write(t, "wrong-anchor", strings.Replace(anchor, "signed.example.", "bogus.example.", 1))
	lab.write(t, "unbound1.conf", strings.ReplaceAll(unboundConf, "ADDRESS", "127.0.5.4"))
	lab.write(t, "unbound2.conf", strings.ReplaceAll(unboundConf, "ADDRESS", "127.0.5.5")+unboundOtherView)
	lab.start(t, "127.0.5.4", "unbound", "-d", "-c", filepath.Join(lab.dir, "unbound1.conf"))
	lab.start(t, "127.0.5.5", "unbound", "-d", "-c", filepath.Join(lab.dir, "unbound2.conf"))
	return lab
}

// freePort gives a port that is free now for UDP and TCP.
func freePort(t *testing.T) string {
	t.Helper()
	ln, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.5.2:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ln.Close() }()
	_, port, err := net.SplitHostPort(ln.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// write writes a file with folder and port filled in.
func (lab *nameServers) write(t *testing.T, name, text string) {
	t.Helper()
	text = strings.NewReplacer("DIR", lab.dir, "PORT", lab.port).Replace(text)
	if err := os.WriteFile(filepath.Join(lab.dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// start runs a server in the foreground until the test ends and waits until it
// answers.
func (lab *nameServers) start(t *testing.T, ip, program string, args ...string) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, serverPath(program), args...)
	cmd.Dir = lab.dir
	var output bytes.Buffer
	cmd.Stdout, cmd.Stderr = &output, &output
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 5 * time.Second
	if err := cmd.Start(); err != nil {
		cancel()
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		_ = cmd.Wait() // it was told to end
	})
	q := new(dns.Msg).SetQuestion("version.bind.", dns.TypeTXT)
	q.Question[0].Qclass = dns.ClassCHAOS
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if _, _, err := (&dns.Client{Timeout: time.Second}).Exchange(q, net.JoinHostPort(ip, lab.port)); err == nil {
			return
		}
	}
	t.Fatalf("%s on %s does not answer:\n%s", program, ip, output.String())
}

// signingKey gives the key record of a zone that Knot signs, once it does.
func (lab *nameServers) signingKey(t *testing.T, zone string) string {
	t.Helper()
	q := new(dns.Msg).SetQuestion(zone, dns.TypeDNSKEY)
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		reply, _, err := (&dns.Client{Net: "tcp", Timeout: time.Second}).Exchange(q, "127.0.5.3:"+lab.port)
		if err != nil {
			continue
		}
		for _, rr := range reply.Answer {
			if key, ok := rr.(*dns.DNSKEY); ok && key.Flags&dns.SEP != 0 {
				return fmt.Sprintf("%s\n", key)
			}
		}
	}
	t.Fatalf("%s is not signed", zone)
	return ""
}

const nsdConf = `
server:
  ip-address: 127.0.5.2@PORT
  username: ""
  chroot: ""
  zonesdir: "DIR"
  pidfile: "DIR/nsd.pid"
  database: ""
  xfrdfile: "DIR/xfrd.state"
  zonelistfile: "DIR/zone.list"
  xfrdir: "DIR"
  server-count: 1
remote-control:
  control-enable: no
zone:
  name: "example"
  zonefile: "example.zone"
zone:
  name: "plain.example"
  zonefile: "plain.zone"
zone:
  name: "torn.example"
  zonefile: "torn-new.zone"
zone:
  name: "lame.example"
  zonefile: "lame.zone"
`

const knotConf = `
server:
  rundir: "DIR"
  listen: 127.0.5.3@PORT
  background-workers: 1
  udp-workers: 1
  tcp-workers: 1
log:
  - target: stderr
    any: warning
database:
  storage: "DIR"
template:
  - id: default
    storage: "DIR"
    zonefile-sync: -1
    journal-content: none
zone:
  - domain: plain.example
    file: plain.zone
  - domain: torn.example
    file: torn-old.zone
  - domain: signed.example
    file: signed.zone
    dnssec-signing: on
  - domain: bogus.example
    file: bogus.zone
    dnssec-signing: on
`

// unboundConf resolves without the root of the world: every zone is a stub.
const unboundConf = `
server:
  interface: ADDRESS@PORT
  port: PORT
  username: ""
  chroot: ""
  directory: "DIR"
  pidfile: ""
  use-syslog: no
  do-ip6: no
  num-threads: 1
  do-not-query-localhost: no
  access-control: 127.0.0.0/8 allow
  module-config: "validator iterator"
  trust-anchor-file: "DIR/anchor"
  trust-anchor-file: "DIR/wrong-anchor"
  domain-insecure: "plain.example"
  ede: yes
remote-control:
  control-enable: no
stub-zone:
  name: "example"
  stub-addr: 127.0.5.2@PORT
stub-zone:
  name: "plain.example"
  stub-addr: 127.0.5.2@PORT
stub-zone:
  name: "torn.example"
  stub-addr: 127.0.5.2@PORT
stub-zone:
  name: "lame.example"
  stub-addr: 127.0.5.2@PORT
stub-zone:
  name: "signed.example"
  stub-addr: 127.0.5.3@PORT
stub-zone:
  name: "bogus.example"
  stub-addr: 127.0.5.3@PORT
stub-zone:
  name: "dead.example"
  stub-addr: 127.0.5.99@PORT
stub-zone:
  name: "refused.example.net"
  stub-addr: 127.0.5.2@PORT
`

// unboundOtherView is what the second Unbound says of its own.
const unboundOtherView = `
server:
  local-zone: "plain.example" transparent
  local-data: "plain.example. 86400 IN MX 10 gw.inside.example."
  local-data: "gw.inside.example. 86400 IN A 10.1.2.3"
`

// realZones are the zone files.
var realZones = map[string]string{
	"example.zone": `$ORIGIN example.
@ 300 IN SOA ns.nic hostmaster.nic 1 1800 900 604800 300
@ IN NS ns.nic
ns.nic IN A 127.0.5.2
null 300 IN MX 0 .
implicit 300 IN A 192.0.2.9
alias IN CNAME plain
dangling 300 IN MX 10 www.dangling
www.dangling IN CNAME nowhere
big 300 IN TXT "v=spf1 ip4:192.0.2.0/24 -all"
` + bigMX() + `
_dmarc.big 300 IN TXT "v=DMARC1; p=quarantine"
$TTL 300
plain IN NS ns1.plain
plain IN NS ns2.plain
ns1.plain IN A 127.0.5.2
ns2.plain IN A 127.0.5.3
torn IN NS ns1.torn
torn IN NS ns2.torn
ns1.torn IN A 127.0.5.2
ns2.torn IN A 127.0.5.3
lame IN NS ns1.lame
lame IN NS ns2.lame
ns1.lame IN A 127.0.5.2
ns2.lame IN A 127.0.5.3
signed IN NS ns1.signed
ns1.signed IN A 127.0.5.3
bogus IN NS ns1.bogus
ns1.bogus IN A 127.0.5.3
`,
	"plain.zone": realZone("plain", 7) + "@ IN MX 10 mx1\n@ IN MX 20 mx2\nmx1 IN A 192.0.2.7\nmx2 IN A 192.0.2.8\nmx2 IN AAAA 2001:db8::8\n" +
		"@ IN TXT \"v=spf1 mx -all\"\n",
	"torn-new.zone": realZone("torn", 8) + "@ IN MX 10 mx1\nmx1 IN A 192.0.2.7\n",
	"torn-old.zone": realZone("torn", 6) + "@ IN MX 10 old\nold IN A 192.0.2.6\n",
	"lame.zone":     realZone("lame", 1) + "@ IN MX 10 mx1\nmx1 IN A 192.0.2.7\n",
	"signed.zone": "$ORIGIN signed.example.\n$TTL 600\n@ IN SOA ns1 hostmaster 1 1800 900 604800 300\n@ IN NS ns1\nns1 IN A 127.0.5.3\n" +
		"@ IN MX 10 mx1\nmx1 IN A 192.0.2.7\nmx1 IN AAAA 2001:db8::7\n_25._tcp.mx1 IN TLSA 3 1 1 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n",
	"bogus.zone": "$ORIGIN bogus.example.\n$TTL 600\n@ IN SOA ns1 hostmaster 1 1800 900 604800 300\n@ IN NS ns1\nns1 IN A 127.0.5.3\n@ IN MX 10 mx1\nmx1 IN A 192.0.2.7\n",
}

// realZone gives the head of a zone with two name servers.
func realZone(name string, serial int) string {
	return fmt.Sprintf("$ORIGIN %s.example.\n$TTL 600\n@ IN SOA ns1 hostmaster %d 1800 900 604800 300\n@ IN NS ns1\n@ IN NS ns2\nns1 IN A 127.0.5.2\nns2 IN A 127.0.5.3\n", name, serial)
}

// bigMX gives more MX records than a datagram of 1232 bytes holds.
func bigMX() string {
	var b strings.Builder
	for i := range 60 {
		fmt.Fprintf(&b, "big 300 IN MX %d a-mail-host-with-a-long-name-%02d.big\na-mail-host-with-a-long-name-%02d.big IN A 192.0.2.%d\n", i, i, i, i+1)
	}
	return b.String()
}
