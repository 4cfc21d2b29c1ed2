package smtp

import (
	"math/rand/v2"
	"testing"
)

// Each byte is lowered as it would be alone, whatever stands beside it.
func TestLowerASCII(t *testing.T) {
	const special = "AZaz@[`{\x00\x7f\x80\xc1\xda\xff mM"
	r := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		in := make([]byte, r.IntN(600))
		for i := range in {
			in[i] = special[r.IntN(len(special))]
			if r.IntN(4) == 0 {
				in[i] = byte(r.IntN(256))
			}
		}
		want := make([]byte, len(in))
		for i, c := range in {
			if c >= 'A' && c <= 'Z' {
				c += 'a' - 'A'
			}
			want[i] = c
		}
		if got := LowerASCII(string(in)); got != string(want) {
			t.Fatalf("LowerASCII(%q) = %q, want %q", in, got, want)
		}
	}
	if allocs := testing.AllocsPerRun(10, func() { LowerASCII("all of it is in lower case") }); allocs != 0 {
		t.Errorf("%v allocations where nothing changes", allocs)
	}
}

func BenchmarkLowerASCII(b *testing.B) {
	const text = "This is the mail system at host mx.example.com. I'm sorry to have to inform you that your message could not be delivered."
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		LowerASCII(text)
	}
}
