package diagnose

import (
	"fmt"
	"slices"
	"strings"

	"github.com/smtpdiag/smtpdiag/evidence"
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// RuleError is one thing that is wrong with one rule.
type RuleError struct {
	// File is the name that the caller gave to the rules, "" for built-in ones.
	File string
	// Rule is the identifier of the rule, or its place ("rule 3") where it has
	// none.
	Rule string
	// Reason says what is wrong, and what would be right.
	Reason string
}

// Error gives "file: rule: reason".
func (e *RuleError) Error() string {
	if e.File == "" {
		return e.Rule + ": " + e.Reason
	}
	return e.File + ": " + e.Rule + ": " + e.Reason
}

// faults collects what is wrong with rules.
type faults struct {
	file string
	list []error
}

func (f *faults) add(rule, format string, args ...any) {
	f.list = append(f.list, &RuleError{File: f.file, Rule: rule, Reason: fmt.Sprintf(format, args...)})
}

// checkForm reports what is wrong with the rules as they are written, without
// trying them.
func checkForm(rules []Rule, taken map[string]bool, f *faults) {
	for i := range rules {
		r := &rules[i]
		name := r.ID
		if name == "" {
			name = fmt.Sprintf("rule %d", i+1)
		}
		switch {
		case !isID(r.ID):
			f.add(name, "id has to be lower-case letters, digits, dots and single hyphens, such as \"acme-full\"")
		case taken[r.ID]:
			f.add(name, "id is taken by another rule")
		}
		taken[r.ID] = true
		checkOutcome(r, name, f)
		checkWhen(&r.When, name, f)
		if len(r.Hits) == 0 {
			f.add(name, "hits: at least one line that the rule decides is needed")
		}
		if len(r.Misses) == 0 {
			f.add(name, "misses: at least one near miss that the rule does not decide is needed")
		}
	}
}

// isID reports whether s has the form of a rule's identifier.
func isID(s string) bool {
	for part := range strings.SplitSeq(s, "-") {
		if part == "" {
			return false
		}
		for i := range len(part) {
			if c := part[i]; !isWord(c) && c != '.' {
				return false
			}
		}
	}
	return true
}

// checkOutcome checks what the rule says: class, permanence, owner, stage.
func checkOutcome(r *Rule, name string, f *faults) {
	if _, ok := runbook.Lookup(r.Class); !ok {
		f.add(name, "class %q is not in the taxonomy", r.Class)
	}
	switch r.Permanence {
	case "", runbook.Permanent, runbook.Temporary:
	default:
		f.add(name, "permanence %q is neither permanent nor temporary", r.Permanence)
	}
	switch r.Owner {
	case "", runbook.OwnerSender, runbook.OwnerSenderAdmin, runbook.OwnerReceiverAdmin, runbook.OwnerRecipient, runbook.OwnerNobody:
	default:
		f.add(name, "owner %q is unknown: want sender, sender-admin, receiver-admin, recipient or nobody", r.Owner)
	}
	if r.Stage != smtp.StageUnknown && !slices.Contains(smtp.Stages(), r.Stage) {
		f.add(name, "stage %q is unknown", r.Stage)
	}
}

// checkWhen checks a condition.
func checkWhen(w *When, name string, f *faults) {
	if len(w.Any)+len(w.All)+len(w.Codes) == 0 && (len(w.Provider) == 0 || !w.Vague) {
		f.add(name, "when: one of any, all or codes is needed")
	}
	for _, p := range w.Provider {
		if !slices.ContainsFunc(providers, func(known provider) bool { return known.name == p }) {
			f.add(name, "provider %q is unknown", p)
		}
	}
	for _, c := range w.Codes {
		if _, err := parseCode(c); err != nil {
			f.add(name, "%v", err)
		}
	}
	for _, s := range w.Stages {
		if !slices.Contains(smtp.Stages(), s) {
			f.add(name, "stage %q is unknown", s)
		}
	}
	seen := make(map[string]bool)
	for _, list := range [][]string{w.Any, w.All, w.None} {
		for _, p := range list {
			if reason := checkPhrase(p); reason != "" {
				f.add(name, "phrase %q %s", p, reason)
			}
			if seen[p] {
				f.add(name, "phrase %q stands there twice", p)
			}
			seen[p] = true
		}
	}
}

// checkPhrase gives what is wrong with a phrase, "" where nothing is.
func checkPhrase(p string) string {
	switch {
	case p != strings.ToLower(p):
		return "has to be in lower case"
	case strings.Join(strings.Fields(p), " ") != p:
		return "has to have single spaces, and none at its ends"
	case strings.ContainsAny(p, "’‘“”\u00a0\t\n"):
		return "has to have straight quotes and plain spaces"
	case len(p) > 200:
		return "is longer than 200 bytes"
	case strings.Contains(p, "@"):
		return "holds a mail address, and addresses are removed from texts"
	}
	body := strings.TrimSuffix(strings.TrimPrefix(p, "*"), "*")
	longest := 0
	open := strings.HasPrefix(p, "*")
	for more := true; more; {
		var part string
		part, body, _, more = cutGap(body)
		part = foldPhrase(part)
		if part != "" && string(fold(nil, part)[1:]) != part {
			return "holds a reply code or enhanced code, which are removed from texts: use codes"
		}
		if len(part) > minPhrase || longest == 0 && !open {
			longest = max(longest, len(part))
		}
		if part == "" || part[0] == ' ' || part[len(part)-1] == ' ' {
			return "has a gap without text on both sides"
		}
	}
	if longest < minPhrase {
		return fmt.Sprintf("is too short: its first stretch has to have %d bytes, or another one %d", minPhrase, gramSize)
	}
	return ""
}

// example makes Items of a line of Hits or Misses.
func example(line string) ([]evidence.Item, error) {
	text := line
	item := evidence.Item{Source: evidence.Source{Name: "example"}}
	var items []evidence.Item
	if rest, ok := strings.CutPrefix(line, "{"); ok {
		head, body, closed := strings.Cut(rest, "}")
		if !closed {
			return nil, fmt.Errorf("%q: the brace is not closed", line)
		}
		text = strings.TrimPrefix(body, " ")
		for setting := range strings.FieldsSeq(head) {
			key, value, _ := strings.Cut(setting, "=")
			if err := exampleSetting(key, value, &item, &items); err != nil {
				return nil, err
			}
		}
	}
	if text == "" {
		return append(items, item), nil
	}
	item.Kind, item.Text = evidence.KindDiagnostic, text
	if q := smtp.ParseQuoted(text); !q.Reply.IsZero() {
		reply := item
		reply.Kind, reply.Reply, reply.Text = evidence.KindReply, q.Reply, q.Reply.String()
		if reply.Stage == smtp.StageUnknown {
			reply.Stage = q.Stage
		}
		items = append(items, reply)
	} else if item.Stage == smtp.StageUnknown {
		item.Stage = q.Stage
	}
	return append(items, item), nil
}

// exampleSetting applies one "key=value" of an example's braces.
func exampleSetting(key, value string, item *evidence.Item, items *[]evidence.Item) error {
	switch key {
	case "stage":
		item.Stage = smtp.Stage(value)
	case "host":
		item.Host = value
	case "status":
		*items = append(*items, evidence.Item{Kind: evidence.KindStatus, Text: value})
	case "action":
		*items = append(*items, evidence.Item{Kind: evidence.KindAction, Text: value})
	case "generator":
		*items = append(*items, evidence.Item{Kind: evidence.KindReporter, Text: value})
	case "provider":
		i := slices.IndexFunc(providers, func(p provider) bool { return p.name == value })
		switch {
		case i < 0:
			return fmt.Errorf("provider %q is unknown", value)
		case len(providers[i].hosts) > 0:
			item.Host = providers[i].hosts[0]
		case len(providers[i].generators) > 0:
			*items = append(*items, evidence.Item{Kind: evidence.KindReporter, Text: providers[i].generators[0]})
		default:
			return fmt.Errorf("provider %q is known by its words only: write them into the line", value)
		}
	default:
		return fmt.Errorf("%q is no setting of an example: want provider, host, generator, stage, status or action", key)
	}
	return nil
}

// checkExamples tries the hits and misses of the rules against the whole set.
func checkExamples(rules []Rule, set *RuleSet, f *faults) {
	for i := range rules {
		r := &rules[i]
		for _, line := range r.Hits {
			items, err := example(line)
			if err != nil {
				f.add(r.ID, "hits: %v", err)
				continue
			}
			if v := Diagnose(items, set); v.Rule != r.ID {
				f.add(r.ID, "hits: %q is decided by %s (%s)", line, orNone(v.Rule), v.Class)
			}
		}
		for _, line := range r.Misses {
			items, err := example(line)
			if err != nil {
				f.add(r.ID, "misses: %v", err)
				continue
			}
			if v := Diagnose(items, set); v.Rule == r.ID {
				f.add(r.ID, "misses: %q is decided by this rule", line)
			}
		}
	}
}

func orNone(id string) string {
	if id == "" {
		return "no rule"
	}
	return "rule " + id
}
