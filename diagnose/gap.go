package diagnose

import (
	"bytes"
	"strings"
)

// maxGap is how many bytes of other text " * " may stand for, and how long the
// word may be that " ? " stands for.
const maxGap = 80

// The two signs for text that does not matter.
const (
	gapText = " * "
	gapWord = " ? "
)

// cutGap parts a phrase at its first gap.
func cutGap(phrase string) (part, rest string, word, more bool) {
	i := strings.Index(phrase, gapText)
	if j := strings.Index(phrase, gapWord); j >= 0 && (i < 0 || j < i) {
		return phrase[:j], phrase[j+len(gapWord):], true, true
	}
	if i >= 0 {
		return phrase[:i], phrase[i+len(gapText):], false, true
	}
	return phrase, "", false, false
}

// after finds stretch j behind position end and gives where it ends, or -1.
// word says that one word at the most may stand between.
func (p *phrase) after(text []byte, end int, part string, word bool, j int) int {
	limit := min(len(text), end+maxGap+len(part))
	for at := end; at+len(part) <= limit; at++ {
		i := bytes.IndexByte(text[at:limit], part[0])
		if i < 0 {
			return -1
		}
		at += i
		if partAt(text, at, part) && p.edges(text, at, at+len(part), j) && (!word || isOneWord(text[end:at])) {
			return at + len(part)
		}
	}
	return -1
}

// before finds stretch j in front of position start and gives where it starts,
// or -1.
func (p *phrase) before(text []byte, start int, part string, word bool, j int) int {
	limit := max(0, start-maxGap-len(part))
	for at := start - len(part); at >= limit; at-- {
		i := bytes.LastIndexByte(text[limit:at+1], part[0])
		if i < 0 {
			return -1
		}
		at = limit + i
		if partAt(text, at, part) && p.edges(text, at, at+len(part), j) && (!word || isOneWord(text[at+len(part):start])) {
			return at
		}
	}
	return -1
}

// isOneWord reports whether a gap holds one word, with signs around it, or
// signs alone, or nothing but a space.
func isOneWord(gap []byte) bool {
	return bytes.IndexByte(bytes.Trim(gap, " <>()[]\"':,."), ' ') < 0
}

// maxName bounds how far around a word a name is looked for, in bytes.
const maxName = 300

// insideName reports whether text[start:end] is only a part of a host name or
// URL, where words have no meaning of their own.
func insideName(text []byte, start, end int) bool {
	a, b := start, end
	for a > 0 && start-a < maxName && !endsName(text[a-1]) {
		a--
	}
	for b < len(text) && b-end < maxName && !endsName(text[b]) {
		b++
	}
	if a == start && b == end {
		return false
	}
	word := text[a:b]
	if bytes.Contains(word, []byte("://")) || bytes.HasPrefix(word, []byte("www.")) {
		return true
	}
	if i := bytes.IndexAny(word, "=:/"); i >= 0 && a+i >= end {
		word = word[:i] // "mx.example.com:25", "mx.example.com/spam"
	} else if i := bytes.LastIndexAny(word[:start-a], "=:/"); i >= 0 {
		if word[i] == '/' && looksLikeName(word[:bytes.IndexByte(word, '/')]) {
			return true
		}
		word = word[i+1:]
	}
	return looksLikeName(word)
}

// endsName reports whether c ends the word that holds a name.
func endsName(c byte) bool {
	switch c {
	case ' ', '<', '>', '(', ')', '[', ']', '{', '}', '"', '\'', ',', ';', '|':
		return true
	}
	return c >= 0x80
}

// looksLikeName reports whether word is the name of a host: labels parted by
// dots of which the last is one of the common top-level domains or has two
// letters, or at least three labels. "spam.please" is two sentences.
func looksLikeName(word []byte) bool {
	word = bytes.TrimRight(word, ".:")
	dots := 0
	last := 0
	for i, c := range word {
		switch {
		case c == '.':
			if i == last {
				return false
			}
			dots++
			last = i + 1
		case !isWord(c) && c != '-' && c != '_':
			return false
		}
	}
	if dots == 0 || last == len(word) || isDigit(word[last]) {
		return false
	}
	if dots > 1 || len(word)-last == 2 {
		return true
	}
	switch string(word[last:]) {
	case "com", "net", "org", "edu", "gov", "mil", "info", "biz", "name", "email", "mail", "cloud", "online", "site", "shop", "app", "dev", "tech",
		"example", "invalid", "test", "local", "lan", "internal", "localdomain", "arpa", "host":
		return true
	}
	return false
}
