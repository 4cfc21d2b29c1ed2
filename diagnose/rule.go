package diagnose

import (
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// Rule says that evidence of a certain form means a certain class. Rules are
// data: the built-in ones and those of a user have the same form.
//
// Which of several matching rules wins follows from what each matches, never
// from where it stands: provider and text before text, text before enhanced
// code, enhanced code before reply code; within one kind the one that matches
// more of the text.
type Rule struct {
	// ID names the rule in output, lower case with hyphens: "postfix-virtual-unknown".
	ID    string
	Class runbook.Class
	When  When
	// Permanence overrides what class and codes would give, or is "".
	Permanence runbook.Permanence
	// Owner overrides the owner of the class, or is "".
	Owner runbook.Owner
	// Refs name where the fact comes from: RFC and section, or a URL.
	Refs []string
	// Hits are lines that this rule must decide.
	Hits []string
	// Misses are near misses that it must not decide.
	Misses []string
}

// When is the condition of a Rule. All fields that are set must hold.
type When struct {
	// Provider limits the rule to replies of one provider or product, by the
	// names in the provider table: "google", "microsoft", "yahoo", "postfix".
	// Any of several may match.
	Provider []string
	// Any holds phrases of which at least one must occur in the text. Phrases
	// are in lower case with single spaces and match whole words. " * " in a
	// phrase stands for up to 80 bytes of other text; a "*" at its very start
	// or end lets the word go on there ("blacklist*").
	Any []string
	// All holds phrases that must all occur, in any order.
	All []string
	// None holds phrases of which none may occur.
	None []string
	// Codes holds codes of which one must be present: "5.1.1", "X.1.1" (any
	// class digit), "5.7.606-5.7.649" (a range), "550", "4yz".
	Codes []string
	// Stages limits the rule to replies given at one of these stages.
	Stages []smtp.Stage
	// Vague marks wording that many causes share ("access denied"): it ranks
	// below an enhanced code that names a cause.
	Vague bool
}
