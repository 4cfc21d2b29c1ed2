package runbook

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"
)

func overlaid(t *testing.T, files map[string]string) *Book {
	t.Helper()
	book := New()
	if err := book.Overlay(directory(files)); err != nil {
		t.Fatal(err)
	}
	return book
}

func directory(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

func TestOverlayReplacesASection(t *testing.T) {
	book := overlaid(t, map[string]string{
		"recipient-full.md": "# Full\n\n## Who to ask\n\nCall the help desk.\n",
		"notes.txt":         "not a page",
		"old/draft.md":      "not a page either",
	})
	page, err := book.Page("recipient:full")
	if err != nil {
		t.Fatal(err)
	}
	plainPage, _ := New().Page("recipient:full")
	if page.Title != "Full" || page.Section(SectionAsk).Body != "Call the help desk." {
		t.Errorf("title %q, who to ask: %q", page.Title, page.Section(SectionAsk).Body)
	}
	if page.Section(SectionFix).Body != plainPage.Section(SectionFix).Body || len(page.Sections) != len(plainPage.Sections) {
		t.Error("the other sections are not what they were")
	}
}

func TestOverlayPutsBeforeAndAfter(t *testing.T) {
	book := overlaid(t, map[string]string{"recipient-full.md": `# Full

## Checks (before)

### 1. Look at our dashboard

## Checks (after)

### 1. Call the night shift

## Fix (after)

Ours.

## References (before)

- RFC 5321
`})
	page, _ := book.Page("recipient-full")
	plainPage, _ := New().Page("recipient-full")
	steps, own := page.Steps(), plainPage.Steps()
	if len(steps) != len(own)+2 || steps[0].Text != "Look at our dashboard" || steps[1] != own[0] ||
		steps[len(steps)-1].Text != "Call the night shift" {
		t.Errorf("checks are %+v", steps)
	}
	if fix := page.Section(SectionFix).Body; fix != plainPage.Section(SectionFix).Body+"\n\nOurs." {
		t.Errorf("fix is %q", fix)
	}
	if refs := page.Refs(); len(refs) != len(plainPage.Refs())+1 || refs[0].Title != "RFC 5321" {
		t.Errorf("references are %v", refs)
	}
	if next := book.Next(ClassRecipientFull, Values{}, 1); len(next) != 1 || next[0].Text != "Look at our dashboard" {
		t.Errorf("Next = %v", next)
	}
}

func TestOverlayAddsAPage(t *testing.T) {
	book := overlaid(t, map[string]string{"our-contacts.md": "# Contacts\n\n## Night shift\n\nCall 1.\n"})
	if page, err := book.Page("our-contacts"); err != nil || page.Title != "Contacts" {
		t.Errorf("%+v, %v", page, err)
	}
	if names := book.Subjects(); !slices.Contains(names, "our-contacts") {
		t.Errorf("Subjects() = %v", names)
	}
	if _, err := New().Page("our-contacts"); !errors.Is(err, ErrNoPage) {
		t.Errorf("another book has it, too: %v", err)
	}
}

func TestLaterOverlayWins(t *testing.T) {
	book := overlaid(t, map[string]string{"a.md": "# One\n\n## S\n\n1\n\n## T\n\nt\n"})
	if _, err := book.Page("a"); err != nil {
		t.Fatal(err)
	}
	if err := book.Overlay(directory(map[string]string{"a.md": "# Two\n\n## S\n\n2\n"})); err != nil {
		t.Fatal(err)
	}
	if page, _ := book.Page("a"); page.Title != "Two" || page.Section("S").Body != "2" || page.Section("T").Body != "t" {
		t.Errorf("%+v", page)
	}
}

func TestOverlayNamesEveryFault(t *testing.T) {
	book := New()
	fsys := directory(map[string]string{"good.md": "# T\n\n## S\n\nx\n", "bad.md": "x", "worse.md": "# T\n## S\n\n{no}"})
	fsys["huge.md"] = &fstest.MapFile{Data: make([]byte, maxPageBytes+1)}
	fsys["pipe.md"] = &fstest.MapFile{Mode: fs.ModeNamedPipe}
	err := book.Overlay(fsys)
	if err == nil {
		t.Fatal("faulty pages are taken")
	}
	for _, want := range []string{"bad.md:1: ", "worse.md:4: ", "huge.md: ", "pipe.md: not a regular file"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in %v", want, err)
		}
	}
	if _, err := book.Page("good"); !errors.Is(err, ErrNoPage) {
		t.Errorf("a page of a refused directory is there: %v", err)
	}
}

func TestOverlayOfNothing(t *testing.T) {
	if err := New().Overlay(directory(map[string]string{"readme.txt": "x"})); err == nil {
		t.Error("a directory without pages is taken")
	}
	if err := New().Overlay(missing{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing directory gives %v", err)
	}
}

type missing struct{}

func (missing) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

func TestPageOfNoName(t *testing.T) {
	for _, name := range []string{"", "nope", "../book", "recipient-unknown.md", "/etc/passwd", "recipient"} {
		if _, err := New().Page(name); !errors.Is(err, ErrNoPage) {
			t.Errorf("Page(%q): %v", name, err)
		}
	}
	if next := New().Next("nope", Values{}, 3); next != nil {
		t.Errorf("Next of no class = %v", next)
	}
}

func TestPagesBelongToTheCaller(t *testing.T) {
	book := New()
	page, _ := book.Page("recipient:full")
	page.Sections[0].Body = "spoiled"
	page.Steps()[0].Text = "spoiled"
	again, _ := book.Page("recipient:full")
	if again.Sections[0].Body == "spoiled" || again.Steps()[0].Text == "spoiled" {
		t.Error("a caller can change the book")
	}
}

func TestBookServesManyAtOnce(*testing.T) {
	book := New()
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for _, e := range Entries() {
				book.Next(e.Class, Values{Recipient: "user@example.com"}, 3)
			}
		})
	}
	wait.Wait()
}

// TestNextIsThePageFilled holds Next, which keeps its steps taken apart and
// fills them together, to what Fill makes of the page.
func TestNextIsThePageFilled(t *testing.T) {
	book := New()
	cases := []Values{{}, {Recipient: "user@example.com", Host: "mx1.mailgw.example.net", IP: "192.0.2.7", Code: "550", Status: "5.1.1", Time: time.Unix(1767519732, 0)}}
	for _, value := range hostile {
		cases = append(cases, Values{Recipient: value, Host: value, Sender: value, Reply: value, QueueID: value, MessageID: value})
	}
	var next []Step
	for _, e := range Entries() {
		page, err := book.Page(string(e.Class))
		if err != nil {
			t.Fatal(err)
		}
		for i := range cases {
			next = book.AppendNext(next[:0], e.Class, &cases[i], 100)
			if len(next) != len(page.Steps()) {
				t.Fatalf("%s: %d steps, the page has %d", e.Class, len(next), len(page.Steps()))
			}
			for k, step := range page.Steps() {
				want := Fill(step, cases[i])
				want.ByHand, want.Prints = "", ""
				if next[k] != want {
					t.Errorf("%s, step %d:\ngot  %+v\nwant %+v", e.Class, k+1, next[k], want)
				}
			}
		}
	}
}
