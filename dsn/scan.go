package dsn

import (
	"strings"

	"github.com/smtpdiag/smtpdiag/smtp"
)

// scanFormat is what reads the text where no format fits.
var scanFormat = format{name: "scan"}

// maxScanned bounds how many recipients a scan may find, and maxScanText how
// much text it looks at: reports begin with what they have to say.
const (
	maxScanned  = 1000
	maxScanText = 64 << 10
)

// mention is a mail address in the text, and how much speaks for it to be that
// of a failed recipient.
type mention struct {
	addr    string
	at, end int // in the text
	row     int
	score   int
}

// scanner is what a scan knows of a message.
type scanner struct {
	m           *message
	text, lower string
	rows        []textRow
	// first and last bound the paragraph of each line.
	first, last []int32
	// own are addresses of the report's own header: who made it and who got it.
	own string
	// named are the addresses in X-Failed-Recipients.
	named []string
	// to and from are the addresses of the returned message.
	to   []string
	from string
	// most is the best reason of the whole text, once it was looked for, and
	// least the one to fall back on.
	most, least *reason
}

// scan finds the failed recipients in a text of no known form: the addresses
// that stand where recipients do, each with the reply or the reason that is
// nearest. A text that names none gives the one recipient that the returned
// message was for, or, where even that is not told, one without an address.
func (m *message) scan() []Recipient {
	s := m.scanner()
	chosen := s.choose(s.mentions())
	if len(chosen) == 0 {
		return s.unnamed()
	}
	out := make([]Recipient, 0, len(chosen))
	for i := range chosen {
		end := len(s.text)
		if i+1 < len(chosen) && chosen[i+1].row > max(0, chosen[i].row) {
			end = s.rows[chosen[i+1].row].start
		}
		out = append(out, s.recipient(chosen[i], end))
	}
	return out
}

// scanner gives what a scan knows of m, which is worked out once.
func (m *message) scanner() *scanner {
	if m.scanned == nil {
		m.scanned = m.newScanner()
	}
	return m.scanned
}

func (m *message) newScanner() *scanner {
	n := min(len(m.body.text), maxScanText)
	s := &scanner{m: m, text: m.body.text[:n], lower: m.body.lower[:n], rows: rowsOf(m.body.text[:n])}
	s.first, s.last = paragraphs(s.text, s.rows)
	s.own = lowered(m.from + "\n" + m.header.text("To") + "\n" + m.header.get("Delivered-To") + "\n" + m.header.get("Return-Path"))
	s.named = addressesIn(m.header.get("X-Failed-Recipients"))
	var r Report
	m.readOriginal(&r)
	s.to = addressesIn(r.Original.To)
	s.from, _, _ = nextAddress(r.Original.From, 0)
	return s
}

// paragraph gives the first and the last line of the paragraph that line i
// stands in.
func (s *scanner) paragraph(i int) (first, last int) { return int(s.first[i]), int(s.last[i]) }

// addressesIn gives every mail address in a text, once.
func addressesIn(text string) []string {
	var out []string
	for pos := 0; pos < len(text) && len(out) < maxScanned; {
		addr, _, next := nextAddress(text, pos)
		if addr == "" {
			break
		}
		if !containsFold(out, addr) {
			out = append(out, addr)
		}
		pos = next
	}
	return out
}

func containsFold(list []string, s string) bool {
	for _, l := range list {
		if strings.EqualFold(l, s) {
			return true
		}
	}
	return false
}

// mentions finds every address and weighs it; of an address that comes again
// the best place counts.
func (s *scanner) mentions() []mention {
	var out []mention
	seen := map[string]int{}
	senders := map[string]bool{}
	signature := s.signature()
	var last mention
	for i, pos := 0, 0; pos < len(s.text) && len(out) < maxScanned; {
		addr, at, next := nextAddress(s.text, pos)
		if addr == "" {
			break
		}
		pos = next
		for i+1 < len(s.rows) && s.rows[i+1].start <= at {
			i++
		}
		mt := mention{addr: addr, at: at, end: next, row: i}
		if last.score >= isRecipient && last.row == i && isComma(s.lower[last.end:at]) {
			mt.score = last.score // "to a@example.com, b@example.com"
		} else if mt.score = s.weigh(&mt); i >= signature {
			mt.score -= 4
		}
		last = mt
		key := lowered(addr)
		if mt.score <= isSender {
			senders[key] = true
		}
		if k, ok := seen[key]; !ok {
			seen[key] = len(out)
			out = append(out, mt)
		} else if mt.score > out[k].score {
			out[k] = mt
		}
	}
	for i := range out {
		if senders[lowered(out[i].addr)] {
			out[i].score -= 2
		}
	}
	return out
}

// isComma reports whether the text between two addresses only parts the items
// of a list.
func isComma(s string) bool {
	s = strings.Trim(s, "<>()[]\"' \t")
	switch s {
	case ",", ";", "、", "，", "and", ", and", "und", "et", "y", "e", "en", "i", "и", "&", "|", "/":
		return true
	}
	return false
}

// signature gives the line where the reporter's signature begins.
func (s *scanner) signature() int {
	for i, r := range s.rows {
		line := s.lower[r.start:r.end]
		if line == "--" && i > 3 || len(line) < 40 && i > 2 && hasAnyPrefix(line, signatureMarks) {
			return i
		}
	}
	return len(s.rows) + 1
}

var signatureMarks = []string{
	"regards", "best regards", "kind regards", "best wishes", "sincerely", "yours ", "thanks,", "thank you,", "mit freundlichen", "freundliche gr", "viele gr", "cordialement", "bien à vous", "saludos", "un saludo", "atentamente", "atenciosamente", "cordiali saluti", "distinti saluti", "met vriendelijke", "pozdrawia", "z poważaniem",
	"с уважением", "з повагою", "saygılar", "s pozdravem", "med vänlig", "vänliga hälsning", "med venlig", "venlig hilsen", "med vennlig", "ystävällisin", "üdvözlettel", "敬具", "此致", "감사합니다",
}

func hasAnyPrefix(s string, list []string) bool {
	for _, p := range list {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// choose takes the mentions that stand where recipients do. Where one is
// surely a recipient, those that only may be are left out.
func (s *scanner) choose(all []mention) []mention {
	if len(s.named) > 0 {
		return s.chooseNamed(all)
	}
	best := 0
	for i := range all {
		best = max(best, all[i].score)
	}
	least := 1
	switch {
	case best >= isRecipient:
		least = max(isRecipient, best-3)
	case best == 2:
		least = 2
	case best < 1:
		return alone(all)
	}
	var out []mention
	for i := range all {
		if all[i].score >= least {
			out = append(out, all[i])
		}
	}
	return out
}

// alone takes the only address of a text against which nothing speaks.
func alone(all []mention) []mention {
	n := -1
	for i := range all {
		if all[i].score < 0 {
			continue
		}
		if n >= 0 {
			return nil
		}
		n = i
	}
	if n < 0 {
		return nil
	}
	return all[n : n+1]
}

// chooseNamed takes the addresses of X-Failed-Recipients, where they stand in
// the text if they do.
func (s *scanner) chooseNamed(all []mention) []mention {
	out := make([]mention, 0, len(s.named))
	for _, addr := range s.named {
		mt := mention{addr: addr, row: -1}
		for i := range all {
			if strings.EqualFold(all[i].addr, addr) {
				mt = all[i]
				break
			}
		}
		out = append(out, mt)
	}
	return out
}

// recipient makes a recipient of a mention, with the reason that stands in
// front of end.
func (s *scanner) recipient(mt mention, end int) Recipient {
	r := Recipient{Final: mt.addr, Action: s.m.textAction()}
	why := s.reason(mt, end)
	r.Diagnostic, r.reply = colonCode(why.text), s.m.whereOf(&why)
	r.Remote, r.remote = s.talkingTo()
	r.Status, r.status = printedStatus(why.text), r.reply
	if mt.row >= 0 && why.far {
		r.Explanation, r.explanation = s.near(mt), s.m.body.at(s.rows[mt.row].start)
	}
	return r
}

// talkingTo gives the host that the text names as the one that was asked, in
// words that can mean nothing else.
func (s *scanner) talkingTo() (Host, place) {
	for _, words := range []string{"while talking to ", "remote mail server: ", "remote host: ", "remote server: ", "receiving server: ", "error from server ", "recipient server: "} {
		n := strings.Index(s.lower, words)
		if n < 0 {
			continue
		}
		n += len(words)
		if name, ip := smtp.CutHost(s.text[n:]); name != "" || ip != "" {
			return Host{name, ip}, s.m.body.at(n)
		}
	}
	return Host{}, place{}
}

// printedStatus gives the enhanced code that a text prints apart from a reply:
// behind a word such as "status" or "code", or a hash sign.
func printedStatus(text string) smtp.EnhancedCode {
	lower := lowerASCII(text)
	for i := 1; i+5 <= len(text); i++ {
		if (text[i] != '4' && text[i] != '5') || text[i+1] != '.' || isWordByte(lower[i-1]) || text[i-1] == '.' {
			continue
		}
		code, _, ok := smtp.CutEnhanced(text[i:])
		if !ok {
			continue
		}
		head := strings.TrimRight(lower[max(0, i-24):i], " \t:=(#-")
		if lower[i-1] == '#' || hasAnySuffix(head, []string{"status", "code", "error", "dsn", "message", "reason", "response", "código", "codice", "код"}) {
			return code
		}
	}
	return smtp.EnhancedCode{}
}

// near gives the paragraph around a mention, for people to read.
func (s *scanner) near(mt mention) string {
	first, last := s.paragraph(mt.row)
	return clip(joinRows(s.text, s.rows, first, last))
}

// unnamed gives the recipient of a report that names none in its text: the one
// that the returned message was for, or the account that answers for itself.
func (s *scanner) unnamed() []Recipient {
	s.m.guessed = true
	r := Recipient{Action: s.m.textAction()}
	switch {
	case len(s.to) == 1:
		r.Final = s.to[0]
	case len(s.to) == 0:
		from, _, _ := nextAddress(s.m.header.get("From"), 0)
		if from != "" && !isReporter(from) && !reportSenders.in(s.m.lowerFrom) {
			r.Final = from
		}
	}
	why := s.reason(mention{row: -1}, len(s.text))
	if why.text == "" {
		return nil
	}
	r.Diagnostic, r.reply = why.text, s.m.whereOf(&why)
	return []Recipient{r}
}

// clip bounds what is kept of a text.
func clip(s string) string {
	const limit = 2000
	if len(s) <= limit {
		return s
	}
	return strings.ToValidUTF8(s[:limit], "")
}

// isReporter reports whether an address is one that reports are sent from.
func isReporter(addr string) bool {
	local, _, _ := strings.Cut(lowered(addr), "@")
	for _, s := range reportSenders.list {
		if strings.Contains(local, strings.ReplaceAll(s, " ", "")) {
			return true
		}
	}
	return hasAnyPrefix(local, []string{"noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "mail-noreply", "root", "admin", "support", "postmaster", "system"})
}

// quotedCode reports whether a reply code is quoted in the text.
func quotedCode(text string) bool { return smtp.QuotedCode(text) != 0 }
