package smtp

import "testing"

// Each phrase is found where it stands, at the end of a text and beside
// whatever byte.
func TestPhraseIndex(t *testing.T) {
	for name, x := range map[string]*phraseIndex{"hosts": hostIndex, "stages": stageIndex, "hints": hintIndex} {
		if len(x.groups) > 256 {
			t.Errorf("%s: %d groups do not fit their numbers", name, len(x.groups))
		}
		for i, w := range x.words {
			for next := range 256 {
				behind := string([]byte{byte(next)})
				if next == 0 {
					behind = ""
				}
				found := false
				x.each("x: "+w+behind, func(phrase, at int) bool {
					found = found || phrase == i && at == 3
					return false
				})
				if !found {
					t.Fatalf("%s: %q is not found in front of %q", name, w, behind)
				}
			}
			x.each("x"+w, func(phrase, at int) bool {
				if isAlnum(w[0]) && at == 1 {
					t.Errorf("%s: %q is found within a word", name, x.words[phrase])
				}
				return false
			})
		}
	}
}
