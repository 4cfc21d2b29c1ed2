package dsn

// hMailServer names the recipient on a line of its own and tells each fact
// below it.
var hMailServer = labelForm{
	name: "hmailserver", generator: "hmailserver",
	marks: []string{"hmailserver", "error type: smtp"},
	loose: true,
	with:  []string{"the following recipient(s) could not be reached", "following recipient", "remote server"},
	labels: []label{
		{"the following recipient(s) could not be reached", roleRecipient},
		{"the following recipients could not be reached", roleRecipient},
		{"error type", roleOther},
		{"error description", roleReason},
		{"error:", roleReason},
		{"additional information", roleOther},
		{"remote server replied", roleReason},
		{"remote server (", roleHost},
		{"hmailserver sent", roleReason},
		{"reason", roleReason},
		{"tried ", roleReason},
	},
}
