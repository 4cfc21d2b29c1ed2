package runbook

import (
	"iter"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Values are what is known of one case. Every field may be empty. Most come
// from a bounce and are hostile.
type Values struct {
	// Recipient is the address that was refused.
	Recipient string
	// Domain is the recipient's domain; where it is empty, it is taken from
	// Recipient.
	Domain string
	// Host is the name of the host that refused, IP its address.
	Host, IP string
	// Sender is the envelope sender; SenderDomain is taken from it where it is
	// empty.
	Sender, SenderDomain string
	// SenderIP is the address of the host that sent, Helo the name that it
	// gave of itself.
	SenderIP, Helo string
	// Code is the reply code ("550"), Status the enhanced code ("5.1.1").
	Code, Status string
	// Reply is what the refusing host said, in one line.
	Reply string
	// QueueID and MessageID name the message in the sending system's log.
	QueueID, MessageID string
	// Size is the size of the message in bytes, 0 where it is not known.
	Size int64
	// Time is when the recipient was refused.
	Time time.Time
}

// logWindow is how far {since} and {until} lie from {time}: servers' clocks
// and a slow dialogue seldom differ by more.
const logWindow = 10 * time.Minute

// timeForm is understood by journalctl and date, and by people.
const timeForm = "2006-01-02 15:04:05 UTC"

// placeholder is one name that may stand in braces.
type placeholder struct {
	name string
	// means describes it for the documentation.
	means string
	// value takes it from the case; it returns "" where the case does not have
	// it, or has something there that is not of the right form.
	value func(*Values) string
}

// placeholderTable holds every placeholder in the order in which they are
// explained.
var placeholderTable = [...]placeholder{
	{"recipient", "the address that was refused", func(v *Values) string { return v.Recipient }},
	{
		"recipient_ldap", "the same, escaped for an LDAP filter (RFC 4515, section 3)",
		func(v *Values) string { return ldapEscaper.Replace(v.Recipient) },
	},
	{
		"local", "the part of it before the @, where it is made of letters, digits and . _ + - alone",
		func(v *Values) string { return localPart(v.Recipient) },
	},
	{"domain", "the recipient's domain", func(v *Values) string { return domainOr(v.Domain, v.Recipient) }},
	{"host", "the host that refused", func(v *Values) string { return hostName(v.Host) }},
	{"ip", "its address", func(v *Values) string { return address(v.IP) }},
	{"sender", "the envelope sender", func(v *Values) string { return v.Sender }},
	{
		"sender_domain", "the envelope sender's domain",
		func(v *Values) string { return domainOr(v.SenderDomain, v.Sender) },
	},
	{"sender_ip", "the address of the host that sent", func(v *Values) string { return address(v.SenderIP) }},
	{
		"sender_ip_reversed", "the same turned round, as block lists and reverse zones are asked",
		func(v *Values) string { return reversed(v.SenderIP) },
	},
	{"helo", "the name that the sending host gives of itself", func(v *Values) string { return hostName(v.Helo) }},
	{"code", "the reply code", func(v *Values) string { return digits(v.Code, "") }},
	{"status", "the enhanced code", func(v *Values) string { return digits(v.Status, ".") }},
	{"reply", "what the refusing host said", func(v *Values) string { return v.Reply }},
	{"queue_id", "the message's name in the sending system's queue", func(v *Values) string { return queueID(v.QueueID) }},
	{
		"message_id", "the message's Message-ID, without angle brackets",
		func(v *Values) string { return strings.Trim(v.MessageID, "<>") },
	},
	{"size", "the size of the message in bytes", func(v *Values) string { return size(v.Size) }},
	{"time", "when it was refused, in UTC", func(v *Values) string { return moment(v.Time, 0) }},
	{"since", "ten minutes before that", func(v *Values) string { return moment(v.Time, -logWindow) }},
	{"until", "ten minutes after that", func(v *Values) string { return moment(v.Time, logWindow) }},
}

// Placeholders returns the names that may stand in braces, in the order in
// which the documentation explains them.
func Placeholders() []string {
	names := make([]string, len(placeholderTable))
	for i := range placeholderTable {
		names[i] = placeholderTable[i].name
	}
	return names
}

// placeholderIndex gives the place of a placeholder in placeholderTable, or -1.
func placeholderIndex(name string) int {
	if name == "" {
		return -1
	}
	for i := range placeholderTable {
		if placeholderTable[i].name == name {
			return i
		}
	}
	return -1
}

// DescribePlaceholder says in a few words what a placeholder stands for, "" for
// a name that is none.
func DescribePlaceholder(name string) string {
	if i := placeholderIndex(name); i >= 0 {
		return placeholderTable[i].means
	}
	return ""
}

// KnownPlaceholder reports whether a name in braces is a placeholder.
func KnownPlaceholder(name string) bool { return placeholderIndex(name) >= 0 }

// ldapEscaper escapes what has a meaning in an LDAP filter.
var ldapEscaper = strings.NewReplacer(`\`, `\5c`, `*`, `\2a`, `(`, `\28`, `)`, `\29`)

// maxValue bounds a value in bytes. The longest address has 320 (RFC 5321,
// section 4.5.3.1), a reply line 512.
const maxValue = 1000

// plain reports whether a value is visible text in one line: nothing in it
// moves a cursor, ends a line or turns the direction of writing.
func plain(value string) bool {
	if value == "" || len(value) > maxValue {
		return false
	}
	i := 0
	for i < len(value) && value[i] >= ' ' && value[i] < 0x7f {
		i++
	}
	if i == len(value) {
		return true
	}
	if !utf8.ValidString(value) {
		return false
	}
	for _, r := range value[i:] {
		if r != ' ' && !unicode.IsGraphic(r) || unicode.Is(unicode.Zs, r) && r != ' ' {
			return false
		}
	}
	return true
}

// only reports whether s is made of letters, digits and the runes of more.
func only(s, more string) bool {
	for _, r := range s {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			continue
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) && !strings.ContainsRune(more, r) {
			return false
		}
	}
	return true
}

func localPart(addr string) string {
	at := strings.LastIndexByte(addr, '@')
	if at <= 0 || !only(addr[:at], "._+-") || strings.HasPrefix(addr, ".") {
		return ""
	}
	return addr[:at]
}

func domainOr(domain, addr string) string {
	if domain == "" {
		domain = addr[strings.LastIndexByte(addr, '@')+1:]
		if len(domain) == len(addr) {
			return ""
		}
	}
	return hostName(domain)
}

func hostName(name string) string {
	name = strings.TrimSuffix(name, ".")
	if !only(name, ".-_") || strings.HasPrefix(name, "-") || strings.HasPrefix(name, ".") || strings.Contains(name, "..") {
		return ""
	}
	return name
}

func address(ip string) string {
	addr, err := netip.ParseAddr(ip)
	if err != nil || addr.Zone() != "" {
		return ""
	}
	return addr.Unmap().String()
}

// reversed turns 192.0.2.7 into 7.2.0.192, and an IPv6 address into its nibbles
// from the last to the first (RFC 5782, section 2.4).
func reversed(ip string) string {
	addr, err := netip.ParseAddr(ip)
	if err != nil {
		return ""
	}
	const hex = "0123456789abcdef"
	var parts []string
	addr = addr.Unmap()
	raw := addr.AsSlice()
	for _, b := range slices.Backward(raw) {
		if addr.Is4() {
			parts = append(parts, strconv.Itoa(int(b)))
		} else {
			parts = append(parts, hex[b&15:][:1], hex[b>>4:][:1])
		}
	}
	return strings.Join(parts, ".")
}

func digits(code, more string) string {
	for i := range len(code) {
		if (code[i] < '0' || code[i] > '9') && !strings.Contains(more, code[i:i+1]) {
			return ""
		}
	}
	return code
}

func queueID(id string) string {
	for i := range len(id) {
		if !bare(id[i]) || id[i] >= utf8.RuneSelf {
			return ""
		}
	}
	return id
}

func size(n int64) string {
	if n <= 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

func moment(t time.Time, shift time.Duration) string {
	if t.IsZero() {
		return ""
	}
	return t.Add(shift).UTC().Format(timeForm)
}

// placeholders yields every {name} in text: lower-case letters and underscores
// between braces.
func placeholders(text string) iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		for i := 0; i < len(text); i++ {
			if text[i] != '{' {
				continue
			}
			if name := nameAt(text, i); name != "" && !yield(name, i) {
				return
			}
		}
	}
}

// nameAt returns the name of the placeholder that starts with the brace at i,
// or "". A "${name}" is a shell variable and none.
func nameAt(text string, i int) string {
	if i > 0 && text[i-1] == '$' {
		return ""
	}
	end := i + 1
	for end < len(text) && (text[end] == '_' || text[end] >= 'a' && text[end] <= 'z') {
		end++
	}
	if end == len(text) || text[end] != '}' {
		return ""
	}
	return text[i+1 : end]
}
