package postfix

import (
	"strings"

	"github.com/smtpdiag/smtpdiag/smtp"
)

// opensmtpdLine reads what OpenSMTPD logs of deliveries and refused commands:
//
//	b90e2d6b77ee8c33 mta delivery evpid=... from=<a> to=<b> ... relay="192.0.2.7 (mx.example.com)" delay=1s result="PermFail" stat="550 text"
//	b90e2d6b77ee8c33 smtp failed-command command="RCPT TO:<b>" result="550 Invalid recipient"
//	b90e2d6b77ee8c33 mda delivery evpid=... from=<a> to=<b> ... result=PermFail stat=Error (exited abnormally)
//	relay: Expire for 02b33239f951e444: from=<a>, to=<b>, rcpt=<->, delay=4d, stat=Envelope expired
func opensmtpdLine(e *Event, s string) bool {
	if rest, ok := strings.CutPrefix(s, "relay: Expire for "); ok {
		return opensmtpdExpired(e, rest)
	}
	session, rest, ok := strings.Cut(s, " ")
	if !ok || !isSession(session) {
		return false
	}
	e.Instance, e.Program, e.QueueID = "opensmtpd", "mta", session
	switch {
	case strings.HasPrefix(rest, "mta delivery "):
	case strings.HasPrefix(rest, "mda delivery "):
		e.Program = "mda"
	case strings.HasPrefix(rest, "smtp failed-command "):
		e.Kind, e.Gate, e.Program = EventReject, "reject", "smtpd"
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

// isSession reports whether a word is the identifier of an OpenSMTPD session:
// sixteen hexadecimal digits.
func isSession(s string) bool {
	if len(s) != 16 {
		return false
	}
	for _, c := range []byte(s) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// opensmtpdExpired reads what follows "relay: Expire for ".
func opensmtpdExpired(e *Event, s string) bool {
	id, rest, ok := strings.Cut(s, ": ")
	if !ok || !isSession(id) {
		return false
	}
	e.Kind, e.Instance, e.Program, e.QueueID = EventExpired, "opensmtpd", "smtpd", id
	e.Sender, e.HasSender = bracket(rest, "from=<")
	e.Recipient, _ = bracket(rest, " to=<")
	_, e.Reason, _ = strings.Cut(rest, "stat=")
	return true
}

// opensmtpdBare reads a line of an OpenSMTPD that runs in the foreground (smtpd
// -d), which writes no time, host or tag. known is false for other lines.
func opensmtpdBare(e *Event) (known, ok bool) {
	s := e.Text
	switch {
	case len(s) > 17 && s[16] == ' ' && isSession(s[:16]):
		return true, opensmtpdLine(e, s)
	case strings.HasPrefix(s, "relay: Expire for "):
		return true, opensmtpdLine(e, s)
	case strings.HasPrefix(s, "debug: "), strings.HasPrefix(s, "info: "), strings.HasPrefix(s, "mda: new user "):
		return true, false
	}
	return false, false
}

// attribute gives the value of name="value" or name=value, "" where there is
// none. The last attribute of a line, stat, goes on to its end.
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
	if name == "stat" {
		return s
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
