package postfix

import (
	"strings"

	"github.com/smtpdiag/smtpdiag/smtp"
)

// Exim's main log is no syslog: a line is a stamp without a host, perhaps a
// process id in brackets, a message id where there is a message, and what
// happened:
//
//	2026-01-04 09:42:11 1vcA2x-0001Bx-2Q ** user@example.com R=dnslookup T=remote_smtp H=mx.example.com [192.0.2.7]: reason
//	2026-01-04 09:42:11 H=mx.example.net [192.0.2.25] F=<a@example.net> rejected RCPT <b@example.com>: reason

// eximID reads a message id: 6-6-2 letters and digits, or 6-11-4 since 4.97.
func eximID(s string) (id, rest string, ok bool) {
	id, rest, ok = strings.Cut(s, " ")
	if !ok || len(id) != 16 && len(id) != 23 || id[6] != '-' || id[len(id)-3] != '-' && id[len(id)-5] != '-' {
		return "", s, false
	}
	for _, c := range []byte(id) {
		if c != '-' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return "", s, false
		}
	}
	return id, rest, true
}

// eximLine reads what follows the stamp of a line of Exim's main log, or of
// Exim in syslog behind its tag.
func eximLine(e *Event, s string) bool {
	if strings.HasPrefix(s, "[") { // log_selector +pid
		if n := strings.Index(s, "] "); n > 0 {
			s = s[n+2:]
		}
	}
	id, rest, ok := eximID(s)
	if ok {
		e.QueueID, s = id, rest
		e.Instance, e.Program = "exim", "exim"
		switch {
		case strings.HasPrefix(s, "** "):
			return eximDelivery(e, EventBounced, s[3:])
		case strings.HasPrefix(s, "== "):
			return eximDelivery(e, EventDeferred, s[3:])
		case strings.HasPrefix(s, "=> "), strings.HasPrefix(s, "-> "):
			return eximDelivery(e, EventSent, s[3:])
		case strings.HasPrefix(s, "<= "):
			return eximArrival(e, s[3:])
		case s == "Completed":
			e.Kind = EventRemoved
			return true
		}
	}
	if !ok && !eximStarts(s) {
		return false
	}
	e.Instance, e.Program = "exim", "exim"
	if strings.HasPrefix(s, "Connection from ") || strings.HasPrefix(s, "refused connection from ") {
		return eximConnection(e, s)
	}
	return eximRefusal(e, s)
}

// eximStarts reports whether a line without a message id begins as one that
// may tell of a refusal.
func eximStarts(s string) bool {
	for _, start := range []string{"H=", "SMTP ", "unexpected ", "U=", "rejected ", "temporarily rejected ", "Connection from ", "refused connection from ", "no host name found "} {
		if strings.HasPrefix(s, start) {
			return true
		}
	}
	return false
}

// eximConnection reads what the daemon logs of a connection that it did not
// take, "Connection from [192.0.2.25] refused: too many connections from that
// IP address" and "refused connection from H=[192.0.2.25]
// (host_reject_connection)". The replies are 421 but for the last, which is 554
// (Exim specification, chapters 14 and 45).
func eximConnection(e *Event, s string) bool {
	peerWords, reason, ok := strings.Cut(s, " refused: ")
	code := "421 "
	if !ok {
		peerWords, reason, ok = strings.Cut(s, " (")
		reason, code = strings.TrimSuffix(reason, ")"), "554 "
	}
	if !ok {
		return false
	}
	e.Kind, e.Gate, e.Stage, e.Reason = EventReject, "reject", smtp.StageBanner, code+reason
	e.ClientName, e.ClientIP = eximHost(peerWords)
	if e.ClientIP == "" {
		_, e.ClientIP = peer(peerWords)
		e.ClientName = "unknown"
	}
	return true
}

// eximArrival reads "<= sender H=host [ip] P=esmtp S=1234 id=a@b".
func eximArrival(e *Event, s string) bool {
	e.Kind = EventAccepted
	e.Sender, s, _ = strings.Cut(s, " ")
	e.HasSender = true
	if e.Sender == "<>" {
		e.Sender = ""
	}
	e.ClientName, e.ClientIP = eximHost(s)
	e.Size = integer(s, " S=")
	if n := strings.Index(s, " id="); n >= 0 {
		e.MessageID, _, _ = strings.Cut(s[n+4:], " ")
	}
	return true
}

// eximDelivery reads "addr <orig> F=<sender> R=router T=transport H=host
// [ip]: reason". Exim writes the reason behind a colon and a blank, or in
// "C=" for a delivery, or "defer (-44): reason".
func eximDelivery(e *Event, kind EventKind, s string) bool {
	e.Kind = kind
	addr, rest, _ := strings.Cut(s, " ")
	e.Recipient = strings.TrimSuffix(addr, ":")
	if strings.HasPrefix(rest, "<") { // the address before aliases
		if n := strings.IndexByte(rest, '>'); n > 0 {
			e.OrigTo = rest[1:n]
			rest = strings.TrimPrefix(rest[n+1:], " ")
		}
	}
	if strings.HasSuffix(addr, ":") {
		rest = ": " + rest
	}
	e.Sender, e.HasSender = bracket(rest, "F=<")
	name, ip := eximHost(rest)
	if ip != "" {
		e.Relay = name + "[" + ip + "]"
	} else {
		e.Relay = eximField(rest, "T=") // delivered here: the transport stands for the relay
	}
	if kind == EventSent {
		if n := strings.Index(rest, ` C="`); n >= 0 {
			e.Reason = strings.TrimSuffix(rest[n+4:], `"`)
			if k := strings.Index(e.Reason, "id="); k >= 0 {
				e.NextID, _, _ = strings.Cut(e.Reason[k+3:], `"`)
			}
		}
		return true
	}
	head, reason, ok := strings.Cut(rest, ": ")
	if !ok {
		head, reason = "", rest
	}
	reason, _, _ = strings.Cut(reason, " DT=")
	if n := strings.Index(head, " defer ("); n >= 0 {
		// "defer (111): Connection refused" and "defer (-44) H=...: reason".
		if !ok {
			reason = head[n+1:]
		}
	}
	if ip != "" && !strings.Contains(reason, ip) {
		reason = "host " + name + " [" + ip + "]: " + reason
	}
	e.Reason = reason
	e.DSN = smtp.ParseQuoted(reason).Reply.Enhanced
	return true
}

// eximField gives the word behind " name=", "" where there is none.
func eximField(s, name string) string {
	n := strings.Index(s, " "+name)
	if n < 0 && strings.HasPrefix(s, name) {
		n = -1
	} else if n < 0 {
		return ""
	}
	v, _, _ := strings.Cut(s[n+1+len(name):], " ")
	return strings.TrimSuffix(v, ":")
}

// eximHost reads "H=name (helo) [ip]:port" or "H=(helo) [ip]".
func eximHost(s string) (name, ip string) {
	n := strings.Index(s, "H=")
	if n < 0 || n > 0 && s[n-1] != ' ' {
		return "", ""
	}
	s = s[n+2:]
	if !strings.HasPrefix(s, "(") && !strings.HasPrefix(s, "[") {
		name, _, _ = strings.Cut(s, " ")
	}
	open := strings.IndexByte(s, '[')
	if open < 0 || open > 200 {
		return name, ""
	}
	end := strings.IndexByte(s[open:], ']')
	if end < 0 {
		return name, ""
	}
	if name == "" {
		name = "unknown"
	}
	return name, s[open+1 : open+end]
}

// eximVerbs maps the words of a refusal to the stage.
var eximVerbs = []struct {
	words string
	stage smtp.Stage
}{
	{"rejected RCPT ", smtp.StageRcpt},
	{"rejected MAIL ", smtp.StageMail},
	{"rejected EHLO or HELO ", smtp.StageEHLO},
	{"rejected EHLO ", smtp.StageEHLO},
	{"rejected HELO ", smtp.StageEHLO},
	{"rejected connection ", smtp.StageBanner},
	{"rejected STARTTLS", smtp.StageSTARTTLS},
	{"rejected AUTH", smtp.StageAuth},
	{"rejected during MIME ", smtp.StageEOD},
	{"rejected after DATA", smtp.StageEOD},
	{"rejected DATA", smtp.StageData},
	{"rejected by local_scan", smtp.StageEOD},
	{"rejected from ", smtp.StageMail},
	{"rejected ", ""},
}

// eximRefusal reads "H=host [ip] F=<sender> rejected RCPT <addr>: reason", also
// with "temporarily" in front, and sessions that broke off.
func eximRefusal(e *Event, s string) bool {
	e.ClientName, e.ClientIP = eximHost(s)
	if found := strings.Contains(s, "unexpected disconnection"); found || strings.HasPrefix(s, "SMTP command timeout") || strings.HasPrefix(s, "SMTP data timeout") {
		e.Kind, e.Reason = EventLost, s
		return true
	}
	for _, v := range eximVerbs {
		n := strings.Index(s, v.words)
		if n < 0 {
			continue
		}
		e.Kind, e.Gate, e.Stage = EventReject, "reject", v.stage
		e.Sender, e.HasSender = bracket(s[:n], "F=<")
		rest := s[n+len(v.words):]
		if v.stage == smtp.StageRcpt {
			e.Recipient, _ = bracket(rest, "<")
		}
		_, reason, ok := strings.Cut(rest, ": ")
		if !ok {
			reason = strings.TrimSpace(v.words)
		}
		code := "550 "
		if strings.HasSuffix(strings.TrimSpace(s[:n]), "temporarily") {
			code = "451 "
		}
		// The log leaves the code out unless the administrator wrote one; 550
		// and 451 are what an access control list answers (Exim
		// specification, chapter 44).
		if _, _, _, has := smtp.CutCode(reason); !has {
			reason = code + reason
		}
		e.Reason = reason
		return true
	}
	return false
}
