package dsn

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
