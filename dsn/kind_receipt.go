package dsn

import "strings"

// notification gives the disposition-notification part (RFC 8098), or nil.
func (m *message) notification() *part {
	for i := range m.parts {
		if m.parts[i].typ == "message/disposition-notification" {
			return &m.parts[i]
		}
		if isOriginalPart(&m.parts[i]) {
			return nil
		}
	}
	return nil
}

// isReceipt reports whether m is a disposition notification, or one of the
// read receipts that mail programs write as plain text.
func (m *message) isReceipt() bool {
	if m.notification() != nil {
		return true
	}
	if f := m.header.field("Content-Type"); f != nil && strings.Contains(lowered(f.value), "disposition-notification") {
		return true
	}
	subject := m.lowerSubject
	return hasAnyPrefix(subject, receiptSubjects) && m.body.has(receiptWords...)
}

// readReceipt reads a disposition notification that tells of no refusal.
func (m *message) readReceipt(r *Report) {
	r.Kind, r.Format = KindReceipt, "mdn"
	p := m.notification()
	if p == nil {
		m.answeredBy(r)
		return
	}
	h, _ := m.in.fields.readHeader(strings.TrimLeft(p.content(), "\n"), p.line)
	f := h.field("Final-Recipient")
	if f == nil {
		m.answeredBy(r)
		return
	}
	r.Recipients = []Recipient{{
		Final: typedAddress(unfold(f.value)), Original: typedAddress(h.get("Original-Recipient")),
		explanation: place{line: f.line, part: p.label(), field: f.name},
	}}
}

// receiptSubjects are how the subjects of read receipts begin; receiptWords are
// what they say, both in lower case.
var (
	receiptSubjects = []string{
		"read:", "not read:", "read receipt", "return receipt", "receipt:", "disposition notification", "message read", "gelesen:", "ungelesen:", "nicht gelesen", "lesebestätigung", "empfangsbestätigung", "lu :", "lu:", "lu ", "non lu", "accusé de ", "leído:", "no leído", "lido:", "não lido", "confirmação de leitura", "letto:", "non letto", "conferma di lettura", "ricevuta di ", "gelezen:", "niet gelezen", "leesbevestiging",
		"przeczytane:", "przeczytano:", "potwierdzenie odczytu", "прочтено:", "прочитано:", "подтверждение прочтения", "уведомление о прочтении", "прочитано", "okundu:", "přečteno:", "läst:", "läskvitto", "læst:", "lest:", "luettu:", "elolvasva:", "開封済み", "開封確認", "已读", "已讀", "읽음", "수신확인",
	}
	receiptWords = []string{
		"was read on", "was displayed", "has been displayed", "was deleted without being read", "was opened", "been read", "was received by", "has been received by", "return receipt", "no guarantee that the", "this receipt", "read receipt", "was read", "gelesen", "angezeigt", "affiché", "a été lu", "lu le", "leíd", "mostrad", "lid", "exibid", "lett", "visualizzat", "gelezen", "weergegeven", "odczytan", "przeczytan", "прочитан", "прочтен", "прочтён", "отображ", "okundu", "přečten", "läst", "læst", "lest", "luettu", "elolvas", "開封", "表示", "已读", "已讀", "阅读", "閱讀", "읽",
	}
)

// refusalWords say in a disposition notification that the message was not
// taken at all.
var refusalWords = []string{
	"automatically rejected", "was rejected", "been rejected", "is rejected", "rejected by", "refused", "quota exceeded", "over quota", "mailbox is full", "mailbox full", "could not be delivered", "not be delivered", "cannot be delivered", "was not delivered", "does not exist", "user unknown", "blocked", "automatisch abgewiesen", "abgelehnt", "refusé", "rejeté", "rechazad", "rejeitad", "respint", "geweigerd", "odrzucon", "тклонен", "ідхилен", "reddedil",
}

// isRefusal reports whether a disposition notification says that the message
// was refused: Sieve's reject (RFC 5429 section 2.1.2) may be sent as one.
func (m *message) isRefusal() bool {
	p := m.notification()
	if p == nil || strings.Contains(lowered(p.content()), "displayed") {
		return false
	}
	return m.body.has(refusalWords...)
}

// readRefusal reads a refusal in the form of a disposition notification.
func (m *message) readRefusal(r *Report) {
	p := m.notification()
	h, _ := m.in.fields.readHeader(strings.TrimLeft(p.content(), "\n"), p.line)
	c := Recipient{
		Final: typedAddress(h.get("Final-Recipient")), Original: typedAddress(h.get("Original-Recipient")), Action: "failed",
		action: place{line: p.line, part: p.label(), field: "Disposition"},
	}
	r.Format = "mdn"
	r.ReportingMTA, _, _ = strings.Cut(h.get("Reporting-UA"), ";")
	s := m.scanner()
	at := 0
	for _, intro := range []string{"was automatically rejected:", "reason was given:", "following reason:", "automatically rejected:"} {
		if n := strings.Index(m.body.lower, intro); n >= 0 {
			at = n + len(intro)
			break
		}
	}
	if text, start, _ := paragraphAt(m.body.text, at); at > 0 && text != "" {
		c.Diagnostic, c.reply = clip(text), m.body.at(start)
		c.Explanation, c.explanation = s.best().text, c.reply
		if c.Explanation == "" || strength(c.Explanation) < 2 {
			head, begin, _ := paragraphAt(m.body.text, at-1)
			c.Explanation, c.explanation = clip(head), m.body.at(begin)
		}
	} else {
		why := s.reason(mention{row: -1}, len(s.text))
		c.Diagnostic, c.reply = why.text, m.body.at(why.at)
	}
	if c.Final == "" {
		c.Final, _, _ = nextAddress(m.body.text, 0)
	}
	c.finish()
	r.Recipients = []Recipient{c}
	r.Kind = KindFailure
}
