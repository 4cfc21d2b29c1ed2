package diagnose

import (
	"github.com/smtpdiag/smtpdiag/runbook"
)

// backendRules hold what is wrong inside the receiving system, or inside the
// sender's own before it asked anyone.
var backendRules = []Rule{
	{
		ID: "lookup-temporary", Class: runbook.ClassLookupTemporary,
		When: When{Any: []string{
			"temporary lookup failure", "recipient lookup failure", "user lookup failure", "user lookup failed temporarily", "table lookup failure", "table lookup problem", "map lookup failure", "lookup table error", "temporary map lookup", "alias lookup failure", "ldap timeout", "ldap timed out", "ldap lookup timed out", "ldap lookup failed", "ldap lookup failure", "ldap lookup error", "ldap error", "ldap failure", "ldap server", "ldap query failed", "ldap_search", "ldap connection", "ldap unavailable", "ldap is down", "ldap server unavailable", "ldap server is unavailable", "ldap temporarily", "directory lookup failed", "directory lookup failure", "directory lookup timed out", "directory service unavailable", "directory server unavailable", "directory unavailable", "directory temporarily unavailable", "directory timeout", "directory query failed", "database lookup failed", "database lookup failure", "database timed out", "database timeout", "database temporarily unavailable", "database unavailable", "database is unavailable", "database error", "database failure", "database connection", "mysql lookup", "mysql error", "pgsql lookup", "sql lookup", "user database", "userdb lookup", "userdb: temporary", "account database", "recipient verification deferred", "recipient verification temporarily", "could not verify recipient right now", "unable to verify recipient at this time", "unable to verify user at this time", "unable to validate recipient", "unable to check recipient", "unable to lookup recipient", "unable to look up recipient", "unable to look up user", "could not look up user", "could not lookup user", "can not look up recipient", "recipient check failed temporarily", "recipient validation temporarily", "recipient validation failed temporarily", "temporary recipient verification", "temporary failure looking up", "temporary error looking up", "temporary failure checking", "temporarily unable to lookup", "temporarily unable to verify", "address verification temporarily", "address lookup temporarily failed", "could not load drd", "temporary domain failure", "temporary getpwnam error", "getpwnam failure", "temporary nss failure", "temporarily unable to validate", "mailbox lookup failure", "mailbox lookup temporarily", "mailbox lookup timed out", "address validation timed out", "lookup deferred", "lookup defer", "user lookup error", "account lookup", "recipient lookup temporarily", "virtual lookup failure", "transport lookup failure", "alias maps", "unable to access user", "nis lookup", "vauth_open", "vpopmail * database", "user verification unavailable", "unable to check user", "recipient information is temporarily", "authentication database",
		}, None: []string{"dns", "sender address rejected", "sender domain", "callout", "name server", "blacklist*", "rbl lookup", "file * database", "spf", "greylist*", "authentication failed"}},
		Refs:   []string{"https://www.postfix.org/DATABASE_README.html", "RFC 3463 section 3.4"},
		Hits:   []string{"451 4.3.0 <user@example.com>: Temporary lookup failure", "450 4.1.1 <user@example.com>: Recipient address rejected: temporary lookup failure", "451 4.3.0 LDAP timeout, please try later", "452 temporary domain failure <user@example.com>"},
		Misses: []string{"450 4.7.1 temporary DNS lookup failure", "450 4.1.1 <user@example.com>: Recipient address rejected: User unknown"},
	},
	{
		ID: "callout-failed", Class: runbook.ClassLookupCallout,
		When: When{Any: []string{
			"unverified recipient", "unverified address", "recipient address rejected: unverified address", "verification in progress", "address verification failed", "recipient address verification", "callout verification", "callout failed", "callout failure", "callout timed out", "callout not completed", "callforward", "call-forward", "callahead", "call-ahead", "recipient verify defer", "verify callout", "previous (cached) callout", "unable to complete callout", "call forward verification", "recipient callout", "sender callback", "callback verification", "smtp callback", "sender address verification", "unverified sender address", "sender callout", "all calls to * failed", "remote recipient verification", "recipient verification probe", "backend recipient check", "next hop could not verify", "destination server could not verify", "unable to verify recipient with", "could not verify the recipient with",
		}, None: []string{"user unknown", "user not found", "no such user", "does not exist", "mailbox full"}},
		Refs:   []string{"https://www.postfix.org/ADDRESS_VERIFICATION_README.html", "https://www.exim.org/exim-html-current/doc/html/spec_html/ch-access_control_lists.html#SECTcallver"},
		Hits:   []string{"450 4.1.1 <user@example.com>: Recipient address rejected: unverified address: connect to 192.0.2.7[192.0.2.7]:25: Connection refused", "450 4.1.1 <user@example.com>: Recipient address rejected: Address verification in progress", "451 Could not complete recipient verify callout"},
		Misses: []string{"550 5.1.1 <user@example.com>: Recipient address rejected: undeliverable address: host mx.example.com[192.0.2.7] said: 550 5.1.1 User unknown"},
	},
	{
		ID: "callout-refused", Class: runbook.ClassRecipientUnknown,
		When: When{Codes: []string{"5yz"}, Any: []string{
			"callout verification failure", "callout verification failed", "recipient verify failed", "recipient verification failed", "recipient callout", "undeliverable address",
		}, None: []string{"sender verify", "sender address", "verification failed for", "sender"}},
		Refs:   []string{"https://www.exim.org/exim-html-current/doc/html/spec_html/ch-access_control_lists.html#SECTcallver"},
		Hits:   []string{"550 Previous (cached) callout verification failure", "550-Callout verification failed:\n550 554 5.7.1 <nosuch@example.com>: Relay access denied"},
		Misses: []string{"450 4.1.1 <user@example.com>: unverified address: Address verification in progress"},
	},
	{
		ID: "storage-full", Class: runbook.ClassBackendStorageFull,
		When: When{Any: []string{
			"insufficient system", "insufficient storage", "insufficient disk space", "insufficient disk storage", "insufficient space", "not enough storage space", "not enough disk space", "not enough disk storage", "not enough space", "no space left", "no disk space", "no more disk space", "out of disk space", "out of diskspace", "out of space", "low disk space", "low on disk", "lack of disk space", "disk full", "disk is full", "disk space low", "disk space exceeded", "disk space problem", "filesystem full", "filesystem is full", "spool full", "spool is full", "spool disk", "queue full", "queue is full", "queue disk", "system full", "system is full", "system storage", "server disk", "message store is full", "message store full", "mail store is full", "storage is full", "storage full", "insufficient resources", "exceeded the disk space on the server", "resource pressure", "back pressure", "out of inodes", "no inodes", "partition is full", "partition full", "volume is full", "volume full", "insufficient queue space", "insufficient main memory", "not enough memory", "out of memory",
		}, None: []string{"mailbox", "user quota", "inbox", "maildir", "user's", "recipient"}},
		Refs:   []string{"RFC 3463 section 3.4", "RFC 5321 section 4.2.3"},
		Hits:   []string{"452 4.3.1 Insufficient system storage", "451 4.3.0 No space left on device"},
		Misses: []string{"552 5.2.2 Not enough space in mailbox"},
	},
	{
		ID: "backend-unavailable", Class: runbook.ClassBackendUnavailable,
		When: When{Any: []string{
			"not accepting network messages", "system not accepting messages", "not accepting messages at this time", "not currently accepting mail from", "service not available, closing", "service is not available", "service currently unavailable", "service is currently unavailable", "service temporarily unavailable", "service is temporarily unavailable", "mail service unavailable", "mail server is temporarily", "server temporarily unavailable", "server is temporarily unavailable", "server currently unavailable", "server unavailable", "server is unavailable", "server not available", "system temporarily unavailable", "system is temporarily unavailable", "system unavailable", "host temporarily unavailable", "backend unavailable", "backend temporarily unavailable", "backend server", "backend error", "backend failure", "backend connection", "upstream error", "upstream server", "mailbox server", "mailstore unavailable", "store unavailable", "storage unavailable", "storage temporarily unavailable", "database is currently", "server busy", "server is busy", "server overload", "system is busy", "system busy", "system load", "load too high", "load average", "load is too high", "too much load", "high load", "heavy load", "very busy", "too busy", "overloaded", "resources temporarily unavailable", "resource temporarily unavailable", "resources unavailable", "insufficient server resources", "out of resources", "lack of resources", "under maintenance", "in maintenance", "maintenance mode", "maintenance in progress", "scheduled maintenance", "down for maintenance", "undergoing maintenance", "maintenance window", "system is going down", "shutting down", "system shutdown", "shutdown in progress", "going down for", "temporary server error", "temporary system problem", "temporary system error", "temporary system failure", "temporary mail system", "temporary local server", "congestion", "all scanning engines", "virus scanners failed", "virus_scan failed", "scanner unavailable", "content filter unavailable", "filter temporarily unavailable", "milter", "mail filter unavailable", "amavisd", "clamav", "clamd", "proxy unavailable", "internal resources are temporarily unavailable", "internal resources temporarily", "service unavailable, try again later", "service unavailable; try again later", "currently unavailable. please", "unable to process connection at this time", "could not process your request at this time", "temporarily out of order", "recipient server is", "message failed to be replicated", "temporarily not available", "temporarily offline", "server offline", "is offline", "currently offline", "refused by lmtp", "lmtp server", "mailbox access problem", "mailbox store", "mailbox database is", "mailbox database offline", "unable to contact mailbox server", "process limit", "too many processes", "fork failed", "can not fork", "resource shortage", "resource limit", "system resources", "recipient domain temporarily disabled", "service closing", "service is closing", "data_processing_timeout", "processing timeout", "not accepting mail", "not accepting connections at this time", "server is down", "server down",
		}, None: []string{
			"client host", "blocked using", "listed", "blacklist*", "reputation", "from your ip", "your ip", "sender address", "spam*", "greylist*", "too many connections", "unverified address", "recipient address rejected: greylisted", "authentication", "mailbox full", "too many concurrent", "connection limit", "rate limit", "dnsbl*", "not accepting mail from", "rbl",
		}},
		Refs:   []string{"RFC 3463 section 3.4", "RFC 5321 section 4.2.3"},
		Hits:   []string{"421 4.3.2 mx.example.com System not accepting network messages", "554 Service currently unavailable", "451 Service unavailable, try again later", "421 Too much load; please try again later."},
		Misses: []string{"554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using bl.example", "452 4.3.1 Insufficient system storage"},
	},
	{
		ID: "backend-unavailable-vague", Class: runbook.ClassBackendUnavailable,
		When: When{Vague: true, Any: []string{
			"service unavailable", "no service", "try again later", "try later", "not available", "temporarily rejected", "temporarily unavailable", "please retry later", "come back later", "not now", "currently unavailable", "unable to accept message", "unable to accept this email", "unable to process", "can not accept message", "closing transmission channel", "closing connection",
		}, None: []string{"your ip", "reputation", "blacklist*", "client host", "temporary failure"}},
		Refs:   []string{"RFC 5321 section 4.2.3"},
		Hits:   []string{"421 Service not available", "451 Please try again later"},
		Misses: []string{"554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using bl.example", "452 4.2.2 Please try again later"},
	},
	{
		ID: "delivery-agent", Class: runbook.ClassBackendDeliveryAgent,
		When: When{Any: []string{
			"command died", "command failed", "command time limit exceeded", "command timed out: \"", "command output", "child process returned", "pipe to * failed", "pipe failed", "pipe delivery", "failed to execute command", "could not execute command", "could not exec", "can not exec", "unable to exec", "exec failed", "execvp", "execution failed", "transport returned", "mailer returned", "mailer died", "mailer * died with signal", "local mailer * died", "procmail", "maildrop", "terminated abnormally", "delivery agent", "delivery program", "local delivery failed", "delivery command", "delivery process", "delivery script", "program failure", "program crashed", "program exited", "exited with status", "exited with code", "exit status", "returned status", "returned exit", "script failed", "autoresponder failed", "vacation program", "service unavailable: mailer", "unknown mail system error", "mail.local", "aliasing to a program failed", "vdelivermail", "deliverquota", "dropmail", "lda failed", "no such program", "mda failed", "mda error", "error from mda", "mailer error", "local mailer failed", "unexpected status from mailer", "child crashed", "preline: fatal", "fatal: child crashed", "external program", "can not create output", "mailfilter", "process exited", "permission denied by delivery agent", "delivery to command", "delivery to pipe",
		}, None: []string{"over quota", "quota exceeded", "mailbox full", "maildir over quota", "user unknown", "quota", "amavis", "maildir overquota"}},
		Refs:   []string{"https://www.postfix.org/pipe.8.html", "RFC 3463 section 3.4"},
		Hits:   []string{"Command died with status 1: \"/usr/bin/procmail\"", "unknown mail system error 1", "procmail: Could not create lock", "554 5.3.0 unknown mailer error 73"},
		Misses: []string{"Command output: maildrop: maildir over quota."},
	},
	{
		ID: "opensmtpd-agent-crashed", Class: runbook.ClassBackendDeliveryAgent, Permanence: runbook.Temporary,
		When:   When{Any: []string{"exited abnormally"}},
		Refs:   []string{"https://man.openbsd.org/smtpd.conf"},
		Hits:   []string{"exited abnormally"},
		Misses: []string{"Command died with status 1"},
	},
	{
		ID: "local-error", Class: runbook.ClassBackendLocalError,
		When: When{Any: []string{
			"error in processing", "local problem", "local error", "internal error", "internal failure", "internal problem", "internal mail system", "unexpected error", "unexpected internal", "unexpected failure", "system error", "mail system problem", "server error", "software error", "software failure", "unknown error", "unknown failure", "unspecified error", "general failure", "general error", "processing error", "processing failed", "error processing your", "error processing message", "error while processing", "message could not be processed", "could not process message", "unable to process your message", "unable to process command", "unable to process an email", "can not process", "can not append message", "can not create file", "can not open mailbox", "could not open mailbox", "unable to open mailbox", "can not open mail file", "unable to write", "write error", "error writing", "disk error", "i/o error", "input/output error", "error reading", "queue file", "queue error", "unable to queue", "could not queue", "can not queue", "queueing error", "error queueing message", "error queuing", "can not create temp", "temp file", "can not write", "could not write", "could not save", "failed to save", "unable to store message", "failed to store message", "unable to save", "can not store", "error storing message", "spool error", "can not lock", "can not get lock", "unable to lock", "lock failed", "permission denied", "operation not permitted", "no such file or directory", "not a directory", "is a directory", "read-only file system", "stale nfs", "out of file descriptors", "too many open files", "transaction failed: internal", "application error", "exception", "script error", "mailbox corrupt", "mailbox is corrupt", "corrupted mailbox", "corrupt mailbox", "mailbox format error", "error in mailbox", "temporary error", "temporary problem", "temporary delivery failure", "temporary failure, please try again", "mail server temporarily rejected message", "due to a recipient error", "can not deliver mail locally", "unable to deliver locally", "qmail-queue", "qq * problem", "fatal error", "error occurred", "critical error", "unable to deliver this message at this time", "technical problem", "technical difficulties", "technical failure", "please contact administrator: internal", "server encountered", "bad file", "error code 0x",
		}, None: []string{
			"ldap*", "mysql", "lookup", "dns", "spam*", "virus*", "syntax", "greylist*", "blacklist*", "tls*", "connection reset", "quota", "over quota", "authentication", "spf", "dkim", "unknown error ->", "user unknown", "client host", "mailbox full", "unknown address error", "multiple authentication", "address error", "sender address", "no such user", "rate", "protocol error", "name service error",
			"error: too", "header error", "configuration error", "file error - not enough", "reverse hostname", "insufficient system", "too many hops", "too many errors",
		}},
		Refs:   []string{"RFC 5321 section 4.2.3", "RFC 3463 section 3.4"},
		Hits:   []string{"554 5.3.0 Error: local error in processing", "451 Temporary local problem - please try later", "cannot append message to file /nonexistent/dir/file: cannot create file exclusively: No such file or directory", "550 5.3.5 <user@example.com>... Internal System Error"},
		Misses: []string{"451 4.3.0 <user@example.com>: Temporary lookup failure", "451 4.3.5 Server configuration error"},
	},
	{
		ID: "misconfigured", Class: runbook.ClassBackendMisconfigured,
		When: When{Any: []string{
			"configuration error", "configuration problem", "server misconfigured", "server is misconfigured", "server is not configured", "improperly configured", "incorrectly configured", "wrong configuration", "bad configuration", "misconfiguration", "misconfigured mail system", "configuration file", "configuration failure", "unable to read the forwarding recipient", "unable to correctly read the forwarding", "no such transport", "license expired", "licence expired", "license has expired", "license limit", "license exceeded", "user license", "licensed number of users", "exceeds license", "trial expired", "trial has expired", "evaluation expired", "inbounds disabled", "not configured properly", "not properly configured", "missing mail-enabled subscriptions", "no mail-enabled subscriptions", "world writable directory", "group writable directory", "unsafe permissions", "insecure permissions", "home directory", "uncertain permissions on", "dangerous permissions", "wrong owner", "bad ownership", "wrong permissions", "ownership problem", "alias configuration", "forwarding address is not set", "invalid forwarding configuration", "broken .forward", "error in .forward", "qmail configuration", "no such table", "unknown column", "query refused", "blocked by dnsbl provider", "exceeded spamhaus",
		}, None: []string{"spf", "dkim", "dmarc", "dns server is misconfigured", "your mail server", "your server", "sender's", "mail loops back", "sending server", "reverse dns", "rdns", "helo", "ptr", "your domain", "your dns", "sender domain", "mx problem"}},
		Refs:   []string{"RFC 3463 section 3.4"},
		Hits:   []string{"451 4.3.5 Server configuration error", "451 4.3.5 <user@example.com>: Recipient address rejected: Server configuration problem", "550 Mail server misconfigured"},
		Misses: []string{"configuration error: mail loops back to myself (MX problem).", "550 5.7.1 Your mail server is misconfigured: no PTR record"},
	},
	{
		ID: "sender-fault", Class: runbook.ClassSenderFault,
		When: When{Any: []string{
			"transport unavailable", "mail transport", "delivery temporarily suspended: transport", "transport is not available", "delivery is temporarily suspended", "destination is temporarily suspended", "queue is paused", "queue paused", "queue is suspended", "queue suspended", "domain is paused", "delivery paused", "sending is paused", "delivery disabled by administrator", "frozen by", "message is frozen", "was frozen", "message frozen", "deferred transport", "after-queue filter", "bad command startup", "no transport", "smarthost is not configured", "no smarthost", "no route configured", "local proxy failed", "could not bind to source", "can not bind to source", "bind failed", "no egress", "source address unavailable", "no available source ip", "no more ip addresses",
		}, None: []string{"recipient address rejected", "unverified address"}},
		Refs:   []string{"https://www.postfix.org/qmgr.8.html"},
		Hits:   []string{"mail transport unavailable", "delivery temporarily suspended: unknown mail transport error"},
		Misses: []string{"550 5.7.1 Message rejected by content filter: spam"},
	},
}
