package main

import (
	"maps"
	"strings"
	"sync/atomic"

	"github.com/smtpdiag/smtpdiag/diagnose"
	"github.com/smtpdiag/smtpdiag/postfix"
	"github.com/smtpdiag/smtpdiag/report"
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// logKey names a group of refusals.
type logKey struct {
	class   runbook.Class
	gate    diagnose.Gate
	setting string
	stage   smtp.Stage
}

// logVerdict is what was judged of one wording.
type logVerdict struct {
	key logKey
	// group is the number of the key.
	group int
	// dependent says that a directory or another dependency may be behind it.
	dependent  bool
	permanence runbook.Permanence
	owner      runbook.Owner
	// findings and reply are copies, which keep no piece of the log alive.
	findings []report.Finding
	reply    report.Reply
}

// wordings judges refusals and failed deliveries. Lines repeat their wording
// with other addresses, so each wording is judged once, by the first line of the
// log that has it.
type wordings struct {
	judge *judge
	known map[string]*logVerdict
	// groups numbers the keys.
	groups map[logKey]int
	// shared is a copy of known, for goroutines that only look up; it lags
	// behind by those that were missed there for less than a quarter of it.
	shared atomic.Pointer[map[string]*logVerdict]
	missed int
	tries  attempts
	// policies are the answers of policy services before the events.
	policies policies
	scratch  []byte
}

func newWordings(j *judge) *wordings {
	w := &wordings{judge: j, known: map[string]*logVerdict{}, groups: map[logKey]int{}}
	w.shared.Store(&map[string]*logVerdict{})
	return w
}

// maxWordings bounds how many different wordings are remembered.
const maxWordings = 5000

// lookUp gives the verdict of an event whose wording is well known, nil where it
// is not or where lines before decide.
// Several goroutines may call it at once, each with a scratch of its own.
func (w *wordings) lookUp(e *postfix.Event, scratch *[]byte) *logVerdict {
	if isAttempt(e) {
		return nil
	}
	*scratch = wording((*scratch)[:0], e)
	return (*w.shared.Load())[string(*scratch)]
}

// share lets lookUp know new wordings, after some events that it did not know.
func (w *wordings) share(missed int) {
	w.missed += missed
	if shared := w.shared.Load(); w.missed*4 >= len(*shared) && len(*shared) < len(w.known) {
		clone := maps.Clone(w.known)
		w.shared.Store(&clone)
		w.missed = 0
	}
}

// verdict judges a refusal or a failed delivery. It is for one goroutine, and
// for the lines in their order.
func (w *wordings) verdict(e *postfix.Event) *logVerdict {
	w.scratch = wording(w.scratch[:0], e)
	v, ok := w.known[string(w.scratch)]
	if !ok {
		v = w.judged(e)
		if len(w.known) < maxWordings {
			w.known[string(w.scratch)] = v
		}
	}
	return w.tries.cause(e, v)
}

// judged judges an event by itself.
func (w *wordings) judged(e *postfix.Event) *logVerdict {
	d := w.judge.diagnose(e.Items())
	gate, setting := gateOf(e)
	gate, setting = w.policies.policyGate(e, gate, setting)
	v := &logVerdict{
		key: logKey{d.Class, gate, setting, d.Stage}, dependent: dependent(d.Class), permanence: d.Permanence, owner: d.Owner,
		reply: clonedReply(smtp.ParseQuoted(e.Reason).Reply), findings: make([]report.Finding, len(d.Findings)),
	}
	for i, f := range d.Findings {
		v.findings[i] = report.Finding{Key: f.Key, Severity: string(f.Severity), Text: strings.Clone(f.Text)}
	}
	group, ok := w.groups[v.key]
	if !ok {
		group = len(w.groups)
		w.groups[v.key] = group
	}
	v.group = group
	return v
}

// gateOf names the gate and the setting behind a refusal or a failed delivery.
func gateOf(e *postfix.Event) (gate diagnose.Gate, setting string) {
	action := e.Gate
	if action == "" {
		action = string(e.Kind)
	}
	switch e.Instance {
	case "exim":
		return diagnose.EximGate(action, e.Reason, e.Stage, e.Relay)
	case "opensmtpd":
		return diagnose.OpenSMTPDGate(e.Program, e.Reason, e.Stage)
	}
	gate, setting = diagnose.PostfixGate(action, e.Program, e.Reason, e.Stage)
	if gate == diagnose.GateNextHop && filtered(e) {
		return diagnose.GateContent, "content_filter, smtpd_proxy_filter"
	}
	return gate, setting
}

// filtered reports whether Postfix hands a message to a program on its own host
// that speaks SMTP: a content filter, which hands it back (FILTER_README).
func filtered(e *postfix.Event) bool {
	return e.Program == "smtp" && (strings.Contains(e.Relay, "[127.") || strings.Contains(e.Relay, "[::1]"))
}

// clonedReply gives a reply's public form that keeps no piece of the log alive.
func clonedReply(r smtp.Reply) report.Reply {
	doc := replyDoc(r)
	doc.Text = strings.Clone(doc.Text)
	return doc
}

// wording appends what decides about an event, without what differs from one
// recipient to the next: addresses, names and numbers in brackets, and the
// first labels of host names.
func wording(dst []byte, e *postfix.Event) []byte {
	dst = append(append(append(append(dst, e.Program...), ' '), string(e.Kind)...), ' ')
	dst = append(append(append(dst, e.Gate...), ' '), string(e.Stage)...)
	if e.Instance == "exim" && !strings.HasSuffix(e.Relay, "]") {
		dst = append(append(dst, ' '), e.Relay...) // the transport, which is the gate
	}
	if filtered(e) {
		dst = append(dst, " filter"...)
	}
	return plainWords(dst, e.Reason)
}

// plainWords appends what the words of a reply add to its wording. Most are
// plain and taken over in runs.
func plainWords(dst []byte, s string) []byte {
	for s != "" {
		start, n, mixed := 0, 0, false // of the word, and behind it
		for n < len(s) {
			c := s[n]
			if c == ' ' {
				if mixed {
					break
				}
				start = n + 1
			} else if wordMarks[c] {
				mixed = true
				if c == '<' || c == '[' || c == '@' { // the rest of the word is long
					if end := strings.IndexByte(s[n:], ' '); end >= 0 {
						n += end
					} else {
						n = len(s)
					}
					break
				}
			}
			n++
		}
		if !mixed {
			return append(append(dst, ' '), s...)
		}
		dst = append(append(dst, ' '), s[:start]...)
		dst = append(dst, plainWord(s[start:n])...)
		s = s[min(n+1, len(s)):]
	}
	return dst
}

// wordMarks are the bytes that plainWord looks at.
var wordMarks = [256]bool{
	'0': true, '1': true, '2': true, '3': true, '4': true, '5': true, '6': true, '7': true, '8': true, '9': true, '.': true, '<': true, '[': true, '@': true,
}

// plainWord gives what a word of a reply adds to its wording.
func plainWord(w string) string {
	digits, dots, letters := 0, 0, 0
	for i := range len(w) {
		switch c := w[i]; {
		case c == '[' && dots > 0:
			return "" // a host with its address
		case c == '<' || c == '[' || c == '@':
			return w[:min(i, 3)]
		case c >= '0' && c <= '9':
			digits++
		case c == '.':
			dots++
		default:
			letters++
		}
	}
	switch {
	case digits == 0 && dots == 0:
		return w
	case len(w) <= 10 && w[0] >= '2' && w[0] <= '5' && (dots == 1 || dots == 2 || digits <= 3):
		return w // a code
	case addressLike(w):
		return ""
	case dots >= 2 && letters > 0:
		return plainName(w)
	case digits > 3:
		return ""
	}
	return w
}

// endMarks are what may stand behind a word.
const endMarks = ".,;:)"

// addressLike reports whether a word is an IP address, or so like one that it is
// no code.
func addressLike(w string) bool {
	w = strings.TrimRight(w, endMarks)
	dots, colons := 0, 0
	for i := range len(w) {
		switch c := w[i]; {
		case c == '.':
			dots++
		case c == ':':
			colons++
		case (c < '0' || c > '9') && (c < 'a' || c > 'f') && (c < 'A' || c > 'F'):
			return false
		}
	}
	return dots == 3 || colons >= 2
}

// plainName gives the last two labels of a host's name and what follows it. A
// path that ends in an address, as those of block lists do, goes without it.
func plainName(w string) string {
	w = strings.TrimRight(w, endMarks)
	if n := strings.LastIndexAny(w, "/="); n >= 0 && addressLike(w[n+1:]) {
		w = w[:n]
	}
	last := strings.LastIndexByte(w, '.')
	if last < 0 {
		return w
	}
	return w[strings.LastIndexByte(w[:last], '.')+1:]
}
