package dsn_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/smtpdiag/smtpdiag/dsn"
	"github.com/smtpdiag/smtpdiag/evidence"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden is what is expected of one example message.
type golden struct {
	Kind       dsn.Kind          `json:"kind"`
	Format     string            `json:"format"`
	Generator  string            `json:"generator"`
	Recipients []goldenRecipient `json:"recipients"`
}

type goldenRecipient struct {
	Final      string `json:"final"`
	Original   string `json:"original,omitempty"`
	Action     string `json:"action"`
	Status     string `json:"status,omitempty"`
	Reply      string `json:"reply,omitempty"`
	Diagnostic string `json:"diagnostic,omitempty"`
	// Line is where the reply or the reason stands in the message.
	Line  int    `json:"line"`
	Host  string `json:"host,omitempty"`
	IP    string `json:"ip,omitempty"`
	Stage string `json:"stage,omitempty"`
}

// TestGolden reads every example of testdata/FORMAT. Line ends must not
// matter.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*/*.eml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(strings.TrimPrefix(filepath.ToSlash(file), "testdata/"), ".eml"), func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := describe(t, dsn.Parse(file, raw))
			name := strings.TrimSuffix(file, ".eml") + ".json"
			if *update {
				if err = os.WriteFile(name, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("%s reads as\n%s", file, got)
			}
			crlf := strings.ReplaceAll(string(raw), "\n", "\r\n")
			if other := describe(t, dsn.Parse(file, []byte(crlf))); other != got {
				t.Errorf("with CRLF it reads as\n%s", other)
			}
		})
	}
}

func describe(t *testing.T, r *dsn.Report) string {
	t.Helper()
	g := golden{Kind: r.Kind, Format: r.Format, Generator: r.Generator, Recipients: []goldenRecipient{}}
	for i := range r.Recipients {
		c := &r.Recipients[i]
		g.Recipients = append(g.Recipients, goldenRecipient{
			Final: c.Final, Original: c.Original, Action: c.Action, Status: c.Status.String(), Reply: c.Reply.String(), Diagnostic: c.Diagnostic,
			Line: reasonLine(r, i), Host: c.Remote.Name, IP: c.Remote.IP, Stage: string(c.Stage),
		})
	}
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(g); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func reasonLine(r *dsn.Report, i int) int {
	for _, it := range r.Items(i) {
		if it.Kind == evidence.KindReply || it.Kind == evidence.KindDiagnostic {
			return it.Source.Line
		}
	}
	return 0
}
