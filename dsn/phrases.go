package dsn

import (
	"strings"
	"sync"
)

// phrases is a list of phrases in lower case, any of which may be looked for in
// a text. All are found in one walk over it: a phrase is anchored at its first
// four bytes, by whose hash it is found. The index is built on first use.
type phrases struct {
	list   []string
	once   sync.Once
	filter [phraseBuckets / 64]uint64
	bucket [phraseBuckets][]string
	short  []string // those of less than four bytes
}

const phraseBuckets = 1 << 11

func listOf(words ...string) *phrases { return &phrases{list: words} }

func (p *phrases) build() {
	for _, words := range p.list {
		if len(words) < 4 {
			p.short = append(p.short, words)
			continue
		}
		h := p.hash(words)
		p.filter[h/64] |= 1 << (h % 64)
		p.bucket[h] = append(p.bucket[h], words)
	}
}

func (p *phrases) hash(s string) uint32 {
	x := uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
	return x * 2654435761 >> 21
}

// in reports whether a lower-cased text holds one of the phrases.
func (p *phrases) in(lower string) bool {
	return p.next(lower, 0) >= 0 || containsAny(lower, p.short)
}

// next gives where in a lower-cased text, at from or behind it, the first of
// the phrases of four bytes or more stands, or -1.
func (p *phrases) next(lower string, from int) int {
	p.once.Do(p.build)
	for i := from; i+4 <= len(lower); i++ {
		h := p.hash(lower[i:])
		if p.filter[h/64]&(1<<(h%64)) == 0 {
			continue
		}
		for _, words := range p.bucket[h] {
			if strings.HasPrefix(lower[i:], words) {
				return i
			}
		}
	}
	return -1
}
