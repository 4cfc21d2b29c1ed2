package runbook

import (
	"errors"
	"reflect"
	"strings"
	"testing"
)

const smallPage = `# Recipient does not exist

- Class: recipient:unknown
- Owner: receiver-admin
- Permanence: permanent
- Suppress: yes

## Meaning

No such
address.

- a list

## Checks

### 1. Ask {host} again

` + "```sh\nnc {host} 25\n```\n\nBy hand:\n\n```sh\ntelnet {host} 25\n```\n\nPrints:\n\n```text\n220 mx\n\n# not a title\n## nor a section\n```\n" + `
Means: it is
alive.

Decide: wait.

### 2. Think

## References

- RFC 5321, section 3.3: transactions
- [A guide](https://www.example.com/guide)
`

func TestParsePage(t *testing.T) {
	want := Page{
		Name: "recipient-unknown", Class: ClassRecipientUnknown, Title: "Recipient does not exist",
		Sections: []Section{
			{Name: "Meaning", Body: "No such\naddress.\n\n- a list"},
			{Name: "Checks", Steps: []Step{
				{
					Text: "Ask {host} again", Shell: POSIX, Command: "nc {host} 25", ByHand: "telnet {host} 25",
					Prints: "220 mx\n\n# not a title\n## nor a section", Means: "it is alive.", Decide: "wait.",
				},
				{Text: "Think"},
			}},
			{Name: "References", Refs: []Ref{
				{"RFC 5321, section 3.3: transactions", "https://www.rfc-editor.org/rfc/rfc5321#section-3.3"},
				{"A guide", "https://www.example.com/guide"},
			}},
		},
	}
	for name, text := range map[string]string{
		"LF":              smallPage,
		"CRLF":            strings.ReplaceAll(smallPage, "\n", "\r\n"),
		"CR":              strings.ReplaceAll(smallPage, "\n", "\r"),
		"BOM":             "\ufeff" + smallPage,
		"trailing spaces": strings.ReplaceAll(smallPage, "\n", " \n"),
		"without facts":   strings.ReplaceAll(smallPage, "- Class: recipient:unknown\n- Owner: receiver-admin\n", ""),
		"rendered":        want.Markdown(),
	} {
		got, err := ParsePage("dir/recipient-unknown.md", []byte(text))
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v\n got %#v\nwant %#v", name, err, got, want)
		}
	}
}

func TestParsePageOfASubject(t *testing.T) {
	page, err := ParsePage("our-contacts.md", []byte("# Contacts\n\n## Night shift\n\nCall 1.\n"))
	if err != nil || page.Class != "" || page.Section("Night shift").Body != "Call 1." {
		t.Errorf("%+v, %v", page, err)
	}
}

func TestParsePageNamesFileLineAndReason(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"a.md", "", []string{"a.md: the page is empty"}},
		{"a.md", "\n\n", []string{"a.md: the page is empty"}},
		{"A b.md", "# T\n## S\n\nx", []string{"A b.md: a page's file name is made of"}},
		{"recipient:full.md", "# T\n## S\n\nx", []string{"recipient:full.md: a page's file name is made of"}},
		{"a.md", "\xff", []string{"a.md: the page is not UTF-8 text"}},
		{"a.md", "# T\n" + strings.Repeat("x", maxPageBytes), []string{"a.md: the page is larger than 1048576 bytes"}},
		{"a.md", "words", []string{"a.md:1: a page starts with its title: # TITLE"}},
		{"a.md", "# \n## S\n\nx", []string{"a.md:1: a page starts with its title: # TITLE"}},
		{"a.md", "# T\n## S\n\n\x1b[2J\n\u202e", []string{
			"a.md:4: the line holds the control or invisible character U+001B",
			"a.md:5: the line holds the control or invisible character U+202E",
		}},
		{"a.md", "# T\n", []string{"a.md: the page has no section: ## NAME"}},
		{"a.md", "# T\n\nwords\n\n## S\n\nx", []string{"a.md:3: between the title"}},
		{"a.md", "# T\n## S\n\nx\n\n# U\n", []string{"a.md:6: a page has one title"}},
		{"a.md", "# T\n## S\n## U\n\nx\n## U\n\ny", []string{`a.md:2: section "S" is empty`, `a.md:6: section "U" stands twice`}},
		{"a.md", "# T\n## S\n```\nx", []string{"a.md:4: a code fence is not closed"}},
		{"a.md", "# T\n## S\n\nask {hots}", []string{"a.md:4: unknown placeholder {hots}: known are recipient, "}},
		{"a.md", "# T\n## Checks\n\nwords", []string{"a.md:4: checks start with a heading: ### 1. TEXT"}},
		{"a.md", "# T\n## Checks\n### 2. X", []string{"a.md:3: the heading of this check is ### 1. TEXT"}},
		{"a.md", "# T\n## Checks\n### 1. X\nwords", []string{"a.md:4: in a check stand a command, By hand:, Prints:"}},
		{"a.md", "# T\n## Checks\n### 1. X\n```\nls\n```", []string{"a.md:4: a command stands in ```sh or ```powershell"}},
		{"a.md", "# T\n## Checks\n### 1. X\n```sh\nls\n```\n```sh\nls\n```", []string{"a.md:7: a check has one command"}},
		{"a.md", "# T\n## Checks\n### 1. X\n```sh\nls \"{host}\"\n```", []string{`a.md:4: {host} stands in " quotes`}},
		{"a.md", "# T\n## Checks\n### 1. X\nMeans: a\n\nMeans: b", []string{`a.md:6: "Means" stands twice`}},
		{"a.md", "# T\n## Checks\n### 1. X\nMeans: {x}", []string{"a.md:4: unknown placeholder {x}"}},
		{"a.md", "# T\n## Checks\n### 1. X\nPrints: y", []string{"a.md:4: in a check stand"}},
		{"a.md", "# T\n## Checks\n### 1. X\nBy hand:\n```sh\nls {x}\n```\nBy hand:\n```sh\nls\n```", []string{
			"a.md:4: unknown placeholder {x}", `a.md:8: "By hand" stands twice`,
		}},
		{"a.md", "# T\n## Checks\n### 1. X\nPrints:\n\ny", []string{"a.md:4: behind Prints: comes a block in ```text", "a.md:6: in a check"}},
		{"a.md", "# T\n## References\n- http://example.com", []string{"a.md:3: a reference is - [TITLE](https://...)"}},
		{"recipient-full.md", "# T\n## Causes\n\nx", []string{`recipient-full.md:2: unknown section "Causes": a class has Meaning, Usual causes,`}},
		{"recipient-full.md", "# T\n- Owner: nobody\n\n## Fix\n\nx", []string{`recipient-full.md:2: Owner is "recipient" in the taxonomy`}},
		{"recipient-full.md", "# T\n- Colour: red\n\n## Fix\n\nx", []string{`recipient-full.md:2: unknown fact "Colour"`}},
	} {
		_, err := ParsePage(tt.name, []byte(tt.text))
		if err == nil {
			t.Errorf("%.60q is taken", tt.text)
			continue
		}
		lines := strings.Split(err.Error(), "\n")
		if len(lines) != len(tt.want) {
			t.Errorf("%.60q: %d complaints, want %d:\n%v", tt.text, len(lines), len(tt.want), err)
			continue
		}
		for i := range lines {
			if !strings.HasPrefix(lines[i], tt.want[i]) {
				t.Errorf("%.60q: %q, want %q", tt.text, lines[i], tt.want[i])
			}
		}
		if e := (*PageError)(nil); !errors.As(err, &e) || e.File != tt.name {
			t.Errorf("%.60q: no *PageError with the file's name in %#v", tt.text, err)
		}
	}
}

func TestParsePageComplainsWithinBounds(t *testing.T) {
	_, err := ParsePage("a.md", []byte("# T\n## S\n\n"+strings.Repeat("{nope}\n", 1000)))
	if n := strings.Count(err.Error(), "\n") + 1; n != maxErrors {
		t.Errorf("%d complaints", n)
	}
}

// FuzzParsePage looks for a panic, and for a page that is not read again as
// what it was.
func FuzzParsePage(f *testing.F) {
	f.Add("recipient-unknown.md", smallPage)
	f.Add("a.md", "# T\n## S\n\n```\n## x\n```\n")
	f.Add("a.md", "# T\n## Checks\n### 1. X\n```sh\nls\n")
	f.Fuzz(func(t *testing.T, name, text string) {
		page, err := ParsePage(name, []byte(text))
		if err != nil {
			return
		}
		again, err := ParsePage(page.Name+".md", []byte(page.Markdown()))
		if err != nil || !reflect.DeepEqual(page, again) {
			t.Fatalf("%q renders as\n%s\n%v\n%#v\n%#v", text, page.Markdown(), err, page, again)
		}
	})
}

func TestReferences(t *testing.T) {
	for title, want := range map[string]string{
		"RFC 5321":                            "https://www.rfc-editor.org/rfc/rfc5321",
		"RFC 5321, section 4.2.3":             "https://www.rfc-editor.org/rfc/rfc5321#section-4.2.3",
		"RFC 3464, section A.1":               "https://www.rfc-editor.org/rfc/rfc3464#section-A.1",
		"RFC 5321, section 4.2: what it says": "https://www.rfc-editor.org/rfc/rfc5321#section-4.2",
		"RFC 5321: what it says":              "https://www.rfc-editor.org/rfc/rfc5321",
		"RFC 05321":                           "", "RFC 532100": "", "RFC": "", "RFC ": "", "RFC x": "", "rfc 5321": "",
		"RFC 5321, section ": "", "RFC 5321, section 4.": "", "RFC 5321, section 4..2": "", "RFC 5321, section 4.A": "",
		"RFC 5321, section a": "", "RFC 5321: ": "", "RFC 5321 ": "", "RFC 5321, 4.2": "", "": "",
	} {
		if got, ok := rfcURL(title); ok != (want != "") || ok && got != want {
			t.Errorf("rfcURL(%q) = %q, %v", title, got, ok)
		}
	}
	for link, want := range map[string]bool{
		"[Postfix](https://www.postfix.org/postconf.5.html)": true, "[a b](https://x)": true, "[a[b](https://x)": true,
		"[](https://x)": false, "[a](http://x)": false, "[a](https://)": false, "[a](https://x y)": false, "[a](https://x": false,
		"a](https://x)": false, "[a]b](https://x)": false, "[a](https://x))": false, "[a] (https://x)": false, "": false,
	} {
		if title, url, ok := cutLink(link); ok != want || ok && "["+title+"]("+url+")" != link {
			t.Errorf("cutLink(%q) = %q, %q, %v", link, title, url, ok)
		}
	}
	for name, want := range map[string]bool{"a": true, "recipient-unknown": true, "a-1-b2": true, "": false, "-a": false, "a-": false, "a--b": false, "A": false, "a_b": false, "é": false} {
		if isPageName(name) != want {
			t.Errorf("isPageName(%q) = %v", name, !want)
		}
	}
}
