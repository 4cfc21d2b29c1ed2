package dsn

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
