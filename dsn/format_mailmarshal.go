package dsn

// MailMarshal, also as Trustwave SEG.
var mailMarshal = labelForm{
	name: "mailmarshal", generator: "mailmarshal",
	marks: []string{"the following recipients were affected", "mailmarshal"},
	labels: []label{
		{"could not be delivered because of", roleReason},
		{"could not be delivered because", roleReason},
		{"the following recipients were affected", roleRecipient},
		{"additional information", roleOther},
		{"remote-mta", roleHost},
		{"message could not be delivered to the following", roleRecipient},
	},
}
