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
	doc := &report.Bounce{
		Schema: report.SchemaBounce, Source: r.Source, Kind: string(r.Kind), Format: r.Format,
		Generator: r.Generator, ReportingMTA: r.ReportingMTA, Date: formatTime(r.Date),
		Original: report.Original{
			MessageID: r.Original.MessageID, From: r.Original.From, To: r.Original.To,
			Subject: r.Original.Subject, Date: r.Original.Date,
		},
		Recipients: make([]report.Recipient, len(r.Recipients)),
		Problems:   make([]report.Problem, len(r.Problems)),
	}
	if index >= 0 {
		doc.Index = &index
	}
	for i := range r.Recipients {
		j.recipient(&doc.Recipients[i], r, i, line-1)
	}
	for i, p := range r.Problems {
		doc.Problems[i] = report.Problem{Line: shift(p.Line, line-1), Text: p.Text}
	}
	return doc
}

// recipient judges recipient i of a report.
func (j *judge) recipient(doc *report.Recipient, r *dsn.Report, i, offset int) {
	rcpt := &r.Recipients[i]
	verdict := j.diagnose(r.Items(i))
	*doc = report.Recipient{
		FinalRecipient: rcpt.Final, OriginalRecipient: rcpt.Original, Action: rcpt.Action,
		Status: rcpt.Status.String(), Reply: replyDoc(rcpt.Reply),
		RemoteMTA:   report.Host{Name: rcpt.Remote.Name, IP: rcpt.Remote.IP},
		LastAttempt: formatTime(rcpt.LastAttempt), RetryUntil: formatTime(rcpt.RetryUntil),
	}
	if doc.Status == "" {
		doc.Status = doc.Reply.Enhanced
	}
	doc.Judgement = judgementDoc(&verdict, j.next(verdict.Class, recipientValues(r, rcpt, doc)), offset)
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
	for word := range strings.FieldsFuncSeq(reply, func(c rune) bool { return strings.ContainsRune(" []()<>,;\"'=", c) }) {
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
	entry, _ := runbook.Lookup(v.Class)
	doc := report.Judgement{
		Stage: string(v.Stage), Class: string(v.Class), Permanence: string(v.Permanence), Suppress: v.Suppress,
		Owner: string(v.Owner), Confidence: string(v.Confidence), Rule: v.Rule, RunnerUp: v.RunnerUp,
		Evidence: make([]report.Evidence, len(v.Evidence)),
		Findings: make([]report.Finding, len(v.Findings)),
		Next:     make([]report.Step, len(next)),
		Title:    entry.Title, Meaning: entry.Meaning, RunnerUpClass: string(v.RunnerUpClass), Flip: v.Flip,
	}
	for i := range v.Evidence {
		item := &v.Evidence[i]
		doc.Evidence[i] = report.Evidence{From: item.Field, Line: shift(item.Source.Line, offset), Text: item.Text, Part: item.Source.Part}
	}
	for i, f := range v.Findings {
		doc.Findings[i] = report.Finding{Key: f.Key, Severity: string(f.Severity), Text: f.Text}
	}
	for i, s := range next {
		doc.Next[i] = report.Step{Text: s.Text, Command: s.Command, Decide: s.Decide, Means: s.Means}
	}
	return doc
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
