package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"github.com/smtpdiag/smtpdiag/diagnose"
	"github.com/smtpdiag/smtpdiag/postfix"
)

// directories reads the definitions of the directory tables that were asked,
// and asks the directories themselves where a tool for that is installed.
func (r *edgeRun) directories(ctx context.Context) {
	seen := map[string]bool{}
	for i := range r.c.Lookups {
		l := &r.c.Lookups[i]
		table := strings.TrimPrefix(l.Table, "proxy:")
		kind, path, _ := strings.Cut(table, ":")
		if seen[table] || l.Why == "domain" || !diagnose.IsDirectory(table) || !strings.HasPrefix(path, "/") {
			continue
		}
		seen[table] = true
		d := diagnose.EdgeDirectory{Setting: l.Setting, Table: l.Table}
		d.Command = commandText("sed", "-n", "1,120p", path)
		set, err := readDefinition(path)
		if err != nil {
			d.Skipped = notRoot(newInputError(path, err).Error())
			r.c.Directories = append(r.c.Directories, d)
			continue
		}
		get := func(name string) string {
			for _, p := range set.Parameters {
				if p.Name == name {
					return p.Value
				}
			}
			return ""
		}
		var lines []string
		for _, p := range set.Parameters {
			if strings.Contains(p.Name, "password") || strings.HasSuffix(p.Name, "_pw") {
				p.Value = "(not shown)"
			}
			lines = append(lines, p.Name+" = "+p.Value)
		}
		d.Output, d.Server, d.Attribute = strings.Join(lines, "\n"), get("server_host")+get("hosts"), get("result_attribute")
		if kind == "ldap" {
			r.askLDAP(ctx, &d, get)
		}
		r.c.Directories = append(r.c.Directories, d)
	}
}

// readDefinition reads the file behind "ldap:/etc/postfix/people.cf".
func readDefinition(path string) (*postfix.Settings, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer closeRead(f)
	var set postfix.Settings
	return &set, set.ReadSettings(path, f)
}

// askLDAP asks the directory by the filter of the table, for the attribute that
// the table returns. A password goes by standard input, where nobody sees it.
func (r *edgeRun) askLDAP(ctx context.Context, d *diagnose.EdgeDirectory, get func(string) string) {
	server, _, _ := strings.Cut(strings.TrimSpace(get("server_host")), " ")
	if server == "" {
		server = "localhost"
	}
	if !strings.Contains(server, "://") {
		if port := get("server_port"); port != "" {
			server += ":" + port
		}
		server = "ldap://" + server
	}
	if d.Attribute == "" {
		d.Attribute = "maildrop" // the default of ldap_table(5)
	}
	filter := get("query_filter")
	if filter == "" {
		filter = "mailacceptinggeneralid=%s"
	}
	filter = expandFilter(filter, r.c.Address)
	attribute, _, _ := strings.Cut(strings.ReplaceAll(d.Attribute, ",", " "), " ")
	if strings.HasPrefix(attribute, "-") || strings.HasPrefix(filter, "-") {
		d.Asked.Skipped = "the filter or attribute of " + d.Table + " begins with a dash"
		return
	}
	args := []string{"-x", "-LLL", "-o", "nettimeout=5", "-H", server, "-b", get("search_base")}
	stdin := ""
	if dn, pw := get("bind_dn"), get("bind_pw"); dn != "" && get("bind") != "no" {
		args, stdin = append(args, "-D", dn, "-y", "/dev/stdin"), pw
	}
	args = append(args, filter, "dn", attribute)
	d.Asked.Command = commandText("ldapsearch", args...)
	res := r.command(ctx, stdin, "ldapsearch", args...)
	switch {
	case res.err != "":
		d.Asked.Skipped = res.err
	case res.status != 0 && res.status != 32: // 32 is "no such object"
		d.Asked.Skipped = "the directory could not be asked: " + lastLine(res.errOut)
	default:
		d.Asked.Output = strings.TrimSpace(res.out)
		for line := range strings.Lines(res.out) {
			d.Entry = d.Entry || strings.HasPrefix(line, "dn:")
			d.HasAttribute = d.HasAttribute || len(line) > len(attribute) && strings.EqualFold(line[:len(attribute)], attribute) && line[len(attribute)] == ':'
		}
	}
}

// expandFilter puts the address into a filter as ldap_table(5) does: %s the
// address, %u the local part, %d the domain, each quoted by RFC 4515.
func expandFilter(filter, address string) string {
	user, domain, _ := strings.Cut(address, "@")
	quote := strings.NewReplacer(`\`, `\5c`, `*`, `\2a`, `(`, `\28`, `)`, `\29`, "\x00", `\00`).Replace
	filter = strings.NewReplacer("%%", "%", "%s", quote(address), "%S", quote(address), "%u", quote(user), "%U", quote(user), "%d", quote(domain), "%D", quote(domain)).Replace(filter)
	if !strings.HasPrefix(filter, "(") {
		filter = "(" + filter + ")"
	}
	return filter
}

// mailbox looks for the mailbox on disk, where virtual(8) would put it.
func (r *edgeRun) mailbox(_ context.Context) {
	m := &r.c.Mailbox
	base, transport := r.value("virtual_mailbox_base"), r.value("virtual_transport")
	result := ""
	for i := range r.c.Lookups {
		if l := &r.c.Lookups[i]; l.Setting == "virtual_mailbox_maps" && l.Found && l.Why != "domain" {
			result, _, _ = strings.Cut(l.Result, "\n")
			break
		}
	}
	switch {
	case result == "":
		m.Skipped = "no virtual mailbox is known for the address"
		return
	case transport != "" && !strings.HasPrefix(transport, "virtual") && base == "":
		m.Skipped = "mail goes to " + transport + ", which knows where the mailbox is (for Dovecot: doveadm mailbox status -u " + shellWord(r.c.Address, "ADDRESS") + " messages INBOX)"
		return
	case base == "":
		m.Skipped = "virtual_mailbox_base is not set"
		return
	}
	path := filepath.Join(base, result)
	if rel, err := filepath.Rel(base, path); err != nil || rel == ".." || strings.HasPrefix(rel, "../") {
		m.Skipped = "the table gives a path outside virtual_mailbox_base"
		return
	}
	m.Command = commandText("ls", "-ld", path)
	info, err := os.Stat(path)
	switch {
	case err == nil:
		m.Exists = true
		m.Output = info.Mode().String() + " " + info.ModTime().UTC().Format("2006-01-02 15:04:05") + " " + path
	case os.IsNotExist(err):
		m.NoEntry = true
		m.Output = newInputError(path, err).Error()
	case os.IsPermission(err):
		m.Skipped = notRoot(path + " may not be looked at")
	default:
		m.Output = newInputError(path, err).Error()
	}
}
