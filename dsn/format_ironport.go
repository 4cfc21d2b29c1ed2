package dsn

// AsyncOS of IronPort, now Cisco.
var ironPort = labelForm{
	name: "ironport", generator: "ironport",
	marks: []string{"the following message to <"},
	labels: []label{
		{"the following message to ", roleRecipient},
		{"the reason for the problem", roleReason},
	},
	delayed: []string{"was delayed", "is delayed", "will continue to"},
}
