package dsn

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
