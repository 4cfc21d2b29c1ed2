package runbook

import (
	"io/fs"
	"net/netip"
	"os/exec"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// sample is a case whose values are all there.
var sample = Values{
	Recipient: "user@example.com", Host: "mx1.mailgw.example.net", IP: "192.0.2.7",
	Sender: "anna@sender.example", SenderIP: "203.0.113.77", Helo: "gw.sender.example",
	Code: "550", Status: "5.1.1", Reply: "550 5.1.1 <user@example.com>: Recipient address rejected",
	QueueID: "3F2AB1C0D2", MessageID: "1@sender.example", Size: 4711,
	Time: time.Date(2026, 1, 4, 9, 42, 11, 0, time.UTC),
}

// builtinPages returns every built-in page with its text.
func builtinPages(t *testing.T) map[string]struct {
	Page
	text string
} {
	t.Helper()
	pages := map[string]struct {
		Page
		text string
	}{}
	book := New()
	for _, name := range book.Names() {
		page, err := book.Page(name)
		if err != nil {
			t.Fatal(err)
		}
		data, err := fs.ReadFile(builtin, "pages/"+name+".md")
		if err != nil {
			t.Fatal(err)
		}
		pages[name] = struct {
			Page
			text string
		}{page, string(data)}
	}
	return pages
}

func TestEveryClassHasAWholePage(t *testing.T) {
	book := New()
	for _, e := range Entries() {
		page, err := book.Page(string(e.Class))
		if err != nil {
			t.Error(err)
			continue
		}
		if page.Class != e.Class || page.Title != e.Title {
			t.Errorf("%s: the page is about %q, %q", e.Class, page.Class, page.Title)
		}
		var names []string
		for _, section := range page.Sections {
			names = append(names, section.Name)
		}
		if !slices.Equal(names, SectionNames()) {
			t.Errorf("%s: sections are %q", e.Class, names)
		}
		if !strings.Contains(page.Section(SectionAsk).Body, "\n> ") {
			t.Errorf("%s: no ready words under %q", e.Class, SectionAsk)
		}
	}
}

// TestPagesSayWhatTheTableSays holds the facts on a page to the table, since
// readers of the files see only the page.
func TestPagesSayWhatTheTableSays(t *testing.T) {
	for name, page := range builtinPages(t) {
		entry, ok := Lookup(page.Class)
		if !ok {
			continue
		}
		for _, line := range frontLines(entry) {
			if !strings.Contains(page.text, "\n- "+line.key+": "+line.value+"\n") {
				t.Errorf("%s: no line %q: %q", name, line.key, line.value)
			}
		}
	}
}

func TestStepsAreOfUse(t *testing.T) {
	for name, page := range builtinPages(t) {
		steps := page.Steps()
		if page.Class != "" && len(steps) < 2 {
			t.Errorf("%s: %d checks", name, len(steps))
		}
		texts := map[string]bool{}
		for i, step := range steps {
			filled := Fill(step, sample)
			limit := 110
			if i == 0 {
				limit = 72
			}
			if len(filled.Text) > limit || strings.HasSuffix(step.Text, ".") || strings.ContainsAny(step.Text, "`*_") {
				t.Errorf("%s: check %d is no plain line of at most %d characters: %q", name, i+1, limit, filled.Text)
			}
			if texts[step.Text] {
				t.Errorf("%s: two checks say %q", name, step.Text)
			}
			texts[step.Text] = true
			if step.Decide == "" || strings.ContainsAny(step.Decide, "`") {
				t.Errorf("%s: check %d decides nothing, or not in plain text: %q", name, i+1, step.Decide)
			}
			if step.Command == "" && (i > 0 && step.Means == "" && step.Decide == "") {
				t.Errorf("%s: check %d has nothing to do", name, i+1)
			}
		}
	}
}

// TestCommandsParse gives every command to a shell that reads and does not run.
func TestCommandsParse(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no sh here")
	}
	hard := sample
	hard.Recipient, hard.Sender = `o'br"ien $(x)@example.com`, "`a`;b|c@sender.example"
	hard.MessageID = `\'1 & 2`
	for name, page := range builtinPages(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for i, step := range page.Steps() {
				for _, values := range []Values{{}, sample, hard} {
					filled := Fill(step, values)
					commands := []string{filled.ByHand}
					if step.Shell == POSIX {
						commands = append(commands, filled.Command)
					}
					for _, command := range commands {
						out, err := exec.CommandContext(t.Context(), sh, "-n", "-c", command).CombinedOutput()
						if err != nil {
							t.Errorf("check %d: %s\n%s", i+1, out, command)
						}
					}
				}
			}
		})
	}
}

// unsafePlaces are places of a command where quoting for the shell is not
// enough, because another program takes the word apart once more.
var unsafePlaces = regexp.MustCompile(`printf '[^']*\{[a-z_]+\}` + // a format
	`|\b(sh|bash) -c\b|\beval [^(]|\bxargs\b` + // a second shell
	`|\b(awk|sed|perl|python3) (-[a-z]+ )*'[^']*\{[a-z_]+\}` + // a program
	`|grep -[a-zA-Z]*[EP][a-zA-Z]* [^|;\n]*\{[a-z_]+\}|grep [^|;F\n]*\{[a-z_]+\}` + // a pattern
	`|<<`)

func TestCommandsTakeValuesAsWords(t *testing.T) {
	for name, page := range builtinPages(t) {
		for i, step := range page.Steps() {
			for _, command := range []string{step.Command, step.ByHand} {
				if place := unsafePlaces.FindString(command); place != "" {
					t.Errorf("%s: check %d: %q", name, i+1, place)
				}
			}
		}
	}
}

func TestPagesAreTidy(t *testing.T) {
	for name, page := range builtinPages(t) {
		if !strings.HasSuffix(page.text, "\n") || strings.HasSuffix(page.text, "\n\n") {
			t.Errorf("%s does not end with one line end", name)
		}
		for i, line := range strings.Split(page.text, "\n") {
			switch {
			case strings.Contains(line, "\t"):
				t.Errorf("%s:%d: a tab", name, i+1)
			case line != strings.TrimRight(line, " "):
				t.Errorf("%s:%d: spaces at the end", name, i+1)
			case len(line) > 120 && !strings.Contains(line, "](https://"):
				t.Errorf("%s:%d: %d characters", name, i+1, len(line))
			case strings.Contains(line, "http://"):
				t.Errorf("%s:%d: a link without TLS", name, i+1)
			}
			for _, r := range line {
				if r > 0x7e && r != 'ä' {
					t.Errorf("%s:%d: %q", name, i+1, r)
				}
			}
		}
	}
}

func TestPagesHaveReferences(t *testing.T) {
	for name, page := range builtinPages(t) {
		if page.Class != "" && len(page.Refs()) < 2 {
			t.Errorf("%s: %d references", name, len(page.Refs()))
		}
		for _, ref := range page.Refs() {
			if !strings.HasPrefix(ref.URL, "https://") || ref.Title == "" {
				t.Errorf("%s: reference %+v", name, ref)
			}
		}
	}
}

// TestExamplesAreExamples sees that no page names a real person's or
// organisation's address.
func TestExamplesAreExamples(t *testing.T) {
	documentation := []netip.Prefix{
		netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("198.51.100.0/24"),
		netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("127.0.0.0/8"),
	}
	// Public resolvers, reserved ranges, private addresses in descriptions.
	known := []string{"1.1.1.1", "8.8.8.8", "9.9.9.9", "10.0.0.5", "2.0.0.127", "1.0.0.127"}
	sections := regexp.MustCompile(`section [0-9.]+`)
	addresses := regexp.MustCompile(`\b[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\b`)
	reserved := regexp.MustCompile(`(^|\.)(example(\.(com|net|org))?|local|localdomain|internal)$`)
	mailboxes := regexp.MustCompile(`[A-Za-z0-9._+-]+@([A-Za-z0-9-]+\.)+[a-z]{2,}`)
	for name, page := range builtinPages(t) {
		for _, text := range addresses.FindAllString(sections.ReplaceAllString(page.text, ""), -1) {
			addr, err := netip.ParseAddr(text)
			if err == nil && !slices.Contains(known, text) &&
				!slices.ContainsFunc(documentation, func(p netip.Prefix) bool { return p.Contains(addr) }) {
				t.Errorf("%s: address %s", name, text)
			}
		}
		for _, mailbox := range mailboxes.FindAllString(page.text, -1) {
			domain := mailbox[strings.LastIndexByte(mailbox, '@')+1:]
			if mailbox != "tobr@rx.t-online.de" && !reserved.MatchString(domain) {
				t.Errorf("%s: mailbox %s", name, mailbox)
			}
		}
	}
}

// TestPagesNameOnlyPagesThatExist follows every class and page named in a code
// span or after "go on with".
func TestPagesNameOnlyPagesThatExist(t *testing.T) {
	gates := strings.Join(Gates(), "|")
	classes := regexp.MustCompile(`\b(?:` + gates + `):[a-z][a-z0-9-]*[a-z0-9]`)
	spans := regexp.MustCompile("See(?: also)? `([a-z-]+)`")
	ours := []string{"policy:rate-limit", "lookup:ldap-timeout"} // keys of a reader's own runbook
	pages := builtinPages(t)
	for name, page := range pages {
		for _, class := range classes.FindAllString(page.text, -1) {
			if _, ok := Lookup(Class(class)); !ok && !slices.Contains(ours, class) {
				t.Errorf("%s: no class %s", name, class)
			}
		}
		for _, m := range spans.FindAllStringSubmatch(page.text, -1) {
			if _, ok := pages[m[1]]; !ok {
				t.Errorf("%s: no page %s", name, m[1])
			}
		}
	}
}

func TestRenderedPagesReadTheSame(t *testing.T) {
	for name, page := range builtinPages(t) {
		again, err := ParsePage(name+".md", []byte(page.Markdown()))
		if err != nil || !reflect.DeepEqual(again, page.Page) {
			t.Errorf("%s: %v\n got %#v\nwant %#v", name, err, again, page.Page)
		}
	}
}

func TestNextIsReadyToRun(t *testing.T) {
	book := New()
	for _, e := range Entries() {
		next := book.Next(e.Class, sample, 3)
		if len(next) == 0 {
			t.Errorf("%s: nothing to do next", e.Class)
		}
		for _, step := range next {
			if strings.Contains(step.Command, "{recipient}") || strings.Contains(step.Command, "RECIPIENT") {
				t.Errorf("%s: %s", e.Class, step.Command)
			}
		}
	}
}
