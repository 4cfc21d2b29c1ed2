package diagnose

import (
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

const refMimecastErrors = "https://mimecastsupport.zendesk.com/hc/en-us/articles/34000709564691-Policies-Mimecast-SMTP-Error-Codes"

// mimecastRules are the replies of Mimecast's gateways.
var mimecastRules = []Rule{
	{
		ID: "mimecast-sender-blocked", Class: runbook.ClassSenderRejected,
		When:   When{Any: []string{"sender address blocked"}},
		Refs:   []string{refMimecastErrors},
		Hits:   []string{"421 Sender address blocked - https://community.mimecast.com/docs/DOC-1369#421 [abcDEF123.us45]"},
		Misses: []string{"451 Internal resources are temporarily unavailable - https://community.mimecast.com/docs/DOC-1369#451 [abcDEF123.us45]"},
	},
	{
		ID: "mimecast-account-disabled", Class: runbook.ClassBackendMisconfigured,
		When: When{Any: []string{"account inbounds disabled", "account outbounds disabled"}, Codes: []string{"4yz"}},
		Refs: []string{refMimecastErrors},
		Hits: []string{
			"451 Account inbounds disabled [abcDEF123.us45]",
			"451 Account outbounds disabled [abcDEF123.us45]",
		},
		Misses: []string{"451 Account service is temporarily unavailable [abcDEF123.us45]"},
	},
	{
		ID: "mimecast-account-connections", Class: runbook.ClassPolicyConnections,
		When:   When{Any: []string{"account service is temporarily unavailable"}, Codes: []string{"4yz"}},
		Refs:   []string{refMimecastErrors},
		Hits:   []string{"451 Account service is temporarily unavailable [abcDEF123.us45]"},
		Misses: []string{"451 Internal resources are temporarily unavailable [abcDEF123.us45]"},
	},
	{
		ID: "mimecast-greylist", Class: runbook.ClassPolicyGreylist,
		When: When{
			Any:   []string{"internal resources are temporarily unavailable", "internal resource temporarily unavailable"},
			Codes: []string{"4yz"},
		},
		Refs: []string{refMimecastErrors},
		Hits: []string{
			"451 Internal resources are temporarily unavailable - https://community.mimecast.com/docs/DOC-1369#451 [abcDEF123.us45]",
			"451 Internal resource temporarily unavailable - [abcDEF123.us45]",
		},
		Misses: []string{"451 Account service is temporarily unavailable [abcDEF123.us45]"},
	},
	{
		ID: "mimecast-ip-blacklisted", Class: runbook.ClassPolicyRateLimit,
		When:   When{Any: []string{"ip temporarily blacklisted"}, Codes: []string{"4yz"}},
		Refs:   []string{refMimecastErrors},
		Hits:   []string{"451 IP temporarily blacklisted - https://community.mimecast.com/docs/DOC-1369#451 [abcDEF123.us45]"},
		Misses: []string{"550 IP is blacklisted by a public list"},
	},
	{
		ID: "mimecast-open-relay", Class: runbook.ClassRoutingRelayDenied,
		When:   When{Any: []string{"open relay not allowed"}},
		Refs:   []string{refMimecastErrors},
		Hits:   []string{"451 Open relay not allowed - https://community.mimecast.com/docs/DOC-1369#451 [abcDEF123.us45]"},
		Misses: []string{"550 Your server is an open relay"},
	},
	{
		ID: "mimecast-recipient-unavailable", Class: runbook.ClassLookupTemporary,
		When:   When{Provider: []string{"mimecast"}, Any: []string{"recipient temporarily unavailable"}},
		Refs:   []string{refMimecastErrors},
		Hits:   []string{"{provider=mimecast} 451 Recipient temporarily unavailable - [abcDEF123.us45]"},
		Misses: []string{"{provider=mimecast} 550 Invalid Recipient - [abcDEF123.us45]"},
	},
	{
		ID: "mimecast-wrong-host", Class: runbook.ClassDomainBadMX,
		When:   When{Any: []string{"incorrect hostname used for inbounds"}},
		Refs:   []string{refMimecastErrors},
		Hits:   []string{"550 Incorrect hostname used for inbounds"},
		Misses: []string{"550 The incorrect address was used"},
	},
	{
		ID: "mimecast-ended-early", Class: runbook.ClassNetworkDropped,
		When:   When{Provider: []string{"mimecast"}, Any: []string{"message ended early"}},
		Refs:   []string{refMimecastErrors},
		Hits:   []string{"{provider=mimecast} 451 Message ended early [abcDEF123.us45]"},
		Misses: []string{"451 Message too early"},
	},
	{
		ID: "mimecast-overload", Class: runbook.ClassBackendUnavailable,
		When:   When{Any: []string{"unable to process connection at this time"}, Codes: []string{"4yz"}},
		Refs:   []string{refMimecastErrors},
		Hits:   []string{"451 Unable to process connection at this time [abcDEF123.us45]"},
		Misses: []string{"451 Unable to process an email at this time [abcDEF123.us45]"},
	},
	{
		ID: "mimecast-unable", Class: runbook.ClassBackendLocalError,
		When: When{
			Any: []string{
				"unable to process command", "unable to process an email at this time",
				"unable to process email at this time",
			},
			Codes: []string{"4yz"},
		},
		Refs: []string{refMimecastErrors},
		Hits: []string{
			"451 Unable to process command [abcDEF123.us45]",
			"451 Unable to process an email at this time [abcDEF123.us45]",
			"451 Unable to process email at this time [abcDEF123.us45]",
		},
		Misses: []string{"451 Unable to process connection at this time [abcDEF123.us45]"},
	},
	{
		ID: "mimecast-recipients", Class: runbook.ClassPolicyRecipients,
		When:   When{Provider: []string{"mimecast"}, Any: []string{"too many recipients"}},
		Refs:   []string{refMimecastErrors},
		Hits:   []string{"{provider=mimecast} 452 Too many recipients [abcDEF123.us45]"},
		Misses: []string{"{provider=mimecast} 501 Invalid address [abcDEF123.us45]"},
	},
	{
		ID: "mimecast-invalid-address", Class: runbook.ClassRecipientSyntax,
		When:   When{Provider: []string{"mimecast"}, Any: []string{"invalid address"}, Codes: []string{"501"}},
		Refs:   []string{refMimecastErrors},
		Hits:   []string{"{provider=mimecast} 501 Invalid address [abcDEF123.us45]"},
		Misses: []string{"{provider=mimecast} 550 Invalid Recipient [abcDEF123.us45]"},
	},
	{
		ID: "mimecast-login", Class: runbook.ClassAuthSMTPFailed,
		When:   When{Any: []string{"incorrect authentication data"}},
		Refs:   []string{refMimecastErrors},
		Hits:   []string{"535 Incorrect authentication data [abcDEF123.us45]"},
		Misses: []string{"530 Authentication required"},
	},
	{
		ID: "mimecast-envelope-blocked", Class: runbook.ClassSenderRejected,
		When: When{Any: []string{"administrative prohibition - envelope blocked", "administrative prohibition envelope blocked"}},
		Refs: []string{refMimecastErrors},
		Hits: []string{
			"550 Administrative prohibition - envelope blocked - https://community.mimecast.com/docs/DOC-1369#550 [abcDEF123.us45]",
			"550 Administrative prohibition envelope blocked [abcDEF123.us45]",
		},
		Misses: []string{"550 Envelope blocked - User Entry [abcDEF123.us45]"},
	},
	{
		ID: "mimecast-user-entry", Class: runbook.ClassRecipientRestricted,
		When: When{
			Any: []string{
				"envelope blocked - user entry", "envelope blocked user entry", "envelope blocked - user domain entry",
				"envelope blocked user domain entry",
			},
		},
		Refs: []string{refMimecastErrors},
		Hits: []string{
			"550 Envelope blocked - User Entry - https://community.mimecast.com/docs/DOC-1369#550 [abcDEF123.us45]",
			"550 Envelope blocked User Entry [abcDEF123.us45]",
			"550 Envelope blocked - User Domain Entry [abcDEF123.us45]",
			"550 Envelope blocked User Domain Entry [abcDEF123.us45]",
		},
		Misses: []string{"550 Administrative prohibition - envelope blocked [abcDEF123.us45]"},
	},
	{
		ID: "mimecast-anti-spoofing", Class: runbook.ClassPolicyLocal, Stage: smtp.StageEOD,
		When: When{Any: []string{"anti-spoofing policy"}, None: []string{"dmarc"}},
		Refs: []string{refMimecastErrors},
		Hits: []string{
			"550 Rejected by header-based Anti-Spoofing policy: user@example.com - [abcDEF123.us45]",
			"550 Rejected by header based Anti-Spoofing policy: user@example.com - [abcDEF123.us45]",
			"550 Anti-Spoofing policy - Inbound not allowed - [abcDEF123.us45]",
			"550 Refused by the Anti-Spoofing policy of the recipient",
		},
		Misses: []string{"550 DMARC Sender Invalid - envelope rejected - [abcDEF123.us45]"},
	},
	{
		ID: "mimecast-header-blocked", Class: runbook.ClassSenderRejected, Stage: smtp.StageEOD,
		When: When{
			Any: []string{
				"rejected by header based blocked senders", "manually blocked senders",
				"rejected by header based blacklist*",
			},
		},
		Refs: []string{refMimecastErrors},
		Hits: []string{
			"550 Rejected by header based manually Blocked Senders: user@example.com - [abcDEF123.us45]",
			"550 Rejected by header based Blocked Senders: user@example.com - [abcDEF123.us45]",
			"550 Refused: the address is among the manually Blocked Senders",
			"550 Rejected by header based Blacklisting",
		},
		Misses: []string{"550 Rejected by header based Anti-Spoofing policy: user@example.com - [abcDEF123.us45]"},
	},
	{
		ID: "mimecast-spf", Class: runbook.ClassAuthSPF,
		When: When{Any: []string{"spf sender invalid"}},
		Refs: []string{refMimecastErrors},
		Hits: []string{
			"550 SPF Sender Invalid - envelope rejected - https://community.mimecast.com/docs/DOC-1369#550 [abcDEF123.us45]",
			"550 SPF Sender Invalid",
		},
		Misses: []string{"550 DKIM Sender Invalid - envelope rejected"},
	},
	{
		ID: "mimecast-dkim", Class: runbook.ClassAuthDKIM, Stage: smtp.StageEOD,
		When:   When{Any: []string{"dkim sender invalid"}},
		Refs:   []string{refMimecastErrors},
		Hits:   []string{"550 DKIM Sender Invalid - envelope rejected - [abcDEF123.us45]"},
		Misses: []string{"550 SPF Sender Invalid - envelope rejected"},
	},
	{
		ID: "mimecast-dmarc", Class: runbook.ClassAuthDMARC, Stage: smtp.StageEOD,
		When:   When{Any: []string{"dmarc sender invalid"}},
		Refs:   []string{refMimecastErrors},
		Hits:   []string{"550 DMARC Sender Invalid - envelope rejected - [abcDEF123.us45]"},
		Misses: []string{"550 DKIM Sender Invalid - envelope rejected"},
	},
	{
		ID: "mimecast-invalid-recipient", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When:   When{Provider: []string{"mimecast"}, Any: []string{"invalid recipient"}},
		Refs:   []string{refMimecastErrors},
		Hits:   []string{"{provider=mimecast} 550 Invalid Recipient - https://community.mimecast.com/docs/DOC-1369#550 [abcDEF123.us45]"},
		Misses: []string{"{provider=mimecast} 501 Invalid address [abcDEF123.us45]"},
	},
	{
		ID: "mimecast-ip-reputation", Class: runbook.ClassPolicyReputation,
		When: When{Any: []string{"csi.mimecast.org", "ct ip reputation"}, None: []string{"envelope"}},
		Refs: []string{refMimecastErrors},
		Hits: []string{
			"550 Local CT IP Reputation - (reject) - [abcDEF123.us45]",
			"550 csi.mimecast.org Blocked - see https://community.mimecast.com/docs/DOC-1369",
			"451 CT IP Reputation - try later",
		},
		Misses: []string{"550 Administrative prohibition - envelope blocked"},
	},
	{
		ID: "mimecast-content", Class: runbook.ClassContentPolicy, Stage: smtp.StageEOD,
		When:   When{Any: []string{"message bounced due to content examination policy", "content examination policy"}},
		Refs:   []string{refMimecastErrors},
		Hits:   []string{"550 Message bounced due to Content Examination Policy [abcDEF123.us45]"},
		Misses: []string{"554 Email rejected due to security policies [abcDEF123.us45]"},
	},
	{
		ID: "mimecast-outbound-threads", Class: runbook.ClassPolicyConnections,
		When:   When{Provider: []string{"mimecast"}, Any: []string{"exceeding outbound thread limit"}},
		Refs:   []string{refMimecastErrors},
		Hits:   []string{"{provider=mimecast} 550 Exceeding outbound thread limit [abcDEF123.us45]"},
		Misses: []string{"550 Exceeding outbound mail size"},
	},
	{
		ID: "mimecast-route-tls", Class: runbook.ClassTLSRequired,
		When: When{
			Any:  []string{"this route requires encryption"},
			None: []string{"requires tls version", "high-strength", "high strength"},
		},
		Refs: []string{refMimecastErrors},
		Hits: []string{
			"553 This route requires encryption (TLS). [abcDEF123.us45]",
			"553 This route requires encryption",
		},
		Misses: []string{"553 This route requires TLS version 1.2 or greater [abcDEF123.us45]"},
	},
	{
		ID: "mimecast-tls-version", Class: runbook.ClassTLSFailed,
		When: When{Any: []string{"requires tls version", "requires high-strength ciphers", "requires high strength ciphers"}},
		Refs: []string{refMimecastErrors},
		Hits: []string{
			"553 This route requires TLS version 1.2 or greater [abcDEF123.us45]",
			"553 This host requires high-strength ciphers",
			"553 This route requires high strength ciphers [abcDEF123.us45]",
			"553 This route requires high-strength ciphers [abcDEF123.us45]",
		},
		Misses: []string{"553 This route requires encryption (TLS). [abcDEF123.us45]"},
	},
	{
		ID: "mimecast-security", Class: runbook.ClassContentVirus, Stage: smtp.StageEOD,
		When:   When{Any: []string{"email rejected due to security policies"}},
		Refs:   []string{refMimecastErrors},
		Hits:   []string{"554 Email rejected due to security policies - https://community.mimecast.com/docs/DOC-1369#554 [abcDEF123.us45]"},
		Misses: []string{"554 Host network not allowed [abcDEF123.us45]"},
	},
	{
		ID: "mimecast-geography", Class: runbook.ClassPolicyLocal,
		When: When{
			Any: []string{
				"host network not allowed", "host network, not allowed",
				"email rejected due to * geographical restriction",
			},
		},
		Refs: []string{refMimecastErrors},
		Hits: []string{
			"554 Host network not allowed - https://community.mimecast.com/docs/DOC-1369#554 [abcDEF123.us45]",
			"554 Host network, not allowed [abcDEF123.us45]",
			"554 Email rejected due to a geographical restriction",
		},
		Misses: []string{"554 Email rejected due to security policies [abcDEF123.us45]"},
	},
	{
		ID: "mimecast-loop", Class: runbook.ClassRoutingLoop,
		When:   When{Provider: []string{"mimecast"}, Any: []string{"mail loop detected"}},
		Refs:   []string{refMimecastErrors},
		Hits:   []string{"{provider=mimecast} 554 Mail loop detected [abcDEF123.us45]"},
		Misses: []string{"{provider=mimecast} 554 Maximum email size exceeded [abcDEF123.us45]"},
	},
	{
		ID: "mimecast-size", Class: runbook.ClassContentTooLarge,
		When:   When{Any: []string{"maximum email size exceeded"}},
		Refs:   []string{refMimecastErrors},
		Hits:   []string{"554 Maximum email size exceeded [abcDEF123.us45]"},
		Misses: []string{"554 Mail loop detected [abcDEF123.us45]"},
	},
}
