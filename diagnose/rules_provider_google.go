package diagnose

import (
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

const (
	refGoogleErrors  = "https://support.google.com/a/answer/3726730"
	refGoogleReplies = "https://support.google.com/a/answer/3221692"
	refGoogleRelay   = "https://support.google.com/a/answer/6140680"
	refGoogleGroups  = "https://support.google.com/a/answer/168383"
)

// googleRules are the replies of Gmail and Google Workspace, and the reasons in
// their own bounces. The ?p= keyword of the link in a reply is the surest sign:
// Google rewords its texts, the keyword stays.
var googleRules = []Rule{
	{
		ID: "google-gateway-allowlist", Class: runbook.ClassPolicyLocal,
		When: When{Any: []string{"ip not in whitelist for rcpt domain", "ip not in allowlist for rcpt domain"}},
		Refs: []string{refGoogleReplies},
		Hits: []string{
			"421 4.7.0 IP not in whitelist for RCPT domain, closing connection. 41si1234567abc.12 - gsmtp",
			"421 4.7.0 IP not in allowlist for RCPT domain, closing connection. 41si1234567abc.12 - gsmtp",
		},
		Misses: []string{"421 4.7.0 TLS required for RCPT domain, closing connection. 41si1234567abc.12 - gsmtp"},
	},
	{
		ID: "google-shed-connection", Class: runbook.ClassPolicyRateLimit,
		When:   When{Provider: []string{"google"}, Any: []string{"try again later, closing connection"}},
		Refs:   []string{refGoogleReplies},
		Hits:   []string{"421 4.7.0 Try again later, closing connection. (EHLO) c13si456789wmk.77 - gsmtp"},
		Misses: []string{"421 4.7.0 Connection expired, try reconnecting. c13si456789wmk.77 - gsmtp"},
	},
	{
		ID: "google-connection-expired", Class: runbook.ClassNetworkTimeout,
		When:   When{Any: []string{"connection expired, try reconnecting"}},
		Refs:   []string{refGoogleReplies},
		Hits:   []string{"421 4.7.0 Connection expired, try reconnecting. c13si456789wmk.77 - gsmtp"},
		Misses: []string{"421 4.7.0 Try again later, closing connection. (EHLO) c13si456789wmk.77 - gsmtp"},
	},
	{
		ID: "google-tls-rcpt-domain", Class: runbook.ClassTLSRequired,
		When:   When{Any: []string{"tls required for rcpt domain"}},
		Refs:   []string{refGoogleReplies},
		Hits:   []string{"421 4.7.0 TLS required for RCPT domain, closing connection. 41si1234567abc.12 - gsmtp"},
		Misses: []string{"421 4.7.0 IP not in whitelist for RCPT domain, closing connection. 41si1234567abc.12 - gsmtp"},
	},
	{
		ID: "google-low-reputation", Class: runbook.ClassPolicyReputation, Stage: smtp.StageEOD,
		When: When{Any: []string{"low reputation of the sending domain", "low reputation of the sending ip"}},
		Refs: []string{refGoogleErrors},
		Hits: []string{
			"550-5.7.1 [192.0.2.7 19] Our system has detected that this message is likely suspicious due to the very low reputation of the sending IP address. To best protect our users from spam, the message has been blocked. 5si123456pfk.8 - gsmtp",
			"421-4.7.0 [192.0.2.7 19] Our system has detected that this message is likely suspicious due to the very low reputation of the sending domain. 5si123456pfk.8 - gsmtp",
			"550-5.7.1 [192.0.2.7] Gmail has detected that this message is likely suspicious due to the low reputation of the sending domain. - gsmtp",
			"550-5.7.1 [192.0.2.7] Gmail has detected that this message is likely suspicious due to the low reputation of the sending IP. - gsmtp",
		},
		Misses: []string{"550-5.7.1 [192.0.2.7 18] Our system has detected that this message is likely suspicious due to the nature of the content and/or the links within. - gsmtp"},
	},
	{
		ID: "google-suspicious-content", Class: runbook.ClassContentSpam, Stage: smtp.StageEOD,
		When: When{
			Any: []string{
				"likely suspicious due to the nature of the content", "due to the nature of the content and or the links",
				"nature of the content and/or the links",
			},
		},
		Refs:   []string{refGoogleErrors},
		Hits:   []string{"550-5.7.1 [192.0.2.7 18] Our system has detected that this message is likely suspicious due to the nature of the content and/or the links within. To best protect our users from spam, the message has been blocked. - gsmtp"},
		Misses: []string{"421-4.7.0 [192.0.2.7 19] Our system has detected that this message is likely suspicious due to the very low reputation of the sending domain. - gsmtp"},
	},
	{
		ID: "google-temporary-system-problem", Class: runbook.ClassBackendLocalError,
		When: When{Any: []string{"temporary system problem. try again later", "temporary system problem, please try again later"}},
		Refs: []string{refGoogleReplies},
		Hits: []string{
			"421 4.3.0 Temporary System Problem. Try again later (10).",
			"451 4.3.0 Temporary system problem, please try again later.",
		},
		Misses: []string{"454 4.7.0 Cannot authenticate due to temporary system problem. Try again later. - gsmtp"},
	},
	{
		ID: "google-system-problem", Class: runbook.ClassBackendLocalError,
		When:   When{Provider: []string{"google"}, Any: []string{"temporary system problem"}, None: []string{"authenticate"}},
		Refs:   []string{refGoogleReplies},
		Hits:   []string{"421 4.7.0 Temporary System Problem. u12si345678qkp.9 - gsmtp"},
		Misses: []string{"454 4.7.0 Cannot authenticate due to temporary system problem. 7sm123456wmi.42 - gsmtp"},
	},
	{
		ID: "google-cannot-authenticate-now", Class: runbook.ClassAuthSMTPFailed,
		When:       When{Any: []string{"cannot authenticate due to temporary system problem"}},
		Permanence: runbook.Temporary,
		Refs:       []string{refGoogleReplies},
		Hits:       []string{"454 4.7.0 Cannot authenticate due to temporary system problem. Try again later. 7sm123456wmi.42 - gsmtp"},
		Misses:     []string{"421 4.3.0 Temporary System Problem. Try again later (10). 7sm123456wmi.42 - gsmtp"},
	},
	{
		ID: "google-server-busy", Class: runbook.ClassBackendUnavailable,
		When:   When{Any: []string{"server busy, try again later"}, Codes: []string{"4.4.5"}},
		Refs:   []string{refGoogleReplies},
		Hits:   []string{"421 4.4.5 Server busy, try again later. k3si987654ilm.55 - gsmtp"},
		Misses: []string{"451 4.7.500 Server busy. Please try again later from [192.0.2.7]. (AS77712345) [mx.prod.outlook.com]"},
	},
	{
		ID: "google-ptr", Class: runbook.ClassPolicyRDNS, Stage: smtp.StageEOD,
		When: When{
			Any: []string{
				"does not have a ptr record setup", "does not have a ptr record set up", "the ptr record is missing",
				"as a policy, gmail does not accept messages from ips with missing ptr records",
				"sending ip does not have a ptr record",
			},
		},
		Refs: []string{refGoogleErrors},
		Hits: []string{
			"550-5.7.25 [192.0.2.7] The IP address sending this message does not have a PTR record setup, or the corresponding forward DNS entry does not match the sending IP. - gsmtp",
			"421-4.7.23 [192.0.2.7] The IP address sending this message does not have a PTR record set up. - gsmtp",
			"550 5.7.25 As a policy, Gmail does not accept messages from IPs with missing PTR records. - gsmtp",
			"550-5.7.25 [192.0.2.7] The sending IP does not have a PTR record. - gsmtp",
		},
		Misses: []string{"550-5.7.26 [192.0.2.7] This mail is unauthenticated, which poses a security risk to the sender and Gmail users. - gsmtp"},
	},
	{
		ID: "google-code-ptr", Class: runbook.ClassPolicyRDNS, Stage: smtp.StageEOD,
		When:   When{Provider: []string{"google"}, Codes: []string{"4.7.23", "5.7.25", "4.7.25"}},
		Refs:   []string{refGoogleErrors},
		Hits:   []string{"421 4.7.23 [192.0.2.7] Deferred. 4si123456pgb.1 - gsmtp"},
		Misses: []string{"421 4.7.24 [192.0.2.7] Deferred. 4si123456pgb.1 - gsmtp"},
	},
	{
		ID: "google-ipv6-auth", Class: runbook.ClassPolicyRDNS, Stage: smtp.StageEOD,
		When: When{Any: []string{"ipv6 sending guidelines regarding ptr records", "p=ipv6autherror"}},
		Refs: []string{refGoogleErrors},
		Hits: []string{
			"550-5.7.1 [2001:db8::25 19] Our system has detected that this message does not meet IPv6 sending guidelines regarding PTR records and authentication. - gsmtp",
			"550 5.7.1 Please review https://support.google.com/mail/?p=IPv6AuthError for more information. - gsmtp",
		},
		Misses: []string{"550 5.7.1 Please review https://support.google.com/mail/?p=NotAuthorizedError for more information. - gsmtp"},
	},
	{
		ID: "google-unauthenticated", Class: runbook.ClassAuthUnauthenticated, Stage: smtp.StageEOD,
		When: When{
			Any: []string{
				"gmail requires all senders to authenticate with either spf or dkim",
				"the sender must authenticate with at least one of spf or dkim",
				"this mail is unauthenticated, which poses a security risk",
				"does not have authentication information or fails to pass authentication checks",
				"does not have authentication information or fails to * pass authentication checks",
				"your email has been blocked because the sender is unauthenticated", "p=unauthenticatedsender",
				"unauthenticated email is not accepted from this domain",
			},
			None: []string{"dmarc policy", "hard fail policy", "suspicious entries"},
		},
		Refs: []string{refGoogleErrors},
		Hits: []string{
			"550-5.7.26 Your email has been blocked because the sender is unauthenticated. Gmail requires all senders to authenticate with either SPF or DKIM. - gsmtp",
			"550-5.7.26 This mail is unauthenticated, which poses a security risk to the sender and Gmail users, and has been blocked. The sender must authenticate with at least one of SPF or DKIM. - gsmtp",
			"421-4.7.0 [192.0.2.7 15] This message does not have authentication information or fails to pass authentication checks (SPF or DKIM). - gsmtp",
			"421-4.7.0 This message does not have authentication information or fails to 421-4.7.0 pass authentication checks (SPF or DKIM). - gsmtp",
			"550 5.7.26 For more information, go to https://support.google.com/mail/?p=UnauthenticatedSender - gsmtp",
			"550 5.7.1 Unauthenticated email is not accepted from this domain. p7si1234pgq.3 - gsmtp",
		},
		Misses: []string{"550-5.7.26 Unauthenticated email from example.com is not accepted due to domain's DMARC policy. - gsmtp"},
	},
	{
		ID: "google-spf-hard-fail", Class: runbook.ClassAuthSPF, Stage: smtp.StageEOD,
		When:   When{Any: []string{"has an spf record with a hard fail policy"}},
		Refs:   []string{refGoogleErrors},
		Hits:   []string{"550-5.7.26 The MAIL FROM domain [example.com] has an SPF record with a hard fail policy (-all) but it fails to pass SPF checks with the ip: [192.0.2.7]. - gsmtp"},
		Misses: []string{"550-5.7.26 The sender must authenticate with at least one of SPF or DKIM. - gsmtp"},
	},
	{
		ID: "google-spf-suspicious", Class: runbook.ClassAuthSPF, Stage: smtp.StageEOD,
		When: When{
			Any: []string{
				"spf record * suspicious entries", "spf record of the sending domain has one or more suspicious entries",
			},
		},
		Refs: []string{refGoogleErrors},
		Hits: []string{
			"451-4.7.24 The SPF record of the sending domain has one or more suspicious entries. - gsmtp",
			"550 5.7.24 The SPF record of example.com holds suspicious entries. - gsmtp",
		},
		Misses: []string{"550-5.7.1 Message rejected for suspicious entries in the list of links. - gsmtp"},
	},
	{
		ID: "google-dmarc", Class: runbook.ClassAuthDMARC, Stage: smtp.StageEOD,
		When: When{
			Any: []string{
				"is not accepted due to domain's dmarc policy", "p=dmarcrejection",
				"domain's dmarc policy, but temporary dns failures", "protected by its domain's dmarc policy",
				"unauthenticated email from * is not accepted due to * dmarc policy",
			},
		},
		Refs: []string{refGoogleErrors},
		Hits: []string{
			"550-5.7.26 Unauthenticated email from example.com is not accepted due to domain's DMARC policy. Please contact the administrator of example.com domain. - gsmtp",
			"550 5.7.1 To learn about the DMARC initiative, go to https://support.google.com/mail/?p=DmarcRejection v2si123qke.7 - gsmtp",
			"451-4.7.26 Unauthenticated email from example.com can't be verified as the sending domain's DMARC policy, but temporary DNS failures prevent authentication. - gsmtp",
			"451 4.7.26 This mail is protected by its domain's DMARC policy, try again later. - gsmtp",
			"550-5.7.26 Unauthenticated email from example.com is not accepted due to 550-5.7.26 domain's DMARC policy. - gsmtp",
		},
		Misses: []string{"550-5.7.26 This mail is unauthenticated, which poses a security risk to the sender and Gmail users. - gsmtp"},
	},
	{
		ID: "google-bulk-spf", Class: runbook.ClassAuthSPF, Stage: smtp.StageEOD,
		When: When{
			Any: []string{
				"because spf authentication didn't pass",
				"requires all bulk email senders to authenticate their email with spf",
				"spf authentication didn't pass for this message",
			},
		},
		Refs: []string{refGoogleErrors},
		Hits: []string{
			"421-4.7.27 Your email has been rate limited because SPF authentication didn't pass for this message. - gsmtp",
			"550-5.7.27 Gmail requires all bulk email senders to authenticate their email with SPF. - gsmtp",
		},
		Misses: []string{"421-4.7.30 Your email has been rate limited because DKIM authentication didn't pass for this message. - gsmtp"},
	},
	{
		ID: "google-code-bulk-spf", Class: runbook.ClassAuthSPF, Stage: smtp.StageEOD,
		When:   When{Provider: []string{"google"}, Codes: []string{"X.7.27"}},
		Refs:   []string{refGoogleErrors},
		Hits:   []string{"550 5.7.27 [192.0.2.7] Message blocked. 4si123456pgb.1 - gsmtp"},
		Misses: []string{"550 5.7.28 [192.0.2.7] Message blocked. 4si123456pgb.1 - gsmtp"},
	},
	{
		ID: "google-bulk-dkim", Class: runbook.ClassAuthDKIM, Stage: smtp.StageEOD,
		When: When{
			Any: []string{
				"because dkim authentication didn't pass",
				"requires all bulk email senders to authenticate their email with dkim",
				"dkim authentication didn't pass for this message",
			},
		},
		Refs: []string{refGoogleErrors},
		Hits: []string{
			"421-4.7.30 Your email has been rate limited because DKIM authentication didn't pass for this message. - gsmtp",
			"550-5.7.30 Gmail requires all bulk email senders to authenticate their email with DKIM. - gsmtp",
		},
		Misses: []string{"421-4.7.27 Your email has been rate limited because SPF authentication didn't pass for this message. - gsmtp"},
	},
	{
		ID: "google-code-bulk-dkim", Class: runbook.ClassAuthDKIM, Stage: smtp.StageEOD,
		When:   When{Provider: []string{"google"}, Codes: []string{"X.7.30"}},
		Refs:   []string{refGoogleErrors},
		Hits:   []string{"550 5.7.30 [192.0.2.7] Message blocked. 4si123456pgb.1 - gsmtp"},
		Misses: []string{"550 5.7.29 [192.0.2.7] Message blocked. 4si123456pgb.1 - gsmtp"},
	},
	{
		ID: "google-bulk-tls", Class: runbook.ClassTLSRequired,
		When: When{
			Any: []string{
				"because this message wasn't sent over a tls connection",
				"requires all bulk email senders to use tls/ssl for smtp connections",
			},
		},
		Refs: []string{refGoogleErrors},
		Hits: []string{
			"421-4.7.29 Your email has been rate limited because this message wasn't sent over a TLS connection. - gsmtp",
			"550-5.7.29 Gmail requires all bulk email senders to use TLS/SSL for SMTP connections. - gsmtp",
		},
		Misses: []string{"421 4.4.2 Timeout - closing connection. b4sm123wrs.9 - gsmtp"},
	},
	{
		ID: "google-code-bulk-tls", Class: runbook.ClassTLSRequired,
		When:   When{Provider: []string{"google"}, Codes: []string{"X.7.29"}},
		Refs:   []string{refGoogleErrors},
		Hits:   []string{"550 5.7.29 [192.0.2.7] Message blocked. 4si123456pgb.1 - gsmtp"},
		Misses: []string{"550 5.7.30 [192.0.2.7] Message blocked. 4si123456pgb.1 - gsmtp"},
	},
	{
		ID: "google-bulk-alignment", Class: runbook.ClassAuthDMARC, Stage: smtp.StageEOD,
		When: When{
			Any: []string{
				"from: header (rfc5322) in this message isn't aligned",
				"isn't aligned with either the authenticated spf or dkim", "there is no dmarc alignment",
			},
		},
		Refs: []string{refGoogleErrors},
		Hits: []string{
			"421-4.7.32 Your email has been rate limited because the From: header (RFC5322) in this message isn't aligned with either the authenticated SPF or DKIM organizational domain. - gsmtp",
			"550-5.7.32 The From: address isn't aligned with either the authenticated SPF or DKIM domain. - gsmtp",
			"421-4.7.32 This mail has been rate limited because there is no DMARC alignment. - gsmtp",
		},
		Misses: []string{"421-4.7.30 Your email has been rate limited because DKIM authentication didn't pass for this message. - gsmtp"},
	},
	{
		ID: "google-bulk-no-dmarc", Class: runbook.ClassAuthDMARC, Stage: smtp.StageEOD,
		When: When{
			Any: []string{
				"doesn't have a dmarc record or the dmarc record doesn't specify",
				"the sending domain doesn't have a dmarc record",
			},
		},
		Refs:   []string{refGoogleErrors},
		Hits:   []string{"550-5.7.40 Your email has been blocked because the sending domain doesn't have a DMARC record or the DMARC record doesn't specify a DMARC policy. - gsmtp"},
		Misses: []string{"550-5.7.25 The sending IP doesn't have a PTR record. - gsmtp"},
	},
	{
		ID: "google-code-bulk-dmarc", Class: runbook.ClassAuthDMARC, Stage: smtp.StageEOD,
		When:   When{Provider: []string{"google"}, Codes: []string{"X.7.31", "X.7.32", "X.7.40"}},
		Refs:   []string{refGoogleErrors},
		Hits:   []string{"550 5.7.32 [192.0.2.7] Message blocked. 4si123456pgb.1 - gsmtp"},
		Misses: []string{"550 5.7.30 [192.0.2.7] Message blocked. 4si123456pgb.1 - gsmtp"},
	},
	{
		ID: "google-unsolicited-rate", Class: runbook.ClassPolicyRateLimit, Stage: smtp.StageEOD,
		When: When{
			Provider: []string{"google"},
			Any: []string{
				"p=unsolicitedratelimiterror", "p=unsolicitediperror", "an unusual rate of unsolicited mail",
				"an unusual amount of unsolicited mail", "an unusual amount of * unsolicited mail",
				"has detected an unusual rate of email", "has detected an unusual rate of mail",
			},
		},
		Refs: []string{refGoogleErrors},
		Hits: []string{
			"421 4.7.28 Please visit https://support.google.com/mail/?p=UnsolicitedRateLimitError to review our Bulk Email Senders Guidelines. e9si123qkb.1 - gsmtp",
			"550 5.7.1 Please visit https://support.google.com/mail/?p=UnsolicitedIPError to review our guidelines. e9si123qkb.1 - gsmtp",
			"421-4.7.28 Gmail has detected an unusual rate of email originating from your IP Netblock [192.0.2.0/24]. - gsmtp",
			"421-4.7.28 Gmail has detected an unusual rate of mail originating from your DKIM domain [example.com 36]. - gsmtp",
			"421-4.7.0 [192.0.2.7] Our system has detected an unusual rate of unsolicited mail originating from your IP address. - gsmtp",
			"421-4.7.0 Our system has detected an unusual amount of unsolicited mail originating from your IP address. - gsmtp",
			"421-4.7.0 Our system has detected an unusual amount of 421-4.7.0 unsolicited mail originating from your IP address. - gsmtp",
		},
		Misses: []string{"550 5.7.1 Please visit https://support.google.com/mail/?p=UnsolicitedMessageError for more information. - gsmtp"},
	},
	{
		ID: "google-same-message-id", Class: runbook.ClassPolicyRateLimit, Stage: smtp.StageEOD,
		When:   When{Provider: []string{"google"}, Any: []string{"same message-id"}},
		Refs:   []string{refGoogleErrors},
		Hits:   []string{"421-4.7.28 Gmail has detected this message exceeded its quota for sending messages with the same Message-ID. - gsmtp"},
		Misses: []string{"550-5.7.1 The message has no Message-ID. ?p=RfcMessageNonCompliant - gsmtp"},
	},
	{
		ID: "google-receiving-rate", Class: runbook.ClassPolicyRateLimit,
		When: When{
			Any: []string{
				"p=receivingrate", "p=receivingrateperm", "you are trying to contact is receiving mail at a rate",
				"you are trying to contact is receiving mail too quickly",
				"trying to contact is receiving mail at a rate * prevents additional messages",
			},
		},
		Refs: []string{refGoogleErrors},
		Hits: []string{
			"450-4.2.1 The user you are trying to contact is receiving mail too quickly. Please resend your message at a later time. - gsmtp",
			"550-5.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages from being delivered. - gsmtp",
			"450 4.2.1 For more information, please visit https://support.google.com/mail/?p=ReceivingRate q1si123oif.9 - gsmtp",
			"550 5.2.1 For more information, please visit https://support.google.com/mail/?p=ReceivingRatePerm q1si123oif.9 - gsmtp",
		},
		Misses: []string{"550 5.2.1 The email account that you tried to reach is disabled. https://support.google.com/mail/?p=DisabledUser - gsmtp"},
	},
	{
		ID: "google-relay-limit", Class: runbook.ClassSenderLimit,
		When: When{
			Any: []string{
				"smtp relay limit exceeded", "daily user sending limit exceeded", "daily user sending quota exceeded",
				"daily sending quota exceeded", "p=sendlimit", "you have reached a limit for sending mail",
				"daily smtp relay sending limit exceeded",
			},
		},
		Refs: []string{refGoogleRelay},
		Hits: []string{
			"450 4.2.1 Peak SMTP relay limit exceeded for customer. This is a temporary error. - gsmtp",
			"550 5.4.5 Daily SMTP relay limit exceeded for customer. - gsmtp",
			"550-5.4.5 Daily SMTP relay limit exceeded for user. - gsmtp",
			"550-5.4.5 Daily user sending limit exceeded. For more information on Gmail sending limits go to https://support.google.com/a/answer/166852 - gsmtp",
			"550 5.4.5 Daily user sending quota exceeded. n6sm123pfn.41 - gsmtp",
			"550 5.4.5 Daily sending quota exceeded. n6sm123pfn.41 - gsmtp",
			"You have reached a limit for sending mail. Your message was not sent.",
			"550 5.7.1 Daily SMTP relay sending limit exceeded for this user. - gsmtp",
			"550 5.4.5 SMTP relay limit exceeded. - gsmtp",
			"550 5.4.5 https://support.google.com/mail/?p=SendLimit - gsmtp",
		},
		Misses: []string{"550 5.7.0 Mail relay denied [192.0.2.7]. - gsmtp"},
	},
	{
		ID: "google-email-quota", Class: runbook.ClassSenderLimit,
		When:   When{Provider: []string{"google"}, Any: []string{"email quota exceeded"}},
		Refs:   []string{refGoogleReplies},
		Hits:   []string{"550 5.7.1 Email quota exceeded. n6sm123pfn.41 - gsmtp"},
		Misses: []string{"552 5.2.2 The email account that you tried to reach is over quota. https://support.google.com/mail/?p=OverQuotaPerm - gsmtp"},
	},
	{
		ID: "google-one-domain-per-transaction", Class: runbook.ClassProtocolUnsupported,
		When:   When{Any: []string{"multiple destination domains per transaction is unsupported"}},
		Refs:   []string{refGoogleReplies},
		Hits:   []string{"451 4.3.0 Multiple destination domains per transaction is unsupported. Please try again. b15si1234ejc.2 - gsmtp"},
		Misses: []string{"452 4.5.3 Domain policy size per transaction exceeded, please try this recipient in a separate transaction. - gsmtp"},
	},
	{
		ID: "google-policy-size", Class: runbook.ClassPolicyRecipients,
		When:   When{Any: []string{"domain policy size per transaction exceeded"}},
		Refs:   []string{refGoogleReplies},
		Hits:   []string{"452 4.5.3 Domain policy size per transaction exceeded, please try this recipient in a separate transaction. b15si1234ejc.2 - gsmtp"},
		Misses: []string{"451 4.3.0 Multiple destination domains per transaction is unsupported. Please try again. - gsmtp"},
	},
	{
		ID: "google-temporarily-rejected", Class: runbook.ClassBackendLocalError,
		When:   When{Any: []string{"mail server temporarily rejected message"}},
		Refs:   []string{refGoogleReplies},
		Hits:   []string{"451 4.3.0 Mail server temporarily rejected message. d9si123plj.8 - gsmtp"},
		Misses: []string{"451 4.3.0 Multiple destination domains per transaction is unsupported. Please try again. - gsmtp"},
	},
	{
		ID: "google-timeout", Class: runbook.ClassNetworkTimeout,
		When:   When{Provider: []string{"google"}, Any: []string{"timeout - closing connection"}},
		Refs:   []string{refGoogleReplies},
		Hits:   []string{"{provider=google} 451 4.4.2 Timeout - closing connection. b4sm123wrs.9 - gsmtp"},
		Misses: []string{"421 4.7.0 Try again later, closing connection. (EHLO) c13si456789wmk.77 - gsmtp"},
	},
	{
		ID: "google-over-quota", Class: runbook.ClassRecipientFull, Stage: smtp.StageRcpt,
		When: When{
			Any: []string{
				"p=overquotatemp", "p=overquotaperm", "inbox is out of storage space",
				"email account that you tried to reach is over quota",
			},
		},
		Refs: []string{refGoogleErrors},
		Hits: []string{
			"452-4.2.2 The recipient's inbox is out of storage space. Please direct the recipient to https://support.google.com/mail/?p=OverQuotaTemp - gsmtp",
			"552-5.2.2 The email account that you tried to reach is over quota and inactive. - gsmtp",
			"552 5.2.2 https://support.google.com/mail/?p=OverQuotaPerm 9si123qkb.1 - gsmtp",
			"552-5.2.2 The inbox is out of storage space and inactive. - gsmtp",
		},
		Misses: []string{"550 5.2.1 https://support.google.com/mail/?p=DisabledUser 9si123qkb.1 - gsmtp"},
	},
	{
		ID: "google-too-many-recipients", Class: runbook.ClassPolicyRecipients,
		When:   When{Any: []string{"p=toomanyrecipientserror"}},
		Refs:   []string{refGoogleErrors},
		Hits:   []string{"452 4.5.3 For more information, go to https://support.google.com/mail/?p=TooManyRecipientsError 9si123qkb.1 - gsmtp"},
		Misses: []string{"550 5.1.1 https://support.google.com/mail/?p=NoSuchUser 9si123qkb.1 - gsmtp"},
	},
	{
		ID: "google-login-attempts", Class: runbook.ClassAuthSMTPFailed,
		When:   When{Any: []string{"too many login attempts, please try again later"}},
		Refs:   []string{refGoogleReplies},
		Hits:   []string{"454 4.7.0 Too many login attempts, please try again later. 9sm123qkb.1 - gsmtp"},
		Misses: []string{"421 4.7.0 Too many errors, please try again later. - gsmtp"},
	},
	{
		ID: "google-helo", Class: runbook.ClassPolicyHELO,
		When: When{Provider: []string{"google"}, Any: []string{"p=helo", "ehlo argument * invalid", "helo/ehlo argument"}},
		Refs: []string{refGoogleReplies},
		Hits: []string{
			`501-5.5.4 HELO/EHLO argument "-" invalid, closing connection. 501 5.5.4 https://support.google.com/mail/?p=helo 9si123qkb.1 - gsmtp`,
			"501 5.5.4 Empty HELO/EHLO argument not allowed, closing connection. 9si123qkb.1 - gsmtp",
			"501 5.5.4 EHLO argument mail_gw is invalid. https://support.google.com/mail/?p=helo 9si123qkb.1 - gsmtp",
		},
		Misses: []string{"503 5.5.1 EHLO/HELO first. 9si123qkb.1 - gsmtp"},
	},
	{
		ID: "google-pipelined-starttls", Class: runbook.ClassProtocolSyntax,
		When: When{Any: []string{"no commands allowed to pipeline after starttls", "must not pipeline after starttls"}},
		Refs: []string{refGoogleReplies},
		Hits: []string{
			"525 5.7.10 SMTP protocol violation, no commands allowed to pipeline after STARTTLS, see RFC 3207. 9si123qkb.1 - gsmtp",
			"523 5.7.10 Client must not pipeline after STARTTLS. 9si123qkb.1 - gsmtp",
		},
		Misses: []string{"530 5.7.0 Must issue a STARTTLS command first. 9si123qkb.1 - gsmtp"},
	},
	{
		ID: "google-code-pipelined-starttls", Class: runbook.ClassProtocolSyntax,
		When:   When{Provider: []string{"google"}, Codes: []string{"5.7.10"}},
		Refs:   []string{refGoogleReplies},
		Hits:   []string{"523 5.7.10 https://support.google.com/a/answer/3221692 9si123qkb.1 - gsmtp"},
		Misses: []string{"530 5.7.0 Must issue a STARTTLS command first. 9si123qkb.1 - gsmtp"},
	},
	{
		ID: "google-want-auth", Class: runbook.ClassAuthSMTPRequired,
		When: When{Any: []string{"p=wantautherror", "answer=14257"}},
		Refs: []string{refGoogleErrors},
		Hits: []string{
			"530 5.7.0 For more information, go to https://support.google.com/mail/?p=WantAuthError 9sm123qkb.1 - gsmtp",
			"530-5.5.1 Authentication Required. Learn more at http://support.google.com/mail/bin/answer.py?answer=14257 - gsmtp",
		},
		Misses: []string{"535 5.7.8 https://support.google.com/mail/?p=BadCredentials 9sm123qkb.1 - gsmtp"},
	},
	{
		ID: "google-web-login", Class: runbook.ClassAuthSMTPFailed,
		When: When{
			Any: []string{
				"please log in via your web browser and then try again",
				"please log in with your web browser and then try again", "application-specific password required",
				"p=weblogin", "p=invalidsecondfactor",
			},
		},
		Refs: []string{refGoogleErrors},
		Hits: []string{
			"534-5.7.14 Please log in via your web browser and then try again. - gsmtp",
			"534-5.7.9 Please log in with your web browser and then try again. - gsmtp",
			"534-5.7.9 Application-specific password required. Learn more at 534 5.7.9 https://support.google.com/mail/?p=InvalidSecondFactor - gsmtp",
			"534 5.7.9 https://support.google.com/mail/?p=WebLoginRequired https://support.google.com/mail/?p=WebLogin - gsmtp",
		},
		Misses: []string{"530-5.5.1 Authentication Required. - gsmtp"},
	},
	{
		ID: "google-bad-credentials", Class: runbook.ClassAuthSMTPFailed,
		When: When{Any: []string{"p=badcredentials", "username and password not accepted"}},
		Refs: []string{refGoogleErrors},
		Hits: []string{
			"535-5.7.8 Username and Password not accepted. - gsmtp",
			"535 5.7.8 https://support.google.com/mail/?p=BadCredentials 9sm123qkb.1 - gsmtp",
		},
		Misses: []string{"530 5.7.0 https://support.google.com/mail/?p=WantAuthError 9sm123qkb.1 - gsmtp"},
	},
	{
		ID: "google-no-such-user", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When: When{Any: []string{"p=nosuchuser", "email account that you tried to reach does not exist", "answer=6596"}},
		Refs: []string{refGoogleErrors},
		Hits: []string{
			"550-5.1.1 The email account that you tried to reach does not exist. Please try double-checking the recipient's email address for typos. - gsmtp",
			"550 5.1.1 https://support.google.com/mail/?p=NoSuchUser 98e67ed59e1d1-abc123 - gsmtp",
			"550 5.1.1 Learn more at http://support.google.com/mail/bin/answer.py?answer=6596 - gsmtp",
		},
		Misses: []string{"550 5.2.1 https://support.google.com/mail/?p=DisabledUser 98e67ed59e1d1-abc123 - gsmtp"},
	},
	{
		ID: "google-disabled-user", Class: runbook.ClassRecipientDisabled, Stage: smtp.StageRcpt,
		When: When{
			Any: []string{
				"p=disableduser", "email account that you tried to reach is disabled",
				"email account that you tried to reach is inactive",
			},
		},
		Refs: []string{refGoogleErrors},
		Hits: []string{
			"550-5.2.1 The email account that you tried to reach is disabled. - gsmtp",
			"550-5.2.1 The email account that you tried to reach is inactive. - gsmtp",
			"550 5.2.1 https://support.google.com/mail/?p=DisabledUser d2e1a72fcca58-abc123 - gsmtp",
		},
		Misses: []string{"550 5.1.1 https://support.google.com/mail/?p=NoSuchUser d2e1a72fcca58-abc123 - gsmtp"},
	},
	{
		ID: "google-relay-denied", Class: runbook.ClassRoutingRelayDenied,
		When: When{
			Provider: []string{"google"},
			Any:      []string{"mail relay denied", "invalid credentials for relay", "p=mailrelaydenied"},
		},
		Refs: []string{refGoogleRelay},
		Hits: []string{
			"550-5.7.0 Mail relay denied [192.0.2.7]. Invalid credentials for one of the domains in the SMTP relay service. - gsmtp",
			"550-5.7.1 Invalid credentials for relay [192.0.2.7]. The IP address you've registered in your Workspace SMTP Relay service doesn't match the domain of the account. - gsmtp",
			"550 5.7.0 https://support.google.com/a/?p=MailRelayDenied - gsmtp",
		},
		Misses: []string{"550-5.7.0 Mail Sending denied. The sender account is disabled or not registered. - gsmtp"},
	},
	{
		ID: "google-invalid-relay-credentials", Class: runbook.ClassRoutingRelayDenied,
		When:   When{Any: []string{"invalid credentials for relay"}},
		Refs:   []string{refGoogleRelay},
		Hits:   []string{"550-5.7.1 Invalid credentials for relay [192.0.2.7]. The IP address you've registered doesn't match the domain of the account this email is being sent from."},
		Misses: []string{"535 5.7.8 Authentication credentials invalid."},
	},
	{
		ID: "google-sending-denied", Class: runbook.ClassSenderNotPermitted,
		When:   When{Any: []string{"mail sending denied"}},
		Refs:   []string{refGoogleRelay},
		Hits:   []string{"550-5.7.0 Mail Sending denied. The sender account is disabled or not registered within your Workspace domain. - gsmtp"},
		Misses: []string{"550-5.7.0 Mail relay denied [192.0.2.7]. - gsmtp"},
	},
	{
		ID: "google-not-authorized-ip", Class: runbook.ClassPolicyLocal, Stage: smtp.StageEOD,
		When: When{
			Any: []string{
				"p=notauthorizederror", "is not authorized to send email directly to our servers",
				"is not authorized to * send email directly to our servers",
			},
		},
		Refs: []string{refGoogleErrors},
		Hits: []string{
			"550-5.7.1 [192.0.2.7] The IP you're using to send mail is not authorized to send email directly to our servers. Please use the SMTP relay at your service provider instead. - gsmtp",
			"550-5.7.1 The IP you're using to send mail is not authorized to 550-5.7.1 send email directly to our servers. - gsmtp",
			"550 5.7.1 https://support.google.com/mail/?p=NotAuthorizedError 5si123qkb.1 - gsmtp",
		},
		Misses: []string{"550 5.7.1 https://support.google.com/mail/?p=UnsolicitedMessageError 5si123qkb.1 - gsmtp"},
	},
	{
		ID: "google-unsolicited-message", Class: runbook.ClassContentSpam, Stage: smtp.StageEOD,
		When: When{
			Any: []string{
				"p=unsolicitedmessageerror", "that this message is likely unsolicited mail",
				"has detected that this message is * likely unsolicited mail", "that this message is likely spam",
			},
		},
		Refs: []string{refGoogleErrors},
		Hits: []string{
			"550-5.7.1 [192.0.2.7 12] Our system has detected that this message is likely unsolicited mail. To reduce the amount of spam sent to Gmail, this message has been blocked. - gsmtp",
			"550-5.7.1 [192.0.2.7 12] Gmail has detected that this message is 550-5.7.1 likely unsolicited mail. - gsmtp",
			"550 5.7.1 https://support.google.com/mail/?p=UnsolicitedMessageError 5si123qkb.1 - gsmtp",
			"550-5.7.1 Gmail has detected that this message is likely spam. - gsmtp",
		},
		Misses: []string{"421-4.7.0 Our system has detected an unusual rate of unsolicited mail originating from your IP address. - gsmtp"},
	},
	{
		ID: "google-outbound-spam", Class: runbook.ClassContentSpam, Stage: smtp.StageEOD,
		When: When{Any: []string{"answer=69585", "mail/answer/69585"}},
		Refs: []string{refGoogleErrors},
		Hits: []string{
			"Message rejected. See https://support.google.com/mail/answer/69585 for more information.",
			"Technical details of permanent failure: Message rejected. See http://mail.google.com/support/bin/answer.py?answer=69585 for more information.",
		},
		Misses: []string{"Message rejected. See https://support.google.com/mail/answer/22839 for more information."},
	},
	{
		ID: "google-admin-rule", Class: runbook.ClassPolicyLocal, Stage: smtp.StageEOD,
		When:   When{Any: []string{"gcdp"}},
		Refs:   []string{refGoogleErrors},
		Hits:   []string{"550 5.7.1 Message rejected. a640c23a62f3a-abc123si4567.89 - gcdp"},
		Misses: []string{"550 5.7.1 Message rejected. a640c23a62f3a-abc123si4567.89 - gsmtp"},
	},
	{
		ID: "google-prohibited-policy", Class: runbook.ClassPolicyLocal, Stage: smtp.StageEOD,
		When:   When{Any: []string{"has a policy that prohibited"}},
		Refs:   []string{refGoogleErrors},
		Hits:   []string{"550 5.7.1 The user or domain that you are sending to (or from) has a policy that prohibited the mail that you sent. Please contact your domain administrator for further details. - gsmtp"},
		Misses: []string{"550 5.7.1 The sending domain has a DMARC policy that asks for rejection."},
	},
	{
		ID: "google-malformed", Class: runbook.ClassContentMalformed, Stage: smtp.StageEOD,
		When: When{
			Any: []string{
				"p=rfcmessagenoncompliant", "messages missing a valid address in from: header",
				"messages missing a valid * address in from: header", "messages with multiple addresses in from: header",
				"not rfc 5322 compliant", "mail message is malformed. not accepted", "header error (state",
				"messages missing a valid messageid header", "messages missing a valid message-id header",
			},
		},
		Refs: []string{refGoogleErrors},
		Hits: []string{
			"550-5.7.1 [192.0.2.7] This message is not RFC 5322 compliant. There are multiple From headers. - gsmtp",
			"550 5.7.1 [192.0.2.7 11] Messages missing a valid address in From: header, or having no From: header, are not accepted. - gsmtp",
			"550-5.7.1 [192.0.2.7 11] Messages missing a valid 550-5.7.1 address in From: header, or having no From: header, are not accepted. - gsmtp",
			"550-5.7.1 [192.0.2.7 11] Our system has detected that this message is not RFC 5322 compliant: Messages with multiple addresses in From: header are not accepted. - gsmtp",
			"550 5.7.1 https://support.google.com/mail/?p=RfcMessageNonCompliant 5si123qkb.1 - gsmtp",
			"554 5.6.0 Mail message is malformed. Not accepted. 5si123qkb.1 - gsmtp",
			"554 5.7.0 Header error (state 18).",
			"550-5.7.1 [192.0.2.7 11] Messages missing a valid messageId header are not accepted. - gsmtp",
			"550-5.7.1 [192.0.2.7 11] Messages missing a valid Message-ID header are not accepted. - gsmtp",
		},
		Misses: []string{"553 5.1.3 The recipient address <user@@example.com> is not a valid RFC 5321 address. - gsmtp"},
	},
	{
		ID: "google-max-size", Class: runbook.ClassContentTooLarge,
		When: When{Any: []string{"p=maxsizeerror", "answer=8770", "exceeded google's message size"}},
		Refs: []string{refGoogleErrors},
		Hits: []string{
			"552-5.3.4 Your message exceeded Google's message size limits. Please visit 552 5.3.4 https://support.google.com/mail/?p=MaxSizeError to view our size guidelines. - gsmtp",
			"552 5.2.3 https://support.google.com/mail/?p=MaxSizeError 5si123qkb.1 - gsmtp",
			"552 5.2.3 Please visit http://mail.google.com/support/bin/answer.py?answer=8770 to review our size guidelines.",
		},
		Misses: []string{"552 5.7.0 https://support.google.com/mail/?p=BlockedMessage 5si123qkb.1 - gsmtp"},
	},
	{
		ID: "google-header-limits", Class: runbook.ClassContentTooLarge,
		When: When{Any: []string{"p=header-limits", "message exceeded max number of headers", "answer/6385277"}},
		Refs: []string{refGoogleErrors},
		Hits: []string{
			`552-5.3.4 The size of the "To" header value exceeds Gmail's limit. https://support.google.com/mail/?p=header-limits - gsmtp`,
			"552-5.3.4 Message exceeded max number of headers. - gsmtp",
		},
		Misses: []string{"550-5.7.1 Messages with multiple addresses in From: header are not accepted. - gsmtp"},
	},
	{
		ID: "google-blocked-attachment", Class: runbook.ClassContentAttachment, Stage: smtp.StageEOD,
		When: When{
			Any: []string{
				"p=blockedmessage", "its content presents a potential * security issue",
				"presents a potential security issue", "answer=6590", "detected an illegal attachment",
			},
		},
		Refs: []string{refGoogleErrors},
		Hits: []string{
			"552-5.7.0 This message was blocked because its content presents a potential security issue. Please visit 552-5.7.0 https://support.google.com/mail/?p=BlockedMessage - gsmtp",
			"552-5.7.0 This message was blocked because its content presents a potential 552-5.7.0 security issue. - gsmtp",
			"552-5.7.0 Our system detected an illegal attachment on your message. Please visit 552 5.7.0 http://support.google.com/mail/bin/answer.py?answer=6590 - gsmtp",
		},
		Misses: []string{"552-5.3.4 https://support.google.com/mail/?p=MaxSizeError - gsmtp"},
	},
	{
		ID: "google-bad-rcpt-domain", Class: runbook.ClassDomainNotFound,
		When: When{Any: []string{"p=badrcptdomain", "we weren't able to find the recipient domain"}},
		Refs: []string{refGoogleErrors},
		Hits: []string{
			"553-5.1.2 We weren't able to find the recipient domain. Please check for any spelling errors. - gsmtp",
			"553 5.1.2 https://support.google.com/mail/?p=BadRcptDomain 5sm123qkb.1 - gsmtp",
		},
		Misses: []string{"553 5.1.3 The recipient address <user@@example.com> is not a valid RFC 5321 address. - gsmtp"},
	},
	{
		ID: "google-recipient-syntax", Class: runbook.ClassRecipientSyntax,
		When: When{
			Any: []string{
				"the recipient address * is not a valid rfc 5321 address",
				"the recipient address * is not a valid rfc-5321 address",
			},
		},
		Refs: []string{refGoogleReplies},
		Hits: []string{
			"553 5.1.3 The recipient address <user@@example.com> is not a valid RFC 5321 address. 5sm123qkb.1 - gsmtp",
			"553-5.1.3 The recipient address <user..x@example.com> is not a valid RFC-5321 address. - gsmtp",
		},
		Misses: []string{"553 5.1.7 The sender address <user@@example.com> is not a valid RFC 5321 address. 5sm123qkb.1 - gsmtp"},
	},
	{
		ID: "google-sender-syntax", Class: runbook.ClassSenderSyntax,
		When: When{
			Any: []string{
				"the sender address * is not a valid rfc 5321 address",
				"the sender address * is not a valid rfc-5321 address",
			},
		},
		Refs: []string{refGoogleReplies},
		Hits: []string{
			"553 5.1.7 The sender address <user@@example.com> is not a valid RFC 5321 address. 5sm123qkb.1 - gsmtp",
			"553-5.1.7 The sender address <user..x@example.com> is not a valid RFC-5321 address. - gsmtp",
		},
		Misses: []string{"553 5.1.3 The recipient address <user@@example.com> is not a valid RFC 5321 address. 5sm123qkb.1 - gsmtp"},
	},
	{
		ID: "google-mail-loop", Class: runbook.ClassRoutingLoop, Stage: smtp.StageEOD,
		When: When{Any: []string{"p=mailloop", "message exceeded 50 hops", "this may indicate a mail loop"}},
		Refs: []string{refGoogleErrors},
		Hits: []string{
			"554-5.4.6 Message exceeded 50 hops, this may indicate a mail loop. - gsmtp",
			"554 5.4.6 https://support.google.com/mail/?p=MailLoop 5si123qkb.1 - gsmtp",
		},
		Misses: []string{"451 4.5.0 SMTP protocol violation, see RFC 2821. 5si123qkb.1 - gsmtp"},
	},
	{
		ID: "google-protocol-violation", Class: runbook.ClassProtocolSyntax,
		When: When{
			Any: []string{
				"smtp protocol violation, see rfc", "too many unrecognized commands, goodbye",
				"too many unauthenticated commands", "starttls may not be repeated",
			},
		},
		Refs: []string{refGoogleReplies},
		Hits: []string{
			"451 4.5.0 SMTP protocol violation, see RFC 2821. 5si123qkb.1 - gsmtp",
			"502 5.5.1 Too many unrecognized commands, goodbye. 5si123qkb.1 - gsmtp",
			"554 5.7.0 Too many Unauthenticated commands. 5si123qkb.1 - gsmtp",
			"454 5.5.1 STARTTLS may not be repeated. 5si123qkb.1 - gsmtp",
		},
		Misses: []string{"421 4.7.0 Too many login attempts. - gsmtp"},
	},
	{
		ID: "google-dns-nxdomain", Class: runbook.ClassDomainNotFound,
		When:   When{Any: []string{"dns error: * nxdomain"}},
		Refs:   []string{refGoogleReplies},
		Hits:   []string{"DNS Error: 1047 lookup of mail.example.com: NXDOMAIN"},
		Misses: []string{"DNS Error: 11057361 DNS type 'mx' lookup of example.com responded with code SERVFAIL"},
	},
	{
		ID: "google-dns-servfail", Class: runbook.ClassDNSFailure,
		When: When{
			Any: []string{
				"responded with code servfail", "responded with code refused", "dns type 'mx' lookup of * timed out",
				"dns server returned general failure",
			},
		},
		Refs: []string{refGoogleReplies},
		Hits: []string{
			"DNS Error: 11057361 DNS type 'mx' lookup of example.com responded with code SERVFAIL",
			"DNS Error: 11057361 DNS type 'mx' lookup of example.com responded with code REFUSED",
			"DNS Error: 98 DNS type 'mx' lookup of example.com timed out",
		},
		Misses: []string{"DNS Error: 27849514 DNS type 'mx' lookup of example.com responded with code NXDOMAIN"},
	},
	{
		ID: "google-null-mx", Class: runbook.ClassDomainNullMX,
		When: When{
			Any: []string{
				"the recipient domain doesn't accept mail", "domain does not accept mail (nullmx)",
				"the domain * doesn't receive email according to the administrator",
			},
		},
		Refs: []string{refGoogleReplies},
		Hits: []string{
			"Your message couldn't be delivered: the recipient domain doesn't accept mail.",
			"556 5.1.10 The domain example.com doesn't receive email according to the administrator: returned Null MX.",
			"550 5.1.10 domain does not accept mail (nullMX)",
		},
		Misses: []string{"The domain example.com couldn't be found."},
	},
	{
		ID: "google-outbound-no-connection", Class: runbook.ClassNetworkUnreachable,
		When: When{
			Any:  []string{"the recipient server did not accept our requests to connect"},
			None: []string{"timed out", "timeout"},
		},
		Refs:   []string{refGoogleReplies},
		Hits:   []string{"The recipient server did not accept our requests to connect. Learn more at https://support.google.com/mail/answer/7720 [mx.example.com 192.0.2.25: unable to read banner]"},
		Misses: []string{"The recipient server did not accept our requests to connect. [mx.example.com 192.0.2.25: timed out]"},
	},
	{
		ID: "google-outbound-timeout", Class: runbook.ClassNetworkTimeout,
		When: When{
			Any: []string{
				"the recipient server did not accept our requests to connect * timed out",
				"the recipient server did not accept our requests to connect * timeout",
			},
		},
		Refs: []string{refGoogleReplies},
		Hits: []string{
			"The recipient server did not accept our requests to connect. [mx.example.com 192.0.2.25: timed out]",
			"The recipient server did not accept our requests to connect. [mx.example.com. (10): Connection timeout]",
		},
		Misses: []string{"The recipient server did not accept our requests to connect. [mx.example.com 192.0.2.25: Connection refused]"},
	},
	{
		ID: "google-groups-spam", Class: runbook.ClassContentSpam, Stage: smtp.StageEOD,
		When:   When{Any: []string{"rejected due to spam classification"}},
		Refs:   []string{refGoogleGroups},
		Hits:   []string{"Your message to the group could not be delivered: rejected due to spam classification. The owner of the group can choose to enable message moderation instead of bouncing these emails."},
		Misses: []string{"We're writing to let you know that the group you tried to contact may not exist, or you may not have permission to post messages to the group."},
	},
	{
		ID: "google-groups-permission", Class: runbook.ClassRecipientRestricted,
		When: When{Any: []string{"may not have permission to post"}},
		Refs: []string{refGoogleGroups},
		Hits: []string{
			"We're writing to let you know that the group you tried to contact (staff) may not exist, or you may not have permission to post messages to the group.",
			"You may not have permission to post messages to this group.",
		},
		Misses: []string{"Your message to the group could not be delivered: rejected due to spam classification."},
	},
	{
		ID: "google-send-mail-as-relay", Class: runbook.ClassAuthSMTPFailed,
		When: When{
			Any: []string{
				"you're sending this from a different address or alias using the 'send mail as' feature",
				"settings for your 'send mail as' account are misconfigured or out of date",
			},
		},
		Refs:   []string{refGoogleErrors},
		Hits:   []string{"You're sending this from a different address or alias using the 'Send mail as' feature. The settings for your 'Send mail as' account are misconfigured or out of date."},
		Misses: []string{"You have reached a limit for sending mail. Your message was not sent."},
	},
	{
		ID: "google-address-not-found", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When: When{
			Any: []string{
				"wasn't delivered to * because the address couldn't be found",
				"because the address couldn't be found, or is unable to receive mail",
			},
		},
		Refs:   []string{refGoogleErrors},
		Hits:   []string{"Your message wasn't delivered to user@example.com because the address couldn't be found, or is unable to receive mail."},
		Misses: []string{"Your message wasn't delivered to user@example.com because the domain example.com couldn't be found."},
	},
	{
		ID: "google-domain-not-found", Class: runbook.ClassDomainNotFound,
		When:   When{Any: []string{"because the domain * couldn't be found"}},
		Refs:   []string{refGoogleErrors},
		Hits:   []string{"Your message wasn't delivered to user@example.com because the domain example.com couldn't be found. Check for typos or unnecessary spaces and try again."},
		Misses: []string{"Your message wasn't delivered to user@example.com because the address couldn't be found, or is unable to receive mail."},
	},
	{
		ID: "google-inbox-full-notice", Class: runbook.ClassRecipientFull, Stage: smtp.StageRcpt,
		When: When{Any: []string{"their inbox is full, or it's getting too much mail right now", "recipient inbox full"}},
		Refs: []string{refGoogleErrors},
		Hits: []string{
			"Your message couldn't be delivered to user@example.com. Their inbox is full, or it's getting too much mail right now.",
			"Recipient inbox full",
		},
		Misses: []string{"Your message couldn't be delivered to user@example.com because the remote server is misconfigured."},
	},
	{
		ID: "google-will-retry", Class: runbook.ClassNoticeDelayed,
		When:   When{Provider: []string{"google"}, Any: []string{"gmail will retry for"}, Vague: true},
		Refs:   []string{refGoogleErrors},
		Hits:   []string{"{provider=google} Gmail will retry for 22 more hours. You'll be notified if the delivery fails permanently."},
		Misses: []string{"There was a problem delivering your message to user@example.com. See the technical details below."},
	},
	{
		ID: "google-code-sending-limit", Class: runbook.ClassSenderLimit,
		When:   When{Provider: []string{"google"}, None: []string{"server busy"}, Codes: []string{"X.4.5"}},
		Refs:   []string{refGoogleReplies},
		Hits:   []string{"550 5.4.5 https://support.google.com/a/answer/166852 n6sm123pfn.41 - gsmtp"},
		Misses: []string{"421 4.4.5 Server busy, try again later. k3si987654ilm.55 - gsmtp"},
	},
}
