package dsn

import (
	"strings"

	"github.com/smtpdiag/smtpdiag/smtp"
)

// SendGrid's reports name the recipient, its own address, the host and the
// reply in one line:
//
//	user:12345:<user@example.com> : 192.0.2.250 : mx.example.com:[192.0.2.7] : 550 5.1.1 No such user  in RCPT TO

var sendGridMarks = []string{"generated message from sendgrid", "contact sendgrid support"}

func readSendGrid(m *message) []Recipient {
	text := m.body.text
	var out []Recipient
	for _, r := range m.body.rows() {
		line := text[r.start:r.end]
		addr, at, next := nextAddress(line, 0)
		if addr == "" || !strings.Contains(line[next:], " : ") {
			continue
		}
		c := Recipient{Final: addr, Action: "failed", reply: m.body.at(r.start + at)}
		parts := strings.SplitN(strings.TrimLeft(line[next:], "> :"), " : ", 3)
		c.Diagnostic = strings.TrimSpace(parts[len(parts)-1])
		if len(parts) > 1 {
			name, ip, _ := strings.Cut(parts[len(parts)-2], ":")
			c.Remote = Host{Name: strings.TrimSpace(name), IP: strings.Trim(ip, "[] ")}
			c.remote = c.reply
		}
		if head, command, ok := cutLast(c.Diagnostic, " in "); ok {
			if stage := stageOfCommand(command); stage != "" {
				c.Stage, c.Diagnostic = stage, strings.TrimSpace(head)
			}
		}
		out = append(out, c)
	}
	return out
}

// cutLast is strings.Cut at the last sep.
func cutLast(s, sep string) (before, after string, ok bool) {
	if n := strings.LastIndex(s, sep); n >= 0 {
		return s[:n], s[n+len(sep):], true
	}
	return s, "", false
}

// stageOfCommand gives the stage at which a command is sent.
func stageOfCommand(command string) smtp.Stage {
	switch command = strings.ToUpper(strings.TrimSpace(command)); {
	case strings.HasPrefix(command, "RCPT"):
		return smtp.StageRcpt
	case strings.HasPrefix(command, "MAIL"):
		return smtp.StageMail
	case strings.HasPrefix(command, "DATA"), strings.HasPrefix(command, "TEXT"):
		return smtp.StageEOD
	case strings.HasPrefix(command, "EHLO"), strings.HasPrefix(command, "HELO"):
		return smtp.StageEHLO
	case strings.HasPrefix(command, "STARTTLS"):
		return smtp.StageSTARTTLS
	case strings.HasPrefix(command, "AUTH"):
		return smtp.StageAuth
	case strings.HasPrefix(command, "CONNECT"):
		return smtp.StageConnect
	}
	return smtp.StageUnknown
}
