package main

import "testing"

func TestClientAddress(t *testing.T) {
	tests := []struct{ reply, host, want string }{
		{"554 5.7.1 Service unavailable; Client host [192.0.2.25] blocked using zen.bl.example", "198.51.100.7", "192.0.2.25"},
		{"550 198.51.100.7 says 192.0.2.25 is not allowed", "198.51.100.7", "192.0.2.25"},
		{"550 [IPv6:2001:db8::25] refused", "", ""},
		{"550 client 2001:db8::25, refused.", "", "2001:db8::25"},
		{"550 5.7.1 version 1.2.3.4000 refused", "", ""},
		{"550 5.1.1 no such user", "", ""},
	}
	for _, test := range tests {
		if got := clientAddress(test.reply, test.host); got != test.want {
			t.Errorf("clientAddress(%q) = %q, want %q", test.reply, got, test.want)
		}
	}
}

func TestExplainTexts(t *testing.T) {
	tests := []struct {
		args []string
		want int
	}{
		{[]string{"550 5.1.1 no"}, 1},
		{[]string{"550", "5.1.1", "no", "such", "user"}, 1},
		{[]string{"5.1.1", "5.2.2", "550"}, 3},
		{[]string{"550", "550 no such user"}, 2},
		{[]string{"550", "-"}, 2},
		{[]string{"no such user", "550"}, 2},
	}
	for _, test := range tests {
		if got := explainTexts(test.args); len(got) != test.want {
			t.Errorf("explainTexts(%q) = %q, want %d texts", test.args, got, test.want)
		}
	}
}
