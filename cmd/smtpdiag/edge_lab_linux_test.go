package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/smtpdiag/smtpdiag/report"
)

// edge runs "smtpdiag edge" with the lab's programs.
func (l *lab) edge(t *testing.T, args ...string) *report.Edge {
	t.Helper()
	stdout, stderr, status := l.run(t, append([]string{"edge", "-o", "json", "--ca-file", filepath.Join(l.dir, "run/tls/ca.pem")}, args...)...)
	var doc report.Edge
	if err := json.Unmarshal([]byte(stdout), &doc); err != nil || status != 0 {
		t.Fatalf("edge %q: %v, status %d\n%s%s", args, err, status, stdout, stderr)
	}
	return &doc
}

// expect checks class and finding of a result; an empty finding is none in
// particular.
func expect(t *testing.T, name string, doc *report.Edge, class, finding string) {
	t.Helper()
	found := finding == "" || slices.ContainsFunc(doc.Findings, func(f report.Finding) bool { return f.Key == finding })
	if doc.Class != class || !found {
		t.Errorf("%s: class %s (%s), findings %v; want %s with %q", name, doc.Class, doc.Text, doc.Findings, class, finding)
	}
}

// checkOf gives the check of a result whose key and subject begin so.
func checkOf(doc *report.Edge, key, subject string) report.EdgeCheck {
	for _, c := range doc.Checks {
		if c.Key == key && strings.HasPrefix(c.Subject, subject) {
			return c
		}
	}
	return report.EdgeCheck{}
}

// instance gives the flags for a Postfix instance of the lab.
func (l *lab) instance(n int) []string {
	name := "postfix-" + strconv.Itoa(n)
	return []string{"--config-dir", filepath.Join(l.dir, "run", name, "etc"), "--log", filepath.Join(l.dir, "run/log", name+".log")}
}

// host makes another Postfix configuration from that of an instance: with lines
// of its own and nothing running. Files that are given replace tables.
func (l *lab) host(t *testing.T, n int, lines string, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	from := filepath.Join(l.dir, "run/postfix-"+strconv.Itoa(n), "etc")
	names, err := os.ReadDir(from)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := os.ReadFile(filepath.Join(from, name.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if name.Name() == "main.cf" {
			text = append(text, "\n"+strings.ReplaceAll(lines, "@DIR@", dir)+"\n"...)
		}
		if err := os.WriteFile(filepath.Join(dir, name.Name()), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(strings.ReplaceAll(text, "@DIR@", dir)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestLabEdge runs the checks on every host of the lab, with nothing wrong and
// with every fault that can be planted there.
func TestLabEdge(t *testing.T) {
	l := startLab(t)
	arch, err := filepath.Glob(filepath.Join(l.dir, "root/usr/lib/*-linux-gnu*"))
	if err != nil {
		t.Fatal(err)
	}
	plain := os.Getenv("PATH")
	t.Setenv("PATH", filepath.Join(l.dir, "root/usr/sbin")+":"+filepath.Join(l.dir, "root/usr/bin")+":"+plain)
	t.Setenv("LD_LIBRARY_PATH", strings.Join(append(arch, filepath.Join(l.dir, "root/usr/lib/postfix")), ":"))
	t.Run("services", l.edgeServices)
	t.Run("faults", l.edgeFaults)
	t.Run("databases", l.edgeDatabases)
	t.Run("Dovecot", l.edgeDovecot)
	t.Run("witness", l.edgeWitness)
	t.Run("not root", l.edgeNotRoot)
	t.Run("Exim", func(t *testing.T) { l.edgeExim(t, plain) })
	t.Run("stopped directory", func(t *testing.T) {
		l.script(t, "ldap", "down")
		defer l.script(t, "ldap", "up")
		expect(t, "first", l.edge(t, append(l.instance(1), "--host", "127.9.1.4:2525", "good@ldap.example")...), "lookup:temporary", "dependency-failure")
		for n := 1; n <= 2; n++ {
			dir := l.host(t, n, "virtual_mailbox_maps = ldap:@DIR@/people.ldap", nil)
			doc := l.edge(t, "--no-probe", "--config-dir", dir, "good@ldap.example")
			expect(t, fmt.Sprintf("instance %d", n), doc, "lookup:temporary", "dependency-failure")
		}
	})
}

// edgeServices asks every service of both instances.
func (l *lab) edgeServices(t *testing.T) {
	user := "user@virtual.example"
	tests := []struct {
		instance, host        int
		address               string
		class, finding, noted string
	}{
		{1, 1, user, "notice:delivered", "", ""},
		{1, 1, "user@local.example", "notice:delivered", "", ""},
		{1, 1, "user@relay.example", "notice:delivered", "", "the host passes such mail on"},
		{1, 1, "nobody@virtual.example", "recipient:unknown", "", ""},
		{1, 1, "user@other.example", "routing:relay-denied", "", "none of this host's"},
		{1, 2, "nobody@local.example", "recipient:unknown", "permanent-as-temporary", ""},
		{1, 3, "nobody@virtual.example", "recipient:unknown", "permanent-as-temporary", ""},
		{1, 4, "good@ldap.example", "notice:delivered", "", ""},
		{1, 5, "good@ldap.example", "backend:misconfigured", "wrong-attribute", ""},
		{1, 6, "sales@alias.example", "notice:delivered", "", "is an alias of good@alias.example"},
		{1, 7, "good@grey.example", "policy:greylist", "", ""},
		{1, 8, user, "notice:delivered", "", ""},
		{1, 9, user, "network:timeout", "", "smtpd-inner/pass"}, // its postscreen lets nobody speak for ten minutes
		{1, 10, user, "notice:delivered", "", ""},
		{1, 11, user, "notice:delivered", "", ""},
		{1, 12, user, "notice:delivered", "", ""},
		{1, 13, user, "notice:delivered", "tls-untrusted", ""},
		{1, 14, user, "notice:delivered", "tls-untrusted", ""},
		{1, 15, user, "notice:delivered", "", "STARTTLS is not offered"},
		{1, 16, user, "notice:delivered", "", "The certificate verifies"},
		{1, 25, "anybody@catchall.example", "notice:delivered", "", "whole domain"},
		{1, 26, "full@quota.example", "recipient:full", "", ""},
		{1, 27, "good@verify.example", "lookup:callout", "", ""},
		{1, 28, "grüße@virtual.example", "recipient:utf8", "", ""},
		{1, 29, "good@virtual.example", "recipient:restricted", "", ""},
		{1, 30, user, "notice:delivered", "tls-untrusted", ""},
		{1, 31, "good@grey.example", "policy:greylist", "", ""},
		{1, 32, user, "notice:delivered", "", "smtpd_client_recipient_rate_limit = 1"},
		{2, 101, "good@alias.example", "notice:delivered", "", ""},
		{2, 101, "sales@alias.example", "backend:misconfigured", "unused-map", ""},
		{2, 101, "nobody@alias.example", "recipient:unknown", "", ""},
	}
	for _, n := range []int{17, 18, 19, 20, 21, 22, 23, 24} { // what refuses clients and senders lets its own host pass
		tests = append(tests, tests[0])
		tests[len(tests)-1].host = n
	}
	for _, tt := range tests {
		host := fmt.Sprintf("127.9.1.%d:2525", tt.host)
		doc := l.edge(t, append(l.instance(tt.instance), "--host", host, tt.address)...)
		expect(t, host+" "+tt.address, doc, tt.class, tt.finding)
		if raw, err := json.Marshal(doc); err != nil || !strings.Contains(string(raw), tt.noted) {
			t.Errorf("%s %s: nothing says %q", host, tt.address, tt.noted)
		}
		if want := fmt.Sprintf("mx%d.lab.example", tt.instance); doc.Host != want || !strings.HasPrefix(doc.Software, "Postfix 3.") {
			t.Errorf("%s: host %q, software %q", host, doc.Host, doc.Software)
		}
	}
}

// edgeFaults plants each fault in the configuration of both instances.
func (l *lab) edgeFaults(t *testing.T) {
	for n := 1; n <= 2; n++ {
		at := func(fault string) string { return fmt.Sprintf("%s on instance %d", fault, n) }
		run := func(dir, address string) *report.Edge { return l.edge(t, "--no-probe", "--config-dir", dir, address) }

		well := l.host(t, n, "", nil)
		expect(t, at("nothing"), run(well, "user@virtual.example"), "unknown", "")
		missing := l.host(t, n, "virtual_alias_maps = texthash:@DIR@/alias", map[string]string{"alias": "other@alias.example good@alias.example\n"})
		expect(t, at("missing alias"), run(missing, "sales@alias.example"), "recipient:unknown", "")
		unused := l.host(t, n, "virtual_alias_maps = texthash:@DIR@/alias", map[string]string{"alias": "", "alias.new": "sales@alias.example good@alias.example\n"})
		expect(t, at("unused map"), run(unused, "sales@alias.example"), "backend:misconfigured", "unused-map")
		attribute := l.host(t, n, "virtual_mailbox_maps = ldap:@DIR@/wrong-attribute.ldap", nil)
		expect(t, at("wrong attribute"), run(attribute, "good@ldap.example"), "backend:misconfigured", "wrong-attribute")
		domain := l.host(t, n, "virtual_mailbox_maps = ldap:@DIR@/people.ldap", map[string]string{"people.ldap": l.read(t, "run/postfix-1/etc/people.ldap") + "domain = other.example\n"})
		expect(t, at("domain left out"), run(domain, "good@ldap.example"), "backend:misconfigured", "directory-domain")
		both := l.host(t, n, "relay_domains = virtual.example\nrelay_recipient_maps = texthash:@DIR@/relay",
			map[string]string{"relay": "new@virtual.example x\n", "virtual": "", "alias": ""})
		expect(t, at("two roles"), run(both, "new@virtual.example"), "backend:misconfigured", "domain-twice")
		expect(t, at("stale table"), run(l.staleHost(t, n), "new@virtual.example"), "backend:misconfigured", "stale-sync")
		full := l.fullDisk(t)
		expect(t, at("full queue"), run(l.host(t, n, "queue_directory = "+full, nil), "user@virtual.example"), "backend:storage-full", "storage-full")
		boxes := l.host(t, n, "virtual_transport = virtual\nvirtual_mailbox_base = "+full, nil)
		expect(t, at("full mailboxes"), run(boxes, "user@virtual.example"), "backend:storage-full", "storage-full")
	}
}

func (l *lab) read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(l.dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// staleHost makes a host whose table was changed after it was compiled.
func (l *lab) staleHost(t *testing.T, n int) string {
	t.Helper()
	dir := l.host(t, n, "virtual_mailbox_maps = hash:@DIR@/boxes\nvirtual_alias_maps =", map[string]string{"boxes": "old@virtual.example x\n"})
	boxes := filepath.Join(dir, "boxes")
	if out, err := exec.CommandContext(t.Context(), "postmap", "-c", dir, "hash:"+boxes).CombinedOutput(); err != nil {
		t.Fatalf("postmap: %v\n%s", err, out)
	}
	if err := os.WriteFile(boxes, []byte("old@virtual.example x\nnew@virtual.example x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(boxes); err != nil || os.Chtimes(boxes+".db", info.ModTime().Add(-time.Hour), info.ModTime().Add(-time.Hour)) != nil {
		t.Fatal("the table could not be made old")
	}
	return dir
}

// fullDisk mounts a file system that is smaller than a message may be.
func (l *lab) fullDisk(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=1m"); err != nil {
		t.Skipf("no file system can be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// edgeDatabases asks a real SQLite database, and servers of databases that do not
// answer.
func (l *lab) edgeDatabases(t *testing.T) {
	const table = "dbpath = @DIR@/mail.sqlite\nquery = SELECT maildir FROM mailboxes WHERE address = '%s' AND active = 1\n"
	const tables = `CREATE TABLE mailboxes (address TEXT, maildir TEXT, active INT);
INSERT INTO mailboxes VALUES ('user@virtual.example', 'virtual.example/user/', 1), ('o''brien@virtual.example', 'virtual.example/ob/', 1), ('gone@virtual.example', 'virtual.example/gone/', 0);`
	for n := 1; n <= 2; n++ {
		at := func(fault string) string { return fmt.Sprintf("%s on instance %d", fault, n) }
		database := func(definition string) string {
			dir := l.host(t, n, "virtual_transport = virtual\nvirtual_mailbox_base = @DIR@/vmail\nvirtual_alias_maps =\nvirtual_mailbox_maps = sqlite:@DIR@/boxes.cf", map[string]string{"boxes.cf": definition})
			if out, err := exec.CommandContext(t.Context(), "sqlite3", filepath.Join(dir, "mail.sqlite"), tables).CombinedOutput(); err != nil {
				t.Fatalf("sqlite3: %v\n%s", err, out)
			}
			return dir
		}
		run := func(dir, address string) *report.Edge { return l.edge(t, "--no-probe", "--config-dir", dir, address) }
		good := database(table)
		doc := run(good, "user@virtual.example")
		expect(t, at("sqlite"), doc, "unknown", "")
		if c := checkOf(doc, "directory-lookup", "virtual_mailbox_maps"); c.Status != "ok" || !strings.Contains(c.Output, "virtual.example/user/") {
			t.Errorf("%s: %+v", at("sqlite"), c)
		}
		if c := checkOf(doc, "directory-settings", "sqlite:"); !strings.Contains(c.Means, "SELECT maildir FROM mailboxes WHERE address = 'user@virtual.example' AND active = 1") {
			t.Errorf("the query is not shown: %+v", c)
		}
		if c := checkOf(doc, "mailbox-on-disk", ""); !strings.HasSuffix(c.Command, "vmail/virtual.example/user/") {
			t.Errorf("the mailbox is looked for elsewhere: %+v", c)
		}
		if c := checkOf(run(good, "o'brien@virtual.example"), "directory-settings", "sqlite:"); !strings.Contains(c.Means, "'o''brien@virtual.example'") {
			t.Errorf("the quote is not doubled: %+v", c)
		}
		expect(t, at("inactive row"), run(good, "gone@virtual.example"), "recipient:unknown", "")
		expect(t, at("wrong column"), run(database(strings.Replace(table, "maildir", "address", 1)), "user@virtual.example"), "unknown", "wrong-attribute")
		expect(t, at("no such column"), run(database(strings.Replace(table, "maildir", "mailbox", 1)), "user@virtual.example"), "lookup:temporary", "dependency-failure")
		expect(t, at("domain left out"), run(database(table+"domain = other.example\n"), "user@virtual.example"), "backend:misconfigured", "directory-domain")
		for _, kind := range []string{"mysql", "pgsql"} {
			definition := "hosts = inet:127.9.0.90:3306\nuser = postfix\npassword = s3cret\ndbname = mail\nquery = SELECT maildir FROM mailboxes WHERE local = '%u' AND domain = '%d'\n"
			if kind == "pgsql" {
				definition = strings.Replace(definition, "inet:127.9.0.90:3306", "127.9.0.90:5432", 1)
			}
			dir := l.host(t, n, "virtual_alias_maps =\nvirtual_mailbox_maps = "+kind+":@DIR@/boxes.cf", map[string]string{"boxes.cf": definition})
			doc := run(dir, "user@virtual.example")
			expect(t, at(kind+" refuses connections"), doc, "lookup:temporary", "dependency-failure")
			c := checkOf(doc, "directory-settings", kind)
			if !strings.Contains(c.Means, "local = 'user' AND domain = 'virtual.example'") || strings.Contains(c.Output, "s3cret") {
				t.Errorf("%s: %+v", kind, c)
			}
		}
	}
}

// within writes a program that runs one of the lab's, which looks for its files
// in /usr.
func (l *lab) within(t *testing.T, dir, name, command string) {
	t.Helper()
	script, err := filepath.Abs(labScript)
	if err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprintf("#!/bin/sh\nexec %s within %s %s \"$@\"\n", script, l.dir, command)
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o700); err != nil { //nolint:gosec // it is run
		t.Fatal(err)
	}
}

// edgeDovecot asks a real Dovecot for the mailbox and the quota.
func (l *lab) edgeDovecot(t *testing.T) {
	bin := t.TempDir()
	l.within(t, bin, "doveadm", "/usr/bin/doveadm -c "+filepath.Join(l.dir, "run/dovecot.conf"))
	t.Setenv("PATH", bin+":"+os.Getenv("PATH"))
	run := func(address string) *report.Edge { return l.edge(t, append(l.instance(1), "--no-probe", address)...) }
	doc := run("full@quota.example")
	expect(t, "over quota", doc, "recipient:full", "mailbox-full")
	if c := checkOf(doc, "mailbox-on-disk", ""); c.Status != "ok" || !strings.Contains(c.Command, "ls -ld "+l.dir+"/run/mail/full@quota.example/") {
		t.Errorf("the mailbox: %+v", c)
	}
	doc = run("good@quota.example")
	expect(t, "room", doc, "unknown", "")
	if c := checkOf(doc, "mailbox-quota", ""); c.Status != "ok" {
		t.Errorf("the quota: %+v", c)
	}
	other := l.host(t, 1, "", map[string]string{"virtual": "stranger@quota.example x\n"})
	expect(t, "no user", l.edge(t, "--no-probe", "--config-dir", other, "stranger@quota.example"), "backend:misconfigured", "mailbox-unknown")
}

// edgeWitness gives the result to "smtpdiag diagnose".
func (l *lab) edgeWitness(t *testing.T) {
	file := filepath.Join(t.TempDir(), "edge.json")
	raw, err := json.Marshal(l.edge(t, append(l.instance(2), "--host", "127.9.1.101:2525", "sales@alias.example")...))
	if err == nil {
		err = os.WriteFile(file, raw, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	stdout, stderr, status := l.run(t, "diagnose", "-o", "json", "--edge", file, "--no-public", "--no-system", "--authoritative=false", "--resolver", labResolver,
		"--port", "2525", "--allow-private", "sales@alias.example")
	var doc report.Diagnose
	if err := json.Unmarshal([]byte(stdout), &doc); err != nil || status != 0 {
		t.Fatalf("%v, status %d\n%s%s", err, status, stdout, stderr)
	}
	if doc.Verdict.Key != "shown-on-host" || doc.Verdict.Class != "backend:misconfigured" || doc.Edge == nil || doc.Edge.Host != "mx2.lab.example" {
		t.Errorf("verdict %+v", doc.Verdict)
	}
}

// edgeNotRoot runs the checks as a user who may read little.
func (l *lab) edgeNotRoot(t *testing.T) {
	dir := t.TempDir()
	readableByAll(t, dir)
	binary := filepath.Join(dir, "program") // the name of the program is that of a folder here
	raw, err := os.ReadFile(l.binary)
	if err == nil {
		err = os.WriteFile(binary, raw, 0o755) //nolint:gosec // it is run by another user
	}
	if err == nil {
		err = os.Chmod(filepath.Join(l.dir, "run/postfix-1/etc/people.ldap"), 0o600)
	}
	if err == nil {
		err = os.Chmod(filepath.Join(l.dir, "run/log/postfix-1.log"), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), binary, append([]string{"edge", "-o", "json", "--host", "127.9.1.4:2525", "good@ldap.example"}, l.instance(1)...)...)
	cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_CONFIG_HOME="+dir)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	var out, errOut bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errOut
	var doc report.Edge
	if err := cmd.Run(); err != nil || json.Unmarshal(out.Bytes(), &doc) != nil {
		t.Fatalf("%v\n%s%s", err, out.String(), errOut.String())
	}
	// The host takes the address, whatever this user cannot see.
	expect(t, "not root", &doc, "notice:delivered", "")
	for _, key := range []string{"directory-lookup", "directory-settings", "log-last-words"} {
		if c := checkOf(&doc, key, ""); c.Status != "skipped" || !strings.Contains(c.Means, "not root") {
			t.Errorf("%s: %+v", key, c)
		}
	}
}

// edgeExim runs the checks on a host with Exim, and on one without any mail
// server.
func (l *lab) edgeExim(t *testing.T, plain string) {
	t.Helper()
	bin := t.TempDir()
	l.within(t, bin, "exim4", "/usr/sbin/exim4 -C "+filepath.Join(l.dir, "run/exim.conf"))
	host := []string{"--host", "127.9.2.1:2525", "--log", filepath.Join(l.dir, "run/exim/mainlog")}
	t.Setenv("PATH", bin+":"+plain)
	doc := l.edge(t, append(host, "good@exim.example")...)
	expect(t, "Exim", doc, "notice:delivered", "")
	if c := checkOf(doc, "exim-address-test", ""); c.Status != "ok" || !strings.Contains(c.Output, "router = known") || !strings.HasPrefix(doc.Software, "Exim 4.") {
		t.Errorf("%s: %+v", doc.Software, c)
	}
	if c := checkOf(doc, "queue-pressure", ""); c.Status != "ok" {
		t.Errorf("the queue of Exim: %+v", c)
	}
	if c := checkOf(doc, "maps-in-force", ""); c.Status != "skipped" || !strings.Contains(c.Means, "this host has Exim and no Postfix") {
		t.Errorf("the maps: %+v", c)
	}
	expect(t, "unknown to Exim", l.edge(t, append(host, "nobody@exim.example")...), "recipient:unknown", "")
	expect(t, "greylisted by Exim", l.edge(t, append(host, "later@exim.example")...), "recipient:unknown", "")

	t.Setenv("PATH", plain)
	doc = l.edge(t, append(host, "nobody@exim.example")...)
	expect(t, "without Exim's programs", doc, "recipient:unknown", "")
	if c := checkOf(doc, "maps-in-force", ""); c.Means != "Not done: postconf is not installed." {
		t.Errorf("the maps: %+v", c)
	}
}
