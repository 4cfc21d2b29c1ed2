package diagnose

import (
	"slices"
	"strings"
	"testing"
)

// found gives the numbers in hits in order, each once.
func found(hits []hit) []int32 {
	var numbers []int32
	for _, h := range hits {
		numbers = append(numbers, h.phrase)
	}
	slices.Sort(numbers)
	return slices.Compact(numbers)
}

// TestFinderFindsTheSameBothWays compares the search without an index with the
// one of the index, on everything that the rules must decide and must not.
func TestFinderFindsTheSameBothWays(t *testing.T) {
	f := newFinder(Builtin().phrases.texts)
	full := f.full()
	var texts []string
	for _, r := range allBuiltin() {
		texts = append(append(texts, r.Hits...), r.Misses...)
	}
	texts = append(texts, "", "x", "no", "日本語", strings.Join(texts[:200], "\n"))
	sizes := map[int32]uint16{}
	for _, text := range texts {
		folded := fold(nil, text)
		want, got := full.hits(folded, nil), f.sparse(folded, nil)
		if !slices.Equal(found(got), found(want)) {
			t.Errorf("%q\nholds %v with the index, %v without", text, found(want), found(got))
		}
		for _, h := range slices.Concat(want, got) {
			if size, known := sizes[h.phrase]; known && size != h.size {
				t.Errorf("%q has the sizes %d and %d", f.texts[h.phrase], size, h.size)
			}
			sizes[h.phrase] = h.size
		}
	}
	if len(sizes) < len(f.texts)/4 {
		t.Errorf("only %d of %d phrases were found at all", len(sizes), len(f.texts))
	}
}

// TestFinderChanges sees that the index takes over after the first texts.
func TestFinderChanges(t *testing.T) {
	f := newFinder([]string{"user unknown", "mailbox full"})
	for i := range sparseTexts + 2 {
		if got := found(f.find(fold(nil, "550 User unknown"), nil)); !slices.Equal(got, []int32{0}) {
			t.Errorf("text %d: found %v", i, got)
		}
		if f.ready.Load() != (i >= sparseTexts) {
			t.Errorf("text %d: the index is ready: %v", i, f.ready.Load())
		}
	}
}

func BenchmarkFirstTexts(b *testing.B) {
	text := fold(nil, "550 5.1.1 <user@example.com>: Recipient address rejected: User unknown in virtual mailbox table")
	for b.Loop() {
		s := compile(nil)
		for range 3 {
			s.phrases.find(text, nil)
		}
	}
}
