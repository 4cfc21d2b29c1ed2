package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/smtpdiag/smtpdiag/probes"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// declare adds the flags.
func (o *probeOptions) declare(flags *pflag.FlagSet) {
	flags.SortFlags = false
	o.tls.value = string(probes.TLSMay)
	for _, mode := range probes.TLSModes() {
		o.tls.allowed = append(o.tls.allowed, string(mode))
	}
	flags.StringVar(&o.from, "from", "", "envelope sender `ADDRESS`; \"<>\" is the null sender")
	flags.StringVar(&o.helo, "helo", "", "`NAME` to give in EHLO (default this machine's name where it is fully qualified, else its address)")
	flags.StringArrayVar(&o.controls, "control", nil, "`ADDRESS` that is known to be good, asked about too (repeatable)")
	flags.BoolVar(&o.random, "random", false, "ask about a made-up recipient too")
	flags.StringArrayVar(&o.hosts, "host", nil, "ask `HOST[:PORT]` and not the hosts that DNS gives (repeatable)")
	flags.Uint16Var(&o.port, "port", 25, "`PORT` to connect to; on 465 TLS starts at once")
	flags.Var(&o.tls, "tls", "STARTTLS: "+o.tls.list()+"; require also asks for a certificate that verifies")
	flags.BoolVar(&o.only4, "4", false, "use IPv4 alone")
	flags.BoolVar(&o.only6, "6", false, "use IPv6 alone")
	flags.StringVar(&o.source, "source", "", "local `IP` to connect from")
	flags.Var(&o.size, "size", "declare a message of `BYTES` (K, M and G are understood), to replay a \"too large\"")
	flags.StringArrayVar(&o.timeouts, "timeout", nil, "`[STAGE=]DURATION` for each stage, or for connect, banner, ehlo, starttls, mail or rcpt (repeatable)")
	flags.BoolVar(&o.allAddresses, "all-addresses", false, "ask every address of a host, not the first that answers")
	flags.BoolVar(&o.variants, "variants", false, "ask about other spellings too: case, sub-address, dots")
	flags.StringArrayVar(&o.aliases, "alias", nil, "another `ADDRESS` or local part of the same person, asked about too (repeatable)")
	flags.DurationVar(&o.retry, "retry-greylist", 0, "try once more after this `DURATION` where the answer was no for now")
	flags.IntVar(&o.concurrency, "concurrency", probes.DefaultConcurrency, "sessions at the same time, over all hosts")
	flags.BoolVar(&o.allowPrivate, "allow-private", false, "connect to private and loopback addresses that DNS gives")
	flags.BoolVar(&o.noPolicies, "no-policies", false, "do not look up TLSA records, MTA-STS policies and reverse names")
	flags.StringVar(&o.caFile, "ca-file", "", "judge mail hosts' certificates by the issuers in this PEM `FILE` and not those of the system")
	flags.StringArrayVar(&o.resolvers, "resolver", nil, "ask this `SERVER` and not this machine's resolvers: IP, IP:port, tls://HOST or https://URL (repeatable)")
	flags.StringVar(&o.resolvConf, "resolv-conf", "/etc/resolv.conf", "`FILE` that names the resolvers of this machine")
	flags.DurationVar(&o.dnsTimeout, "dns-timeout", probes.DefaultTimeout, "limit for one question to one name server")
	flags.Uint16Var(&o.httpsPort, "https-port", 443, "`PORT` of the MTA-STS policy host")
	flags.StringArrayVar(&o.rules, "rules", nil, "`FILE` with rules of your own, see docs/rules.md (repeatable)")
	flags.StringVar(&o.runbook, "runbook", "", "`DIR` with runbook pages of your own, laid over the built-in ones")
	// For tests on a machine where port 443 is not to be had.
	if err := flags.MarkHidden("https-port"); err != nil {
		panic(err) // the flag was declared a few lines above
	}
}

// parseTimeouts reads --timeout.
func parseTimeouts(texts []string) (probes.Timeouts, error) {
	t := probes.DefaultTimeouts()
	var single []string
	for _, text := range texts {
		if strings.Contains(text, "=") {
			single = append(single, text)
			continue
		}
		d, err := positiveDuration(text)
		if err != nil {
			return t, usagef("--timeout: %w", err)
		}
		t = probes.UniformTimeouts(d)
	}
	for _, text := range single {
		stage, value, _ := strings.Cut(text, "=")
		d, err := positiveDuration(value)
		if err == nil {
			err = t.Set(smtp.Stage(stage), d)
		}
		if err != nil {
			return t, usagef("--timeout: %w", err)
		}
	}
	return t, nil
}

// positiveDuration reads a duration; a bare number is seconds.
func positiveDuration(text string) (time.Duration, error) {
	if seconds, err := strconv.Atoi(text); err == nil {
		text = strconv.Itoa(seconds) + "s"
	}
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 {
		return 0, fmt.Errorf("%q is no duration greater than zero, such as 30s", text)
	}
	return d, nil
}

// sizeValue is a flag that takes a number of bytes.
type sizeValue int64

// String gives the number, "" for none.
func (v *sizeValue) String() string {
	if *v == 0 {
		return ""
	}
	return strconv.FormatInt(int64(*v), 10)
}

// Type names the value in help texts.
func (v *sizeValue) Type() string { return "BYTES" }

// Set takes a number with an optional K, M or G.
func (v *sizeValue) Set(text string) error {
	digits, unit := strings.ToUpper(text), int64(1)
	for i, suffix := range []string{"K", "M", "G"} {
		if rest, ok := strings.CutSuffix(digits, suffix); ok {
			digits, unit = rest, 1<<(10*(i+1))
		}
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n <= 0 || n > (1<<62)/unit {
		return fmt.Errorf("%q is no number of bytes, such as 20971520 or 20M", text)
	}
	*v = sizeValue(n * unit)
	return nil
}
