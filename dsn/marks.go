package dsn

import "strings"

// formatSet is a set of formats by their place in the table.
type formatSet [2]uint64

func (s *formatSet) has(i int) bool { return s[i/64]&(1<<(i%64)) != 0 }
func (s *formatSet) add(i int)      { s[i/64] |= 1 << (i % 64) }

// markTable finds the marks of all formats in one walk over a text. A mark is
// anchored at its first four bytes, by whose hash it is found.
type markTable struct {
	// filter has a bit for the hash of each anchor.
	filter [markBuckets / 64]uint64
	bucket map[uint16][]mark
}

// mark is one phrase of one format.
type mark struct {
	words  string
	format int
}

const markBuckets = 1 << 12

// formatMarks is built once from the table of formats.
var formatMarks = newMarkTable(formats)

func newMarkTable(formats []format) *markTable {
	t := &markTable{bucket: make(map[uint16][]mark)}
	for i := range formats {
		for _, words := range formats[i].marks {
			h := anchor(words)
			t.filter[h/64] |= 1 << (h % 64)
			t.bucket[h] = append(t.bucket[h], mark{words, i})
		}
	}
	return t
}

// anchor hashes the first four bytes of s.
func anchor(s string) uint16 {
	x := uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
	return uint16(x * 2654435761 >> 20)
}

// find adds to seen the formats whose marks stand in a lower-cased text.
func (t *markTable) find(lower string, seen *formatSet) {
	word := false // the byte before is one of a word
	for i := 0; i+4 <= len(lower); i++ {
		c := lower[i]
		inside := word && isWordASCII(c)
		word = isWordASCII(c)
		if inside {
			continue
		}
		h := anchor(lower[i:])
		if t.filter[h/64]&(1<<(h%64)) == 0 {
			continue
		}
		for _, m := range t.bucket[h] {
			if strings.HasPrefix(lower[i:], m.words) {
				seen.add(m.format)
			}
		}
	}
}

func isWordASCII(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' }
