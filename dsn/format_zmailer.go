package dsn

// ZMailer.
var zMailer = labelForm{
	name: "zmailer", generator: "zmailer",
	marks: []string{"this is a collection of reports about email delivery"},
	labels: []label{
		{"original recipient", roleRecipient},
		{"final recipient", roleOther},
		{"control data", roleOther},
		{"diagnostic texts", roleReason},
		{"diagnostic text", roleReason},
		{"following is a copy", roleEnd},
	},
}
