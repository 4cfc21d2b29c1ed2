// Package diagnose judges evidence. It takes Items (what a server said, what a
// report claims, where and when) and gives one Verdict: the class of what
// really happened, how sure that is, and the facts about the evidence that a
// reader could otherwise miss.
//
// It is made of pure functions over plain data. It opens no file, asks no
// server and reads no clock, so that the same evidence always gets the same
// verdict.
package diagnose

import (
	"github.com/smtpdiag/smtpdiag/evidence"
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// Confidence says how sure a verdict is.
type Confidence string

// The confidences.
const (
	High   Confidence = "high"
	Medium Confidence = "medium"
	Low    Confidence = "low"
)

// Severity ranks a Finding.
type Severity string

// The severities.
const (
	Info    Severity = "info"
	Warning Severity = "warning"
	Error   Severity = "error"
)

// Finding is a fact about the evidence that a reader could otherwise miss.
type Finding struct {
	// Key is stable, like a class: "code-mismatch".
	Key      string
	Severity Severity
	// Text is one or two sentences for a person.
	Text string
	// Items are the facts that the finding rests on.
	Items []evidence.Item
}

// Verdict is the judgement on one recipient.
type Verdict struct {
	Class      runbook.Class
	Permanence runbook.Permanence // "" for notices
	Suppress   bool
	Owner      runbook.Owner
	Confidence Confidence
	// Stage is the stage that the evidence names, or that the rule implies.
	Stage smtp.Stage
	// StageUsual says that no evidence names Stage: such refusals are given there.
	StageUsual bool
	// Rule is the identifier of the rule that won, "" where none did.
	Rule string
	// RunnerUp is the identifier of the best rule that lost, "" where there is
	// none; RunnerUpClass is its class.
	RunnerUp      string
	RunnerUpClass runbook.Class
	// Flip says what evidence would have made the runner-up win.
	Flip string
	// Evidence holds the Items that decided, the decisive one first.
	Evidence []evidence.Item
	Findings []Finding
}
