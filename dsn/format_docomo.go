package dsn

// docomo tells senders of its own, in Japanese, who could not be reached; the
// reply of the other side stands below, or behind a label.
var docomo = labelForm{
	name: "docomo", generator: "docomo",
	marks: []string{"次のあて先へのメッセージは", "次の宛先へのメッセージは", "以下の宛先へのメールは", "以下のあて先へのメールは"},
	labels: []label{
		{"送信先メールアドレス：", roleRecipient},
		{"送信先メールアドレス", roleRecipient},
		{"あて先：", roleRecipient},
		{"宛先：", roleRecipient},
		{"エラー内容：", roleReason},
		{"エラー内容", roleReason},
		{"理由：", roleReason},
		{"理由", roleReason},
		{"5", roleReason},
		{"4", roleReason},
		{"件名", roleEnd},
	},
}
