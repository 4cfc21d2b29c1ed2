package smtp

import (
	"strconv"
	"strings"
)

// EnhancedCode is an enhanced mail system status code, RFC 3463 section 2:
// class "." subject "." detail. Class is 2, 4 or 5; subject and detail have up
// to three digits each (Microsoft uses 5.7.606). The zero value means none.
type EnhancedCode struct {
	Class   uint16
	Subject uint16
	Detail  uint16
}

// IsZero reports whether there is no code.
func (e EnhancedCode) IsZero() bool { return e == EnhancedCode{} }

// String gives the code in its usual form, or "" where there is none.
func (e EnhancedCode) String() string {
	if e.IsZero() {
		return ""
	}
	b := make([]byte, 0, 9)
	b = strconv.AppendUint(b, uint64(e.Class), 10)
	b = append(b, '.')
	b = strconv.AppendUint(b, uint64(e.Subject), 10)
	b = append(b, '.')
	b = strconv.AppendUint(b, uint64(e.Detail), 10)
	return string(b)
}

// CutEnhanced reads an enhanced status code at the very start of s and gives
// the rest behind it. It accepts classes 2, 4 and 5 only, and asks that what
// follows the code is neither a digit nor a dot before a digit, so that an IP
// address or a version number is never taken for a code. ok is false, and rest
// is s, where there is none.
func CutEnhanced(s string) (code EnhancedCode, rest string, ok bool) {
	if len(s) < 5 || s[1] != '.' || (s[0] != '2' && s[0] != '4' && s[0] != '5') {
		return EnhancedCode{}, s, false
	}
	subject, n := digits(s[2:])
	if n == 0 || 2+n >= len(s) || s[2+n] != '.' {
		return EnhancedCode{}, s, false
	}
	detail, m := digits(s[3+n:])
	if m == 0 {
		return EnhancedCode{}, s, false
	}
	end := 3 + n + m
	if end < len(s) {
		c := s[end]
		if c >= '0' && c <= '9' || c == '.' && end+1 < len(s) && s[end+1] >= '0' && s[end+1] <= '9' {
			return EnhancedCode{}, s, false
		}
	}
	return EnhancedCode{uint16(s[0] - '0'), subject, detail}, s[end:], true
}

// ParseEnhanced reads s, which must be an enhanced status code and nothing
// else but surrounding space.
func ParseEnhanced(s string) (EnhancedCode, bool) {
	code, rest, ok := CutEnhanced(strings.TrimSpace(s))
	return code, ok && rest == ""
}

// digits reads one to three digits at the start of s.
func digits(s string) (value uint16, n int) {
	for n < len(s) && n < 3 && s[n] >= '0' && s[n] <= '9' {
		value = value*10 + uint16(s[n]-'0')
		n++
	}
	return value, n
}

// Reply is one answer of an SMTP server, RFC 5321 section 4.2. The zero value
// means that there was none.
type Reply struct {
	// Code is the three-digit reply code, 0 where the text has none.
	Code int
	// Enhanced is the enhanced status code in the text (RFC 2034), or zero.
	Enhanced EnhancedCode
	// Lines holds every line as received, codes included, without line ends.
	Lines []string
}

// IsZero reports whether there is no reply at all.
func (r Reply) IsZero() bool { return r.Code == 0 && r.Enhanced.IsZero() && len(r.Lines) == 0 }

// Permanent reports whether the code is of the 5yz class.
func (r Reply) Permanent() bool { return r.Code >= 500 && r.Code <= 599 }

// Temporary reports whether the code is of the 4yz class.
func (r Reply) Temporary() bool { return r.Code >= 400 && r.Code <= 499 }

// String gives the lines as received, joined by line feeds.
func (r Reply) String() string {
	if len(r.Lines) == 1 {
		return r.Lines[0]
	}
	return strings.Join(r.Lines, "\n")
}

// Text gives what the reply says without its codes: each line is stripped of
// its reply code and of the enhanced code behind it (RFC 2034 section 4 puts
// it on every line), and the lines are joined by spaces.
func (r Reply) Text() string {
	var b strings.Builder
	for _, line := range r.Lines {
		_, _, rest := cutCodes(line)
		rest = strings.TrimSpace(rest)
		if rest == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(rest)
	}
	return b.String()
}

// CutCode reads a reply code at the very start of s: three digits, 200 to 599,
// that are followed by a space, a hyphen, a hash sign or the end of s (RFC 5321
// allows a bare code; some servers leave the space out before an enhanced code
// that starts with '#'). more says that a hyphen followed, so that another
// line belongs to the reply. ok is false, and rest is s, where there is none.
func CutCode(s string) (code int, more bool, rest string, ok bool) {
	if len(s) < 3 || s[0] < '2' || s[0] > '5' || s[1] < '0' || s[1] > '9' || s[2] < '0' || s[2] > '9' {
		return 0, false, s, false
	}
	code = int(s[0]-'0')*100 + int(s[1]-'0')*10 + int(s[2]-'0')
	if len(s) == 3 {
		return code, false, "", true
	}
	switch s[3] {
	case ' ', '\t':
		return code, false, s[4:], true
	case '-':
		return code, true, s[4:], true
	case '#':
		return code, false, s[3:], true
	}
	return 0, false, s, false
}

// ParseReply reads text as the lines of one reply. It is lenient: text may
// lack the code, the enhanced code may stand in brackets or behind a hash sign
// ("550 #5.1.0", "550 [5.7.1]"), and line ends may be of any kind. The first
// codes found decide; every line is kept.
func ParseReply(text string) Reply {
	var r Reply
	for line := range strings.Lines(strings.ReplaceAll(text, "\r", "\n")) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		code, enhanced, _ := cutCodes(line)
		if r.Code == 0 {
			r.Code = code
		}
		if r.Enhanced.IsZero() {
			r.Enhanced = enhanced
		}
		r.Lines = append(r.Lines, line)
	}
	return r
}

// cutCodes splits a reply line into its codes and the rest.
func cutCodes(line string) (code int, enhanced EnhancedCode, rest string) {
	rest = strings.TrimSpace(line)
	code, _, rest, _ = CutCode(rest)
	rest = strings.TrimLeft(rest, " \t-")
	inner := strings.TrimLeft(rest, "#[('\"")
	e, after, ok := CutEnhanced(inner)
	if !ok {
		return code, EnhancedCode{}, rest
	}
	return code, e, strings.TrimLeft(after, ")]: \t")
}
