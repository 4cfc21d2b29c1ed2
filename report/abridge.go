package report

import (
	"strconv"
	"unicode/utf8"
)

// The numbers of bytes of one text from outside that a person is shown. No
// reply of a real server is as long as the least of them (RFC 5321, section
// 4.5.3.1.5 allows 512 a line); programs get everything.
const (
	screenBytes    = 800      // in a line of facts or findings on a screen
	keptBytes      = 4 << 10  // the same in a form that is kept
	quoteBytes     = 16 << 10 // of a quote
	factQuoteBytes = 500      // of a quote among the facts of a ticket, which has it whole further down
)

// Abridge gives the beginning of a long text and says how much is left out. A
// text of up to limit bytes is given as it is.
func Abridge(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	cut := limit
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + " ... (" + strconv.Itoa(len(s)-cut) + " more bytes)"
}
