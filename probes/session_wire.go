package probes

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"syscall"
	"time"

	"github.com/smtpdiag/smtpdiag/smtp"
)

// What a server may send. RFC 5321 section 4.5.3.1.5 allows 512 bytes a reply
// line; real servers go over it, and none needs more than these.
const (
	maxLineBytes    = 4 << 10
	maxReplyLines   = 256
	maxReplyBytes   = 64 << 10
	maxSessionBytes = 512 << 10
	maxCommandBytes = 1000
)

// wire reads replies from a connection and writes commands to it, within
// limits of size and time.
type wire struct {
	ctx   context.Context //nolint:containedctx // lives as long as the dialogue, which is one call
	raw   net.Conn        // the TCP connection, for deadlines
	conn  net.Conn        // the same, or the TLS connection over it
	buf   []byte          // what was read and not yet used
	total int             // bytes read in the session
	// unsolicited takes lines that came unasked.
	unsolicited []string
}

// until sets the deadline for all reads and writes of one step. It covers the
// whole reply, so that a server that sends a byte a second gains nothing. A
// canceled context puts it in the past.
func (w *wire) until(deadline time.Time) {
	_ = w.raw.SetDeadline(deadline) // a closed connection says so at the next read
	if w.ctx.Err() != nil {
		_ = w.raw.SetReadDeadline(time.Unix(1, 0))
	}
}

// fill reads once more from the connection.
func (w *wire) fill() error {
	var chunk [4096]byte
	quickAck(w.raw)
	n, err := w.conn.Read(chunk[:])
	w.total += n
	w.buf = append(w.buf, chunk[:n]...)
	if n > 0 {
		return nil
	}
	return err
}

// line takes one line, without its end, RFC 5321 section 2.3.8. On an error it
// gives what came of the line.
func (w *wire) line() (string, error) {
	seen := 0
	for {
		if i := bytes.IndexByte(w.buf[seen:], '\n'); i >= 0 && seen+i <= maxLineBytes {
			text := string(bytes.TrimRight(w.buf[:seen+i], "\r"))
			w.buf = w.buf[seen+i+1:]
			return text, nil
		}
		seen = len(w.buf)
		if seen > maxLineBytes {
			return string(w.buf[:256]), &FaultError{Kind: FaultTooLong, Text: fmt.Sprintf("a reply line is longer than %d bytes", maxLineBytes)}
		}
		if w.total > maxSessionBytes {
			return string(w.buf), &FaultError{Kind: FaultTooLong, Text: fmt.Sprintf("the server sent more than %d KiB", maxSessionBytes>>10)}
		}
		if err := w.fill(); err != nil {
			rest := string(bytes.TrimRight(w.buf, "\r"))
			w.buf = nil
			return rest, err
		}
	}
}

// reply reads one whole reply. What came before an error stays in it.
func (w *wire) reply() (smtp.Reply, error) {
	var lines []string
	size, last := 0, 0
	for {
		line, err := w.line()
		if line != "" || err == nil {
			lines = append(lines, line)
		}
		if err != nil {
			return assemble(lines, 0), err
		}
		size += len(line)
		code, more, _, ok := smtp.CutCode(line)
		switch {
		case ok:
			last = code
		case last == 0:
			return assemble(lines, 0), &FaultError{Kind: FaultGarbage, Text: "what the server sent is no SMTP reply"}
		default:
			// A continuation line without its code breaks RFC 5321 section
			// 4.2.1; the reply still ends with a line that has one.
			more = true
		}
		if !more {
			return assemble(lines, last), nil
		}
		if len(lines) >= maxReplyLines || size > maxReplyBytes {
			return assemble(lines, 0), &FaultError{Kind: FaultTooLong, Text: fmt.Sprintf("a reply has more than %d lines or %d KiB", maxReplyLines, maxReplyBytes>>10)}
		}
	}
}

// assemble makes a reply of its lines. Where the lines have different codes,
// against RFC 5321 section 4.2.1, the last one stands.
func assemble(lines []string, code int) smtp.Reply {
	r := smtp.ParseReply(strings.Join(lines, "\n"))
	r.Lines = lines
	if code != 0 {
		r.Code = code
	}
	return r
}

// drain takes whole lines that are in the buffer before a command is sent:
// nothing was asked, so they must not be taken for its answer. A 421 is given
// back, since it ends the session.
func (w *wire) drain() (goodbye smtp.Reply) {
	for {
		i := bytes.IndexByte(w.buf, '\n')
		if i < 0 {
			return goodbye
		}
		text := string(bytes.TrimRight(w.buf[:i], "\r"))
		w.buf = w.buf[i+1:]
		if len(w.unsolicited) < maxReplyLines {
			w.unsolicited = append(w.unsolicited, text)
		}
		if code, _, _, ok := smtp.CutCode(text); ok && code == 421 {
			goodbye = assemble([]string{text}, code)
		}
	}
}

// errForbiddenByte says that a command would hold a control character.
var errForbiddenByte = errors.New("a command must not hold control characters")

// command sends one line. No CR, LF, NUL or other control character ever
// reaches the server: one in an address would be a command of somebody else's.
func (w *wire) command(line string) error {
	if len(line) > maxCommandBytes {
		return &FaultError{Kind: FaultLocal, Text: fmt.Sprintf("the command is longer than %d bytes", maxCommandBytes)}
	}
	if hasControl(line) {
		return &FaultError{Kind: FaultLocal, Text: errForbiddenByte.Error()}
	}
	_, err := io.WriteString(w.conn, line+"\r\n")
	return err
}

// roundTrip sends a command, "" for none, and reads the reply. After a write
// that the network refused, the server's last words may still be there to read:
// a 421 before the connection went down.
func (w *wire) roundTrip(command string) (smtp.Reply, error) {
	var sendErr error
	if command != "" {
		sendErr = w.command(command)
	}
	if fault := (*FaultError)(nil); errors.As(sendErr, &fault) {
		return smtp.Reply{}, sendErr
	}
	reply, err := w.reply()
	if sendErr != nil && reply.Code == 0 {
		err = sendErr
	}
	return reply, err
}

// hasControl reports whether s holds a control character of ASCII.
func hasControl(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f }) >= 0
}

// isAlert reports whether the server ended the TLS connection with an alert, as
// one does after a handshake of TLS 1.3 that lacks a client certificate.
func isAlert(err error) bool {
	_, ok := errors.AsType[tls.AlertError](err)
	if opErr, isOp := errors.AsType[*net.OpError](err); isOp && opErr.Op == "remote error" {
		return true
	}
	return ok
}

// faultOf tells network errors apart.
func faultOf(ctx context.Context, err error) *FaultError {
	var fault *FaultError
	var netErr net.Error
	switch {
	case errors.As(err, &fault):
		copied := *fault
		return &copied
	case ctx.Err() != nil && !errors.Is(ctx.Err(), context.DeadlineExceeded):
		return &FaultError{Kind: FaultCanceled, Text: "stopped by the user"}
	case isAlert(err):
		return &FaultError{Kind: FaultTLS, Text: "the server ended TLS: " + strings.TrimPrefix(err.Error(), "remote error: tls: ")}
	case errors.Is(err, syscall.ECONNREFUSED):
		return &FaultError{Kind: FaultRefused, Text: "connection refused"}
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return &FaultError{Kind: FaultUnreachable, Text: "no route to host"}
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return &FaultError{Kind: FaultDropped, Text: "connection reset by the server"}
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return &FaultError{Kind: FaultDropped, Text: "connection closed by the server"}
	case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, syscall.ETIMEDOUT), errors.As(err, &netErr) && netErr.Timeout():
		return &FaultError{Kind: FaultTimeout, Text: "timed out"}
	case errors.Is(err, syscall.EADDRNOTAVAIL), errors.Is(err, os.ErrPermission), errors.Is(err, syscall.EINVAL):
		return &FaultError{Kind: FaultLocal, Text: "this machine cannot open the connection: " + err.Error()}
	}
	return &FaultError{Kind: FaultDropped, Text: err.Error()}
}
