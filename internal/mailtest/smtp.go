package mailtest

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"
)

// SMTPServer plays a Conversation to every client that connects, on a loopback
// address. What it is not told to answer it answers as a plain server would:
// 250 to EHLO, HELO, MAIL, RCPT, RSET and NOOP, 221 to QUIT, 500 to the rest.
type SMTPServer struct {
	// Addr is where it listens, "127.0.0.1:PORT".
	Addr string

	talk     *Conversation
	certs    map[string]tls.Certificate
	listener net.Listener
	done     chan struct{}
	wg       sync.WaitGroup

	mu       sync.Mutex
	matches  map[string]int // how often a pattern matched, over all sessions
	sessions []*session
	open     map[net.Conn]bool
	peak     int
}

// session is what one client said.
type session struct {
	commands []string
	ended    bool
}

// ServeSMTP starts a server that plays the conversation and stops it when the
// test ends. certs holds the certificates that "! tls NAME" may name.
func ServeSMTP(tb testing.TB, conversation string, certs map[string]tls.Certificate) *SMTPServer {
	tb.Helper()
	s, err := ListenSMTP("127.0.0.1:0", conversation, certs)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(s.Close)
	return s
}

// ListenSMTP starts a server on addr. The caller closes it.
func ListenSMTP(addr, conversation string, certs map[string]tls.Certificate) (*SMTPServer, error) {
	talk, err := ParseConversation(conversation)
	if err != nil {
		return nil, err
	}
	for _, name := range talk.certificates() {
		if _, ok := certs[name]; !ok {
			return nil, fmt.Errorf("the conversation names the certificate %q, which is not given", name)
		}
	}
	var config net.ListenConfig
	listener, err := config.Listen(context.Background(), "tcp", addr)
	if err != nil {
		return nil, err
	}
	s := &SMTPServer{
		Addr: listener.Addr().String(), talk: talk, certs: certs, listener: listener,
		done: make(chan struct{}), matches: map[string]int{}, open: map[net.Conn]bool{},
	}
	s.wg.Go(s.accept)
	return s, nil
}

// Close ends all sessions and waits for them.
func (s *SMTPServer) Close() {
	close(s.done)
	_ = s.listener.Close()
	s.mu.Lock()
	for conn := range s.open {
		_ = conn.Close()
	}
	s.mu.Unlock()
	s.wg.Wait()
}

// Port gives the port as a number.
func (s *SMTPServer) Port() uint16 {
	return uint16(s.listener.Addr().(*net.TCPAddr).Port) //nolint:gosec // a port fits
}

// Commands gives what each client said so far, one slice a session, in the
// order of the connections.
func (s *SMTPServer) Commands() [][]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([][]string, len(s.sessions))
	for i, session := range s.sessions {
		out[i] = append([]string{}, session.commands...)
	}
	return out
}

// Peak gives the greatest number of sessions that were open at once.
func (s *SMTPServer) Peak() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.peak
}

// Open gives the number of sessions that are open now.
func (s *SMTPServer) Open() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.open)
}

func (s *SMTPServer) accept() {
	for {
		conn, err := s.listener.Accept()
		if err != nil {
			return
		}
		s.mu.Lock()
		session := &session{}
		s.sessions = append(s.sessions, session)
		s.open[conn] = true
		s.peak = max(s.peak, len(s.open))
		s.mu.Unlock()
		s.wg.Go(func() {
			s.serve(conn, session)
			_ = conn.Close()
			s.mu.Lock()
			session.ended = true
			delete(s.open, conn)
			s.mu.Unlock()
		})
	}
}

// peer is a connection while it is served.
type peer struct {
	server *SMTPServer
	raw    net.Conn
	conn   net.Conn
	reader *bufio.Reader
}

// errOver ends a session.
var errOver = errors.New("the session is over")

func (s *SMTPServer) serve(conn net.Conn, session *session) {
	p := &peer{server: s, raw: conn, conn: conn, reader: bufio.NewReader(conn)}
	opening := s.talk.opening
	if opening == nil {
		opening = []action{{kind: "say", text: "220 scripted.example ESMTP\r\n"}}
	}
	if p.play(opening) != nil {
		return
	}
	for {
		line, err := p.reader.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimRight(line, "\r\n")
		s.mu.Lock()
		session.commands = append(session.commands, line)
		s.mu.Unlock()
		if p.play(s.answer(line)) != nil {
			return
		}
	}
}

// answer chooses the block for a command. Blocks with the same pattern are used
// one after another, the last one for good, over all sessions: a greylisting
// server is two blocks.
func (s *SMTPServer) answer(line string) []action {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []block
	for _, b := range s.talk.blocks {
		if (len(found) == 0 || b.pattern == found[0].pattern) && match(strings.ToUpper(b.pattern), strings.ToUpper(line)) {
			found = append(found, b)
		}
	}
	if len(found) == 0 {
		return defaultAnswer(line)
	}
	n := s.matches[found[0].pattern]
	s.matches[found[0].pattern]++
	return found[min(n, len(found)-1)].actions
}

func defaultAnswer(line string) []action {
	verb, _, _ := strings.Cut(strings.ToUpper(line), " ")
	switch verb {
	case "EHLO", "HELO", "MAIL", "RCPT", "RSET", "NOOP":
		return []action{{kind: "say", text: "250 2.0.0 Ok\r\n"}}
	case "QUIT":
		return []action{{kind: "say", text: "221 2.0.0 Bye\r\n"}, {kind: "close"}}
	}
	return []action{{kind: "say", text: "500 5.5.2 Command not known\r\n"}}
}

// play carries out the actions of one block.
func (p *peer) play(actions []action) error {
	for i := 0; i < len(actions); i++ {
		a := actions[i]
		// Neighbouring lines leave in one write, as a real server sends them.
		for a.kind == "say" && i+1 < len(actions) && actions[i+1].kind == "say" {
			i++
			a.text += actions[i].text
		}
		if err := p.do(a); err != nil {
			return err
		}
	}
	return nil
}

func (p *peer) do(a action) error {
	switch a.kind {
	case "say":
		_, err := io.WriteString(p.conn, a.text)
		return err
	case "wait":
		return p.sleep(a.every)
	case "stall":
		_, _ = io.Copy(io.Discard, p.conn) // until the client gives up
		return errOver
	case "close":
		return errOver
	case "reset":
		if tcp, ok := p.raw.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0)
		}
		return errOver
	case "drip":
		for i := range len(a.text) {
			if _, err := io.WriteString(p.conn, a.text[i:i+1]); err != nil {
				return err
			}
			if err := p.sleep(a.every); err != nil {
				return err
			}
		}
		return nil
	case "repeat":
		for n := 0; a.times == 0 || n < a.times; n++ {
			if _, err := io.WriteString(p.conn, a.text); err != nil {
				return err
			}
		}
		return nil
	case "tls":
		conn := tls.Server(p.conn, &tls.Config{Certificates: []tls.Certificate{p.server.certs[a.text]}, MinVersion: tls.VersionTLS12})
		if err := conn.HandshakeContext(context.Background()); err != nil {
			return err
		}
		p.conn, p.reader = conn, bufio.NewReader(conn)
		return nil
	}
	return fmt.Errorf("unknown action %q", a.kind)
}

// sleep waits, but no longer than the server lives.
func (p *peer) sleep(d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-p.server.done:
		return errOver
	}
}
