package diagnose

import (
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

const (
	refGoDaddyBounces      = "https://www.godaddy.com/help/what-does-my-email-bounceback-mean-3568"
	refRackspacePostmaster = "https://postmaster.apps.rackspace.com/home"
	refZohoReasons         = "https://www.zoho.com/mail/help/spam-reason.html"
	refZeptoMailErrors     = "https://www.zoho.com/zeptomail/help/api/smtp-error-codes.html"
	refFastmailBounces     = "https://www.fastmail.com/help/send/undeliverable.html"
	refProtonErrors        = "https://proton.me/support/smtp-errors"
	refTitanCodes          = "https://support.titan.email/hc/en-us/articles/35175377981977-Understanding-Incoming-Email-Reject-Codes"
	refImprovMXErrors      = "https://improvmx.com/guides/improvmx-error-codes/"
	refCloudflareRouting   = "https://developers.cloudflare.com/email-routing/postmaster/"
	refFacebookCodes       = "https://www.facebook.com/postmaster/response_codes"
	refForwardEmail        = "https://forwardemail.net/en/faq"
)

// hostingRules are the replies of mail hosts and forwarders: GoDaddy, Rackspace,
// Zoho, Fastmail, Proton, Titan, ImprovMX, Cloudflare, Facebook and others.
var hostingRules = []Rule{
	{
		ID: "godaddy-connections", Class: runbook.ClassPolicyConnections, Stage: smtp.StageBanner,
		When: When{Any: []string{"ib007", "ib004", "has too many simultaneous sessions"}, None: []string{"bigpond", "telstra"}},
		Refs: []string{refGoDaddyBounces},
		Hits: []string{
			"421 p3plibsmtp03-04.prod.phx3.secureserver.net bizsmtp Connection refused. Error IB007",
			"421 bizsmtp Temporarily rejected. IB004",
			"421 192.0.2.7 has too many simultaneous sessions",
		},
		Misses: []string{"554 bizsmtp Connection refused. IB103"},
	},
	{
		ID: "godaddy-recipients", Class: runbook.ClassPolicyRecipients,
		When: When{Any: []string{"ib605", "ib603"}, None: []string{"bigpond", "telstra"}},
		Refs: []string{refGoDaddyBounces},
		Hits: []string{
			"452 4.5.3 too many recipients. IB605",
			"452 4.5.3 refused. IB603",
		},
		Misses: []string{"550 5.1.1 refused. IB607"},
	},
	{
		ID: "godaddy-rate", Class: runbook.ClassPolicyRateLimit,
		When: When{
			Any: []string{
				"ib101", "ib504", "ib510", "ib607", "has exceeded hourly email limit", "has exceeded hourly * limit",
			},
			None: []string{"bigpond", "telstra"},
		},
		Refs: []string{refGoDaddyBounces},
		Hits: []string{
			"421 bizsmtp refused. IB101",
			"550 5.1.0 sender rejected. IB504",
			"550 5.1.0 sender rejected. IB510",
			"550 5.1.1 <user@example.com> Recipient rejected. IB607",
			"550 5.1.1 sender has exceeded hourly email limit",
			"550 5.1.1 <user@example.com>: the message exceeded; IP 192.0.2.7 has exceeded hourly mail limit",
		},
		Misses: []string{"550 5.1.1 <user@example.com> Recipient not found."},
	},
	{
		ID: "godaddy-listed", Class: runbook.ClassPolicyBlocklist, Stage: smtp.StageBanner,
		When: When{
			Any:  []string{"ib103", "ib104", "ib105", "ib106", "ib110", "ib111", "ib112", "ib113"},
			None: []string{"bigpond", "telstra"},
		},
		Refs: []string{refGoDaddyBounces},
		Hits: []string{
			"554 bizsmtp Connection refused. 192.0.2.7 IB103",
			"554 bizsmtp Connection refused. 192.0.2.7 IB104",
			"554 bizsmtp Connection refused. 192.0.2.7 IB105",
			"554 bizsmtp Connection refused. 192.0.2.7 has a poor reputation. IB106",
			"554 bizsmtp Connection refused. 192.0.2.7 IB110",
			"554 bizsmtp Connection refused. 192.0.2.7 IB111",
			"554 bizsmtp Connection refused. 192.0.2.7 IB112",
			"554 bizsmtp Connection refused. 192.0.2.7 IB113",
		},
		Misses: []string{"554 bizsmtp Connection refused. 192.0.2.7 IB108"},
	},
	{
		ID: "godaddy-rdns", Class: runbook.ClassPolicyRDNS,
		When:   When{Any: []string{"ib108"}, None: []string{"bigpond", "telstra"}},
		Refs:   []string{refGoDaddyBounces},
		Hits:   []string{"554 bizsmtp Connection refused. 192.0.2.7 IB108"},
		Misses: []string{"554 bizsmtp Connection refused. 192.0.2.7 IB106"},
	},
	{
		ID: "godaddy-spam", Class: runbook.ClassContentSpam, Stage: smtp.StageEOD,
		When: When{
			Any:  []string{"ib212", "content judged to be spam by the internet community", "x.co/srbounce"},
			None: []string{"bigpond", "telstra"},
		},
		Refs: []string{refGoDaddyBounces},
		Hits: []string{
			"552 5.2.0 refused. IB212",
			"552 5.2.0 Message rejected: This message has been rejected due to content judged to be spam by the internet community.",
			"552 5.2.0 refused. See <http://x.co/srbounce>",
		},
		Misses: []string{"554 5.7.1 refused. IB705"},
	},
	{
		ID: "godaddy-recipient", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When:   When{Provider: []string{"godaddy"}, Any: []string{"x.co/irbounce", "recipient not found"}},
		Refs:   []string{refGoDaddyBounces},
		Hits:   []string{"{provider=godaddy} 550 5.1.1 <user@example.com> Recipient not found. <http://x.co/irbounce>"},
		Misses: []string{"552 5.2.0 refused. See <http://x.co/srbounce>"},
	},
	{
		ID: "godaddy-auth", Class: runbook.ClassAuthSMTPFailed,
		When:   When{Any: []string{"ib401"}, None: []string{"bigpond", "telstra"}},
		Refs:   []string{refGoDaddyBounces},
		Hits:   []string{"535 authentication not allowed on this host. IB401"},
		Misses: []string{"550 5.1.0 sender rejected. IB501"},
	},
	{
		ID: "godaddy-from", Class: runbook.ClassContentMalformed, Stage: smtp.StageEOD,
		When: When{Any: []string{"ib501", "ib502"}, None: []string{"bigpond", "telstra"}},
		Refs: []string{refGoDaddyBounces},
		Hits: []string{
			"550 5.1.0 sender rejected. IB501",
			"550 5.1.0 sender rejected. IB502",
		},
		Misses: []string{"550 5.1.0 sender rejected. IB506"},
	},
	{
		ID: "godaddy-sender-domain", Class: runbook.ClassSenderUnresolvable,
		When:   When{Any: []string{"ib506"}, None: []string{"bigpond", "telstra"}},
		Refs:   []string{refGoDaddyBounces},
		Hits:   []string{"550 5.1.0 <user@example.net> sender rejected. Domain invalid. IB506"},
		Misses: []string{"550 5.1.0 sender rejected. IB508"},
	},
	{
		ID: "godaddy-spf", Class: runbook.ClassAuthSPF,
		When:   When{Any: []string{"ib508"}, None: []string{"bigpond", "telstra"}},
		Refs:   []string{refGoDaddyBounces},
		Hits:   []string{"550 5.1.0 sender rejected. IB508"},
		Misses: []string{"550 5.1.0 sender rejected. IB506"},
	},
	{
		ID: "godaddy-virus", Class: runbook.ClassContentVirus, Stage: smtp.StageEOD,
		When:   When{Any: []string{"ib705"}, None: []string{"bigpond", "telstra"}},
		Refs:   []string{refGoDaddyBounces},
		Hits:   []string{"552 5.2.0 message refused. IB705"},
		Misses: []string{"552 5.2.0 message refused. IB212"},
	},
	{
		ID: "rackspace-unknown", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When: When{Any: []string{"(g8)"}},
		Refs: []string{refRackspacePostmaster},
		Hits: []string{
			"550 5.1.1 <user@example.com>: Recipient address rejected (G8)",
			"550 5.1.1 No such user here (mx.example.com) (G8)",
		},
		Misses: []string{"451 4.7.1 Received too many messages from a new or untrusted IP: 192.0.2.7 (G28)"},
	},
	{
		ID: "rackspace-new-ip", Class: runbook.ClassPolicyRateLimit,
		When: When{Any: []string{"received too many messages from a new or untrusted ip", "(g28)"}},
		Refs: []string{refRackspacePostmaster},
		Hits: []string{
			"451 4.7.1 Received too many messages from a new or untrusted IP: 192.0.2.7 (Z27/6828692)",
			"451 4.7.1 refused for now (G28)",
		},
		Misses: []string{"550 5.1.1 <user@example.com>: Recipient address rejected (G8)"},
	},
	{
		ID: "rackspace-reputation", Class: runbook.ClassPolicyReputation,
		When: When{Any: []string{"low reputation client", "ip has been blocked due to poor reputation (g*"}},
		Refs: []string{refRackspacePostmaster},
		Hits: []string{
			"550 5.7.1 low reputation client 192.0.2.7",
			"550 5.7.1 IP has been blocked due to poor reputation (G17)",
		},
		Misses: []string{"451 4.7.1 refused for now (G28)"},
	},
	{
		ID: "zoho-destination-policy", Class: runbook.ClassPolicyLocal,
		When:   When{Provider: []string{"zoho"}, Any: []string{"mail rejected by destination domain"}},
		Refs:   []string{refZohoReasons},
		Hits:   []string{"{provider=zoho} 541 5.4.1 Mail rejected by destination domain"},
		Misses: []string{"550 5.4.1 Recipient address rejected: Access denied"},
	},
	{
		ID: "zoho-failure-policy", Class: runbook.ClassPolicyLocal,
		When: When{Any: []string{"mailbox delivery restricted by", "mailbox delivery failure policy error"}},
		Refs: []string{refZohoReasons},
		Hits: []string{
			"552 5.1.1 <user@example.com> Mailbox delivery restricted by administrator",
			"452 4.1.1 <user@example.com> Mailbox delivery failure policy error",
			"552 5.1.1 <user@example.com> Mailbox delivery restricted by policy error",
		},
		Misses: []string{"550 5.1.1 <user@example.com> User unknown"},
	},
	{
		ID: "zoho-temporary", Class: runbook.ClassBackendLocalError,
		When:   When{Any: []string{"temporary system error"}, Codes: []string{"4.3.1"}},
		Refs:   []string{refZohoReasons},
		Hits:   []string{"452 4.3.1 Temporary System Error"},
		Misses: []string{"452 4.3.1 Insufficient system storage"},
	},
	{
		ID: "zoho-virus", Class: runbook.ClassContentVirus, Stage: smtp.StageEOD,
		When:   When{Any: []string{"detected by zoho mail"}},
		Refs:   []string{refZohoReasons},
		Hits:   []string{"552 5.7.1 virus Test.Sample detected by Zoho Mail"},
		Misses: []string{"554 5.7.1 Email flagged as Spam"},
	},
	{
		ID: "zoho-relay", Class: runbook.ClassRoutingRelayDenied,
		When: When{Provider: []string{"zoho"}, Any: []string{"relaying disallowed"}, None: []string{"relaying disallowed as"}},
		Refs: []string{refZohoReasons},
		Hits: []string{
			"{provider=zoho} 553 Relaying disallowed. Invalid Domain - example.com",
			"{provider=zoho} 553 5.7.1 Relaying disallowed",
		},
		Misses: []string{"553 Relaying disallowed as user@example.com"},
	},
	{
		ID: "zoho-not-as", Class: runbook.ClassSenderNotPermitted,
		When:   When{Provider: []string{"zoho"}, Any: []string{"relaying disallowed as"}},
		Refs:   []string{refZeptoMailErrors},
		Hits:   []string{"{provider=zoho} 553 Relaying disallowed as user@example.com"},
		Misses: []string{"553 Relaying disallowed. Invalid Domain - example.com"},
	},
	{
		ID: "zoho-mailpolicy", Class: runbook.ClassPolicyLocal,
		When: When{Provider: []string{"zoho"}, Any: []string{"mailpolicy violation", "email policy violation detected"}},
		Refs: []string{refZohoReasons},
		Hits: []string{
			"{provider=zoho} 554 5.2.3 MailPolicy violation Error delivering to mailboxes",
			"{provider=zoho} 554 5.2.3 Email policy violation detected",
		},
		Misses: []string{"554 5.7.1 Email flagged as Spam"},
	},
	{
		ID: "zoho-spam", Class: runbook.ClassContentSpam, Stage: smtp.StageEOD,
		When: When{Provider: []string{"zoho"}, Any: []string{"email flagged as spam", "email rejected as spam"}},
		Refs: []string{refZohoReasons},
		Hits: []string{
			"{provider=zoho} 554 5.7.1 Email cannot be delivered. Reason: Email flagged as Spam.",
			"{provider=zoho} 554 5.7.1 Message: email flagged as spam",
			"{provider=zoho} 554 5.7.1 Email rejected as spam",
		},
		Misses: []string{"{provider=zoho} 554 5.2.3 MailPolicy violation Error delivering to mailboxes"},
	},
	{
		ID: "zoho-unusual-activity", Class: runbook.ClassSenderDisabled,
		When:   When{Provider: []string{"zoho"}, Any: []string{"unusual sending activity detected"}},
		Refs:   []string{refZohoReasons},
		Hits:   []string{"{provider=zoho} 550 5.4.6 Unusual sending activity detected. Please try after sometime"},
		Misses: []string{"554 5.4.6 Too many hops"},
	},
	{
		ID: "zoho-dmarc", Class: runbook.ClassAuthDMARC, Stage: smtp.StageEOD,
		When:   When{Provider: []string{"zoho"}, Any: []string{"rejected per dmarc policy"}},
		Refs:   []string{refZohoReasons},
		Hits:   []string{"{provider=zoho} 550 5.7.1 Email rejected per DMARC policy for example.com"},
		Misses: []string{"554 5.7.1 Email cannot be delivered. Reason: Email flagged as Spam."},
	},
	{
		ID: "zoho-unknown", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When: When{Provider: []string{"zoho"}, Any: []string{"user unknown", "invalid recipient"}},
		Refs: []string{refZohoReasons},
		Hits: []string{
			"{provider=zoho} 550 5.1.1 <user@example.com> User unknown",
			"{provider=zoho} 550 5.1.1 Invalid recipient <user@example.com> (#5.1.1)",
		},
		Misses: []string{"{provider=zoho} 553 Relaying disallowed. Invalid Domain - example.com"},
	},
	{
		ID: "fastmail-unknown", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When: When{
			Provider: []string{"fastmail"},
			Any:      []string{"user unknown in local recipient table", "recipient does not exist"},
		},
		Refs: []string{refFastmailBounces},
		Hits: []string{
			"{provider=fastmail} 550 5.1.1 <user@example.com>: Recipient address rejected: User unknown in local recipient table",
			"{provider=fastmail} 550 5.1.1 recipient does not exist",
		},
		Misses: []string{"{provider=fastmail} 550 5.1.1 mailbox over quota"},
	},
	{
		ID: "fastmail-submission", Class: runbook.ClassAuthSMTPRequired,
		When:   When{Provider: []string{"fastmail"}, Any: []string{"recipient address rejected: relay access denied"}},
		Refs:   []string{refFastmailBounces},
		Hits:   []string{"{provider=fastmail} 554 5.7.1 <user@example.com>: Recipient address rejected: Relay access denied"},
		Misses: []string{"{provider=fastmail} 550 5.1.1 <user@example.com>: Recipient address rejected: User unknown in local recipient table"},
	},
	{
		ID: "fastmail-greylist", Class: runbook.ClassPolicyGreylist,
		When: When{
			Provider: []string{"fastmail"},
			Any:      []string{"greylisted", "no reverse dns, try again", "temporarily deferred, no reverse dns"},
		},
		Refs: []string{refFastmailBounces},
		Hits: []string{
			"{provider=fastmail} 451 4.7.1 <mx.example.net[192.0.2.7]>: Client host rejected: Greylisted, try again later",
			"{provider=fastmail} 451 4.7.1 Client has no reverse DNS, try again in some minutes",
			"{provider=fastmail} 451 4.7.1 Temporarily deferred, no reverse DNS",
		},
		Misses: []string{"{provider=fastmail} 550 5.7.1 Client host rejected: spam source"},
	},
	{
		ID: "proton-no-address", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When:   When{Any: []string{"recipient address rejected: address does not exist"}},
		Refs:   []string{refProtonErrors},
		Hits:   []string{"550 5.1.1 <user@example.com>: Recipient address rejected: Address does not exist"},
		Misses: []string{"550 5.7.1 <user@example.com>: Recipient address rejected: Access denied"},
	},
	{
		ID: "proton-spam", Class: runbook.ClassContentSpam, Stage: smtp.StageEOD,
		When:   When{Provider: []string{"proton"}, Any: []string{"rejected by spam filter"}},
		Refs:   []string{refProtonErrors},
		Hits:   []string{"{provider=proton} 550 5.7.1 Rejected by spam filter"},
		Misses: []string{"{provider=proton} 554 5.7.1 We do not accept viral traffic"},
	},
	{
		ID: "proton-virus", Class: runbook.ClassContentVirus, Stage: smtp.StageEOD,
		When:   When{Any: []string{"we do not accept viral traffic"}},
		Refs:   []string{refProtonErrors},
		Hits:   []string{"554 5.7.1 We do not accept viral traffic"},
		Misses: []string{"550 5.7.1 Rejected by spam filter"},
	},
	{
		ID: "titan-quota", Class: runbook.ClassPolicyRateLimit,
		When: When{
			Any: []string{
				"hourly quota exceeded", "daily quota exceeded", "quota exceeded (hourly*", "quota exceeded (daily*",
				"hourly incoming quota exceeded",
			},
			Codes: []string{"5.4.6", "5.4.7"},
		},
		Refs: []string{refTitanCodes},
		Hits: []string{
			"550 5.4.6 Hourly Quota Exceeded for user@example.com",
			"550 5.4.7 Daily Quota Exceeded for user@example.com",
			"550 5.4.6 Quota Exceeded (Hourly) for user@example.com",
			"550 5.4.7 Quota Exceeded (Daily) for user@example.com",
			"550 5.4.6 Hourly incoming quota exceeded",
		},
		Misses: []string{"552 5.2.2 <user@example.com>: mailbox quota exceeded"},
	},
	{
		ID: "titan-reputation", Class: runbook.ClassPolicyReputation,
		When:   When{Provider: []string{"titan"}, Any: []string{"insufficient reputation"}},
		Refs:   []string{refTitanCodes},
		Hits:   []string{"{provider=titan} 421 4.7.0 192.0.2.7 has insufficient reputation"},
		Misses: []string{"450 4.2.0 user@example.com greylisted"},
	},
	{
		ID: "titan-suspended", Class: runbook.ClassRecipientDisabled, Stage: smtp.StageRcpt,
		When:   When{Any: []string{"incoming suspended due to abuse"}},
		Refs:   []string{refTitanCodes},
		Hits:   []string{"550 5.2.1 Incoming suspended due to abuse"},
		Misses: []string{"550 5.2.1 Outgoing suspended due to abuse"},
	},
	{
		ID: "titan-null-mx", Class: runbook.ClassSenderUnresolvable,
		When:   When{Any: []string{"nullmx"}, Codes: []string{"5.7.27"}},
		Refs:   []string{refTitanCodes},
		Hits:   []string{"550 5.7.27 <user@example.net>: Sender address rejected: Domain does not accept mail (nullMX)"},
		Misses: []string{"556 5.1.10 Domain does not accept mail (nullMX)"},
	},
	{
		ID: "improvmx-loop", Class: runbook.ClassRoutingLoop,
		When:   When{Any: []string{"#id-5.9.0"}},
		Refs:   []string{refImprovMXErrors},
		Hits:   []string{"551 5.7.1 Email is sent and forwarded from/to the same service. (#id-5.9.0)"},
		Misses: []string{"551 5.7.1 Refused. (#id-5.9.2)"},
	},
	{
		ID: "improvmx-domain", Class: runbook.ClassRoutingRelayDenied,
		When: When{Any: []string{"#id-5.9.2", "#id-5.9.1"}},
		Refs: []string{refImprovMXErrors},
		Hits: []string{
			"551 5.7.1 Refused. (#id-5.9.2)",
			"551 5.7.1 Refused. (#id-5.9.1)",
		},
		Misses: []string{"551 5.7.1 Refused. (#id-5.9.4)"},
	},
	{
		ID: "improvmx-later", Class: runbook.ClassPolicyRateLimit,
		When:   When{Any: []string{"#id-5.9.4"}},
		Refs:   []string{refImprovMXErrors},
		Hits:   []string{"421 4.7.1 Refused. (#id-5.9.4)"},
		Misses: []string{"551 5.7.1 Refused. (#id-5.9.5)"},
	},
	{
		ID: "improvmx-forward", Class: runbook.ClassBackendMisconfigured,
		When: When{Any: []string{"#id-5.9.5", "unable to correctly read the forwarding recipient"}},
		Refs: []string{refImprovMXErrors},
		Hits: []string{
			"551 5.7.1 Refused. (#id-5.9.5)",
			"551 5.7.1 Unable to correctly read the forwarding recipient (where to forward the email to)",
		},
		Misses: []string{"551 5.7.1 Refused. (#id-5.9.4)"},
	},
	{
		ID: "improvmx-reputation", Class: runbook.ClassPolicyReputation,
		When:   When{Any: []string{"due to the very low reputation of the sending domain, this message has been blocked"}},
		Refs:   []string{refImprovMXErrors},
		Hits:   []string{"551 5.7.1 Due to the very low reputation of the sending domain, this message has been blocked (Code 2)."},
		Misses: []string{"551 5.7.1 This message has been blocked (#id-5.9.2)."},
	},
	{
		ID: "cloudflare-upstream", Class: runbook.ClassBackendUnavailable,
		When: When{Provider: []string{"cloudflare"}, Any: []string{"upstream error", "upstream * temporary error"}},
		Refs: []string{refCloudflareRouting},
		Hits: []string{
			"{provider=cloudflare} 421 4.3.0 Upstream error",
			"{provider=cloudflare} 421 4.3.0 upstream (mx.example.com.) temporary error: Unknown error",
		},
		Misses: []string{"{provider=cloudflare} 554 found on one or more DNSBLs (abusixip)"},
	},
	{
		ID: "cloudflare-dnsbl", Class: runbook.ClassPolicyBlocklist,
		When:   When{Any: []string{"found on one or more rbls"}},
		Refs:   []string{refCloudflareRouting},
		Hits:   []string{"554 5.7.1 192.0.2.7 found on one or more RBLs."},
		Misses: []string{"521 5.3.0 Upstream error"},
	},
	{
		ID: "cloudflare-dmarc", Class: runbook.ClassAuthDMARC, Stage: smtp.StageEOD,
		When:   When{Provider: []string{"cloudflare"}, Any: []string{"dmarc"}, None: []string{"dnsbls", "rbls"}},
		Refs:   []string{refCloudflareRouting},
		Hits:   []string{"{provider=cloudflare} 550 5.7.1 rejected due to DMARC policy of example.net"},
		Misses: []string{"{provider=cloudflare} 521 5.3.0 Upstream error"},
	},
	{
		ID: "cloudflare-ascii", Class: runbook.ClassRecipientUTF8,
		When: When{Any: []string{"local part must be ascii", "non-ascii local part", "only ascii local parts"}},
		Refs: []string{refCloudflareRouting},
		Hits: []string{
			"553 5.6.7 Local part must be ASCII",
			"553 5.6.7 non-ASCII local part is not supported",
			"553 5.6.7 only ASCII local parts are supported",
		},
		Misses: []string{"553 5.1.3 Local part is empty"},
	},
	{
		ID: "cloudflare-own-ip", Class: runbook.ClassPolicyReputation,
		When: When{Any: []string{"[104.30.*"}, Codes: []string{"4.7.650"}},
		Refs: []string{refCloudflareRouting},
		Hits: []string{
			"451 4.7.650 The mail server [104.30.8.1] has been temporarily rate limited",
			"451 4.7.650 Refused [104.30.8.1]",
		},
		Misses: []string{"451 4.7.650 The mail server [192.0.2.7] has been temporarily rate limited"},
	},
	{
		ID: "cloudflare-unknown", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When: When{
			Provider: []string{"cloudflare"},
			Any: []string{
				"address does not exist", "email address is not configured", "domain is not configured for email routing",
			},
		},
		Refs: []string{refCloudflareRouting},
		Hits: []string{
			"{provider=cloudflare} 550 5.1.1 Address does not exist. Learn more about the feature",
			"{provider=cloudflare} 550 5.1.1 This email address is not configured",
			"{provider=cloudflare} 550 5.1.1 The domain is not configured for email routing",
		},
		Misses: []string{"{provider=cloudflare} 521 5.3.0 Upstream error"},
	},
	{
		ID: "facebook-unknown", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When: When{Any: []string{"rcp-p1", "int-p1", "int-p3", "int-p4"}},
		Refs: []string{refFacebookCodes},
		Hits: []string{
			"550 5.1.1 RCP-P1 http://postmaster.facebook.com/response_codes?ip=192.0.2.7#rcp Refused due to recipient preferences",
			"550 5.1.1 INT-P1 refused",
			"550 5.1.1 INT-P3 refused",
			"550 5.1.1 INT-P4 refused",
		},
		Misses: []string{"550 5.1.1 RCP-P2 Refused due to recipient preferences"},
	},
	{
		ID: "facebook-preferences", Class: runbook.ClassRecipientRestricted,
		When: When{Any: []string{"rcp-p2", "rcp-p3"}},
		Refs: []string{refFacebookCodes},
		Hits: []string{
			"550 5.1.1 RCP-P2 http://postmaster.facebook.com/response_codes?ip=192.0.2.7#rcp Refused due to recipient preferences",
			"550 5.1.1 RCP-P3 Refused due to recipient preferences",
		},
		Misses: []string{"550 5.1.1 RCP-P1 Refused due to recipient preferences"},
	},
	{
		ID: "facebook-deactivated", Class: runbook.ClassRecipientDisabled, Stage: smtp.StageRcpt,
		When:   When{Any: []string{"rcp-t4"}},
		Refs:   []string{refFacebookCodes},
		Hits:   []string{"450 4.1.1 RCP-T4 refused"},
		Misses: []string{"450 4.1.1 RCP-T1 refused"},
	},
	{
		ID: "facebook-recipient-later", Class: runbook.ClassPolicyRateLimit,
		When: When{Any: []string{"rcp-t1", "rcp-t3", "rcp-t5"}},
		Refs: []string{refFacebookCodes},
		Hits: []string{
			"451 4.1.1 RCP-T1 try again later",
			"451 4.1.1 RCP-T3 try again later",
			"451 4.1.1 RCP-T5 try again later",
		},
		Misses: []string{"450 4.1.1 RCP-T4 refused"},
	},
	{
		ID: "facebook-listed", Class: runbook.ClassPolicyBlocklist,
		When: When{Any: []string{"pol-p1", "pol-p2"}},
		Refs: []string{refFacebookCodes},
		Hits: []string{
			"554 5.7.1 POL-P1 http://postmaster.facebook.com/response_codes?ip=192.0.2.7#pol Connection refused",
			"554 5.7.1 POL-P2 Connection refused",
		},
		Misses: []string{"554 5.7.1 POL-P3 Connection refused"},
	},
	{
		ID: "facebook-reputation", Class: runbook.ClassPolicyReputation,
		When: When{Any: []string{"pol-p3", "pol-p4", "pol-t1", "pol-t2", "pol-t3"}},
		Refs: []string{refFacebookCodes},
		Hits: []string{
			"554 5.7.1 POL-P3 Connection refused",
			"554 5.7.1 POL-P4 Connection refused",
			"451 4.7.1 POL-T1 Connection refused",
			"451 4.7.1 POL-T2 Connection refused",
			"451 4.7.1 POL-T3 Connection refused",
		},
		Misses: []string{"554 5.7.1 POL-P5 Message refused"},
	},
	{
		ID: "facebook-virus", Class: runbook.ClassContentVirus, Stage: smtp.StageEOD,
		When:   When{Any: []string{"pol-p5"}},
		Refs:   []string{refFacebookCodes},
		Hits:   []string{"554 5.7.1 POL-P5 Message refused"},
		Misses: []string{"554 5.7.1 POL-P6 Message refused"},
	},
	{
		ID: "facebook-link", Class: runbook.ClassContentLink, Stage: smtp.StageEOD,
		When: When{Any: []string{"pol-p6", "pol-p7"}},
		Refs: []string{refFacebookCodes},
		Hits: []string{
			"554 5.7.1 POL-P6 Message refused",
			"554 5.7.1 POL-P7 Message refused",
		},
		Misses: []string{"554 5.7.1 POL-P5 Message refused"},
	},
	{
		ID: "facebook-sender-domain", Class: runbook.ClassSenderUnresolvable,
		When: When{Any: []string{"dns-p1", "dns-p2", "dns-t1"}},
		Refs: []string{refFacebookCodes},
		Hits: []string{
			"550 5.1.8 DNS-P1 refused",
			"550 5.1.8 DNS-P2 refused",
			"450 4.1.8 DNS-T1 refused",
		},
		Misses: []string{"550 5.7.1 DNS-P3 refused"},
	},
	{
		ID: "facebook-rdns", Class: runbook.ClassPolicyRDNS,
		When: When{Any: []string{"dns-p3", "dns-t2"}},
		Refs: []string{refFacebookCodes},
		Hits: []string{
			"550 5.7.1 DNS-P3 refused",
			"450 4.7.1 DNS-T2 refused",
		},
		Misses: []string{"550 5.1.8 DNS-P1 refused"},
	},
	{
		ID: "facebook-connections", Class: runbook.ClassPolicyConnections,
		When: When{Any: []string{"con-t1", "con-t2", "con-t3", "con-t4"}},
		Refs: []string{refFacebookCodes},
		Hits: []string{
			"421 4.3.2 CON-T1 refused",
			"421 4.3.2 CON-T2 refused",
			"421 4.3.2 CON-T3 refused",
			"421 4.3.2 CON-T4 refused",
		},
		Misses: []string{"421 4.3.2 CON-FIG refused"},
	},
	{
		ID: "facebook-size", Class: runbook.ClassContentTooLarge,
		When: When{Any: []string{"msg-p1", "int-p2"}},
		Refs: []string{refFacebookCodes},
		Hits: []string{
			"552 5.2.3 MSG-P1 refused",
			"552 5.2.3 INT-P2 refused",
		},
		Misses: []string{"552 5.2.3 MSG-P2 refused"},
	},
	{
		ID: "facebook-attachment", Class: runbook.ClassContentAttachment, Stage: smtp.StageEOD,
		When:   When{Any: []string{"msg-p2"}},
		Refs:   []string{refFacebookCodes},
		Hits:   []string{"552 5.2.3 MSG-P2 refused"},
		Misses: []string{"552 5.2.3 MSG-P1 refused"},
	},
	{
		ID: "facebook-header", Class: runbook.ClassContentMalformed, Stage: smtp.StageEOD,
		When:   When{Any: []string{"msg-p3"}},
		Refs:   []string{refFacebookCodes},
		Hits:   []string{"552 5.2.3 MSG-P3 refused"},
		Misses: []string{"552 5.2.3 MSG-P2 refused"},
	},
	{
		ID: "facebook-internal", Class: runbook.ClassBackendLocalError,
		When: When{Any: []string{"int-t1", "int-t2", "int-t3", "int-t4"}},
		Refs: []string{refFacebookCodes},
		Hits: []string{
			"451 4.3.0 INT-T1 try again later",
			"451 4.3.0 INT-T2 try again later",
			"451 4.3.0 INT-T3 try again later",
			"451 4.3.0 INT-T4 try again later",
		},
		Misses: []string{"550 5.1.1 INT-P1 refused"},
	},
	{
		ID: "forwardemail-not-set-up", Class: runbook.ClassRoutingRelayDenied,
		When: When{
			Any: []string{
				"does not have a valid forward email txt record", "is missing a valid forward email",
				"invalid dns txt records for forward email",
			},
		},
		Refs: []string{refForwardEmail},
		Hits: []string{
			"550 example.com does not have a valid Forward Email TXT record",
			"550 Domain example.com is missing a valid Forward Email configuration",
			"421 Invalid DNS TXT records for Forward Email",
		},
		Misses: []string{"550 user@example.com does not exist at Forward Email"},
	},
	{
		ID: "opensrs-suspended", Class: runbook.ClassRecipientDisabled, Stage: smtp.StageRcpt,
		When: When{Any: []string{"mailbox is suspended. please contact", "account is suspended at this time"}},
		Refs: []string{"https://opensrs.com/email/"},
		Hits: []string{
			"550 5.2.1 <user@example.com>: This mailbox is suspended. Please contact the owner.",
			"550 5.2.1 The account is suspended at this time",
		},
		Misses: []string{"550 5.2.1 <user@example.com>: no mailbox"},
	},
	{
		ID: "hostgator-hourly", Class: runbook.ClassSenderLimit,
		When: When{
			Any: []string{
				"max emails per hour", "max defers and failures per hour", "has exceeded the max emails per hour",
				"max recipients per hour",
			},
		},
		Refs: []string{"https://docs.cpanel.net/"},
		Hits: []string{
			"Domain example.com has exceeded the max emails per hour (500/500 (100%)) allowed. Message discarded.",
			"Domain example.com has exceeded the max defers and failures per hour (5/5 (100%)) allowed. Message discarded.",
			"Account exceeded the max recipients per hour",
		},
		Misses: []string{"550 5.7.1 user@example.com gets too many emails"},
	},
	{
		ID: "cpanel-outgoing-suspended", Class: runbook.ClassSenderDisabled,
		When: When{
			Any: []string{
				"outgoing mail from * has been suspended", "outgoing mail suspended",
				"your outgoing mail has been suspended",
			},
		},
		Refs: []string{"https://docs.cpanel.net/"},
		Hits: []string{
			`550 Outgoing mail from "user@example.com" has been suspended.`,
			"550 Your outgoing mail has been suspended, please contact your host",
			"550 Outgoing mail suspended for this account",
		},
		Misses: []string{`550 Incoming mail for "user@example.com" has been suspended.`},
	},
	{
		ID: "dreamhost-limit", Class: runbook.ClassSenderLimit,
		When: When{Any: []string{"your recipients per hour quota", "exceeded the sending quota of your account"}},
		Refs: []string{"https://help.dreamhost.com/"},
		Hits: []string{
			"550 5.7.1 You have reached your recipients per hour quota",
			"550 5.7.1 You exceeded the sending quota of your account",
		},
		Misses: []string{"552 5.2.2 the recipient's quota is exceeded"},
	},
}
