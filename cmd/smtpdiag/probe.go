package main

import (
	"bufio"
	"context"
	"fmt"
	"net/netip"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/smtpdiag/smtpdiag/probes"
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
