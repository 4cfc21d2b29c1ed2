package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/smtpdiag/smtpdiag/dsn"
	"github.com/smtpdiag/smtpdiag/report"
)

// corpora are folders of real messages beside the repository, which are no
// part of it, and the examples that are.
var corpora = []string{"../../../shared/corpus/messages", "../../../shared/corpus/lab", "../../testdata/bounces"}

// TestRedactCorpus redacts every message and finds no local part left: neither
// in an address nor alone, in any format.
func TestRedactCorpus(t *testing.T) {
	j, err := newJudge(nil, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, corpus := range corpora {
		paths, err := filepath.Glob(filepath.Join(corpus, "*.eml"))
		if err != nil {
			t.Fatal(err)
		}
		if len(paths) == 0 {
			t.Logf("%s is not there", corpus)
		}
		for _, path := range paths {
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			doc := j.bounce(dsn.Parse("mail.eml", raw), -1, 1)
			locals := localParts(doc)
			report.NewRedactor().Redact(doc)
			for _, format := range report.Formats() {
				out, err := format.Append(nil, doc, report.Options{Detail: report.Verbose, Version: release})
				if err != nil {
					t.Fatal(err)
				}
				for _, local := range locals {
					if left := regexp.MustCompile(`(?i)(^|[^\w.+:@-])` + regexp.QuoteMeta(local) + `(@|%40|&#64;|>)`).Find(out); left != nil {
						t.Errorf("%s: %q is left of %q in %s", path, left, local, format.Name)
					}
				}
			}
		}
	}
}

// localParts gives the local parts of the people in a document.
func localParts(doc *report.Bounce) []string {
	fields := []string{doc.Original.From, doc.Original.To}
	for i := range doc.Recipients {
		fields = append(fields, doc.Recipients[i].FinalRecipient, doc.Recipients[i].OriginalRecipient)
	}
	var locals []string
	for _, field := range fields {
		for word := range strings.FieldsSeq(field) {
			local, _, ok := strings.Cut(strings.Trim(word, `<>"(),;:`), "@")
			if ok && len(local) > 2 && !strings.EqualFold(local, "postmaster") {
				locals = append(locals, local)
			}
		}
	}
	return locals
}
