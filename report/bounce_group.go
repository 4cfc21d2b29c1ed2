package report

// group is the recipients of one report that have the same verdict, so that a
// person is told once what it means and what to do.
type group struct {
	cases []proofCase
}

// proofCase is the recipients of a group that have the same proof: one host
// said the same to each of them.
type proofCase struct {
	members []*Recipient
}

// verdictKey is what the members of a group share, proofKey what those of a
// case share.
type (
	verdictKey struct {
		class, permanence, owner, action string
		suppress                         bool
	}
	proofKey struct {
		verdictKey
		host        Host
		stage, rule string
		status      string
		code        int
		quoted      bool // a reply is quoted at all
	}
)

// groups puts the recipients of the report into groups and cases, in the order
// in which the report names them.
func (b *Bounce) groups() []group {
	var groups []group
	verdicts := make(map[verdictKey]int, len(b.Recipients))
	cases := make(map[proofKey]int, len(b.Recipients))
	for i := range b.Recipients {
		r := &b.Recipients[i]
		verdict := verdictKey{r.Class, r.Permanence, r.Owner, r.Action, r.Suppress}
		at, seen := verdicts[verdict]
		if !seen {
			at = len(groups)
			verdicts[verdict] = at
			groups = append(groups, group{})
		}
		g := &groups[at]
		proof := proofKey{verdict, r.RemoteMTA, r.Stage, r.Rule, r.Status, r.Reply.Code, r.Reply.Text != ""}
		in, seen := cases[proof]
		if !seen {
			in = len(g.cases)
			cases[proof] = in
			g.cases = append(g.cases, proofCase{})
		}
		g.cases[in].members = append(g.cases[in].members, r)
	}
	return groups
}

// shownMembers and shownCases are the numbers of addresses of a case, and of
// cases of a group, that are shown without --verbose.
const (
	shownMembers = 20
	shownCases   = 5
)

// groupBlocks lays one group out. Its first member speaks for all where they
// cannot differ. What is said of the message is said in the first group, where
// the form is kept.
func (b *Bounce) groupBlocks(g group, d Detail, first bool) []Block {
	r := g.cases[0].members[0]
	answer := r.answer(orDash(r.address()))
	if r.Action == "delayed" {
		answer.Mark = "DELAYED"
	}
	for _, c := range g.cases {
		answer.Others += len(c.members)
	}
	answer.Others--
	blocks := []Block{answer}
	if d == Kept {
		blocks = append(blocks, b.hops(r))
	}
	for i, c := range g.cases {
		if i == shownCases && d != Verbose {
			blocks = append(blocks, Paragraph{Text: "... and " + plural(len(g.cases)-i, "more reason") + " with the same verdict, see -v"})
			break
		}
		blocks = append(blocks, b.caseBlocks(c, d)...)
	}
	common := b.messageFacts(d == Verbose || d == Kept && first)
	if r.Meaning != "" {
		common = append(common, Fact{Label: "Meaning", Value: r.Meaning})
	}
	if r.Owner != "" {
		common = append(common, Fact{Label: "Can act", Value: ownerWords(r.Owner)})
	}
	blocks = append(blocks, common)
	if findings := g.findings(); len(findings) > 0 {
		blocks = append(blocks, findings)
	}
	if steps := r.steps(); len(steps) > 0 {
		blocks = append(blocks, steps)
	}
	if r.Class != "" {
		blocks = append(blocks, Hint{Text: "More on this class", Command: "smtpdiag runbook " + r.Class})
	}
	return blocks
}

// findings gives the different findings of all members.
func (g group) findings() Findings {
	var all Findings
	seen := map[FindingLine]bool{}
	for _, c := range g.cases {
		for _, r := range c.members {
			for _, f := range r.findings() {
				if !seen[f] {
					seen[f] = true
					all = append(all, f)
				}
			}
		}
	}
	return all
}

// caseBlocks lays one case out: whom it is about, the proof, the facts.
func (b *Bounce) caseBlocks(c proofCase, d Detail) []Block {
	r := c.members[0]
	var blocks []Block
	if len(c.members) > 1 {
		list := List{Title: "Recipients"}
		for i, m := range c.members {
			if i == shownMembers && d != Verbose {
				list.More = len(c.members) - i
				break
			}
			list.Items = append(list.Items, m.address())
		}
		blocks = append(blocks, list)
	}
	blocks = append(blocks, b.proof(r, d)...)
	facts := r.facts(len(c.members) == 1)
	if d == Verbose {
		facts = append(facts, r.because()...)
	}
	return append(blocks, facts)
}

// facts are the facts about one recipient, or about several without their
// addresses.
func (r *Recipient) facts(alone bool) Facts {
	var facts Facts
	add := func(label, value string, verbatim bool) {
		if value != "" {
			facts = append(facts, Fact{Label: label, Value: value, Verbatim: verbatim})
		}
	}
	if alone {
		add("Recipient", r.address(), true)
		if r.OriginalRecipient != r.address() {
			add("Written as", r.OriginalRecipient, true)
		}
	}
	where := "Host"
	switch {
	case r.RemoteMTA == (Host{}):
		where = "Stage"
	case r.Reply.Code >= 400:
		where = "Refused by"
	}
	add(where, joinWords(r.RemoteMTA.String(), r.stageWords()), false)
	if r.LastAttempt != "" {
		add("Last attempt", showTime(r.LastAttempt), false)
	}
	if r.RetryUntil != "" {
		add("Retried until", showTime(r.RetryUntil), false)
	}
	add("Codes", joinComma(label("reply", code(r.Reply.Code)), label("enhanced", r.Reply.Enhanced), label("Status field", r.Status)), false)
	return facts
}

// proof quotes what decided, and the reply if that was something else.
func (b *Bounce) proof(r *Recipient, d Detail) []Block {
	blocks := quotes(r.Evidence, b.name(), d == Verbose)
	if r.Reply.Text == "" {
		return blocks
	}
	for _, block := range blocks {
		if q, ok := block.(Quote); ok && q.Text == r.Reply.Text {
			return blocks
		}
	}
	return append(blocks, Quote{Label: "Reply", Text: r.Reply.Text})
}

// label gives "name value", or "" where there is no value.
func label(name, value string) string {
	if value == "" {
		return ""
	}
	return name + " " + value
}
