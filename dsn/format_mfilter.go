package dsn

// m-FILTER of Digital Arts, in Japanese; the reason stands in a paragraph of
// its own, below it the command that failed.
var mFilter = labelForm{
	name: "mfilter", generator: "mfilter",
	marks: []string{"以下のメールアドレスへの送信に失敗しました"},
	labels: []label{
		{"以下のメールアドレスへの送信に失敗しました", roleRecipient},
		{"data", roleCommand},
		{"rcpt to", roleCommand},
		{"mail from", roleCommand},
		{"ehlo", roleCommand},
		{"helo", roleCommand},
		{"5", roleReason},
		{"4", roleReason},
	},
}
