package dsn

import (
	"strings"

	"github.com/smtpdiag/smtpdiag/smtp"
)

// GMX, WEB.DE and 1&1 begin as Exim does, put each address in quotation marks,
// in angle brackets or bare, and its reason below it without indenting it. Where
// the reply has an enhanced code, its reply code is left out:
//
//	"user@example.com":
//	SMTP error from remote server after RCPT command:
//	host: mx.example.com
//	5.1.1 <user@example.com>... User unknown
var gmxMarks = []string{"smtp error from remote server after ", "smtp error from remote server for "}

func readGMX(m *message) []Recipient {
	out := readExim(m)
	for i := range out {
		r := &out[i]
		_, rest, ok := strings.Cut(r.Diagnostic, " host: ")
		if !ok || !r.Status.IsZero() || r.Reply.Code != 0 {
			continue
		}
		if _, rest, ok = strings.Cut(rest, " "); !ok {
			continue
		}
		if code, _, ok := smtp.CutEnhanced(rest); ok {
			r.Status, r.status = code, r.reply
		}
	}
	return out
}
