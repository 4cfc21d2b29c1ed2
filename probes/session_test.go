package probes

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smtpdiag/smtpdiag/internal/mailtest"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// plan makes a session plan for a scripted server.
func plan(server *mailtest.SMTPServer, addresses ...string) *Plan {
	return planFor(server.Port(), addresses...)
}

func planFor(port uint16, addresses ...string) *Plan {
	p := &Plan{
		Host: "mx1.example.com", Addrs: []netip.Addr{netip.MustParseAddr("127.0.0.1")}, Port: port,
		Preference: 10, HELO: "prober.example.net", From: "probe@example.net", TLS: TLSMay,
		AllowPrivate: true, Timeouts: UniformTimeouts(5 * time.Second),
	}
	for _, a := range addresses {
		p.Recipients = append(p.Recipients, Ask{Address: a, Role: RoleTarget})
	}
	return p
}

// serve starts a scripted server.
func serve(t *testing.T, conversation string) *mailtest.SMTPServer {
	t.Helper()
	return mailtest.ServeSMTP(t, conversation, nil)
}

// steps writes a session as one line a step, for comparison.
func steps(s *Session) string {
	var b strings.Builder
	for _, step := range s.Steps {
		command := step.Command
		if strings.HasPrefix(command, "connect ") {
			command = "connect"
		}
		b.WriteString(string(step.Stage) + "|" + command + "|" + strings.Join(step.Reply.Lines, "/"))
		if step.Fault != nil {
			b.WriteString("|" + string(step.Fault.Kind) + ": " + step.Fault.Text)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestSessionRecordsWholeDialogue(t *testing.T) {
	server := serve(t, `
		S: 220-mx1.example.com
		S: 220 ESMTP
		C: EHLO *
		S: 250-mx1.example.com
		S: 250-SIZE 1000000
		S: 250 8BITMIME
		C: RCPT TO:<nobody@example.com>
		S: 550-5.1.1 The account does not exist.
		S: 550 5.1.1 Check the spelling.
	`)
	p := plan(server, "nobody@example.com")
	p.Recipients = append(p.Recipients, Ask{Address: "good@example.com", Role: RoleControl}, Ask{Address: "x7q@example.com", Role: RoleRandom})
	p.Size = 4242
	s := Run(t.Context(), p)
	want := `connect|connect|
banner||220-mx1.example.com/220 ESMTP
ehlo|EHLO prober.example.net|250-mx1.example.com/250-SIZE 1000000/250 8BITMIME
mail|MAIL FROM:<probe@example.net> SIZE=4242|250 2.0.0 Ok
rcpt|RCPT TO:<nobody@example.com>|550-5.1.1 The account does not exist./550 5.1.1 Check the spelling.
rcpt|RCPT TO:<good@example.com>|250 2.0.0 Ok
rcpt|RCPT TO:<x7q@example.com>|250 2.0.0 Ok
|RSET|250 2.0.0 Ok
|QUIT|221 2.0.0 Bye
`
	if got := steps(s); got != want {
		t.Errorf("dialogue:\n%swant:\n%s", got, want)
	}
	if s.Fault != nil || s.TLS.Outcome != TLSNotOffered {
		t.Errorf("fault %v, TLS %s", s.Fault, s.TLS.Outcome)
	}
	r := s.Recipients[0]
	if r.Reply.Code != 550 || r.Reply.Enhanced.String() != "5.1.1" || len(r.Reply.Lines) != 2 || r.Accepted() {
		t.Errorf("recipient: %+v", r)
	}
	if !s.Recipients[1].Accepted() || !slices.Equal(s.Extensions, []string{"SIZE 1000000", "8BITMIME"}) {
		t.Errorf("control %+v, extensions %q", s.Recipients[1], s.Extensions)
	}
	if n, ok := s.Limit("size"); n != 1000000 || !ok {
		t.Errorf("SIZE %d %v", n, ok)
	}
}

// Each misbehaviour has its own kind of fault, at the stage where it happened,
// and what came before it stays in the record.
func TestSessionFaults(t *testing.T) {
	tests := []struct {
		name, conversation string
		kind               FaultKind
		stage              smtp.Stage
		text               string // in the fault
		kept               string // in the last step's reply
	}{
		{"garbage banner", "S: SSH-2.0-OpenSSH_9.2", FaultGarbage, "banner", "no SMTP reply", "SSH-2.0"},
		{"binary banner", `! raw "\x00\x01\xff\r\n"`, FaultGarbage, "banner", "no SMTP reply", "\x00\x01"},
		{"banner with another code", "S: 250 hello", FaultGarbage, "banner", "250", "221"},
		{"silent banner", "! stall", FaultTimeout, "banner", "no answer within 500ms", ""},
		{"dropped at banner", "! close", FaultDropped, "banner", "closed", ""},
		{"reset at banner", "! wait 20ms\n! reset", FaultDropped, "banner", "", ""},
		{"half a line", "! raw \"550 5.7.1 half\"\n! close", FaultDropped, "banner", "closed", "550 5.7.1 half"},
		{"half a reply", "S: 220 hi\nC: EHLO *\nS: 250-mx1\n! close", FaultDropped, "ehlo", "closed", "250-mx1"},
		{"dropped at EHLO", "S: 220 hi\nC: EHLO *\n! close", FaultDropped, "ehlo", "closed", ""},
		{"dropped at MAIL", "S: 220 hi\nC: MAIL *\n! close", FaultDropped, "mail", "closed", ""},
		{"dropped at RCPT", "S: 220 hi\nC: RCPT *\n! close", FaultDropped, "rcpt", "closed", ""},
		{"reset at RCPT", "S: 220 hi\nC: RCPT *\n! reset", FaultDropped, "rcpt", "", ""},
		{"stalled at RCPT", "S: 220 hi\nC: RCPT *\n! stall", FaultTimeout, "rcpt", "timed out", ""},
		{"half then stalled", "S: 220 hi\nC: RCPT *\n! raw \"250-a\\r\\n250\"\n! stall", FaultTimeout, "rcpt", "timed out", "250-a"},
		{"drip", "! drip 20ms \"" + strings.Repeat("220-drip ", 200) + "\"", FaultTimeout, "banner", "timed out", "220-drip"},
		{"endless reply", "S: 220 hi\nC: EHLO *\n! repeat 0 \"250-X\\r\\n\"", FaultTooLong, "ehlo", "lines", "250-X"},
		{"endless line", "! repeat 0 \"220-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"", FaultTooLong, "banner", "longer than", "220-xxx"},
		{"354 at RCPT", "S: 220 hi\nC: RCPT *\nS: 354 go on", FaultGarbage, "rcpt", "asks for more", "354"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			p := plan(serve(t, tc.conversation), "user@example.com")
			p.Timeouts = UniformTimeouts(500 * time.Millisecond)
			begun := time.Now()
			s := Run(t.Context(), p)
			if s.Fault == nil || s.Fault.Kind != tc.kind || s.Fault.Stage != tc.stage || !strings.Contains(s.Fault.Text, tc.text) {
				t.Fatalf("fault %+v, want %s at %s: %q\n%s", s.Fault, tc.kind, tc.stage, tc.text, steps(s))
			}
			if last := s.Steps[len(s.Steps)-1]; !strings.HasPrefix(last.Reply.String(), tc.kept) {
				t.Errorf("kept %q, want %q", last.Reply.String(), tc.kept)
			}
			if took := time.Since(begun); took > 3*time.Second {
				t.Errorf("held for %s", took)
			}
			if s.Recipients[0].Accepted() || s.Recipients[0].Fault == nil {
				t.Errorf("recipient %+v", s.Recipients[0])
			}
		})
	}
}

// A reply that says no before RCPT TO, or 421 anywhere, ends the session
// without a fault; the recipients' facts quote it.
func TestSessionRefusals(t *testing.T) {
	tests := []struct {
		name, conversation string
		stage              smtp.Stage
		reply              string
		quit               bool
	}{
		{"banner 554", "S: 554 5.7.1 No service", "banner", "554 5.7.1 No service", true},
		{"banner 421", "S: 421 4.7.0 Too many connections\n! close", "banner", "421 4.7.0 Too many connections", false},
		{"EHLO 550", "C: EHLO *\nS: 550 5.7.1 Bad name\n", "ehlo", "550 5.7.1 Bad name", true},
		{"EHLO 421", "C: EHLO *\nS: 421 4.3.2 Shutting down\n! close", "ehlo", "421 4.3.2 Shutting down", false},
		{"MAIL 530", "C: MAIL *\nS: 530 5.7.0 Must issue a STARTTLS command first", "mail", "530 5.7.0 Must issue a STARTTLS command first", true},
		{"MAIL 421", "C: MAIL *\nS: 421 4.7.0 Bye\n! close", "mail", "421 4.7.0 Bye", false},
		{"RCPT 421", "C: RCPT *\nS: 421 4.7.0 Too many errors\n! close", "rcpt", "421 4.7.0 Too many errors", false},
		{"RCPT 550", "C: RCPT *\nS: 550 5.1.1 Unknown", "rcpt", "550 5.1.1 Unknown", true},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			server := serve(t, tc.conversation)
			s := Run(t.Context(), plan(server, "user@example.com"))
			if s.Fault != nil {
				t.Fatalf("fault %+v\n%s", s.Fault, steps(s))
			}
			items := s.Items(0)
			if len(items) != 1 || items[0].Stage != tc.stage || items[0].Text != tc.reply || items[0].Recipient != "user@example.com" || items[0].IP != "127.0.0.1" {
				t.Errorf("items %+v", items)
			}
			if _, quit := find(s, "QUIT"); quit != tc.quit {
				t.Errorf("QUIT sent: %v\n%s", quit, steps(s))
			}
		})
	}
}

func find(s *Session, command string) (Step, bool) {
	for _, step := range s.Steps {
		if step.Command == command {
			return step, true
		}
	}
	return Step{}, false
}

func TestSessionFallsBackToHELO(t *testing.T) {
	s := Run(t.Context(), plan(serve(t, "C: EHLO *\nS: 502 5.5.1 Not implemented"), "user@example.com"))
	if _, said := find(s, "HELO prober.example.net"); !said || !s.Recipients[0].Accepted() {
		t.Errorf("dialogue:\n%s", steps(s))
	}
}

func TestSessionAddressLiteral(t *testing.T) {
	p := plan(serve(t, ""), "user@example.com")
	p.HELO = ""
	s := Run(t.Context(), p)
	if _, said := find(s, "EHLO [127.0.0.1]"); !said {
		t.Errorf("dialogue:\n%s", steps(s))
	}
	if got := addressLiteral(netip.MustParseAddr("2001:db8::1")); got != "[IPv6:2001:db8::1]" {
		t.Error(got)
	}
}

// Nothing that an address or a name holds becomes a second command.
func TestSessionNeverSendsControlCharacters(t *testing.T) {
	for _, evil := range []string{"a\r\nDATA\r\n@example.com", "a\nVRFY root@example.com", "a\x00@example.com"} {
		server := serve(t, "")
		p := plan(server, evil, "user@example.com")
		s := Run(t.Context(), p)
		if s.Recipients[0].Asked || s.Recipients[0].Skipped != SkipInvalid || !s.Recipients[1].Accepted() {
			t.Errorf("%q: %+v", evil, s.Recipients)
		}
		p.From, p.Recipients = evil, p.Recipients[1:]
		if s = Run(t.Context(), p); s.Fault == nil || s.Fault.Kind != FaultLocal {
			t.Errorf("sender %q: %+v", evil, s.Fault)
		}
		p.From, p.HELO = "", evil
		if s = Run(t.Context(), p); s.Fault == nil || s.Fault.Kind != FaultLocal {
			t.Errorf("HELO %q: %+v", evil, s.Fault)
		}
		for _, session := range server.Commands() {
			for _, command := range session {
				if strings.HasPrefix(command, "DATA") || strings.HasPrefix(command, "VRFY") || strings.Contains(command, "\x00") {
					t.Errorf("%q reached the server as %q", evil, command)
				}
			}
		}
	}
}

func TestSessionCommandsAreHarmless(t *testing.T) {
	server := serve(t, "")
	p := plan(server, "a@example.com", "b@example.com")
	Run(t.Context(), p)
	for _, command := range server.Commands()[0] {
		verb, _, _ := strings.Cut(command, " ")
		if !slices.Contains([]string{"EHLO", "HELO", "STARTTLS", "MAIL", "RCPT", "RSET", "QUIT"}, verb) {
			t.Errorf("sent %q", command)
		}
	}
}

// "Too many recipients" says nothing of the address: it is asked again.
func TestSessionFullTransaction(t *testing.T) {
	server := serve(t, `
		C: RCPT TO:<b@*
		S: 452 4.5.3 Error: too many recipients
		C: RCPT TO:<b@*
		S: 250 2.1.5 Ok
	`)
	s := Run(t.Context(), plan(server, "a@example.com", "b@example.com"))
	b := s.Recipients[1]
	if !b.Accepted() || b.First.Code != 452 {
		t.Errorf("recipient %+v\n%s", b, steps(s))
	}
	if got := strings.Join(server.Commands()[0], "|"); !strings.Contains(got, "RCPT TO:<b@example.com>|RSET|MAIL FROM:<probe@example.net>|RCPT TO:<b@example.com>|RSET|QUIT") {
		t.Errorf("commands %s", got)
	}
	// A server that allows one transaction is not asked for another.
	server = serve(t, "C: EHLO *\nS: 250-mx1\nS: 250 LIMITS MAILMAX=1\nC: RCPT TO:<b@*\nS: 452 4.5.3 Too many recipients")
	s = Run(t.Context(), plan(server, "a@example.com", "b@example.com"))
	if got := strings.Count(strings.Join(server.Commands()[0], "|"), "MAIL FROM"); got != 1 || s.Recipients[1].Reply.Code != 452 {
		t.Errorf("%d transactions\n%s", got, steps(s))
	}
	// Alone in its transaction, the same reply is the answer.
	s = Run(t.Context(), plan(serve(t, "C: RCPT *\nS: 452 4.5.3 Too many recipients"), "b@example.com"))
	if s.Recipients[0].Reply.Code != 452 || len(s.Steps) != 7 {
		t.Errorf("%s", steps(s))
	}
}

func TestSessionHonoursLIMITS(t *testing.T) {
	tests := []struct{ limits, want string }{
		{"RCPTMAX=1", "MAIL a MAIL b MAIL c"},
		{"RCPTMAX=2", "MAIL a b MAIL c"},
		{"RCPTMAX=1 MAILMAX=2", "MAIL a MAIL b"},
		{"MAILMAX=1", "MAIL a b c"},
		{"RCPTDOMAINMAX=1", "MAIL a b"},
		{"RCPTMAX=0 MAILMAX=x", "MAIL a b c"},
	}
	for _, tc := range tests {
		server := serve(t, "C: EHLO *\nS: 250-mx1\nS: 250 LIMITS "+tc.limits)
		s := Run(t.Context(), plan(server, "a@example.com", "b@example.com", "c@other.example"))
		var got []string
		for _, command := range server.Commands()[0] {
			if strings.HasPrefix(command, "MAIL") {
				got = append(got, "MAIL")
			} else if rest, ok := strings.CutPrefix(command, "RCPT TO:<"); ok {
				got = append(got, rest[:1])
			}
		}
		if strings.Join(got, " ") != tc.want {
			t.Errorf("LIMITS %s: %v, want %s", tc.limits, got, tc.want)
		}
		if last := s.Recipients[2]; !last.Asked && last.Skipped != SkipLimit {
			t.Errorf("LIMITS %s: %+v", tc.limits, last)
		}
	}
}

func TestSessionSMTPUTF8(t *testing.T) {
	without := serve(t, "C: EHLO *\nS: 250 mx1")
	s := Run(t.Context(), plan(without, "grüße@example.com", "user@grüße.example"))
	if s.Recipients[0].Skipped != SkipUTF8 || s.Recipients[0].Asked {
		t.Errorf("local part without SMTPUTF8: %+v", s.Recipients[0])
	}
	if _, said := find(s, "RCPT TO:<user@xn--gre-6ka8l.example>"); !said {
		t.Errorf("domain as A-label:\n%s", steps(s))
	}
	with := serve(t, "C: EHLO *\nS: 250-mx1\nS: 250 SMTPUTF8")
	s = Run(t.Context(), plan(with, "grüße@example.com"))
	if _, said := find(s, "MAIL FROM:<probe@example.net> SMTPUTF8"); !said {
		t.Errorf("MAIL:\n%s", steps(s))
	}
	if _, said := find(s, "RCPT TO:<grüße@example.com>"); !said {
		t.Errorf("RCPT:\n%s", steps(s))
	}
}

// A line that nobody asked for is not the answer to the next command.
func TestSessionUnsolicitedLine(t *testing.T) {
	s := Run(t.Context(), plan(serve(t, "S: 220 hi\nC: MAIL *\nS: 250 2.1.0 Ok\nS: 250 2.1.5 Accepted already\nC: RCPT *\nS: 550 5.1.1 Unknown"), "user@example.com"))
	if s.Recipients[0].Reply.Code != 550 || len(s.Unsolicited) != 1 {
		t.Errorf("%+v %q", s.Recipients[0], s.Unsolicited)
	}
}

func TestSessionTriesEveryAddress(t *testing.T) {
	p := plan(serve(t, ""), "user@example.com")
	p.Addrs = []netip.Addr{netip.MustParseAddr("127.0.0.99"), netip.MustParseAddr("127.0.0.1")}
	s := Run(t.Context(), p)
	if s.IP.String() != "127.0.0.1" || s.Steps[0].Fault == nil || s.Steps[0].Fault.Kind != FaultRefused || s.Fault != nil {
		t.Errorf("%s\n%s", s.IP, steps(s))
	}
}

func TestSessionForbiddenAddress(t *testing.T) {
	server := serve(t, "")
	p := plan(server, "user@example.com")
	p.AllowPrivate = false
	s := Run(t.Context(), p)
	if s.Fault == nil || s.Fault.Kind != FaultForbidden || len(server.Commands()) != 0 {
		t.Errorf("%+v, %d connections", s.Fault, len(server.Commands()))
	}
}

// Cancelling ends a session at once, wherever it waits, and says QUIT.
func TestSessionCanceled(t *testing.T) {
	server := serve(t, "C: RCPT *\n! stall")
	ctx, cancel := context.WithCancel(t.Context())
	p := plan(server, "user@example.com")
	p.Timeouts = UniformTimeouts(time.Minute)
	p.Trace = func(_ string, _ netip.Addr, step Step) {
		if step.Stage == smtp.StageMail {
			time.AfterFunc(50*time.Millisecond, cancel)
		}
	}
	begun := time.Now()
	s := Run(ctx, p)
	if s.Fault == nil || s.Fault.Kind != FaultCanceled || time.Since(begun) > 5*time.Second {
		t.Errorf("%+v after %s", s.Fault, time.Since(begun))
	}
	if step, said := find(s, "QUIT"); !said || step.Fault != nil {
		t.Errorf("%s", steps(s))
	}
}

// A cancellation between two commands is not lost when the next one begins.
func TestSessionCanceledBetweenCommands(t *testing.T) {
	server := serve(t, "C: RCPT *\n! stall")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	p := plan(server, "user@example.com")
	p.Timeouts = UniformTimeouts(time.Minute)
	p.Trace = func(_ string, _ netip.Addr, step Step) {
		if step.Stage == smtp.StageMail {
			cancel()
			time.Sleep(50 * time.Millisecond) // whatever the cancellation sets off has happened
		}
	}
	begun := time.Now()
	if s := Run(ctx, p); s.Fault == nil || s.Fault.Kind != FaultCanceled || time.Since(begun) > 30*time.Second {
		t.Errorf("%+v after %s", s.Fault, time.Since(begun))
	}
}

func certificates(t *testing.T) (*mailtest.CA, map[string]tls.Certificate) {
	t.Helper()
	ca := mailtest.NewCA(t)
	issue := func(c mailtest.Cert) tls.Certificate { return ca.Issue(t, c) }
	return ca, map[string]tls.Certificate{
		"good":        issue(mailtest.Cert{Names: []string{"mx1.example.com"}}),
		"wildcard":    issue(mailtest.Cert{Names: []string{"*.example.com"}}),
		"expired":     issue(mailtest.Cert{Names: []string{"mx1.example.com"}, From: -72 * time.Hour, Until: -48 * time.Hour}),
		"future":      issue(mailtest.Cert{Names: []string{"mx1.example.com"}, From: 48 * time.Hour, Until: 72 * time.Hour}),
		"other":       issue(mailtest.Cert{Names: []string{"mail.example.org"}}),
		"cn-only":     issue(mailtest.Cert{CommonName: "mx1.example.com"}),
		"self-signed": issue(mailtest.Cert{Names: []string{"mx1.example.com"}, SelfSigned: true}),
		"all-wrong":   issue(mailtest.Cert{Names: []string{"mail.example.org"}, From: -72 * time.Hour, Until: -48 * time.Hour, SelfSigned: true}),
		"unknown":     mailtest.NewCA(t).Issue(t, mailtest.Cert{Names: []string{"mx1.example.com"}}),
	}
}

const starttls = `
	S: 220 mx1.example.com ESMTP
	C: EHLO *
	S: 250-mx1.example.com
	S: 250-STARTTLS
	S: 250 SIZE 7
	C: EHLO *
	S: 250-mx1.example.com
	S: 250 SIZE 9
	C: STARTTLS
	S: 220 2.0.0 Go ahead
`

func TestTLSCertificates(t *testing.T) {
	ca, certs := certificates(t)
	tests := []struct {
		cert     string
		outcome  TLSOutcome
		problems []CertProblem
		text     string
	}{
		{"good", TLSVerified, nil, ""},
		{"wildcard", TLSVerified, nil, ""},
		{"expired", TLSUnverified, []CertProblem{CertExpired}, "expired on"},
		{"future", TLSUnverified, []CertProblem{CertNotYetValid}, "not valid before"},
		{"other", TLSUnverified, []CertProblem{CertOtherName}, "is for mail.example.org, not for mx1.example.com"},
		{"cn-only", TLSUnverified, []CertProblem{CertOtherName}, "only the common name"},
		{"self-signed", TLSUnverified, []CertProblem{CertSelfSigned}, "self-signed"},
		{"unknown", TLSUnverified, []CertProblem{CertUnknown}, "is not trusted"},
		{"all-wrong", TLSUnverified, []CertProblem{CertExpired, CertOtherName, CertSelfSigned}, "expired"},
	}
	for _, tc := range tests {
		t.Run(tc.cert, func(t *testing.T) {
			server := mailtest.ServeSMTP(t, starttls+"! tls "+tc.cert, certs)
			p := plan(server, "user@example.com")
			p.Roots = ca.Pool()
			s := Run(t.Context(), p)
			if s.TLS.Outcome != tc.outcome || !slices.Equal(s.TLS.Problems, tc.problems) || !strings.Contains(s.TLS.Error, tc.text) {
				t.Errorf("%s %v %q", s.TLS.Outcome, s.TLS.Problems, s.TLS.Error)
			}
			if !s.Recipients[0].Accepted() || s.TLS.Version != "TLS 1.3" || s.TLS.Cipher == "" || len(s.TLS.Chain) != 1 {
				t.Errorf("%+v\n%s", s.TLS, steps(s))
			}
			if n, _ := s.Limit("SIZE"); n != 9 {
				t.Errorf("SIZE %d is from before TLS", n)
			}
			p.TLS = TLSRequire
			server2 := mailtest.ServeSMTP(t, starttls+"! tls "+tc.cert, certs)
			p.Port = server2.Port()
			s = Run(t.Context(), p)
			if good := tc.outcome == TLSVerified; s.Recipients[0].Asked != good || (s.Fault == nil) != good {
				t.Errorf("required: %+v\n%s", s.Fault, steps(s))
			}
		})
	}
}

// Not offered, refused, failed and unverified are told apart.
func TestTLSOutcomes(t *testing.T) {
	ca, certs := certificates(t)
	tests := []struct {
		name, conversation string
		mode               TLSMode
		outcome            TLSOutcome
		fault              FaultKind
		refused            smtp.Stage
		asked              bool
	}{
		{"not offered", "", TLSMay, TLSNotOffered, "", "", true},
		{"not offered, required", "", TLSRequire, TLSNotOffered, FaultTLS, "", false},
		{"never", starttls, TLSNever, TLSNotTried, "", "", true},
		{"refused", "C: EHLO *\nS: 250-a\nS: 250 STARTTLS\nC: STARTTLS\nS: 454 4.7.0 TLS not available", TLSMay, TLSRefused, "", "", true},
		{"refused, required", "C: EHLO *\nS: 250-a\nS: 250 STARTTLS\nC: STARTTLS\nS: 454 4.7.0 TLS not available", TLSRequire, TLSRefused, "", "starttls", false},
		{"421 at STARTTLS", "C: EHLO *\nS: 250-a\nS: 250 STARTTLS\nC: STARTTLS\nS: 421 4.3.0 Bye\n! close", TLSMay, TLSRefused, "", "starttls", false},
		{"dropped at STARTTLS", "C: EHLO *\nS: 250-a\nS: 250 STARTTLS\nC: STARTTLS\n! close", TLSMay, TLSRefused, FaultDropped, "", false},
		{"closed in handshake", starttls + "! close", TLSMay, TLSFailed, FaultTLS, "", false},
		{"stalled in handshake", starttls + "! stall", TLSMay, TLSFailed, FaultTLS, "", false},
		{"garbage in handshake", starttls + `! raw "\x16\x03\x03\x00\x02zz"` + "\n! stall", TLSMay, TLSFailed, FaultTLS, "", false},
		{"text in handshake", starttls + "! wait 20ms\nS: 454 4.7.0 broken\n! close", TLSMay, TLSFailed, FaultTLS, "", false},
		{"verified", starttls + "! tls good", TLSRequire, TLSVerified, "", "", true},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			p := plan(mailtest.ServeSMTP(t, tc.conversation, certs), "user@example.com")
			p.TLS, p.Roots = tc.mode, ca.Pool()
			p.Timeouts = UniformTimeouts(time.Second)
			s := Run(t.Context(), p)
			fault := FaultKind("")
			if s.Fault != nil {
				fault = s.Fault.Kind
			}
			if s.TLS.Outcome != tc.outcome || fault != tc.fault || s.Refused != tc.refused || s.Recipients[0].Asked != tc.asked {
				t.Errorf("outcome %s, fault %v, refused %q, asked %v\n%s", s.TLS.Outcome, s.Fault, s.Refused, s.Recipients[0].Asked, steps(s))
			}
		})
	}
}

// Plain text between the reply to STARTTLS and the handshake never counts,
// whether it comes in the same segment or later.
func TestTLSInjection(t *testing.T) {
	ca, certs := certificates(t)
	for name, inject := range map[string]string{
		"same segment": `! raw "220 go\r\n250-injected\r\n250 2.1.5 Accepted\r\n"`,
		"later":        "S: 220 go\n! wait 30ms\nS: 250 injected",
	} {
		t.Run(name, func(t *testing.T) {
			server := mailtest.ServeSMTP(t, strings.Replace(starttls, "S: 220 2.0.0 Go ahead", inject, 1)+"! tls good\nC: RCPT *\nS: 550 5.1.1 Unknown", certs)
			p := plan(server, "user@example.com")
			p.Roots = ca.Pool()
			s := Run(t.Context(), p)
			if !strings.Contains(s.TLS.Injected, "injected") || s.TLS.Outcome != TLSVerified || s.Recipients[0].Reply.Code != 550 {
				t.Errorf("injected %q, %s\n%s", s.TLS.Injected, s.TLS.Outcome, steps(s))
			}
		})
	}
}

func TestImplicitTLS(t *testing.T) {
	ca, certs := certificates(t)
	p := plan(mailtest.ServeSMTP(t, "! tls good\nS: 220 mx1 ESMTP", certs), "user@example.com")
	p.ImplicitTLS, p.Roots = true, ca.Pool()
	s := Run(t.Context(), p)
	if s.TLS.Outcome != TLSVerified || !s.Recipients[0].Accepted() {
		t.Errorf("%s", steps(s))
	}
}

// A server that wants a certificate of the client says so after the handshake.
func TestTLSAlertAfterHandshake(t *testing.T) {
	_, certs := certificates(t)
	var config net.ListenConfig
	listener, err := config.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	go func() {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		server := tls.Server(conn, &tls.Config{Certificates: []tls.Certificate{certs["good"]}, ClientAuth: tls.RequireAnyClientCert})
		_ = server.HandshakeContext(context.Background()) // it fails, which is the point
		_, _ = io.Copy(io.Discard, conn)
		_ = conn.Close()
	}()
	p := planFor(netip.MustParseAddrPort(listener.Addr().String()).Port(), "user@example.com")
	p.ImplicitTLS = true
	s := Run(t.Context(), p)
	if s.Fault == nil || s.Fault.Kind != FaultTLS || !strings.Contains(s.Fault.Text, "certificate") {
		t.Errorf("%+v\n%s", s.Fault, steps(s))
	}
}
