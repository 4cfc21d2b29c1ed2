package postfix

import "strings"

// parser reads the lines of a log. Each goroutine has one of its own.
type parser struct {
	source string
	kinds  kindSet
	clock  *clock
	names  [32]programName
	event  Event
}

// programName is the name in a tag, as it was read last. Its strings are
// copies.
type programName struct{ tag, instance, program string }

func newParser(opts *ScanOptions) *parser {
	return &parser{source: opts.Source, kinds: kindsOf(opts.Kinds), clock: newClock(opts.Reference, opts.Zone)}
}

// parse gives the events of whole lines to see, the first of which has the
// number given.
func (p *parser) parse(text string, number int, stats *Stats, see func(*Event)) {
	stats.Bytes += int64(len(text))
	for ; text != ""; number++ {
		line := text
		if end := strings.IndexByte(text, '\n'); end >= 0 {
			line, text = text[:end], text[end+1:]
		} else {
			text = ""
		}
		stats.Lines++
		if line != "" && line[len(line)-1] == '\r' {
			line = line[:len(line)-1]
		}
		if line == "" {
			continue
		}
		if len(line) > maxLine {
			line = line[:maxLine]
			stats.Long++
		}
		known, ok := p.line(line, number)
		if !known {
			stats.Unread++
		}
		if ok {
			see(&p.event)
		}
	}
}

// line reads one line into p.event. known is false where it is of no log form
// at all, ok where it is an event of the kinds that are wanted.
func (p *parser) line(line string, number int) (known, ok bool) {
	if line[0] == '{' {
		p.event = Event{Source: p.source, Line: number, Text: line}
		known, ok = journalLine(p)
		return known, ok && p.wanted()
	}
	at, rest, ok := p.clock.cut(line)
	if !ok {
		p.event = Event{Source: p.source, Line: number, Text: line}
		known, ok = opensmtpdBare(&p.event)
		return known, ok && p.wanted()
	}
	if line[4] == '-' {
		p.event = Event{Source: p.source, Line: number, Text: line, Time: at}
		if eximLine(&p.event, rest) {
			return true, p.wanted()
		}
	}
	n := strings.IndexByte(rest, ' ')
	if n < 0 {
		return false, false
	}
	host, rest := rest[:n], rest[n+1:]
	tag, msg, ok := cutMessage(rest)
	if !ok {
		return true, false
	}
	name := p.name(tag)
	form, id, rest := formOf(msg)
	if name.instance != "" && formKinds[form]&p.kinds == 0 {
		return true, false
	}
	p.event = Event{Source: p.source, Line: number, Text: line, Time: at, Host: host}
	if name.instance == "" {
		return true, foreign(&p.event, tag, msg) && p.wanted()
	}
	p.event.Instance, p.event.Program, p.event.QueueID = name.instance, name.program, id
	return true, parseMessage(&p.event, form, rest) && p.wanted()
}

// tagged reads a message by the tag of the program that logged it.
func (p *parser) tagged(tag, msg string) bool {
	name := p.name(tag)
	if name.instance == "" {
		return foreign(&p.event, tag, msg)
	}
	form, id, rest := formOf(msg)
	p.event.Instance, p.event.Program, p.event.QueueID = name.instance, name.program, id
	return parseMessage(&p.event, form, rest)
}

func (p *parser) wanted() bool { return kindBit(p.event.Kind)&p.kinds != 0 }

// maxTag is the longest tag that is remembered.
const maxTag = 64

// cutMessage splits "tag: message".
func cutMessage(s string) (tag, msg string, ok bool) {
	if n := strings.IndexByte(s, ':'); n >= 0 && n+1 < len(s) && s[n+1] == ' ' {
		return s[:n], s[n+2:], true
	}
	return strings.Cut(s, ": ")
}

// name reads a tag, as cutTag does, but from memory where it can: few programs
// write most of a log. The result has no instance where the tag is not of
// Postfix.
func (p *parser) name(tag string) programName {
	if n := strings.IndexByte(tag, '['); n >= 0 {
		tag = tag[:n]
	}
	if tag == "" || len(tag) > maxTag {
		instance, program := cutTag(tag)
		return programName{tag, instance, program}
	}
	known := &p.names[(len(tag)+int(tag[len(tag)-1]))%len(p.names)]
	if known.tag != tag {
		tag = strings.Clone(tag)
		instance, program := cutTag(tag)
		*known = programName{tag, instance, program}
	}
	return *known
}

// cutTag reads "postfix/smtp-in/smtpd": the instance, and the program behind
// the last slash. Tags without a slash are those of other software, and so are
// policy services that log as a part of Postfix.
func cutTag(tag string) (instance, program string) {
	n := strings.LastIndexByte(tag, '/')
	if n <= 0 || strings.ContainsAny(tag, " \t=") || policyServices[tag[n+1:]] {
		return "", ""
	}
	return tag[:n], tag[n+1:]
}

// foreign reads a message of other software that writes to syslog.
func foreign(e *Event, tag, msg string) bool {
	name, _, _ := strings.Cut(tag, "[")
	switch name {
	case "smtpd":
		return opensmtpdLine(e, msg)
	case "exim", "exim4":
		return eximLine(e, msg)
	}
	program := name[strings.LastIndexByte(name, '/')+1:]
	return policyServices[program] && parsePolicy(e, program, msg)
}

// LineReader reads single lines, for a log that is followed as it grows.
type LineReader struct{ p *parser }

// NewLineReader makes a LineReader; Workers in opts has no meaning to it.
func NewLineReader(opts ScanOptions) *LineReader { return &LineReader{newParser(&opts)} }

// Line reads one line without its end. ok is false where it is no event. The
// event's strings are parts of text.
func (l *LineReader) Line(text string, number int) (e Event, ok bool) {
	if text == "" {
		return Event{}, false
	}
	if _, ok = l.p.line(text, number); !ok {
		return Event{}, false
	}
	return l.p.event, true
}
