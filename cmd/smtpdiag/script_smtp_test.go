package main

import (
	"crypto/tls"
	"errors"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/smtpdiag/smtpdiag/internal/mailtest"
)

// smtpServersKey is the key under which a script keeps its mail servers, by
// address.
type smtpServersKey struct{}

// smtpServers are the mail servers of a running script.
type smtpServers map[string]*mailtest.SMTPServer

// scriptServers gives the mail servers of a script.
func scriptServers(ts *testscript.TestScript) smtpServers {
	servers, ok := ts.Value(smtpServersKey{}).(smtpServers)
	if !ok {
		ts.Fatalf("the script was not set up for mail servers")
	}
	return servers
}

// scriptSMTP gives the command that starts scripted mail servers on one port of
// several addresses. It sets the variable to the port, CA to a file with the
// issuer of their certificates (good, expired, other, self-signed; all but
// "other" for *.corp.example).
func scriptSMTP(t *testing.T) func(*testscript.TestScript, bool, []string) {
	t.Helper()
	return func(ts *testscript.TestScript, neg bool, args []string) {
		if neg || len(args) < 2 {
			ts.Fatalf("usage: smtp VAR IP=FILE...")
		}
		certs := scriptCertificates(t, ts)
		for range 20 {
			servers, err := listenSMTPGroup(ts, args[1:], certs)
			if _, taken := errors.AsType[*net.OpError](err); taken {
				continue
			}
			ts.Check(err)
			known := scriptServers(ts)
			for ip, s := range servers {
				known[ip] = s
				ts.Defer(s.Close)
				ts.Setenv(args[0], strconv.Itoa(int(s.Port())))
			}
			return
		}
		ts.Fatalf("no port is free on all of %v", args[1:])
	}
}

// listenSMTPGroup starts a server for each IP=FILE, all on one port.
func listenSMTPGroup(ts *testscript.TestScript, hosts []string, certs map[string]tls.Certificate) (smtpServers, error) {
	servers := smtpServers{}
	port := "0"
	for _, host := range hosts {
		ip, file, ok := strings.Cut(host, "=")
		if !ok {
			ts.Fatalf("%q is not IP=FILE", host)
		}
		s, err := mailtest.ListenSMTP(net.JoinHostPort(ip, port), ts.ReadFile(file), certs)
		if err != nil {
			for _, started := range servers {
				started.Close()
			}
			return nil, err
		}
		servers[ip] = s
		port = strconv.Itoa(int(s.Port()))
	}
	return servers, nil
}

// scriptCertificates makes the certificates of a script.
func scriptCertificates(t *testing.T, ts *testscript.TestScript) map[string]tls.Certificate {
	t.Helper()
	ca := mailtest.NewCA(t)
	ts.Setenv("CA", ca.File(t))
	names := []string{"*.corp.example"}
	return map[string]tls.Certificate{
		"good":        ca.Issue(t, mailtest.Cert{Names: names}),
		"expired":     ca.Issue(t, mailtest.Cert{Names: names, From: -72 * time.Hour, Until: -48 * time.Hour}),
		"other":       ca.Issue(t, mailtest.Cert{Names: []string{"mail.elsewhere.example"}}),
		"self-signed": ca.Issue(t, mailtest.Cert{Names: names, SelfSigned: true}),
	}
}

// scriptHeard checks that a server heard a command, waiting for it, or with
// "!" that it never did.
func scriptHeard(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: heard IP COMMAND")
	}
	server := scriptServers(ts)[args[0]]
	if server == nil {
		ts.Fatalf("there is no server at %s", args[0])
	}
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(time.Millisecond) {
		heard := false
		for _, session := range server.Commands() {
			for _, command := range session {
				heard = heard || command == args[1] || strings.HasPrefix(command, args[1]+" ")
			}
		}
		switch {
		case heard && neg:
			ts.Fatalf("%s heard %q", args[0], args[1])
		case heard || neg:
			return
		case time.Now().After(deadline):
			ts.Fatalf("%s never heard %q but %q", args[0], args[1], server.Commands())
		}
	}
}

// scriptSessions checks the number of connections to a server.
func scriptSessions(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: sessions IP NUMBER")
	}
	if got := len(scriptServers(ts)[args[0]].Commands()); strconv.Itoa(got) != args[1] {
		ts.Fatalf("%s had %d sessions, want %s", args[0], got, args[1])
	}
}
