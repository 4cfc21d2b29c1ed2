package smtp

import "strings"

// Quoted is a reply as a mail system quotes it in a report or a log, with what
// the words around it tell.
type Quoted struct {
	// Reply is the innermost reply, without the words around it; zero where
	// none is quoted.
	Reply Reply
	// Status is the enhanced code that the quoting system gives in its own
	// words, "(#5.1.2)", where no reply is quoted; else zero.
	Status EnhancedCode
	// Host and IP name the server that gave it, or that could not be reached.
	Host string
	IP   string
	// Stage is where the dialogue stood.
	Stage Stage
	// Offset is where in the text the reply begins, in bytes; 0 where there is
	// none.
	Offset int
}

// ParseQuoted finds the innermost reply in text, and the host and the stage
// that the words around it name. Mail systems wrap a reply in their own words,
// and a gateway wraps what it was told in a reply of its own:
//
//	host mx.example.com[192.0.2.7] said: 550 5.1.1 User unknown (in reply to RCPT TO command)
//	5.1.0 - Unknown address error 550-'5.1.1 User unknown'
//
// The innermost reply is the one that decides. Where several replies stand in
// one text, it is the last one that begins at a place where a quotation begins:
// at the start of a line, or behind a colon, a quotation mark, a bracket or a
// word such as "said".
func ParseQuoted(text string) Quoted {
	lower := LowerASCII(text)
	start := innermost(text, lower)
	q := Quoted{Stage: stageOf(lower)}
	if start < 0 {
		q.Reply = bareEnhanced(text)
		if q.Reply.IsZero() {
			q.Status = markedEnhanced(text)
		}
		q.Host, q.IP = hostIn(text, lower, false)
		return q
	}
	q.Offset = start
	q.Reply = replyAt(text, lower, start)
	q.Stage = pipelinedStage(q.Stage, lower, q.Reply)
	q.Host, q.IP = hostIn(text[:start], lower[:start], true)
	if q.Host == "" && q.IP == "" {
		q.Host, q.IP = hostBehind(lower[start:], text[start:])
	}
	if q.Host == "" && q.IP == "" {
		q.Host, q.IP = hostAtEnd(text[:start])
	}
	if q.Host == "" && q.IP == "" {
		q.Host, q.IP = unreachedHost(text[start:], lower[start:])
	}
	return q
}

// QuotedCode gives the code of the reply that ParseQuoted finds in text, or 0,
// without looking for what the words around it tell.
func QuotedCode(text string) int {
	lower := LowerASCII(text)
	start := innermost(text, lower)
	if start < 0 {
		return 0
	}
	return replyAt(text, lower, start).Code
}

// UsualStage gives the stage at which a reply with such words is given by the
// rules of the system that words it so, or the empty Stage. It is a guess for
// where nothing tells the stage: Postfix's "Recipient address rejected" answers
// RCPT TO, a virus is found when the data have come.
func UsualStage(r Reply) Stage {
	if r.IsZero() {
		return StageUnknown
	}
	return hintedStage(LowerASCII(r.Text()), r.Enhanced)
}

// bareEnhanced makes a reply of a text that starts with an enhanced code and
// has no reply code ("5.1.1 user unknown").
func bareEnhanced(text string) Reply {
	text = strings.TrimSpace(text)
	if text == "" {
		return Reply{}
	}
	code, _, ok := CutEnhanced(strings.TrimLeft(text, "#[(<'\""))
	if !ok || code.Class == 2 {
		return Reply{}
	}
	return Reply{Enhanced: code, Lines: splitLines(text)}
}

// markedEnhanced finds an enhanced code that stands in brackets or behind a
// hash sign somewhere in a text: "no mailbox here by that name (#5.1.1 - chkusr)".
func markedEnhanced(text string) EnhancedCode {
	for i := 0; i+5 < len(text); i++ {
		c := text[i]
		if c != '#' && c != '(' && c != '[' {
			continue
		}
		code, rest, ok := CutEnhanced(text[i+1:])
		if ok && code.Class != 2 && (rest == "" || strings.IndexByte(")] -,:;.", rest[0]) >= 0) {
			return code
		}
	}
	return EnhancedCode{}
}

// innermost gives the offset of the innermost reply in text, or -1.
func innermost(text, lower string) int {
	best := -1
	for i := 0; i+3 <= len(text); i++ {
		c := text[i]
		if c != '4' && c != '5' || !isDigit(text[i+1]) || !isDigit(text[i+2]) {
			continue
		}
		if i > 0 && (isAlnum(text[i-1]) || strings.IndexByte("./@_-", text[i-1]) >= 0 && !repeatedCode(text, best, i)) {
			continue
		}
		if !codeAt(text, i) {
			continue
		}
		switch {
		case best < 0:
			if begins(text, lower, i) || behindEnhanced(text, i) {
				best = i
			}
		case repeatedCode(text, best, i):
			best = i
		case continues(text, best, i) || echo(lower[i:]):
		case beginsInner(text, lower, i):
			best = i
		}
		i += 2
	}
	return best
}

// repeatedCode reports whether nothing but the mark of a further line stands
// between the code at best and the one at i: "550 550 5.1.1", "550-550 5.1.1".
func repeatedCode(text string, best, i int) bool {
	return best >= 0 && i-best <= 5 && i-best > 3 && strings.Trim(text[best+3:i], " -") == ""
}

// beginsInner reports whether the code at i, which follows another reply,
// begins one that is quoted in it. Replies hold numbers of every kind, so that
// more is asked than of the first.
func beginsInner(text, lower string, i int) bool {
	if !begins(text, lower, i) || text[i+1] > '7' {
		return false
	}
	rest := text[i+3:]
	if len(rest) < 2 || strings.IndexByte(" -#", rest[0]) < 0 {
		return false
	}
	if i == 0 {
		return true
	}
	head := strings.TrimRight(text[:i], " \t#")
	if head == "" {
		return true
	}
	switch head[len(head)-1] {
	case ',', '*', '=', '|', '{', '\\':
		return false
	case '<':
		return strings.HasSuffix(head, "<<<")
	}
	return true
}

// echo reports whether a reply that follows another one is no cause of its own
// but the answer to a command that was sent ahead: 503, "no valid recipients".
func echo(lower string) bool {
	if strings.HasPrefix(lower, "503") {
		return true
	}
	line, _, _ := strings.Cut(lower[:min(len(lower), 80)], "\n")
	return strings.Contains(line, "no valid recipients") || strings.Contains(line, "need rcpt") || strings.HasPrefix(lower, "502 esmtp command error")
}

// behindEnhanced accepts the code of "(5.1.1) 550 text", which some systems
// print the other way round.
func behindEnhanced(text string, i int) bool {
	head := strings.TrimRight(text[:i], " \t)]-")
	j := strings.LastIndexAny(head, " \t\n([:;")
	_, ok := ParseEnhanced(head[j+1:])
	return ok
}

// codeAt reports whether a reply code that is followed by a reply's text
// stands at i.
func codeAt(text string, i int) bool {
	if i+3 > len(text) || !isDigit(text[i+1]) || !isDigit(text[i+2]) {
		return false
	}
	rest := text[i+3:]
	if rest == "" {
		return true
	}
	switch rest[0] {
	case ' ', '\t', '-', '\n', '\r', '#', ':', ',', ';', '\'', '"', ')', ']', '(', '<', '=', '_', '/':
	case '.':
		return len(rest) == 1 || rest[1] == ' ' || rest[1] == '\n'
	default:
		return false
	}
	if rest[0] == '-' && len(rest) > 1 && isDigit(rest[1]) {
		_, _, ok := CutEnhanced(rest[1:])
		if !ok {
			_, ip := CutHost(rest[1:])
			return ip != "" || repeatsLater(text, i)
		}
		return ok
	}
	return !isAmount(rest)
}

// repeatsLater reports whether the code at i, which a hyphen and a digit follow,
// comes again as that of a reply's last line.
func repeatsLater(text string, i int) bool {
	for _, space := range []string{" ", "\n"} {
		if strings.Contains(text[i+3:], space+text[i:i+3]+" ") {
			return true
		}
	}
	return false
}

// isAmount reports whether the words behind a number make it a quantity.
func isAmount(rest string) bool {
	rest = strings.TrimLeft(rest[:min(len(rest), 16)], " \t")
	for _, unit := range []string{
		"bytes", "byte", "kb", "mb", "messages", "message(", "mails", "emails", "recipients", "seconds", "sec", "minutes",
		"hours", "days", "connections", "characters", "octets", "%", "times", "lines",
	} {
		if len(rest) >= len(unit) && rest[0]|0x20 == unit[0] && strings.EqualFold(rest[:len(unit)], unit) {
			return true
		}
	}
	return false
}

// continues reports whether the code at i is one more line of the reply that
// starts at best: the same code, and the same enhanced code if any.
func continues(text string, best, i int) bool {
	if text[i:i+3] != text[best:best+3] {
		return false
	}
	first, _, okFirst := CutEnhanced(skipMark(text[best+3:]))
	next, _, okNext := CutEnhanced(skipMark(text[i+3:]))
	if okFirst && okNext {
		return first == next && !strings.ContainsAny(text[i-1:i], "'\"(:")
	}
	lineStart := i == 0 || text[i-1] == '\n' || strings.TrimSpace(text[strings.LastIndexByte(text[:i], '\n')+1:i]) == ""
	// A code in front of a hyphen announces more lines (RFC 5321 section 4.2.1).
	return lineStart || text[best+3:min(best+4, len(text))] == "-"
}

func skipMark(s string) string { return strings.TrimLeft(s, " -#[(") }

// quoteWords are the words behind which a quoted reply begins without a colon.
var quoteWords = []string{
	"said", "says", "response", "responded", "replied", "reply", "error", "with", "was", "code", "returned", "status",
	"error code", "smtp", "diagnostic", "reason", "got", "received", "message", "server", "remote", "is", "failed", "<<<", "error(s)",
	"rcpt to", "rcpt", "mail from", "mail+rcpt", "data", "closing", "ehlo", "helo", // the command that was answered
}

// begins reports whether a quotation may begin at i.
func begins(text, lower string, i int) bool {
	j := i
	for j > 0 && (text[j-1] == ' ' || text[j-1] == '\t' || text[j-1] == '#') {
		j--
	}
	if j == 0 {
		return true
	}
	if strings.HasPrefix(text[i+3:], "-'") || text[j-1] == '-' && (j == 1 || text[j-2] == ' ' || text[j-2] == '\n') {
		return true // IronPort's quotation; "user@example.com - 550 ..."
	}
	if text[i-1] == '#' && j == i-2 {
		return true // Exchange: "mx.example.com #550 5.1.1 ..."
	}
	if c := text[j-1]; c == '.' || c == '!' || c == '?' {
		_, _, ok := CutEnhanced(strings.TrimLeft(text[i+3:], " -"))
		return ok // a sentence of a gateway's own stands in front
	}
	switch text[j-1] {
	case ':', ';', '\'', '"', '(', '[', '>', '`', '=', '|', '\n', '\r', '<', '{', '\\', '*', ',':
		return true
	case '-':
		if j == 1 || text[j-2] == ' ' || text[j-2] == '\n' || strings.HasSuffix(text[:j], "<--") || strings.HasSuffix(text[:j], "<-") {
			return true
		}
	}
	if text[j-1] >= 0x80 && behindMark(text[:j]) {
		return true
	}
	head := lower[max(0, j-14):j]
	for _, w := range quoteWords {
		if strings.HasSuffix(head, w) && (len(head) == len(w) || !isAlnum(head[len(head)-len(w)-1])) {
			return true
		}
	}
	return false
}

// behindMark reports whether s ends with a punctuation mark of a script other
// than Latin that opens a quotation, or with a dash.
func behindMark(s string) bool {
	for _, mark := range []string{"：", "；", "（", "「", "『", "【", "“", "„", "«", "‘", "、", "，", "–", "—", "→"} {
		if strings.HasSuffix(s, mark) {
			return true
		}
	}
	return false
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isAlnum(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
