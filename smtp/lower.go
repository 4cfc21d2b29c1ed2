package smtp

import (
	"encoding/binary"
	"strings"
)

// LowerASCII lowers ASCII letters only, so that offsets stay the same.
func LowerASCII(s string) string {
	i := firstUpper(s)
	if i == len(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	b.WriteString(s[:i])
	// A builder takes bytes in pieces: lowering in place needs a second copy.
	var piece [256]byte
	for i < len(s) {
		n := min(len(s)-i, len(piece))
		lowerTo(piece[:n], s[i:i+n])
		b.Write(piece[:n])
		i += n
	}
	return b.String()
}

// firstUpper gives the offset of the first upper-case letter, or that of the
// eight bytes that hold it, or len(s).
func firstUpper(s string) int {
	i := 0
	for ; i+8 <= len(s); i += 8 {
		if upperBits(word(s[i:])) != 0 {
			return i
		}
	}
	for ; i < len(s); i++ {
		if s[i] >= 'A' && s[i] <= 'Z' {
			return i
		}
	}
	return i
}

// lowerTo writes s, which is as long as dst, to dst.
func lowerTo(dst []byte, s string) {
	i := 0
	for ; i+8 <= len(s) && i+8 <= len(dst); i += 8 {
		w := word(s[i:])
		binary.LittleEndian.PutUint64(dst[i:], w|upperBits(w)>>2)
	}
	for ; i < len(s); i++ {
		c := s[i]
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		dst[i] = c
	}
}

// word gives the first eight bytes of s as one number, the first byte lowest.
func word(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// upperBits gives the top bit of each of eight bytes that is an upper-case
// ASCII letter. Each byte is compared without its top bit, so that no sum
// reaches into the next one.
func upperBits(w uint64) uint64 {
	const each, top = 0x0101010101010101, 0x8080808080808080
	low := w &^ top
	fromA := low + (0x80-'A')*each
	behindZ := low + (0x7f-'Z')*each
	return fromA &^ behindZ &^ w & top
}
