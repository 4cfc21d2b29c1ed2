package probes

import (
	"bufio"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/smtpdiag/smtpdiag/internal/mailtest"
)

// BenchmarkSession compares a recorded session on loopback with the same
// commands over a bare TCP connection, and prints the ratio.
func BenchmarkSession(b *testing.B) {
	server := mailtest.ServeSMTP(b, "C: EHLO *\nS: 250-mx1\nS: 250 SIZE 1000000", nil)
	p := plan(server, "user@example.com")
	var bare, recorded time.Duration
	for b.Loop() {
		begun := time.Now()
		bareDialogue(b, server.Addr)
		between := time.Now()
		if s := Run(b.Context(), p); s.Fault != nil || !s.Recipients[0].Accepted() {
			b.Fatalf("%+v", s.Fault)
		}
		bare += between.Sub(begun)
		recorded += time.Since(between)
	}
	b.ReportMetric(float64(recorded)/float64(bare), "x-bare")
	b.ReportMetric(float64(recorded.Microseconds())/float64(b.N), "us/session")
	b.ReportMetric(float64(bare.Microseconds())/float64(b.N), "us/bare")
}

// bareDialogue says what a session says and records nothing.
func bareDialogue(b *testing.B, addr string) {
	b.Helper()
	var dialer net.Dialer
	conn, err := dialer.DialContext(b.Context(), "tcp", addr)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	lines := bufio.NewReader(conn)
	for _, command := range []string{
		"", "EHLO prober.example.net", "MAIL FROM:<probe@example.net>", "RCPT TO:<user@example.com>", "RSET", "QUIT",
	} {
		if command != "" {
			if _, err := fmt.Fprintf(conn, "%s\r\n", command); err != nil {
				b.Fatal(err)
			}
		}
		for {
			line, err := lines.ReadString('\n')
			if err != nil {
				b.Fatal(err)
			}
			if !strings.HasPrefix(line[3:], "-") {
				break
			}
		}
	}
}
