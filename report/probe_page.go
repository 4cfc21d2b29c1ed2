package report

import (
	"strconv"
	"strings"
)

// Page implements Document.
func (p *Probe) Page(d Detail) Page {
	answer := p.answer(p.Address)
	if p.Class == "notice:delivered" {
		answer.Tone, answer.Mark, answer.Title, answer.Who = Good, "OK", "accepted at RCPT TO", "nobody"
	}
	page := Page{answer, p.hostFacts(), p.askedFacts(d)}
	if d != Normal {
		page = append(page, p.tlsFacts())
	}
	page = append(page, p.proof(d)...)
	if d == Verbose && p.Rule != "" {
		page = append(page, p.because())
	}
	if len(p.Findings) > 0 {
		page = append(page, p.findings())
	}
	if steps := p.steps(); len(steps) > 0 {
		if d == Normal {
			steps = steps[:1] // what goes beyond a screen is on the class's page
			steps[0].Means = ""
		}
		page = append(page, steps)
	}
	if p.Class != "" && p.Class != "notice:delivered" {
		page = append(page, Hint{Text: "More on this class", Command: "smtpdiag runbook " + p.Class})
	}
	for i := range p.Sessions {
		if len(p.Sessions[i].Stages) > 0 {
			page = append(page, p.Sessions[i].dialogue())
		}
	}
	return append(page, Colophon{Source: p.Address, Time: p.time()})
}

// time gives when the first session began.
func (p *Probe) time() string {
	for i := range p.Sessions {
		if p.Sessions[i].Started != "" {
			return p.Sessions[i].Started
		}
	}
	return ""
}

// hostFacts says in a line or two what each host did.
func (p *Probe) hostFacts() Facts {
	facts := Facts{{Label: "In short", Value: p.Text}}
	for i := range p.Sessions {
		s := &p.Sessions[i]
		label := s.Host
		if s.Preference > 0 {
			label = strconv.Itoa(s.Preference) + " " + label
		}
		said := oneLine(s.said())
		if said == "" {
			said = s.Class
		}
		facts = append(facts, Fact{Label: label, Value: joinWords(said, "("+joinComma(s.purpose(), s.address(), s.tlsWords(), millis(s.Millis)+" ms")+")")})
	}
	return facts
}

// purpose says what a session after the first was for.
func (s *ProbeSession) purpose() string {
	switch s.Why {
	case "rest":
		return "another session"
	case "plain-fallback":
		return "again without TLS"
	case "retry":
		return "later try"
	}
	return ""
}

// address gives the IP address where it is not the name.
func (s *ProbeSession) address() string {
	text := s.IP
	if text == s.Host {
		text = ""
	}
	if s.Port != 25 {
		text = joinWords(text, "port "+strconv.Itoa(s.Port))
	}
	return text
}

// tlsWords says in a few words what became of TLS.
func (s *ProbeSession) tlsWords() string {
	switch s.TLS.Outcome {
	case "verified":
		return s.TLS.Version
	case "unverified":
		return s.TLS.Version + " not trusted"
	case "not-offered":
		return "no STARTTLS"
	case "refused":
		return "STARTTLS refused"
	case "failed":
		return "TLS failed"
	}
	return ""
}

// askedFacts says as what the prober came, and what that may have changed.
func (p *Probe) askedFacts(d Detail) Facts {
	who := &p.Prober
	value := "EHLO " + orDash(who.HELO) + ", MAIL FROM:<" + who.From + ">"
	facts := Facts{{Label: "Asked as", Value: value}}
	if who.FromNote != "" {
		facts[0].Value += ". " + who.FromNote
	}
	if d == Normal {
		return facts
	}
	if who.ReverseStatus != "" {
		facts = append(facts, Fact{Label: "From address", Value: joinWords(who.IP, strings.Join(who.Reverse, ", "), "(reverse name: "+who.ReverseStatus+")")})
	}
	return append(facts, Fact{Label: "Limits", Value: who.Timeouts.Note})
}

// tlsFacts describes the transport security of each host.
func (p *Probe) tlsFacts() Facts {
	var facts Facts
	for i := range p.Sessions {
		s := &p.Sessions[i]
		t := &s.TLS
		if !t.Offered {
			continue
		}
		value := joinComma(t.Version, t.Cipher)
		if t.Certificate.Subject != "" {
			value = joinComma(value, "certificate "+t.Certificate.Subject, "for "+strings.Join(t.Certificate.Names, " "),
				"from "+t.Certificate.Issuer, "until "+showTime(t.Certificate.NotAfter))
		}
		value = joinComma(value, t.Outcome, t.Error, t.DANEText, t.MTASTSText)
		facts = append(facts, Fact{Label: "TLS of " + s.Host, Value: value})
	}
	return facts
}

// proof quotes the reply that decided, where the lines above cut it, and what
// the other recipients got.
func (p *Probe) proof(d Detail) []Block {
	var blocks []Block
	if d == Verbose {
		blocks = quotes(p.Evidence, "", true)
	}
	if facts := p.otherFacts(d); len(facts) > 0 {
		blocks = append(blocks, facts)
	}
	return blocks
}

// otherFacts says what the recipients beside the target got: every reply, or
// in short on a screen.
func (p *Probe) otherFacts(d Detail) Facts {
	var facts Facts
	index := map[string]int{}
	for i := range p.Sessions {
		for _, r := range p.Sessions[i].Recipients {
			if r.Role == "target" || r.Reply.Text == "" || r.Superseded {
				continue
			}
			label := strings.ToUpper(r.Role[:1]) + r.Role[1:]
			if d != Normal {
				facts = append(facts, Fact{Label: label, Value: joinWords(r.Address, "at", p.Sessions[i].Host+":", oneLine(r.Reply.Text))})
				continue
			}
			said := "refused with " + joinWords(code(r.Reply.Code), r.Reply.Enhanced)
			if r.Reply.Code < 300 {
				said = "accepted"
			}
			at, seen := index[r.Address+said]
			if !seen {
				at = len(facts)
				index[r.Address+said] = at
				facts = append(facts, Fact{Label: label, Value: r.Address + " is " + said + " by"})
			} else {
				facts[at].Value += ","
			}
			facts[at].Value += " " + p.Sessions[i].Host
		}
	}
	return facts
}

// dialogue gives the whole session.
func (s *ProbeSession) dialogue() Dialogue {
	title := "Session with " + s.hostText()
	if s.purpose() != "" {
		title += ", " + s.purpose()
	}
	d := Dialogue{Title: joinComma(title, showTime(s.Started))}
	for _, st := range s.Stages {
		d.Turns = append(d.Turns, Turn{Stage: st.Stage, Command: st.Command, Reply: st.Reply.Text, Error: st.Error, Millis: st.Millis})
	}
	return d
}
