package dsn

// Yandex puts sentences of its own, in Russian, in front of Postfix's text and
// list, and names itself where Postfix names the host.
var yandexMarks = []string{"почтовым сервером yandex", "this is the mail system at host yandex", "help.yandex.ru/mail", "yandex.ru/support/mail"}
