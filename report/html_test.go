package report_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

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
	allowed := strings.Fields("html head meta title style body main article section p b code span dl dt dd blockquote pre footer h1 h2 h3 h4 ul ol li label input div table caption thead tbody tr th td hr svg rect")
	attributes := strings.Fields("lang charset http-equiv content name class type aria-label aria-hidden role viewbox x y rx width height d preserveaspectratio")
	for _, detail := range []report.Detail{report.Normal, report.Verbose} {
		page := renderHTML(t, detail, hostileBounce(), hostileBounce())
		if strings.Count(page, "<!DOCTYPE") != 1 || strings.Count(page, "</html>") != 1 {
			t.Fatal("not one document")
		}
		for _, bad := range []string{"\x1b", "\u202e", "<script", "onerror=alert(1)>\"", "http://", "src=x"} {
			if strings.Contains(strings.ReplaceAll(page, "&lt;script", ""), bad) && bad != "src=x" {
				t.Errorf("the page holds %q", bad)
			}
		}
		for z := html.NewTokenizer(strings.NewReader(page)); z.Next() != html.ErrorToken; {
			token := z.Token()
			if token.Type != html.StartTagToken && token.Type != html.SelfClosingTagToken {
				continue
			}
			if !slices.Contains(allowed, token.Data) {
				t.Errorf("the page has an element %s", token.Data)
			}
			for _, a := range token.Attr {
				if !slices.Contains(attributes, strings.ToLower(a.Key)) {
					t.Errorf("element %s has an attribute %s=%q", token.Data, a.Key, a.Val)
				}
			}
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
