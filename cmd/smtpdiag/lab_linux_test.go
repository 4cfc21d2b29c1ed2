package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smtpdiag/smtpdiag/internal/mailtest"
	"github.com/smtpdiag/smtpdiag/report"
)

// The lab of real servers is started by these tests where SMTPDIAG_LAB names
// the folder that "testdata/lab/lab.sh build" was given. SMTPDIAG_LAB_REQUIRED
// makes its absence a failure.
const (
	labVariable      = "SMTPDIAG_LAB"
	labRequired      = "SMTPDIAG_LAB_REQUIRED"
	labScript        = "../../testdata/lab/lab.sh"
	labSkipped       = "SKIPPED: the tests against real mail servers did not run. They need " + labVariable + "=DIR and root; see testdata/lab/README.md"
	labResolver      = "127.9.0.53"
	labOtherResolver = "127.9.0.54"
)

// lab is the running lab and the program under test.
type lab struct {
	dir    string
	binary string
}

// startLab builds the program, starts the servers and stops them when the test
// ends; it skips the test, loudly, where there is no lab.
func startLab(t *testing.T) *lab {
	t.Helper()
	l := builtLab(t)
	l.script(t, "start")
	t.Cleanup(func() {
		// The context of the test has ended by now.
		if out, err := exec.Command(labScript, "stop", l.dir).CombinedOutput(); err != nil { //nolint:noctx // see above
			t.Errorf("stopping the lab: %v\n%s", err, out)
		}
	})
	return l
}

// builtLab gives the lab with nothing started.
func builtLab(t *testing.T) *lab {
	t.Helper()
	dir := os.Getenv(labVariable)
	if dir == "" {
		if os.Getenv(labRequired) != "" {
			t.Fatal(labSkipped)
		}
		sayAloud(labSkipped)
		t.Skip(labSkipped)
	}
	l := &lab{dir: dir, binary: filepath.Join(t.TempDir(), "smtpdiag")}
	build := exec.CommandContext(t.Context(), "go", "build", "-o", l.binary, ".")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	l.script(t, "build")
	return l
}

// sayAloud writes a line where a person sees it: "go test" keeps the output of
// tests that do not fail to itself, so the line goes to its own standard error.
func sayAloud(line string) {
	out, err := os.OpenFile(fmt.Sprintf("/proc/%d/fd/2", os.Getppid()), os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return // the line is in the test's log in any case
	}
	defer func() { _ = out.Close() }() // nothing could be done about it
	_, _ = fmt.Fprintln(out, line)
}

// script calls lab.sh.
func (l *lab) script(t *testing.T, command string, args ...string) {
	t.Helper()
	if out, err := exec.CommandContext(t.Context(), labScript, append([]string{command, l.dir}, args...)...).CombinedOutput(); err != nil {
		t.Fatalf("lab.sh %s: %v\n%s", command, err, out)
	}
}

// run runs the program and gives its output and exit status.
func (l *lab) run(t *testing.T, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), l.binary, args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	cmd.Env = append(os.Environ(), "XDG_CONFIG_HOME="+t.TempDir(), "NO_COLOR=1")
	err := cmd.Run()
	if err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}

// probe runs "smtpdiag probe" and gives its JSON. The flags that every case
// shares come first, so that those of the case win.
func (l *lab) probe(t *testing.T, args ...string) *report.Probe {
	t.Helper()
	common := []string{
		"probe", "-o", "json", "--allow-private", "--resolver", labResolver, "--port", "2525", "--helo", "prober.lab.example",
		"--from", "probe@sender.example", "--ca-file", filepath.Join(l.dir, "run/tls/ca.pem"),
	}
	stdout, stderr, status := l.run(t, append(common, args...)...)
	var doc report.Probe
	if err := json.Unmarshal([]byte(stdout), &doc); err != nil || status != 0 {
		t.Fatalf("probe %q: %v, status %d\n%s%s", args, err, status, stdout, stderr)
	}
	if doc.Schema != report.SchemaProbe || len(doc.Findings) > 0 && doc.Findings[0].Text == "" {
		t.Errorf("schema %q", doc.Schema)
	}
	return &doc
}

// labCase is one case of the list: what is asked, and what must come out.
type labCase struct {
	name string
	args []string
	// before prepares the case and gives what undoes it; it may be nil.
	before func(t *testing.T, l *lab) (undo func())
	class  string
	// findings must all be there, and no others but those in optional.
	findings, optional []string
	permanence         string
	// check looks at more of the document; it may be nil.
	check func(t *testing.T, doc *report.Probe)
}

const (
	virtualUser = "user@virtual.example"
	permanent   = "permanent"
	temporary   = "temporary"
)

// host gives the flags that ask one service of the lab.
func host(name string) []string { return []string{"--host", name + ".lab.example:2525"} }

// at gives arguments for one service and one address.
func at(service, address string, more ...string) []string {
	return append(append(host(service), more...), address)
}

// TestLab asks the real servers.
func TestLab(t *testing.T) {
	l := startLab(t)
	t.Run("probe", l.testProbe)
	t.Run("text", l.testText)
	t.Run("mx", l.testMX)
}

func (l *lab) testProbe(t *testing.T) {
	for _, tc := range slices.Concat(recipientCases(), directoryCases(), limitCases(), tlsCases(), clientCases(), dnsCases(), networkCases(t)) {
		t.Run(tc.name, func(t *testing.T) {
			if tc.before != nil {
				defer tc.before(t, l)()
			}
			doc := l.probe(t, tc.args...)
			if doc.Class != tc.class || doc.Permanence != tc.permanence {
				t.Errorf("class %s (%s), want %s (%s)\n%s", doc.Class, doc.Permanence, tc.class, tc.permanence, dump(doc))
			}
			var keys []string
			for _, f := range doc.Findings {
				keys = append(keys, f.Key)
			}
			for _, want := range tc.findings {
				if !slices.Contains(keys, want) {
					t.Errorf("finding %s is missing in %v\n%s", want, keys, dump(doc))
				}
			}
			for _, key := range keys {
				if !slices.Contains(tc.findings, key) && !slices.Contains(tc.optional, key) {
					t.Errorf("finding %s should not be there", key)
				}
			}
			if tc.check != nil {
				tc.check(t, doc)
			}
			noForbiddenCommands(t, doc)
		})
	}
}

// dump gives a document for a failure message.
func dump(doc *report.Probe) string {
	out, err := json.MarshalIndent(doc, "", " ")
	if err != nil {
		return err.Error()
	}
	return string(out)
}

// noForbiddenCommands checks what a probe must never say.
func noForbiddenCommands(t *testing.T, doc *report.Probe) {
	t.Helper()
	for _, said := range forbiddenCommands(doc) {
		t.Errorf("said %q", said)
	}
}

// forbiddenCommands gives what was said and never may be.
func forbiddenCommands(doc *report.Probe) []string {
	var all []string
	for _, s := range doc.Sessions {
		for _, st := range s.Stages {
			verb, _, _ := strings.Cut(st.Command, " ")
			if !slices.Contains([]string{"", "connect", "TLS", "EHLO", "HELO", "STARTTLS", "MAIL", "RCPT", "RSET", "QUIT"}, verb) {
				all = append(all, st.Command)
			}
		}
	}
	return all
}

// refusal gives the first step of a session whose reply says no.
func refusal(doc *report.Probe, session int) report.ProbeStage {
	for _, st := range doc.Sessions[session].Stages {
		if st.Reply.Code >= 400 {
			return st
		}
	}
	return report.ProbeStage{}
}

// refusedAt checks the stage and the code of the first refusal.
func refusedAt(stage string, code int) func(*testing.T, *report.Probe) {
	return func(t *testing.T, doc *report.Probe) {
		t.Helper()
		if len(doc.Sessions) == 0 {
			t.Fatal("no session")
		}
		if got := refusal(doc, 0); got.Stage != stage || got.Reply.Code != code || !strings.HasPrefix(got.Reply.Text, fmt.Sprint(code)) {
			t.Errorf("refused at %q with %d %q, want %q with %d", got.Stage, got.Reply.Code, got.Reply.Text, stage, code)
		}
	}
}

func recipientCases() []labCase {
	return []labCase{
		{name: "accepted", args: []string{virtualUser}, class: "notice:delivered"},
		{name: "accepted by Exim", args: []string{"user@exim.example"}, class: "notice:delivered"},
		{name: "unknown in a virtual map", args: []string{"nobody@virtual.example"}, class: "recipient:unknown", permanence: permanent, check: refusedAt("rcpt", 550)},
		{name: "unknown in a relay map", args: []string{"nobody@relay.example"}, class: "recipient:unknown", permanence: permanent, check: refusedAt("rcpt", 550)},
		{name: "unknown in a local map", args: []string{"nobody@local.example"}, class: "recipient:unknown", permanence: permanent, check: refusedAt("rcpt", 550)},
		{name: "unknown at Exim", args: []string{"nobody@exim.example"}, class: "recipient:unknown", permanence: permanent, check: refusedAt("rcpt", 550)},
		{
			name: "unknown, coded 450 by unknown_local_recipient_reject_code", args: at("mx-450", "nobody@local.example"),
			class: "recipient:unknown", permanence: permanent, findings: []string{"permanent-as-temporary"}, check: refusedAt("rcpt", 450),
		},
		{
			name: "unknown, coded 450 by soft_bounce", args: at("mx-soft", "nobody@virtual.example"),
			class: "recipient:unknown", permanence: permanent, findings: []string{"permanent-as-temporary"}, check: refusedAt("rcpt", 450),
		},
		{
			name: "only this recipient is unknown", args: []string{"--control", virtualUser, "nobody@virtual.example"},
			class: "recipient:unknown", permanence: permanent, check: func(t *testing.T, doc *report.Probe) {
				t.Helper()
				if r := doc.Sessions[0].Recipients; len(r) != 2 || r[1].Role != "control" || r[1].Reply.Code != 250 {
					t.Errorf("recipients %+v", r)
				}
			},
		},
		{
			name: "alias known on one of two hosts only", args: []string{"--control", "good@alias.example", "sales@alias.example"},
			class: "recipient:unknown", permanence: permanent, findings: []string{"inconsistent-hosts"}, check: func(t *testing.T, doc *report.Probe) {
				t.Helper()
				if s := doc.Sessions; len(s) != 2 || s[0].Class != "notice:delivered" || s[1].Class != "recipient:unknown" || s[0].Preference != 10 || doc.Suppress {
					t.Errorf("sessions %+v", s)
				}
			},
		},
		{name: "relay denied", args: at("mx-plain", "user@elsewhere.example"), class: "routing:relay-denied", permanence: permanent, check: refusedAt("rcpt", 554)},
		{
			name: "everything refused", args: []string{"--host", "mx-plain.lab.example", "--control", "good@elsewhere.example", "user@elsewhere.example"},
			class: "routing:relay-denied", permanence: permanent, findings: []string{"rejects-everything"},
		},
		{name: "catch-all", args: []string{"--random", "user@catchall.example"}, class: "notice:delivered", findings: []string{"accepts-anything"}},
		{name: "no catch-all", args: []string{"--random", virtualUser}, class: "notice:delivered"},
		{name: "quota through Dovecot", args: []string{"full@quota.example"}, class: "recipient:full", permanence: temporary, optional: []string{"temporary-as-permanent", "code-mismatch"}, check: refusedAt("rcpt", 552)},
		{name: "within the quota", args: []string{"good@quota.example"}, class: "notice:delivered"},
		{name: "SMTPUTF8 missing", args: at("mx-ascii", "grüße@virtual.example"), class: "recipient:utf8", permanence: permanent, check: func(t *testing.T, doc *report.Probe) {
			t.Helper()
			if r := doc.Sessions[0].Recipients[0]; r.Skipped != "smtputf8" || r.Reply.Code != 0 {
				t.Errorf("%+v", r)
			}
		}},
		{name: "SMTPUTF8 offered", args: []string{"grüße@virtual.example"}, class: "notice:delivered"},
		{
			name: "another spelling is known", args: []string{"--variants", "User+list@catchall.example"}, class: "notice:delivered",
		},
		{
			name: "alias given", args: []string{"--alias", "user", "nobody@virtual.example"}, class: "recipient:unknown", permanence: permanent,
			findings: []string{"variant-accepted"},
		},
	}
}

func directoryCases() []labCase {
	return []labCase{
		{name: "LDAP map, directory up", args: []string{"good@ldap.example"}, class: "notice:delivered"},
		{
			name: "LDAP map, directory stopped", args: []string{"good@ldap.example"}, class: "lookup:temporary", permanence: temporary,
			optional: []string{"slow-stage"}, check: refusedAt("rcpt", 451),
			before: func(t *testing.T, l *lab) func() {
				t.Helper()
				l.script(t, "ldap", "down")
				return func() { l.script(t, "ldap", "up") }
			},
		},
		{name: "LDAP map, directory started again", args: []string{"good@ldap.example"}, class: "notice:delivered"},
		{name: "LDAP map, unknown there", args: []string{"nobody@ldap.example"}, class: "recipient:unknown", permanence: permanent},
		{name: "LDAP map with the wrong result attribute", args: at("mx-attr", "good@ldap.example"), class: "recipient:unknown", permanence: permanent},
		{name: "backend down behind reject_unverified_recipient", args: []string{"good@verify.example"}, class: "lookup:callout", permanence: temporary, optional: []string{"slow-stage"}, check: refusedAt("rcpt", 450)},
		{name: "callout of Exim without an answer", args: []string{"callout@exim.example"}, class: "lookup:callout", permanence: permanent, optional: []string{"temporary-as-permanent"}, check: refusedAt("rcpt", 550)},
	}
}

func limitCases() []labCase {
	return []labCase{
		{
			name: "greylisted", args: []string{"--from", "first@sender.example", "good@grey.example"}, class: "policy:greylist", permanence: temporary,
			optional: []string{"policy-as-recipient"}, check: refusedAt("rcpt", 450),
		},
		{
			name: "greylisted then accepted", args: []string{"--from", "second@sender.example", "--retry-greylist", "2s", "good@grey.example"},
			class: "policy:greylist", permanence: temporary, findings: []string{"greylisting"}, optional: []string{"policy-as-recipient"}, check: func(t *testing.T, doc *report.Probe) {
				t.Helper()
				if s := doc.Sessions; len(s) != 2 || s[1].Why != "retry" || s[1].Class != "notice:delivered" {
					t.Errorf("sessions %+v", s)
				}
			},
		},
		{
			name: "connection limit 421 of smtpd", args: at("mx-limit", virtualUser), before: hold("127.9.1.8:2525"), class: "policy:connections", permanence: temporary,
			findings: []string{"prober-refused"}, check: refusedAt("banner", 421),
		},
		{
			name: "connection limit 421 of postscreen", args: at("mx-screen", virtualUser), before: hold("127.9.1.9:2525"), class: "policy:connections", permanence: temporary,
			findings: []string{"prober-refused"}, check: refusedAt("banner", 421),
		},
		{
			name: "recipient limit 452", args: at("mx-rcpts", virtualUser, "--control", "good@alias.example"), class: "notice:delivered",
			findings: []string{"recipient-limit"}, check: func(t *testing.T, doc *report.Probe) {
				t.Helper()
				r := doc.Sessions[0].Recipients
				if len(r) != 3 || r[1].Reply.Code != 452 || r[1].Reply.Enhanced != "4.5.3" || r[1].Class != "policy:recipients" || !r[1].Superseded || r[2].Reply.Code != 250 {
					t.Errorf("recipients %+v", r)
				}
			},
		},
		{name: "message size by SIZE", args: at("mx-size", virtualUser, "--size", "20000"), class: "content:too-large", permanence: permanent, check: refusedAt("mail", 552)},
		{name: "message size within the limit", args: at("mx-size", virtualUser, "--size", "9000"), class: "notice:delivered"},
		{name: "tarpit", args: at("mx-tarpit", virtualUser), class: "notice:delivered", findings: []string{"slow-stage"}},
		{name: "tarpit of Exim", args: []string{"slow@exim.example"}, class: "notice:delivered", findings: []string{"slow-stage"}},
		{name: "dropped at RCPT with a reply", args: []string{"dropme@exim.example"}, class: "policy:abuse", permanence: permanent, findings: []string{"prober-refused"}, optional: []string{"temporary-as-permanent"}},
	}
}

// hold keeps a connection open while a case runs.
func hold(address string) func(*testing.T, *lab) func() {
	return func(t *testing.T, _ *lab) func() {
		t.Helper()
		var dialer net.Dialer
		conn, err := dialer.DialContext(t.Context(), "tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		awaitCounted(t, conn)
		return func() { _ = conn.Close() }
	}
}

// awaitCounted waits until a server counts a connection: once it speaks or has
// had time to; postscreen holds its greeting back.
func awaitCounted(t *testing.T, conn net.Conn) {
	t.Helper()
	if err := conn.SetReadDeadline(time.Now().Add(500 * time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	var first [1]byte
	if _, err := conn.Read(first[:]); err != nil && !os.IsTimeout(err) {
		t.Fatal(err)
	}
}

func tlsCases() []labCase {
	tlsIs := func(outcome string, problems ...string) func(*testing.T, *report.Probe) {
		return func(t *testing.T, doc *report.Probe) {
			t.Helper()
			got := doc.Sessions[0].TLS
			if got.Outcome != outcome || !slices.Equal(got.Problems, append([]string{}, problems...)) || (got.Error == "") != got.Verified {
				t.Errorf("TLS %+v", got)
			}
			if shaken := outcome == "verified" || outcome == "unverified"; shaken && (got.Version == "" || got.Cipher == "" || got.Certificate.NotAfter == "") {
				t.Errorf("TLS %+v", got)
			}
		}
	}
	return []labCase{
		{name: "TLS required (530)", args: at("mx-tls", virtualUser, "--tls", "never"), class: "tls:required", permanence: permanent, check: refusedAt("mail", 530)},
		{name: "TLS required and used", args: at("mx-tls", virtualUser), class: "notice:delivered", check: tlsIs("verified")},
		{name: "trusted certificate", args: at("mx-good", virtualUser, "--tls", "require"), class: "notice:delivered", check: tlsIs("verified")},
		{name: "expired certificate", args: at("mx-expired", virtualUser), class: "notice:delivered", findings: []string{"tls-untrusted"}, check: tlsIs("unverified", "expired")},
		{name: "expired certificate, TLS required", args: at("mx-expired", virtualUser, "--tls", "require"), class: "tls:failed", permanence: temporary, findings: []string{"tls-untrusted"}, check: tlsIs("unverified", "expired")},
		{name: "certificate for another name", args: at("mx-other", virtualUser), class: "notice:delivered", findings: []string{"tls-untrusted"}, check: tlsIs("unverified", "other-name")},
		{name: "self-signed certificate", args: at("mx-self", virtualUser), class: "notice:delivered", findings: []string{"tls-untrusted"}, check: tlsIs("unverified", "self-signed")},
		{name: "no STARTTLS", args: at("mx-notls", virtualUser), class: "notice:delivered", check: tlsIs("not-offered")},
		{name: "no STARTTLS, TLS required", args: at("mx-notls", virtualUser, "--tls", "require"), class: "tls:policy", permanence: temporary, check: tlsIs("not-offered")},
	}
}

func clientCases() []labCase {
	prober := []string{"prober-refused"}
	late := []string{"prober-refused", "delayed-reject"}
	return []labCase{
		{name: "HELO name refused at EHLO", args: at("mx-helo", virtualUser, "--helo", "gone.lab.example"), class: "policy:helo", permanence: temporary, findings: prober, optional: []string{"permanent-as-temporary"}, check: refusedAt("ehlo", 450)},
		{name: "HELO name refused at RCPT", args: at("mx-helo-late", virtualUser, "--helo", "gone.lab.example"), class: "policy:helo", permanence: temporary, findings: late, optional: []string{"permanent-as-temporary"}, check: refusedAt("rcpt", 450)},
		{name: "no reverse name, refused at the banner", args: at("mx-rdns", virtualUser, "--source", "127.9.3.1"), class: "policy:rdns", permanence: temporary, findings: append([]string{"rdns-mismatch"}, prober...), check: refusedAt("banner", 450)},
		{name: "no reverse name, refused at RCPT", args: at("mx-rdns-late", virtualUser, "--source", "127.9.3.1"), class: "policy:rdns", permanence: temporary, findings: append([]string{"rdns-mismatch"}, late...), check: refusedAt("rcpt", 450)},
		{name: "reverse name that does not lead back", args: at("mx-rdns-late", virtualUser, "--source", "127.9.3.3"), class: "policy:rdns", permanence: temporary, findings: append([]string{"rdns-mismatch"}, late...)},
		{name: "reverse name in order", args: at("mx-rdns", virtualUser), class: "notice:delivered"},
		{name: "sender domain refused at MAIL", args: at("mx-sender", virtualUser, "--from", "x@gone.example"), class: "sender:unresolvable", permanence: temporary, findings: prober, check: refusedAt("mail", 450)},
		{name: "sender domain refused at RCPT", args: at("mx-sender-late", virtualUser, "--from", "x@gone.example"), class: "sender:unresolvable", permanence: temporary, findings: late, check: refusedAt("rcpt", 450)},
		{name: "on a block list", args: at("mx-dnsbl", virtualUser, "--source", "127.9.3.2"), class: "policy:blocklist", permanence: permanent, findings: late, check: refusedAt("rcpt", 554)},
		{name: "not on the block list", args: at("mx-dnsbl", virtualUser), class: "notice:delivered"},
	}
}

func dnsCases() []labCase {
	noSession := func(t *testing.T, doc *report.Probe) {
		t.Helper()
		if len(doc.Sessions) != 0 || doc.Route == nil {
			t.Errorf("%d sessions", len(doc.Sessions))
		}
	}
	split := func(host string) func(*testing.T, *report.Probe) {
		return func(t *testing.T, doc *report.Probe) {
			t.Helper()
			if len(doc.Sessions) != 1 || doc.Sessions[0].Host != host+".lab.example" {
				t.Errorf("sessions %+v", doc.Sessions)
			}
		}
	}
	return []labCase{
		{name: "null MX", args: []string{"user@null.example"}, class: "domain:null-mx", permanence: permanent, check: noSession},
		{name: "MX to nothing", args: []string{"user@nothing.example"}, class: "domain:bad-mx", permanence: permanent, findings: []string{"mx-invalid"}},
		{name: "MX to an address", args: []string{"user@literal.example"}, class: "domain:bad-mx", permanence: permanent, findings: []string{"mx-invalid"}},
		{name: "MX to CNAME", args: []string{"user@cname.example"}, class: "notice:delivered", findings: []string{"mx-invalid"}},
		{name: "MX to loopback, not allowed", args: []string{"--allow-private=false", virtualUser}, class: "domain:bad-mx", permanence: permanent, findings: []string{"mx-invalid"}},
		{name: "NXDOMAIN", args: []string{"user@gone.example"}, class: "domain:not-found", permanence: permanent, check: noSession},
		{name: "neither MX nor address", args: []string{"user@nodata.example"}, class: "domain:not-found", permanence: permanent, check: noSession},
		{name: "SERVFAIL", args: []string{"user@servfail.example"}, class: "dns:failure", permanence: temporary, check: noSession},
		{name: "split DNS, one side", args: []string{"user@split.example"}, class: "routing:relay-denied", permanence: permanent, check: split("mx-plain")},
		{name: "split DNS, the other side", args: []string{"--resolver", labOtherResolver, "user@split.example"}, class: "routing:relay-denied", permanence: permanent, check: split("mx-plain")},
	}
}

// networkCases ask a scripted server what real ones do not do on demand, and
// ports where nobody is.
func networkCases(t *testing.T) []labCase {
	t.Helper()
	scripted := func(conversation string, more ...string) []string {
		s := mailtest.ServeSMTP(t, conversation, nil)
		return append(append([]string{"--host", s.Addr}, more...), virtualUser)
	}
	faultAt := func(stage, kind string) func(*testing.T, *report.Probe) {
		return func(t *testing.T, doc *report.Probe) {
			t.Helper()
			s := doc.Sessions[0]
			last := s.Stages[len(s.Stages)-1]
			if s.ErrorKind != kind || last.Stage != stage || last.Error == "" || s.Error == "" {
				t.Errorf("%s at %s: %q\n%s", s.ErrorKind, last.Stage, s.Error, dump(doc))
			}
		}
	}
	quick := []string{"--timeout", "700ms"}
	return []labCase{
		{name: "refused", args: []string{"user@dead.example"}, class: "network:unreachable", permanence: temporary, check: faultAt("connect", "refused")},
		{name: "timeout at connect", args: append([]string{"--host", fullListener(t)}, append(quick, virtualUser)...), class: "network:timeout", permanence: temporary, check: faultAt("connect", "timeout")},
		{name: "timeout at banner", args: scripted("! stall", quick...), class: "network:timeout", permanence: temporary, check: faultAt("banner", "timeout")},
		{name: "timeout at RCPT", args: scripted("C: RCPT *\n! stall", quick...), class: "network:timeout", permanence: temporary, check: faultAt("rcpt", "timeout")},
		{name: "dropped at banner", args: scripted("! close"), class: "network:dropped", permanence: temporary, check: faultAt("banner", "dropped")},
		{name: "dropped at EHLO", args: scripted("C: EHLO *\n! close"), class: "network:dropped", permanence: temporary, check: faultAt("ehlo", "dropped")},
		{name: "dropped at RCPT", args: scripted("C: RCPT *\n! reset"), class: "network:dropped", permanence: temporary, check: faultAt("rcpt", "dropped")},
		{name: "half a reply", args: scripted("C: RCPT *\n! raw \"550-5.1.1 Unkn\"\n! close"), class: "network:dropped", permanence: temporary, check: faultAt("rcpt", "dropped")},
		{name: "garbage banner", args: scripted("S: SSH-2.0-OpenSSH_9.2p1"), class: "protocol:syntax", permanence: permanent, check: faultAt("banner", "garbage")},
		{name: "421 at EHLO", args: scripted("C: EHLO *\nS: 421 4.3.2 Service not available, closing transmission channel\n! close"), class: "backend:unavailable", permanence: temporary, check: refusedAt("ehlo", 421)},
		{name: "one byte per interval", args: scripted("! drip 50ms \"220-abcdefghijklmnopqrstuvwxyz abcdefghijklmnopqrstuvwxyz\"", quick...), class: "network:timeout", permanence: temporary, check: faultAt("banner", "timeout")},
		{name: "endless reply", args: scripted("C: EHLO *\n! repeat 0 \"250-X-AGAIN\\r\\n\""), class: "protocol:syntax", permanence: permanent, check: faultAt("ehlo", "too-long")},
		{name: "STARTTLS refused", args: scripted("C: EHLO *\nS: 250-a\nS: 250 STARTTLS\nC: STARTTLS\nS: 454 4.7.0 TLS not available due to local problem"), class: "notice:delivered", findings: []string{"tls-untrusted"}},
		{name: "STARTTLS refused, TLS required", args: scripted("C: EHLO *\nS: 250-a\nS: 250 STARTTLS\nC: STARTTLS\nS: 454 4.7.0 TLS not available due to local problem", "--tls", "require"), class: "tls:failed", permanence: temporary, findings: []string{"tls-untrusted"}, check: refusedAt("starttls", 454)},
		{name: "handshake fails", args: scripted("C: EHLO *\nS: 250-a\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 go\n! close"), class: "tls:failed", permanence: temporary, findings: []string{"tls-untrusted"}},
	}
}

// fullListener gives the address of a server whose queue of connections is
// full, so that no further one is opened.
func fullListener(t *testing.T) string {
	t.Helper()
	address, err := mailtest.FullListener(t)
	if err != nil {
		t.Fatal(err)
	}
	return address
}

// testText looks at what a person sees of one refused address.
func (l *lab) testText(t *testing.T) {
	stdout, stderr, status := l.run(t, "probe", "--allow-private", "--resolver", labResolver, "--port", "2525", "nobody@virtual.example")
	lines := strings.Split(strings.TrimSuffix(stdout, "\n"), "\n")
	if status != 0 || stderr != "" || len(lines) > 24 || len(lines) < 4 {
		t.Fatalf("status %d, %d lines\n%s%s", status, len(lines), stdout, stderr)
	}
	for i, want := range []string{"nobody@virtual.example", "receiver-admin", "NEXT"} {
		if !strings.Contains(lines[i], want) {
			t.Errorf("line %d is %q, want %q in it", i+1, lines[i], want)
		}
	}
	for _, line := range lines {
		if len([]rune(line)) > 80 {
			t.Errorf("longer than 80 columns: %q", line)
		}
	}
}

// testMX asks the resolvers that disagree.
func (l *lab) testMX(t *testing.T) {
	stdout, stderr, _ := l.run(t, "mx", "-o", "json", "--no-system", "--no-public", "--authoritative=false", "--resolver", labResolver, "--resolver", labOtherResolver, "split.example")
	var doc report.MX
	if err := json.Unmarshal([]byte(stdout), &doc); err != nil {
		t.Fatalf("%v\n%s%s", err, stdout, stderr)
	}
	if doc.Agree || doc.Class != "routing:split-dns" {
		t.Errorf("agree %v, class %s", doc.Agree, doc.Class)
	}
}
