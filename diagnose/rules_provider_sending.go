package diagnose

import (
	"github.com/smtpdiag/smtpdiag/runbook"
)

const (
	refSESNotifications = "https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html"
	refSESSuppression   = "https://docs.aws.amazon.com/ses/latest/dg/sending-email-suppression-list.html"
	refSESTroubleshoot  = "https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-smtp.html"
	refSendGridEvents   = "https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event"
	refSendGridBounces  = "https://docs.sendgrid.com/api-reference/bounces-api/retrieve-bounces-by-specific-classification"
	refMailgunEvents    = "https://documentation.mailgun.com/docs/mailgun/user-manual/events/"
	refMailgunBounces   = "https://help.mailgun.com/hc/en-us/articles/25099259504411-Classified-Bounces-List"
	refPostmarkBounces  = "https://postmarkapp.com/developer/api/bounce-api"
	refSparkPostBounces = "https://support.sparkpost.com/docs/deliverability/bounce-classification-codes"
	refMailchimpBounces = "https://mailchimp.com/developer/transactional/docs/"
	refMailjetErrors    = "https://dev.mailjet.com/email/guides/webhooks/"
	refPowerMTA         = "https://support.bird.com/"
	refKumoMTA          = "https://docs.kumomta.com/"
)

// sendingRules are what sending services and their software say of their own:
// suppression, quotas, bounce types, and the replies that PowerMTA, Momentum and
// KumoMTA make up where no server answered.
var sendingRules = []Rule{
	{
		ID: "ses-account-suppression", Class: runbook.ClassSenderSuppressed,
		When: When{
			Any: []string{
				"on the suppression list for your account",
				"amazon ses did not send the message to this address because it is on the suppression list",
			},
		},
		Refs: []string{refSESSuppression},
		Hits: []string{
			"Amazon SES did not send the message to this address because it is on the suppression list for your account.",
			"550 5.1.1 not sent: on the suppression list for your account",
			"Amazon SES did not send the message to this address because it is on the suppression list.",
		},
		Misses: []string{`"bounceType":"Permanent","bounceSubType":"General"`},
	},
	{
		ID: "ses-global-suppression", Class: runbook.ClassSenderSuppressed,
		When: When{
			Any: []string{
				"recent history of bouncing as an invalid address", "amazon ses has suppressed sending to this address",
				`bouncesubtype":"suppressed"`, `bouncesubtype": "suppressed"`,
			},
		},
		Refs: []string{refSESSuppression},
		Hits: []string{
			"smtp; Amazon SES has suppressed sending to this address because it has a recent history of bouncing as an invalid address.",
			"Not sent: recent history of bouncing as an invalid address",
			"Amazon SES has suppressed sending to this address",
			`"bounceType":"Permanent","bounceSubType":"Suppressed"`,
			`"bounceType": "Permanent", "bounceSubType": "Suppressed"`,
		},
		Misses: []string{`"bounceType":"Permanent","bounceSubType":"NoEmail"`},
	},
	{
		ID: "ses-general", Class: runbook.ClassUnknown,
		When: When{
			Any: []string{
				`bouncesubtype":"general"`, `bouncesubtype": "general"`, "permanent/general", "transient/general",
				`bouncesubtype":"undetermined"`, `bouncesubtype": "undetermined"`, "undetermined/undetermined",
				`bouncesubtype":"noemail"`, `bouncesubtype": "noemail"`, "permanent/noemail",
			},
			Vague: true,
		},
		Refs: []string{refSESNotifications},
		Hits: []string{
			`"bounceType":"Permanent","bounceSubType":"General"`,
			`"bounceType": "Transient", "bounceSubType": "General"`,
			"Bounce: Permanent/General",
			"Bounce: Transient/General",
			`"bounceType":"Undetermined","bounceSubType":"Undetermined"`,
			`"bounceType": "Undetermined", "bounceSubType": "Undetermined"`,
			"Bounce: Undetermined/Undetermined",
			`"bounceType":"Permanent","bounceSubType":"NoEmail"`,
			`"bounceType": "Permanent", "bounceSubType": "NoEmail"`,
			"Bounce: Permanent/NoEmail",
		},
		Misses: []string{`"bounceType":"Transient","bounceSubType":"MailboxFull"`},
	},
	{
		ID: "ses-mailbox-full", Class: runbook.ClassRecipientFull,
		When: When{Any: []string{`bouncesubtype":"mailboxfull"`, `bouncesubtype": "mailboxfull"`, "transient/mailboxfull"}},
		Refs: []string{refSESNotifications},
		Hits: []string{
			`"bounceType":"Transient","bounceSubType":"MailboxFull"`,
			`"bounceType": "Transient", "bounceSubType": "MailboxFull"`,
			"Bounce: Transient/MailboxFull",
		},
		Misses: []string{`"bounceType":"Transient","bounceSubType":"MessageTooLarge"`},
	},
	{
		ID: "ses-too-large", Class: runbook.ClassContentTooLarge,
		When: When{
			Any: []string{
				`bouncesubtype":"messagetoolarge"`, `bouncesubtype": "messagetoolarge"`, "transient/messagetoolarge",
			},
		},
		Refs: []string{refSESNotifications},
		Hits: []string{
			`"bounceType":"Transient","bounceSubType":"MessageTooLarge"`,
			`"bounceType": "Transient", "bounceSubType": "MessageTooLarge"`,
			"Bounce: Transient/MessageTooLarge",
		},
		Misses: []string{`"bounceType":"Transient","bounceSubType":"MailboxFull"`},
	},
	{
		ID: "ses-content", Class: runbook.ClassContentPolicy,
		When: When{
			Any: []string{
				`bouncesubtype":"contentrejected"`, `bouncesubtype": "contentrejected"`, "transient/contentrejected",
			},
		},
		Refs: []string{refSESNotifications},
		Hits: []string{
			`"bounceType":"Transient","bounceSubType":"ContentRejected"`,
			`"bounceType": "Transient", "bounceSubType": "ContentRejected"`,
			"Bounce: Transient/ContentRejected",
		},
		Misses: []string{`"bounceType":"Transient","bounceSubType":"AttachmentRejected"`},
	},
	{
		ID: "ses-attachment", Class: runbook.ClassContentAttachment,
		When: When{
			Any: []string{
				`bouncesubtype":"attachmentrejected"`, `bouncesubtype": "attachmentrejected"`,
				"transient/attachmentrejected",
			},
		},
		Refs: []string{refSESNotifications},
		Hits: []string{
			`"bounceType":"Transient","bounceSubType":"AttachmentRejected"`,
			`"bounceType": "Transient", "bounceSubType": "AttachmentRejected"`,
			"Bounce: Transient/AttachmentRejected",
		},
		Misses: []string{`"bounceType":"Transient","bounceSubType":"ContentRejected"`},
	},
	{
		ID: "ses-complaint", Class: runbook.ClassNoticeComplaint,
		When: When{Any: []string{`notificationtype":"complaint"`, `notificationtype": "complaint"`, `eventtype":"complaint"`}},
		Refs: []string{refSESNotifications},
		Hits: []string{
			`event "notificationType":"Complaint","complaint":{"feedbackId":"0100"}`,
			`event "notificationType": "Complaint"`,
			`event "eventType":"Complaint"`,
		},
		Misses: []string{`event "notificationType":"Bounce"`},
	},
	{
		ID: "ses-throttled", Class: runbook.ClassSenderLimit,
		When: When{
			Any: []string{
				"throttling failure: maximum sending rate exceeded", "throttling failure: daily message quota exceeded",
				"maximum sending rate exceeded", "throttling failure",
			},
		},
		Refs: []string{refSESTroubleshoot},
		Hits: []string{
			"454 4.7.0 Throttling failure: Maximum sending rate exceeded.",
			"454 4.7.0 Throttling failure: Daily message quota exceeded.",
		},
		Misses: []string{"454 4.7.0 Temporary authentication failure"},
	},
	{
		ID: "ses-not-verified", Class: runbook.ClassSenderNotPermitted,
		When: When{
			Any: []string{
				"message rejected: email address is not verified",
				"email address is not verified. the following identities failed the check", "identities failed the check",
			},
		},
		Refs: []string{refSESTroubleshoot},
		Hits: []string{
			"554 Message rejected: Email address is not verified.",
			"554 Email address is not verified. The following identities failed the check in region EU-WEST-1: user@example.com",
		},
		Misses: []string{"554 Message rejected: Sending suspended for this account."},
	},
	{
		ID: "ses-suspended", Class: runbook.ClassSenderDisabled,
		When: When{Any: []string{"sending suspended for this account", "sending suspended / paused for this account"}},
		Refs: []string{refSESTroubleshoot},
		Hits: []string{
			"554 Message rejected: Sending suspended for this account.",
			"554 Sending suspended / paused for this account",
		},
		Misses: []string{"554 Message rejected: Email address is not verified."},
	},
	{
		ID: "ses-own-return-path", Class: runbook.ClassUnknown,
		When:   When{Provider: []string{"amazonses"}, Any: []string{"mailbox does not exist!"}},
		Refs:   []string{refSESTroubleshoot},
		Hits:   []string{"{host=feedback-smtp.eu-west-1.amazonses.com} 550 5.1.1 Mailbox does not exist!"},
		Misses: []string{"{provider=amazonses} 550 5.1.1 Requested action not taken: mailbox unavailable"},
	},
	{
		ID: "sendgrid-dropped", Class: runbook.ClassSenderSuppressed,
		When: When{
			Provider: []string{"sendgrid"},
			Any:      []string{"bounced address", "spam reporting address", "unsubscribed address"},
			None:     []string{"invalid"},
			Codes:    []string{"550"},
		},
		Refs: []string{refSendGridEvents},
		Hits: []string{
			"{provider=sendgrid} 550 Bounced Address",
			"{provider=sendgrid} 550 Spam Reporting Address",
			"{provider=sendgrid} 550 Unsubscribed Address",
		},
		Misses: []string{"{provider=sendgrid} 550 Invalid"},
	},
	{
		ID: "sendgrid-dropped-text", Class: runbook.ClassSenderSuppressed,
		When: When{
			Any: []string{
				"dropped: bounced address", "dropped: spam reporting address", "dropped: unsubscribed address",
				"bounced address", "spam reporting address", "unsubscribed address",
			},
		},
		Refs: []string{refSendGridEvents},
		Hits: []string{
			"Dropped: Bounced Address",
			"Dropped: Spam Reporting Address",
			"Dropped: Unsubscribed Address",
		},
		Misses: []string{"Dropped: Invalid"},
	},
	{
		ID: "sendgrid-dropped-invalid", Class: runbook.ClassRecipientSyntax,
		When:   When{Any: []string{"dropped: invalid"}, Vague: true},
		Refs:   []string{refSendGridEvents},
		Hits:   []string{"Dropped: Invalid"},
		Misses: []string{"Dropped: Bounced Address"},
	},
	{
		ID: "sendgrid-invalid-address", Class: runbook.ClassRecipientUnknown,
		When: When{
			Any: []string{
				"classification: invalid address", `classification":"invalid address"`,
				`classification": "invalid address"`,
			},
			Vague: true,
		},
		Refs: []string{refSendGridBounces},
		Hits: []string{
			"classification: Invalid Address",
			`"bounce_classification":"Invalid Address"`,
			`"bounce_classification": "Invalid Address"`,
		},
		Misses: []string{"classification: Reputation"},
	},
	{
		ID: "sendgrid-frequency", Class: runbook.ClassPolicyRateLimit,
		When:   When{Any: []string{"frequency or volume too high"}, Vague: true},
		Refs:   []string{refSendGridBounces},
		Hits:   []string{`"bounce_classification":"Frequency or Volume Too High"`},
		Misses: []string{`"bounce_classification":"Content"`},
	},
	{
		ID: "sendgrid-content", Class: runbook.ClassContentPolicy,
		When: When{
			Any:   []string{"classification: content", `classification":"content"`, `classification": "content"`},
			Vague: true,
		},
		Refs: []string{refSendGridBounces},
		Hits: []string{
			"classification: Content",
			`"bounce_classification":"Content"`,
			`"bounce_classification": "Content"`,
		},
		Misses: []string{"classification: Reputation"},
	},
	{
		ID: "sendgrid-no-cause", Class: runbook.ClassUnknown,
		When: When{
			Any: []string{
				"classification: mailbox unavailable", `classification":"mailbox unavailable"`,
				"classification: unclassified",
			},
			Vague: true,
		},
		Refs: []string{refSendGridBounces},
		Hits: []string{
			"classification: Mailbox Unavailable",
			`"bounce_classification":"Mailbox Unavailable"`,
			"classification: Unclassified",
		},
		Misses: []string{"classification: Content"},
	},
	{
		ID: "sendgrid-type-blocked", Class: runbook.ClassPolicyLocal,
		When: When{Any: []string{`type":"blocked"`, `type": "blocked"`}, Vague: true},
		Refs: []string{refSendGridEvents},
		Hits: []string{
			`event "event":"bounce","type":"blocked"`,
			`event "reason":"refused","type":"blocked"`,
			`event "reason": "refused", "type": "blocked"`,
		},
		Misses: []string{`event "event":"bounce","type":"bounce"`},
	},
	{
		ID: "sendgrid-identity", Class: runbook.ClassSenderNotPermitted,
		When:   When{Provider: []string{"sendgrid"}, Any: []string{"does not match a verified sender identity"}},
		Refs:   []string{refSendGridEvents},
		Hits:   []string{"{provider=sendgrid} 550 The from address does not match a verified Sender Identity. Mail cannot be sent until this error is resolved."},
		Misses: []string{"451 Maximum credits exceeded"},
	},
	{
		ID: "sendgrid-credits", Class: runbook.ClassSenderLimit,
		When:   When{Any: []string{"maximum credits exceeded"}},
		Refs:   []string{refSendGridEvents},
		Hits:   []string{"451 Authentication failed: Maximum credits exceeded"},
		Misses: []string{"535 Authentication failed: Bad username / password"},
	},
	{
		ID: "sendgrid-unauthenticated", Class: runbook.ClassAuthSMTPRequired,
		When:   When{Any: []string{"unauthenticated senders not allowed"}},
		Refs:   []string{refSendGridEvents},
		Hits:   []string{"550 Unauthenticated senders not allowed"},
		Misses: []string{"550 Unauthenticated email is not accepted from this domain"},
	},
	{
		ID: "mailgun-suppressed", Class: runbook.ClassSenderSuppressed,
		When: When{
			Any: []string{
				"not delivering to previously bounced address", "not delivering to unsubscribed",
				"not delivering to a user who marked your messages as spam",
			},
		},
		Refs: []string{refMailgunEvents},
		Hits: []string{
			"605 Not delivering to previously bounced address",
			"606 Not delivering to unsubscribed address",
			"607 Not delivering to a user who marked your messages as spam",
		},
		Misses: []string{"602 Too old"},
	},
	{
		ID: "mailgun-too-old", Class: runbook.ClassDeliveryExpired,
		When:   When{Any: []string{"602 too old"}, Vague: true},
		Refs:   []string{refMailgunEvents},
		Hits:   []string{"602 Too old"},
		Misses: []string{"605 Not delivering to previously bounced address"},
	},
	{
		ID: "mailgun-old", Class: runbook.ClassDeliveryExpired,
		When:   When{Provider: []string{"mailgun"}, Any: []string{"too old"}},
		Refs:   []string{refMailgunEvents},
		Hits:   []string{"{provider=mailgun} Too old"},
		Misses: []string{"{provider=mailgun} 498 No MX for example.com"},
	},
	{
		ID: "mailgun-no-mx", Class: runbook.ClassDomainNotFound,
		When:   When{Provider: []string{"mailgun"}, Any: []string{"no mx for"}},
		Refs:   []string{refMailgunEvents},
		Hits:   []string{"{provider=mailgun} 498 No MX for example.com"},
		Misses: []string{"498 No MX answered"},
	},
	{
		ID: "mailgun-relaying", Class: runbook.ClassAuthSMTPRequired,
		When:   When{Provider: []string{"mailgun"}, Any: []string{"relaying denied"}},
		Refs:   []string{refMailgunEvents},
		Hits:   []string{"{provider=mailgun} 550 5.7.1 Relaying denied"},
		Misses: []string{"{provider=mailgun} 605 Not delivering to previously bounced address"},
	},
	{
		ID: "mailgun-classified", Class: runbook.ClassPolicyBlocklist,
		When: When{Any: []string{"classified: blacklisted", "espblock", "classification: blacklisted"}},
		Refs: []string{refMailgunBounces},
		Hits: []string{
			"classified: ESPBLOCK",
			"classified: BLACKLISTED",
			"reason: ESPBLOCK",
			`event "reason":"espblock"`,
			"classification: Blacklisted",
		},
		Misses: []string{"classified: GENERIC"},
	},
	{
		ID: "postmark-hard", Class: runbook.ClassRecipientUnknown,
		When:   When{Any: []string{"hardbounce"}, Vague: true},
		Refs:   []string{refPostmarkBounces},
		Hits:   []string{`"Type":"HardBounce","TypeCode":1`},
		Misses: []string{`"Type":"SoftBounce","TypeCode":4096`},
	},
	{
		ID: "postmark-soft", Class: runbook.ClassUnknown,
		When:   When{Any: []string{"softbounce"}, Vague: true},
		Refs:   []string{refPostmarkBounces},
		Hits:   []string{`"Type":"SoftBounce","TypeCode":4096`},
		Misses: []string{`"Type":"HardBounce","TypeCode":1`},
	},
	{
		ID: "postmark-transient", Class: runbook.ClassNoticeDelayed,
		When: When{Any: []string{`type":"transient"`, `type": "transient"`}, None: []string{"bouncetype"}, Vague: true},
		Refs: []string{refPostmarkBounces},
		Hits: []string{
			`"Type":"Transient","TypeCode":2`,
			`"Type": "Transient", "TypeCode": 2`,
		},
		Misses: []string{`"bounceType":"Transient","bounceSubType":"MailboxFull"`},
	},
	{
		ID: "postmark-autoresponder", Class: runbook.ClassNoticeAutoreply,
		When: When{Any: []string{`type":"autoresponder"`, `type": "autoresponder"`}},
		Refs: []string{refPostmarkBounces},
		Hits: []string{
			`"Type":"AutoResponder","TypeCode":64`,
			`"Type": "AutoResponder", "TypeCode": 64`,
		},
		Misses: []string{`"Type":"AddressChange","TypeCode":128`},
	},
	{
		ID: "postmark-address-change", Class: runbook.ClassRecipientMoved,
		When: When{Any: []string{"addresschange"}},
		Refs: []string{refPostmarkBounces},
		Hits: []string{
			`"Type":"AddressChange","TypeCode":128`,
			`"Type": "AddressChange", "TypeCode": 128`,
			"AddressChange (128)",
		},
		Misses: []string{`"Type":"AutoResponder","TypeCode":64`},
	},
	{
		ID: "postmark-dns", Class: runbook.ClassDNSFailure,
		When: When{Any: []string{"dnserror"}},
		Refs: []string{refPostmarkBounces},
		Hits: []string{
			`"Type":"DnsError","TypeCode":256`,
			`"Type": "DnsError", "TypeCode": 256`,
			"DnsError (256)",
		},
		Misses: []string{`"Type":"SpamNotification","TypeCode":512`},
	},
	{
		ID: "postmark-words-autoresponder", Class: runbook.ClassNoticeAutoreply,
		When:   When{Provider: []string{"postmark"}, Any: []string{"autoresponder"}},
		Refs:   []string{refPostmarkBounces},
		Hits:   []string{"{provider=postmark} AutoResponder (64)"},
		Misses: []string{"{provider=postmark} SoftBounce (4096)"},
	},
	{
		ID: "postmark-words-transient", Class: runbook.ClassNoticeDelayed,
		When:   When{Provider: []string{"postmark"}, Any: []string{"transient"}},
		Refs:   []string{refPostmarkBounces},
		Hits:   []string{"{provider=postmark} Transient (2)"},
		Misses: []string{"{provider=postmark} SoftBounce (4096)"},
	},
	{
		ID: "postmark-words-blocked", Class: runbook.ClassPolicyBlocklist,
		When:   When{Provider: []string{"postmark"}, Any: []string{"blocked (100006)"}},
		Refs:   []string{refPostmarkBounces},
		Hits:   []string{"{provider=postmark} Blocked (100006)"},
		Misses: []string{"{provider=postmark} SoftBounce (4096)"},
	},
	{
		ID: "postmark-spam", Class: runbook.ClassContentSpam,
		When:   When{Any: []string{"spamnotification"}},
		Refs:   []string{refPostmarkBounces},
		Hits:   []string{`"Type":"SpamNotification","TypeCode":512`},
		Misses: []string{`"Type":"SpamComplaint","TypeCode":100001`},
	},
	{
		ID: "postmark-virus", Class: runbook.ClassContentVirus,
		When:   When{Any: []string{"virusnotification"}},
		Refs:   []string{refPostmarkBounces},
		Hits:   []string{`"Type":"VirusNotification","TypeCode":8192`},
		Misses: []string{`"Type":"SpamNotification","TypeCode":512`},
	},
	{
		ID: "postmark-challenge", Class: runbook.ClassNoticeChallenge,
		When:   When{Any: []string{"challengeverification"}},
		Refs:   []string{refPostmarkBounces},
		Hits:   []string{`"Type":"ChallengeVerification","TypeCode":16384`},
		Misses: []string{`"Type":"AutoResponder","TypeCode":64`},
	},
	{
		ID: "postmark-bad-address", Class: runbook.ClassRecipientSyntax,
		When:   When{Any: []string{"bademailaddress"}},
		Refs:   []string{refPostmarkBounces},
		Hits:   []string{`"Type":"BadEmailAddress","TypeCode":100000`},
		Misses: []string{`"Type":"HardBounce","TypeCode":1`},
	},
	{
		ID: "postmark-complaint", Class: runbook.ClassNoticeComplaint,
		When: When{Any: []string{"spamcomplaint"}},
		Refs: []string{refPostmarkBounces},
		Hits: []string{
			`"Type":"SpamComplaint","TypeCode":100001`,
			`"Type": "SpamComplaint", "TypeCode": 100001`,
			"Bounce type SpamComplaint",
		},
		Misses: []string{`"Type":"SpamNotification","TypeCode":512`},
	},
	{
		ID: "postmark-inactive", Class: runbook.ClassSenderSuppressed,
		When: When{
			Any: []string{
				"manuallydeactivated", "inactiverecipient",
				"you tried to send to a recipient that has been marked as inactive",
				"tried to send to recipient(s) that have been marked as inactive",
			},
		},
		Refs: []string{refPostmarkBounces},
		Hits: []string{
			`"Type":"ManuallyDeactivated","TypeCode":100002`,
			`"ErrorCode":406,"Message":"InactiveRecipient"`,
			"You tried to send to a recipient that has been marked as inactive.",
			"You tried to send to recipient(s) that have been marked as inactive.",
		},
		Misses: []string{`"Type":"Blocked","TypeCode":100006`},
	},
	{
		ID: "postmark-blocked", Class: runbook.ClassPolicyBlocklist,
		When: When{Any: []string{`type":"blocked","typecode"`, `type": "blocked", "typecode"`}},
		Refs: []string{refPostmarkBounces},
		Hits: []string{
			`"Type":"Blocked","TypeCode":100006`,
			`"Type": "Blocked", "TypeCode": 100006`,
		},
		Misses: []string{`"Type":"DMARCPolicy","TypeCode":100009`},
	},
	{
		ID: "postmark-dmarc", Class: runbook.ClassAuthDMARC,
		When:   When{Any: []string{"dmarcpolicy"}},
		Refs:   []string{refPostmarkBounces},
		Hits:   []string{`"Type":"DMARCPolicy","TypeCode":100009`},
		Misses: []string{`"Type":"Blocked","TypeCode":100006`},
	},
	{
		ID: "sparkpost-invalid-recipient", Class: runbook.ClassRecipientUnknown,
		When: When{
			Any:   []string{`bounce_class":"10"`, `bounce_class": "10"`, `bounce_class":"30"`, `bounce_class": "30"`},
			Vague: true,
		},
		Refs: []string{refSparkPostBounces},
		Hits: []string{
			`event "type":"bounce","bounce_class":"10"`,
			`event "type": "bounce", "bounce_class": "10"`,
			`event "type":"bounce","bounce_class":"30"`,
			`event "type": "bounce", "bounce_class": "30"`,
		},
		Misses: []string{`event "type":"bounce","bounce_class":"22"`},
	},
	{
		ID: "sparkpost-mailbox-full", Class: runbook.ClassRecipientFull,
		When: When{Any: []string{`bounce_class":"22"`, `bounce_class": "22"`}, Vague: true},
		Refs: []string{refSparkPostBounces},
		Hits: []string{
			`event "type":"bounce","bounce_class":"22"`,
			`event "type": "bounce", "bounce_class": "22"`,
		},
		Misses: []string{`event "type":"bounce","bounce_class":"10"`},
	},
	{
		ID: "sparkpost-too-large", Class: runbook.ClassContentTooLarge,
		When: When{Any: []string{`bounce_class":"23"`, `bounce_class": "23"`}, Vague: true},
		Refs: []string{refSparkPostBounces},
		Hits: []string{
			`event "type":"bounce","bounce_class":"23"`,
			`event "type": "bounce", "bounce_class": "23"`,
		},
		Misses: []string{`event "type":"bounce","bounce_class":"22"`},
	},
	{
		ID: "sparkpost-mail-block", Class: runbook.ClassPolicyBlocklist,
		When: When{
			Any:   []string{`bounce_class":"50"`, `bounce_class": "50"`, `bounce_class":"51"`, `bounce_class": "51"`},
			Vague: true,
		},
		Refs: []string{refSparkPostBounces},
		Hits: []string{
			`event "type":"bounce","bounce_class":"50"`,
			`event "type": "bounce", "bounce_class": "50"`,
			`event "type":"bounce","bounce_class":"51"`,
			`event "type": "bounce", "bounce_class": "51"`,
		},
		Misses: []string{`event "type":"bounce","bounce_class":"52"`},
	},
	{
		ID: "sparkpost-spam-content", Class: runbook.ClassContentSpam,
		When: When{Any: []string{`bounce_class":"52"`, `bounce_class": "52"`}, Vague: true},
		Refs: []string{refSparkPostBounces},
		Hits: []string{
			`event "type":"bounce","bounce_class":"52"`,
			`event "type": "bounce", "bounce_class": "52"`,
		},
		Misses: []string{`event "type":"bounce","bounce_class":"51"`},
	},
	{
		ID: "sparkpost-suppressed", Class: runbook.ClassSenderSuppressed,
		When: When{
			Any: []string{
				"recipient address was suppressed due to system policy",
				"recipient address was suppressed due to customer policy", "recipient address suppressed",
			},
		},
		Refs: []string{refSparkPostBounces},
		Hits: []string{
			"550 5.7.1 Recipient address suppressed due to system policy",
			"550 5.7.1 recipient address was suppressed due to system policy",
			"550 5.7.1 recipient address was suppressed due to customer policy",
			"550 recipient address suppressed",
		},
		Misses: []string{"550 recipient address rejected"},
	},
	{
		ID: "mandrill-bad-mailbox", Class: runbook.ClassRecipientUnknown,
		When:   When{Any: []string{"bad_mailbox"}, Vague: true},
		Refs:   []string{refMailchimpBounces},
		Hits:   []string{`"bounce_description":"bad_mailbox"`},
		Misses: []string{`"bounce_description":"invalid_domain"`},
	},
	{
		ID: "mandrill-invalid-domain", Class: runbook.ClassDomainNotFound,
		When:   When{Any: []string{"invalid_domain"}, Vague: true},
		Refs:   []string{refMailchimpBounces},
		Hits:   []string{`"bounce_description":"invalid_domain"`},
		Misses: []string{`"bounce_description":"bad_mailbox"`},
	},
	{
		ID: "mandrill-rejection-blacklist", Class: runbook.ClassSenderSuppressed,
		When: When{
			Any: []string{
				`reject_reason":"hard-bounce"`, `reject_reason": "hard-bounce"`, `reject_reason":"soft-bounce"`,
				`reject_reason":"unsub"`, `reject_reason":"spam"`,
			},
		},
		Refs: []string{refMailchimpBounces},
		Hits: []string{
			`"status":"rejected","reject_reason":"hard-bounce"`,
			`"status": "rejected", "reject_reason": "hard-bounce"`,
			`"status":"rejected","reject_reason":"soft-bounce"`,
			`"status":"rejected","reject_reason":"unsub"`,
			`"status":"rejected","reject_reason":"spam"`,
		},
		Misses: []string{`"status":"bounced","bounce_description":"bad_mailbox"`},
	},
	{
		ID: "mailjet-preblocked", Class: runbook.ClassSenderSuppressed,
		When: When{Any: []string{`error":"preblocked"`, `error": "preblocked"`, "blocked : due to blacklist user"}},
		Refs: []string{refMailjetErrors},
		Hits: []string{
			`"error_related_to":"mailjet","error":"preblocked"`,
			`"error_related_to": "mailjet", "error": "preblocked"`,
			"blocked : due to blacklist user",
		},
		Misses: []string{`"error_related_to":"recipient","error":"user unknown"`},
	},
	{
		ID: "powermta-expired", Class: runbook.ClassDeliveryExpired,
		When: When{Any: []string{"exceeded max time without delivery"}, Vague: true},
		Refs: []string{refPowerMTA},
		Hits: []string{
			"smtp;554 5.4.7 [internal] exceeded max time without delivery",
			"554 5.4.7 exceeded max time without delivery",
		},
		Misses: []string{"smtp;554 5.4.4 [internal] Domain lookup failed"},
	},
	{
		ID: "powermta-domain", Class: runbook.ClassDomainNotFound,
		When:   When{Any: []string{"[internal] domain lookup failed", "domain lookup failed"}},
		Refs:   []string{refPowerMTA},
		Hits:   []string{"smtp;554 5.4.4 [internal] Domain lookup failed"},
		Misses: []string{"smtp;421 4.4.1 [internal] no answer from host"},
	},
	{
		ID: "powermta-no-answer", Class: runbook.ClassNetworkTimeout,
		When: When{Any: []string{"[internal] no answer from host", "no answer from any hosts listed in mx"}},
		Refs: []string{refPowerMTA},
		Hits: []string{
			"smtp;421 4.4.1 [internal] no answer from host",
			"451 4.4.1 No answer from any hosts listed in MX",
		},
		Misses: []string{"smtp;421 4.4.2 [internal] connection dropped"},
	},
	{
		ID: "powermta-no-hosts", Class: runbook.ClassNetworkUnreachable,
		When: When{Any: []string{"no mxs for this domain could be reached", "no mail servers for this domain could be reached"}},
		Refs: []string{refPowerMTA},
		Hits: []string{
			"smtp;421 4.4.0 [internal] no MXs for this domain could be reached at this time",
			"421 4.4.0 [internal] no mail servers for this domain could be reached at this time",
		},
		Misses: []string{"smtp;554 5.4.4 [internal] Domain lookup failed"},
	},
	{
		ID: "powermta-dropped", Class: runbook.ClassNetworkDropped,
		When: When{Any: []string{"[internal] connection dropped", "[internal] connection closed"}},
		Refs: []string{refPowerMTA},
		Hits: []string{
			"smtp;421 4.4.2 [internal] connection dropped",
			"smtp;421 4.4.2 [internal] connection closed by peer",
		},
		Misses: []string{"smtp;421 4.4.1 [internal] no answer from host"},
	},
	{
		ID: "powermta-blackholed", Class: runbook.ClassSenderSuppressed,
		When: When{Any: []string{"recipient blackholed"}},
		Refs: []string{refPowerMTA},
		Hits: []string{
			"smtp;551 5.7.0 [internal] recipient blackholed",
			"551 recipient blackholed",
		},
		Misses: []string{"smtp;554 5.4.7 [internal] exceeded max time without delivery"},
	},
	{
		ID: "kumomta-connect-timeout", Class: runbook.ClassNetworkTimeout,
		When: When{
			Any: []string{
				"failed to connect to any candidate hosts * timed out",
				"failed to connect to any candidate hosts * timeout",
				"failed to connect to any candidate hosts * deadline",
			},
			None: []string{"tls handshake"},
		},
		Refs: []string{refKumoMTA},
		Hits: []string{
			"400 KumoMTA internal: failed to connect to any candidate hosts: connect timed out",
			"400 KumoMTA internal: failed to connect to any candidate hosts: connect timeout",
			"400 KumoMTA internal: failed to connect to any candidate hosts: deadline has elapsed",
		},
		Misses: []string{"400 KumoMTA internal: failed to connect to any candidate hosts: connection refused"},
	},
	{
		ID: "kumomta-tls", Class: runbook.ClassTLSFailed,
		When: When{Any: []string{"failed to connect to any candidate hosts: tls handshake with", "tls handshake with * failed"}},
		Refs: []string{refKumoMTA},
		Hits: []string{
			`400 KumoMTA internal: failed to connect to any candidate hosts: TLS handshake with ResolvedAddress { name: "mx.example.com.", addr: 192.0.2.25 }:25 failed: certificate verify failed`,
			"400 TLS handshake with mx.example.com failed",
		},
		Misses: []string{"400 KumoMTA internal: failed to connect to any candidate hosts: connection refused"},
	},
	{
		ID: "kumomta-skip-hosts", Class: runbook.ClassSenderFault,
		When: When{Any: []string{"hosts on the skip_hosts list"}},
		Refs: []string{refKumoMTA},
		Hits: []string{
			"550 5.4.4 MX consisted solely of hosts on the skip_hosts list",
			"550 5.4.4 all are hosts on the skip_hosts list",
		},
		Misses: []string{"550 5.4.4 MX didn't resolve to any hosts"},
	},
	{
		ID: "kumomta-no-hosts", Class: runbook.ClassDomainBadMX,
		When:   When{Any: []string{"mx didn't resolve to any hosts"}},
		Refs:   []string{refKumoMTA},
		Hits:   []string{"550 5.4.4 MX didn't resolve to any hosts"},
		Misses: []string{"550 5.4.4 MX consisted solely of hosts on the skip_hosts list"},
	},
	{
		ID: "kumomta-expiry", Class: runbook.ClassDeliveryExpired,
		When:       When{Any: []string{"which exceeds the expiry time"}, Vague: true},
		Permanence: runbook.Permanent,
		Refs:       []string{refKumoMTA},
		Hits:       []string{"551 5.4.7 Next delivery time would be at 2026-01-04T09:42:12Z which exceeds the expiry time"},
		Misses:     []string{"551 5.4.7 Next delivery time is tomorrow"},
	},
	{
		ID: "kumomta-dkim-from", Class: runbook.ClassContentMalformed,
		When:   When{Any: []string{"dkim signing requires a from header"}},
		Refs:   []string{refKumoMTA},
		Hits:   []string{"552 5.6.0 DKIM signing requires a From header, but it is missing from this message"},
		Misses: []string{"552 5.7.20 DKIM signature required"},
	},
}
