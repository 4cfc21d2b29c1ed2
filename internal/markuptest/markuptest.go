// Package markuptest tells, for tests, whether words from outside have become
// more than words: markup in Markdown or HTML, or control of a terminal.
package markuptest

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
	"golang.org/x/net/html"
)

// ParseMarkdown reads Markdown as GitHub does: CommonMark with tables, task
// lists, strike-through and bare links.
func ParseMarkdown(source []byte) ast.Node {
	return goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser().Parse(text.NewReader(source))
}

// ownNodes are the kinds of nodes that a report is made of. Links, pictures, raw
// HTML and indented code are none of them.
var ownNodes = []string{
	"Document", "Paragraph", "Text", "CodeSpan", "FencedCodeBlock", "Heading", "List", "ListItem", "TextBlock",
	"Table", "TableHeader", "TableRow", "TableCell", "TaskCheckBox", "Emphasis", "ThematicBreak", "String",
}

// mention is what GitHub makes a link of without any markup.
var mention = regexp.MustCompile(`@\w|#\d|://|\bwww\.\w`)

// InMarkdown gives the kind of the first node, outside of code, that no report
// is made of, or text that mentions somebody or links. It gives "" where there
// is none.
func InMarkdown(source []byte) string {
	found := ""
	_ = ast.Walk(ParseMarkdown(source), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		kind := n.Kind().String()
		if !slices.Contains(ownNodes, kind) {
			found = kind
			return ast.WalkStop, nil
		}
		if kind == "CodeSpan" || kind == "FencedCodeBlock" {
			return ast.WalkSkipChildren, nil
		}
		if t, ok := n.(*ast.Text); ok {
			words := strings.NewReplacer("&#96;", "", "&#124;", "").Replace(string(t.Segment.Value(source)))
			if mention.MatchString(words) {
				found = "text " + words
				return ast.WalkStop, nil
			}
		}
		return ast.WalkContinue, nil
	})
	return found
}

// ownElements and ownAttributes are what a page is made of.
var (
	ownElements   = strings.Fields("html head meta title style body main article section p b code span dl dt dd blockquote pre footer h1 h2 h3 ul ol li label input div table thead tbody tr th td hr svg rect")
	ownAttributes = strings.Fields("lang charset http-equiv content name class type aria-label aria-hidden viewbox x width height preserveaspectratio")
)

// InHTML gives every element and attribute that no page is made of, and says
// where the page is not one document.
func InHTML(page []byte) []string {
	var found []string
	documents := 0
	for z := html.NewTokenizer(strings.NewReader(string(page))); z.Next() != html.ErrorToken; {
		token := z.Token()
		switch token.Type {
		case html.CommentToken:
			found = append(found, "comment "+token.Data)
		case html.DoctypeToken:
			documents++
		case html.StartTagToken, html.SelfClosingTagToken:
			if !slices.Contains(ownElements, token.Data) {
				found = append(found, "element "+token.Data)
			}
			for _, a := range token.Attr {
				if !slices.Contains(ownAttributes, strings.ToLower(a.Key)) {
					found = append(found, "attribute "+a.Key+"="+a.Val)
				}
			}
		case html.ErrorToken, html.TextToken, html.EndTagToken:
		}
	}
	if documents != 1 || strings.Count(string(page), "</html>") != 1 {
		found = append(found, "not one document")
	}
	return found
}

// InText gives the first character that must never reach a terminal or a page:
// controls but line feeds, formats such as those that turn the direction, and
// what is not to be seen. It gives 0 where there is none.
func InText(s string) rune {
	for _, r := range s {
		if r != '\n' && !unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Zs) {
			return r
		}
		if r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x200b || r == 0xfeff {
			return r
		}
	}
	return 0
}
