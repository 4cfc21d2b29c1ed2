package mailtest

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Conversation is what a scripted SMTP server says. Its text reads as a
// dialogue:
//
//	S: 220 mx1.example.com ESMTP
//	C: EHLO *
//	S: 250-mx1.example.com
//	S: 250 STARTTLS
//	C: STARTTLS
//	S: 220 2.0.0 Go ahead
//	! tls expired
//	C: RCPT TO:<greylisted@*
//	S: 450 4.2.0 Try again
//	C: RCPT TO:<greylisted@*
//	S: 250 2.1.5 Ok
//
// Lines with "S:" are said as they stand, with CR and LF added. Before the
// first "C:" they are the greeting. "C:" starts the answer to every command
// that fits the pattern, whenever it comes; case does not count and "*" stands
// for anything. The first pattern that fits is used; where it stands several
// times, the first answer is given to the first such command, the next to the
// next, the last to all others. Lines with "!" do something:
//
//	! wait 50ms              waits
//	! stall                  says nothing more and holds the connection open
//	! close                  closes the connection
//	! reset                  resets it
//	! raw "250-half"         sends exactly these bytes (a Go string)
//	! drip 10ms "250 Ok\r\n" sends them one at a time, with a pause after each
//	! repeat 9 "250-x\r\n"   sends them so often, 0 without end
//	! tls NAME               begins TLS with the certificate NAME
//
// "#" starts a comment line.
type Conversation struct {
	opening []action
	blocks  []block
}

// block is the answer to the commands that fit a pattern.
type block struct {
	pattern string
	actions []action
}

// action is one thing that the server does.
type action struct {
	kind  string
	text  string
	every time.Duration
	times int
}

// ParseConversation reads a conversation. Errors name the line.
func ParseConversation(text string) (*Conversation, error) {
	c := &Conversation{}
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimSpace(line)
		mark, rest, _ := strings.Cut(line, " ")
		var act action
		switch mark {
		case "", "#":
			continue
		case "C:":
			c.blocks = append(c.blocks, block{pattern: strings.TrimSpace(rest)})
			continue
		case "S:":
			act = action{kind: "say", text: rest + "\r\n"}
		case "!":
			var err error
			if act, err = parseAction(rest); err != nil {
				return nil, fmt.Errorf("line %d: %w", number, err)
			}
		default:
			return nil, fmt.Errorf("line %d: %q starts with none of C: S: ! #", number, line)
		}
		if n := len(c.blocks); n > 0 {
			c.blocks[n-1].actions = append(c.blocks[n-1].actions, act)
		} else {
			c.opening = append(c.opening, act)
		}
	}
	return c, nil
}

// parseAction reads what stands behind "!".
func parseAction(text string) (action, error) {
	kind, rest, _ := strings.Cut(text, " ")
	a := action{kind: kind}
	var err error
	switch kind {
	case "stall", "close", "reset":
	case "wait":
		a.every, err = time.ParseDuration(rest)
	case "tls":
		a.text = rest
	case "raw":
		a.kind = "say"
		a.text, err = strconv.Unquote(rest)
	case "drip":
		pause, quoted, _ := strings.Cut(rest, " ")
		if a.every, err = time.ParseDuration(pause); err == nil {
			a.text, err = strconv.Unquote(quoted)
		}
	case "repeat":
		times, quoted, _ := strings.Cut(rest, " ")
		if a.times, err = strconv.Atoi(times); err == nil {
			a.text, err = strconv.Unquote(quoted)
		}
	default:
		err = fmt.Errorf("there is no action %q", kind)
	}
	if err != nil {
		return action{}, fmt.Errorf("%q: %w", text, err)
	}
	return a, nil
}

// certificates gives the names that "! tls" uses.
func (c *Conversation) certificates() []string {
	var names []string
	add := func(actions []action) {
		for _, a := range actions {
			if a.kind == "tls" {
				names = append(names, a.text)
			}
		}
	}
	add(c.opening)
	for _, b := range c.blocks {
		add(b.actions)
	}
	return names
}

// match reports whether s fits a pattern in which "*" stands for anything.
func match(pattern, s string) bool {
	first, rest, starred := strings.Cut(pattern, "*")
	if !starred {
		return pattern == s
	}
	s, ok := strings.CutPrefix(s, first)
	if !ok {
		return false
	}
	for i := 0; i <= len(s); i++ {
		if match(rest, s[i:]) {
			return true
		}
	}
	return false
}
