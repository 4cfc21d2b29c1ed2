package dsn

import "strings"

// sentence is a form that tells reason and recipient in one line: words, then
// the address; or the address within.
type sentence struct {
	words string // in lower case, with the blank or colon in front of the address
	// anywhere says that the words need not begin the line.
	anywhere bool
	// last says that the last address of the line is meant.
	name string
}

// sentences are the lines in which servers that send a bare notice name the
// recipient.
var sentences = []sentence{
	{words: "user's mailbox is full: ", name: "prodigy"},
	{words: "failed to deliver to ", anywhere: true, name: "communigate"},
	{words: "rejected recipient ", anywhere: true, name: "rejected-recipient"},
	{words: "could not deliver your message to: ", anywhere: true, name: "vpop3"},
	{words: "invalid user id: ", anywhere: true, name: "compuserve"},
	{words: "addressed to '", anywhere: true, name: "demon"},
	{words: "[user unknown]", anywhere: true, name: "user-unknown"},
}

var sentenceMarks = wordsOf(sentences)

func wordsOf(list []sentence) []string {
	marks := make([]string, len(list))
	for i := range list {
		marks[i] = list[i].words
	}
	return marks
}

// sniffSentence asks for a short text: the words occur in long ones by chance.
func sniffSentence(m *message) bool { return len(m.body.text) < 8192 && m.mayReport() }

func readSentence(m *message) []Recipient { return m.readSentences(sentences) }

func (m *message) readSentences(list []sentence) []Recipient {
	b := &m.body
	var out []Recipient
	for pos := 0; pos < len(b.text) && len(out) < maxEntries; {
		s := b.lineFrom(pos)
		pos = s.next
		addr, n := sentenceAddress(b, s, list)
		if addr == "" {
			continue
		}
		e := entry{addr: addr, at: s.start, from: s.start, to: sentenceEnd(b, s, list, list[n].name)}
		out = append(out, m.recipient(e))
	}
	if b.has("delivery has been delayed", "delivery is delayed", "will keep trying", "attempts will continue") {
		for i := range out {
			out[i].Action = "delayed"
		}
	}
	return out
}

// sentenceAddress finds the sentence that a line holds and its address.
func sentenceAddress(b *body, s span, sentences []sentence) (addr string, n int) {
	line, lower := b.words(s), b.lowered(s)
	for i := range sentences {
		w := &sentences[i]
		at := strings.Index(lower, w.words)
		if at < 0 || at > 0 && !w.anywhere {
			continue
		}
		rest := strings.TrimLeft(line[at+len(w.words):], " '\"")
		if strings.HasPrefix(w.words, "[") {
			rest = line // the address begins the line
		}
		if addr, _, ok := leadAddress(rest); ok {
			return addr, i
		}
		if n := strings.LastIndexByte(rest, ' '); n > 0 && w.name == "imail" {
			if addr, _, ok := leadAddress(rest[n+1:]); ok {
				return addr, i
			}
		}
	}
	return "", 0
}

// sentenceEnd gives where what is said of the recipient ends: with the next
// sentence of the kind, with the text, or with the paragraph behind.
func sentenceEnd(b *body, s span, list []sentence, name string) int {
	end := s.end
	gap := 0
	for pos := s.next; pos < len(b.text); {
		n := b.lineFrom(pos)
		pos = n.next
		if b.words(n) == "" {
			if gap++; gap > 1 || name == "rejected-recipient" {
				return end
			}
			continue
		}
		if addr, _ := sentenceAddress(b, n, list); addr != "" || strings.HasPrefix(b.lowered(n), "original message") || strings.HasPrefix(b.words(n), "----") {
			return end
		}
		end = n.end
	}
	return end
}
