package diagnose

import (
	"bytes"
	"encoding/binary"
	"strings"
	"sync"
	"sync/atomic"
)

// finder finds which of many phrases a text holds. It is ready at once: for the
// first texts, one or two grams of each phrase are looked up in the text, and
// only the few phrases that pass are compiled. When more than a few texts come,
// it compiles all phrases into an index, which takes milliseconds and then
// needs a few microseconds a text.
type finder struct {
	texts []string // the phrases, in the form that When describes
	used  atomic.Int32
	grams []gramPair
	full  func() *index
	ready atomic.Bool // full has been called
}

// sparseTexts is the number of texts that are looked through without an index:
// those of one bounce or a few.
const sparseTexts = 24

// newFinder makes a finder of phrases.
func newFinder(texts []string) *finder {
	f := &finder{texts: texts}
	f.grams = f.pairs()
	f.full = sync.OnceValue(func() *index { return indexOf(f.texts) })
	return f
}

// hit is a phrase that was found.
type hit struct {
	phrase int32
	size   uint16 // see phrase.size
}

// find appends to found the phrases that the folded text holds; one that it
// holds twice may be given twice.
func (f *finder) find(text []byte, found []hit) []hit {
	if f.ready.Load() || f.used.Add(1) > sparseTexts {
		x := f.full()
		f.ready.Store(true)
		return x.hits(text, found)
	}
	return f.sparse(text, found)
}

// hits is scan with the sizes of the phrases, and with the numbers that the
// maker of the index knows them by.
func (x *index) hits(text []byte, found []hit) []hit {
	var numbers [64]int32
	for _, n := range x.scan(text, numbers[:0]) {
		size := x.phrases[n].size
		for _, bearer := range x.bearers[x.first[n]:x.first[n+1]] {
			found = append(found, hit{bearer, size})
		}
	}
	return found
}

// gramPair is two grams of a phrase that folding does not change. A text that
// does not hold both does not hold the phrase. Zero stands for none.
type gramPair struct{ first, second uint32 }

// foreign stands for the first gram of a phrase that has none, and has letters
// that folding never turns into ASCII.
const foreign = 1

// pairs gives the grams of all phrases.
func (f *finder) pairs() []gramPair {
	pairs := make([]gramPair, len(f.texts))
	for n, text := range f.texts {
		first, at := plainGram(text, 0)
		if first == 0 && isForeign(text) {
			first = foreign
		}
		pairs[n].first = first
		if first > foreign {
			pairs[n].second, _ = plainGram(text, at+gramSize)
		}
	}
	return pairs
}

// plainGram gives the next gram at or behind from that folding leaves as it is,
// and where it is; 0 where there is none. It is made of small letters and
// spaces, and touches neither a gap nor anything that folding rewrites: double
// spaces, "cannot", and the letters in front of an apostrophe or a byte outside
// ASCII.
func plainGram(text string, from int) (g uint32, at int) {
	run := 0
	for i := from; i < len(text); i++ {
		c := text[i]
		if (c < 'a' || c > 'z') && c != ' ' {
			run = 0
			continue
		}
		if i > 0 && (c == text[i-1] && (c == 'n' || c == ' ') || c == ' ' && isGap(text[i-1])) {
			run = 0
			if c == ' ' {
				continue
			}
		}
		if run++; run < gramSize {
			continue
		}
		if i+1 < len(text) {
			if next := text[i+1]; next == '\'' || next == '`' || next >= utf8Self || next == c || c == ' ' && isGap(next) {
				continue
			}
		}
		at = i + 1 - gramSize
		return gram(text, at), at
	}
	return 0, len(text)
}

func isGap(c byte) bool { return c == '*' || c == '?' }

// isForeign reports whether a phrase has a letter of a script other than Latin.
func isForeign(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return r >= 0x400 && r < 0x2000 || r >= 0x3040 && r <= 0xd7a3 }) >= 0
}

// sparse finds phrases without an index of all of them.
func (f *finder) sparse(text []byte, found []hit) []hit {
	const bits = 15
	var set [1 << (bits - 3)]uint8
	ascii := true
	for i := 0; i+gramSize <= len(text); i++ {
		h := hash(binary.LittleEndian.Uint32(text[i:])) >> (32 - bits)
		set[h>>3] |= 1 << (h & 7)
		ascii = ascii && text[i] < utf8Self
	}
	holds := func(g uint32) bool {
		h := hash(g) >> (32 - bits)
		return set[h>>3]&(1<<(h&7)) != 0
	}
	few := index{}
	for n, pair := range f.grams {
		switch {
		case pair.first == foreign:
			if ascii {
				continue
			}
		case pair.first != 0 && !holds(pair.first), pair.second != 0 && !holds(pair.second):
			continue
		}
		k := len(few.phrases)
		few.add(f.texts[n])
		if p := &few.phrases[k]; few.holds(text, p) {
			found = append(found, hit{int32(n), p.size})
		}
	}
	return found
}

// holds reports whether a text holds a phrase, by the same rules as scan.
func (x *index) holds(text []byte, p *phrase) bool {
	part, ok := x.choose(p)
	if !ok {
		return false
	}
	for from := 0; ; from++ {
		at := bytes.Index(text[from:], []byte(part))
		if at < 0 {
			return false
		}
		from += at
		led := len(part) >= gramSize || from > 0 && strings.IndexByte(leads, text[from-1]) >= 0
		if led && x.match(text, from, p) {
			return true
		}
	}
}

// choose sets and gives the stretch by which a phrase is looked for: the longest
// one, so that it follows from the phrase alone. ok is false for a phrase that
// cannot be found.
func (x *index) choose(p *phrase) (part string, ok bool) {
	p.anchor = 0
	parts := x.parts[p.first : int(p.first)+int(p.count)]
	for k := range parts {
		if len(parts[k]) > len(parts[p.anchor]) {
			p.anchor = uint8(k)
		}
	}
	if len(parts[p.anchor]) >= gramSize {
		return parts[p.anchor], true
	}
	p.anchor = 0
	return parts[0], len(parts[0]) == minPhrase && !p.openLeft
}
