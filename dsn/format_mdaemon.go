package dsn

// MDaemon.
var mDaemon = labelForm{
	name: "mdaemon", generator: "mdaemon",
	marks: []string{"permanent fatal delivery errors", "the following addresses did not receive a copy of your message", "transient delivery errors", "mdaemon"},
	loose: true,
	with:  []string{"failed address", "did not receive a copy", "session transcript", "recipient"},
	labels: []label{
		{"failed address", roleRecipient},
		{"pending address", roleRecipient},
		{"failed addresses", roleRecipient},
		{"the following addresses did not receive a copy of your message", roleRecipient},
		{"the following recipients", roleRecipient},
		{"--- session transcript", roleEnd},
		{"session transcript", roleEnd},
		{": message contains", roleEnd},
		{"reason", roleReason},
	},
	session: true,
	delayed: []string{"transient delivery errors", "could not be delivered yet", "attempts to deliver this message will continue", "delivery attempts will continue"},
}
