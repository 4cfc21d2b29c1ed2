package main

import (
	"cmp"
	"net/netip"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/smtpdiag/smtpdiag/diagnose"
	"github.com/smtpdiag/smtpdiag/dsn"
	"github.com/smtpdiag/smtpdiag/evidence"
	"github.com/smtpdiag/smtpdiag/report"
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// judge turns evidence into documents: it has the rules that judge and the
// book that says what to do. Several goroutines may use it at once.
type judge struct {
	rules func() *diagnose.RuleSet
	book  *runbook.Book
}

// newJudge makes a judge with the user's own rules and pages.
func newJudge(rules []string, pages string) (*judge, error) {
	book, err := newBook(pages)
	if err != nil {
		return nil, err
	}
	j := &judge{rules: diagnose.Builtin, book: book}
	if len(rules) > 0 {
		own, err := loadRules(rules)
		if err != nil {
			return nil, err
		}
		j.rules = func() *diagnose.RuleSet { return own }
	}
	go j.rules() // compiles them while the first input is read
	return j, nil
}

// loadRules reads rules of the user's own.
func loadRules(names []string) (*diagnose.RuleSet, error) {
	files := make([]diagnose.RuleFile, len(names))
	for i, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			return nil, usagef("--rules: %w", newInputError(name, err))
		}
		files[i] = diagnose.RuleFile{Name: name, Data: raw}
	}
	own, err := diagnose.LoadRules(files...)
	if err != nil {
		return nil, usagef("--rules: %w", err)
	}
	return own, nil
}

// diagnose judges evidence.
func (j *judge) diagnose(items []evidence.Item) diagnose.Verdict {
	return diagnose.Diagnose(items, j.rules())
}

// nextSteps is the number of steps that a document carries. The page of the
// class has them all.
const nextSteps = 4

// bounce judges every recipient of a report. line is the line of the input at
// which the message begins, from 1.
func (j *judge) bounce(r *dsn.Report, index, line int) *report.Bounce {
	return j.draft(new(draft), r, index, line)
}

// draft is a document with what it takes to make it. A worker uses one for all
// its messages, so that only the first ones cost memory.
type draft struct {
	doc   report.Bounce
	index int
	items []evidence.Item
	steps []runbook.Step
}

// fewRecipients is the number of recipients up to which a draft keeps the memory
// of a document.
const fewRecipients = 64

// draft is bounce into memory that is used again: the document is good until
// the next one is made from the same draft.
func (j *judge) draft(d *draft, r *dsn.Report, index, line int) *report.Bounce {
	recipients, problems := d.doc.Recipients, d.doc.Problems
	if cap(recipients) > fewRecipients {
		recipients = nil
	}
	d.doc = report.Bounce{
		Schema: report.SchemaBounce, Source: r.Source, Kind: string(r.Kind), Format: r.Format,
		Generator: r.Generator, ReportingMTA: r.ReportingMTA, Date: formatTime(r.Date),
		Original: report.Original{
			MessageID: r.Original.MessageID, From: r.Original.From, To: r.Original.To,
			Subject: r.Original.Subject, Date: r.Original.Date,
		},
		Recipients: resize(recipients, len(r.Recipients)),
		Problems:   resize(problems, len(r.Problems)),
	}
	if index >= 0 {
		d.index = index
		d.doc.Index = &d.index
	}
	for i := range r.Recipients {
		j.recipient(d, r, i, line-1)
	}
	for i, p := range r.Problems {
		d.doc.Problems[i] = report.Problem{Line: shift(p.Line, line-1), Text: p.Text}
	}
	return &d.doc
}

// resize gives a slice of length n, never nil, in the memory of s where that
// has the room. Its elements are to be set.
func resize[T any](s []T, n int) []T {
	if s == nil || cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

// recipient judges recipient i of a report.
func (j *judge) recipient(d *draft, r *dsn.Report, i, offset int) {
	rcpt, doc := &r.Recipients[i], &d.doc.Recipients[i]
	d.items = r.AppendItems(d.items[:0], i)
	verdict := j.diagnose(d.items)
	*doc = report.Recipient{
		FinalRecipient: rcpt.Final, OriginalRecipient: rcpt.Original, Action: rcpt.Action,
		Status: rcpt.Status.String(), Reply: replyDoc(rcpt.Reply),
		RemoteMTA:   report.Host{Name: rcpt.Remote.Name, IP: rcpt.Remote.IP},
		LastAttempt: formatTime(rcpt.LastAttempt), RetryUntil: formatTime(rcpt.RetryUntil),
		Judgement: doc.Judgement, // for its memory
	}
	if doc.Status == "" {
		doc.Status = doc.Reply.Enhanced
	}
	values := recipientValues(r, rcpt, doc)
	d.steps = j.book.AppendNext(d.steps[:0], verdict.Class, &values, nextSteps)
	fillJudgement(&doc.Judgement, &verdict, d.steps, offset)
}

// next gives what to do first about a class, with the values of the case.
func (j *judge) next(class runbook.Class, v runbook.Values) []runbook.Step {
	return j.book.Next(class, v, nextSteps)
}

// recipientValues gives what is known of the case, for the commands of the next
// steps.
func recipientValues(r *dsn.Report, rcpt *dsn.Recipient, doc *report.Recipient) runbook.Values {
	v := runbook.Values{
		Recipient: rcpt.Final, Host: rcpt.Remote.Name, IP: rcpt.Remote.IP, Sender: cmp.Or(r.Sender, bareAddress(r.Original.From)), QueueID: r.QueueID,
		Status: doc.Status, Reply: oneLine(doc.Reply.Text), MessageID: r.Original.MessageID, Time: rcpt.LastAttempt,
	}
	v.Helo = r.ReportingMTA
	v.SenderIP = clientAddress(v.Reply, v.IP)
	if rcpt.Reply.Code > 0 {
		v.Code = replyCode(rcpt.Reply.Code)
	}
	if v.Time.IsZero() {
		v.Time = r.Date
	}
	return v
}

// clientAddress gives the IP address that a reply names and that is not the
// host's own: servers quote the client whom they refuse. "" where there is none.
func clientAddress(reply, host string) string {
	for start := 0; start < len(reply); {
		end, dots, colons := start, 0, 0
		for end < len(reply) && !partsAddress(reply[end]) {
			switch reply[end] {
			case '.':
				dots++
			case ':':
				colons++
			}
			end++
		}
		word := reply[start:end]
		start = end + 1
		if dots < 3 && colons < 2 {
			continue
		}
		word = strings.TrimRight(word, ".:")
		if strings.Count(word, ".") != 3 && strings.Count(word, ":") < 2 {
			continue
		}
		if addr, err := netip.ParseAddr(word); err == nil && addr.Unmap().String() != host {
			return addr.Unmap().String()
		}
	}
	return ""
}

// partsAddress reports whether c stands between the words of a reply, as far as
// addresses go.
func partsAddress(c byte) bool {
	switch c {
	case ' ', '[', ']', '(', ')', '<', '>', ',', ';', '"', '\'', '=':
		return true
	}
	return false
}

// bareAddress gives the address in a header field such as From, without the
// display name.
func bareAddress(field string) string {
	if _, rest, ok := strings.Cut(field, "<"); ok {
		field, _, _ = strings.Cut(rest, ">")
	}
	return strings.TrimSpace(field)
}

// replyCode gives a reply code in digits.
func replyCode(code int) string { return strconv.Itoa(code) }

// oneLine joins the lines of s by spaces.
func oneLine(s string) string { return strings.ReplaceAll(s, "\n", " ") }

// judgementDoc gives the public form of a verdict.
func judgementDoc(v *diagnose.Verdict, next []runbook.Step, offset int) report.Judgement {
	var doc report.Judgement
	fillJudgement(&doc, v, next, offset)
	return doc
}

// stageFrom says what tells the stage of a verdict.
func stageFrom(v *diagnose.Verdict) string {
	switch {
	case v.Stage == smtp.StageUnknown:
		return ""
	case v.StageUsual:
		return report.StageFromWording
	}
	return report.StageFromMessage
}

// fillJudgement is judgementDoc into the memory of an earlier one.
func fillJudgement(doc *report.Judgement, v *diagnose.Verdict, next []runbook.Step, offset int) {
	entry, _ := runbook.Lookup(v.Class)
	*doc = report.Judgement{
		Stage: string(v.Stage), StageFrom: stageFrom(v), Class: string(v.Class), Permanence: string(v.Permanence), Suppress: v.Suppress,
		Owner: string(v.Owner), Confidence: string(v.Confidence), Rule: v.Rule, RunnerUp: v.RunnerUp,
		Evidence: resize(doc.Evidence, len(v.Evidence)),
		Findings: resize(doc.Findings, len(v.Findings)),
		Next:     resize(doc.Next, len(next)),
		Title:    entry.Title, Meaning: entry.Meaning, RunnerUpClass: string(v.RunnerUpClass), Flip: v.Flip,
	}
	for i := range v.Evidence {
		item := &v.Evidence[i]
		doc.Evidence[i] = report.Evidence{From: item.Field, Line: shift(item.Source.Line, offset), Text: item.Text, Part: item.Source.Part}
	}
	for i := range v.Findings {
		f := &v.Findings[i]
		doc.Findings[i] = report.Finding{Key: f.Key, Severity: string(f.Severity), Text: f.Text}
	}
	for i := range next {
		s := &next[i]
		doc.Next[i] = report.Step{Text: s.Text, Command: s.Command, Decide: s.Decide, Means: s.Means}
	}
}

// replyDoc gives the public form of a reply.
func replyDoc(r smtp.Reply) report.Reply {
	return report.Reply{Code: r.Code, Enhanced: r.Enhanced.String(), Text: r.String()}
}

// shift moves a line by offset; 0 stays, since it stands for no line.
func shift(line, offset int) int {
	if line == 0 {
		return 0
	}
	return line + offset
}

// formatTime gives a time in UTC as RFC 3339, or "".
func formatTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
