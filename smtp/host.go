package smtp

import (
	"net/netip"
	"strings"
)

// hostWord is words beside which the quoting system names a host.
type hostWord struct {
	words string
	// before says that the host stands in front of the words.
	before bool
	// weak words name a host only in front of a reply.
	weak bool
}

// hostWords are in lower case, the surest first.
var hostWords = []hostWord{
	{words: "while talking to "},
	{words: "recipient domain "}, // Gmail: "for the recipient domain example.com by mx.example.com."
	{words: "fqdn="},
	{words: "does not like recipient", before: true},
	{words: "does not like sender", before: true},
	{words: "did not like our ", before: true},
	{words: "failed after i sent the message", before: true},
	{words: "failed on data command", before: true},
	{words: "failed after ", before: true}, // DragonFly Mail Agent
	{words: "refused to talk to me", before: true},
	{words: "said:", before: true},
	{words: "gave this error", before: true},
	{words: "rejected your message", before: true},
	{words: "responded with", before: true},
	{words: "connected to "},
	{words: "connect to "},
	{words: "conversation with "},
	{words: "lost connection with "},
	{words: "remote host "},
	{words: "mx host "},
	{words: "host: "},
	{words: "host "},
	{words: "h="},
	{words: "smtp server "},
	{words: "delivery via "},
	{words: "relay="},
	{words: "remote-mta: "},
	{words: "remote-host: "},
	{words: "giving up on "},
	{words: "connection to "},
	{words: "connecting to "},
	{words: "refused by "},
	{words: "rejected by "},
	{words: "closed by "},
	{words: "reset by "},
	{words: "port 25 of "},
	{words: "user open with "},
	{words: "timed out with "},
	{words: "read error from "},
	{words: "with "},
	{words: "server at "},
	{words: "server "},
	{words: "mailer "},
	{words: "by ", weak: true},
	{words: "from ", weak: true},
	{words: "to ", weak: true},
	{words: "at ", weak: true},
	{words: "relay ", weak: true},
	{words: "["}, // Gmail: "[mx.example.com 192.0.2.7: timed out]"
}

var hostIndex = newPhraseIndex(hostPhrases())

func hostPhrases() []string {
	words := make([]string, len(hostWords))
	for i := range hostWords {
		words[i] = hostWords[i].words
	}
	return words
}

// hostIn gives the host that the surest words in text name, the last one where
// they come again. reply says that text is what stands in front of a reply.
func hostIn(text, lower string, reply bool) (name, ip string) {
	best := len(hostWords)
	hostIndex.each(lower, func(n, at int) bool {
		w := &hostWords[n]
		if n > best || w.weak && !reply {
			return false
		}
		a, b := "", ""
		switch {
		case w.before:
			a, b = hostAtEnd(text[:at])
		case w.words == "recipient domain ":
			if _, by, ok := strings.Cut(text[at+len(w.words):], " by "); ok {
				a, b = CutHost(by)
			}
		case w.words == "[":
			a, b = hostAndIP(text[at+1:])
		default:
			a, b = CutHost(text[at+len(w.words):])
		}
		if a != "" || b != "" {
			best, name, ip = n, a, b
		}
		return false
	})
	return name, ip
}

// hostAndIP reads "mx.example.com 192.0.2.7:".
func hostAndIP(s string) (name, ip string) {
	if len(s) > 300 {
		s = s[:300]
	}
	head, rest, ok := strings.Cut(s, " ")
	if !ok || !looksLikeHost(head) {
		return "", ""
	}
	end := strings.IndexAny(rest, ", ]")
	if end < 0 {
		end = len(rest)
	}
	ip = parseIP(strings.TrimRight(rest[:end], ":."))
	if ip == "" {
		return "", ""
	}
	return head, ip
}

// unreachedHost gives the host that a reply of the quoting system's own says it
// could not reach: "421 example.com (smtp)... Deferred: Connection timed out
// during user open with example.com".
func unreachedHost(text, lower string) (name, ip string) {
	for _, w := range []string{"user open with ", "refused by ", "timed out with ", "reset by ", "read error from ", "connection to "} {
		if n := lastIndex(lower, w); n >= 0 {
			if name, ip = CutHost(text[n+len(w):]); name != "" || ip != "" {
				return name, ip
			}
		}
	}
	return "", ""
}

// hostAtEnd reads a host at the very end of s, in the forms of CutHost.
func hostAtEnd(s string) (name, ip string) {
	s = strings.TrimRight(s[max(0, len(s)-330):], " \t\n:,;-#>\"'")
	if s == "" {
		return "", ""
	}
	if c := s[len(s)-1]; c == ']' || c == ')' {
		open := strings.LastIndexByte(s, map[byte]byte{']': '[', ')': '('}[c])
		if open < 0 {
			return "", ""
		}
		ip = bracketed(s[open:])
		s = strings.TrimRight(s[:open], " \t\n")
		if ip == "" {
			return "", ""
		}
	}
	word := s[strings.LastIndexAny(s, " \t\n<('\",;")+1:]
	a, b := CutHost(word)
	if ip == "" {
		return a, b
	}
	return a, ip
}

// CutHost reads a host at the very start of s in the forms that mail systems
// print: "mx.example.com[192.0.2.7]:25", "mx.example.com [192.0.2.7]",
// "mx.example.com (192.0.2.7)", "[192.0.2.7]", "192.0.2.7", "mx.example.com.".
// Both results are "" where no host with a dot in its name stands there.
func CutHost(s string) (name, ip string) {
	s = strings.TrimLeft(s, " \t\n'\"<`")
	if strings.HasPrefix(s, "[") {
		return "", bracketed(s)
	}
	end := 0
	for end < len(s) && end < 260 && (isAlnum(s[end]) || s[end] == '.' || s[end] == '-' || s[end] == '_' || s[end] == ':') {
		end++
	}
	word := strings.TrimRight(s[:end], ".:-")
	rest := strings.TrimLeft(s[len(word):], ". \t\n'\">`")
	if ip = parseIP(word); ip != "" {
		return "", ip
	}
	if n := strings.LastIndexByte(word, ':'); n > 0 { // a port
		word = word[:n]
		if ip = parseIP(word); ip != "" {
			return "", ip
		}
	}
	if !looksLikeHost(word) || strings.HasPrefix(rest, "@") {
		return "", ""
	}
	rest = strings.TrimPrefix(rest, ":")
	if rest != "" && (rest[0] == '[' || rest[0] == '(') {
		ip = bracketed(rest)
	}
	return word, ip
}

// bracketed reads "[192.0.2.7]", "(192.0.2.7)", "([192.0.2.7])",
// "[IPv6:2001:db8::7]", and "(TCP|192.0.2.1|4711|192.0.2.7|25)", in which the
// far end comes second.
func bracketed(s string) string {
	s = strings.TrimLeft(s, "([ ")
	end := strings.IndexAny(s, "])#, ")
	if end < 0 {
		return ""
	}
	s = s[:end]
	if strings.HasPrefix(s, "TCP|") {
		if f := strings.Split(s, "|"); len(f) >= 4 {
			s = f[3]
		}
	}
	if len(s) > 5 && strings.EqualFold(s[:5], "ipv6:") {
		s = s[5:]
	}
	if ip := parseIP(s); ip != "" {
		return ip
	}
	if n := strings.LastIndexByte(s, ':'); n > 0 {
		return parseIP(s[:n])
	}
	return ""
}

// parseIP gives an IP address in its usual form, or "". What cannot be one is
// not handed to the parser, whose errors cost more than its results.
func parseIP(s string) string {
	dots, colons := 0, 0
	for i := range len(s) {
		switch c := s[i]; {
		case c == '.':
			dots++
		case c == ':':
			colons++
		case !isDigit(c) && (c|0x20 < 'a' || c|0x20 > 'f'):
			return ""
		}
	}
	if colons < 2 && (dots != 3 || !isDigit(s[0])) {
		return ""
	}
	addr, err := netip.ParseAddr(s)
	if err != nil {
		return ""
	}
	return addr.Unmap().String()
}

// looksLikeHost asks for a dot, and a last label of letters.
func looksLikeHost(s string) bool {
	n := strings.LastIndexByte(s, '.')
	if n <= 0 || n+2 >= len(s) || len(s) > 253 || strings.Contains(s, "..") {
		return false
	}
	for _, c := range []byte(s[n+1:]) {
		if !isAlnum(c) && c != '-' {
			return false
		}
	}
	return !isDigit(s[n+1])
}
