package report

import (
	"iter"
	"strings"
)

// X.400 and Exchange directory addresses name people by attributes:
// "/S=Smith/G=Alice/O=Org/C=DE", "/o=Org/cn=Recipients/cn=alice".

// x400Values yields the spans of the attribute values in s that name a person.
func x400Values(s string) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		for i := 0; i < len(s); i++ {
			if s[i] != '/' && s[i] != ';' {
				continue
			}
			name, _, ok := strings.Cut(s[i+1:min(len(s), i+12)], "=")
			if !ok || !strings.Contains(" s g i cn pn surname givenname given-name ", " "+strings.ToLower(name)+" ") {
				continue
			}
			start := i + 1 + len(name) + 1
			end := start
			for end < len(s) && strings.IndexByte("/;<>\"\n\r", s[end]) < 0 {
				end++
			}
			if value := s[start:end]; value != "" && !strings.EqualFold(value, "Recipients") && !yield(start, end) {
				return
			}
		}
	}
}

// learnX400 notes the people that X.400 addresses in s name.
func learnX400(s string, learn func(string)) {
	for start, end := range x400Values(s) {
		learn(s[start:end])
	}
}

// x400 replaces the people that X.400 addresses in s name.
func (r *Redactor) x400(s string) string {
	var b strings.Builder
	last := 0
	for start, end := range x400Values(s) {
		b.WriteString(s[last:start])
		b.WriteString(r.person(s[start:end]))
		last = end
	}
	if last == 0 {
		return s
	}
	b.WriteString(s[last:])
	return b.String()
}
