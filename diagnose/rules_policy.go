package diagnose

import (
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// policyRules hold refusals of the client: for what it is, how fast it sends,
// and what lists say of it.
var policyRules = []Rule{
	{
		ID: "greylisted", Class: runbook.ClassPolicyGreylist,
		When: When{Any: []string{
			"greylist", "greylist*", "graylist*", "grey listed", "gray listed", "grey-list*", "gray-list*", "grey listing", "gray listing", "postgrey", "sqlgrey", "milter-greylist", "first time sender", "unfamiliar sender", "not seen before", "retry in * seconds", "retry in * minutes", "please try again in * minutes", "try again in * seconds", "try again in * minutes", "come back in * minutes", "come back in * seconds", "please retry in", "retry after",
			"delayed for anti-spam", "delaying mail from", "you are being delayed", "temporarily deferred, please retry", "this is a temporary rejection, please", "sender is unknown, please retry", "new sender, try again", "mail temporarily deferred: unknown sender", "pregreet", "deep protocol test reconnection", "protocol test reconnection",
		}, None: []string{"too many", "rate limit*", "exceeded", "exceeds", "too much", "quota", "too fast", "too quickly", "blacklist*"}},
		Refs:   []string{"RFC 6647"},
		Hits:   []string{"450 4.2.0 <user@example.com>: Recipient address rejected: Greylisted, see http://postgrey.example.org/help/example.com.html", "451 4.7.1 Greylisting in action, please come back later", "450 4.3.2 Service currently unavailable, deep protocol test reconnection"},
		Misses: []string{"450 4.7.1 Too many messages, retry in 60 seconds"},
	},
	{
		ID: "rate-limit", Class: runbook.ClassPolicyRateLimit,
		When: When{Any: []string{
			"rate limit", "rate limited", "rate-limited", "rate-limit", "ratelimit", "ratelimited", "rate limiting", "rate exceeded", "exceeded rate", "exceeded the rate", "exceeds the limit", "exceeded message rate", "message limit exceeded", "message limit reached", "sending rate", "sender rate", "sending limit exceeded for", "too much mail", "too much email", "too much traffic", "too many messages", "too many mails", "too many emails", "too many email", "too many mail from", "too many requests", "too many deliveries", "too many mail transactions", "too many recipients from", "too many recipients per hour", "recipients this hour", "recipients received this hour", "too many transactions", "sending too many", "sending too much", "too fast", "too quickly", "too frequently", "too frequent", "too often", "slow down", "receiving mail at a rate", "receiving email at a rate", "receiving rate", "receivingrate", "receivingrateperm", "excessive volume", "excessive rate", "excessive traffic", "excessive number of", "high volume", "mail volume", "volume of mail", "volume limit", "unusual rate", "unusual amount of traffic", "unusual volume", "unusual traffic", "throttle", "throttled", "throttling", "traffic shaping", "flow control", "frequency limited", "frequency limit", "frequency of emails", "exceeded the limit for the number of messages", "exceeded the limit on messages", "exceeded the maximum number of messages", "exceeded maximum number of messages", "exceeded the number of messages", "exceeded the allowed number of messages", "exceeded allowed messages", "messages per hour", "emails per hour", "mails per hour", "per hour limit", "hourly limit", "hourly rate", "hourly quota", "hourly maximum", "per-hour limit", "per-day limit", "limit per hour", "limit per day", "limit per sender", "limit for this sender", "per minute", "message quota exceeded", "mail flood", "flooding", "unsolicitedratelimiterror", "policy: rate", "over rate", "over the rate", "daily limit reached for recipient", "mailbox is receiving", "user is receiving mail", "recipient receives too many", "in a short period", "in a short time", "within a short", "exceeded outgoing rate", "queue quota exceeded", "organization queue quota", "thread limit exceeded", "messages in a given time", "delivery concurrency", "please reduce", "reduce your sending", "reduce the rate", "reduce sending", "reached the limit of", "limit of messages", "too many recent", "deferred due to excessive", "message throughput", "bandwidth limit", "maximum messages", "bulk mail limit", "ip address has been temporarily rate", "rate control", "rate controlled", "rate-controlled", "quota exceeded: hourly", "ip sent too many", "sent too much", "submission rate", "exceeding",
		}, None: []string{
			"connection rate", "connections per", "too many connections", "concurrent", "poor reputation", "low reputation", "due to ip reputation", "due to domain reputation", "ip reputation", "sessions", "connection frequency", "too many messages in mailbox", "mailbox full", "messages per connection", "per connection", "per session", "your account", "size", "dmarc", "invalid recipients", "too many hops", "unknown recipients", "attachments", "received headers", "helo", "mailbox over", "too large", "errors", "connection limit",
			"sending quota", "exceeding storage", "exceeding quota",
		}},
		Refs:   []string{"RFC 3463 section 3.8"},
		Hits:   []string{"450 4.7.1 Error: too much mail from 192.0.2.7", "450 4.7.1 Error: too many recipients from 192.0.2.7", "451 Sender rate 2.0 / 1h exceeds the limit; try again later", "452 #4.5.3 Too many recipients this hour", "450 4.2.1 Recipient is receiving mail at a rate that is too high"},
		Misses: []string{"452 4.3.2 Connection rate limit exceeded.", "452 4.5.3 Too many recipients", "451 4.7.650 The mail server [192.0.2.7] has been temporarily rate limited due to IP reputation."},
	},
	{
		ID: "connections", Class: runbook.ClassPolicyConnections,
		When: When{Any: []string{
			"too many connections", "too many concurrent", "too many simultaneous", "too many smtp connections", "too many parallel connections", "too many tcp connections", "too many sessions", "too many connection attempts", "too many connects", "too many clients", "connection rate", "connection limit", "connection count", "connection frequency", "connection throttled", "connection throttling", "connection throttle", "connections per", "connections from your ip", "connections from your host", "connections from this ip", "connections from this host", "connections from your address", "connections from your system", "connections from this address", "concurrent connections", "concurrent connection", "concurrency limit", "simultaneous connections", "simultaneous smtp connections", "exceeded connections", "exceeded the connection", "maximum connections", "maximum concurrent", "maximum sessions", "max connections", "max concurrent", "number of connections", "number of concurrent", "number of simultaneous", "excessive connections", "connecting too often", "connecting too frequently", "connecting too fast", "open connections", "session limit", "messages per connection", "messages per session", "message per connection", "maximum number of messages per", "too many messages in this connection", "too many messages in one session", "too many messages in one connection", "too many messages for this session", "too many mails per session", "too many emails per connection", "session message limit", "messages in this session", "max mails per session", "too many transactions in this", "exceeding outbound thread limit", "connection per ip", "per-client connection", "per-ip connection", "no more than * connections", "only * connections", "connection denied, too many", "host has too many", "ip has too many", "open smtp sessions",
		}, None: []string{"dictionary", "errors"}},
		Refs:   []string{"https://www.postfix.org/postconf.5.html#smtpd_client_connection_count_limit"},
		Hits:   []string{"421 4.7.0 mx.example.com Error: too many connections from 192.0.2.7", "452 4.3.2 Connection rate limit exceeded.", "421 Too many concurrent SMTP connections from this IP address; please try again later."},
		Misses: []string{"450 4.7.1 Error: too much mail from 192.0.2.7"},
	},
	{
		ID: "session-abuse", Class: runbook.ClassPolicyAbuse,
		When: When{Any: []string{
			"too many errors", "too many unknown recipients", "too many unknown users", "too many nonexistent", "too many non-existent", "too many non existent", "too many non-existing", "too many wrong recipients", "too many rejected recipients", "too many invalid", "too many bad", "too many failures", "too many failed", "too many protocol errors", "too many syntax errors", "too many unrecognized commands", "too many unknown commands", "too many smtp errors", "too many rejections", "too many nonmail commands", "too many non-mail commands", "too many commands", "too many noop", "too many rset", "too many vrfy", "too many erroneous", "directory harvest", "dictionary attack", "harvest attack", "harvesting attack", "address harvesting", "dha", "error limit exceeded", "error limit reached", "no more invalid recipients", "excess invalid recipients", "number of invalid recipients", "invalid recipients exceeded", "invalid recipient limit", "excessive unknown recipients", "excessive invalid recipients", "percentage of invalid recipients", "maximum number of invalid", "unknown recipients limit", "bounce attack", "bounce attacks", "recipient harvesting", "user enumeration", "too many recipients rejected",
		}},
		Refs:   []string{"https://www.postfix.org/postconf.5.html#smtpd_hard_error_limit"},
		Hits:   []string{"421 4.7.0 mx.example.com Error: too many errors", "550 Too many invalid recipients"},
		Misses: []string{"421 4.7.0 Too many connections"},
	},
	{
		ID: "too-many-recipients", Class: runbook.ClassPolicyRecipients,
		When: When{Any: []string{
			"too many recipients", "too many rcpt", "too many rcpts", "too many recipient", "too many receivers", "too many to addresses", "too many addresses", "too many destinations", "toomanyrecipientserror", "maximum recipients", "maximum number of recipients", "max recipients", "max rcpt", "number of recipients exceed", "number of recipients exceeds", "number of recipients is", "recipient count", "recipient limit", "recipients limit", "recipients exceeded", "recipients per message", "recipients per session", "more recipients than", "one recipient at a time", "only one recipient", "one recipient per", "domain policy size per transaction exceeded", "limit of recipients", "limit on the number of recipients", "allowed number of recipients", "deliver to * recipients at a time", "multiple recipients not allowed", "recipients in one transaction", "too many local recipients", "too many cc", "bulk recipients",
		}, None: []string{"this hour", "per hour", "per day", "invalid", "unknown recipients", "rejected", "too many recipients from", "bad recipients", "daily", "your account"}},
		Refs:   []string{"RFC 5321 section 4.5.3.1.8", "RFC 5321 section 4.5.3.1.10"},
		Hits:   []string{"452 4.5.3 Too many recipients", "552 Too many recipients"},
		Misses: []string{"450 4.7.1 Error: too many recipients from 192.0.2.7", "452 #4.5.3 Too many recipients this hour"},
	},
	{
		ID: "blocklist", Class: runbook.ClassPolicyBlocklist,
		When: When{Any: []string{
			"blocked using", "rejected using", "blacklisted", "blacklist", "blacklists", "black list", "black lists", "black listed", "black-list*", "blacklisting", "block list", "block lists", "block-list*", "blocklist", "blocklists", "blocklisted", "block listed", "denylist", "denylisted", "deny list", "listed at", "listed in", "listed on", "listed by", "is listed", "is on a list", "ip blocked", "ip is blocked", "ip address is blocked", "ip address blocked", "ip has been blocked", "ip address has been blocked", "ip was blocked", "your ip has been", "banned ip", "ip banned", "ip is banned", "banned sending ip", "banned sender ip", "blocked ip", "blocked host", "blocked sender ip", "blocked client", "host blocked", "host is blocked", "client blocked", "server is blocked", "domain listed", "rbl", "rbls", "rblsmtpd", "dnsbl", "dnsbls", "dnsbl*", "real-time blackhole", "realtime blackhole", "blackhole list", "rhsbl", "spamsources.fabel.dk", "cobion.com", "spamtrap", "spam traps", "network reputation list", "_is_blocked", "found in one or more", "known source of spam", "spam source", "spam host", "spam server", "spammer", "open relay", "open proxy", "open mail relay", "dialup", "dial-up", "dynamic ip", "dynamic address", "dynamic/residential", "blocked for spamming issues", "insecure mail relay", "insecure relay", "removal from this list", "request removal from", "to request removal", "delist", "delisting", "de-list", "delisted", "removal request", "unblock request", "remove your ip", "sending ip is", "blocked for abuse", "blocked for spam", "blocked by spam statistics", "ip is in * list", "ip address is in a", "(bl)",
		}, None: []string{
			"url", "uri", "link", "links", "urls", "uris", "surbl", "uribl", "open resolver", "query refused", "attachment", "content", "body contains", "message contains", "sender is blacklisted", "sender blacklisted", "sender address is blacklisted", "sender is on * blacklist", "recipient blacklist", "your email address", "from address is blacklisted", "not listed", "no longer listed", "recipient is not listed", "recipient not listed", "user not listed", "user in blacklist", "blacklisted by user", "blacklisted by recipient",
			"listed in domino directory", "listed in public", "listed in the directory", "listed in directory", "best-preference", "not in whitelist", "listed in mx", "no answer from any hosts listed", "hosts listed in mx", "in my list", "reverse dns", "ptr", "address listed in", "recipient's block list", "recipient's blocklist", "personal black", "mailing list", "addresses listed in", "envelope blocked - user", "suppression",
		}},
		Refs:   []string{"RFC 5782", "RFC 6471"},
		Hits:   []string{"554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/192.0.2.7", "550 5.7.1 Rejected: 192.0.2.7 listed at bl.example", "550 5.7.1 Your IP address is blacklisted"},
		Misses: []string{"550-REJECTED - Blacklisted URL in message. (example.com) in [black].", "550 5.1.1 <info@spamhaus.org>: User unknown", "550 5.1.1 User not listed in Domino Directory"},
	},
	{
		ID: "blocklist-by-recipient", Class: runbook.ClassPolicyBlocklist,
		When:   When{Any: []string{"ip address blacklisted by recipient", "ip blacklisted by recipient", "ip address blocked by recipient"}},
		Refs:   []string{"RFC 6471"},
		Hits:   []string{"550 5.7.1 IP address blacklisted by recipient"},
		Misses: []string{"550 5.7.1 Sender blacklisted by recipient"},
	},
	{
		ID: "reputation", Class: runbook.ClassPolicyReputation,
		When: When{Any: []string{
			"reputation", "sbrs", "score too low", "low sender score", "complaint rate", "complaints", "unsolicited mail originating from your ip", "unusual amount of unsolicited mail", "suspicious ip", "suspected spam ip", "suspected spam sender", "suspected spammer", "bad ip", "your ip address is not trusted", "untrusted ip", "untrusted sender ip", "untrusted host", "not a trusted", "suspicious activity", "suspicious behaviour", "suspicious behavior", "abusive behavior", "history of spam", "high volume of spam", "sends spam", "sending spam", "originating spam", "spam from your ip", "spam from this ip", "spam activity", "spamming", "messages from * temporarily deferred", "temporarily deferred due to", "mail from * temporarily deferred", "mail from * was deferred", "not allowed - vs*", "connections not accepted from ip addresses with", "has exceeded the spam threshold", "not accepted from this ip", "mail from your ip address has been temporarily", "low trust", "trust level", "bad sender history", "poor sending history", "ip warm", "problem occurred. (ask your postmaster", "message from * temporarily deferred", "temporarily deferred - 4.16", "connection rejected by policy [7", "unsolicitediperror",
		}, None: []string{"blocked by proofpoint reputation", "refused by proofpoint reputation", "url reputation", "link reputation", "(bl)", "blocked using", "spamhaus", "file reputation"}},
		Refs:   []string{"RFC 7070"},
		Hits:   []string{"554 Rejected because of the poor reputation of your IP address", "550 5.7.1 Message refused due to sender reputation"},
		Misses: []string{"554 5.7.1 [192.0.2.7] blocked using zen.spamhaus.org"},
	},
	{
		ID: "reverse-dns", Class: runbook.ClassPolicyRDNS,
		When: When{Any: []string{
			"find your hostname", "reverse dns", "reverse-dns", "reverse dns entry", "no reverse dns", "fcrdns", "rdns", "reverse lookup", "reverse hostname", "reverse host lookup", "reverse mapping", "reverse record", "reverse entry", "reverse address", "reverse resolution", "reverse name", "reverse ip", "no reverse", "ptr record", "ptr records", "no ptr", "missing ptr", "without ptr", "ptr lookup", "ptr resource record", "dns ptr", "invalid ptr", "bad ptr", "generic ptr", "ptr entry", "ptr name", "have a ptr", "need a ptr", "valid ptr", "ptr does not match", "in-addr.arpa", "ip6.arpa", "does not resolve to hostname", "does not resolve to a hostname", "does not resolve to host", "ip address does not resolve", "ip does not resolve", "your ip address has no", "unable to resolve your ip", "could not resolve your ip", "could not resolve your hostname", "can not resolve your hostname", "can not resolve your ip address", "can not resolve your address", "client name does not match", "client hostname does not match", "hostname does not match ip", "host name does not match", "hostname mismatch", "forward dns", "forward and reverse", "unresolvable client", "unresolvable ip", "dns name associated with", "no dns name", "domain name pointer", "mismatches client ip", "not resolve to your ip", "ip name lookup failed", "ip name forged", "name possibly forged", "forged hostname", "unknown client host", "could not resolve hostname of your", "client host unknown", "relay * has no name", "host has no name", "no hostname for your ip", "hostname lookup of your ip", "hostname verification failed", "your hostname could not be", "hostname of your ip", "resolve to a name", "unable to get reverse", "ip address without",
		}, None: []string{"helo command rejected", "ptr record is blacklisted", "blocked using"}},
		Refs:   []string{"RFC 8601 section 2.7.3", "RFC 7372 section 3.3"},
		Hits:   []string{"450 4.7.1 Client host rejected: cannot find your reverse hostname, [192.0.2.7]", "550 5.7.25 The sending address does not have a PTR record", "554 5.7.1 Your server has no reverse DNS"},
		Misses: []string{"550 5.7.1 Helo command rejected: Host not found"},
	},
	{
		ID: "helo-rejected", Class: runbook.ClassPolicyHELO, Stage: smtp.StageEHLO,
		When: When{Any: []string{
			"helo command rejected", "ehlo command rejected", "helo rejected", "ehlo rejected", "helo name", "ehlo name", "helo argument", "ehlo argument", "helo host", "helo hostname", "helo/ehlo", "ehlo/helo", "invalid helo", "bad helo", "bad ehlo", "invalid ehlo", "wrong helo", "forged helo", "fake helo", "illegal helo", "suspicious helo", "unqualified helo", "helo string", "helo domain", "helo greeting", "helo not accepted", "helo required", "helo is not", "helo does not", "helo must", "your helo", "in helo", "in ehlo", "invalid domain name in helo", "invalid domain name in ehlo", "invalid domain in helo", "helo lookup", "helo mismatch", "helo resolves", "helo verification", "helo check", "helo should", "helo ? does not resolve", "ehlo should", "polite people say hello", "send helo", "send ehlo", "say helo", "invalid host name in helo", "introduce yourself", "introduces itself", "but my name was rejected", "name in greeting", "need fully-qualified hostname", "need fully qualified hostname", "client host greeting", "greet us with", "greeted us", "your hostname is not fully qualified", "p=helo", "ehlo domain", "ehlo host", "ehlo hostname", "bad greeting", "invalid greeting name",
		}, None: []string{"spf", "after helo", "after ehlo", "in reply to helo", "in reply to ehlo", "ehlo first", "while performing the", "host * said"}},
		Refs:   []string{"RFC 5321 section 4.1.1.1", "https://www.postfix.org/postconf.5.html#smtpd_helo_restrictions"},
		Hits:   []string{"504 5.5.2 <mailout>: Helo command rejected: need fully-qualified hostname", "550 5.7.1 <localhost>: Helo command rejected: Host not found"},
		Misses: []string{"lost connection with mx.example.com[192.0.2.7] while performing the HELO handshake"},
	},
	{
		ID: "policy-named", Class: runbook.ClassPolicyLocal,
		When: When{Any: []string{
			"client host rejected", "client host rejected: access denied", "administrative prohibition", "local policy", "site policy", "security policy", "security policies", "policy violation", "policy reasons", "due to policy", "due to a policy", "by policy", "policy rejection", "policy restrictions", "policy reject", "message policy", "server policy", "corporate policy", "company policy", "organization policy", "organizational policy", "mail policy", "mailpolicy violation", "email policy", "access policy", "delivery policy", "administrator's policy", "administratively denied", "administratively rejected", "has a policy that prohibited", "against our policy", "violates our policy", "violates policy", "violation of policy", "network not allowed", "country", "geoip", "geo-ip", "geographic", "ipv6 not accepted", "over ipv6", "not in whitelist", "not whitelisted", "not on whitelist", "whitelist only", "not on the allow list", "not in allow list", "allowlist only", "not allowed to connect", "your host is not welcome", "not welcome here", "you are not welcome", "go away", "connection denied", "connection rejected", "connection not allowed", "connection not accepted", "connection blocked", "access to this mail system", "access restricted", "transport.rules.rejectmessage", "mail flow rule", "transport rule", "restrictdomainsto*", "no smtp service", "mail from this host not allowed", "not permitted to send mail to this server", "not authorized to connect", "unauthorized host", "unauthorized client", "host not authorized", "unauthorized server", "blocked by administrator", "blocked by the administrator", "blocked by system administrator", "blocked by admin", "rejected by administrator", "firewall", "anti-spoofing", "spoofing", "spoofed", "impersonation", "forged mail", "anti-abuse policy", "mail refused for policy", "customer block", "private ip", "acl", "access control list", "rejected by destination domain", "failure policy error", "rejected by the domain", "rejected by the recipient domain",
		}, None: []string{
			"spf policy", "dmarc policy", "dmarc", "reject due to spf", "sts policy", "tls policy", "content", "attachment*", "spam*", "virus*", "url", "reputation", "blacklist*", "blocked using", "hostname", "relay", "rate limit", "too many", "too large", "size", "sender address", "dkim", "helo", "user policy", "ip based", "domain based", "header based",
			"keyword*", "subject", "recipient policy", "recipient's policy", "reverse dns", "rdns", "ptr", "spamhaus", "dnsbl*", "policy violations",
		}},
		Refs:   []string{"RFC 3463 section 3.8"},
		Hits:   []string{"550 Administrative prohibition", "550 5.7.0 Local Policy Violation", "554 5.7.1 <mx.example.net[192.0.2.7]>: Client host rejected: Access denied", "550 Your host is not welcome here", "554 mx.example.com No SMTP service here"},
		Misses: []string{"550 5.7.1 Email rejected per DMARC policy for example.com", "550 5.7.1 Rejected: content policy violation"},
	},
	{
		ID: "policy-vague", Class: runbook.ClassPolicyLocal,
		When: When{Vague: true, Any: []string{
			"access denied", "access not allowed", "access prohibited", "access forbidden", "message rejected", "message refused", "message denied", "message was rejected", "message has been rejected", "message blocked", "message was blocked", "message has been blocked", "message not accepted", "message not allowed",
			"mail rejected", "mail refused", "mail denied", "mail blocked", "mail not accepted", "mail was rejected", "email rejected", "email refused", "email blocked", "email was rejected", "email has been rejected", "email was blocked", "delivery not authorized", "delivery not allowed", "delivery refused", "delivery denied", "delivery rejected",
			"rejected by server", "rejected by the server", "transaction refused", "transaction rejected", "connection rejected", "service refused", "service refuse", "security violation", "rejected for security reasons", "refused by policy", "does not accept mail from", "not accept mail from", "can not accept mail from", "bounced by", "failed to delivery",
			"permission denied", "not authorized to send", "sorry, your message",
		}, None: []string{"recipient address rejected", "sender address rejected", "address rejected", "recipient rejected", "connection refused", "user unknown"}},
		Refs:   []string{"RFC 3463 section 3.8"},
		Hits:   []string{"554 5.7.1 Access denied", "550 5.7.1 Message refused"},
		Misses: []string{"550 <user@example.com>: Recipient address rejected.", "550 5.7.23 Rejected"},
	},
}
