package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"github.com/smtpdiag/smtpdiag/probes"
)

// readDoc reads a page of the documentation.
func readDoc(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", "docs", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestMXDocSpeaksOfEveryFlagAndNoOther(t *testing.T) {
	text := readDoc(t, "mx.md")
	flags := newMXCommand(processStreams(), new(commonOptions)).Flags()
	flags.VisitAll(func(f *pflag.Flag) {
		if !f.Hidden && !strings.Contains(text, "`--"+f.Name) {
			t.Errorf("docs/mx.md does not speak of --%s", f.Name)
		}
	})
	for _, word := range regexp.MustCompile("`--[a-z-]+").FindAllString(text, -1) {
		name := strings.TrimPrefix(word, "`--")
		if flags.Lookup(name) == nil && name != "exit-code" {
			t.Errorf("docs/mx.md speaks of --%s, which mx does not have", name)
		}
	}
}

func TestMXDocNamesEveryError(t *testing.T) {
	text := readDoc(t, "mx.md")
	for _, failure := range []probes.Failure{
		probes.FailureTimeout, probes.FailureRefused, probes.FailureServfail, probes.FailureNXDomain, probes.FailureLame,
		probes.FailureUnreachable, probes.FailureMalformed, probes.FailureTLS, probes.FailureRcode, probes.FailureCanceled,
	} {
		if !strings.Contains(text, "`"+string(failure)+"`") {
			t.Errorf("docs/mx.md does not name the error %q", failure)
		}
	}
}
