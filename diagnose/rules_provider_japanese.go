package diagnose

import (
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

const (
	refReportedBySenders = "operator behaviour as reported by senders"
	refIIJSecureMX       = "https://manual.iij.jp/"
	refSoftbankMail      = "https://www.softbank.jp/"
	refNaverMail         = "https://mail.naver.com/"
	refBiglobeMail       = "https://email.biglobe.ne.jp/"
)

// japaneseProviderRules are the replies of Japanese and Korean providers. docomo and
// au say "Unknown user" for an absent address at RCPT, and after DATA for one whose
// owner has set a filter: the stage decides.
var japaneseProviderRules = []Rule{
	{
		ID: "docomo-unknown", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When:   When{Provider: []string{"docomo"}, Any: []string{"unknown user"}, None: []string{"data command", "end of data"}},
		Refs:   []string{refReportedBySenders},
		Hits:   []string{"{provider=docomo} 550 Unknown user user@example.com"},
		Misses: []string{"{provider=docomo stage=eod} 552 Too much mail data"},
	},
	{
		ID: "docomo-filtered", Class: runbook.ClassRecipientRestricted,
		When: When{
			Provider: []string{"docomo"},
			Any:      []string{"unknown user"},
			Stages:   []smtp.Stage{smtp.StageData, smtp.StageEOD},
		},
		Refs:   []string{refReportedBySenders},
		Hits:   []string{"{provider=docomo stage=eod} 550 Unknown user user@example.com"},
		Misses: []string{"{provider=docomo stage=rcpt} 550 Unknown user user@example.com"},
	},
	{
		ID: "docomo-full", Class: runbook.ClassRecipientFull, Stage: smtp.StageRcpt,
		When:   When{Provider: []string{"docomo"}, Any: []string{"too much mail data"}},
		Refs:   []string{refReportedBySenders},
		Hits:   []string{"{provider=docomo} 552 Too much mail data"},
		Misses: []string{"{provider=docomo} 552 Too many recipients"},
	},
	{
		ID: "docomo-recipients", Class: runbook.ClassPolicyRecipients,
		When:   When{Provider: []string{"docomo"}, Any: []string{"too many recipients"}},
		Refs:   []string{refReportedBySenders},
		Hits:   []string{"{provider=docomo} 552 Too many recipients"},
		Misses: []string{"{provider=docomo} 552 Too much mail data"},
	},
	{
		ID: "docomo-line", Class: runbook.ClassContentMalformed, Stage: smtp.StageEOD,
		When:   When{Provider: []string{"docomo"}, Any: []string{"line too long"}},
		Refs:   []string{refReportedBySenders},
		Hits:   []string{"{provider=docomo} 500 Line Too Long"},
		Misses: []string{"{provider=docomo} 552 Too many recipients"},
	},
	{
		ID: "kddi-unknown", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When:   When{Provider: []string{"kddi"}, Any: []string{"user unknown"}},
		Refs:   []string{refReportedBySenders},
		Hits:   []string{"{provider=kddi stage=rcpt} 550 <user@example.com>: User unknown"},
		Misses: []string{"{provider=kddi stage=eod} 550 : User unknown"},
	},
	{
		ID: "kddi-filtered", Class: runbook.ClassRecipientRestricted,
		When:   When{Provider: []string{"kddi"}, Any: []string{"user unknown"}, Stages: []smtp.Stage{smtp.StageData, smtp.StageEOD}},
		Refs:   []string{refReportedBySenders},
		Hits:   []string{"{provider=kddi stage=eod} 550 : User unknown"},
		Misses: []string{"{provider=kddi stage=rcpt} 550 <user@example.com>: User unknown"},
	},
	{
		ID: "kddi-relay", Class: runbook.ClassRoutingRelayDenied,
		When:   When{Provider: []string{"kddi"}, Any: []string{"relay access denied"}},
		Refs:   []string{refReportedBySenders},
		Hits:   []string{"{provider=kddi} 554 5.7.1 <user@example.com>: Relay access denied"},
		Misses: []string{"{provider=kddi} 550 <user@example.com>: User unknown"},
	},
	{
		ID: "kddi-full", Class: runbook.ClassRecipientFull, Stage: smtp.StageRcpt,
		When:   When{Any: []string{"as their mailbox is full"}},
		Refs:   []string{refReportedBySenders},
		Hits:   []string{"Could not be delivered to: user@example.com As their mailbox is full."},
		Misses: []string{"Could not be delivered to: user@example.com As the remote domain doesn't exist."},
	},
	{
		ID: "kddi-domain", Class: runbook.ClassDomainNotFound,
		When:   When{Any: []string{"as the remote domain doesn't exist"}},
		Refs:   []string{refReportedBySenders},
		Hits:   []string{"Could not be delivered to: user@example.com As the remote domain doesn't exist."},
		Misses: []string{"Could not be delivered to: user@example.com As their mailbox is full."},
	},
	{
		ID: "ezweb-disabled", Class: runbook.ClassRecipientDisabled, Stage: smtp.StageRcpt,
		When: When{Any: []string{"the user(s) account is disabled", "the user(s) account is temporarily limited"}},
		Refs: []string{refReportedBySenders},
		Hits: []string{
			"The user(s) account is disabled. <user@example.com>",
			"The user(s) account is temporarily limited. <user@example.com>",
		},
		Misses: []string{"The user(s) account has moved."},
	},
	{
		ID: "softbank-unknown", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When:   When{Provider: []string{"softbank"}, Any: []string{"invalid recipient"}},
		Refs:   []string{refSoftbankMail},
		Hits:   []string{"{provider=softbank} 550 Invalid recipient: <user@example.com>"},
		Misses: []string{"{provider=softbank} 552 Mailbox is full"},
	},
	{
		ID: "iij-spf", Class: runbook.ClassAuthSPF,
		When:   When{Any: []string{"email rejected per spf policy"}},
		Refs:   []string{refIIJSecureMX},
		Hits:   []string{"550 5.7.1 Email rejected per SPF policy"},
		Misses: []string{"550 5.7.1 Email rejected per DMARC policy for example.com"},
	},
	{
		ID: "biglobe-full", Class: runbook.ClassRecipientFull, Stage: smtp.StageRcpt,
		When:   When{Any: []string{"number of messages in recipient's mailbox exceeded the local limit"}},
		Refs:   []string{refBiglobeMail},
		Hits:   []string{"The number of messages in recipient's mailbox exceeded the local limit."},
		Misses: []string{"The number of messages per connection exceeded the limit."},
	},
	{
		ID: "naver-blocked", Class: runbook.ClassPolicyReputation,
		When:   When{Any: []string{"your ip blocked from this server"}},
		Refs:   []string{refNaverMail},
		Hits:   []string{"421 4.3.2 Your ip blocked from this server 192.0.2.7"},
		Misses: []string{"421 4.3.2 Service closing"},
	},
	{
		ID: "naver-unknown", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When: When{Any: []string{"recipient * is not exist", "mailbox is not exist", "account is not exist"}},
		Refs: []string{refNaverMail},
		Hits: []string{
			"550 5.1.1 recipient user@example.com is not exist",
			"550 5.1.1 mailbox is not exist",
			"550 5.1.1 Account is not exist",
		},
		Misses: []string{"550 5.1.8 sender domain is not exist"},
	},
}
