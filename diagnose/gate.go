package diagnose

import (
	"strings"

	"github.com/smtpdiag/smtpdiag/smtp"
)

// Gate names the part of a Postfix host that refused, deferred or failed a
// message. Gates are stable identifiers, like classes.
type Gate string

// The gates of a Postfix host, in the order in which a message meets them.
const (
	GatePostscreen    Gate = "postscreen"     // before any smtpd process
	GateConnection    Gate = "connection"     // limits of connections and rates (anvil)
	GateClient        Gate = "client"         // smtpd_client_restrictions
	GateHELO          Gate = "helo"           // smtpd_helo_restrictions
	GateTLS           Gate = "tls"            // encryption asked for
	GateAuth          Gate = "auth"           // SMTP AUTH
	GateSender        Gate = "sender"         // smtpd_sender_restrictions
	GateRelay         Gate = "relay"          // smtpd_relay_restrictions
	GateRecipient     Gate = "recipient"      // smtpd_recipient_restrictions
	GateRecipientMap  Gate = "recipient-map"  // the tables of valid recipients
	GateVerify        Gate = "verify"         // address verification by asking the next hop
	GatePolicy        Gate = "policy-service" // a policy service
	GateMilter        Gate = "milter"
	GateSize          Gate = "size"
	GateContent       Gate = "content-filter" // header and body checks, content filters and proxies
	GateQueue         Gate = "queue"          // room and files of the queue
	GateNextHop       Gate = "next-hop"       // the host that the mail is handed to
	GateDeliveryAgent Gate = "delivery-agent" // local, virtual, pipe
	GateUnknown       Gate = ""
)

// gateRule maps wording of Postfix to a gate and to the setting behind it.
type gateRule struct {
	words   string // lower case
	gate    Gate
	setting string
}

// gateRules is tried from the top: what names its setting beyond doubt first.
var gateRules = []gateRule{
	{"user unknown in virtual mailbox table", GateRecipientMap, "virtual_mailbox_maps"},
	{"user unknown in virtual alias table", GateRecipientMap, "virtual_alias_maps"},
	{"user unknown in local recipient table", GateRecipientMap, "local_recipient_maps"},
	{"user unknown in relay recipient table", GateRecipientMap, "relay_recipient_maps"},
	{"temporary lookup failure", GateRecipientMap, "virtual_mailbox_maps, virtual_alias_maps, relay_recipient_maps, local_recipient_maps, an access map"},
	{"unverified recipient", GateVerify, "reject_unverified_recipient"},
	{"undeliverable address", GateVerify, "reject_unverified_recipient"},
	{"unverified address", GateVerify, "reject_unverified_recipient"},
	{"recipient address verification in progress", GateVerify, "reject_unverified_recipient"},
	{"sender address rejected: unverified", GateVerify, "reject_unverified_sender"},
	{"sender address rejected: undeliverable", GateVerify, "reject_unverified_sender"},
	{"relay access denied", GateRelay, "reject_unauth_destination"},
	{"mail for ", GateRelay, "mydestination, relay_domains, virtual_mailbox_domains"},
	{"cannot find your hostname", GateClient, "reject_unknown_client_hostname"},
	{"cannot find your reverse hostname", GateClient, "reject_unknown_reverse_client_hostname"},
	{"blocked using ", GateClient, "reject_rbl_client"},
	{"unverified client host rejected", GateClient, "reject_unknown_client_hostname"},
	{"client host rejected: access denied", GateClient, "check_client_access, reject"},
	{"client host rejected", GateClient, "check_client_access, check_policy_service"},
	{"improper use of smtp command pipelining", GateClient, "reject_unauth_pipelining"},
	{"helo command rejected: host not found", GateHELO, "reject_unknown_helo_hostname"},
	{"helo command rejected: need fully-qualified hostname", GateHELO, "reject_non_fqdn_helo_hostname"},
	{"helo command rejected: invalid name", GateHELO, "reject_invalid_helo_hostname"},
	{"helo command rejected: access denied", GateHELO, "check_helo_access, reject"},
	{"helo command rejected", GateHELO, "check_helo_access, check_policy_service"},
	{"sender address rejected: domain not found", GateSender, "reject_unknown_sender_domain"},
	{"sender address rejected: malformed dns", GateSender, "reject_unknown_sender_domain"},
	{"sender address rejected: not logged in", GateSender, "reject_sender_login_mismatch"},
	{"sender address rejected: not owned by", GateSender, "reject_sender_login_mismatch"},
	{"sender address rejected: need fully-qualified address", GateSender, "reject_non_fqdn_sender"},
	{"sender address rejected: user unknown", GateSender, "reject_unlisted_sender"},
	{"sender address rejected: access denied", GateSender, "check_sender_access, reject"},
	{"sender address rejected", GateSender, "check_sender_access, check_policy_service"},
	{"recipient address rejected: domain not found", GateRecipient, "reject_unknown_recipient_domain"},
	{"recipient address rejected: malformed dns", GateRecipient, "reject_unknown_recipient_domain"},
	{"recipient address rejected: need fully-qualified address", GateRecipient, "reject_non_fqdn_recipient"},
	{"recipient address rejected: multi-recipient bounce", GateRecipient, "reject_multi_recipient_bounce"},
	{"recipient address rejected: access denied", GateRecipient, "check_recipient_access, reject"},
	{"server configuration problem", GatePolicy, "check_policy_service"},
	{"server configuration error", GateRecipient, "smtpd_*_restrictions (a name in them that Postfix does not know)"},
	{"greylist", GatePolicy, "check_policy_service"},
	{"spf", GatePolicy, "check_policy_service"},
	{"too many recipients", GateRecipient, "smtpd_recipient_limit"},
	{"too many errors", GateConnection, "smtpd_hard_error_limit"},
	{"too many connections", GateConnection, "smtpd_client_connection_count_limit"},
	{"connection concurrency limit", GateConnection, "smtpd_client_connection_count_limit"},
	{"connection rate limit", GateConnection, "smtpd_client_connection_rate_limit"},
	{"message delivery request rate limit", GateConnection, "smtpd_client_message_rate_limit"},
	{"too much mail from", GateConnection, "smtpd_client_message_rate_limit"},
	{"too many messages", GateConnection, "smtpd_client_message_rate_limit"},
	{"recipient address rate limit", GateConnection, "smtpd_client_recipient_rate_limit"},
	{"must issue a starttls command first", GateTLS, "smtpd_tls_security_level = encrypt"},
	{"session encryption is required", GateTLS, "reject_plaintext_session"},
	{"tls not available", GateTLS, "smtpd_tls_cert_file, smtpd_tls_key_file"},
	{"authentication required", GateAuth, "permit_sasl_authenticated, reject"},
	{"authentication failed", GateAuth, "smtpd_sasl_path"},
	{"message size exceeds", GateSize, "message_size_limit"},
	{"message file too big", GateSize, "message_size_limit"},
	{"insufficient system storage", GateQueue, "queue_minfree"},
	{"queue file write error", GateQueue, "queue_directory, smtpd_proxy_filter"},
	{"smtputf8 is required", GateNextHop, "smtputf8_enable"},
	{"auth command rate limit", GateConnection, "smtpd_client_auth_rate_limit"},
	{"new tls session rate limit", GateConnection, "smtpd_client_new_tls_session_rate_limit"},
	{"data command rejected", GateContent, "smtpd_data_restrictions"},
	{"end-of-data rejected", GateContent, "smtpd_end_of_data_restrictions"},
	{"etrn command rejected", GateRecipient, "smtpd_etrn_restrictions"},
	{"recipient address rejected", GateRecipient, "check_recipient_access, check_policy_service"},
}

// PostfixGate names the gate and the setting behind an entry of a Postfix log.
// action is the word that Postfix logs in front of a refusal ("reject",
// "milter-reject", "header") or the outcome of a delivery ("bounced",
// "deferred"), program the program that logged it ("smtpd", "lmtp"), text the
// reply or reason. setting is "" where the log cannot tell it; several settings
// with commas between them are those of which the wording does not tell which
// one it was.
func PostfixGate(action, program, text string, stage smtp.Stage) (gate Gate, setting string) {
	switch {
	case strings.HasPrefix(action, "milter"):
		if strings.Contains(text, "Service unavailable - try again later") {
			return GateMilter, "smtpd_milters, milter_default_action"
		}
		return GateMilter, "smtpd_milters"
	case action == "header" || action == "mime-header" || action == "nested-header":
		return GateContent, action[:len(action)-len("header")] + "header_checks"
	case action == "body":
		return GateContent, "body_checks"
	case action == "proxy-reject":
		return GateContent, "smtpd_proxy_filter"
	}
	lower := smtp.LowerASCII(text)
	if program == "postscreen" {
		return postscreenGate(lower)
	}
	switch program {
	case "smtp", "lmtp":
		if strings.HasPrefix(lower, "sasl authentication failed") {
			return GateAuth, "smtp_sasl_password_maps"
		}
		if strings.Contains(lower, "said: ") || strings.Contains(lower, "connect to") || strings.Contains(lower, "refused to talk to me") || strings.Contains(lower, "lost connection") || strings.Contains(lower, "timed out") {
			return GateNextHop, ""
		}
		return nextHopGate(lower)
	case "local", "virtual", "pipe":
		return agentGate(program, lower)
	case "error", "retry":
		return nextHopGate(lower)
	}
	for _, r := range gateRules {
		if strings.Contains(lower, r.words) {
			return r.gate, r.setting
		}
	}
	return gateOfStage(stage), ""
}

func postscreenGate(lower string) (Gate, string) {
	switch {
	case strings.Contains(lower, "blocked using"):
		return GatePostscreen, "postscreen_dnsbl_sites"
	case strings.Contains(lower, "too many connections"):
		return GatePostscreen, "postscreen_client_connection_count_limit"
	case strings.Contains(lower, "all screening ports are busy"), strings.Contains(lower, "all server ports are busy"):
		return GatePostscreen, "postscreen_pre_queue_limit, default_process_limit"
	case strings.Contains(lower, "protocol error"):
		return GatePostscreen, "postscreen_greet_action, postscreen_pipelining_action, postscreen_bare_newline_action"
	case strings.Contains(lower, "service currently unavailable"):
		return GatePostscreen, "postscreen deep protocol tests (the client must come back)"
	}
	return GatePostscreen, "postscreen_access_list"
}

func nextHopGate(lower string) (Gate, string) {
	switch {
	case strings.Contains(lower, "mail transport unavailable"):
		return GateDeliveryAgent, "transport_maps, content_filter, master.cf"
	case strings.Contains(lower, "loops back to myself"):
		return GateNextHop, "mydestination, proxy_interfaces, relay_domains"
	case strings.Contains(lower, "name service error"), strings.Contains(lower, "host not found"):
		return GateNextHop, "smtp_host_lookup, smtp_dns_support_level"
	case strings.Contains(lower, "tls is required"), strings.Contains(lower, "cannot start tls"), strings.Contains(lower, "certificate"):
		return GateTLS, "smtp_tls_security_level, smtp_tls_policy_maps"
	case strings.Contains(lower, "smtputf8"):
		return GateNextHop, "smtputf8_enable"
	}
	return GateNextHop, ""
}

func agentGate(program, lower string) (Gate, string) {
	switch {
	case strings.Contains(lower, "unknown user"), strings.Contains(lower, "user unknown"):
		switch program {
		case "local":
			return GateDeliveryAgent, "local_recipient_maps, alias_maps"
		case "virtual":
			return GateDeliveryAgent, "virtual_mailbox_maps"
		}
		return GateDeliveryAgent, "virtual_alias_maps, receive_override_options"
	case strings.Contains(lower, "mailbox_size_limit"), strings.Contains(lower, "mailbox size limit"), strings.Contains(lower, "file too large"):
		return GateDeliveryAgent, "mailbox_size_limit, virtual_mailbox_limit"
	case strings.Contains(lower, "cannot append message to file"):
		return GateDeliveryAgent, "alias_maps, home_mailbox, mail_spool_directory"
	case strings.Contains(lower, "mail forwarding loop"):
		return GateDeliveryAgent, "alias_maps, forward_path"
	case program == "pipe":
		return GateDeliveryAgent, "virtual_transport, mailbox_transport, master.cf"
	case strings.Contains(lower, "command died"), strings.Contains(lower, "command output"):
		return GateDeliveryAgent, "mailbox_command, alias_maps"
	}
	return GateDeliveryAgent, ""
}

func gateOfStage(stage smtp.Stage) Gate {
	switch stage {
	case smtp.StageConnect, smtp.StageBanner:
		return GateClient
	case smtp.StageEHLO:
		return GateHELO
	case smtp.StageSTARTTLS:
		return GateTLS
	case smtp.StageAuth:
		return GateAuth
	case smtp.StageMail:
		return GateSender
	case smtp.StageRcpt:
		return GateRecipient
	case smtp.StageData, smtp.StageEOD:
		return GateContent
	case smtp.StageUnknown:
	}
	return GateUnknown
}
