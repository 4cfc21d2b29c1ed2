package main

import (
	"slices"
	"strings"

	"github.com/smtpdiag/smtpdiag/report"
)

// compareCases says for each case what has changed since an earlier record.
func compareCases(now, before []*report.Diagnose, source, at string) {
	for _, doc := range now {
		compared := &report.DiagnoseCompared{Source: source, Time: at, Changes: []report.DiagnoseChange{}}
		doc.Compared = compared
		i := slices.IndexFunc(before, func(d *report.Diagnose) bool { return strings.EqualFold(d.Recipient, doc.Recipient) })
		if i < 0 {
			compared.Changes = append(compared.Changes, report.DiagnoseChange{What: "recipient", Was: "not in the record", Now: doc.Recipient})
			continue
		}
		compared.Changes = append(compared.Changes, changesOf(before[i], doc)...)
	}
}

// changesOf lists the differences of two cases of one recipient.
func changesOf(was, now *report.Diagnose) []report.DiagnoseChange {
	var changes []report.DiagnoseChange
	add := func(what, a, b string) {
		if a != b {
			changes = append(changes, report.DiagnoseChange{What: what, Was: a, Now: b})
		}
	}
	add("verdict", was.Verdict.Key, now.Verdict.Key)
	add("class", was.Verdict.Class, now.Verdict.Class)
	add("permanence", was.Verdict.Permanence, now.Verdict.Permanence)
	add("confidence", was.Verdict.Confidence, now.Verdict.Confidence)
	pairs(answersOf(was), answersOf(now), "DNS, ", add)
	pairs(repliesOf(was.Probe), repliesOf(now.Probe), "", add)
	pairs(repliesOf(was.RefusingHost), repliesOf(now.RefusingHost), "refusing host, ", add)
	pairs(checksOf(was.Edge), checksOf(now.Edge), "host's checks, ", add)
	pairs(keysOf(was), keysOf(now), "finding, ", add)
	return changes
}

// pair is one observation under its name.
type pair struct{ name, value string }

// pairs compares observations by name, in the order of now and then of what is
// gone.
func pairs(was, now []pair, prefix string, add func(what, a, b string)) {
	find := func(list []pair, name string) string {
		for _, p := range list {
			if p.name == name {
				return p.value
			}
		}
		return ""
	}
	for _, p := range now {
		add(prefix+p.name, find(was, p.name), p.value)
	}
	for _, p := range was {
		if find(now, p.name) == "" {
			add(prefix+p.name, p.value, "")
		}
	}
}

// answersOf gives what each name server says, without TTLs, which count down.
func answersOf(d *report.Diagnose) []pair {
	var out []pair
	if d.MX == nil {
		return out
	}
	for i := range d.MX.Views {
		v := &d.MX.Views[i]
		var hosts []string
		for _, h := range v.Hosts {
			addresses := slices.Clone(h.Addresses)
			slices.Sort(addresses)
			hosts = append(hosts, strings.TrimSpace(replyCode(h.Preference)+" "+h.Name+" "+strings.Join(addresses, " ")))
		}
		text := strings.Join(hosts, ", ")
		if text == "" {
			text = v.Route
			if v.Error != "" {
				text = v.Error
			}
		}
		out = append(out, pair{v.Resolver, text})
	}
	return out
}

// repliesOf gives what each host said about each recipient.
func repliesOf(p *report.Probe) []pair {
	var out []pair
	if p == nil {
		return out
	}
	for i := range p.Sessions {
		s := &p.Sessions[i]
		host := report.Host{Name: s.Host, IP: s.IP}.String()
		said := ""
		for _, r := range s.Recipients {
			if r.Role != "random" && r.Reply.Text != "" && !r.Superseded {
				out = append(out, pair{host + ", " + r.Role + " " + r.Address + " " + s.Why, r.Reply.Text})
				said = r.Reply.Text
			}
		}
		if said == "" {
			text := s.Error
			if text == "" {
				text = s.Class
			}
			out = append(out, pair{host + " " + s.Why, text})
		}
	}
	return out
}

// checksOf gives what the checks on a receiving host came to, and which of them
// found a problem.
func checksOf(e *report.Edge) []pair {
	if e == nil {
		return nil
	}
	out := []pair{{"class", e.Class}, {"host", e.Host}}
	for i := range e.Checks {
		if c := &e.Checks[i]; c.Status == "problem" {
			out = append(out, pair{strings.TrimSpace(c.Key + " " + c.Subject), c.Status})
		}
	}
	return out
}

// keysOf gives the findings.
func keysOf(d *report.Diagnose) []pair {
	var out []pair
	for _, f := range d.Findings {
		out = append(out, pair{f.Key, f.Severity})
	}
	return out
}
