package dsn

import "slices"

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
	a := &anchors{phrases: slices.Clone(list)}
	bucket := func(p anchored) uint32 { return anchor(leading(p.words)) >> (anchorBits - bucketBits) }
	slices.SortStableFunc(a.phrases, func(p, q anchored) int { return int(bucket(p)) - int(bucket(q)) })
	for _, p := range a.phrases {
		h := anchor(leading(p.words))
		a.filter[h/64] |= 1 << (h % 64)
		a.first[bucket(p)+1]++
	}
	for i := range 1 << bucketBits {
		a.first[i+1] += a.first[i]
	}
	return a
}

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
			b := h >> (anchorBits - bucketBits)
			return i - 3, a.phrases[a.first[b]:a.first[b+1]]
		}
	}
	return -1, nil
}
