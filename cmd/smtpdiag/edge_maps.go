package main

import (
	"bufio"
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/smtpdiag/smtpdiag/diagnose"
	"github.com/smtpdiag/smtpdiag/postfix"
	"github.com/smtpdiag/smtpdiag/probes"
)

// settings reads what is set, and what is in force.
func (r *edgeRun) settings(ctx context.Context) {
	c := r.c
	c.Postconf.Command = commandText("postconf", r.postfixArgs("-n")...)
	var set postfix.Settings
	for _, flag := range []string{"-n", "-M", "-P"} {
		res := r.command(ctx, "", "postconf", r.postfixArgs(flag)...)
		switch {
		case res.err != "":
			c.Postconf.Skipped = res.err
		case res.status != 0 && flag == "-n":
			c.Postconf.Skipped = "postconf failed: " + oneLine(res.errOut)
		case res.status != 0: // an old postconf
			continue
		default:
			text := res.out
			if flag == "-n" {
				text += "\n" + res.errOut
			}
			_ = set.ReadSettings("postconf "+flag, strings.NewReader(text)) // lines that are no settings are problems of it
		}
		if c.Postconf.Skipped != "" {
			if strings.HasSuffix(res.err, "is not installed") {
				r.notPostfix(ctx)
			}
			return
		}
	}
	c.Settings = set.Items()
	names := diagnose.EdgeParameters()
	res := r.command(ctx, "", "postconf", r.postfixArgs(append([]string{"-x"}, names...)...)...)
	if res.status != 0 || res.err != "" { // -x came with Postfix 2.10
		res = r.command(ctx, "", "postconf", r.postfixArgs(names...)...)
	}
	var effective postfix.Settings
	_ = effective.ReadSettings("postconf", strings.NewReader(res.out)) // see above
	for _, p := range effective.Parameters {
		c.Effective = append(c.Effective, settingItem(p.Name, p.Value, "postconf"))
	}
	r.inet = r.service(set.Services)
	c.Service = smtpdBehind(set.Services, set.Parameters, r.inet)
	r.software = strings.TrimSpace("Postfix " + r.value("mail_version"))
}

// service finds the smtpd service of master.cf that --host or --service means,
// the one on the SMTP port without either.
func (r *edgeRun) service(services []postfix.Service) string {
	want := r.options.service
	if want != "" && !strings.Contains(want, "/") {
		want += "/inet"
	}
	spec, _ := probes.ParseHost(r.options.host) // checked before
	for _, v := range services {
		name := v.Name + "/" + v.Type
		host, port := splitService(v.Name)
		switch {
		case want != "":
			if name == want {
				return name
			}
		case v.Type != "inet":
		case r.options.host == "":
			if port == "smtp" || port == "25" {
				return name
			}
		case host != "" && host != spec.Name, !samePort(port, spec.Port):
		default:
			return name
		}
	}
	return want
}

// smtpdBehind gives the service whose overrides hold for mail that comes to one:
// the service itself, or, where it is postscreen(8), the smtpd that this hands
// connections to.
func smtpdBehind(services []postfix.Service, parameters []postfix.Setting, service string) string {
	for i := range services {
		if v := &services[i]; v.Name+"/"+v.Type != service || v.Command != "postscreen" {
			continue
		}
		name := "smtpd"
		for _, p := range parameters {
			if p.Name == "smtpd_service_name" && (p.Service == "" || p.Service == service) {
				name = p.Value
			}
		}
		if slices.ContainsFunc(services, func(v postfix.Service) bool { return v.Name == name && v.Type == "pass" }) {
			return name + "/pass"
		}
	}
	return service
}

// splitService splits the name of an inet service: "smtp", "192.0.2.1:25".
func splitService(name string) (host, port string) {
	if i := strings.LastIndexByte(name, ':'); i >= 0 {
		return strings.Trim(name[:i], "[]"), name[i+1:]
	}
	return "", name
}

func samePort(name string, port uint16) bool {
	switch name {
	case "smtp":
		name = "25"
	case "submission":
		name = "587"
	case "smtps", "submissions":
		name = "465"
	}
	if port == 0 {
		port = 25
	}
	return name == replyCode(int(port))
}

// maxLookups is how many look-ups run at the same time.
const maxLookups = 4

// tables asks every table, then looks at what is behind them.
func (r *edgeRun) tables(ctx context.Context) {
	c := r.c
	if c.Postconf.Skipped != "" {
		c.Mailbox.Skipped = "the settings could not be read"
		return
	}
	c.Lookups = diagnose.PlanEdge(c.Settings, c.Effective, c.Service, c.Address)
	r.lookups(ctx, c.Lookups)
	r.directories(ctx)
	r.mapFiles(ctx)
	r.mailbox(ctx)
}

// lookups asks, a few at the same time.
func (r *edgeRun) lookups(ctx context.Context, plan []diagnose.EdgeLookup) {
	var all sync.WaitGroup
	slots := make(chan struct{}, maxLookups)
	for i := range plan {
		slots <- struct{}{}
		all.Go(func() {
			r.lookup(ctx, &plan[i])
			<-slots
		})
	}
	all.Wait()
}

// lookup asks one table. postmap(1) prints the result and ends with 0, ends
// with 1 and says nothing where there is none, and complains on standard error
// where it cannot tell.
func (r *edgeRun) lookup(ctx context.Context, l *diagnose.EdgeLookup) {
	table := strings.TrimPrefix(l.Table, "proxy:") // asked directly: proxymap is for processes in a chroot
	res := r.command(ctx, "", "postmap", r.postfixArgs("-q", l.Key, table)...)
	switch {
	case strings.HasPrefix(res.err, "postmap did not end"):
		l.Asked, l.Failed = true, res.err
	case res.err != "":
		l.Skipped = res.err
	case res.status == 0:
		l.Asked, l.Found, l.Result = true, true, strings.TrimRight(res.out, "\n")
	case denied(res.errOut) && os.Geteuid() != 0:
		l.Skipped = notRoot(lastLine(res.errOut))
	case strings.Contains(res.errOut, "fatal:"), strings.Contains(res.errOut, "error:"), strings.Contains(res.errOut, "warning: dict_"):
		l.Asked, l.Failed = true, shortened(res.errOut)
	default:
		l.Asked = true
	}
}

func lastLine(s string) string { return s[strings.LastIndexByte(s, '\n')+1:] }

// shortened keeps the last lines of what a program complained of.
func shortened(s string) string {
	lines := strings.Split(s, "\n")
	return strings.Join(lines[max(0, len(lines)-3):], "\n")
}

// compiledSuffixes are the files of table types that are made from a text.
var compiledSuffixes = []struct{ kind, suffix string }{
	{"hash", ".db"}, {"btree", ".db"}, {"lmdb", ".lmdb"}, {"cdb", ".cdb"},
}

// maxMapFiles bounds how many files beside main.cf are looked at.
const maxMapFiles = 200

// mapFiles compares tables with their texts, and looks for tables that are not
// in use.
func (r *edgeRun) mapFiles(ctx context.Context) {
	inForce := diagnose.TablesInForce(r.c.Settings, r.c.Effective)
	named := map[string]bool{}
	for _, table := range inForce {
		kind, path, _ := strings.Cut(strings.TrimPrefix(table, "proxy:"), ":")
		named[path] = true
		for _, s := range compiledSuffixes {
			if s.kind == kind && strings.HasPrefix(path, "/") {
				r.c.Tables = append(r.c.Tables, r.compiled(kind+":"+path, path, s.suffix))
			}
		}
	}
	dir := r.options.configDir
	if dir == "" {
		dir = r.value("config_directory")
	}
	for _, path := range beside(dir) {
		if ctx.Err() != nil {
			return
		}
		base := path
		table := "texthash:" + path
		for _, s := range compiledSuffixes {
			if plain, ok := strings.CutSuffix(path, s.suffix); ok {
				base, table = plain, s.kind+":"+plain
			}
		}
		if named[base] || r.mentioned(base) {
			continue
		}
		t := diagnose.EdgeTable{Table: table}
		if base == path {
			t.Listed = r.lists(path)
		} else {
			l := diagnose.EdgeLookup{Setting: "unused", Table: table, Key: r.c.Address}
			r.lookup(ctx, &l)
			t.Known = l.Found
		}
		if base != path || t.Listed {
			r.c.Tables = append(r.c.Tables, t)
		}
	}
}

// compiled looks at a table that is compiled from a text.
func (r *edgeRun) compiled(table, path, suffix string) diagnose.EdgeTable {
	t := diagnose.EdgeTable{Table: table, InForce: true}
	if info, err := os.Stat(path); err == nil {
		t.Source = info.ModTime()
		t.Listed = r.lists(path)
	}
	if info, err := os.Stat(path + suffix); err == nil {
		t.Compiled = info.ModTime()
	} else {
		t.Problem = path + suffix + ": " + newInputError("", err).reason
	}
	t.Known = slices.ContainsFunc(r.c.Lookups, func(l diagnose.EdgeLookup) bool {
		return strings.TrimPrefix(l.Table, "proxy:") == table && l.Found && l.Why != "domain"
	})
	return t
}

// mentioned reports whether a setting speaks of a file in any other way.
func (r *edgeRun) mentioned(path string) bool {
	for _, items := range [][]string{settingTexts(r)} {
		for _, text := range items {
			for rest := text; ; {
				_, after, ok := strings.Cut(rest, path)
				if !ok {
					break
				}
				if after == "" || strings.ContainsRune(" ,\t\n}", rune(after[0])) {
					return true
				}
				rest = after
			}
		}
	}
	return false
}

func settingTexts(r *edgeRun) []string {
	dir := r.value("config_directory")
	var out []string
	for _, it := range append(slices.Clone(r.c.Settings), r.c.Effective...) {
		out = append(out, strings.NewReplacer("$config_directory", dir, "${config_directory}", dir, "$(config_directory)", dir).Replace(it.Text))
	}
	return out
}

// beside lists the files in a configuration directory and one level below that
// may be tables.
func beside(dir string) []string {
	if dir == "" {
		return nil
	}
	var out []string
	for _, pattern := range []string{"*", "*/*"} {
		names, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			continue // a directory whose name is a pattern
		}
		for _, name := range names {
			info, err := os.Stat(name)
			if err != nil || !info.Mode().IsRegular() || info.Size() > 64<<20 || len(out) >= maxMapFiles {
				continue
			}
			switch filepath.Ext(name) {
			case ".cf", ".proto", ".so", ".pem", ".key", ".crt", ".bak", ".sh":
				continue
			}
			out = append(out, name)
		}
	}
	return out
}

// lists reports whether a line of a table's text begins with the address or an
// alias form of it.
func (r *edgeRun) lists(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer closeRead(f)
	local, _, _ := strings.Cut(r.c.Address, "@")
	in := bufio.NewScanner(io.LimitReader(f, 64<<20))
	in.Buffer(make([]byte, 64<<10), 1<<20)
	for in.Scan() {
		line := in.Text()
		n := strings.IndexAny(line, " \t")
		if n < 1 {
			continue
		}
		key := line[:n]
		if strings.EqualFold(key, r.c.Address) || strings.HasSuffix(key, ":") && strings.EqualFold(strings.TrimSuffix(key, ":"), local) {
			return true
		}
	}
	return false
}
