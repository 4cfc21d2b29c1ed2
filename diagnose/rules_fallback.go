package diagnose

import (
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// fallbackRules hold pairs of words and single words that hint at a cause where
// no known wording is found.
var fallbackRules = []Rule{
	{
		ID: "hint-unknown", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When: When{Hint: true, Any: []string{
			"user * not exist", "recipient * not exist", "mailbox * not exist", "account * not exist",
			"address * not exist", "user * doesn't have * account", "user * not found", "recipient * not found",
			"mailbox * not found", "account * not found", "address * not found", "user * unknown",
			"recipient * unknown", "mailbox * unknown", "account * unknown", "address * unknown", "unknown * user",
			"unknown * recipient", "unknown * mailbox", "unknown * address", "no * user", "no * mailbox", "no such",
			"not * valid recipient", "not * valid user", "not * valid mailbox", "not * valid address",
			"invalid * recipient", "invalid * user", "invalid * mailbox", "user * invalid", "recipient * invalid",
			"mailbox * invalid", "address * invalid", "user * not valid", "address * not valid",
			"address * not in our list", "not * known", "user * not available", "mailbox * not available",
			"recipient * not available", "recipient * unavailable", "address * unavailable",
			"mailbox * unavailable", "could not find * user", "could not find * recipient",
			"could not find * address", "recipient * not recognized", "user * not recognized",
			"address * not recognized", "address * misspelled", "spelling", "typos", "does not have a mailbox",
			"wrong address", "no longer here", "not here", "undeliverable address",
			"never heard of",
			"not recognised",
			"not * recognised",
			"not * recognized",
			"do not know",
			"does not know",
			"no account matches",
			"no user matches",
			"no mailbox matches",
			"not in use",
			"not on our list",
			"not on the list",
			"not find * person",
			"not find * in our",
			"not in our directory",
			"not in the directory",
			"nobody",
			"no one here",
			"no body by that",
			"not registered",
			"not one of ours",
			"there is no",
			"matches no",
			"address is wrong",
			"addressee",
			"address * not recognised",
		}, None: []string{
			"sender", "from address", "domain", "host", "unknown error", "unknown reason", "helo", "ptr", "spam*",
			"unknown host",
			"command",
			"extension",
			"parameter",
			"client",
			"protocol",
			"option",
			"mechanism",
			"charset",
			"certificate",
			"mailer",
			"reputation",
			"from * ip",
			"your ip",
			"error",
			"reason",
			"transport",
			"server",
			"greylist*",
			"unknown to us",
			"route",
			"gateway",
			"relay",
			"exchanger",
			"connection",
			"list only",
			"space",
			"memory",
			"disk",
		}},
		Refs: []string{"RFC 3463 section 3.2"},
		Hits: []string{
			"550 The user you are trying to contact does not exist",
			"<joe@example.com>: sorry, that address is not in our list of allowed recipients",
			"550 We do not know this person",
			"550 No account matches that address",
			"550 You have entered an address that is not in use",
		},
		Misses: []string{
			"550 Sender address joe@example.com does not exist",
			"550 5.2.2 The user of this mailbox is not available",
			"500 unknown command",
			"550 Unknown server error",
		},
	},
	{
		ID: "hint-unknown-alone", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When: When{Hint: true, Any: []string{"unknown"}, Codes: []string{"550", "551", "553"}, None: []string{
			"sender", "from", "domain", "host", "helo", "ptr", "spam*", "command", "extension", "parameter", "client",
			"error", "reason", "transport", "server", "mechanism", "charset", "certificate", "mailer", "your ip",
			"unknown to us", "list only",
		}},
		Refs:   []string{"RFC 3463 section 3.2"},
		Hits:   []string{"550 unknown", "550 <user@example.com>: unknown"},
		Misses: []string{"550 Unknown server error", "599 unknown"},
	},
	{
		ID: "hint-disabled", Class: runbook.ClassRecipientDisabled, Stage: smtp.StageRcpt,
		When: When{Hint: true, Any: []string{
			"disabled", "suspended", "inactive", "deactivated", "not active", "discontinued", "account * closed",
			"mailbox * closed", "account * locked", "mailbox * locked", "account * expired", "mailbox * expired",
			"account * blocked", "mailbox * blocked", "user * blocked", "account * removed", "mailbox * removed",
			"account * deleted", "mailbox * deleted", "user * deleted", "account * disabled", "mailbox * disabled",
			"user * disabled", "recipient * disabled", "domain * suspended", "domain * disabled",
			"account * suspended", "mailbox * suspended", "no longer in use", "frozen", "decommissioned", "retired",
			"terminated", "out of service",
			"on hold",
			"lapsed",
			"ceased",
			"switched off",
			"closed",
			"archived",
			"not used",
		}, None: []string{
			"sender", "your account", "sending", "connection", "tls", "session", "command", "extension",
			"pipelining", "vrfy", "expn", "etrn", "delivery temporarily suspended", "delivery to * suspended",
			"bounce processing", "script",
			"connection closed",
			"list",
			"group",
			"closing",
			"closed by",
			"closed connection",
			"message on hold",
			"mail on hold",
		}},
		Refs: []string{"RFC 3463 section 3.3"},
		Hits: []string{
			"550 The domain example.com is suspended", "Mailaddress is administratively disabled",
			"550 The subscription ceased",
		},
		Misses: []string{"550 Your account is suspended", "502 VRFY is disabled"},
	},
	{
		ID: "hint-full", Class: runbook.ClassRecipientFull,
		When: When{Hint: true, Any: []string{
			"quota", "mailbox * exceeded", "mailbox * full", "account * full", "user * full", "inbox * full",
			"exceeded their mailbox size", "mailbox size limit", "mailbox * quota", "max. quota", "allowed quota",
			"storage * exceeded", "storage * full", "storage limit", "no space * mailbox", "mailbox * no space",
			"over limit", "over its limit", "over the limit",
			"storage * used",
			"storage * used up",
			"space * used up",
			"room left",
			"no room",
			"disk usage",
			"102% full",
			"% full",
			"is full",
			"used up * storage",
			"maximum capacity",
			"at capacity",
		}, None: []string{
			"sending", "outgoing", "sender", "per hour", "per day", "daily", "hourly", "connections",
			"messages per", "file system", "disk full", "your quota",
			"server is full",
			"queue is full",
			"disk is full",
			"filesystem",
			"file system is full",
			"spool",
			"system is full",
			"messages for today",
		}},
		Refs: []string{"RFC 3463 section 3.3"},
		Hits: []string{
			"550 Mailbox quota usage exceeded",
			"One or more of the recipients of your message did not receive it because they would have exceeded their mailbox size limit.",
			"550 Recipient's storage is used up",
		},
		Misses: []string{"550 Your daily quota of messages is used up"},
	},
	{
		ID: "hint-moved", Class: runbook.ClassRecipientMoved, Stage: smtp.StageRcpt,
		When: When{Hint: true, Any: []string{
			"moved", "new address", "new email", "address * changed", "forwarding * expired", "address changed",
			"please use * instead", "has left", "changed * address",
		}, None: []string{
			"sender", "removed", "file",
		}},
		Refs: []string{"RFC 3463 section 3.2"},
		Hits: []string{"550 Joe moved, write to his office"}, Misses: []string{"550 File moved to quarantine"},
	},
	{
		ID: "hint-domain", Class: runbook.ClassDomainNotFound,
		When: When{
			Hint: true, Any: []string{
				"domain * not found", "domain * not exist", "domain * unknown", "domain * invalid",
				"domain * not valid", "host * not found", "host * unknown", "no * domain", "no mx", "invalid * domain",
				"unknown * domain", "domain * not resolve", "can not resolve", "could not resolve", "not resolvable",
			},
			None: []string{"sender", "from", "helo", "your", "ptr", "reverse"},
		},
		Refs:   []string{"RFC 3463 section 3.2"},
		Hits:   []string{"550 The domain you gave was not found"},
		Misses: []string{"550 The domain of the sender was not found"},
	},
	{
		ID: "hint-sender-domain", Class: runbook.ClassSenderUnresolvable, Stage: smtp.StageMail,
		When: When{
			Hint: true, Any: []string{
				"sender domain", "sender * domain", "domain * sender", "from * domain", "sender * not exist",
				"sender * not found", "sender * unknown", "sender * not resolve", "sender * verif*", "sender * mx",
			},
			None: []string{"blocked", "blacklist*", "not allowed", "spf", "dkim", "dmarc", "reputation"},
		},
		Refs:   []string{"RFC 3463 section 3.2"},
		Hits:   []string{"553 Sender domain must have a valid MX record"},
		Misses: []string{"550 Sender domain blocked here"},
	},
	{
		ID: "hint-sender", Class: runbook.ClassSenderRejected, Stage: smtp.StageMail,
		When: When{
			Hint: true, Any: []string{
				"sender * rejected", "sender * denied", "sender * refused", "sender * blocked", "sender * not allowed",
				"sender * not accepted", "from * blocked", "domain * blocked", "mail from domain * blocked",
				"sender * prohibited", "sender * banned", "from address * rejected", "from address * refused",
			},
			None: []string{"your ip", "ip address", "blocked using", "client host", "dnsbl*"},
		},
		Refs:   []string{"RFC 5321 section 3.3"},
		Hits:   []string{"550 5.7.1 Mail from domain example.net is blocked here"},
		Misses: []string{"550 5.7.1 Mail from your IP address is blocked here"},
	},
	{
		ID: "hint-relay", Class: runbook.ClassRoutingRelayDenied,
		When: When{Hint: true, Any: []string{
			"relay", "relaying", "relayed", "not * local", "not hosted",
		}, None: []string{
			"open relay", "relay recipient", "recipients",
		}},
		Refs: []string{"RFC 5321 section 3.6.2"},
		Hits: []string{"550 Nothing is relayed for strangers"}, Misses: []string{"550 Open relay found"},
	},
	{
		ID: "hint-loop", Class: runbook.ClassRoutingLoop,
		When: When{Hint: true, Any: []string{
			"loop", "loops", "looping", "hops", "hop count",
		}, None: []string{
			"loopback",
		}},
		Refs: []string{"RFC 5321 section 6.3"},
		Hits: []string{"554 The message goes in loops"}, Misses: []string{"550 loopback address"},
	},
	{
		ID: "hint-dns", Class: runbook.ClassDNSFailure,
		When: When{Hint: true, Any: []string{
			"dns", "name server", "nameserver", "name resolution", "resolver",
		}, None: []string{
			"reverse", "ptr", "your", "client", "sender", "record", "nxdomain",
		}},
		Refs: []string{"RFC 3463 section 3.5"},
		Hits: []string{"451 Problem with DNS, come back"}, Misses: []string{"550 No DNS record"},
	},
	{
		ID: "hint-lookup", Class: runbook.ClassLookupTemporary,
		When: When{Hint: true, Any: []string{
			"lookup", "ldap", "database", "directory", "verification", "verify recipient", "verify user",
			"verify the recipient",
		}, None: []string{
			"sender", "harvest", "no such file", "dns", "reverse", "spf", "dkim",
		}, Codes: []string{
			"4yz",
		}},
		Refs: []string{"RFC 3463 section 3.4"},
		Hits: []string{"450 Lookup did not work"}, Misses: []string{"550 Lookup did not work"},
	},
	{
		ID: "hint-blocklist", Class: runbook.ClassPolicyBlocklist,
		When: When{
			Hint: true, Any: []string{
				"blackhole", "listed", "blocked * ip", "ip * blocked", "ip * banned", "banned * ip", "blocked * list",
				"in * list", "your ip", "ip address", "dynamic", "open relay", "proxy",
				"in the cbl",
				"in the sbl",
				"in the xbl",
				"in the pbl",
				"deny table",
				"local deny",
				"blackholed",
				"in the css",
				"in spamhaus",
				"spamhaus",
				"barracudacentral",
				"uceproteect",
				"uceprotect",
				"abuseat",
				"deny-list",
				"blocked at the firewall",
			},
			None: []string{
				"mailing list", "url", "uri", "link", "not listed", "list of allowed", "recipient", "user",
				"listed mx", "proxy server", "subject", "proxy failed",
			},
		},
		Refs:   []string{"RFC 6471"},
		Hits:   []string{"550 5.7.1 Mail from 192.0.2.25 refused by blackhole site bl.example"},
		Misses: []string{"550 Not in the list of allowed recipients"},
	},
	{
		ID: "hint-rate", Class: runbook.ClassPolicyRateLimit,
		When: When{Hint: true, Any: []string{
			"too many", "too much", "limit exceeded", "exceeded * limit", "exceeds * limit", "limit reached",
			"per hour", "per minute", "per day", "throttl*", "excessive", "rate",
		}, None: []string{
			"mailbox", "storage", "size", "recipients", "hops", "connections", "sessions", "errors", "commands",
			"received", "bytes",
		}},
		Refs: []string{"RFC 3463 section 3.8"},
		Hits: []string{"450 There is too much of you"}, Misses: []string{"554 There are too many received lines"},
	},
	{
		ID: "hint-connections", Class: runbook.ClassPolicyConnections,
		When: When{Hint: true, Any: []string{
			"too many * connections", "too many * sessions", "connections * exceeded", "connections * limit",
			"limit * connections", "connections",
		}, None: []string{
			"refused connections",
		}},
		Refs: []string{"https://www.postfix.org/postconf.5.html#smtpd_client_connection_count_limit"},
		Hits: []string{"421 You have too many of our connections"}, Misses: []string{"421 There is too much of you"},
	},
	{
		ID: "hint-helo", Class: runbook.ClassPolicyHELO,
		When: When{Hint: true, Any: []string{
			"helo", "ehlo", "domain * helo", "domain * ehlo", "hostname * helo", "domain name in helo",
			"domain name in ehlo",
		}, None: []string{
			"spf", "after", "response",
		}},
		Refs: []string{"RFC 5321 section 4.1.1.1"},
		Hits: []string{"501 I do not like this HELO"}, Misses: []string{"451 Trouble after HELO"},
	},
	{
		ID: "hint-rdns", Class: runbook.ClassPolicyRDNS,
		When: When{Hint: true, Any: []string{
			"hostname", "reverse", "ptr", "host name * ip", "ip * host name", "resolve",
		}, None: []string{
			"helo", "ehlo", "sender", "recipient", "domain",
		}},
		Refs: []string{"RFC 8601 section 2.7.3"},
		Hits: []string{"550 Give your machine a hostname"}, Misses: []string{"550 The domain does not resolve"},
	},
	{
		ID: "hint-too-large", Class: runbook.ClassContentTooLarge,
		When: When{Hint: true, Any: []string{
			"too large", "too big", "too long", "message size", "megabytes", "larger", "bigger",
			"mb per mail",
			"mb per message",
			"kb per",
			"mb exceeded",
			"mb limit",
			"limit of * mb",
			"more than * mb",
			"limit of * bytes",
			"more than * bytes",
		}, None: []string{
			"mailbox", "quota", "line", "command", "queue", "rate",
			"took too long",
			"too long to",
			"taking too long",
			"waited too long",
			"for too long",
			"too long ago",
			"in queue",
			"waiting",
		}},
		Refs: []string{"RFC 1870 section 6"},
		Hits: []string{
			"552 So many megabytes are not for us",
			"550 Limit of 20 MB per mail exceeded",
		}, Misses: []string{"500 Line too long"},
	},
	{
		ID: "hint-malformed", Class: runbook.ClassContentMalformed,
		When: When{Hint: true, Any: []string{
			"header", "headers", "mime", "encoding", "charset", "rfc",
		}, None: []string{
			"address", "sender", "recipient", "helo", "2821",
		}},
		Refs: []string{"RFC 5322 section 3.6"},
		Hits: []string{"550 Trouble with a header here"}, Misses: []string{"550 An address not after the RFC"},
	},
	{
		ID: "hint-content", Class: runbook.ClassContentPolicy,
		When: When{Hint: true, Any: []string{
			"content", "contents", "filter", "filtered", "subject",
			"words that",
			"a word that",
			"wording",
			"language",
		}, None: []string{
			"temporar*", "unavailable", "timeout", "subject to", "spam*", "subject was", "subject is",
		}},
		Refs: []string{"RFC 3463 section 3.8"},
		Hits: []string{
			"550 We dislike the contents",
			"550 Message held for words that are not allowed",
		}, Misses: []string{"451 Subject to delay, filter unavailable"},
	},
	{
		ID: "hint-attachment", Class: runbook.ClassContentAttachment,
		When: When{Hint: true, Any: []string{"attached", "archive", "executable"}},
		Refs: []string{"RFC 3463 section 3.8"},
		Hits: []string{"550 There is an executable in it"}, Misses: []string{"550 We dislike the contents"},
	},
	{
		ID: "hint-link", Class: runbook.ClassContentLink,
		When: When{Hint: true, Any: []string{
			"url", "urls", "link in", "links",
		}, None: []string{
			"visit", "see", "follow", "click", "please",
		}},
		Refs: []string{"https://www.surbl.org/guidelines"},
		Hits: []string{"550 The URL in it is not for us"}, Misses: []string{"550 Please follow the URL below"},
	},
	{
		ID: "hint-tls", Class: runbook.ClassTLSFailed, Stage: smtp.StageSTARTTLS,
		When: When{Hint: true, Any: []string{
			"tls", "starttls", "ssl", "certificate", "encryption",
		}, None: []string{
			"authentication",
		}},
		Refs: []string{"RFC 3207 section 4"},
		Hits: []string{"451 Something with TLS went wrong"}, Misses: []string{"451 Authentication mechanism needs TLS"},
	},
	{
		ID: "hint-policy", Class: runbook.ClassPolicyLocal,
		When: When{Hint: true, Vague: true, Any: []string{
			"denied", "blocked", "rejected", "refused", "not allowed", "not permitted", "not authorized",
			"not authorised", "unauthorized", "forbidden", "prohibited", "disallowed", "discarded", "deferred",
			"not welcome", "not accepted", "policy",
		}},
		Refs: []string{"RFC 3463 section 3.8"},
		Hits: []string{"550 Rejected", "550 Forbidden"}, Misses: []string{"550 5.7.23 Rejected", "550 Refused for a header"},
	},
	{
		ID: "hint-auth", Class: runbook.ClassAuthSMTPRequired,
		When: When{Hint: true, Any: []string{
			"authenticate", "authenticated", "log in", "login", "password",
		}, None: []string{
			"spf", "dkim", "dmarc", "domain", "message",
		}},
		Refs: []string{"RFC 4954 section 6"},
		Hits: []string{
			"550 Only for those who have authenticated",
		}, Misses: []string{
			"550 The message has not authenticated",
		},
	},
	{
		ID: "hint-storage", Class: runbook.ClassBackendStorageFull,
		When: When{Hint: true, Any: []string{
			"disk", "storage", "out of space", "memory",
		}, None: []string{
			"mailbox", "user", "quota", "recipient",
		}},
		Refs: []string{"RFC 3463 section 3.4"},
		Hits: []string{"452 There is a problem with the disk"}, Misses: []string{"452 The disk of this user"},
	},
	{
		ID: "hint-network", Class: runbook.ClassNetworkTimeout,
		When: When{Hint: true, Any: []string{
			"timeout", "time out", "timed out", "no response", "no answer", "slow",
			"took too long",
			"not answering",
			"did not answer",
			"does not answer",
			"not respond*",
			"waited too long",
			"taking too long",
		}, None: []string{
			"retry timeout exceeded", "delivery timeout",
			"dns",
			"name server",
		}},
		Refs: []string{"RFC 5321 section 4.5.3.2"},
		Hits: []string{
			"451 There was no answer",
			"451 That took too long",
		}, Misses: []string{"451 There was an answer"},
	},
}
