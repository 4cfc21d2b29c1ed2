package probes

import (
	"errors"
	"net/netip"
	"strings"
	"testing"
)

func TestForbidden(t *testing.T) {
	forbidden := map[string]string{
		"127.0.0.1": "loopback", "127.255.255.254": "loopback", "10.1.2.3": "private", "172.31.0.1": "private", "192.168.9.9": "private",
		"169.254.169.254": "link-local", "100.64.0.1": "shared", "100.127.255.255": "shared", "0.0.0.0": "this network",
		"224.0.0.5": "multicast", "255.255.255.255": "broadcast", "240.0.0.1": "reserved", "198.18.0.1": "benchmarks",
		"::": "unspecified", "::1": "loopback", "fe80::1": "link-local", "fe80::1%eth0": "link-local", "fc00::1": "unique-local", "fdff::1": "unique-local",
		"ff02::1": "multicast", "64:ff9b::c000:207": "NAT64", "64:ff9b::7f00:1": "NAT64", "64:ff9b:1::1": "NAT64",
		"::ffff:127.0.0.1": "loopback", "::ffff:10.0.0.1": "private", "2002:7f00:1::": "6to4", "2002:a00:1::1": "6to4", "::7f00:1": "IPv4-compatible",
		"2001:0:1::1": "Teredo", "fec0::1": "site-local",
	}
	for text, want := range forbidden {
		if got := Forbidden(netip.MustParseAddr(text)); !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
	for _, text := range []string{"192.0.2.7", "8.8.8.8", "100.63.255.255", "100.128.0.1", "172.32.0.1", "2001:db8::1", "2a00:1450::1", "::ffff:192.0.2.7", "2002:c000:207::1", "11.0.0.1", "198.20.0.1"} {
		if got := Forbidden(netip.MustParseAddr(text)); got != "" {
			t.Errorf("%s: %q", text, got)
		}
	}
	if Forbidden(netip.Addr{}) == "" {
		t.Error("the zero address may be connected to")
	}
}

func TestCheckAddress(t *testing.T) {
	for _, good := range []string{"user@example.com", `"john doe"@example.com`, `"a\"b"@example.com`, "user@[192.0.2.1]", "user@[IPv6:2001:db8::1]", "grüße@example.com", "a+b=c/d@example.com", "o'neil@example.com"} {
		if err := CheckAddress(good); err != nil {
			t.Errorf("%v", err)
		}
	}
	for _, bad := range []string{"", "user", "@example.com", "user@", "a b@example.com", "user@exa mple.com", "a>@example.com", "x\r\nDATA@example.com", "a@example.com>\nRSET", `"a"b"@example.com`, `"a\"@example.com`, "a@b,c", "\x00@example.com", strings.Repeat("a", 990) + "@example.com"} {
		var addressErr *AddressError
		if err := CheckAddress(bad); !errors.As(err, &addressErr) {
			t.Errorf("%q passes", bad)
		}
	}
}

func TestAddressLiteralOf(t *testing.T) {
	for text, want := range map[string]string{"[192.0.2.1]": "192.0.2.1", "[IPv6:2001:db8::1]": "2001:db8::1", "[ipv6:::1]": "::1"} {
		if addr, ok := addressLiteralOf(text); !ok || addr.String() != want {
			t.Errorf("%s: %s %v", text, addr, ok)
		}
	}
	for _, text := range []string{"example.com", "[example.com]", "[192.0.2.1", "192.0.2.1", "[]"} {
		if _, ok := addressLiteralOf(text); ok {
			t.Errorf("%s is taken for a literal", text)
		}
	}
}
