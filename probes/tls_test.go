package probes

import (
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"github.com/smtpdiag/smtpdiag/internal/mailtest"
)

func TestCheckDANE(t *testing.T) {
	ca := mailtest.NewCA(t)
	issued := ca.Issue(t, mailtest.Cert{Names: []string{"mx1.example.com"}})
	leaf, err := x509.ParseCertificate(issued.Certificate[0])
	if err != nil {
		t.Fatal(err)
	}
	issuer := ca.Certificate()
	chain := []Certificate{describeCertificate(leaf), describeCertificate(issuer)}
	spki := sha256.Sum256(leaf.RawSubjectPublicKeyInfo)
	whole := sha512.Sum512(leaf.Raw)
	anchor := sha256.Sum256(issuer.Raw)
	tlsa := func(usage, selector, matching uint8, data []byte) TLSA {
		return TLSA{Usage: usage, Selector: selector, MatchingType: matching, Data: hex.EncodeToString(data)}
	}
	other := make([]byte, 32)
	tests := []struct {
		name    string
		records []TLSA
		host    string
		now     time.Time
		want    DANEResult
	}{
		{"3 1 1", []TLSA{tlsa(3, 1, 1, spki[:])}, "mx1.example.com", time.Now(), DANEOK},
		{"3 0 2", []TLSA{tlsa(3, 0, 2, whole[:])}, "mx1.example.com", time.Now(), DANEOK},
		{"3 0 0", []TLSA{tlsa(3, 0, 0, leaf.Raw)}, "mx1.example.com", time.Now(), DANEOK},
		{"3 1 1 minds neither name nor date", []TLSA{tlsa(3, 1, 1, spki[:])}, "other.example", time.Now().AddDate(9, 0, 0), DANEOK},
		{"one of several", []TLSA{tlsa(3, 1, 1, other), tlsa(3, 1, 1, spki[:])}, "mx1.example.com", time.Now(), DANEOK},
		{"upper case", []TLSA{{Usage: 3, Selector: 1, MatchingType: 1, Data: strings.ToUpper(hex.EncodeToString(spki[:]))}}, "mx1.example.com", time.Now(), DANEOK},
		{"another key", []TLSA{tlsa(3, 1, 1, other)}, "mx1.example.com", time.Now(), DANEMismatch},
		{"2 0 1", []TLSA{tlsa(2, 0, 1, anchor[:])}, "mx1.example.com", time.Now(), DANEOK},
		{"2 0 1 minds the name", []TLSA{tlsa(2, 0, 1, anchor[:])}, "other.example", time.Now(), DANEMismatch},
		{"2 0 1 minds the date", []TLSA{tlsa(2, 0, 1, anchor[:])}, "mx1.example.com", time.Now().AddDate(1, 0, 0), DANEMismatch},
		{"2 0 1 of another issuer", []TLSA{tlsa(2, 0, 1, other)}, "mx1.example.com", time.Now(), DANEMismatch},
		{"usages 0 and 1 do not count", []TLSA{tlsa(0, 0, 1, other), tlsa(1, 0, 1, other)}, "mx1.example.com", time.Now(), DANENone},
		{"odd fields do not count", []TLSA{tlsa(3, 7, 1, other), tlsa(3, 1, 9, other)}, "mx1.example.com", time.Now(), DANENone},
		{"none", nil, "mx1.example.com", time.Now(), DANENone},
	}
	for _, tc := range tests {
		if got, text := CheckDANE(tc.records, chain, []string{tc.host}, tc.now); got != tc.want || (text == "") != (got == DANENone) {
			t.Errorf("%s: %q %q, want %q", tc.name, got, text, tc.want)
		}
	}
}

// With DANE a certificate of one's own is trusted where trust is required.
func TestDANETrust(t *testing.T) {
	_, certs := certificates(t)
	leaf, err := x509.ParseCertificate(certs["self-signed"].Certificate[0])
	if err != nil {
		t.Fatal(err)
	}
	spki := sha256.Sum256(leaf.RawSubjectPublicKeyInfo)
	p := plan(mailtest.ServeSMTP(t, starttls+"! tls self-signed", certs), "user@example.com")
	p.TLS = TLSRequire
	p.TLSA = []TLSA{{Usage: 3, Selector: 1, MatchingType: 1, Data: hex.EncodeToString(spki[:])}}
	if s := Run(t.Context(), p); s.TLS.DANE != DANEOK || !s.Recipients[0].Accepted() {
		t.Errorf("%+v\n%s", s.TLS, steps(s))
	}
}

func TestCheckMTASTS(t *testing.T) {
	policy := func(mode string) *MTASTS { return &MTASTS{Mode: mode, MX: []string{"mx1.example.com"}} }
	tests := []struct {
		name    string
		policy  *MTASTS
		host    string
		outcome TLSOutcome
		text    string
	}{
		{"no policy", nil, "mx1.example.com", TLSNotOffered, ""},
		{"none", policy("none"), "mx1.example.com", TLSNotOffered, ""},
		{"good", policy("enforce"), "mx1.example.com", TLSVerified, ""},
		{"not listed", policy("enforce"), "mx2.example.com", TLSVerified, "does not list mx2.example.com: senders that honour it"},
		{"plain", policy("enforce"), "mx1.example.com", TLSNotOffered, "is not offered"},
		{"refused", policy("enforce"), "mx1.example.com", TLSRefused, "could not be had"},
		{"unverified", policy("testing"), "mx1.example.com", TLSUnverified, "testing mode"},
	}
	for _, tc := range tests {
		s := &Session{Host: tc.host, TLS: TLSRecord{Outcome: tc.outcome, Error: "why"}}
		ok, text := s.CheckMTASTS(tc.policy)
		if ok != (tc.text == "") || !strings.Contains(text, tc.text) {
			t.Errorf("%s: %v %q", tc.name, ok, text)
		}
	}
}

// Whatever a server sends, reading a reply ends within its limits.
func FuzzReply(f *testing.F) {
	for _, seed := range []string{"220 hi\r\n", "250-a\r\n250 b\r\n", "550", "\r\n\r\n", "250-a\nx\n250 b\n", "220-\x00\xff\n220 z\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		w := &wire{conn: &bytesConn{data: data}}
		for range 8 {
			reply, err := w.reply()
			if len(reply.Lines) > maxReplyLines+1 || w.total > maxSessionBytes+4096 {
				t.Fatalf("%d lines, %d bytes", len(reply.Lines), w.total)
			}
			if err == nil && (reply.Code < 200 || reply.Code > 599) {
				t.Fatalf("reply %+v without a code", reply)
			}
			if err != nil {
				break
			}
		}
	})
}
