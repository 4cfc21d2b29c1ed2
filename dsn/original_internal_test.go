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

func TestTypedAddress(t *testing.T) {
	tests := []struct{ in, want string }{
		{"rfc822; user@example.com", "user@example.com"},
		{"rfc822;<user@example.com>", "user@example.com"},
		{`rfc822; "<b>user"@example.com`, `"<b>user"@example.com`},
		{`rfc822; "Some User" <user@example.com>`, "user@example.com"},
		{`rfc822; "<user@example.com>"`, "user@example.com"},
	}
	for _, test := range tests {
		if got := typedAddress(test.in); got != test.want {
			t.Errorf("typedAddress(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}
