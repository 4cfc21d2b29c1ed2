package dsn

import "testing"

// TestReporterOfText finds the host that made a report which has no delivery
// status, and takes nothing else for one.
func TestReporterOfText(t *testing.T) {
	for _, tt := range []struct{ intro, want string }{
		{"This is the mail system at host mx.sender.example.\n\n<user@example.com>: unknown user", "mx.sender.example"},
		{"This is the mail system at host MX1.example.net:25.\n\n<user@example.com>: unknown user", "mx1.example.net"},
		{"Hi. This is the qmail-send program at mail.example.org.\n\n<user@example.com>:\nno such user", "mail.example.org"},
		{"This is the mail system at host localhost.\n\n<user@example.com>: unknown user", ""},
		{"This is the mail system at host \n\n<user@example.com>: unknown user", ""},
	} {
		raw := "From: MAILER-DAEMON@sender.example\nSubject: Undelivered Mail Returned to Sender\n\n" + tt.intro + "\n"
		if got := Parse("mail", []byte(raw)).ReportingMTA; got != tt.want {
			t.Errorf("%q: %q, want %q", tt.intro, got, tt.want)
		}
	}
}
