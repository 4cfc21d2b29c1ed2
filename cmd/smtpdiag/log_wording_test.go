package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/smtpdiag/smtpdiag/postfix"
)

// Lines that differ in addresses alone share a wording, and with it the verdict.
func TestWordingLeavesAddressesOut(t *testing.T) {
	for _, c := range []struct{ format, other string }{
		{"554 5.7.1 Service unavailable; Client host [192.0.2.%d] blocked using bl.example.org; https://www.example.org/query/ip/192.0.2.%d;", ""},
		{"554 5.7.1 blocked using bl.example.org; https://www.example.org/query/ip/2001:db8::%d", ""},
		{"554 5.7.1 blocked, see https://www.example.org/why?ip=192.0.2.%d.", "554 5.7.1 blocked, see https://www.example.org/spf?ip=192.0.2.1."},
		{"550 5.1.1 <u%d@example.com>: Recipient address rejected: User unknown", "550 5.1.1 <u1@example.com>: Recipient address rejected: Access denied"},
		{"host mx%d.mail.example.com[192.0.2.%d] said: 550 5.1.1 no such user", "host mx1.mail.example.com[192.0.2.1] said: 550 5.1.2 no such user"},
		{"421 refused from 4.16.55.%d, try later", ""},
		{"550 (#5.1.1) id %d000", "550 (#5.2.2) id 1000"},
		{"421 see https://example.com/errors/4.7.650 %d0000", "421 see https://example.com/errors/4.7.651 10000"},
	} {
		plain := func(reason string) string {
			return string(wording(nil, &postfix.Event{Program: "smtpd", Kind: postfix.EventReject, Reason: reason}))
		}
		number := func(n int) string { return strings.ReplaceAll(c.format, "%d", fmt.Sprint(n)) }
		if one, two := plain(number(1)), plain(number(237)); one != two {
			t.Errorf("%s\n gives %q\n   and %q", c.format, one, two)
		}
		if c.other != "" && plain(number(1)) == plain(c.other) {
			t.Errorf("%s\nis taken for\n%s", number(1), c.other)
		}
	}
}

func FuzzWording(f *testing.F) {
	f.Add("550 ...; ../ :.;.) ..")
	f.Add("/1.2.3.4 ./. https://a/b.c/1.2.3.4)")
	f.Fuzz(func(t *testing.T, reason string) {
		got := wording(nil, &postfix.Event{Reason: reason})
		if len(got) > len(reason)+4 {
			t.Errorf("%q gives more than it is: %q", reason, got)
		}
	})
}
