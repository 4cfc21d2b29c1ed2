package smtp

import "strings"

// replyAt reads the reply that starts at i: up to the words that the quoting
// system adds behind it. lower is the text in lower case.
func replyAt(text, lower string, i int) Reply {
	body := text[i:]
	if i > 0 {
		body = body[:closing(text[i-1], body)]
	}
	body = body[:tail(body, lower[i:i+len(body)])]
	if len(body) > 5 && body[3] == ':' && body[4] == ' ' {
		body = body[:3] + body[4:] // "SMTP error 550: text"
	}
	if !oneLine(body) {
		body = strings.Join(splitReply(body), "\n")
	}
	r := ParseReply(body)
	if r.Enhanced.IsZero() {
		r.Enhanced = markedEnhanced(body)
	}
	return r
}

// oneLine reports whether body, which starts with a reply code, is surely one
// line of a reply: the code does not come again in it. Most replies are so.
func oneLine(body string) bool {
	return len(body) >= 4 && !strings.ContainsAny(body, "\r\n") && !strings.Contains(body[3:], body[:3])
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

// tails are what mail systems add behind a quoted reply, each with its rarest
// byte, which most replies do not have.
var tails = []struct {
	words string
	rare  byte
}{
	{"(in reply to ", '('},
	{"(received by ", '('},
	{"(delivery attempts:", '('},
	{"giving up on ", 'v'},
	{"i'm not going to try again", '\''},
	{"i am not going to try again", 'y'},
	{"};{", '}'},
	{" ##", '#'},
}

// tail gives where the words of the quoting system begin; lower is body in
// lower case.
func tail(body, lower string) int {
	end := len(body)
	for _, t := range tails {
		if strings.IndexByte(lower[:end], t.rare) < 0 {
			continue
		}
		if n := strings.Index(lower[:end], t.words); n > 0 {
			end = n
		}
	}
	return len(strings.TrimRight(body[:end], " \t\n\r"))
}

// lastIndex is strings.LastIndex for words that most texts do not have: a search
// from the start is many times faster.
func lastIndex(s, words string) int {
	if !strings.Contains(s, words) {
		return -1
	}
	return strings.LastIndex(s, words)
}

// hostBehind reads the host that qmail and Exchange name behind the reply.
func hostBehind(lower, text string) (name, ip string) {
	if n := lastIndex(lower, "{fqdn="); n >= 0 {
		name, _ = CutHost(text[n+len("{fqdn="):])
		if n = strings.LastIndex(lower, "{ip="); n >= 0 {
			_, ip = CutHost(text[n+len("{ip="):])
		}
		return name, ip
	}
	if n := lastIndex(lower, "giving up on "); n >= 0 {
		return CutHost(text[n+len("giving up on "):])
	}
	return "", ""
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
