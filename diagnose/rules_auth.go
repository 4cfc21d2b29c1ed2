package diagnose

import (
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// authRules hold refusals about who the sender is: authentication of the
// message's domain, of the account, and the sender's address itself.
var authRules = []Rule{
	{
		ID: "spf", Class: runbook.ClassAuthSPF,
		When: When{Any: []string{
			"spf", "sender policy framework", "spf.pobox.com", "openspf", "openspf.org", "openspf.net", "open-spf.org", "spfbl", "not allowed to send mail from", "not authorized to send mail from", "is not authorized to send from", "not permitted by the domain owner", "not designated as permitted sender", "does not designate * as permitted sender", "domain of * does not designate", "not a permitted sender", "not listed as a permitted sender", "ip is not authorized to send", "not an authorized server for", "host is not authorized to send mail for",
		}, None: []string{"dmarc", "dkim", "either spf or dkim", "neither spf", "spf and dkim", "spf or dkim", "multiple authentication", "spf, dkim", "spf/dkim", "user unknown", "as this address", "blocked using spfbl", "spfbl.net"}},
		Refs:   []string{"RFC 7208 section 8.4", "RFC 7372 section 3.2"},
		Hits:   []string{"550 5.7.23 <user@example.com>: Recipient address rejected: Message rejected due to: SPF fail - not authorized.", "550 192.0.2.7 is not allowed to send mail from example.com. Please see http://www.open-spf.org/Why", "550 Bad SPF records for [example.org:192.0.2.7]"},
		Misses: []string{"550 5.7.26 This mail is unauthenticated: neither SPF nor DKIM passed"},
	},
	{
		ID: "dkim", Class: runbook.ClassAuthDKIM,
		When: When{Any: []string{
			"dkim", "domainkeys", "domainkey signature", "unsigned mail",
		}, None: []string{"dmarc", "spf or dkim", "either spf or dkim", "neither spf", "spf and dkim", "spf", "spf, dkim", "spf/dkim", "multiple authentication", "dkim signing requires", "duplicate header", "duplicate", "rate limited", "rate limit*"}},
		Refs:   []string{"RFC 6376 section 6.3", "RFC 7372 section 3.1"},
		Hits:   []string{"550 DKIM signature verification failed: bodyhash_mismatch", "550 5.7.20 No passing DKIM signature found"},
		Misses: []string{"554 Transaction failed: Duplicate header 'DKIM-Signature'."},
	},
	{
		ID: "dmarc", Class: runbook.ClassAuthDMARC,
		When: When{Any: []string{
			"dmarc", "dmarcrejection", "not aligned with", "spf or dkim alignment", "unaligned", "from: header is not aligned",
		}},
		Refs:   []string{"RFC 7489 section 10.3"},
		Hits:   []string{"550 5.7.1 Rejected: DMARC failed for example.com"},
		Misses: []string{"550 5.7.23 SPF validation failed"},
	},
	{
		ID: "message-unauthenticated", Class: runbook.ClassAuthUnauthenticated,
		When: When{Any: []string{
			"message is not authenticated", "message not authenticated", "email is not authenticated", "email is unauthenticated", "mail is unauthenticated", "message is unauthenticated", "unauthenticated email", "unauthenticated mail", "unauthenticated message", "spf or dkim", "dkim or spf", "neither spf", "spf and dkim", "dkim and spf", "spf, dkim", "spf/dkim", "authentication level", "authentication checks", "mail authentication failed", "message authentication failed", "sender authentication", "domain authentication", "requires all senders to authenticate", "requires authentication with spf", "no authentication results", "authentication results: fail", "arc validation", "arc failed", "message failed authentication", "email authentication", "sender id", "sender-id", "senderid", "poses a security risk as the sender's identity", "sender's identity could not be", "sending domain is not authenticated",
		}, None: []string{"dmarc policy", "smtp auth*", "login", "password"}},
		Refs:   []string{"RFC 7372 section 3.4", "https://support.google.com/a/answer/81126"},
		Hits:   []string{"550 5.7.26 <user@example.com>: Recipient address rejected: Multiple authentication checks failed", "550 5.7.515 Access denied, sending domain EXAMPLE.COM does not meet the required authentication level"},
		Misses: []string{"550 5.7.26 Unauthenticated email from example.com is not accepted due to domain's DMARC policy."},
	},
	{
		ID: "smtp-auth-required", Class: runbook.ClassAuthSMTPRequired, Stage: smtp.StageMail,
		When: When{Any: []string{
			"authentication required", "authentication is required", "authentication needed", "authentication mandatory", "authentication is mandatory", "smtp auth is required", "auth required", "auth needed", "requires authentication", "requires smtp auth", "require authentication", "must authenticate", "must be authenticated", "must first authenticate", "need to authenticate", "need authentication", "please authenticate", "please login", "please log in", "login required", "log in first", "you must log in", "you need to log in", "you are not logged in", "sender is not authenticated", "client not authenticated", "client was not authenticated", "user not authenticated", "user is not authenticated", "client is not authenticated", "not authenticated to send", "unauthenticated sender", "unauthenticated senders", "unauthenticated connection", "unauthenticated connections", "anonymous", "authenticate before sending", "authenticate first", "pop before smtp", "check mail first", "check your mail before sending", "pop-before-smtp", "check for new mail first", "wantautherror", "smtp-auth", "smtp authentication", "authentication before", "asmtp", "sasl required", "authenticated users only", "only authenticated", "not logged in to smtp",
		}, None: []string{
			"resolver.rst*", "delivery restrict*", "recipient only accepts", "sender address rejected: not logged in", "relay*", "authentication failed", "authentication failure", "spf", "dkim", "dmarc", "group", "sender * not authenticated for", "authrequired", "not authenticated for", "to send to this", "authentication level", "recipient * authenticated senders", "only accepts messages from authenticated", "mailing list", "required authentication level", "internal senders", "restricted", "encryption", "authentication too weak",
			"unable to authenticate", "invalid authentication", "not advertise auth", "messages from authenticated", "accepts mail from authenticated",
		}},
		Refs:   []string{"RFC 4954 section 6"},
		Hits:   []string{"530 5.7.0 Authentication required"},
		Misses: []string{"550 5.7.1 RESOLVER.RST.AuthRequired; authentication required", "535 5.7.8 Error: authentication failed"},
	},
	{
		ID: "smtp-auth-failed", Class: runbook.ClassAuthSMTPFailed, Stage: smtp.StageAuth,
		When: When{Any: []string{
			"authentication failed", "authentication failure", "authentication error", "authentication unsuccessful", "authentication rejected", "authentication not accepted", "authentication temporarily", "authentication timed out", "authentication denied", "authentication mechanism", "authentication exchange", "authentication type", "invalid authentication", "incorrect authentication", "bad authentication", "wrong authentication", "auth failed", "auth failure", "auth error", "auth not available", "auth command is not", "auth not enabled", "sasl authentication", "sasl auth", "login failed", "login incorrect", "login denied", "login invalid", "login attempt", "login attempts", "log in failed", "invalid login", "incorrect login", "bad login", "login fail", "invalid user name or password", "invalid username or password", "credentials", "invalid password", "wrong password", "incorrect password", "bad password", "password incorrect", "password expired", "password not accepted", "password required", "application-specific password", "app password", "web login required", "log in with your web browser", "please log in via your web browser", "webloginrequired", "basic authentication is disabled", "smtpclientauthentication is disabled", "not advertise auth", "no mechanism available", "no worthy mechs", "invalid user or password", "unable to authenticate", "could not authenticate", "can not authenticate", "failed to authenticate", "not able to authenticate", "failed authentication", "token expired", "invalid token",
		}, None: []string{
			"multiple authentication", "relay", "invalid credentials for relay", "sender authentication failed", "email authentication failed", "message authentication failed", "mail authentication failed", "dmarc", "spf", "dkim", "domain authentication", "authentication checks", "arc", "sender id", "sender authentication",
		}},
		Refs:   []string{"RFC 4954 section 6"},
		Hits:   []string{"535 5.7.8 Error: authentication failed: (reason unavailable)", "534 5.7.9 Authentication mechanism is too weak"},
		Misses: []string{"530 5.7.0 Authentication required", "550 5.7.26 Multiple authentication checks failed"},
	},
	{
		ID: "sender-rejected", Class: runbook.ClassSenderRejected, Stage: smtp.StageMail,
		When: When{Any: []string{
			"sender address rejected", "sender rejected", "sender denied", "sender refused", "sender not allowed", "sender not accepted", "sender not permitted", "sender is not allowed", "sender is not accepted", "sender is not permitted", "sender blocked", "sender is blocked", "sender address blocked", "sender address is blocked", "sender has been blocked", "sender address denied", "sender address refused", "sender address not accepted", "sender address not allowed", "sender address is not allowed", "sender address is blacklisted", "sender is blacklisted", "sender blacklisted", "sender banned", "sender is banned", "sender unwanted", "sender email address rejected", "sender domain rejected", "sender domain blocked", "sender domain is blocked", "sender domain not allowed", "sender domain denied", "sender domain refused", "sender's domain is blocked", "sender's address is blocked", "sender's address rejected", "blocked sender", "blocked senders", "banned sender", "rejected sender", "bad sender", "invalid sender", "sender invalid", "sender address invalid", "sender address is invalid", "envelope blocked", "envelope sender", "mail from rejected", "mail from denied", "mail from: rejected", "mail from not allowed", "from address rejected", "from address is not allowed", "from address not allowed", "from address blocked", "from address is blacklisted", "from domain rejected", "from domain not allowed", "rejected your return address", "return address rejected", "return path rejected", "return-path rejected", "badmailfrom", "mail from your domain", "mail from this domain", "mail from this sender", "mail from this address", "email from your domain", "email from this address", "email from this sender", "messages from your domain", "address of sender", "your address is blocked", "your email address is blocked", "your email address has been blocked", "your email address is blacklisted", "your domain is blocked", "your domain has been blocked", "your domain is not allowed", "your domain is blacklisted", "null sender", "null return path", "null reverse-path", "empty sender", "empty return path", "blank sender", "bounce messages not accepted", "we do not accept bounce", "does not accept bounces", "bounces not accepted", "dsn not accepted", "sender verification", "sender not verified", "sender was rejected", "you are not allowed to send mail", "sender email address is on", "sender on blacklist",
		}, None: []string{
			"domain not found", "does not exist", "domain does not", "not logged in", "not owned by", "unverified address", "sender verify failed", "fully-qualified", "fully qualified", "syntax", "user unknown", "unable to resolve", "could not be resolved", "can not be resolved", "unresolvable", "malformed", "spf", "invalid sender domain", "reputation", "spf fail", "not authorized to send", "undeliverable address", "server configuration problem", "temporary lookup failure", "access denied, bad outbound", "recipient's allowed senders", "callout", "bounce attack", "verification failed for",
			"greylist*", "graylist*", "rate limit", "exceeded", "mailing list", "too many", "host not found", "authentication", "dkim", "dmarc", "host unknown", "no mx", "unrouteable", "user entry", "user domain entry", "quota", "rfc",
		}},
		Refs:   []string{"RFC 5321 section 3.3", "https://www.postfix.org/postconf.5.html#smtpd_sender_restrictions"},
		Hits:   []string{"501 5.1.8 Sender address rejected", "554 5.7.1 <user@example.com>: Sender address rejected: Access denied", "553 sorry, your envelope sender is in my badmailfrom list (#5.7.1)", "451 bad sender"},
		Misses: []string{"450 4.1.8 <user@example.com>: Sender address rejected: Domain not found", "553 5.7.1 <user@example.com>: Sender address rejected: not logged in", "550 5.5.2 Sender address rejected: need fully-qualified address"},
	},
	{
		ID: "sender-rejected-at-mail", Class: runbook.ClassSenderRejected,
		When:   When{Vague: true, Stages: []smtp.Stage{smtp.StageMail}, Any: []string{"denied", "rejected", "refused", "not allowed", "blocked", "not accepted", "unauthorized", "prohibited"}},
		Refs:   []string{"RFC 5321 section 3.3"},
		Hits:   []string{"{stage=mail} 550 5.7.1 <user@example.com>... Access denied"},
		Misses: []string{"{stage=rcpt} 550 5.7.1 <user@example.com>... Access denied"},
	},
	{
		ID: "sender-unresolvable", Class: runbook.ClassSenderUnresolvable, Stage: smtp.StageMail,
		When: When{Any: []string{
			"sender address rejected: domain not found", "sender address rejected: host not found", "sender address rejected: malformed dns server reply", "sender address rejected: undeliverable address", "sender address rejected: user unknown*", "sender address rejected: unverified address", "sender address rejected: domain of sender", "sender address rejected: address not found", "domain of sender", "sender domain does not exist", "sender domain not found", "sender domain must exist", "sender domain must resolve", "sender domain does not resolve", "sender domain could not be", "sender domain is invalid", "sender domain invalid", "sender domain is not valid", "sender domain is unresolvable", "sender domain unresolvable", "sender domain unknown", "sender domain has no mx", "sender domain not resolvable", "sender domain can not be", "sender domain has null mx", "sender's domain", "invalid sender domain", "unknown sender", "sender unknown", "sender does not exist", "sender not found", "sender address does not exist", "sender address does not resolve", "sender address could not be verified", "sender could not be verified", "sender verify failed", "sender verification failed", "sender verification error", "sender address verification failed", "could not verify sender", "can not verify sender", "unable to verify sender", "sender address * does not exist", "sender * does not exist", "sender address has null mx", "sender has null mx", "sender has a null mx", "unresolvable sender", "unable to resolve sender", "unresolvable rfc.5321 from domain", "unresolvable from domain", "from domain does not exist", "from domain is invalid", "from domain does not resolve", "from: domain is invalid", "from domain can not be", "mail from domain does not", "mail from domain must", "mailfrom domain does not", "mailfrom domain must", "rfc5321.mailfrom domain", "return path * does not exist", "return address domain", "domain in sender address", "domain in mail from", "domain of your address", "your domain does not exist", "your domain does not resolve", "your email domain does not", "your sender domain", "your domain name is invalid", "your domain has no mx", "your domain could not be", "invalid dns mx", "valid sender domain", "valid domain name in from", "fake sender domain", "non-resolvable sender", "unable to verify return address", "unverifiable sender", "bad sender's system address", "unrouteable sender", "verification failed for", "sending domain does not", "sending domain has no", "sending domain could not", "invalid domain, see", "dns-p*", "sender's mail domain", "backscatter: sender domain", "does not have a valid mx record for sender", "sender domain no mx", "address must exist", "no mx record for sender",
		}, None: []string{"dmarc", "dkim", "callout", "recipient domain", "recipient verify", "spf", "dnsbl*"}},
		Refs:   []string{"RFC 3463 section 3.2", "https://www.postfix.org/postconf.5.html#reject_unknown_sender_domain"},
		Hits:   []string{"450 4.1.8 <user@example.com>: Sender address rejected: Domain not found", "553 5.1.8 <user@example.com>... Domain of sender address user@example.com does not exist", "550-Verification failed for <user@example.com>\n550-Unrouteable address\n550 Sender verify failed", "550 5.7.27 Sender address has null MX"},
		Misses: []string{"550 5.7.1 <user@example.com>: Sender address rejected: Access denied", "550 5.1.2 Domain does not exist"},
	},
	{
		ID: "sender-no-domain-at-mail", Class: runbook.ClassSenderUnresolvable,
		When: When{Stages: []smtp.Stage{smtp.StageMail}, Any: []string{
			"domain not found", "no such domain", "host not found", "host unknown", "unknown host", "unknown domain", "domain could not be resolved", "can not resolve", "could not resolve", "unable to resolve", "invalid domain", "does not resolve", "does not exist", "no mx", "no dns", "unrouteable", "user unknown",
		}},
		Refs:   []string{"RFC 5321 section 3.3"},
		Hits:   []string{"{stage=mail} 550 5.1.8 No such domain example.com."},
		Misses: []string{"{stage=rcpt} 550 5.1.2 No such domain example.com."},
	},
	{
		ID: "courier-sender-domain", Class: runbook.ClassSenderUnresolvable, Stage: smtp.StageMail,
		When:   When{Codes: []string{"517"}, Any: []string{"domain does not exist", "invalid domain", "domain not found"}},
		Refs:   []string{"https://www.courier-mta.org/courier.html"},
		Hits:   []string{"517-Domain does not exist: nodns.example.\n517 Invalid domain, see <URL:https://www.ietf.org/rfc/rfc1035.txt>"},
		Misses: []string{"550 Domain does not exist: nodns.example"},
	},
	{
		ID: "sender-domain-gone-at-eod", Class: runbook.ClassSenderUnresolvable,
		When:   When{Stages: []smtp.Stage{smtp.StageEOD}, Any: []string{"does not exist", "from: domain is invalid"}, None: []string{"user", "account", "mailbox", "recipient", "email", "address"}},
		Refs:   []string{"RFC 5321 section 3.3"},
		Hits:   []string{"{stage=eod} 553 mail.example.com does not exist"},
		Misses: []string{"{stage=eod} 550 user does not exist"},
	},
	{
		ID: "sender-syntax", Class: runbook.ClassSenderSyntax, Stage: smtp.StageMail,
		When: When{Any: []string{
			"sender address is not well-formed", "sender address syntax", "sender syntax", "sender address rejected: need fully-qualified address", "sender address rejected: need fully qualified address", "sender address must contain a domain", "sender address must be fully-qualified", "sender address malformed", "malformed sender", "sender address is malformed", "sender is malformed", "bad sender's mailbox address syntax", "invalid syntax in sender", "syntax error in sender", "syntax error in from", "syntax error in mail from", "syntax error in return path", "syntax error in reverse-path", "illegal sender", "sender address is not rfc", "sender is not a valid", "sender not rfc", "improper sender address", "sender address has invalid", "domain required for sender", "domain name required for sender", "missing domain in sender", "sender domain missing", "sender domain must be fully qualified", "invalid mail from syntax", "invalid from address syntax", "invalid return path", "malformed return path", "malformed mail from", "from address is not rfc", "invalid characters in sender", "sender address contains", "sender address format", "need fully-qualified sender", "bad reverse-path", "invalid reverse-path", "bad address mailbox syntax", "return path is invalid",
		}},
		Refs:   []string{"RFC 3463 section 3.2", "RFC 5321 section 4.1.2"},
		Hits:   []string{"553 5.1.7 The sender address is not well-formed", "504 5.5.2 <user>: Sender address rejected: need fully-qualified address"},
		Misses: []string{"501 5.1.3 Bad recipient address syntax"},
	},
	{
		ID: "sender-not-permitted", Class: runbook.ClassSenderNotPermitted,
		When: When{Any: []string{
			"sender address rejected: not logged in", "not owned by user", "sender address rejected: not owned", "senderasdenied", "sendasdenied", "does not have permissions to send as this sender", "not have permissions to send on behalf", "client does not have permissions to send as", "not allowed to send as", "not permitted to send as", "may not send as", "send as denied", "send-as", "not authorized to use", "user is not allowed to use", "address not owned by", "sender address is not owned", "not your address", "address does not belong to", "sender address does not belong", "does not belong to your account", "from address does not match", "from address must be", "sender address must match", "sender must match", "sender mismatch", "sender does not match", "does not match authenticated", "authenticated user does not match", "authenticated as", "not a verified sender", "verified sender identity", "address is not verified", "identities failed the check", "unverified sender", "sender not authorized", "sender not authorised", "sender is not authorized", "sender unauthorized", "not authorized to send", "not authorised to send", "not allowed to send from", "not permitted to send from", "may not send from", "unregistered domain", "unregistered sender", "domain is not verified", "domain not verified", "sending domain is not", "relaying disallowed as", "mail sending denied", "you are not permitted to send", "not permitted to send email", "not have permission to send", "not allowed to send external", "external mail is not allowed", "automatic forwarding", "external forwarding", "sender is not permitted to send", "outbound mail not allowed", "customfromdenied", "sender address not permitted", "tenant allow/block", "mail from address not authorized", "from header not authorized", "identity not allowed",
		}, None: []string{
			"to this recipient", "to the recipient", "to this address", "to this group", "to this list", "to the group", "to the list", "this mailing list", "distribution", "restricted", "spf", "recipient's", "to this mailbox", "to this user", "send mail to this", "send to this", "member", "members", "list", "mailing list", "your ip", "not allowed to send mail from", "permitted sender", "host is not authorized to send mail for", "not authorized to send mail from", "to send messages to", "dmarc", "to post",
		}},
		Refs:   []string{"https://www.postfix.org/postconf.5.html#reject_sender_login_mismatch", "RFC 6409 section 6.1"},
		Hits:   []string{"553 5.7.1 <user@example.com>: Sender address rejected: not logged in", "553 5.7.1 <user@example.com>: Sender address rejected: not owned by user other@example.com", "550 5.7.1 You are not authorized to send as this user"},
		Misses: []string{"550 5.7.1 You are not authorized to send to this group", "550 192.0.2.7 is not allowed to send mail from example.com"},
	},
	{
		ID: "sender-limit", Class: runbook.ClassSenderLimit,
		When: When{Any: []string{
			"submission quota exceeded", "sending quota", "sending limit", "sending limits", "daily limit exceeded", "daily message limit", "daily message quota", "daily message quota exceeded", "daily quota", "daily email limit", "daily limit for", "per-day sending", "smtp relay limit", "relay limit exceeded", "outgoing message limit", "outgoing quota", "outgoing limit", "outgoing mail limit", "outbound limit", "outbound quota", "outgoing email limit", "you have exceeded", "you have reached", "you have sent too many", "your account has exceeded", "your account has reached", "your quota of messages", "your daily limit", "your hourly limit", "account has exceeded its sending", "sender quota exceeded", "sender has exceeded quota", "credits exceeded", "out of credits", "no credits", "insufficient credits", "plan limit", "monthly limit", "monthly quota", "maximum sending rate exceeded", "throttling failure", "message limit for your account", "sending allowance", "exceeded sending", "recipient limit for your account", "exceeded the daily", "exceeded the max emails per hour", "domain * has exceeded the max emails", "has exceeded the max defers", "max defers and failures", "defers and failures per hour", "tenant exceeded", "tenant has exceeded", "exceeded threshold", "mail sent exceeded", "user has exceeded the limit of messages",
		}, None: []string{"to this recipient", "recipient has exceeded", "mailbox", "storage", "from your ip", "connections", "mailbox full", "disk quota", "your mailbox", "recipient's"}},
		Refs:   []string{"https://support.google.com/a/answer/166852"},
		Hits:   []string{"550 You have exceeded your sending quota", "550 Your account has reached its daily limit"},
		Misses: []string{"552 5.2.2 Quota exceeded", "450 4.2.1 The user you are trying to contact is receiving mail too quickly"},
	},
	{
		ID: "sender-disabled", Class: runbook.ClassSenderDisabled,
		When: When{Any: []string{
			"bad outbound sender", "sender's account", "sender account is", "sender account suspended", "sender account disabled", "sender account blocked", "sender is suspended", "sender suspended", "sender disabled", "sender is disabled", "sending account", "sending suspended", "sending disabled", "sending has been disabled", "sending has been suspended", "sending paused", "sending is disabled", "suspended for sending", "account suspended for spam", "your account has been disabled", "your account has been suspended", "your account is suspended", "your account is disabled", "your account has been blocked", "your account is blocked", "your account is locked", "your account has been locked", "your account has been restricted", "your account is restricted", "your account has been temporarily", "your account is temporarily", "your account was", "your mailbox has been blocked", "message sending for this account is disabled", "account is disabled for sending", "outgoing mail suspended", "outgoing mail is blocked", "outgoing mail has been", "outgoing email has been", "outgoing messages are blocked", "outbound mail blocked", "outbound suspended", "outgoing suspended", "outgoing mail from * has been suspended", "blocked from sending", "restricted from sending", "banned from sending", "suspended from sending", "not allowed to send mail due to abuse", "compromised", "unusual sending activity", "suspicious outgoing", "sender blocked for spam", "sender's ip blocked for outbound", "spam from your account", "spam message from your account", "your account is sending spam", "sender has been suspended", "smtp access disabled", "smtp access has been", "email sending has been",
		}, None: []string{"recipient's account"}},
		Refs:   []string{"https://learn.microsoft.com/en-us/exchange/troubleshoot/email-delivery/ndr/fix-error-code-550-5-1-8-in-exchange-online"},
		Hits:   []string{"550 5.1.8 Access denied, bad outbound sender.", "554 Sending paused for this account. For more information, please check the inbox of the email address associated with your account."},
		Misses: []string{"550 5.2.1 Recipient account disabled"},
	},
	{
		ID: "sender-suppressed", Class: runbook.ClassSenderSuppressed,
		When: When{Any: []string{
			"suppression list", "suppressed", "previously bounced", "history of bouncing", "bounced address", "unsubscribed", "spam reporting address", "marked your messages as spam", "previously complained", "complained previously", "on your suppression", "on our suppression", "global suppression", "onaccountsuppressionlist", "bounce list", "blocked due to previous bounces", "was not sent because", "message not sent", "dropped: bounced", "inactive recipient list", "recipient on hold list", "do not email list", "do-not-email", "do not mail", "opted out", "opt-out list", "marked as inactive",
		}},
		Refs:   []string{"https://docs.aws.amazon.com/ses/latest/dg/sending-email-suppression-list.html"},
		Hits:   []string{"554 5.7.1 Message not sent: address is on the suppression list", "550 Not sent: recipient has unsubscribed"},
		Misses: []string{"554 5.7.1 Client host listed in our block list"},
	},
	{
		ID: "recipient-restricted", Class: runbook.ClassRecipientRestricted, Stage: smtp.StageRcpt,
		When: When{Any: []string{
			"authrequired; authentication required", "not authorized to send to this", "not authorized to send to the", "not authorized to post", "not authorised to post", "not allowed to post", "not permitted to post", "may not post", "permission to post", "post to this group", "post to this list", "posting to this list", "posting to this group", "posting not allowed", "posting is restricted", "posting restricted", "not allowed to send to this", "not permitted to send to this", "not allowed to send mail to this", "not authorized to send mail to this", "not allowed to send messages to this", "not allowed to send to the list", "permission to send to this", "permissions to send to this", "permission to deliver to this", "permission to send messages to", "may not have permission", "do not have permission to send to", "does not have permission to send to", "isn't allowed to send", "is not allowed to send messages to", "restricted recipient", "recipient is restricted", "recipient restricted", "restricted mailbox", "restricted address", "mailbox is restricted", "restricted group", "restricted list", "restricted distribution", "restricted to members", "delivery restriction", "delivery restrictions", "message restrictions", "restrictions on who can send", "only accepts mail from", "only accepts messages from", "only accepts email from", "only accept mail from", "only accept messages from", "accepts mail only from", "accepts messages only from", "accepts only mail from", "only members", "only subscribers", "only list members", "members only", "members-only", "closed list", "closed mailing list", "private list", "private mailing list", "not a member", "nonmember", "non-member", "non-members", "not subscribed", "not a subscriber of", "not a subscriber to", "not on the subscriber list", "not an authorized sender", "not an approved sender", "not on the approved", "approved senders", "allowed senders", "recipient's allowed", "internal use only", "for internal use", "internal only", "internal address", "internal recipients only", "internal senders only", "from internal senders", "from within the organization", "inside the organization", "inside its organization", "outside the organization", "external senders", "external mail not accepted", "does not accept external", "does not accept mail from external", "no external mail", "not accept mail from outside", "rejected by recipient", "rejected by the recipient", "rejected by recipients", "blocked by recipient", "blocked by the recipient", "blocked by user", "refused by recipient", "refused by the recipient", "refused by user", "denied by recipient", "recipient refused", "recipient refuses", "recipient has blocked", "recipient blocked", "user has blocked", "has blocked your", "blocked your address", "blocks your", "blacklisted by user", "blacklisted by recipient", "user in blacklist", "recipient's block list", "recipient's blocklist", "recipient's personal", "personal blacklist", "personal black list", "recipient's blacklist", "user's block list", "user's blacklist", "user's blocked list", "envelope blocked - user domain entry", "user entry", "recipient policy", "recipient's policy", "recipient's preferences", "recipient preferences", "recipient does not accept", "recipient does not want", "user does not accept", "does not want to receive", "does not want mail from", "not wish to receive", "not accepting mail from this sender", "not accepting mail from you", "not accepting messages from", "does not accept mail from you", "does not accept mail from this sender", "does not accept messages from this", "refuses mail from", "mailbox refuses", "moderated", "message held for moderation", "requires moderation", "moderator", "awaiting moderation", "list administrator", "whitelisted senders", "recipient whitelist", "recipient's whitelist", "white list of recipient", "expansion prohibited", "sender not in whitelist", "sender is not in the", "not in the recipient's", "sender not authenticated for group", "sendernotauthenticatedforgroup", "rejected by sieve", "user filter", "rejected by filter of recipient", "recipient rejects mail", "challenge", "sender is not on the list of", "recipient only accepts", "this group only", "this list only", "this address only", "address only accepts", "mailbox only accepts", "group is closed", "no permission to send", "you are not allowed to send to", "not allowed to mail this list", "restrictedtogrouppermission", "restrictedtorecipientspermission", "not permitted to email", "isn't authorized to send", "rejected by your contact",
		}, None: []string{"send as", "ip address", "blocked using", "dmarc", "challenge-response authentication", "spf", "blacklisted by recipient's server", "user unknown"}},
		Refs:   []string{"RFC 3463 section 3.8", "https://learn.microsoft.com/en-us/exchange/troubleshoot/email-delivery/ndr/non-delivery-reports-in-exchange-online"},
		Hits:   []string{"550 5.7.1 You are not a member of this mailing list", "550 5.7.1 This address only accepts mail from internal senders"},
		Misses: []string{"530 5.7.0 Authentication required", "550 5.7.1 IP address blacklisted by recipient"},
	},
	{
		ID: "recipient-access-denied", Class: runbook.ClassRecipientRestricted,
		When:   When{Any: []string{"recipient address rejected: access denied"}, Codes: []string{"5.7.1", "5.7.0", "554"}, None: []string{"protection.outlook.com", "prod.outlook.com"}},
		Refs:   []string{"https://www.postfix.org/access.5.html"},
		Hits:   []string{"554 5.7.1 <allstaff@example.com>: Recipient address rejected: Access denied"},
		Misses: []string{"550 5.4.1 [user@example.com]: Recipient address rejected: Access denied [AM0EUR02FT050.eop-EUR02.prod.protection.outlook.com]"},
	},
}
