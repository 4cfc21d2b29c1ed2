package dsn_test

import (
	"testing"

	"github.com/smtpdiag/smtpdiag/dsn"
)

func BenchmarkParse(b *testing.B) {
	raw := []byte(postfixBounce)
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		dsn.Parse("bounce.eml", raw)
	}
}
