package diagnose

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFold(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"550 5.1.1 User Unknown", "user unknown"},
		{"550-5.1.1 The account\n550 5.1.1 does not exist", "the account does not exist"},
		{"550 #5.1.0 Address rejected.", "address rejected."},
		{"550 [5.7.1] No", "no"},
		{"554", ""},
		{"5.7.1 Message refused", "message refused"},
		// codes that were joined into the wording
		{"421-4.7.0 an unusual rate of 421-4.7.0 unsolicited mail 421 4.7.0 to review", "an unusual rate of unsolicited mail to review"},
		{"550-5.1.1 The email account550-5.1.1 that you tried", "the email account that you tried"},
		{"550-Message refused 550-because of us 550 indeed", "message refused because of us indeed"},
		// numbers that are none
		{"connect to 192.0.2.5.1 and 550 times", "connect to 192.0.2.5.1 and 550 times"},
		{"version 5.7.12.1 says no", "version 5.7.12.1 says no"},
		// addresses
		{"Mailbox <user@example.com> is full", "mailbox is full"},
		{"user 'full@example.com' unknown", "user unknown"},
		{"to=<a@b.example>: no, (c@d.example) no, [e@f.example] no", "to=: no, no, no"},
		{"SRS0=x=y=example.org=user@example.com not here", "not here"},
		{"收件人user@example.com不存在", "收件人不存在"},
		{"почта@пример.рф не существует", "не существует"},
		{"@example.com: no local part", "@example.com: no local part"},
		{"user@[192.0.2.1] is gone", "is gone"},
		// spelling
		{"doesn't, can't, won't, cannot, didn’t", "does not, can not, will not, can not, did not"},
		{"E-Mail and e-mails, the-mail", "email and emails, the-mail"},
		{"Mail box and mail-boxes, voicemail box", "mailbox and mailboxes, voicemail box"},
		{"“quoted” ‘so’ «or» so—on…", `"quoted" 'so' "or" so-on...`},
		{"Boîte aux lettres PLEINE, Straße, Łódź, Øre, İstanbul ılık", "boite aux lettres pleine, strasse, lodz, ore, istanbul ilik"},
		{"ALICI BULUNAMADI", "alici bulunamadi"},
		{"Пользователь НЕ НАЙДЁН", "пользователь не найден"},
		{"ｕｓｅｒ　ｕｎｋｎｏｗｎ", "user unknown"},
		{"a\u00a0b\u2003c\u200bd\te", "a b cd e"},
		{"  spaces   and\r\n\r\nlines ", "spaces and lines "},
	} {
		got := string(fold(nil, tt.in))
		if got != " "+tt.want {
			t.Errorf("fold(%q)\n got %q\nwant %q", tt.in, got[1:], tt.want)
		}
	}
}

// A phrase that isFolded calls folded is not changed by folding.
// The bytes that fold copies are those that folding one by one leaves alone.
func TestPlainBytes(t *testing.T) {
	for c := range plainBytes {
		if plainBytes[c] && (endsSpelling(byte(c)) || c >= 'A' && c <= 'Z' || c <= ' ' || c >= utf8Self || strings.IndexByte("@`245", byte(c)) >= 0) {
			t.Errorf("%q is not left as it is", rune(c))
		}
	}
}

func TestIsFolded(t *testing.T) {
	for _, p := range []string{"user unknown", "p=nosuchuser", "doesn't", "e-mail", "cannot", "mail box", "the-mail", "über", "Ab", "a  b", "see #5"} {
		if isFolded(p) && string(appendFolded(nil, p)) != p {
			t.Errorf("%q is not folded", p)
		}
	}
}

func FuzzFold(f *testing.F) {
	f.Add("550-5.1.1 <user@example.com>... Doesn't exist\r\n550 5.1.1 é")
	f.Add("@@[a@[b@c]@550 4.")
	f.Add("\xff\xfe421-4.7.0\x00")
	f.Fuzz(func(t *testing.T, text string) {
		got := fold(nil, text)
		if len(got) > 3*len(text)+8 {
			t.Errorf("%d bytes became %d", len(text), len(got))
		}
		s := string(got)
		if s != strings.ToLower(s) && utf8.ValidString(s) && strings.ContainsAny(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") {
			t.Errorf("upper case left: %q", s)
		}
		if strings.Contains(s[1:], "  ") || strings.ContainsAny(s, "\t\r\n") {
			t.Errorf("space left: %q", s)
		}
	})
}
