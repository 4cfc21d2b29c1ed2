package main

import (
	"crypto/tls"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/smtpdiag/smtpdiag/internal/mailtest"
)

// dnsGroups are the name servers of a running script, by variable.
type dnsGroups map[string][]*mailtest.DNS

// dnsGroupsKey is the key under which a script keeps them.
type dnsGroupsKey struct{}

// scriptGroups gives the groups of a script.
func scriptGroups(ts *testscript.TestScript) dnsGroups {
	groups, ok := ts.Value(dnsGroupsKey{}).(dnsGroups)
	if !ok {
		ts.Fatalf("the script was not set up for name servers")
	}
	return groups
}

// scriptDNS starts name servers that stop when the script ends.
func scriptDNS(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: dns VAR IP=FILE...")
	}
	var hosts []mailtest.DNSHost
	for _, arg := range args[1:] {
		ip, file, ok := strings.Cut(arg, "=")
		if !ok {
			ts.Fatalf("%q is not IP=FILE", arg)
		}
		hosts = append(hosts, mailtest.DNSHost{IP: ip, Text: ts.ReadFile(file)})
	}
	servers, err := mailtest.ListenDNSGroup(hosts...)
	ts.Check(err)
	scriptGroups(ts)[args[0]] = servers
	ts.Defer(func() {
		for _, d := range servers {
			d.Close()
		}
	})
	ts.Setenv(args[0], servers[0].Port())
}

// scriptAsked waits until the name servers of a group have got a number of
// questions.
func scriptAsked(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: asked VAR NUMBER")
	}
	want, err := strconv.Atoi(args[1])
	ts.Check(err)
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(time.Millisecond) {
		asked := 0
		for _, d := range scriptGroups(ts)[args[0]] {
			asked += d.Asked()
		}
		if asked >= want {
			return
		}
		if time.Now().After(deadline) {
			ts.Fatalf("the name servers were asked %d times, want %d", asked, want)
		}
	}
}

// scriptHTTPS gives the command that serves a file as the MTA-STS policy of a
// domain on 127.0.0.1. It sets the variable to the port, and SSL_CERT_FILE.
func scriptHTTPS(t *testing.T) func(*testscript.TestScript, bool, []string) {
	t.Helper()
	return func(ts *testscript.TestScript, neg bool, args []string) {
		if neg || len(args) != 3 {
			ts.Fatalf("usage: https VAR DOMAIN FILE")
		}
		ca := mailtest.NewCA(t)
		policy := ts.ReadFile(args[2])
		s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/.well-known/mta-sts.txt" {
				http.NotFound(w, r)
				return
			}
			w.Header().Set("Content-Type", "text/plain")
			_, _ = w.Write([]byte(policy)) // a client that went away is its own fault
		}))
		s.TLS = &tls.Config{
			Certificates: []tls.Certificate{ca.Issue(t, mailtest.Cert{Names: []string{"mta-sts." + args[1]}})}, MinVersion: tls.VersionTLS12,
		}
		s.StartTLS()
		ts.Defer(s.Close)
		_, port, err := net.SplitHostPort(s.Listener.Addr().String())
		ts.Check(err)
		ts.Setenv(args[0], port)
		ts.Setenv("SSL_CERT_FILE", ca.File(t))
	}
}
