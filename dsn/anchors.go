package dsn

import (
	"math"
	"slices"
	"strings"
)

// anchors finds phrases of at least four bytes in one walk over a text. A
// phrase is anchored at four of its bytes, by whose hash it is found: those that
// the fewest other phrases have, so that common words cost nothing.
type anchors struct {
	// filter has a bit for the hash of each anchor. It is so wide that hardly
	// any place of a text passes without a phrase.
	filter [1 << anchorBits / 64]uint64
	// phrases are ordered by the bucket of their hash; first tells where each
	// bucket begins.
	phrases []anchored
	first   [1<<bucketBits + 1]uint16
}

// anchored is a phrase with what its owner files under it.
type anchored struct {
	words  string
	value  int
	anchor int // where in the words its anchor stands
}

const (
	anchorBits = 15
	bucketBits = 9
)

// newAnchors indexes at most 65,535 phrases.
func newAnchors(list []anchored) *anchors {
	placeAnchors(list)
	a := &anchors{phrases: make([]anchored, len(list))}
	for _, p := range list {
		h := p.hash()
		a.filter[h/64] |= 1 << (h % 64)
		a.first[bucketOf(h)+1]++
	}
	for i := range 1 << bucketBits {
		a.first[i+1] += a.first[i]
	}
	place := a.first // where in each bucket the next phrase goes
	for _, p := range list {
		b := bucketOf(p.hash())
		a.phrases[place[b]] = p
		place[b]++
	}
	return a
}

// placeAnchors anchors each phrase at the four bytes that come least often in
// all of them and, of equals, at those of the rarest letters.
func placeAnchors(list []anchored) {
	var often [1 << anchorBits]uint16
	for _, p := range list {
		for i := 0; i+4 <= len(p.words); i++ {
			often[hash4(leading(p.words[i:]))]++
		}
	}
	for k := range list {
		p := &list[k]
		least := math.MaxInt
		for i := 0; i+4 <= len(p.words); i++ {
			n := 5 * int(often[hash4(leading(p.words[i:]))])
			for _, c := range []byte(p.words[i : i+4]) {
				n += strings.IndexByte(rareLetters, c) + 1
			}
			if n < least {
				least, p.anchor = n, i
			}
		}
	}
}

// rareLetters are the letters and the blank of English, the rarest first. What
// is none of them is rarer still.
const rareLetters = "zqjxkvbywgpfmucdlhrs nioate"

// hash is that of the anchor.
func (p *anchored) hash() uint32 { return hash4(leading(p.words[p.anchor:])) }

// startsBefore gives where in text a phrase stands whose anchor may stand at i;
// ok is false where it does not.
func (p *anchored) startsBefore(text string, i int) (start int, ok bool) {
	start = i - p.anchor
	return start, start >= 0 && strings.HasPrefix(text[start:], p.words)
}

// bucketOf gives the bucket of a hash.
func bucketOf(h uint32) uint32 { return h >> (anchorBits - bucketBits) }

// hash4 hashes four bytes.
func hash4(x uint32) uint32 { return x * 2654435761 >> (32 - anchorBits) }

// leading gives the first four bytes of s as a number, the first one lowest.
func leading(s string) uint32 {
	_ = s[3]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

// next gives where in a text, at from or behind it, the anchor of a phrase may
// stand, and the phrases that have such; -1 behind the last.
func (a *anchors) next(text string, from int) (at int, candidates []anchored) {
	if from+4 > len(text) {
		return -1, nil
	}
	x := leading(text[from:]) << 8
	for i := from + 3; i < len(text); i++ {
		x = x>>8 | uint32(text[i])<<24
		h := hash4(x)
		if a.filter[h/64]>>(h%64)&1 != 0 {
			b := bucketOf(h)
			return i - 3, a.phrases[a.first[b]:a.first[b+1]]
		}
	}
	return -1, nil
}

// in reports whether one of the phrases stands in text.
func (a *anchors) in(text string) bool {
	for i, candidates := a.next(text, 0); i >= 0; i, candidates = a.next(text, i+1) {
		for k := range candidates {
			if _, ok := candidates[k].startsBefore(text, i); ok {
				return true
			}
		}
	}
	return false
}

// indexed indexes phrases, each under its place in the list.
func indexed(list []string) *anchors {
	all := make([]anchored, len(list))
	for i, words := range list {
		all[i] = anchored{words: words, value: i}
	}
	return newAnchors(all)
}

// firsts gives for each phrase of an indexed list where in text it stands
// first, or -1.
func (a *anchors) firsts(text string) []int {
	found := slices.Repeat([]int{-1}, len(a.phrases))
	for i, candidates := a.next(text, 0); i >= 0; i, candidates = a.next(text, i+1) {
		for k := range candidates {
			if c := &candidates[k]; found[c.value] < 0 {
				if start, ok := c.startsBefore(text, i); ok {
					found[c.value] = start
				}
			}
		}
	}
	return found
}

// lowest gives the lowest value of the phrases that stand in text, or -1.
func (a *anchors) lowest(text string) int {
	best := -1
	for i, candidates := a.next(text, 0); i >= 0; i, candidates = a.next(text, i+1) {
		for k := range candidates {
			if c := &candidates[k]; best < 0 || c.value < best {
				if _, ok := c.startsBefore(text, i); ok {
					best = c.value
				}
			}
		}
	}
	return best
}
