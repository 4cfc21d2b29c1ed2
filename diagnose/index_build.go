package diagnose

import "slices"

// indexOf makes an index of texts. One that several rules name is a phrase once.
func indexOf(texts []string) *index {
	x := newIndex(len(texts))
	phrases := make(map[string]int32, len(texts))
	of := make([]int32, len(texts))
	for i, text := range texts {
		n, known := phrases[text]
		if !known {
			n = int32(len(x.phrases))
			phrases[text] = n
			x.add(text)
		}
		of[i] = n
	}
	x.first = make([]int32, len(x.phrases)+1)
	for _, n := range of {
		x.first[n+1]++
	}
	for n := range x.phrases {
		x.first[n+1] += x.first[n]
	}
	x.bearers = make([]int32, len(texts))
	next := slices.Clone(x.first)
	for i, n := range of {
		x.bearers[next[n]] = int32(i)
		next[n]++
	}
	x.build()
	return x
}

// gramLong gives the longer gram of a string at i.
func gramLong(s string, i int) uint64 {
	return uint64(gram(s, i)) | uint64(gram(s, i+gramSize))<<32
}

// build files all phrases. Phrases without a stretch that is long enough are
// never found; check reports them.
func (x *index) build() {
	x.tables = new(tables)
	rarity := x.rarity()
	long := make([]entry, 0, len(x.phrases))
	var short []entry
	for n := range x.phrases {
		part, ok := x.choose(&x.phrases[n])
		switch {
		case !ok:
		case len(part) >= longGram:
			long = append(long, fileLong(part, n, rarity))
		case len(part) >= gramSize:
			short = append(short, fileShort(part, n))
		default:
			short = fileLed(short, part, n)
		}
	}
	x.long.fill(long, func(e *entry) uint32 { return hashLong(e.word) })
	x.short.fill(short, func(e *entry) uint32 { return hash(uint32(e.word)) })
}

// fill sorts entries into the buckets of their hashes.
func (t *table) fill(entries []entry, hashOf func(*entry) uint32) {
	for i := range entries {
		h := hashOf(&entries[i])
		bit := h >> (32 - setBits)
		t.set[bit>>3] |= 1 << (bit & 7)
		t.buckets[h>>(32-bucketBits)+1]++
	}
	for i := range len(t.buckets) - 1 {
		t.buckets[i+1] += t.buckets[i]
	}
	t.entries = make([]entry, len(entries))
	var filled [1 << bucketBits]uint32
	for i := range entries {
		b := hashOf(&entries[i]) >> (32 - bucketBits)
		t.entries[t.buckets[b]+filled[b]] = entries[i]
		filled[b]++
	}
}

// rarity counts how often longer grams occur in the phrases, which are the best
// model at hand of the words of the texts.
func (x *index) rarity() []uint16 {
	seen := make([]uint16, 1<<rarityBits)
	for _, part := range x.parts {
		for i := 0; i+longGram <= len(part); i++ {
			seen[hashLong(gramLong(part, i))>>(32-rarityBits)]++
		}
	}
	return seen
}

// fileLong files a phrase under the rarest gram of its stretch.
func fileLong(part string, n int, seen []uint16) entry {
	best, e := ^uint16(0), entry{mask: ^uint64(0), phrase: uint16(n)}
	for i := 0; i+longGram <= len(part) && best > 1; i++ {
		g := gramLong(part, i)
		if c := seen[hashLong(g)>>(32-rarityBits)]; c < best {
			best, e.word, e.offset = c, g, int16(i)
		}
	}
	return e
}

// fileShort files a phrase under the start of its stretch.
func fileShort(part string, n int) entry {
	e := entry{phrase: uint16(n)}
	for i, c := range []byte(part) {
		e.word |= uint64(c) << (8 * i)
		e.mask |= 0xff << (8 * i)
	}
	return e
}

// fileLed files a phrase that is shorter than a gram, with each of the signs
// that may stand in front of it.
func fileLed(entries []entry, part string, n int) []entry {
	for _, lead := range []byte(leads) {
		g := uint32(lead) | uint32(part[0])<<8 | uint32(part[1])<<16 | uint32(part[2])<<24
		entries = append(entries, entry{word: uint64(g), mask: 1<<32 - 1, phrase: uint16(n), offset: -1})
	}
	return entries
}
