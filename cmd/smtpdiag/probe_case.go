package main

import (
	"net/netip"
	"slices"

	"github.com/smtpdiag/smtpdiag/diagnose"
	"github.com/smtpdiag/smtpdiag/probes"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// probeMaker turns what was learned about addresses into judged documents.
type probeMaker struct {
	judge    *judge
	options  *probeOptions
	who      sender
	timeouts probes.Timeouts
	prober   *probes.Prober
}

// probeCase gives what the judgement looks at: the records as plain data.
func (m *probeMaker) probeCase(p *probes.Probe) diagnose.ProbeCase {
	c := diagnose.ProbeCase{
		Address: p.Address, ControlGiven: len(m.options.controls) > 0, Prober: m.proberFact(p),
	}
	if p.Route != nil {
		verdict := diagnose.JudgeMX(m.routeCase(p.Route))
		c.Route = &verdict
	}
	for _, s := range p.Sessions {
		c.Sessions = append(c.Sessions, m.sessionFact(p, s))
	}
	return c
}

// routeCase gives the one view of DNS that the hosts were taken from. Special
// addresses are nothing to speak of where the user allows them.
func (m *probeMaker) routeCase(r *probes.Route) diagnose.MXCase {
	kind := probes.ServerSystem
	if len(m.options.resolvers) > 0 {
		kind = probes.ServerGiven
	}
	view := mailView(&probes.View{Server: probes.Server{Kind: kind}, Route: *r})
	view.Label = r.Answer.Server
	if m.options.allowPrivate {
		for i := range view.Hosts {
			for n := range view.Hosts[i].Addresses {
				view.Hosts[i].Addresses[n].Special = ""
			}
		}
	}
	return diagnose.MXCase{Domain: r.Domain, Views: []diagnose.MailView{view}}
}

// proberFact gives what is known of this end.
func (m *probeMaker) proberFact(p *probes.Probe) diagnose.ProberFact {
	fact := diagnose.ProberFact{From: m.who.from, IP: visibleAddress(p)}
	for _, r := range p.Reverse {
		fact.Reverse, fact.ReverseText = reverseStatus(&r)
		if fact.Reverse != "" && fact.Reverse != "ok" {
			fact.IP = r.Address.String()
			break
		}
	}
	return fact
}

// visibleAddress gives this end's address where the servers can see it: it is
// public, or both ends are in one private network.
func visibleAddress(p *probes.Probe) string {
	for _, s := range p.Sessions {
		local := s.Local.Addr().Unmap()
		if local.IsValid() && (probes.Forbidden(local) == "" || probes.Forbidden(s.IP) != "") {
			return local.WithZone("").String()
		}
	}
	return ""
}

// reverseStatus says in a word and in words what the reverse name is worth.
func reverseStatus(r *probes.Reverse) (status, text string) {
	switch {
	case !r.Failure.Final():
		return "", ""
	case len(r.Names) == 0:
		return "none", "there is no PTR record"
	case len(r.Confirmed) == 0:
		return "mismatch", r.Names[0] + " does not lead back to it"
	}
	return "ok", r.Confirmed[0]
}

// sessionFact gives one session.
func (m *probeMaker) sessionFact(p *probes.Probe, s *probes.Session) diagnose.SessionFact {
	fact := diagnose.SessionFact{
		Host: s.Host, IP: addressText(s.IP), Preference: max(s.Preference, 0), Why: string(s.Why),
		SizeAsked: int64(m.options.size), TLS: tlsFact(p, s),
	}
	if s.Fault != nil {
		fact.Fault, fact.FaultStage, fact.FaultText = string(s.Fault.Kind), s.Fault.Stage, s.Fault.Text
	}
	fact.SizeLimit, _ = s.Limit("SIZE")
	for i := range s.Recipients {
		r := &s.Recipients[i]
		out := diagnose.RecipientFact{
			Address: r.Address, Role: string(r.Role), Accepted: r.Accepted(), Full: !r.First.IsZero(), Items: s.Items(i),
		}
		if r.Skipped != probes.SkipAborted && r.Skipped != probes.SkipRejected {
			out.Skipped = string(r.Skipped)
		}
		switch refusal := s.Refusal(); {
		case r.Fault != nil: // half a reply is no answer
		case !r.Reply.IsZero():
			out.Code = r.Reply.Code
		case refusal != nil && out.Skipped == "":
			out.Code = refusal.Reply.Code
		}
		fact.Recipients = append(fact.Recipients, out)
	}
	for _, step := range s.Steps {
		if step.Stage != smtp.StageUnknown && step.Fault == nil && step.Took.Milliseconds() >= diagnose.SlowMillis {
			fact.Slow = append(fact.Slow, diagnose.SlowFact{Stage: step.Stage, Millis: step.Took.Milliseconds()})
		}
	}
	return fact
}

// tlsFact gives what a session learned about TLS, with what the domain asks for.
func tlsFact(p *probes.Probe, s *probes.Session) diagnose.TLSFact {
	t := &s.TLS
	fact := diagnose.TLSFact{
		Outcome: string(t.Outcome), Error: t.Error, Injected: t.Injected, DANE: string(t.DANE), DANEText: t.DANEText,
	}
	if s.Why == probes.WhyPlain || t.Outcome == probes.TLSNotReached {
		return fact
	}
	if slices.ContainsFunc(p.TLSA, func(h probes.HostTLSA) bool { return h.Host == s.Host && h.Authentic && len(h.Records) > 0 }) {
		fact.Required = "DANE"
	}
	if p.MTASTS != nil && (p.MTASTS.Mode == "enforce" || p.MTASTS.Mode == "testing") {
		if p.MTASTS.Mode == "enforce" && fact.Required == "" {
			fact.Required = "MTA-STS"
		}
		fact.MTASTS = "ok"
		if ok, text := s.CheckMTASTS(p.MTASTS); !ok {
			fact.MTASTS, fact.MTASTSText = "mismatch", text
		}
	}
	return fact
}

// addressText gives an address, "" for none.
func addressText(addr netip.Addr) string {
	if !addr.IsValid() {
		return ""
	}
	return addr.Unmap().String()
}
