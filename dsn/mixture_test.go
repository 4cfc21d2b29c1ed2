package dsn_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/smtpdiag/smtpdiag/dsn"
)

// TestMixtures reads messages that are put together from lines of many real
// ones: a fault needs two forms in one message more often than odd bytes, which
// fuzzing tries. The mixtures are the same in every run; MIXTURES sets how many.
func TestMixtures(t *testing.T) {
	var lines [][]string
	for _, pattern := range []string{"testdata/*/*.eml", "../testdata/bounces/*", "../../shared/corpus/messages/*.eml"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(files)
		for _, file := range files {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			lines = append(lines, strings.SplitAfter(string(raw), "\n"))
		}
	}
	if len(lines) < 50 {
		t.Fatalf("%d examples", len(lines))
	}
	count := 3000
	if n, err := strconv.Atoi(os.Getenv("MIXTURES")); err == nil {
		count = n
	}
	random := rand.New(rand.NewPCG(1, 2))
	for n := range count {
		var b strings.Builder
		for range 2 + random.IntN(5) {
			from := lines[random.IntN(len(lines))]
			start := 0
			if b.Len() > 0 || random.IntN(3) == 0 {
				start = random.IntN(len(from))
			}
			b.WriteString(strings.Join(from[start:min(len(from), start+1+random.IntN(40))], ""))
		}
		read(t, n, b.String())
	}
}

// read reads one message and shows it where that panics.
func read(t *testing.T, n int, raw string) {
	t.Helper()
	defer func() {
		if cause := recover(); cause != nil {
			t.Fatalf("mixture %d: %v\n%s", n, cause, raw)
		}
	}()
	if r := dsn.Parse("mixture", []byte(raw)); r == nil {
		t.Fatalf("mixture %d gives no report", n)
	}
}
