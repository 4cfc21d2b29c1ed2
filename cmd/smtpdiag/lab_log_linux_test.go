package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smtpdiag/smtpdiag/report"
)

// labLogCase is a refusal of the lab, and how its log must show it. Lines of
// the log that came before do not count.
type labLogCase struct {
	name                       string
	args                       []string // of a probe
	log                        string   // below run
	class, gate, setting, step string
	finding                    string // that must be there; with no class, all that the log can show
	before                     func(t *testing.T, l *lab) (undo func())
}

const (
	labLog      = "log/postfix-1.log"
	labLogTwo   = "log/postfix-2.log"
	labLogExim  = "exim/mainlog"
	unknownUser = "nobody@virtual.example"
)

func labLogCases() []labLogCase {
	stopLDAP := func(t *testing.T, l *lab) func() {
		t.Helper()
		l.script(t, "ldap", "down")
		return func() { l.script(t, "ldap", "up") }
	}
	late := func(flags ...string) []string { return append(flags, virtualUser) }
	with := func(service string, args ...string) []string { return append(host(service), args...) }
	return []labLogCase{
		{name: "virtual map", args: []string{unknownUser}, class: "recipient:unknown", gate: "recipient-map", setting: "virtual_mailbox_maps", step: "rcpt"},
		{name: "relay map", args: []string{"nobody@relay.example"}, class: "recipient:unknown", gate: "recipient-map", setting: "relay_recipient_maps", step: "rcpt"},
		{name: "local map", args: []string{"nobody@local.example"}, class: "recipient:unknown", gate: "recipient-map", setting: "local_recipient_maps", step: "rcpt"},
		{name: "450 for unknown", args: with("mx-450", "nobody@local.example"), class: "recipient:unknown", gate: "recipient-map", setting: "local_recipient_maps", step: "rcpt", finding: "permanent-as-temporary"},
		{name: "soft_bounce", args: with("mx-soft", unknownUser), class: "recipient:unknown", gate: "recipient-map", setting: "virtual_mailbox_maps", step: "rcpt", finding: "permanent-as-temporary"},
		{name: "alias missing on the second host", args: []string{"sales@alias.example"}, log: labLogTwo, class: "recipient:unknown", gate: "recipient-map", setting: "virtual_mailbox_maps", step: "rcpt"},
		{name: "relay denied", args: with("mx-plain", "user@elsewhere.example"), class: "routing:relay-denied", gate: "relay", setting: "reject_unauth_destination", step: "rcpt"},
		{name: "quota of a policy service", args: []string{"full@quota.example"}, class: "recipient:full", gate: "recipient", setting: "check_recipient_access, check_policy_service", step: "rcpt"},
		{
			name: "directory stopped", args: []string{"good@ldap.example"}, before: stopLDAP, class: "lookup:temporary", gate: "recipient-map",
			setting: "virtual_mailbox_maps, virtual_alias_maps, relay_recipient_maps, local_recipient_maps, an access map", step: "rcpt", finding: "dependency-failure",
		},
		{name: "unknown in the directory", args: []string{"nobody@ldap.example"}, class: "recipient:unknown", gate: "recipient-map", setting: "virtual_mailbox_maps", step: "rcpt"},
		{name: "wrong result attribute", args: with("mx-attr", "good@ldap.example"), class: "recipient:unknown", gate: "recipient-map", setting: "virtual_mailbox_maps", step: "rcpt"},
		{name: "backend down behind verification", args: []string{"good@verify.example"}, class: "lookup:callout", gate: "verify", setting: "reject_unverified_recipient", step: "rcpt"},
		{name: "greylisted", args: []string{"--from", "third@sender.example", "good@grey.example"}, class: "policy:greylist", gate: "policy-service", setting: "check_policy_service", step: "rcpt"},
		{name: "connection limit of smtpd", args: with("mx-limit", virtualUser), before: hold("127.9.1.8:2525"), class: "policy:connections", gate: "connection", setting: "smtpd_client_connection_count_limit", step: "banner", finding: "limit-exceeded"},
		{name: "connection limit of postscreen", args: with("mx-screen", virtualUser), before: hold("127.9.1.9:2525"), class: "policy:connections", gate: "postscreen", setting: "postscreen_client_connection_count_limit", step: "banner"},
		{name: "message size", args: with("mx-size", virtualUser, "--size", "20000"), class: "content:too-large", gate: "size", setting: "message_size_limit", step: "mail"},
		// smtpd logs no reason: all that its log has are the counts of the session.
		{name: "TLS required", args: with("mx-tls", virtualUser, "--tls", "never"), finding: "unlogged-refusal"},
		{name: "HELO name", args: with("mx-helo", late("--helo", "gone.lab.example")...), class: "policy:helo", gate: "helo", setting: "reject_unknown_helo_hostname", step: "ehlo"},
		{name: "HELO name, late", args: with("mx-helo-late", late("--helo", "gone.lab.example")...), class: "policy:helo", gate: "helo", setting: "reject_unknown_helo_hostname", step: "rcpt"},
		{name: "no reverse name", args: with("mx-rdns", late("--source", "127.9.3.1")...), class: "policy:rdns", gate: "client", setting: "reject_unknown_client_hostname", step: "banner"},
		{name: "no reverse name, late", args: with("mx-rdns-late", late("--source", "127.9.3.1")...), class: "policy:rdns", gate: "client", setting: "reject_unknown_client_hostname", step: "rcpt", finding: "delayed-reject"},
		{name: "reverse name does not lead back", args: with("mx-rdns-late", late("--source", "127.9.3.3")...), class: "policy:rdns", gate: "client", setting: "reject_unknown_client_hostname", step: "rcpt", finding: "client-name"},
		{name: "sender's domain", args: with("mx-sender", late("--from", "x@gone.example")...), class: "sender:unresolvable", gate: "sender", setting: "reject_unknown_sender_domain", step: "mail"},
		{name: "sender's domain, late", args: with("mx-sender-late", late("--from", "x@gone.example")...), class: "sender:unresolvable", gate: "sender", setting: "reject_unknown_sender_domain", step: "rcpt"},
		{name: "block list", args: with("mx-dnsbl", late("--source", "127.9.3.2")...), class: "policy:blocklist", gate: "client", setting: "reject_rbl_client", step: "rcpt"},
		{name: "everybody who is not signed in", args: []string{"--host", "127.9.1.29:2525", virtualUser}, class: "recipient:restricted", gate: "recipient", setting: "check_recipient_access, reject", step: "rcpt"},
		{name: "Exim, unknown", args: []string{"nobody@exim.example"}, log: labLogExim, class: "recipient:unknown", gate: "recipient-map", setting: "verify = recipient (the routers)", step: "rcpt"},
		{name: "Exim, callout", args: []string{"callout@exim.example"}, log: labLogExim, class: "lookup:callout", gate: "verify", setting: "verify = recipient/callout", step: "rcpt"},
		{name: "Exim, greylisted", args: []string{"later@exim.example"}, log: labLogExim, class: "policy:greylist", gate: "recipient", setting: "acl_smtp_rcpt", step: "rcpt"},
		{name: "Exim, sender", args: []string{"blocked@exim.example"}, log: labLogExim, class: "sender:rejected", gate: "recipient", setting: "acl_smtp_rcpt", step: "rcpt"},
		{name: "Exim, dropped", args: []string{"dropme@exim.example"}, log: labLogExim, class: "policy:abuse", gate: "recipient", setting: "acl_smtp_rcpt", step: "rcpt"},
		{name: "Exim, relay denied", args: with("mx-exim", "user@elsewhere.example"), log: labLogExim, class: "routing:relay-denied", gate: "relay", setting: "acl_smtp_rcpt (no condition accepts relaying)", step: "rcpt"},
	}
}

// TestLabLog makes every refusal that the lab can make, and finds each in the
// log of the server that made it, with the right class, gate and setting. Of too
// many recipients (452) smtpd logs nothing at all.
func TestLabLog(t *testing.T) {
	l := startLab(t)
	for _, c := range labLogCases() {
		t.Run(c.name, func(t *testing.T) {
			if c.before != nil {
				defer c.before(t, l)()
			}
			if c.log == "" {
				c.log = labLog
			}
			path := filepath.Join(l.dir, "run", c.log)
			from := len(readLog(t, path))
			l.probe(t, c.args...)
			var got []report.LogGroup
			// The line may be written after the reply.
			for until := time.Now().Add(10 * time.Second); time.Now().Before(until); time.Sleep(20 * time.Millisecond) {
				var text string
				if got, text = l.logged(t, readLog(t, path)[from:]); c.shown(got, text) {
					return
				}
			}
			t.Errorf("want %s %s %q %s %s, got %+v\n%s", c.class, c.gate, c.setting, c.step, c.finding, got, readLog(t, path)[from:])
		})
	}
}

// readLog gives what was logged so far, nothing before the first line.
func readLog(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return data
}

// logged gives what the program finds in a piece of a log, as data and as text.
func (l *lab) logged(t *testing.T, log []byte) (groups []report.LogGroup, text string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "piece.log")
	if err := os.WriteFile(path, log, 0o600); err != nil {
		t.Fatal(err)
	}
	stdout, _, _ := l.run(t, "log", "-o", "json", path)
	if err := json.NewDecoder(bytes.NewReader([]byte(stdout))).Decode(&groups); err != nil {
		t.Fatalf("%v: %s", err, stdout)
	}
	text, _, _ = l.run(t, "log", path)
	return groups, text
}

// shown reports whether the log shows the case.
func (c *labLogCase) shown(groups []report.LogGroup, text string) bool {
	if !strings.Contains(text, c.finding) {
		return false
	}
	return c.class == "" || slices.ContainsFunc(groups, func(g report.LogGroup) bool {
		return g.Class == c.class && g.Gate == c.gate && g.Setting == c.setting && g.Stage == c.step
	})
}
