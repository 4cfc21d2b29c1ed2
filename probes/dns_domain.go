package probes

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// Domain is a domain name in both of its forms (RFC 5890, section 2.3).
type Domain struct {
	// ASCII is the name as DNS has it: A-labels, lower case, no final dot.
	ASCII string
	// Unicode is the name as people write it; the same as ASCII where no label
	// is internationalised.
	Unicode string
}

// maxNameBytes bounds what is read as a domain name at all: 253 characters of
// four bytes.
const maxNameBytes = 4 * 253

// ErrDomain is wrapped by the errors of ParseDomain.
var ErrDomain = errors.New("not a domain name")

// ParseDomain reads a domain name in either form, with or without the final
// dot. Underscores are let pass, since names like _dmarc.example.com are asked
// for too.
func ParseDomain(text string) (Domain, error) {
	name := strings.TrimSuffix(strings.TrimSpace(text), ".")
	if name == "" {
		return Domain{}, fmt.Errorf("%w: it is empty", ErrDomain)
	}
	if len(name) > maxNameBytes {
		return Domain{}, fmt.Errorf("%w: %q is too long", ErrDomain, clip(text, maxQuoted))
	}
	if !utf8.ValidString(name) {
		return Domain{}, fmt.Errorf("%w: %q is no UTF-8", ErrDomain, text)
	}
	if _, err := netip.ParseAddr(strings.Trim(name, "[]")); err == nil {
		return Domain{}, fmt.Errorf("%w: %q is an IP address", ErrDomain, text)
	}
	profile := idna.New(idna.MapForLookup(), idna.Transitional(false), idna.StrictDomainName(false), idna.BidiRule())
	ascii, err := profile.ToASCII(name)
	if err != nil {
		return Domain{}, fmt.Errorf("%w: %q: %w", ErrDomain, text, err)
	}
	ascii = strings.TrimSuffix(strings.ToLower(ascii), ".")
	if err = checkLabels(ascii); err != nil {
		return Domain{}, fmt.Errorf("%w: %q: %w", ErrDomain, text, err)
	}
	unicode, err := profile.ToUnicode(ascii)
	if err != nil {
		unicode = ascii
	}
	return Domain{ASCII: ascii, Unicode: unicode}, nil
}

// checkLabels holds a name to the limits of RFC 1035, section 2.3.4, and to
// letters, digits, hyphens and underscores.
func checkLabels(name string) error {
	if len(name) > 253 {
		return errors.New("it is longer than 253 characters")
	}
	for label := range strings.SplitSeq(name, ".") {
		if label == "" {
			return errors.New("it has an empty label")
		}
		if len(label) > 63 {
			return errors.New("a label is longer than 63 characters")
		}
		for _, c := range []byte(label) {
			letter := c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_'
			if !letter {
				return fmt.Errorf("the character %q is not allowed", rune(c))
			}
		}
	}
	return nil
}
