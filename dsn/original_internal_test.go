package dsn

import "testing"

// Every mark is found on its line.
func TestOriginalMarks(t *testing.T) {
	for _, mark := range originalMarks {
		if !isOriginalMark("----- " + mark + " -----") {
			t.Errorf("%q is not recognised", mark)
		}
	}
	for _, line := range []string{"<user@example.com>: unknown user", "", "mail"} {
		if isOriginalMark(line) {
			t.Errorf("%q is taken for a mark", line)
		}
	}
}
