package diagnose

import (
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

const (
	refQQHelp       = "https://service.mail.qq.com/detail/122"
	refNetEaseHelp  = "http://mail.163.com/help/help_spam_16.htm"
	refAliyunHelp   = "https://help.aliyun.com/"
	refCoremailHelp = "https://www.coremail.cn/"
)

// chineseProviderRules are the replies of Tencent (QQ), NetEase (163, 126), Aliyun and
// other Chinese providers. NetEase gives a code of two words, DT:SPM, at the
// start of the line; QQ links a numbered help page at its end.
var chineseProviderRules = []Rule{
	{
		ID: "qq-recipient-rate", Class: runbook.ClassPolicyRateLimit,
		When: When{Any: []string{"detail/122/166", "mailbox unavailable or access denied"}},
		Refs: []string{refQQHelp},
		Hits: []string{
			"550 Refused. https://service.mail.qq.com/detail/122/166",
			"550 Mailbox unavailable or access denied [MXAAg1234]. See the help pages",
		},
		Misses: []string{"550 Mailbox not found. https://service.mail.qq.com/detail/122/169"},
	},
	{
		ID: "qq-syntax", Class: runbook.ClassRecipientSyntax,
		When: When{Any: []string{"bad address syntax", "detail/122/167"}},
		Refs: []string{refQQHelp},
		Hits: []string{
			"501 Bad address syntax. See the help pages",
			"501 Refused. https://service.mail.qq.com/detail/122/167",
		},
		Misses: []string{"550 Refused. https://service.mail.qq.com/detail/122/168"},
	},
	{
		ID: "qq-size", Class: runbook.ClassContentTooLarge,
		When:   When{Any: []string{"detail/122/168"}},
		Refs:   []string{refQQHelp},
		Hits:   []string{"552 Message too large. https://service.mail.qq.com/detail/122/168"},
		Misses: []string{"501 Refused. https://service.mail.qq.com/detail/122/167"},
	},
	{
		ID: "qq-not-found", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When: When{Any: []string{"detail/122/169", "no=1000728"}},
		Refs: []string{refQQHelp},
		Hits: []string{
			"550 Mailbox not found. https://service.mail.qq.com/detail/122/169",
			"550 Refused. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000728",
		},
		Misses: []string{"550 Refused. https://service.mail.qq.com/detail/122/170"},
	},
	{
		ID: "qq-connection-denied", Class: runbook.ClassPolicyReputation,
		When: When{Provider: []string{"qq"}, Any: []string{"connection denied", "detail/122/170"}},
		Refs: []string{refQQHelp},
		Hits: []string{
			"{provider=qq} 550 Connection denied. https://service.mail.qq.com/detail/122/1",
			"{provider=qq} 550 Refused. https://service.mail.qq.com/detail/122/170",
		},
		Misses: []string{"{provider=qq} 550 Connection frequency limited"},
	},
	{
		ID: "qq-content", Class: runbook.ClassContentSpam, Stage: smtp.StageEOD,
		When: When{
			Any: []string{
				"mail content denied", "spam is embedded in the email", "detail/122/171", "detail/122/59", "no=1000726",
			},
		},
		Refs: []string{refQQHelp},
		Hits: []string{
			"550 Mail content denied. See the help pages",
			"550 Spam is embedded in the email",
			"550 Refused. https://service.mail.qq.com/detail/122/171",
			"550 Refused. https://service.mail.qq.com/detail/122/59",
			"550 Refused. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000726",
		},
		Misses: []string{"550 Refused. https://service.mail.qq.com/detail/122/170"},
	},
	{
		ID: "qq-frequency", Class: runbook.ClassPolicyRateLimit,
		When: When{Any: []string{"frequency limited", "detail/122/172", "detail/122/173", "detail/122/174", "detail/122/175"}},
		Refs: []string{refQQHelp},
		Hits: []string{
			"550 Ip frequency limited [MXAAg1234]. See the help pages",
			"550 Domain frequency limited [MXAAg1234]. See the help pages",
			"550 Sender frequency limited [MXAAg1234]. See the help pages",
			"450 Recipient frequency limited",
			"550 Refused. https://service.mail.qq.com/detail/122/172",
			"550 Refused. https://service.mail.qq.com/detail/122/173",
			"550 Refused. https://service.mail.qq.com/detail/122/174",
			"550 Refused. https://service.mail.qq.com/detail/122/175",
		},
		Misses: []string{"550 Refused. https://service.mail.qq.com/detail/122/171"},
	},
	{
		ID: "qq-frequency-any", Class: runbook.ClassPolicyRateLimit,
		When:   When{Provider: []string{"qq"}, Any: []string{"frequency limited"}},
		Refs:   []string{refQQHelp},
		Hits:   []string{"{provider=qq} 550 Connection frequency limited [MXAAg1234]. See the help pages"},
		Misses: []string{"{provider=qq} 550 Connection denied"},
	},
	{
		ID: "qq-bounce-attack", Class: runbook.ClassPolicyReputation,
		When: When{Any: []string{"suspected bounce attacks", "detail/122/57"}},
		Refs: []string{refQQHelp},
		Hits: []string{
			"550 Suspected bounce attacks [MXAAg1234]. See the help pages",
			"550 Refused. https://service.mail.qq.com/detail/122/57",
		},
		Misses: []string{"550 Suspected spam. https://service.mail.qq.com/detail/122/71"},
	},
	{
		ID: "qq-spam-ip", Class: runbook.ClassPolicyReputation,
		When: When{Any: []string{"suspected spam ip", "detail/122/66"}},
		Refs: []string{refQQHelp},
		Hits: []string{
			"550 Suspected spam ip [MXAAg1234]. See the help pages",
			"550 Refused. https://service.mail.qq.com/detail/122/66",
		},
		Misses: []string{"550 Suspected spam. https://service.mail.qq.com/detail/122/71"},
	},
	{
		ID: "qq-spam", Class: runbook.ClassContentSpam, Stage: smtp.StageEOD,
		When: When{
			Provider: []string{"qq"},
			Any:      []string{"suspected spam", "detail/122/71"},
			None:     []string{"suspected spam ip", "suspected spam sender"},
		},
		Refs: []string{refQQHelp},
		Hits: []string{
			"{provider=qq} 550 Suspected spam. See the help pages",
			"{provider=qq} 550 Refused. https://service.mail.qq.com/detail/122/71",
		},
		Misses: []string{"{provider=qq} 550 Suspected spam ip"},
	},
	{
		ID: "qq-spam-sender", Class: runbook.ClassPolicyReputation,
		When:   When{Any: []string{"suspected spam sender"}},
		Refs:   []string{refQQHelp},
		Hits:   []string{"550 Suspected spam sender."},
		Misses: []string{"550 Suspected spam ip"},
	},
	{
		ID: "qq-spf", Class: runbook.ClassAuthSPF,
		When: When{Provider: []string{"qq"}, Any: []string{"detail/122/72", "spf check failed"}},
		Refs: []string{refQQHelp},
		Hits: []string{
			"{provider=qq} 550 SPF check failed. See the help pages",
			"{provider=qq} 550 Refused. https://service.mail.qq.com/detail/122/72",
		},
		Misses: []string{"{provider=qq} 550 DMARC check failed"},
	},
	{
		ID: "qq-dmarc", Class: runbook.ClassAuthDMARC, Stage: smtp.StageEOD,
		When:   When{Any: []string{"dmarc check failed"}},
		Refs:   []string{refQQHelp},
		Hits:   []string{"550 DMARC check failed or no DMARC record"},
		Misses: []string{"550 SPF check failed. https://service.mail.qq.com/detail/122/72"},
	},
	{
		ID: "qq-recipient-rejects", Class: runbook.ClassRecipientRestricted,
		When: When{Any: []string{"mail is rejected by recipients", "detail/122/92"}},
		Refs: []string{refQQHelp},
		Hits: []string{
			"550 Mail is rejected by recipients [MXAAg1234]. See the help pages",
			"550 Refused. https://service.mail.qq.com/detail/122/92",
		},
		Misses: []string{"550 Mail content denied"},
	},
	{
		ID: "qq-deactivated", Class: runbook.ClassRecipientDisabled, Stage: smtp.StageRcpt,
		When:   When{Any: []string{"is a deactivated mailbox"}},
		Refs:   []string{refQQHelp},
		Hits:   []string{"550 The mailbox user@example.com is a deactivated mailbox"},
		Misses: []string{"550 Mailbox not found."},
	},
	{
		ID: "qq-sender-domain", Class: runbook.ClassSenderUnresolvable,
		When:   When{Any: []string{"domain may not exist. dns check failed"}},
		Refs:   []string{refQQHelp},
		Hits:   []string{"553 Domain may not exist. DNS check failed. See the help pages"},
		Misses: []string{"550 SPF check failed"},
	},
	{
		ID: "qq-authorized-user", Class: runbook.ClassSenderNotPermitted,
		When: When{Any: []string{"mail from must equal authorized user", "mail from address must be same as authorization user"}},
		Refs: []string{refQQHelp},
		Hits: []string{
			"553 Mail from must equal authorized user",
			"501 mail from address must be same as authorization user",
		},
		Misses: []string{"535 Login Fail. Please enter your authorization code to login."},
	},
	{
		ID: "qq-login", Class: runbook.ClassAuthSMTPFailed,
		When:   When{Any: []string{"please enter your authorization code to login"}},
		Refs:   []string{refQQHelp},
		Hits:   []string{"535 Login Fail. Please enter your authorization code to login."},
		Misses: []string{"553 Mail from must equal authorized user"},
	},
	{
		ID: "netease-reputation", Class: runbook.ClassPolicyReputation,
		When: When{Any: []string{"hl:rep", "hl:mep", "hl:ihu"}},
		Refs: []string{refNetEaseHelp},
		Hits: []string{
			"421 HL:REP 163 mx13,PMCowABHz1x 1443024613 http://mail.163.com/help/help_spam_16.htm?ip=192.0.2.7",
			"421 HL:MEP 163 mx13,PMCowABHz1x",
			"554 HL:IHU 163 mx13,PMCowABHz1x",
		},
		Misses: []string{"421 HL:ICC 163 mx13,PMCowABHz1x"},
	},
	{
		ID: "netease-connections", Class: runbook.ClassPolicyConnections, Stage: smtp.StageBanner,
		When: When{Any: []string{"hl:icc", "mi:dmc"}},
		Refs: []string{refNetEaseHelp},
		Hits: []string{
			"421 HL:ICC 163 mx13,PMCowABHz1x",
			"451 MI:DMC 163 mx13,PMCowABHz1x",
		},
		Misses: []string{"421 HL:IFC 163 mx13,PMCowABHz1x"},
	},
	{
		ID: "netease-volume", Class: runbook.ClassPolicyRateLimit,
		When: When{Any: []string{"hl:ifc", "hl:ifq", "mi:ccl", "rp:ccl", "rp:qrc", "mi:stc"}},
		Refs: []string{refNetEaseHelp},
		Hits: []string{
			"421 HL:IFC 163 mx13,PMCowABHz1x",
			"554 HL:IFQ 163 mx13,PMCowABHz1x",
			"450 MI:CCL 163 mx13,PMCowABHz1x",
			"450 RP:CCL 163 mx13,PMCowABHz1x",
			"451 RP:QRC 163 mx13,PMCowABHz1x",
			"554 MI:STC 163 mx13,PMCowABHz1x",
		},
		Misses: []string{"450 MI:CEL 163 mx13,PMCowABHz1x"},
	},
	{
		ID: "netease-bad-commands", Class: runbook.ClassProtocolSyntax,
		When: When{Any: []string{"mi:cel", "rp:cel"}},
		Refs: []string{refNetEaseHelp},
		Hits: []string{
			"450 MI:CEL 163 mx13,PMCowABHz1x",
			"450 RP:CEL 163 mx13,PMCowABHz1x",
		},
		Misses: []string{"450 RP:CCL 163 mx13,PMCowABHz1x"},
	},
	{
		ID: "netease-recipients", Class: runbook.ClassPolicyRecipients,
		When: When{Any: []string{"rp:drc", "rp:rcl", "too much recipient"}},
		Refs: []string{refNetEaseHelp},
		Hits: []string{
			"450 RP:DRC 163 mx13,PMCowABHz1x",
			"550 RP:RCL 163 mx13,PMCowABHz1x",
			"550 Requested mail action not taken: too much recipient",
		},
		Misses: []string{"550 RP:FRL 163 mx13,PMCowABHz1x"},
	},
	{
		ID: "netease-listed", Class: runbook.ClassPolicyBlocklist, Stage: smtp.StageBanner,
		When: When{Any: []string{"dt:rbl", "wm:bli", "hl:ipb"}},
		Refs: []string{refNetEaseHelp},
		Hits: []string{
			"450 DT:RBL 163 mx13,PMCowABHz1x",
			"450 WM:BLI 163 mx13,PMCowABHz1x",
			"554 HL:IPB 163 mx13,PMCowABHz1x",
		},
		Misses: []string{"450 WM:BLU 163 mx13,PMCowABHz1x"},
	},
	{
		ID: "netease-user-not-allowed", Class: runbook.ClassSenderNotPermitted,
		When: When{Any: []string{"wm:blu", "mi:spb"}},
		Refs: []string{refNetEaseHelp},
		Hits: []string{
			"450 WM:BLU 163 mx13,PMCowABHz1x",
			"554 MI:SPB 163 mx13,PMCowABHz1x",
		},
		Misses: []string{"450 WM:BLI 163 mx13,PMCowABHz1x"},
	},
	{
		ID: "netease-spam-later", Class: runbook.ClassPolicyGreylist,
		When:   When{Any: []string{"dt:spm"}, Codes: []string{"4yz"}},
		Refs:   []string{refNetEaseHelp},
		Hits:   []string{"451 DT:SPM 163 mx13,PMCowABHz1x, please try again"},
		Misses: []string{"554 DT:SPM 163 mx13,PMCowABHz1x"},
	},
	{
		ID: "netease-spam", Class: runbook.ClassContentSpam, Stage: smtp.StageEOD,
		When:   When{Any: []string{"dt:spm"}, Codes: []string{"5yz"}},
		Refs:   []string{refNetEaseHelp},
		Hits:   []string{"554 DT:SPM 163 mx13,PMCowABHz1x http://mail.163.com/help/help_spam_16.htm?ip=192.0.2.7"},
		Misses: []string{"451 DT:SPM 163 mx13,PMCowABHz1x, please try again"},
	},
	{
		ID: "netease-from-mismatch", Class: runbook.ClassContentPolicy, Stage: smtp.StageEOD,
		When:   When{Any: []string{"dt:sum"}},
		Refs:   []string{refNetEaseHelp},
		Hits:   []string{"554 DT:SUM 163 mx13,PMCowABHz1x"},
		Misses: []string{"554 DT:SPM 163 mx13,PMCowABHz1x"},
	},
	{
		ID: "netease-sender-quota", Class: runbook.ClassSenderLimit,
		When: When{Any: []string{"mi:sfq", "rp:trc"}},
		Refs: []string{refNetEaseHelp},
		Hits: []string{
			"451 MI:SFQ 163 smtp13,PMCowABHz1x",
			"550 RP:TRC 163 smtp13,PMCowABHz1x",
		},
		Misses: []string{"451 MI:DMC 163 mx13,PMCowABHz1x"},
	},
	{
		ID: "netease-spf", Class: runbook.ClassAuthSPF,
		When:   When{Any: []string{"mi:spf"}},
		Refs:   []string{refNetEaseHelp},
		Hits:   []string{"550 MI:SPF 163 mx13,PMCowABHz1x"},
		Misses: []string{"550 MI:DMA 163 mx13,PMCowABHz1x"},
	},
	{
		ID: "netease-dmarc", Class: runbook.ClassAuthDMARC, Stage: smtp.StageEOD,
		When:   When{Any: []string{"mi:dma"}},
		Refs:   []string{refNetEaseHelp},
		Hits:   []string{"550 MI:DMA 163 mx13,PMCowABHz1x"},
		Misses: []string{"550 MI:SPF 163 mx13,PMCowABHz1x"},
	},
	{
		ID: "netease-helo", Class: runbook.ClassPolicyHELO,
		When:   When{Any: []string{"mi:nhd"}},
		Refs:   []string{refNetEaseHelp},
		Hits:   []string{"550 MI:NHD 163 mx13,PMCowABHz1x"},
		Misses: []string{"550 MI:IMF 163 mx13,PMCowABHz1x"},
	},
	{
		ID: "netease-sender-syntax", Class: runbook.ClassSenderSyntax,
		When:   When{Any: []string{"mi:imf"}},
		Refs:   []string{refNetEaseHelp},
		Hits:   []string{"550 MI:IMF 163 mx13,PMCowABHz1x"},
		Misses: []string{"550 MI:NHD 163 mx13,PMCowABHz1x"},
	},
	{
		ID: "netease-no-relay", Class: runbook.ClassRoutingRelayDenied,
		When: When{Any: []string{"local user only", "no smtp mx only", "rp:frl"}},
		Refs: []string{refNetEaseHelp},
		Hits: []string{
			"553 Requested action not taken: Local user only, 163 smtp13",
			"553 Requested action not taken: no smtp MX only",
			"550 RP:FRL 163 mx13,PMCowABHz1x",
		},
		Misses: []string{"553 Requested action not taken: NULL sender is not allowed"},
	},
	{
		ID: "netease-null-sender", Class: runbook.ClassSenderRejected,
		When:   When{Any: []string{"null sender is not allowed"}},
		Refs:   []string{refNetEaseHelp},
		Hits:   []string{"553 Requested action not taken: NULL sender is not allowed"},
		Misses: []string{"553 Requested action not taken: Local user only"},
	},
	{
		ID: "netease-unknown", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When: When{Provider: []string{"netease", "coremail"}, Any: []string{"user not found", "invalid user"}},
		Refs: []string{refNetEaseHelp},
		Hits: []string{
			"{provider=netease} 550 User not found: user@example.com",
			"{provider=netease} 550 Invalid User: user@example.com",
		},
		Misses: []string{"{provider=netease} 550 User suspended: user@example.com"},
	},
	{
		ID: "netease-suspended", Class: runbook.ClassRecipientDisabled, Stage: smtp.StageRcpt,
		When: When{Any: []string{"user suspended", "user hangup"}},
		Refs: []string{refNetEaseHelp},
		Hits: []string{
			"550 User suspended",
			"550 User hangup",
		},
		Misses: []string{"550 User in blacklist"},
	},
	{
		ID: "netease-recipient-blocks", Class: runbook.ClassRecipientRestricted,
		When: When{Any: []string{"user in blacklist", "mail rejected by recipient"}},
		Refs: []string{refNetEaseHelp},
		Hits: []string{
			"550 User in blacklist",
			"550 mail rejected by recipient",
		},
		Misses: []string{"550 User suspended"},
	},
	{
		ID: "netease-attachment", Class: runbook.ClassContentAttachment, Stage: smtp.StageEOD,
		When:   When{Provider: []string{"netease"}, Any: []string{"illegal attachment"}},
		Refs:   []string{refNetEaseHelp},
		Hits:   []string{"{provider=netease} 552 Illegal Attachment"},
		Misses: []string{"552 Requested mail action aborted: exceeded mailsize limit"},
	},
	{
		ID: "netease-size", Class: runbook.ClassContentTooLarge,
		When:   When{Any: []string{"exceeded mailsize limit"}},
		Refs:   []string{refNetEaseHelp},
		Hits:   []string{"552 Requested mail action aborted: exceeded mailsize limit"},
		Misses: []string{"552 Illegal Attachment"},
	},
	{
		ID: "netease-auth-errors", Class: runbook.ClassAuthSMTPFailed,
		When: When{Any: []string{"too much fail authentication", "smtp auth error limit exceed"}},
		Refs: []string{refNetEaseHelp},
		Hits: []string{
			"451 Requested mail action not taken: too much fail authentication",
			"554 IP is rejected, smtp auth error limit exceed",
		},
		Misses: []string{"553 authentication is required"},
	},
	{
		ID: "aliyun-behaviour", Class: runbook.ClassPolicyReputation,
		When: When{Any: []string{"reject by behaviour spam", "reject by behavior spam"}},
		Refs: []string{refAliyunHelp},
		Hits: []string{
			"554 Reject by behaviour spam at Rcpt State(Connection IP address:192.0.2.7)ANTISPAM_BAT[01201311R876c]: spf check failed",
			"554 Reject by behavior spam at Helo State(Connection IP address:192.0.2.7)",
		},
		Misses: []string{"554 Reject by content spam at Data State"},
	},
	{
		ID: "aliyun-content", Class: runbook.ClassContentSpam, Stage: smtp.StageEOD,
		When:   When{Any: []string{"reject by content spam"}},
		Refs:   []string{refAliyunHelp},
		Hits:   []string{"554 Reject by content spam at Data State(Connection IP address:192.0.2.7)ANTISPAM_BAT[01201311R876c]"},
		Misses: []string{"554 Reject by behaviour spam at Rcpt State"},
	},
	{
		ID: "aliyun-unknown", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When: When{Any: []string{"invalid rcptto", "dosn't exist"}},
		Refs: []string{refAliyunHelp},
		Hits: []string{
			"553 Invalid rcptto [@sm010101]",
			"554 user@example.com dosn't exist",
			"554 RCPT (user@example.com) dosn't exist",
		},
		Misses: []string{"553 invalid mailfrom"},
	},
	{
		ID: "coremail-locked", Class: runbook.ClassRecipientDisabled, Stage: smtp.StageRcpt,
		When: When{Any: []string{"user locked", "user is locked", "mailbox frozen"}, None: []string{"temporarily locked"}},
		Refs: []string{refCoremailHelp},
		Hits: []string{
			"550 User locked: user@example.com",
			"550 5.2.1 user is locked",
			"550 mailbox frozen",
		},
		Misses: []string{"550 file locked"},
	},
}
