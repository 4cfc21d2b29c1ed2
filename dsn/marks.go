package dsn

import "sync"

// formatSet is a set of formats by their place in the table.
type formatSet [2]uint64

func (s *formatSet) has(i int) bool { return s[i/64]&(1<<(i%64)) != 0 }
func (s *formatSet) add(i int)      { s[i/64] |= 1 << (i % 64) }

// markTable finds the marks of all formats in one walk over a text.
type markTable struct{ marks *anchors }

// formatMarks is built from the table of formats on first use.
var formatMarks = sync.OnceValue(func() markTable { return newMarkTable(formats) })

func newMarkTable(formats []format) markTable {
	var list []anchored
	for i := range formats {
		for _, words := range formats[i].marks {
			list = append(list, anchored{words: words, value: i})
		}
	}
	return markTable{newAnchors(list)}
}

// find adds to seen the formats whose marks stand in a lower-cased text, at the
// start of a word.
func (t markTable) find(lower string, seen *formatSet) {
	for i, candidates := t.marks.next(lower, 0); i >= 0; i, candidates = t.marks.next(lower, i+1) {
		for k := range candidates {
			c := &candidates[k]
			if start, ok := c.startsBefore(lower, i); ok && startsWord(lower, start) {
				seen.add(c.value)
			}
		}
	}
}

// startsWord reports whether no word of ASCII reaches over the place at i.
func startsWord(lower string, i int) bool {
	return i == 0 || !isWordASCII(lower[i]) || !isWordASCII(lower[i-1])
}

func isWordASCII(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' }
