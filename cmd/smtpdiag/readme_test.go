package main

import (
	"bytes"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// update rewrites what the tests compare with: the examples in README.md and
// the golden files. Look at the difference before you keep it.
var update = flag.Bool("update", false, "rewrite the examples in README.md and the golden files")

// TestReadme runs every example of README.md and compares what it shows. An
// example is a fenced block of "console" that begins with "$ smtpdiag"; the
// program of that name is the one under test, see TestMain.
func TestReadme(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	t.Chdir("../..")
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	const open, fence = "```console\n$ ", "```\n"
	var out strings.Builder
	rest, examples := string(readme), 0
	for {
		before, block, ok := strings.Cut(rest, open)
		out.WriteString(before)
		if !ok {
			break
		}
		command, block, _ := strings.Cut(block, "\n")
		shown, behind, closed := strings.Cut(block, fence)
		if !closed {
			t.Fatalf("the block of %q is not closed", command)
		}
		examples++
		got, err := exec.CommandContext(t.Context(), "sh", "-c", command).Output()
		if err != nil {
			t.Errorf("%s: %v", command, err)
		}
		if string(got) != shown && !*update {
			t.Errorf("%s\nshows\n%s\nand prints\n%s\nIf that is right: go test ./cmd/smtpdiag -run 'Readme|Golden' -update", command, shown, got)
		}
		out.WriteString(open + command + "\n" + string(got) + fence)
		rest = behind
	}
	if examples < 4 {
		t.Errorf("only %d examples found", examples)
	}
	if *update && out.String() != string(readme) {
		if err := os.WriteFile("README.md", []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestReadmeCommands keeps README.md and .ci/run together: the two commands
// that do all the set-up stand on lines of their own in the one, and are run by
// the other.
func TestReadmeCommands(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	ci, err := os.ReadFile("../../.ci/run")
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"go run ./cmd/smtpdiag bounce testdata/bounces/user-unknown.eml", "go test ./..."} {
		if !bytes.Contains(readme, []byte("\n"+command+"\n")) {
			t.Errorf("README.md has no line %q", command)
		}
		if !bytes.Contains(ci, []byte("'"+command+"'\n")) {
			t.Errorf(".ci/run does not run %q", command)
		}
	}
}

// TestReadmeNamesEveryCommand finds each subcommand in README.md.
func TestReadmeNamesEveryCommand(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	s, _, _ := testStreams(false)
	for _, cmd := range newRoot(s).Commands() {
		if cmd.Name() != "help" && !bytes.Contains(readme, []byte("`smtpdiag "+cmd.Name()+"`")) {
			t.Errorf("README.md does not name smtpdiag %s", cmd.Name())
		}
	}
}

// TestDocumentsAreLinked follows the links of README.md to files.
func TestDocumentsAreLinked(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, link := range strings.Split(string(readme), "](")[1:] {
		target, _, _ := strings.Cut(link, ")")
		if strings.Contains(target, "://") {
			continue
		}
		if _, err := os.Stat(filepath.Join("../..", target)); err != nil {
			t.Errorf("README.md links to %s: %v", target, err)
		}
	}
}
