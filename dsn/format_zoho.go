package dsn

import (
	"strings"

	"github.com/smtpdiag/smtpdiag/smtp"
)

// Zoho's older reports put the parts of a reply behind "ERROR_CODE :":
//
//	user@example.com Invalid Address, ERROR_CODE :550, ERROR_CODE :5.1.1 No such user
//	user@example.net Error, ERROR_CODE :421, ERROR_CODE :, Host not reachable.

var zohoMarks = []string{"error_code :", "error_code:", "error code :"}

func readZoho(m *message) []Recipient {
	b := &m.body
	var out []Recipient
	for _, e := range b.entries(0, len(b.text), nil) {
		c := m.recipient(e)
		if !strings.Contains(lowerASCII(c.Diagnostic), "error_code") && !strings.Contains(lowerASCII(c.Diagnostic), "error code") {
			continue
		}
		c.Action = "failed"
		c.Reply = zohoReply(c.Diagnostic)
		if strings.Contains(lowerASCII(c.Diagnostic), "host not reachable") {
			c.Stage = smtp.StageConnect
		}
		out = append(out, c)
	}
	return out
}

// zohoReply puts the parts of the reply together again.
func zohoReply(s string) smtp.Reply {
	var parts []string
	for {
		lower := lowerASCII(s)
		n := strings.Index(lower, "error_code")
		if n < 0 {
			n = strings.Index(lower, "error code")
		}
		if n < 0 {
			break
		}
		s = strings.TrimLeft(s[n+len("error_code"):], " :")
		part := s
		if k := strings.Index(lowerASCII(s), "error_code"); k >= 0 {
			part = s[:k]
		}
		if part = strings.Trim(part, " ,-\n"); part != "" {
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		return smtp.Reply{}
	}
	return smtp.ParseReply(strings.Join(parts, " "))
}
