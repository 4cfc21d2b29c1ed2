package dsn

import "strings"

// The weights of a mention.
const (
	isRecipient = 3  // it stands where only a failed recipient does
	isSender    = -4 // it is somebody else: a sender, a contact, an identifier
)

// Words that stand in front of an address and tell whose it is, in lower case.
// They are compared with the end of what stands in front of it.
var (
	recipientLabels = []string{
		"rcpt to", "address", "recipient", "recipients", "recipient(s)", "recipient address", "recipient email", "recipient e-mail", "recipient's address", "failed recipient", "failed recipient(s)", "failed recipients", "intended recipient", "original recipient", "final recipient", "final-recipient", "original-recipient", "envelope recipient",
		"undeliverable address", "failed address", "failed addresses", "bad address", "invalid address", "unknown address", "unknown user", "user unknown", "unknown recipient", "invalid recipient", "rejected recipient", "following address", "addressed to", "destination", "destination address", "delivered to", "deliver to", "delivery to", "sent to", "send to", "message to", "mail to", "email to", "e-mail to", "mailbox", "user", "username", "user name", "account", "e-mail address", "email address", "error-for", "for recipient", "not delivered to", "failed for", "address(es)", "addresses", "be delivered to", "reach",
		"empfänger", "empfängeradresse", "an folgende empfänger", "adressat", "empfaenger", "destinataire", "destinataire(s)", "destinataires", "adresse du destinataire", "destinatario", "destinatario(s)", "destinatarios", "destinatari", "destinatário", "destinatário(s)", "destinatários", "ontvanger", "ontvangers", "geadresseerde", "odbiorca", "odbiorcy", "adresat", "adres odbiorcy", "получатель", "получателю", "получатели", "адресат", "адрес получателя", "одержувач", "отримувач", "отримувачу", "alıcı", "alıcılar", "příjemce", "mottagare", "modtager", "mottaker", "vastaanottaja", "címzett",
		"宛先", "あて先", "送信先", "送信先メールアドレス", "宛先アドレス", "受信者", "メールアドレス", "宛先メールアドレス", "収件人", "收件人", "收信人", "收件地址", "收件人地址", "收件者", "收件人邮箱", "收件方", "받는 사람", "받는사람", "수신자", "수신인", "받는이", "받는 이", "수신 주소", "수신메일주소",
	}
	senderLabels = []string{
		"from", "mail from", "sender", "envelope sender", "envelope-from", "return-path", "return path", "reply-to", "reply to", "sent by", "sender address", "your address", "on behalf of", "original sender", "message from", "mail from user", "from address", "sender's address", "source", "by user", "received from", "by",
		"von", "absender", "absenderadresse", "de", "expéditeur", "remitente", "remetente", "mittente", "da", "van", "afzender", "od", "nadawca", "от", "отправитель", "від", "відправник", "gönderen", "kimden", "od koho", "odesílatel", "från", "avsändare", "fra", "afsender", "avsender", "lähettäjä", "feladó",
		"送信元", "差出人", "送信者", "发件人", "發件人", "寄件人", "寄件者", "发信人", "보낸 사람", "보낸사람", "발신자", "보낸이", "cc", "bcc",
	}
	idLabels = []string{"message-id", "message id", "messageid", "msgid", "msg-id", "message-id is", "id", "with id", "in-reply-to", "references", "reference", "id de mensaje", "nachrichten-id", "content-id", "cid", "for message", "message identifier", "邮件id", "メッセージid", "메시지 id"}
	// contactWords make an address that stands behind them one to turn to.
	contactWords = listOf(
		"contact", "kontakt", "contatt", "contat", "please send", "please forward", "please email", "please e-mail", "please write", "write to", "report this", "report to", "forward this", "assistance", "questions", "help", "support", "customer service", "unblock", "unsubscribe", "administrator", "postmaster", "abuse", "webmaster", "copy to", "cc:", "for more information", "more info", "visit", "requests to", "reach us", "email us", "mailto us", "call ", "please use", "new address", "instead", "has moved to", "have moved to", "changed to", "try writing", "by sending", "send an", "send a ", "send mail to", "request to",
		"wenden sie", "an den administrator", "adressez", "écrire à", "póngase", "contacte", "entre em contato", "rivolgersi", "neem contact", "skontaktuj", "обратит", "напишите", "свяжитесь", "зверніться", "başvurun", "お問い合わせ", "問合せ", "联系", "聯絡", "聯繫", "문의",
	)
	// recipientWords stand right in front of an address within a sentence.
	recipientWords = []string{
		"to", "for", "user", "recipient", "address", "mailbox", "account", "recipients", "addresses", "to the", "reach", "email", "e-mail", "member", "inbox of", "mail to", "an", "à", "a", "para", "aan", "do", "для", "на", "adresat", "empfänger", "adresse", "destinataire", "destinatario", "destinatário", "direccion", "dirección", "endereço", "indirizzo", "ontvanger", "адрес", "адресу", "получателю", "пользователь", "пользователю", "usuario", "usuário", "utente", "gebruiker", "utilisateur", "benutzer", "użytkownik", "adresu", "адресат",
	}
)

// weigh tells how much speaks for a mention to be a failed recipient.
func (s *scanner) weigh(mt *mention) int {
	r := s.rows[mt.row]
	before := s.lower[max(r.start, mt.at-maxAround):max(r.start, mt.at)]
	after := strings.TrimLeft(s.lower[mt.end:max(mt.end, min(r.end, mt.end+maxAround))], ">)]\"'` \t")
	score := s.position(mt, before, after)
	if score <= isSender {
		return score
	}
	addr := lowered(mt.addr)
	if strings.Contains(s.own, addr) {
		score -= 3
	}
	if isReporter(addr) {
		score -= 2
	}
	switch {
	case containsFold(s.to, mt.addr) && score > 1:
		score += 2
	case strings.EqualFold(s.from, mt.addr):
		score -= 2
	}
	return score
}

// position weighs what stands in front of an address and behind it.
func (s *scanner) position(mt *mention, before, after string) int {
	label, labelled := cutLabel(before)
	switch {
	case labelled && label != "":
		return s.labelScore(mt, label)
	case strings.Trim(label, bulletSigns) == "" || codesOnly(label) || label == "smtp" || label == "internet":
		return s.leadScore(mt, label, after)
	case endsWithWord(label, []string{"generated by", "generated from"}):
		return 2
	case isName(before, label):
		return s.leadScore(mt, "", after)
	case contactWords.in(lastSentence(label)) || containsAny(after[:min(len(after), 60)], []string{"for assistance", "for help", "for more info", "if you "}):
		return isSender
	case endsWithWord(label, senderLabels) || endsWithWord(label, idLabels):
		return isSender
	}
	score := 0
	switch {
	case len(label) < 40 && !strings.Contains(label, " ") && endsWithWord(label, recipientLabels):
		score = isRecipient // a cell of a table
	case endsWithWord(label, recipientWords):
		score = 2
	}
	whole := before + " " + after
	if failurePhrases.in(whole) || mt.row > 0 && s.failsNear(mt.row-1) || s.failsNear(mt.row+1) {
		score++
	}
	if hasCode(before) {
		score = min(score, 2) // an address inside a quoted reply may be anybody's
	}
	return score
}

// isName reports whether what stands in front of an address in brackets is the
// name of its owner.
func isName(before, label string) bool {
	open := strings.TrimRight(before, " \t")
	if open == "" || strings.IndexByte("<([", open[len(open)-1]) < 0 || len(label) > 60 || strings.Count(label, " ") > 4 || strings.ContainsAny(label, ":;=") {
		return false
	}
	return !failurePhrases.in(label) && !causePhrases.in(label) && !contactWords.in(label) && !endsWithWord(label, senderLabels) && !endsWithWord(label, idLabels) && !endsWithWord(label, recipientWords)
}

// failsNear reports whether line i says that a message did not arrive.
func (s *scanner) failsNear(i int) bool {
	if i < 0 || i >= len(s.rows) {
		return false
	}
	return failurePhrases.in(s.line(i))
}

// maxAround bounds how much of a line is looked at around an address.
const maxAround = 400

// line gives line i in lower case, up to maxAround bytes of it.
func (s *scanner) line(i int) string {
	return s.lower[s.rows[i].start:min(s.rows[i].end, s.rows[i].start+maxAround)]
}

// labelScore weighs an address behind a label and a colon.
func (s *scanner) labelScore(mt *mention, label string) int {
	switch {
	case endsWithWord(label, []string{"rcpt to"}):
		return isRecipient + 1
	case endsWithWord(label, idLabels):
		return isSender - 2
	case label == "to" || label == "an" || label == "à" || label == "para" || label == "a" || label == "aan" || label == "do" || label == "кому" || label == "kime":
		if s.headerBlock(mt.row) {
			return 1
		}
		return isRecipient
	case failurePhrases.in(label), strings.HasSuffix(label, " to"):
		return isRecipient
	case endsWithWord(label, senderLabels):
		return isSender
	case endsWithWord(label, recipientLabels):
		return isRecipient
	case contactWords.in(label):
		return isSender
	case causePhrases.in(label):
		return isRecipient
	}
	return 0
}

// headerBlock reports whether the line stands among lines such as "Subject:",
// which tell of the returned message.
func (s *scanner) headerBlock(i int) bool {
	for j := max(0, i-3); j <= i+3 && j < len(s.rows); j++ {
		line := s.line(j)
		if j != i && hasAnyPrefix(line, []string{"subject:", "from:", "sent:", "date:", "betreff:", "von:", "gesendet:", "objet", "date :", "de :", "envoyé", "asunto:", "de:", "enviado", "assunto:", "oggetto:", "da:", "onderwerp:", "temat:", "тема:", "konu:", "件名", "主题", "主旨", "제목"}) {
			return true
		}
	}
	return false
}

// leadScore weighs an address that its line begins with.
func (s *scanner) leadScore(mt *mention, label, after string) int {
	score := isRecipient
	if hasCode(label) {
		score = 2
	}
	rest := strings.Trim(after, bulletSigns)
	if rest == "" || strings.HasPrefix(rest, "mailto:") {
		return score + s.heading(mt.row)
	}
	if len(rest) > 0 && hasAnyPrefix(rest, []string{"wrote", "writes", "schrieb", "a écrit", "escribió", "escreveu", "ha scritto", "schreef", "napisał", "пишет", "написал", "dated", "様", "さん", "您好", "你好", "님"}) {
		return isSender
	}
	if failurePhrases.in(rest) || causePhrases.in(rest) || hasCode(rest) {
		score++
	}
	return score + min(0, s.heading(mt.row))
}

// heading weighs the line above a list of addresses: the nearest one that
// holds none.
func (s *scanner) heading(i int) int {
	for j := i - 1; j >= 0 && j > i-30; j-- {
		line := s.line(j)
		if s.rows[j].blank(s.text) || strings.Contains(line, "@") {
			continue
		}
		title := strings.TrimRight(line, " :")
		switch {
		case failurePhrases.in(line):
			return 2
		case endsWithWord(title, senderLabels) && len(title) < 40:
			return -6
		case endsWithWord(title, recipientLabels):
			return 1
		case strings.HasSuffix(line, ":") && contactWords.in(line), containsAny(line, []string{"contact", "assistance", "questions", "please send"}):
			return -5
		}
		return 0
	}
	return 0
}

// bulletSigns stand around the items of a list.
const bulletSigns = "<>[](){}\"'`*•·-–—|:=#+,;.‹›«»„“”~_ \t"

// cutLabel takes the signs that open an address off what stands in front of
// it, and says whether a label with a colon is left.
func cutLabel(before string) (label string, labelled bool) {
	label = strings.TrimRight(before, "<[(\"'`{ \t«„“")
	for _, typ := range []string{"smtp:", "rfc822;", "rfc822:", "mailto:", "utf-8;", "internet:"} {
		if rest, ok := strings.CutSuffix(label, typ); ok {
			label = strings.TrimRight(rest, "<[(\"'`{ \t")
		}
	}
	for _, colon := range []string{":", "：", "=>", "=", "->"} {
		if rest, ok := strings.CutSuffix(label, colon); ok {
			rest = strings.TrimRight(rest, " \t")
			return strings.TrimLeft(rest, bulletSigns), true
		}
	}
	return label, false
}

// endsWithWord reports whether s ends with one of the words, as a word of its
// own.
func endsWithWord(s string, words []string) bool {
	s = strings.TrimRight(s, " \t.:\"'<([")
	for _, w := range words {
		if rest, ok := strings.CutSuffix(s, w); ok && (rest == "" || !isWordByte(rest[len(rest)-1]) || w[0] >= 0x80 && w[0] >= 0xe3) {
			return true
		}
	}
	return false
}

// isWordByte reports whether c goes on a word. Bytes outside ASCII do.
func isWordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 0x80 || c == '-' || c == '_'
}

// lastSentence gives what stands behind the last full stop of s.
func lastSentence(s string) string {
	if n := strings.LastIndex(s, ". "); n >= 0 {
		return s[n+1:]
	}
	return s
}

// hasCode reports whether a reply code or an enhanced code stands in s as a
// word.
func hasCode(s string) bool {
	for i := 0; i+3 <= len(s); i++ {
		if (s[i] != '4' && s[i] != '5') || i > 0 && isWordByte(s[i-1]) {
			continue
		}
		switch {
		case s[i+1] == '.' && s[i+2] >= '0' && s[i+2] <= '9' && i+4 < len(s) && (s[i+3] == '.' || s[i+4] == '.'):
			return true
		case s[i+1] >= '0' && s[i+1] <= '9' && s[i+2] >= '0' && s[i+2] <= '9' && (i+3 == len(s) || !isWordByte(s[i+3]) || s[i+3] == '-'):
			return true
		}
	}
	return false
}

// codesOnly reports whether s holds reply codes and signs and no word.
func codesOnly(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= 'a' && c <= 'z' || c >= 0x80 {
			return false
		}
	}
	return true
}
