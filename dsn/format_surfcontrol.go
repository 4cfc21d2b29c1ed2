package dsn

// SurfControl and Websense mail filters.
var surfControl = labelForm{
	name: "surfcontrol", generator: "surfcontrol",
	marks: []string{"a transcript of the attempts to send the message follows"},
	labels: []label{
		{"addressed to", roleRecipient},
		{"failed to send to identified host,", roleReason},
		{"failed to send to", roleReason},
		{"unable to ", roleReason},
	},
}
