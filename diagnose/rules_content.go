package diagnose

import (
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// contentRules hold refusals of the message itself, and of the way it was sent.
var contentRules = []Rule{
	{
		ID: "spam", Class: runbook.ClassContentSpam, Stage: smtp.StageEOD,
		When: When{Any: []string{
			"spam message", "spam detected", "detected as spam", "identified as spam", "classified as spam", "considered as spam", "considered spam", "considered to be spam", "marked as spam", "flagged as spam", "tagged as spam", "recognized as spam", "appears to be spam", "seems to be spam", "looks like spam", "looks spammy", "looks like a spam", "is spam", "likely spam", "probably spam", "probable spam", "possible spam", "possibly spam", "suspected spam", "suspected as spam", "suspicion of spam", "rejected as spam", "rejected due to spam", "rejected for spam", "refused as spam", "blocked as spam", "blocked due to spam", "denied due to spam", "due to spam classification", "spam content", "spam-like", "spamlike", "spam like", "spam score", "spam threshold", "spam level", "spam filter", "spam filters", "spam rejected", "spam blocked", "spam refused", "spam denied", "spam found", "spam mail", "spam email", "spam policy", "spam not accepted", "spam is not accepted", "no spam", "not accept spam", "we do not want spam", "spam is embedded", "anti-spam", "antispam", "anti spam", "spamassassin", "spam assassin", "rspamd", "dspam", "bogofilter", "spam engine", "spam system", "spam checker", "spam check", "spam protection", "spam probability", "spam signature", "spam rule", "spam pattern", "spam test", "unsolicited", "bulk mail", "bulk email", "junk mail", "junk email", "junk message", "classified as junk", "identified as junk", "considered junk", "uce", "ube", "phishing", "phish", "scam", "fraudulent", "gtube", "score of", "high score", "score too high", "score exceeds", "exceeds spam", "spamicity", "suspicious message", "suspicious content", "suspicious mail", "message looks suspicious", "message is suspicious", "likely suspicious", "message content is suspicious", "nature of the content", "message filtered", "mail filtered", "message was filtered", "blocked by filter", "blocked by our filter", "rejected by filter", "rejected by our filter", "rejected by content filter", "rejected by the content filter", "content filter rejected", "mail content denied", "undesirable content", "unwanted content", "unwanted mail", "unwanted email", "viagra", "pyzor", "razor", "dcc * bulk", "cloudmark", "hit * spam", "message hit", "message failed spam", "bulk message", "unsolicitedmessageerror", "quarantined",
		}, None: []string{
			"virus*", "infected", "dnsbl*", "blocked using", "anti-spam policy", "your ip", "ip address", "spamhaus", "spam source", "known spam", "reputation", "rate limit*", "connections", "spamcop*", "url", "urls", "protect our users from spam", "reduce spam", "prevent spam", "fight spam", "spam prevention", "amount of spam", "against spam", "greylist*", "blocklist", "block list", "blacklist*", "spam complaints", "from your account", "bloquee pour incident de spam", "for spamming issues", "spam statistics", "geoip",
			"suspected spam sender", "suspected spam ip", "spammer", "originating from your ip", "link", "too many", "malware", "rfc 5322", "unusual rate", "unusual amount", "attachment*", "marked your messages as spam", "spam reporting address", "suppression", "account suspended", "anti-spam system", "quarantined recipient", "unsolicitedratelimiterror", "unsolicitediperror",
		}},
		Refs:   []string{"RFC 3463 section 3.8"},
		Hits:   []string{"550 5.7.1 Message considered as SPAM", "554 5.7.1 Email cannot be delivered. Reason: Email flagged as Spam.", "550 5.7.1 Message content rejected, UBE, id=00000-00-000"},
		Misses: []string{"550 5.1.1 <spam@example.com>: User unknown", "554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using bl.spamcop.net", "552 5.7.1 virus detected, spam filter"},
	},
	{
		ID: "spam-vague", Class: runbook.ClassContentSpam,
		When: When{Vague: true, Any: []string{"spam", "anti-spam system", "bulk", "junk"}, None: []string{
			"your ip", "ip address", "block list", "blocklist", "protect our users from spam", "reduce the amount of spam",
		}},
		Refs:   []string{"RFC 3463 section 3.8"},
		Hits:   []string{"554 5.7.0 Reject, id=22222-22 - SPAM"},
		Misses: []string{"550 5.1.1 <spam@example.com>: User unknown"},
	},
	{
		ID: "virus", Class: runbook.ClassContentVirus, Stage: smtp.StageEOD,
		When: When{Any: []string{
			"virus", "viruses", "virus-infected", "infected", "malware", "malicious", "malicious attachment", "trojan", "worm", "ransomware", "viral traffic", "clamav * found", "eicar", "eicar*", "exploit", "heuristics.*", "sanesecurity", "win32.*", "w32.*", "trojan.*", "dangerous content", "potentially dangerous",
		}, None: []string{"scanner unavailable", "virus scanner*", "virus_scan failed", "attachment type", "spam or virus", "no virus", "virus-free", "virus free", "anti-virus system is", "infected host", "infected computer", "your ip", "infected machine", "malicious url", "malicious link", "malicious links", "blocked using", "xbl", "cbl*", "botnet"}},
		Refs:   []string{"RFC 3463 section 3.8"},
		Hits:   []string{"554 5.7.1 Virus (Eicar-Test-Signature) detected; message refused", "550 This message contains a virus (Eicar-Test-Signature.UNOFFICIAL)."},
		Misses: []string{"451 4.3.0 virus scanner not responding", "550 5.1.1 <virus@example.com>: no such user"},
	},
	{
		ID: "attachment", Class: runbook.ClassContentAttachment, Stage: smtp.StageEOD,
		When: When{Any: []string{
			"password-protected", "password protected", "encrypted archive", "encrypted zip", "attachment", "attachments", "banned file", "banned filename", "banned files", "banned name", "banned content", "blocked file", "forbidden file", "forbidden extension", "file extension", "file type not", "file type blocked", "file type is not", "filetype", "file types", "files of this type", "executable file", "executable files", "executable content", "contains an executable", "zip file", "rar file", "exe files", ".exe", ".scr", ".bat", ".vbs", "macro", "macros", "mime type", "mime-type", "content type not allowed", "potential security issue", "mime exploit", "unacceptable content-type", "unacceptable file", "application/x-*", "inappropriate file", "potentially executable", "contains banned",
		}, None: []string{"too large", "too big", "size", "virus found", "infected", "virus detected", "malformed", "attachment contains virus", "the attachment contains", "attachment contains the original", "attachment below", "quarantine report"}},
		Refs:   []string{"RFC 3463 section 3.8"},
		Hits:   []string{"554 5.7.1 Prohibited attachment type .exe", "550 5.7.1 Message contains banned file: document.scr"},
		Misses: []string{"552 5.3.4 Attachment too large"},
	},
	{
		ID: "too-large", Class: runbook.ClassContentTooLarge,
		When: When{Any: []string{
			"message too large", "message is too large", "message was too large", "message too big", "message is too big", "message too long", "message is too long", "mail too large", "mail is too large", "mail too big", "mail is too big", "email too large", "email is too large", "email too big", "email is too big", "too large message", "too big message", "too large for", "too much mail data", "too much data", "too big for", "message size", "message exceeds", "message exceeded", "message length exceeds", "message length limit", "message body size", "header too large", "headers too large", "header-limits", "header limits", "header section too large", "size limit", "size limits", "size exceeds", "size exceeded", "size of message", "exceeds our size", "exceeds our limit", "exceeded size", "exceeding maximum", "larger than", "bigger than", "maximum size", "max size", "maxsizeerror", "mail size", "email size", "allowed size", "body too large", "data exceeds", "content too large", "content size", "attachment too large", "attachments too large", "attachment is too large", "attachment size", "file too big", "file is too big", "file too large", "line length exceeded", "line limit", "recipsizelimit", "size of your message", "oversize*", "over-sized", "message data size", "sized", "databytes limit", "messagesize", "too many bytes", "not accept messages larger", "exceeds administrative limit", "exceeds the limit of",
		}, None: []string{"mailbox", "quota", "maildir", "line too long", "lines too long", "command line too long", "per hour", "rate", "mailbox size", "inbox", "storage", "recipient's mailbox", "too many recipients", "number of messages", "message rate", "sender rate", "policy size per transaction", "address too long", "limit for the number"}},
		Refs:   []string{"RFC 1870 section 6", "RFC 3463 section 3.4"},
		Hits:   []string{"552 5.3.4 Message size exceeds fixed limit", "552 Message size exceeds maximum permitted", "message size 8523 exceeds size limit 3072 of server mx.example.com[192.0.2.7]", "552 5.3.4 Chunk exceeds message size limit"},
		Misses: []string{"552 5.2.2 Mailbox size limit exceeded", "500 5.5.2 Command line too long"},
	},
	{
		ID: "malformed", Class: runbook.ClassContentMalformed, Stage: smtp.StageEOD,
		When: When{Any: []string{
			"header syntax", "header error", "header errors", "headers error", "not rfc compliant", "not rfc-compliant", "rfc 5322", "rfc5322", "rfc 2822", "rfc2822", "rfc 822", "rfc822", "rfc 2045", "rfc 5321 non-compliant", "non-compliant with rfc", "violates rfc", "not conform to rfc", "does not comply with rfc", "non-rfc", "non rfc", "malformed", "mime error", "mime errors", "mime structure", "bad mime", "invalid mime", "broken mime", "mime decode", "mime nesting", "mime boundary", "mime headers", "bad header", "bad headers", "bad_header", "bad message header", "invalid header", "invalid headers", "illegal header", "improper header", "improper use of 8-bit data", "8-bit data in message header", "non-ascii characters in header", "non-encoded 8-bit data", "unencoded 8-bit", "raw 8-bit", "unescaped 8-bit", "missing header", "missing headers", "missing required header", "missing required headers", "missing from:", "missing from", "missing date", "missing subject", "missing message-id", "missing \"from", "without a from", "having no from", "no valid from", "no message-id", "no subject", "no sender header", "invalid from", "from header", "from: header", "from: field", "duplicate header", "duplicate headers", "duplicate from", "duplicated header", "duplicate subject", "multiple from", "multiple \"from", "multiple subject", "multiple headers", "multiple addresses in from", "multiple date", "multiple to headers", "more than one from", "more than one header", "there are multiple", "bare lf", "bare lfs", "bare line feed", "bare line feeds", "bare newline", "bare newlines", "bare linefeed", "bare linefeeds", "bare cr", "bare carriage", "bare <lf>", "stray", "invalid line ending", "line endings", "null character", "null characters", "nul character", "nul characters", "null byte", "media error", "message contains invalid", "message structure", "message format", "message parse error", "unparsable message", "unparseable message", "could not parse message", "can not parse message", "unable to parse message", "message could not be parsed", "parse error in header", "parsing error", "invalid message", "invalid message-id", "invalid content", "invalid encoding", "invalid charset", "unknown charset", "charset not", "character set", "invalid date", "date header", "date is in the future", "date in the future", "message-id header", "message id", "empty message", "message is empty", "message has no body", "no message body", "empty body", "body is empty", "no content", "too many headers", "line too long", "lines too long", "line length", "line longer than", "exceeds 998", "998 characters", "1000 octets", "folded header", "unfolded", "message integrity failure", "not a valid message", "invalid mail format", "header contains", "header field", "header validation", "message headers", "envelope from and header", "to header", "addresses in header", "content-transfer-encoding", "8-bit characters",
		}, None: []string{"header too large", "header size", "too large", "received headers", "return path", "header based", "aligned", "alignment", "dmarc", "malformed address", "malformed recipient", "malformed sender", "sender address is malformed", "malformed dns", "address syntax", "command", "mail from", "malformed or unexpected name server", "blocked sender*", "same message-id", "spam*", "content policy", "smtputf8", "invalid content policy", "bad address", "rcpt to", "dns", "too many hops", "duplicated message-id", "by header", "header-based", "x-dg-ref"}},
		Refs:   []string{"RFC 5322 section 3.6", "RFC 3463 section 3.7"},
		Hits:   []string{"550 header syntax", "554 Transaction failed: Duplicate header 'DKIM-Signature'.", "550 5.6.9 improper use of 8-bit data in message header", "554 5.6.0 Message headers malformed"},
		Misses: []string{"550 5.7.1 Rejected by header-based blocked senders", "552 5.3.4 Message header too large"},
	},
	{
		ID: "bad-link", Class: runbook.ClassContentLink, Stage: smtp.StageEOD,
		When: When{Any: []string{
			"url block list", "url blacklist", "url blocklist", "uri blacklist", "uri blocklist", "uri block list", "blacklisted url", "blacklisted link", "blacklisted uri", "blacklisted domain in", "blacklisted links", "blocked url", "blocked link", "bad url", "bad link", "bad links", "malicious url", "malicious urls", "malicious link", "malicious links", "spam url", "spam urls", "spam link", "spam links", "phishing url", "phishing link", "dangerous link", "suspicious url", "suspicious link", "suspicious links", "suspicious urls", "urls in the message", "url in the message", "url in message", "url in your message",
			"link in your message", "link in message", "links in your message", "links in the message", "contains a url", "contains blacklisted", "contains url", "contains urls", "contains link", "contains links", "contains a link", "contains a domain", "domain in the message body", "domain in message body", "body contains a listed", "url reputation", "link reputation", "url filter", "urlbl", "url listed", "url is listed", "websites listed", "spamvertised", "spamvertized", "dbl * in body", "message body contains", "listed url", "uri is listed", "domain present in the spamhaus dbl in body",
		}, None: []string{"query refused", "prohibited link", "learn more"}},
		Refs:   []string{"https://www.surbl.org/guidelines"},
		Hits:   []string{"554 5.7.1 Malicious link in message"},
		Misses: []string{"550 5.7.1 Message content not allowed: prohibited link"},
	},
	{
		ID: "content-policy", Class: runbook.ClassContentPolicy, Stage: smtp.StageEOD,
		When: When{Any: []string{
			"content rejected", "content not allowed", "content is not allowed", "content not acceptable", "content is not acceptable", "content denied", "content blocked", "content refused", "content policy", "content examination policy", "content violation", "content restriction", "content restrictions", "content management", "content filter", "content filtering", "content rule", "content check", "content compliance", "message content", "message contains prohibited", "message contains forbidden", "message contains blocked", "message contains unacceptable", "prohibited content", "forbidden content", "objectionable content", "offensive content", "inappropriate", "undesired content", "unacceptable content", "illegal content", "restricted content", "prohibited link", "prohibited links", "prohibited word", "prohibited words", "forbidden word", "forbidden words", "banned word", "banned words", "bad words", "blocked words", "keyword", "keywords", "blocked phrase", "data loss prevention", "data leak", "data leakage", "dlp", "confidential", "sensitive information", "sensitive content", "credit card", "profanity", "obscene", "subject line", "subject not allowed", "subject blocked", "subject rejected", "blocked subject", "rejecting banned content", "header based", "policy restrictions (header", "html not allowed", "html mail", "html messages", "html email", "plain text only", "only plain text", "body rejected", "text rejected", "because of its content", "due to its content", "due to content", "due to the content", "based on content", "content scan", "content scanning", "language not accepted", "unacceptable language", "foreign language", "chinese charset", "hateful", "transgress*", "message not acceptable", "lexical", "email contains", "violates content",
		}, None: []string{"spam*", "ube", "uce", "virus*", "malware", "infected", "attachment*", "too large", "size", "content filter timeout", "temporarily", "unavailable", "nature of the content", "potential security", "phishing", "bounced because", "content type", "content-type", "suspicious", "local error"}},
		Refs:   []string{"RFC 3463 section 3.8"},
		Hits:   []string{"550 5.7.1 message content rejected", "550 5.7.1 Data loss prevention: confidential content may not leave", "550 5.7.1 Message content not allowed: prohibited link"},
		Misses: []string{"550 5.7.1 Message content rejected, UBE, id=00000-00-000"},
	},
	{
		ID: "protocol-echo", Class: runbook.ClassProtocolSyntax,
		When: When{Vague: true, Any: []string{
			"need rcpt", "need mail", "no valid recipients", "no valid recipient", "no recipients", "valid rcpt command must precede data", "rcpt first", "rcpt (recipient)", "recipient first", "need recipient", "must send rcpt", "no rcpt", "sender first", "mail first", "bad sequence of commands", "improper sequence of commands", "bad command sequence", "out of sequence", "sender already specified", "sender already given", "duplicate mail command",
		}},
		Refs:   []string{"RFC 5321 section 3.3", "RFC 2920 section 3.1"},
		Hits:   []string{"554 5.5.1 Error: no valid recipients", "503 Improper sequence of commands", "503 5.5.1 Error: need RCPT command"},
		Misses: []string{"503 5.5.1 Error: authentication not enabled"},
	},
	{
		ID: "protocol-syntax", Class: runbook.ClassProtocolSyntax,
		When: When{Any: []string{
			"command not recognized", "command not recognised", "command unrecognized", "unrecognized command", "unrecognised command", "command not understood", "command unknown", "unknown command", "unimplemented command", "not implemented", "invalid command", "bad command", "illegal command", "unexpected command", "command rejected", "command refused", "command error", "command line too long", "command too long", "syntax error", "syntax error - line too long", "invalid syntax", "incorrect syntax", "bad syntax", "wrong syntax", "protocol error", "protocol violation", "smtp syntax", "smtp protocol", "synchronization error", "pipelining", "data before", "talk too soon", "spoke too early", "early talker", "invalid parameter", "invalid parameters", "invalid argument", "invalid arguments", "bad parameter", "bad arguments", "unrecognized parameter", "unknown parameter", "missing parameter", "unsupported parameter", "extra argument", "extra text", "invalid utf-8 in command", "line is too long", "cannot base64-decode", "unexpected response", "invalid response", "response too long", "nested mail", "invalid xclient", "bad option", "wrong command", "commands before", "no command", "input line too long", "invalid base64", "smuggling", "bare <cr><lf>", "client violated",
		}, None: []string{"recipient address", "sender address", "address syntax", "in address", "mailbox syntax", "syntax error in mailbox", "header", "helo command", "ehlo command", "too many", "rcpt to:<*", "not implemented on *8bit", "8bitmime", "body=", "body type", "sender syntax", "recipient syntax", "spf", "auth*", "bad address", "from address", "message too large", "starttls", "addresses", "sender"}},
		Refs:   []string{"RFC 5321 section 4.2.4", "RFC 3463 section 3.6"},
		Hits:   []string{"504 Command parameter not implemented", "550 <user@example.com>: Syntax error in parameters or arguments", "500 bad syntax", "501 5.5.2 Invalid UTF-8 in command"},
		Misses: []string{"501 5.1.3 Recipient address syntax error", "504 5.5.2 <localhost>: Helo command rejected: need fully-qualified hostname"},
	},
	{
		ID: "protocol-unsupported", Class: runbook.ClassProtocolUnsupported,
		When: When{Any: []string{
			"conversion failed", "conversion with loss", "conversion not supported", "conversion required", "8bitmime", "8bit", "8-bit mime", "body type", "body=8bitmime", "binarymime", "binary mime", "chunking not", "bdat", "media not supported", "media type not supported", "content type not supported", "feature not supported", "features not supported", "not capable of selected features", "option not supported", "parameter not supported", "parameters not recognized", "extension not supported", "extension not available", "esmtp not supported", "dsn not supported", "protocol version", "deliverby", "not support the required", "message content not available", "multiple destination domains", "requires esmtp", "mt-priority", "server unable to accommodate parameters", "unsupported option", "unsupported extension",
		}, None: []string{"in header", "in message header", "8-bit data in", "8-bit characters", "tls*", "ssl*", "smtputf8", "address", "authentication", "non-encoded"}},
		Refs:   []string{"RFC 3463 section 3.7", "RFC 6152"},
		Hits:   []string{"554 5.6.3 Conversion required but not supported", "554 8BITMIME not supported by the next hop"},
		Misses: []string{"550 5.6.9 improper use of 8-bit data in message header"},
	},
	{
		ID: "list-problem", Class: runbook.ClassBackendLocalError,
		When:   When{Any: []string{"list expansion problem", "list expansion failed", "error expanding list", "list expansion error"}},
		Refs:   []string{"RFC 3463 section 3.3"},
		Hits:   []string{"450 4.2.4 Mailing list expansion problem"},
		Misses: []string{"550 5.7.2 Mailing list expansion prohibited"},
	},
}
