package diagnose

import (
	"os"
	"strings"
	"testing"
)

// Lines as named providers send them, whole and with what stands around the
// decisive words, are judged as an expert would.
func TestProviderLines(t *testing.T) {
	data, err := os.ReadFile("testdata/lines_providers.tsv")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		class, rest, _ := strings.Cut(line, "\t")
		permanence, text, ok := strings.Cut(rest, "\t")
		if !ok {
			t.Fatalf("%q: want class, permanence and line", line)
		}
		items, err := example(strings.ReplaceAll(text, `\n`, "\n"))
		if err != nil {
			t.Fatal(err)
		}
		v := Diagnose(items, Builtin())
		if string(v.Class) != class || permanence != "-" && string(v.Permanence) != permanence {
			t.Errorf("%s\n got %s %s by %s, want %s %s", text, v.Class, v.Permanence, v.Rule, class, permanence)
		}
		n++
	}
	if n < 200 {
		t.Errorf("only %d lines", n)
	}
}
