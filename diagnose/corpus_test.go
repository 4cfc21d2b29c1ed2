package diagnose

import (
	"bufio"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
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
	defer file.Close()
	set := Builtin()
	right, total := 0, 0
	for s := bufio.NewScanner(file); s.Scan(); {
		var truth struct {
			Text       string
			Accept     []string
			Permanence string
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
