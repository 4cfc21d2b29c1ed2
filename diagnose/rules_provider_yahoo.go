package diagnose

import (
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

const (
	refYahooErrors = "https://senders.yahooinc.com/smtp-error-codes/"
	refAOLErrors   = "https://postmaster.aol.com/error-codes"
)

// yahooRules are the replies of Yahoo and AOL, which share one mail system since
// 2018, and the older AOL codes in brackets.
var yahooRules = []Rule{
	{
		ID: "yahoo-tss04", Class: runbook.ClassPolicyReputation,
		When: When{
			Provider: []string{"yahoo"},
			Any: []string{
				"[tss06]", "[ipts04]", "tss04", "tss05",
				"temporarily deferred due to unexpected volume or user complaints",
				"temporarily deferred due to user complaints",
			},
		},
		Refs: []string{refYahooErrors},
		Hits: []string{
			"421 4.7.0 [TSS04] Messages from 192.0.2.7 temporarily deferred due to unexpected volume or user complaints - 4.16.55.1; see https://postmaster.yahooinc.com/error-codes",
			"421 4.7.0 [TSS05] Messages from 192.0.2.7 temporarily deferred due to user complaints - 4.16.55",
			"421 4.7.0 [TSS06] Messages from 192.0.2.7 temporarily deferred",
			"421 4.7.0 [IPTS04] Messages from 192.0.2.7 temporarily deferred due to user complaints - 4.16.55.1",
			"{provider=yahoo} 421 4.7.0 Messages from 192.0.2.7 temporarily deferred due to unexpected volume or user complaints",
		},
		Misses: []string{"421 4.7.0 [GL01] Message from (192.0.2.7) temporarily deferred - 4.16.50"},
	},
	{
		ID: "yahoo-ts01", Class: runbook.ClassPolicyReputation,
		When: When{Provider: []string{"yahoo"}, Any: []string{"[ts01]", "[ts02]", "[ts03]", "[hcm1]"}},
		Refs: []string{refYahooErrors},
		Hits: []string{
			"421 4.7.0 [TS01] Messages from 192.0.2.7 temporarily deferred due to user complaints - 4.16.55.1",
			"421 4.7.0 [TS02] Messages from 192.0.2.7 temporarily deferred - 4.16.56.1",
			"421 4.7.1 [TS03] All messages from 192.0.2.7 will be permanently deferred; Retrying will NOT succeed.",
			"421 [HCM1] Your mail from 192.0.2.7 was deferred.",
		},
		Misses: []string{"553 5.7.1 [BL21] Connections will not be accepted from 192.0.2.7"},
	},
	{
		ID: "yahoo-old-deferral", Class: runbook.ClassPolicyReputation,
		When: When{
			Any:  []string{"yahoo.com/help/us/mail/defer/*", "mail/defer/defer-*"},
			None: []string{"excessive unknown recipients", "gl01"},
		},
		Refs:   []string{refYahooErrors},
		Hits:   []string{"421 Please refer to http://help.yahoo.com/help/us/mail/defer/defer-06.html"},
		Misses: []string{"421 4.7.0 [GL01] Message from 192.0.2.7 temporarily deferred - 4.16.50"},
	},
	{
		ID: "yahoo-unknown-recipients", Class: runbook.ClassPolicyAbuse,
		When:   When{Provider: []string{"yahoo"}, Any: []string{"excessive unknown recipients"}},
		Refs:   []string{refYahooErrors},
		Hits:   []string{"{provider=yahoo} 451 VS1-IP Excessive unknown recipients - possible Open Relay (#4.1.8)"},
		Misses: []string{"553 Mail from 192.0.2.7 not allowed - VS99-IP1 deferred"},
	},
	{
		ID: "yahoo-greylist", Class: runbook.ClassPolicyGreylist,
		When:   When{Provider: []string{"yahoo"}, Any: []string{"[gl01]"}},
		Refs:   []string{refYahooErrors},
		Hits:   []string{"421 4.7.0 [GL01] Message from (192.0.2.7) temporarily deferred - 4.16.50. Please refer to https://postmaster.yahooinc.com/error-codes"},
		Misses: []string{"421 4.7.0 [TSS04] Messages from 192.0.2.7 temporarily deferred"},
	},
	{
		ID: "yahoo-rate", Class: runbook.ClassPolicyRateLimit,
		When: When{Provider: []string{"yahoo"}, Any: []string{"[rl01]", "[rl21]"}},
		Refs: []string{refYahooErrors},
		Hits: []string{
			"421 4.7.0 [RL01] Message from 192.0.2.7 temporarily deferred",
			"421 4.7.0 [RL21] Message from 192.0.2.7 temporarily deferred",
		},
		Misses: []string{"421 4.7.0 [TS01] Messages from 192.0.2.7 temporarily deferred"},
	},
	{
		ID: "yahoo-tss09", Class: runbook.ClassPolicyReputation, Stage: smtp.StageBanner,
		When: When{Any: []string{"[tss09]", "[tss11]", "[tss12]", "will be permanently deferred; retrying will not succeed"}},
		Refs: []string{refYahooErrors},
		Hits: []string{
			"553 5.7.2 [TSS09] All messages from 192.0.2.7 refused",
			"553 5.7.2 [TSS11] All messages from 192.0.2.7 refused",
			"553 5.7.2 [TSS12] All messages from 192.0.2.7 refused",
			"421 All messages from 192.0.2.7 will be permanently deferred; Retrying will NOT succeed.",
		},
		Misses: []string{"553 5.7.1 [TSS07] Connections will not be accepted from 192.0.2.7"},
	},
	{
		ID: "yahoo-spamhaus", Class: runbook.ClassPolicyBlocklist, Stage: smtp.StageBanner,
		When: When{
			Provider: []string{"yahoo"},
			Any: []string{
				"[bl21]", "[bl22]", "[bl23]", "[tss07]", "because the ip is in spamhaus's list",
				"ip addresses on spamhaus",
			},
		},
		Refs: []string{refYahooErrors},
		Hits: []string{
			"553 5.7.1 [BL21] Connections will not be accepted from 192.0.2.7",
			"553 5.7.1 [BL22] Connections will not be accepted from 192.0.2.7",
			"553 5.7.1 [BL23] Connections will not be accepted from 192.0.2.7",
			"553 5.7.1 [TSS07] Connections will not be accepted from 192.0.2.7",
			"{provider=yahoo} 553 Connections will not be accepted from 192.0.2.7, because the ip is in Spamhaus's list; see the help pages",
			"{provider=yahoo} 553 Mail from 192.0.2.7 not allowed - Connections not accepted from IP addresses on Spamhaus XBL",
		},
		Misses: []string{"553 5.7.2 [TSS09] All messages from 192.0.2.7 refused"},
	},
	{
		ID: "yahoo-ph01", Class: runbook.ClassContentPolicy, Stage: smtp.StageEOD,
		When: When{Provider: []string{"yahoo"}, Any: []string{"[ph01]", "[ph02]"}},
		Refs: []string{refYahooErrors},
		Hits: []string{
			"554 Message not allowed - [PH01] Email not accepted for policy reasons.",
			"554 Message not allowed - [PH02] Email not accepted for policy reasons.",
		},
		Misses: []string{"554 Message not allowed - [299]"},
	},
	{
		ID: "yahoo-dmarc", Class: runbook.ClassAuthDMARC, Stage: smtp.StageEOD,
		When:   When{Any: []string{"not accepted for policy reasons"}, Codes: []string{"5.7.9"}},
		Refs:   []string{refYahooErrors},
		Hits:   []string{"554 5.7.9 Message not accepted for policy reasons. See https://postmaster.yahooinc.com/error-codes"},
		Misses: []string{"550 5.7.9 Yahoo requires all senders to authenticate with either SPF or DKIM."},
	},
	{
		ID: "yahoo-unauthenticated", Class: runbook.ClassAuthUnauthenticated,
		When: When{
			Any: []string{
				"requires all senders to authenticate with either spf or dkim",
				"has been blocked because the sender is unauthenticated",
			},
			None:  []string{"hard fail policy", "gmail requires"},
			Codes: []string{"X.7.9"},
		},
		Refs: []string{refYahooErrors},
		Hits: []string{
			"550 5.7.9 This mail has been blocked because the sender is unauthenticated. Yahoo requires all senders to authenticate with either SPF or DKIM.",
			"550 5.7.9 Yahoo requires all senders to authenticate with either SPF or DKIM.",
		},
		Misses: []string{"534 5.7.9 Application-specific password required."},
	},
	{
		ID: "yahoo-no-account", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageEOD,
		When: When{
			Any: []string{
				"this user doesn't have a * account", "dd not a valid recipient", "not a valid recipient",
				"sorry, no valid recipients (#5.1.3)",
			},
		},
		Refs: []string{refYahooErrors},
		Hits: []string{
			"554 delivery error: dd This user doesn't have a yahoo.com account (user@example.com) [-5] - mta1234.mail.bf1.yahoo.com",
			"554 delivery error: dd Not a valid recipient - atlas123.aol.mail.bf1.yahoo.com",
			"554 qq Sorry, no valid recipients (#5.1.3)",
		},
		Misses: []string{"554 delivery error: dd user@example.com is no longer valid. [-20] - mta1234.mail.bf1.yahoo.com"},
	},
	{
		ID: "yahoo-not-found-eod", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageEOD,
		When:   When{Any: []string{"requested mail action aborted, mailbox not found"}},
		Refs:   []string{refYahooErrors},
		Hits:   []string{"552 1 Requested mail action aborted, mailbox not found"},
		Misses: []string{"552 Requested mail action aborted: exceeded storage allocation"},
	},
	{
		ID: "yahoo-no-longer-valid", Class: runbook.ClassRecipientDisabled, Stage: smtp.StageEOD,
		When: When{Any: []string{"delivery error: dd * is no longer valid", "is no longer valid. [-20]"}},
		Refs: []string{refYahooErrors},
		Hits: []string{
			"554 delivery error: dd user@example.com is no longer valid. [-21] - mta1234.mail.bf1.yahoo.com",
			"554 user@example.com is no longer valid. [-20]",
		},
		Misses: []string{"554 delivery error: dd This user doesn't have a yahoo.com account (user@example.com) [-9]"},
	},
	{
		ID: "yahoo-disabled", Class: runbook.ClassRecipientDisabled, Stage: smtp.StageEOD,
		When: When{
			Any: []string{
				"(554.30)", "this account has been disabled or discontinued",
				"possible forgery or deactivated due to abuse", "not be delivered. this mailbox is disabled",
			},
		},
		Refs: []string{refYahooErrors},
		Hits: []string{
			"554 delivery error: dd Sorry your message to user@example.com cannot be delivered. This mailbox is disabled (554.30). - mta1234.mail.bf1.yahoo.com",
			"554 delivery error: dd mailbox closed (554.30)",
			"554 delivery error: dd Sorry, your message to user@example.com cannot be delivered. This account has been disabled or discontinued [#102].",
			"553 5.1.1 VS10-RT Possible forgery or deactivated due to abuse (#5.1.1)",
			"554 Sorry, your message can not be delivered. This mailbox is disabled",
		},
		Misses: []string{"554 delivery error: dd Sorry your message to user@example.com cannot be delivered. This account is over quota."},
	},
	{
		ID: "yahoo-over-quota", Class: runbook.ClassRecipientFull, Stage: smtp.StageEOD,
		When:   When{Any: []string{"not be delivered. this account is over quota"}},
		Refs:   []string{refYahooErrors},
		Hits:   []string{"554 delivery error: dd Sorry your message to user@example.com cannot be delivered. This account is over quota. - mta1234.mail.bf1.yahoo.com"},
		Misses: []string{"554 delivery error: dd Sorry your message to user@example.com cannot be delivered. This mailbox is disabled (554.30)."},
	},
	{
		ID: "yahoo-receiving-fast", Class: runbook.ClassPolicyRateLimit,
		When:   When{Any: []string{"user is receiving mail too quickly"}},
		Refs:   []string{refYahooErrors},
		Hits:   []string{"450 User is receiving mail too quickly"},
		Misses: []string{"450 User is not receiving mail now"},
	},
	{
		ID: "yahoo-messages-per-connection", Class: runbook.ClassPolicyConnections,
		When: When{Any: []string{"max message per connection reached", "max messages per connection reached"}},
		Refs: []string{refYahooErrors},
		Hits: []string{
			"421 Max message per connection reached, closing transmission channel",
			"421 Max messages per connection reached",
		},
		Misses: []string{"421 Max message size reached"},
	},
	{
		ID: "yahoo-resources", Class: runbook.ClassBackendUnavailable,
		When:   When{Any: []string{"resources temporarily unavailable. please try again later [#4.16.*"}},
		Refs:   []string{refYahooErrors},
		Hits:   []string{"451 mta1234.mail.bf1.yahoo.com Resources temporarily unavailable. Please try again later [#4.16.5]."},
		Misses: []string{"451 Internal resources are temporarily unavailable"},
	},
	{
		ID: "yahoo-sender-domain", Class: runbook.ClassSenderUnresolvable,
		When: When{Any: []string{"unresolvable rfc.5322 from domain", "unresolvable rfc5321 from domain"}},
		Refs: []string{refYahooErrors},
		Hits: []string{
			"451 Message deferred: unresolvable RFC.5322 from domain",
			"451 Message deferred: unresolvable RFC5321 from domain",
		},
		Misses: []string{"451 Message temporarily deferred due to unexpected volume"},
	},
	{
		ID: "yahoo-headers", Class: runbook.ClassContentMalformed, Stage: smtp.StageEOD,
		When:   When{Provider: []string{"yahoo"}, Any: []string{"headers are not rfc compliant"}},
		Refs:   []string{refYahooErrors},
		Hits:   []string{"{provider=yahoo} 554 5.6.0 Headers are not RFC compliant [291]"},
		Misses: []string{"554 Message not allowed - [299]"},
	},
	{
		ID: "yahoo-not-allowed", Class: runbook.ClassPolicyLocal,
		When: When{Any: []string{"message not allowed -"}, None: []string{"[ph01]", "[ph02]"}},
		Refs: []string{refYahooErrors},
		Hits: []string{
			"554 Message not allowed - [299]",
			"554 Message not allowed - UP Email not accepted for policy reasons.",
			"554 Message not allowed - [320]",
		},
		Misses: []string{"554 Message not allowed - [PH01] Email not accepted for policy reasons."},
	},
	{
		ID: "yahoo-relaying-denied", Class: runbook.ClassRoutingRelayDenied,
		When:   When{Provider: []string{"yahoo"}, Any: []string{"relaying denied"}},
		Refs:   []string{refYahooErrors},
		Hits:   []string{"{provider=yahoo} 550 relaying denied for <user@example.com>"},
		Misses: []string{"{provider=yahoo} 550 relay for user@example.com"},
	},
	{
		ID: "yahoo-syntax", Class: runbook.ClassProtocolSyntax,
		When:   When{Provider: []string{"yahoo"}, Any: []string{"syntax error in parameters or arguments"}},
		Refs:   []string{refYahooErrors},
		Hits:   []string{"{provider=yahoo} 501 Syntax error in parameters or arguments"},
		Misses: []string{"{provider=yahoo} 554 Headers are not RFC compliant [291]"},
	},
	{
		ID: "aol-rdns", Class: runbook.ClassPolicyRDNS,
		When: When{Provider: []string{"yahoo"}, Any: []string{"dns:nr", "dns:b1", "dns:b2", "421dnsnr", "554dnsb1"}},
		Refs: []string{refAOLErrors},
		Hits: []string{
			"421 4.7.1 : (DNS:NR) https://postmaster.aol.com/error-codes#421dnsnr",
			"554 5.7.1 : (DNS:B1) refused",
			"554 5.7.1 : (DNS:B2) refused",
		},
		Misses: []string{"554 5.7.1 : (RTR:BB) refused"},
	},
	{
		ID: "aol-dynamic", Class: runbook.ClassPolicyLocal,
		When: When{Provider: []string{"yahoo"}, Any: []string{"(rly:du)", "(rly:b1)", "rtr:bb", "rtr:du"}},
		Refs: []string{refAOLErrors},
		Hits: []string{
			"554 RTR:BB http://postmaster.info.aol.com/errors/554rtrbb.html",
			"554- (RTR:DU) the address is in a range of dialup customers",
			"554 5.7.1 : (RTR:BB) refused",
			"554 5.7.1 : (RLY:DU) refused",
			"554 5.7.1 : (RLY:B1) refused",
		},
		Misses: []string{"554 5.7.1 : (RLY:B2) refused"},
	},
	{
		ID: "aol-relay-block", Class: runbook.ClassPolicyReputation,
		When: When{
			Provider: []string{"yahoo"},
			Any: []string{
				"(rly:b2)", "(rly:bl)", "(rly:ch*", "(rly:cs*", "(rly:ir)", "(rly:nw)", "(rly:ob)", "(rly:sn)",
				"(rtr:bl)", "(rtr:ch)", "(rtr:ge)", "(rtr:bg)", "(con:b2)", "(dyn:t2)", "rly:b3", "rly:bd", "dyn:t1",
				"con:b1",
			},
		},
		Refs: []string{refAOLErrors},
		Hits: []string{
			"554 5.7.1 : (RLY:B2) refused",
			"554 5.7.1 : (RLY:B3) refused",
			"554 5.7.1 : (RLY:BD) refused",
			"554 5.7.1 : (RLY:BL) refused",
			"554 5.7.1 : (RLY:CH2) refused",
			"554 5.7.1 : (RLY:CS4) refused",
			"554 5.7.1 : (RLY:IR) refused",
			"554 5.7.1 : (RLY:NW) refused",
			"554 5.7.1 : (RLY:OB) refused",
			"421 4.7.1 : (RLY:SN) refused",
			"554 5.7.1 : (RTR:BL) refused",
			"554 5.7.1 : (RTR:CH) refused",
			"554 5.7.1 : (RTR:GE) refused",
			"554 5.7.1 : (RTR:BG) refused",
			"554 5.7.1 : (CON:B1) https://postmaster.aol.com/error-codes#554conb1",
			"554 5.7.1 : (CON:B2) refused",
			"421 4.7.1 : (DYN:T1) https://postmaster.aol.com/error-codes#421dynt1",
			"421 4.7.1 : (DYN:T2) refused",
			"554 RLY:B3 refused",
			"554 RLY:BD refused",
			"421 DYN:T1 refused",
			"554 CON:B1 refused",
		},
		Misses: []string{"554 5.7.1 : (HVU:B1) refused"},
	},
	{
		ID: "aol-link", Class: runbook.ClassContentLink, Stage: smtp.StageEOD,
		When: When{Provider: []string{"yahoo"}, Any: []string{"hvu:b1", "hvu:b2", "(hvu:*"}},
		Refs: []string{refAOLErrors},
		Hits: []string{
			"554 5.7.1 : (HVU:B1) http://postmaster.info.aol.com/errors/554hvub1.html",
			"554 5.7.1 : (HVU:B2) refused",
			"554 5.7.1 : (HVU:B3) refused",
			"554- HVU:B1 refused",
			"554- HVU:B2 refused",
		},
		Misses: []string{"554 5.7.1 : (RTR:CH) refused"},
	},
	{
		ID: "aol-unknown", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When:   When{Any: []string{"recipient address rejected: aol.com"}},
		Refs:   []string{refAOLErrors},
		Hits:   []string{"550 5.1.1 <user@aol.com>: Recipient address rejected: aol.com"},
		Misses: []string{"550 5.7.1 <user@example.com>: Recipient address rejected: Access denied"},
	},
	{
		ID: "aol-not-from-this-sender", Class: runbook.ClassRecipientRestricted,
		When:   When{Any: []string{"is not accepting mail from this sender"}},
		Refs:   []string{refAOLErrors},
		Hits:   []string{"550 user@example.com IS NOT ACCEPTING MAIL FROM THIS SENDER"},
		Misses: []string{"550 user@example.com is not accepting mail"},
	},
	{
		ID: "aol-will-not-accept", Class: runbook.ClassPolicyLocal,
		When:   When{Any: []string{"aol will not accept delivery of this message"}},
		Refs:   []string{refAOLErrors},
		Hits:   []string{"521 5.2.1 : AOL will not accept delivery of this message."},
		Misses: []string{"521 5.2.1 : (DMARC) This message failed DMARC Evaluation and is being refused due to provided DMARC Policy"},
	},
	{
		ID: "aol-dmarc", Class: runbook.ClassAuthDMARC, Stage: smtp.StageEOD,
		When:   When{Any: []string{"failed dmarc evaluation"}},
		Refs:   []string{refAOLErrors},
		Hits:   []string{"521 5.2.1 : (DMARC) This message failed DMARC Evaluation and is being refused due to provided DMARC Policy"},
		Misses: []string{"521 5.2.1 : AOL will not accept delivery of this message."},
	},
}
