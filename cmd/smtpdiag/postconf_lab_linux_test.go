package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/smtpdiag/smtpdiag/diagnose"
	"github.com/smtpdiag/smtpdiag/postfix"
	"github.com/smtpdiag/smtpdiag/report"
)

// realPostfix is a Postfix with a configuration of its own, of which nothing
// runs.
type realPostfix struct {
	lab *lab
	dir string
}

// realPostfix makes one. master.cf is that of the lab, without its smtpd.
func (l *lab) realPostfix(t *testing.T) *realPostfix {
	t.Helper()
	p := &realPostfix{lab: l, dir: t.TempDir()}
	readableByAll(t, p.dir)
	for _, name := range []string{"queue", "data"} {
		if err := os.Mkdir(filepath.Join(p.dir, name), 0o755); err != nil { //nolint:gosec // see above
			t.Fatal(err)
		}
	}
	var files strings.Builder // what postfix check makes where it is missing
	for _, name := range []string{"active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "private", "saved", "trace"} {
		files.WriteString("$queue_directory/" + name + ":d:$mail_owner:-:700:uc\n")
	}
	files.WriteString("$queue_directory/maildrop:d:$mail_owner:$setgid_group:730:uc\n$queue_directory/public:d:$mail_owner:$setgid_group:710:uc\n" +
		"$queue_directory/pid:d:root:-:755:uc\n$data_directory:d:$mail_owner:-:700:uc\n")
	p.write(t, "postfix-files", files.String())
	return p
}

// readableByAll lets users other than root into a folder of a test.
func readableByAll(t *testing.T, dir string) {
	t.Helper()
	for ; len(dir) > len(os.TempDir()); dir = filepath.Dir(dir) {
		if err := os.Chmod(dir, 0o755); err != nil { //nolint:gosec // daemons that are not root read it
			t.Fatal(err)
		}
	}
}

func (p *realPostfix) write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(p.dir, name), []byte(text), 0o644); err != nil { //nolint:gosec // see above
		t.Fatal(err)
	}
}

// configure writes main.cf and master.cf with lines beside those that make it
// work. Lines of master.cf are told by their form.
func (p *realPostfix) configure(t *testing.T, example string) {
	t.Helper()
	root := filepath.Join(p.lab.dir, "root")
	main := strings.NewReplacer("@ROOT@", root, "@DIR@", p.dir).Replace(`compatibility_level = 3.6
daemon_directory = @ROOT@/usr/lib/postfix/sbin
command_directory = @ROOT@/usr/sbin
shlib_directory = @ROOT@/usr/lib/postfix
meta_directory = @DIR@
manpage_directory = @DIR@/man
queue_directory = @DIR@/queue
data_directory = @DIR@/data
sendmail_path = @ROOT@/usr/sbin/sendmail
mailq_path = @ROOT@/usr/bin/mailq
newaliases_path = @ROOT@/usr/bin/newaliases
mail_owner = mail
setgid_group = uucp
import_environment = MAIL_CONFIG MAIL_LOGTAG LD_LIBRARY_PATH
`)
	master, err := os.ReadFile("../../testdata/lab/postfix/master.cf")
	if err != nil {
		t.Fatal(err)
	}
	services := string(master)
	for line := range strings.SplitSeq(example, "\n") {
		var one postfix.Settings
		if err := one.ReadSettings("", strings.NewReader(line)); err == nil && len(one.Services) > 0 {
			// A service replaces the one of the same name.
			services = regexp.MustCompile(`(?m)^`+regexp.QuoteMeta(one.Services[0].Name)+`\s+`+one.Services[0].Type+`\s.*\n`).ReplaceAllString(services, "")
			services += line + "\n"
		} else {
			main += line + "\n"
		}
	}
	p.write(t, "main.cf", main)
	p.write(t, "master.cf", services)
}

// run runs one of Postfix's programs on the configuration.
func (p *realPostfix) run(t *testing.T, stdin, name string, args ...string) (out string, err error) {
	t.Helper()
	root := filepath.Join(p.lab.dir, "root")
	cmd := exec.CommandContext(t.Context(), filepath.Join(root, "usr", name), args...)
	cmd.Env = []string{"MAIL_CONFIG=" + p.dir, "LD_LIBRARY_PATH=" + root + "/usr/lib/postfix", "PATH=" + os.Getenv("PATH")}
	cmd.Dir, cmd.Stdin = filepath.Join(p.dir, "queue"), strings.NewReader(stdin)
	if filepath.Base(name) == "smtpd" {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	text, err := cmd.CombinedOutput()
	return string(text), err
}

// findings runs "smtpdiag postconf" on it, as on the host itself.
func (p *realPostfix) findings(t *testing.T) rulesFound {
	t.Helper()
	root := filepath.Join(p.lab.dir, "root")
	cmd := exec.CommandContext(t.Context(), p.lab.binary, "postconf", "-o", "json")
	cmd.Env = []string{"MAIL_CONFIG=" + p.dir, "LD_LIBRARY_PATH=" + root + "/usr/lib/postfix", "PATH=" + root + "/usr/sbin:" + os.Getenv("PATH"), "HOME=" + p.dir}
	out, err := cmd.Output()
	doc := new(report.Postconf)
	if err == nil {
		err = json.Unmarshal(out, doc)
	}
	if err != nil {
		t.Errorf("smtpdiag postconf: %v\n%s", err, out)
	}
	return doc.Findings
}

// rulesFound is what "smtpdiag postconf" found.
type rulesFound []report.SettingFinding

func (r rulesFound) has(rule string) bool {
	return slices.ContainsFunc(r, func(f report.SettingFinding) bool { return f.Rule == rule })
}

// accepted runs what reads the settings of an example: postfix check, a tool and
// an smtpd that talks to its standard input.
func (p *realPostfix) accepted(t *testing.T) error {
	t.Helper()
	if out, err := p.run(t, "", "sbin/postfix", "check"); err != nil {
		return fmt.Errorf("postfix check: %w\n%s", err, out)
	}
	if out, err := p.run(t, "", "sbin/postmap", "-q", "x", "inline:{x=y}"); err != nil {
		return fmt.Errorf("postmap: %w\n%s", err, out)
	}
	if out, err := p.run(t, "QUIT\r\n", "lib/postfix/sbin/smtpd", "-S"); err != nil || !strings.Contains(out, "221 2.0.0 Bye") {
		return fmt.Errorf("smtpd: %w\n%s", err, out)
	}
	return nil
}

// defaults gives what postconf -d prints, by name.
func (p *realPostfix) defaults(t *testing.T) map[string]string {
	t.Helper()
	return p.parameters(t, "-d")
}

func (p *realPostfix) parameters(t *testing.T, flags ...string) map[string]string {
	t.Helper()
	out, err := p.run(t, "", "sbin/postconf", flags...)
	if err != nil {
		t.Fatalf("postconf %v: %v\n%s", flags, err, out)
	}
	all := map[string]string{}
	for line := range strings.Lines(out) {
		if name, value, ok := strings.Cut(line, " ="); ok {
			all[name] = strings.TrimSpace(value)
		}
	}
	if len(all) < 500 {
		t.Fatalf("postconf %v knows %d parameters alone", flags, len(all))
	}
	return all
}

// ownNames are the names in the examples that no Postfix knows, on purpose: a
// class of restrictions of one's own, and a name that is misspelt.
var ownNames = map[string]bool{"strict": true, "local_recipients_maps": true}

// hostDefaults are the defaults that differ from host to host.
var hostDefaults = map[string]bool{"myhostname": true, "mydomain": true}

// TestLabPostconf holds the rules about settings against a real Postfix: it knows
// every name, has every default, accepts every example, and makes each rule find
// what it is about and spare what it is not.
func TestLabPostconf(t *testing.T) {
	l := builtLab(t)
	first := l.realPostfix(t)
	first.configure(t, "")
	defaults := first.defaults(t)
	version := defaults["mail_version"]
	t.Logf("Postfix %s, %d parameters", version, len(defaults))
	checkDefaults(t, first, defaults, version)
	checkNames(t, defaults)

	var all sync.WaitGroup
	slots := make(chan *realPostfix, 8) // postfix check sleeps more than it works
	slots <- first
	for len(slots) < cap(slots) {
		slots <- l.realPostfix(t)
	}
	checkHits(t, slots)
	for _, r := range diagnose.SettingRules() {
		all.Go(func() {
			p := <-slots
			checkMisses(t, p, &r)
			slots <- p
		})
	}
	all.Wait()
}

// realExample gives an example as it would stand in main.cf, "" where it is about
// files beside it; TestScript/postconf has those.
func realExample(example string) string {
	if strings.HasPrefix(example, "map-file ") {
		return ""
	}
	return strings.TrimPrefix(example, "postconf: warning: /etc/postfix/main.cf: unused parameter: ") // what Postfix itself warns of
}

// checkHits holds the examples of all rules against Postfix and against smtpdiag,
// many at once: as long as none sets what another one does, they stand in one
// main.cf.
func checkHits(t *testing.T, slots chan *realPostfix) {
	t.Helper()
	p := <-slots
	var batches []*batch
	for _, example := range notAccepted {
		if p.configure(t, example); p.accepted(t) == nil {
			t.Errorf("Postfix accepts %q", example)
		}
		if rule := ruleOf(example); !p.findings(t).has(rule) {
			t.Errorf("%s does not find fault with %q", rule, example)
		}
	}
	for _, r := range diagnose.SettingRules() {
		for _, hit := range r.Hits {
			if hit = realExample(hit); hit == "" || slices.Contains(notAccepted, hit) {
				continue
			}
			var s postfix.Settings
			if err := s.ReadSettings("", strings.NewReader(hit)); err != nil {
				t.Errorf("%s: %v", r.ID, err)
			}
			taken := func(b *batch) bool {
				return len(s.Services) > 0 && b.names["master.cf"] || slices.ContainsFunc(s.Parameters, func(v postfix.Setting) bool { return b.names[v.Name] })
			}
			i := slices.IndexFunc(batches, func(b *batch) bool { return !taken(b) })
			if i < 0 {
				i = len(batches)
				batches = append(batches, &batch{names: map[string]bool{}})
			}
			b := batches[i]
			b.text, b.rules = append(b.text, hit), append(b.rules, r.ID)
			b.names["master.cf"] = b.names["master.cf"] || len(s.Services) > 0
			for _, v := range s.Parameters {
				b.names[v.Name] = true
			}
		}
	}
	slots <- p
	var all sync.WaitGroup
	for _, b := range batches {
		all.Go(func() {
			p := <-slots
			b.check(t, p)
			slots <- p
		})
	}
	all.Wait()
	t.Logf("examples in %d configurations", len(batches))
}

// batch is examples that can stand in one main.cf, and the rules they are of.
type batch struct {
	text, rules []string
	names       map[string]bool
}

// check holds a batch against Postfix and smtpdiag, and one by one where that
// tells nothing.
func (b *batch) check(t *testing.T, p *realPostfix) {
	t.Helper()
	p.configure(t, strings.Join(b.text, "\n"))
	together := p.accepted(t)
	found := p.findings(t)
	for i, one := range b.text {
		if together != nil {
			p.configure(t, one)
			if err := p.accepted(t); err != nil {
				t.Errorf("Postfix does not accept %q: %v", one, err)
			}
		}
		if !found.has(b.rules[i]) {
			if p.configure(t, one); !p.findings(t).has(b.rules[i]) {
				t.Errorf("%s does not find fault with %q", b.rules[i], one)
			}
		}
	}
}

// notAccepted are the examples that are about what Postfix does not accept.
var notAccepted = []string{"unverified_recipient_defer_code = 550", "unverified_sender_defer_code = 550"}

// ruleOf gives the rule that an example is of.
func ruleOf(example string) string {
	for _, r := range diagnose.SettingRules() {
		if slices.Contains(r.Hits, example) {
			return r.ID
		}
	}
	return ""
}

// checkMisses runs the near misses of a rule.
func checkMisses(t *testing.T, p *realPostfix, r *diagnose.SettingRule) {
	t.Helper()
	for _, miss := range r.Misses {
		if realExample(miss) == "" || r.ID == "unused-parameter" || r.ID == "filter-loop" && !strings.Contains(miss, "smtpd") {
			continue // the last is one without a master.cf, which a real host has
		}
		p.configure(t, miss)
		if p.findings(t).has(r.ID) {
			t.Errorf("%s finds fault with %q", r.ID, miss)
		}
	}
}

// checkDefaults compares the defaults with those of a real Postfix, as they are
// or as they come out with the compatibility_level of its version.
func checkDefaults(t *testing.T, p *realPostfix, defaults map[string]string, version string) {
	t.Helper()
	inForce := p.parameters(t, "-x")
	for _, d := range diagnose.SettingDefaults() {
		want := d.Value
		if d.Since != "" && olderThan(version, d.Since) {
			want = d.Before
		}
		got, known := defaults[d.Name]
		switch {
		case !known:
			t.Errorf("Postfix %s knows no %s", version, d.Name)
		case got != want && inForce[d.Name] != want && !hostDefaults[d.Name]:
			t.Errorf("%s is %q by default, not %q", d.Name, got, want)
		}
	}
}

// olderThan compares versions such as "3.7.11" and "3.9".
func olderThan(version, than string) bool {
	var a, b [2]int
	_, errA := fmt.Sscanf(version, "%d.%d", &a[0], &a[1])
	_, errB := fmt.Sscanf(than, "%d.%d", &b[0], &b[1])
	return errA == nil && errB == nil && slices.Compare(a[:], b[:]) < 0
}

// checkNames looks for the names of rules and examples among those that a real
// Postfix knows: its own, and old ones that a default still refers to.
func checkNames(t *testing.T, defaults map[string]string) {
	t.Helper()
	var values []string
	for _, v := range defaults {
		values = append(values, v)
	}
	referred := strings.Join(values, "\n")
	check := func(rule, name string) {
		if _, known := defaults[name]; known || ownNames[name] || name == "main.cf" || name == "master.cf" {
			return
		}
		if !regexp.MustCompile(`\$\{?` + regexp.QuoteMeta(name) + `\b`).MatchString(referred) {
			t.Errorf("%s: Postfix knows no %s", rule, name)
		}
	}
	for _, r := range diagnose.SettingRules() {
		check(r.ID, r.Setting)
		for _, example := range append(slices.Clone(r.Hits), r.Misses...) {
			var s postfix.Settings
			if err := s.ReadSettings("", strings.NewReader(strings.ReplaceAll(example, "map-file ", "# "))); err != nil {
				t.Errorf("%s: %v", r.ID, err)
			}
			for _, parameter := range s.Parameters {
				check(r.ID, parameter.Name)
			}
		}
	}
}
