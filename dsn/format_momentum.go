package dsn

// Message Systems Momentum (ecelerity) lists ">>> user@example.com (after RCPT
// TO): 550 ...".
var momentum = labelForm{
	name: "momentum", generator: "momentum",
	marks: []string{"(ecelerity)", "the mail system (momentum"},
	with:  []string{">>> "},
	labels: []label{
		{">>> ", roleRecipient},
	},
}
