package probes

import (
	"bytes"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
)

// DANEResult says how a chain stands to the TLSA records of its host.
type DANEResult string

// The results.
const (
	// DANENone: there is no record that could be used, so DANE asks for nothing.
	DANENone DANEResult = ""
	// DANEOK: the chain matches a record.
	DANEOK DANEResult = "ok"
	// DANEMismatch: there are usable records and none matches.
	DANEMismatch DANEResult = "mismatch"
)

// The fields of a TLSA record, RFC 6698 section 2.1, as far as SMTP uses them.
const (
	usageDANETA  = 2 // the record names an issuer
	usageDANEEE  = 3 // the record names the server's own certificate
	selectorCert = 0
	selectorSPKI = 1
	matchExact   = 0
	matchSHA256  = 1
	matchSHA512  = 2
)

// CheckDANE compares a chain with TLSA records, RFC 7672 section 3.1. Only
// usages 2 and 3 count for SMTP. With usage 3 neither names nor dates matter;
// with usage 2 the chain must lead to the named issuer and be valid for one of
// names. The records are to be authentic; that is for the caller to see to.
func CheckDANE(records []TLSA, chain []Certificate, names []string, now time.Time) (DANEResult, string) {
	var certs []*x509.Certificate
	for _, c := range chain {
		if cert, err := x509.ParseCertificate(c.Raw); err == nil {
			certs = append(certs, cert)
		}
	}
	usable := 0
	for _, r := range records {
		if !r.usable() {
			continue
		}
		usable++
		if len(certs) == 0 {
			continue
		}
		if r.Usage == usageDANEEE && r.matches(certs[0]) {
			return DANEOK, "the certificate matches the TLSA record " + r.short()
		}
		if r.Usage == usageDANETA && r.matchesIssuer(certs, names, now) {
			return DANEOK, "the issuer matches the TLSA record " + r.short()
		}
	}
	if usable == 0 {
		return DANENone, ""
	}
	return DANEMismatch, fmt.Sprintf("the certificate matches none of %d TLSA records (DANE): senders that check DNSSEC hold the mail back", usable)
}

// usable reports whether a record can be used for SMTP, RFC 7672 section 3.1.3.
func (t TLSA) usable() bool {
	return (t.Usage == usageDANETA || t.Usage == usageDANEEE) && t.Selector <= selectorSPKI && t.MatchingType <= matchSHA512
}

// short gives a record with its data cut.
func (t TLSA) short() string {
	return fmt.Sprintf("%d %d %d %.16s...", t.Usage, t.Selector, t.MatchingType, t.Data)
}

// matches compares one certificate with the record.
func (t TLSA) matches(c *x509.Certificate) bool {
	data := c.Raw
	if t.Selector == selectorSPKI {
		data = c.RawSubjectPublicKeyInfo
	}
	switch t.MatchingType {
	case matchExact:
	case matchSHA256:
		sum := sha256.Sum256(data)
		data = sum[:]
	case matchSHA512:
		sum := sha512.Sum512(data)
		data = sum[:]
	default:
		return false
	}
	want, err := hex.DecodeString(strings.ToLower(t.Data))
	return err == nil && bytes.Equal(want, data)
}

// matchesIssuer reports whether the chain leads to the issuer that the record
// names and is good for one of names.
func (t TLSA) matchesIssuer(certs []*x509.Certificate, names []string, now time.Time) bool {
	named := false
	for _, name := range names {
		named = named || certs[0].VerifyHostname(name) == nil
	}
	if !named {
		return false
	}
	roots, middle := x509.NewCertPool(), x509.NewCertPool()
	for _, c := range certs[1:] {
		if t.matches(c) {
			roots.AddCert(c)
		}
		middle.AddCert(c)
	}
	_, err := certs[0].Verify(x509.VerifyOptions{Roots: roots, Intermediates: middle, CurrentTime: now})
	return err == nil
}
