package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Page implements Document.
func (m *MX) Page(d Detail) Page {
	page := Page{m.answer()}
	if facts := m.facts(d); len(facts) > 0 {
		page = append(page, facts)
	}
	page = append(page, m.viewTable(d))
	page = append(page, m.hostTables()...)
	if facts := m.policyFacts(); len(facts) > 0 {
		page = append(page, Heading{Text: "Policies", Level: 2}, facts)
	}
	if d == Verbose && m.Delegation != nil {
		page = append(page, m.delegationTable())
	}
	j := Judgement{Findings: slices.Clone(m.Findings), Next: m.Next}
	// What is wrong in a policy stands beside it already.
	j.Findings = slices.DeleteFunc(j.Findings, func(f Finding) bool { return slices.Contains(policyFindings(), f.Key) })
	if len(j.Findings) > 0 {
		page = append(page, j.findings())
	}
	if steps := j.steps(); len(steps) > 0 {
		page = append(page, steps)
	}
	if m.Class != "" {
		page = append(page, Hint{Text: "More on this class", Command: "smtpdiag runbook " + m.Class})
	}
	return append(page, Colophon{})
}

// answer gives the three lines that come first. The titles are short, so that
// each stays one line where the domain is not long.
func (m *MX) answer() Answer {
	j := Judgement{Class: m.Class, Permanence: m.Permanence, Owner: m.Owner, Next: m.Next}
	a := j.answer(cmp.Or(m.Unicode, m.Domain))
	a.Mark = "PROBLEM"
	switch m.Class {
	case "":
		a.Tone, a.Mark, a.Class, a.Title, a.Who = Good, "OK", m.Route, "servers agree", "nobody"
		a.Next = StepLine{Text: "Where mail is refused all the same, ask the mail hosts.", Command: "smtpdiag probe postmaster@" + m.Domain}
		if who := m.faultOwner(); who != "" {
			a.Tone, a.Mark, a.Title, a.Who = Caution, "PROBLEM", "servers agree, with faults beside", who
			a.Next = StepLine{Text: "Have the faults below repaired; where mail is refused, ask the mail hosts.", Command: a.Next.Command}
		}
	case "routing:split-dns":
		a.Title = "servers disagree"
	case "domain:bad-mx":
		a.Title = "its MX cannot work"
	case "domain:null-mx":
		a.Title = "takes no mail"
	case "domain:not-found":
		a.Title = "no such domain"
		if m.Route == "nodata" {
			a.Title = "no mail host"
		}
	case "dns:failure":
		a.Title = "lookup fails"
	default:
		a.Title = m.Title
	}
	return a
}

// faultOwner says who can act on the faults that leave the class as it is, or
// gives "" where there is none.
func (m *MX) faultOwner() string {
	owner := ""
	for _, f := range m.Findings {
		switch {
		case f.Severity == "info":
		case f.Key == "rdns-mismatch" && owner == "":
			owner = "sender-admin"
		case f.Key != "rdns-mismatch":
			owner = "receiver-admin"
		}
	}
	return owner
}

// facts are the few facts before the tables.
func (m *MX) facts(d Detail) Facts {
	var facts Facts
	if m.Unicode != m.Domain && m.Unicode != "" {
		facts = append(facts, Fact{Label: "In DNS", Value: m.Domain, Verbatim: true})
	}
	if m.Text != "" {
		facts = append(facts, Fact{Label: "Here", Value: m.Text})
	}
	if m.Class != "" && m.Meaning != "" {
		facts = append(facts, Fact{Label: "Meaning", Value: m.Meaning})
	}
	if m.Delegation != nil {
		zone := m.Delegation.Zone
		if m.Delegation.Error != "" {
			zone = joinWords(zone, "("+m.Delegation.Detail+")")
		}
		if zone != m.Domain {
			facts = append(facts, Fact{Label: "Zone", Value: zone, Verbatim: true})
		}
		if len(m.Delegation.Skipped) > 0 {
			text := strconv.Itoa(len(m.Delegation.Skipped)) + " without a route from here (no IPv6?)"
			if d == Verbose {
				text = strings.Join(m.Delegation.Skipped, ", ")
			}
			facts = append(facts, Fact{Label: "Not asked", Value: text})
		}
	}
	return facts
}

// viewTable shows who gives which answer. A mark, which the title explains,
// stands before each view that differs from the first answer.
func (m *MX) viewTable(d Detail) Table {
	t := Table{
		Title:  "Who says what",
		Header: []string{"", "Asked", "Kind", "Answer", "AD", "TTL", "ms"}, Numeric: []int{5, 6},
	}
	for i := range m.Views {
		v := &m.Views[i]
		mark := ""
		if v.Answer != "A" || len(m.Answers) == 0 {
			mark = "!"
			t.Differ = append(t.Differ, i)
		}
		t.Rows = append(t.Rows, []string{
			mark, v.shownServer(), v.Kind, v.shownAnswer(m, d), yes(v.Authentic), v.shownTTL(), millis(v.Millis),
		})
	}
	switch {
	case len(t.Differ) == 0:
	case len(m.Answers) == 0:
		t.Title += " (! no usable answer)"
	default:
		t.Title += " (! not what the first answer says)"
	}
	return t
}

// shownServer gives a server in few columns.
func (v *MXView) shownServer() string {
	return joinWords(strings.TrimSuffix(v.Resolver, ":53"), v.Name)
}

// shownAnswer gives the label of the statement, or the error.
func (v *MXView) shownAnswer(m *MX, d Detail) string {
	switch {
	case v.Answer != "" && len(m.Answers) == 1:
		return v.routeWords()
	case v.Answer != "":
		return v.Answer + " " + v.routeWords()
	case v.Error == "servfail" || v.Error == "refused":
		return strings.ToUpper(v.Error)
	case v.Error == "rcode":
		return v.Rcode
	case d == Verbose && v.Detail != "":
		return v.Error + ": " + v.Detail
	}
	return v.Error
}

// routeWords says what a view says in a word or two.
func (v *MXView) routeWords() string {
	switch v.Route {
	case "mx":
		if n := len(v.Hosts) + v.Omitted; n != 1 {
			return strconv.Itoa(n) + " hosts"
		}
		return "1 host"
	case "implicit":
		return "no MX, A"
	case "null-mx":
		return "null MX"
	case "nodata":
		return "NODATA"
	case "nxdomain":
		return "NXDOMAIN"
	}
	return v.Route
}

// shownTTL gives how long the view's answer may live.
func (v *MXView) shownTTL() string {
	ttl := v.NegativeTTL
	for _, h := range v.Hosts {
		ttl = max(ttl, h.TTL)
	}
	if v.Answer == "" || ttl == 0 {
		return ""
	}
	return strconv.FormatUint(uint64(ttl), 10)
}

// yes marks what is so.
func yes(set bool) string {
	if set {
		return "yes"
	}
	return ""
}

// millis gives a time in a few digits.
func millis(ms float64) string {
	if ms < 10 {
		return strconv.FormatFloat(ms, 'f', 1, 64)
	}
	return strconv.FormatFloat(ms, 'f', 0, 64)
}

// hostTables show the hosts of each answer, one table an answer. Marks, which
// the title explains, stand before each host that the first answer does not
// have, and before those that only the first has.
func (m *MX) hostTables() []Block {
	var blocks []Block
	for i, a := range m.Answers {
		hosts := m.mergedHosts(a.Label)
		if len(hosts) == 0 {
			if len(m.Answers) > 1 {
				blocks = append(blocks, Facts{{Label: "Answer " + a.Label, Value: a.Text}})
			}
			continue
		}
		title := "Mail hosts"
		if len(m.Answers) > 1 {
			title = "Answer " + a.Label + ": " + plural(len(a.Resolvers), "view")
			if a.Believed {
				title += ", what the domain's name servers say"
			}
			if i > 0 {
				title += " (+ not in " + m.Answers[0].Label + ", - only in " + m.Answers[0].Label + ")"
			}
		}
		t := Table{Title: title, Header: []string{"", "Pref", "Host", "Addresses"}, Numeric: []int{1}}
		for _, h := range hosts {
			mark := ""
			if i > 0 && !m.hasHost(m.Answers[0].Label, h.Name) {
				mark = "+"
				t.Differ = append(t.Differ, len(t.Rows))
			}
			t.Rows = append(t.Rows, hostRows(mark, h)...)
		}
		if i > 0 {
			for _, h := range m.mergedHosts(m.Answers[0].Label) {
				if !m.hasHost(a.Label, h.Name) {
					t.Differ = append(t.Differ, len(t.Rows))
					t.Rows = append(t.Rows, []string{"-", strconv.Itoa(h.Preference), h.Name, "(missing here)"})
				}
			}
		}
		blocks = append(blocks, t)
	}
	return blocks
}

// hostRows gives the rows of one host, one an address.
func hostRows(mark string, h MXHost) [][]string {
	var first string
	switch {
	case len(h.Addresses) > 0:
		first = h.Addresses[0]
	case h.Name == ".":
		first = "(null MX)"
	case h.Literal:
		first = "(an address, not a name)"
	case h.Error != "":
		first = "(" + h.Error + ")"
	default:
		first = "(no address)"
	}
	rows := [][]string{{mark, strconv.Itoa(h.Preference), h.Name, first}}
	if h.Alias != "" {
		rows = append(rows, []string{"", "", "  = " + h.Alias, ""})
	}
	for i, addr := range h.Addresses {
		switch {
		case i == 0:
		case i == 1 && h.Alias != "":
			rows[1][3] = addr
		case i >= shownAddresses && len(h.Addresses) > shownAddresses+1:
			return append(rows, []string{"", "", "", "... " + strconv.Itoa(len(h.Addresses)-i) + " more"})
		default:
			rows = append(rows, []string{"", "", "", addr})
		}
	}
	return rows
}

// shownAddresses is how many addresses of a host are listed.
const shownAddresses = 6

// hasHost reports whether an answer names a host.
func (m *MX) hasHost(label, name string) bool {
	return slices.ContainsFunc(m.mergedHosts(label), func(h MXHost) bool { return h.Name == name })
}

// mergedHosts gives the hosts of an answer with the addresses of all its views.
func (m *MX) mergedHosts(label string) []MXHost {
	var hosts []MXHost
	for i := range m.Views {
		v := &m.Views[i]
		if v.Answer != label {
			continue
		}
		for _, h := range v.Hosts {
			at := slices.IndexFunc(hosts, func(k MXHost) bool { return k.Name == h.Name })
			if at < 0 {
				h.Addresses = slices.Clone(h.Addresses)
				hosts = append(hosts, h)
				continue
			}
			for _, addr := range h.Addresses {
				if !slices.Contains(hosts[at].Addresses, addr) {
					hosts[at].Addresses = append(hosts[at].Addresses, addr)
				}
			}
		}
	}
	return hosts
}

// delegationTable shows the zone's name servers.
func (m *MX) delegationTable() Table {
	t := Table{Title: "Name servers of " + m.Delegation.Zone, Header: []string{"Name", "Zone above", "Zone itself", "Addresses"}}
	for _, s := range m.Delegation.Servers {
		addresses := strings.Join(s.Addresses, " ")
		if addresses == "" {
			addresses = "(" + orDash(s.Error) + ")"
		}
		t.Rows = append(t.Rows, []string{s.Name, yes(s.Parent), yes(s.Child), addresses})
	}
	return t
}
