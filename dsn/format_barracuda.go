package dsn

// Barracuda's notice of what it blocked.
var barracuda = labelForm{
	name: "barracuda", generator: "barracuda",
	marks: []string{"blocked by our spam firewall"},
	labels: []label{
		{"your message to", roleRecipient},
		{"was blocked by our spam firewall", roleReason},
		{"subject", roleEnd},
	},
}
