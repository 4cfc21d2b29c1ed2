package diagnose

import (
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

const (
	refProofpointPostmaster = "https://www.proofpoint.com/postmaster"
	refProofpointEssentials = "https://help.proofpoint.com/Proofpoint_Essentials/Email_Security/Administrator_Topics/110_logs/Common_Error_Codes_found_in_Message_Details"
	refBarracudaCodes       = "https://campus.barracuda.com/product/emailsecuritygateway/article/BSF/SMTPErrorCodes/"
	refBarracudaLookup      = "https://www.barracudacentral.org/lookups"
	refCiscoESA             = "https://www.cisco.com/c/en/us/support/docs/security/email-security-appliance/200436-Identify-and-allow-poor-SenderBase-Reput.html"
	refSymantecCodes        = "https://knowledge.broadcom.com/external/article/165144/smtp-bounce-back-error-codes-for-email-s.html"
	refTrendMicroERS        = "https://www.ers.trendmicro.com/reputations/index"
	refFortinetMail         = "https://docs.fortinet.com/product/fortimail/"
	refMailChannels         = "https://support.mailchannels.com/hc/en-us"
	refSophosEmail          = "https://docs.sophos.com/"
	refTrellixEmail         = "https://docs.trellix.com/"
	refSpamExperts          = "https://documentation.n-able.com/"
	refCPanelExim           = "https://docs.cpanel.net/"
)

// gatewayRules are the replies of filtering gateways in front of other people's
// mail servers: Proofpoint, Barracuda, Cisco, Symantec, Trend Micro and others.
var gatewayRules = []Rule{
	{
		ID: "proofpoint-ipcheck", Class: runbook.ClassPolicyBlocklist, Stage: smtp.StageBanner,
		When: When{Any: []string{"ipcheck.proofpoint.com"}},
		Refs: []string{refProofpointPostmaster},
		Hits: []string{
			"554 See https://ipcheck.proofpoint.com/?ip=192.0.2.7",
			"550 5.7.0 Blocked - see https://ipcheck.proofpoint.com/?ip=192.0.2.7",
		},
		Misses: []string{"550 5.7.0 Local Policy Violation"},
	},
	{
		ID: "proofpoint-prs", Class: runbook.ClassPolicyBlocklist,
		When: When{
			Any: []string{
				"prs.proofpoint.com", "refused by proofpoint reputation services",
				"blocked using cloudmark sender intelligence", "proofpoint dynamic reputation",
			},
		},
		Refs: []string{refProofpointEssentials},
		Hits: []string{
			"550 5.7.1 Service unavailable; client [192.0.2.7] blocked using prs.proofpoint.com",
			"550 5.7.0 Connection refused by Proofpoint Reputation Services",
			"550 5.7.1 Service unavailable; client [192.0.2.7] blocked using Cloudmark Sender Intelligence",
			"550 5.7.1 Refused by Proofpoint Dynamic Reputation",
		},
		Misses: []string{"550 5.7.0 Local Policy Violation"},
	},
	{
		ID: "proofpoint-local-policy", Class: runbook.ClassPolicyLocal,
		When:   When{Provider: []string{"proofpoint"}, Any: []string{"local policy violation"}},
		Refs:   []string{refProofpointEssentials},
		Hits:   []string{"{provider=proofpoint} 550 5.7.0 Local Policy Violation"},
		Misses: []string{"550 5.7.0 Content policy violation"},
	},
	{
		ID: "proofpoint-verifying", Class: runbook.ClassLookupCallout,
		When:   When{Provider: []string{"proofpoint"}, Any: []string{"address verification in progress"}},
		Refs:   []string{refProofpointEssentials},
		Hits:   []string{"{provider=proofpoint} 421 4.1.1 <user@example.com>: Recipient address rejected: unverified address: Address verification in progress"},
		Misses: []string{"550 5.1.1 <user@example.com>: Recipient address rejected: undeliverable address"},
	},
	{
		ID: "proofpoint-marked-invalid", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When: When{Any: []string{"email address is marked as invalid"}},
		Refs: []string{refProofpointEssentials},
		Hits: []string{
			"550 5.7.1 <user@example.com>: Recipient address rejected: User email address is marked as invalid",
			"550 5.7.1 The email address is marked as invalid",
		},
		Misses: []string{"550 5.7.1 The sender is marked as spammer"},
	},
	{
		ID: "proofpoint-undeliverable", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When: When{
			Provider: []string{"proofpoint"},
			Any:      []string{"recipient address rejected: undeliverable address: host * said: 550"},
		},
		Refs:   []string{refProofpointEssentials},
		Hits:   []string{"{provider=proofpoint} 550 5.1.1 <user@example.com>: Recipient address rejected: undeliverable address: host mx.example.com[192.0.2.25] said: 550 refused"},
		Misses: []string{"421 4.1.1 <user@example.com>: Recipient address rejected: unverified address: host mx.example.com[192.0.2.25] said: 450 refused"},
	},
	{
		ID: "proofpoint-unverified", Class: runbook.ClassLookupCallout,
		When: When{Any: []string{"unverified address: host * said: 4*", "recipient address rejected: unverified address: host"}},
		Refs: []string{refProofpointEssentials},
		Hits: []string{
			"421 4.1.1 <user@example.com>: unverified address: host mx.example.com[192.0.2.25] said: 450 refused",
			"421 4.1.1 <user@example.com>: Recipient address rejected: unverified address: host mx.example.com[192.0.2.25] did not answer",
		},
		Misses: []string{"550 5.1.1 <user@example.com>: undeliverable address: host mx.example.com[192.0.2.25] said: 550 refused"},
	},
	{
		ID: "proofpoint-dmarc", Class: runbook.ClassAuthDMARC, Stage: smtp.StageEOD,
		When: When{Any: []string{"rejected per sender's dmarc policy", "email rejected per dmarc policy"}},
		Refs: []string{refProofpointEssentials},
		Hits: []string{
			"550 5.7.0 rejected per sender's DMARC policy",
			"550 5.7.1 Email rejected per DMARC policy for example.com",
		},
		Misses: []string{"550 5.7.0 Local Policy Violation"},
	},
	{
		ID: "proofpoint-relay", Class: runbook.ClassRoutingRelayDenied,
		When: When{Provider: []string{"proofpoint"}, Any: []string{"relaying denied", "relay access denied"}},
		Refs: []string{refProofpointEssentials},
		Hits: []string{
			"{provider=proofpoint} 550 5.7.1 Relaying denied",
			"{provider=proofpoint} 554 5.7.1 <user@example.com>: Relay access denied",
		},
		Misses: []string{"{provider=proofpoint} 550 5.7.0 Local Policy Violation"},
	},
	{
		ID: "proofpoint-unqualified-sender", Class: runbook.ClassSenderRejected,
		When: When{
			Provider: []string{"proofpoint"},
			Any:      []string{"sender address rejected: need fully-qualified address"},
			Codes:    []string{"5.5.2"},
		},
		Refs:   []string{refProofpointEssentials},
		Hits:   []string{"{provider=proofpoint} 550 5.5.2 <user>: Sender address rejected: need fully-qualified address"},
		Misses: []string{"{provider=proofpoint} 550 5.5.2 <user>: Recipient address rejected: need fully-qualified address"},
	},
	{
		ID: "barracuda-cached", Class: runbook.ClassUnknown,
		When:   When{Any: []string{"cuda_nsu"}, Vague: true},
		Refs:   []string{refBarracudaCodes},
		Hits:   []string{"550 cuda_nsu"},
		Misses: []string{"550 refused"},
	},
	{
		ID: "barracuda-suspect", Class: runbook.ClassContentSpam, Stage: smtp.StageEOD,
		When:   When{Provider: []string{"barracuda"}, Codes: []string{"420"}},
		Refs:   []string{refBarracudaCodes},
		Hits:   []string{"{provider=barracuda} 420 Deferred"},
		Misses: []string{"{provider=barracuda} 421 Deferred"},
	},
	{
		ID: "barracuda-license", Class: runbook.ClassBackendMisconfigured,
		When:   When{Any: []string{"license expired"}},
		Refs:   []string{refBarracudaCodes},
		Hits:   []string{"421 License Expired"},
		Misses: []string{"421 Certificate expired"},
	},
	{
		ID: "barracuda-go-away", Class: runbook.ClassPolicyLocal,
		When: When{Any: []string{"policy rejection- abuse. go away", "policy rejection - abuse. go away", "abuse. go away"}},
		Refs: []string{refBarracudaCodes},
		Hits: []string{
			"450 cuda_nsu 4.7.1 Policy Rejection- Abuse. Go away.",
			"450 4.7.1 Policy Rejection - Abuse. Go away.",
			"450 4.7.1 Abuse. Go away.",
		},
		Misses: []string{"450 4.7.1 Policy Rejection- Quota exceeded"},
	},
	{
		ID: "barracuda-greylist", Class: runbook.ClassPolicyGreylist,
		When: When{Any: []string{"greylisted for"}},
		Refs: []string{refBarracudaCodes},
		Hits: []string{
			"451 4.7.1 Greylisted for 5 minutes",
			"451 4.7.1 Greylisted for 300 seconds",
		},
		Misses: []string{"550 5.7.1 Blacklisted for 5 minutes"},
	},
	{
		ID: "barracuda-server", Class: runbook.ClassBackendUnavailable,
		When:   When{Provider: []string{"barracuda"}, Any: []string{"temporary server error"}},
		Refs:   []string{refBarracudaCodes},
		Hits:   []string{"{provider=barracuda} 451 cuda_nsu 4.4.3 Temporary server error. Please try again later"},
		Misses: []string{"{provider=barracuda} 550 cuda_nsu 5.1.1 Recipient address rejected: User unknown"},
	},
	{
		ID: "barracuda-unknown", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When: When{
			Any: []string{"cuda_nsu * no such user", "cuda_nsu * user unknown", "cuda_nsu * unknown user", "cuda_nsu 5.1.1"},
		},
		Refs: []string{refBarracudaCodes},
		Hits: []string{
			"550 cuda_nsu No such user",
			"550 cuda_nsu 5.1.1 <user@example.com>: Recipient address rejected: User unknown",
			"550 cuda_nsu Unknown user",
			"550 cuda_nsu 5.1.1 refused",
		},
		Misses: []string{"450 cuda_nsu 4.7.1 Policy Rejection- Abuse. Go away."},
	},
	{
		ID: "barracuda-recipient-blocked", Class: runbook.ClassPolicyLocal,
		When: When{
			Any: []string{
				"permanent failure for one or more recipients (:blocked)",
				"permanent failure for one or more recipients * :blocked)",
			},
		},
		Refs: []string{refBarracudaCodes},
		Hits: []string{
			"550 permanent failure for one or more recipients (user@example.com:blocked)",
			"550 permanent failure for one or more recipients (user:blocked)",
		},
		Misses: []string{"550 permanent failure for one or more recipients (user@example.com:550 No such user)"},
	},
	{
		ID: "barracuda-spoofed", Class: runbook.ClassPolicyLocal,
		When:   When{Any: []string{"rejecting spoofed message"}},
		Refs:   []string{refBarracudaCodes},
		Hits:   []string{"550 rejecting spoofed message"},
		Misses: []string{"550 rejecting banned content"},
	},
	{
		ID: "barracuda-content", Class: runbook.ClassContentPolicy, Stage: smtp.StageEOD,
		When:   When{Any: []string{"rejecting banned content"}},
		Refs:   []string{refBarracudaCodes},
		Hits:   []string{"554 rejecting banned content"},
		Misses: []string{"554 rejected due to spam URL in content"},
	},
	{
		ID: "barracuda-link", Class: runbook.ClassContentLink, Stage: smtp.StageEOD,
		When: When{Any: []string{"spam url in content"}},
		Refs: []string{refBarracudaCodes},
		Hits: []string{
			"554 rejected due to spam URL in content",
			"554 spam URL in content",
		},
		Misses: []string{"554 rejected due to spam content"},
	},
	{
		ID: "barracuda-spam", Class: runbook.ClassContentSpam, Stage: smtp.StageEOD,
		When: When{Any: []string{"rejected due to spam content", "message score exceeded", "blocked for spam content"}},
		Refs: []string{refBarracudaCodes},
		Hits: []string{
			"554 rejected due to spam content",
			"550 5.7.1 Message score exceeded 5",
			"554 blocked for spam content",
		},
		Misses: []string{"554 rejected due to spam URL in content"},
	},
	{
		ID: "barracuda-list", Class: runbook.ClassPolicyBlocklist,
		When: When{Any: []string{"barracudacentral.org", "barracudanetworks.com/reputation", "barracudacentral.com"}},
		Refs: []string{refBarracudaLookup},
		Hits: []string{
			"550 5.7.1 Service unavailable; client [192.0.2.7] refused: b.barracudacentral.org",
			"554 Refused, see http://www.barracudacentral.org/lookups",
			"554 Service unavailable; Client host [192.0.2.7] refused; http://www.barracudanetworks.com/reputation/?pr=1&ip=192.0.2.7",
			"554 Refused bbl.barracudacentral.com",
			"554 Refused, see http://www.barracudacentral.com/",
		},
		Misses: []string{"550 5.7.1 Service unavailable"},
	},
	{
		ID: "ironport-reputation", Class: runbook.ClassPolicyReputation, Stage: smtp.StageBanner,
		When: When{
			Any: []string{
				"sending mta's poor reputation", "sbrs score too low",
				"your access to submit messages to this email system has been rejected",
				"your access to submit messages * has been rejected",
			},
		},
		Refs: []string{refCiscoESA},
		Hits: []string{
			"554-mx.example.com 554 Your access to this mail system has been rejected due to the sending MTA's poor reputation.",
			"554 sending MTA's poor reputation",
			"554 SBRS score too low",
			"550 #5.7.1 Your access to submit messages to this e-mail system has been rejected.",
			"550 #5.7.1 Your access to submit messages here has been rejected.",
		},
		Misses: []string{"550 #5.1.0 Address rejected."},
	},
	{
		ID: "ironport-address-rejected", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When: When{
			Any:   []string{"address rejected"},
			None:  []string{"sender address rejected", "recipient address rejected", "from address rejected"},
			Codes: []string{"5.1.0"},
		},
		Refs: []string{refCiscoESA},
		Hits: []string{
			"550 #5.1.0 Address rejected.",
			"550 #5.1.0 Address rejected user@example.com",
		},
		Misses: []string{"550 5.1.0 Sender address rejected"},
	},
	{
		ID: "ironport-hourly", Class: runbook.ClassPolicyRateLimit,
		When: When{Any: []string{"too many recipients received this"}},
		Refs: []string{refCiscoESA},
		Hits: []string{
			"452 Too many recipients received this hour",
			"452 #4.3.1 too many recipients received this minute",
		},
		Misses: []string{"452 Too many recipients"},
	},
	{
		ID: "ironport-connections", Class: runbook.ClassPolicyConnections,
		When:   When{Any: []string{"too many connections"}, Codes: []string{"X.4.5"}},
		Refs:   []string{refCiscoESA},
		Hits:   []string{"421 #4.4.5 Too many connections to this listener"},
		Misses: []string{"421 #4.4.2 Connection timed out"},
	},
	{
		ID: "ironport-session-messages", Class: runbook.ClassPolicyConnections,
		When: When{
			Any: []string{
				"too many tls sessions at this time", "too many connections to this listener",
				"too many connections to this host",
			},
		},
		Refs: []string{refCiscoESA},
		Hits: []string{
			"421 Too many TLS sessions at this time.",
			"421 Too many connections to this listener",
			"421 Too many connections to this host",
		},
		Misses: []string{"452 Too many recipients"},
	},
	{
		ID: "ironport-spf", Class: runbook.ClassAuthSPF,
		When: When{Any: []string{"spf unauthorized mail is prohibited", "temporary error occurred during spf verification"}},
		Refs: []string{refCiscoESA},
		Hits: []string{
			"550 #5.7.1 SPF unauthorized mail is prohibited.",
			"451 #4.4.3 Temporary error occurred during SPF verification.",
		},
		Misses: []string{"550 #5.7.1 DMARC unauthenticated mail is prohibited."},
	},
	{
		ID: "ironport-dmarc", Class: runbook.ClassAuthDMARC, Stage: smtp.StageEOD,
		When: When{
			Any: []string{"dmarc unauthenticated mail is prohibited", "temporary error occurred during dmarc verification"},
		},
		Refs: []string{refCiscoESA},
		Hits: []string{
			"550 #5.7.1 DMARC unauthenticated mail is prohibited.",
			"451 #4.7.1 Temporary error occurred during DMARC verification.",
		},
		Misses: []string{"550 #5.7.5 DKIM unauthenticated mail is prohibited."},
	},
	{
		ID: "ironport-dkim", Class: runbook.ClassAuthDKIM, Stage: smtp.StageEOD,
		When:   When{Any: []string{"dkim unauthenticated mail is prohibited"}},
		Refs:   []string{refCiscoESA},
		Hits:   []string{"550 #5.7.5 DKIM unauthenticated mail is prohibited."},
		Misses: []string{"550 #5.7.1 SPF unauthorized mail is prohibited."},
	},
	{
		ID: "ironport-bad-commands", Class: runbook.ClassPolicyAbuse,
		When: When{Any: []string{"bad smtp command limit"}},
		Refs: []string{refCiscoESA},
		Hits: []string{
			"421 Exceeded bad SMTP command limit, disconnecting.",
			"421 bad SMTP command limit",
		},
		Misses: []string{"500 #5.5.1 command not recognized"},
	},
	{
		ID: "ironport-unknown-address", Class: runbook.ClassUnknown,
		When:   When{Any: []string{"unknown address error"}, Vague: true},
		Refs:   []string{refCiscoESA},
		Hits:   []string{"5.1.0 - Unknown address error 550-''"},
		Misses: []string{"5.1.1 - Unknown user"},
	},
	{
		ID: "ironport-nxdomain", Class: runbook.ClassDomainNotFound,
		When: When{Any: []string{"dns hard error looking up * nxdomain", "bad destination host 'dns hard error"}},
		Refs: []string{refCiscoESA},
		Hits: []string{
			"5.1.2 - Bad destination host 'DNS Hard Error looking up example.com (MX): NXDomain'",
			"5.1.2 - Bad destination host 'DNS Hard Error looking up example.com'",
		},
		Misses: []string{"4.1.2 - Bad destination host 'DNS Soft Error looking up example.com (MX) while asking 192.0.2.53'"},
	},
	{
		ID: "ironport-dns-soft", Class: runbook.ClassDNSFailure,
		When:   When{Any: []string{"dns soft error looking up", "dns soft error"}},
		Refs:   []string{refCiscoESA},
		Hits:   []string{"4.1.2 - Bad destination host 'DNS Soft Error looking up example.com (MX) while asking 192.0.2.53. Error was: unable to reach nameserver on any valid IP'"},
		Misses: []string{"5.1.2 - Bad destination host 'DNS Hard Error looking up example.com (MX): NXDomain'"},
	},
	{
		ID: "ironport-expired", Class: runbook.ClassDeliveryExpired,
		When:   When{Any: []string{"delivery expired (message too old)"}, Vague: true},
		Refs:   []string{refCiscoESA},
		Hits:   []string{"5.4.7 - Delivery expired (message too old)"},
		Misses: []string{"5.4.7 - Rejected"},
	},
	{
		ID: "ironport-expired-timeout", Class: runbook.ClassNetworkTimeout,
		When: When{
			Any: []string{
				"delivery expired (message too old) 'timeout'", "delivery expired (message too old) * [default] timeout",
			},
		},
		Refs: []string{refCiscoESA},
		Hits: []string{
			"5.4.7 - Delivery expired (message too old) 'timeout'",
			"5.4.7 - Delivery expired (message too old) 554-'5.4.7' [Default] timeout",
		},
		Misses: []string{"5.4.7 - Delivery expired (message too old)"},
	},
	{
		ID: "ironport-admin-bounce", Class: runbook.ClassSenderFault,
		When: When{Any: []string{"bounced by administrator"}},
		Refs: []string{refCiscoESA},
		Hits: []string{
			"5.x.0 - Message bounced by administrator",
			"bounced by administrator",
		},
		Misses: []string{"5.1.0 - Unknown address error 550-'refused'"},
	},
	{
		ID: "messagelabs-relay", Class: runbook.ClassRoutingRelayDenied,
		When: When{
			Any: []string{
				"you are trying to use me", "not been configured to let * you",
				"as a relay, but i have not been configured",
			},
		},
		Refs: []string{refSymantecCodes},
		Hits: []string{
			"553-you are trying to use me [server-12.tower-1.messagelabs.com] 553-as a relay, but I have not been configured to let 553 you [192.0.2.7, mx.example.net] do this.",
			"553 I have not been configured to let you [192.0.2.7] do this.",
			"553 you use this host as a relay, but I have not been configured for it",
		},
		Misses: []string{"553 Message filtered. Please see the FAQs section on spam"},
	},
	{
		ID: "messagelabs-filtered", Class: runbook.ClassContentSpam, Stage: smtp.StageEOD,
		When: When{Any: []string{"message filtered"}, Codes: []string{"553"}},
		Refs: []string{refSymantecCodes},
		Hits: []string{
			"553 Message filtered. Refer to the Troubleshooting page for more details about this error message. (#5.7.1)",
			"553 Message filtered. Please see the FAQs section on spam at the support site",
		},
		Misses: []string{"553 Message refused"},
	},
	{
		ID: "messagelabs-invalid", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When:   When{Provider: []string{"messagelabs"}, Any: []string{"invalid recipient"}},
		Refs:   []string{refSymantecCodes},
		Hits:   []string{"{provider=messagelabs} 550 Invalid recipient <user@example.com> (#5.1.1)"},
		Misses: []string{"{provider=messagelabs} 553 Message filtered (#5.7.1)"},
	},
	{
		ID: "messagelabs-aborted", Class: runbook.ClassBackendUnavailable,
		When: When{Any: []string{"requested action aborted ["}},
		Refs: []string{refSymantecCodes},
		Hits: []string{
			"450 Requested action aborted [9] 13904, please visit the support site for more details",
			"450 Requested action aborted [12] 13904, please visit the support site",
		},
		Misses: []string{"451 Requested action aborted: local error in processing"},
	},
	{
		ID: "messagelabs-policy", Class: runbook.ClassPolicyReputation,
		When: When{
			Any: []string{
				"connection rejected by policy [7.3]", "connection rejected by policy [7.",
				"connection rejected by policy",
			},
		},
		Refs: []string{refSymantecCodes},
		Hits: []string{
			"501 Connection rejected by policy [7.3] 38503, please visit the support site for more details",
			"501 Connection rejected by policy [7. 38503",
			"501 Connection rejected by policy",
		},
		Misses: []string{"550 Message rejected by policy"},
	},
	{
		ID: "trendmicro-customer-block", Class: runbook.ClassPolicyLocal,
		When: When{Provider: []string{"trendmicro"}, Any: []string{"ers-customized-block", "block-send-er"}},
		Refs: []string{refTrendMicroERS},
		Hits: []string{
			"550 5.7.1 Service unavailable; Client host [192.0.2.7] ERS-Customized-Block",
			"554 5.7.1 Sender refused: BLOCK-SEND-ER",
		},
		Misses: []string{"550 5.7.1 Service unavailable; Client host [192.0.2.7] ERS-QIL"},
	},
	{
		ID: "trendmicro-invalid-recipient", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When: When{Provider: []string{"trendmicro"}, Any: []string{"invalid-recipient", "block-rcpt"}},
		Refs: []string{refTrendMicroERS},
		Hits: []string{
			"554 5.7.1 <user@example.com>: Recipient refused: Invalid-Recipient",
			"554 5.7.1 <user@example.com>: Recipient refused: BLOCK-RCPT",
		},
		Misses: []string{"554 5.7.1 <user@example.com>: Recipient refused: NO-DOMAIN"},
	},
	{
		ID: "trendmicro-no-domain", Class: runbook.ClassRoutingRelayDenied,
		When:   When{Any: []string{"no-domain"}, Codes: []string{"554"}},
		Refs:   []string{refTrendMicroERS},
		Hits:   []string{"554 5.7.1 <user@example.com>: Recipient refused: NO-DOMAIN"},
		Misses: []string{"554 5.7.1 <user@example.com>: Recipient refused: BLOCK-RCPT"},
	},
	{
		ID: "trendmicro-list", Class: runbook.ClassPolicyBlocklist,
		When: When{
			Any: []string{
				"ers-rbl", "ers-qil", "ers-dul", "trend micro rbl+", "trend micro email reputation", "mail-abuse.com",
				"mail-abuse.org", "trend micro network reputation",
			},
		},
		Refs: []string{refTrendMicroERS},
		Hits: []string{
			"550 5.7.1 Service unavailable; Client host [192.0.2.7] ERS-RBL",
			"450 4.7.1 Service unavailable; Client host [192.0.2.7] ERS-QIL",
			"550 5.7.1 Service unavailable; Client host [192.0.2.7] ERS-DUL",
			"550 5.7.1 Client host [192.0.2.7] refused: Trend Micro RBL+.",
			"550 5.7.1 Client host [192.0.2.7] refused: Trend Micro Email Reputation Service",
			"550 5.7.1 See http://www.mail-abuse.com/cgi-bin/lookup?ip_address=192.0.2.7",
			"550 5.7.1 See http://www.mail-abuse.org/dul/",
			"450 4.7.1 Client host [192.0.2.7] refused: Trend Micro Network Reputation Service",
		},
		Misses: []string{"550 5.7.1 ERS-Customized-Block"},
	},
	{
		ID: "fortimail-link", Class: runbook.ClassContentLink, Stage: smtp.StageEOD,
		When: When{Any: []string{"contains fortispamshield blocking url", "antispam blocking url"}},
		Refs: []string{refFortinetMail},
		Hits: []string{
			"550 5.7.1 This message has been blocked because it contains FortiGuard - AntiSpam blocking URL(s).",
			"550 5.7.1 This message has been blocked because it contains FortiSpamshield blocking URL(s).",
			"550 5.7.1 AntiSpam blocking URL(s) found",
		},
		Misses: []string{"554 5.7.1 This message has been blocked because it is from a FortiGuard - AntiSpam black IP address."},
	},
	{
		ID: "fortimail-black-ip", Class: runbook.ClassPolicyBlocklist,
		When: When{
			Any: []string{
				"from a fortiguard - antispam black ip address", "fortiguard * black ip", "fortispamshield black ip",
			},
		},
		Refs: []string{refFortinetMail},
		Hits: []string{
			"554 5.7.1 This message has been blocked because it is from a FortiGuard - AntiSpam black IP address.",
			"554 5.7.1 Refused: FortiGuard black IP 192.0.2.7",
			"554 5.7.1 Refused: FortiSpamshield black IP 192.0.2.7",
		},
		Misses: []string{"550 5.7.1 This message has been blocked because the HELO/EHLO domain is invalid."},
	},
	{
		ID: "fortimail-helo", Class: runbook.ClassPolicyHELO,
		When: When{Any: []string{"helo/ehlo domain is invalid"}},
		Refs: []string{refFortinetMail},
		Hits: []string{
			"550 5.7.1 This message has been blocked because the HELO/EHLO domain is invalid.",
			"550 5.7.1 HELO/EHLO domain is invalid",
		},
		Misses: []string{"554 5.7.1 This message has been blocked because ASE reports it as spam."},
	},
	{
		ID: "fortimail-spam", Class: runbook.ClassContentSpam, Stage: smtp.StageEOD,
		When: When{Any: []string{"blocked because it is detected as spam", "ase reports it as spam"}},
		Refs: []string{refFortinetMail},
		Hits: []string{
			"554 5.7.1 This message has been blocked because ASE reports it as spam.",
			"554 5.7.1 This message has been blocked because it is detected as spam",
			"554 5.7.1 ASE reports it as spam",
		},
		Misses: []string{"550 5.7.1 This message has been blocked because the HELO/EHLO domain is invalid."},
	},
	{
		ID: "mcafee-denied", Class: runbook.ClassPolicyLocal,
		When:   When{Any: []string{"denied * (mode: normal)"}, Vague: true},
		Refs:   []string{refTrellixEmail},
		Hits:   []string{"554 Denied [0123456789abcdef.0.12345.00-100] (Mode: normal)"},
		Misses: []string{"550 No such user (user@example.com) (Mode: normal)"},
	},
	{
		ID: "mailchannels-spam", Class: runbook.ClassContentSpam, Stage: smtp.StageEOD,
		When: When{Any: []string{"[cs] message blocked", "blocked due to spam content in the message"}},
		Refs: []string{refMailChannels},
		Hits: []string{
			"550 5.7.1 [CS] Message blocked. Please refer to the support pages",
			"550 5.7.1 Message blocked due to spam content in the message.",
		},
		Misses: []string{"550 5.7.1 [SDNF] Sender Domain Not Found."},
	},
	{
		ID: "mailchannels-sender-domain", Class: runbook.ClassSenderUnresolvable,
		When: When{Any: []string{"[sdnf]", "sender domain not found"}},
		Refs: []string{refMailChannels},
		Hits: []string{
			"550 5.7.1 [SDNF] refused, see the support pages",
			"550 5.7.1 Sender Domain Not Found.",
		},
		Misses: []string{"550 5.7.1 [CS] Message blocked."},
	},
	{
		ID: "sophos-spam", Class: runbook.ClassContentSpam, Stage: smtp.StageEOD,
		When: When{Any: []string{"sophos anti spam engine has blocked this email"}, None: []string{"ip address", "blacklist"}},
		Refs: []string{refSophosEmail},
		Hits: []string{
			"550 Sophos Anti Spam Engine has blocked this Email because the message is spam",
			"550 Sophos Anti Spam Engine has blocked this email",
		},
		Misses: []string{"550 Sophos Anti Spam Engine has blocked this Email because the sender IP Address is blacklisted."},
	},
	{
		ID: "sophos-ip", Class: runbook.ClassPolicyBlocklist,
		When:   When{Any: []string{"sophos anti spam engine has blocked this email because the sender ip address"}},
		Refs:   []string{refSophosEmail},
		Hits:   []string{"550 Sophos Anti Spam Engine has blocked this Email because the sender IP Address is blacklisted."},
		Misses: []string{"550 Sophos Anti Spam Engine has blocked this Email because the message is spam"},
	},
	{
		ID: "spamexperts-spam", Class: runbook.ClassContentSpam, Stage: smtp.StageEOD,
		When:   When{Any: []string{"high probability of spam"}},
		Refs:   []string{refSpamExperts},
		Hits:   []string{"550 High probability of spam"},
		Misses: []string{"550 Low probability of delivery"},
	},
	{
		ID: "spamexperts-verify", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When:   When{Any: []string{"the recipient cannot be verified. please check all recipients"}, Vague: true},
		Refs:   []string{refSpamExperts},
		Hits:   []string{"550 The recipient cannot be verified. Please check all recipients of this message to verify they are valid."},
		Misses: []string{"550 The sender cannot be verified."},
	},
	{
		ID: "cpanel-not-permitted", Class: runbook.ClassAuthSMTPRequired,
		When: When{
			Any: []string{
				"please turn on smtp authentication in your mail client",
				"is not permitted to relay through this server without authentication",
			},
		},
		Refs: []string{refCPanelExim},
		Hits: []string{
			"550-Please turn on SMTP Authentication in your mail client. 550 refused",
			"550-mx.example.net [192.0.2.7]:1234 is not permitted to relay through this server without authentication.",
		},
		Misses: []string{"550 relay not permitted"},
	},
	{
		ID: "cpanel-could-not-deliver", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When:   When{Any: []string{"the account or domain may not exist, they may be blacklisted, or missing"}},
		Refs:   []string{refCPanelExim},
		Hits:   []string{"550-The mail server could not deliver mail to user@example.com. 550-The account or domain may not exist, they may be blacklisted, or missing 550 the proper dns entries."},
		Misses: []string{"550-The mail server could not deliver mail."},
	},
}
