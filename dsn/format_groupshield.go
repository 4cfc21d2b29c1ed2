package dsn

// GroupShield of McAfee, a filter on Exchange and Domino, tells in a table what
// it did with a message or a part of it; each fact stands below its title.
var groupShield = labelForm{
	name: "groupshield", generator: "groupshield",
	marks: []string{"groupshield ticket", "action taken:\n"},
	labels: []label{
		{"action taken", roleReason},
		{"to", roleRecipient},
		{"recipient", roleRecipient},
		{"from", roleOther},
		{"sender", roleOther},
		{"sent", roleOther},
		{"subject", roleOther},
		{"reason", roleReason},
		{"rule", roleReason},
		{"attachment details", roleReason},
		{"message details", roleOther},
	},
}
