package dsn

import "testing"

// The shortcut in isOriginalMark must let every mark through.
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
