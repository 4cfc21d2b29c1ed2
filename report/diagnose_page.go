package report

import (
	"slices"
	"strconv"
	"strings"
)

// Page implements Document.
func (d *Diagnose) Page(detail Detail) Page {
	page := d.blocks(detail, nil)
	return append(page, Colophon{Source: d.Source, Time: d.Time})
}

// blocks lays a case out. others are recipients with the same cause.
func (d *Diagnose) blocks(detail Detail, others []string) Page {
	j := d.judgement()
	answer := j.answer(orDash(d.Recipient))
	answer.Class, answer.Others = joinWords(d.Verdict.Key+":", d.Verdict.Class), len(others)
	if d.Verdict.Key == "accepted" {
		answer.Tone, answer.Mark = Good, "OK"
	}
	page := Page{answer}
	if len(others) > 0 {
		list := List{Title: "Recipients"}
		for i, address := range append([]string{d.Recipient}, others...) {
			if i == shownMembers && detail != Verbose {
				list.More = len(others) + 1 - i
				break
			}
			list.Items = append(list.Items, address)
		}
		page = append(page, list)
	}
	if len(d.Chain) > 0 && detail == Kept {
		page = append(page, d.hops())
	}
	page = append(page, d.facts(detail))
	if d.Compared != nil {
		page = append(page, d.Compared.table())
	}
	if len(d.Findings) > 0 {
		page = append(page, j.findings())
	}
	page = append(page, j.steps())
	page = append(page, d.after()...)
	return append(page, d.proof(detail)...)
}

// facts say what happened and who says so.
func (d *Diagnose) facts(detail Detail) Facts {
	v := &d.Verdict
	facts := Facts{{Label: "In short", Value: v.Text}, {Label: "Confidence", Value: d.confidenceWords()}}
	last := ""
	for _, w := range d.Witnesses {
		label := witnessLabel(w.Witness)
		if label == last {
			label = ""
		} else {
			last = label
		}
		facts = append(facts, Fact{Label: label, Value: w.Says})
	}
	if way := d.hops().way(); way != "" && detail != Kept {
		facts = append(facts, Fact{Label: "Way", Value: way})
	}
	return facts
}

// confidenceWords says how sure it is and what that rests on.
func (d *Diagnose) confidenceWords() string {
	var support []string
	for _, w := range d.Witnesses {
		word := strings.ToLower(witnessLabel(w.Witness))
		if w.Witness == "dns" {
			word = "DNS"
		}
		if w.Supports && !slices.Contains(support, word) {
			support = append(support, word)
		}
	}
	text := d.Verdict.Confidence
	if len(support) > 0 {
		text += "; for it: " + strings.Join(support, ", ")
	}
	if len(d.Verdict.Contradictions) > 0 {
		text += "; contradictions: " + strconv.Itoa(len(d.Verdict.Contradictions))
	}
	return text
}

// witnessLabel gives a witness as a label.
func witnessLabel(witness string) string {
	switch witness {
	case "bounce":
		return "Bounce"
	case "dns":
		return "DNS"
	case "refusing-host":
		return "Refused by"
	case "replay":
		return "Asked again"
	case "control":
		return "Control"
	case "made-up":
		return "Made-up"
	case "edge":
		return "Host's checks"
	}
	return "Host's files"
}

// hops gives the way of the message as a drawing.
func (d *Diagnose) hops() Hops {
	var hops Hops
	stopped := false
	for _, h := range d.Chain {
		role := h.Role
		switch role {
		case "reporter":
			role = "reported by"
		case "dns":
			role = "name servers"
		case "host":
			role = "mail host"
		}
		hops = append(hops, Hop{Role: role, Name: h.Name, Detail: h.Note, Stopped: h.State == "stopped", Cut: stopped})
		stopped = stopped || h.State == "stopped"
	}
	return hops
}

// table shows what changed.
func (c *DiagnoseCompared) table() Table {
	t := Table{Title: "Changed since " + joinWords(showTime(c.Time), "("+c.Source+")"), Header: []string{"What", "Then", "Now"}}
	for _, change := range c.Changes {
		t.Rows = append(t.Rows, []string{change.What, oneLine(orDash(change.Was)), oneLine(orDash(change.Now))})
	}
	if len(t.Rows) == 0 {
		t.Rows = append(t.Rows, []string{"nothing", "", ""})
	}
	return t
}

// after is what follows the steps: whether to open up, what would change the
// verdict, and the text for the other side.
func (d *Diagnose) after() []Block {
	var facts Facts
	if d.Verdict.Meanwhile != "" {
		facts = append(facts, Fact{Label: "Meanwhile", Value: d.Verdict.Meanwhile})
	}
	for i, change := range d.Verdict.WouldChange {
		label := ""
		if i == 0 {
			label = "Would change"
		}
		facts = append(facts, Fact{Label: label, Value: change})
	}
	blocks := []Block{}
	if len(facts) > 0 {
		blocks = append(blocks, facts)
	}
	if d.Letter != "" {
		blocks = append(blocks, Letter{To: d.LetterTo, Text: d.Letter})
	}
	if d.Verdict.Class != "" && d.Verdict.Class != "unknown" {
		blocks = append(blocks, Hint{Text: "More on this class", Command: "smtpdiag runbook " + d.Verdict.Class})
	}
	return blocks
}

// proof shows what the verdict rests on: the words of the bounce, the answers
// of DNS, the dialogues, the lines of a log. A screen has it with --verbose.
func (d *Diagnose) proof(detail Detail) []Block {
	if detail != Verbose && detail != Kept {
		return nil
	}
	var blocks []Block
	for _, g := range d.Log {
		for _, e := range g.Examples {
			blocks = append(blocks, Quote{Label: "Log", Text: e.Text, Where: e.Source + ":" + strconv.Itoa(e.Line)})
		}
	}
	if d.Edge != nil {
		blocks = append(blocks, d.Edge.proof(detail)...)
	}
	if d.Bounce != nil && len(d.Bounce.Recipients) > 0 {
		blocks = append(blocks, d.Bounce.proof(&d.Bounce.Recipients[0], detail)...)
	}
	if d.MX != nil {
		blocks = append(blocks, d.MX.viewTable(detail))
		blocks = append(blocks, d.MX.hostTables()...)
	}
	for _, p := range []*Probe{d.Probe, d.RefusingHost} {
		if p == nil {
			continue
		}
		for i := range p.Sessions {
			if len(p.Sessions[i].Stages) > 0 {
				blocks = append(blocks, p.Sessions[i].dialogue())
			}
		}
	}
	return blocks
}

// Summary sums all cases up: "47 recipients, 3 causes, 1 action".
func (d *Diagnoses) Summary() string {
	causes, actions := map[int]bool{}, map[string]bool{}
	for _, c := range d.Cases {
		causes[c.Cause] = true
		if len(c.Next) > 0 {
			actions[c.Verdict.Key+" "+c.Next[0].Text] = true
		}
	}
	return plural(len(d.Cases), "recipient") + ", " + plural(len(causes), "cause") + ", " + plural(len(actions), "action")
}

// Page implements Document.
func (d *Diagnoses) Page(detail Detail) Page {
	var order []*Diagnose
	members := map[int][]string{}
	for _, c := range d.Cases {
		if _, known := members[c.Cause]; !known {
			order = append(order, c)
		}
		members[c.Cause] = append(members[c.Cause], c.Recipient)
	}
	t := Table{Title: d.Summary(), Header: []string{"Cause", "Recipients", "Verdict", "Class", "Can act"}, Numeric: []int{0, 1}}
	for _, c := range order {
		t.Rows = append(t.Rows, []string{strconv.Itoa(c.Cause), strconv.Itoa(len(members[c.Cause])), c.Verdict.Key, c.Verdict.Class, c.Verdict.Owner})
	}
	page := Page{t}
	for _, c := range order {
		page = append(page, Rule{})
		page = append(page, c.blocks(detail, members[c.Cause][1:])...)
	}
	return append(page, Colophon{Time: order[0].Time, Source: order[0].Source})
}
