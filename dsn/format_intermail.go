package dsn

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
