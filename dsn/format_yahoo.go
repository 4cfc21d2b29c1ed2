package dsn

import (
	"strings"

	"github.com/smtpdiag/smtpdiag/smtp"
)

// Yahoo's reports are those of qmail with an introduction of their own. The
// reply code may be followed by a colon, and the command stands in brackets at
// the end: "Remote host said: 550 5.2.2 Mailbox Full [RCPT_TO]".

var yahooMarks = []string{"unable to deliver your message to the following address", "wasn't able to deliver the following message"}

func readYahoo(m *message) []Recipient {
	b := &m.body
	start := max(0, b.after("to the following address", "the following message"))
	end := len(b.text)
	for _, mark := range []string{"--- below this line", "--- original message follows", "--- below the next line", "--- a copy of the message"} {
		end = min(end, b.find(start, mark))
	}
	var out []Recipient
	for _, e := range b.entries(start, end, nil) {
		c := m.recipient(e)
		c.Action = "failed"
		c.Diagnostic = colonCode(c.Diagnostic)
		c.Stage = bracketStage(c.Diagnostic)
		out = append(out, c)
	}
	return out
}

// colonCode turns a leading "550: text" into "550 text", as the server said it.
func colonCode(s string) string {
	if len(s) > 4 && s[3] == ':' {
		if _, _, _, ok := smtp.CutCode(s[:3]); ok {
			return s[:3] + s[4:]
		}
	}
	return s
}

// bracketStages are the commands that Yahoo puts in brackets behind a reply.
var bracketStages = []struct {
	mark  string
	stage smtp.Stage
}{
	{"[RCPT_TO]", smtp.StageRcpt}, {"[MAIL_FROM]", smtp.StageMail}, {"[DATA]", smtp.StageData}, {"[BODY]", smtp.StageEOD}, {"[END_OF_DATA]", smtp.StageEOD}, {"[CONNECT]", smtp.StageBanner}, {"[EHLO]", smtp.StageEHLO}, {"[HELO]", smtp.StageEHLO}, {"[STARTTLS]", smtp.StageSTARTTLS},
}

func bracketStage(s string) smtp.Stage {
	for _, b := range bracketStages {
		if strings.Contains(s, b.mark) {
			return b.stage
		}
	}
	return smtp.StageUnknown
}
