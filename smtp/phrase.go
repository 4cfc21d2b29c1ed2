package smtp

import "strings"

// phraseIndex finds which of a list of phrases begin at a byte of a text in one
// walk over it. A phrase is filed under its first two bytes, which few places
// of a text share.
type phraseIndex struct {
	words []string
	// group gives the place in groups for each pair of bytes, 0 for most.
	group  [phrasePairs]uint8
	groups [][]uint8 // the numbers of the phrases, in the order of the list
}

const phrasePairs = 1 << 11

// pairOf hashes two bytes.
func pairOf(a, b byte) uint { return (uint(a)<<5 ^ uint(b)) % phrasePairs }

// newPhraseIndex indexes at most 255 phrases in lower case, none of them empty.
func newPhraseIndex(words []string) *phraseIndex {
	x := &phraseIndex{words: words, groups: make([][]uint8, 1)}
	for i, w := range words {
		if len(w) > 1 {
			x.add(pairOf(w[0], w[1]), i, 0)
			continue
		}
		x.groups = append(x.groups, nil) // one for all that may follow the byte
		for next, fresh := 0, len(x.groups)-1; next < 256; next++ {
			x.add(pairOf(w[0], byte(next)), i, fresh)
		}
	}
	return x
}

// add files phrase i under a pair, which gets the group fresh, or a new one,
// if it has none yet.
func (x *phraseIndex) add(pair uint, i, fresh int) {
	g := int(x.group[pair])
	if g == 0 {
		if g = fresh; g == 0 {
			x.groups = append(x.groups, nil)
			g = len(x.groups) - 1
		}
		x.group[pair] = uint8(g)
	}
	if list := x.groups[g]; len(list) == 0 || list[len(list)-1] != uint8(i) {
		x.groups[g] = append(list, uint8(i))
	}
}

// each calls found for every phrase that stands in a lower-cased text at the
// start of a word, in the order of the text and, at one place, of the list.
// It stops where found says so.
func (x *phraseIndex) each(lower string, found func(phrase, at int) (stop bool)) {
	for i := range len(lower) {
		next := byte(0)
		if i+1 < len(lower) {
			next = lower[i+1]
		}
		g := x.group[pairOf(lower[i], next)]
		if g == 0 || i > 0 && isAlnum(lower[i]) && isAlnum(lower[i-1]) {
			continue
		}
		for _, n := range x.groups[g] {
			if strings.HasPrefix(lower[i:], x.words[n]) && found(int(n), i) {
				return
			}
		}
	}
}
