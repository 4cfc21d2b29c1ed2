package main

import (
	"strings"

	"github.com/smtpdiag/smtpdiag/diagnose"
	"github.com/smtpdiag/smtpdiag/postfix"
)

// policyAnswer is a refusal that a policy service has logged.
type policyAnswer struct {
	program, client, recipient string
	at                         int64 // in seconds since 1970
}

// maxAnswers is how many answers of policy services are remembered: smtpd logs
// the same refusal within moments.
const maxAnswers = 256

// policySpan is how far apart, in seconds, the two lines may be.
const policySpan = 10

// policies are the latest answers of policy services in a log.
type policies struct {
	answers [maxAnswers]policyAnswer
	next    int
}

// add takes note of an answer.
func (p *policies) add(e *postfix.Event) {
	p.answers[p.next%maxAnswers] = policyAnswer{strings.Clone(e.Program), strings.Clone(e.ClientIP), strings.Clone(e.Recipient), e.Time.Unix()}
	p.next++
}

// refused names the policy service that was asked about what was refused, "" where the
// log shows none.
func (p *policies) refused(e *postfix.Event) string {
	for i := range min(p.next, maxAnswers) {
		a := &p.answers[i]
		if d := e.Time.Unix() - a.at; d > policySpan || d < -policySpan {
			continue
		}
		client := a.client != "" && a.client == e.ClientIP
		recipient := a.recipient != "" && strings.EqualFold(a.recipient, e.Recipient)
		if client && (recipient || a.recipient == "") || recipient && a.client == "" {
			return a.program
		}
	}
	return ""
}

// policyGate gives the gate where the wording leaves it open whether a policy
// service has refused, and the service's own line tells.
func (p *policies) policyGate(e *postfix.Event, gate diagnose.Gate, setting string) (diagnose.Gate, string) {
	if p.next == 0 || !strings.Contains(setting, "check_policy_service") {
		return gate, setting
	}
	if program := p.refused(e); program != "" {
		return diagnose.GatePolicy, "check_policy_service (" + program + ")"
	}
	return gate, setting
}
