package probes

import (
	"bytes"
	"crypto/x509"
	"errors"
	"fmt"
	"strings"
	"time"
)

// verifyChain says all that is wrong with a chain, each fault by itself: a
// certificate may be expired and for another name at once, and each has its own
// remedy. The text tells them in words.
func verifyChain(chain []*x509.Certificate, host string, roots *x509.CertPool, now time.Time) ([]CertProblem, string) {
	if len(chain) == 0 {
		return []CertProblem{CertInvalid}, "the server sent no certificate"
	}
	var problems []CertProblem
	var texts []string
	add := func(p CertProblem, text string) {
		if p != "" {
			problems, texts = append(problems, p), append(texts, text)
		}
	}
	add(validity(chain, now))
	leaf := chain[0]
	if err := leaf.VerifyHostname(strings.TrimSuffix(host, ".")); err != nil {
		add(CertOtherName, otherName(leaf, host))
	}
	add(verifyIssuer(chain, roots, now))
	return problems, strings.Join(texts, "; ")
}

// validity checks the times of the server's own certificate and of what it
// sent along; the first fault counts.
func validity(chain []*x509.Certificate, now time.Time) (CertProblem, string) {
	for i, c := range chain {
		what := "the certificate"
		if i > 0 {
			what = fmt.Sprintf("the issuer certificate %q", c.Subject)
		}
		switch {
		case i > 0 && bytes.Equal(c.RawSubject, c.RawIssuer):
			// A root that is sent along is not used: the trusted copy counts.
		case now.After(c.NotAfter):
			return CertExpired, fmt.Sprintf("%s expired on %s", what, c.NotAfter.UTC().Format(time.DateOnly))
		case now.Before(c.NotBefore):
			return CertNotYetValid, fmt.Sprintf("%s is not valid before %s", what, c.NotBefore.UTC().Format(time.DateOnly))
		}
	}
	return "", ""
}

// otherName says which names a certificate has instead of host.
func otherName(leaf *x509.Certificate, host string) string {
	names := describeCertificate(leaf).Names
	switch {
	case len(names) == 0 && leaf.Subject.CommonName != "":
		return fmt.Sprintf("the certificate has no subjectAltName, only the common name %q, and does not cover %s", leaf.Subject.CommonName, host)
	case len(names) == 0:
		return "the certificate has no name and does not cover " + host
	case len(names) > 3:
		names = append(names[:3:3], fmt.Sprintf("%d more", len(names)-3))
	}
	return fmt.Sprintf("the certificate is for %s, not for %s", strings.Join(names, ", "), host)
}

// verifyIssuer checks who signed the chain, at a time at which the server's
// certificate was valid, so that an expiry is not mistaken for a wrong issuer.
func verifyIssuer(chain []*x509.Certificate, roots *x509.CertPool, now time.Time) (CertProblem, string) {
	leaf := chain[0]
	if now.After(leaf.NotAfter) || now.Before(leaf.NotBefore) {
		now = leaf.NotBefore.Add(leaf.NotAfter.Sub(leaf.NotBefore) / 2)
	}
	intermediates := x509.NewCertPool()
	for _, c := range chain[1:] {
		intermediates.AddCert(c)
	}
	_, err := leaf.Verify(x509.VerifyOptions{
		Roots: roots, Intermediates: intermediates, CurrentTime: now,
		KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	})
	var unknown x509.UnknownAuthorityError
	var invalid x509.CertificateInvalidError
	switch {
	case err == nil:
		return "", ""
	case bytes.Equal(leaf.RawSubject, leaf.RawIssuer) && leaf.CheckSignature(leaf.SignatureAlgorithm, leaf.RawTBSCertificate, leaf.Signature) == nil:
		return CertSelfSigned, "the certificate is self-signed"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		// An issuer that expired: validity has told of it where it was sent along.
		return CertExpired, "a certificate of the chain is not valid now"
	case errors.As(err, &unknown):
		return CertUnknown, fmt.Sprintf("the issuer %q is not trusted here, or the server does not send the certificates in between", leaf.Issuer)
	}
	return CertInvalid, "the certificate does not verify: " + strings.TrimPrefix(err.Error(), "x509: ")
}
