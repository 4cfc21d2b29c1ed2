package dsn

// A mailet of Apache James's kin that Verizon's vtext.com sent, too.
var errorMessageBelow = labelForm{
	name: "error-below", generator: "",
	marks: []string{"error message below:"},
	labels: []label{
		{"error message below", roleReason},
		{"message details", roleOther},
		{"rcpt to", roleRecipient},
	},
}
