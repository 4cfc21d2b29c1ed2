package main

import (
	"fmt"
	"strings"

	"github.com/smtpdiag/smtpdiag/diagnose"
	"github.com/smtpdiag/smtpdiag/probes"
	"github.com/smtpdiag/smtpdiag/report"
	"github.com/smtpdiag/smtpdiag/runbook"
)

// letterOf writes the text for the other side's postmaster: what was refused,
// when, with which words, and what is asked of them. Both are "" where there is
// nothing to write about.
func letterOf(v *diagnose.WitnessVerdict, s *subject, replay *judgedProbe, values runbook.Values) (to, text string) {
	domain := values.Domain
	if v.Entry.AskSender && (s.report == nil || !strings.Contains(values.Sender, "@")) {
		return "", "" // nobody is known who sent
	}
	if v.Entry.AskSender {
		domain = values.Sender[strings.LastIndexByte(values.Sender, '@')+1:]
	}
	if v.Entry.Ask == "" || domain == "" || s.report == nil && replay == nil {
		return "", ""
	}
	to = "postmaster@" + domain
	var b strings.Builder
	b.WriteString("To the postmaster of " + domain + "\n\n")
	if s.report != nil {
		b.WriteString("A message was not delivered:\n\n")
	} else {
		b.WriteString("An address does not take mail:\n\n")
	}
	fact := func(label, value string) {
		if value != "" {
			fmt.Fprintf(&b, "  %-13s %s\n", label+":", report.Abridge(oneLine(value), maxLetterValue))
		}
	}
	fact("Recipient", s.address)
	if s.report != nil {
		fact("Sender", values.Sender)
		if !values.Time.IsZero() {
			fact("Time", values.Time.UTC().Format("2006-01-02 15:04:05 UTC"))
		}
		fact("Refused by", report.Host{Name: values.Host, IP: values.IP}.String())
		fact("Reply", values.Reply)
		if values.QueueID != "" {
			fact("Queue id", values.QueueID+" at "+orUnknown(s.report.ReportingMTA))
		}
		fact("Message-ID", s.report.Original.MessageID)
	}
	if replay != nil {
		writeReplay(&b, replay.probe)
	}
	b.WriteString("\n" + runbook.FillText(v.Entry.Ask, values) + "\n")
	return to, b.String()
}

// maxLetterValue bounds the bytes of one reply in a letter.
const maxLetterValue = 2000

func orUnknown(host string) string {
	if host == "" {
		return "the sending host"
	}
	return host
}

// maxLetterSessions bounds the answers that a letter quotes.
const maxLetterSessions = 6

// writeReplay tells what the mail hosts said when they were asked again.
func writeReplay(b *strings.Builder, p *probes.Probe) {
	if len(p.Sessions) == 0 {
		return
	}
	fmt.Fprintf(b, "\nAsked again up to RCPT TO, with the sender <%s> and without a message:\n\n", p.Sessions[0].From)
	for i, s := range p.Sessions {
		if i == maxLetterSessions {
			fmt.Fprintf(b, "  ... and %d more\n", len(p.Sessions)-i)
			break
		}
		said := ""
		for _, r := range s.Recipients {
			if r.Role == probes.RoleTarget && !r.Reply.IsZero() {
				said = r.Reply.String()
			}
		}
		if refusal := s.Refusal(); said == "" && refusal != nil {
			said = refusal.Reply.String()
		}
		if said == "" && s.Fault != nil {
			said = s.Fault.Text
		}
		when := "not connected"
		if !s.Started.IsZero() {
			when = s.Started.UTC().Format("2006-01-02 15:04:05 UTC")
		}
		fmt.Fprintf(b, "  %s  %s: %s\n", when, report.Host{Name: s.Host, IP: addressText(s.IP)}, report.Abridge(oneLine(said), maxLetterValue))
	}
}
