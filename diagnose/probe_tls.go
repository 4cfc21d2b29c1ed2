package diagnose

import (
	"slices"
	"strings"
)

// transport makes the findings about TLS: one for trust, one for injection.
func (j *probeJudge) transport() {
	var untrusted, injected []string
	severity := Warning
	for i := range j.Sessions {
		s := &j.Sessions[i]
		if s.Why == "plain-fallback" {
			continue
		}
		host := s.Host
		if s.TLS.Injected != "" {
			injected = append(injected, host)
		}
		text := s.TLS.trouble()
		if text == "" {
			continue
		}
		if s.Fault == "tls" || s.TLS.Required != "" {
			severity = Error
		}
		if line := host + ": " + text; !slices.Contains(untrusted, line) {
			untrusted = append(untrusted, line)
		}
	}
	if len(untrusted) > 0 {
		j.find(KeyTLSUntrusted, severity, "%s. Senders that only use TLS where they can deliver all the same; those that verify do not.", strings.Join(untrusted, "; "))
	}
	if len(injected) > 0 {
		j.find(KeyInjection, Error, "%s sent plain text between the reply to STARTTLS and the handshake, where somebody on the path can put words into the server's mouth; it was discarded.", list(injected))
	}
}

// trouble says why TLS with a host cannot be relied on, or "".
func (t *TLSFact) trouble() string {
	var parts []string
	switch t.Outcome {
	case "unverified":
		if t.DANE != "ok" { // DANE does not ask for a public issuer, RFC 7672 section 3.1.1
			parts = append(parts, t.Error)
		}
	case "refused", "failed":
		parts = append(parts, t.Error)
	case "not-offered":
		if t.Required != "" {
			parts = append(parts, "STARTTLS is not offered although "+t.Required+" announces it")
		}
	}
	if t.DANE == "mismatch" {
		parts = append(parts, t.DANEText)
	}
	if t.MTASTS == "mismatch" {
		parts = append(parts, t.MTASTSText)
	}
	return strings.Join(parts, "; ")
}
