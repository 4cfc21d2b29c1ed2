package diagnose

import (
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

const (
	refYandexBounces = "https://yandex.com/support/yandex-360/customers/mail/en/bounces/yandex"
	refMailRuErrors  = "https://help.mail.ru/notspam-support/errors"
	refRamblerErrors = "https://help.rambler.ru/mail/mail-soobsheniya-ob-oshibkah/1326/"
	refIUAErrors     = "https://mail.i.ua/err/1/"
	refUkrNetErrors  = "https://mail.ukr.net/terms_en.html"
)

// russianProviderRules are the replies of Yandex, Mail.ru, Rambler, ukr.net and i.ua.
var russianProviderRules = []Rule{
	{
		ID: "yandex-no-such-user", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When:   When{Any: []string{"no such user!"}},
		Refs:   []string{refYandexBounces},
		Hits:   []string{"550 5.7.1 No such user! 1443024613-abcdef"},
		Misses: []string{"550 5.7.1 Policy rejection on the target address"},
	},
	{
		ID: "yandex-policy-target", Class: runbook.ClassRecipientDisabled, Stage: smtp.StageRcpt,
		When:   When{Any: []string{"policy rejection on the target address"}},
		Refs:   []string{refYandexBounces},
		Hits:   []string{"550 5.7.1 Policy rejection on the target address"},
		Misses: []string{"550 5.7.1 Policy rejection on the sender"},
	},
	{
		ID: "yandex-recipient-rate", Class: runbook.ClassPolicyRateLimit,
		When:   When{Any: []string{"exceeded message rate limit"}},
		Refs:   []string{refYandexBounces},
		Hits:   []string{"450 4.2.1 The recipient has exceeded message rate limit. Try again later."},
		Misses: []string{"552 5.2.2 Mailbox size limit exceeded"},
	},
	{
		ID: "yandex-come-back", Class: runbook.ClassPolicyGreylist,
		When:   When{Any: []string{"the service is currently unavailable. please come back later"}},
		Refs:   []string{refYandexBounces},
		Hits:   []string{"451 4.7.1 Sorry, the service is currently unavailable. Please come back later. 1443024613-abcdef"},
		Misses: []string{"451 4.3.0 The service is currently unavailable"},
	},
	{
		ID: "yandex-unavailable", Class: runbook.ClassPolicyGreylist,
		When:   When{Provider: []string{"yandex"}, Any: []string{"the service is currently unavailable"}},
		Refs:   []string{refYandexBounces},
		Hits:   []string{"{provider=yandex} 451 4.7.1 Sorry, the service is currently unavailable"},
		Misses: []string{"{provider=yandex} 421 4.4.2 Error: timeout exceeded"},
	},
	{
		ID: "yandex-full", Class: runbook.ClassRecipientFull, Stage: smtp.StageRcpt,
		When:   When{Provider: []string{"yandex"}, Any: []string{"mailbox size limit exceeded"}},
		Refs:   []string{refYandexBounces},
		Hits:   []string{"{provider=yandex} 552 5.2.2 Mailbox size limit exceeded 1443024613-abcdef"},
		Misses: []string{"552 5.3.4 Message size limit exceeded"},
	},
	{
		ID: "yandex-spam", Class: runbook.ClassContentSpam, Stage: smtp.StageEOD,
		When: When{Any: []string{"message rejected under suspicion of spam", "message rejected under suspicion of * spam"}},
		Refs: []string{refYandexBounces},
		Hits: []string{
			"554 5.7.1 [1] Message rejected under suspicion of SPAM; https://ya.cc/1IrBc 1443024613-abcdef",
			"554 5.7.1 Message rejected under suspicion of being spam",
		},
		Misses: []string{"550 5.7.1 Message infected by virus"},
	},
	{
		ID: "yandex-statistics", Class: runbook.ClassPolicyReputation,
		When:   When{Provider: []string{"yandex"}, Any: []string{"blocked by spam statistics"}},
		Refs:   []string{refYandexBounces},
		Hits:   []string{"554 5.7.1 [192.0.2.7] Blocked by spam statistics - see http://feedback.yandex.ru/?from=mail-rejects"},
		Misses: []string{"554 5.7.1 Message rejected under suspicion of SPAM"},
	},
	{
		ID: "yandex-virus", Class: runbook.ClassContentVirus, Stage: smtp.StageEOD,
		When:   When{Any: []string{"message infected by virus"}},
		Refs:   []string{refYandexBounces},
		Hits:   []string{"554 5.7.1 Message infected by virus"},
		Misses: []string{"554 5.7.1 Message rejected under suspicion of SPAM"},
	},
	{
		ID: "yandex-unknown-error", Class: runbook.ClassBackendLocalError,
		When:   When{Provider: []string{"yandex"}, Any: []string{"unknown error"}, Codes: []string{"5.3.0"}},
		Refs:   []string{refYandexBounces},
		Hits:   []string{"{provider=yandex} 551 5.3.0 Unknown error, please try again later"},
		Misses: []string{"550 5.1.1 Unknown user"},
	},
	{
		ID: "yandex-timeout", Class: runbook.ClassNetworkTimeout,
		When:   When{Any: []string{"error: timeout exceeded"}},
		Refs:   []string{refYandexBounces},
		Hits:   []string{"421 4.4.2 mxfront1j.mail.yandex.net Error: timeout exceeded"},
		Misses: []string{"421 4.7.0 mxfront1j.mail.yandex.net Error: too many errors"},
	},
	{
		ID: "yandex-bad-address", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When: When{Provider: []string{"yandex"}, Any: []string{"bad address mailbox", "bad recipient address syntax"}},
		Refs: []string{refYandexBounces},
		Hits: []string{
			"{provider=yandex} 501 5.1.3 Bad recipient address syntax 1443024613-abcdef",
			"{provider=yandex} 550 5.1.1 Bad address mailbox",
		},
		Misses: []string{"{provider=yandex} 501 5.1.7 Bad sender address syntax"},
	},
	{
		ID: "mailru-user-not-found", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When: When{
			Any: []string{
				"is unavailable: user not found", "message was not accepted -- invalid mailbox",
				"is unavailable: user is terminated",
			},
			None: []string{"account is disabled"},
		},
		Refs: []string{refMailRuErrors},
		Hits: []string{
			"550 Message was not accepted -- invalid mailbox. Local mailbox user@example.com is unavailable: user not found",
			"550 Local mailbox user@example.com is unavailable: user not found",
			"550 Local mailbox <user> is unavailable: user not found",
			"550 user is unavailable: user not found",
			"550 Message was not accepted -- invalid mailbox.",
			"550 Local mailbox is unavailable: user is terminated",
		},
		Misses: []string{"550 Message was not accepted -- invalid mailbox. Local mailbox user@example.com is unavailable: account is disabled"},
	},
	{
		ID: "mailru-disabled", Class: runbook.ClassRecipientDisabled, Stage: smtp.StageRcpt,
		When: When{Any: []string{"is unavailable: account is disabled"}},
		Refs: []string{refMailRuErrors},
		Hits: []string{
			"550 Local mailbox user@example.com is unavailable: account is disabled",
			"550 Message was not accepted -- invalid mailbox. Local mailbox user@example.com is unavailable: account is disabled",
		},
		Misses: []string{"550 Local mailbox user@example.com is unavailable: user not found"},
	},
	{
		ID: "mailru-spam", Class: runbook.ClassContentSpam, Stage: smtp.StageEOD,
		When: When{Any: []string{"spam message discarded/rejected", "spam message rejected"}},
		Refs: []string{refMailRuErrors},
		Hits: []string{
			"550 spam message rejected. Please visit http://help.mail.ru/notspam-support/id?c=7y4ytdHb or report details. Error code: 1234. ID: 5678.",
			"550 spam message discarded/rejected",
			"550 5.7.1 spam message rejected",
		},
		Misses: []string{"550 5.7.1 This message was not accepted due to domain (example.com) owner DMARC policy"},
	},
	{
		ID: "mailru-dmarc", Class: runbook.ClassAuthDMARC, Stage: smtp.StageEOD,
		When:   When{Any: []string{"owner dmarc policy"}},
		Refs:   []string{refMailRuErrors},
		Hits:   []string{"550 5.7.1 This message was not accepted due to domain (example.com) owner DMARC policy (RFC 7489) https://help.mail.ru/mail-help/postmaster/dmarc"},
		Misses: []string{"550 spam message rejected. Please visit http://help.mail.ru/notspam-support/"},
	},
	{
		ID: "mailru-sender-disabled", Class: runbook.ClassSenderDisabled,
		When:   When{Any: []string{"message sending for this account is disabled"}},
		Refs:   []string{refMailRuErrors},
		Hits:   []string{"550 message sending for this account is disabled. Please visit https://help.mail.ru/mail-help/faq/limits"},
		Misses: []string{"550 Local mailbox user@example.com is unavailable: account is disabled"},
	},
	{
		ID: "mailru-rate", Class: runbook.ClassPolicyRateLimit,
		When: When{Provider: []string{"mailru"}, Any: []string{"ratelimit"}},
		Refs: []string{refMailRuErrors},
		Hits: []string{
			"{provider=mailru} 451 Ratelimit exceeded for mailbox. Please try again later",
			"{provider=mailru} 421 try again later: ratelimit",
			"{provider=mailru} 421 4.7.0 ratelimit",
		},
		Misses: []string{"{provider=mailru} 550 Mailbox Full"},
	},
	{
		ID: "mailru-try-later", Class: runbook.ClassPolicyRateLimit,
		When: When{
			Provider: []string{"mailru"},
			Any:      []string{"try again later"},
			None:     []string{"ip address", "ratelimit"},
			Codes:    []string{"421", "451"},
		},
		Refs:   []string{refMailRuErrors},
		Hits:   []string{"{provider=mailru} 421 Try again later"},
		Misses: []string{"{provider=mailru} 550 Mailbox Full"},
	},
	{
		ID: "mailru-ratelimit-mailbox", Class: runbook.ClassPolicyRateLimit,
		When:   When{Any: []string{"ratelimit exceeded for mailbox"}},
		Refs:   []string{refMailRuErrors},
		Hits:   []string{"451 Ratelimit exceeded for mailbox user@example.com. Please, try again later"},
		Misses: []string{"450 Mailbox quota exceeded"},
	},
	{
		ID: "mailru-full", Class: runbook.ClassRecipientFull, Stage: smtp.StageRcpt,
		When: When{Provider: []string{"mailru"}, Any: []string{"mailbox full", "user quota exceeded"}},
		Refs: []string{refMailRuErrors},
		Hits: []string{
			"{provider=mailru} 550 Mailbox Full",
			"{provider=mailru} 550 5.2.2 user quota exceeded",
		},
		Misses: []string{"{provider=mailru} 451 Ratelimit exceeded for mailbox"},
	},
	{
		ID: "mailru-ip-blocked", Class: runbook.ClassPolicyReputation,
		When:   When{Any: []string{"access from ip address * blocked"}},
		Refs:   []string{refMailRuErrors},
		Hits:   []string{"550 Access from ip address 192.0.2.7 blocked. Visit http://help.mail.ru/notspam-support/id?c=abc"},
		Misses: []string{"550 Access to this mailbox is blocked"},
	},
	{
		ID: "mailru-dynamic", Class: runbook.ClassPolicyRDNS,
		When: When{Any: []string{"do not accept mail from hosts with dynamic ip"}},
		Refs: []string{refMailRuErrors},
		Hits: []string{
			"550 Sorry, we do not accept mail from hosts with dynamic IP or generic PTR-records. Please configure your host.",
			"550 We do not accept mail from hosts with dynamic IP",
		},
		Misses: []string{"550 We do not accept mail for this host"},
	},
	{
		ID: "rambler-inactive", Class: runbook.ClassRecipientDisabled, Stage: smtp.StageRcpt,
		When: When{Provider: []string{"rambler"}, Any: []string{"inactive", "blocked"}, Codes: []string{"5.7.1"}},
		Refs: []string{refRamblerErrors},
		Hits: []string{
			"{provider=rambler} 540 5.7.1 <user@example.com>: Recipient address rejected: Inactive",
			"{provider=rambler} 540 5.7.1 <user@example.com>: Recipient address rejected: Blocked",
			"{provider=rambler} 540 5.7.1 Inactive",
			"{provider=rambler} 540 5.7.1 Blocked",
		},
		Misses: []string{"{provider=rambler} 452 4.5.3 rate limit exceeded"},
	},
	{
		ID: "rambler-540", Class: runbook.ClassRecipientDisabled, Stage: smtp.StageRcpt,
		When: When{
			Any:   []string{"recipient address rejected: inactive", "recipient address rejected: blocked"},
			Codes: []string{"540"},
		},
		Refs: []string{refRamblerErrors},
		Hits: []string{
			"540 5.7.1 <user@example.com>: recipient address rejected: Inactive",
			"540 5.7.1 <user@example.com>: recipient address rejected: Blocked",
		},
		Misses: []string{"550 5.7.1 <user@example.com>: Recipient address rejected: Access denied"},
	},
	{
		ID: "rambler-rate", Class: runbook.ClassPolicyRateLimit,
		When:   When{Provider: []string{"rambler"}, Any: []string{"rate limit exceeded"}},
		Refs:   []string{refRamblerErrors},
		Hits:   []string{"{provider=rambler} 452 4.5.3 rate limit exceeded"},
		Misses: []string{"{provider=rambler} 540 5.7.1 Recipient address rejected: Inactive"},
	},
	{
		ID: "iua-unknown", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When:   When{Any: []string{"i.ua/err/2"}},
		Refs:   []string{refIUAErrors},
		Hits:   []string{"550 mail.i.ua: Refused. See https://mail.i.ua/err/2/"},
		Misses: []string{"550 mail.i.ua: Refused. See https://mail.i.ua/err/3/"},
	},
	{
		ID: "iua-unused", Class: runbook.ClassRecipientDisabled, Stage: smtp.StageRcpt,
		When:   When{Any: []string{"i.ua/err/3"}},
		Refs:   []string{refIUAErrors},
		Hits:   []string{"550 mail.i.ua: Refused. See https://mail.i.ua/err/3/"},
		Misses: []string{"550 mail.i.ua: Refused. See https://mail.i.ua/err/4/"},
	},
	{
		ID: "iua-full", Class: runbook.ClassRecipientFull, Stage: smtp.StageRcpt,
		When:   When{Any: []string{"i.ua/err/4"}},
		Refs:   []string{refIUAErrors},
		Hits:   []string{"550 mail.i.ua: Refused. See https://mail.i.ua/err/4/"},
		Misses: []string{"550 mail.i.ua: Refused. See https://mail.i.ua/err/2/"},
	},
	{
		ID: "iua-size", Class: runbook.ClassContentTooLarge,
		When:   When{Any: []string{"i.ua/err/5"}},
		Refs:   []string{refIUAErrors},
		Hits:   []string{"550 mail.i.ua: Refused. See https://mail.i.ua/err/5/"},
		Misses: []string{"550 mail.i.ua: Refused. See https://mail.i.ua/err/4/"},
	},
	{
		ID: "iua-allow-list", Class: runbook.ClassRecipientRestricted,
		When:   When{Any: []string{"i.ua/err/10"}},
		Refs:   []string{refIUAErrors},
		Hits:   []string{"550 mail.i.ua: Refused. See https://mail.i.ua/err/10/"},
		Misses: []string{"550 mail.i.ua: Refused. See https://mail.i.ua/err/1/"},
	},
	{
		ID: "ukrnet-blocked", Class: runbook.ClassPolicyReputation,
		When:   When{Any: []string{"mail.ukr.net/terms"}, Vague: true},
		Refs:   []string{refUkrNetErrors},
		Hits:   []string{"550 5.7.1 Refused, see https://mail.ukr.net/terms_en.html"},
		Misses: []string{"550 5.7.1 Refused"},
	},
}
