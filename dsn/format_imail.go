package dsn

// IMail (SMTP32) tells reason and recipient in one line, the reason in front:
//
//	User mailbox exceeds allowed size: user@example.com
//
//	undeliverable to user@example.com
//	Additional information from remote host: 550 No such user
var imailSentences = []sentence{
	{words: "unknown user: ", name: "imail"},
	{words: "user mailbox exceeds allowed size: ", name: "imail"},
	{words: "invalid final delivery userid: ", name: "imail"},
	{words: "invalid user: ", name: "imail"},
	{words: "unknown host: ", name: "imail"},
	{words: "undeliverable to ", name: "imail"},
	{words: "delivery failed 20 attempts: ", name: "imail"},
	{words: "delivery failed ", name: "imail"},
	{words: "user mailbox is full: ", name: "imail"},
	{words: "user disabled: ", name: "imail"},
}

var imailMarks = wordsOf(imailSentences)

func readIMail(m *message) []Recipient { return m.readSentences(imailSentences) }
