package probes

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strings"

	"github.com/miekg/dns"
)

// Transport is how questions travel to a name server.
type Transport string

// The transports.
const (
	UDP   Transport = "udp"   // RFC 1035, with EDNS (RFC 6891), TCP after truncation
	TCP   Transport = "tcp"   // RFC 7766
	TLS   Transport = "tls"   // RFC 7858
	HTTPS Transport = "https" // RFC 8484
)

// ServerKind says why a name server is asked.
type ServerKind string

// The kinds of name servers.
const (
	ServerSystem        ServerKind = "system"        // of resolv.conf
	ServerPublic        ServerKind = "public"        // a public resolver
	ServerAuthoritative ServerKind = "authoritative" // the domain's own
	ServerGiven         ServerKind = "given"         // named by the user
)

// Server is a name server that can be asked.
type Server struct {
	Kind ServerKind
	// Name is the host name of an authoritative server or of a public
	// resolver's operator, or "".
	Name      string
	Transport Transport
	// Address is "IP:port"; for TLS the host may be a name. "" for HTTPS.
	Address string
	// URL is that of DNS over HTTPS, or "".
	URL string
	// Trusted says that the server's AD bit is believed.
	Trusted bool
}

// Label names the server as its user would write it: "192.0.2.53:53",
// "tls://dns.example.net:853", "https://dns.example.net/dns-query".
func (s Server) Label() string {
	switch s.Transport {
	case HTTPS:
		return s.URL
	case TLS, TCP:
		return string(s.Transport) + "://" + s.Address
	case UDP:
	}
	return s.Address
}

// ErrServer is wrapped by the errors of ParseServer.
var ErrServer = errors.New("not a name server")

// ParseServer reads a name server as a user gives it: IP, IP:port, udp://IP,
// tcp://IP, tls://IP-or-name[:port] or an https:// URL. The server is of the
// kind given and trusted. Ports default to 53, 853 for TLS. An HTTPS URL
// without a path gets "/dns-query".
func ParseServer(spec string) (Server, error) {
	s := Server{Kind: ServerGiven, Transport: UDP, Trusted: true}
	scheme, rest, found := strings.Cut(spec, "://")
	if !found {
		scheme, rest = "udp", spec
	}
	switch strings.ToLower(scheme) {
	case "https":
		u, err := url.Parse(spec)
		if err != nil || u.Hostname() == "" || u.User != nil {
			return Server{}, fmt.Errorf("%w: %q is no URL of DNS over HTTPS", ErrServer, spec)
		}
		if u.Path == "" {
			u.Path = "/dns-query"
		}
		s.Transport, s.URL = HTTPS, u.String()
		return s, nil
	case "tls", "dot":
		s.Transport = TLS
	case "tcp":
		s.Transport = TCP
	case "udp", "dns":
	default:
		return Server{}, fmt.Errorf("%w: %q: the transport must be udp, tcp, tls or https", ErrServer, spec)
	}
	rest = strings.TrimSuffix(rest, "/")
	port := "53"
	if s.Transport == TLS {
		port = "853"
	}
	address, err := hostPort(rest, port, s.Transport == TLS)
	if err != nil {
		return Server{}, fmt.Errorf("%w: %q: %w", ErrServer, spec, err)
	}
	s.Address = address
	return s, nil
}

// hostPort completes "host", "host:port", "[v6]:port" or a bare v6 address
// with the default port. Unless names are allowed, host must be an address.
func hostPort(text, port string, names bool) (string, error) {
	if addr, err := netip.ParseAddr(strings.Trim(text, "[]")); err == nil {
		return net.JoinHostPort(addr.String(), port), nil
	}
	host := text
	if h, p, err := net.SplitHostPort(text); err == nil {
		host, port = h, p
	}
	if n, err := parsePort(port); err != nil || n == 0 {
		return "", fmt.Errorf("%q is no port", port)
	}
	if addr, err := netip.ParseAddr(host); err == nil {
		return net.JoinHostPort(addr.String(), port), nil
	}
	if !names {
		return "", fmt.Errorf("%q is no IP address", host)
	}
	domain, err := ParseDomain(host)
	if err != nil {
		return "", err
	}
	return net.JoinHostPort(domain.ASCII, port), nil
}

// parsePort reads a decimal port number.
func parsePort(text string) (uint16, error) {
	var n uint32
	if text == "" || len(text) > 5 {
		return 0, errors.New("no port number")
	}
	for _, c := range []byte(text) {
		if c < '0' || c > '9' {
			return 0, errors.New("no port number")
		}
		n = n*10 + uint32(c-'0')
	}
	if n > 65535 {
		return 0, errors.New("no port number")
	}
	return uint16(n), nil
}

// SystemServers reads the resolvers of a resolv.conf(5) file. A resolver on
// this machine is trusted to set the AD bit (RFC 4035, section 4.9.3); on the
// way to any other the bit can be changed. local tells which addresses are
// this machine's own; loopback addresses always are.
func SystemServers(path string, local func(netip.Addr) bool) ([]Server, error) {
	config, err := dns.ClientConfigFromFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading the system's resolvers: %w", err)
	}
	if len(config.Servers) == 0 {
		config.Servers = []string{"127.0.0.1"} // resolv.conf(5): the default is this machine
	}
	var servers []Server
	for _, host := range config.Servers {
		addr, err := netip.ParseAddr(host)
		if err != nil {
			continue
		}
		servers = append(servers, Server{
			Kind:      ServerSystem,
			Transport: UDP,
			Address:   net.JoinHostPort(addr.String(), config.Port),
			Trusted:   addr.IsLoopback() || local != nil && local(addr),
		})
	}
	return servers, nil
}

// PublicServers gives the three public resolvers that are asked by default,
// each of another operator.
func PublicServers() []Server {
	return []Server{
		{Kind: ServerPublic, Name: "Cloudflare", Transport: UDP, Address: "1.1.1.1:53"},
		{Kind: ServerPublic, Name: "Google", Transport: UDP, Address: "8.8.8.8:53"},
		{Kind: ServerPublic, Name: "Quad9", Transport: UDP, Address: "9.9.9.9:53"},
	}
}
