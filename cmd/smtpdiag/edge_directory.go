package main

import (
	"context"
	"os"
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
		d.Output, d.Attribute, d.Domains = strings.Join(lines, "\n"), get("result_attribute"), get("domain")
		switch kind {
		case "ldap":
			r.askLDAP(ctx, &d, get)
		case "mysql", "pgsql", "sqlite":
			d.Query = sqlQuery(get, r.c.Address)
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

// sqlQuery gives the query that a table of mysql_table(5), pgsql_table(5) or
// sqlite_table(5) asks about an address, "" where the definition has none. The
// form before Postfix 2.2 names its parts.
func sqlQuery(get func(string) string, address string) string {
	query := get("query")
	if field, table, where := get("select_field"), get("table"), get("where_field"); query == "" && field != "" && table != "" && where != "" {
		query = strings.TrimSpace("SELECT " + field + " FROM " + table + " WHERE " + where + "='%s' " + get("additional_conditions"))
	}
	return expandQuery(query, address, strings.NewReplacer("'", "''").Replace)
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

// expandFilter puts the address into a filter as ldap_table(5) does, quoted by
// RFC 4515.
func expandFilter(filter, address string) string {
	filter = expandQuery(filter, address, strings.NewReplacer(`\`, `\5c`, `*`, `\2a`, `(`, `\28`, `)`, `\29`, "\x00", `\00`).Replace)
	if !strings.HasPrefix(filter, "(") {
		filter = "(" + filter + ")"
	}
	return filter
}

// expandQuery puts the address into a query as the tables of Postfix do: %s is
// the address, %u the local part, %d the domain, %1 to %9 the labels of the
// domain from the right.
func expandQuery(query, address string, quote func(string) string) string {
	user, domain, _ := strings.Cut(address, "@")
	labels := strings.Split(domain, ".")
	words := []string{"%%", "%"}
	for _, pair := range [][2]string{{"%s", address}, {"%u", user}, {"%d", domain}} {
		words = append(words, pair[0], quote(pair[1]), strings.ToUpper(pair[0]), quote(pair[1]))
	}
	for n := 1; n <= 9 && n <= len(labels); n++ {
		words = append(words, "%"+string(rune('0'+n)), quote(labels[len(labels)-n]))
	}
	return strings.NewReplacer(words...).Replace(query)
}
