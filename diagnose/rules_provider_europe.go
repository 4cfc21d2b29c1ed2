package diagnose

import (
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

const (
	refBizsmtp    = "https://csi.cloudmark.com/"
	refSeznamHelp = "https://napoveda.seznam.cz/"
	refLiberoHelp = "https://aiuto.libero.it/"
	refKPNHelp    = "https://www.kpn.com/service"
	refWPHelp     = "https://pomoc.wp.pl/"
)

// europeanProviderRules are the replies of other European providers.
var europeanProviderRules = []Rule{
	{
		ID: "cloudmark-csi", Class: runbook.ClassPolicyBlocklist,
		When: When{
			Any: []string{
				"csi.cloudmark.com/reset-request", "csi.cloudmark.com", "cloudmark sender intelligence",
				"blacklisted by csi",
			},
		},
		Refs: []string{refBizsmtp},
		Hits: []string{
			"554 mx.example.net bizsmtp Connection refused. Please visit http://csi.cloudmark.com/reset-request/?ip=192.0.2.7 to request a delisting.",
			"550 5.7.1 See http://csi.cloudmark.com/ for details",
			"554 bizsmtp Connection refused. 192.0.2.7 has a poor reputation on Cloudmark Sender Intelligence (CSI).",
			"550 smtp-29.example.net IP blacklisted by CSI.",
		},
		Misses: []string{"550 5.2.0 Message rejected, see https://www.cloudmark.com/"},
	},
	{
		ID: "bizsmtp-not-allowed", Class: runbook.ClassPolicyReputation, Stage: smtp.StageBanner,
		When: When{
			Any: []string{"bizsmtp ip: * you are not allowed to send mail", "you are not allowed to send mail. please see"},
		},
		Refs: []string{refBizsmtp},
		Hits: []string{
			"554 mx.example.net bizsmtp IP: 192.0.2.7, You are not allowed to send mail.",
			"554 192.0.2.7 You are not allowed to send mail. Please see the postmaster page",
		},
		Misses: []string{"554 mx.example.net bizsmtp Temporarily rejected."},
	},
	{
		ID: "seznam-rejected", Class: runbook.ClassPolicyLocal,
		When:   When{Any: []string{"napoveda.seznam.cz"}, Vague: true},
		Refs:   []string{refSeznamHelp},
		Hits:   []string{"554 5.7.1 Email refused. See https://napoveda.seznam.cz/cz/email/"},
		Misses: []string{"554 5.7.1 Email refused."},
	},
	{
		ID: "libero-rbl", Class: runbook.ClassPolicyBlocklist,
		When:   When{Any: []string{"rbl rejection"}},
		Refs:   []string{refLiberoHelp},
		Hits:   []string{"550 RBL rejection: 192.0.2.7"},
		Misses: []string{"550 spam rejection"},
	},
	{
		ID: "tin-quota", Class: runbook.ClassRecipientFull, Stage: smtp.StageRcpt,
		When:   When{Any: []string{"mailbox disk quota exceeded"}},
		Refs:   []string{refLiberoHelp},
		Hits:   []string{"552 RCPT TO:<user@example.com> Mailbox disk quota exceeded"},
		Misses: []string{"550 RCPT TO:<user@example.com> User unknown"},
	},
	{
		ID: "wp-blocked", Class: runbook.ClassPolicyReputation,
		When: When{Any: []string{"poczta.wp.pl/info", "pomoc.wp.pl"}, Vague: true},
		Refs: []string{refWPHelp},
		Hits: []string{
			"554 5.7.1 Refused: see http://poczta.wp.pl/info",
			"554 5.7.1 Refused: see https://pomoc.wp.pl/",
		},
		Misses: []string{"554 5.7.1 Refused"},
	},
	{
		ID: "xs4all-spam-source", Class: runbook.ClassPolicyBlocklist,
		When: When{Any: []string{"spamvrij.xs4all.nl", "see http://xs4all.nl/spam"}},
		Refs: []string{refKPNHelp},
		Hits: []string{
			"554 5.7.1 Client host blocked, see http://spamvrij.xs4all.nl/",
			"554 5.7.1 blocked, see http://xs4all.nl/spam",
		},
		Misses: []string{"554 5.7.1 blocked, see the help pages"},
	},
}
