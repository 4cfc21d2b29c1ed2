package smtp

import (
	"net/netip"
	"strings"
)

// Quoted is a reply as a mail system quotes it in a report or a log, with what
// the words around it tell.
type Quoted struct {
	// Reply is the innermost reply, without the words around it; zero where
	// none is quoted.
	Reply Reply
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
	lower := asciiLower(text)
	start := innermost(text, lower)
	q := Quoted{Stage: stageOf(lower)}
	before := text
	if start >= 0 {
		q.Offset = start
		q.Reply = replyAt(text, start)
		before = text[:start]
	} else {
		q.Reply = bareEnhanced(text)
	}
	q.Host, q.IP = hostBefore(before)
	if q.Host == "" && q.IP == "" && start < 0 {
		q.Host, q.IP = hostBefore(text)
	}
	return q
}

// asciiLower lowers ASCII letters only, so that offsets stay the same.
func asciiLower(s string) string {
	for i := range len(s) {
		if s[i] >= 'A' && s[i] <= 'Z' {
			b := []byte(s)
			for ; i < len(b); i++ {
				if b[i] >= 'A' && b[i] <= 'Z' {
					b[i] |= 0x20
				}
			}
			return string(b)
		}
	}
	return s
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

// innermost gives the offset of the innermost reply in text, or -1.
func innermost(text, lower string) int {
	best := -1
	for i := 0; i+3 <= len(text); i++ {
		c := text[i]
		if c != '4' && c != '5' {
			continue
		}
		if i > 0 && (isAlnum(text[i-1]) || text[i-1] == '.' || text[i-1] == '-' || text[i-1] == '/' || text[i-1] == '@' || text[i-1] == '_') {
			continue
		}
		if !codeAt(text, i) {
			continue
		}
		if best >= 0 && (continues(text, best, i) || echo(text[i:i+3])) {
			i += 2
			continue
		}
		if begins(text, lower, i) || best < 0 && behindEnhanced(text, i) {
			best = i
			i += 2
		}
	}
	return best
}

// echo reports whether a code that follows another reply is no cause of its
// own: 503 is the answer to a command sent ahead, 250 and the like are none.
func echo(code string) bool { return code == "503" }

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
		return ok
	}
	return !isAmount(rest)
}

// isAmount reports whether the words behind a number make it a quantity.
func isAmount(rest string) bool {
	rest = asciiLower(strings.TrimLeft(rest[:min(len(rest), 16)], " \t"))
	for _, unit := range []string{
		"bytes", "byte", "kb", "mb", "messages", "message(", "mails", "emails", "recipients", "seconds", "sec", "minutes",
		"hours", "days", "connections", "characters", "octets", "%", "times", "lines",
	} {
		if strings.HasPrefix(rest, unit) {
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
	switch text[j-1] {
	case ':', ';', '\'', '"', '(', '[', '>', '`', '=', '|', '\n', '\r', '<', '{', '\\', '*', ',':
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

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isAlnum(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// replyAt reads the reply that starts at i: up to the words that the quoting
// system adds behind it.
func replyAt(text string, i int) Reply {
	body := text[i:]
	if i > 0 {
		body = body[:closing(text[i-1], body)]
	}
	body = body[:tail(body)]
	return ParseReply(strings.Join(splitReply(body), "\n"))
}

// closing gives where the quotation ends that the byte before the reply opens.
func closing(open byte, body string) int {
	var end byte
	switch open {
	case '\'', '"':
		end = open
	case '`':
		end = '\''
	case '(':
		return closingParen(body)
	default:
		// IronPort puts the quotation behind the code: 550-'5.1.1 text'.
		if len(body) > 4 && (body[3] == '-' || body[3] == ' ') && body[4] == '\'' {
			if n := strings.LastIndexByte(body, '\''); n > 4 {
				return n
			}
		}
		return len(body)
	}
	if n := strings.LastIndexByte(body, end); n > 0 {
		return n
	}
	return len(body)
}

// closingParen gives where the parenthesis that was open before body is closed.
func closingParen(body string) int {
	depth := 1
	for i := range len(body) {
		switch body[i] {
		case '(':
			depth++
		case ')':
			depth--
			if depth == 0 {
				return i
			}
		}
	}
	return len(body)
}

// tails are what mail systems add behind a quoted reply.
var tails = []string{"(in reply to ", "(#5.", "(#4.", "(received by ", "(delivery attempts:"}

// tail gives where the words of the quoting system begin.
func tail(body string) int {
	end := len(body)
	for _, t := range tails {
		if n := strings.Index(body[:end], t); n > 0 {
			if t[1] == '#' && n+12 < len(strings.TrimSpace(body)) {
				continue // a code in the middle belongs to the reply
			}
			end = n
		}
	}
	return len(strings.TrimRight(body[:end], " \t\n\r"))
}

// splitReply parts a reply into lines, also where a report has joined them:
// each place where the reply's own codes stand again begins a line.
func splitReply(body string) []string {
	lines := splitLines(body)
	if len(lines) == 0 || len(lines[0]) < 4 {
		return lines
	}
	code := lines[0][:3]
	_, rest, _ := CutEnhanced(skipMark(lines[0][3:]))
	enhanced := strings.TrimRight(skipMark(lines[0][3:])[:max(0, len(skipMark(lines[0][3:]))-len(rest))], " ")
	var out []string
	for _, line := range lines {
		for {
			n := again(line, code, enhanced)
			if n <= 0 {
				break
			}
			out = append(out, strings.TrimRight(line[:n], " \t"))
			line = line[n:]
		}
		out = append(out, line)
	}
	return unwrap(out, code)
}

// again finds the next place in line, behind its start, where the codes stand.
func again(line, code, enhanced string) int {
	for _, mark := range []string{" " + code + "-" + enhanced, " " + code + " " + enhanced} {
		if enhanced == "" && mark[len(mark)-1] != '-' && len(line) > 3 && line[3] != '-' {
			continue // "error 550 again": without a second sign it is only a number
		}
		if n := strings.Index(line[min(len(line), 4):], mark); n >= 0 {
			return n + 5
		}
	}
	return -1
}

// unwrap joins lines that were folded: where the reply's first line has its
// code, a line that starts without it goes on the line before.
func unwrap(lines []string, code string) []string {
	out := lines[:0:0]
	for _, line := range lines {
		if len(out) > 0 && !strings.HasPrefix(line, code) {
			out[len(out)-1] += " " + line
			continue
		}
		out = append(out, line)
	}
	return out
}

// splitLines gives the lines of s, trimmed, without empty ones.
func splitLines(s string) []string {
	var out []string
	for line := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == '\n' || r == '\r' }) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// stageWords gives the stage that words tell. The order of the list is from
// words that name a stage beyond doubt to words that only hint at one.
var stageWords = []struct {
	words string
	stage Stage
}{
	{"in reply to end of data", StageEOD},
	{"in reply to rcpt to", StageRcpt},
	{"in reply to mail from", StageMail},
	{"in reply to data", StageData},
	{"in reply to ehlo", StageEHLO},
	{"in reply to helo", StageEHLO},
	{"in reply to lhlo", StageEHLO},
	{"in reply to starttls", StageSTARTTLS},
	{"in reply to auth", StageAuth},
	{"while sending rcpt to", StageRcpt},
	{"while sending mail from", StageMail},
	{"while sending end of data", StageEOD},
	{"while sending message body", StageEOD},
	{"while sending data command", StageData},
	{"while receiving the initial server greeting", StageBanner},
	{"while performing the initial protocol handshake", StageBanner},
	{"while performing the ehlo handshake", StageEHLO},
	{"while performing the helo handshake", StageEHLO},
	{"while performing the lhlo handshake", StageEHLO},
	{"refused to talk to me", StageBanner},
	{"after end of data", StageEOD},
	{"after pipelined end of data", StageEOD},
	{"after sending data block", StageEOD},
	{"after pipelined sending data block", StageEOD},
	{"end of data", StageEOD},
	{"after initial connection", StageBanner},
	{"after rcpt to", StageRcpt},
	{"after pipelined rcpt to", StageRcpt},
	{"after mail from", StageMail},
	{"after pipelined mail from", StageMail},
	{"after pipelined data", StageData},
	{"after data:", StageData},
	{"after data ", StageData},
	{"after ehlo", StageEHLO},
	{"after helo", StageEHLO},
	{"after starttls", StageSTARTTLS},
	{"after auth", StageAuth},
	{"does not like recipient", StageRcpt},
	{"does not like sender", StageMail},
	{"but sender was rejected", StageMail},
	{"but my name was rejected", StageEHLO},
	{"but greeting failed", StageBanner},
	{"failed after i sent the message", StageEOD},
	{"failed on data command", StageData},
	{"i wasn't able to establish an smtp connection", StageConnect},
	{"smtp:rcpt", StageRcpt},
	{"smtp:mail", StageMail},
	{"smtp:data", StageData},
	{"smtp:ehlo", StageEHLO},
	{"smtp:helo", StageEHLO},
	{"smtp:connect", StageConnect},
	{"smtp:eom", StageEOD},
	{"cannot start tls", StageSTARTTLS},
	{"tls handshake", StageSTARTTLS},
	{"tls is required, but was not offered", StageSTARTTLS},
	{"sasl authentication failed", StageAuth},
	{">>> rcpt to", StageRcpt},
	{">>> mail from", StageMail},
	{">>> ehlo", StageEHLO},
	{">>> helo", StageEHLO},
	{">>> starttls", StageSTARTTLS},
	{">>> auth", StageAuth},
	{">>> data", StageData},
	{"connect to ", StageConnect},
	{"connecting to ", StageConnect},
	{"response to rcpt to", StageRcpt},
	{"response to mail from", StageMail},
	{"response to data", StageData},
	{"during rcpt to", StageRcpt},
	{"during mail from", StageMail},
	{"reply to rcpt", StageRcpt},
	{"reply to mail", StageMail},
	{"(rcpt to)", StageRcpt},
	{"(mail from)", StageMail},
}

// stageOf gives the stage that the words of a lower-cased text tell.
func stageOf(lower string) Stage {
	for _, w := range stageWords {
		if n := strings.Index(lower, w.words); n >= 0 {
			if w.stage == StageConnect && strings.Contains(lower, "from ") && !strings.Contains(lower[n:], "timed out") &&
				!strings.Contains(lower[n:], "refused") && !strings.Contains(lower[n:], "route") && !strings.Contains(lower[n:], "unreachable") {
				continue
			}
			return w.stage
		}
	}
	return StageUnknown
}

// hostWords are the words behind which the quoting system names a host, the
// surest first.
var hostWords = []string{
	"while talking to ", "recipient domain * by ", "connected to ", "connect to ", "conversation with ",
	"lost connection with ", "remote host ", "mx host ", "host ", "delivery via ", "with ", "server ", "mailer ", "by ", "from ", "to ", "at ", "relay=", "relay ",
}

// hostBefore finds the last host that the words in front of a reply name.
func hostBefore(text string) (name, ip string) {
	lower := asciiLower(text)
	for _, w := range hostWords {
		if a, b, ok := strings.Cut(w, "*"); ok {
			n := strings.LastIndex(lower, strings.TrimSpace(a))
			if n < 0 {
				continue
			}
			m := strings.Index(lower[n:], b)
			if m < 0 {
				continue
			}
			if name, ip = CutHost(text[n+m+len(b):]); name != "" || ip != "" {
				return name, ip
			}
			continue
		}
		for end := len(lower); end > 0; {
			n := strings.LastIndex(lower[:end], w)
			if n < 0 {
				break
			}
			if n == 0 || !isAlnum(lower[n-1]) {
				if name, ip = CutHost(text[n+len(w):]); name != "" || ip != "" {
					return name, ip
				}
			}
			end = n
		}
	}
	return "", ""
}

// CutHost reads a host at the very start of s in the forms that mail systems
// print: "mx.example.com[192.0.2.7]:25", "mx.example.com [192.0.2.7]",
// "mx.example.com (192.0.2.7)", "[192.0.2.7]", "192.0.2.7", "mx.example.com.".
// Both results are "" where no host with a dot in its name stands there.
func CutHost(s string) (name, ip string) {
	s = strings.TrimLeft(s, " \t'\"<`")
	end := 0
	for end < len(s) && (isAlnum(s[end]) || s[end] == '.' || s[end] == '-' || s[end] == '_' || s[end] == ':') {
		end++
	}
	word := strings.TrimRight(s[:end], ".:-")
	rest := strings.TrimLeft(s[len(word):], ". \t'\">`")
	if addr, err := netip.ParseAddr(word); err == nil {
		return "", addr.String()
	}
	if n := strings.LastIndexByte(word, ':'); n > 0 { // a port
		word = word[:n]
	}
	if strings.HasPrefix(s, "[") {
		return "", bracketed(s)
	}
	if !looksLikeHost(word) || strings.HasPrefix(rest, "@") {
		return "", ""
	}
	if rest != "" && (rest[0] == '[' || rest[0] == '(') {
		ip = bracketed(rest)
	}
	return word, ip
}

// bracketed reads "[192.0.2.7]", "(192.0.2.7)", "([192.0.2.7])" or
// "[IPv6:2001:db8::7]".
func bracketed(s string) string {
	s = strings.TrimLeft(s, "([ ")
	end := strings.IndexAny(s, "])#, ")
	if end < 0 {
		return ""
	}
	s = s[:end]
	if len(s) > 5 && strings.EqualFold(s[:5], "ipv6:") {
		s = s[5:]
	}
	if addr, err := netip.ParseAddr(s); err == nil {
		return addr.String()
	}
	if ap, err := netip.ParseAddrPort(s); err == nil {
		return ap.Addr().String()
	}
	return ""
}

// looksLikeHost asks for a dot, and a last label of letters.
func looksLikeHost(s string) bool {
	n := strings.LastIndexByte(s, '.')
	if n <= 0 || n+2 >= len(s) || len(s) > 253 {
		return false
	}
	for _, c := range []byte(s[n+1:]) {
		if !isAlnum(c) && c != '-' {
			return false
		}
	}
	return !isDigit(s[n+1])
}
