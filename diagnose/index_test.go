package diagnose

import (
	"slices"
	"strings"
	"testing"
)

// finds reports which of the phrases the text holds.
func finds(phrases []string, text string) []string {
	x := newIndex(len(phrases))
	for _, p := range phrases {
		x.add(p)
	}
	x.build()
	var out []string
	for _, n := range x.scan(fold(nil, text), nil) {
		out = append(out, phrases[n])
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func TestIndexFinds(t *testing.T) {
	for _, tt := range []struct {
		phrase, text string
		want         bool
	}{
		{"user unknown", "550 User unknown in table", true},
		{"user unknown", "550 superuser unknown", false},
		{"user unknown", "550 user unknowns", false},
		{"user unknown", "(user unknown)", true},
		{"blacklist*", "you are blacklisted", true},
		{"blacklist", "you are blacklisted", false},
		{"*list", "a blacklist", true},
		{"spf", "failed (SPF)", true},
		{"spf", "SPF failed", true},
		{"spf", "spfbl says no", false},
		{"spf", "openspf", false},
		// gaps
		{"user * unknown", "user joe of this place is unknown", true},
		{"user * unknown", "user unknown", true},
		{"user * unknown", "user " + strings.Repeat("x", 90) + " unknown", false},
		{"user * unknown", "unknown user", false},
		{"user ? unknown", "user <joe> unknown", true},
		{"user ? unknown", "user joe unknown", true},
		{"user ? unknown", "user joe is unknown", false},
		{"a message * sent * twice", "such a message was sent by us twice", true},
		{"a message * sent * twice", "such a message twice was sent", false},
		// words inside names
		{"spam", "see https://example.com/spam/why", false},
		{"spam", "host spam.example.com said", false},
		{"spam", "host spam.example.com[192.0.2.1] said spam", true},
		{"spam", "this is spam.", true},
		{"spam", "this is spam.Please go", true},
		{"spam", "rejected: spam", true},
		{"spamhaus.org", "see https://www.spamhaus.org/query", true},
		{"p=nosuchuser", "see https://example.com/mail/?p=NoSuchUser", true},
		{"full", "mailbox-full.example.com is fine", false},
		{"blocked by spamhaus", "blocked by spamhaus.org", true},
		// addresses are no words
		{"mailbox full", "no such mailbox full@example.com", false},
		{"mailbox is full", "mailbox <user@example.com> is full", true},
		// scripts without word ends
		{"用户不存在", "550 该用户不存在，请检查", true},
		{"не существует", "Пользователь не существует", true},
		{"boîte pleine", "BOITE PLEINE", true},
		{"não existe", "usuario nao existe aqui", true},
		{"doesn't exist", "does not exist", true},
		{"cannot find", "can't find", true},
	} {
		got := len(finds([]string{tt.phrase}, tt.text)) > 0
		if got != tt.want {
			t.Errorf("%q in %q: %v", tt.phrase, tt.text, got)
		}
	}
}

// The index finds what a search for each phrase by itself finds.
func FuzzIndex(f *testing.F) {
	phrases := []string{"user unknown", "unknown", "user", "mailbox full", "not found", "quota", "blocked using", "try again later"}
	f.Add("mailbox full, user unknown: try again later. unknown user quota")
	f.Fuzz(func(t *testing.T, text string) {
		folded := string(fold(nil, text))
		if strings.ContainsAny(folded, "./:") {
			t.Skip() // words inside names have rules of their own
		}
		got := finds(phrases, text)
		for _, p := range phrases {
			want := false
			for from := 0; ; {
				i := strings.Index(folded[from:], p)
				if i < 0 {
					break
				}
				at := from + i
				end := at + len(p)
				before := at == 0 || !isWord(folded[at-1])
				after := end == len(folded) || !isWord(folded[end])
				want = want || before && after
				from = at + 1
			}
			if want != slices.Contains(got, p) {
				t.Errorf("%q in %q: want %v, got %v", p, folded, want, got)
			}
		}
	})
}

func TestParseCode(t *testing.T) {
	for _, good := range []string{"5.1.1", "X.1.1", "4.7.28", "5.7.606-5.7.649", "X.7.20-X.7.22", "550", "4yz", "55z", "none", "2.1.5"} {
		if _, err := parseCode(good); err != nil {
			t.Error(err)
		}
	}
	for _, bad := range []string{"", "5", "5.1", "5.1.1.1", "3.1.1", "X.1.1-5.1.2", "5.7.9-5.7.1", "5.1234.1", "55", "5500", "abc", "5.x.1", "1yz", "-", "5.1.1-"} {
		if spec, err := parseCode(bad); err == nil {
			t.Errorf("%q is taken for a code: %+v", bad, spec)
		}
	}
}
