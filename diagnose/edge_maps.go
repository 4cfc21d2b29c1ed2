package diagnose

import (
	"fmt"
	"slices"
	"strings"

	"github.com/smtpdiag/smtpdiag/evidence"
	"github.com/smtpdiag/smtpdiag/runbook"
)

// gather finds out from the lookups which role the domain has, and who knows
// the address.
func (j *edgeJudge) gather() {
	for _, role := range edgeRoles {
		in := j.h.domainIn(role.Domains, j.domain) != ""
		for i := range j.Lookups {
			l := &j.Lookups[i]
			in = in || l.Setting == role.Domains && l.Why == "domain" && l.Found
		}
		if in {
			j.roles = append(j.roles, role)
		}
	}
	for i := range j.Lookups {
		l := &j.Lookups[i]
		j.asked = j.asked || l.Asked
		j.unasked = j.unasked || !l.Asked && l.Why != "domain" && j.relevant(l.Setting)
		switch {
		case l.Failed != "":
			if j.relevant(l.Setting) {
				j.failed = append(j.failed, *l)
			}
		case !l.Found, l.Why == "domain" && l.Setting != "check_recipient_access":
		case l.Setting == "relocated_maps":
			j.moved = l.Result
		case l.Setting == "check_recipient_access":
			if j.denied == "" && deniesAccess(l.Result) {
				j.denied = l.Key + " " + l.Result
			}
		case j.relevant(l.Setting) && j.known == "":
			j.known = l.Setting + ", " + l.Table
		}
	}
	if len(j.roles) > 0 && strings.TrimSpace(j.h.value(j.roles[0].Recipients)) == "" {
		// An empty list of recipients means that all are taken, but for virtual
		// mailboxes and aliases, which then do not exist.
		j.unchecked = j.roles[0].Domains == "mydestination" || j.roles[0].Domains == "relay_domains"
	}
}

// lacking reports whether it is certain that no table in force knows the address:
// all that decide were asked, and the host does not take it all the same. What a
// host takes that checks no recipients proves nothing.
func (j *edgeJudge) lacking() bool {
	taken := j.Probe.Accepted && !strings.EqualFold(strings.TrimSpace(j.h.value("smtpd_reject_unlisted_recipient")), "no")
	return j.known == "" && !j.unchecked && j.asked && !j.unasked && !taken && len(j.roles) > 0
}

// relevant reports whether a table decides whether Postfix takes the address.
func (j *edgeJudge) relevant(setting string) bool {
	switch setting {
	case "virtual_alias_maps", "recipient_canonical_maps", "canonical_maps":
		return true
	case "alias_maps":
		return len(j.roles) > 0 && j.roles[0].Domains == "mydestination"
	case "check_recipient_access", "relocated_maps", "transport_maps", "unused":
		return false
	}
	for _, role := range edgeRoles {
		if setting == role.Domains {
			return true
		}
	}
	return len(j.roles) > 0 && setting == j.roles[0].Recipients
}

// decides reports whether an address that the setting's tables do not know is
// unknown here.
func (j *edgeJudge) decides(setting string) bool {
	return len(j.roles) > 0 && (setting == j.roles[0].Recipients || setting == "alias_maps" && j.roles[0].Domains == "mydestination")
}

// deniesAccess reports whether the action of an access table refuses mail.
func deniesAccess(action string) bool {
	word, _, _ := strings.Cut(strings.ToUpper(strings.TrimSpace(action)), " ")
	return word == "REJECT" || word == "DEFER" || len(word) == 3 && (word[0] == '4' || word[0] == '5')
}

func (j *edgeJudge) mapsInForce() {
	c, ok := j.task("maps-in-force", "", &j.Postconf)
	if !ok {
		return
	}
	var lines []string
	for _, name := range EdgeParameters()[:17] {
		if v := j.h.value(name); v != "" {
			lines = append(lines, name+" = "+v)
		}
	}
	c.Output = strings.Join(lines, "\n")
	c.Means = "These settings decide which domains and recipients this host knows."
	if j.Service != "" {
		c.Means += " Overrides of the service " + j.Service + " in master.cf are counted in."
	}
	c.Decide = "Edit the tables named here and no others."
	j.add(c)
}

func (j *edgeJudge) domainRole() {
	if j.Postconf.Skipped != "" {
		j.add(EdgeCheck{Key: "domain-role", Status: EdgeSkipped, Means: "Not done: the settings could not be read."})
		return
	}
	c := EdgeCheck{Key: "domain-role", Subject: j.domain, Status: EdgeOK, Command: "postconf mydestination virtual_alias_domains virtual_mailbox_domains relay_domains"}
	var names, lines []string
	for _, role := range edgeRoles {
		lines = append(lines, role.Domains+" = "+j.h.value(role.Domains))
	}
	c.Output = strings.Join(lines, "\n")
	for _, role := range j.roles {
		names = append(names, role.Domains)
	}
	switch {
	case len(names) == 0 && j.domainFailed():
		c.Status, c.Means = EdgeProblem, "Whether the domain is this host's could not be found out: a table of domains does not answer."
		c.Decide = "Repair the table of domains; until then all its mail is refused for now."
	case len(names) == 0:
		c.Status = EdgeProblem
		c.Means = "The domain is none of this host's: mail for it is refused as relaying, whoever the recipient is."
		c.Decide = "Add the domain to the one list that fits, or point its MX records to the host that serves it."
		j.cause(80, runbook.ClassRoutingRelayDenied, High, j.domain+" is in none of mydestination, virtual_alias_domains, virtual_mailbox_domains and relay_domains: this host does not take its mail.")
	case len(names) > 1:
		c.Status = EdgeProblem
		c.Means = "The domain is in " + strings.Join(names, " and ") + ": Postfix uses the first, " + names[0] + ", and " + j.roles[0].Words + "; recipients that only the other knows are refused."
		c.Decide = "Decide whether this host keeps the mailboxes or passes mail on, and take the domain out of the other list."
		j.finding("domain-twice", Error, j.domain+" is in "+strings.Join(names, " and ")+" at the same time.")
		if j.lacking() && len(j.failed) == 0 {
			j.cause(75, runbook.ClassBackendMisconfigured, High, j.domain+" is in "+strings.Join(names, " and ")+" at the same time, and the one that counts ("+j.roles[0].Recipients+") does not know the address.")
		}
	default:
		c.Means = "The domain is in " + names[0] + ": this host " + j.roles[0].Words + ". Its recipients are in " + j.roles[0].Recipients + "."
		c.Decide = "If the host should do something else with this domain, change the list; otherwise look at the recipients."
	}
	j.add(c)
}

func (j *edgeJudge) domainFailed() bool {
	return slices.ContainsFunc(j.failed, func(l EdgeLookup) bool { return l.Why == "domain" })
}

// mapLookups makes one check of each table.
func (j *edgeJudge) mapLookups() {
	done := map[string]bool{}
	for i := range j.Lookups {
		l := &j.Lookups[i]
		if id := l.Setting + " " + l.Table; !done[id] && l.Setting != "unused" {
			done[id] = true
			j.mapLookup(l)
		}
	}
	switch {
	case len(j.failed) > 0:
		f := &j.failed[0]
		text := "The table " + f.Table + " (" + f.Setting + ") does not answer: whether the address exists cannot be found out, and Postfix refuses it for now."
		j.finding("dependency-failure", Error, "Asking "+f.Table+" failed now: "+f.Failed)
		j.cause(100, runbook.ClassLookupTemporary, High, text, j.lookupItem(f))
	case j.moved != "":
		j.cause(65, runbook.ClassRecipientMoved, High, "relocated_maps says that the recipient has moved to "+j.moved+".")
	case j.denied != "":
		j.cause(60, runbook.ClassPolicyLocal, High, "An access table of recipients refuses the address: "+j.denied)
	case j.lacking():
		j.cause(50, runbook.ClassRecipientUnknown, High, "No table in force knows the address or an alias form of it; "+j.roles[0].Recipients+" decides for this domain.")
	}
}

func (j *edgeJudge) lookupItem(l *EdgeLookup) evidence.Item {
	return evidence.Item{Kind: evidence.KindDiagnostic, Field: l.Setting, Text: l.Failed, Source: evidence.Source{Name: l.Table}, Recipient: j.Address}
}

func (j *edgeJudge) mapLookup(first *EdgeLookup) {
	c := EdgeCheck{Key: "map-lookup", Subject: first.Setting + " " + first.Table, Status: EdgeOK}
	if IsDirectory(first.Table) {
		c.Key = "directory-lookup"
	}
	var commands, lines []string
	var found, failed *EdgeLookup
	skipped := ""
	for i := range j.Lookups {
		l := &j.Lookups[i]
		if l.Setting != first.Setting || l.Table != first.Table {
			continue
		}
		commands = append(commands, "postmap -q "+shown(l.Key)+" "+shown(l.Table))
		switch {
		case !l.Asked:
			skipped = l.Skipped
		case l.Failed != "":
			lines, failed = append(lines, l.Key+": "+l.Failed), l
		case l.Found:
			lines = append(lines, l.Key+": "+l.Result)
			if found == nil {
				found = l
			}
		default:
			lines = append(lines, l.Key+": (nothing)")
		}
	}
	c.Command, c.Output = strings.Join(commands, "\n"), strings.Join(lines, "\n")
	matters := j.relevant(first.Setting)
	switch {
	case failed != nil:
		c.Status, c.Means = EdgeProblem, "The table did not answer. Postfix refuses for now (4xx) what it cannot look up; some senders make a bounce of that."
		c.Decide = "Repair what is behind " + first.Table + " (server, credentials, network, time limits), not the recipient."
	case found != nil:
		c.Means = "The table knows " + found.Key + " (" + found.Why + ")."
		c.Decide = "If the address is refused all the same, this table is not what refuses it."
		if !matters {
			c.Decide = ""
		}
	case skipped != "":
		c.Status, c.Means = EdgeSkipped, "Not done: "+skipped+"."
	case j.decides(first.Setting) && j.lacking() && first.Why != "domain":
		c.Status, c.lacks = EdgeProblem, true
		c.Means = "The table answers and knows neither the address nor an alias form of it."
		c.Decide = "If the address should exist, add it in the source of this table; if it is an alias, restore the alias."
	default:
		c.Means = "The table answers and has nothing under these keys."
	}
	j.add(c)
}

// shown gives a word as one word of a shell command.
func shown(word string) string {
	if quoted, ok := runbook.Quote(word); ok {
		return quoted
	}
	return "?"
}

// directories looks at the definitions of directory tables.
func (j *edgeJudge) directories() {
	for i := range j.Directories {
		d := &j.Directories[i]
		c, ok := j.task("directory-settings", d.Table, &d.EdgeTask)
		if ok {
			c.Means = "This is the definition that Postfix asks by; it returns the attribute " + d.Attribute + "."
			if d.Attribute == "" {
				c.Means = "This is the definition that Postfix asks by."
			}
			c.Decide = "Compare filter, base and attribute with an entry of the directory."
			if d.Query != "" {
				c.Means = "This is the definition that Postfix asks by. For the address it asks: " + d.Query
				c.Decide = "Ask the database the same as the same user, and compare the row with what postmap -q gives."
			}
			if d.leavesOut(j.domain) {
				c.Status = EdgeProblem
				c.Means = "The definition is for the domains " + d.Domains + " alone: about addresses in " + j.domain + " the table gives nothing, without asking."
				c.Decide = "Add the domain to \"domain\" in the definition of " + d.Table + "."
				j.finding("directory-domain", Error, d.Table+" is not asked about "+j.domain+": its definition names other domains alone.")
				if j.lacking() && j.decides(d.Setting) {
					j.cause(78, runbook.ClassBackendMisconfigured, High, "The table "+d.Table+" is never asked about "+j.domain+": its definition names other domains alone.")
				}
			}
			if result := j.resultOf(d.Setting, d.Table); d.Setting == "virtual_mailbox_maps" && strings.Contains(result, "@") && strings.HasPrefix(j.h.value("virtual_transport"), "virtual") {
				c.Status = EdgeProblem
				c.Means = "The table gives " + result + ", an address, where virtual(8) expects the path of a mailbox."
				c.Decide = "Return the attribute or column that holds the path, or use one table to check recipients and another to deliver."
				from := "result_attribute = " + d.Attribute
				if d.Query != "" {
					from = d.Query
				}
				j.finding("wrong-attribute", Warning, d.Table+" gives an address where a mailbox path is expected ("+from+").")
			}
			j.add(c)
		}
		j.directoryItself(d)
	}
}

// leavesOut reports whether the domains of a definition lack one. Tables among
// them are not looked into.
func (d *EdgeDirectory) leavesOut(domain string) bool {
	if strings.TrimSpace(d.Domains) == "" {
		return false
	}
	for _, word := range splitTables(d.Domains) {
		if tableType(word) != "" || strings.HasPrefix(word, "/") || strings.HasPrefix(word, "!") || strings.EqualFold(word, domain) {
			return false
		}
	}
	return true
}

// directoryItself compares what the directory has with what the table gives.
func (j *edgeJudge) directoryItself(d *EdgeDirectory) {
	if d.Asked.Command == "" && d.Asked.Skipped == "" {
		return
	}
	c, ok := j.task("directory-itself", d.Table, &d.Asked)
	if !ok {
		return
	}
	result := j.resultOf(d.Setting, d.Table)
	switch {
	case d.Entry && !d.HasAttribute && result == "":
		c.Status = EdgeProblem
		c.Means = "The directory has an entry for the address, but the entry has no attribute " + d.Attribute + ", so the table gives nothing and Postfix takes the recipient for unknown."
		c.Decide = "Set result_attribute in the definition of " + d.Table + " to an attribute that the entries have, or fill the attribute in."
		j.finding("wrong-attribute", Error, "The directory has an entry for the address, without the attribute "+d.Attribute+" that "+d.Table+" asks for.")
		j.cause(78, runbook.ClassBackendMisconfigured, High, "The directory knows the address, but the table "+d.Table+" asks for an attribute ("+d.Attribute+") that the entry does not have.")
	case d.Entry && result == "" && !j.hasFailed(d.Table):
		c.Status, c.Means = EdgeProblem, "The directory has the entry and the attribute, and the table gives nothing: filter, base or domain list differ."
		c.Decide = "Compare query_filter, search_base, domain and the rights of bind_dn with this query."
	case d.Entry:
		c.Means = "The directory has an entry for the address."
	default:
		c.Means = "The directory answers and has no entry for the address by this filter."
		c.Decide = "If the person exists, look for the entry under another attribute, such as an alias."
	}
	j.add(c)
}

func (j *edgeJudge) hasFailed(table string) bool {
	return slices.ContainsFunc(j.Lookups, func(l EdgeLookup) bool { return l.Table == table && l.Failed != "" })
}

// resultOf gives the first result of a table.
func (j *edgeJudge) resultOf(setting, table string) string {
	for i := range j.Lookups {
		if l := &j.Lookups[i]; l.Setting == setting && l.Table == table && l.Found && l.Why != "domain" {
			return l.Result
		}
	}
	return ""
}

// staleSync compares the texts of tables with what was compiled from them.
func (j *edgeJudge) staleSync() {
	c := EdgeCheck{Key: "stale-sync", Status: EdgeOK, Means: "The compiled tables are as new as their texts."}
	var lines []string
	var stale, files []string
	worst := false
	for i := range j.Tables {
		t := &j.Tables[i]
		if !t.InForce {
			continue
		}
		line := t.Table
		_, file, _ := strings.Cut(t.Table, ":")
		files = append(files, shown(file)+"*")
		if !t.Source.IsZero() {
			line += ", text of " + t.Source.UTC().Format("2006-01-02 15:04:05")
		}
		if !t.Compiled.IsZero() {
			line += ", compiled " + t.Compiled.UTC().Format("2006-01-02 15:04:05")
		}
		lines = append(lines, line+strings.TrimRight(", "+t.Problem, ", "))
		if !t.Source.IsZero() && !t.Compiled.IsZero() && t.Source.After(t.Compiled) || t.Problem != "" {
			stale = append(stale, t.Table)
			worst = worst || t.Listed && !t.Known
		}
	}
	c.Output = strings.Join(lines, "\n")
	if len(lines) == 0 {
		c.Status, c.Means = EdgeSkipped, "Not done: no table in force is compiled from a file."
	}
	if len(stale) > 0 {
		c.Status = EdgeProblem
		c.Means = "Changed after it was compiled, or not compiled at all: " + strings.Join(stale, ", ") + ". Postfix does not see the change."
		c.Decide = "Compile the table anew (postmap " + shown(stale[0]) + ", or newaliases), and find out why the synchronisation did not."
		j.finding("stale-sync", Error, c.Means)
		if worst && j.lacking() {
			j.cause(77, runbook.ClassBackendMisconfigured, High, "The address stands in the text of "+stale[0]+", but not in the compiled table that Postfix reads.")
		}
	}
	if len(files) > 0 {
		c.Command = "ls -l --time-style=full-iso " + strings.Join(files, " ")
	}
	j.add(c)
}

// unusedMaps looks at tables beside those in force.
func (j *edgeJudge) unusedMaps() {
	c := EdgeCheck{Key: "unused-maps", Status: EdgeOK}
	var lines []string
	for i := range j.Tables {
		t := &j.Tables[i]
		if t.InForce {
			continue
		}
		line := t.Table + ": no setting names it"
		switch {
		case !t.Listed && !t.Known:
		case j.known != "":
			line += "; it knows the address, too"
		default:
			line += ", and it knows the address"
			c.Status = EdgeProblem
			c.Command = "postmap -q " + shown(j.Address) + " " + shown(t.Table)
			c.Means = fmt.Sprintf("%s knows the address, and Postfix does not use it.", t.Table)
			c.Decide = "Name the table in the setting that should use it, or move its entries to the table that is in force."
			j.finding("unused-map", Error, c.Means)
			if j.lacking() {
				j.cause(76, runbook.ClassBackendMisconfigured, High, "The address stands in "+t.Table+", which no setting uses; the tables in force do not know it.")
			}
		}
		lines = append(lines, line)
	}
	c.Output = strings.Join(lines, "\n")
	switch {
	case c.Status == EdgeProblem:
	case j.Postconf.Skipped != "":
		c.Status, c.Means = EdgeSkipped, "Not done: the settings could not be read."
	case len(lines) > 0:
		c.Means = "There are tables that no setting names. They do not know the address, so they are not the cause."
		c.Decide = "Remove them when nobody needs them: sooner or later somebody edits the wrong file."
	default:
		c.Means = "Every table beside main.cf is in use."
	}
	j.add(c)
}
