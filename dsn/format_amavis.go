package dsn

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
