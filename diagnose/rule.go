package diagnose

import (
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// Rule says that evidence of a certain form means a certain class. Rules are
// data: the built-in ones and those of a user have the same form.
//
// Which of several matching rules wins follows from what each matches (see
// tier), never from where it stands: provider and text before text, text
// before enhanced code, enhanced code before reply code; within one tier the
// rule that matches more bytes of the text.
type Rule struct {
	// ID names the rule in output, lower case with hyphens: "postfix-virtual-unknown".
	ID    string
	Class runbook.Class
	When  When
	// Permanence overrides what class and codes would give, or is "".
	Permanence runbook.Permanence
	// Owner overrides the owner of the class, or is "".
	Owner runbook.Owner
	// Stage is where such a refusal is given, for evidence that does not tell
	// the stage itself; or "".
	Stage smtp.Stage
	// Refs name where the fact comes from: RFC and section, or a URL.
	Refs []string
	// Hits are lines that this rule must decide. A line is a reply or a
	// diagnostic text ("550 5.1.1 User unknown"). Where the rule needs more, the
	// line starts with it in braces: "{provider=google} ...", "{stage=eod} ...",
	// "{host=mx.example.com} ...", "{status=5.2.0} ...", "{generator=exim} ...",
	// several of them parted by spaces.
	Hits []string
	// Misses are near misses, in the same form, that it must not decide.
	Misses []string
}

// When is the condition of a Rule. All fields that are set must hold.
//
// A phrase is written as a reader sees it: in lower case, with single spaces
// and straight quotes. It matches whole words wherever its edge is an ASCII
// letter or digit; in scripts without such word ends (Cyrillic, Chinese,
// Japanese) it matches anywhere. Three signs are special: " * " stands for up to
// 80 bytes of other text, or none; " ? " stands for one word, such as the name
// of a user, or none; and a "*" at the very start or end lets the word go on
// there ("blacklist*"). A phrase has at least three bytes.
//
// Before phrases are looked for, the text is folded (see fold), and phrases
// with it, so that a rule needs one spelling only: lower case; letters without
// their accents ("boîte" is found in "boite"); white space squeezed to one
// space; "n't" and "cannot" as " not" ("doesn't" is "does not"); "e-mail" as
// "email", "mail box" and "mail-box" as "mailbox"; reply codes and enhanced codes at line starts removed; and mail
// addresses removed with the brackets or quotes around them, so that "mailbox
// is full" is found in "mailbox <user@example.com> is full", and no word of an
// address is ever taken for a reason. A phrase of one word does not match
// inside a host name or URL, unless it has one of the signs "./=_?#:" itself
// ("spamhaus.org", "p=nosuchuser").
type When struct {
	// Provider limits the rule to replies of one provider or product, by the
	// names in the provider table: "google", "microsoft", "yahoo", "postfix".
	// Any of several may match. A vague rule may have nothing else; it decides
	// where nothing else holds.
	Provider []string
	// Any holds phrases of which at least one must occur in the text.
	Any []string
	// All holds phrases that must all occur, in any order.
	All []string
	// None holds phrases of which none may occur.
	None []string
	// Codes holds codes of which one must be present: "5.1.1", "X.1.1" (any
	// class digit), "5.7.606-5.7.649" (a range), "550", "4yz"; or "none" for
	// evidence without a reply, such as a reason of the sending system itself.
	Codes []string
	// Stages limits the rule to replies given at one of these stages.
	Stages []smtp.Stage
	// Vague marks wording that many causes share ("access denied"): it ranks
	// below an enhanced code that names a cause.
	Vague bool
	// Hint marks words that only hint at a cause ("quota"): they rank below all
	// other words, count in what the server said and not in the text for
	// people, and decide where there is nothing but codes beside them. Those
	// that are marked as vague, too, yield to those that are not.
	Hint bool
}
