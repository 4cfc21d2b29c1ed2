package dsn

import "strings"

// formatSet is a set of formats by their place in the table.
type formatSet [2]uint64

func (s *formatSet) has(i int) bool { return s[i/64]&(1<<(i%64)) != 0 }
func (s *formatSet) add(i int)      { s[i/64] |= 1 << (i % 64) }

// markTable finds the marks of all formats in one walk over a text.
type markTable struct{ marks *anchors }

// formatMarks is built once from the table of formats.
var formatMarks = newMarkTable(formats)

func newMarkTable(formats []format) markTable {
	var list []anchored
	for i := range formats {
		for _, words := range formats[i].marks {
			list = append(list, anchored{words, i})
		}
	}
	return markTable{newAnchors(list)}
}

// find adds to seen the formats whose marks stand in a lower-cased text, at the
// start of a word.
func (t markTable) find(lower string, seen *formatSet) {
	for i, candidates := t.marks.next(lower, 0); i >= 0; i, candidates = t.marks.next(lower, i+1) {
		if i > 0 && isWordASCII(lower[i]) && isWordASCII(lower[i-1]) {
			continue
		}
		for _, c := range candidates {
			if strings.HasPrefix(lower[i:], c.words) {
				seen.add(c.value)
			}
		}
	}
}

func isWordASCII(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' }
