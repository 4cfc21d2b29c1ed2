package smtp

import "strings"

// phraseIndex finds which of a list of phrases begin at a byte of a text in one
// walk over it: the numbers of the phrases by their first byte.
type phraseIndex struct {
	words []string
	first [256][]uint8
}

// newPhraseIndex indexes at most 255 phrases in lower case, none of them empty.
func newPhraseIndex(words []string) *phraseIndex {
	x := &phraseIndex{words: words}
	for i, w := range words {
		x.first[w[0]] = append(x.first[w[0]], uint8(i))
	}
	return x
}

// each calls found for every phrase that stands in a lower-cased text at the
// start of a word, in the order of the text and, at one place, of the list.
// It stops where found says so.
func (x *phraseIndex) each(lower string, found func(phrase, at int) (stop bool)) {
	for i := range len(lower) {
		list := x.first[lower[i]]
		if len(list) == 0 || i > 0 && isAlnum(lower[i]) && isAlnum(lower[i-1]) {
			continue
		}
		for _, n := range list {
			w := x.words[n]
			if len(lower)-i >= len(w) && lower[i+len(w)-1] == w[len(w)-1] && strings.HasPrefix(lower[i:], w) && found(int(n), i) {
				return
			}
		}
	}
}
