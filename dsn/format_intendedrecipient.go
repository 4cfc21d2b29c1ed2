package dsn

// The words of Haraka's first template, and of others who say "intended".
var intendedRecipient = labelForm{
	name: "intended-recipient", generator: "",
	marks: []string{"intended recipients:", "intended recipient:", "undeliverable address:"},
	loose: true,
	labels: []label{
		{"intended recipients", roleRecipient},
		{"intended recipient", roleRecipient},
		{"undeliverable address", roleRecipient},
		{"failure reason", roleReason},
		{"error", roleReason},
		{"reason", roleReason},
		{"original message attached", roleEnd},
	},
}
