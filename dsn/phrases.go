package dsn

import "sync"

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
	p.once.Do(p.build)
	return p.long.in(lower) || containsAny(lower, p.short)
}
