package main

import (
	"net"
	"net/netip"
	"strconv"
	"time"

	"github.com/spf13/pflag"

	"github.com/smtpdiag/smtpdiag/probes"
)

// resolverOptions are the flags that say which name servers are asked.
type resolverOptions struct {
	given      []string
	noSystem   bool
	noPublic   bool
	resolvConf string
	timeout    time.Duration
	port       uint16
}

// declare adds the flags. timeout is the name of the one for the limit of a
// question, which differs between commands.
func (o *resolverOptions) declare(flags *pflag.FlagSet, timeout string) {
	flags.StringArrayVar(&o.given, "resolver", nil, "ask this `SERVER` too: IP, IP:port, tls://HOST or https://URL; may be repeated")
	flags.BoolVar(&o.noSystem, "no-system", false, "leave out the resolvers of this machine")
	flags.BoolVar(&o.noPublic, "no-public", false, "leave out the public resolvers (1.1.1.1, 8.8.8.8, 9.9.9.9)")
	flags.StringVar(&o.resolvConf, "resolv-conf", "/etc/resolv.conf", "`FILE` that names the resolvers of this machine")
	flags.DurationVar(&o.timeout, timeout, probes.DefaultTimeout, "limit for one question to one server")
	flags.Uint16Var(&o.port, "dns-port", 53, "`PORT` of name servers that nothing gives a port for")
	// For tests on a machine where port 53 is not to be had.
	if err := flags.MarkHidden("dns-port"); err != nil {
		panic(err) // the flag was declared a line above
	}
}

// servers gives the resolvers to ask: the given ones, those of this machine,
// the public ones. A server that stands in several lists is asked once, as what
// it was named first. problem says why those of this machine are not known, or
// is nil.
func (o *resolverOptions) servers() (servers []probes.Server, problem, err error) {
	for _, spec := range o.given {
		s, err := probes.ParseServer(spec)
		if err != nil {
			return nil, nil, usagef("--resolver: %w", err)
		}
		servers = append(servers, s)
	}
	if !o.noSystem {
		var system []probes.Server
		system, problem = probes.SystemServers(o.resolvConf, localAddress)
		for i := range system {
			if host, _, err := net.SplitHostPort(system[i].Address); err == nil {
				system[i].Address = net.JoinHostPort(host, strconv.Itoa(int(o.port)))
			}
		}
		servers = append(servers, system...)
	}
	if !o.noPublic {
		servers = append(servers, probes.PublicServers()...)
	}
	seen := map[string]bool{}
	kept := servers[:0]
	for _, s := range servers {
		if label := s.Label(); !seen[label] {
			seen[label] = true
			kept = append(kept, s)
		}
	}
	return kept, problem, nil
}

// localAddress reports whether addr is one of this machine's own.
func localAddress(addr netip.Addr) bool {
	locals, err := net.InterfaceAddrs()
	if err != nil {
		return false
	}
	for _, local := range locals {
		if prefix, err := netip.ParsePrefix(local.String()); err == nil && prefix.Addr() == addr {
			return true
		}
	}
	return false
}
