package dsn

import (
	"slices"
	"strings"
)

// anchors finds phrases of at least four bytes in one walk over a text. A
// phrase is anchored at its first four bytes, by whose hash it is found.
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
	words string
	value int
}

const (
	anchorBits = 14
	bucketBits = 9
)

// newAnchors indexes at most 65,535 phrases.
func newAnchors(list []anchored) *anchors {
	a := &anchors{phrases: make([]anchored, len(list))}
	for _, p := range list {
		h := anchor(leading(p.words))
		a.filter[h/64] |= 1 << (h % 64)
		a.first[bucketOf(h)+1]++
	}
	for i := range 1 << bucketBits {
		a.first[i+1] += a.first[i]
	}
	place := a.first // where in each bucket the next phrase goes
	for _, p := range list {
		b := bucketOf(anchor(leading(p.words)))
		a.phrases[place[b]] = p
		place[b]++
	}
	return a
}

// bucketOf gives the bucket of a hash.
func bucketOf(h uint32) uint32 { return h >> (anchorBits - bucketBits) }

// anchor hashes four bytes.
func anchor(x uint32) uint32 { return x * 2654435761 >> (32 - anchorBits) }

// leading gives the first four bytes of s as a number, the first one lowest.
func leading(s string) uint32 {
	_ = s[3]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

// next gives where in a text, at from or behind it, the first four bytes of a
// phrase may stand, and the phrases that begin with such; -1 behind the last.
func (a *anchors) next(text string, from int) (at int, candidates []anchored) {
	if from+4 > len(text) {
		return -1, nil
	}
	x := leading(text[from:]) << 8
	for i := from + 3; i < len(text); i++ {
		x = x>>8 | uint32(text[i])<<24
		h := anchor(x)
		if a.filter[h/64]>>(h%64)&1 != 0 {
			b := bucketOf(h)
			return i - 3, a.phrases[a.first[b]:a.first[b+1]]
		}
	}
	return -1, nil
}

// indexed indexes phrases, each under its place in the list.
func indexed(list []string) *anchors {
	all := make([]anchored, len(list))
	for i, words := range list {
		all[i] = anchored{words, i}
	}
	return newAnchors(all)
}

// firsts gives for each phrase of an indexed list where in text it stands
// first, or -1.
func (a *anchors) firsts(text string) []int {
	found := slices.Repeat([]int{-1}, len(a.phrases))
	for i, candidates := a.next(text, 0); i >= 0; i, candidates = a.next(text, i+1) {
		for _, c := range candidates {
			if found[c.value] < 0 && strings.HasPrefix(text[i:], c.words) {
				found[c.value] = i
			}
		}
	}
	return found
}

// lowest gives the lowest value of the phrases that stand in text, or -1.
func (a *anchors) lowest(text string) int {
	best := -1
	for i, candidates := a.next(text, 0); i >= 0; i, candidates = a.next(text, i+1) {
		for _, c := range candidates {
			if (best < 0 || c.value < best) && strings.HasPrefix(text[i:], c.words) {
				best = c.value
			}
		}
	}
	return best
}
