package runbook

import (
	"os/exec"
	"strings"
	"testing"
	"time"
)

// hostile are values that a bounce may hold. None may end a word, start a
// command or an option, or reach the terminal as it is.
var hostile = []string{
	`o'brien@example.com`,
	`a"b@example.com`,
	"$(touch pwned)@example.com",
	"`touch pwned`@example.com",
	"a;touch pwned;@example.com",
	"a|touch pwned@example.com",
	"a&&touch pwned@example.com",
	"a\ntouch pwned\n@example.com",
	"a\r\nDATA\r\n@example.com",
	"a\x00b@example.com",
	"\x1b[2Jgone@example.com",
	"user\u202emoc.elpmaxe@example.com",
	"user\u00a0name@example.com",
	"-rf@example.com",
	"--help@example.com",
	"'; touch pwned; '@example.com",
	`\'; touch pwned; \'@example.com`,
	`\`, `'`, `"`, `'\''`, `!!`, `~root`, `=ls`, `*`, `?`, `[a]`, `{a,b}`, `#x`, ` `, "\t", "-", "--",
	"user@exämple.com",
	"user@example.com\xff",
	strings.Repeat("a", 5000),
}

// TestHostileValuesStayOneWord runs a POSIX shell with every hostile value in
// every kind of place and looks at the words that the program gets.
func TestHostileValuesStayOneWord(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no sh here")
	}
	places := []struct{ command, before, after string }{
		{`printf '<%s>' {recipient} end`, "", ""},
		{`printf '<%s>' 'RCPT TO:<{recipient}>' end`, "RCPT TO:<", ">"},
		{`printf '<%s>' '{recipient}' end`, "", ""},
		{`printf '<%s>' --to={recipient} end`, "--to=", ""},
		{`printf '<%s>' x{recipient}y end`, "x", "y"},
		{"for i in {recipient}; do printf '<%s>' \"$i\" end; done", "", ""},
		{"printf '<%s>' $(printf %s\\\\n {recipient} | head -c0) word end", "", "\x00"},
	}
	for _, place := range places {
		for _, value := range hostile {
			command := Fill(Step{Shell: POSIX, Command: place.command}, Values{Recipient: value}).Command
			if strings.ContainsAny(command, "\x00\x1b\r\n\u202e") {
				t.Errorf("%q with %q prints %q", place.command, value, command)
			}
			run := exec.CommandContext(t.Context(), sh, "-c", command+"; ls")
			run.Dir = t.TempDir()
			out, err := run.Output()
			if err != nil {
				t.Errorf("%q: %v", command, err)
				continue
			}
			word := value
			if strings.Contains(command, "RECIPIENT") {
				word = "RECIPIENT"
			}
			want := "<" + place.before + word + place.after + "><end>"
			if place.after == "\x00" {
				want = "<word><end>"
			}
			if string(out) != want {
				t.Errorf("%q with %q runs as\n%s\nand prints %q, want %q", place.command, value, command, out, want)
			}
		}
	}
}

func TestValuesThatCannotBeShownAreLeftOut(t *testing.T) {
	for _, value := range []string{
		"", "a\nb", "a\rb", "a\tb", "a\x00b", "\x1b[31m", "a\u202eb", "a\u200bb", "a\u00a0b", "a\u2028b", "\xff",
		strings.Repeat("a", 1001),
	} {
		if word, ok := Quote(value); ok {
			t.Errorf("Quote(%q) = %s", value, word)
		}
		if got := FillText("to {recipient}.", Values{Recipient: value}); got != "to RECIPIENT." {
			t.Errorf("FillText with %q gives %q", value, got)
		}
	}
}

func TestQuote(t *testing.T) {
	for _, tt := range []struct{ value, want string }{
		{"user+tag@example.com", "user+tag@example.com"},
		{"2001:db8::7", "2001:db8::7"},
		{"o'brien", `'o'\''brien'`},
		{"a b", "'a b'"},
		{"$HOME", "'$HOME'"},
		{"=ls", "'=ls'"},
		{"~root", "'~root'"},
		{"müller@example.com", "'müller@example.com'"},
	} {
		if got, ok := Quote(tt.value); !ok || got != tt.want {
			t.Errorf("Quote(%q) = %s, %v; want %s", tt.value, got, ok, tt.want)
		}
	}
}

func TestFill(t *testing.T) {
	values := Values{
		Recipient: "user@example.com", Host: "mx1.mailgw.example.net.", IP: "192.0.2.7",
		Sender: "anna@sender.example", SenderIP: "2001:db8::25", Code: "550", Status: "5.1.1",
		Reply: "550 5.1.1 unknown", QueueID: "3F2AB1C0D2", MessageID: "<1@sender.example>", Size: 4711,
		Time: time.Date(2026, 1, 4, 9, 42, 11, 0, time.UTC),
	}
	for _, tt := range []struct{ command, want string }{
		{"dig MX {domain}", "dig MX example.com"},
		{"id {local}", "id user"},
		{"ldapsearch '(mail={recipient_ldap})'", "ldapsearch '(mail=user@example.com)'"},
		{"nc {host} 25", "nc mx1.mailgw.example.net 25"},
		{"dig -x {ip}", "dig -x 192.0.2.7"},
		{"dig TXT {sender_domain}", "dig TXT sender.example"},
		{"dig {sender_ip_reversed}.ip6.arpa", "dig 5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa"},
		{"grep {queue_id} {message_id}", "grep 3F2AB1C0D2 1@sender.example"},
		{"journalctl -S {since} -U {until}", "journalctl -S '2026-01-04 09:32:11 UTC' -U '2026-01-04 09:52:11 UTC'"},
		{"echo {time} {size} {code} {status}", "echo '2026-01-04 09:42:11 UTC' 4711 550 5.1.1"},
		{"echo {helo} ${helo} {} { helo } {a,b} {Helo}", "echo HELO ${helo} {} { helo } {a,b} {Helo}"},
		{"echo {reply} # {reply}", "echo '550 5.1.1 unknown' # REPLY"},
	} {
		if got := Fill(Step{Shell: POSIX, Command: tt.command}, values).Command; got != tt.want {
			t.Errorf("%s\ngives %s\nwant  %s", tt.command, got, tt.want)
		}
	}
	step := Fill(Step{Text: "Ask {host}", ByHand: "x {reply}", Prints: "{ip}", Means: "{code}", Decide: "{reply}"}, values)
	if step != (Step{
		Text: "Ask mx1.mailgw.example.net", ByHand: "x '550 5.1.1 unknown'", Prints: "192.0.2.7", Means: "550",
		Decide: "550 5.1.1 unknown",
	}) {
		t.Errorf("the words are filled as %+v", step)
	}
}

func TestADashAtTheStartOfAWordIsLeftOut(t *testing.T) {
	for _, tt := range []struct{ command, want string }{
		{"rm {recipient}", "rm RECIPIENT"},
		{"rm '{recipient}'", "rm 'RECIPIENT'"},
		{"x;rm  {recipient}", "x;rm  RECIPIENT"},
		{"{recipient}", "RECIPIENT"},
		{"x\n{recipient}", "x\nRECIPIENT"},
		{"rm --file={recipient}", "rm --file=-rf@example.com"},
		{"rm 'to: {recipient}'", "rm 'to: -rf@example.com'"},
	} {
		if got := Fill(Step{Shell: POSIX, Command: tt.command}, Values{Recipient: "-rf@example.com"}).Command; got != tt.want {
			t.Errorf("%q gives %q, want %q", tt.command, got, tt.want)
		}
	}
}

func TestLDAPFilterStaysOneFilter(t *testing.T) {
	step := Step{Shell: POSIX, Command: "ldapsearch '(mail={recipient_ldap})' dn"}
	got := Fill(step, Values{Recipient: `*)(uid=o'x\y`}).Command
	if want := `ldapsearch '(mail=\2a\29\28uid=o'\''x\5cy)' dn`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestMissingValuesStayReadable(t *testing.T) {
	for _, name := range Placeholders() {
		got := Fill(Step{Shell: POSIX, Command: "echo {" + name + "}"}, Values{}).Command
		if want := "echo " + strings.ToUpper(name); got != want {
			t.Errorf("%s without a value gives %q", name, got)
		}
	}
}

func TestValuesOfTheWrongFormCountAsMissing(t *testing.T) {
	for _, tt := range []struct {
		text   string
		values Values
	}{
		{"{ip}", Values{IP: "192.0.2.7; reboot"}},
		{"{ip}", Values{IP: "fe80::1%eth0"}},
		{"{sender_ip_reversed}", Values{SenderIP: "localhost"}},
		{"{host}", Values{Host: "mx.example.com:25 -x"}},
		{"{host}", Values{Host: "-oProxyCommand"}},
		{"{host}", Values{Host: "..example"}},
		{"{domain}", Values{Recipient: "no-at-sign"}},
		{"{domain}", Values{Recipient: "user@[192.0.2.7]"}},
		{"{local}", Values{Recipient: "../../etc/passwd@example.com"}},
		{"{local}", Values{Recipient: "..@example.com"}},
		{"{code}", Values{Code: "550 rm"}},
		{"{status}", Values{Status: "5.1.x"}},
		{"{queue_id}", Values{QueueID: "ALL deferred"}},
		{"{size}", Values{Size: -1}},
	} {
		if got, want := FillText(tt.text, tt.values), strings.ToUpper(strings.Trim(tt.text, "{}")); got != want {
			t.Errorf("%s with %+v gives %q", tt.text, tt.values, got)
		}
	}
}

func TestPowerShellTakesPlainValuesOnly(t *testing.T) {
	step := Step{Shell: PowerShell, Command: "Get-Recipient -Identity {recipient}"}
	for value, want := range map[string]string{
		"user@example.com":       "user@example.com",
		"o'brien@example.com":    "RECIPIENT",
		"a;Stop-Computer@x":      "RECIPIENT",
		"a\u2019;Stop-Computer;": "RECIPIENT",
		"$(Stop-Computer)":       "RECIPIENT",
		"-Confirm:$false":        "RECIPIENT",
	} {
		if got := Fill(step, Values{Recipient: value}).Command; got != "Get-Recipient -Identity "+want {
			t.Errorf("%q gives %q", value, got)
		}
	}
}

func TestCheckCommand(t *testing.T) {
	for _, tt := range []struct{ command, want string }{
		{"dig {domain}", ""},
		{"awk '{ print $1 }' {recipient}", ""},
		{`grep 'it'\''s {recipient}' "$x"`, ""},
		{"dig {domian}", "unknown placeholder {domian}"},
		{`echo "{recipient}"`, "stands in \" quotes"},
		{`echo "$(dig {domain})"`, "stands in \" quotes"},
		{"echo `dig {domain}`", "stands in ` quotes"},
		{"cat <<E\n{recipient}\nE", "here-document"},
		{"echo 'open {recipient}", "a ' quote is not closed"},
	} {
		got := strings.Join(CheckCommand(tt.command), "\n")
		if (got == "") != (tt.want == "") || !strings.Contains(got, tt.want) {
			t.Errorf("CheckCommand(%q) = %q, want %q in it", tt.command, got, tt.want)
		}
	}
}

func FuzzFill(f *testing.F) {
	for _, value := range hostile {
		f.Add(value)
	}
	f.Fuzz(func(t *testing.T, value string) {
		got := Fill(Step{Shell: POSIX, Command: "x {recipient} 'a{recipient}b' {host} {local}"}, Values{Recipient: value, Host: value}).Command
		state := quoting{wordStart: true}
		for i := range len(got) {
			if state.quote == 0 && !state.escaped && !state.comment && !bare(got[i]) && strings.IndexByte(` '\`, got[i]) < 0 {
				t.Fatalf("%q gives %s: byte %d is open to the shell", value, got, i)
			}
			state.next(got[i])
		}
		if state.quote != 0 {
			t.Fatalf("%q gives %s: a quote is left open", value, got)
		}
	})
}

func BenchmarkNext(b *testing.B) {
	book := New()
	values := Values{Recipient: "user@example.com", Host: "mx1.mailgw.example.net", Sender: "anna@sender.example"}
	b.ReportAllocs()
	for b.Loop() {
		if len(book.Next(ClassRecipientUnknown, values, 3)) != 3 {
			b.Fatal("no steps")
		}
	}
}

func BenchmarkParsePage(b *testing.B) {
	data, err := builtin.ReadFile("pages/recipient-unknown.md")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ParsePage("recipient-unknown.md", data); err != nil {
			b.Fatal(err)
		}
	}
}
