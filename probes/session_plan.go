package probes

import (
	"context"
	"crypto/x509"
	"fmt"
	"net"
	"net/netip"
	"time"

	"github.com/smtpdiag/smtpdiag/smtp"
)

// TLSMode says how a session uses STARTTLS.
type TLSMode string

// The modes.
const (
	TLSMay     TLSMode = "may"     // use it where offered, go on where it fails or is not trusted
	TLSRequire TLSMode = "require" // stop where it is not offered, fails or is not trusted
	TLSNever   TLSMode = "never"   // do not use it
)

// TLSModes lists the modes in the order in which help shows them.
func TLSModes() []TLSMode { return []TLSMode{TLSMay, TLSRequire, TLSNever} }

// Timeouts says how long each stage may take, from the command to the last
// byte of its reply. Each is greater than zero.
type Timeouts struct {
	Connect, Banner, EHLO, STARTTLS, Mail, Rcpt, Reset, Quit time.Duration
}

// DefaultTimeouts are those of RFC 5321 section 4.5.3.2 (five minutes for the
// greeting, MAIL and RCPT), divided by ten: a person waits for the answer. A
// server that needs longer than 30 s will lose many senders, too.
func DefaultTimeouts() Timeouts {
	return Timeouts{
		Connect: 10 * time.Second, Banner: 30 * time.Second, EHLO: 30 * time.Second,
		STARTTLS: 30 * time.Second, Mail: 30 * time.Second, Rcpt: 30 * time.Second,
		Reset: 5 * time.Second, Quit: 2 * time.Second,
	}
}

// UniformTimeouts gives every stage the same time; RSET and QUIT, whose
// answers decide nothing, at most their defaults.
func UniformTimeouts(d time.Duration) Timeouts {
	t := DefaultTimeouts()
	return Timeouts{
		Connect: d, Banner: d, EHLO: d, STARTTLS: d, Mail: d, Rcpt: d,
		Reset: min(d, t.Reset), Quit: min(d, t.Quit),
	}
}

// Set changes the timeout of one stage.
func (t *Timeouts) Set(stage smtp.Stage, d time.Duration) error {
	for _, field := range []struct {
		stage smtp.Stage
		value *time.Duration
	}{
		{smtp.StageConnect, &t.Connect},
		{smtp.StageBanner, &t.Banner},
		{smtp.StageEHLO, &t.EHLO},
		{smtp.StageSTARTTLS, &t.STARTTLS},
		{smtp.StageMail, &t.Mail},
		{smtp.StageRcpt, &t.Rcpt},
	} {
		if field.stage == stage {
			*field.value = d
			return nil
		}
	}
	return fmt.Errorf("there is no timeout for stage %q", stage)
}

// Ask is one recipient to ask about.
type Ask struct {
	Address string
	Role    Role
	// Of is the target that a variant belongs to, or "".
	Of string
}

// Plan says what one session does.
type Plan struct {
	// Host is the name of the mail host: for the certificate and the record.
	Host string
	// Addrs are tried in order until one takes the connection.
	Addrs []netip.Addr
	Port  uint16
	// Preference is that of the MX record, -1 where there is none.
	Preference int
	// ImplicitTLS starts with the handshake, as port 465 does (RFC 8314 section 3.3).
	ImplicitTLS bool
	// HELO is the name to give; "" gives the address literal of this end, RFC
	// 5321 section 4.1.3.
	HELO string
	// From is the envelope sender, "" the null sender.
	From string
	// Size is declared with MAIL FROM where the server offers SIZE (RFC 1870);
	// 0 declares nothing.
	Size int64
	TLS  TLSMode
	// Roots are the trusted issuers; nil means those of the system.
	Roots *x509.CertPool
	// TLSA are the authentic TLSA records of the host, for DANE.
	TLSA []TLSA
	// Source is the local address to use; the zero value lets the system choose.
	Source netip.Addr
	// AllowPrivate permits addresses that Forbidden names.
	AllowPrivate bool
	Timeouts     Timeouts
	Recipients   []Ask
	// Why is put into the record.
	Why Why
	// Trace is told of every step as it ends, in the order of the dialogue;
	// it may be nil. It must not keep the step's pointers.
	Trace func(host string, ip netip.Addr, step Step)
}

// dialAddr opens the TCP connection to one address.
func (p *Plan) dialAddr(ctx context.Context, addr netip.Addr) (net.Conn, error) {
	if reason := Forbidden(addr); reason != "" && !p.AllowPrivate {
		return nil, &FaultError{
			Kind: FaultForbidden,
			Text: fmt.Sprintf("%s is %s: not connected to", addr, reason),
		}
	}
	dialer := net.Dialer{Timeout: p.Timeouts.Connect, KeepAlive: -1}
	if p.Source.IsValid() {
		dialer.LocalAddr = net.TCPAddrFromAddrPort(netip.AddrPortFrom(p.Source, 0))
	}
	return dialer.DialContext(ctx, "tcp", netip.AddrPortFrom(addr, p.Port).String())
}
