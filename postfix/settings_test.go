package postfix_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/smtpdiag/smtpdiag/postfix"
)

func TestReadSettings(t *testing.T) {
	var s postfix.Settings
	err := s.ReadSettings("main.cf", strings.NewReader("# comment\nmydestination = a.example,\n  b.example\r\nsoft_bounce=yes\nsoft_bounce = no\n\n"+
		"smtp inet n - y - 20 smtpd -o { smtpd_client_restrictions = permit_mynetworks, reject }\n  -o syslog_name=postfix/in\n"+
		"submission/inet/smtpd_tls_security_level = encrypt\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []postfix.Setting{
		{Name: "mydestination", Value: "a.example, b.example", Source: "main.cf", Line: 2},
		{Name: "soft_bounce", Value: "no", Source: "main.cf", Line: 5},
		{Name: "smtpd_client_restrictions", Value: "permit_mynetworks, reject", Source: "main.cf", Line: 7, Service: "smtp/inet"},
		{Name: "syslog_name", Value: "postfix/in", Source: "main.cf", Line: 7, Service: "smtp/inet"},
		{Name: "smtpd_tls_security_level", Value: "encrypt", Source: "main.cf", Line: 9, Service: "submission/inet"},
	}
	if len(s.Parameters) != len(want) {
		t.Fatalf("got %+v", s.Parameters)
	}
	for i := range want {
		if s.Parameters[i] != want[i] {
			t.Errorf("got %+v, want %+v", s.Parameters[i], want[i])
		}
	}
	if len(s.Services) != 1 || s.Services[0].Chroot != "y" || s.Services[0].Maxproc != "20" || s.Services[0].Command != "smtpd" {
		t.Errorf("services %+v", s.Services)
	}
	if len(s.Problems) != 1 || s.Problems[0].Line != 4 {
		t.Errorf("the value that is overridden is no problem: %+v", s.Problems)
	}
	if err := s.ReadSettings("x", strings.NewReader("Dear all,\nno settings here\n")); !errors.Is(err, postfix.ErrNotSettings) {
		t.Errorf("a letter gives %v", err)
	}
}

// TestReadSettingsWarnings reads what Postfix 3.7 said of a main.cf with two
// values of one parameter and a name that it does not know.
func TestReadSettingsWarnings(t *testing.T) {
	var s postfix.Settings
	err := s.ReadSettings("postconf -n", strings.NewReader(`soft_bounce = yes
/usr/sbin/postconf: warning: /etc/postfix/main.cf, line 22: overriding earlier entry: soft_bounce=no
/usr/sbin/postconf: warning: /etc/postfix/main.cf, line 21: overriding earlier entry: soft_bounce=yes
/usr/sbin/postconf: warning: /etc/postfix/main.cf, line 22: overriding earlier entry: soft_bounce=no
/usr/sbin/postconf: warning: /etc/postfix/main.cf: undefined parameter: foo4
/usr/sbin/postconf: warning: /etc/postfix/main.cf: unused parameter: foo=bar
/usr/sbin/postconf: warning: /etc/postfix/main.cf: unused parameter: foo=bar
`))
	if err != nil {
		t.Fatal(err)
	}
	want := []postfix.SettingsProblem{
		{Source: "/etc/postfix/main.cf", Line: 22, Text: "overridden further down: soft_bounce = no"},
		{Source: "postconf -n", Line: 5, Text: "/etc/postfix/main.cf: undefined parameter: foo4"},
		{Source: "/etc/postfix/main.cf", Text: "unused parameter: foo=bar"},
	}
	if !slices.Equal(s.Problems, want) || len(s.Parameters) != 1 {
		t.Errorf("got %+v and %+v", s.Problems, s.Parameters)
	}
}

func FuzzReadSettings(f *testing.F) {
	f.Add("smtp inet n - n - - smtpd -o a=b -o { c = d\nx = $y ${z?{a}:{b}}\n")
	f.Fuzz(func(_ *testing.T, text string) {
		var s postfix.Settings
		if s.ReadSettings("fuzz", strings.NewReader(text)) == nil {
			s.Items()
		}
	})
}
