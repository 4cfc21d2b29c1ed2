package dsn

// formats is every text form, in the order in which they are tried: forms that
// cannot be mistaken first.
var formats = []format{
	{"postfix-session", "postfix", sniffPostfixSession, readPostfixSession},
	{"sendmail", "", sniffSendmail, readSendmail},
	{"postfix", "", sniffPostfix, readPostfix},
}
