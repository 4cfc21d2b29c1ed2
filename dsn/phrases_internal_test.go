package dsn

import (
	"strings"
	"testing"
)

// The index must find what a plain search finds, and nothing else.
func TestPhrases(t *testing.T) {
	for name, p := range map[string]*phrases{
		"failure": failurePhrases, "cause": causePhrases, "delay": delayPhrases, "final": finalPhrases, "success": successPhrases, "relayed": relayedPhrases,
		"subjects": failureSubjects, "absence": absenceWords, "challenge": challengeMarks, "senders": reportSenders, "openings": openings, "contacts": contactWords,
	} {
		for _, words := range p.list {
			if words != strings.ToLower(words) {
				t.Errorf("%s: %q is not in lower case, so that it never matches", name, words)
			}
			for _, text := range []string{words, "x " + words, words + " x", "x" + words + "x"} {
				if !p.in(text) {
					t.Errorf("%s: %q is not found in %q", name, words, text)
				}
			}
			if cut := words[:len(words)-1]; p.in(cut) != containsAny(cut, p.list) {
				t.Errorf("%s: %q is found or missed against a plain search", name, cut)
			}
		}
	}
	if failurePhrases.in("") || failurePhrases.in("abc") || failurePhrases.in("good morning, here are the minutes") {
		t.Error("a text without any phrase is found to hold one")
	}
}
