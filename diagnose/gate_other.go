package diagnose

import (
	"strings"

	"github.com/smtpdiag/smtpdiag/smtp"
)

// eximRefusals maps what Exim logs of a refusal to the gate, and to the option
// or the condition of an access control list that makes it (Exim specification,
// chapters 14 and 44). What names its condition beyond doubt comes first.
var eximRefusals = []gateRule{
	{"too many connections from that ip address", GateConnection, "smtp_accept_max_per_host"},
	{"too many connections", GateConnection, "smtp_accept_max"},
	{"load average", GateConnection, "smtp_load_reserve"},
	{"host_reject_connection", GateClient, "host_reject_connection"},
	{"message too big", GateSize, "message_size_limit"},
	{"space shortage", GateQueue, "check_spool_space"},
	{"relay not permitted", GateRelay, "acl_smtp_rcpt (no condition accepts relaying)"},
	{"relaying", GateRelay, "acl_smtp_rcpt (no condition accepts relaying)"},
	{"relay access denied", GateVerify, "verify = recipient/callout"},
	{"callout", GateVerify, "verify = recipient/callout"},
	{"error from remote mail server", GateVerify, "verify = recipient/callout"},
	{"sender verify", GateSender, "verify = sender"},
	{"verification failed for", GateSender, "verify = sender"},
	{"unrouteable address", GateRecipientMap, "verify = recipient (the routers)"},
	{"unknown user", GateRecipientMap, "verify = recipient (the routers)"},
	{"user unknown", GateRecipientMap, "verify = recipient (the routers)"},
	{"ldap", GateRecipientMap, "verify = recipient (a lookup in the routers)"},
	{"mysql", GateRecipientMap, "verify = recipient (a lookup in the routers)"},
	{"pgsql", GateRecipientMap, "verify = recipient (a lookup in the routers)"},
	{"lookup deferred", GateRecipientMap, "verify = recipient (a lookup in the routers)"},
	{"failed to find host name from ip address", GateClient, "verify = reverse_host_lookup"},
	{"host name lookup failed", GateClient, "verify = reverse_host_lookup"},
	{"is in a black list", GateClient, "dnslists"},
	{"is in an rbl", GateClient, "dnslists"},
	{"rejected because", GateClient, "dnslists"},
	{"blocked using", GateClient, "dnslists"},
	{"greylist", GateRecipient, "acl_smtp_rcpt"},
	{"exceeds the limit", GateConnection, "ratelimit"},
	{"rate limit", GateConnection, "ratelimit"},
	{"ratelimit", GateConnection, "ratelimit"},
	{"sender rate", GateConnection, "ratelimit"},
	{"not allowed to send mail from", GateSender, "spf"},
	{"spf", GateSender, "spf"},
	{"dkim", GateContent, "acl_smtp_dkim"},
	{"virus", GateContent, "malware"},
	{"malware", GateContent, "malware"},
	{"spam", GateContent, "spam"},
	{"header syntax", GateContent, "verify = header_syntax"},
	{"failing address in", GateContent, "verify = header_syntax"},
	{"syntactically invalid argument", GateHELO, "helo_allow_chars"},
	{"too many syntax or protocol errors", GateConnection, "smtp_max_synprot_errors"},
	{"too many nonmail commands", GateConnection, "smtp_accept_max_nonmail"},
	{"too many recipients", GateRecipient, "recipients_max"},
	{"local_scan", GateContent, "local_scan"},
	{"starttls", GateTLS, "encrypted"},
	{"authentication required", GateAuth, "authenticated"},
}

// eximLists are the access control lists that refuse at a stage.
var eximLists = map[smtp.Stage]gateRule{
	smtp.StageUnknown:  {},
	smtp.StageConnect:  {gate: GateClient, setting: "acl_smtp_connect"},
	smtp.StageBanner:   {gate: GateClient, setting: "acl_smtp_connect"},
	smtp.StageEHLO:     {gate: GateHELO, setting: "acl_smtp_helo"},
	smtp.StageSTARTTLS: {gate: GateTLS, setting: "acl_smtp_starttls"},
	smtp.StageAuth:     {gate: GateAuth, setting: "acl_smtp_auth"},
	smtp.StageMail:     {gate: GateSender, setting: "acl_smtp_mail"},
	smtp.StageRcpt:     {gate: GateRecipient, setting: "acl_smtp_rcpt"},
	smtp.StageData:     {gate: GateContent, setting: "acl_smtp_predata"},
	smtp.StageEOD:      {gate: GateContent, setting: "acl_smtp_data"},
}

// EximGate names the gate of an entry of an Exim log, and the option or the
// condition behind it. action is "reject" for a refusal, else the outcome of a
// delivery ("bounced", "deferred"); relay is the next hop with its address in
// brackets, or the transport of a delivery on the host itself, or "". setting is
// "" where the log cannot tell it.
func EximGate(action, text string, stage smtp.Stage, relay string) (gate Gate, setting string) {
	lower := smtp.LowerASCII(text)
	if action == "bounced" || action == "deferred" {
		return eximDelivery(lower, relay)
	}
	for _, r := range eximRefusals {
		if strings.Contains(lower, r.words) {
			return r.gate, r.setting
		}
	}
	list := eximLists[stage]
	return list.gate, list.setting
}

func eximDelivery(lower, relay string) (Gate, string) {
	remote := strings.HasSuffix(relay, "]")
	switch {
	case strings.Contains(lower, "authentication attempt(s) failed"):
		return GateAuth, "hosts_require_auth, the client authenticators"
	case strings.Contains(lower, "tls session is required"), strings.Contains(lower, "tls session: "), strings.Contains(lower, "dane error"),
		strings.Contains(lower, "certificate verif"):
		return GateTLS, "hosts_require_tls, tls_verify_hosts, hosts_require_dane"
	case remote:
		return GateNextHop, ""
	case strings.Contains(lower, "retry time not"), strings.Contains(lower, "retry timeout exceeded"):
		return GateNextHop, "the retry rules"
	case strings.Contains(lower, "unrouteable address"), strings.Contains(lower, "host lookup did not complete"), strings.Contains(lower, "all relevant mx records"),
		strings.Contains(lower, "lowest numbered mx record points to local host"), strings.Contains(lower, "remote host address is the local host"),
		strings.Contains(lower, "all host address lookups"):
		return GateNextHop, "the routers"
	case relay == "" || strings.Contains(relay, "smtp"):
		return GateNextHop, ""
	}
	return GateDeliveryAgent, "transport " + relay
}

// OpenSMTPDGate names the gate of an entry of an OpenSMTPD log. program is the
// process that logged it: "smtpd" for a refusal, "mta" or "mda" for a delivery.
func OpenSMTPDGate(program, text string, stage smtp.Stage) (gate Gate, setting string) {
	lower := smtp.LowerASCII(text)
	switch {
	case program == "mda":
		return GateDeliveryAgent, "action"
	case program == "mta" && strings.Contains(lower, "tls"):
		return GateTLS, "action ... relay tls"
	case program == "mta":
		return GateNextHop, ""
	case strings.Contains(lower, "message too big"):
		return GateSize, "smtp max-message-size"
	case strings.Contains(lower, "too many"):
		return GateConnection, "smtp limit"
	case strings.Contains(lower, "must issue a starttls"):
		return GateTLS, "listen on ... tls-require"
	case strings.Contains(lower, "invalid recipient"):
		return GateRecipient, "match, the table of the action"
	case strings.Contains(lower, "temporarily rejected"), strings.Contains(lower, "filter"):
		return GateContent, "filter"
	}
	return gateOfStage(stage), ""
}
