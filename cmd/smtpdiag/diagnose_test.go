package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"github.com/smtpdiag/smtpdiag/report"
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

// TestRedactDiagnosedCorpus diagnoses every message by itself alone and finds
// no local part left after redaction: the letter, the commands and what the
// witnesses say hold them in other places than a bounce does.
func TestRedactDiagnosedCorpus(t *testing.T) {
	j, err := newJudge(nil, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, corpus := range corpora {
		paths, err := filepath.Glob(filepath.Join(corpus, "*.eml"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			c := &caseFile{Options: caseOptions{Offline: true}, Inputs: []caseInput{{Name: "mail.eml", Index: -1, Line: 1, Raw: raw}}}
			for _, doc := range c.documents(j) {
				checkRedacted(t, path, doc)
			}
		}
	}
}

// checkRedacted redacts a case and looks for what is left of its people.
func checkRedacted(t *testing.T, path string, doc *report.Diagnose) {
	t.Helper()
	locals := localParts(doc.Bounce)
	report.NewRedactor().Redact(doc)
	checkNobodyLeft(t, path, doc, locals)
}
