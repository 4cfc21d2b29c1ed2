package main

import (
	"fmt"
	"time"

	"github.com/smtpdiag/smtpdiag/diagnose"
	"github.com/smtpdiag/smtpdiag/probes"
	"github.com/smtpdiag/smtpdiag/report"
	"github.com/smtpdiag/smtpdiag/runbook"
)

// document judges what was learned about one address and gives its public form.
func (m *probeMaker) document(p *probes.Probe) *report.Probe {
	facts := m.probeCase(p)
	verdict := diagnose.JudgeProbe(facts, m.judge.diagnose)
	doc := &report.Probe{
		Schema: report.SchemaProbe, Address: p.Address, Text: verdict.Text, AboutProber: verdict.AboutProber,
		Prober: m.source(p, &facts.Prober), Sessions: []report.ProbeSession{},
	}
	for i, s := range p.Sessions {
		doc.Sessions = append(doc.Sessions, sessionDoc(s, &facts.Sessions[i], &verdict.Sessions[i]))
	}
	if p.Route != nil {
		doc.Route = routeDoc(p)
	}
	doc.Judgement = judgementDoc(&verdict.Verdict, m.nextSteps(p, &verdict), 0)
	if verdict.Class == runbook.ClassNoticeDelivered {
		// The table speaks of reports about delivery.
		doc.Title, doc.Meaning = "Accepted at RCPT TO", "The mail hosts say that they would take a message for this address. No message was sent."
	}
	return doc
}

// nextSteps gives what follows from the sessions together, then what the page
// of the class says.
func (m *probeMaker) nextSteps(p *probes.Probe, v *diagnose.ProbeVerdict) []runbook.Step {
	steps := v.Steps
	if v.Class == runbook.ClassNoticeDelivered {
		return steps[:min(nextSteps, len(steps))]
	}
	values := runbook.Values{Recipient: p.Address, Sender: m.who.from, Helo: m.who.helo, Size: int64(m.options.size), SenderIP: visibleAddress(p)}
	if v.Decisive >= 0 {
		s := p.Sessions[v.Decisive]
		values.Host, values.IP, values.Time = s.Host, addressText(s.IP), s.Started
		if s.Host == values.IP {
			values.Host = ""
		}
	}
	for i := range v.Evidence {
		if reply := v.Evidence[i].Reply; !reply.IsZero() {
			values.Code, values.Status, values.Reply = replyCode(reply.Code), reply.Enhanced.String(), oneLine(reply.String())
			break
		}
	}
	for _, step := range m.judge.next(v.Class, values) {
		if len(steps) >= nextSteps {
			break
		}
		steps = append(steps, step)
	}
	return steps
}

// source says as what the prober came.
func (m *probeMaker) source(p *probes.Probe, fact *diagnose.ProberFact) report.ProbeSource {
	out := report.ProbeSource{
		HELO: m.who.helo, HELOOrigin: m.who.heloOrigin, From: m.who.from, FromOrigin: m.who.fromOrigin, FromNote: m.who.note,
		IP: fact.IP, Reverse: []string{}, ReverseStatus: fact.Reverse, SizeBytes: int64(m.options.size), TLS: m.options.tls.value,
		Timeouts: timeoutsDoc(m.timeouts),
	}
	for _, r := range p.Reverse {
		out.Reverse = append(out.Reverse, r.Names...)
	}
	for _, s := range p.Sessions {
		if out.HELO == "" {
			out.HELO = s.HELO
		}
		if out.IP == "" && s.Local.IsValid() {
			out.IP = addressText(s.Local.Addr())
		}
	}
	return out
}

// timeoutsDoc gives the limits, and says how they come about.
func timeoutsDoc(t probes.Timeouts) report.ProbeTimeouts {
	note := "as --timeout says; RFC 5321 section 4.5.3.2 gives the greeting, MAIL and RCPT five minutes each"
	if t == probes.DefaultTimeouts() {
		note = fmt.Sprintf("a tenth of what RFC 5321 section 4.5.3.2 gives: %s for the greeting, MAIL and RCPT each, %s to connect; --timeout changes them", t.Rcpt, t.Connect)
	}
	return report.ProbeTimeouts{
		Connect: t.Connect.Seconds(), Banner: t.Banner.Seconds(), EHLO: t.EHLO.Seconds(), STARTTLS: t.STARTTLS.Seconds(),
		Mail: t.Mail.Seconds(), Rcpt: t.Rcpt.Seconds(), Note: note,
	}
}

// routeDoc says how the hosts were found.
func routeDoc(p *probes.Probe) *report.ProbeRoute {
	view := viewDoc(&probes.View{Route: *p.Route})
	out := &report.ProbeRoute{
		Status: view.Route, Resolver: p.Route.Answer.Server, Error: view.Error, Authentic: view.Authentic, Hosts: view.Hosts, Omitted: view.Omitted,
	}
	if p.MTASTS != nil {
		out.MTASTS = p.MTASTS.Mode
	}
	return out
}

// sessionDoc gives the public form of a session.
func sessionDoc(s *probes.Session, fact *diagnose.SessionFact, v *diagnose.SessionVerdict) report.ProbeSession {
	out := report.ProbeSession{
		Host: s.Host, IP: addressText(s.IP), Port: int(s.Port), Preference: fact.Preference, Why: string(s.Why),
		Started: formatTime(s.Started), Stages: []report.ProbeStage{}, TLS: tlsDoc(s, &fact.TLS), Extensions: s.Extensions,
		Recipients: []report.ProbeRecipient{}, Class: string(v.Class), Unsolicited: emptyNotNil(s.Unsolicited),
	}
	if s.Local.IsValid() {
		out.Local = s.Local.String()
	}
	if s.Fault != nil {
		out.Error, out.ErrorKind = s.Fault.Text, string(s.Fault.Kind)
	}
	for _, step := range s.Steps {
		out.Millis += millisOf(step.Took)
		stage := report.ProbeStage{
			Stage: string(step.Stage), Command: step.Command, Reply: replyDoc(step.Reply),
			At: step.At.UTC().Format("2006-01-02T15:04:05.000Z07:00"), Millis: millisOf(step.Took),
		}
		if step.Fault != nil {
			stage.Error, stage.ErrorKind = step.Fault.Text, string(step.Fault.Kind)
		}
		out.Stages = append(out.Stages, stage)
	}
	out.Millis = millisOf(time.Duration(out.Millis * float64(time.Millisecond)))
	for i := range s.Recipients {
		r := &s.Recipients[i]
		recipient := report.ProbeRecipient{
			Address: r.Address, Role: string(r.Role), Reply: replyDoc(r.Reply), Class: string(v.Recipients[i]),
			Skipped: string(r.Skipped), Millis: millisOf(r.Took),
		}
		if !r.First.IsZero() {
			first := recipient
			first.Reply, first.Class, first.Superseded = replyDoc(r.First), string(runbook.ClassPolicyRecipients), true
			out.Recipients = append(out.Recipients, first)
		}
		out.Recipients = append(out.Recipients, recipient)
	}
	return out
}

// tlsDoc gives the public form of what a session learned about TLS.
func tlsDoc(s *probes.Session, fact *diagnose.TLSFact) report.ProbeTLS {
	t := &s.TLS
	out := report.ProbeTLS{
		Offered: t.Offered, Outcome: string(t.Outcome), Version: t.Version, Cipher: t.Cipher, Verified: t.Outcome == probes.TLSVerified,
		Error: t.Error, Problems: []string{}, Certificate: report.ProbeCertificate{Names: []string{}}, Chain: []report.ProbeCertificate{},
		Injected: t.Injected, DANE: fact.DANE, DANEText: fact.DANEText, MTASTS: fact.MTASTS, MTASTSText: fact.MTASTSText,
	}
	for _, problem := range t.Problems {
		out.Problems = append(out.Problems, string(problem))
	}
	for _, c := range t.Chain {
		out.Chain = append(out.Chain, report.ProbeCertificate{
			Subject: c.Subject, Issuer: c.Issuer, Names: emptyNotNil(c.Names), NotBefore: formatTime(c.NotBefore), NotAfter: formatTime(c.NotAfter),
		})
	}
	if len(out.Chain) > 0 {
		out.Certificate = out.Chain[0]
	}
	return out
}
