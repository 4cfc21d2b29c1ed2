package postfix

import (
	"slices"
	"strings"
)

// policyServices are the programs that smtpd asks by check_policy_service
// (SMTPD_POLICY_README), by the names that they log under.
var policyServices = map[string]bool{
	"postgrey": true, "policyd-spf": true, "policy-spf": true, "postfwd": true, "postfwd2": true, "postfwd3": true, "sqlgrey": true, "tumgreyspf": true,
	"policyd-weight": true, "cbpolicyd": true, "policyd": true, "iredapd": true, "gld": true, "greyfix": true, "mtpolicyd": true, "rbl-policyd": true,
	"policyd-rate-limit": true, "postfix-policyd-spf": true, "pypolicyd-spf": true, "polw": true, "sympolicyd": true,
}

// refusing are the words of a policy service that refuses or puts off.
var refusing = []string{"action=reject", "action=defer", "action=greylist", "action=4", "action=5", " reject", "550 ", "554 ", "450 ", "451 ", "greylisted"}

// parsePolicy reads what a policy service logs of a refusal. The services have
// no form in common; the client and the recipient are under names such as
// client_address=, client-ip=, recipient=, <to=...>.
func parsePolicy(e *Event, program, msg string) bool {
	lower := strings.ToLower(msg)
	if !slices.ContainsFunc(refusing, func(words string) bool { return strings.Contains(lower, words) }) {
		return false
	}
	e.Kind, e.Instance, e.Program, e.Reason = EventPolicy, "policy", program, msg
	for _, name := range []string{"client_address=", "client-ip=", "client="} {
		if e.ClientIP != "" {
			break
		}
		if _, rest, ok := strings.Cut(msg, name); ok {
			e.ClientIP = policyValue(rest)
			if _, ip := peer(e.ClientIP); ip != "" {
				e.ClientIP = ip
			}
		}
	}
	if e.ClientIP == "" && strings.HasPrefix(msg, "[") { // iredapd: "[192.0.2.7] RCPT, a@x -> b@y, REJECT text"
		_, e.ClientIP = peer(strings.SplitN(msg, " ", 2)[0])
	}
	for _, name := range []string{"recipient=", "to=", "-> "} {
		if _, rest, ok := strings.Cut(msg, name); ok && e.Recipient == "" {
			if value := policyValue(rest); strings.Contains(value, "@") {
				e.Recipient = value
			}
		}
	}
	return e.ClientIP != "" || e.Recipient != ""
}

// policyValue gives the word at the start of s, without what encloses it.
func policyValue(s string) string {
	s = strings.TrimLeft(s, "<'\"")
	if n := strings.IndexAny(s, ",; >'\""); n >= 0 {
		s = s[:n]
	}
	if !strings.Contains(s, "[") {
		s = strings.TrimRight(s, "]")
	}
	return s
}
