package dsn

// formats is every text form, in the order in which they are tried: forms that
// cannot be mistaken first.
var formats = []format{
	{"postfix-session", "postfix", sniffPostfixSession, readPostfixSession},
	{"opensmtpd", "opensmtpd", sniffOpenSMTPD, readOpenSMTPD},
	{"dma", "dma", sniffDMA, readDMA},
	{"courier", "courier", sniffCourier, readCourier},
	{"sendmail", "", sniffSendmail, readSendmail},
	{"exim", "", sniffExim, readExim},
	{"qmail", "", sniffQmail, readQmail},
	{"postfix", "", sniffPostfix, readPostfix},
}
