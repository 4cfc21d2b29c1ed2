package dsn

// XMail.
var xMail = labelForm{
	name: "xmail", generator: "xmail",
	marks: []string{"the reason of the delivery failure was", "xmail bounce: rcpt="},
	labels: []label{
		{"[<00>] xmail bounce: rcpt=[", roleRecipient},
		{"rcpt to", roleRecipient},
		{"server", roleHost},
		{"[<02>] the reason of the delivery failure was", roleReason},
		{"the reason of the delivery failure was", roleReason},
		{"[<05>]", roleEnd},
		{"[<04>]", roleEnd},
		{"[<03>]", roleOther},
		{"[<01>]", roleOther},
	},
	delayed: []string{"the message will be tried again", "delivery attempt will be retried"},
}
