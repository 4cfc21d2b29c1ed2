package diagnose

import (
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

const (
	refEximACL   = "https://www.exim.org/exim-html-current/doc/html/spec_html/ch-access_control_lists.html"
	refEximLogs  = "https://www.exim.org/exim-html-current/doc/html/spec_html/ch-log_files.html"
	refOpenSMTPD = "https://man.openbsd.org/smtpd"
)

// logRules are words that stand in the logs of mail servers and in no reply: a
// log says more than the other side is told.
var logRules = []Rule{
	{
		ID: "exim-log-reverse-name", Class: runbook.ClassPolicyRDNS,
		When:   When{Any: []string{"failed to find host name from ip address"}},
		Refs:   []string{refEximACL},
		Hits:   []string{"550 host lookup failed (failed to find host name from IP address)"},
		Misses: []string{"host lookup failed"},
	},
	{
		ID: "exim-log-header-syntax", Class: runbook.ClassContentMalformed, Stage: smtp.StageEOD,
		When: When{Any: []string{
			"failing address in * header is", "missing or malformed local part: failing address in", "domain missing or malformed: failing address in",
		}},
		Refs: []string{refEximACL},
		Hits: []string{
			`550 domain missing or malformed: failing address in "Cc:" header is: unbalanced <broken@>`,
			`550 missing or malformed local part: failing address in "Cc:" header is: unbalanced <>`,
			`550 malformed address: failing address in "From:" header is: a b@example.com`,
		},
		Misses: []string{"550 malformed address: a b@example.com"},
	},
	{
		ID: "exim-log-auth-failed", Class: runbook.ClassAuthSMTPFailed, Stage: smtp.StageAuth,
		When:   When{Any: []string{"authentication attempt(s) failed"}},
		Refs:   []string{refEximLogs},
		Hits:   []string{"authentication required but authentication attempt(s) failed"},
		Misses: []string{"authentication required"},
	},
	{
		ID: "exim-log-load", Class: runbook.ClassBackendUnavailable, Stage: smtp.StageBanner,
		When:   When{Any: []string{"load average ="}},
		Refs:   []string{refEximLogs},
		Hits:   []string{"421 load average = 12.35"},
		Misses: []string{"554 the load average of cargo is too high"},
	},
	{
		ID: "exim-log-host-reject", Class: runbook.ClassPolicyLocal, Stage: smtp.StageBanner,
		When:   When{Any: []string{"host_reject_connection"}},
		Refs:   []string{refEximLogs},
		Hits:   []string{"554 host_reject_connection"},
		Misses: []string{"connection rejected"},
	},
	{
		ID: "exim-log-protocol-errors", Class: runbook.ClassPolicyAbuse,
		When:   When{Any: []string{"too many syntax or protocol errors", "too many nonmail commands"}},
		Refs:   []string{refEximLogs},
		Hits:   []string{"550 too many nonmail commands (last was \"RSET\")", "550 Too many syntax or protocol errors"},
		Misses: []string{"550 syntax or protocol error"},
	},
	{
		ID: "postscreen-log-come-back", Class: runbook.ClassPolicyGreylist, Stage: smtp.StageRcpt,
		When:   When{Provider: []string{"postscreen"}, Any: []string{"service currently unavailable"}},
		Refs:   []string{"https://www.postfix.org/POSTSCREEN_README.html#after_220"},
		Hits:   []string{"{generator=postscreen} 450 4.3.2 Service currently unavailable"},
		Misses: []string{"450 4.3.2 Service currently unavailable"},
	},
	{
		ID: "postfix-log-mailbox-limit", Class: runbook.ClassRecipientFull,
		When:   When{Any: []string{"error writing message: file too large"}},
		Refs:   []string{"https://www.postfix.org/postconf.5.html#mailbox_size_limit"},
		Hits:   []string{"cannot update mailbox /var/mail/u for user u. error writing message: File too large"},
		Misses: []string{"552 5.3.4 file too large"},
	},
	{
		ID: "opensmtpd-log-mx-lookup", Class: runbook.ClassDNSFailure,
		When:   When{Any: []string{"temporary failure in mx lookup"}},
		Refs:   []string{refOpenSMTPD},
		Hits:   []string{"Temporary failure in MX lookup"},
		Misses: []string{"No MX found for domain"},
	},
	{
		ID: "opensmtpd-log-route", Class: runbook.ClassNetworkUnreachable,
		When:   When{Any: []string{"no valid route to destination mx", "no valid route to remote mx"}},
		Refs:   []string{refOpenSMTPD},
		Hits:   []string{"No valid route to remote MX"},
		Misses: []string{"No MX found for domain"},
	},
}
