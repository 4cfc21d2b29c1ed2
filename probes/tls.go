package probes

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"time"

	"github.com/smtpdiag/smtpdiag/smtp"
)

// TLSOutcome says how far a session came with TLS. "Not offered", "offered and
// refused", "handshake failed" and "does not verify" are four different things,
// with four different people to talk to.
type TLSOutcome string

// The outcomes.
const (
	TLSNotReached TLSOutcome = "not-reached" // the session ended before EHLO could tell
	TLSNotOffered TLSOutcome = "not-offered" // EHLO does not name STARTTLS
	TLSNotTried   TLSOutcome = "not-tried"   // offered, and this side was told not to use it
	TLSRefused    TLSOutcome = "refused"     // offered, and STARTTLS was answered with no
	TLSFailed     TLSOutcome = "failed"      // the handshake failed
	TLSUnverified TLSOutcome = "unverified"  // TLS works, the certificate is not to be trusted
	TLSVerified   TLSOutcome = "verified"    // TLS works, the certificate is good
)

// CertProblem says one thing that is wrong with a certificate.
type CertProblem string

// The problems.
const (
	CertExpired     CertProblem = "expired"
	CertNotYetValid CertProblem = "not-yet-valid"
	CertOtherName   CertProblem = "other-name"
	CertSelfSigned  CertProblem = "self-signed"
	CertUnknown     CertProblem = "unknown-issuer"
	CertInvalid     CertProblem = "invalid"
)

// Certificate is what a person wants to know of one certificate.
type Certificate struct {
	Subject string
	Issuer  string
	// Names are the DNS names and IP addresses that it is for (subjectAltName).
	Names     []string
	NotBefore time.Time
	NotAfter  time.Time
	// Raw is the certificate in DER.
	Raw []byte
}

// TLSRecord is what a session learned about transport security.
type TLSRecord struct {
	Outcome TLSOutcome
	Offered bool
	// Version and Cipher have the names of crypto/tls: "TLS 1.3",
	// "TLS_AES_128_GCM_SHA256".
	Version string
	Cipher  string
	// Chain holds the certificates that the server sent, its own first.
	Chain []Certificate
	// Problems says all that is wrong with the chain, in a fixed order.
	Problems []CertProblem
	// Error says in words why the outcome is not "verified", or "".
	Error string
	// DANE says how the chain stands to the TLSA records of the plan, DANEText
	// the same in words.
	DANE     DANEResult
	DANEText string
	// Injected is the plain text that came after the reply to STARTTLS and
	// before the handshake. It was discarded (RFC 3207 section 4.2); a client
	// that keeps it lets somebody on the path speak for the server.
	Injected string
}

// secure upgrades the connection as the plan says. It reports whether to go on.
func (d *dialogue) secure() bool {
	t := &d.rec.TLS
	if d.plan.ImplicitTLS {
		return d.trusted()
	}
	_, t.Offered = d.rec.Extension("STARTTLS")
	switch {
	case !t.Offered:
		t.Outcome, t.Error = TLSNotOffered, "STARTTLS is not offered"
		return d.plainAllowed()
	case d.plan.TLS == TLSNever:
		t.Outcome = TLSNotTried
		return true
	}
	reply, ok := d.exchange(smtp.StageSTARTTLS, "STARTTLS", d.plan.Timeouts.STARTTLS)
	if !ok {
		t.Outcome, t.Error = TLSRefused, "no handshake: "+d.endedBy(reply)
		return false
	}
	if reply.Code != 220 {
		t.Outcome, t.Error = TLSRefused, "STARTTLS is offered and refused: "+reply.String()
		if d.plan.TLS == TLSRequire {
			d.refuse(smtp.StageSTARTTLS)
		}
		return d.plan.TLS != TLSRequire
	}
	return d.handshake() && d.hello() && d.trusted()
}

// endedBy says what ended the session, for a message.
func (d *dialogue) endedBy(reply smtp.Reply) string {
	if d.rec.Fault != nil {
		return d.rec.Fault.Text
	}
	return reply.String()
}

// plainAllowed reports whether the session may go on without TLS.
func (d *dialogue) plainAllowed() bool {
	if d.plan.TLS == TLSRequire {
		d.rec.Fault = &FaultError{Kind: FaultTLS, Stage: smtp.StageSTARTTLS, Text: d.rec.TLS.Error + ", and TLS is required"}
	}
	return d.plan.TLS != TLSRequire
}

// trusted reports whether the session may go on with the certificate it got.
func (d *dialogue) trusted() bool {
	if d.plan.TLS != TLSRequire || d.rec.TLS.Outcome == TLSVerified || d.rec.TLS.DANE == DANEOK {
		return true
	}
	d.rec.Fault = &FaultError{
		Kind: FaultTLS, Stage: smtp.StageSTARTTLS,
		Text: "the certificate is not trusted (" + d.rec.TLS.Error + "), and trusted TLS is required",
	}
	return false
}

// handshake begins TLS on the connection. It reports whether that worked.
func (d *dialogue) handshake() bool {
	t := &d.rec.TLS
	t.Offered = true
	step := d.begin(smtp.StageSTARTTLS, "TLS handshake")
	d.wire.until(step.At.Add(d.plan.Timeouts.STARTTLS))
	guard := &plainGuard{Conn: d.wire.raw, pending: d.wire.buf}
	d.wire.buf = nil
	conn := tls.Client(guard, tlsConfig(d.plan.Host))
	err := conn.HandshakeContext(d.ctx)
	t.Injected = string(guard.plain)
	if err != nil {
		fault := handshakeFault(d.ctx, err, t.Injected)
		d.rec.Fault, d.alive = d.end(step, smtp.Reply{}, fault), false
		t.Outcome, t.Error = TLSFailed, fault.Text
		return false
	}
	_ = d.end(step, smtp.Reply{}, nil) // without an error there is no fault
	d.wire.conn = conn
	now := time.Now()
	t.describe(conn.ConnectionState(), d.plan.Host, d.plan.Roots, now)
	t.DANE, t.DANEText = CheckDANE(d.plan.TLSA, t.Chain, []string{d.plan.Host}, now)
	return true
}

// handshakeFault says why a handshake failed. A time-out and a connection that
// the peer drops in the middle of it are still failures of the handshake.
func handshakeFault(ctx context.Context, err error, injected string) *FaultError {
	fault := faultOf(ctx, err)
	if fault.Kind == FaultCanceled {
		return fault
	}
	text := "TLS handshake failed: " + strings.TrimPrefix(fault.Text, "tls: ")
	if injected != "" {
		first, _, _ := strings.Cut(strings.TrimSpace(injected), "\n")
		text += fmt.Sprintf("; the server sent plain text instead: %q", strings.TrimSpace(first))
	}
	return &FaultError{Kind: FaultTLS, Text: text}
}

// tlsConfig accepts whatever a server can do: a prober has to describe bad TLS,
// not to be safe by refusing it. Nothing secret is ever sent.
func tlsConfig(host string) *tls.Config {
	var suites []uint16
	for _, s := range append(tls.CipherSuites(), tls.InsecureCipherSuites()...) {
		suites = append(suites, s.ID)
	}
	config := &tls.Config{
		MinVersion:         tls.VersionTLS10, // old servers are to be described, RFC 8996 notwithstanding
		CipherSuites:       suites,
		InsecureSkipVerify: true, // the chain is judged in describe
	}
	if _, err := netip.ParseAddr(host); err != nil {
		config.ServerName = strings.TrimSuffix(host, ".")
	}
	return config
}

// maxPlain is how much plain text before a handshake is kept.
const maxPlain = 4 << 10

// plainGuard stands between the connection and the handshake. Every TLS record
// starts with its type, 20 to 23 (RFC 8446 section 5.1); lines of text that
// come before the first record are kept apart and never reach the TLS layer.
type plainGuard struct {
	net.Conn
	pending []byte // read before the handshake began
	plain   []byte
	open    bool // the first record has begun
}

// Read gives bytes from the first TLS record on.
func (g *plainGuard) Read(p []byte) (int, error) {
	for !g.open {
		if err := g.skip(); err != nil {
			return 0, err
		}
	}
	if len(g.pending) > 0 {
		n := copy(p, g.pending)
		g.pending = g.pending[n:]
		return n, nil
	}
	return g.Conn.Read(p)
}

// skip moves text from pending to plain until a record begins.
func (g *plainGuard) skip() error {
	if len(g.pending) == 0 {
		var chunk [512]byte
		n, err := g.Conn.Read(chunk[:])
		if n == 0 {
			return err
		}
		g.pending = append(g.pending, chunk[:n]...)
	}
	if first := g.pending[0]; first >= 20 && first <= 23 && (len(g.plain) == 0 || g.plain[len(g.plain)-1] == '\n') {
		g.open = true
		return nil
	}
	end := bytes.IndexByte(g.pending, '\n') + 1
	if end == 0 {
		end = len(g.pending)
	}
	g.plain = append(g.plain, g.pending[:end]...)
	g.pending = g.pending[end:]
	if len(g.plain) > maxPlain {
		return &FaultError{Kind: FaultTLS, Text: "plain text instead of TLS"}
	}
	return nil
}

// describe fills in what the handshake gave and judges the chain at the time
// now for the name host.
func (t *TLSRecord) describe(state tls.ConnectionState, host string, roots *x509.CertPool, now time.Time) {
	t.Version = tls.VersionName(state.Version)
	t.Cipher = tls.CipherSuiteName(state.CipherSuite)
	for _, c := range state.PeerCertificates {
		t.Chain = append(t.Chain, describeCertificate(c))
	}
	t.Problems, t.Error = verifyChain(state.PeerCertificates, host, roots, now)
	t.Outcome = TLSVerified
	if len(t.Problems) > 0 {
		t.Outcome = TLSUnverified
	}
}

func describeCertificate(c *x509.Certificate) Certificate {
	names := append([]string{}, c.DNSNames...)
	for _, ip := range c.IPAddresses {
		names = append(names, ip.String())
	}
	return Certificate{
		Subject: c.Subject.String(), Issuer: c.Issuer.String(), Names: names,
		NotBefore: c.NotBefore.UTC(), NotAfter: c.NotAfter.UTC(), Raw: c.Raw,
	}
}
