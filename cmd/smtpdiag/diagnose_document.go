package main

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/smtpdiag/smtpdiag/diagnose"
	"github.com/smtpdiag/smtpdiag/probes"
	"github.com/smtpdiag/smtpdiag/report"
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// diagnoseSteps is how many steps a case carries.
const diagnoseSteps = 6

// documents judges every case of a record.
func (c *caseFile) documents(j *judge) []*report.Diagnose {
	docs := []*report.Diagnose{}
	m := &caseMaker{caseFile: c, judge: j, domains: map[string]*caseDomain{}, routes: map[string]*judgedRoute{}}
	for i := range c.Domains {
		m.domains[c.Domains[i].Domain] = &c.Domains[i]
	}
	for _, s := range c.subjects() {
		docs = append(docs, m.document(s))
	}
	numberCauses(docs)
	return docs
}

// caseMaker turns a record into documents.
type caseMaker struct {
	*caseFile
	judge   *judge
	domains map[string]*caseDomain
	routes  map[string]*judgedRoute
}

// judgedRoute is what DNS says about a domain, judged once for all recipients.
type judgedRoute struct {
	facts   diagnose.MXCase
	verdict diagnose.MXVerdict
	doc     *report.MX
}

// route judges what DNS says about a domain, nil where it was not asked.
func (m *caseMaker) route(d *caseDomain) *judgedRoute {
	if d == nil || d.MX == nil {
		return nil
	}
	if known := m.routes[d.Domain]; known != nil {
		return known
	}
	policies := new(policyResult)
	if d.Policies != nil {
		policies = d.Policies.result()
	}
	r := &judgedRoute{facts: mxCase(d.MX, policies)}
	if m.Options.AllowPrivate {
		allowSpecial(&r.facts)
	}
	r.verdict = diagnose.JudgeMX(r.facts)
	r.doc = mxDocument(d.MX, policies, &r.verdict)
	m.routes[d.Domain] = r
	return r
}

// allowSpecial says that addresses of a private network are nothing to speak of.
func allowSpecial(c *diagnose.MXCase) {
	for i := range c.Views {
		for n := range c.Views[i].Hosts {
			for a := range c.Views[i].Hosts[n].Addresses {
				c.Views[i].Hosts[n].Addresses[a].Special = ""
			}
		}
	}
}

// maker makes what judges the probes of a domain.
func (m *caseMaker) maker(d *caseDomain) *probeMaker {
	o := &probeOptions{controls: m.Options.Controls, size: sizeValue(m.Options.Size), allowPrivate: m.Options.AllowPrivate}
	o.tls.value = m.Options.TLS
	if m.Options.Given {
		o.resolvers = []string{""}
	}
	return &probeMaker{judge: m.judge, options: o, who: d.Sender.sender(), timeouts: m.Options.Timeouts}
}

// judgedProbe is what the mail hosts said about an address, judged.
type judgedProbe struct {
	probe   *probes.Probe
	verdict diagnose.ProbeVerdict
	doc     *report.Probe
}

// probe finds and judges what was said about an address, nil where nobody was
// asked.
func (m *caseMaker) probe(d *caseDomain, of []*probes.Probe, address string) *judgedProbe {
	for _, p := range of {
		if p.Address == address {
			maker := m.maker(d)
			return &judgedProbe{p, diagnose.JudgeProbe(maker.probeCase(p), m.judge.diagnose), maker.document(p)}
		}
	}
	return nil
}

// document judges one case.
func (m *caseMaker) document(s *subject) *report.Diagnose {
	doc := &report.Diagnose{
		Schema: report.SchemaDiagnose, Source: s.input.Name, Recipient: s.address,
		Log: []*report.LogGroup{}, Queue: []*report.QueueGroup{}, Postconf: m.Host.Postconf,
		Witnesses: []report.DiagnoseWitness{}, Findings: []report.Finding{}, Next: []report.Step{}, Chain: []report.DiagnoseHop{},
	}
	w := &diagnose.WitnessCase{Recipient: s.address, Control: len(m.Options.Controls) > 0, Random: m.Options.Random}
	values := runbook.Values{Recipient: s.address, Domain: s.domain}
	if s.report != nil {
		w.Bounce, values = m.bounce(s, doc)
	}
	d := m.domains[s.domain]
	if s.domain == "" {
		d = nil
	}
	if r := m.route(d); r != nil {
		w.Route, w.RouteVerdict, w.Asked, doc.MX = &r.facts, &r.verdict, m.Time, r.doc
	}
	var replay *judgedProbe
	if d != nil {
		replay = m.probes(s, d, w, doc)
	}
	m.local(s, w, doc)
	completeValues(&values, replay)
	v := diagnose.JudgeWitnesses(w, values)
	m.fill(doc, &v, s, values)
	m.limits(doc, d, s, w)
	m.otherEdges(doc)
	doc.Chain = chainOf(w, &v, s)
	doc.Time = m.time(s)
	doc.LetterTo, doc.Letter = letterOf(&v, s, replay, values)
	return doc
}

// bounce judges the recipient of a bounce.
func (m *caseMaker) bounce(s *subject, doc *report.Diagnose) (*diagnose.BounceWitness, runbook.Values) {
	one := *s.report
	one.Recipients = s.report.Recipients[s.index : s.index+1]
	doc.Bounce = m.judge.bounce(&one, s.input.Index, max(1, s.input.Line))
	if s.input.Note != "" {
		doc.Bounce.Problems = append(doc.Bounce.Problems, report.Problem{Text: s.input.Note})
	}
	rcpt := s.bounced()
	values := recipientValues(&one, rcpt, &doc.Bounce.Recipients[0])
	values.Recipient, values.Domain, values.QueueID = s.address, s.domain, s.report.QueueID
	values.Sender = cmp.Or(s.report.Sender, values.Sender)
	return &diagnose.BounceWitness{
		Verdict: m.judge.diagnose(one.Items(0)), Host: rcpt.Remote.Name, IP: rcpt.Remote.IP, Reporter: one.ReportingMTA,
		Sender: one.Sender, Action: rcpt.Action, Reply: rcpt.Reply, Time: values.Time,
	}, values
}

// probes judges what the mail hosts said.
func (m *caseMaker) probes(s *subject, d *caseDomain, w *diagnose.WitnessCase, doc *report.Diagnose) *judgedProbe {
	replay := m.probe(d, d.Probes, s.address)
	if replay != nil {
		w.Replay, doc.Probe = &replay.verdict, replay.doc
		w.Banners = banners(replay.probe)
	}
	if b := s.bounced(); b != nil {
		for i := range d.Refusers {
			if r := &d.Refusers[i]; r.Host == b.Remote.Name && r.IP == b.Remote.IP {
				if p := m.probe(d, r.Probe, s.address); p != nil {
					w.Refuser, doc.RefusingHost = &p.verdict, p.doc
				}
			}
		}
	}
	return replay
}

// banners gives the names that mail hosts gave of themselves, RFC 5321 section
// 4.2: the first word of the greeting and of the answer to EHLO.
func banners(p *probes.Probe) []string {
	var names []string
	for _, s := range p.Sessions {
		for _, step := range s.Steps {
			if step.Stage != smtp.StageBanner && step.Stage != smtp.StageEHLO || len(step.Reply.Lines) == 0 {
				continue
			}
			line := step.Reply.Lines[0]
			if len(line) < 5 {
				continue
			}
			name, _, _ := strings.Cut(line[4:], " ")
			if strings.Contains(name, ".") && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// completeValues takes from the replay what the bounce does not tell.
func completeValues(v *runbook.Values, replay *judgedProbe) {
	if replay == nil || len(replay.probe.Sessions) == 0 {
		return
	}
	at := max(0, replay.verdict.Decisive)
	s := replay.probe.Sessions[at]
	if v.Host == "" && v.IP == "" {
		v.Host, v.IP = s.Host, addressText(s.IP)
		if v.Host == v.IP {
			v.Host = ""
		}
	}
	if v.Sender == "" {
		v.Sender = s.From
	}
	if v.Helo == "" {
		v.Helo = s.HELO
	}
}

// fill puts the judgement into the document.
func (m *caseMaker) fill(doc *report.Diagnose, v *diagnose.WitnessVerdict, s *subject, values runbook.Values) {
	doc.Verdict = report.DiagnoseVerdict{
		Key: v.Entry.Key, Title: verdictTitle(v), Class: string(v.Class), Permanence: string(v.Permanence), Suppress: v.Suppress,
		Owner: string(v.Owner), Confidence: string(v.Confidence), Stage: string(v.Stage), Text: v.Text,
		WouldChange: emptyNotNil(v.WouldChange), Contradictions: emptyNotNil(v.Contradictions), Meanwhile: v.Meanwhile,
	}
	for _, st := range v.Statements {
		doc.Witnesses = append(doc.Witnesses, report.DiagnoseWitness{Witness: st.Witness, Says: st.Says, Supports: st.Supports})
	}
	for _, f := range v.Findings {
		doc.Findings = append(doc.Findings, report.Finding{Key: f.Key, Severity: string(f.Severity), Text: f.Text})
	}
	steps := slices.Clone(v.Steps)
	if r := m.route(m.domains[s.domain]); r != nil && (v.Entry.From == diagnose.ClassOfRoute || v.Entry.Key == "split-dns") {
		var first []runbook.Step
		for _, step := range r.verdict.Steps {
			if !doneBy(step.Command, doc) {
				first = append(first, step)
			}
		}
		steps = append(first, steps...)
	}
	// The checks on a receiving host have done what a class's page would ask for.
	checked := v.Entry.From == diagnose.ClassOfEdge && len(v.Steps) > len(v.Entry.Steps)
	if v.Class != runbook.ClassNoticeDelivered && v.Class != runbook.ClassUnknown && !checked && !v.NoPage {
		for _, step := range m.judge.book.Next(v.Class, values, 2*diagnoseSteps) {
			if !doneBy(step.Command, doc) {
				steps = append(steps, step)
			}
		}
	}
	for _, step := range steps {
		if len(doc.Next) < diagnoseSteps && !slices.ContainsFunc(doc.Next, func(s report.Step) bool { return sameStep(s, step) }) {
			doc.Next = append(doc.Next, report.Step{Text: step.Text, Command: step.Command, Decide: step.Decide, Means: step.Means})
		}
	}
}

// sameStep reports whether a step does what another does already: the same
// command, or one of smtpdiag's that differs by what stands at its end alone.
func sameStep(s report.Step, next runbook.Step) bool {
	if s.Command == "" || next.Command == "" {
		return s.Text == next.Text
	}
	if !strings.HasPrefix(next.Command, "smtpdiag ") {
		return s.Command == next.Command
	}
	return strings.HasPrefix(s.Command+" ", next.Command+" ") || strings.HasPrefix(next.Command+" ", s.Command+" ")
}

// doneBy reports whether a step of a class's page has been done for this very
// report: reading the bounce, comparing the name servers, asking the hosts.
func doneBy(command string, doc *report.Diagnose) bool {
	return strings.HasPrefix(command, "smtpdiag bounce ") || doc.MX != nil && strings.HasPrefix(command, "smtpdiag mx ") ||
		doc.Probe != nil && strings.HasPrefix(command, "smtpdiag probe ")
}

// verdictTitle says what happened: in the words of the class where that is what
// a person asks for, and what the witnesses make of it. Where the address is
// not to blame, the words of the class would mislead.
func verdictTitle(v *diagnose.WitnessVerdict) string {
	entry, known := runbook.Lookup(v.Class)
	if v.Entry.Class != "" || v.Entry.Alive || !known || v.Class == runbook.ClassUnknown {
		return v.Entry.Title
	}
	return entry.Title + "; " + v.Entry.Title
}

// limits adds what was left out on purpose.
func (m *caseMaker) limits(doc *report.Diagnose, d *caseDomain, s *subject, w *diagnose.WitnessCase) {
	note := func(key, severity, text string) {
		doc.Findings = append(doc.Findings, report.Finding{Key: key, Severity: severity, Text: text})
	}
	switch {
	case m.Options.Offline:
		return
	case s.domain == "":
		note("not-asked", "warning", "Nobody was asked: there is no domain that DNS could be asked about. Hosts and address literals that only a bounce names are not contacted.")
	case d != nil && d.NotAsked[s.address] != "":
		note("not-asked", "warning", "The mail hosts were not asked about this address: "+d.NotAsked[s.address]+".")
	}
	if w.Bounce == nil || m.Options.NoProbe {
		return
	}
	if word := diagnose.WordsOf(w).Refuser; (word == "unlisted" || word == "relay" || word == "behind") && w.Refuser == nil {
		text := "The refusing host was not contacted, since only the bounce names it."
		if m.Options.Contact {
			text = "The refusing host was not contacted: its address is private or loopback, or it is no host name."
		} else {
			text += " --contact-refusing-host asks it, too."
		}
		note("not-contacted", "info", text)
	}
}

// time gives when the last observation was made.
func (m *caseMaker) time(s *subject) string {
	if !m.Options.Offline {
		return formatTime(m.Time)
	}
	var at time.Time
	if b := s.bounced(); b != nil {
		if at = b.LastAttempt; at.IsZero() {
			at = s.report.Date
		}
	}
	return formatTime(at)
}

// chainOf gives the way of the message.
func chainOf(w *diagnose.WitnessCase, v *diagnose.WitnessVerdict, s *subject) []report.DiagnoseHop {
	hops := []report.DiagnoseHop{}
	stopped := false
	add := func(role, name, state, note string) {
		if name == "" {
			return
		}
		if stopped {
			state = "open"
		}
		stopped = stopped || state == "stopped"
		hops = append(hops, report.DiagnoseHop{Role: role, Name: name, State: state, Note: note})
	}
	words := &v.Words
	if b := w.Bounce; b != nil {
		add("sender", b.Sender, "passed", "")
		if words.Refuser == "behind" {
			add("host", b.Reporter, "passed", "mail host, made the report")
		} else {
			state := "passed"
			if words.Bounce == "own" {
				state = "stopped"
			}
			add("reporter", b.Reporter, state, "")
		}
	}
	if words.Route == "broken" || words.Route == "failed" {
		add("dns", "DNS", "stopped", string(v.Class))
	}
	b := w.Bounce
	switch {
	case b != nil && (b.Host != "" || b.IP != ""):
		add("host", report.Host{Name: b.Host, IP: b.IP}.String(), "stopped", hopNote(b, words))
	case w.Replay != nil:
		for _, h := range w.Replay.Hosts {
			if h.Stand == diagnose.HostRefuses || h.Stand == diagnose.HostDefers || h.Stand == diagnose.HostFaulty {
				add("host", report.Host{Name: h.Host, IP: h.IP}.String(), "stopped", string(h.Class))
				break
			}
		}
		if !stopped && len(w.Replay.Hosts) > 0 {
			h := w.Replay.Hosts[0]
			add("host", report.Host{Name: h.Host, IP: h.IP}.String(), "passed", "accepts at RCPT TO")
		}
	case b != nil && words.Bounce != "own":
		add("host", "a host that is not named", "stopped", hopNote(b, words))
	}
	add("recipient", s.address, "open", "")
	return hops
}

// hopNote says what the host that stopped the message did, as the bounce has it.
func hopNote(b *diagnose.BounceWitness, words *diagnose.Words) string {
	note := "refused"
	switch {
	case b.Reply.Code > 0:
		note = replyCode(b.Reply.Code)
	case words.Bounce == "network" || words.Bounce == "tls":
		note = string(b.Verdict.Class)
	}
	if b.Verdict.Stage != "" {
		note += " " + diagnose.AtStage(b.Verdict.Stage)
	}
	return note
}

// numberCauses numbers the causes of all cases in the order in which they come:
// the same verdict and class, and, where the receiving side has to act, the
// same domain.
func numberCauses(docs []*report.Diagnose) {
	index := map[string]int{}
	for _, doc := range docs {
		key := doc.Verdict.Key + " " + doc.Verdict.Class + " " + doc.Verdict.Owner
		if doc.Verdict.Owner != string(runbook.OwnerSenderAdmin) && doc.Verdict.Owner != string(runbook.OwnerSender) || doc.Verdict.Key == "stale-gateway" {
			key += " " + strings.ToLower(doc.Recipient[strings.LastIndexByte(doc.Recipient, '@')+1:])
		}
		if index[key] == 0 {
			index[key] = len(index) + 1
		}
		doc.Cause = index[key]
	}
}
