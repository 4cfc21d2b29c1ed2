package dsn

// Apache James.
var apacheJames = labelForm{
	name: "james", generator: "james",
	marks: []string{"james mail server", "this is the james"},
	labels: []label{
		{"failed recipient(s)", roleRecipient},
		{"failed recipients", roleRecipient},
		{"error message below", roleReason},
		{"error message", roleReason},
		{"message details", roleOther},
		{"rcpt to", roleRecipient},
		{"the original message", roleEnd},
	},
}
