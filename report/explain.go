package report

import "strconv"

// SchemaExplain names the form of Explain.
const SchemaExplain = "smtpdiag.explain/v1"

// Explain is the judgement on one reply, code or diagnostic line.
type Explain struct {
	Schema string `json:"schema" redact:"keep"`
	// Text is what was asked about, unchanged.
	Text  string `json:"text"`
	Reply Reply  `json:"reply"`
	// Status is the enhanced code that the text carries, or "".
	Status string `json:"status" redact:"keep"`
	Judgement
	// RemoteMTA is the host that the text names.
	RemoteMTA Host `json:"remote_mta"`
	// Codes says what each code in the text was registered to mean.
	Codes []CodeMeaning `json:"codes"`
}

// CodeMeaning is one code and what it stands for in its registry.
type CodeMeaning struct {
	Code    string `json:"code" redact:"keep"`
	Meaning string `json:"meaning" redact:"keep"`
	// Ref is where that is laid down: "RFC 3463, 3.2".
	Ref string `json:"ref" redact:"keep"`
	// Note says what differs in practice, or is "".
	Note string `json:"note" redact:"keep"`
}

// Outcome implements Document.
func (e *Explain) Outcome() Outcome { return e.outcome() }

// Brief implements Document.
func (e *Explain) Brief() []string {
	return []string{joinWords(orDash(e.Class), orDash(e.Permanence), oneLine(e.Text))}
}

// Page implements Document.
func (e *Explain) Page(d Detail) Page {
	answer := e.answer("")
	answer.Mark = "MEANS"
	page := append(Page{answer}, quotes(e.Evidence, "", d == Verbose)...)
	var facts Facts
	add := func(label, value string) {
		if value != "" {
			facts = append(facts, Fact{Label: label, Value: value})
		}
	}
	for _, c := range e.Codes {
		meaning := c.Meaning
		if c.Ref != "" {
			meaning += " (" + c.Ref + ")"
		}
		if c.Note != "" && d == Verbose {
			meaning += ". " + c.Note
		}
		add(c.Code, meaning)
	}
	add("Host", joinWords(e.RemoteMTA.String(), e.stageWords()))
	add("Meaning", e.Meaning)
	add("Can act", ownerWords(e.Owner))
	if len(facts) > 0 {
		page = append(page, facts)
	}
	if d == Verbose {
		page = append(page, e.because())
	}
	if len(e.Findings) > 0 {
		page = append(page, e.findings())
	}
	if steps := e.steps(); len(steps) > 0 {
		page = append(page, steps)
	}
	if e.Class != "" {
		page = append(page, Hint{Text: "More on this class", Command: "smtpdiag runbook " + e.Class})
	}
	return append(page, Colophon{})
}

// code gives a reply code in digits, or "" where there is none.
func code(c int) string {
	if c == 0 {
		return ""
	}
	return strconv.Itoa(c)
}
