package diagnose

import (
	"fmt"
	"strconv"
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
	bad := fmt.Errorf("%q is no code: want 5.1.1, X.1.1, 5.7.606-5.7.649, 550, 4yz or none", s)
	if s == noCode {
		return codeSpec{none: true}, nil
	}
	if !strings.Contains(s, ".") {
		if len(s) != 3 || s[0] < '2' || s[0] > '9' {
			return codeSpec{}, bad
		}
		low, err1 := strconv.Atoi(strings.NewReplacer("y", "0", "z", "0").Replace(s))
		high, err2 := strconv.Atoi(strings.NewReplacer("y", "9", "z", "9").Replace(s))
		if err1 != nil || err2 != nil {
			return codeSpec{}, bad
		}
		return codeSpec{low: uint32(low), high: uint32(high)}, nil
	}
	from, to, isRange := strings.Cut(s, "-")
	if !isRange {
		to = from
	}
	class1, low, ok1 := parseEnhancedSpec(from)
	class2, high, ok2 := parseEnhancedSpec(to)
	if !ok1 || !ok2 || class1 != class2 || low > high {
		return codeSpec{}, bad
	}
	return codeSpec{enhanced: true, class: class1, low: low, high: high}, nil
}

// parseEnhancedSpec reads an enhanced code whose class may be X.
func parseEnhancedSpec(s string) (class uint16, packed uint32, ok bool) {
	anyClass := strings.HasPrefix(s, "X.")
	if anyClass {
		s = "5" + s[1:]
	}
	code, ok := smtp.ParseEnhanced(s)
	if !ok {
		return 0, 0, false
	}
	if !anyClass {
		class = code.Class
	}
	return class, pack(code), true
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
