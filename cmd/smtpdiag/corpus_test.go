package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/smtpdiag/smtpdiag/dsn"
	"github.com/smtpdiag/smtpdiag/internal/markuptest"
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
			checkNobodyLeft(t, path, doc, locals)
		}
	}
}

// checkNobodyLeft looks for local parts in every format of a redacted document:
// in front of an @ sign whatever they are, and as words of their own where they
// are none that smtpdiag says itself and none of a domain.
func checkNobodyLeft(t *testing.T, path string, doc report.Document, locals []string) {
	t.Helper()
	for _, format := range report.Formats() {
		out, err := format.Append(nil, doc, report.Options{Detail: report.Verbose, Version: release})
		if err != nil {
			t.Fatal(err)
		}
		lower := bytes.ToLower(out)
		for _, local := range locals {
			if !bytes.Contains(lower, []byte(strings.ToLower(local))) {
				continue // nearly always
			}
			word := regexp.QuoteMeta(local)
			forms := []string{`(?i)(^|[^\w.+:@-])` + word + `(@|%40|&#64;|>)`}
			if !slices.Contains(ownWords, strings.ToLower(local)) {
				forms = append(forms, `(?i)(^|[^\w.@-])`+word+`($|[^\w.-])`)
			}
			for _, form := range forms {
				if left := regexp.MustCompile(form).Find(out); left != nil {
					t.Errorf("%s: %q is left of %q in %s", path, left, local, format.Name)
				}
			}
		}
	}
}

// ownWords are local parts of the corpora that are words of the reports, too.
var ownWords = []string{"bounce", "success", "expired", "full", "user"}

// TestMarkupCorpus reads every message and finds nothing of it that has become
// markup or control, in what bounce and what diagnose print.
func TestMarkupCorpus(t *testing.T) {
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
			checkMarkup(t, path, j.bounce(dsn.Parse("mail.eml", raw), -1, 1))
			c := &caseFile{Options: caseOptions{Offline: true}, Inputs: []caseInput{{Name: "mail.eml", Index: -1, Line: 1, Raw: raw}}}
			for _, doc := range c.documents(j) {
				checkMarkup(t, path, doc)
			}
		}
	}
}

// checkMarkup renders a document for people in all its length.
func checkMarkup(t *testing.T, path string, doc report.Document) {
	t.Helper()
	for _, name := range []string{"text", "markdown", "html"} {
		format, _ := report.FormatByName(name)
		var out bytes.Buffer
		w := report.NewWriter(&out, format, report.Options{Detail: report.Verbose, Version: release}, false)
		if err := errors.Join(w.Write(doc), w.Close()); err != nil {
			t.Fatal(err)
		}
		if r := markuptest.InText(out.String()); r != 0 {
			t.Errorf("%s: %s holds %U", path, name, r)
		}
		switch name {
		case "markdown":
			if markup := markuptest.InMarkdown(out.Bytes()); markup != "" {
				t.Errorf("%s: the Markdown has %s", path, markup)
			}
		case "html":
			for _, markup := range markuptest.InHTML(out.Bytes()) {
				t.Errorf("%s: the HTML has %s", path, markup)
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
