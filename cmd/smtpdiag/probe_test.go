package main

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/spf13/pflag"

	"github.com/smtpdiag/smtpdiag/diagnose"
	"github.com/smtpdiag/smtpdiag/probes"
)

func TestProbeDocSpeaksOfEveryFlagAndNoOther(t *testing.T) {
	text := readDoc(t, "probe.md")
	flags := newProbeCommand(processStreams(), new(commonOptions)).Flags()
	flags.VisitAll(func(f *pflag.Flag) {
		if !f.Hidden && !strings.Contains(text, "--"+f.Name) {
			t.Errorf("docs/probe.md does not speak of --%s", f.Name)
		}
	})
	for _, word := range regexp.MustCompile("`--[a-z0-9-]+").FindAllString(text, -1) {
		if name := strings.TrimPrefix(word, "`--"); flags.Lookup(name) == nil {
			t.Errorf("docs/probe.md speaks of --%s, which probe does not have", name)
		}
	}
}

func TestProbeDocNamesEveryFindingAndLimit(t *testing.T) {
	text := readDoc(t, "probe.md")
	for _, key := range []string{
		diagnose.KeyInconsistentHosts, diagnose.KeyAcceptsAnything, diagnose.KeyRejectsEverything, diagnose.KeyGreylisting,
		diagnose.KeyTLSUntrusted, diagnose.KeyRDNSMismatch, diagnose.KeySlowStage, diagnose.KeyProberRefused,
		diagnose.KeyInjection, diagnose.KeyVariantAccepted, diagnose.KeyRecipientLimit, diagnose.KeyHostDown,
	} {
		if !strings.Contains(text, "`"+key+"`") {
			t.Errorf("docs/probe.md does not name %s", key)
		}
	}
	defaults := probes.DefaultTimeouts()
	if defaults.Rcpt != 30*time.Second || defaults.Connect != 10*time.Second || probes.MaxTargets != 10 || probes.DefaultConcurrency != 32 || diagnose.SlowMillis != 2000 {
		t.Error("docs/probe.md names other limits than the program has")
	}
}

func TestChooseSender(t *testing.T) {
	tests := []struct {
		from, source, helo, hostname string
		want                         string
		noted                        bool
	}{
		{"a@example.com", "given", "", "mail.example.com", "mail.example.com hostname a@example.com given", false},
		{"a@example.com", "configured", "x.example.net", "mail", "x.example.net given a@example.com configured", false},
		{"", "given", "", "mail.example.com", "mail.example.com hostname  given", true},
		{"", "", "", "mail.example.com", "mail.example.com hostname postmaster@mail.example.com postmaster", true},
		{"", "", "", "mail", " address  null", true},
		{"", "", "", "mail.localdomain", " address  null", true},
		{"", "", "", "10.0.0.1", " address  null", true},
		{"", "", "[192.0.2.1]", "mail.example.com", "[192.0.2.1] given  null", true},
		{"", "", "helo.example.org", "", "helo.example.org given postmaster@helo.example.org postmaster", true},
	}
	for _, tc := range tests {
		got := chooseSender(tc.from, tc.source, tc.helo, tc.hostname)
		if text := strings.Join([]string{got.helo, got.heloOrigin, got.from, got.fromOrigin}, " "); text != tc.want || (got.note != "") != tc.noted {
			t.Errorf("%+v: %q, note %q", tc, text, got.note)
		}
	}
}

func TestSizeValue(t *testing.T) {
	for text, want := range map[string]int64{"1": 1, "20971520": 20971520, "20M": 20 << 20, "3k": 3072, "1G": 1 << 30} {
		var v sizeValue
		if err := v.Set(text); err != nil || int64(v) != want {
			t.Errorf("%s: %d, %v", text, v, err)
		}
	}
	for _, text := range []string{"", "0", "-1", "M", "1T", "9999999999G", "1.5M"} {
		var v sizeValue
		if err := v.Set(text); err == nil {
			t.Errorf("%q is read as %d", text, v)
		}
	}
}
