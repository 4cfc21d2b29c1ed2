package postfix

import (
	"strconv"
	"strings"

	"github.com/smtpdiag/smtpdiag/smtp"
)

// parseSession reads what smtpd counts of a session in which a MAIL FROM or
// RCPT TO was refused, "disconnect from host[ip] ehlo=1 mail=0/1 rset=0/1 quit=1
// commands=2/4" (Postfix 3.0). Some refusals are logged nowhere else.
func parseSession(e *Event, s string) bool {
	end := strings.LastIndexByte(s, ']')
	if end < 0 || strings.IndexByte(s[end:], '/') < 0 {
		return false
	}
	counts := s[end+1:]
	mail, rcpt := refused(counts, " mail="), refused(counts, " rcpt=")
	switch {
	case mail > 0: // what follows a MAIL FROM that was refused is out of order
		e.Stage, e.Recipients = smtp.StageMail, mail
	case rcpt > 0:
		e.Stage, e.Recipients = smtp.StageRcpt, rcpt
	default:
		return false
	}
	e.Kind, e.Reason = EventSession, strings.TrimSpace(counts)
	e.ClientName, e.ClientIP = peer(s[:end+1])
	return true
}

// refused gives how many of the commands were refused, of "mail=1/3" two.
func refused(counts, name string) int {
	_, rest, ok := strings.Cut(counts, name)
	if !ok {
		return 0
	}
	rest, _, _ = strings.Cut(rest, " ")
	done, all, ok := strings.Cut(rest, "/")
	if !ok {
		return 0
	}
	n, err := strconv.Atoi(all)
	m, err2 := strconv.Atoi(done)
	if err != nil || err2 != nil {
		return 0
	}
	return max(0, n-m)
}
