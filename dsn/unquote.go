package dsn

import (
	"slices"
	"strings"
)

// quotation is a message that a person quoted or forwarded in the text. It has
// one line for each line of the text from at on, so that places can be told;
// else lines says for each of its lines which one it is, from 0.
type quotation struct {
	text  string
	at    int // offset in the body's text with what was cut off it
	lines []int
}

// quotations gives the messages that may be quoted in the text, the likeliest
// first: lines behind quoting marks, what follows a line such as "Begin
// forwarded message:", and what follows a block of "From:, Sent:, To:,
// Subject:" lines, as Outlook writes in front of what it forwards.
func (b *body) quotations() []quotation {
	whole := b.text + b.original
	var out []quotation
	if strings.IndexByte(whole, '>') >= 0 || strings.Contains(whole, "| ") {
		if q := quotedLines(whole); q.text != "" {
			out = append(out, q)
		}
	}
	marks := 0
	for pos := 0; pos < len(whole) && marks < 4; {
		end, next := lineAt(whole, pos)
		line := whole[pos:end]
		switch {
		case isForwardMark(line):
			marks++
			out = append(out, quotation{text: forwardedText(whole[next:]), at: next})
		case pos > 0 && mayBeginBlock(line):
			if n := headerBlockAt(whole[pos:]); n >= 3 {
				marks++
				out = append(out, quotation{text: forwardedText(whole[pos:]), at: pos})
				_, next = skipLines(whole, pos, n)
			}
		}
		pos = next
	}
	return out
}

// skipLines gives the start of the line n lines behind pos.
func skipLines(s string, pos, n int) (int, int) {
	start := pos
	for ; n > 0 && pos < len(s); n-- {
		_, pos = lineAt(s, pos)
	}
	return start, pos
}

// forwardMarks are lines behind which a mail program puts a forwarded message,
// in lower case.
var forwardMarks = []string{
	"forwarded message", "begin forwarded message", "forwarded by", "forwarded mail", "original message", "original email", "inline forwarded", "fwd:", "start of forwarded",
	"weitergeleitete nachricht", "anfang der weitergeleiteten", "ursprüngliche nachricht", "originalnachricht", "original-nachricht", "message transféré", "message transmis", "début du message", "message d'origine", "message original", "courriel original", "mensaje reenviado", "inicio del mensaje", "mensaje original", "mensagem encaminhada", "início da mensagem", "mensagem original",
	"messaggio inoltrato", "inizio messaggio inoltrato", "messaggio originale", "doorgestuurd bericht", "begin doorgestuurd", "oorspronkelijk bericht", "przekazana wiadomość", "wiadomość przekazana", "wiadomość oryginalna", "oryginalna wiadomość", "пересылаемое сообщение", "пересланное сообщение", "переадресованное сообщение", "исходное сообщение", "начало переадресованного", "переслане повідомлення", "початок пересланого", "оригінальне повідомлення", "iletilen mesaj", "iletilen ileti", "özgün ileti", "orijinal mesaj", "přeposlaná zpráva", "původní zpráva", "vidarebefordrat", "ursprungligt meddelande", "videresendt", "videresendt besked", "oprindelig meddelelse", "opprinnelig melding", "välitetty viesti", "alkuperäinen viesti", "továbbított üzenet", "eredeti üzenet",
	"転送されたメッセージ", "転送メッセージ", "転送メール", "元のメッセージ", "转发的邮件", "转发邮件", "转发信息", "原始邮件", "轉寄的郵件", "轉寄郵件", "原始郵件", "원본 메시지", "전달된 메시지", "전달된 메일", "원본메일", "original メッセージ",
}

// isForwardMark reports whether a line says that a forwarded message follows.
func isForwardMark(line string) bool {
	line = strings.Trim(line, " \t-_=>*:#|.~")
	if len(line) < 5 || len(line) > 90 {
		return false
	}
	return hasAnyPrefix(lowered(line), forwardMarks)
}

// forwardedText is the text of a forwarded message whose header fields, if it
// begins with some, are given their English names, so that it reads as a
// message. Lines keep their numbers.
func forwardedText(s string) string {
	lead := 0
	for lead < len(s) {
		end, next := lineAt(s, lead)
		if strings.Trim(s[lead:end], " \t-_>*") != "" {
			break
		}
		lead = next
	}
	n := headerBlockAt(s[lead:])
	if n < 2 {
		return s
	}
	var b strings.Builder
	b.WriteString(strings.Repeat("\n", strings.Count(s[:lead], "\n")))
	pos := lead
	for ; n > 0; n-- {
		end, next := lineAt(s, pos)
		name, value := headerLine(s[pos:end])
		if name == "" {
			b.WriteString(" " + strings.TrimSpace(s[pos:end]) + "\n")
		} else {
			b.WriteString(name + ": " + value + "\n")
		}
		pos = next
	}
	if rest := s[pos:]; strings.HasPrefix(rest, "\n") {
		b.WriteString(rest)
	} else {
		b.WriteString("\n" + rest)
	}
	return b.String()
}

// mayBeginBlock is a cheap test for the first line of such a block.
func mayBeginBlock(line string) bool {
	return len(line) > 4 && len(line) < 300 && (strings.IndexByte(line, ':') > 0 || strings.Contains(line, "："))
}

// headerBlockAt counts the lines of the block of header fields that s begins
// with: at least a sender, and a date or a subject, in any language. It gives
// 0 where there is none.
func headerBlockAt(s string) int {
	lines, from, other := 0, false, 0
	for pos := 0; pos < len(s) && lines < 14; {
		end, next := lineAt(s, pos)
		line := s[pos:end]
		name, _ := headerLine(line)
		switch {
		case name == "From":
			from = true
		case name != "":
			other++
		case lines > 0 && strings.TrimSpace(line) != "" && (line[0] == ' ' || line[0] == '\t'):
			// a folded field
		default:
			if from && other >= 1 {
				return lines
			}
			return 0
		}
		lines++
		pos = next
	}
	if from && other >= 1 {
		return lines
	}
	return 0
}

// headerLine reads a line such as "Von: Mail Delivery System", and gives the
// English name of the field; "" where it is none.
func headerLine(line string) (name, value string) {
	line = strings.Trim(line, " \t>*")
	i := strings.IndexByte(line, ':')
	width := 1
	if j := strings.Index(line, "："); j >= 0 && (i < 0 || j < i) {
		i, width = j, len("：")
	}
	if i <= 0 || i > 40 {
		return "", ""
	}
	key := lowered(strings.Trim(line[:i], " \t*\u00a0"))
	for _, f := range fieldNames {
		if slices.Contains(f.names, key) {
			return f.field, strings.Trim(line[i+width:], " \t*")
		}
	}
	return "", ""
}

// fieldNames are the names that mail programs give to header fields.
var fieldNames = []struct {
	field string
	names []string
}{
	{"From", []string{"from", "von", "de", "da", "van", "od", "от", "від", "від кого", "от кого", "gönderen", "kimden", "från", "fra", "lähettäjä", "feladó", "差出人", "送信者", "发件人", "發件人", "寄件者", "寄件人", "보낸 사람", "보낸사람", "expéditeur", "remitente", "mittente", "afzender", "odesílatel", "από", "de la", "מאת", "من"}},
	{"Subject", []string{"subject", "betreff", "objet", "asunto", "assunto", "oggetto", "onderwerp", "temat", "тема", "konu", "ämne", "emne", "aihe", "tárgy", "předmět", "件名", "主题", "主題", "主旨", "제목", "θέμα", "subiect", "נושא", "الموضوع", "predmet"}},
	{"Date", []string{"date", "sent", "gesendet", "datum", "gesendet am", "envoyé", "envoyé le", "date d'envoi", "fecha", "enviado", "enviado el", "data", "enviada em", "enviado em", "inviato", "verzonden", "wysłano", "data wysłania", "дата", "отправлено", "дата отправки", "надіслано", "gönderme tarihi", "gönderildi", "tarih", "skickat", "sendt", "lähetetty", "päivämäärä", "elküldve", "dátum", "odesláno", "日付", "送信日時", "日時", "发送时间", "日期", "時間", "时间", "寄件日期", "傳送日期", "보낸 날짜", "날짜", "보낸날짜", "ημερομηνία"}},
	{"To", []string{"to", "an", "à", "a", "para", "aan", "do", "кому", "kime", "till", "til", "vastaanottaja", "címzett", "komu", "宛先", "收件人", "收件者", "받는 사람", "받는사람", "destinataire", "προς", "către"}},
	{"Cc", []string{"cc", "kopie", "copie", "copia", "kopia", "копия", "копія", "bilgi", "ccn", "抄送", "副本", "참조"}},
	{"Reply-To", []string{"reply-to", "antwort an", "répondre à", "responder a", "rispondi a"}},
	{"Message-ID", []string{"message-id"}},
	{"Return-Path", []string{"return-path"}},
	{"Received", []string{"received"}},
	{"MIME-Version", []string{"mime-version"}},
	{"Content-Type", []string{"content-type"}},
	{"Content-Transfer-Encoding", []string{"content-transfer-encoding"}},
	{"X-Failed-Recipients", []string{"x-failed-recipients"}},
	{"Auto-Submitted", []string{"auto-submitted"}},
	{"Importance", []string{"importance", "wichtigkeit", "priority", "attachments", "anlagen", "pièces jointes"}},
}

// quotedLines takes the quoting marks off the lines that have some. The marks
// that all of them share go in one step; deeper ones are left for the next
// round. A line between two quoted ones that lost its mark by wrapping stays.
func quotedLines(s string) quotation {
	first, level, n := quotedBlock(s)
	if n < 3 {
		return quotation{}
	}
	q := quotation{at: first}
	var b []byte
	open := false // the line before is quoted, or goes on one that is
	long := false // and so long that a mail program may have wrapped it
	gap := false
	for pos, n := first, 0; pos < len(s); n++ {
		end, next := lineAt(s, pos)
		line := s[pos:end]
		pos = next
		marks, rest := cutMarks(line, level)
		switch {
		case marks > 0:
			if gap && len(q.lines) > 0 {
				b = append(b, '\n')
				q.lines = append(q.lines, n-1)
			}
			b = append(append(b, rest...), '\n')
			q.lines = append(q.lines, n)
			open, gap, long = strings.TrimSpace(rest) != "", false, len(line) > 40
		case open && long && strings.TrimSpace(line) != "":
			// Its mark was lost by wrapping: it goes on the line before.
			b[len(b)-1] = ' '
			b = append(append(b, strings.TrimSpace(line)...), '\n')
		default:
			open, gap = false, true
		}
	}
	q.text = string(b)
	return q
}

// quotedBlock gives the first quoted line's offset, how many marks all quoted
// lines share, and how many lines are quoted.
func quotedBlock(s string) (first, level, n int) {
	first, level = -1, 0
	for pos := 0; pos < len(s); {
		end, next := lineAt(s, pos)
		marks, rest := cutMarks(s[pos:end], 20)
		// Transcripts of sessions have ">>> RCPT TO" lines of their own.
		session := marks >= 3 && strings.HasPrefix(strings.TrimLeft(s[pos:end], " \t"), ">>> ")
		if marks > 0 && !session {
			if first < 0 {
				first = pos
			}
			if strings.TrimSpace(rest) != "" || level == 0 {
				if level == 0 || marks < level {
					level = marks
				}
				n++
			}
		}
		pos = next
	}
	return first, max(level, 1), n
}

// cutMarks takes at most limit quoting marks off a line.
func cutMarks(line string, limit int) (n int, rest string) {
	rest = line
	for n < limit {
		trimmed := strings.TrimLeft(rest, " \t")
		if n > 0 && len(rest)-len(trimmed) > 1 {
			break // a mark of the quoted text itself, far to the right
		}
		switch {
		case strings.HasPrefix(trimmed, ">"):
			rest = trimmed[1:]
		case strings.HasPrefix(trimmed, "| ") || trimmed == "|":
			rest = trimmed[1:]
		default:
			if n > 0 {
				return n, strings.TrimPrefix(rest, " ")
			}
			return 0, line
		}
		n++
	}
	return n, strings.TrimPrefix(rest, " ")
}
