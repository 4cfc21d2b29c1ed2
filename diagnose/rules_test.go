package diagnose

import (
	"testing"
)

func allBuiltin() []Rule {
	var all []Rule
	for _, t := range builtinRules() {
		all = append(all, t...)
	}
	return all
}

// Every built-in rule is well-formed, decides its hits and leaves its misses to
// others; so there is none that can never win.
func TestBuiltinRules(t *testing.T) {
	rules := allBuiltin()
	f := &faults{}
	checkForm(rules, map[string]bool{}, f)
	checkExamples(rules, Builtin(), f)
	for i := range rules {
		if len(rules[i].Refs) == 0 {
			f.add(rules[i].ID, "refs: none")
		}
	}
	for _, err := range f.list {
		t.Error(err)
	}
}
