package dsn

// Servers that write "Recipient:" and "Reason:", or "Addressee:", below a
// sentence of their own: MailSite, PMDF before it was Sun's.
var recipientReason = labelForm{
	name: "recipient-reason", generator: "",
	marks: []string{"addressee: ", "could not be delivered for the following reason"},
	loose: true,
	labels: []label{
		{"addressee", roleRecipient},
		{"recipient", roleRecipient},
		{"reason", roleReason},
		{"host", roleHost},
		{"error", roleReason},
	},
}
