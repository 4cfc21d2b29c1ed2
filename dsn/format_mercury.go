package dsn

// Mercury/32.
var mercury = labelForm{
	name: "mercury", generator: "mercury",
	marks: []string{"mail transport system has reported the following problems", "mercury/32"},
	loose: true,
	labels: []label{
		{"*** ", roleRecipient},
		{"the local mail transport system", roleOther},
		{"could not be delivered to", roleRecipient},
		{"<<< ", roleReason},
		{"[smtp error]", roleReason},
		{"5", roleReason},
		{"4", roleReason},
	},
}
