package dsn

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
