package dsn_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/smtpdiag/smtpdiag/dsn"
)

// BenchmarkParse reads one report of the standard form, one that a person
// forwarded, and the examples of all forms in turn.
func BenchmarkParse(b *testing.B) {
	files, err := filepath.Glob("testdata/*/*.eml")
	if err != nil || len(files) == 0 {
		b.Fatal("no examples: ", err)
	}
	var examples [][]byte
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		examples = append(examples, raw)
	}
	forward := "From: ann@example.com\nTo: ops@example.com\nSubject: Fwd: what is this?\n\nPlease look.\n\n---------- Forwarded message ----------\n" + postfixBounce
	for _, c := range []struct {
		name     string
		messages [][]byte
	}{
		{"postfix", [][]byte{[]byte(postfixBounce)}},
		{"forwarded", [][]byte{[]byte(forward)}},
		{"examples", examples},
	} {
		b.Run(c.name, func(b *testing.B) {
			size := 0
			for _, raw := range c.messages {
				size += len(raw)
			}
			b.SetBytes(int64(size / len(c.messages)))
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				dsn.Parse("bounce.eml", c.messages[i%len(c.messages)])
			}
		})
	}
}
