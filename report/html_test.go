package report_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/smtpdiag/smtpdiag/internal/markuptest"
	"github.com/smtpdiag/smtpdiag/report"
)

// hostileBounce puts markup, attributes, entities and control characters into
// every string that comes from outside.
func hostileBounce() *report.Bounce {
	const evil = "</pre></code><script>alert(1)</script><img src=x onerror=alert(1)>\" ' &lt; \x1b[31m\u202e</title>"
	return &report.Bounce{
		Schema: report.SchemaBounce, Source: evil, Kind: "failure", Format: evil, Generator: evil, ReportingMTA: evil,
		Original: report.Original{From: evil, To: evil, Subject: evil, MessageID: evil},
		Recipients: []report.Recipient{{
			FinalRecipient: evil, OriginalRecipient: evil, Reply: report.Reply{Code: 550, Text: evil}, RemoteMTA: report.Host{Name: evil},
			Judgement: report.Judgement{
				Class: "recipient:unknown", Permanence: "permanent", Title: "t", Evidence: []report.Evidence{{From: evil, Text: evil, Line: 1}},
				Findings: []report.Finding{{Key: "k", Severity: "error", Text: evil}}, Next: []report.Step{{Text: evil, Command: evil, Means: evil, Decide: evil}},
			},
		}},
		Problems: []report.Problem{{Line: 1, Text: evil}},
	}
}

func renderHTML(t *testing.T, detail report.Detail, docs ...report.Document) string {
	t.Helper()
	format, ok := report.FormatByName("html")
	if !ok {
		t.Fatal("there is no format html")
	}
	var out bytes.Buffer
	w := report.NewWriter(&out, format, report.Options{Version: "1", Detail: detail}, len(docs) != 1)
	for _, doc := range docs {
		if err := w.Write(doc); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// Whatever a bounce holds, the page has only our own elements and attributes,
// loads nothing, and is one document whatever the number of results.
func TestHTMLHostile(t *testing.T) {
	for _, detail := range []report.Detail{report.Normal, report.Verbose} {
		page := renderHTML(t, detail, hostileBounce(), hostileBounce())
		for _, markup := range markuptest.InHTML([]byte(page)) {
			t.Errorf("the page has %s", markup)
		}
		if r := markuptest.InText(page); r != 0 {
			t.Errorf("the page holds %U", r)
		}
	}
}

// The policy of the page names the style sheet that is in it.
func TestHTMLPolicy(t *testing.T) {
	page := renderHTML(t, report.Normal)
	if !strings.Contains(page, "default-src 'none'; style-src 'sha256-") || strings.Count(page, "<style>") != 1 {
		t.Error("the page lacks its policy")
	}
	if !strings.HasSuffix(page, "</html>\n") {
		t.Error("a page without results is not closed")
	}
}
