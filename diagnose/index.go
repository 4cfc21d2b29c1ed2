package diagnose

import (
	"bytes"
	"encoding/binary"
	"strings"
)

// maxGap is how many bytes of other text " * " may stand for, and how long the
// word may be that " ? " stands for.
const maxGap = 80

// The two signs for text that does not matter.
const (
	gapText = " * "
	gapWord = " ? "
)

// cutGap parts a phrase at its first gap.
func cutGap(phrase string) (part, rest string, word, more bool) {
	i := strings.Index(phrase, gapText)
	if j := strings.Index(phrase, gapWord); j >= 0 && (i < 0 || j < i) {
		return phrase[:j], phrase[j+len(gapWord):], true, true
	}
	if i >= 0 {
		return phrase[:i], phrase[i+len(gapText):], false, true
	}
	return phrase, "", false, false
}

// gramSize is the length of the stretches by which phrases are filed, in bytes.
const gramSize = 4

// minPhrase is the shortest stretch that the index can find, in bytes: it is
// filed with the sign in front of it.
const minPhrase = gramSize - 1

// leads are the signs in front of a word that the index knows. Every folded
// text starts with a space.
const leads = " ([<\"'/-:=,;.#_>|*{"

// phrase is one phrase in compiled form. Its stretches, the literal texts
// between gaps, are parts[first : first+count] of the index.
type phrase struct {
	first  int32
	count  uint8
	anchor uint8 // which of its stretches the index looks for
	// openLeft and openRight say that the word may go on there.
	openLeft, openRight bool
	// single says that the phrase is one word without the signs that ask for a
	// match inside host names and URLs.
	single bool
	size   uint16 // the bytes of all stretches; see identifierBonus
}

// identifierBonus is added to the size of a phrase that is an identifier: one
// word with a digit or one of the signs "#_=" ("ofr_506", "aup#cdrbl",
// "p=nosuchuser"). A server puts one there to tell exactly what is meant, so
// it counts for more than any prose around it.
const identifierBonus = 64

// isIdentifier reports whether a phrase is an identifier.
func isIdentifier(text string) bool {
	return !strings.Contains(text, " ") && strings.ContainsAny(text, "0123456789#_=")
}

// index finds which of many phrases a text holds, in one pass over the text.
//
// Each phrase is filed under one of its 4-byte grams, the one that is rarest
// among all phrases. The pass looks up the gram at each position in a set of
// 65,536 bits, which says no almost always; where it says yes, the phrases
// under that gram are compared byte by byte.
type index struct {
	phrases []phrase
	parts   []string
	words   []bool  // of each part: the gap in front of it is one word
	entries []entry // entries[0] is unused, so that 0 ends a chain
	set     [1 << 13]uint8
	heads   [1 << 12]uint16
}

// entry files one phrase under one gram.
type entry struct {
	gram   uint32
	offset int16 // of the gram in the stretch; -1 for one with the sign in front of it
	next   uint16
	phrase int32
}

// maxPhrases is how many phrases an index takes.
const maxPhrases = 1<<16 - 2

func gram(b []byte) uint32 { return binary.LittleEndian.Uint32(b) }

func gramOf(s string, i int) uint32 {
	return uint32(s[i]) | uint32(s[i+1])<<8 | uint32(s[i+2])<<16 | uint32(s[i+3])<<24
}

func hash(g uint32) uint32 { return g * 0x9E3779B1 >> 16 }

// add appends a phrase, in the form that When describes, and gives its number.
// build has to be called before the index is used.
func (x *index) add(text string) int32 {
	p := phrase{first: int32(len(x.parts))}
	if isIdentifier(text) {
		p.size = identifierBonus
	}
	text, p.openLeft = strings.CutPrefix(text, "*")
	text, p.openRight = strings.CutSuffix(text, "*")
	p.single = !strings.ContainsAny(text, " ./=_?#:")
	word := false
	for more := true; more; {
		var part string
		gap := word
		part, text, word, more = cutGap(text)
		part = foldPhrase(part)
		x.parts, x.words = append(x.parts, part), append(x.words, gap)
		p.size += uint16(len(part))
		p.count++
	}
	x.phrases = append(x.phrases, p)
	return int32(len(x.phrases) - 1)
}

// build files all phrases. Phrases without a stretch that is long enough are
// never found; check reports them.
func (x *index) build() {
	var seen [1 << 14]uint16
	for _, part := range x.parts {
		for i := 0; i+gramSize <= len(part); i++ {
			seen[hash(gramOf(part, i))>>2]++
		}
	}
	x.entries = make([]entry, 1, len(x.phrases)+1)
	for n := range x.phrases {
		p := &x.phrases[n]
		best, offset := 1<<30, -1
		for k := range int(p.count) {
			part := x.parts[int(p.first)+k]
			for i := 0; i+gramSize <= len(part); i++ {
				if c := int(seen[hash(gramOf(part, i))>>2]); c < best {
					best, offset, p.anchor = c, i, uint8(k)
				}
			}
		}
		if offset >= 0 {
			x.file(gramOf(x.parts[int(p.first)+int(p.anchor)], offset), offset, n)
			continue
		}
		p.anchor = 0
		if part := x.parts[p.first]; len(part) == minPhrase && !p.openLeft {
			for _, lead := range []byte(leads) {
				x.file(uint32(lead)|uint32(part[0])<<8|uint32(part[1])<<16|uint32(part[2])<<24, -1, n)
			}
		}
	}
}

// file puts phrase n under a gram.
func (x *index) file(g uint32, offset, n int) {
	h := hash(g)
	x.set[h>>3] |= 1 << (h & 7)
	x.entries = append(x.entries, entry{g, int16(offset), x.heads[h>>4], int32(n)})
	x.heads[h>>4] = uint16(len(x.entries) - 1)
}

// scan appends to found the numbers of the phrases that the folded text holds;
// one that it holds twice may be given twice.
func (x *index) scan(text []byte, found []int32) []int32 {
	for i := 0; i+gramSize <= len(text); i++ {
		g := gram(text[i:])
		h := hash(g)
		if x.set[h>>3]&(1<<(h&7)) == 0 {
			continue
		}
		for e := x.heads[h>>4]; e != 0; e = x.entries[e].next {
			if t := &x.entries[e]; t.gram == g && x.match(text, i-int(t.offset), &x.phrases[t.phrase]) {
				found = append(found, t.phrase)
			}
		}
	}
	return found
}

// match reports whether the phrase occurs with its anchor at position at.
func (x *index) match(text []byte, at int, p *phrase) bool {
	parts := x.parts[p.first : int(p.first)+int(p.count)]
	k := int(p.anchor)
	if at < 0 || !partAt(text, at, parts[k]) {
		return false
	}
	start, end := at, at+len(parts[k])
	if !p.edges(text, start, end, k, len(parts)) {
		return false
	}
	words := x.words[p.first : int(p.first)+int(p.count)]
	for j := k + 1; j < len(parts); j++ {
		if end = p.after(text, end, parts[j], words[j], j, len(parts)); end < 0 {
			return false
		}
	}
	for j := k - 1; j >= 0; j-- {
		if start = p.before(text, start, parts[j], words[j+1], j, len(parts)); start < 0 {
			return false
		}
	}
	return !p.single || !insideName(text, start, end)
}

func partAt(text []byte, at int, part string) bool {
	return at+len(part) <= len(text) && string(text[at:at+len(part)]) == part
}

// after finds stretch j of n behind position end and gives where it ends, or -1.
func (p *phrase) after(text []byte, end int, part string, word bool, j, n int) int {
	limit := min(len(text), end+maxGap+len(part))
	for at := end; at+len(part) <= limit; at++ {
		i := bytes.IndexByte(text[at:limit], part[0])
		if i < 0 {
			return -1
		}
		at += i
		if partAt(text, at, part) && p.edges(text, at, at+len(part), j, n) && (!word || isOneWord(text[end:at])) {
			return at + len(part)
		}
	}
	return -1
}

// before finds stretch j of n in front of position start and gives where it
// starts, or -1.
func (p *phrase) before(text []byte, start int, part string, word bool, j, n int) int {
	limit := max(0, start-maxGap-len(part))
	for at := start - len(part); at >= limit; at-- {
		i := bytes.LastIndexByte(text[limit:at+1], part[0])
		if i < 0 {
			return -1
		}
		at = limit + i
		if partAt(text, at, part) && p.edges(text, at, at+len(part), j, n) && (!word || isOneWord(text[at+len(part):start])) {
			return at
		}
	}
	return -1
}

// isOneWord reports whether a gap holds one word, with signs around it, or
// signs alone, or nothing but a space.
func isOneWord(gap []byte) bool {
	return bytes.IndexByte(bytes.Trim(gap, " <>()[]\"':,."), ' ') < 0
}

// edges reports whether stretch j of n, found at text[start:end], begins and
// ends where words do.
func (p *phrase) edges(text []byte, start, end, j, n int) bool {
	if start > 0 && (j > 0 || !p.openLeft) && isWord(text[start]) && isWord(text[start-1]) {
		return false
	}
	return end >= len(text) || j == n-1 && p.openRight || !isWord(text[end-1]) || !isWord(text[end])
}

// insideName reports whether text[start:end] is only a part of a host name or
// URL, where words have no meaning of their own.
func insideName(text []byte, start, end int) bool {
	a, b := start, end
	for a > 0 && !endsName(text[a-1]) {
		a--
	}
	for b < len(text) && !endsName(text[b]) {
		b++
	}
	if a == start && b == end {
		return false
	}
	word := text[a:b]
	if bytes.Contains(word, []byte("://")) || bytes.HasPrefix(word, []byte("www.")) {
		return true
	}
	if i := bytes.IndexAny(word, "=:/"); i >= 0 && a+i >= end {
		word = word[:i] // "mx.example.com:25", "mx.example.com/spam"
	} else if i := bytes.LastIndexAny(word[:start-a], "=:/"); i >= 0 {
		if word[i] == '/' && looksLikeName(word[:bytes.IndexByte(word, '/')]) {
			return true
		}
		word = word[i+1:]
	}
	return looksLikeName(word)
}

// endsName reports whether c ends the word that holds a name.
func endsName(c byte) bool {
	switch c {
	case ' ', '<', '>', '(', ')', '[', ']', '{', '}', '"', '\'', ',', ';', '|':
		return true
	}
	return c >= 0x80
}

// looksLikeName reports whether word is the name of a host: labels parted by
// dots of which the last is one of the common top-level domains or has two
// letters, or at least three labels. "spam.please" is two sentences.
func looksLikeName(word []byte) bool {
	word = bytes.TrimRight(word, ".:")
	dots := 0
	last := 0
	for i, c := range word {
		switch {
		case c == '.':
			if i == last {
				return false
			}
			dots++
			last = i + 1
		case !isWord(c) && c != '-' && c != '_':
			return false
		}
	}
	if dots == 0 || last == len(word) || isDigit(word[last]) {
		return false
	}
	if dots > 1 || len(word)-last == 2 {
		return true
	}
	switch string(word[last:]) {
	case "com", "net", "org", "edu", "gov", "mil", "info", "biz", "name", "email", "mail", "cloud", "online", "site", "shop", "app", "dev", "tech",
		"example", "invalid", "test", "local", "lan", "internal", "localdomain", "arpa", "host":
		return true
	}
	return false
}
