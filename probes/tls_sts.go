package probes

import "fmt"

// CheckMTASTS compares a session with the MTA-STS policy of its domain, RFC
// 8461 section 4: the host must be listed, and TLS must be offered and the
// certificate be good for its name. ok is true where there is nothing to object
// to, or no policy that is in force. text says what is wrong, or "".
func (s *Session) CheckMTASTS(m *MTASTS) (ok bool, text string) {
	if m == nil || m.Mode != "enforce" && m.Mode != "testing" {
		return true, ""
	}
	switch {
	case !m.Covers(s.Host):
		text = "the MTA-STS policy does not list " + s.Host
	case s.TLS.Outcome == TLSNotOffered:
		text = "STARTTLS is not offered, which the MTA-STS policy demands"
	case s.TLS.Outcome == TLSRefused, s.TLS.Outcome == TLSFailed:
		text = "TLS could not be had, which the MTA-STS policy demands"
	case s.TLS.Outcome == TLSUnverified:
		text = fmt.Sprintf("the certificate does not meet the MTA-STS policy (%s)", s.TLS.Error)
	}
	if text == "" {
		return true, ""
	}
	if m.Mode == "testing" {
		return false, text + "; the policy is in testing mode, so that mail still flows"
	}
	return false, text + ": senders that honour it hold the mail back"
}
