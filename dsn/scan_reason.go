package dsn

import "strings"

// reason is why a recipient failed, in the words of the text.
type reason struct {
	text string
	at   int // in the text, or inSubject
	// far says that it does not stand next to the address, and anywhere that it
	// may be about somebody else.
	far, anywhere bool
}

// inSubject is the offset of a reason that the Subject gives.
const inSubject = -1

// reason finds why a recipient failed: what stands behind its address, else
// the next paragraph that names a cause, else one in front of it, else the
// best one of the whole text.
func (s *scanner) reason(mt mention, end int) reason {
	next, weak := 0, reason{}
	if mt.row >= 0 {
		if weak = s.beside(mt, end); strength(weak.text) == 3 {
			return weak
		}
		_, last := s.paragraph(mt.row)
		next = last + 1
	}
	why := s.below(next, end)
	switch {
	case strength(why.text) == 3 && strength(weak.text) >= 2 && specific(weak.text):
		return reason{clip(weak.text + "\n" + why.text), weak.at, false, false}
	case strength(why.text) == 3, strength(weak.text) < 2 && strength(why.text) == 2:
		return why
	case strength(weak.text) >= 2 && specific(weak.text):
		return weak
	}
	if mt.row > 0 {
		if why = s.above(mt.row); strength(why.text) >= 2 {
			return why
		}
	}
	why = s.best()
	switch n := strength(why.text); {
	case n == 3, n == 2 && specific(why.text), n > strength(weak.text) && strings.Count(weak.text, " ") < 2:
		return why
	case weak.text == "":
		return s.fallback()
	}
	return weak
}

// beside gives what follows the address in its line, and the lines behind it
// up to a blank one.
func (s *scanner) beside(mt mention, end int) reason {
	r := s.rows[mt.row]
	at := mt.end
	if hasCode(s.lower[r.start:max(r.start, mt.at)]) {
		at = r.start // the address stands within the reply
	}
	for at < r.end && at > r.start && strings.IndexByte(">)]\"'`:;,.|-= \t", s.text[at]) >= 0 {
		at++
	}
	var b strings.Builder
	if at < r.end {
		b.WriteString(s.text[at:r.end])
	}
	for i := mt.row + 1; i < len(s.rows) && s.rows[i].start < end && b.Len() < 4000; i++ {
		if s.rows[i].blank(s.text) || strings.HasPrefix(s.lower[s.rows[i].start:s.rows[i].end], "---- ") {
			break
		}
		if isReasonLabel(s.lower[s.rows[i].start:s.rows[i].end]) && !hasCode(b.String()) {
			b.Reset() // what stands in front is another fact
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		} else {
			at = s.rows[i].start
		}
		b.WriteString(s.text[s.rows[i].start:s.rows[i].end])
	}
	text := b.String()
	// The sentence that holds the address may tell the reason itself.
	first, last := s.paragraph(mt.row)
	within := namesMailbox(s.lower[r.start:max(r.start, mt.at)])
	if s.rows[last].end-s.rows[first].start < 600 && (strength(text) < 2 || within && strength(text) == 2) {
		if whole := s.near(mt); strength(whole) >= 2 && len(addressesIn(whole)) < 2 {
			return reason{text: whole, at: r.start}
		}
	}
	return reason{text: text, at: at}
}

// namesMailbox reports whether what stands in front of an address in its line
// begins a sentence about the mailbox ("The mailbox for ..."), without which
// the rest of the sentence tells too little.
func namesMailbox(before string) bool {
	return !strings.Contains(before, ":") && containsAny(before, []string{"mailbox", "account", "mail address", "recipient ", "user "})
}

// below looks through the paragraphs from line i on, and takes the first one
// that names a cause, with the one behind it where it only announces it.
func (s *scanner) below(i, end int) reason {
	for seen := 0; i < len(s.rows) && s.rows[i].start < end && seen < 12; {
		if s.rows[i].blank(s.text) {
			i++
			continue
		}
		seen++
		first, last := s.paragraph(i)
		first = max(first, i)
		text := joinRows(s.text, s.rows, first, last)
		i = last + 1
		if isAdvice(text) {
			continue
		}
		if announces(text) || strength(text) >= 2 {
			more := s.further(i, end, strength(text))
			if announces(text) && more == "" {
				continue
			}
			return reason{clip(strings.TrimSpace(text + "\n" + more)), s.rows[first].start, true, false}
		}
	}
	return reason{}
}

// further gives the paragraphs from line i on that go on a reason: up to one
// that quotes a reply, if there is one near; else, behind a mere title, the
// next one.
func (s *scanner) further(i, end, have int) string {
	if have == 3 {
		return ""
	}
	var b strings.Builder
	first := ""
	for seen := 0; i < len(s.rows) && s.rows[i].start < end && seen < 4; {
		if s.rows[i].blank(s.text) {
			i++
			continue
		}
		seen++
		_, last := s.paragraph(i)
		text := joinRows(s.text, s.rows, i, last)
		i = last + 1
		if first == "" {
			first = text
		}
		if isAdvice(text) {
			break
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(text)
		if strength(text) == 3 {
			return b.String()
		}
	}
	if have >= 2 {
		return ""
	}
	return first
}

// isReasonLabel reports whether a lower-cased line begins with a title such as
// "reason:" and has the reason behind it.
func isReasonLabel(line string) bool {
	n := strings.IndexByte(line, ':')
	if k := strings.Index(line, "："); k >= 0 && (n < 0 || k < n) {
		n = k
	}
	return n > 0 && n < 40 && n+2 < len(line) && containsAny(line[:n], []string{"reason", "error", "diagnos", "response", "cause", "grund", "fehler", "raison", "motif", "erreur", "motivo", "razón", "causa", "errore", "reden", "fout", "powód", "błąd", "przyczyna", "причин", "ошибк", "помилк", "sebep", "neden", "hata", "důvod", "理由", "原因", "エラー", "错误", "사유", "원인", "오류"})
}

// above looks at the paragraphs in front of line i, the nearest first.
func (s *scanner) above(i int) reason {
	first, _ := s.paragraph(i)
	top := i // the lines right above, up to the one of another recipient
	for top > first && i-top < 12 && strings.IndexByte(s.line(top-1), '@') < 0 {
		top--
	}
	if top < i {
		if text := joinRows(s.text, s.rows, top, i-1); specific(text) {
			return reason{clip(text), s.rows[top].start, false, false}
		}
	}
	for j, seen := first-1, 0; j >= 0 && seen < 4; {
		if s.rows[j].blank(s.text) {
			j--
			continue
		}
		seen++
		f, l := s.paragraph(j)
		text := joinRows(s.text, s.rows, f, l)
		if specific(text) {
			return reason{clip(text), s.rows[f].start, true, true}
		}
		j = f - 1
	}
	return reason{}
}

// best takes the paragraph of the whole text that tells most.
func (s *scanner) best() reason {
	if s.most == nil {
		top := s.findBest()
		s.most = &top
	}
	return *s.most
}

func (s *scanner) findBest() reason {
	var top reason
	most := 0
	for i := 0; i < len(s.rows); {
		if s.rows[i].blank(s.text) {
			i++
			continue
		}
		_, last := s.paragraph(i)
		text := joinRows(s.text, s.rows, i, last)
		n := strength(text)
		if isAdvice(text) {
			n = min(n, 1)
		}
		if n > most {
			top, most = reason{clip(text), s.rows[i].start, true, true}, n
		}
		i = last + 1
	}
	return top
}

// fallback gives the first paragraph that says that the message failed, else
// the subject.
func (s *scanner) fallback() reason {
	if s.least == nil {
		least := s.findFallback()
		s.least = &least
	}
	return *s.least
}

func (s *scanner) findFallback() reason {
	for i := 0; i < len(s.rows); {
		if s.rows[i].blank(s.text) {
			i++
			continue
		}
		_, last := s.paragraph(i)
		text := joinRows(s.text, s.rows, i, last)
		if failurePhrases.in(lowerASCII(text)) {
			return reason{clip(text), s.rows[i].start, true, true}
		}
		i = last + 1
	}
	if failureSubjects.in(s.m.lowerSubject) || filterSubjects.in(s.m.lowerSubject) {
		return reason{text: s.m.subject, at: inSubject, far: true, anywhere: true}
	}
	return reason{}
}

// whereOf gives where a reason stands.
func (m *message) whereOf(why *reason) place {
	if f := m.header.field("Subject"); why.at == inSubject && f != nil {
		return place{line: f.line, field: "Subject"}
	}
	return m.body.at(max(why.at, 0))
}

// strength tells how much a text says of a cause: 3 for a reply, 2 for words
// that name one or a title that promises one in any language, 1 for words of
// failure, 0 for none.
func strength(text string) int {
	if text == "" {
		return 0
	}
	lower := lowerASCII(text)
	switch {
	case hasCode(lower) && quotedCode(text):
		return 3
	case hasCode(lower), causePhrases.in(lower), isReasonLabel(lower):
		return 2
	case failurePhrases.in(lower):
		return 1
	}
	return 0
}

// specific reports whether a text names a cause and is more than the sentence
// that every report begins with.
func specific(text string) bool {
	lower := lowerASCII(text)
	return strength(text) >= 2 && !isAdvice(text) && !openings.in(lower)
}

// openings are sentences that reports begin with whatever the cause, so that
// they tell nothing.
var openings = listOf(
	"this message was created automatically", "one or more of its", "one or more recipients", "this is an automatically generated", "the following recipient", "following address", "i'm sorry to have to inform", "this is the mail system", "the original message was received",
	"did not reach the following", "delivery to the following", "this is the", "i wasn't able to deliver your message to the following", "sorry, we were unable to deliver your message to the following", "an error occurred while trying to deliver",
)

// isOpening reports whether a text is no more than the sentence above a list
// of recipients.
func isOpening(text string) bool {
	lower := lowerASCII(text)
	return strength(text) < 2 && (openings.in(lower) || failurePhrases.in(lower) && strings.HasSuffix(lower, ":"))
}

// isAdvice reports whether a text tells people what to do rather than what
// happened.
func isAdvice(text string) bool {
	lower := lowerASCII(text)
	if hasCode(lower) && quotedCode(text) {
		return false
	}
	return hasAnyPrefix(lower, []string{"please", "if you", "for further", "for more", "for assistance", "contact", "to resolve", "you may", "you can", "you should", "try ", "check ", "do not reply", "this is an auto", "note:", "for help", "bitte", "veuillez", "por favor", "si prega", "controlla", "gelieve", "prosimy", "пожалуйста", "рекоменд", "请", "ご確認", "お手数"}) ||
		containsAny(lower, []string{"do not reply to this", "please do not reply", "for further assistance", "please verify the address", "please check the address", "check the spelling", "contact your system administrator", "contact your administrator", "please contact"}) && len(lower) < 400 && strings.Count(lower, "\n") < 4
}

// announces reports whether a text is only a title for what follows: "Reason:".
func announces(text string) bool {
	last := text[strings.LastIndexByte(text, '\n')+1:]
	lower := strings.TrimRight(lowerASCII(last), " -=")
	if !strings.HasSuffix(lower, ":") && !strings.HasSuffix(lower, "：") || len(lower) > 200 {
		return false
	}
	return containsAny(lower, reasonLabels) && !quotedCode(text)
}

// reasonLabels are words of titles that announce a reason.
var reasonLabels = []string{
	"reason", "error", "because", "diagnos", "details", "detail", "response", "returned", "said", "transcript", "cause", "explanation", "description", "message from", "technical", "status", "problem", "log", "follows", "output", "answer", "information",
	"grund", "fehler", "ursache", "antwort", "meldung", "raison", "motif", "erreur", "cause", "réponse", "motivo", "razón", "causa", "respuesta", "erro", "resposta", "errore", "risposta", "reden", "fout", "antwoord", "powód", "błąd", "przyczyna", "odpowied", "причин", "ошибк", "ответ", "помилк", "відповід", "sebep", "neden", "hata", "yanıt", "důvod", "chyb", "orsak", "årsag", "fejl", "feil", "syy", "virhe", "ok:", "hiba",
	"理由", "原因", "エラー", "詳細", "応答", "错误", "錯誤", "诊断", "사유", "원인", "오류", "이유",
}
