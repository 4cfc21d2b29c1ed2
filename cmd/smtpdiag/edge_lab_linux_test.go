package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

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

// host makes another Postfix configuration from the first one: with lines of
// its own and nothing running.
func (l *lab) host(t *testing.T, lines string, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"main.cf", "master.cf", "dynamicmaps.cf"} {
		text, err := os.ReadFile(filepath.Join(l.dir, "run/postfix-1/etc", name))
		if err != nil {
			t.Fatal(err)
		}
		if name == "main.cf" {
			text = append(text, strings.ReplaceAll(lines, "@DIR@", dir)...)
		}
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestLabEdge plants a fault in real hosts, and finds it.
func TestLabEdge(t *testing.T) {
	l := startLab(t)
	t.Setenv("PATH", filepath.Join(l.dir, "root/usr/sbin")+":"+filepath.Join(l.dir, "root/usr/bin")+":"+os.Getenv("PATH"))
	t.Setenv("LD_LIBRARY_PATH", filepath.Join(l.dir, "root/usr/lib/postfix"))
	first := []string{"--config-dir", filepath.Join(l.dir, "run/postfix-1/etc"), "--log", filepath.Join(l.dir, "run/log/postfix-1.log")}
	check := func(name string, doc *report.Edge, class, finding string) {
		t.Helper()
		found := finding == "" || slices.ContainsFunc(doc.Findings, func(f report.Finding) bool { return f.Key == finding })
		if doc.Class != class || !found {
			t.Errorf("%s: class %s (%s), findings %v; want %s with %s", name, doc.Class, doc.Text, doc.Findings, class, finding)
		}
	}
	check("all well", l.edge(t, append(first, "--host", "127.9.1.4:2525", "good@ldap.example")...), "notice:delivered", "")
	check("wrong attribute", l.edge(t, append(first, "--host", "127.9.1.5:2525", "good@ldap.example")...), "backend:misconfigured", "wrong-attribute")
	check("unknown", l.edge(t, append(first, "--host", "127.9.1.1:2525", "nobody@virtual.example")...), "recipient:unknown", "")
	check("greylisted", l.edge(t, append(first, "--host", "127.9.1.7:2525", "good@grey.example")...), "policy:greylist", "")
	check("certificate", l.edge(t, append(first, "--host", "127.9.1.13:2525", "user@virtual.example")...), "notice:delivered", "tls-untrusted")
	check("elsewhere", l.edge(t, append(first, "--host", "127.9.1.1:2525", "user@other.example")...), "routing:relay-denied", "")
	check("missing alias", l.edge(t, "--config-dir", filepath.Join(l.dir, "run/postfix-2/etc"), "--log", filepath.Join(l.dir, "run/log/postfix-2.log"),
		"--host", "127.9.1.101:2525", "sales@alias.example"), "backend:misconfigured", "unused-map")
	l.script(t, "ldap", "down")
	check("stopped directory", l.edge(t, append(first, "--host", "127.9.1.4:2525", "good@ldap.example")...), "lookup:temporary", "dependency-failure")
	l.script(t, "ldap", "up")

	both := l.host(t, "\nrelay_domains = virtual.example\nrelay_recipient_maps = texthash:@DIR@/relay\n", map[string]string{"relay": "new@virtual.example x\n", "virtual": "", "alias": ""})
	check("two roles", l.edge(t, "--no-probe", "--config-dir", both, "new@virtual.example"), "backend:misconfigured", "domain-twice")

	stale := l.host(t, "\nvirtual_mailbox_maps = hash:@DIR@/boxes\nvirtual_alias_maps =\n", map[string]string{"boxes": "old@virtual.example x\n"})
	boxes := filepath.Join(stale, "boxes")
	if out, err := exec.CommandContext(t.Context(), "postmap", "-c", stale, "hash:"+boxes).CombinedOutput(); err != nil {
		t.Fatalf("postmap: %v\n%s", err, out)
	}
	if err := os.WriteFile(boxes, []byte("old@virtual.example x\nnew@virtual.example x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(boxes); err != nil || os.Chtimes(boxes+".db", info.ModTime().Add(-3600e9), info.ModTime().Add(-3600e9)) != nil {
		t.Fatal("the table could not be made old")
	}
	check("stale table", l.edge(t, "--no-probe", "--config-dir", stale, "new@virtual.example"), "backend:misconfigured", "stale-sync")

	full := t.TempDir()
	if err := syscall.Mount("tmpfs", full, "tmpfs", 0, "size=1m"); err != nil {
		t.Skipf("no file system can be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(full, 0); err != nil {
			t.Error(err)
		}
	})
	tight := l.host(t, "\nqueue_directory = "+full+"\n", map[string]string{"virtual": "user@virtual.example x\n", "alias": ""})
	check("full disk", l.edge(t, "--no-probe", "--config-dir", tight, "user@virtual.example"), "backend:storage-full", "storage-full")
}
