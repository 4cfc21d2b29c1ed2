package smtp

import "strings"

// LowerASCII lowers ASCII letters only, so that offsets stay the same.
func LowerASCII(s string) string {
	i := 0
	for i < len(s) && (s[i] < 'A' || s[i] > 'Z') {
		i++
	}
	if i == len(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	last := 0
	for ; i < len(s); i++ {
		if c := s[i]; c >= 'A' && c <= 'Z' {
			b.WriteString(s[last:i])
			b.WriteByte(c | 0x20)
			last = i + 1
		}
	}
	b.WriteString(s[last:])
	return b.String()
}
