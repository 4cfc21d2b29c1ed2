package diagnose

import (
	"slices"
	"strings"
	"testing"

	"github.com/smtpdiag/smtpdiag/runbook"
)

// wordLists are all words of each witness.
var wordLists = [...][]string{
	{"none", "refused", "late", "client", "temporary", "expired", "delayed", "network", "tls", "own"},
	{"unnamed", "listed", "unlisted", "behind", "relay"},
	{"unasked", "works", "split", "broken", "failed"},
	{"unasked", "accepted", "refused", "deferred", "greylisted", "mixed", "tls", "unreachable"},
	{"nobody", "recipient", "prober", "sender", "everybody"},
	{"unknown", "accepted"},
	{"none", "dependency"},
	{"none", "nothing", "takes", "lacks", "fault"},
}

// fields gives the words of a case or a pattern in the order of wordLists.
func fields(w Words) [len(wordLists)]string {
	return [...]string{w.Bounce, w.Refuser, w.Route, w.Replay, w.Subject, w.Random, w.Local, w.Edge}
}

func TestVerdictExamples(t *testing.T) {
	seen := map[string]bool{}
	for _, e := range Verdicts() {
		if seen[e.Key] {
			t.Errorf("%s stands twice in the table", e.Key)
		}
		seen[e.Key] = true
		if got := VerdictOf(e.ExampleCase).Key; got != e.Key {
			t.Errorf("the example of %s gives %s", e.Key, got)
		}
		for i, word := range fields(e.ExampleCase) {
			if !strings.Contains(" "+strings.Join(wordLists[i], " ")+" ", " "+word+" ") {
				t.Errorf("%s: the example has the word %q", e.Key, word)
			}
		}
		for _, pattern := range e.When {
			for i, words := range fields(pattern) {
				for word := range strings.SplitSeq(words, "|") {
					if word != "" && !strings.Contains(" "+strings.Join(wordLists[i], " ")+" ", " "+word+" ") {
						t.Errorf("%s: the pattern has the word %q", e.Key, word)
					}
				}
			}
		}
		if e.Title == "" || e.Means == "" || e.Example == "" || len(e.Change) == 0 {
			t.Errorf("%s lacks a title, a meaning, an example or what would change it", e.Key)
		}
		if _, known := runbook.Lookup(e.Class); e.Class != "" && !known {
			t.Errorf("%s has the class %q, which the taxonomy lacks", e.Key, e.Class)
		}
		for _, step := range slices.Concat(e.Steps, e.Still) {
			if wrong := runbook.CheckCommand(step.Command); wrong != nil {
				t.Errorf("%s: %s: %v", e.Key, step.Command, wrong)
			}
		}
	}
	for _, key := range []string{
		"refused-by-all", "inconsistent-hosts", "accepted-now", "stale-gateway", "split-dns", "temporary-as-final", "control-refused",
		"accepts-anything", "prober-refused", "network-fault", "tls-fault", "own-system", "nothing-reachable",
	} {
		if !seen[key] {
			t.Errorf("the table lacks %s", key)
		}
	}
}

// TestVerdictPatternsAreReached finds for each pattern a case that it decides,
// so that none stands behind one that takes all its cases.
func TestVerdictPatternsAreReached(t *testing.T) {
	type place struct{ entry, pattern int }
	won := map[place]bool{}
	var w [len(wordLists)]string
	var walk func(int)
	walk = func(i int) {
		if i < len(wordLists) {
			for _, word := range wordLists[i] {
				w[i] = word
				walk(i + 1)
			}
			return
		}
		c := Words{w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7]}
		for n := range verdictTable {
			for m, pattern := range verdictTable[n].When {
				if pattern.fits(c) {
					won[place{n, m}] = true
					return
				}
			}
		}
		t.Errorf("no entry fits %v", c)
	}
	walk(0)
	for n := range verdictTable {
		for m := range verdictTable[n].When {
			if !won[place{n, m}] {
				t.Errorf("%s: pattern %d never decides", verdictTable[n].Key, m)
			}
		}
	}
}
