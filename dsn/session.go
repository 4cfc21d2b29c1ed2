package dsn

import (
	"strings"

	"github.com/smtpdiag/smtpdiag/smtp"
)

// explainSession adds to a recipient what a transcript in the body tells of it,
// with the client's lines behind "-->" or ">>>" and the server's behind "<--"
// or "<<<", and perhaps a time in front. total is how many recipients the
// report has.
func (m *message) explainSession(c *Recipient, total int) {
	b := &m.body
	var host, command string
	var reply []string
	at := -1
	for pos := 0; pos < len(b.text); {
		s := b.lineFrom(pos)
		pos = s.next
		line := b.words(s)
		if client, ok := cutArrow(line, "-->", ">>>"); ok {
			command = client
			continue
		}
		if h := connecting(line); h != "" {
			host = h
			continue
		}
		server, ok := cutArrow(line, "<--", "<<<")
		if !ok {
			continue
		}
		code, _, _, isReply := smtp.CutCode(server)
		if !isReply || code < 400 || isEcho(server) {
			continue
		}
		stage, rcpt := commandStage(command, smtp.StageBanner)
		if rcpt != "" && total > 1 && !strings.EqualFold(rcpt, c.Final) {
			continue
		}
		if len(reply) > 0 && sameReply(reply[len(reply)-1], server) {
			reply = append(reply, server)
			continue
		}
		reply, at, c.Stage = []string{server}, s.start, stage
	}
	if len(reply) > 0 {
		c.Diagnostic, c.reply = strings.Join(reply, "\n"), b.at(at)
	}
	if host != "" && c.Remote == (Host{}) {
		c.setHost(host)
	}
}

// cutArrow gives what stands behind one of two arrows in a line, if it has one
// near its start.
func cutArrow(line, a, b string) (string, bool) {
	for _, arrow := range []string{a, b} {
		if n := strings.Index(line, arrow); n >= 0 && n < 48 {
			return strings.TrimSpace(line[n+len(arrow):]), true
		}
	}
	return "", false
}

// connecting gives the host that a line of a transcript tries to reach.
func connecting(line string) string {
	lower := lowerASCII(line)
	for _, w := range []string{"smtp connection to ", "connecting to ", "connection established to "} {
		if n := strings.Index(lower, w); n >= 0 {
			return trimPort(strings.TrimSpace(line[n+len(w):]))
		}
	}
	return ""
}

// trimPort takes the port from "[mx.example.com : 25]", as MDaemon writes it.
func trimPort(host string) string {
	if inner, ok := strings.CutPrefix(host, "["); ok {
		if name, _, ok := strings.Cut(inner, " : "); ok {
			return name
		}
	}
	return host
}
