package diagnose

import (
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

const (
	refMicrosoftNDR      = "https://learn.microsoft.com/en-us/exchange/troubleshoot/email-delivery/ndr/non-delivery-reports-in-exchange-online"
	refMicrosoftDelist   = "https://sender.office.com/"
	refOutlookPostmaster = "https://postmaster.live.com/"
	refOutlook515        = "https://support.microsoft.com/en-us/outlook/fix-ndr-error-550-5-7-515-in-outlook-com"
	refMicrosoftSMTPAuth = "https://learn.microsoft.com/en-us/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission"
)

// microsoftRules are the replies of Microsoft 365, Outlook.com (with the old
// Hotmail codes) and their delivery reports. Enhanced codes with three digits in
// the detail are Microsoft's own: no other system uses them.
var microsoftRules = []Rule{
	{
		ID: "microsoft-forest-connections", Class: runbook.ClassPolicyConnections,
		When: When{
			Any: []string{
				"concurrent connections per resource forest", "number of concurrent connections has exceeded a limit",
				"number of concurrent server connections has exceeded a limit",
				"concurrent connections limit exceeded. visit", "aka.ms/concurrent_sending",
			},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"421 4.3.2 The maximum number of concurrent connections per resource forest has exceeded a limit, closing transmission channel [mx.prod.protection.outlook.com]",
			"421 4.3.2 The maximum number of concurrent connections has exceeded a limit, closing transmission channel",
			"421 4.3.2 The maximum number of concurrent server connections has exceeded a limit, closing transmission channel",
			"432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for more information.",
			"432 4.3.2 See https://aka.ms/concurrent_sending [Hostname=VI1PR01MB0001.eurprd01.prod.exchangelabs.com]",
		},
		Misses: []string{"421 4.3.2 Service not available [DB3EUR04FT001.eop-eur04.prod.protection.outlook.com]"},
	},
	{
		ID: "microsoft-recipient-threads", Class: runbook.ClassPolicyRateLimit,
		When:   When{Any: []string{"recipient thread limit exceeded"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded"},
		Misses: []string{"432 4.3.2 STOREDRV.Storage; mailbox server is offline"},
	},
	{
		ID: "microsoft-organization-queue", Class: runbook.ClassPolicyRateLimit,
		When:   When{Any: []string{"organization queue quota exceeded"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"450 4.7.3 Organization queue quota exceeded [AM0EUR02FT003.eop-EUR02.prod.protection.outlook.com]"},
		Misses: []string{"550 5.2.2 Submission quota exceeded"},
	},
	{
		ID: "microsoft-not-replicated", Class: runbook.ClassBackendUnavailable,
		When:   When{Provider: []string{"microsoft"}, Any: []string{"message failed to be replicated"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"{provider=microsoft} 451 4.4.25 Message failed to be replicated: no storage availability [AM0P192MB0001.EURP192.PROD.OUTLOOK.COM]"},
		Misses: []string{"451 4.4.0 DNS query failed"},
	},
	{
		ID: "microsoft-tenant-without-mail", Class: runbook.ClassBackendMisconfigured,
		When: When{Any: []string{"hosted tenant which has no mail-enabled subscriptions", "no mail-enabled subscriptions"}},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"451 4.4.4 Mail received as unauthenticated, incoming to a recipient domain configured in a hosted tenant which has no mail-enabled subscriptions. ATTR5 [mx.prod.protection.outlook.com]",
			"451 4.4.4 The domain is in a hosted tenant that has no mail-enabled subscriptions. ATTR5",
		},
		Misses: []string{"451 4.4.62 Mail sent to the wrong Office 365 region. ATTR35"},
	},
	{
		ID: "microsoft-wrong-region", Class: runbook.ClassRoutingRelayDenied,
		When: When{Any: []string{"wrong office 365 region", "wrong microsoft 365 region"}},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"451 4.4.62 Mail sent to the wrong Office 365 region. ATTR35. For more information please go to https://go.microsoft.com/fwlink/?linkid=865268",
			"451 4.4.62 Mail sent to the wrong Microsoft 365 region. ATTR35",
		},
		Misses: []string{"451 4.4.4 Incoming to a hosted tenant which has no mail-enabled subscriptions. ATTR5"},
	},
	{
		ID: "microsoft-temporary-server-error", Class: runbook.ClassBackendUnavailable,
		When: When{Any: []string{"temporary server error. please try again later"}},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"451 4.3.2 Temporary server error. Please try again later ATTR17 [DB5EUR01FT010.eop-EUR01.prod.protection.outlook.com]",
			"451 4.7.0 Temporary server error. Please try again later. PRX5",
		},
		Misses: []string{"451 4.7.500 Server busy. Please try again later from [192.0.2.7]. (S77714) [mx.prod.protection.outlook.com]"},
	},
	{
		ID: "microsoft-service-not-available", Class: runbook.ClassBackendUnavailable,
		When:   When{Any: []string{"service not available ["}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"421 4.3.2 Service not available [DB3EUR04FT001.eop-eur04.prod.protection.outlook.com]"},
		Misses: []string{"554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org"},
	},
	{
		ID: "microsoft-server-busy", Class: runbook.ClassPolicyRateLimit,
		When:   When{Any: []string{"server busy. please try again later from"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"451 4.7.500 Server busy. Please try again later from [192.0.2.7]. (S77714) [VI1EUR04FT046.eop-eur04.prod.protection.outlook.com]"},
		Misses: []string{"421 4.4.5 Server busy, try again later. - gsmtp"},
	},
	{
		ID: "microsoft-code-throttled", Class: runbook.ClassPolicyRateLimit,
		When: When{
			None:  []string{"(s3140)", "reputation", "dmarc"},
			Codes: []string{"4.7.500-4.7.649", "4.7.653-4.7.699", "4.7.850-4.7.899"},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"451 4.7.550 Access denied, please try again later [mx.prod.protection.outlook.com]",
			"451 4.7.860 Access denied, please try again later [mx.prod.protection.outlook.com]",
			"451 4.7.670 Please try again later. (AS1000)",
		},
		Misses: []string{"451 4.7.650 The mail server [192.0.2.7] has been temporarily rate limited due to IP reputation. (S775)"},
	},
	{
		ID: "microsoft-pfa-busy", Class: runbook.ClassBackendUnavailable,
		When:   When{Any: []string{"pfa agent busy"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"451 4.7.700 PFA agent busy, please try again later [mx.prod.protection.outlook.com]"},
		Misses: []string{"451 4.7.500 Server busy. Please try again later from [192.0.2.7]."},
	},
	{
		ID: "microsoft-system-resources", Class: runbook.ClassBackendStorageFull,
		When: When{Any: []string{"insufficient system resources"}},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			`452 4.3.1 Insufficient system resources (UsedDiskSpace[C:\ExchangeQueue])`,
			"452 4.3.1 Insufficient system resources",
		},
		Misses: []string{"452 4.2.2 The mailbox has insufficient space"},
	},
	{
		ID: "microsoft-recipient-limit", Class: runbook.ClassPolicyRecipients,
		When: When{Any: []string{"resolver.adr.reciplimit", "resolver.rcp.limit"}},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"550 5.5.3 RESOLVER.ADR.RecipLimit; too many recipients",
			"550 5.5.3 RESOLVER.RCP.Limit; recipient limit of the organization is reached",
		},
		Misses: []string{"550 5.1.1 RESOLVER.ADR.RecipNotFound; not found"},
	},
	{
		ID: "microsoft-queue-expired", Class: runbook.ClassDeliveryExpired,
		When: When{Any: []string{"queue.expired; message expired", "queue.expired"}, Vague: true},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"550 4.4.7 QUEUE.Expired; message expired",
			"#< #4.4.7 smtp;550 4.4.7 QUEUE.Expired> #SMTP#",
		},
		Misses: []string{"550 5.1.1 RESOLVER.ADR.ExRecipNotFound; not found"},
	},
	{
		ID: "microsoft-5-4-300", Class: runbook.ClassDeliveryExpired,
		When:   When{Codes: []string{"X.4.300"}, Vague: true},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.4.300 not delivered"},
		Misses: []string{"550 5.4.316 Message expired, connection refused(Socket error code 10061)"},
	},
	{
		ID: "microsoft-mta-sts", Class: runbook.ClassTLSPolicy,
		When: When{
			Any: []string{
				"failed mta-sts validation", "remote certificate failed mta-sts validation", "mta-sts-webpki-invalid",
				"mta-sts-policy-fetch",
			},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"550 5.4.8 MX hosts of 'example.com' failed MTA-STS validation.",
			"550 5.7.5 Remote certificate failed MTA-STS validation. Reason: ValidityStatus",
		},
		Misses: []string{"550 5.7.322 certificate-expired: destination mail server's certificate has expired."},
	},
	{
		ID: "microsoft-dns-query-failed", Class: runbook.ClassDNSFailure,
		When: When{
			Any: []string{
				"dns query failed(errorretry)", "dns query failed(servererror)", "dns query failed with error errorretry",
				"dns query failed. the error was: dns query failed with error errorretry",
				"dns query failed(errortimeout)", "dns query failed(serverfailure)",
			},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"550 5.4.312 Message expired, DNS query failed(ErrorRetry)",
			"450 4.4.312 DNS query failed(ServerError)",
			"451 4.4.0 DNS query failed. The error was: DNS query failed with error ErrorRetry",
			"450 4.4.312 DNS query failed(ErrorTimeout)",
			"450 4.4.312 DNS query failed(ServerFailure)",
		},
		Misses: []string{"550 5.4.310 DNS domain example.com does not exist [Message=InfoDomainNonexistent]"},
	},
	{
		ID: "microsoft-code-dns-query", Class: runbook.ClassDNSFailure,
		When:   When{Codes: []string{"X.4.312"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.4.312 not delivered"},
		Misses: []string{"550 5.4.310 DNS domain example.com does not exist"},
	},
	{
		ID: "microsoft-connection-refused", Class: runbook.ClassNetworkUnreachable,
		When: When{
			Any: []string{
				"connection refused [message=socket error code 10061]", "socket error code 10061",
				"connection refused(socket error code 10061)",
				"socketerror: failed to connect. winsock error code: 10061", "winsock error code: 10061",
				"winsock error code: 10065",
			},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"450 4.4.316 Connection refused [Message=Socket error code 10061] [LastAttemptedServerName=mx.example.com]",
			"550 5.4.316 Message expired, connection refused(Socket error code 10061)",
			`441 4.4.1 Error encountered while communicating with primary target IP address: "Failed to connect. Winsock error code: 10061, Win32 error code: 10061."`,
			"451 4.4.0 SocketError: Failed to connect. Winsock error code: 10061",
			"441 4.4.1 Failed to connect. Winsock error code: 10065, Win32 error code: 10065",
		},
		Misses: []string{"441 4.4.1 Failed to connect. Winsock error code: 10060, Win32 error code: 10060"},
	},
	{
		ID: "microsoft-code-connection-refused", Class: runbook.ClassNetworkUnreachable,
		When:   When{Codes: []string{"X.4.316"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.4.316 not delivered"},
		Misses: []string{"550 5.4.317 Message expired, cannot connect to remote server"},
	},
	{
		ID: "microsoft-connect-timeout", Class: runbook.ClassNetworkTimeout,
		When: When{
			Any: []string{
				"winsock error code: 10060", "socket error code 10060", "connection timed out(socket error code 10060)",
			},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			`441 4.4.1 Error encountered while communicating with primary target IP address: "Failed to connect. Winsock error code: 10060, Win32 error code: 10060."`,
			"450 4.4.315 Connection timed out [Message=Socket error code 10060]",
			"550 5.4.315 Message expired, connection timed out(Socket error code 10060)",
		},
		Misses: []string{"450 4.4.316 Connection refused [Message=Socket error code 10061]"},
	},
	{
		ID: "microsoft-socket-reset", Class: runbook.ClassNetworkDropped,
		When: When{
			Any: []string{
				"winsock error code: 10054", "connection dropped due to connectionreset",
				"connection dropped due to socketerror",
			},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"421 4.4.2 Connection dropped due to ConnectionReset",
			"421 4.4.2 Connection dropped due to SocketError",
			"441 4.4.1 Winsock error code: 10054, Win32 error code: 10054",
		},
		Misses: []string{"450 4.4.316 Connection refused [Message=Socket error code 10061]"},
	},
	{
		ID: "microsoft-cannot-connect", Class: runbook.ClassNetworkUnreachable,
		When:   When{None: []string{"starttls"}, Codes: []string{"X.4.317"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.4.317 not delivered"},
		Misses: []string{"450 4.4.317 Cannot connect to remote server [Message=451 5.7.3 STARTTLS is required to send mail]"},
	},
	{
		ID: "microsoft-destination-without-tls", Class: runbook.ClassTLSPolicy,
		When:   When{Any: []string{"starttls is required to send mail"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"450 4.4.317 Cannot connect to remote server [Message=451 5.7.3 STARTTLS is required to send mail]"},
		Misses: []string{"530 5.7.0 Must issue a STARTTLS command first"},
	},
	{
		ID: "microsoft-suspicious-remote", Class: runbook.ClassNetworkDropped,
		When: When{Any: []string{"suspiciousremoteservererror", "connection was closed abruptly"}},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"450 4.4.318 Connection was closed abruptly (SuspiciousRemoteServerError)",
			"550 5.4.318 Message expired, connection was closed abruptly",
		},
		Misses: []string{"550 5.4.4 SMTPSEND.DNS.NonExistentDomain; nonexistent domain"},
	},
	{
		ID: "microsoft-dane-no-starttls", Class: runbook.ClassTLSPolicy,
		When: When{Any: []string{"starttls-not-supported: destination mail server must support tls", "starttls-not-supported"}},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"450 4.7.321 starttls-not-supported: Destination mail server must support TLS to receive mail.",
			"550 5.7.321 STARTTLS-NOT-SUPPORTED",
		},
		Misses: []string{"550 5.7.323 tlsa-invalid: The domain failed DANE validation."},
	},
	{
		ID: "microsoft-dane-expired", Class: runbook.ClassTLSFailed,
		When: When{Any: []string{"certificate-expired: destination mail server's certificate", "certificate-expired:"}},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"450 4.7.322 certificate-expired: Destination mail server's certificate is expired.",
			"550 5.7.322 certificate-expired: the remote host has an old certificate",
		},
		Misses: []string{"550 5.7.323 tlsa-invalid: The domain failed DANE validation."},
	},
	{
		ID: "microsoft-dane-tlsa", Class: runbook.ClassTLSPolicy,
		When: When{Any: []string{"tlsa-invalid", "the domain failed dane validation"}},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"450 4.7.323 tlsa-invalid: no TLSA record fits",
			"550 5.7.323 The domain failed DANE validation.",
		},
		Misses: []string{"550 5.7.322 certificate-expired: Destination mail server's certificate is expired."},
	},
	{
		ID: "microsoft-dane-dnssec", Class: runbook.ClassTLSPolicy,
		When: When{Any: []string{"dnssec-invalid: destination domain returned invalid dnssec records", "dnssec-invalid"}},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"450 4.7.324 dnssec-invalid: Destination domain returned invalid DNSSEC records.",
			"550 5.7.324 dnssec-invalid",
		},
		Misses: []string{"450 4.4.312 DNS query failed"},
	},
	{
		ID: "microsoft-dane-name", Class: runbook.ClassTLSFailed,
		When:   When{Any: []string{"certificate-host-mismatch"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"450 4.7.325 certificate-host-mismatch: Remote certificate MUST have a common name or subject alternative name matching the hostname (DANE)."},
		Misses: []string{"550 5.7.323 tlsa-invalid: The domain failed DANE validation."},
	},
	{
		ID: "microsoft-code-dane", Class: runbook.ClassTLSPolicy,
		When:   When{Codes: []string{"X.7.321", "X.7.323", "X.7.324"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.7.323 Message refused by the sending service"},
		Misses: []string{"550 5.7.322 Message refused by the sending service"},
	},
	{
		ID: "microsoft-code-dane-certificate", Class: runbook.ClassTLSFailed,
		When:   When{Codes: []string{"X.7.322", "X.7.325"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.7.325 Message refused by the sending service"},
		Misses: []string{"550 5.7.324 Message refused by the sending service"},
	},
	{
		ID: "microsoft-x-dg-ref", Class: runbook.ClassContentMalformed, Stage: smtp.StageEOD,
		When:   When{Any: []string{"x-dg-ref header is too long"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.0.350 Remote server returned an error -> x-dg-ref header is too long"},
		Misses: []string{"550 5.0.350 Remote server returned an error -> 550 5.1.1 No such user"},
	},
	{
		ID: "microsoft-as345", Class: runbook.ClassContentAttachment, Stage: smtp.StageEOD,
		When: When{Any: []string{"policy violation detected (as345)", "(as345)"}},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"550 5.0.350 Remote server returned an error -> 550 Requested action not taken: policy violation detected (AS345)",
			"550 5.7.0 Requested action not taken (AS345)",
		},
		Misses: []string{"550 5.7.1 Service unavailable, message refused (AS16012607)"},
	},
	{
		ID: "microsoft-sender-denied", Class: runbook.ClassSenderRejected,
		When:   When{Any: []string{"sender denied as sender's email address is on senderfilterconfig list"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"554 5.1.0 Sender denied as sender's email address is on SenderFilterConfig list"},
		Misses: []string{"550 5.1.8 Access denied, bad outbound sender"},
	},
	{
		ID: "microsoft-resolver-not-found", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When: When{
			Any: []string{
				"resolver.adr.exrecipnotfound", "resolver.adr.recipnotfound", "resolver.adr.recipientnotfound",
				"resolver.adr.notfound", "not found by smtp address lookup", "resolver.adr.objectnotfound",
			},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"#550 5.1.1 RESOLVER.ADR.ExRecipNotFound; not found ##",
			"550 5.1.1 RESOLVER.ADR.RecipNotFound; not found",
			"550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient user@example.com not found by SMTP address lookup",
			"550 5.1.10 Recipient user@example.com not found by SMTP address lookup",
			"550 5.1.1 RESOLVER.ADR.NotFound",
			"550 5.1.1 RESOLVER.ADR.ObjectNotFound",
		},
		Misses: []string{"550 5.1.4 RESOLVER.ADR.Ambiguous; ambiguous address"},
	},
	{
		ID: "microsoft-5-1-10", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When:   When{Provider: []string{"microsoft"}, Codes: []string{"X.1.10"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.1.10 [VI1PR01MB0001.eurprd01.prod.exchangelabs.com]"},
		Misses: []string{"550 5.1.1 User unknown [mx.example.com]"},
	},
	{
		ID: "microsoft-legacy-dn", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When:   When{Any: []string{"legacyexchangedn * not found"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"The LegacyExchangeDN of the recipient was not found by the resolver: stale Outlook cache entry, not found"},
		Misses: []string{"IMCEAEX-_O=EXAMPLE_CN=USER@example.com #550 5.7.1"},
	},
	{
		ID: "microsoft-resolver-ambiguous", Class: runbook.ClassRecipientAmbiguous,
		When:   When{Any: []string{"resolver.adr.ambiguous"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.1.4 RESOLVER.ADR.Ambiguous; ambiguous address"},
		Misses: []string{"550 5.1.1 RESOLVER.ADR.RecipNotFound; not found"},
	},
	{
		ID: "microsoft-resolver-invalid", Class: runbook.ClassRecipientSyntax,
		When: When{Any: []string{"resolver.adr.invalid*", "resolver.adr.badaddress"}},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"550 5.1.3 RESOLVER.ADR.InvalidSmtp; invalid SMTP address",
			"501 5.1.3 RESOLVER.ADR.BadAddress",
		},
		Misses: []string{"550 5.1.1 RESOLVER.ADR.RecipNotFound; not found"},
	},
	{
		ID: "microsoft-resolver-bad-primary", Class: runbook.ClassBackendMisconfigured,
		When: When{
			Any: []string{
				"resolver.adr.badprimary", "recipient primary smtp address is missing or invalid",
				"resolver.fwd.notfound", "misconfigured forwarding address", "resolver.pf.invalid",
				"resolver.dst.invalid",
			},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"550 5.3.5 RESOLVER.ADR.BadPrimary",
			"550 5.3.5 recipient primary SMTP address is missing or invalid",
			"550 5.2.14 RESOLVER.FWD.NotFound; misconfigured forwarding address",
			"550 5.2.14 misconfigured forwarding address",
			"550 5.3.5 RESOLVER.PF.Invalid; misconfigured public folder mailbox",
			"550 5.3.5 RESOLVER.DST.Invalid",
		},
		Misses: []string{"550 5.4.6 RESOLVER.FWD.Loop; there is a forwarding loop configured in the directory"},
	},
	{
		ID: "microsoft-5-2-14", Class: runbook.ClassBackendMisconfigured,
		When:   When{Codes: []string{"X.2.14"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.2.14 the message can't be forwarded"},
		Misses: []string{"550 5.2.1 the message can't be stored"},
	},
	{
		ID: "microsoft-resolver-loop", Class: runbook.ClassRoutingLoop,
		When: When{Any: []string{"resolver.fwd.loop", "forwarding loop configured in the directory"}},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"550 5.4.6 RESOLVER.FWD.Loop",
			"550 5.4.6 there is a forwarding loop configured in the directory",
		},
		Misses: []string{"550 5.2.14 RESOLVER.FWD.NotFound; misconfigured forwarding address"},
	},
	{
		ID: "microsoft-hop-count", Class: runbook.ClassRoutingLoop, Stage: smtp.StageEOD,
		When:   When{Any: []string{"hop count exceeded - possible mail loop"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"554 5.4.14 Hop count exceeded - possible mail loop ATTR34 [AM0EUR02FT003.eop-EUR02.prod.protection.outlook.com]"},
		Misses: []string{"550 5.4.300 Message expired"},
	},
	{
		ID: "microsoft-5-4-14", Class: runbook.ClassRoutingLoop,
		When:   When{Codes: []string{"X.4.14"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"554 5.4.14 ATTR34"},
		Misses: []string{"554 5.4.1 ATTR34"},
	},
	{
		ID: "microsoft-resolver-restricted", Class: runbook.ClassRecipientRestricted, Stage: smtp.StageEOD,
		When: When{
			Any: []string{
				"resolver.rst.notauthorized", "resolver.rst.restrictedto*", "resolver.rst.sendernotauthenticated*",
				"resolver.rst.sendernot*", "restrictedtogrouppermission", "restrictedtorecipientspermission",
				"sendernotauthenticatedforgroup", "sendernotauthenticatedformailbox",
				"delivery restriction check failed because the sender was not authenticated",
				"not authorized to send to the recipient because the sender isn't on the recipient's allow list",
			},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"550 5.7.1 RESOLVER.RST.NotAuthorized; not authorized",
			"550 5.7.129 RESOLVER.RST.RestrictedToRecipientsPermission; not authorized to send to the recipient because the sender isn't on the recipient's allow list",
			"550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required; Delivery restriction check failed because the sender was not authenticated when sending to this group",
			"550 5.7.124 RESOLVER.RST.SenderNotInAllowedSenders",
			"550 5.7.124 RestrictedToGroupPermission",
			"550 5.7.129 RestrictedToRecipientsPermission",
			"550 5.7.133 SenderNotAuthenticatedForGroup",
			"550 5.7.134 SenderNotAuthenticatedForMailbox",
			"550 5.7.136 Delivery restriction check failed because the sender was not authenticated when sending to this mail user",
		},
		Misses: []string{"550 5.2.3 RESOLVER.RST.RecipSizeLimit; message too large for this recipient"},
	},
	{
		ID: "microsoft-code-restricted", Class: runbook.ClassRecipientRestricted,
		When:   When{Codes: []string{"X.7.123", "X.7.124", "X.7.129", "X.7.133", "X.7.134", "X.7.135", "X.7.136"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.7.135 public folder takes internal mail only"},
		Misses: []string{"550 5.7.139 Authentication unsuccessful"},
	},
	{
		ID: "microsoft-5-7-12", Class: runbook.ClassRecipientRestricted,
		When: When{
			Any:   []string{"sender was not authenticated by organization", "sender was not authenticated"},
			Codes: []string{"5.7.12"},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"550 5.7.12 Sender was not authenticated by organization",
			"550 5.7.12 Sender was not authenticated",
		},
		Misses: []string{"535 5.7.12 A password transition is needed"},
	},
	{
		ID: "microsoft-resolver-size", Class: runbook.ClassContentTooLarge,
		When: When{
			Any: []string{
				"resolver.rst.recipsizelimit*", "resolver.rst.sendsizelimit*", "resolver.rst.recvsizelimit*",
				"resolver.rst.msgsize*", "message too large for this recipient", "message too large for this sender",
				"message too large for this organization",
			},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"550 5.2.3 RESOLVER.RST.RecipSizeLimit",
			"550 5.2.3 RESOLVER.RST.SendSizeLimit.Org; message too large for this organization",
			"550 5.2.3 RESOLVER.RST.SendSizeLimit.Sender; message too large for this sender",
			"550 5.2.3 RESOLVER.RST.RecvSizeLimit",
			"550 5.2.3 RESOLVER.RST.MsgSizeLimit",
			"550 5.2.3 message too large for this recipient",
		},
		Misses: []string{"550 5.5.3 RESOLVER.ADR.RecipLimit; too many recipients"},
	},
	{
		ID: "microsoft-group-expanded", Class: runbook.ClassNoticeDelivered,
		When:   When{Any: []string{"resolver.grp.expanded"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"250 2.1.5 RESOLVER.GRP.Expanded; distribution list expanded"},
		Misses: []string{"550 5.7.1 RESOLVER.RST.NotAuthorized; not authorized"},
	},
	{
		ID: "microsoft-approval", Class: runbook.ClassRecipientRestricted,
		When: When{
			Any: []string{
				"approval.approvalrejected", "approval.notapproved", "message rejected by moderator",
				"approvalrequest.expired", "approval.expired",
			},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"550 5.7.1 APPROVAL.ApprovalRejected",
			"550 5.7.1 APPROVAL.NotApproved",
			"550 5.7.1 The message rejected by moderator of the group",
			"550 4.4.7 APPROVALREQUEST.Expired; no moderator answered",
			"550 4.4.7 APPROVAL.Expired",
		},
		Misses: []string{"550 4.4.7 QUEUE.Expired; message expired"},
	},
	{
		ID: "microsoft-outbound-sender", Class: runbook.ClassSenderDisabled,
		When:   When{Any: []string{"outboundspamexception"}, None: []string{"refusequota"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"554 5.2.0 STOREDRV.Submission.Exception:OutboundSpamException; WASCL UserAction verdict is not None. Actual verdict is Suspend, ShowTierUpgrade."},
		Misses: []string{"554 5.2.0 STOREDRV.Submission.Exception:OutboundSpamException; Actual verdict is RefuseQuota, ShowTierUpgrade."},
	},
	{
		ID: "microsoft-outbound-quota", Class: runbook.ClassSenderLimit,
		When: When{
			Any: []string{
				"actual verdict is refusequota", "submissionquotaexceededexception", "submission quota exceeded",
				"submission quota was exceeded", "storedrv.submission.exception:submissionquota*",
			},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"554 5.2.0 STOREDRV.Submission.Exception:OutboundSpamException; Actual verdict is RefuseQuota, ShowTierUpgrade.",
			"554 5.2.2 SubmissionQuotaExceededException",
			"550 5.2.2 Submission quota exceeded [user@example.com]",
			"550 5.2.2 The submission quota was exceeded for this sender",
			"554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceeded",
		},
		Misses: []string{"554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException"},
	},
	{
		ID: "microsoft-banned-sender", Class: runbook.ClassSenderDisabled,
		When: When{
			Any:   []string{"access denied, banned sender", "access denied, spam abuse detected"},
			Codes: []string{"5.7.501-5.7.503"},
		},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.7.502 Access denied, banned sender [user@example.com]"},
		Misses: []string{"550 5.7.504 [user@example.com]: Recipient address rejected: Access denied"},
	},
	{
		ID: "microsoft-several-from", Class: runbook.ClassContentMalformed, Stage: smtp.StageEOD,
		When:   When{Codes: []string{"5.1.20"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.1.20 refused"},
		Misses: []string{"550 5.1.2 No such domain"},
	},
	{
		ID: "microsoft-daily-recipients", Class: runbook.ClassSenderLimit,
		When: When{
			Any: []string{
				"reached your daily limit for message recipients", "tenant external recipient rate limit",
				"exceeded its tenant external recipient rate limit",
				"exceeded the limit for sending from its onmicrosoft.com domain",
			},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"550 5.1.90 Your message can't be sent because you've reached your daily limit for message recipients",
			"550 5.7.233 Your message can't be sent because your tenant exceeded its tenant external recipient rate limit",
			"550 5.7.232 The trial hit the Tenant External Recipient Rate Limit",
			"550 5.7.236 Your tenant exceeded the limit for sending from its onmicrosoft.com domain",
		},
		Misses: []string{"554 5.2.121 The sender has exceeded the limit for the number of messages they can send to this recipient per hour."},
	},
	{
		ID: "microsoft-code-sender-limit", Class: runbook.ClassSenderLimit,
		When:   When{Codes: []string{"5.1.90", "5.7.232", "5.7.233", "5.7.236", "5.7.705", "5.7.704"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.1.90 Limit"},
		Misses: []string{"550 5.7.703 Your message can't be delivered"},
	},
	{
		ID: "microsoft-5-1-351", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When:   When{Codes: []string{"X.1.351"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.1.351 The other server refused"},
		Misses: []string{"550 5.7.350 Remote server returned message detected as spam -> 550 refused"},
	},
	{
		ID: "microsoft-remote-spam", Class: runbook.ClassContentSpam, Stage: smtp.StageEOD,
		When:   When{Codes: []string{"X.7.350"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.7.350 The other server refused"},
		Misses: []string{"550 5.7.367 Remote server returned not permitted to relay -> 554 refused"},
	},
	{
		ID: "microsoft-remote-relay", Class: runbook.ClassRoutingRelayDenied,
		When:   When{Codes: []string{"X.7.367"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.7.367 The other server refused"},
		Misses: []string{"550 5.7.364 Remote server returned invalid or missing PTR record -> 554 refused"},
	},
	{
		ID: "microsoft-remote-ptr", Class: runbook.ClassPolicyRDNS,
		When:   When{Codes: []string{"X.7.364"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.7.364 The other server refused"},
		Misses: []string{"550 5.7.367 Remote server returned not permitted to relay -> 554 refused"},
	},
	{
		ID: "microsoft-content-filter", Class: runbook.ClassContentSpam, Stage: smtp.StageEOD,
		When: When{Any: []string{"content filter agent quarantined", "message rejected as spam by content filtering"}},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"550 5.2.1 Content Filter agent quarantined this message",
			"550 5.7.1 Message rejected as spam by Content Filtering.",
		},
		Misses: []string{"550 5.7.1 TRANSPORT.RULES.RejectMessage; the message was rejected by organization policy"},
	},
	{
		ID: "microsoft-storedrv-full", Class: runbook.ClassRecipientFull, Stage: smtp.StageEOD,
		When: When{
			Any: []string{
				"storedrv * quotaexceededexception*", "storedrv * shutoffquotaexceeded",
				"storedrv.deliver.exception:quotaexceeded*", "mapiexceptionshutoffquotaexceeded",
				"storedrv * mailbox full", "storedrv.deliver; mailbox full", "quotaexceededexception",
			},
			None: []string{"submission", "refusequota"},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded; Failed to process message due to a permanent exception",
			"554 5.2.2 STOREDRV.Deliver; QuotaExceededException.Store",
			"554 5.2.2 STOREDRV.Deliver; MapiExceptionShutoffQuotaExceeded",
			"432 4.2.2 STOREDRV.Deliver; mailbox full",
			"432 4.2.2 STOREDRV.Storage; the mailbox full flag is set",
			"554 5.2.2 QuotaExceededException",
		},
		Misses: []string{"554 5.2.0 STOREDRV.Deliver.Exception:MailboxUnavailableException.MapiExceptionUnknownUser"},
	},
	{
		ID: "microsoft-storedrv-disabled", Class: runbook.ClassRecipientDisabled, Stage: smtp.StageEOD,
		When: When{
			Any: []string{
				"accountdisabledexception", "storedrv * accountdisabled*", "storedrv * mailboxdisabled*",
				"mapiexceptionmailboxdisabled", "storedrv.deliver; account disabled",
				"storedrv.deliver; disabled mailbox",
			},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"550 5.7.13 STOREDRV.Deliver; AccountDisabledException",
			"554 5.2.1 STOREDRV.Deliver.Exception: AccountDisabled; the mailbox can't be opened",
			"554 5.2.1 STOREDRV.Deliver.Exception: MailboxDisabled",
			"554 5.2.1 MapiExceptionMailboxDisabled",
			"550 5.2.1 STOREDRV.Deliver; account disabled",
			"550 5.2.1 STOREDRV.Deliver; disabled mailbox",
		},
		Misses: []string{"554 5.2.2 STOREDRV.Deliver; QuotaExceededException.Store"},
	},
	{
		ID: "microsoft-storedrv-unknown", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageEOD,
		When: When{Any: []string{"mapiexceptionunknownuser", "storedrv.deliver; unknown mailbox"}},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"554 5.2.0 STOREDRV.Deliver.Exception:MailboxUnavailableException.MapiExceptionUnknownUser; Failed to process message due to a permanent exception",
			"550 5.1.1 STOREDRV.Deliver; unknown mailbox",
		},
		Misses: []string{"554 5.2.1 MapiExceptionMailboxDisabled"},
	},
	{
		ID: "microsoft-storedrv-server", Class: runbook.ClassBackendUnavailable,
		When: When{
			Any: []string{
				"storedrv * mailbox server is offline", "storedrv * mailbox server is too busy",
				"mailbox database thread limit exceeded", "storedrv * mailbox server thread limit exceeded",
				"mapiexceptionmdboffline", "storedrv.storage; mailbox server is",
				"missing or bad storedriver mdb properties", "mailboxunavailableexception.mapiexceptionmdb*",
				"mapiexceptionmailboxinaccessible",
			},
			None: []string{"mapiexceptionunknownuser"},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"432 4.3.2 STOREDRV.Storage; the mailbox server is offline",
			"432 4.3.2 STOREDRV.Storage; mailbox server is too busy",
			"432 4.3.2 STOREDRV.Deliver; mailbox database thread limit exceeded",
			"432 4.3.2 STOREDRV.Deliver; mailbox server thread limit exceeded",
			"432 4.2.0 STOREDRV.Deliver.Exception; MapiExceptionMdbOffline",
			"420 4.2.0 STOREDRV.Deliver; Missing or bad StoreDriver MDB properties",
			"432 4.2.0 STOREDRV.Deliver.Exception:MailboxUnavailableException.MapiExceptionMdbNotReady",
			"432 4.2.0 MapiExceptionMailboxInaccessible",
			"432 4.3.2 STOREDRV; remote mailbox server is too busy",
		},
		Misses: []string{"432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded"},
	},
	{
		ID: "microsoft-storedrv-corrupt", Class: runbook.ClassContentMalformed, Stage: smtp.StageEOD,
		When: When{
			Any: []string{
				"storedrv * conversionfailedexception", "storedrv.deliver; corrupt message",
				"cat.invalidcontent.exception", "corrupt message content", "storedrv * corrupt message content",
				"storedrv * messageconversion*",
			},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"554 5.6.0 STOREDRV.Deliver.Exception: ConversionFailedException; Failed to process message",
			"554 5.6.0 STOREDRV.Deliver; corrupt message",
			"554 5.6.0 CAT.InvalidContent.Exception: StoragePermanentException",
			"554 5.6.0 Corrupt message content",
			"554 5.6.0 STOREDRV.Deliver: MessageConversionFailed",
		},
		Misses: []string{"554 5.2.2 STOREDRV.Deliver; QuotaExceededException.Store"},
	},
	{
		ID: "microsoft-storedrv-sendas", Class: runbook.ClassSenderNotPermitted,
		When: When{
			Any: []string{
				"sendasdeniedexception", "mapiexceptionsendasdenied", "sendasdenied",
				"client does not have permissions to send as this sender",
				"does not have permissions to send as this sender", "not allowed to send as this sender",
			},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException; Failed to process message",
			"554 5.2.0 STOREDRV.Submission; MapiExceptionSendAsDenied",
			"550 5.7.60 SMTP; Client does not have permissions to send as this sender",
			"550 5.7.60 The account is not allowed to send as this sender",
		},
		Misses: []string{"550 5.7.64 TenantAttribution; Relay Access Denied"},
	},
	{
		ID: "microsoft-code-sendas", Class: runbook.ClassSenderNotPermitted,
		When:   When{Codes: []string{"5.7.60", "5.2.252"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.7.60 refused"},
		Misses: []string{"550 5.7.64 refused"},
	},
	{
		ID: "microsoft-storedrv-transient", Class: runbook.ClassBackendLocalError,
		When: When{
			Any: []string{
				"storedrv.deliver; agent transient failure", "storagetransientexception",
				"storedrv.deliver.exception:storagetransient*",
			},
			Vague: true,
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"432 4.2.0 STOREDRV.Deliver; Agent transient failure during message resubmission",
			"432 4.2.0 STOREDRV.Deliver.Exception:StorageTransientException; Failed to process message",
			"432 4.2.0 StorageTransientException",
		},
		Misses: []string{"432 4.3.2 STOREDRV.Storage; mailbox server is too busy"},
	},
	{
		ID: "microsoft-hourly-to-recipient", Class: runbook.ClassPolicyRateLimit,
		When: When{
			Any: []string{
				"exceeded the limit for the number of messages they can send to this recipient per hour",
				"recipient has exceeded their limit for the number of messages they can receive per hour",
				"exceeded the limit for the number of messages they can receive per hour",
			},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"554 5.2.121 The sender has exceeded the limit for the number of messages they can send to this recipient per hour.",
			"554 5.2.122 The recipient has exceeded their limit for the number of messages they can receive per hour.",
			"554 5.2.122 The mailbox exceeded the limit for the number of messages they can receive per hour",
		},
		Misses: []string{"550 5.1.90 You've reached your daily limit for message recipients"},
	},
	{
		ID: "microsoft-code-hourly", Class: runbook.ClassPolicyRateLimit,
		When:   When{Codes: []string{"X.2.121", "X.2.122"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"554 5.2.121 refused"},
		Misses: []string{"554 5.2.12 refused"},
	},
	{
		ID: "microsoft-journal", Class: runbook.ClassBackendMisconfigured,
		When: When{Any: []string{"journaling on-premises messages to", "journal target is not allowed"}},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"550 5.3.190 Journaling on-premises messages to Office 365 not supported when Journaling Archive is disabled",
			"550 5.3.190 The journal target is not allowed",
		},
		Misses: []string{"550 5.3.4 Message size exceeds fixed maximum message size"},
	},
	{
		ID: "microsoft-code-journal", Class: runbook.ClassBackendMisconfigured,
		When:   When{Codes: []string{"5.3.190"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.3.190 refused"},
		Misses: []string{"550 5.3.19 refused"},
	},
	{
		ID: "microsoft-edge-blocking", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When: When{
			Any: []string{
				"recipient address rejected: access denied", "all recipient addresses rejected",
				": recipient address rejected: access denied. as(201806281)",
			},
			Codes: []string{"X.4.1"},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"550 5.4.1 [user@example.com]: Recipient address rejected: Access denied [HE1EUR01FT063.eop-EUR01.prod.protection.outlook.com]",
			"550 5.4.1 All recipient addresses rejected : Access denied [AM5EUR03FT003.eop-EUR03.prod.protection.outlook.com]",
			"550 5.4.1 <user@example.com>: Recipient address rejected: Access denied. AS(201806281)",
		},
		Misses: []string{"554 5.7.1 <user@example.com>: Recipient address rejected: Access denied"},
	},
	{
		ID: "microsoft-as-201806281", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When:   When{Any: []string{"as(201806271)"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.4.1 Access denied. AS(201806271)"},
		Misses: []string{"550 5.7.708 Access denied, traffic not accepted from this IP. AS(7230)"},
	},
	{
		ID: "microsoft-5-4-1-relay", Class: runbook.ClassRoutingRelayDenied,
		When:   When{Any: []string{"relay access denied"}, Codes: []string{"X.4.1"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.4.1 [user@example.com]: Relay access denied [mx.prod.protection.outlook.com]"},
		Misses: []string{"550 5.4.1 [user@example.com]: Recipient address rejected: Access denied"},
	},
	{
		ID: "microsoft-tenant-attribution", Class: runbook.ClassRoutingRelayDenied,
		When: When{Any: []string{"tenantattribution; relay access denied", "tenantattribution;"}},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"550 5.7.64 TenantAttribution; Relay Access Denied ATTR36 [mx.prod.protection.outlook.com]",
			"550 5.7.64 TenantAttribution; no connector fits",
		},
		Misses: []string{"550 5.7.60 SMTP; Client does not have permissions to send as this sender"},
	},
	{
		ID: "microsoft-unable-to-relay", Class: runbook.ClassRoutingRelayDenied,
		When:   When{Any: []string{"unable to relay recipient in non-accepted domain"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain"},
		Misses: []string{"550 5.7.51 TenantInboundAttribution; RestrictDomainsToIPAddresses"},
	},
	{
		ID: "microsoft-domain-nonexistent", Class: runbook.ClassDomainNotFound,
		When: When{Any: []string{"infodomainnonexistent", "smtpsend.dns.nonexistentdomain"}},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"550 5.4.310 DNS lookup failed [Message=InfoDomainNonexistent] [LastAttemptedServerName=example.com]",
			"554 5.4.4 SMTPSEND.DNS.NonExistentDomain; nonexistent domain",
		},
		Misses: []string{"450 4.4.312 DNS query failed(ServerFailure)"},
	},
	{
		ID: "microsoft-code-domain", Class: runbook.ClassDomainNotFound,
		When:   When{Codes: []string{"X.4.310"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.4.310 refused"},
		Misses: []string{"550 5.4.31 refused"},
	},
	{
		ID: "microsoft-mx-loopback", Class: runbook.ClassDomainBadMX,
		When: When{
			Any: []string{
				"smtpsend.dns.mxloopback", "dns query failed [message=infomxloopback]",
				"dns records for this domain are configured in a loop",
			},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"554 5.4.4 SMTPSEND.DNS.MxLoopback",
			"550 5.4.4 DNS query failed [Message=InfoMxLoopback]",
			"554 5.4.4 the DNS records for this domain are configured in a loop",
		},
		Misses: []string{"554 5.4.4 SMTPSEND.DNS.NonExistentDomain; nonexistent domain"},
	},
	{
		ID: "microsoft-dns-invalid", Class: runbook.ClassDNSFailure,
		When:   When{Any: []string{"smtpsend.dns.invaliddata"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"554 5.4.4 SMTPSEND.DNS.InvalidData; DNS returned an invalid response for this domain"},
		Misses: []string{"554 5.4.4 SMTPSEND.DNS.MxLoopback"},
	},
	{
		ID: "microsoft-no-route", Class: runbook.ClassRoutingUnroutable,
		When: When{
			Any: []string{
				"routing.noconnectorforaddresstype", "unable to route for address type", "routing.nohubservers",
				"routing.nomdb", "routing.nonexthop", "routing.unreachable*",
			},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"554 5.4.4 ROUTING.NoConnectorForAddressType",
			"554 5.4.4 unable to route for address type",
			"554 5.4.4 ROUTING.NoHubServers",
			"554 5.4.4 ROUTING.NoMdb",
			"554 5.4.4 ROUTING.NoNextHop",
			"554 5.4.4 ROUTING.UnreachableMdb",
		},
		Misses: []string{"550 5.3.4 ROUTING.SizeLimit; message size exceeds fixed maximum size for route"},
	},
	{
		ID: "microsoft-bare-linefeeds", Class: runbook.ClassContentMalformed, Stage: smtp.StageEOD,
		When: When{
			Any: []string{
				"smtpsend.barelinefeedsareillegal", "bare linefeeds, which cannot be sent via data",
				"contains bare linefeeds",
			},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"550 5.6.11 SMTPSEND.BareLinefeedsAreIllegal; message contains bare linefeeds, which cannot be sent via DATA and receiving system does not support BDAT",
			"554 5.6.11 bare linefeeds, which cannot be sent via DATA",
			"554 5.6.0 The message contains bare linefeeds",
		},
		Misses: []string{"550 5.6.7 SMTPSEND.Utf8RecipientAddress; UTF-8 recipient address not supported."},
	},
	{
		ID: "microsoft-code-bare-linefeeds", Class: runbook.ClassContentMalformed, Stage: smtp.StageEOD,
		When:   When{Codes: []string{"X.6.11"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.6.11 refused"},
		Misses: []string{"550 5.6.1 refused"},
	},
	{
		ID: "microsoft-utf8", Class: runbook.ClassRecipientUTF8,
		When: When{Any: []string{"smtpsend.utf8recipientaddress", "utf-8 recipient address not supported", "smtpsend.utf8*"}},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"550 5.6.7 SMTPSEND.Utf8RecipientAddress; the next hop has no SMTPUTF8",
			"550 5.6.7 UTF-8 recipient address not supported.",
			"550 5.6.9 SMTPSEND.Utf8MessageNotSupported",
		},
		Misses: []string{"550 5.6.11 SMTPSEND.BareLinefeedsAreIllegal"},
	},
	{
		ID: "microsoft-transport-rule", Class: runbook.ClassPolicyLocal, Stage: smtp.StageEOD,
		When: When{
			Any: []string{
				"transport.rules.rejectmessage", "the message was rejected by organization policy",
				"custom mail flow rule created by an admin",
			},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"550 5.7.1 TRANSPORT.RULES.RejectMessage; refused",
			"550 5.7.1 the message was rejected by organization policy",
			"A custom mail flow rule created by an admin at example.com has blocked your message.",
		},
		Misses: []string{"550 5.7.1 APPROVAL.ApprovalRejected"},
	},
	{
		ID: "microsoft-code-transport-rule", Class: runbook.ClassPolicyLocal,
		When:   When{Codes: []string{"5.7.900-5.7.999"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.7.905 this kind of mail is not for us"},
		Misses: []string{"550 5.7.750 Client blocked from sending from unregistered domains"},
	},
	{
		ID: "microsoft-rejected-by-recipient", Class: runbook.ClassPolicyBlocklist,
		When: When{
			Any:   []string{"access denied, rejected by recipient", "access denied, banned sender"},
			Codes: []string{"5.7.507", "5.7.511"},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"550 5.7.507 Access denied, rejected by recipient",
			"550 5.7.511 Access denied, banned sender[192.0.2.7]. To request removal from this list please forward this message to delist@messaging.microsoft.com",
		},
		Misses: []string{"550 5.7.501 Access denied, spam abuse detected"},
	},
	{
		ID: "microsoft-customer-block-list", Class: runbook.ClassPolicyBlocklist,
		When: When{
			Any: []string{
				"using customer block list", "as16012607", "as(16012607)",
				"rejected by recipient organization's block list",
			},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"550 5.7.513 Service unavailable, Client host [192.0.2.7] blocked by example.com using Customer Block list",
			"550 5.7.1 Service unavailable, Client host [192.0.2.7] refused (AS16012607)",
			"550 5.7.1 Client host refused AS(16012607)",
			"550 5.7.507 Rejected by recipient organization's block list",
		},
		Misses: []string{"550 5.7.515 Access denied, sending domain example.com doesn't meet the required authentication level."},
	},
	{
		ID: "microsoft-code-block-list", Class: runbook.ClassPolicyBlocklist,
		When: When{Codes: []string{"5.7.507", "5.7.511", "5.7.513", "5.7.606-5.7.649"}},
		Refs: []string{refMicrosoftNDR, refMicrosoftDelist},
		Hits: []string{
			"550 5.7.507 refused",
			"550 5.7.511 refused",
			"550 5.7.606 Access denied [192.0.2.7]",
			"550 5.7.649 Access denied [192.0.2.7]",
		},
		Misses: []string{"550 5.7.509 Access denied, sending domain example.com does not pass DMARC verification"},
	},
	{
		ID: "microsoft-banned-ip", Class: runbook.ClassPolicyBlocklist,
		When:   When{Any: []string{"mail from ip banned"}},
		Refs:   []string{refMicrosoftDelist},
		Hits:   []string{"550 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using Blocklist 1, mail from IP banned"},
		Misses: []string{"550 5.7.501 Access denied, spam abuse detected"},
	},
	{
		ID: "microsoft-spamhaus", Class: runbook.ClassPolicyBlocklist,
		When: When{Any: []string{"as16012609", "as16012611", "as(16012609)", "as(16012611)", "(s8001)", "(s8002)"}},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"550 5.7.1 Service unavailable, Client host [192.0.2.7] refused (AS16012609)",
			"550 5.7.1 Service unavailable, Client host [192.0.2.7] refused (AS16012611)",
			"550 5.7.1 Service unavailable AS(16012609)",
			"550 5.7.1 Service unavailable AS(16012611)",
			"550 5.7.1 Service unavailable, HELO domain [mail.example.com] refused (S8001)",
			"550 5.7.1 Service unavailable, MAIL FROM domain [example.com] refused (S8002)",
		},
		Misses: []string{"550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP. AS(7230)"},
	},
	{
		ID: "microsoft-code-banned-sender", Class: runbook.ClassSenderDisabled,
		When:   When{Codes: []string{"5.7.501-5.7.503"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.7.503 refused"},
		Misses: []string{"550 5.7.504 refused"},
	},
	{
		ID: "microsoft-spf", Class: runbook.ClassAuthSPF, Stage: smtp.StageEOD,
		When: When{
			Any: []string{
				"because of sender policy framework violation", "sender policy framework violation",
				"sender id (pra) not permitted",
			},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"550 5.7.23 The message was rejected because of Sender Policy Framework violation -> 550 refused",
			"550 5.7.1 Sender Policy Framework violation",
			"550 5.7.1 Sender ID (PRA) Not Permitted",
		},
		Misses: []string{"550 5.7.509 Access denied, sending domain example.com does not pass DMARC verification"},
	},
	{
		ID: "microsoft-ipv6-ptr", Class: runbook.ClassPolicyRDNS,
		When:   When{Any: []string{"the sending ipv6 address * must have a reverse dns record", "must have a reverse dns record"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.7.25 Access denied, the sending IPv6 address [2001:db8::25] must have a reverse DNS record"},
		Misses: []string{"450 4.7.26 Access denied, a message sent over IPv6 [2001:db8::25] must pass either SPF or DKIM validation, this message is not signed"},
	},
	{
		ID: "microsoft-ipv6-unauthenticated", Class: runbook.ClassAuthUnauthenticated,
		When:   When{Any: []string{"must pass either spf or dkim validation"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"450 4.7.26 Access denied, a message sent over IPv6 [2001:db8::25] must pass either SPF or DKIM validation, this message is not signed"},
		Misses: []string{"550 5.7.25 Access denied, the sending IPv6 address [2001:db8::25] must have a reverse DNS record"},
	},
	{
		ID: "microsoft-client-not-authenticated", Class: runbook.ClassAuthSMTPRequired,
		When:   When{Any: []string{"client was not authenticated"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"530 5.7.1 Client was not authenticated"},
		Misses: []string{"550 5.7.12 Sender was not authenticated by organization"},
	},
	{
		ID: "microsoft-code-not-authenticated", Class: runbook.ClassAuthSMTPRequired,
		When:   When{Codes: []string{"5.7.57"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"530 5.7.57 refused"},
		Misses: []string{"530 5.7.5 refused"},
	},
	{
		ID: "microsoft-auth-unsuccessful", Class: runbook.ClassAuthSMTPFailed,
		When: When{
			Any: []string{
				"smtpclientauthentication is disabled for the",
				"basic authentication is not supported for client submission", "basic authentication is disabled",
			},
		},
		Refs: []string{refMicrosoftSMTPAuth},
		Hits: []string{
			"535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled",
			"550 5.7.30 Basic authentication is not supported for Client Submission.",
			"535 5.7.139 Authentication unsuccessful, basic authentication is disabled.",
		},
		Misses: []string{"530 5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM"},
	},
	{
		ID: "microsoft-code-auth-unsuccessful", Class: runbook.ClassAuthSMTPFailed,
		When:   When{Codes: []string{"5.7.139"}},
		Refs:   []string{refMicrosoftSMTPAuth},
		Hits:   []string{"535 5.7.139 refused"},
		Misses: []string{"535 5.7.13 refused"},
	},
	{
		ID: "microsoft-restrict-domains", Class: runbook.ClassPolicyLocal,
		When: When{
			Any: []string{
				"restrictdomainstoipaddresses", "restrictdomainstocertificate", "restrictdomainstoipaddresses*",
				"tenantinboundattribution; there is a partner connector configured",
			},
		},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.7.51 TenantInboundAttribution; There is a partner connector configured that matched the message's recipient domain. The connector had either the RestrictDomainsToIPAddresses or RestrictDomainsToCertificate set"},
		Misses: []string{"550 5.7.64 TenantAttribution; Relay Access Denied ATTR36"},
	},
	{
		ID: "microsoft-code-restrict-domains", Class: runbook.ClassPolicyLocal,
		When:   When{Codes: []string{"5.7.51"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.7.51 refused"},
		Misses: []string{"550 5.7.5 refused"},
	},
	{
		ID: "microsoft-code-tenant-attribution", Class: runbook.ClassRoutingRelayDenied,
		When:   When{Codes: []string{"5.7.54", "5.7.64"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.7.64 refused"},
		Misses: []string{"550 5.7.6 refused"},
	},
	{
		ID: "microsoft-5-7-504", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When:   When{Codes: []string{"5.7.504"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.7.504 [user@example.com]: not accepted"},
		Misses: []string{"550 5.7.505 [user@example.com]: not accepted"},
	},
	{
		ID: "microsoft-5-7-504-text", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When:   When{Any: []string{"recipient address rejected: access denied"}, Codes: []string{"5.7.504"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.7.504 [user@example.com]: Recipient address rejected: Access denied"},
		Misses: []string{"550 5.7.505 [user@example.com]: Recipient address rejected: Access denied"},
	},
	{
		ID: "microsoft-5-7-505", Class: runbook.ClassRecipientDisabled, Stage: smtp.StageRcpt,
		When:   When{Codes: []string{"5.7.505"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.7.505 [user@example.com]: not accepted"},
		Misses: []string{"550 5.7.504 [user@example.com]: not accepted"},
	},
	{
		ID: "microsoft-5-7-505-text", Class: runbook.ClassRecipientDisabled, Stage: smtp.StageRcpt,
		When:   When{Any: []string{"recipient address rejected: access denied"}, Codes: []string{"5.7.505"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.7.505 [user@example.com]: Recipient address rejected: Access denied"},
		Misses: []string{"550 5.7.504 [user@example.com]: Recipient address rejected: Access denied"},
	},
	{
		ID: "microsoft-bad-helo", Class: runbook.ClassPolicyHELO,
		When:   When{Codes: []string{"5.7.506"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.7.506 refused"},
		Misses: []string{"550 5.7.507 Access denied, rejected by recipient"},
	},
	{
		ID: "microsoft-range-limits", Class: runbook.ClassPolicyRateLimit,
		When:   When{Codes: []string{"5.7.508"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.7.508 refused"},
		Misses: []string{"550 5.7.510 Access denied, example.com does not accept email over IPv6"},
	},
	{
		ID: "microsoft-range-limits-text", Class: runbook.ClassPolicyRateLimit,
		When:   When{Any: []string{"has exceeded permitted limits within"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.7.508 Access denied, [2001:db8::25] has exceeded permitted limits within 2001:db8::/64 range"},
		Misses: []string{"550 5.7.510 Access denied, example.com does not accept email over IPv6"},
	},
	{
		ID: "microsoft-code-dmarc", Class: runbook.ClassAuthDMARC, Stage: smtp.StageEOD,
		When:   When{Codes: []string{"X.7.509"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.7.509 refused"},
		Misses: []string{"550 5.7.50 refused"},
	},
	{
		ID: "microsoft-no-ipv6", Class: runbook.ClassPolicyLocal,
		When:   When{Codes: []string{"5.7.510"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.7.510 refused"},
		Misses: []string{"550 5.7.508 Access denied, [2001:db8::25] has exceeded permitted limits"},
	},
	{
		ID: "microsoft-no-ipv6-text", Class: runbook.ClassPolicyLocal,
		When:   When{Any: []string{"does not accept email over ipv6"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.7.510 Access denied, example.com does not accept email over IPv6"},
		Misses: []string{"550 5.7.508 Access denied, [2001:db8::25] has exceeded permitted limits"},
	},
	{
		ID: "microsoft-from-syntax", Class: runbook.ClassContentMalformed, Stage: smtp.StageEOD,
		When: When{Any: []string{"message must be rfc 5322 section 3.6.2 compliant", "rfc 5322 section 3.6.2"}},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"550 5.7.512 Access denied, message must be RFC 5322 section 3.6.2 compliant",
			"550 5.7.512 see RFC 5322 section 3.6.2",
		},
		Misses: []string{"550 5.7.511 Access denied, banned sender[192.0.2.7]."},
	},
	{
		ID: "microsoft-code-from-syntax", Class: runbook.ClassContentMalformed, Stage: smtp.StageEOD,
		When:   When{Codes: []string{"5.7.512"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.7.512 refused"},
		Misses: []string{"550 5.7.51 refused"},
	},
	{
		ID: "microsoft-no-forwarding", Class: runbook.ClassSenderNotPermitted,
		When: When{
			Any: []string{
				"your organization does not allow external forwarding", "does not allow external forwarding", "as(7550)",
				"as(7555)", "as7550", "as7555",
			},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"550 5.7.520 Access denied, Your organization does not allow external forwarding. Please contact your administrator for further assistance.",
			"550 5.7.520 Access denied. AS(7550)",
			"550 5.7.520 Access denied. AS(7555)",
			"550 5.7.520 Access denied AS7550",
			"550 5.7.520 Access denied AS7555",
		},
		Misses: []string{"550 5.7.708 Access denied AS(7230)"},
	},
	{
		ID: "microsoft-code-no-forwarding", Class: runbook.ClassSenderNotPermitted,
		When: When{Codes: []string{"5.7.520", "5.7.703", "5.7.750"}},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"550 5.7.520 refused",
			"550 5.7.703 refused",
		},
		Misses: []string{"550 5.7.705 refused"},
	},
	{
		ID: "microsoft-tenant-allow-block", Class: runbook.ClassSenderNotPermitted,
		When: When{
			Any: []string{
				"blocked by your organization using tenant allow block list", "tenant recipient block policy",
				"blocked by your organization using tenant allow/block list",
			},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"550 5.7.703 Your message can't be delivered because messages to user@example.com are blocked by your organization using Tenant Allow Block List.",
			"550 5.7.703 one or more recipients are blocked by your organization's tenant recipient block policy",
			"550 5.7.703 messages to user@example.com are blocked by your organization using Tenant Allow/Block List.",
		},
		Misses: []string{"550 5.7.513 Service unavailable, Client host [192.0.2.7] blocked by example.com using Customer Block list"},
	},
	{
		ID: "microsoft-unregistered-domains", Class: runbook.ClassSenderNotPermitted,
		When:   When{Any: []string{"client blocked from sending from unregistered domain*"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.7.750 Service unavailable. Client blocked from sending from unregistered domains."},
		Misses: []string{"550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP."},
	},
	{
		ID: "microsoft-tenant-threshold", Class: runbook.ClassSenderLimit,
		When:   When{Any: []string{"tenant has exceeded threshold"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.7.705 Access denied, tenant has exceeded threshold"},
		Misses: []string{"550 5.7.708 Access denied, traffic not accepted from this IP"},
	},
	{
		ID: "microsoft-traffic-not-accepted", Class: runbook.ClassPolicyReputation,
		When: When{Any: []string{"traffic not accepted from this ip", "as(7230)"}},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP.",
			"550 5.7.708 Service unavailable. AS(7230)",
		},
		Misses: []string{"550 5.7.750 Client blocked from sending from unregistered domains"},
	},
	{
		ID: "microsoft-code-traffic", Class: runbook.ClassPolicyReputation,
		When:   When{Codes: []string{"5.7.708"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.7.708 refused"},
		Misses: []string{"550 5.7.70 refused"},
	},
	{
		ID: "outlook-code-authentication", Class: runbook.ClassAuthUnauthenticated, Stage: smtp.StageEOD,
		When:   When{Codes: []string{"5.7.515"}},
		Refs:   []string{refOutlook515},
		Hits:   []string{"550 5.7.515 refused"},
		Misses: []string{"550 5.7.51 refused"},
	},
	{
		ID: "outlook-s3140", Class: runbook.ClassPolicyBlocklist,
		When: When{Any: []string{"(s3140)", "(s3150)", "s3140", "s3150"}},
		Refs: []string{refOutlookPostmaster},
		Hits: []string{
			"550 5.7.1 Unfortunately, messages from [192.0.2.7] weren't sent (S3140).",
			"550 5.7.1 Unfortunately, messages from [192.0.2.7] weren't sent (S3150).",
		},
		Misses: []string{"451 4.7.650 The mail server [192.0.2.7] has been temporarily rate limited due to IP reputation. (S3113)"},
	},
	{
		ID: "outlook-messages-not-sent", Class: runbook.ClassPolicyReputation,
		When: When{
			Any:   []string{"unfortunately, messages from * weren't sent", "unfortunately, some messages from * weren't sent"},
			Vague: true,
		},
		Refs: []string{refOutlookPostmaster},
		Hits: []string{
			"550 5.7.1 Unfortunately, messages from [192.0.2.7] weren't sent. For more information, please go to http://go.microsoft.com/fwlink/?LinkID=526655 AS(900)",
			"421 4.7.0 Unfortunately, some messages from 192.0.2.7 weren't sent. Please try again.",
		},
		Misses: []string{"550 5.7.1 Unfortunately, this mailbox doesn't take your messages."},
	},
	{
		ID: "outlook-ip-reputation", Class: runbook.ClassPolicyReputation,
		When: When{Any: []string{"temporarily rate limited due to ip reputation", "(s775)", "(s843)", "(s3113)", "(s3114)"}},
		Refs: []string{refOutlookPostmaster},
		Hits: []string{
			"451 4.7.650 The mail server [192.0.2.7] has been temporarily rate limited due to IP reputation.",
			"451 4.7.651 The mail server [192.0.2.7] was refused (S775)",
			"451 4.7.650 The mail server [192.0.2.7] was refused (S843)",
			"451 4.7.651 The mail server [192.0.2.7] was refused (S3113)",
			"451 4.7.651 The mail server [192.0.2.7] was refused (S3114)",
		},
		Misses: []string{"451 4.7.652 The mail server [192.0.2.7] has exceeded the maximum number of connections. (S3115)"},
	},
	{
		ID: "outlook-code-ip-reputation", Class: runbook.ClassPolicyReputation,
		When:   When{Codes: []string{"4.7.650", "4.7.651"}},
		Refs:   []string{refOutlookPostmaster},
		Hits:   []string{"451 4.7.651 refused"},
		Misses: []string{"451 4.7.652 refused"},
	},
	{
		ID: "outlook-connections", Class: runbook.ClassPolicyConnections,
		When: When{Any: []string{"mail server * has exceeded the maximum number of connections", "(s3115)"}},
		Refs: []string{refOutlookPostmaster},
		Hits: []string{
			"451 4.7.652 The mail server [192.0.2.7] has exceeded the maximum number of connections.",
			"451 4.7.652 refused (S3115)",
		},
		Misses: []string{"451 4.7.651 The mail server [192.0.2.7] was refused (S3114)"},
	},
	{
		ID: "outlook-code-connections", Class: runbook.ClassPolicyConnections,
		When:   When{Codes: []string{"4.7.652"}},
		Refs:   []string{refOutlookPostmaster},
		Hits:   []string{"451 4.7.652 refused"},
		Misses: []string{"451 4.7.65 refused"},
	},
	{
		ID: "outlook-intrusion-prevention", Class: runbook.ClassPolicyReputation,
		When:   When{Any: []string{"intrusion prevention active for"}},
		Refs:   []string{refOutlookPostmaster},
		Hits:   []string{"421 4.7.1 Intrusion prevention active for [192.0.2.7] [DB3EUR04FT001.eop-eur04.prod.protection.outlook.com]"},
		Misses: []string{"421 4.3.2 Service not available [DB3EUR04FT001.eop-eur04.prod.protection.outlook.com]"},
	},
	{
		ID: "outlook-mailbox-unavailable", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When:   When{Any: []string{"requested action not taken: mailbox unavailable"}, Codes: []string{"5.5.0"}},
		Refs:   []string{refOutlookPostmaster},
		Hits:   []string{"550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302)."},
		Misses: []string{"450 4.2.0 Requested action not taken: mailbox unavailable, try later"},
	},
	{
		ID: "outlook-rp", Class: runbook.ClassPolicyRateLimit,
		When: When{Any: []string{"rp-001", "rp-002", "rp-003"}},
		Refs: []string{refOutlookPostmaster},
		Hits: []string{
			"421 RP-001 (COL004-MC1F01) The mail server IP connecting to the service has exceeded the rate limit allowed.",
			"421 RP-002 (COL004-MC1F01) The mail server IP has exceeded the rate limit allowed on this connection.",
			"421 RP-003 (COL004-MC1F01) The mail server IP has exceeded the connection limit allowed.",
		},
		Misses: []string{"550 SC-001 (COL004-MC1F01) Mail rejected for policy reasons."},
	},
	{
		ID: "outlook-sc", Class: runbook.ClassPolicyReputation,
		When: When{Any: []string{"sc-001", "sc-002", "sc-003", "sc-004"}, None: []string{"block list"}},
		Refs: []string{refOutlookPostmaster},
		Hits: []string{
			"550 SC-001 (COL004-MC1F01) Mail rejected for policy reasons.",
			"550 SC-002 (COL004-MC1F01) Mail rejected for policy reasons.",
			"550 SC-003 (COL004-MC1F01) Mail rejected for policy reasons.",
			"550 SC-004 (COL004-MC1F01) Mail rejected for policy reasons.",
		},
		Misses: []string{"550 OU-001 (COL004-MC1F01) Mail rejected for policy reasons."},
	},
	{
		ID: "outlook-dy", Class: runbook.ClassPolicyLocal,
		When: When{Any: []string{"dy-001", "dy-002"}, None: []string{"block list"}},
		Refs: []string{refOutlookPostmaster},
		Hits: []string{
			"550 DY-001 (COL004-MC1F01) We generally do not accept email from dynamic IPs.",
			"550 DY-002 (COL004-MC1F01) The likely cause is a compromised or open relay.",
		},
		Misses: []string{"550 OU-002 (COL004-MC1F01) Mail rejected for policy reasons."},
	},
	{
		ID: "outlook-ou", Class: runbook.ClassPolicyBlocklist,
		When: When{Any: []string{"ou-001", "ou-002"}},
		Refs: []string{refOutlookPostmaster},
		Hits: []string{
			"550 OU-001 (COL004-MC1F01) Mail rejected: the address is on a list.",
			"550 OU-002 (COL004-MC1F01) Mail rejected for policy reasons.",
		},
		Misses: []string{"550 DY-001 (COL004-MC1F01) We generally do not accept email from dynamic IPs."},
	},
	{
		ID: "exchange-no-submit-permission", Class: runbook.ClassPolicyLocal,
		When:   When{Any: []string{"does not have permissions to submit to this server"}},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"550 5.7.1 External client with IP address 192.0.2.7 does not have permissions to submit to this server."},
		Misses: []string{"550 5.7.60 SMTP; Client does not have permissions to send as this sender"},
	},
	{
		ID: "exchange-ip-on-block-list", Class: runbook.ClassPolicyBlocklist,
		When: When{
			Any: []string{
				"recipient not authorized, your ip has been found on a block list",
				"your ip has been found on a block list",
			},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"550 5.7.1 Recipient not authorized, your IP has been found on a block list",
			"550 5.7.1 Sorry, your IP has been found on a block list",
		},
		Misses: []string{"550 5.7.1 Recipient not authorized"},
	},
	{
		ID: "exchange-ims-unknown", Class: runbook.ClassRecipientUnknown,
		When: When{Any: []string{"(000c05a6)", "(000c05a4)"}},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"MSEXCH:IMS:Example:SITE:MAIL 0 (000C05A6) refused",
			"MSEXCH:IMS:Example:SITE:MAIL 0 (000C05A4) refused",
		},
		Misses: []string{"MSEXCH:IMS:Example:SITE:MAIL 3450 (000B09AA) Could not deliver the message in the time limit specified"},
	},
	{
		ID: "exchange-ndr-unknown", Class: runbook.ClassRecipientUnknown,
		When: When{
			Any: []string{
				"the e-mail account does not exist at the organization this message was sent to",
				"the recipient's e-mail address was not found in the recipient's e-mail system",
				"the e-mail address you entered couldn't be found", "email address you entered couldn't be found",
				"the e-mail address could not be found. perhaps the recipient moved", "wasn't found at",
				"the address you sent your message to wasn't found at the destination domain",
				"your email program is using an outdated address", "the email address you entered could not be found",
				"the e-mail address you entered could not be found",
			},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"user@example.com on 1/2/2006 3:04 PM The e-mail account does not exist at the organization this message was sent to. Check the e-mail address.",
			"The recipient's e-mail address was not found in the recipient's e-mail system.",
			"The e-mail address you entered couldn't be found. Please check the recipient's e-mail address and try to resend the message.",
			"The email address you entered couldn't be found. Please check the recipient's email address.",
			"The e-mail address could not be found. Perhaps the recipient moved to a different e-mail organization, or there was a mistake in the address.",
			"The address you sent your message to wasn't found at the destination domain.",
			"Your email program is using an outdated address for User.",
			"The email address you entered could not be found.",
			"The e-mail address you entered could not be found.",
		},
		Misses: []string{"Your message couldn't be delivered. The Domain Name System (DNS) reported that the recipient's domain does not exist."},
	},
	{
		ID: "exchange-ndr-domain", Class: runbook.ClassDomainNotFound,
		When: When{
			Any: []string{
				"domain name system (dns) reported that the recipient's domain does not exist",
				"the destination server for this recipient could not be found in domain name service",
			},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"Your message couldn't be delivered. The Domain Name System (DNS) reported that the recipient's domain does not exist.",
			"The destination server for this recipient could not be found in Domain Name Service (DNS).",
		},
		Misses: []string{"The address you sent your message to wasn't found at the destination domain."},
	},
	{
		ID: "exchange-ndr-full", Class: runbook.ClassRecipientFull,
		When: When{
			Any: []string{
				"the recipient's mailbox is full and can't accept messages now",
				"could not be delivered because the recipient's mailbox is full",
				"couldn't be delivered because the recipient's mailbox is full", "the recipient's mailbox is full",
			},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"The recipient's mailbox is full and can't accept messages now. Please try resending your message later, or contact the recipient directly.",
			"The message could not be delivered because the recipient's mailbox is full.",
			"Your message to user@example.com couldn't be delivered because the recipient's mailbox is full.",
			"Delivery failed: the recipient's mailbox is full.",
		},
		Misses: []string{"The message is larger than the current system limit."},
	},
	{
		ID: "exchange-ndr-size", Class: runbook.ClassContentTooLarge,
		When: When{
			Any: []string{
				"the message is larger than the current system limit",
				"this message is larger than the current system limit", "your message is too large to send",
				"message size exceeds the limit set by",
			},
			None: []string{"mailbox is full"},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"The message is larger than the current system limit. Create a shorter message body or remove attachments and try sending it again.",
			"This message is larger than the current system limit. Create a shorter message body.",
			"Your message is too large to send. To send it, make the message smaller.",
			"The message size exceeds the limit set by the administrator.",
		},
		Misses: []string{"The message is larger than the current system limit or the recipient's mailbox is full."},
	},
	{
		ID: "exchange-ndr-restricted", Class: runbook.ClassRecipientRestricted,
		When: When{
			Any: []string{
				"you do not have permission to send to this recipient",
				"you don't have permission to send to this recipient", "delivery to this address is restricted",
				"only accepts messages from people in its organization or on its allowed senders list",
				"isn't set up to receive messages from",
				"your message can't be delivered because delivery to this address is restricted",
				"couldn't be delivered because you don't have permission to send to it",
				"you're not allowed to send messages to this",
			},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"You do not have permission to send to this recipient. For assistance, contact your system administrator.",
			"You don't have permission to send to this recipient.",
			"Your message can't be delivered because delivery to this address is restricted.",
			"Delivery to this address is restricted. If you think you should be allowed to send to it, contact your administrator.",
			"The group staff only accepts messages from people in its organization or on its allowed senders list, and your email address isn't on the list.",
			"The group staff isn't set up to receive messages from user@example.net.",
			"Your message to staff couldn't be delivered because you don't have permission to send to it.",
			"You're not allowed to send messages to this group.",
		},
		Misses: []string{"You do not have permission to send as the specified user."},
	},
	{
		ID: "exchange-ndr-send-as", Class: runbook.ClassSenderNotPermitted,
		When: When{
			Any: []string{
				"you do not have permission to send as the specified user",
				"this message could not be sent. you do not have the permission to send the message on behalf of",
				"the permission to send the message on behalf of",
			},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"You do not have permission to send as the specified user.",
			"This message could not be sent. You do not have the permission to send the message on behalf of the specified user.",
			"You lack the permission to send the message on behalf of this user.",
		},
		Misses: []string{"You do not have permission to send to this recipient."},
	},
	{
		ID: "exchange-ndr-loop", Class: runbook.ClassRoutingLoop,
		When: When{
			Any: []string{
				"caused the message to bounce between two servers or to be forwarded between two recipients",
				"is looping between mail servers",
			},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"A configuration error in the e-mail system caused the message to bounce between two servers or to be forwarded between two recipients. Contact your administrator.",
			"The message to user@example.com is looping between mail servers.",
		},
		Misses: []string{"The e-mail system was unable to deliver the message, but did not report a specific reason."},
	},
	{
		ID: "exchange-ndr-policy", Class: runbook.ClassPolicyLocal,
		When: When{
			Any:   []string{"this message was rejected due to the current administrative policy by the destination server"},
			Vague: true,
		},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"This message was rejected due to the current administrative policy by the destination server. Please retry at a later time."},
		Misses: []string{"This message was rejected because it looks like spam."},
	},
	{
		ID: "exchange-ndr-spam-sender", Class: runbook.ClassSenderDisabled,
		When: When{
			Any: []string{
				"couldn't be delivered because you weren't recognized as a valid sender",
				"your email address is suspected of sending spam",
			},
		},
		Refs: []string{refMicrosoftNDR},
		Hits: []string{
			"Your message couldn't be delivered because you weren't recognized as a valid sender.",
			"The most common reason for this is that your email address is suspected of sending spam and it's no longer allowed to send email.",
		},
		Misses: []string{"Your message couldn't be delivered because it's suspected of being spam."},
	},
	{
		ID: "exchange-ndr-expired", Class: runbook.ClassDeliveryExpired,
		When:   When{Any: []string{"could not deliver the message in the time limit specified"}, Vague: true},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"Could not deliver the message in the time limit specified. Please retry or contact your administrator. <mail.example.com #4.4.7>"},
		Misses: []string{"The message was delayed and delivery is still being tried."},
	},
	{
		ID: "exchange-ndr-communication", Class: runbook.ClassNetworkDropped,
		When:   When{Any: []string{"there was a smtp communication problem with the recipient's email server"}, Vague: true},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"There was a SMTP communication problem with the recipient's email server. Please contact your system administrator."},
		Misses: []string{"There was a problem with the recipient's mailbox."},
	},
	{
		ID: "exchange-ndr-no-reason", Class: runbook.ClassUnknown,
		When:   When{Any: []string{"was unable to deliver the message, but did not report a specific reason"}, Vague: true},
		Refs:   []string{refMicrosoftNDR},
		Hits:   []string{"The e-mail system was unable to deliver the message, but did not report a specific reason. Check the address and try again."},
		Misses: []string{"The e-mail account does not exist at the organization this message was sent to."},
	},
}
