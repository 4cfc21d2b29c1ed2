package diagnose

import (
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

const (
	refGMXErrors         = "https://postmaster.gmx.net/en/error-messages"
	refTOnlinePostmaster = "https://postmaster.t-online.de/"
	refFreenetHelp       = "https://www.freenet.de/"
)

// germanProviderRules are the replies of GMX, web.de and IONOS, which share one mail
// system without enhanced codes, and of T-Online and other German providers.
var germanProviderRules = []Rule{
	{
		ID: "gmx-block-listed", Class: runbook.ClassPolicyBlocklist, Stage: smtp.StageBanner,
		When: When{Any: []string{"ip address is block listed", "ip address is black listed", "c=r0201"}},
		Refs: []string{refGMXErrors},
		Hits: []string{
			"554-gmx.net (mxgmx012) Nemesis ESMTP Service not available 554-No SMTP service 554 IP address is block listed.",
			"554 No SMTP service: IP address is black listed.",
			"554 For explanation visit https://postmaster.gmx.net/en/case?c=r0201&i=ip&v=192.0.2.7",
			"554 For explanation visit the page with c=r0201",
		},
		Misses: []string{"554 No SMTP service 554-Bad DNS PTR resource record."},
	},
	{
		ID: "gmx-policy-ip", Class: runbook.ClassPolicyReputation,
		When: When{
			Any: []string{"reject due to policy restrictions (ip based)", "reject due to policy restrictions (domain based)"},
		},
		Refs: []string{refGMXErrors},
		Hits: []string{
			"550-Requested action not taken: mailbox unavailable 550 Reject due to policy restrictions (IP based).",
			"554-Transaction failed 554 Reject due to policy restrictions (domain based).",
		},
		Misses: []string{"554-Transaction failed 554 Reject due to policy restrictions (header based)."},
	},
	{
		ID: "gmx-policy-header", Class: runbook.ClassContentPolicy, Stage: smtp.StageEOD,
		When: When{Any: []string{"reject due to policy restrictions (header based)"}},
		Refs: []string{refGMXErrors},
		Hits: []string{
			"554 Reject due to policy restrictions (header based).",
			"554-Transaction failed 554 Reject due to policy restrictions (header based).",
			"550-Requested action not taken: mailbox unavailable 550 Reject due to policy restrictions (header based).",
		},
		Misses: []string{"554-Transaction failed 554 Reject due to policy restrictions (domain based)."},
	},
	{
		ID: "gmx-policy", Class: runbook.ClassPolicyLocal,
		When: When{Any: []string{"reject due to policy restrictions"}, None: []string{"ip based", "domain based", "header based"}},
		Refs: []string{refGMXErrors},
		Hits: []string{
			"554 Reject due to policy restrictions.",
			"550-Requested action not taken: mailbox unavailable 550-Reject due to policy restrictions. 550 For explanation visit the postmaster pages",
			"554-Transaction failed 554-Reject due to policy restrictions. 554 For explanation visit http://postmaster.1and1.com/en/error-messages",
		},
		Misses: []string{"554-Transaction failed 554 Reject due to policy restrictions (domain based)."},
	},
	{
		ID: "gmx-policy-violations", Class: runbook.ClassPolicyReputation,
		When: When{Any: []string{"reject due to policy violations"}},
		Refs: []string{refGMXErrors},
		Hits: []string{
			"421 Reject due to policy violations.",
			"450-Requested mail action not taken: mailbox unavailable 450 Reject due to policy violations.",
		},
		Misses: []string{"554 Reject due to policy restrictions."},
	},
	{
		ID: "gmx-rate", Class: runbook.ClassPolicyRateLimit,
		When:   When{Any: []string{"rate limit reached"}},
		Refs:   []string{refGMXErrors},
		Hits:   []string{"421-gmx.net (mxgmx012) Nemesis ESMTP Service not available 421 Rate limit reached."},
		Misses: []string{"421-gmx.net (mxgmx012) Nemesis ESMTP Service not available 421 Service closing transmission channel"},
	},
	{
		ID: "gmx-ptr", Class: runbook.ClassPolicyRDNS, Stage: smtp.StageBanner,
		When:   When{Any: []string{"bad dns ptr resource record"}},
		Refs:   []string{refGMXErrors},
		Hits:   []string{"554-gmx.net (mxgmx012) Nemesis ESMTP Service not available 554-No SMTP service 554 Bad DNS PTR resource record."},
		Misses: []string{"550-Requested action not taken: mailbox unavailable 550 Invalid DNS MX or A/AAAA resource record."},
	},
	{
		ID: "gmx-sender-domain", Class: runbook.ClassSenderUnresolvable,
		When: When{Any: []string{"invalid dns mx or a/aaaa resource record"}},
		Refs: []string{refGMXErrors},
		Hits: []string{
			"550 Invalid DNS MX or A/AAAA resource record.",
			"550-Requested action not taken: mailbox unavailable 550 Invalid DNS MX or A/AAAA resource record.",
		},
		Misses: []string{"554 Bad DNS PTR resource record."},
	},
	{
		ID: "gmx-spf", Class: runbook.ClassAuthSPF,
		When:   When{Any: []string{"reject due to spf policy"}},
		Refs:   []string{refGMXErrors},
		Hits:   []string{"550-Requested action not taken: mailbox unavailable 550 Reject due to SPF policy."},
		Misses: []string{"550 Reject due to policy restrictions."},
	},
	{
		ID: "gmx-mailbox-unavailable", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When: When{
			Provider: []string{"gmx"},
			Any: []string{
				"requested action not taken: mailbox unavailable", "requested mail action not taken: mailbox unavailable",
			},
			None: []string{"reject due to", "bad dns ptr", "invalid dns mx", "mail send limit"},
		},
		Refs: []string{refGMXErrors},
		Hits: []string{
			"{provider=gmx} 550-Requested action not taken: mailbox unavailable 550 For explanation visit http://postmaster.gmx.net/en/error-messages?ip=192.0.2.7&c=hi",
			"{provider=gmx} 550 Requested mail action not taken: mailbox unavailable",
		},
		Misses: []string{"{provider=gmx} 550-Requested action not taken: mailbox unavailable 550 Reject due to SPF policy."},
	},
	{
		ID: "gmx-full", Class: runbook.ClassRecipientFull, Stage: smtp.StageRcpt,
		When: When{Provider: []string{"gmx"}, Any: []string{"quota exceeded", "exceeded storage allocation"}},
		Refs: []string{refGMXErrors},
		Hits: []string{
			"{provider=gmx} 552-Requested mail action aborted: exceeded storage allocation 552 Quota exceeded",
			"{provider=gmx} 552 Requested mail action aborted: exceeded storage allocation",
		},
		Misses: []string{"{provider=gmx} 552-Requested mail action aborted: 552 Mail size limit exceeded"},
	},
	{
		ID: "gmx-size", Class: runbook.ClassContentTooLarge,
		When: When{
			Provider: []string{"gmx"},
			Any:      []string{"mail size limit exceeded", "exceeded storage allocation * mail size limit exceeded"},
		},
		Refs: []string{refGMXErrors},
		Hits: []string{
			"{provider=gmx} 552-Requested mail action aborted: exceeded storage allocation 552 Mail size limit exceeded",
			"{provider=gmx} 552 Mail size limit exceeded",
		},
		Misses: []string{"{provider=gmx} 552-Requested mail action aborted: exceeded storage allocation 552 Quota exceeded"},
	},
	{
		ID: "gmx-syntax", Class: runbook.ClassProtocolSyntax,
		When:   When{Provider: []string{"gmx"}, Any: []string{"syntax error in parameters or arguments"}},
		Refs:   []string{refGMXErrors},
		Hits:   []string{"{provider=gmx} 501 Syntax error in parameters or arguments"},
		Misses: []string{"{provider=gmx} 451 Requested action aborted: local error in processing"},
	},
	{
		ID: "gmx-local-error", Class: runbook.ClassBackendLocalError,
		When:   When{Provider: []string{"gmx"}, Any: []string{"requested action aborted: local error in processing"}},
		Refs:   []string{refGMXErrors},
		Hits:   []string{"{provider=gmx} 451 Requested action aborted: local error in processing"},
		Misses: []string{"{provider=gmx} 501 Syntax error in parameters or arguments"},
	},
	{
		ID: "gmx-send-limit", Class: runbook.ClassSenderLimit,
		When: When{Any: []string{"mail send limit exceeded"}},
		Refs: []string{refGMXErrors},
		Hits: []string{
			"450 Mail send limit exceeded.",
			"450-Requested mail action not taken: mailbox unavailable 450 Mail send limit exceeded.",
		},
		Misses: []string{"552 Mail size limit exceeded"},
	},
	{
		ID: "gmx-unauthorized-sender", Class: runbook.ClassSenderNotPermitted,
		When: When{Any: []string{"unauthorized sender address"}},
		Refs: []string{refGMXErrors},
		Hits: []string{
			"550 Unauthorized sender address.",
			"554-Transaction failed 554-Unauthorized sender address. 554 For explanation visit the postmaster pages",
		},
		Misses: []string{"550 Sender address rejected"},
	},
	{
		ID: "tonline-reputation", Class: runbook.ClassPolicyReputation, Stage: smtp.StageBanner,
		When: When{
			Any: []string{
				"a problem occurred. (ask your postmaster for help", "none/bad reputation",
				"a problem occurred. ask your postmaster for help", "ask your postmaster for help or to contact",
			},
		},
		Refs: []string{refTOnlinePostmaster},
		Hits: []string{
			"554 IP=192.0.2.7 - A problem occurred. (Ask your postmaster for help or to contact tosa@rx.t-online.de to clarify.) (BL)",
			"554 IP=192.0.2.7 - None/bad reputation. (NOWL)",
			"554 IP=192.0.2.7 - A problem occurred. Ask your postmaster for help",
			"554 IP=192.0.2.7 - Refused. (Ask your postmaster for help or to contact tpr@rx.t-online.de for reset.)",
		},
		Misses: []string{"554 IP=192.0.2.7 - Dialup IP address."},
	},
	{
		ID: "tonline-spam", Class: runbook.ClassContentSpam, Stage: smtp.StageEOD,
		When:   When{Any: []string{"message considered as spam or virus"}},
		Refs:   []string{refTOnlinePostmaster},
		Hits:   []string{"550 5.7.0 Message considered as spam or virus, rejected"},
		Misses: []string{"550 5.7.0 Message considered too large"},
	},
	{
		ID: "tonline-unknown", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When: When{Provider: []string{"tonline"}, Any: []string{"user not known", "unknown user"}},
		Refs: []string{refTOnlinePostmaster},
		Hits: []string{
			"{provider=tonline} 550 5.1.1 user@example.com: user not known",
			"{provider=tonline} 550 unknown user",
		},
		Misses: []string{"{provider=tonline} 550 5.7.0 Message considered as spam or virus"},
	},
	{
		ID: "freenet-inactive", Class: runbook.ClassRecipientDisabled, Stage: smtp.StageRcpt,
		When:   When{Any: []string{"inactive user"}},
		Refs:   []string{refFreenetHelp},
		Hits:   []string{"550 inactive user"},
		Misses: []string{"550 unknown user"},
	},
}
