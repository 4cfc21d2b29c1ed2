package diagnose

import (
	"slices"
	"strings"

	"github.com/smtpdiag/smtpdiag/runbook"
)

// ClassSource says where the class of a case's verdict comes from.
type ClassSource string

// The sources.
const (
	ClassOfBounce ClassSource = "bounce" // what was refused then; what is now where the bounce names no cause
	ClassOfReplay ClassSource = "replay" // what is refused now
	ClassOfRoute  ClassSource = "route"  // what DNS says
	ClassOfEdge   ClassSource = "edge"   // what the checks on a receiving host found
)

// VerdictEntry is one line of the table of verdicts: what a combination of
// witnesses means.
type VerdictEntry struct {
	// Key is stable, like a class.
	Key string
	// Title says it in a few plain words.
	Title string
	// When are the combinations, one of which must fit. A word that is left
	// empty fits anything; "a|b" fits both.
	When []Words
	// Means says what it means, in a sentence or two with placeholders.
	Means string
	// Class is the class that follows; where it is empty, From says whose holds.
	Class runbook.Class
	From  ClassSource
	// Owner and Permanence override those of the class where they are set.
	Owner      runbook.Owner
	Permanence runbook.Permanence
	// Alive says that the address is not to be suppressed, whatever the class is.
	Alive bool
	// Limit is the highest confidence that these witnesses can give, "" for High.
	Limit Confidence
	// Steps come before those of the class's page; where StepsFor is set, only
	// in cases in which that one can act, since the page knows better for others.
	Steps    []runbook.Step
	StepsFor runbook.Owner
	// Still stands in place of Steps where the mail hosts still say "not now".
	Still []runbook.Step
	// Meanwhile says whether to open up for a while; "" leaves it to the class.
	Meanwhile string
	// Ask is what the text for the other side ends with, "" where there is
	// nothing to write about; AskSender says that the other side is the sender's.
	Ask       string
	AskSender bool
	// Change are the observations that would change the verdict.
	Change []string
	// Example is a case of it: in words of a person, and in words of the table.
	Example     string
	ExampleCase Words
}

// Verdicts lists the table in the order in which it is searched: the first
// entry that fits decides.
func Verdicts() []VerdictEntry { return slices.Clone(verdictTable[:]) }

// VerdictOf finds the entry for a case in words. The last entries fit whatever
// is left, so that there always is one.
func VerdictOf(w Words) VerdictEntry {
	for i := range verdictTable {
		for _, pattern := range verdictTable[i].When {
			if pattern.fits(w) {
				return verdictTable[i]
			}
		}
	}
	return verdictTable[len(verdictTable)-1]
}

// fits reports whether a case is one of a pattern.
func (p Words) fits(w Words) bool {
	return oneWord(p.Bounce, w.Bounce) && oneWord(p.Refuser, w.Refuser) && oneWord(p.Route, w.Route) && oneWord(p.Replay, w.Replay) &&
		oneWord(p.Subject, w.Subject) && oneWord(p.Random, w.Random) && oneWord(p.Local, w.Local) && oneWord(p.Edge, w.Edge)
}

func oneWord(pattern, word string) bool {
	if pattern == "" {
		return true
	}
	for one := range strings.SplitSeq(pattern, "|") {
		if one == word {
			return true
		}
	}
	return false
}

// String gives the words of a pattern or a case, those that count.
func (p Words) String() string {
	var out []string
	for _, pair := range [...][2]string{
		{"bounce", p.Bounce},
		{"refusing host", p.Refuser},
		{"DNS", p.Route},
		{"replay", p.Replay},
		{"refuses", p.Subject},
		{"made-up recipient", p.Random},
		{"host's files", p.Local},
		{"host's checks", p.Edge},
	} {
		if pair[1] != "" {
			out = append(out, pair[0]+": "+strings.ReplaceAll(pair[1], "|", " or "))
		}
	}
	return strings.Join(out, "; ")
}

// The observations that many verdicts would change with.
const (
	changeControl = "A known-good recipient (--control) that is refused as well: then the fault is not this recipient (control-refused)."
	changeRandom  = "A made-up recipient (--random) that is accepted as well: then acceptance proves nothing (accepts-anything)."
	changeSender  = "Another answer to a replay from the sending host itself, with its own sender and HELO name."
	changeLog     = "The refusing host's log for that time (--log), if it names a directory or map that failed (dependency-failed)."
	changeEdge    = "The checks on the receiving host (smtpdiag edge, --edge): which table, directory or setting refuses there (shown-on-host)."
	changeHosts   = "One mail host that answers otherwise (inconsistent-hosts)."
	changeReplay  = "A replay: any answer of the mail hosts now says more than the bounce alone."
)

// replayStep asks again, with a recipient that is known to be good.
func replayStep() runbook.Step {
	return runbook.Step{
		Text:    "Ask again, together with a recipient of the domain that is known to work.",
		Command: "smtpdiag diagnose --control KNOWN-GOOD@{domain} {recipient}",
		Decide:  "Only {recipient} is refused: its entry is what to look for. Both are: policy, or an outage.",
	}
}

// laterStep asks once more after a while.
func laterStep() runbook.Step {
	return runbook.Step{
		Text:    "Ask once more after some minutes, before the message is sent again: every host that answers still says \"not now\".",
		Command: "smtpdiag diagnose --retry-greylist 6m {recipient}",
		Decide:  "Accepted then: greylisting or a limit, send again. The same answer: a limit, or a look-up or backend that is broken on the receiving side; write to them.",
	}
}

// giveUpStep looks at how long the sender tries.
func giveUpStep() runbook.Step {
	return runbook.Step{
		Text:    "See how long the sending system tries before it gives up.",
		Command: "postconf maximal_queue_lifetime delay_warning_time soft_bounce",
		Decide:  "RFC 5321 section 4.5.4.1 asks for four to five days. A service that cannot be set so: ask its support how it treats 4xx.",
	}
}

// writeStep sends the ready text to the receiving side.
func writeStep() runbook.Step {
	return runbook.Step{
		Text:   "Send the text below to the receiving side's postmaster, by another way than the mail that fails.",
		Decide: "They find the line in their log by the UTC time and the two addresses.",
	}
}

// askAboutSender is the end of the text where who sent is what is refused.
const askAboutSender = "The refusal was about the sending host or address. Please tell us which list or rule it met, and how it can be taken off."

// askReceiver is the usual end of the text for the other side.
const askReceiver = "Please look for this recipient at these times in your log, and tell us which check refused it and whether the address is valid."

// recheckStep does the checks on the receiving host again.
func recheckStep(decide string) runbook.Step {
	return runbook.Step{
		Text:    "After the repair, do the checks again on that host, then ask from outside.",
		Command: "smtpdiag edge {recipient}\nsmtpdiag probe {recipient}",
		Decide:  "Taken by both: done. " + decide,
	}
}
