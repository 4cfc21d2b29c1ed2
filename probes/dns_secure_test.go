package probes_test

import (
	"context"
	"crypto/tls"
	"encoding/binary"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/miekg/dns"

	"github.com/smtpdiag/smtpdiag/internal/mailtest"
	"github.com/smtpdiag/smtpdiag/probes"
)

// secureClient gives a client for a TLS or HTTPS server that trusts ca.
func secureClient(t *testing.T, spec string, ca *mailtest.CA) *probes.Client {
	t.Helper()
	server, err := probes.ParseServer(spec)
	if err != nil {
		t.Fatal(err)
	}
	c := probes.NewClient(server, probes.ClientOptions{Timeout: 5 * time.Second, Roots: ca.Pool()})
	t.Cleanup(c.Close)
	return c
}

// tlsFront puts DNS over TLS in front of a server, and counts connections.
func tlsFront(t *testing.T, ca *mailtest.CA, cert mailtest.Cert, backend string) (addr string, connections func() int) {
	t.Helper()
	ln, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{ca.Issue(t, cert)}, MinVersion: tls.VersionTLS12})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ln.Close() })
	count := make(chan int, 1)
	count <- 0
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			count <- <-count + 1
			go relay(conn, backend)
		}
	}()
	return ln.Addr().String(), func() int { n := <-count; count <- n; return n }
}

// relay hands what comes to the backend over TCP, and back.
func relay(conn net.Conn, backend string) {
	defer func() { _ = conn.Close() }()
	up, err := new(net.Dialer).DialContext(context.Background(), "tcp", backend)
	if err != nil {
		return
	}
	defer func() { _ = up.Close() }()
	go func() { _, _ = io.Copy(up, conn) }()
	_, _ = io.Copy(conn, up)
}

func TestLookupOverTLS(t *testing.T) {
	ca := mailtest.NewCA(t)
	backend := mailtest.StartDNS(t, "example.com. IN MX 10 mx.example.com.\n! * * ad")
	addr, connections := tlsFront(t, ca, mailtest.Cert{Names: []string{"127.0.0.1"}}, backend.Addr)
	c := secureClient(t, "tls://"+addr, ca)
	for range 3 {
		a := c.Lookup(t.Context(), "example.com", probes.TypeMX)
		if len(a.Records) != 1 || a.Transport != probes.TLS || !a.Authentic {
			t.Fatalf("got %+v", a)
		}
	}
	if n := connections(); n != 1 {
		t.Errorf("three questions took %d connections, want 1", n)
	}
	other, _ := tlsFront(t, ca, mailtest.Cert{Names: []string{"dns.example.net"}}, backend.Addr)
	if a := secureClient(t, "tls://"+other, ca).Lookup(t.Context(), "example.com", probes.TypeMX); a.Failure != probes.FailureTLS {
		t.Errorf("with a certificate for another name: failure %q (%s), want tls", a.Failure, a.Detail)
	}
	if a := secureClient(t, "tls://"+backend.Addr, ca).Lookup(t.Context(), "example.com", probes.TypeMX); a.Failure == "" {
		t.Error("a server without TLS was believed")
	}
}

// answerHTTPS answers a question as DNS over HTTPS.
func answerHTTPS(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 4096))
	q := new(dns.Msg)
	if err != nil || q.Unpack(body) != nil || r.URL.Path != "/dns-query" || r.Header.Get("Content-Type") != "application/dns-message" {
		http.Error(w, "bad question", http.StatusBadRequest)
		return
	}
	reply := new(dns.Msg).SetReply(q)
	rr, _ := dns.NewRR(q.Question[0].Name + " 60 IN MX 10 mx.example.com.")
	reply.Answer = []dns.RR{rr}
	switch q.Question[0].Name {
	case "huge.example.":
		_, _ = w.Write(make([]byte, 1<<20))
		return
	case "other.example.":
		reply.Question[0].Name = "example.com."
	case "redirect.example.":
		http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
		return
	}
	packed, _ := reply.Pack()
	w.Header().Set("Content-Type", "application/dns-message")
	_, _ = w.Write(packed)
}

func TestLookupOverHTTPS(t *testing.T) {
	ca := mailtest.NewCA(t)
	s := httptest.NewUnstartedServer(http.HandlerFunc(answerHTTPS))
	s.TLS = &tls.Config{Certificates: []tls.Certificate{ca.Issue(t, mailtest.Cert{Names: []string{"127.0.0.1"}})}, MinVersion: tls.VersionTLS12}
	s.EnableHTTP2 = true
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	c := secureClient(t, strings.TrimSuffix(s.URL, "/"), ca)
	if a := c.Lookup(t.Context(), "example.com", probes.TypeMX); len(a.Records) != 1 || a.Transport != probes.HTTPS {
		t.Errorf("got %+v", a)
	}
	for _, name := range []string{"huge.example", "other.example", "redirect.example"} {
		if a := c.Lookup(t.Context(), name, probes.TypeMX); a.Failure != probes.FailureMalformed {
			t.Errorf("%s: failure %q (%s), want malformed", name, a.Failure, a.Detail)
		}
	}
	stranger := mailtest.NewCA(t)
	if a := secureClient(t, s.URL, stranger).Lookup(t.Context(), "example.com", probes.TypeMX); a.Failure != probes.FailureTLS {
		t.Errorf("with an unknown authority: failure %q (%s), want tls", a.Failure, a.Detail)
	}
}

func TestLookupOverTCPOfHostileServers(t *testing.T) {
	for name, tc := range map[string]struct {
		send    []byte
		failure probes.Failure
	}{
		"closes at once":  {nil, probes.FailureUnreachable},
		"half an answer":  {[]byte{0x10, 0, 1, 2, 3}, probes.FailureUnreachable},
		"no DNS at all":   {append([]byte{0, 20}, "HTTP/1.1 400 Bad Req"...), probes.FailureMalformed},
		"an empty answer": {[]byte{0, 0}, probes.FailureMalformed},
		"another ID":      {binary.BigEndian.AppendUint16([]byte{0, 12}, 1), probes.FailureUnreachable},
	} {
		ln, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = ln.Close() })
		go func() {
			for {
				conn, err := ln.Accept()
				if err != nil {
					return
				}
				_, _ = io.ReadFull(conn, make([]byte, 12))
				_, _ = conn.Write(tc.send)
				_ = conn.Close()
			}
		}()
		if a := clientAt(t, "tcp://"+ln.Addr().String(), 5*time.Second).Lookup(t.Context(), "example.com", probes.TypeMX); a.Failure != tc.failure {
			t.Errorf("%s: failure %q (%s), want %q", name, a.Failure, a.Detail, tc.failure)
		}
	}
}
