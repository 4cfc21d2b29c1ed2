package diagnose

import (
	"fmt"
	"strings"

	"github.com/smtpdiag/smtpdiag/smtp"
)

// codeSpec is one code of When.Codes in compiled form: an enhanced code or a
// range of them, or a reply code or a group of them.
type codeSpec struct {
	none     bool // the evidence shows no code of a reply at all
	enhanced bool
	class    uint16 // class digit of an enhanced code, 0 for any
	low      uint32 // reply code, or subject and detail packed
	high     uint32
}

// noCode is the code of evidence without any reply.
const noCode = "none"

// parseCode reads "5.1.1", "X.1.1", "5.7.606-5.7.649", "550", "55z", "4yz" or
// "none".
func parseCode(s string) (codeSpec, error) {
	if s == noCode {
		return codeSpec{none: true}, nil
	}
	if spec, ok := parseReplyCode(s); ok {
		return spec, nil
	}
	from, to, isRange := strings.Cut(s, "-")
	class, low, ok := parseEnhancedSpec(from)
	high := low
	if isRange && ok {
		var class2 uint16
		class2, high, ok = parseEnhancedSpec(to)
		ok = ok && class2 == class && low <= high
	}
	if !ok {
		return codeSpec{}, fmt.Errorf("%q is no code: want 5.1.1, X.1.1, 5.7.606-5.7.649, 550, 4yz or none", s)
	}
	return codeSpec{enhanced: true, class: class, low: low, high: high}, nil
}

// parseReplyCode reads "550", "55z" or "4yz".
func parseReplyCode(s string) (codeSpec, bool) {
	if len(s) != 3 || s[0] < '2' || s[0] > '9' {
		return codeSpec{}, false
	}
	var low, high uint32
	for i := range 3 {
		switch c := s[i]; {
		case isDigit(c):
			low, high = low*10+uint32(c-'0'), high*10+uint32(c-'0')
		case c == 'y' || c == 'z':
			low, high = low*10, high*10+9
		default:
			return codeSpec{}, false
		}
	}
	return codeSpec{low: low, high: high}, true
}

// parseEnhancedSpec reads an enhanced code whose class may be X.
func parseEnhancedSpec(s string) (class uint16, packed uint32, ok bool) {
	if len(s) < 5 || s[1] != '.' {
		return 0, 0, false
	}
	if s[0] != 'X' {
		class = uint16(s[0] - '0')
		if class != 2 && class != 4 && class != 5 {
			return 0, 0, false
		}
	}
	subject, detail, ok := strings.Cut(s[2:], ".")
	a, okA := codeNumber(subject)
	b, okB := codeNumber(detail)
	return class, a<<16 | b, ok && okA && okB
}

// codeNumber reads one to three digits.
func codeNumber(s string) (n uint32, ok bool) {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return 0, false
		}
		n = n*10 + uint32(s[i]-'0')
	}
	return n, len(s) > 0 && len(s) <= 3
}

// pack makes one number of subject and detail.
func pack(c smtp.EnhancedCode) uint32 { return uint32(c.Subject)<<16 | uint32(c.Detail) }

// narrow says how narrowly the code is written: 3 for one code, 2 for one of
// any class, 1 for a range or group.
func (c codeSpec) narrow() uint8 {
	switch {
	case c.low != c.high:
		return 1
	case c.enhanced && c.class == 0:
		return 2
	}
	return 3
}

// has reports whether an enhanced code fits.
func (c codeSpec) has(e smtp.EnhancedCode) bool {
	if !c.enhanced || e.IsZero() || c.class != 0 && c.class != e.Class {
		return false
	}
	p := pack(e)
	return c.low <= p && p <= c.high
}

// hasReply reports whether a reply code fits.
func (c codeSpec) hasReply(code int) bool {
	return !c.enhanced && code > 0 && c.low <= uint32(code) && uint32(code) <= c.high
}
