package report

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"

	"github.com/smtpdiag/smtpdiag/internal/markuptest"
)

// structure counts the nodes that words from outside must not change.
func structure(source []byte) map[string]int {
	counts := map[string]int{}
	_ = ast.Walk(markuptest.ParseMarkdown(source), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch kind := n.Kind().String(); kind {
		case "Heading", "List", "ListItem", "Table", "TableRow", "TableCell", "FencedCodeBlock", "TaskCheckBox", "ThematicBreak":
			if entering {
				counts[kind]++
			}
		}
		return ast.WalkContinue, nil
	})
	return counts
}

func FuzzMarkdown(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if s == "" {
			return
		}
		// A harmless word in the same places shows what the structure must be.
		for i, doc := range hostileDocument(s) {
			got, err := renderMarkdown(nil, doc, Options{Version: "1", Detail: Verbose})
			if err != nil {
				t.Fatal(err)
			}
			if r := markuptest.InText(string(got)); r != 0 {
				t.Fatalf("%U is left:\n%q", r, got)
			}
			if markup := markuptest.InMarkdown(got); markup != "" {
				t.Fatalf("%s comes from outside:\n%s", markup, got)
			}
			if strings.TrimSpace(Clean(s)) == "" || strings.Contains(s, "@") {
				continue // lines of nothing are left out; an address adds domains to a summary
			}
			want, err := renderMarkdown(nil, hostileDocument("word")[i], Options{Version: "1", Detail: Verbose})
			if err != nil {
				t.Fatal(err)
			}
			has, should := structure(got), structure(want)
			for kind, n := range should {
				if has[kind] != n {
					t.Fatalf("%d times %s, want %d:\n%s", has[kind], kind, n, got)
				}
			}
		}
	})
}

func TestMarkdownCode(t *testing.T) {
	tests := []struct{ in, want string }{
		{"x", "`x`"}, {"a`b", "``a`b``"}, {"`a", "`` `a ``"}, {" a ", "`  a  `"}, {"", ""}, {"``", "``` `` ```"},
	}
	for _, test := range tests {
		if got := mdCode(test.in); got != test.want {
			t.Errorf("mdCode(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

// TestMarkdownShowsTheSameText renders text as HTML and compares what a reader
// sees with what was to be said.
func TestMarkdownShowsTheSameText(t *testing.T) {
	for _, s := range append([]string{
		"Ask user@example.com, or see https://example.com/x_y (RFC 5321, 4.2).", "5.1.1 is not 550! a|b|c", "`a` and ``b", "a `c|d` e",
		"mx1.example.net [192.0.2.7] at RCPT TO", "2. point", "- dash", "a & b < c > d", "\\backslash\\",
	}, hostile...) {
		want := strings.Join(strings.Fields(strings.ReplaceAll(Clean(s), "`", "")), " ")
		if want == "" {
			continue
		}
		var html bytes.Buffer
		source := "| x | " + mdCell(mdText(s)) + " |\n|---|---|\n"
		if err := goldmark.New(goldmark.WithExtensions(extension.GFM)).Convert([]byte(source), &html); err != nil {
			t.Fatal(err)
		}
		got := regexp.MustCompile(`<[^>]*>`).ReplaceAllString(html.String(), " ")
		got = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&#39;", "'", "&amp;", "&", "`", "").Replace(got)
		squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if squeeze(got) != "x"+squeeze(want) {
			t.Errorf("%q\nshows as %q\nwant     %q\nsource %s", s, squeeze(got), "x"+squeeze(want), source)
		}
	}
}
