package postfix

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// Head is what the beginning of a log tells of it.
type Head struct {
	// First is the time of its first line that has one, Host the host that
	// logged it.
	First time.Time
	Host  string
	// Known says that one of its lines is of a mail server that is read here.
	Known bool
	// Others are the programs whose lines are not read, in order.
	Others []string
}

// maxOthers bounds the programs that a Head names.
const maxOthers = 8

// ReadHead looks at the beginning of a log, of which the last line may be cut.
func ReadHead(text string, opts ScanOptions) Head {
	var h Head
	p := newParser(&opts)
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" {
			continue
		}
		if line[0] == '{' {
			h.journal(p, line)
			continue
		}
		t, rest, ok := p.clock.cut(line)
		if !ok {
			known, _ := opensmtpdBare(&Event{Text: line})
			h.Known = h.Known || known
			continue
		}
		if line[4] == '-' && eximLine(&Event{}, rest) {
			h.seen(t, "", "exim")
			continue
		}
		host, rest, _ := strings.Cut(rest, " ")
		tag, _, ok := strings.Cut(rest, ": ")
		if !ok {
			tag = ""
		}
		h.seen(t, host, tag)
	}
	return h
}

// journal takes note of a line of journalctl -o json.
func (h *Head) journal(p *parser, line string) {
	var j journalEntry
	if json.Unmarshal([]byte(line), &j) != nil || j.Identifier == "" {
		return
	}
	p.event = Event{Text: line}
	journalLine(p)
	h.seen(p.event.Time, p.event.Host, j.Identifier)
}

// seen takes note of a line by its tag.
func (h *Head) seen(t time.Time, host, tag string) {
	if h.First.IsZero() {
		h.First, h.Host = t, strings.Clone(host)
	}
	program, _, _ := strings.Cut(tag, "[")
	instance, _ := cutTag(program)
	switch {
	case program == "":
	case program == "exim", program == "exim4", program == "smtpd", instance != "":
		h.Known = true
	case len(h.Others) < maxOthers && !slices.Contains(h.Others, program) && !strings.ContainsAny(program, " \t"):
		h.Others = append(h.Others, strings.Clone(program))
	}
}
