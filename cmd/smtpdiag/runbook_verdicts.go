package main

import (
	"cmp"

	"github.com/smtpdiag/smtpdiag/diagnose"
	"github.com/smtpdiag/smtpdiag/report"
)

// verdictsPage is the name under which "smtpdiag runbook" shows the table of
// verdicts.
const verdictsPage = "verdicts"

// verdictsDocument gives the public form of the table of verdicts.
func verdictsDocument() *report.Verdicts {
	doc := &report.Verdicts{Schema: report.SchemaVerdicts, Verdicts: []report.VerdictEntry{}}
	for _, e := range diagnose.Verdicts() {
		public := report.VerdictEntry{
			Key: e.Key, Title: e.Title, When: []string{}, Meaning: e.Means, Class: string(e.Class), From: string(e.From),
			Owner: string(e.Owner), Example: e.Example, Meanwhile: e.Meanwhile, Change: emptyNotNil(e.Change), Steps: []report.Step{},
		}
		for _, pattern := range e.When {
			public.When = append(public.When, cmp.Or(pattern.String(), "nothing above fits"))
		}
		for _, step := range e.Steps {
			public.Steps = append(public.Steps, report.Step{Text: step.Text, Command: step.Command, Decide: step.Decide, Means: step.Means})
		}
		doc.Verdicts = append(doc.Verdicts, public)
	}
	return doc
}
