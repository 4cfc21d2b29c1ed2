package dsn

import "strings"

// deliveryKind gives the kind of a report on delivery by what happened to its
// recipients: a failure outweighs a delay, a delay a success.
func (m *message) deliveryKind(r *Report) Kind {
	kind := KindSuccess
	if len(r.Recipients) == 0 {
		return KindFailure
	}
	for i := range r.Recipients {
		switch c := &r.Recipients[i]; c.Action {
		case "failed":
			return KindFailure
		case "delayed":
			kind = KindDelay
		case "delivered", "relayed", "expanded":
		default:
			switch c.Status.Class {
			case 4:
				kind = KindDelay
			case 2:
			default:
				return KindFailure
			}
		}
	}
	return kind
}

// readOther names a message that says nothing about delivery. An answer is from
// the one whom the original was for, so that its sender is the recipient.
func (m *message) readOther(r *Report) {
	switch {
	case m.isReceipt():
		m.readReceipt(r)
		return
	case m.isChallenge():
		r.Kind = KindChallenge
	case m.isAutoreply():
		r.Kind = KindAutoreply
	default:
		r.Kind = KindOther
		return
	}
	m.answeredBy(r)
}

// answeredBy takes the sender of an automatic answer for the recipient.
func (m *message) answeredBy(r *Report) {
	f := m.header.field("From")
	if f == nil {
		return
	}
	if addr, _, _ := nextAddress(decodeWords(unfold(f.value)), 0); addr != "" {
		r.Recipients = []Recipient{{Final: addr, explanation: place{line: f.line, field: f.name}}}
	}
}

// reportSenders are local parts and names that reports are sent from, in lower
// case.
var reportSenders = listOf(
	"mailer-daemon", "mailer_daemon", "mailerdaemon", "mailer daemon", "maildaemon", "mail-daemon", "mail daemon", "mailer.daemon", "mdaemon", "postmaster", "post_master", "post-master", "postmast", "poostmaster",
	"mail delivery", "maildelivery", "mail-delivery", "mail.delivery", "mail deliver", "delivery subsystem", "delivery system", "delivery agent", "delivery service", "mail system", "mailsystem", "mail-system", "system administrator", "systemadministrator", "bounce-notification", "mail administrator", "mailadmin", "mail server", "mailserver", "smtp server", "mail router", "mail gateway",
	"delivery notification", "delivery status", "delivery report", "undeliver", "non-delivery", "returned mail", "microsoft outlook", "microsoftexchange", "microsoft exchange", "internet mail service", "internet mail delivery", "smtp mail", "smtp32", "mailbot", "bounced", "bounce-", "bounces@", "bounce@", "mta@", "symantec_antivirus", "symantec_mail", "mail_security", "mail security", "posta-certificata@", "mail_system", "mailer@", "mail-admin", "emailadmin", "listserv", "majordomo", "mailman", "list server", "sympa", "mailmarshal", "mailsweeper", "scanmail", "interscan", "virus scanner", "content filter", "content-filter",
	"daemon@", "системный администратор", "администратор почты", "systemadministrator", "administrateur système", "administrador del sistema", "administrador do sistema", "amministratore di sistema", "systeembeheerder", "administrator systemu", "sistem yöneticisi", "システム管理者", "系统管理员", "系統管理員", "시스템 관리자", "postarchiv",
)

// reportScore tells how much speaks for a message to be a report about
// delivery: senders and subjects that reports have, an empty return path, and
// words of failure in the text. From minReport on the text is worth a scan.
func (m *message) reportScore() int {
	score := m.textScore()
	if m.bare {
		return score
	}
	if m.fromReporter() {
		score += 3
	}
	if strings.TrimSpace(m.header.get("Return-Path")) == "<>" {
		score++
	}
	if m.header.field("X-Failed-Recipients") != nil {
		score += 4
	}
	if f := m.header.field("Content-Type"); f != nil {
		if v := lowered(f.value); strings.Contains(v, "multipart/report") && !strings.Contains(v, "disposition") {
			score += 2
		}
	}
	subject := m.lowerSubject
	if failureSubjects.in(subject) || hasAnyPrefix(subject, []string{"failed:", "failed ", "failure:", "error:"}) {
		score += 2
		if causePhrases.in(m.body.lower[:min(len(m.body.lower), 2<<10)]) {
			score++
		}
	} else if delaySubjects.in(subject) || noticeSubjects.in(subject) {
		score += 2
	} else if filterSubjects.in(subject) && (score > 1 || m.fromReporter()) {
		score += 3
	}
	return score - m.otherScore(subject)
}

// minReport is the least reportScore of a report.
const minReport = 4

// noticeSubjects are words of subjects of reports that need not be about a
// failure.
var noticeSubjects = listOf("delivery status", "delivery notification", "delivery report", "message status", "mail delivery", "message delivery", "mail status", "zustellbericht", "zustellstatus", "rapport de remise", "notification d'état", "notificación de estado", "status da entrega", "notifica sullo stato", "consegna:", "accettazione:", "bezorgingsstatus", "raport doręczenia", "отчет о доставке", "уведомление о доставке", "配信状況", "配信通知", "投递状态", "傳遞狀態", "배달 상태")

// textScore weighs the words of the text.
func (m *message) textScore() int {
	lower := m.body.lower[:min(len(m.body.lower), 6<<10)]
	score := 0
	if failurePhrases.in(lower) || delayPhrases.in(lower) || successPhrases.in(lower) || relayedPhrases.in(lower) {
		score += 2
	}
	if hasCode(lower) && quotedCode(m.body.text[:len(lower)]) {
		score += 2
	}
	if openings.in(lower) {
		score++
	}
	return score
}

// otherScore weighs what reports do not have: the header fields of mailing
// lists and of answers to a message.
func (m *message) otherScore(subject string) int {
	score := 0
	for _, name := range []string{"List-Id", "List-Post", "List-Unsubscribe", "Mailing-List", "X-Mailing-List", "X-BeenThere", "X-Campaign", "X-Mailchimp-Campaign", "Feedback-ID"} {
		if m.header.field(name) != nil {
			score += 4
			break
		}
	}
	if otherSubjects.in(subject) && !m.fromReporter() {
		score += 4
	}
	if m.answers() || hasAnyPrefix(subject, autoreplySubjects) {
		score += 4
	}
	if hasAnyPrefix(subject, []string{"re:", "aw:", "sv:", "antw:", "odp:", "rv:", "ref:"}) && (m.header.field("In-Reply-To") != nil || m.header.field("Return-Path") != nil && m.fromPerson()) {
		score += 2
	}
	return score
}

// otherSubjects are words of subjects in which shops, banks and services tell
// of other failures than those of mail.
var otherSubjects = listOf(
	"your payment", "your parcel", "your package", "your shipment", "your order", "your transaction", "your transfer", "your application", "your invoice was", "your card", "mentioned you", "commented on", "assigned to you", "pull request", "pipeline #", "build failed", "build #", "failed login", "login failed", "sign-in", "backup job", "missed delivery", "delivery attempt of", "courier", "your booking", "your reservation",
	"ihr paket", "ihre sendung", "ihre bestellung", "ihre zahlung", "votre colis", "votre commande", "votre paiement", "su paquete", "su pedido", "su pago", "sua encomenda", "seu pedido", "il tuo pacco", "il tuo ordine", "uw pakket", "uw bestelling", "twoja przesyłka", "ваш заказ", "ваша посылка",
)

// imitates reports whether m only looks like a bounce: the mail of worms and of
// thieves that borrow its form to have an attachment or a link opened.
func (m *message) imitates() bool {
	for i := range m.parts {
		p := &m.parts[i]
		if isOriginalPart(p) {
			break
		}
		if name := lowered(p.name); name != "" && hasAnySuffix(name, []string{".exe", ".scr", ".pif", ".bat", ".cmd", ".com", ".zip", ".rar", ".7z", ".iso", ".htm", ".html", ".js", ".vbs", ".docm", ".img"}) && p.typ != "text/html" {
			return !hasCode(m.body.lower)
		}
	}
	return m.body.has("release your messages", "release your pending", "release messages", "pending messages", "incoming messages", "messages on hold", "click here to release", "retrieve your messages", "retrieve messages", "upgrade your mailbox", "verify your mailbox", "re-validate", "revalidate your", "keep your current password", "password expires", "messages were not delivered to you", "blocked messages") &&
		m.body.has("click", "http", "login", "log in", "button") && !hasCode(m.body.lower)
}

func hasAnySuffix(s string, list []string) bool {
	for _, p := range list {
		if strings.HasSuffix(s, p) {
			return true
		}
	}
	return false
}

// looksLikeReport reports whether a message is surely or likely a report.
// Whoever pastes a text means it to be one.
func (m *message) looksLikeReport() bool {
	if m.likely == unasked {
		m.likely = no
		if score := m.reportScore(); score >= minReport || m.bare && (score >= 2 || m.namesRecipient()) {
			m.likely = yes
		}
	}
	return m.likely == yes
}

// fromReporter reports whether the sender is one that reports come from.
func (m *message) fromReporter() bool {
	from := m.lowerFrom
	return reportSenders.in(from) || from == "<>"
}

// namesRecipient reports whether a short text names an address where failed
// recipients stand, with a cause.
func (m *message) namesRecipient() bool {
	if len(m.body.text) > 4096 || !causePhrases.in(m.body.lower) {
		return false
	}
	for _, mt := range m.scanner().mentions() {
		if mt.score >= isRecipient {
			return true
		}
	}
	return false
}
