package postfix

import (
	"strings"

	"github.com/smtpdiag/smtpdiag/smtp"
)

// form is what sort of message a line holds, by its first words.
type form uint8

const (
	formNone form = iota
	formAction
	formWarning
	formLost
	formHangup
	formDelivery
	formQmgr
	formClient
	formMessageID
	formRemoved
	formNotice
	formPickup
	formSession
)

// formKinds are the kinds of events that a message of each form can be.
var formKinds = [...]kindSet{
	formNone:      0,
	formAction:    kindsOf([]EventKind{EventReject, EventWarnReject}),
	formWarning:   kindsOf([]EventKind{EventAuth, EventLimit, EventName, EventDependency, EventWarning}),
	formLost:      kindsOf([]EventKind{EventLost, EventLimit}),
	formHangup:    kindsOf([]EventKind{EventLost}),
	formDelivery:  kindsOf([]EventKind{EventSent, EventDeferred, EventBounced, EventExpired}),
	formQmgr:      kindsOf([]EventKind{EventQueued, EventExpired}),
	formClient:    kindsOf([]EventKind{EventAccepted}),
	formMessageID: kindsOf([]EventKind{EventMessageID}),
	formRemoved:   kindsOf([]EventKind{EventRemoved}),
	formNotice:    kindsOf([]EventKind{EventNotice}),
	formPickup:    kindsOf([]EventKind{EventAccepted}),
	formSession:   kindsOf([]EventKind{EventSession}),
}

// formOf tells the form of a message, and splits off the queue id where there
// is one, or "NOQUEUE". Most lines of a log are of no form: it has to be quick.
func formOf(s string) (f form, id, rest string) {
	if s == "" {
		return formNone, "", s
	}
	switch s[0] {
	case 'N':
		if strings.HasPrefix(s, "NOQUEUE: ") {
			return formAction, "", s[9:]
		}
	case 'p', 'w', 'e', 'f':
		switch {
		case strings.HasPrefix(s, "proxy-reject: "):
			return formAction, "", s
		case strings.HasPrefix(s, "warning: "), strings.HasPrefix(s, "error: "), strings.HasPrefix(s, "fatal: "), strings.HasPrefix(s, "panic: "):
			return formWarning, "", s
		}
	case 'l', 't', 'i':
		if strings.HasPrefix(s, "lost connection after ") || strings.HasPrefix(s, "timeout after ") || strings.HasPrefix(s, "improper command pipelining after ") || strings.HasPrefix(s, "too many errors after ") {
			return formLost, "", s
		}
	case 'd':
		if strings.HasPrefix(s, "disconnect from ") {
			return formSession, "", s
		}
	case 'H':
		if strings.HasPrefix(s, "HANGUP after ") {
			return formHangup, "", s
		}
	}
	id, rest, ok := cutQueueID(s)
	if !ok {
		return formNone, "", s
	}
	return formOfQueued(rest), id, rest
}

// formOfQueued tells the form of what follows a queue id.
func formOfQueued(rest string) form {
	switch {
	case strings.HasPrefix(rest, "to=<"):
		return formDelivery
	case strings.HasPrefix(rest, "from=<"):
		return formQmgr
	case strings.HasPrefix(rest, "client="):
		return formClient
	case strings.HasPrefix(rest, "message-id="):
		return formMessageID
	case rest == "removed":
		return formRemoved
	case strings.HasPrefix(rest, "sender non-delivery notification: "), strings.HasPrefix(rest, "sender delay notification: "),
		strings.HasPrefix(rest, "sender delivery status notification: "), strings.HasPrefix(rest, "postmaster non-delivery notification: "):
		return formNotice
	case strings.HasPrefix(rest, "uid="):
		return formPickup
	}
	return formAction
}

// parseMessage reads what follows the tag of a Postfix line and the queue id
// into e, and reports whether it is an event.
func parseMessage(e *Event, f form, s string) bool {
	switch f {
	case formAction:
		return parseAction(e, s)
	case formWarning:
		return parseWarning(e, s)
	case formLost:
		return parseLost(e, s)
	case formHangup:
		e.Kind, e.Reason = EventLost, s
		e.ClientName, e.ClientIP = peer(after(s, " from "))
		return true
	case formDelivery:
		return parseDelivery(e, s)
	case formQmgr:
		return parseQmgr(e, s)
	case formClient:
		return parseClient(e, s)
	case formMessageID:
		e.Kind, e.MessageID = EventMessageID, strings.TrimSuffix(strings.TrimPrefix(s[11:], "<"), ">")
		return true
	case formRemoved:
		e.Kind = EventRemoved
		return true
	case formNotice:
		e.Kind = EventNotice
		e.Reason, e.NextID, _ = strings.Cut(s, ": ")
		return true
	case formPickup:
		e.Kind = EventAccepted
		e.Sender, e.HasSender = bracket(s, "from=<")
		return true
	case formSession:
		return parseSession(e, s[len("disconnect from "):])
	case formNone:
	}
	return false
}

// after gives what follows the last occurrence of mark, or "".
func after(s, mark string) string {
	if n := strings.LastIndex(s, mark); n >= 0 {
		return s[n+len(mark):]
	}
	return ""
}

// The longest and the shortest queue id.
const (
	minQueueID = 5
	maxQueueID = 25
)

// idChars tells what a byte means in a queue id: 0 where it cannot stand in
// one, else the sum of isIDChar, isIDDigit and isIDHex.
var idChars = func() (table [256]uint8) {
	for c := range table {
		switch {
		case c >= '0' && c <= '9':
			table[c] = isIDChar | isIDDigit
		case c >= 'A' && c <= 'F':
			table[c] = isIDChar | isIDHex
		case c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z':
			table[c] = isIDChar
		}
	}
	return table
}()

const (
	isIDChar = 1 << iota
	isIDDigit
	isIDHex
)

// cutQueueID splits "3F2A91C0: rest": a short id of hexadecimal digits, or a
// long one of letters and digits (enable_long_queue_ids).
func cutQueueID(s string) (id, rest string, ok bool) {
	var some, all uint8 = 0, isIDHex
	n := 0
	for ; n < len(s) && n <= maxQueueID; n++ {
		class := idChars[s[n]]
		if class == 0 {
			break
		}
		some |= class
		all &= class
	}
	if n < minQueueID || n > maxQueueID || n+2 > len(s) || s[n] != ':' || s[n+1] != ' ' {
		return "", s, false
	}
	if some&isIDDigit == 0 && all&isIDHex == 0 && !aboutMessage(s[n+2:]) {
		return "", s, false // "message: " and other words are no ids
	}
	return s[:n], s[n+2:], true
}

// aboutMessage reports whether a text is what follows a queue id, for ids that
// happen to have no digit.
func aboutMessage(rest string) bool {
	for _, start := range []string{"to=<", "from=<", "client=", "message-id=<", "uid=", "reject: ", "milter-reject: "} {
		if strings.HasPrefix(rest, start) {
			return true
		}
	}
	return rest == "removed"
}

// actions are the words of smtpd, postscreen and cleanup behind which they log
// what they did to a command.
var actions = []struct {
	word string
	kind EventKind
}{
	{"reject: ", EventReject},
	{"reject_warning: ", EventWarnReject},
	{"milter-reject: ", EventReject},
	{"client-reject: ", EventReject},
	{"proxy-reject: ", EventReject},
	{"discard: ", EventReject},
	{"milter-discard: ", EventReject},
	{"hold: ", EventWarnReject},
	{"warn: ", EventWarnReject},
}

// parseAction reads "reject: RCPT from host[ip]: 550 5.1.1 text; from=<> to=<>".
func parseAction(e *Event, s string) bool {
	for _, a := range actions {
		if strings.HasPrefix(s, a.word) {
			e.Kind, e.Gate = a.kind, a.word[:len(a.word)-2]
			return parseRefusal(e, s[len(a.word):])
		}
	}
	return false
}

// commands maps the word after "reject:" to a stage.
var commands = []struct {
	word  string
	stage smtp.Stage
}{
	{"RCPT from ", smtp.StageRcpt},
	{"MAIL from ", smtp.StageMail},
	{"END-OF-MESSAGE from ", smtp.StageEOD},
	{"DATA from ", smtp.StageData},
	{"EHLO from ", smtp.StageEHLO},
	{"HELO from ", smtp.StageEHLO},
	{"CONNECT from ", smtp.StageBanner},
	{"AUTH from ", smtp.StageAuth},
	{"STARTTLS from ", smtp.StageSTARTTLS},
	{"BDAT from ", smtp.StageEOD},
	{"VRFY from ", ""},
	{"ETRN from ", ""},
	{"UNKNOWN from ", ""},
}

func parseRefusal(e *Event, s string) bool {
	for _, c := range commands {
		if strings.HasPrefix(s, c.word) {
			e.Stage = c.stage
			s = s[len(c.word):]
			n := strings.Index(s, "]: ")
			skip := 3
			if n < 0 || strings.HasPrefix(e.Program, "postscreen") {
				// postscreen logs [ip]:port.
				if n = strings.Index(s, ": "); n < 0 {
					return false
				}
				n, skip = n-1, 3
			}
			e.ClientName, e.ClientIP = peer(s[:n+1])
			parseReason(e, s[min(len(s), n+skip):])
			return true
		}
	}
	if rest, ok := strings.CutPrefix(s, "END-OF-MESSAGE: "); ok { // a proxy's, which names no client here
		e.Stage = smtp.StageEOD
		parseReason(e, rest)
		return true
	}
	return parseContent(e, s)
}

// parseContent reads what cleanup logs of a header or body check: "header
// Subject: text from host[ip]; from=<> to=<> proto= helo=<>: 5.7.1 reason".
func parseContent(e *Event, s string) bool {
	word, _, _ := strings.Cut(s, " ")
	switch word {
	case "header", "body", "mime-header", "nested-header":
	default:
		return false
	}
	e.Gate, e.Stage = word, smtp.StageEOD
	n := strings.LastIndex(s, "; from=<")
	if n < 0 {
		return false
	}
	e.ClientName, e.ClientIP = peer(after(s[:n], " from "))
	envelope(e, s[n:])
	tail := s[n:]
	if k := strings.LastIndex(tail, ">: "); k >= 0 {
		e.Reason = tail[k+3:]
	}
	return true
}

// parseReason splits "550 5.1.1 text; from=<a> to=<b> proto=ESMTP helo=<c>".
func parseReason(e *Event, s string) {
	e.Reason = s
	for _, mark := range []string{"; from=<", "; to=<", "; proto=", "; client=", "; helo=<"} {
		if n := strings.Index(s, mark); n >= 0 {
			e.Reason = s[:n]
			envelope(e, s[n:])
			return
		}
	}
}

// envelope reads from=<a> to=<b> helo=<c>, with or without commas. Where an
// address breaks that form it looks for each by itself.
func envelope(e *Event, s string) {
	rest := s
	for {
		for rest != "" && (rest[0] == ' ' || rest[0] == ',' || rest[0] == ';') {
			rest = rest[1:]
		}
		n := strings.IndexByte(rest, '=')
		if n < 0 {
			return
		}
		name := rest[:n]
		rest = rest[n+1:]
		if rest == "" || rest[0] != '<' { // proto=ESMTP
			n = strings.IndexByte(rest, ' ')
			if n < 0 {
				return
			}
			rest = rest[n:]
			continue
		}
		n = strings.IndexByte(rest, '>')
		if n < 0 || n+1 < len(rest) && strings.IndexByte(" ,:", rest[n+1]) < 0 {
			break
		}
		value := rest[1:n]
		if strings.IndexByte(value, '<') >= 0 {
			break
		}
		rest = rest[n+1:]
		switch name {
		case "from":
			e.Sender, e.HasSender = value, true
		case "to":
			e.Recipient = value
		case "helo":
			e.HELO = value
			return // always the last
		}
	}
	e.Sender, e.HasSender = bracket(s, "from=<")
	e.Recipient, _ = bracket(s, " to=<")
	e.HELO, _ = bracket(s, "helo=<")
}

// bracket gives what stands between mark, which ends in '<', and '>'.
func bracket(s, mark string) (string, bool) {
	n := strings.Index(s, mark)
	if n < 0 {
		return "", false
	}
	s = s[n+len(mark):]
	k := strings.IndexByte(s, '>')
	if k < 0 {
		return "", false
	}
	return s[:k], true
}

// peer reads "host[192.0.2.7]", "host[192.0.2.7]:25", "[192.0.2.7]:4711".
func peer(s string) (name, ip string) {
	n := strings.LastIndexByte(s, '[')
	if n < 0 {
		return s, ""
	}
	k := strings.IndexByte(s[n:], ']')
	if k < 0 {
		return s[:n], ""
	}
	return s[:n], s[n+1 : n+k]
}

// parseClient reads "client=host[ip], orig_queue_id=X, sasl_username=y".
func parseClient(e *Event, s string) bool {
	e.Kind = EventAccepted
	first, rest, _ := strings.Cut(s[7:], ", ")
	e.ClientName, e.ClientIP = peer(first)
	if _, after, ok := strings.Cut(rest, "orig_queue_id="); ok {
		e.NextID, _, _ = strings.Cut(after, ",")
	}
	return true
}

// parseQmgr reads "from=<a>, size=1936, nrcpt=1 (queue active)" and
// "from=<a>, status=expired, returned to sender".
func parseQmgr(e *Event, s string) bool {
	e.Sender, e.HasSender = bracket(s, "from=<")
	if rest, ok := strings.CutPrefix(s[min(len(s), len("from=<")+len(e.Sender)):], ">, size="); ok {
		var nrcpt string
		if e.Size, nrcpt = leadingInteger(rest); strings.HasPrefix(nrcpt, ", nrcpt=") {
			recipients, _ := leadingInteger(nrcpt[len(", nrcpt="):])
			e.Kind, e.Recipients = EventQueued, int(recipients)
			return true
		}
		e.Size = 0
	}
	switch {
	case strings.Contains(s, "status=expired"), strings.Contains(s, "status=force-expired"):
		e.Kind = EventExpired
		e.Reason = s[strings.Index(s, "status=")+7:]
		return true
	case strings.Contains(s, "nrcpt="):
		e.Kind = EventQueued
		e.Size = integer(s, "size=")
		e.Recipients = int(integer(s, "nrcpt="))
		return true
	}
	return false
}

// integer reads the decimal number behind mark, 0 where there is none.
func integer(s, mark string) int64 {
	_, after, _ := strings.Cut(s, mark)
	v, _ := leadingInteger(after)
	return v
}

// leadingInteger reads the decimal number at the start of s, 0 where there is
// none, and gives the rest.
func leadingInteger(s string) (v int64, rest string) {
	i := 0
	for ; i < len(s) && s[i] >= '0' && s[i] <= '9' && v <= 1<<55; i++ {
		v = v*10 + int64(s[i]-'0')
	}
	return v, s[i:]
}

// parseDelivery reads "to=<a>, orig_to=<b>, relay=c, delay=1, delays=a/b/c/d,
// dsn=5.1.1, status=bounced (text)".
func parseDelivery(e *Event, s string) bool {
	status, ok := deliveryFields(e, s)
	if !ok {
		head, after, found := strings.Cut(s, ", status=")
		if !found {
			return false
		}
		looseFields(e, head)
		status = after
	}
	word, reason, _ := strings.Cut(status, " ")
	switch word {
	case "sent":
		e.Kind = EventSent
	case "deferred", "SOFTBOUNCE": // the latter with soft_bounce = yes
		e.Kind = EventDeferred
	case "bounced":
		e.Kind = EventBounced
	case "expired":
		e.Kind = EventExpired
	default:
		return false // deliverable and undeliverable are probes of verify(8)
	}
	if strings.HasPrefix(reason, "(") {
		reason = strings.TrimSuffix(reason[1:], ")")
	}
	e.Reason = reason
	if e.Kind == EventSent {
		if k := strings.Index(reason, "queued as "); k >= 0 {
			e.NextID = word0(reason[k+10:])
		}
	}
	return true
}

// deliveryFields reads the fields of a delivery, one after the other, and gives
// what follows "status=". ok is false where the line has another form.
func deliveryFields(e *Event, s string) (status string, ok bool) {
	for {
		n := strings.IndexByte(s, '=')
		if n < 0 {
			return "", false
		}
		name := s[:n]
		s = s[n+1:]
		if name == "status" {
			return s, true
		}
		if s == "" {
			return "", false
		}
		var value string
		if s[0] == '<' {
			if n = strings.IndexByte(s, '>'); n < 0 {
				return "", false
			}
			value, s = s[1:n], s[n+1:]
			if strings.IndexByte(value, '<') >= 0 {
				return "", false
			}
		} else {
			if n = strings.IndexByte(s, ','); n < 0 {
				return "", false
			}
			value, s = s[:n], s[n:]
		}
		if len(s) < 2 || s[0] != ',' || s[1] != ' ' {
			return "", false
		}
		s = s[2:]
		switch name {
		case "to":
			e.Recipient = value
		case "orig_to":
			e.OrigTo = value
		case "relay":
			e.Relay = value
		case "delay":
			e.Delay = seconds(value)
		case "delays":
			delays(e, value)
		case "dsn":
			e.DSN, _, _ = smtp.CutEnhanced(value)
		}
	}
}

// looseFields looks for each field of a delivery by itself.
func looseFields(e *Event, head string) {
	e.Recipient, _ = bracket(head, "to=<")
	e.OrigTo, _ = bracket(head, "orig_to=<")
	if _, after, ok := strings.Cut(head, "relay="); ok {
		e.Relay, _, _ = strings.Cut(after, ", ")
	}
	if _, after, ok := strings.Cut(head, ", dsn="); ok {
		e.DSN, _, _ = smtp.CutEnhanced(after)
	}
	if _, after, ok := strings.Cut(head, ", delay="); ok {
		e.Delay = seconds(after)
	}
	if _, after, ok := strings.Cut(head, ", delays="); ok {
		after, _, _ = strings.Cut(after, ",")
		delays(e, after)
	}
}

// word0 gives the letters and digits at the start of s.
func word0(s string) string {
	for i := range len(s) {
		c := s[i]
		if (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return s[:i]
		}
	}
	return s
}

// parseLost reads "lost connection after EHLO from host[ip]".
func parseLost(e *Event, s string) bool {
	e.Kind = EventLost
	if strings.HasPrefix(s, "too many errors") { // the session is closed with 421
		e.Kind = EventLimit
	}
	head, rest, ok := strings.Cut(s, " from ")
	if !ok {
		return false
	}
	e.Reason = head
	e.ClientName, e.ClientIP = peer(rest)
	switch word := head[strings.LastIndexByte(head, ' ')+1:]; word {
	case "CONNECT":
		e.Stage = smtp.StageBanner
	case "EHLO", "HELO":
		e.Stage = smtp.StageEHLO
	case "STARTTLS":
		e.Stage = smtp.StageSTARTTLS
	case "AUTH":
		e.Stage = smtp.StageAuth
	case "MAIL":
		e.Stage = smtp.StageMail
	case "RCPT":
		e.Stage = smtp.StageRcpt
	case "DATA":
		e.Stage = smtp.StageData
	case "END-OF-MESSAGE", "BDAT":
		e.Stage = smtp.StageEOD
	}
	return true
}
