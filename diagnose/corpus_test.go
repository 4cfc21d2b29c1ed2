package diagnose

import (
	"bufio"
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/smtpdiag/smtpdiag/evidence"
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// Our own lines, written after the wording of many mail systems, are all judged
// as an expert would.
func TestOwnLines(t *testing.T) {
	data, err := os.ReadFile("testdata/lines.tsv")
	if err != nil {
		t.Fatal(err)
	}
	set := Builtin()
	n := 0
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.SplitN(line, "\t", 3)
		if len(f) != 3 {
			t.Fatalf("%q: want class, permanence and line", line)
		}
		v := judgeLine(t, set, strings.ReplaceAll(f[2], `\n`, "\n"))
		if !slices.Contains(strings.Split(f[0], "|"), string(v.Class)) || f[1] != "-" && string(v.Permanence) != f[1] {
			t.Errorf("%s\n got %s %s by %s (then %s), want %s %s", f[2], v.Class, v.Permanence, v.Rule, v.RunnerUp, f[0], f[1])
		}
		n++
	}
	if n < 200 {
		t.Errorf("only %d lines", n)
	}
}

// The lines of the corpus, where it is at hand.
func TestCorpusLines(t *testing.T) {
	file, err := os.Open("../../shared/corpus/lines.ndjson")
	if err != nil {
		t.Skip("no corpus here")
	}
	defer func() { _ = file.Close() }()
	set := Builtin()
	right, total := 0, 0
	for s := bufio.NewScanner(file); s.Scan(); {
		var truth struct {
			Text       string   `json:"text"`
			Accept     []string `json:"accept"`
			Permanence string   `json:"permanence"`
		}
		if err := json.Unmarshal(s.Bytes(), &truth); err != nil {
			t.Fatal(err)
		}
		v := judgeLine(t, set, truth.Text)
		total++
		if slices.Contains(truth.Accept, string(v.Class)) && string(v.Permanence) == truth.Permanence {
			right++
			continue
		}
		t.Logf("%s\n got %s %s by %s, want %v %s", truth.Text, v.Class, v.Permanence, v.Rule, truth.Accept, truth.Permanence)
	}
	if right*100 < total*97 {
		t.Errorf("%d of %d lines are judged as an expert would, want 97 %%", right, total)
	}
}

// Whatever stands in the evidence, there is a verdict, the same one each time,
// with a class of the taxonomy.
func FuzzDiagnose(f *testing.F) {
	f.Add("550 5.1.1 <user@example.com>: User unknown", "5.1.1", "failed", "it failed")
	f.Add("\x00\xff@", "9.9.9", "delayed", "retry timeout exceeded")
	f.Fuzz(func(t *testing.T, text, status, action, explanation string) {
		items := []evidence.Item{
			{Kind: evidence.KindReply, Text: text, Reply: smtp.ParseReply(text), Host: explanation},
			{Kind: evidence.KindDiagnostic, Text: text + explanation},
			{Kind: evidence.KindStatus, Text: status},
			{Kind: evidence.KindAction, Text: action},
			{Kind: evidence.KindExplanation, Text: explanation},
			{Kind: evidence.KindReporter, Text: status},
		}
		a, b := Diagnose(items, Builtin()), Diagnose(items, Builtin())
		if !reflect.DeepEqual(a, b) {
			t.Errorf("%+v\n%+v", a, b)
		}
		if _, ok := runbook.Lookup(a.Class); !ok {
			t.Errorf("class %q", a.Class)
		}
		if a.Suppress && a.Permanence != runbook.Permanent {
			t.Errorf("suppressed though temporary: %+v", a)
		}
	})
}
