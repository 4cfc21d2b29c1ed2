// Command labcert writes the lab's certificates into the current folder, each
// with its key in one PEM file, and the authority as ca.pem: good, expired,
// other (for another name) and self-signed.
package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"log"
	"math/big"
	"os"
	"time"
)

func main() {
	if err := write(); err != nil {
		log.Fatal(err)
	}
}

// write makes the authority and all certificates.
func write() error {
	caKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	now := time.Now()
	ca := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Lab authority"},
		NotBefore: now.AddDate(-1, 0, 0), NotAfter: now.AddDate(1, 0, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, ca, ca, &caKey.PublicKey, caKey)
	if err != nil {
		return err
	}
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	if err := os.WriteFile("ca.pem", block, 0o644); err != nil {
		return err
	}
	day := 24 * time.Hour
	for i, c := range []struct {
		file, name  string
		from, until time.Duration
		selfSigned  bool
	}{
		{"good.pem", "*.lab.example", -day, 30 * day, false},
		{"expired.pem", "*.lab.example", -30 * day, -day, false},
		{"other.pem", "mail.elsewhere.example", -day, 30 * day, false},
		{"self-signed.pem", "*.lab.example", -day, 30 * day, true},
	} {
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			return err
		}
		template := &x509.Certificate{
			SerialNumber: big.NewInt(int64(i) + 2), Subject: pkix.Name{CommonName: c.name}, DNSNames: []string{c.name},
			NotBefore: now.Add(c.from), NotAfter: now.Add(c.until),
			KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		}
		parent, signer := ca, caKey
		if c.selfSigned {
			parent, signer = template, key
		}
		if err := writeOne(c.file, template, parent, key, signer); err != nil {
			return err
		}
	}
	return nil
}

// writeOne writes a certificate and its key.
func writeOne(file string, template, parent *x509.Certificate, key, signer *ecdsa.PrivateKey) error {
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, signer)
	if err != nil {
		return err
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	out := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})
	out = append(out, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})...)
	return os.WriteFile(file, out, 0o600)
}
