package dsn

import (
	"strings"

	"github.com/smtpdiag/smtpdiag/smtp"
)

// The Postfix server sends its postmaster the transcript of a session that went
// wrong ("Postfix SMTP server: errors from ..."), in lines of
//
//	Out: 250 2.1.0 Ok
//	In:  RCPT TO:<user@example.com>
//
// with longer ones folded.
var postfixSessionMarks = []string{"transcript of session follows"}

func sniffPostfixSession(m *message) bool {
	return m.body.has("\n in:  ", "\nin:  ") && m.body.has("\n out: ", "\nout: ")
}

func readPostfixSession(m *message) []Recipient {
	b := &m.body
	var pending []Recipient // named, and not refused so far
	var out []Recipient
	stage := smtp.StageBanner
	var rcpt string
	for _, l := range sessionLines(b) {
		if l.in {
			stage, rcpt = commandStage(l.text, stage)
			if rcpt != "" {
				pending = append(pending, Recipient{Final: rcpt, reply: b.at(l.at)})
			}
			continue
		}
		if code, _, _, ok := smtp.CutCode(l.text); !ok || code < 400 || len(pending) == 0 {
			continue
		}
		refused := pending
		if stage == smtp.StageRcpt {
			refused = pending[len(pending)-1:]
			pending = pending[:len(pending)-1]
		} else {
			pending = nil
		}
		for _, r := range refused {
			r.Diagnostic, r.Stage, r.reply = l.text, stage, b.at(l.at)
			out = append(out, r)
		}
	}
	return out
}

// sessionLine is one line of a session, unfolded.
type sessionLine struct {
	in   bool
	text string
	at   int
}

func sessionLines(b *body) []sessionLine {
	var out []sessionLine
	for pos := 0; pos < len(b.text); {
		r := b.lineFrom(pos)
		pos = r.next
		line := b.words(r)
		switch {
		case strings.HasPrefix(line, "In: "):
			out = append(out, sessionLine{true, strings.TrimSpace(line[4:]), r.start})
		case strings.HasPrefix(line, "Out: "):
			out = append(out, sessionLine{false, strings.TrimSpace(line[5:]), r.start})
		case len(out) > 0 && b.indent(r) >= 4 && line != "":
			out[len(out)-1].text += " " + line
		}
	}
	return out
}

// commandStage gives the stage that a command of the client begins, and the
// recipient that it names.
func commandStage(command string, before smtp.Stage) (stage smtp.Stage, rcpt string) {
	upper := strings.ToUpper(command[:min(len(command), 12)])
	switch {
	case strings.HasPrefix(upper, "EHLO"), strings.HasPrefix(upper, "HELO"), strings.HasPrefix(upper, "LHLO"):
		return smtp.StageEHLO, ""
	case strings.HasPrefix(upper, "STARTTLS"):
		return smtp.StageSTARTTLS, ""
	case strings.HasPrefix(upper, "AUTH"):
		return smtp.StageAuth, ""
	case strings.HasPrefix(upper, "MAIL"):
		return smtp.StageMail, ""
	case strings.HasPrefix(upper, "RCPT"):
		if i := strings.IndexByte(command, '<'); i >= 0 {
			if addr, _, ok := closedAddress(command[i:]); ok {
				rcpt = addr
			}
		}
		return smtp.StageRcpt, rcpt
	case strings.HasPrefix(upper, "DATA"), strings.HasPrefix(upper, "BDAT"):
		return smtp.StageEOD, ""
	}
	return before, ""
}
