package mailtest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// CA is an authority that lives as long as one test.
type CA struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

// Cert says what a certificate is to be.
type Cert struct {
	// Names are the DNS names and IP addresses in subjectAltName.
	Names []string
	// CommonName stands in the subject; "" takes the first name.
	CommonName string
	// From and Until are relative to now; both zero give a day either way.
	From, Until time.Duration
	// SelfSigned makes it its own issuer.
	SelfSigned bool
}

// NewCA makes an authority.
func NewCA(tb testing.TB) *CA {
	tb.Helper()
	key := newKey(tb)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Throw-away test authority"},
		NotBefore: time.Now().AddDate(-2, 0, 0), NotAfter: time.Now().AddDate(2, 0, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		tb.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		tb.Fatal(err)
	}
	return &CA{cert: cert, key: key}
}

// Pool gives a pool that trusts the authority alone.
func (ca *CA) Pool() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(ca.cert)
	return pool
}

// File writes the authority's certificate as PEM into a folder of the test and
// gives its path, for SSL_CERT_FILE.
func (ca *CA) File(tb testing.TB) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "ca.pem")
	data := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: ca.cert.Raw})
	if err := os.WriteFile(path, data, 0o600); err != nil {
		tb.Fatal(err)
	}
	return path
}

// Issue makes a certificate.
func (ca *CA) Issue(tb testing.TB, c Cert) tls.Certificate {
	tb.Helper()
	if c.From == 0 && c.Until == 0 {
		c.From, c.Until = -24*time.Hour, 24*time.Hour
	}
	if c.CommonName == "" && len(c.Names) > 0 {
		c.CommonName = c.Names[0]
	}
	serial, err := rand.Int(rand.Reader, big.NewInt(1<<62))
	if err != nil {
		tb.Fatal(err)
	}
	key := newKey(tb)
	template := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: c.CommonName},
		NotBefore: time.Now().Add(c.From), NotAfter: time.Now().Add(c.Until),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	for _, name := range c.Names {
		if ip := net.ParseIP(name); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
		} else {
			template.DNSNames = append(template.DNSNames, name)
		}
	}
	parent, signer := ca.cert, ca.key
	if c.SelfSigned {
		parent, signer = template, key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, signer)
	if err != nil {
		tb.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

func newKey(tb testing.TB) *ecdsa.PrivateKey {
	tb.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	return key
}

// Certificate gives the authority's own certificate.
func (ca *CA) Certificate() *x509.Certificate { return ca.cert }
