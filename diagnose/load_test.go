package diagnose

import (
	"errors"
	"strings"
	"testing"

	"github.com/smtpdiag/smtpdiag/evidence"
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// judgeLine judges one line as an example of a rule is judged.
func judgeLine(t *testing.T, set *RuleSet, line string) Verdict {
	t.Helper()
	items, err := example(line)
	if err != nil {
		t.Fatalf("%q: %v", line, err)
	}
	return Diagnose(items, set)
}

const goodRules = `
- id: acme-full
  class: recipient:full
  when:
    any: ["Acme storage  is used up", "das Postfach ist übervoll"]
    codes: ["X.2.2", "4yz"]
  refs: ["https://wiki.example.com/mail"]
  hits:
    - "452 4.2.2 Acme storage is used up"
    - "{stage=rcpt} 452 Das Postfach ist übervoll"
  misses: ["552 Acme storage is used up"]
- id: acme-partner
  class: policy:local
  permanence: temporary
  owner: recipient
  when: {any: ["partner not registered, user unknown"], stages: [rcpt]}
  hits: ["{stage=rcpt} 550 5.1.1 Partner not registered, user unknown"]
  misses: ["550 5.1.1 User unknown"]
`

func TestLoadRules(t *testing.T) {
	set, err := LoadRules(RuleFile{"own.yaml", []byte(goodRules)})
	if err != nil {
		t.Fatal(err)
	}
	v := judgeLine(t, set, "{stage=rcpt} 550 5.1.1 Partner not registered, user unknown")
	if v.Rule != "acme-partner" || v.Class != runbook.ClassPolicyLocal || v.Permanence != runbook.Temporary || v.Owner != runbook.OwnerRecipient {
		t.Errorf("got %+v", v)
	}
	if v := judgeLine(t, set, "550 5.1.1 User unknown"); v.Rule != "user-unknown" {
		t.Errorf("built-in rules stay in force: got %s", v.Rule)
	}
	if got, want := set.Rules()[0].ID, "acme-full"; got != want {
		t.Errorf("first rule is %s, want %s", got, want)
	}
}

// A rule of the user wins against a built-in one that matches more of the text.
func TestUserRuleOutranks(t *testing.T) {
	rules := `
- id: own-unknown
  class: recipient:disabled
  when: {any: ["virtual mailbox table"]}
  hits: ["550 5.1.1 <user@example.com>: Recipient address rejected: User unknown in virtual mailbox table"]
  misses: ["550 5.1.1 User unknown"]
`
	if _, err := LoadRules(RuleFile{"own.yaml", []byte(rules)}); err != nil {
		t.Error(err)
	}
}

func TestLoadRulesErrors(t *testing.T) {
	for _, tt := range []struct {
		name, rules string
		want        []string // parts of the messages, each of which must come
	}{
		{"empty", "", []string{"own.yaml: file: holds no rules"}},
		{"not a list", "id: x", []string{"own.yaml: file: line 1: "}},
		{"unknown field", "- id: x\n  klass: y", []string{`own.yaml: file: line 2: unknown field "klass"`}},
		{"all at once", `
- id: Bad_ID
  class: recipient:nowhere
  when: {any: ["ab", "a@b.example"], codes: ["9.9"], stages: [lunch], provider: [nobody]}
  permanence: forever
  owner: me
- id: user-unknown
  class: recipient:unknown
  when: {}
  hits: ["550 x"]
  misses: ["551 x"]
`, []string{
			"own.yaml: Bad_ID: id has to be", `class "recipient:nowhere"`, `phrase "ab" is too short`, `phrase "a@b.example" holds a mail address`,
			`"9.9" is no code`, `stage "lunch"`, `provider "nobody"`, `permanence "forever"`, `owner "me"`,
			"hits: at least one", "misses: at least one", "own.yaml: user-unknown: id is taken", "when: one of any, all or codes",
		}},
		{"hit is not hit", `
- id: own
  class: recipient:full
  when: {any: ["quite full"]}
  hits: ["452 4.2.2 rather full"]
  misses: ["452 4.2.2 quite full"]
`, []string{`own.yaml: own: hits: "452 4.2.2 rather full" is decided by rule enhanced-5.2.2 (recipient:full)`, `own: misses: "452 4.2.2 quite full" is decided by this rule`}},
		{"bad example", `
- id: own
  class: recipient:full
  when: {any: ["quite full"]}
  hits: ["{weather=fine} 452 quite full", "452 quite full"]
  misses: ["{stage=rcpt 452 x"]
`, []string{`"weather" is no setting`, "the brace is not closed"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			set, err := LoadRules(RuleFile{"own.yaml", []byte(tt.rules)})
			if err == nil || set != nil {
				t.Fatalf("no error, or a set beside it: %v", err)
			}
			for _, want := range tt.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q is not in:\n%v", want, err)
				}
			}
			var ruleErr *RuleError
			if !errors.As(err, &ruleErr) || ruleErr.File != "own.yaml" {
				t.Errorf("not a RuleError: %v", err)
			}
		})
	}
}

func TestLoadRulesSeveralFiles(t *testing.T) {
	one := "- id: own-a\n  class: content:spam\n  when: {any: [alphaalpha]}\n  hits: [550 alphaalpha]\n  misses: [550 beta]\n"
	two := strings.ReplaceAll(one, "alpha", "gamma")
	_, err := LoadRules(RuleFile{"one.yaml", []byte(one)}, RuleFile{"two.yaml", []byte(two)})
	if err == nil || !strings.Contains(err.Error(), "two.yaml: own-a: id is taken") {
		t.Errorf("the same id twice: %v", err)
	}
	set, err := LoadRules(RuleFile{"one.yaml", []byte(one)}, RuleFile{"two.yaml", []byte(strings.ReplaceAll(two, "own-a", "own-b"))})
	if err != nil {
		t.Fatal(err)
	}
	if v := judgeLine(t, set, "550 gammagamma"); v.Rule != "own-b" {
		t.Errorf("got %s", v.Rule)
	}
}

func FuzzLoadRules(f *testing.F) {
	f.Add([]byte(goodRules))
	f.Add([]byte("- id: x\n  when: {any: [' * ', '*']}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		set, err := LoadRules(RuleFile{"fuzz", data})
		if (set == nil) == (err == nil) {
			t.Errorf("set %v, error %v", set != nil, err)
		}
	})
}

// A reply whose Items say less than usual is judged all the same.
func TestDiagnoseSparse(t *testing.T) {
	set := Builtin()
	if v := Diagnose(nil, set); v.Class != runbook.ClassUnknown || v.Confidence != Low || v.Rule != "" {
		t.Errorf("nothing: %+v", v)
	}
	v := Diagnose([]evidence.Item{{Kind: evidence.KindReply, Text: "550 5.1.1", Reply: smtp.ParseReply("550 5.1.1")}}, set)
	if v.Class != runbook.ClassRecipientUnknown || v.Confidence != Medium {
		t.Errorf("a bare code: %+v", v)
	}
	v = Diagnose([]evidence.Item{{Kind: evidence.KindStatus, Text: "not a code"}, {Kind: evidence.KindAction, Text: "failed"}}, set)
	if v.Class != runbook.ClassUnknown {
		t.Errorf("a bad code: %+v", v)
	}
}
