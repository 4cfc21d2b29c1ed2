package main

import (
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/smtpdiag/smtpdiag/internal/mailtest"
)

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
	ts.Defer(func() {
		for _, d := range servers {
			d.Close()
		}
	})
	ts.Setenv(args[0], servers[0].Port())
}
