package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestHostPages runs the examples of the pages about the receiving host, as
// TestReadme does for README.md. The programs in testdata/host/bin stand in for
// those of Postfix.
func TestHostPages(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	t.Setenv("TZ", "UTC")
	t.Chdir("../..")
	bin, err := filepath.Abs("testdata/host/bin")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	for _, page := range []string{"log.md", "queue.md", "postconf.md", "edge.md"} {
		t.Run(page, func(t *testing.T) {
			file := filepath.Join("docs", page)
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			const open, fence = "```console\n$ ", "```\n"
			parts := strings.Split(string(raw), open)
			if len(parts) < 2 {
				t.Fatal("no example")
			}
			for i, part := range parts[1:] {
				command, block, _ := strings.Cut(part, "\n")
				shown, behind, closed := strings.Cut(block, fence)
				if !closed {
					t.Fatalf("the block of %q is not closed", command)
				}
				got, err := exec.CommandContext(t.Context(), "sh", "-c", command).Output()
				if err != nil {
					t.Errorf("%s: %v", command, err)
				}
				if string(got) != shown && !*update {
					t.Errorf("%s\nshows\n%s\nand prints\n%s\nIf that is right: go test ./cmd/smtpdiag -run HostPages -update", command, shown, got)
				}
				parts[i+1] = command + "\n" + string(got) + fence + behind
			}
			if *update {
				if err := os.WriteFile(file, []byte(strings.Join(parts, open)), 0o600); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// TestEdgePageNamesChecks finds every check in docs/edge.md.
func TestEdgePageNamesChecks(t *testing.T) {
	raw, err := os.ReadFile("../../docs/edge.md")
	if err != nil {
		t.Fatal(err)
	}
	s, out, _ := testStreams(false)
	t.Setenv("PATH", t.TempDir())
	if status := execute(t.Context(), s, []string{"edge", "-o", "ndjson", "--no-probe", "--log", "missing", "user@example.com"}); status != 0 {
		t.Errorf("exit status %d", status)
	}
	for _, part := range strings.Split(out.String(), `{"key":"`)[1:] {
		key, _, _ := strings.Cut(part, `"`)
		if !strings.Contains(string(raw), "`"+key+"`") {
			t.Errorf("docs/edge.md does not name the check %s", key)
		}
	}
}
