package main

import (
	"bufio"
	"context"
	"fmt"
	"net/netip"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/smtpdiag/smtpdiag/probes"
	"github.com/smtpdiag/smtpdiag/smtp"
)

const probeLong = `Ask the mail hosts of an address about it: on each, connect, read the banner,
say EHLO, STARTTLS where offered, MAIL FROM and RCPT TO, and say what each
answered. No message is sent; DATA, VRFY, EXPN and AUTH are never used.

The hosts are those that DNS gives (or --host), asked at the same time, one
session a host at a time. Up to 10 addresses of one domain share a session.
ADDRESS may be - to read addresses from standard input, one a line.

Addresses that DNS gives and that no mail host on the Internet has (loopback,
private, link-local, unique-local, shared, NAT64, multicast) are not connected
to without --allow-private; an IP address in --host, or "localhost", is taken as
meant. Ports are 25 unless --port or --host names another.

The envelope sender is --from, else "from:" of the configuration, else
postmaster@ the HELO name where that is fully qualified, else the null sender;
the output says which was used and what it may have changed.

Time limits are a tenth of those of RFC 5321, section 4.5.3.2: 30 seconds for
the greeting, EHLO, STARTTLS, MAIL and RCPT each; 10 seconds to connect.
--timeout changes all ("--timeout 60s") or one ("--timeout rcpt=60s").`

const probeExample = `  smtpdiag probe user@example.com
  smtpdiag probe --control postmaster@example.com --random user@example.com
  smtpdiag probe --from me@example.net --helo mail.example.net user@example.com
  smtpdiag probe --host mx2.example.com:25 --tls require user@example.com
  smtpdiag probe --retry-greylist 6m --size 21M user@example.com
  smtpdiag probe -o ndjson - <addresses.txt`

// probeOptions are the flags of "smtpdiag probe".
type probeOptions struct {
	common *commonOptions

	from, helo   string
	fromSource   string // given or configured, "" where neither
	tls          enumValue
	only4, only6 bool
	source       string
	port         uint16
	size         sizeValue
	timeouts     []string
	allAddresses bool
	variants     bool
	aliases      []string
	retry        time.Duration
	hosts        []string
	controls     []string
	random       bool
	concurrency  int
	allowPrivate bool
	noPolicies   bool
	caFile       string
	resolvers    []string
	resolvConf   string
	dnsTimeout   time.Duration
	httpsPort    uint16
	rules        []string
	runbook      string
}

// newProbeCommand makes "smtpdiag probe".
func newProbeCommand(s *streams, common *commonOptions) *cobra.Command {
	opts := &probeOptions{common: common}
	cmd := &cobra.Command{
		Use:     "probe ADDRESS...",
		Short:   "Ask every mail host of an address about it, up to RCPT TO",
		Long:    probeLong,
		Example: probeExample,
		Args:    needArgs("an address"),
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.fromSource = senderSource(cmd.Flags().Lookup("from"))
			return opts.run(cmd.Context(), s, args)
		},
	}
	opts.declare(cmd.Flags())
	for _, name := range []string{"rules", "runbook", "ca-file", "resolv-conf"} {
		markPath(cmd, name)
	}
	complete := cobra.FixedCompletions(opts.tls.allowed, cobra.ShellCompDirectiveNoFileComp)
	if err := cmd.RegisterFlagCompletionFunc("tls", complete); err != nil {
		panic(err) // the flag was declared a few lines above
	}
	return cmd
}

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

// senderSource says where the value of --from is from.
func senderSource(flag *pflag.Flag) string {
	switch {
	case flag.Changed:
		return "given"
	case flag.Value.String() != "":
		return "configured"
	}
	return ""
}

// run asks about all addresses and prints the documents in their order.
func (o *probeOptions) run(ctx context.Context, s *streams, args []string) error {
	j, err := newJudge(o.rules, o.runbook)
	if err != nil {
		return err
	}
	addresses, bad, err := o.addresses(s, args)
	if err != nil {
		return err
	}
	prober, who, err := o.prober()
	if err != nil {
		return err
	}
	resolver, closeResolver, err := o.resolver(s)
	if err != nil {
		return err
	}
	defer closeResolver()
	prober.Resolver = resolver
	watch := newProbeWatch(s, o.common)
	prober.Trace, prober.Progress = watch.step, watch.progress
	out := newPrinter(s, o.common, len(args) > 1 || slices.Contains(args, "-"))
	maker := &probeMaker{judge: j, options: o, who: who, timeouts: prober.Timeouts, prober: prober}
	err = prober.Run(ctx, addresses, func(p *probes.Probe) error {
		watch.clear()
		return out.print(maker.document(p))
	})
	watch.clear()
	switch {
	case err == nil && ctx.Err() != nil:
		writeComplaint(s.err, "interrupted: what was known by then is printed")
		err = errPartial
	case err == nil && bad:
		err = errPartial
	}
	return out.finish(err)
}

// addresses checks the arguments and gives those that can be asked about. bad
// says that others could not.
func (o *probeOptions) addresses(s *streams, args []string) (good []string, bad bool, err error) {
	var all []string
	for _, arg := range args {
		if arg != "-" {
			all = append(all, arg)
			continue
		}
		lines := bufio.NewScanner(s.in)
		for lines.Scan() {
			if line := strings.TrimSpace(lines.Text()); line != "" && !strings.HasPrefix(line, "#") {
				all = append(all, line)
			}
		}
		if err := lines.Err(); err != nil {
			return nil, false, fmt.Errorf("standard input: %w", err)
		}
	}
	var first error
	for _, address := range all {
		address = strings.TrimSuffix(strings.TrimPrefix(address, "<"), ">")
		err := probes.CheckAddress(address)
		if err == nil {
			good = append(good, address)
			continue
		}
		if first == nil {
			first = err
		}
		if len(all) > 1 {
			writeComplaint(s.err, err.Error())
		}
		bad = true
	}
	if len(good) == 0 {
		if first == nil {
			return nil, false, usagef("there is no address to ask about")
		}
		return nil, false, usageError{first}
	}
	return good, bad, nil
}

// prober checks the flags and makes the prober, without its resolver.
func (o *probeOptions) prober() (*probes.Prober, sender, error) {
	p := &probes.Prober{
		Port: o.port, Size: int64(o.size), TLS: probes.TLSMode(o.tls.value), AllowPrivate: o.allowPrivate,
		Only4: o.only4, Only6: o.only6, AllAddresses: o.allAddresses, Controls: o.controls, Random: o.random,
		Variants: o.variants, Aliases: o.aliases, RetryAfter: o.retry, Concurrency: o.concurrency,
		Policies: !o.noPolicies, MTASTS: probes.MTASTSOptions{Port: o.httpsPort, AllowPrivate: o.allowPrivate, Timeout: 10 * time.Second},
	}
	switch {
	case o.only4 && o.only6:
		return nil, sender{}, usagef("--4 and --6 exclude each other")
	case o.concurrency < 1:
		return nil, sender{}, usagef("--concurrency must be 1 or more")
	case o.retry < 0:
		return nil, sender{}, usagef("--retry-greylist must not be negative")
	case o.port == 0:
		return nil, sender{}, usagef("--port must be 1 or more")
	}
	var err error
	if p.Timeouts, err = parseTimeouts(o.timeouts); err != nil {
		return nil, sender{}, err
	}
	if o.source != "" {
		if p.Source, err = netip.ParseAddr(o.source); err != nil {
			return nil, sender{}, usagef("--source: %q is no IP address", o.source)
		}
	}
	for _, text := range o.hosts {
		spec, wrong := probes.ParseHost(text)
		if wrong != nil {
			return nil, sender{}, usagef("--host: %w", wrong)
		}
		p.Hosts = append(p.Hosts, spec)
	}
	if err = o.checkAddresses(); err != nil {
		return nil, sender{}, err
	}
	if o.caFile != "" {
		if p.Roots, err = readRoots(o.caFile); err != nil {
			return nil, sender{}, usagef("--ca-file: %w", err)
		}
	}
	hostname, _ := os.Hostname() // without one the address is given
	who := chooseSender(o.from, o.fromSource, o.helo, hostname)
	p.HELO, p.From = who.helo, who.from
	return p, who, nil
}

// checkAddresses checks the addresses that flags give.
func (o *probeOptions) checkAddresses() error {
	if o.from == "<>" {
		o.from = ""
	}
	if o.from != "" {
		if err := probes.CheckAddress(o.from); err != nil {
			return usagef("--from: %w", err)
		}
	}
	if strings.ContainsFunc(o.helo, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
		return usagef("--helo: %q holds a space or a control character", o.helo)
	}
	for _, control := range o.controls {
		if err := probes.CheckAddress(control); err != nil {
			return usagef("--control: %w", err)
		}
	}
	for _, alias := range o.aliases {
		full := alias
		if !strings.Contains(alias, "@") {
			full += "@example.com"
		}
		if err := probes.CheckAddress(full); err != nil {
			return usagef("--alias: %w", err)
		}
	}
	return nil
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

// resolver makes what names are looked up with.
func (o *probeOptions) resolver(s *streams) (probes.Resolver, func(), error) {
	choice := resolverOptions{
		given: o.resolvers, noSystem: len(o.resolvers) > 0, noPublic: true, resolvConf: o.resolvConf, timeout: o.dnsTimeout, port: 53,
	}
	if o.dnsTimeout <= 0 {
		return nil, nil, usagef("--dns-timeout must be more than 0")
	}
	servers, problem, err := choice.servers()
	if err != nil {
		return nil, nil, err
	}
	if problem != nil && len(o.hosts) == 0 {
		writeComplaint(s.err, problem.Error())
	}
	shared := probes.NewMXProber(probes.MXOptions{Servers: servers, Timeout: o.dnsTimeout})
	return shared.Resolver(), shared.Close, nil
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
