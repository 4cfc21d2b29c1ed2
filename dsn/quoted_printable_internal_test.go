package dsn

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// What is decoded line by line is what the library makes of the whole.
func TestQuotedPrintable(t *testing.T) {
	pieces := []string{"=", "=3D", "=e9", "=E9", "=\n", " =\n", "= \n", "==\n", "\n", "\n\n", " ", "\t", " \n", "a", "plain text", "=4", "=4\n", "=G1", "\x00", "\x7f", "\x80", "é", strings.Repeat("long ", 250), strings.Repeat("x", 5000)}
	r := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		var b strings.Builder
		for range r.IntN(12) {
			b.WriteString(pieces[min(r.IntN(len(pieces)), r.IntN(2*len(pieces)))])
		}
		if in := b.String(); decodeQuotedPrintable(in) != decodeOdd(in) {
			t.Fatalf("%q gives %q, by the library %q", in, decodeQuotedPrintable(in), decodeOdd(in))
		}
	}
}
