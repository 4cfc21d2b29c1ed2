package main

import (
	"net/netip"
	"time"

	"github.com/smtpdiag/smtpdiag/diagnose"
	"github.com/smtpdiag/smtpdiag/probes"
	"github.com/smtpdiag/smtpdiag/report"
	"github.com/smtpdiag/smtpdiag/runbook"
)

// mxCase gives what the judgement looks at: the recorded views as plain data.
func mxCase(r *probes.MXReport, p *policyResult) diagnose.MXCase {
	c := diagnose.MXCase{Domain: r.Domain.ASCII, Policy: p.facts()}
	for i := range r.Views {
		c.Views = append(c.Views, mailView(&r.Views[i]))
	}
	if d := r.Delegation; d != nil {
		c.Zone = d.Zone
		for _, s := range d.Servers {
			c.Parents = c.Parents || s.Parent
			c.Servers = append(c.Servers, diagnose.NameServerFact{
				Name: s.Name, Parent: s.Parent, Child: s.Child, Failure: string(s.Failure), Addresses: len(s.Addresses),
			})
		}
	}
	return c
}

// mailView gives one view for the judgement.
func mailView(v *probes.View) diagnose.MailView {
	out := diagnose.MailView{
		Label: v.Server.Label(), Name: v.Server.Name, Kind: diagnose.ViewKind(v.Server.Kind),
		Route: diagnose.MailRoute(v.Route.Status), Failure: string(v.Route.Answer.Failure), Detail: v.Route.Answer.Detail,
		NegativeTTL: v.Route.Answer.NegativeTTL, Serial: v.Serial,
	}
	for _, h := range v.Route.Hosts {
		host := diagnose.MailViewHost{
			Preference: int(h.Preference), Name: h.Name, TTL: h.TTL, Literal: h.Literal.IsValid(), Alias: h.Alias, Failure: string(h.Failure),
		}
		for _, addr := range h.Addresses {
			host.Addresses = append(host.Addresses, diagnose.MailAddress{IP: addr.String(), Special: probes.Forbidden(addr)})
		}
		out.Hosts = append(out.Hosts, host)
	}
	return out
}

// mxDocument gives the public form of a report and its verdict.
func mxDocument(r *probes.MXReport, p *policyResult, v *diagnose.MXVerdict) *report.MX {
	entry, _ := runbook.Lookup(v.Class)
	doc := &report.MX{
		Schema: report.SchemaMX, Domain: r.Domain.ASCII, Unicode: r.Domain.Unicode,
		Agree: v.Agree, Class: string(v.Class), Permanence: string(v.Permanence), Suppress: v.Suppress,
		Owner: string(v.Owner), Confidence: string(v.Confidence), Title: entry.Title, Meaning: entry.Meaning, Text: v.Text,
		Route: string(diagnose.RouteFailed), Answers: []report.MXAnswer{}, Views: make([]report.MXView, len(r.Views)),
		Findings: make([]report.Finding, len(v.Findings)), Next: make([]report.Step, len(v.Steps)),
	}
	for i := range r.Views {
		doc.Views[i] = viewDoc(&r.Views[i])
	}
	for i, a := range v.Answers {
		answer := report.MXAnswer{Label: answerLabel(i), Text: a.Text, Believed: a.Believed}
		for _, at := range a.Views {
			doc.Views[at].Answer = answer.Label
			answer.Resolvers = append(answer.Resolvers, doc.Views[at].Resolver)
		}
		doc.Answers = append(doc.Answers, answer)
	}
	if len(v.Answers) > 0 {
		doc.Route = doc.Views[v.Answers[0].Views[0]].Route
	}
	for i, f := range v.Findings {
		doc.Findings[i] = report.Finding{Key: f.Key, Severity: string(f.Severity), Text: f.Text}
	}
	for i, s := range v.Steps {
		doc.Next[i] = report.Step{Text: s.Text, Command: s.Command, Decide: s.Decide, Means: s.Means}
	}
	doc.Delegation = delegationDoc(r)
	p.fill(doc)
	return doc
}

// answerLabel gives A to Z, then AA and so on.
func answerLabel(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return answerLabel(i/26-1) + answerLabel(i%26)
}

// viewDoc gives the public form of one view.
func viewDoc(v *probes.View) report.MXView {
	a := &v.Route.Answer
	out := report.MXView{
		Resolver: v.Server.Label(), Name: v.Server.Name, Transport: string(a.Transport), Kind: string(v.Server.Kind),
		Rcode: a.Rcode, Error: string(a.Failure), Detail: a.Detail, Route: string(v.Route.Status),
		Authentic: v.Route.Authentic, Millis: millisOf(a.Elapsed), Serial: v.Serial, NegativeTTL: a.NegativeTTL,
		Hosts: []report.MXHost{}, Omitted: v.Route.Omitted,
	}
	if n := len(a.Aliases); n > 0 {
		out.Alias = a.Aliases[n-1]
	}
	for _, h := range v.Route.Hosts {
		name := h.Name
		if h.Null() {
			name = "."
		}
		out.Hosts = append(out.Hosts, report.MXHost{
			Preference: int(h.Preference), Name: name, TTL: h.TTL, Addresses: addressTexts(h.Addresses),
			Literal: h.Literal.IsValid(), Alias: h.Alias, Error: string(h.Failure), Authentic: h.Authentic,
		})
	}
	return out
}

// millisOf gives a duration in milliseconds, to a thousandth.
func millisOf(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// addressTexts gives addresses as text.
func addressTexts(addrs []netip.Addr) []string {
	texts := make([]string, len(addrs))
	for i, addr := range addrs {
		texts[i] = addr.String()
	}
	return texts
}

// delegationDoc gives the public form of a delegation.
func delegationDoc(r *probes.MXReport) *report.MXDelegation {
	d := r.Delegation
	if d == nil {
		return nil
	}
	out := &report.MXDelegation{
		Zone: d.Zone, Parent: d.Parent, Error: string(d.Failure), Detail: d.Detail,
		Servers: []report.MXNameServer{}, Skipped: emptyNotNil(r.Skipped),
	}
	for _, s := range d.Servers {
		out.Servers = append(out.Servers, report.MXNameServer{
			Name: s.Name, Addresses: addressTexts(s.Addresses), Parent: s.Parent, Child: s.Child, Error: string(s.Failure),
		})
	}
	return out
}
