package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/spf13/cobra"

	"github.com/smtpdiag/smtpdiag/diagnose"
	"github.com/smtpdiag/smtpdiag/probes"
)

const mxLong = `mx asks several resolvers at the same time for the mail hosts of a domain (this
machine's, three public ones, any given with --resolver) and, walking down from
the zone above, every name server of the domain itself, and compares what they
say: names and response codes, not addresses, which may rotate.

An address may stand in the place of a domain; its domain is taken.`

const mxExample = `  smtpdiag mx example.com
  smtpdiag mx --all example.com
  smtpdiag mx --no-public --resolver tls://192.0.2.54 example.com
  smtpdiag mx -o ndjson example.com example.net`

// mxOptions are the choices of "smtpdiag mx".
type mxOptions struct {
	common        *commonOptions
	resolvers     resolverOptions
	authoritative bool
	roots         []string
	concurrency   int
	policies      policyOptions
}

// newMXCommand makes "smtpdiag mx".
func newMXCommand(s *streams, common *commonOptions) *cobra.Command {
	opts := &mxOptions{common: common}
	cmd := &cobra.Command{
		Use:     "mx DOMAIN...",
		Short:   "Compare what name servers say about a domain's mail hosts",
		Long:    mxLong,
		Example: mxExample,
		Args:    needArgs("a domain"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return opts.run(cmd.Context(), s, args)
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	opts.resolvers.declare(flags, "timeout")
	flags.BoolVar(&opts.authoritative, "authoritative", true, "ask the domain's own name servers")
	flags.StringArrayVar(&opts.roots, "root", nil, "walk down from this name `SERVER` (IP or IP:port), not from the zone above")
	flags.IntVar(&opts.concurrency, "concurrency", 4, "domains at the same time")
	opts.policies.declare(flags)
	markPath(cmd, "resolv-conf")
	return cmd
}

// run asks about each domain and prints the documents in the order of args.
func (o *mxOptions) run(ctx context.Context, s *streams, args []string) error {
	prober, err := o.prober(s, nil)
	if err != nil {
		return err
	}
	defer prober.Close()
	out := newPrinter(s, o.common, len(args) > 1)
	return out.finish(o.ask(ctx, s, prober, out, args))
}

// prober checks the flags and makes the prober. observe is given every answer;
// it may be nil.
func (o *mxOptions) prober(s *streams, observe func(probes.Answer)) (*probes.MXProber, error) {
	if o.concurrency < 1 {
		return nil, usagef("--concurrency must be at least 1")
	}
	if o.resolvers.timeout <= 0 {
		return nil, usagef("--timeout must be more than 0")
	}
	if err := o.policies.check(); err != nil {
		return nil, err
	}
	servers, problem, err := o.resolvers.servers()
	if err != nil {
		return nil, err
	}
	if problem != nil {
		writeComplaint(s.err, problem.Error())
	}
	roots, err := o.rootAddresses()
	if err != nil {
		return nil, err
	}
	if len(servers) == 0 && (len(roots) == 0 || !o.authoritative) {
		return nil, usagef("there is no server to ask: give --resolver, or leave out --no-public or --no-system")
	}
	return probes.NewMXProber(probes.MXOptions{
		Servers:       servers,
		Authoritative: o.authoritative,
		Roots:         roots,
		Port:          o.resolvers.port,
		Timeout:       o.resolvers.timeout,
		Observe:       observe,
	}), nil
}

// rootAddresses checks --root.
func (o *mxOptions) rootAddresses() ([]string, error) {
	var roots []string
	for _, text := range o.roots {
		if addr, err := netip.ParseAddr(text); err == nil {
			roots = append(roots, net.JoinHostPort(addr.String(), strconv.Itoa(int(o.resolvers.port))))
			continue
		}
		addr, err := netip.ParseAddrPort(text)
		if err != nil || addr.Port() == 0 {
			return nil, usagef("--root: %q is no IP or IP:port", text)
		}
		roots = append(roots, addr.String())
	}
	return roots, nil
}

// mxAnswer is what came of one argument.
type mxAnswer struct {
	report   *probes.MXReport
	policies *policyResult
	err      error
}

// ask asks about some domains at the same time and prints each result as soon
// as it and all before it are known.
func (o *mxOptions) ask(ctx context.Context, s *streams, prober *probes.MXProber, out *printer, args []string) error {
	answers := make([]chan mxAnswer, len(args))
	for i := range answers {
		answers[i] = make(chan mxAnswer, 1)
	}
	var next atomic.Int64
	for range min(o.concurrency, len(args)) {
		go func() {
			for i := next.Add(1) - 1; i < int64(len(args)); i = next.Add(1) - 1 {
				answers[i] <- o.askOne(ctx, prober, args[i])
			}
		}()
	}
	var failed error
	for i := range answers {
		o.progress(s, i, len(args))
		a := <-answers[i]
		o.progress(s, len(args), len(args))
		switch {
		case failed != nil && !errors.Is(failed, errPartial): // output is broken: only wait for the rest
		case a.err != nil:
			writeComplaint(s.err, a.err.Error())
			failed = errPartial
		default:
			verdict := diagnose.JudgeMX(mxCase(a.report, a.policies))
			if err := out.print(mxDocument(a.report, a.policies, &verdict)); err != nil {
				failed = err
			}
		}
	}
	if ctx.Err() != nil && (failed == nil || errors.Is(failed, errPartial)) {
		writeComplaint(s.err, "interrupted: what was known by then is printed")
		failed = errPartial
	}
	return failed
}

// progress shows on a terminal how many of several domains are done, and takes
// that away once all are.
func (o *mxOptions) progress(s *streams, done, all int) {
	if !s.errTerminal || o.common.quiet || all < 2 {
		return
	}
	text := fmt.Sprintf("\r%d of %d domains", done, all)
	if done == all {
		text = "\r" + strings.Repeat(" ", len(text)) + "\r"
	}
	_, _ = io.WriteString(s.err, text) // nobody could be told of its failure
}

// errInterrupted says that a domain's turn did not come.
var errInterrupted = errors.New("not asked: interrupted")

// askOne asks about one domain.
func (o *mxOptions) askOne(ctx context.Context, prober *probes.MXProber, arg string) mxAnswer {
	name := arg
	if i := strings.LastIndexByte(arg, '@'); i >= 0 {
		name = arg[i+1:]
	}
	domain, err := probes.ParseDomain(name)
	if err != nil {
		return mxAnswer{err: err}
	}
	if ctx.Err() != nil {
		return mxAnswer{err: &domainError{domain.ASCII, errInterrupted}}
	}
	report := prober.Ask(ctx, domain)
	return mxAnswer{report: report, policies: o.policies.ask(ctx, prober, domain.ASCII, o.resolvers.timeout)}
}

// domainError is an error about one domain.
type domainError struct {
	domain string
	err    error
}

func (e *domainError) Error() string { return e.domain + ": " + e.err.Error() }
func (e *domainError) Unwrap() error { return e.err }
