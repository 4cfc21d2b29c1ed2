package dsn

import "testing"

// Every mark is found, by the index and on its line.
func TestOriginalMarks(t *testing.T) {
	for _, mark := range originalMarks {
		if !isOriginalMark("----- " + mark + " -----") {
			t.Errorf("%q is not recognised", mark)
		}
		if n := originalIndex.next("----- "+mark+" -----", 0); n < 0 || n > 6 {
			t.Errorf("%q is not in the index", mark)
		}
	}
	for _, line := range []string{"<user@example.com>: unknown user", "", "mail"} {
		if isOriginalMark(line) {
			t.Errorf("%q is taken for a mark", line)
		}
	}
}
