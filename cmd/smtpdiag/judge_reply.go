package main

import (
	"strings"

	"github.com/smtpdiag/smtpdiag/evidence"
	"github.com/smtpdiag/smtpdiag/report"
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// explain judges one reply, code or diagnostic line.
func (j *judge) explain(text string) *report.Explain {
	line := readReplyLine(text)
	verdict := j.diagnose(line.items())
	doc := &report.Explain{
		Schema: report.SchemaExplain, Text: text, Reply: replyDoc(line.quoted.Reply), Status: line.status.String(),
		Judgement: judgementDoc(&verdict, j.next(verdict.Class, line.values()), 0),
		RemoteMTA: report.Host{Name: line.quoted.Host, IP: line.quoted.IP},
		Codes:     line.codes(),
	}
	if doc.Status == "" {
		doc.Status = doc.Reply.Enhanced
	}
	return doc
}

// replyLine is what one line of text says.
type replyLine struct {
	text      string
	quoted    smtp.Quoted
	status    smtp.EnhancedCode // dsn= in a log line, or zero
	action    string            // what status= in a log line stands for, or ""
	recipient string
}

// readReplyLine reads a reply, a code, or a line of a log that quotes one.
func readReplyLine(text string) replyLine {
	line := replyLine{text: text}
	reason := line.cutLog()
	line.quoted = smtp.ParseQuoted(reason)
	if line.quoted.Reply.IsZero() {
		if code, ok := anyClass(reason); ok {
			line.quoted.Reply = smtp.Reply{Enhanced: code, Lines: []string{code.String()}}
		} else if r := smtp.ParseReply(reason); r.Code != 0 || r.Enhanced.Class == 2 {
			line.quoted.Reply = r // one that refuses nothing
		}
	}
	return line
}

// cutLog reads the fields of a delivery line of Postfix, as in
//
//	to=<user@example.com>, relay=mx[192.0.2.7]:25, dsn=5.1.1, status=bounced (host ... said: ...)
//
// and gives the reason in the parentheses, or the whole text where there is
// none.
func (l *replyLine) cutLog() string {
	if to, ok := logField(l.text, "to=<", ">"); ok {
		l.recipient = to
	}
	if dsn, ok := logField(l.text, "dsn=", ","); ok {
		l.status, _ = smtp.ParseEnhanced(dsn)
	}
	at := strings.Index(l.text, "status=")
	if at < 0 {
		return l.text
	}
	word, reason, ok := strings.Cut(l.text[at+len("status="):], " ")
	switch word {
	case "bounced":
		l.action = "failed"
	case "deferred":
		l.action = "delayed"
	case "sent":
		l.action = "delivered"
	}
	if !ok || l.action == "" || !strings.HasPrefix(reason, "(") {
		return l.text
	}
	return strings.TrimSuffix(strings.TrimSpace(reason[1:]), ")")
}

// logField gives what stands between two marks.
func logField(text, before, after string) (string, bool) {
	_, rest, ok := strings.Cut(text, before)
	if !ok {
		return "", false
	}
	value, _, _ := strings.Cut(rest, after)
	return value, true
}

// anyClass reads "X.7.1", as registries write codes whose class does not
// matter. It is taken for a permanent one, the more usual.
func anyClass(text string) (smtp.EnhancedCode, bool) {
	text = strings.TrimSpace(text)
	if len(text) < 5 || text[0]|0x20 != 'x' {
		return smtp.EnhancedCode{}, false
	}
	return smtp.ParseEnhanced("5" + text[1:])
}

// items gives the line as evidence.
func (l *replyLine) items() []evidence.Item {
	item := evidence.Item{
		Kind: evidence.KindDiagnostic, Field: "text", Text: l.text, Recipient: l.recipient,
		Host: l.quoted.Host, IP: l.quoted.IP, Stage: l.quoted.Stage,
	}
	var items []evidence.Item
	if !l.quoted.Reply.IsZero() {
		reply := item
		reply.Kind, reply.Text, reply.Reply = evidence.KindReply, l.quoted.Reply.String(), l.quoted.Reply
		items = append(items, reply)
	}
	items = append(items, item)
	if !l.status.IsZero() {
		items = append(items, evidence.Item{Kind: evidence.KindStatus, Field: "dsn", Text: l.status.String()})
	}
	if l.action != "" {
		items = append(items, evidence.Item{Kind: evidence.KindAction, Field: "status", Text: l.action})
	}
	return items
}

// codes says what each code in the line was registered to mean.
func (l *replyLine) codes() []report.CodeMeaning {
	codes := []report.CodeMeaning{}
	reply := l.quoted.Reply
	if reply.Code > 0 {
		code := report.CodeMeaning{Code: replyCode(reply.Code), Meaning: "not registered"}
		if known, ok := smtp.LookupReply(reply.Code); ok {
			code.Meaning, code.Ref, code.Note = known.Name, known.Source, known.Note
		}
		codes = append(codes, code)
	}
	for _, enhanced := range []smtp.EnhancedCode{reply.Enhanced, l.status} {
		if enhanced.IsZero() || len(codes) > 0 && codes[len(codes)-1].Code == enhanced.String() {
			continue
		}
		code := report.CodeMeaning{Code: enhanced.String(), Meaning: "not registered"}
		if known, ok := smtp.LookupEnhanced(enhanced); ok {
			code.Meaning, code.Ref, code.Note = known.Name, known.RFC, known.Note
		} else if subject := smtp.SubjectName(enhanced.Subject); subject != "" {
			code.Meaning += "; its second number stands for " + subject
		}
		codes = append(codes, code)
	}
	return codes
}

// values gives what is known of the case, for the commands of the next steps.
func (l *replyLine) values() runbook.Values {
	v := runbook.Values{Recipient: l.recipient, Host: l.quoted.Host, IP: l.quoted.IP, Status: l.quoted.Reply.Enhanced.String(), Reply: oneLine(l.quoted.Reply.String())}
	v.SenderIP = clientAddress(v.Reply, v.IP)
	if l.quoted.Reply.Code > 0 {
		v.Code = replyCode(l.quoted.Reply.Code)
	}
	return v
}
