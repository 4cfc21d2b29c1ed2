package report_test

import (
	"strings"
	"testing"

	"github.com/smtpdiag/smtpdiag/report"
)

// renderMX gives the text form of a document at a width.
func renderMX(t *testing.T, doc report.Document, format string, o report.Options) string {
	t.Helper()
	f, ok := report.FormatByName(format)
	if !ok {
		t.Fatalf("no format %q", format)
	}
	out, err := f.Append(nil, doc, o)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// splitMX is a document in which two of three servers differ.
func splitMX() *report.MX {
	host := func(pref int, name string, addrs ...string) report.MXHost {
		return report.MXHost{Preference: pref, Name: name, TTL: 300, Addresses: addrs}
	}
	return &report.MX{
		Schema: report.SchemaMX, Domain: "xn--bcher-kva.example", Unicode: "bücher.example",
		Class: "routing:split-dns", Permanence: "temporary", Owner: "receiver-admin", Title: "Resolvers disagree about the mail hosts",
		Meaning: "Different resolvers name different mail hosts.", Text: "2 different answers.", Route: "mx",
		Answers: []report.MXAnswer{
			{Label: "A", Text: "10 mx1.example.net", Believed: true, Resolvers: []string{"192.0.2.53:53"}},
			{Label: "B", Text: "10 gw.old.example", Resolvers: []string{"198.51.100.53:53"}},
		},
		Views: []report.MXView{
			{
				Resolver: "192.0.2.53:53", Name: "a-rather-long-name-of-a-server.awsdns-52.co.example", Kind: "authoritative", Transport: "udp", Rcode: "NOERROR",
				Route: "mx", Answer: "A", Millis: 12.3, Hosts: []report.MXHost{host(10, "mx1.example.net", "192.0.2.7", "2001:db8::7")},
			},
			{
				Resolver: "198.51.100.53:53", Kind: "system", Transport: "udp", Rcode: "NOERROR",
				Route: "mx", Answer: "B", Millis: 1, Hosts: []report.MXHost{host(10, "gw.old.example\x1b[31m\u202e", "198.51.100.7")},
			},
			{Resolver: "203.0.113.53:53", Kind: "public", Name: "Operator", Transport: "udp", Error: "timeout", Route: "failed"},
		},
		Findings: []report.Finding{{Key: "split-dns", Severity: "error", Text: "They differ: \x1b]0;owned\x07."}},
		Next:     []report.Step{{Text: "Ask again.", Command: "dig @198.51.100.53 MX xn--bcher-kva.example"}},
	}
}

func TestMXTextStaysInItsWidth(t *testing.T) {
	for _, width := range []int{80, 100, 200} {
		out := renderMX(t, splitMX(), "text", report.Options{Width: width})
		for line := range strings.Lines(out) {
			if n := len([]rune(strings.TrimSuffix(line, "\n"))); n > width {
				t.Errorf("at width %d a line has %d columns: %s", width, n, line)
			}
		}
		if strings.ContainsAny(out, "\x1b\x07\u202e") {
			t.Error("a control character reached the output")
		}
	}
}

func TestMXTextAnswersFirstAndMarksDifferences(t *testing.T) {
	out := renderMX(t, splitMX(), "text", report.Options{Width: 80})
	lines := strings.Split(out, "\n")
	for i, want := range []string{"PROBLEM bücher.example: servers disagree", "CLASS   routing:split-dns, temporary; receiver-admin can act", "NEXT    Ask again."} {
		if !strings.HasPrefix(lines[i], want) {
			t.Errorf("line %d is %q, want %q", i+1, lines[i], want)
		}
	}
	for _, want := range []string{
		"In DNS        xn--bcher-kva.example", " !  198.51.100.53 ", " !  203.0.113.53 Operator", "timeout",
		" +    10  gw.old.example", " -    10  mx1.example.net",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing in\n%s", want, out)
		}
	}
}

func TestMXOutcome(t *testing.T) {
	for class, want := range map[string]report.Outcome{
		"": report.OutcomeFine, "routing:split-dns": report.OutcomeTemporary, "domain:bad-mx": report.OutcomePermanent, "unknown": report.OutcomeUnknown,
	} {
		doc := &report.MX{Class: class, Permanence: map[string]string{"routing:split-dns": "temporary", "domain:bad-mx": "permanent"}[class]}
		if got := doc.Outcome(); got != want {
			t.Errorf("class %q: outcome %d, want %d", class, got, want)
		}
	}
}

func TestMXRedactsReportAddresses(t *testing.T) {
	doc := splitMX()
	doc.DMARC = &report.MXRecord{Record: "v=DMARC1; p=none; rua=mailto:jane.roe@example.com", Problems: []string{"mailto:jane.roe@example.com is odd"}}
	report.NewRedactor().Redact(doc)
	out := renderMX(t, doc, "json", report.Options{})
	if strings.Contains(out, "jane.roe") || !strings.Contains(out, "@example.com") || !strings.Contains(out, "mx1.example.net") {
		t.Error(out)
	}
}
