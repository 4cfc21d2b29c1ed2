package probes

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/miekg/dns"
)

// maxMessage is the largest DNS message (RFC 1035, section 4.2.2).
const maxMessage = 65535

// maxIdle is how many connections a client keeps between questions.
const maxIdle = 4

// exchangeUDP sends the question and waits for its answer, and sends it again
// after a quarter and after half of the time. Datagrams that don't answer the
// question are counted and passed over, so that neither a stray packet nor a
// forged one ends the wait.
func (c *Client) exchangeUDP(ctx context.Context, q *dns.Msg, answer *Answer) (*dns.Msg, error) {
	packed, err := q.Pack()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errMalformed, err)
	}
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "udp", c.server.Address)
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Close() }() // a datagram socket has nothing to flush
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()

	begin := time.Now()
	resend := []time.Time{begin.Add(c.timeout / 4), begin.Add(c.timeout / 2), begin.Add(2 * c.timeout)}
	buf := make([]byte, maxMessage)
	for _, until := range resend {
		if _, err := conn.Write(packed); err != nil {
			return nil, err
		}
		if err := conn.SetReadDeadline(until); err != nil {
			return nil, err
		}
		// The context may have ended before the deadline was moved.
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		reply, err := readUDP(conn, buf, q, answer)
		if err == nil {
			return reply, nil
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if !errors.Is(err, os.ErrDeadlineExceeded) {
			return nil, err
		}
	}
	return nil, context.DeadlineExceeded
}

// readUDP reads until a datagram answers the question.
func readUDP(conn net.Conn, buf []byte, q *dns.Msg, answer *Answer) (*dns.Msg, error) {
	for {
		n, err := conn.Read(buf)
		if err != nil {
			return nil, err
		}
		reply := new(dns.Msg)
		if err := reply.Unpack(buf[:n]); err != nil && !reply.Truncated || !answers(reply, q) {
			answer.Ignored++
			continue
		}
		return reply, nil
	}
}

// answers reports whether reply is one to q: the ID and the question are those
// sent (RFC 5452, section 9.1). An error may leave out the question.
func answers(reply, q *dns.Msg) bool {
	if !reply.Response || reply.Id != q.Id || reply.Opcode != q.Opcode {
		return false
	}
	if len(reply.Question) == 0 {
		return reply.Rcode != dns.RcodeSuccess && reply.Rcode != dns.RcodeNameError
	}
	got, sent := reply.Question[0], q.Question[0]
	return len(reply.Question) == 1 && got.Qtype == sent.Qtype && got.Qclass == sent.Qclass &&
		strings.EqualFold(got.Name, sent.Name)
}

// exchangeTCP opens a connection for one question.
func (c *Client) exchangeTCP(ctx context.Context, q *dns.Msg) (*dns.Msg, error) {
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "tcp", c.server.Address)
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Close() }() // the answer is in hand or lost
	return exchangeStream(ctx, conn, q)
}

// exchangeTLS asks over a kept connection if there is one that still works,
// else over a new one.
func (c *Client) exchangeTLS(ctx context.Context, q *dns.Msg) (*dns.Msg, error) {
	if conn := c.takeIdle(); conn != nil {
		if reply, err := exchangeStream(ctx, conn, q); err == nil {
			c.keepIdle(conn)
			return reply, nil
		}
		_ = conn.Close() // the server may have closed it long ago
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	host, _, err := net.SplitHostPort(c.server.Address)
	if err != nil {
		return nil, err
	}
	dialer := tls.Dialer{Config: &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12, RootCAs: c.roots}}
	conn, err := dialer.DialContext(ctx, "tcp", c.server.Address)
	if err != nil {
		return nil, err
	}
	reply, err := exchangeStream(ctx, conn, q)
	if err != nil {
		_ = conn.Close() // the error is already known
		return nil, err
	}
	c.keepIdle(conn)
	return reply, nil
}

// takeIdle gives a kept connection, or nil.
func (c *Client) takeIdle() net.Conn {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.idle) == 0 {
		return nil
	}
	conn := c.idle[len(c.idle)-1]
	c.idle = c.idle[:len(c.idle)-1]
	return conn
}

// keepIdle keeps a connection for the next question.
func (c *Client) keepIdle(conn net.Conn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.idle) >= maxIdle {
		_ = conn.Close() // enough are kept
		return
	}
	c.idle = append(c.idle, conn)
}

// exchangeStream sends the question with its length in front and reads the
// answer (RFC 1035, section 4.2.2).
func exchangeStream(ctx context.Context, conn net.Conn, q *dns.Msg) (*dns.Msg, error) {
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	packed, err := q.Pack()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errMalformed, err)
	}
	framed := append(binary.BigEndian.AppendUint16(nil, uint16(len(packed))), packed...)
	if _, err := conn.Write(framed); err != nil {
		return nil, streamError(ctx, err)
	}
	var length [2]byte
	if _, err := io.ReadFull(conn, length[:]); err != nil {
		return nil, streamError(ctx, err)
	}
	body := make([]byte, binary.BigEndian.Uint16(length[:]))
	if _, err := io.ReadFull(conn, body); err != nil {
		return nil, streamError(ctx, err)
	}
	return unpack(body, q)
}

// streamError prefers the reason that the context gives, and names a
// connection that was closed.
func streamError(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errClosed
	}
	return err
}

// unpack reads the answer to q from a whole message.
func unpack(body []byte, q *dns.Msg) (*dns.Msg, error) {
	reply := new(dns.Msg)
	if err := reply.Unpack(body); err != nil {
		return nil, fmt.Errorf("%w: %w", errMalformed, err)
	}
	if !answers(reply, q) {
		return nil, errMalformed
	}
	return reply, nil
}

// exchangeHTTPS posts the question, RFC 8484 section 4.1.
func (c *Client) exchangeHTTPS(ctx context.Context, q *dns.Msg) (*dns.Msg, error) {
	q = q.Copy()
	q.Id = 0 // RFC 8484, section 4.1: HTTP pairs question and answer
	packed, err := q.Pack()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errMalformed, err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.server.URL, bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/dns-message")
	req.Header.Set("Accept", "application/dns-message")
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }() // the body was read as far as it is wanted
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%w: HTTP status %d", errMalformed, resp.StatusCode)
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxMessage+1))
	if err != nil {
		return nil, streamError(ctx, err)
	}
	if len(body) > maxMessage {
		return nil, fmt.Errorf("%w: it is longer than a DNS message can be", errMalformed)
	}
	return unpack(body, q)
}
