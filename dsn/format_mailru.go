package dsn

// Mail.ru's Exim writes its list twice, first in Russian:
//
//	Это письмо создано автоматически сервером Mail.Ru, отвечать на него не нужно.
//
//	К сожалению, Ваше письмо не может быть доставлено одному или нескольким получателям:
//
//	  user@example.com
//	    SMTP error from remote mail server after RCPT TO:<user@example.com>:
//	    host mx.example.com [192.0.2.7]: 550 5.1.1 User unknown
//
// or, where its filter refused the message before it was sent, in English only.
var mailRuMarks = []string{"автоматически сервером mail.ru", "was rejected by the local scanning code"}
