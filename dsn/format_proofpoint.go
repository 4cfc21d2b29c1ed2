package dsn

// Proofpoint's gateways tell of what their filters did not pass on; what a
// server refused they report as Sendmail does.
var proofpoint = labelForm{
	name: "proofpoint", generator: "proofpoint",
	marks: []string{"proofpoint", "pphosted.com"},
	loose: true,
	labels: []label{
		{"failed recipients", roleRecipient},
		{"failed recipient", roleRecipient},
		{"recipient(s)", roleRecipient},
		{"recipients", roleRecipient},
		{"recipient", roleRecipient},
		{"your message to", roleRecipient},
		{"was blocked", roleReason},
		{"was rejected", roleReason},
		{"reason", roleReason},
		{"response from server", roleReply},
		{"error", roleReason},
		{"subject", roleOther},
		{"original message", roleEnd},
	},
}
