package diagnose

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// RuleFile is a file of rules that the caller has read.
type RuleFile struct {
	// Name is what errors call the file.
	Name string
	// Data is its content, YAML.
	Data []byte
}

// maxRuleFile bounds the size of one file of rules, in bytes.
const maxRuleFile = 4 << 20

// LoadRules reads rules of a user's own and gives them together with the
// built-in ones. A file is a list of rules in the form of Rule:
//
//   - id: acme-full
//     class: recipient:full
//     when:
//     any: ["acme storage is used up"]
//     codes: ["X.2.2", "452"]
//     refs: ["https://wiki.example.com/mail"]
//     hits: ["452 4.2.2 Acme storage is used up"]
//     misses: ["452 4.2.2 Acme is not here"]
//
// A user's rule wins against a built-in one of the same tier. Everything is
// checked: the form of each rule, and that it decides its hits and leaves its
// misses, with all rules in force together. What is wrong is reported all at
// once, as *RuleError values joined by errors.Join; then there is no RuleSet.
func LoadRules(files ...RuleFile) (*RuleSet, error) {
	taken := make(map[string]bool)
	for _, table := range builtinRules() {
		for i := range table {
			taken[table[i].ID] = true
		}
	}
	var all []Rule
	var from []string
	var wrong []error
	for _, file := range files {
		f := &faults{file: file.Name}
		rules := parseRules(file, f)
		checkForm(rules, taken, f)
		wrong = append(wrong, f.list...)
		all = append(all, rules...)
		from = append(from, slices.Repeat([]string{file.Name}, len(rules))...)
	}
	if len(wrong) > 0 {
		return nil, errors.Join(wrong...)
	}
	if n := countPhrases(all); n > maxPhrases {
		return nil, &RuleError{File: from[0], Rule: "file", Reason: fmt.Sprintf("with the built-in ones there are %d phrases, room is for %d", n, maxPhrases)}
	}
	set := compile(all)
	for i := range all {
		f := &faults{file: from[i]}
		checkExamples(all[i:i+1], set, f)
		wrong = append(wrong, f.list...)
	}
	if len(wrong) > 0 {
		return nil, errors.Join(wrong...)
	}
	return set, nil
}

// countPhrases gives how many phrases a set of these and the built-in rules has.
func countPhrases(user []Rule) int {
	n := len(againPhrases) + len(recipientPhrases)
	for i := range providers {
		n += len(providers[i].marks)
	}
	for _, t := range append(builtinRules(), user) {
		for i := range t {
			n += len(t[i].When.Any) + len(t[i].When.All) + len(t[i].When.None)
		}
	}
	return n
}

// ruleFile is the form of one rule in YAML.
type ruleFile struct {
	ID         string   `yaml:"id"`
	Class      string   `yaml:"class"`
	When       whenFile `yaml:"when"`
	Permanence string   `yaml:"permanence"`
	Owner      string   `yaml:"owner"`
	Stage      string   `yaml:"stage"`
	Refs       []string `yaml:"refs"`
	Hits       []string `yaml:"hits"`
	Misses     []string `yaml:"misses"`
}

// whenFile is the form of a condition in YAML.
type whenFile struct {
	Provider []string     `yaml:"provider"`
	Any      []string     `yaml:"any"`
	All      []string     `yaml:"all"`
	None     []string     `yaml:"none"`
	Codes    []string     `yaml:"codes"`
	Stages   []smtp.Stage `yaml:"stages"`
	Vague    bool         `yaml:"vague"`
	Hint     bool         `yaml:"hint"`
}

// parseRules reads a file. Phrases are put into the form that rules want, so
// that a user may copy them from a log.
func parseRules(file RuleFile, f *faults) []Rule {
	if len(file.Data) > maxRuleFile {
		f.add("file", "is larger than %d bytes", maxRuleFile)
		return nil
	}
	var read []ruleFile
	dec := yaml.NewDecoder(bytes.NewReader(file.Data), yaml.Strict())
	if err := dec.Decode(&read); err != nil && !errors.Is(err, io.EOF) {
		f.add("file", "%s", yamlReason(err))
		return nil
	}
	if len(read) == 0 {
		f.add("file", "holds no rules")
	}
	rules := make([]Rule, len(read))
	for i, r := range read {
		rules[i] = Rule{
			ID: r.ID, Class: runbook.Class(r.Class), Permanence: runbook.Permanence(r.Permanence), Owner: runbook.Owner(r.Owner),
			Stage: smtp.Stage(r.Stage), Refs: r.Refs, Hits: r.Hits, Misses: r.Misses,
			When: When{
				Provider: r.When.Provider, Any: tidy(r.When.Any), All: tidy(r.When.All), None: tidy(r.When.None),
				Codes: r.When.Codes, Stages: r.When.Stages, Vague: r.When.Vague, Hint: r.When.Hint,
			},
		}
	}
	return rules
}

// yamlReason gives the first line of what the YAML reader says, which holds
// place and reason; the rest quotes the file.
func yamlReason(err error) string {
	if yamlErr, ok := errors.AsType[yaml.Error](err); ok {
		if token := yamlErr.GetToken(); token != nil && token.Position != nil {
			return fmt.Sprintf("line %d: %s", token.Position.Line, yamlErr.GetMessage())
		}
	}
	reason, _, _ := strings.Cut(err.Error(), "\n")
	return reason
}

// tidy puts phrases into lower case with single spaces and straight quotes.
func tidy(phrases []string) []string {
	quotes := strings.NewReplacer("’", "'", "‘", "'", "“", `"`, "”", `"`)
	out := make([]string, len(phrases))
	for i, p := range phrases {
		out[i] = strings.Join(strings.Fields(strings.ToLower(quotes.Replace(p))), " ")
	}
	return out
}
