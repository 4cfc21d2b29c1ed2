package diagnose

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/smtpdiag/smtpdiag/evidence"
)

// EdgeParameters are the parameters whose values in force the judgement on a
// receiving host needs, for "postconf -x".
func EdgeParameters() []string {
	return []string{
		"mydestination", "inet_interfaces", "proxy_interfaces", "relay_domains", "virtual_alias_domains", "virtual_mailbox_domains",
		"local_recipient_maps", "alias_maps", "relay_recipient_maps", "virtual_alias_maps", "virtual_mailbox_maps",
		"recipient_canonical_maps", "canonical_maps", "relocated_maps", "transport_maps",
		"recipient_delimiter", "smtpd_reject_unlisted_recipient", "smtpd_recipient_restrictions", "smtpd_relay_restrictions",
		"virtual_mailbox_base", "virtual_transport", "local_transport", "relay_transport", "mail_spool_directory", "home_mailbox", "mailbox_command", "mailbox_transport",
		"virtual_uid_maps",
		"queue_directory", "config_directory", "queue_minfree", "message_size_limit", "myhostname", "mydomain", "mail_version",
	}
}

// EdgeRole is one way in which a Postfix host can be responsible for a domain.
type EdgeRole struct {
	// Domains is the parameter that lists the domains, Recipients the one that
	// lists the recipients of such domains.
	Domains, Recipients string
	// Words says what the host does with such mail.
	Words string
}

// edgeRoles are in the order in which Postfix decides (ADDRESS_CLASS_README).
var edgeRoles = []EdgeRole{
	{"mydestination", "local_recipient_maps", "delivers it to local accounts and aliases"},
	{"virtual_alias_domains", "virtual_alias_maps", "rewrites it to other addresses"},
	{"virtual_mailbox_domains", "virtual_mailbox_maps", "delivers it to virtual mailboxes"},
	{"relay_domains", "relay_recipient_maps", "passes it on to another host"},
}

// EdgeLookup is one question to one table: what "postmap -q Key Table" gives.
type EdgeLookup struct {
	// Setting is the parameter that names the table. "unused" stands for a table
	// that none names.
	Setting string
	Table   string
	Key     string
	// Why says what the key is: "domain", "address" or an alias form of it.
	Why string
	// Asked is false where the command could not be run: Skipped says why.
	Asked   bool
	Skipped string
	Found   bool
	// Result is what the table gave for the key, Failed what it said where it
	// could not answer, each as it came.
	Result string
	Failed string
}

// edgeSettings gives the settings in force for one service: its own overrides,
// then the values that postconf gave, defaults included, then main.cf.
func edgeSettings(settings, effective []evidence.Item, service string) *hostSettings {
	h := &hostSettings{}
	for _, it := range settings {
		if it.Host == service && service != "" && it.Field != "master.cf" && it.Field != "problem" {
			it.Host = ""
			h.items = append(h.items, it)
		}
	}
	h.items = append(append(h.items, effective...), settings...)
	return h
}

// EdgeValue gives the expanded value of a parameter as it is in force for a
// service of master.cf ("smtp/inet"), "" for main.cf alone.
func EdgeValue(settings, effective []evidence.Item, service, name string) string {
	return edgeSettings(settings, effective, service).value(name)
}

// splitTables splits a list of tables at blanks and commas outside braces:
// "hash:/etc/aliases, inline:{ a=b }".
func splitTables(v string) []string {
	var out []string
	depth, start := 0, -1
	for i := range len(v) + 1 {
		c := byte(' ')
		if i < len(v) {
			c = v[i]
		}
		switch {
		case c == '{':
			depth++
		case c == '}' && depth > 0:
			depth--
		}
		blank := c == ' ' || c == ',' || c == '\t' || c == '\n'
		switch {
		case i == len(v), blank && depth == 0:
			if start >= 0 {
				out = append(out, v[start:i])
				start = -1
			}
		case start < 0:
			start = i
		}
	}
	return out
}

// tableType gives the type of "type:name", "" where the word is no table. The
// letters keep the word from being taken for an option of a command.
func tableType(word string) string {
	word = strings.TrimPrefix(word, "proxy:")
	kind, name, ok := strings.Cut(word, ":")
	if !ok || kind == "" || name == "" {
		return ""
	}
	for _, c := range []byte(kind) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' {
			return ""
		}
	}
	if kind[0] < 'a' {
		return ""
	}
	return kind
}

// IsDirectory reports whether a table is a directory, a database or a program
// that is asked, with a definition of its own, and no list of entries.
func IsDirectory(table string) bool {
	switch tableType(table) {
	case "ldap", "mysql", "pgsql", "sqlite", "memcache", "mongodb", "tcp", "socketmap", "netinfo", "nis", "nisplus":
		return true
	}
	return false
}

// addressForms gives the keys under which tables of addresses may know an
// address, most exact first, and says what each is.
func addressForms(address, delimiters string, local bool) (keys, why []string) {
	add := func(key, reason string) {
		if key != "" && key != "-" && key != "@" && !slices.Contains(keys, key) {
			keys, why = append(keys, key), append(why, reason)
		}
	}
	at := strings.LastIndexByte(address, '@')
	user, domain := address, ""
	if at >= 0 {
		user, domain = address[:at], strings.ToLower(address[at+1:])
	}
	base := user
	if n := strings.IndexAny(user, delimiters); n > 0 && delimiters != "" {
		base = user[:n]
	}
	add(user+"@"+domain, "address")
	add(base+"@"+domain, "without extension")
	if local {
		add(user, "local part")
		add(base, "local part without extension")
	}
	add("@"+domain, "whole domain")
	return keys, why
}

// PlanEdge says what to ask the tables of a host about an address: which could
// know its domain, which the address or one of its alias forms. A table of
// whole addresses is asked about no bare local part.
func PlanEdge(settings, effective []evidence.Item, service, address string) []EdgeLookup {
	h := edgeSettings(settings, effective, service)
	var plan []EdgeLookup
	add := func(setting, table, key, why string) {
		if tableType(table) == "" || key == "" || key == "-" {
			return
		}
		l := EdgeLookup{Setting: setting, Table: table, Key: key, Why: why}
		if !slices.Contains(plan, l) {
			plan = append(plan, l)
		}
	}
	domain := strings.ToLower(address[strings.LastIndexByte(address, '@')+1:])
	for _, role := range edgeRoles {
		for _, word := range splitTables(h.value(role.Domains)) {
			add(role.Domains, strings.TrimPrefix(word, "!"), domain, "domain")
		}
	}
	delimiters := h.value("recipient_delimiter")
	inLocal := h.domainIn("mydestination", domain) != ""
	for _, name := range []string{"virtual_alias_maps", "virtual_mailbox_maps", "relay_recipient_maps", "local_recipient_maps", "alias_maps", "recipient_canonical_maps", "canonical_maps", "relocated_maps"} {
		bare := inLocal && name != "virtual_mailbox_maps"
		keys, why := addressForms(address, delimiters, bare)
		if name == "alias_maps" || name == "local_recipient_maps" {
			if !inLocal {
				continue // these know accounts of $mydestination alone
			}
			if name == "alias_maps" {
				keys, why = onlyLocal(keys, why)
			}
		}
		for _, table := range splitTables(h.value(name)) {
			for i := range keys {
				add(name, table, keys[i], why[i])
			}
		}
	}
	for _, table := range splitTables(h.value("transport_maps")) {
		add("transport_maps", table, address, "address")
		add("transport_maps", table, domain, "domain")
	}
	for _, name := range []string{"smtpd_recipient_restrictions", "smtpd_relay_restrictions"} {
		words := splitTables(h.value(name))
		for i, word := range words {
			if i > 0 && words[i-1] == "check_recipient_access" {
				keys, why := addressForms(address, delimiters, false)
				for k := range keys[:max(0, len(keys)-1)] {
					add("check_recipient_access", word, keys[k], why[k])
				}
				add("check_recipient_access", word, domain, "domain")
				add("check_recipient_access", word, address[:strings.LastIndexByte(address, '@')+1], "user@")
			}
		}
	}
	return plan
}

// onlyLocal keeps the keys without a domain, which alias tables have.
func onlyLocal(keys, why []string) (outKeys, outWhy []string) {
	for i := range keys {
		if !strings.Contains(keys[i], "@") {
			outKeys, outWhy = append(outKeys, keys[i]), append(outWhy, why[i])
		}
	}
	return outKeys, outWhy
}

// domainIn gives the word of a list of domains that names the domain, "" where
// none does. Tables in the list are asked elsewhere.
func (h *hostSettings) domainIn(name, domain string) string {
	if _, err := netip.ParseAddr(strings.Trim(domain, "[]")); err == nil && strings.HasPrefix(domain, "[") {
		return ""
	}
	for _, word := range splitTables(h.value(name)) {
		lower := strings.ToLower(word)
		switch {
		case tableType(word) != "", strings.HasPrefix(word, "/"):
		case lower == "!"+domain:
			return ""
		case lower == domain, name == "relay_domains" && strings.HasSuffix(domain, "."+strings.TrimPrefix(lower, ".")):
			return word
		}
	}
	return ""
}

// TablesInForce lists every table that a parameter of the host names, for
// comparison with the files that lie about.
func TablesInForce(settings, effective []evidence.Item) []string {
	var out []string
	h := &hostSettings{items: append(slices.Clone(effective), settings...)}
	for i := range h.items {
		for _, word := range splitTables(h.expand(h.items[i].Text, 0)) {
			for _, inner := range append(innerTables(word), word) {
				if tableType(inner) != "" && strings.Contains(inner, ":/") && !slices.Contains(out, inner) {
					out = append(out, inner)
				}
			}
		}
	}
	return out
}

// innerTables gives the tables within "unionmap:{a, b}".
func innerTables(word string) []string {
	open, end := strings.IndexByte(word, '{'), strings.LastIndexByte(word, '}')
	if open < 0 || end < open {
		return nil
	}
	return splitTables(word[open+1 : end])
}
