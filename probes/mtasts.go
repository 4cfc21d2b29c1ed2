package probes

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"
)

// MTASTS is the MTA-STS policy of a domain, RFC 8461: the domain asks senders
// to deliver over verified TLS to the listed hosts only.
type MTASTS struct {
	PolicyRecord
	// ID is that of the record, "" without one.
	ID string `json:"id,omitempty"`
	// URL is where the policy is fetched from.
	URL string `json:"url,omitempty"`
	// Mode is enforce, testing or none; "" where there is no valid policy.
	Mode string `json:"mode,omitempty"`
	// MaxAge is for how many seconds senders may keep the policy.
	MaxAge uint64 `json:"max_age,omitempty"`
	// MX are the patterns of mail hosts, in the order of the policy.
	MX []string `json:"mx,omitempty"`
	// Policy is the text that was fetched.
	Policy string `json:"policy,omitempty"`
}

// MTASTSOptions are the choices for LookupMTASTS; the zero value is that of
// the standard.
type MTASTSOptions struct {
	// Port is that of HTTPS; 443 where 0.
	Port uint16
	// Roots are the authorities for the certificate; nil for the system's.
	Roots *x509.CertPool
	// AllowPrivate lets the policy be fetched from an address that Forbidden
	// names, as in a closed network.
	AllowPrivate bool
	// Timeout is the limit for the fetch; 60 seconds, as RFC 8461 section 3.3
	// suggests, where 0.
	Timeout time.Duration
}

// The limits of RFC 8461: section 3.3 suggests 64 KiB, section 3.2 says how
// long a policy may live.
const (
	maxPolicyBytes = 64 << 10
	maxPolicyAge   = 31557600
	maxPolicyMX    = 256
)

// ErrPolicy is wrapped by errors of fetching a policy.
var ErrPolicy = errors.New("no policy")

// LookupMTASTS looks up the record and fetches the policy. The policy host's
// address is asked of r.
func LookupMTASTS(ctx context.Context, r Resolver, domain string, opts MTASTSOptions) MTASTS {
	m := MTASTS{PolicyRecord: PolicyRecord{Name: "_mta-sts." + domain}}
	records, answer := versioned(ctx, r, m.Name, "v=STSv1", " \t;")
	if !m.one(records, &answer, "RFC 8461, section 3.1") {
		return m
	}
	if !strings.HasPrefix(m.Text, "v=STSv1") {
		m.grave("the version is not written v=STSv1 (RFC 8461, section 3.1)")
	}
	for _, t := range m.tags() {
		if t.name == "id" {
			m.ID = t.value
		}
	}
	if !validID(m.ID) {
		m.grave("its id= is missing or not made of 1 to 32 letters and digits (RFC 8461, section 3.1)")
	}
	host := "mta-sts." + domain
	m.URL = "https://" + host + "/.well-known/mta-sts.txt"
	body, err := fetchPolicy(ctx, r, host, m.URL, opts)
	if err != nil {
		m.grave("the policy cannot be fetched from " + m.URL + ": " + err.Error())
		return m
	}
	m.Policy = escapeLines(body)
	m.parse(m.Policy)
	return m
}

// validID checks sts-id, RFC 8461 section 3.1.
func validID(id string) bool {
	if id == "" || len(id) > 32 {
		return false
	}
	for _, c := range []byte(id) {
		if alphanumeric := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'; !alphanumeric {
			return false
		}
	}
	return true
}

// escapeLines gives a policy's text with other bytes than printable ASCII and
// line ends as \DDD.
func escapeLines(body []byte) string {
	lines := strings.Split(strings.ReplaceAll(string(body), "\r\n", "\n"), "\n")
	for i, line := range lines {
		lines[i] = escape([]byte(line))
	}
	return strings.Join(lines, "\n")
}

// fetchPolicy gets the policy by the rules of RFC 8461, section 3.3: no
// redirects, a certificate that is valid for the host, status 200, text/plain.
func fetchPolicy(ctx context.Context, r Resolver, host, url string, opts MTASTSOptions) ([]byte, error) {
	timeout := opts.Timeout
	if timeout <= 0 {
		timeout = time.Minute
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	transport := &http.Transport{
		TLSClientConfig:   &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: opts.Roots},
		DisableKeepAlives: true,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return dialPolicyHost(ctx, r, host, opts)
		},
	}
	defer transport.CloseIdleConnections()
	client := &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	resp, err := client.Do(req)
	if err != nil {
		return nil, errors.Unwrap(err) // without the URL, which the caller says
	}
	defer func() { _ = resp.Body.Close() }() // what is wanted was read
	switch {
	case resp.StatusCode >= 300 && resp.StatusCode < 400:
		return nil, fmt.Errorf("%w: HTTP status %d, redirects must not be followed (RFC 8461, section 3.3)", ErrPolicy, resp.StatusCode)
	case resp.StatusCode != http.StatusOK:
		return nil, fmt.Errorf("%w: HTTP status %d", ErrPolicy, resp.StatusCode)
	}
	content := resp.Header.Get("Content-Type")
	if media, _, bad := mime.ParseMediaType(content); bad != nil || media != "text/plain" {
		return nil, fmt.Errorf("%w: the content type is %s, not text/plain (RFC 8461, section 3.2)", ErrPolicy, quoted(escape([]byte(content))))
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxPolicyBytes+1))
	if err != nil {
		return nil, err
	}
	if len(body) > maxPolicyBytes {
		return nil, fmt.Errorf("%w: it is larger than 64 KiB", ErrPolicy)
	}
	return body, nil
}

// dialPolicyHost connects to the first address of host that answers, the
// forbidden ones left out.
func dialPolicyHost(ctx context.Context, r Resolver, host string, opts MTASTSOptions) (net.Conn, error) {
	port := opts.Port
	if port == 0 {
		port = 443
	}
	h := MailHost{Name: host}
	addressHost(ctx, r, &h)
	if len(h.Addresses) == 0 {
		failure := "has no address"
		if h.Failure != "" {
			failure = "cannot be looked up: " + string(h.Failure)
		}
		return nil, fmt.Errorf("%w: %s %s", ErrPolicy, host, failure)
	}
	var last error
	for _, addr := range h.Addresses[:min(len(h.Addresses), 4)] {
		if reason := Forbidden(addr); reason != "" && !opts.AllowPrivate {
			last = fmt.Errorf("%w: %s has the address %s, %s, which is not connected to", ErrPolicy, host, addr, reason)
			continue
		}
		var dialer net.Dialer
		conn, err := dialer.DialContext(ctx, "tcp", netip.AddrPortFrom(addr, port).String())
		if err == nil {
			return conn, nil
		}
		last = err
	}
	return nil, last
}

// parse reads a policy, RFC 8461 section 3.2.
func (m *MTASTS) parse(text string) {
	var version, mode, age string
	for line := range strings.SplitSeq(text, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		key, value, ok := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		if !ok {
			m.add("the line " + quoted(line) + " of the policy is no key: value")
			continue
		}
		switch strings.TrimSpace(key) {
		case "version":
			version = first(version, value)
		case "mode":
			mode = first(mode, value)
		case "max_age":
			age = first(age, value)
		case "mx":
			if len(m.MX) < maxPolicyMX {
				m.MX = append(m.MX, strings.ToLower(strings.TrimSuffix(value, ".")))
			}
		}
	}
	if version != "STSv1" {
		m.grave("the policy's version is " + quoted(version) + ", not STSv1")
	}
	n, err := strconv.ParseUint(age, 10, 64)
	switch {
	case err != nil:
		m.grave("the policy's max_age " + quoted(age) + " is no number of seconds")
	case n > maxPolicyAge:
		m.add("the policy's max_age is above 31557600 seconds")
	case n < 86400 && mode == "enforce":
		m.add("the policy's max_age is less than a day, so an attacker need not wait long")
	}
	m.MaxAge = n
	switch mode {
	case "enforce", "testing", "none":
		m.Mode = mode
	default:
		m.grave("the policy's mode is " + quoted(mode) + ", none of enforce, testing, none")
	}
	if len(m.MX) == 0 && m.Mode != "none" {
		m.grave("the policy names no mx")
	}
	m.checkPatterns()
	m.Summary = first(m.Mode, "no valid policy") + ", id " + m.ID
}

// checkPatterns notes patterns that can fit no host.
func (m *MTASTS) checkPatterns() {
	for _, pattern := range m.MX {
		name := strings.TrimPrefix(pattern, "*.")
		if _, err := ParseDomain(name); err != nil || !strings.Contains(name, ".") {
			m.add("the mx pattern " + quoted(pattern) + " fits no host name")
		}
	}
}

// first gives the first of two words that is not empty.
func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// Covers reports whether a pattern of the policy fits a mail host: the same
// name, or "*." in the place of exactly one label (RFC 8461, section 4.1).
func (m *MTASTS) Covers(host string) bool {
	host = canonical(host)
	for _, pattern := range m.MX {
		if pattern == host {
			return true
		}
		if suffix, wild := strings.CutPrefix(pattern, "*."); wild {
			if _, rest, found := strings.Cut(host, "."); found && rest == suffix {
				return true
			}
		}
	}
	return false
}
