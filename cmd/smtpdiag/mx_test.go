package main

import (
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/spf13/pflag"

	"github.com/smtpdiag/smtpdiag/diagnose"
	"github.com/smtpdiag/smtpdiag/probes"
	"github.com/smtpdiag/smtpdiag/report"
)

// readDoc reads a page of the documentation.
func readDoc(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", "docs", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestMXDocSpeaksOfEveryFlagAndNoOther(t *testing.T) {
	text := readDoc(t, "mx.md")
	flags := newMXCommand(processStreams(), new(commonOptions)).Flags()
	flags.VisitAll(func(f *pflag.Flag) {
		if !f.Hidden && !strings.Contains(text, "`--"+f.Name) {
			t.Errorf("docs/mx.md does not speak of --%s", f.Name)
		}
	})
	for _, word := range regexp.MustCompile("`--[a-z-]+").FindAllString(text, -1) {
		name := strings.TrimPrefix(word, "`--")
		if flags.Lookup(name) == nil && name != "exit-code" {
			t.Errorf("docs/mx.md speaks of --%s, which mx does not have", name)
		}
	}
}

func TestMXDocNamesEveryError(t *testing.T) {
	text := readDoc(t, "mx.md")
	for _, failure := range []probes.Failure{
		probes.FailureTimeout, probes.FailureRefused, probes.FailureServfail, probes.FailureNXDomain, probes.FailureLame,
		probes.FailureUnreachable, probes.FailureMalformed, probes.FailureTLS, probes.FailureRcode, probes.FailureCanceled,
	} {
		if !strings.Contains(text, "`"+string(failure)+"`") {
			t.Errorf("docs/mx.md does not name the error %q", failure)
		}
	}
}

// docView is a view for the example of the documentation.
func docView(server probes.Server, ttl uint32, elapsed time.Duration, hosts ...string) probes.View {
	v := probes.View{Server: server, Route: probes.Route{
		Domain: "corp.example", Status: probes.RouteMX,
		Answer: probes.Answer{Name: "corp.example", Type: probes.TypeMX, Rcode: "NOERROR", Transport: probes.UDP, Elapsed: elapsed},
	}}
	for i, host := range hosts {
		name, addr, _ := strings.Cut(host, " ")
		v.Route.Hosts = append(v.Route.Hosts, probes.MailHost{
			Preference: uint16(10 * (i + 1)), Name: name, TTL: ttl, Addresses: []netip.Addr{netip.MustParseAddr(addr)},
		})
	}
	return v
}

// TestMXDocShowsRealOutput holds the example in docs/mx.md to what the program
// makes of the same answers.
func TestMXDocShowsRealOutput(t *testing.T) {
	const ms = time.Millisecond
	now := []string{"mx1.mailgw.example.net 192.0.2.7", "mx2.mailgw.example.net 192.0.2.8"}
	author := func(name, address string) probes.Server {
		return probes.Server{Kind: probes.ServerAuthoritative, Name: name, Transport: probes.UDP, Address: address}
	}
	r := &probes.MXReport{
		Domain: probes.Domain{ASCII: "corp.example", Unicode: "corp.example"},
		Views: []probes.View{
			docView(probes.Server{Kind: probes.ServerSystem, Transport: probes.UDP, Address: "127.0.0.53:53"}, 5400, ms/2, "gw.oldhost.example 198.51.100.7"),
			docView(probes.PublicServers()[0], 271, 12*ms, now...),
			docView(author("ns1.corp.example", "203.0.113.1:53"), 300, 21*ms, now...),
			docView(author("ns2.corp.example", "203.0.113.2:53"), 300, 34*ms, now...),
		},
	}
	verdict := diagnose.JudgeMX(mxCase(r, new(policyResult)))
	text, _ := report.FormatByName("text")
	out, err := text.Append(nil, mxDocument(r, new(policyResult), &verdict), report.Options{Width: 80})
	if err != nil {
		t.Fatal(err)
	}
	const opening, closing = "```console\n$ smtpdiag mx corp.example\n", "```\n"
	doc := readDoc(t, "mx.md")
	before, rest, found := strings.Cut(doc, opening)
	shown, after, closed := strings.Cut(rest, closing)
	if !found || !closed {
		t.Fatal("docs/mx.md has no example")
	}
	if *update {
		page := []byte(before + opening + string(out) + closing + after)
		if err := os.WriteFile(filepath.Join("..", "..", "docs", "mx.md"), page, 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if shown != string(out) {
		t.Errorf("docs/mx.md shows\n%s\nwant (write it with -update)\n%s", shown, out)
	}
}
