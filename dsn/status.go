package dsn

import (
	"strconv"
	"strings"
	"time"

	"github.com/smtpdiag/smtpdiag/smtp"
)

// block is the fields of a delivery-status part between two blank lines.
type block []field

func (b block) get(name string) string { return header(b).get(name) }

// perRecipient are the fields of RFC 3464 section 2.3 that only a recipient
// group has; perMessage those of section 2.2.
var (
	perRecipient = []string{"Final-Recipient", "Original-Recipient", "Action", "Status", "Remote-MTA", "Diagnostic-Code", "Last-Attempt-Date", "Final-Log-ID", "Will-Retry-Until", "X-Actual-Recipient"}
	perMessage   = []string{"Reporting-MTA", "Original-Envelope-Id", "Received-From-MTA", "Arrival-Date", "DSN-Gateway", "Reporting-UA"}
)

// isStatusField reports whether name is a field of RFC 3464.
func isStatusField(name string) bool { return oneOf(name, perRecipient) || oneOf(name, perMessage) }

func oneOf(name string, list []string) bool {
	for _, n := range list {
		if sameName(n, name) {
			return true
		}
	}
	return false
}

// status is a delivery-status part, read but not judged.
type status struct {
	message block
	groups  []block
}

// readStatus reads the fields of a delivery-status part (RFC 3464 section
// 2.1). Blank lines ought to part the groups; real systems put them where they
// like, so a group also ends where a field that it already has comes again, and
// does not end where nothing of the next group has come yet.
func (m *message) readStatus(text string, line int) status {
	var st status
	for _, b := range m.statusBlocks(text, line) {
		st.add(b)
	}
	return st
}

// statusBlocks cuts the text at blank lines into fields. They lie in the store
// of the input.
func (m *message) statusBlocks(text string, line int) []block {
	var blocks []block
	store := &m.in.fields
	first := len(*store)
	flush := func() {
		if n := len(*store); n > first {
			blocks = append(blocks, block((*store)[first:n:n]))
			first = n
		}
	}
	for pos := 0; pos < len(text); line++ {
		end, next := lineAt(text, pos)
		s := text[pos:end]
		start := pos
		pos = next
		if strings.TrimSpace(s) == "" {
			flush()
			continue
		}
		name, value, ok := "", "", false
		open := len(*store) > first
		folded := open && (s[0] == ' ' || s[0] == '\t')
		if !folded {
			name, value, ok = cutField(strings.TrimLeft(s, " \t"))
		}
		switch {
		case ok:
			*store = append(*store, field{name, value, line})
			continue
		case !folded && strings.HasPrefix(s, "--"):
			flush() // a boundary line of somebody else
			continue
		case !folded:
			m.problem(line, "a line of the delivery status is no field: "+quote(s))
		}
		if open {
			// Continuations without their blank are common in Diagnostic-Code. The
			// value reaches from its start to here in the text.
			f := &(*store)[len(*store)-1]
			f.value = text[start-len(f.value)-1 : end]
		}
	}
	flush()
	return blocks
}

// add puts a block where it belongs.
func (st *status) add(b block) {
	for len(b) > 0 {
		n := groupEnd(b)
		st.addGroup(b[:n])
		b = b[n:]
	}
}

// groupEnd gives where in a block the next recipient's fields begin: at the
// second Final-Recipient, or at the first field in front of it that this group
// already has (Exim writes Action first).
func groupEnd(b block) int {
	seen := -1
	for i := range b {
		if !strings.EqualFold(b[i].name, "Final-Recipient") {
			continue
		}
		if seen < 0 {
			seen = i
			continue
		}
		j := i
		for j > seen+1 && (strings.EqualFold(b[j-1].name, "Action") || strings.EqualFold(b[j-1].name, "Original-Recipient")) && repeats(b[:j-1], b[j-1].name) {
			j--
		}
		return j
	}
	return len(b)
}

func repeats(b block, name string) bool { return header(b).field(name) != nil }

func (st *status) addGroup(b block) {
	recipient, message, known := false, false, false
	for i := range b {
		recipient = recipient || oneOf(b[i].name, perRecipient)
		message = message || oneOf(b[i].name, perMessage)
		known = known || isStatusField(b[i].name)
	}
	switch {
	case !known && len(st.groups) > 0 && looksLikeMessage(header(b)):
		return // the returned message's header has slipped in
	case recipient && message && len(st.groups) == 0:
		// No blank line between the message's fields and the first recipient's.
		for _, f := range b {
			if oneOf(f.name, perMessage) {
				st.message = append(st.message, f)
			}
		}
		st.groups = append(st.groups, b)
	case !recipient:
		if len(st.groups) > 0 && !message {
			last := &st.groups[len(st.groups)-1]
			*last = append(*last, b...) // X- fields behind a stray blank line
			return
		}
		st.message = append(st.message, b...)
	case len(st.groups) > 0 && belongs(st.groups[len(st.groups)-1], b):
		last := &st.groups[len(st.groups)-1]
		*last = append(*last, b...)
	default:
		st.groups = append(st.groups, b)
	}
}

// belongs reports whether block b goes on group g, from which a stray blank
// line parts it: it names no recipient of its own and repeats nothing, or g
// has not named one yet.
func belongs(g, b block) bool {
	for _, f := range b {
		if oneOf(f.name, perRecipient) && repeats(g, f.name) {
			return false
		}
	}
	has := func(x block) bool { return repeats(x, "Final-Recipient") || repeats(x, "Original-Recipient") }
	return !has(b) || !has(g)
}

// quote quotes at most 80 bytes of a line.
func quote(s string) string {
	s = strings.TrimSpace(s)
	if len(s) > 80 {
		s = strings.ToValidUTF8(s[:80], "") + "..."
	}
	return strconv.Quote(s)
}

// recipients turns the groups into recipients.
func (st *status) recipients(m *message, label string) []Recipient {
	out := make([]Recipient, 0, len(st.groups))
	for _, g := range st.groups {
		out = append(out, m.readGroup(g, label))
	}
	return out
}

// readGroup reads one recipient's fields.
func (m *message) readGroup(g block, label string) Recipient {
	h := header(g)
	at := func(name string) place {
		if f := h.field(name); f != nil {
			return place{line: f.line, part: label, field: f.name}
		}
		return place{}
	}
	var r Recipient
	r.Final = typedAddress(h.get("Final-Recipient"))
	r.Original = typedAddress(h.get("Original-Recipient"))
	if r.Final == "" {
		if r.Final = typedAddress(h.get("X-Actual-Recipient")); r.Final == "" {
			r.Final = r.Original
		}
	}
	r.Action, r.action = action(h.get("Action")), at("Action")
	if f := h.field("Status"); f != nil {
		m.readStatusCode(&r, f)
		r.status = at("Status")
	}
	m.readDiagnostics(&r, h)
	if note := statusComment(h.get("Status")); r.Diagnostic == "" && note != "" {
		r.Explanation, r.explanation = note, r.status
	}
	r.reply = at("Diagnostic-Code")
	r.reply.part = label
	if _, _, _, ok := smtp.CutCode(r.Explanation); ok && r.Diagnostic == "" {
		r.Diagnostic, r.reply = r.Explanation, r.status // Haraka: "5.1.2 (550 No Such Domain: ...)"
	}
	r.Remote = hostField(h.get("Remote-MTA"))
	r.remote = at("Remote-MTA")
	r.LastAttempt = m.time(h.field("Last-Attempt-Date"))
	r.RetryUntil = m.time(h.field("Will-Retry-Until"))
	return r
}

// readStatusCode reads a Status field: "5.1.1", "5.1.1 (bad address)", and the
// ways to get it wrong: "550 5.1.1", "5.1.1:", "5.0".
func (m *message) readStatusCode(r *Recipient, f *field) {
	s := unfold(f.value)
	for _, word := range strings.FieldsFunc(s, func(c rune) bool { return strings.ContainsRune(" \t(),;:", c) }) {
		if code, ok := smtp.ParseEnhanced(strings.Trim(word, ".")); ok {
			r.Status = code
			break
		}
	}
	if r.Status.IsZero() && s != "" {
		m.problem(f.line, "the Status field holds no status code: "+quote(f.name+":"+f.value))
	}
}

// statusComment gives the words in parentheses that some systems put behind the
// code: "4.0.0 (example.net: host name lookup failure)".
func statusComment(s string) string {
	_, note, ok := strings.Cut(s, "(")
	note = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(note), ")"))
	if !ok || strings.Count(note, " ") < 2 {
		return "" // only the name of the class: "permanent failure"
	}
	return note
}

// readDiagnostics joins every Diagnostic-Code of a group: Exim and some
// gateways write several.
func (m *message) readDiagnostics(r *Recipient, h header) {
	for i := range h {
		name := h[i].name
		if !strings.EqualFold(name, "Diagnostic-Code") && !strings.EqualFold(name, "X-Original-Diagnostic-Code") {
			continue
		}
		typ, text := typed(unfoldKeep(h[i].value))
		if text == "" {
			continue
		}
		text = decodeWords(text)
		if r.Diagnostic == "" {
			r.DiagnosticType, r.Diagnostic = lowered(typ), text
		} else if !strings.Contains(r.Diagnostic, text) {
			r.Diagnostic += "\n" + text
		}
	}
}

// unfoldKeep unfolds a Diagnostic-Code but keeps a line that starts with a
// reply code on a line of its own.
func unfoldKeep(s string) string {
	s = strings.TrimSpace(s)
	if strings.IndexByte(s, '\n') < 0 {
		return s
	}
	var b strings.Builder
	for i, line := range strings.Split(s, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if i > 0 {
			if _, _, _, ok := smtp.CutCode(line); ok && len(line) > 3 {
				b.WriteByte('\n')
			} else {
				b.WriteByte(' ')
			}
		}
		b.WriteString(line)
	}
	return b.String()
}

// typed splits "smtp; 550 text" at its type (RFC 3464 section 2.1.2). A text
// without a type is kept whole.
func typed(s string) (typ, rest string) {
	head, tail, ok := strings.Cut(s, ";")
	head = strings.TrimSpace(head)
	if !ok || head == "" || len(head) > 20 {
		return "", strings.TrimSpace(s)
	}
	for i := range len(head) {
		switch head[i] {
		case ' ', '\t', '\n', '@', '<', ':', '.', '\'', '"':
			return "", strings.TrimSpace(s)
		}
	}
	return head, strings.TrimSpace(tail)
}

// typedAddress reads "rfc822; user@example.com" of any address type, with or
// without angle brackets, comments and xtext (RFC 3461 section 4), and the
// \x{...} of type utf-8 (RFC 6533 section 3).
func typedAddress(s string) string {
	typ, addr := typed(s)
	if strings.EqualFold(typ, "x400") {
		return addr
	}
	addr = stripComment(addr)
	if strings.HasPrefix(addr, `"`) && strings.Contains(addr, `"@`) && isAddress(addr) {
		return addr // brackets in a quoted local part belong to it
	}
	if i := strings.IndexByte(addr, '<'); i >= 0 {
		if j := strings.IndexByte(addr[i:], '>'); j > 0 {
			addr = addr[i+1 : i+j]
		}
	}
	addr = strings.Trim(addr, "<> \t',;")
	if !strings.Contains(addr, "\"@") {
		addr = strings.Trim(addr, "<> \t\"',;") // else the local part is a quoted string
	}
	if len(addr) > 7 && strings.EqualFold(addr[:7], "mailto:") {
		addr = addr[7:]
	}
	addr = decodeXUTF8(addr)
	return decodeXtext(addr)
}

// stripComment removes "(...)" at the end or start of an address value.
func stripComment(s string) string {
	for {
		i := strings.LastIndexByte(s, '(')
		if i < 0 || strings.ContainsAny(s[i:], "\"@") {
			return strings.TrimSpace(s)
		}
		j := strings.IndexByte(s[i:], ')')
		if j < 0 {
			return strings.TrimSpace(s[:i])
		}
		s = strings.TrimSpace(s[:i] + " " + s[i+j+1:])
	}
}

// decodeXtext decodes "+40" and the like (RFC 3461 section 4) where it is
// surely meant: the address has no @ and gets one by decoding, or an escaped
// plus or equals sign is in it. A sub-address such as user+2B@ is left alone.
func decodeXtext(s string) string {
	if !strings.Contains(s, "+") || strings.Contains(s, "@") && !strings.Contains(s, "+2B") && !strings.Contains(s, "+3D") {
		return s
	}
	return xtext(s)
}

// xtext decodes every "+XX" of two upper-case hexadecimal digits.
func xtext(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '+' && i+2 < len(s) && isUpperHex(s[i+1]) && isUpperHex(s[i+2]) {
			n, err := strconv.ParseUint(s[i+1:i+3], 16, 8)
			if err == nil && n >= ' ' && n < 0x7f {
				b.WriteByte(byte(n))
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func isUpperHex(c byte) bool { return c >= '0' && c <= '9' || c >= 'A' && c <= 'F' }

// decodeXUTF8 decodes \x{HEX} (RFC 6533 section 3).
func decodeXUTF8(s string) string {
	if !strings.Contains(s, `\x{`) {
		return s
	}
	var b strings.Builder
	for {
		i := strings.Index(s, `\x{`)
		if i < 0 {
			break
		}
		j := strings.IndexByte(s[i:], '}')
		if j < 0 {
			break
		}
		n, err := strconv.ParseUint(s[i+3:i+j], 16, 32)
		b.WriteString(s[:i])
		if err == nil && n >= ' ' && n != 0x7f && n <= 0x10ffff {
			b.WriteRune(rune(n))
		} else {
			b.WriteString(s[i : i+j+1])
		}
		s = s[i+j+1:]
	}
	b.WriteString(s)
	return b.String()
}

// action reads an Action field: its first word, in lower case.
func action(s string) string {
	s = lowered(strings.TrimSpace(s))
	if i := strings.IndexFunc(s, func(c rune) bool { return c < 'a' || c > 'z' }); i >= 0 {
		s = s[:i]
	}
	if s == "failure" || s == "fail" || s == "failed" {
		return "failed"
	}
	return s
}

// hostField reads an MTA name field (RFC 3464 section 2.3.5): "dns;
// mx.example.com (192.0.2.7)". A name without a dot is kept as it is.
func hostField(s string) Host {
	_, s = typed(s)
	s = strings.TrimSpace(s)
	if s == "" {
		return Host{}
	}
	if name, ip := smtp.CutHost(s); name != "" || ip != "" {
		return Host{name, ip}
	}
	s, rest, _ := strings.Cut(s, " ")
	h := Host{Name: strings.Trim(s, ".<>[]()\"' ")}
	if _, ip := smtp.CutHost(strings.TrimSpace(rest)); ip != "" {
		h.IP = ip
	}
	return h
}

// dateLayouts are the forms of dates that reports use, beside RFC 5322 section
// 3.3: without weekday, without seconds, with named zones, ISO 8601.
var dateLayouts = []string{
	"Mon, 2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST",
	"2 Jan 2006 15:04:05 MST", "Mon, 2 Jan 2006 15:04 -0700", "2 Jan 2006 15:04 -0700", "Mon, 2 Jan 06 15:04:05 -0700",
	"2 Jan 06 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05", "2 Jan 2006 15:04:05", "Mon Jan 2 15:04:05 2006", "Mon Jan 2 15:04:05 -0700 2006",
	"Mon Jan 2 15:04:05 MST 2006", "2006-01-02T15:04:05Z07:00", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05", "Monday, 2 Jan 2006 15:04:05 -0700",
	"Mon, 02-Jan-2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 Z0700",
}

// zones are the named zones of RFC 5322 section 4.3 and a few that reports
// really use, with their offsets.
var zones = map[string]string{
	"GMT": "+0000", "UTC": "+0000", "UT": "+0000", "Z": "+0000", "EST": "-0500", "EDT": "-0400", "CST": "-0600", "CDT": "-0500",
	"MST": "-0700", "MDT": "-0600", "PST": "-0800", "PDT": "-0700", "JST": "+0900", "CET": "+0100", "CEST": "+0200",
	"MET": "+0100", "MEST": "+0200", "BST": "+0100", "EET": "+0200", "EEST": "+0300", "MSK": "+0300",
}

// parseDate reads a date of a report; ok is false where it is none.
func parseDate(s string) (t time.Time, ok bool) {
	if i := strings.IndexByte(s, '('); i > 0 {
		s = s[:i]
	}
	if s = strings.TrimSpace(s); !singleSpaced(s) {
		s = strings.Join(strings.Fields(s), " ")
	}
	if s == "" || len(s) > 64 {
		return time.Time{}, false
	}
	if i := strings.LastIndexByte(s, ' '); i > 0 && s[len(s)-1] >= 'A' {
		if offset, known := zones[strings.ToUpper(s[i+1:])]; known {
			s = s[:i+1] + offset
		}
	}
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, s); err == nil && t.Year() >= 1970 && t.Year() < 10000 {
			return t, true
		}
	}
	return time.Time{}, false
}

// singleSpaced reports whether s is ASCII whose words single blanks part.
func singleSpaced(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x7f || c == ' ' && i > 0 && s[i-1] == ' ' {
			return false
		}
	}
	return true
}

// time reads a date field; a field that is no date is a Problem.
func (m *message) time(f *field) time.Time {
	if f == nil || strings.TrimSpace(f.value) == "" {
		return time.Time{}
	}
	t, ok := parseDate(unfold(f.value))
	if !ok {
		m.problem(f.line, "not a date: "+quote(f.name+":"+f.value))
	}
	return t
}
