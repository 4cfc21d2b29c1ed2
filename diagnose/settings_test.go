package diagnose_test

import (
	"strings"
	"testing"

	"github.com/smtpdiag/smtpdiag/diagnose"
	"github.com/smtpdiag/smtpdiag/evidence"
	"github.com/smtpdiag/smtpdiag/postfix"
)

// settings reads an example of a rule. A line "map-file PATH" stands for a
// table on disk.
func settings(t *testing.T, text string) []evidence.Item {
	t.Helper()
	var s postfix.Settings
	var files []evidence.Item
	var rest []string
	for line := range strings.SplitSeq(text, "\n") {
		if path, ok := strings.CutPrefix(line, "map-file "); ok {
			files = append(files, evidence.Item{Kind: evidence.KindSetting, Field: "map-file", Text: path})
			continue
		}
		rest = append(rest, line)
	}
	if err := s.ReadSettings("main.cf", strings.NewReader(strings.Join(rest, "\n"))); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return append(s.Items(), files...)
}

func TestSettingRules(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range diagnose.SettingRules() {
		if seen[r.ID] {
			t.Errorf("two rules are called %s", r.ID)
		}
		seen[r.ID] = true
		if r.Text == "" || r.Fix == "" || len(r.Refs) == 0 || len(r.Hits) == 0 || len(r.Misses) == 0 {
			t.Errorf("%s lacks text, fix, references, hits or misses", r.ID)
		}
		for _, hit := range r.Hits {
			f := findingOf(diagnose.Settings(settings(t, hit)), r.ID)
			if f == nil {
				t.Errorf("%s does not find fault with %q", r.ID, hit)
				continue
			}
			if strings.ContainsAny(f.Text+f.Fix, "{}") && !strings.Contains(r.Fix, "${") && !strings.Contains(r.Fix, "-o {") {
				t.Errorf("%s leaves a placeholder: %s / %s", r.ID, f.Text, f.Fix)
			}
			if f.Source.Line == 0 && f.Setting != "map-file" && f.Source.Name != "/etc/postfix/main.cf" {
				t.Errorf("%s does not say where: %+v", r.ID, f)
			}
		}
		for _, miss := range r.Misses {
			if f := findingOf(diagnose.Settings(settings(t, miss)), r.ID); f != nil {
				t.Errorf("%s finds fault with %q: %s", r.ID, miss, f.Text)
			}
		}
	}
	if len(seen) < 60 {
		t.Errorf("only %d rules", len(seen))
	}
}

func findingOf(all []diagnose.SettingFinding, id string) *diagnose.SettingFinding {
	for i := range all {
		if all[i].Rule == id {
			return &all[i]
		}
	}
	return nil
}
