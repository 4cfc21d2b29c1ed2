package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/smtpdiag/smtpdiag/report"
	"github.com/smtpdiag/smtpdiag/runbook"
)

// TestRunbookGuide runs what docs/runbook.md shows: its example page, and every
// "$" line of its console blocks with the output below it. "..." as the last
// line stands for more.
func TestRunbookGuide(t *testing.T) {
	guide, err := os.ReadFile("../../docs/runbook.md")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	script := guideScript(t, string(guide))
	if err := os.WriteFile(filepath.Join(dir, "guide.txtar"), []byte(script), 0o600); err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: dir,
		Setup: func(env *testscript.Env) error {
			env.Setenv("XDG_CONFIG_HOME", env.WorkDir)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"begins": scriptBegins},
	})
}

// guideScript makes a story of the guide.
func guideScript(t *testing.T, guide string) string {
	t.Helper()
	example := regexp.MustCompile("(?s)````markdown\n(.*?)````").FindStringSubmatch(guide)
	consoles := regexp.MustCompile("(?s)```console\n\\$ (smtpdiag [^\n]*)\n(.*?)```").FindAllStringSubmatch(guide, -1)
	if example == nil || len(consoles) < 2 {
		t.Fatalf("the guide has %d console blocks, and its example page is %q", len(consoles), example)
	}
	var story, files strings.Builder
	for i, block := range consoles {
		run, stream := "exec", "stdout"
		if strings.HasPrefix(block[2], "smtpdiag: ") {
			run, stream = "! exec", "stderr"
		}
		fmt.Fprintf(&story, "%s %s\nbegins %s want-%d\n", run, block[1], stream, i)
		fmt.Fprintf(&files, "-- want-%d --\n%s", i, block[2])
	}
	fmt.Fprintf(&files, "-- our-runbook/recipient-full.md --\n%s", example[1])
	files.WriteString("-- faulty/recipient-full.md --\n# Mailbox is over its quota\n\n## Fix\n\nAsk {addressee}.\n")
	return story.String() + files.String()
}

// scriptBegins compares an output with a file, whose last line "..." stands for
// more. A line may go on where the file ends it with a comma.
func scriptBegins(ts *testscript.TestScript, _ bool, args []string) {
	got, want := ts.ReadFile(args[0]), ts.ReadFile(args[1])
	start, more := strings.CutSuffix(want, "...\n")
	start = strings.TrimSuffix(start, "\n")
	if !strings.HasPrefix(got, start) || !more && strings.TrimSuffix(got, "\n") != start {
		ts.Fatalf("%s is\n%s\nwant\n%s", args[0], got, want)
	}
}

func TestRunbookGuideKnowsEveryPlaceholder(t *testing.T) {
	guide, err := os.ReadFile("../../docs/runbook.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range runbook.Placeholders() {
		if row := "| `{" + name + "}` | " + runbook.DescribePlaceholder(name) + " |\n"; !strings.Contains(string(guide), row) {
			t.Errorf("docs/runbook.md has no line %q", row)
		}
	}
}

// TestRunbookPagesKeepWithinTheTerminal holds all but commands, examples and
// addresses, which must stay whole, to the width.
func TestRunbookPagesKeepWithinTheTerminal(t *testing.T) {
	book := runbook.New()
	text, _ := report.FormatByName("text")
	for _, width := range []int{60, 80, 120} {
		for _, name := range book.Names() {
			page, err := book.Page(name)
			if err != nil {
				t.Fatal(err)
			}
			shown, err := text.Append(nil, runbookPage(&page), report.Options{Width: width})
			if err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(string(shown)) {
				line = strings.TrimSuffix(line, "\n")
				if len(line) > width && !strings.HasPrefix(line, "     ") && !strings.HasPrefix(line, "    https://") {
					t.Errorf("%s at %d columns: %q", name, width, line)
				}
			}
		}
	}
}

// TestRunbookNamesCommandsThatExist gives every command of the program that a
// page names to the program's own parser of flags and arguments.
func TestRunbookNamesCommandsThatExist(t *testing.T) {
	s, _, _ := testStreams(false)
	values := runbook.Values{
		Recipient: "user@example.com", Sender: "anna@sender.example", Host: "mx.example.com", Size: 4711,
	}
	book, count := runbook.New(), 0
	for _, name := range book.Names() {
		page, err := book.Page(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, step := range page.Steps() {
			command := runbook.Fill(step, values).Command
			rest, ok := strings.CutPrefix(command, "smtpdiag ")
			if !ok {
				continue
			}
			count++
			root := newRoot(s)
			cmd, args, err := root.Find(strings.Fields(strings.ReplaceAll(rest, "'", "")))
			if err == nil && cmd != root {
				err = cmd.ParseFlags(args)
			}
			if err == nil {
				err = cmd.ValidateArgs(cmd.Flags().Args())
			}
			if err != nil || cmd == root {
				t.Errorf("%s: %s: %v", name, command, err)
			}
		}
	}
	if count < 40 {
		t.Errorf("the pages name %d commands of the program", count)
	}
}
