package dsn

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
