package diagnose

import (
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

const refAppleMail = "https://support.apple.com/en-us/HT204137"

// appleRules are the replies of iCloud Mail and of its private relay addresses.
var appleRules = []Rule{
	{
		ID: "apple-volume", Class: runbook.ClassPolicyRateLimit,
		When:   When{Any: []string{"deferred due to excessive volume"}},
		Refs:   []string{refAppleMail},
		Hits:   []string{"421 4.7.1 Messages to user@example.com deferred due to excessive volume. Try again later - https://support.apple.com/en-us/HT204137"},
		Misses: []string{"421 4.7.0 Messages from 192.0.2.7 temporarily deferred due to user complaints"},
	},
	{
		ID: "apple-errors", Class: runbook.ClassPolicyAbuse,
		When:   When{Provider: []string{"apple"}, Any: []string{"too many errors"}},
		Refs:   []string{refAppleMail},
		Hits:   []string{"{provider=apple} 421 4.7.0 mr85p00im-hyfv06031501.me.com Error: too many errors"},
		Misses: []string{"{provider=apple} 421 4.7.1 Messages to user@example.com deferred due to excessive volume."},
	},
	{
		ID: "apple-unavailable", Class: runbook.ClassBackendUnavailable,
		When:   When{Any: []string{"service unavailable - try again later"}, Codes: []string{"4.7.1"}},
		Refs:   []string{refAppleMail},
		Hits:   []string{"451 4.7.1 Service unavailable - try again later"},
		Misses: []string{"554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked"},
	},
	{
		ID: "apple-local-policy", Class: runbook.ClassPolicyLocal, Stage: smtp.StageEOD,
		When: When{Any: []string{"[cs01]", "[cs02]", "[hm08]", "[bs01]", "[hm02]", "[hm07]"}},
		Refs: []string{refAppleMail},
		Hits: []string{
			"550 5.7.1 [CS01] Message rejected due to local policy. Please visit https://support.apple.com/en-us/HT204137",
			"550 5.7.1 [CS02] Message rejected due to local policy.",
			"554 5.7.1 [HM08] Message rejected due to local policy.",
			"554 5.7.1 [BS01] Message rejected due to local policy.",
			"554 5.7.1 [HM02] Message rejected due to local policy.",
			"554 5.7.1 [HM07] Message rejected due to local policy.",
		},
		Misses: []string{"554 5.7.1 [HME1] Message rejected."},
	},
	{
		ID: "apple-hide-my-email", Class: runbook.ClassAuthUnauthenticated,
		When:   When{Any: []string{"[hme1]"}},
		Refs:   []string{refAppleMail},
		Hits:   []string{"554 5.7.1 [HME1] This message was blocked for failing both SPF and DKIM authentication checks."},
		Misses: []string{"554 5.7.1 [HM08] Message rejected due to local policy."},
	},
	{
		ID: "apple-dmarc", Class: runbook.ClassAuthDMARC, Stage: smtp.StageEOD,
		When:   When{Provider: []string{"apple"}, Any: []string{"rejected due to * dmarc policy"}},
		Refs:   []string{refAppleMail},
		Hits:   []string{"{provider=apple} 554 5.7.1 Your message was rejected due to example.com's DMARC policy. See https://support.apple.com/en-us/HT204137"},
		Misses: []string{"{provider=apple} 550 5.7.1 [CS01] Message rejected due to local policy."},
	},
	{
		ID: "apple-proofpoint", Class: runbook.ClassPolicyBlocklist,
		When:   When{Any: []string{"support.proofpoint.com/dnsbl-lookup.cgi"}},
		Refs:   []string{refAppleMail},
		Hits:   []string{"550 5.7.0 Blocked - see https://support.proofpoint.com/dnsbl-lookup.cgi?ip=192.0.2.7"},
		Misses: []string{"550 5.7.0 Local Policy Violation"},
	},
	{
		ID: "apple-dbl", Class: runbook.ClassPolicyBlocklist,
		When: When{Any: []string{"domain present in the spamhaus dbl"}},
		Refs: []string{refAppleMail},
		Hits: []string{
			"550 5.7.1 Your email was rejected due to having a domain present in the Spamhaus DBL -- see https://www.spamhaus.org/dbl/",
			"550 5.7.1 Rejected: domain present in the Spamhaus DBL",
		},
		Misses: []string{"550 5.7.1 Your email was rejected due to example.com's DMARC policy."},
	},
	{
		ID: "apple-spamhaus", Class: runbook.ClassPolicyBlocklist,
		When:   When{Any: []string{"rejected due to listing in spamhaus"}},
		Refs:   []string{refAppleMail},
		Hits:   []string{"550 5.7.1 Mail from IP 192.0.2.7 was rejected due to listing in Spamhaus SBL. For details please see http://www.spamhaus.org/query/bl?ip=192.0.2.7"},
		Misses: []string{"550 5.7.1 [CS01] Message rejected due to local policy."},
	},
	{
		ID: "apple-alias", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When: When{Provider: []string{"apple"}, Any: []string{"unknown or illegal alias", "user does not exist"}},
		Refs: []string{refAppleMail},
		Hits: []string{
			"{provider=apple} 550 5.1.1 unknown or illegal alias: user@example.com",
			"{provider=apple} 550 5.1.1 <user@example.com>: user does not exist",
		},
		Misses: []string{"{provider=apple} 550 5.1.1 <user@example.com>: inactive email address"},
	},
	{
		ID: "apple-inactive", Class: runbook.ClassRecipientDisabled, Stage: smtp.StageRcpt,
		When:   When{Any: []string{"inactive email address"}},
		Refs:   []string{refAppleMail},
		Hits:   []string{"550 5.1.1 <user@example.com>: inactive email address"},
		Misses: []string{"550 5.1.1 unknown or illegal alias: user@example.com"},
	},
	{
		ID: "apple-gone", Class: runbook.ClassRecipientMoved, Stage: smtp.StageRcpt,
		When:   When{Any: []string{"recipient no longer on server"}},
		Refs:   []string{refAppleMail},
		Hits:   []string{"550 5.1.6 recipient no longer on server: user@example.com"},
		Misses: []string{"550 5.1.1 <user@example.com>: inactive email address"},
	},
	{
		ID: "apple-full", Class: runbook.ClassRecipientFull, Stage: smtp.StageRcpt,
		When:   When{Provider: []string{"apple"}, Any: []string{"user is over quota"}},
		Refs:   []string{refAppleMail},
		Hits:   []string{"{provider=apple} 552 5.2.2 <user@example.com>: user is over quota"},
		Misses: []string{"{provider=apple} 550 5.1.1 <user@example.com>: user does not exist"},
	},
	{
		ID: "apple-relay", Class: runbook.ClassRoutingRelayDenied,
		When:   When{Provider: []string{"apple"}, Any: []string{"relay access denied"}},
		Refs:   []string{refAppleMail},
		Hits:   []string{"{provider=apple} 554 5.7.1 <user@example.com>: Relay access denied"},
		Misses: []string{"{provider=apple} 554 5.7.1 <mx.example.net[192.0.2.7]>: Client host rejected: Access denied"},
	},
	{
		ID: "apple-sender-domain", Class: runbook.ClassSenderUnresolvable,
		When:   When{Provider: []string{"apple"}, Any: []string{"sender address rejected: domain not found"}},
		Refs:   []string{refAppleMail},
		Hits:   []string{"{provider=apple} 450 4.1.8 <user@example.net>: Sender address rejected: Domain not found"},
		Misses: []string{"{provider=apple} 550 5.1.2 Recipient address rejected: Domain not found"},
	},
	{
		ID: "apple-banner", Class: runbook.ClassPolicyReputation,
		When:   When{Provider: []string{"apple"}, Any: []string{"not accepting connections"}},
		Refs:   []string{refAppleMail},
		Hits:   []string{"{provider=apple} 554 p00-icloudmta-asmtp.me.com not accepting connections"},
		Misses: []string{"{provider=apple} 451 4.7.1 Service unavailable - try again later"},
	},
	{
		ID: "apple-private-relay", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When: When{
			Any: []string{"privaterelay.appleid.com * not a valid recipient", "not a valid address for this private relay"},
		},
		Refs: []string{refAppleMail},
		Hits: []string{
			"550 5.1.1 privaterelay.appleid.com: not a valid recipient",
			"550 5.1.1 user@example.com: not a valid address for this private relay",
		},
		Misses: []string{"550 5.7.1 privaterelay.appleid.com: unauthorized sender"},
	},
	{
		ID: "apple-private-relay-sender", Class: runbook.ClassSenderRejected,
		When: When{
			Any: []string{
				"privaterelay.appleid.com * unauthorized sender", "sender is not registered for the private email relay",
			},
		},
		Refs: []string{refAppleMail},
		Hits: []string{
			"550 5.1.1 privaterelay.appleid.com: unauthorized sender",
			"550 5.7.1 The sender is not registered for the private email relay service.",
		},
		Misses: []string{"550 5.1.1 privaterelay.appleid.com: not a valid recipient"},
	},
}
