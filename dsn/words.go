package dsn

import "strings"

// The phrases of this file are in lower case and stand as they do within a
// sentence. Letters outside ASCII are compared as they are, so a phrase leaves
// out a first letter that may be a capital.

// failurePhrases say that a message did not arrive.
var failurePhrases = listOf(
	"not be delivered", "not delivered", "undeliver", "unable to deliver", "unable to send", "failed to deliver", "delivery failed", "delivery failure",
	"delivery has failed", "delivery to the following", "failed permanently", "permanent error", "permanent fatal", "permanent failure", "permanently failed", "permanent delivery",
	"not be forwarded", "fatal error", "did not reach", "not reach the", "not get through", "could not be sent", "couldn't be sent", "cannot be sent", "was not sent", "wasn't delivered", "t be delivered",
	"returned to sender", "returned to you", "return to sender", "being returned", "have been returned", "has been returned", "rejected your", "was rejected", "been rejected", "be rejected", "been refused", "was refused",
	"been blocked", "was blocked", "was denied", "been denied", "bounced", "delivery error", "delivery problem", "delivering your message", "sending your m", "not been delivered",
	" failed:", " failed.", "has failed", "failed recipient", "failed address", "following address", "following recipient", "errors occurred", "error occurred", "could not deliver", "couldn't deliver", "cannot deliver", "can't deliver", "can not deliver",
	"failed to send", "message not delivered", "not received", "did not receive", "non-deliver", "nondeliver", "no longer try", "giving up", "given up", "gave up", "not accepted", "not deliverable", "quarantined", "virus was found", "found a virus", "a virus in", "contained a virus", "contains a virus", "detected a virus", "virus-infected", "infected with", "has been deleted", "was discarded", "been discarded", "prohibited attachment", "not be processed",
	"trouble delivering", "error delivering", "delivering your mail", "delivering your email", "problem delivering", "problems delivering", "delivery attempt", "message has been delayed", "not yet been delivered", "delivery is delayed", "delivery was aborted", "has not delivered", "delivery of the email was stopped", "action on this mail",
	"unzustellbar", "nicht zugestellt", "nicht zustell", "zustellung", "nicht erreich", "zurückgewiesen", "abgelehnt", "fehlgeschlagen", "nicht übermittelt", "nicht versendet", "nicht ausgeliefert",
	"non remis", "n'a pas pu", "n'a pu ", "n’a pas pu", "chec de la remise", "chec de remise", "pas été remis", "pas été distribu", "impossible de remettre", "impossible de livrer", "non distribu", "pas atteint", "être remis", "pas été délivr", "pas pu être",
	"no se pudo", "no se ha podido", "no pudo ser", "no ha podido", "no entreg", "no fue entregado", "error en la entrega", "entrega fallida", "no se puede entregar", "no lleg", "no ha sido entregado",
	"não pôde ser", "não foi entregue", "não entreg", "não foi possível", "nao foi possivel", "falha na entrega", "não pode ser entregue", "nao pode ser entregue", "não pode ser enviad", "não alcan", "nao entreg",
	"non è stato possibile", "non recapit", "mancato recapito", "mancata consegna", "impossibile recapit", "impossibile conseg", "non può essere recapit", "non e' stato possibile", "non è stato recapit", "non è stato consegnat", "recapito non è riuscito",
	"niet afgeleverd", "niet bezorgd", "kon niet worden", "onbestelbaar", "niet worden afgeleverd", "is mislukt", "niet bereikt", "niet worden bezorgd",
	"nie mogła zostać", "nie została dostarcz", "niedostarcz", "nie można dostarczyć", "nie dorę", "nie udało się", "nie mogła być", "nie został dostarcz",
	"не доставлен", "не может быть доставлен", "не удалось доставить", "не удаётся доставить", "не удается доставить", "невозможно доставить", "едоставлен", "не было доставлен", "не была доставлен", "не был доставлен", "озвращен", "шибка доставки",
	"не може бути доставлен", "не вдалося доставити", "неможливо доставити", "не було доставлен",
	"teslim edileme", "nderilemedi", "iletilemedi", "ulaştırılamadı", "teslim edilmedi",
	"nelze doručit", "nebyla doručena", "nedoruč", "být doručena", "nepodařilo", "nebylo doručen",
	"kunde inte levereras", "kunde inte skickas", "inte levererats", "kan inte levereras", "kunne ikke leveres", "ikke leveret", "ikke levert", "kan ikke leveres", "kunne ikke sendes",
	"ei voitu toimittaa", "ei voi toimittaa", "toimitus epäonnistui", "toimittaminen epäonnistui", "nem kézbesíthető", "kézbesíthetetlen", "nem sikerült kézbesít", "kézbesítése sikertelen", "nem lehetett kézbesíteni",
	"配信できま", "送信できま", "届けられま", "届きま", "お届けでき", "配送できま", "配達できま", "送達できま", "配信不能", "配信に失敗", "送信に失敗", "届けすることができま", "送ることができま", "配信され", "送信エラー", "配送エラー", "配信エラー", "送り返", "返送",
	"退信", "退回", "无法投递", "無法投遞", "投递失败", "发送失败", "無法傳送", "无法送达", "無法送達", "未能送达", "未送达", "未送達", "投遞失敗", "退件", "无法发送", "無法傳遞", "无法传递", "發送失敗", "傳送失敗", "无法投送", "递送失败", "未能投递", "不能投递", "拒收",
	"반송", "전송 실패", "전송실패", "배달되지", "전달되지", "발송 실패", "발송실패", "보내지 못", "전송하지 못", "배달할 수 없", "전달할 수 없", "보낼 수 없", "배달하지 못", "전달하지 못", "전송되지",
	"δεν είναι δυνατή", "δεν παραδόθηκε", "nu a putut fi", "nelivra", "לא נמסר", "לא ניתן למסור", "تعذر تسليم", "لم يتم تسليم", "ไม่สามารถ", "không thể gửi", "không gửi được", "tidak dapat dikirim",
)

// causePhrases name a cause, so that the text that holds one is a reason.
var causePhrases = listOf(
	"unknown", "not found", "no such", "does not exist", "doesn't exist", "do not exist", "not exist", "invalid", "not valid", "no mailbox", "not listed", "not recognized", "not known", "unsolicited", "infection", "not our customer", "not a local", "isn't in", "no account", "not have an account", "no longer",
	"disabled", "inactive", "deactivated", "suspended", "expired", "closed", "terminated", "over quota", "overquota", "quota", " full", "exceed", "too large", "too big", "size limit", "storage", "no space", "disk space", "out of space",
	"timed out", "timeout", "time out", "connection refused", "unreachable", "not reachable", "no route", "could not connect", "unable to connect", "not respond", " dns", "mx record", "name server", "mail exchanger",
	"too many hops", "loop", "hop count", "relay", "denied", "not permitted", "not allowed", "not authorized", "unauthorized", "authentication", "authorization", "permission", "restricted", "policy", "spam", "virus", "infected", "blacklist", "block list", "blocklist", "blocked", "blocking", "reputation",
	"refused", "rejected", "not accept", "unavailable", "try again", "temporar", "transient", "attachment", "spf", "dkim", "dmarc", "greylist", "rate limit", "too many", "no valid", "retries", "retry", "could not find", "can't find", "cannot find", "couldn't find", "filter", "certificate", " tls", "mailbox is", "service not", "hostname", "host name", "connection ", "domain name", "no longer with", "abuse", "ambiguous", "not a member", "not subscribed", "moderated", "duplicate",
	"antwortet nicht", "nicht erreichbar", "nicht verfügbar", "ne répond pas", "injoignable", "no responde", "não responde", "non risponde", "reageert niet", "nie odpowiada", "не отвечает", "не відповідає", "недоступ", "yanıt vermiyor", "neodpovídá", "svarar inte", "svarer ikke", "ei vastaa", "nem válaszol", "応答", "接続", "响应", "連線", "连接", "응답", "연결",
	"unbekannt", "existiert nicht", " voll", "gesperrt", "ungültig", "nicht gefunden", "verweigert", "inconnu", "introuvable", "n'existe pas", " plein", "refusé", "refuse ", "rejeté", "rejete", "désactiv", "incorrect", "desconocid", "no existe", "llena", "lleno", "rechaz", "no encontr", "no es válid", "desconhecid", "não existe", "nao existe", "cheia", "rejeit", "inválid", "invalid", "lotad", "não encontr",
	"sconosciut", "non esiste", " piena", " pieno", "è pien", "rifiutat", "respint", "non valid", "inesistente", "onbekend", "bestaat niet", " is vol", "geweigerd", "ongeldig", "nieznan", "nie istnieje", "przepełnion", "pełn", "odrzuc", "nieprawidłow",
	"не существует", "неизвестн", "переполнен", "тклонен", "тклонён", "отсутствует", "не найден", "аблокирован", "отключен", "превышен", "такого", "не існує", "невідом", "переповнен", "ідхилен", "не знайдено", "bulunamadı", "dolu", "reddedil", "geçersiz", "mevcut değil",
	"neexistuje", "odmítnut", "plná", "neznám", "finns inte", "okänd", "avvisad", "findes ikke", "ukendt", "finnes ikke", "ukjent", "afvist", "avvist", "ei ole olemassa", "tuntematon", "nem létezik", "ismeretlen", "betelt", "megtelt",
	"見つかりま", "存在しま", "一杯", "いっぱい", "満杯", "受信拒否", "拒否", "不明", "ありません", "容量", "超え", "超過", "無効", "規制", "不存在", "已满", "已滿", "拒绝", "拒絕", "不可用", "停用", "禁用", "错误", "錯誤", "垃圾", "超过", "超過", "不正确", "无效", "無效", "失败", "失敗", "限制",
	"존재하지", "없는", "없습니다", "초과", "꽉", "가득", "거부", "차단", "휴면", "잘못", "오류", "부족", "실패",
)

// delayPhrases say that a message is late and still being tried.
var delayPhrases = listOf(
	"warning message only", "could not be delivered yet", "temporary problem delivering", "this is a warning", "just a warning", "only a warning", "warning only", "not yet been delivered", "has not been delivered yet", "not been delivered yet", "not yet delivered", "not been able to deliver your message yet",
	"has been delayed", "was delayed", "is delayed", "been delayed", "delivery delayed", "delivery is being delayed", "are delayed", "message delayed", "will be retried", "will keep trying", "will continue to try", "keep trying", "continue trying", "continues to try",
	"will continue to be made", "still trying", "attempts to deliver the message will continue", "attempts will continue", "will try again", "will retry", "try to deliver it again", "will be attempted again", "no action is required on your part", "do not need to resend", "has been postponed", "been queued", "still in the queue", "try to redeliver",
	"wird weiterhin versucht", "wurde verzögert", "verzögerung", "noch nicht zugestellt", "weiterhin versucht", "versucht weiterhin", "noch nicht ausgeliefert", "a été retardé", "est retardé", "retardée", "pas encore été remis", "encore été distribué", "pas encore pu", "tentatives se poursuivent", "se ha retrasado", "se está retrasando", "retrasad", "todavía no se ha", "seguirá intentando", "aún no se ha entregado", "está atrasada", "foi adiada", "ainda não foi entregue", "continuará tentando", "continuaremos tentando", "foi atrasada",
	"è in ritardo", "è stato ritardato", "ritardat", "non è stato ancora", "non è ancora stato", "ulteriori tentativi", "is vertraagd", "vertraging", "nog niet bezorgd", "nog niet afgeleverd", "opóźnion", "nie została jeszcze", "kolejne próby", "задерж", "пока не доставлен", "ещё не доставлен", "еще не доставлен", "ещё не было доставлен", "еще не было доставлен", "попытки доставки будут продолж", "повторные попытки", "затрим", "ще не доставлен", "geciktiril", "gecik", "zpožděn", "dosud nebyla doručena", "försenad", "forsinket", "viivästy", "késleltet", "késedelm",
	"遅延", "遅れて", "再送を試み", "配信を試み", "引き続き", "延迟", "延遲", "尚未送达", "尚未送達", "继续尝试", "繼續嘗試", "지연", "계속 시도", "아직 배달되지",
)

// finalPhrases outweigh words of delay: the report is final all the same.
var finalPhrases = listOf(
	"failed permanently", "permanent error", "permanent fatal", "permanent failure", "giving up", "given up", "gave up", "will not try again", "not going to try again", "will not be retried", "not continue trying", "no further attempts", "no further delivery attempts", "will not retry", "could not be delivered for", "undeliverable",
	"cannot be delivered", "will not try to redeliver", "retry timeout exceeded", "message expired", "endgültig", "définitivement", "definitivamente", "definitivamente", "окончательно",
)

// successPhrases say that a message arrived or was passed on.
var successPhrases = listOf(
	"successfully delivered", "was successfully", "been successfully delivered", "delivered successfully", "successfully relayed", "was delivered to the following", "been delivered to the following", "successful delivery", "delivery was successful", "has been delivered to", "was delivered to", "relayed to the following", "been relayed to", "successfully sent to", "were delivered",
	"erfolgreich zugestellt", "wurde zugestellt", "a été remis", "a bien été", "remis avec succès", "entregado correctamente", "se entregó", "fue entregado", "ha sido entregado", "foi entregue", "entregue com êxito", "entregue com sucesso", "è stato recapitato", "è stato consegnato", "consegnato correttamente", "is afgeleverd", "is bezorgd", "została dostarczona", "успешно доставлен", "было доставлено", "успішно доставлен", "teslim edildi", "正常に配信", "配信されました", "已送达", "已送達", "成功投递", "배달되었습니다", "전송되었습니다",
)

// relayedPhrases say that a message was handed on to a system that gives no
// notice of delivery.
var relayedPhrases = listOf("no delivery notification was sent by the destination", "successfully relayed", "been relayed to", "relayed to the following", "was relayed", "accettato dal sistema ed inoltrato", "the destination server did not send", "keine zustellbenachrichtigung", "aucune notification de remise", "no envió ninguna notificación", "não foi enviada nenhuma notificação")

// containsAny reports whether s holds one of the phrases.
func containsAny(s string, phrases []string) bool {
	for _, p := range phrases {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}

// textAction tells from the words of a report, and its subject, what happened
// to the message: failed, delayed or delivered.
func (m *message) textAction() string {
	if m.action == "" {
		m.action = m.findAction()
	}
	return m.action
}

func (m *message) findAction() string {
	subject := m.lowerSubject
	lower := m.body.lower[:min(len(m.body.lower), 8<<10)]
	switch {
	case delayPhrases.in(subject) || delaySubjects.in(subject):
		return "delayed"
	case relayedPhrases.in(lower) && !containsAny(lower, reallyFailed):
		return "relayed"
	case finalPhrases.in(lower):
		return "failed"
	case delayPhrases.in(lower) && !failureSubjects.in(subject):
		return "delayed"
	case successPhrases.in(lower) && !containsAny(lower, reallyFailed) && !failureSubjects.in(subject):
		return "delivered"
	}
	return "failed"
}

// reallyFailed are words that a notice of success does not have.
var reallyFailed = []string{"not be delivered", "not delivered", "unable to deliver", "failed", "could not", "error", "rejected", "undeliver", "unknown", "except"}

// delaySubjects are words of subjects of delay notices.
var delaySubjects = listOf("(delay)", "delayed", "delay in message", "delay in deliver", "delivery delay", "delay notification", "temporary delivery failure", "still being retried", "still trying", "warning: could not send", "warning: message", "verzögert", "retard", "retras", "atras", "ritard", "vertraagd", "opóźni", "задержк", "затримк", "gecik", "遅延", "延迟", "延遲", "지연")

// failureSubjects are words of subjects that speak of failure, in any
// language.
var failureSubjects = listOf(
	"undeliver", "not delivered", "could not be delivered", "couldn't be delivered", "cannot be delivered", "returned mail", "mail returned", "returned to sender", "return to sender", "returned email", "returned message",
	"delivery failure", "delivery failed", "delivery has failed", "delivery status notification (failure)", "delivery error", "delivery problem", "failure notice", "mail failure", "failed mail", "mail failed", "message failed", "failure notification", "failure delivery", "failed delivery", "non-deliver", "nondeliver", "non delivery",
	"returning message", "user unknown", "unknown user", "mail error", "mail system error", "error sending", "unable to deliver", "message rejected", "mail rejected", "email rejected", "was rejected", "message blocked", "mailbox full", "mailbox is full", "over quota", "overquota", "bounce", "error in delivery", "problem delivering", "failed to deliver", "message not sent", "failed to send", "invalid recipient", "user not found", "recipient not found", "does not exist", "address not found", "could not send", "banned file", "banned content", "suspect attachment", "content violation", "attachment blocked", "blocked attachment", "attachment removed", "mailserver notification", "message quarantined", "not accepted",
	"unzustellbar", "nicht zugestellt", "zustellung fehlgeschlagen", "nicht zustellbar", "unzustellbare", "zustellungsfehler", "fehlgeschlagene zustellung", "non remis", "non distribu", "chec de la remise", "chec de remise", "chec de l'envoi", "non délivr", "erreur de remise", "message rejeté", "no se puede entregar", "no se pudo entregar", "no entreg", "entrega fallida", "error de entrega", "mensaje devuelto", "correo devuelto", "fallo en la entrega", "devuelto",
	"não entreg", "não é possível entregar", "falha na entrega", "não foi possível entregar", "mensagem devolvida", "falha de entrega", "devolvid", "erro no envio", "não pode ser entregue", "non recapit", "mancato recapito", "mancata consegna", "errore di consegna", "consegna fallita", "notifica di mancat", "onbestelbaar", "niet afgeleverd", "niet bezorgd", "aflevering mislukt", "niet bestelbaar", "niedostarcz", "nie można dostarczyć", "zwrot", "nie dorę", "niedoręcz", "błąd dostarcz", "nieudane dostarcz",
	"недоставлен", "не доставлен", "не удается доставить", "не удаётся доставить", "не удалось доставить", "ошибка доставки", "невозможно доставить", "возврат", "не може бути доставлен", "не вдалося доставити", "неможливо доставити", "помилка доставки", "teslim edileme", "iletilemedi", "gönderilemedi", "teslim edilmedi", "nedoruč", "nelze doručit", "nie je možné doručiť", "kan inte levereras", "ej leverer", "olevererbar", "kunde inte levereras", "kan ikke leveres", "ikke lever", "ei voi toimittaa", "toimittamaton", "toimitus epäonnistui", "kézbesíthetetlen", "nem kézbesíthető", "sikertelen", "nu se poate livra", "nelivra", "δεν είναι δυνατή η παράδοση", "ανεπίδοτο",
	"配信不能", "配信できません", "送信できません", "未配信", "配信エラー", "メールエラー", "送信エラー", "エラー通知", "返送", "届きません", "宛先不明", "未送达", "无法送达", "無法送達", "无法传递", "無法傳遞", "未傳遞", "退信", "退件", "投递失败", "投遞失敗", "发送失败", "無法投遞", "无法投递", "發送失敗", "배달되지", "배달할 수 없", "반송", "전송 실패", "발송 실패", "전송실패", "발송실패", "전달되지", "undelivr", "not deliverable", "non-remise", "unzustellbare",
)

// filterSubjects are words of subjects in which filters tell what they stopped,
// and in which people write about such things.
var filterSubjects = listOf("virus", "infected", "sensitive content", "unsolicited bulk", "policy violation", "spam detected")
