package dsn

import "strings"

// normalLines makes every line end a line feed: CRLF, a lone CR, and CRCRLF as
// some gateways leave it, so that all of them read alike. Line numbers stay
// what an editor shows.
func normalLines(s string) string {
	if strings.IndexByte(s, '\r') < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for {
		i := strings.IndexByte(s, '\r')
		if i < 0 {
			break
		}
		b.WriteString(s[:i])
		b.WriteByte('\n')
		s = s[i+1:]
		for strings.HasPrefix(s, "\r\n") {
			s = s[1:]
		}
		s = strings.TrimPrefix(s, "\n")
	}
	b.WriteString(s)
	return b.String()
}
