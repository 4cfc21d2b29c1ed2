package dsn

import "strings"

// originalMarks are lines behind which a text report returns the message, in
// lower case. A line counts where it holds the words and little else.
var originalMarks = []string{
	"this is a copy of the message",
	"this is a copy of your message",
	"below this line is a copy of the message",
	"below this line is a copy of your message",
	"original message follows",
	"original message header",
	"original message headers",
	"original headers follow",
	"the headers of the original message",
	"the header of the original message",
	"headers of the original message",
	"header of the original message",
	"your message headers",
	"unsent message follows",
	"unsent message below",
	"unsent message is below",
	"undelivered message follows",
	"returned message follows",
	"returned mail follows",
	"old message",
	"the original message was",
	"original message text",
	"text of your message follows",
	"start of the original message",
	"start of your message",
	"beginning of the original message",
	"failed message follows",
	"rejected message follows",
	"copy of the original message",
	"copy of your message",
	"copy of the message follows",
	"contents of your mail",
	"original message attached",
	"message text follows",
	"message header follows",
	"message headers follow",
	"message contents follow",
	"returned text follows",
	"returned message below",
	"undelivered-message headers",
	"included is a copy of the message header",
	"a copy of the original message",
	"the first 50 lines of the original message",
	"original message:",
	"original message",
	"original mail",
	"original-message",
	"header of message",
	"headers of message",
	"transcript of message",
	"transcript of original message",
	"mail message header",
	"enclosed is the header",
	"received header of",
	"原文", "元のメール", "原始邮件", "原始郵件", "원본 메시지", "ursprüngliche nachricht", "message d'origine", "mensaje original", "mensagem original", "messaggio originale", "oorspronkelijk bericht", "исходное сообщение",
}

// originalIndex finds the marks.
var originalIndex = listOf(originalMarks...)

// cutOriginal cuts the returned message off the text and keeps it apart. It
// fills in the lowered text as well.
func (b *body) cutOriginal(room *fieldStore) {
	text := b.text
	b.lower = lowerASCII(text)
	last := lastMailField(text)
	if last < 0 {
		return
	}
	for pos := 0; pos <= last; {
		end, next := lineAt(text, pos)
		line := text[pos:end]
		if pos > 0 && (isOriginalMark(b.lower[pos:end]) && headerFollows(text[next:]) || startsOriginal(text, pos, line, room)) {
			b.original = text[pos:]
			b.text, b.lower = text[:pos], b.lower[:pos]
			return
		}
		pos = next
	}
}

// lastMailField gives the offset of the last line that is a header field of a
// message, or -1: behind it no returned message can begin.
func lastMailField(text string) int {
	last := -1
	for pos := 0; pos < len(text); {
		end, next := lineAt(text, pos)
		if line := withoutMarks(text[pos:end]); line != "" && mailFieldStarts[line[0]] {
			if name, _, ok := cutField(line); ok && isMailField(name) {
				last = pos
			}
		}
		pos = next
	}
	return last
}

// withoutMarks takes quoting marks and blanks off the start of a line.
func withoutMarks(line string) string {
	i := 0
	for i < len(line) && (line[i] == '>' || line[i] == ' ' || line[i] == '|' || line[i] == '\t') {
		i++
	}
	return line[i:]
}

// isOriginalMark reports whether a line, in lower case, announces the returned
// message.
func isOriginalMark(line string) bool {
	if len(line) < 6 || len(line) > 150 || !originalIndex.in(line) {
		return false
	}
	line = strings.Trim(line, " \t-*=_#>:.")
	if strings.HasPrefix(line, "the original message was received") || strings.Contains(line, "did not receive a copy") {
		return false // Sendmail begins its report so, MDaemon its list
	}
	for _, mark := range originalMarks {
		if i := strings.Index(line, mark); i >= 0 && (i < 30 || len(line) < 80) {
			return true
		}
	}
	return false
}

// headerFollows reports whether header fields of a message stand within the
// next few lines.
func headerFollows(s string) bool {
	fields := 0
	for n, pos := 0, 0; n < 12 && pos < len(s); n++ {
		end, next := lineAt(s, pos)
		line := withoutMarks(s[pos:end])
		if name, _, ok := cutField(line); ok && isMailField(name) {
			fields++
		}
		if fields >= 1 && foldPrefix(line, "received:") || fields >= 2 {
			return true
		}
		pos = next
	}
	return false
}

// startsOriginal reports whether a returned message begins at pos without any
// mark: a Received or Return-Path field behind a blank line, with more fields.
func startsOriginal(text string, pos int, line string, room *fieldStore) bool {
	if pos < 1 || line == "" || !mailFieldStarts[line[0]] {
		return false
	}
	name, _, ok := cutField(line)
	if !ok || !isMailField(name) || strings.EqualFold(name, "To") || strings.EqualFold(name, "Date") || strings.EqualFold(name, "Subject") || !blankBefore(text, pos) {
		return false
	}
	strong := strings.EqualFold(name, "Received") || strings.EqualFold(name, "Return-Path")
	first := len(*room)
	h, _ := room.readHeader(text[pos:min(len(text), pos+4096)], 1)
	n := 0
	for i := range h {
		if isMailField(h[i].name) {
			n++
		}
	}
	*room = (*room)[:first] // the next line may ask again
	return strong && n >= 2 || n >= 4
}

// blankBefore reports whether the line in front of pos is empty, a rule of
// hyphens and the like, or a title within one ("--- End Transcript ---").
func blankBefore(text string, pos int) bool {
	start := strings.LastIndexByte(text[:max(0, pos-1)], '\n') + 1
	line := strings.TrimSpace(text[start:pos])
	return strings.Trim(line, "-=_*") == "" || strings.HasPrefix(line, "---") && strings.HasSuffix(line, "---")
}

// mailFields are the fields of a message that tell it from other lists of names
// and values.
var mailFields = []string{"Received", "Return-Path", "From", "To", "Cc", "Date", "Subject", "Message-ID", "MIME-Version", "Content-Type", "Reply-To", "X-Mailer", "Delivered-To", "DKIM-Signature", "ARC-Seal", "X-Google-Smtp-Source", "X-Received", "X-Gm-Message-State"}

// mailFieldStarts says for each byte whether one of the mailFields starts with
// it.
var mailFieldStarts = startsOf(mailFields)

func startsOf(names []string) (starts [256]bool) {
	for _, name := range names {
		starts[name[0]], starts[name[0]|0x20] = true, true
	}
	return starts
}

func isMailField(name string) bool { return oneOf(name, mailFields) }

// readOriginal fills in what the report returns of the original message.
func (m *message) readOriginal(r *Report) {
	for i := range m.parts {
		p := &m.parts[i]
		if !isOriginalPart(p) {
			continue
		}
		s := p.body
		if !p.exact() {
			s = decodeTransfer(s, p.encoding)
		}
		h, _ := m.in.fields.readHeader(strings.TrimLeft(s, "\n"), p.line)
		if looksLikeMessage(h) || h.field("Message-ID") != nil || h.field("From") != nil {
			r.fillOriginal(h)
			return
		}
	}
	if m.body.original == "" {
		return
	}
	s := m.body.original
	for n, pos := 0, 0; n < 12 && pos < len(s); n++ {
		end, next := lineAt(s, pos)
		if name, _, ok := cutField(s[pos:end]); ok && isMailField(name) {
			h, _ := m.in.fields.readHeader(s[pos:], 1)
			r.fillOriginal(h)
			return
		}
		pos = next
	}
}

func (r *Report) fillOriginal(h header) {
	if r.Sender == "" {
		r.Sender = oneAddress(h.get("Return-Path"))
	}
	o := &r.Original
	o.MessageID = h.get("Message-ID")
	o.From = h.text("From")
	o.To = h.text("To")
	o.Subject = h.text("Subject")
	o.Date = h.get("Date")
}
