package diagnose

import (
	"encoding/binary"
	"strings"
)

// gramSize is the length of the stretches by which phrases are filed, in bytes.
const gramSize = 4

// minPhrase is the shortest stretch that the index can find, in bytes: it is
// filed with the sign in front of it.
const minPhrase = gramSize - 1

// leads are the signs in front of a word that the index knows. Every folded
// text starts with a space.
const leads = " ([<\"'/-:=,;.#_>|*{"

// identifierBonus is added to the size of a phrase that is an identifier: one
// word with a digit or one of the signs "#_=" ("ofr_506", "aup#cdrbl",
// "p=nosuchuser"). A server puts one there to tell exactly what is meant, so
// it counts for more than any prose around it.
const identifierBonus = 64

// phrase is one phrase in compiled form. Its stretches, the literal texts
// between gaps, are parts[first : first+count] of the index.
type phrase struct {
	first  int32
	size   uint16 // the bytes of all stretches; see identifierBonus
	count  uint8
	anchor uint8 // which of its stretches the index looks for
	// openLeft and openRight say that the word may go on there.
	openLeft, openRight bool
	// single says that the phrase is one word without the signs that ask for a
	// match inside host names and URLs.
	single bool
}

// index finds which of many phrases a text holds, in one pass over the text.
//
// Each phrase is filed under one of its 8-byte stretches, the one that is rarest
// among the phrases, or, where it is too short, under a 4-byte one. The pass
// looks up what stands at each position in two sets of bits, which say no almost
// always; where one says yes, the phrases under that stretch are compared byte
// by byte.
type index struct {
	phrases []phrase
	parts   []string
	words   []bool // of each part: the gap in front of it is one word
	*tables
	// The texts that phrase n of the index stands for, by the numbers that its
	// maker knows them by: bearers[first[n]:first[n+1]].
	bearers, first []int32
	folded         strings.Builder // the text of the parts that folding changed
	buffer         []byte          // for folding
}

// tables are what build makes.
type tables struct{ long, short table }

// table holds the entries of one length of grams.
type table struct {
	set     [1 << (setBits - 3)]uint8
	buckets [1<<bucketBits + 1]uint32 // where in entries each bucket begins
	entries []entry
}

// entry files one phrase under one gram.
type entry struct {
	// word is the gram with the bytes of the stretch behind it, as far as mask
	// says; they spare most looks at the phrase itself.
	word, mask uint64
	phrase     uint16
	offset     int16 // of the gram in the stretch; -1 for one with the sign in front of it
}

// maxPhrases is how many phrases an index takes.
const maxPhrases = 1<<16 - 1

// The sizes of the tables, in powers of two: large enough that few positions
// of a text are looked at in vain, small enough for the processor's first cache.
const (
	setBits    = 17
	bucketBits = 13
	rarityBits = 17 // of the counts by which anchors are chosen
)

// longGram is the length in bytes of the longer grams.
const longGram = 2 * gramSize

// hash spreads grams over 32 bits; the upper ones are the better ones.
func hash(g uint32) uint32 { return g * 0x9E3779B1 }

// hashLong does so for the longer grams.
func hashLong(g uint64) uint32 { return uint32(g * 0x9E3779B97F4A7C15 >> 32) }

// gram gives the gram of a string at i.
func gram(s string, i int) uint32 {
	s = s[i : i+gramSize]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

// newIndex makes an index with room for n phrases.
func newIndex(n int) *index {
	return &index{phrases: make([]phrase, 0, n), parts: make([]string, 0, n+n/4), words: make([]bool, 0, n+n/4)}
}

// What the bytes of a phrase tell about it.
const (
	hasSpace uint8 = 1 << iota
	hasGap
	hasDigit // or a sign of an identifier
	hasSign  // one that asks for a match inside host names
	hasOther // something that folding may change
)

// traits says what each ASCII byte tells.
var traits = [utf8Self]uint8{
	' ': hasSpace, '*': hasGap, '?': hasGap | hasSign, '.': hasSign, '/': hasSign, ':': hasSign,
	'=': hasSign | hasDigit, '_': hasSign | hasDigit, '#': hasSign | hasDigit,
	'0': hasDigit, '1': hasDigit, '2': hasDigit, '3': hasDigit, '4': hasDigit, '5': hasDigit, '6': hasDigit, '7': hasDigit, '8': hasDigit, '9': hasDigit,
	'\'': hasOther, '`': hasOther, '@': hasOther, '-': hasOther, '\t': hasOther, '\n': hasOther, '\r': hasOther,
	'A': hasOther, 'B': hasOther, 'C': hasOther, 'D': hasOther, 'E': hasOther, 'F': hasOther, 'G': hasOther, 'H': hasOther, 'I': hasOther,
	'J': hasOther, 'K': hasOther, 'L': hasOther, 'M': hasOther, 'N': hasOther, 'O': hasOther, 'P': hasOther, 'Q': hasOther, 'R': hasOther,
	'S': hasOther, 'T': hasOther, 'U': hasOther, 'V': hasOther, 'W': hasOther, 'X': hasOther, 'Y': hasOther, 'Z': hasOther,
}

const utf8Self = 0x80

// traitsOf gives what the bytes of a phrase tell, all together.
func traitsOf(s string) uint8 {
	var t, last uint8
	for i := range len(s) {
		c := s[i]
		if c >= utf8Self {
			t |= hasOther
			continue
		}
		t |= traits[c]
		if c == last && (c == 'n' || c == ' ') { // "cannot", or two spaces
			t |= hasOther
		}
		last = c
	}
	return t
}

// add appends a phrase, in the form that When describes. build has to be called
// before the index is used.
func (x *index) add(text string) {
	t := traitsOf(text)
	p := phrase{first: int32(len(x.parts)), single: t&(hasSpace|hasSign) == 0}
	if t&(hasSpace|hasDigit) == hasDigit {
		p.size = identifierBonus
	}
	if t&hasGap != 0 {
		text, p.openLeft = strings.CutPrefix(text, "*")
		text, p.openRight = strings.CutSuffix(text, "*")
	}
	word := false
	for more := true; more; {
		part, gap := text, word
		more = false
		if t&hasGap != 0 {
			part, text, word, more = cutGap(text)
		}
		if t&hasOther != 0 {
			part = x.fold(part)
		}
		x.parts, x.words = append(x.parts, part), append(x.words, gap)
		p.size += uint16(len(part))
		p.count++
	}
	x.phrases = append(x.phrases, p)
}

// fold folds one stretch of a phrase. All results share one piece of memory.
func (x *index) fold(part string) string {
	if isFolded(part) {
		return part
	}
	x.buffer = appendFolded(x.buffer[:0], part)
	from := x.folded.Len()
	x.folded.Write(x.buffer)
	return x.folded.String()[from:]
}

// scan appends to found the numbers of the phrases that the folded text holds;
// one that it holds twice may be given twice.
func (x *index) scan(text []byte, found []int32) []int32 {
	i := 0
	for ; i+longGram <= len(text); i++ {
		word := binary.LittleEndian.Uint64(text[i:])
		if h := hashLong(word); x.long.has(h) {
			found = x.look(&x.long, h, word, text, i, found)
		}
		if h := hash(uint32(word)); x.short.has(h) {
			found = x.look(&x.short, h, word, text, i, found)
		}
	}
	for ; i+gramSize <= len(text); i++ {
		var word uint64
		for k, c := range text[i:] {
			word |= uint64(c) << (8 * k)
		}
		if h := hash(uint32(word)); x.short.has(h) {
			found = x.look(&x.short, h, word, text, i, found)
		}
	}
	return found
}

// has reports whether an entry may be under a gram with the hash h.
func (t *table) has(h uint32) bool {
	bit := h >> (32 - setBits)
	return t.set[bit>>3]&(1<<(bit&7)) != 0
}

// look compares the phrases under the gram at text[at], whose hash is h and
// which word begins with.
func (x *index) look(t *table, h uint32, word uint64, text []byte, at int, found []int32) []int32 {
	b := h >> (32 - bucketBits)
	bucket := t.entries[t.buckets[b]:t.buckets[b+1]]
	for i := range bucket {
		if e := &bucket[i]; word&e.mask == e.word && x.match(text, at-int(e.offset), &x.phrases[e.phrase]) {
			found = append(found, int32(e.phrase))
		}
	}
	return found
}

// match reports whether the phrase occurs with its anchor at position at.
func (x *index) match(text []byte, at int, p *phrase) bool {
	part := x.parts[int(p.first)+int(p.anchor)]
	if at < 0 || !partAt(text, at, part) {
		return false
	}
	start, end := at, at+len(part)
	if !p.edges(text, start, end, int(p.anchor)) {
		return false
	}
	if p.count > 1 {
		return x.matchGaps(text, start, end, p)
	}
	return !p.single || !insideName(text, start, end)
}

// matchGaps looks for the other stretches of a phrase with gaps, around the one
// at text[start:end].
func (x *index) matchGaps(text []byte, start, end int, p *phrase) bool {
	first, n := int(p.first), int(p.count)
	for j := int(p.anchor) + 1; j < n; j++ {
		if end = p.after(text, end, x.parts[first+j], x.words[first+j], j); end < 0 {
			return false
		}
	}
	for j := int(p.anchor) - 1; j >= 0; j-- {
		if start = p.before(text, start, x.parts[first+j], x.words[first+j+1], j); start < 0 {
			return false
		}
	}
	return true
}

func partAt(text []byte, at int, part string) bool {
	return at+len(part) <= len(text) && string(text[at:at+len(part)]) == part
}

// edges reports whether stretch j, found at text[start:end], begins and ends
// where words do.
func (p *phrase) edges(text []byte, start, end, j int) bool {
	if start > 0 && isWord(text[start-1]) && isWord(text[start]) && (j > 0 || !p.openLeft) {
		return false
	}
	return end >= len(text) || !isWord(text[end]) || !isWord(text[end-1]) || j == int(p.count)-1 && p.openRight
}
