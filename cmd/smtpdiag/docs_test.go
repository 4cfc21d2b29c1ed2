package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// block gives the first fenced block of a language in a document.
func block(t *testing.T, file, language string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("../../docs", file))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(text), "```"+language+"\n")
	inner, _, closed := strings.Cut(rest, "```\n")
	if !ok || !closed {
		t.Fatalf("%s has no block of %s", file, language)
	}
	return inner
}

// TestRulesExample loads the rules that docs/rules.md shows, and lets the first
// hit be decided by them.
func TestRulesExample(t *testing.T) {
	example := block(t, "rules.md", "yaml")
	file := filepath.Join(t.TempDir(), "own.yaml")
	if err := os.WriteFile(file, []byte(example), 0o600); err != nil {
		t.Fatal(err)
	}
	s, out, errs := testStreams(false)
	status := execute(t.Context(), s, []string{"explain", "-o", "json", "--rules", file, "452 4.3.1 Archive volume exhausted"})
	if status != exitDone || !strings.Contains(out.String(), `"rule": "acme-archive-full"`) {
		t.Errorf("exit status %d, %s%s", status, errs, out)
	}
}

// TestConfigExample reads the configuration that docs/config.md shows.
func TestConfigExample(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "config.yaml")
	for name, text := range map[string]string{
		"config.yaml": block(t, "config.md", "yaml"), "own-rules.yaml": block(t, "rules.md", "yaml"),
		"pages/recipient-unknown.md": "# Recipient does not exist\n\n- Class: recipient:unknown\n\n## Checks (after)\n\n### 1. Ask the mail team\n\nDecide: As they say.\n",
	} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, out, errs := testStreams(false)
	status := execute(t.Context(), s, []string{"bounce", "--config", file, "../../testdata/bounces/user-unknown.eml"})
	if status != exitDone || !strings.HasPrefix(out.String(), "**recipient:unknown**: `person-") {
		t.Errorf("exit status %d, %s%s", status, errs, out)
	}
}
