package diagnose

import (
	"strings"
	"testing"

	"github.com/smtpdiag/smtpdiag/evidence"
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// allBuiltin gives the built-in rules in one slice.
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

// topTwo gives the two best matches for some evidence.
func topTwo(set *RuleSet, items []evidence.Item) (best, second match) {
	st := newState(set)
	f := sortOut(items)
	st.gather(&f)
	st.judge(&f)
	return st.best, st.second
}

// No example is decided by the order of identifiers between two classes.
func TestNoTies(t *testing.T) {
	set := Builtin()
	for _, r := range allBuiltin() {
		for _, list := range [][]string{r.Hits, r.Misses} {
			for _, line := range list {
				items, err := example(line)
				if err != nil {
					continue // TestBuiltinRules says so
				}
				a, b := topTwo(set, items)
				if a.rule != nil && b.rule != nil && a.rank == b.rank && a.view == b.view && a.rule.Class != b.rule.Class {
					t.Errorf("%q: tie between %s (%s) and %s (%s)", line, a.rule.ID, a.rule.Class, b.rule.ID, b.rule.Class)
				}
			}
		}
	}
}

// Every class that words can tell has a rule.
func TestEveryClassHasRules(t *testing.T) {
	have := make(map[runbook.Class]bool)
	for _, r := range allBuiltin() {
		have[r.Class] = true
	}
	for _, e := range runbook.Entries() {
		c := e.Class
		switch {
		case have[c], c.Gate() == "notice":
		case c == runbook.ClassRoutingStaleGateway, c == runbook.ClassRoutingSplitDNS: // only with DNS evidence
		default:
			t.Errorf("no rule gives %s", c)
		}
	}
}

// Every phrase is found in the text that it spells out, and by itself leads to
// the class of its rule, so that none is misspelt and none contradicts another.
func TestPhrasesStandAlone(t *testing.T) {
	set := Builtin()
	for _, r := range allBuiltin() {
		if len(r.When.Provider)+len(r.When.All)+len(r.When.Codes)+len(r.When.Stages) > 0 || r.When.Vague || r.When.Hint {
			continue
		}
		for _, phrase := range r.When.Any {
			text := strings.ReplaceAll(strings.Trim(phrase, "*"), " * ", " q ")
			v := Diagnose([]evidence.Item{{Kind: evidence.KindDiagnostic, Text: text}}, set)
			if v.Class != r.Class {
				t.Errorf("%s: phrase %q by itself gives %s (rule %s), not %s", r.ID, phrase, v.Class, v.Rule, r.Class)
			}
		}
	}
}

// Every phrase can be found: its gram is in the index and its folding holds.
func TestPhrasesAreFound(t *testing.T) {
	set := Builtin()
	x := set.phrases.full()
	for n := range x.phrases {
		p := &x.phrases[n]
		text := strings.Join(x.parts[p.first:int(p.first)+int(p.count)], " q ")
		found := x.scan(fold(nil, text), nil)
		ok := false
		for _, id := range found {
			ok = ok || id == int32(n)
		}
		if !ok {
			t.Errorf("phrase %q is not found in itself", text)
		}
	}
}

// The provider table is in order: no name twice, hosts and marks well-formed.
func TestProviders(t *testing.T) {
	if len(providers) > maxProviders {
		t.Fatalf("%d providers, room for %d", len(providers), maxProviders)
	}
	names := make(map[string]bool)
	for _, p := range providers {
		if names[p.name] || !isID(p.name) {
			t.Errorf("%s: name is taken or not well-formed", p.name)
		}
		names[p.name] = true
		if len(p.hosts)+len(p.generators)+len(p.marks) == 0 {
			t.Errorf("%s can never be recognised", p.name)
		}
		for _, h := range p.hosts {
			if h != strings.ToLower(h) || strings.HasPrefix(h, ".") || !strings.Contains(h, ".") {
				t.Errorf("%s: host suffix %q", p.name, h)
			}
		}
		for _, m := range p.marks {
			if reason := checkPhrase(m); reason != "" {
				t.Errorf("%s: mark %q %s", p.name, m, reason)
			}
		}
	}
}

// The code rules agree with the registry: what has a rule is registered.
func TestCodeRulesAreRegistered(t *testing.T) {
	for _, r := range codeRules {
		for _, c := range r.When.Codes {
			spec, err := parseCode(c)
			if err != nil || !spec.enhanced {
				continue
			}
			for packed := spec.low; packed <= spec.high; packed++ {
				code := smtp.EnhancedCode{Class: 5, Subject: uint16(packed >> 16), Detail: uint16(packed & 0xffff)}
				if _, ok := smtp.LookupEnhanced(code); !ok {
					t.Errorf("%s: %s is not registered", r.ID, code)
				}
			}
		}
	}
}
