package runbook

import (
	"slices"
	"strings"
	"testing"
)

func TestNearest(t *testing.T) {
	var names []string
	for _, e := range Entries() {
		names = append(names, string(e.Class))
	}
	for _, tt := range []struct {
		name string
		want []string
	}{
		{"recipient:unknowm", []string{"recipient:unknown"}},
		{"greylist", []string{"policy:greylist"}},
		{"grelyist", []string{"policy:greylist"}},
		{"Policy:RateLimit", []string{"policy:rate-limit"}},
		{"spf", []string{"auth:spf"}},
		{"smtp", []string{"auth:smtp-required", "auth:smtp-failed"}},
		{"xyzzy", []string{}},
		{"", []string{}},
		{strings.Repeat("recipient:unknown", 100000), []string{}},
	} {
		got := Nearest(tt.name, names)
		if len(got) > maxNearest || len(got) < len(tt.want) || !slices.Equal(got[:len(tt.want)], tt.want) ||
			len(tt.want) == 0 && len(got) > 0 {
			t.Errorf("Nearest(%.40q) = %v, want %v first", tt.name, got, tt.want)
		}
	}
}
