package dsn

import (
	"strings"
	"sync"
)

// phrases is a list of phrases in lower case, any of which may be looked for in
// a text. The index is built on first use.
type phrases struct {
	list  []string
	once  sync.Once
	long  *anchors
	short []string // those of less than four bytes
}

func listOf(words ...string) *phrases { return &phrases{list: words} }

func (p *phrases) build() {
	var long []anchored
	for _, words := range p.list {
		if len(words) < 4 {
			p.short = append(p.short, words)
		} else {
			long = append(long, anchored{words: words})
		}
	}
	p.long = newAnchors(long)
}

// in reports whether a lower-cased text holds one of the phrases.
func (p *phrases) in(lower string) bool {
	return p.next(lower, 0) >= 0 || containsAny(lower, p.short)
}

// next gives where in a lower-cased text, at from or behind it, the first of
// the phrases of four bytes or more stands, or -1.
func (p *phrases) next(lower string, from int) int {
	p.once.Do(p.build)
	for i, candidates := p.long.next(lower, from); i >= 0; i, candidates = p.long.next(lower, i+1) {
		for _, c := range candidates {
			if strings.HasPrefix(lower[i:], c.words) {
				return i
			}
		}
	}
	return -1
}
