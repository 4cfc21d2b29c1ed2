package dsn

// The forms of mail servers and gateways that put each fact behind a label.
// Labels that are the start of another one stand behind it.

// MailEnable, whose connectors name recipients as [SMTP:user@example.com].
var mailEnable = labelForm{
	name: "mailenable", generator: "mailenable",
	marks: []string{"mailenable", "recipient: [smtp:", "recipient: [sf:"},
	loose: true,
	labels: []label{
		{"recipient", roleRecipient},
		{"reason", roleReason},
		{"message headers follow", roleEnd},
		{"message contents follow", roleEnd},
	},
	delayed: []string{"message delivery delay", "message has been delayed", "still being attempted"},
}

// SmarterMail.
var smarterMail = labelForm{
	name: "smartermail", generator: "smartermail",
	marks: []string{"could not deliver message to the following recipient", "failed recipient:"},
	labels: []label{
		{"failed recipient", roleRecipient},
		{"reason", roleReason},
		{"-- the header", roleEnd},
	},
	delayed: []string{"delivery will continue", "will continue to be attempted"},
}

// PMDF and its successors: Sun, iPlanet and Oracle Messaging Server.
var messagingServer = labelForm{
	name: "messagingserver", generator: "messagingserver",
	marks: []string{"recipient address: ", "this report relates to a message you sent with the following header fields"},
	labels: []label{
		{"recipient address", roleRecipient},
		{"original address", roleOriginal},
		{"reason", roleReason},
		{"diagnostic code", roleReply},
		{"remote system", roleHost},
		{"tcp active open:", roleReason},
		{"the mail system will continue", roleEnd},
	},
	delayed: []string{"delivery has been delayed", "has been enqueued and undeliverable", "continue to try to deliver your message"},
}

// InterMail, Post.Office, Openwave, Netscape Messaging Server.
var interMail = labelForm{
	name: "intermail", generator: "intermail",
	marks: []string{"this message was undeliverable due to the following reason", "each of the following recipients was rejected by a remote mail server", "your message was not delivered because", "the following recipients did not receive your message", "the following recipients did not receive this message", "the following destination addresses were unknown"},
	labels: []label{
		{"this message was undeliverable due to the following reason", roleStory},
		{"the following recipients did not receive your message", roleRecipient},
		{"the following recipients did not receive this message", roleRecipient},
		{"the following destination addresses were unknown", roleRecipient},
		{"recipient", roleRecipient},
		{"reason", roleReason},
		{"host", roleHost},
		{"please reply to", roleEnd},
		{"the following is a copy", roleEnd},
		{"smtp <", roleRecipient},
		{"<", roleRecipient},
	},
	delayed: []string{"delivery of your message has been delayed", "will continue to try"},
}

// Apache James.
var apacheJames = labelForm{
	name: "james", generator: "james",
	marks: []string{"james mail server", "this is the james"},
	labels: []label{
		{"failed recipient(s)", roleRecipient},
		{"failed recipients", roleRecipient},
		{"error message below", roleReason},
		{"error message", roleReason},
		{"message details", roleOther},
		{"rcpt to", roleRecipient},
		{"the original message", roleEnd},
	},
}

// A mailet of Apache James's kin that Verizon's vtext.com sent, too.
var errorMessageBelow = labelForm{
	name: "error-below", generator: "",
	marks: []string{"error message below:"},
	labels: []label{
		{"error message below", roleReason},
		{"message details", roleOther},
		{"rcpt to", roleRecipient},
	},
}

// MailMarshal, also as Trustwave SEG.
var mailMarshal = labelForm{
	name: "mailmarshal", generator: "mailmarshal",
	marks: []string{"the following recipients were affected", "mailmarshal"},
	labels: []label{
		{"could not be delivered because of", roleReason},
		{"could not be delivered because", roleReason},
		{"the following recipients were affected", roleRecipient},
		{"additional information", roleOther},
		{"remote-mta", roleHost},
		{"message could not be delivered to the following", roleRecipient},
	},
}

// Mimecast, whose values stand behind two hyphens.
var mimecast = labelForm{
	name: "mimecast", generator: "mimecast",
	marks: []string{"an email you addressed to email address"},
	labels: []label{
		{"an email you addressed to email address", roleRecipient},
		{"the problem appears to be", roleReason},
		{"additional information follows", roleReason},
		{"this condition occurred", roleEnd},
		{"could not be delivered", roleOther},
	},
	delayed: []string{"has not yet been delivered", "delivery will be attempted again"},
}

// MailFoundry.
var mailFoundry = labelForm{
	name: "mailfoundry", generator: "mailfoundry",
	marks: []string{"delivery failed for the following reason"},
	labels: []label{
		{"unable to deliver message to", roleRecipient},
		{"delivery failed for the following reason", roleReason},
		{"this has been a permanent failure", roleEnd},
	},
}

// SurfControl and Websense mail filters.
var surfControl = labelForm{
	name: "surfcontrol", generator: "surfcontrol",
	marks: []string{"a transcript of the attempts to send the message follows"},
	labels: []label{
		{"addressed to", roleRecipient},
		{"failed to send to identified host,", roleReason},
		{"failed to send to", roleReason},
		{"unable to ", roleReason},
	},
}

// XMail.
var xMail = labelForm{
	name: "xmail", generator: "xmail",
	marks: []string{"the reason of the delivery failure was", "xmail bounce: rcpt="},
	labels: []label{
		{"[<00>] xmail bounce: rcpt=[", roleRecipient},
		{"rcpt to", roleRecipient},
		{"[<02>] the reason of the delivery failure was", roleReason},
		{"the reason of the delivery failure was", roleReason},
		{"[<05>]", roleEnd},
		{"[<04>]", roleEnd},
		{"[<03>]", roleOther},
		{"[<01>]", roleOther},
	},
	delayed: []string{"the message will be tried again", "delivery attempt will be retried"},
}

// hMailServer names the recipient on a line of its own and tells each fact
// below it.
var hMailServer = labelForm{
	name: "hmailserver", generator: "hmailserver",
	marks: []string{"hmailserver", "error type: smtp"},
	loose: true,
	with:  []string{"the following recipient(s) could not be reached", "following recipient", "remote server"},
	labels: []label{
		{"the following recipient(s) could not be reached", roleRecipient},
		{"the following recipients could not be reached", roleRecipient},
		{"error type", roleOther},
		{"error description", roleReason},
		{"error:", roleReason},
		{"additional information", roleOther},
		{"remote server replied", roleReason},
		{"remote server (", roleHost},
		{"hmailserver sent", roleReason},
		{"reason", roleReason},
		{"tried ", roleReason},
	},
}

// Mercury/32.
var mercury = labelForm{
	name: "mercury", generator: "mercury",
	marks: []string{"mail transport system has reported the following problems", "mercury/32"},
	loose: true,
	labels: []label{
		{"*** ", roleRecipient},
		{"the local mail transport system", roleOther},
		{"could not be delivered to", roleRecipient},
		{"<<< ", roleReason},
		{"[smtp error]", roleReason},
		{"5", roleReason},
		{"4", roleReason},
	},
}

// MDaemon.
var mDaemon = labelForm{
	name: "mdaemon", generator: "mdaemon",
	marks: []string{"permanent fatal delivery errors", "the following addresses did not receive a copy of your message", "transient delivery errors", "mdaemon"},
	loose: true,
	with:  []string{"failed address", "did not receive a copy", "session transcript", "recipient"},
	labels: []label{
		{"failed address", roleRecipient},
		{"pending address", roleRecipient},
		{"failed addresses", roleRecipient},
		{"the following addresses did not receive a copy of your message", roleRecipient},
		{"the following recipients", roleRecipient},
		{"--- session transcript", roleEnd},
		{"session transcript", roleEnd},
		{": message contains", roleEnd},
		{"reason", roleReason},
	},
	session: true,
	delayed: []string{"transient delivery errors", "could not be delivered yet", "attempts to deliver this message will continue", "delivery attempts will continue"},
}

// Message Systems Momentum (ecelerity) lists ">>> user@example.com (after RCPT
// TO): 550 ...".
var momentum = labelForm{
	name: "momentum", generator: "momentum",
	marks: []string{"(ecelerity)", "the mail system (momentum"},
	with:  []string{">>> "},
	labels: []label{
		{">>> ", roleRecipient},
	},
}

// The words of Haraka's first template, and of others who say "intended".
var intendedRecipient = labelForm{
	name: "intended-recipient", generator: "",
	marks: []string{"intended recipients:", "intended recipient:", "undeliverable address:"},
	loose: true,
	labels: []label{
		{"intended recipients", roleRecipient},
		{"intended recipient", roleRecipient},
		{"undeliverable address", roleRecipient},
		{"failure reason", roleReason},
		{"error", roleReason},
		{"reason", roleReason},
		{"original message attached", roleEnd},
	},
}

// InterScan of Trend Micro.
var interScan = labelForm{
	name: "interscan", generator: "trendmicro",
	marks: []string{"message from interscan", "interscan messaging security", "interscan e-mail viruswall", "sent >>> rcpt to"},
	labels: []label{
		{"unable to deliver message to ", roleRecipient},
		{"sent >>> rcpt to:", roleRecipient},
		{"sent >>> rcpt to ", roleRecipient},
		{"rcpt to", roleRecipient},
		{"received <<<", roleReason},
		{"delivery failed to", roleRecipient},
		{"end of message", roleEnd},
	},
}

// Barracuda's notice of what it blocked.
var barracuda = labelForm{
	name: "barracuda", generator: "barracuda",
	marks: []string{"blocked by our spam firewall"},
	labels: []label{
		{"your message to", roleRecipient},
		{"was blocked by our spam firewall", roleReason},
		{"subject", roleEnd},
	},
}

// Symantec's (MessageLabs') delivery agent.
var messageLabs = labelForm{
	name: "messagelabs", generator: "messagelabs",
	marks: []string{"mail delivery agent at messagelabs", "mail agent at messagelabs"},
	labels: []label{
		{"i was unable to deliver your message to the following addresses", roleRecipient},
		{"i was unable to deliver your message to the following address", roleRecipient},
		{"unable to deliver your message to the following addresses", roleRecipient},
		{"<", roleRecipient},
		{"reason", roleReason},
		{"error", roleReason},
	},
}

// amavis tells of what it did not pass on.
var amavis = labelForm{
	name: "amavis", generator: "amavis",
	marks: []string{"amavis"},
	loose: true,
	labels: []label{
		{"the message was not relayed to", roleRecipient},
		{"5", roleReason},
		{"4", roleReason},
		{"delivery of the email was stopped", roleReason},
		{"this nondelivery report was generated", roleOther},
		{"the message will be delivered to", roleOther},
	},
}

// m-FILTER of Digital Arts, in Japanese; the reason stands in a paragraph of
// its own, below it the command that failed.
var mFilter = labelForm{
	name: "mfilter", generator: "mfilter",
	marks: []string{"以下のメールアドレスへの送信に失敗しました"},
	labels: []label{
		{"以下のメールアドレスへの送信に失敗しました", roleRecipient},
		{"data", roleCommand},
		{"rcpt to", roleCommand},
		{"mail from", roleCommand},
		{"ehlo", roleCommand},
		{"helo", roleCommand},
		{"5", roleReason},
		{"4", roleReason},
	},
}

// AsyncOS of IronPort, now Cisco.
var ironPort = labelForm{
	name: "ironport", generator: "ironport",
	marks: []string{"the following message to <"},
	labels: []label{
		{"the following message to ", roleRecipient},
		{"the reason for the problem", roleReason},
	},
	delayed: []string{"was delayed", "is delayed", "will continue to"},
}

// ZMailer.
var zMailer = labelForm{
	name: "zmailer", generator: "zmailer",
	marks: []string{"this is a collection of reports about email delivery"},
	labels: []label{
		{"original recipient", roleRecipient},
		{"final recipient", roleOther},
		{"control data", roleOther},
		{"diagnostic texts", roleReason},
		{"diagnostic text", roleReason},
		{"following is a copy", roleEnd},
	},
}

// Servers that write "Recipient:" and "Reason:", or "Addressee:", below a
// sentence of their own: MailSite, PMDF before it was Sun's.
var recipientReason = labelForm{
	name: "recipient-reason", generator: "",
	marks: []string{"addressee: ", "could not be delivered for the following reason"},
	loose: true,
	labels: []label{
		{"addressee", roleRecipient},
		{"recipient", roleRecipient},
		{"reason", roleReason},
		{"error", roleReason},
	},
}
