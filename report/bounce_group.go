package report

// group is the recipients of one report that have the same verdict for the
// same reason, so that a person is told once.
type group struct {
	key     groupKey
	members []*Recipient
}

// groupKey is what the members of a group share.
type groupKey struct {
	class, permanence, owner, stage, rule, action string
	suppress                                      bool
	host                                          Host
	status                                        string
	code                                          int
}

// groups puts the recipients of the report into groups, in the order in which
// the report names them.
func (b *Bounce) groups() []group {
	var groups []group
	index := make(map[groupKey]int, len(b.Recipients))
	for i := range b.Recipients {
		r := &b.Recipients[i]
		key := groupKey{
			class: r.Class, permanence: r.Permanence, owner: r.Owner, stage: r.Stage, rule: r.Rule, action: r.Action,
			suppress: r.Suppress, host: r.RemoteMTA, status: r.Status, code: r.Reply.Code,
		}
		at, seen := index[key]
		if !seen {
			at = len(groups)
			index[key] = at
			groups = append(groups, group{key: key})
		}
		groups[at].members = append(groups[at].members, r)
	}
	return groups
}

// shownMembers is the number of addresses of a group that are listed without
// --verbose.
const shownMembers = 20

// groupBlocks lays one group out. The first member speaks for all.
func (b *Bounce) groupBlocks(g group, d Detail) []Block {
	r := g.members[0]
	answer := r.answer(orDash(r.address()))
	if r.Action == "delayed" {
		answer.Mark = "DELAYED"
	}
	answer.Others = len(g.members) - 1
	blocks := []Block{answer}
	if len(g.members) > 1 {
		list := List{Title: "Recipients"}
		for i, m := range g.members {
			if i == shownMembers && d != Verbose {
				list.More = len(g.members) - i
				break
			}
			list.Items = append(list.Items, m.address())
		}
		blocks = append(blocks, list)
	}
	blocks = append(blocks, b.proof(r, d)...)
	blocks = append(blocks, b.recipientFacts(r, d))
	if d == Verbose {
		blocks = append(blocks, r.because())
	}
	if len(r.Findings) > 0 {
		blocks = append(blocks, r.findings())
	}
	if steps := r.steps(); len(steps) > 0 {
		blocks = append(blocks, steps)
	}
	if r.Class != "" {
		blocks = append(blocks, Hint{Text: "More on this class", Command: "smtpdiag runbook " + r.Class})
	}
	return blocks
}

// recipientFacts are the facts about one recipient.
func (b *Bounce) recipientFacts(r *Recipient, d Detail) Facts {
	var facts Facts
	add := func(label, value string, verbatim bool) {
		if value != "" {
			facts = append(facts, Fact{Label: label, Value: value, Verbatim: verbatim})
		}
	}
	add("Recipient", r.address(), true)
	if r.OriginalRecipient != r.address() {
		add("Written as", r.OriginalRecipient, true)
	}
	where := "Host"
	if r.Reply.Code >= 400 {
		where = "Refused by"
	}
	add(where, joinWords(r.RemoteMTA.String(), stageWords(r.Stage)), false)
	if r.LastAttempt != "" {
		add("Last attempt", showTime(r.LastAttempt), false)
	}
	if r.RetryUntil != "" {
		add("Retried until", showTime(r.RetryUntil), false)
	}
	codes := joinComma(label("reply", code(r.Reply.Code)), label("enhanced", r.Reply.Enhanced), label("Status field", r.Status))
	add("Codes", codes, false)
	facts = append(facts, b.messageFacts(d == Verbose)...)
	add("Meaning", r.Meaning, false)
	add("Can act", ownerWords(r.Owner), false)
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
