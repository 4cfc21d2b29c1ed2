package dsn

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
