package probes_test

import (
	"crypto/tls"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/smtpdiag/smtpdiag/internal/mailtest"
	"github.com/smtpdiag/smtpdiag/probes"
)

const goodPolicy = "version: STSv1\r\nmode: enforce\r\nmx: mx1.example.com\r\nmx: *.mail.example.com\r\nmax_age: 604800\r\n"

// policyHost serves one policy over HTTPS and gives its port.
func policyHost(t *testing.T, ca *mailtest.CA, cert mailtest.Cert, handler http.HandlerFunc) uint16 {
	t.Helper()
	s := httptest.NewUnstartedServer(handler)
	s.TLS = &tls.Config{Certificates: []tls.Certificate{ca.Issue(t, cert)}, MinVersion: tls.VersionTLS12}
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	return netip.MustParseAddrPort(s.Listener.Addr().String()).Port()
}

// serve answers with a policy.
func serve(policy string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/.well-known/mta-sts.txt" || !strings.HasPrefix(r.Host, "mta-sts.example.com") {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = io.WriteString(w, policy) // a client that went away is its own fault
	}
}

func TestLookupMTASTS(t *testing.T) {
	ca := mailtest.NewCA(t)
	right := mailtest.Cert{Names: []string{"mta-sts.example.com"}}
	record := "_mta-sts.example.com. IN TXT \"v=STSv1; id=20260101T000000;\"\nmta-sts.example.com. IN A 127.0.0.1\n"
	for _, tc := range []struct {
		name     string
		record   string
		cert     mailtest.Cert
		handler  http.HandlerFunc
		mode     string
		problems []string
	}{
		{"good", record, right, serve(goodPolicy), "enforce", nil},
		{"line feeds", record, right, serve(strings.ReplaceAll(goodPolicy, "\r", "")), "enforce", nil},
		{"none", "", right, serve(goodPolicy), "", nil},
		{"no id", strings.ReplaceAll(record, "id=20260101T000000", "id=2026-01"), right, serve(goodPolicy), "enforce", []string{"!id= is missing"}},
		{"two records", record + "_mta-sts.example.com. IN TXT \"v=STSv1; id=2\"\n", right, serve(goodPolicy), "", []string{"!there are 2 records"}},
		{"no host", strings.ReplaceAll(record, "mta-sts.example.com. IN A", "other.example.com. IN A"), right, serve(goodPolicy), "", []string{"!mta-sts.example.com cannot be looked up"}},
		{"other certificate", record, mailtest.Cert{Names: []string{"www.example.com"}}, serve(goodPolicy), "", []string{"!certificate is valid for www.example.com"}},
		{"expired certificate", record, mailtest.Cert{Names: right.Names, From: -48 * time.Hour, Until: -24 * time.Hour}, serve(goodPolicy), "", []string{"!certificate has expired"}},
		{"unknown authority", record, mailtest.Cert{Names: right.Names, SelfSigned: true}, serve(goodPolicy), "", []string{"!unknown authority"}},
		{"redirect", record, right, http.RedirectHandler("https://www.example.com/", http.StatusFound).ServeHTTP, "", []string{"!redirects must not be followed"}},
		{"not found", record, right, http.NotFound, "", []string{"!HTTP status 404"}},
		{"HTML", record, right, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html>") }, "", []string{"!not text/plain"}},
		{"too large", record, right, serve(strings.Repeat("mx: a.example.com\n", 5000)), "", []string{"!larger than 64 KiB"}},
		{"endless", record, right, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/plain")
			for r.Context().Err() == nil {
				if _, err := io.WriteString(w, strings.Repeat("x", 1<<16)); err != nil {
					return
				}
			}
		}, "", []string{"!larger than 64 KiB"}},
		{"nonsense", record, right, serve("mode: perhaps\nmx\nmax_age: long\n\x1b[31m: x\n"), "", []string{
			`"mx" of the policy is no key: value`, "!version is \"\"", "!is no number", `!mode is "perhaps"`, "!names no mx",
		}},
		{"none with nothing", record, right, serve("version: STSv1\nmode: none\nmax_age: 86400\n"), "none", nil},
		{"short age", record, right, serve(strings.ReplaceAll(goodPolicy, "604800", "60")), "enforce", []string{"less than a day"}},
		{"long age", record, right, serve(strings.ReplaceAll(goodPolicy, "604800", "99999999")), "enforce", []string{"above 31557600"}},
		{"bad pattern", record, right, serve(strings.ReplaceAll(goodPolicy, "mx1.example.com", "*.*.example.com")), "enforce", []string{`"*.*.example.com" fits no host`}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			m := probes.LookupMTASTS(t.Context(), client(t, tc.record), "example.com", probes.MTASTSOptions{
				Port: policyHost(t, ca, tc.cert, tc.handler), Roots: ca.Pool(), AllowPrivate: true, Timeout: 20 * time.Second,
			})
			if m.Mode != tc.mode {
				t.Errorf("mode %q, want %q", m.Mode, tc.mode)
			}
			checkProblems(t, tc.name, m.Problems, tc.problems)
		})
	}
}

func TestLookupMTASTSStaysOutOfClosedNetworks(t *testing.T) {
	ca := mailtest.NewCA(t)
	asked := false
	port := policyHost(t, ca, mailtest.Cert{Names: []string{"mta-sts.example.com"}}, func(http.ResponseWriter, *http.Request) { asked = true })
	r := client(t, "_mta-sts.example.com. IN TXT \"v=STSv1; id=1\"\nmta-sts.example.com. IN A 127.0.0.1\n")
	m := probes.LookupMTASTS(t.Context(), r, "example.com", probes.MTASTSOptions{Port: port, Roots: ca.Pool()})
	checkProblems(t, "loopback", m.Problems, []string{"!loopback (RFC 1122), which is not connected to"})
	if asked {
		t.Error("the policy host on loopback was asked")
	}
}

func TestMTASTSCovers(t *testing.T) {
	m := probes.MTASTS{MX: []string{"mx1.example.com", "*.mail.example.com"}}
	for host, want := range map[string]bool{
		"mx1.example.com": true, "MX1.Example.COM.": true, "a.mail.example.com": true,
		"mail.example.com": false, "a.b.mail.example.com": false, "mx2.example.com": false, "amx1.example.com": false, "": false,
	} {
		if m.Covers(host) != want {
			t.Errorf("%q: covered %t, want %t", host, !want, want)
		}
	}
}

func TestLookupReverse(t *testing.T) {
	r := client(t, `
7.2.0.192.in-addr.arpa.  IN PTR mx.example.com.
mx.example.com.          IN A 192.0.2.7
8.2.0.192.in-addr.arpa.  IN PTR mx.example.com.
1.0.0.10.in-addr.arpa.   IN PTR inside.example.com.
! 9.2.0.192.in-addr.arpa. * servfail
`)
	for _, tc := range []struct {
		ip               string
		names, confirmed int
		problems         []string
	}{
		{"192.0.2.7", 1, 1, nil},
		{"192.0.2.8", 1, 0, []string{"!no reverse name leads back"}},
		{"192.0.2.9", 0, 0, nil},
		{"192.0.2.10", 0, 0, []string{"!it has no reverse name"}},
		{"10.0.0.1", 1, 0, []string{"private (RFC 1918)", "no reverse name leads back"}},
		{"2001:db8::1", 0, 0, []string{"!it has no reverse name"}},
	} {
		rev := probes.LookupReverse(t.Context(), r, netip.MustParseAddr(tc.ip))
		if len(rev.Names) != tc.names || len(rev.Confirmed) != tc.confirmed {
			t.Errorf("%s: got names %q, confirmed %q", tc.ip, rev.Names, rev.Confirmed)
		}
		checkProblems(t, tc.ip, rev.Problems, tc.problems)
	}
}
