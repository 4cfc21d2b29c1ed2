package dsn

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
