package main

import (
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

func TestDiagnoseDocSpeaksOfEveryFlagAndNoOther(t *testing.T) {
	text := readDoc(t, "diagnose.md")
	flags := newDiagnoseCommand(processStreams(), new(commonOptions)).Flags()
	flags.VisitAll(func(f *pflag.Flag) {
		if !f.Hidden && !strings.Contains(text, "`--"+f.Name) {
			t.Errorf("docs/diagnose.md does not speak of --%s", f.Name)
		}
	})
	for _, word := range regexp.MustCompile("`--[a-z0-9-]+").FindAllString(text, -1) {
		if name := strings.TrimPrefix(word, "`--"); flags.Lookup(name) == nil && name != "verbose" && name != "redact" {
			t.Errorf("docs/diagnose.md speaks of --%s, which diagnose does not have", name)
		}
	}
}

// TestDiagnoseHasEveryFlagOfMXAndProbe keeps the three commands together. The
// limits of mx have other names, since probe has one of that name.
func TestDiagnoseHasEveryFlagOfMXAndProbe(t *testing.T) {
	own := newDiagnoseCommand(processStreams(), new(commonOptions)).Flags()
	for _, flags := range []*pflag.FlagSet{
		newMXCommand(processStreams(), new(commonOptions)).Flags(), newProbeCommand(processStreams(), new(commonOptions)).Flags(),
	} {
		flags.VisitAll(func(f *pflag.Flag) {
			if own.Lookup(f.Name) == nil {
				t.Errorf("diagnose has no --%s", f.Name)
			}
		})
	}
}
