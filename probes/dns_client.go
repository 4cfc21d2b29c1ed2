package probes

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"sync"
	"syscall"
	"time"

	"github.com/miekg/dns"
)

// DefaultTimeout is the limit for one question to one server, retries and the
// fallback to TCP included.
const DefaultTimeout = 5 * time.Second

// ednsSize is the UDP payload size that is offered: what passes nearly every
// path without fragments (RFC 9715, section 3).
const ednsSize = 1232

// Client asks one Server. It is safe for use by several goroutines at once.
type Client struct {
	server  Server
	timeout time.Duration
	limit   chan struct{}
	norec   bool
	roots   *x509.CertPool
	observe func(Answer)

	mu   sync.Mutex
	idle []net.Conn // DNS over TLS, kept between questions
	http *http.Client
}

// ClientOptions are the choices for NewClient; the zero value is useful.
type ClientOptions struct {
	// Timeout is the limit for one question; DefaultTimeout where 0.
	Timeout time.Duration
	// Limit bounds the questions under way among all clients that share it: a
	// question holds one place while it lasts. nil is no bound.
	Limit chan struct{}
	// NoRecursion leaves out the RD bit, as for an authoritative server.
	NoRecursion bool
	// Roots are the certificate authorities for DNS over TLS and HTTPS; nil
	// for those of the system.
	Roots *x509.CertPool
	// Observe is given every answer and every failure to get one, from several
	// goroutines at once; nil where nobody looks.
	Observe func(Answer)
}

// NewClient gives a Client for server. Close it after use.
func NewClient(server Server, opts ClientOptions) *Client {
	c := &Client{server: server, timeout: opts.Timeout, limit: opts.Limit, norec: opts.NoRecursion, roots: opts.Roots, observe: opts.Observe}
	if c.timeout <= 0 {
		c.timeout = DefaultTimeout
	}
	if server.Transport == HTTPS {
		c.http = &http.Client{
			Transport: &http.Transport{
				Proxy:               http.ProxyFromEnvironment,
				TLSClientConfig:     &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: opts.Roots},
				ForceAttemptHTTP2:   true,
				MaxIdleConnsPerHost: 4,
			},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		}
	}
	return c
}

// Server gives the server that the client asks.
func (c *Client) Server() Server { return c.server }

// Close ends the connections that are kept between questions.
func (c *Client) Close() {
	c.mu.Lock()
	idle := c.idle
	c.idle = nil
	c.mu.Unlock()
	for _, conn := range idle {
		_ = conn.Close() // nothing is lost with a connection that nobody waits for
	}
	if c.http != nil {
		c.http.CloseIdleConnections()
	}
}

// Lookup asks the server. See Resolver.
func (c *Client) Lookup(ctx context.Context, name string, typ RecordType) Answer {
	answer := c.lookup(ctx, name, typ)
	if c.observe != nil {
		c.observe(answer)
	}
	return answer
}

// lookup is Lookup, seen by nobody.
func (c *Client) lookup(ctx context.Context, name string, typ RecordType) Answer {
	answer := Answer{Name: trimDot(name), Type: typ, Server: c.server.Label(), Transport: c.server.Transport}
	qtype, known := dns.StringToType[string(typ)]
	if _, ok := dns.IsDomainName(dns.Fqdn(name)); !ok || !known {
		answer.Failure, answer.Detail = FailureMalformed, "the question is no domain name"
		return answer
	}
	if c.limit != nil {
		select {
		case c.limit <- struct{}{}:
			defer func() { <-c.limit }()
		case <-ctx.Done():
			answer.fail(ctx, ctx.Err())
			return answer
		}
	}
	question := new(dns.Msg).SetQuestion(dns.Fqdn(name), qtype)
	question.RecursionDesired = !c.norec
	question.AuthenticatedData = true // RFC 6840, section 5.7: asks for the AD bit
	question.SetEdns0(ednsSize, false)

	start := time.Now()
	limited, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	reply, err := c.exchange(limited, question, &answer)
	answer.Elapsed = time.Since(start)
	if err != nil {
		answer.fail(ctx, err)
		return answer
	}
	answer.read(reply, c.server.Trusted)
	return answer
}

// exchange sends the question over the server's transport, and once more
// without EDNS to servers that don't know it (RFC 6891, section 7).
func (c *Client) exchange(ctx context.Context, q *dns.Msg, answer *Answer) (*dns.Msg, error) {
	reply, err := c.send(ctx, q, answer)
	if err != nil || q.IsEdns0() == nil {
		return reply, err
	}
	switch reply.Rcode {
	case dns.RcodeFormatError, dns.RcodeNotImplemented, dns.RcodeBadVers:
		plain := q.Copy()
		plain.Id = dns.Id()
		plain.Extra = nil
		return c.send(ctx, plain, answer)
	}
	return reply, nil
}

// send sends one message over the server's transport.
func (c *Client) send(ctx context.Context, q *dns.Msg, answer *Answer) (*dns.Msg, error) {
	switch c.server.Transport {
	case HTTPS:
		return c.exchangeHTTPS(ctx, q)
	case TLS:
		return c.exchangeTLS(ctx, q)
	case TCP:
		return c.exchangeTCP(ctx, q)
	case UDP:
	}
	reply, err := c.exchangeUDP(ctx, q, answer)
	if err != nil || !reply.Truncated {
		return reply, err
	}
	answer.Transport = TCP
	reply, err = c.exchangeTCP(ctx, q)
	if err != nil {
		return nil, &truncatedError{err}
	}
	return reply, nil
}

// truncatedError says that TCP failed after a truncated answer over UDP.
type truncatedError struct{ err error }

func (e *truncatedError) Error() string {
	return "the answer over UDP was truncated, and TCP failed: " + e.err.Error()
}
func (e *truncatedError) Unwrap() error { return e.err }

// errMalformed says that what came is no answer to the question.
var errMalformed = errors.New("what came does not answer the question")

// errClosed says that the server closed the connection without an answer.
var errClosed = errors.New("the server closed the connection without an answer")

// fail sets Failure and Detail from err. ctx is the caller's, which tells an
// interrupt from a timeout.
func (a *Answer) fail(ctx context.Context, err error) {
	a.Failure, a.Detail = classify(err), err.Error()
	if ctx.Err() != nil && errors.Is(ctx.Err(), context.Canceled) {
		a.Failure, a.Detail = FailureCanceled, "interrupted"
		return
	}
	switch a.Failure {
	case FailureTimeout:
		a.Detail = "no answer in time"
		if _, truncated := errors.AsType[*truncatedError](err); truncated {
			a.Detail = "the answer over UDP was truncated, and none came over TCP in time"
		}
		if a.Ignored > 0 {
			a.Failure, a.Detail = FailureMalformed, errMalformed.Error()
		}
	default:
	}
}

// classify gives the Failure for an error of the network.
func classify(err error) Failure {
	var timeout net.Error
	var record tls.RecordHeaderError
	var verify *tls.CertificateVerificationError
	var alert tls.AlertError
	switch {
	case errors.Is(err, errMalformed):
		return FailureMalformed
	case errors.As(err, &record), errors.As(err, &verify), errors.As(err, &alert):
		return FailureTLS
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded),
		errors.Is(err, syscall.ETIMEDOUT), errors.As(err, &timeout) && timeout.Timeout():
		return FailureTimeout
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return FailureUnreachable
	}
	return FailureUnreachable
}
