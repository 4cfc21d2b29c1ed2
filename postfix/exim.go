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
	if !ok && !strings.HasPrefix(s, "H=") && !strings.HasPrefix(s, "SMTP ") && !strings.HasPrefix(s, "unexpected ") && !strings.HasPrefix(s, "U=") {
		return false
	}
	e.Instance, e.Program = "exim", "exim"
	return eximRefusal(e, s)
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

// opensmtpdLine reads what OpenSMTPD logs of deliveries and refused commands:
//
//	b90e2d6b77ee8c33 mta delivery evpid=... from=<a> to=<b> ... relay="192.0.2.7 (mx.example.com)" delay=1s result="PermFail" stat="550 text"
//	b90e2d6b77ee8c33 smtp failed-command command="RCPT TO:<b>" result="550 Invalid recipient"
func opensmtpdLine(e *Event, s string) bool {
	session, rest, ok := strings.Cut(s, " ")
	if !ok || len(session) != 16 {
		return false
	}
	e.Instance, e.Program, e.QueueID = "opensmtpd", "smtpd", session
	switch {
	case strings.HasPrefix(rest, "mta delivery "), strings.HasPrefix(rest, "mda delivery "):
	case strings.HasPrefix(rest, "smtp failed-command "):
		e.Kind, e.Gate = EventReject, "reject"
		command := attribute(rest, "command")
		e.Stage = commandStage(command)
		e.Reason = attribute(rest, "result")
		e.ClientName, e.ClientIP = attribute(rest, "host"), attribute(rest, "address")
		if e.Stage == smtp.StageRcpt {
			e.Recipient, _ = bracket(command, "<")
		}
		return e.Reason != ""
	default:
		return false
	}
	e.QueueID = attribute(rest, "evpid")
	e.Sender, e.HasSender = bracket(rest, "from=<")
	e.Recipient, _ = bracket(rest, " to=<")
	e.Relay = attribute(rest, "relay")
	e.Reason = attribute(rest, "stat")
	switch attribute(rest, "result") {
	case "PermFail":
		e.Kind = EventBounced
	case "TempFail":
		e.Kind = EventDeferred
	case "Ok":
		e.Kind = EventSent
	default:
		return false
	}
	e.DSN = smtp.ParseQuoted(e.Reason).Reply.Enhanced
	return true
}

// attribute gives the value of name="value" or name=value, "" where there is none.
func attribute(s, name string) string {
	n := strings.Index(s, " "+name+"=")
	if n < 0 {
		return ""
	}
	s = s[n+len(name)+2:]
	if strings.HasPrefix(s, `"`) {
		v, _, _ := strings.Cut(s[1:], `"`)
		return v
	}
	v, _, _ := strings.Cut(s, " ")
	return v
}

// commandStage gives the stage of an SMTP command.
func commandStage(command string) smtp.Stage {
	word, _, _ := strings.Cut(strings.ToUpper(command), " ")
	switch word {
	case "EHLO", "HELO", "LHLO":
		return smtp.StageEHLO
	case "STARTTLS":
		return smtp.StageSTARTTLS
	case "AUTH":
		return smtp.StageAuth
	case "MAIL":
		return smtp.StageMail
	case "RCPT":
		return smtp.StageRcpt
	case "DATA":
		return smtp.StageData
	case ".":
		return smtp.StageEOD
	}
	return smtp.StageUnknown
}
