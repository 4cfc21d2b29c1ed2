package diagnose

import (
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// codeRules say what codes mean where no words do. An enhanced code that many
// causes share is vague; a reply code says less still. Each rule is named
// after the usual form of its code.
var codeRules = []Rule{
	{ID: "enhanced-5.0.0", Class: runbook.ClassUnknown, When: When{Codes: []string{
		"X.0.0",
	}, Vague: true}, Refs: []string{
		"RFC 3463 section 3.1",
	}, Hits: []string{
		"550 5.0.0",
	}, Misses: []string{
		"550 5.1.1",
	}},
	{ID: "enhanced-5.1.0", Class: runbook.ClassRecipientUnknown, When: When{Codes: []string{
		"X.1.0",
	}, Vague: true}, Refs: []string{
		"RFC 3463 section 3.2",
	}, Hits: []string{
		"550 5.1.0",
	}, Misses: []string{
		"550 5.1.1",
	}},
	{ID: "enhanced-5.1.1", Class: runbook.ClassRecipientUnknown, When: When{Codes: []string{
		"X.1.1",
	}}, Refs: []string{
		"RFC 3463 section 3.2",
	}, Hits: []string{
		"550 5.1.1",
	}, Misses: []string{
		"550 5.1.10",
	}},
	{ID: "enhanced-5.1.2", Class: runbook.ClassDomainNotFound, When: When{Codes: []string{
		"X.1.2",
	}}, Refs: []string{
		"RFC 3463 section 3.2",
	}, Hits: []string{
		"550 5.1.2",
	}, Misses: []string{
		"550 5.1.20",
	}},
	{ID: "enhanced-5.1.3", Class: runbook.ClassRecipientSyntax, When: When{Codes: []string{
		"X.1.3",
	}}, Refs: []string{
		"RFC 3463 section 3.2",
	}, Hits: []string{
		"501 5.1.3",
	}, Misses: []string{
		"501 5.1.7",
	}},
	{ID: "enhanced-5.1.4", Class: runbook.ClassRecipientAmbiguous, When: When{Codes: []string{
		"X.1.4",
	}}, Refs: []string{
		"RFC 3463 section 3.2",
	}, Hits: []string{
		"553 5.1.4",
	}, Misses: []string{
		"553 5.1.1",
	}},
	{ID: "enhanced-2.1.5", Class: runbook.ClassNoticeDelivered, When: When{Codes: []string{
		"2.1.5", "2.1.9", "2.3.6", "2.6.4",
	}}, Refs: []string{
		"RFC 3463 section 3.2",
	}, Hits: []string{
		"250 2.1.5",
	}, Misses: []string{
		"550 5.1.5",
	}},
	{ID: "enhanced-5.1.6", Class: runbook.ClassRecipientMoved, When: When{Codes: []string{
		"X.1.6",
	}}, Refs: []string{
		"RFC 3463 section 3.2",
	}, Hits: []string{
		"551 5.1.6",
	}, Misses: []string{
		"551 5.1.1",
	}},
	{ID: "enhanced-5.1.7", Class: runbook.ClassSenderSyntax, When: When{Codes: []string{
		"X.1.7",
	}}, Refs: []string{
		"RFC 3463 section 3.2",
	}, Hits: []string{
		"553 5.1.7",
	}, Misses: []string{
		"501 5.1.3",
	}},
	{ID: "enhanced-5.1.8", Class: runbook.ClassSenderUnresolvable, When: When{Codes: []string{
		"X.1.8",
	}}, Refs: []string{
		"RFC 3463 section 3.2",
	}, Hits: []string{
		"553 5.1.8",
	}, Misses: []string{
		"553 5.1.7",
	}},
	{ID: "enhanced-5.1.10", Class: runbook.ClassDomainNullMX, When: When{Codes: []string{
		"X.1.10",
	}}, Refs: []string{
		"RFC 7505 section 4.1",
	}, Hits: []string{
		"556 5.1.10",
	}, Misses: []string{
		"550 5.1.1",
	}},
	{ID: "enhanced-5.2.0", Class: runbook.ClassUnknown, When: When{Codes: []string{
		"X.2.0",
	}, Vague: true}, Refs: []string{
		"RFC 3463 section 3.3",
	}, Hits: []string{
		"550 5.2.0",
	}, Misses: []string{
		"550 5.2.1",
	}},
	{ID: "enhanced-5.2.1", Class: runbook.ClassRecipientDisabled, When: When{Codes: []string{
		"X.2.1",
	}}, Refs: []string{
		"RFC 3463 section 3.3",
	}, Hits: []string{
		"550 5.2.1",
	}, Misses: []string{
		"550 5.2.2",
	}},
	{ID: "enhanced-5.2.2", Class: runbook.ClassRecipientFull, When: When{Codes: []string{
		"X.2.2",
	}}, Refs: []string{
		"RFC 3463 section 3.3",
	}, Hits: []string{
		"552 5.2.2",
	}, Misses: []string{
		"552 5.2.3",
	}},
	{ID: "enhanced-5.2.3", Class: runbook.ClassContentTooLarge, When: When{Codes: []string{
		"X.2.3",
	}}, Refs: []string{
		"RFC 3463 section 3.3",
	}, Hits: []string{
		"552 5.2.3",
	}, Misses: []string{
		"552 5.2.2",
	}},
	{ID: "enhanced-5.2.4", Class: runbook.ClassRecipientRestricted, When: When{Codes: []string{
		"X.2.4",
	}}, Refs: []string{
		"RFC 3463 section 3.3",
	}, Hits: []string{
		"550 5.2.4",
	}, Misses: []string{
		"550 5.2.1",
	}},
	{ID: "enhanced-5.3.0", Class: runbook.ClassBackendLocalError, When: When{Codes: []string{
		"X.3.0",
	}, Vague: true}, Refs: []string{
		"RFC 3463 section 3.4",
	}, Hits: []string{
		"554 5.3.0",
	}, Misses: []string{
		"554 5.3.5",
	}},
	{ID: "enhanced-4.3.1", Class: runbook.ClassBackendStorageFull, When: When{Codes: []string{
		"X.3.1",
	}}, Refs: []string{
		"RFC 3463 section 3.4",
	}, Hits: []string{
		"452 4.3.1",
	}, Misses: []string{
		"452 4.2.2",
	}},
	{ID: "enhanced-4.3.2", Class: runbook.ClassBackendUnavailable, When: When{Codes: []string{
		"X.3.2",
	}}, Refs: []string{
		"RFC 3463 section 3.4",
	}, Hits: []string{
		"421 4.3.2",
	}, Misses: []string{
		"421 4.3.1",
	}},
	{ID: "enhanced-5.3.3", Class: runbook.ClassProtocolUnsupported, When: When{Codes: []string{
		"X.3.3",
	}}, Refs: []string{
		"RFC 3463 section 3.4",
	}, Hits: []string{
		"554 5.3.3",
	}, Misses: []string{
		"554 5.3.4",
	}},
	{ID: "enhanced-5.3.4", Class: runbook.ClassContentTooLarge, When: When{Codes: []string{
		"X.3.4",
	}}, Refs: []string{
		"RFC 3463 section 3.4",
	}, Hits: []string{
		"552 5.3.4",
	}, Misses: []string{
		"552 5.3.5",
	}},
	{ID: "enhanced-4.3.5", Class: runbook.ClassBackendMisconfigured, When: When{Codes: []string{
		"X.3.5",
	}}, Refs: []string{
		"RFC 3463 section 3.4",
	}, Hits: []string{
		"451 4.3.5",
	}, Misses: []string{
		"451 4.3.0",
	}},
	{ID: "enhanced-4.4.0", Class: runbook.ClassUnknown, When: When{Codes: []string{
		"X.4.0",
	}, Vague: true}, Refs: []string{
		"RFC 3463 section 3.5",
	}, Hits: []string{
		"{status=4.4.0}",
	}, Misses: []string{
		"{status=4.4.1}",
	}},
	{ID: "enhanced-4.4.1", Class: runbook.ClassNetworkTimeout, When: When{Codes: []string{
		"X.4.1",
	}}, Refs: []string{
		"RFC 3463 section 3.5",
	}, Hits: []string{
		"{status=4.4.1}",
	}, Misses: []string{
		"{status=4.4.2}",
	}},
	{ID: "enhanced-4.4.2", Class: runbook.ClassNetworkDropped, When: When{Codes: []string{
		"X.4.2",
	}}, Refs: []string{
		"RFC 3463 section 3.5",
	}, Hits: []string{
		"{status=4.4.2}",
	}, Misses: []string{
		"{status=4.4.1}",
	}},
	{ID: "enhanced-4.4.3", Class: runbook.ClassDNSFailure, When: When{Codes: []string{
		"X.4.3",
	}}, Refs: []string{
		"RFC 3463 section 3.5",
	}, Hits: []string{
		"{status=4.4.3}",
	}, Misses: []string{
		"{status=4.4.4}",
	}},
	{ID: "enhanced-5.4.4", Class: runbook.ClassRoutingUnroutable, When: When{Codes: []string{
		"X.4.4",
	}}, Refs: []string{
		"RFC 3463 section 3.5",
	}, Hits: []string{
		"{status=5.4.4}",
	}, Misses: []string{
		"{status=4.4.3}",
	}},
	{ID: "enhanced-4.4.5", Class: runbook.ClassBackendUnavailable, When: When{Codes: []string{
		"X.4.5",
	}}, Refs: []string{
		"RFC 3463 section 3.5",
	}, Hits: []string{
		"451 4.4.5",
	}, Misses: []string{
		"451 4.4.3",
	}},
	{ID: "enhanced-5.4.6", Class: runbook.ClassRoutingLoop, When: When{Codes: []string{
		"X.4.6",
	}}, Refs: []string{
		"RFC 3463 section 3.5",
	}, Hits: []string{
		"554 5.4.6",
	}, Misses: []string{
		"554 5.4.7",
	}},
	{ID: "enhanced-4.4.7", Class: runbook.ClassDeliveryExpired, When: When{Codes: []string{
		"X.4.7",
	}}, Refs: []string{
		"RFC 3463 section 3.5",
	}, Hits: []string{
		"{status=4.4.7}",
	}, Misses: []string{
		"451 4.2.2 {status=4.4.7}",
	}},
	{ID: "enhanced-5.5.0", Class: runbook.ClassProtocolSyntax, When: When{Codes: []string{
		"X.5.0",
	}, Vague: true}, Refs: []string{
		"RFC 3463 section 3.6",
	}, Hits: []string{
		"{status=5.5.0}",
	}, Misses: []string{
		"550 5.1.1",
	}},
	{ID: "enhanced-5.5.1", Class: runbook.ClassProtocolSyntax, When: When{Codes: []string{
		"X.5.1", "X.5.2", "X.5.4",
	}, Vague: true}, Refs: []string{
		"RFC 3463 section 3.6",
	}, Hits: []string{
		"500 5.5.1",
	}, Misses: []string{
		"552 5.5.3",
	}},
	{ID: "enhanced-4.5.3", Class: runbook.ClassPolicyRecipients, When: When{Codes: []string{
		"X.5.3",
	}}, Refs: []string{
		"RFC 3463 section 3.6",
	}, Hits: []string{
		"452 4.5.3",
	}, Misses: []string{
		"452 4.5.1",
	}},
	{ID: "enhanced-5.5.5", Class: runbook.ClassProtocolUnsupported, When: When{Codes: []string{
		"X.5.5",
	}}, Refs: []string{
		"RFC 3463 section 3.6",
	}, Hits: []string{
		"554 5.5.5",
	}, Misses: []string{
		"554 5.5.3",
	}},
	{ID: "enhanced-5.5.6", Class: runbook.ClassAuthSMTPFailed, When: When{Codes: []string{
		"X.5.6",
	}}, Refs: []string{
		"RFC 4954 section 6",
	}, Hits: []string{
		"500 5.5.6",
	}, Misses: []string{
		"500 5.5.2",
	}},
	{ID: "enhanced-5.6.0", Class: runbook.ClassContentMalformed, When: When{Codes: []string{
		"X.6.0",
	}, Vague: true}, Refs: []string{
		"RFC 3463 section 3.7",
	}, Hits: []string{
		"554 5.6.0",
	}, Misses: []string{
		"554 5.6.3",
	}},
	{ID: "enhanced-5.6.3", Class: runbook.ClassProtocolUnsupported, When: When{Codes: []string{
		"X.6.1", "X.6.2", "X.6.3", "5.6.4", "4.6.4", "X.6.5", "X.6.6",
	}}, Refs: []string{
		"RFC 3463 section 3.7",
	}, Hits: []string{
		"554 5.6.3",
	}, Misses: []string{
		"554 5.6.7",
	}},
	{ID: "enhanced-5.6.7", Class: runbook.ClassRecipientUTF8, When: When{Codes: []string{
		"X.6.7-X.6.10",
	}}, Refs: []string{
		"RFC 6531 section 3.5",
	}, Hits: []string{
		"553 5.6.7",
	}, Misses: []string{
		"554 5.6.1",
	}},
	{ID: "enhanced-5.7.0", Class: runbook.ClassPolicyLocal, When: When{Codes: []string{
		"X.7.0",
	}, Vague: true}, Refs: []string{
		"RFC 3463 section 3.8",
	}, Hits: []string{
		"554 5.7.0",
	}, Misses: []string{
		"554 5.7.4",
	}},
	{ID: "enhanced-5.7.1", Class: runbook.ClassPolicyLocal, When: When{Codes: []string{
		"X.7.1",
	}, Vague: true}, Refs: []string{
		"RFC 3463 section 3.8",
	}, Hits: []string{
		"554 5.7.1",
	}, Misses: []string{
		"554 5.7.2",
	}},
	{ID: "enhanced-5.7.2", Class: runbook.ClassRecipientRestricted, When: When{Codes: []string{
		"X.7.2",
	}}, Refs: []string{
		"RFC 3463 section 3.8",
	}, Hits: []string{
		"550 5.7.2",
	}, Misses: []string{
		"550 5.7.1",
	}},
	{ID: "enhanced-5.7.3", Class: runbook.ClassProtocolUnsupported, When: When{Codes: []string{
		"X.7.3",
	}}, Refs: []string{
		"RFC 3463 section 3.8",
	}, Hits: []string{
		"554 5.7.3",
	}, Misses: []string{
		"554 5.7.5",
	}},
	{ID: "enhanced-5.7.4", Class: runbook.ClassAuthSMTPFailed, When: When{Codes: []string{
		"X.7.4", "X.7.8", "X.7.9", "X.7.12", "X.7.14",
	}}, Refs: []string{
		"RFC 4954 section 6",
	}, Hits: []string{
		"535 5.7.8",
	}, Misses: []string{
		"530 5.7.0",
	}},
	{ID: "enhanced-4.7.5", Class: runbook.ClassTLSFailed, When: When{Codes: []string{
		"X.7.5", "X.7.6",
	}}, Refs: []string{
		"RFC 3463 section 3.8",
	}, Hits: []string{
		"{status=4.7.5}",
	}, Misses: []string{
		"{status=4.7.10}",
	}},
	{ID: "enhanced-5.7.7", Class: runbook.ClassContentMalformed, When: When{Codes: []string{
		"X.7.7",
	}}, Refs: []string{
		"RFC 3463 section 3.8",
	}, Hits: []string{
		"554 5.7.7",
	}, Misses: []string{
		"554 5.7.5",
	}},
	{ID: "enhanced-5.7.10", Class: runbook.ClassTLSRequired, When: When{Codes: []string{
		"X.7.10", "X.7.11",
	}}, Refs: []string{
		"RFC 5248 section 2.4",
	}, Hits: []string{
		"523 5.7.10",
	}, Misses: []string{
		"530 5.7.1",
	}},
	{ID: "enhanced-5.7.13", Class: runbook.ClassSenderDisabled, When: When{Codes: []string{
		"X.7.13",
	}}, Refs: []string{
		"RFC 5248 section 2.4",
	}, Hits: []string{
		"525 5.7.13",
	}, Misses: []string{
		"535 5.7.14",
	}},
	{ID: "enhanced-5.7.15", Class: runbook.ClassPolicyLocal, When: When{Codes: []string{
		"X.7.15", "X.7.19",
	}}, Refs: []string{
		"RFC 6710 section 6",
	}, Hits: []string{
		"550 5.7.15",
	}, Misses: []string{
		"550 5.7.17",
	}},
	{ID: "enhanced-5.7.16", Class: runbook.ClassContentTooLarge, When: When{Codes: []string{
		"X.7.16",
	}}, Refs: []string{
		"RFC 6710 section 6",
	}, Hits: []string{
		"552 5.7.16",
	}, Misses: []string{
		"552 5.7.17",
	}},
	{ID: "enhanced-5.7.17", Class: runbook.ClassRecipientOwnerChanged, When: When{Codes: []string{
		"X.7.17", "X.7.18",
	}}, Refs: []string{
		"RFC 7293 section 14",
	}, Hits: []string{
		"550 5.7.17",
	}, Misses: []string{
		"550 5.7.19",
	}},
	{ID: "enhanced-5.7.20", Class: runbook.ClassAuthDKIM, When: When{Codes: []string{
		"X.7.20-X.7.22",
	}}, Refs: []string{
		"RFC 7372 section 3.1",
	}, Hits: []string{
		"550 5.7.20",
	}, Misses: []string{
		"550 5.7.23",
	}},
	{ID: "enhanced-5.7.23", Class: runbook.ClassAuthSPF, When: When{Codes: []string{
		"X.7.23", "X.7.24",
	}}, Refs: []string{
		"RFC 7372 section 3.2",
	}, Hits: []string{
		"550 5.7.23",
	}, Misses: []string{
		"550 5.7.22",
	}},
	{ID: "enhanced-5.7.25", Class: runbook.ClassPolicyRDNS, When: When{Codes: []string{
		"X.7.25",
	}}, Refs: []string{
		"RFC 7372 section 3.3",
	}, Hits: []string{
		"550 5.7.25",
	}, Misses: []string{
		"550 5.7.26",
	}},
	{ID: "enhanced-5.7.26", Class: runbook.ClassAuthUnauthenticated, When: When{Codes: []string{
		"X.7.26", "X.7.29",
	}}, Refs: []string{
		"RFC 7372 section 3.4",
	}, Hits: []string{
		"550 5.7.26",
	}, Misses: []string{
		"550 5.7.27",
	}},
	{ID: "enhanced-5.7.27", Class: runbook.ClassSenderUnresolvable, When: When{Codes: []string{
		"X.7.27",
	}}, Refs: []string{
		"RFC 7505 section 4.2",
	}, Hits: []string{
		"550 5.7.27",
	}, Misses: []string{
		"550 5.7.26",
	}},
	{ID: "enhanced-4.7.28", Class: runbook.ClassPolicyRateLimit, When: When{Codes: []string{
		"X.7.28",
	}}, Refs: []string{
		"https://www.iana.org/assignments/smtp-enhanced-status-codes",
	}, Hits: []string{
		"421 4.7.28",
	}, Misses: []string{
		"421 4.7.0",
	}},
	{ID: "enhanced-5.7.30", Class: runbook.ClassTLSPolicy, When: When{Codes: []string{
		"X.7.30",
	}}, Refs: []string{
		"RFC 8689 section 7",
	}, Hits: []string{
		"550 5.7.30",
	}, Misses: []string{
		"550 5.7.10",
	}},
	{ID: "reply-4yz", Class: runbook.ClassUnknown, When: When{Codes: []string{
		"420", "421", "422", "430", "432", "450", "451", "452", "453", "455", "456", "458", "459", "471", "499",
		"400",
	}}, Refs: []string{
		"RFC 5321 section 4.2.3",
	}, Hits: []string{
		"450 qwerty",
	}, Misses: []string{
		"550 qwerty",
	}},
	{ID: "reply-441", Class: runbook.ClassNetworkTimeout, When: When{Codes: []string{
		"441",
	}}, Refs: []string{
		"RFC 5321 section 4.2.3",
	}, Hits: []string{
		"441 qwerty",
	}, Misses: []string{
		"442 qwerty",
	}},
	{ID: "reply-442", Class: runbook.ClassNetworkDropped, When: When{Codes: []string{
		"442",
	}}, Refs: []string{
		"RFC 5321 section 4.2.3",
	}, Hits: []string{
		"442 qwerty",
	}, Misses: []string{
		"441 qwerty",
	}},
	{ID: "reply-447", Class: runbook.ClassDeliveryExpired, When: When{Codes: []string{
		"447",
	}}, Refs: []string{
		"RFC 5321 section 4.2.3",
	}, Hits: []string{
		"447 qwerty",
	}, Misses: []string{
		"441 qwerty",
	}},
	{ID: "reply-454-starttls", Class: runbook.ClassTLSFailed, When: When{Codes: []string{
		"454",
	}, Stages: []smtp.Stage{smtp.StageSTARTTLS}}, Refs: []string{
		"RFC 3207 section 4",
	}, Hits: []string{
		"{stage=starttls} 454 qwerty",
	}, Misses: []string{
		"{stage=auth} 454 qwerty",
	}},
	{ID: "reply-454-auth", Class: runbook.ClassAuthSMTPFailed, When: When{Codes: []string{
		"454",
	}, Stages: []smtp.Stage{smtp.StageAuth}}, Refs: []string{
		"RFC 4954 section 6",
	}, Hits: []string{
		"{stage=auth} 454 qwerty",
	}, Misses: []string{
		"{stage=starttls} 454 qwerty",
	}},
	{ID: "reply-498", Class: runbook.ClassDomainNotFound, When: When{Codes: []string{
		"498",
	}}, Refs: []string{
		"https://documentation.mailgun.com/docs/mailgun/user-manual/events/",
	}, Hits: []string{
		"498 qwerty",
	}, Misses: []string{
		"499 qwerty",
	}},
	{ID: "reply-500", Class: runbook.ClassProtocolSyntax, When: When{Codes: []string{
		"500", "501", "502", "503", "504",
	}}, Refs: []string{
		"RFC 5321 section 4.2.3",
	}, Hits: []string{
		"500 qwerty",
	}, Misses: []string{
		"550 qwerty",
	}},
	{ID: "reply-501-mail", Class: runbook.ClassSenderSyntax, When: When{Codes: []string{
		"501",
	}, Stages: []smtp.Stage{smtp.StageMail}}, Refs: []string{
		"RFC 5321 section 4.3.2",
	}, Hits: []string{
		"{stage=mail} 501 qwerty",
	}, Misses: []string{
		"{stage=data} 501 qwerty",
	}},
	{ID: "reply-501-rcpt", Class: runbook.ClassRecipientSyntax, When: When{Codes: []string{
		"501", "553",
	}, Stages: []smtp.Stage{smtp.StageRcpt}}, Refs: []string{
		"RFC 5321 section 4.3.2",
	}, Hits: []string{
		"{stage=rcpt} 553 qwerty",
	}, Misses: []string{
		"{stage=mail} 501 qwerty",
	}},
	{ID: "reply-504-ehlo", Class: runbook.ClassPolicyHELO, When: When{Codes: []string{
		"501", "504", "550",
	}, Stages: []smtp.Stage{smtp.StageEHLO}}, Refs: []string{
		"RFC 5321 section 4.3.2",
	}, Hits: []string{
		"{stage=ehlo} 504 qwerty",
	}, Misses: []string{
		"{stage=mail} 504 qwerty",
	}},
	{ID: "reply-5yz", Class: runbook.ClassUnknown, When: When{Codes: []string{
		"505", "520", "533", "540", "541", "550", "553", "554", "557", "5zz",
	}}, Refs: []string{
		"RFC 5321 section 4.2.3",
	}, Hits: []string{
		"554 qwerty",
	}, Misses: []string{
		"450 qwerty",
	}},
	{ID: "reply-510", Class: runbook.ClassRecipientUnknown, When: When{Codes: []string{
		"510", "511", "542", "585", "551",
	}}, Refs: []string{
		"RFC 5321 section 4.2.3",
	}, Hits: []string{
		"551 qwerty",
	}, Misses: []string{
		"512 qwerty",
	}},
	{ID: "reply-512", Class: runbook.ClassDomainNotFound, When: When{Codes: []string{
		"512",
	}}, Refs: []string{
		"RFC 5321 section 4.2.3",
	}, Hits: []string{
		"512 qwerty",
	}, Misses: []string{
		"511 qwerty",
	}},
	{ID: "reply-517", Class: runbook.ClassSenderRejected, When: When{Codes: []string{
		"517",
	}}, Refs: []string{
		"RFC 5321 section 4.2.3",
	}, Hits: []string{
		"517 qwerty",
	}, Misses: []string{
		"521 qwerty",
	}},
	{ID: "reply-521", Class: runbook.ClassDomainNullMX, When: When{Codes: []string{
		"521", "556",
	}}, Refs: []string{
		"RFC 7504 section 3",
	}, Hits: []string{
		"556 qwerty",
	}, Misses: []string{
		"554 qwerty",
	}},
	{ID: "reply-523", Class: runbook.ClassTLSRequired, When: When{Codes: []string{
		"523", "524", "538",
	}}, Refs: []string{
		"RFC 5248 section 2.4",
	}, Hits: []string{
		"523 qwerty",
	}, Misses: []string{
		"525 qwerty",
	}},
	{ID: "reply-525", Class: runbook.ClassSenderDisabled, When: When{Codes: []string{
		"525",
	}}, Refs: []string{
		"RFC 5248 section 2.4",
	}, Hits: []string{
		"525 qwerty",
	}, Misses: []string{
		"523 qwerty",
	}},
	{ID: "reply-530", Class: runbook.ClassAuthSMTPRequired, When: When{Codes: []string{
		"530",
	}}, Refs: []string{
		"RFC 4954 section 6",
	}, Hits: []string{
		"530 qwerty",
	}, Misses: []string{
		"535 qwerty",
	}},
	{ID: "reply-535", Class: runbook.ClassAuthSMTPFailed, When: When{Codes: []string{
		"534", "535",
	}}, Refs: []string{
		"RFC 4954 section 6",
	}, Hits: []string{
		"535 qwerty",
	}, Misses: []string{
		"530 qwerty",
	}},
	{ID: "reply-552", Class: runbook.ClassRecipientFull, When: When{Codes: []string{
		"552", "522",
	}}, Refs: []string{
		"RFC 5321 section 4.2.3",
	}, Hits: []string{
		"552 qwerty",
	}, Misses: []string{
		"{stage=eod} 552 qwerty",
	}},
	{ID: "reply-552-eod", Class: runbook.ClassContentTooLarge, When: When{Codes: []string{
		"552",
	}, Stages: []smtp.Stage{smtp.StageEOD}}, Refs: []string{
		"RFC 1870 section 6",
	}, Hits: []string{
		"{stage=eod} 552 qwerty",
	}, Misses: []string{
		"{stage=rcpt} 552 qwerty",
	}},
	{ID: "reply-552-mail", Class: runbook.ClassContentTooLarge, When: When{Codes: []string{
		"552",
	}, Stages: []smtp.Stage{smtp.StageMail}}, Refs: []string{
		"RFC 1870 section 6",
	}, Hits: []string{
		"{stage=mail} 552 qwerty",
	}, Misses: []string{
		"{stage=rcpt} 552 qwerty",
	}},
	{ID: "reply-554-banner", Class: runbook.ClassPolicyLocal, When: When{Codes: []string{
		"550", "554", "521", "571",
	}, Stages: []smtp.Stage{smtp.StageBanner}}, Refs: []string{
		"RFC 5321 section 3.1",
	}, Hits: []string{
		"{stage=banner} 554 qwerty",
	}, Misses: []string{
		"{stage=eod} 554 qwerty",
	}},
	{ID: "reply-555", Class: runbook.ClassProtocolUnsupported, When: When{Codes: []string{
		"555",
	}}, Refs: []string{
		"RFC 5321 section 4.1.1.11",
	}, Hits: []string{
		"555 qwerty",
	}, Misses: []string{
		"550 qwerty",
	}},
	{ID: "reply-571", Class: runbook.ClassPolicyLocal, When: When{Codes: []string{
		"571",
	}}, Refs: []string{
		"RFC 5321 section 4.2.3",
	}, Hits: []string{
		"571 qwerty",
	}, Misses: []string{
		"570 qwerty",
	}},
}
