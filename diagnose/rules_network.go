package diagnose

import (
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// networkRules hold what sending systems say when no answer, or no connection,
// was to be had, and when their time ran out.
var networkRules = []Rule{
	{
		ID: "connection-refused", Class: runbook.ClassNetworkUnreachable, Stage: smtp.StageConnect,
		When: When{Any: []string{
			"connection refused", "connection was refused", "connect refused", "connection * refused", "refused connection", "refused the connection", "refused our connection", "actively refused", "econnrefused", "error 10061", "wsaeconnrefused", "no route to host", "no route to network", "network is unreachable", "network unreachable", "network is down", "host is unreachable", "host unreachable", "host is down", "destination unreachable", "ehostunreach", "enetunreach", "socket error 10065", "socket error 10051", "could not connect", "could not be connected", "can not connect", "unable to connect", "failed to connect", "unable to establish an smtp connection", "was not able to establish an smtp connection", "could not establish connection", "could not establish a connection", "connection could not be established", "unable to open connection", "can not open connection", "could not open connection", "unable to contact", "could not contact", "unable to reach", "could not reach", "could not be reached", "can not be reached", "connection failed", "connection failure", "connection attempt failed", "connect failed", "connect error", "connection error", "connection to * failed", "connect to * failed", "connecting to * failed", "error connecting", "all hosts have been failing for a long time", "all hosts for * have been failing for a long time", "all hosts are down", "all connection attempts failed", "all mail servers are unreachable", "mail server is unreachable", "server unreachable", "server is not reachable", "server not reachable", "host not reachable", "remote server is not available", "can not assign requested address", "address family not supported", "permission denied: connect", "operation not permitted: connect", "tried all mxs", "tried all mx", "no hosts available", "no mail server accepted", "mta * unreachable", "peer unreachable", "remote host is not responding to connect", "not accept our requests to connect", "administratively prohibited", "not accepting connections",
		}, None: []string{"timed out", "time out", "timeout", "callout", "unverified address", "amavis", "clamd", "too many connections", "connection refused - too", "your ip", "by policy", "reputation", "blacklist*", "concurrent", "private/", "unix-domain", "socket)", "/var/run", ":24:", ":10024", ":10025", ":10026", ".sock", "reverse dns", "database", "ldap*", "mysql", "connection limit", "spamd", "not accepting connections from"}},
		Refs:   []string{"RFC 5321 section 4.5.4.1"},
		Hits:   []string{"connect to mx.example.com[192.0.2.7]:25: Connection refused", "connect to mx.example.com[192.0.2.7]:25: No route to host", "Sorry, I wasn't able to establish an SMTP connection. (#4.4.1)"},
		Misses: []string{"connect to mx.example.com[192.0.2.7]:25: Connection timed out", "450 4.1.1 <user@example.com>: Recipient address rejected: unverified address: connect to 192.0.2.7[192.0.2.7]:25: Connection refused"},
	},
	{
		ID: "lmtp-refused", Class: runbook.ClassBackendUnavailable,
		When: When{All: []string{"connection refused"}, Any: []string{
			":24:", "lmtp", "private/", "unix-domain", "unix socket", "socket)", "/var/run*", ".sock", "amavis", "clamd", "spamd", ":10024", ":10025", ":10026", "dovecot", "mysql", "database", "ldap*",
		}, None: []string{"unverified address", "content filter"}},
		Refs:   []string{"RFC 2033"},
		Hits:   []string{"connect to 192.0.2.99[192.0.2.99]:24: Connection refused", "connect to mail.example.com[private/dovecot-lmtp]: Connection refused"},
		Misses: []string{"connect to mx.example.com[192.0.2.7]:25: Connection refused"},
	},
	{
		ID: "lmtp-missing", Class: runbook.ClassBackendUnavailable,
		When: When{All: []string{"no such file or directory"}, Any: []string{"connect to", "lmtp", "socket"}},
		Refs: []string{"RFC 2033"},
		Hits: []string{"connect to mail.example.com[private/dovecot-lmtp]: No such file or directory"}, Misses: []string{"cannot append message to file /home/user/Mailbox: No such file or directory"},
	},
	{
		ID: "connection-timed-out", Class: runbook.ClassNetworkTimeout,
		When: When{Any: []string{
			"connection timedout", "connection time out", "connection timeout", "connect timeout", "time out while", "timeout while", "timeout waiting", "timeout occurred", "timeout after", "timeout during", "timeout on", "session timeout", "network timeout", "read timeout", "write timeout", "data timeout", "smtp timeout", "command timeout", "timeout - closing connection", "timeout, closing connection", "idle timeout", "idle too long", "connection idle", "socket timeout", "server timeout", "response timeout", "etimedout", "error 10060", "no response from host", "no response from server", "no response from remote", "no response from the remote", "no reply from host", "no reply from remote", "no answer from host", "no answer from any hosts", "no answer from the remote", "no answer from server", "not responding", "does not respond", "did not respond", "failed to respond", "did not reply", "unable to connect: timeout", "timeout exceeded", "timed out", "i/o timeout", "deadline exceeded", "context deadline", "tcp timeout", "dial tcp * timeout", "connection expired",
		}, None: []string{
			"retry timeout exceeded", "retry time exceeded", "delivery timeout", "lookup timed out", "ldap*", "dns query", "dns lookup", "name server", "timed out waiting for verif*", "callout", "unverified address", "host name lookup", "delivery time", "message timed out", "message has timed out", "queue timeout", "command timed out: \"", "command time limit exceeded", "dns timeout", "verification in progress",
			"mailbox has", "your message has timed out", "database timed out", "mysql", "pipe", "milter", "content scan", "virus scan*", "directory", "resolver",
		}},
		Refs:   []string{"RFC 5321 section 4.5.3.2"},
		Hits:   []string{"connect to mx.example.com[192.0.2.7]:25: Connection timed out", "conversation with mx.example.com[192.0.2.7] timed out while sending RCPT TO", "554 4.4.7 Message expired: unable to deliver in 840 minutes.<421 4.4.2 Connection timed out>", "451 4.4.1 No answer from host"},
		Misses: []string{"retry timeout exceeded", "451 4.3.0 <user@example.com>: LDAP lookup timed out"},
	},
	{
		ID: "connection-dropped", Class: runbook.ClassNetworkDropped,
		When: When{Any: []string{
			"lost connection", "lost the connection", "lost smtp connection", "connection lost", "connection was lost", "connection * lost", "connection reset", "connection was reset", "reset by peer", "econnreset", "error 10054", "connection dropped", "connection was dropped", "connection * dropped", "dropped connection", "dropped the connection", "connection closed", "connection was closed", "connection has been closed", "connection abruptly closed", "unexpectedly closed", "closed the connection", "closed connection", "closed by remote", "closed by peer", "closed by foreign host", "closed by the remote", "connection terminated", "connection was terminated", "terminated the connection", "connection aborted", "connection was aborted", "econnaborted", "remote host closed", "remote server closed", "broken pipe", "unexpected eof", "unexpected end of file", "unexpected disconnect", "unexpected connection response", "premature eof", "premature end", "eof from server", "got eof", "write error to", "socket closed", "socket write error", "connection broken", "broken connection", "disconnected", "hung up", "hangup", "bad connection", "connection shut down", "connection died", "connection died. possible duplicate", "transmission channel closed", "greeting failed", "greeting fail", "ssl_read: connection", "socket error 10053", "no banner", "did not send a greeting", "message ended early", "read(): connection", "broke the connection", "suspiciousremoteservererror", "connection interrupted",
		}, None: []string{
			"too many", "closing connection due to", "connection rate", "reputation", "blacklist*", "greylist*", "policy", "timed out", "timeout", "connection closed by policy", "account closed", "mailbox closed", "disconnected recipient", "disk", "abuse", "tls handshake", "ssl handshake", "starttls", "start tls", "content filter", "user hangup", "milter", "unverified address",
		}},
		Refs:   []string{"RFC 5321 section 3.8"},
		Hits:   []string{"lost connection with mx.example.com[192.0.2.7] while sending DATA command", "Connection reset by peer", "Network connection shut down by the remote mail server", "Connected to 192.0.2.7 but connection died. (#4.4.2)"},
		Misses: []string{"421 4.7.0 Too many errors, connection closed", "550 account closed"},
	},
	{
		ID: "read-error", Class: runbook.ClassNetworkDropped,
		When:   When{Vague: true, Any: []string{"reply: read error", "read error from", "network error", "smtp read error", "socket read error", "i/o error from"}, None: []string{"network error on destination mxs"}},
		Refs:   []string{"RFC 5321 section 3.8"},
		Hits:   []string{"reply: read error from mx.example.com."},
		Misses: []string{"451 4.3.0 Error: read error on queue file"},
	},
	{
		ID: "opensmtpd-network-error", Class: runbook.ClassNoticeDelayed,
		When:   When{Any: []string{"network error on destination mxs"}},
		Refs:   []string{"https://man.openbsd.org/smtpd"},
		Hits:   []string{"Network error on destination MXs"},
		Misses: []string{"Network error: connection refused"},
	},
	{
		ID: "expired", Class: runbook.ClassDeliveryExpired,
		When: When{Any: []string{
			"retry timeout exceeded", "retry time exceeded", "retry time not reached", "retry limit exceeded", "retries exceeded", "maximum retries", "max retries", "too many retries", "maximum number of retries", "multiple retries", "after multiple attempts", "number of attempts exceeded", "maximum attempts", "delivery time expired", "delivery expired", "delivery attempts expired", "delivery period expired", "message expired", "message has expired", "message too old", "message is too old", "messages too old", "message timed out", "message has timed out", "message has exceeded the maximum", "envelope expired", "queue time exceeded", "queue lifetime", "queue timeout", "queue expiration", "message lifetime", "expired in queue", "expired from queue", "been in the queue", "queue too long", "too long in queue", "could not be delivered for", "could not deliver for the last", "can not be delivered for", "undelivered for too long", "not been delivered for", "not delivered within", "not been able to deliver", "been unable to deliver", "unable to deliver in", "unable to deliver message after", "unable to deliver your message after", "not going to try again", "giving up", "gave up", "given up", "will be deleted from queue", "will not be retried", "no further attempts", "no more attempts", "not be attempted again", "delivery attempts will be", "expired after", "expired without", "expiry time", "time in queue", "maximum queue time", "too long to deliver", "time-to-live", "ttl expired", "mail expired", "mail has expired", "retry period", "delivery has been attempted for", "attempts to deliver", "tried for", "after trying for", "unable to deliver for", "delivery delayed too long", "delivery retry", "timeout retrying", "quit trying", "aborted after", "undeliverable for * days", "undeliverable for * hours", "after * days",
		}},
		Refs:   []string{"RFC 5321 section 4.5.4.1", "RFC 3463 section 3.5"},
		Hits:   []string{"retry timeout exceeded", "Could not deliver for the last 432000 seconds. Giving up.", "551 5.4.7 Message expired, the queue lifetime is over"},
		Misses: []string{"554 4.4.7 Message expired: unable to deliver in 840 minutes.<421 4.4.2 Connection timed out>", "451 4.7.1 Greylisted, please try again later: retry timeout exceeded"},
	},
	{
		ID: "tls-required", Class: runbook.ClassTLSRequired,
		When: When{Any: []string{
			"must issue a starttls", "issue a starttls command", "issue starttls", "starttls required", "starttls is required", "starttls first", "starttls command first", "starttls must", "requires starttls", "tls required", "tls is required", "tls connection required", "requires tls", "require tls", "requires encryption", "requires a tls", "must be encrypted", "must use starttls", "must start tls", "use tls", "need tls", "tls needed", "tls mandatory", "mandatory tls", "encryption required", "encryption is required", "encryption needed", "encrypted connection required", "encrypted connection is required", "encrypted session required", "ssl required", "ssl is required", "secure connection required", "secure connection is required", "plaintext not allowed", "plain text connection not", "unencrypted connection", "unencrypted connections", "not encrypted", "only accepts encrypted", "only accept encrypted", "forced tls", "tls-required", "not sent over a tls", "over a tls connection", "message not sent over tls", "tls only", "enforced tls", "requires the use of tls", "connection is not secure", "confidentiality required",
		}, None: []string{"was not offered", "not offered by", "not supported by", "dane", "mta-sts", "tls version", "tls 1.2 or greater", "high-strength", "handshake", "remote server does not support", "destination", "requires authentication"}},
		Refs:   []string{"RFC 3207 section 4", "RFC 5248"},
		Hits:   []string{"530 5.7.0 Must issue a STARTTLS command first", "554 TLS required", "550 5.7.10 Encryption needed"},
		Misses: []string{"TLS is required, but was not offered by host mx.example.com[192.0.2.7]", "454 4.7.0 TLS not available due to local problem"},
	},
	{
		ID: "tls-failed", Class: runbook.ClassTLSFailed, Stage: smtp.StageSTARTTLS,
		When: When{Any: []string{
			"tls not available", "tls is not available", "tls currently unavailable", "tls not currently available", "tls temporarily unavailable", "tls negotiation failed", "tls negotiation failure", "tls handshake", "ssl handshake", "ssl negotiation failed", "handshake failure", "handshake failed", "handshake error", "tls session failed", "tls session setup failed", "tls error", "tls connection failed", "tls connect failed", "tls failed", "tls failure", "tls initialization failed", "tls library problem", "ssl error", "ssl_accept", "ssl_connect", "ssl routines", "ssl connect", "ssl alert", "tls alert", "can not start tls", "attempt to establish tls", "could not start tls", "unable to start tls", "unable to initiate tls", "failed to start tls", "failed to negotiate tls", "could not negotiate tls", "unable to negotiate tls", "starttls failed", "starttls failure", "starttls error", "error starting tls", "certificate not trusted", "certificate not verified", "certificate verification failed", "certificate verify failed", "certificate validation failed", "certificate could not be verified", "certificate is not trusted", "certificate has expired", "certificate expired", "expired certificate", "certificate-expired", "certificate name mismatch", "certificate host mismatch", "certificate-host-mismatch", "certificate mismatch", "certificate does not match", "certificate common name", "untrusted certificate", "self signed certificate", "self-signed certificate", "invalid certificate", "bad certificate", "certificate is invalid", "certificate unknown", "unknown ca", "unable to get local issuer", "unable to verify the first certificate", "no shared cipher", "no common cipher", "no ciphers", "wrong version number", "unsupported protocol version", "protocol version not supported", "tls version", "tls 1.2 or greater", "tls 1.2 required", "tlsv1 alert", "sslv3 alert", "dh_key_too_small", "key too small", "high-strength ciphers", "weak cipher", "cipher mismatch", "tls protocol version", "cryptographic failure", "cryptographic algorithm not supported", "tls unavailable", "peer certificate", "cert verify",
		}, None: []string{"mta-sts", "dane", "tlsa", "milter", "client certificate"}},
		Refs:   []string{"RFC 3207 section 4", "RFC 3463 section 3.8"},
		Hits:   []string{"454 4.7.0 TLS not available due to local problem", "Server certificate not verified", "Cannot start TLS: handshake failure"},
		Misses: []string{"TLSA record mismatch, DANE: certificate verify failed", "530 5.7.0 Must issue a STARTTLS command first"},
	},
	{
		ID: "tls-policy", Class: runbook.ClassTLSPolicy, Stage: smtp.StageSTARTTLS,
		When: When{Any: []string{
			"mta-sts", "mta sts", "sts policy", "dane required", "dane validation", "dane verification", "dane policy", "dane failed", "dane failure", "using dane", "failed dane", "tlsa", "tls is required, but was not offered", "tls required but not offered", "tls is required but was not offered", "tls is required, but our tls engine", "tls is required, but unavailable", "starttls not offered", "does not offer starttls", "did not offer starttls", "does not support starttls", "not advertise starttls", "starttls not advertised", "starttls not supported by", "remote server does not support tls", "destination does not support tls", "tls required by policy", "requiretls", "secure channel required", "server does not support encryption", "tls policy", "verified tls required", "tls not supported by remote", "but the server did not offer tls", "session is required, but",
		}},
		Refs:   []string{"RFC 8461", "RFC 7672", "RFC 8689"},
		Hits:   []string{"MTA-STS validation failed for mx.example.com", "TLS is required, but was not offered by host mx.example.com[192.0.2.7]", "The destination failed DANE validation"},
		Misses: []string{"530 5.7.0 Must issue a STARTTLS command first"},
	},
}
