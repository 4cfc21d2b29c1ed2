package diagnose

import (
	"fmt"
	"strings"

	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// sentence sums the verdict up.
func (j *probeJudge) sentence() string {
	var counts [standRefused + 1]int
	for _, h := range j.hosts {
		counts[h.stand]++
	}
	total := len(j.hosts)
	switch {
	case j.v.Decisive < 0 && j.Route != nil && j.Route.Text != "":
		return j.Route.Text
	case j.v.Decisive < 0:
		return "No mail host was asked."
	case j.v.Class == runbook.ClassNoticeDelivered:
		return fmt.Sprintf("Accepted at RCPT TO by %s.", shareOf(counts[standAccepted], total))
	}
	refused := counts[standRefused] + counts[standRefusedNow]
	switch {
	case counts[standGreylisted] > 0 && refused == 0:
		return fmt.Sprintf("Refused at first and accepted on the later try by %s.", shareOf(counts[standGreylisted], total))
	case refused > 0:
		return fmt.Sprintf("Refused %s by %s.", AtStage(j.v.Stage), shareOf(refused, total))
	}
	return fmt.Sprintf("No answer about the recipient from %s: %s.", shareOf(counts[standFault], total), j.Sessions[j.v.Decisive].FaultText)
}

// shareOf writes "all 3 mail hosts", "1 of 3 mail hosts", "the one mail host".
func shareOf(n, total int) string {
	switch {
	case total == 1:
		return "the one mail host"
	case n == total:
		return fmt.Sprintf("all %d mail hosts", total)
	}
	return fmt.Sprintf("%d of %d mail hosts", n, total)
}

// AtStage says where in the dialogue a refusal came: "at RCPT TO". It gives "at"
// and the stage itself for those that have no other name, and "at" alone for
// none.
func AtStage(stage smtp.Stage) string {
	switch stage {
	case smtp.StageConnect:
		return "while connecting"
	case smtp.StageBanner:
		return "at the greeting"
	case smtp.StageSTARTTLS:
		return "at STARTTLS"
	case smtp.StageMail:
		return "at MAIL FROM"
	case smtp.StageRcpt:
		return "at RCPT TO"
	case smtp.StageEOD:
		return "after the data"
	case smtp.StageEHLO, smtp.StageAuth, smtp.StageData, smtp.StageUnknown:
	}
	return strings.TrimSpace("at " + strings.ToUpper(string(stage)))
}

// steps gives what follows from the sessions together. What follows from the
// class alone stands on its page in the runbook and comes after these.
func (j *probeJudge) steps() []runbook.Step {
	address := quote(j.Address)
	var steps []runbook.Step
	add := func(text, command, decide string) {
		steps = append(steps, runbook.Step{Text: text, Command: command, Decide: decide})
	}
	switch {
	case j.Route != nil && (j.v.Decisive < 0 || j.v.Class == j.Route.Class):
		return append(steps, j.Route.Steps...)
	case j.v.Decisive < 0:
		return steps
	case j.v.AboutProber:
		add("Probe again from the host that sends the mail, with its own sender and HELO name; from here the server judges the prober.",
			"smtpdiag probe --from SENDER@YOUR-DOMAIN --helo MAIL-HOST-NAME "+address,
			"The same refusal there: it concerns your mail, act on its reason. Another answer: that one counts.")
	case j.has(KeyRejectsEverything):
		add("Report to the receiver's administrator that known-good recipients are refused as well; do not remove the address from lists.",
			"", "Their recipient map or directory is broken, or this host is not responsible for the domain.")
	case j.has(KeyInconsistentHosts):
		add("Send the receiver's administrator both answers: one mail host has other recipient data or another policy than the other.",
			"smtpdiag probe -o markdown "+address, "Until the hosts agree, mail is refused depending on which one it meets.")
	case j.v.Class == runbook.ClassPolicyGreylist && !j.has(KeyGreylisting):
		add("Try once more after some minutes, to tell greylisting from a refusal.",
			"smtpdiag probe --retry-greylist 6m "+address, "Accepted then: nothing is wrong, senders' queues get in by themselves.")
	case j.has(KeyGreylisting):
		add("Nothing needs repair: a sender that tries again gets in. If your mail still fails, see that your queue retries from the same address.",
			"", "Senders with changing addresses start anew each time; ask the receiver to exempt them.")
	case j.v.Class == runbook.ClassNoticeDelivered:
		j.acceptedSteps(add, address)
	}
	if j.v.Class == runbook.ClassRecipientUnknown && !j.ControlGiven && !j.v.AboutProber {
		add("Compare with an address of the domain that is known to be good.",
			"smtpdiag probe --control KNOWN-GOOD@"+quote(domainPart(j.Address))+" "+address,
			"Accepted: only this recipient is unknown. Refused as well: the host refuses everybody, and the address may be fine.")
	}
	return steps
}

// acceptedSteps says what acceptance does not prove.
func (j *probeJudge) acceptedSteps(add func(text, command, decide string), address string) {
	if j.has(KeyAcceptsAnything) {
		add("Do not take the acceptance for proof that the mailbox exists: the host takes made-up recipients, too.",
			"", "Ask the receiver's administrator, or look for a bounce that comes after delivery.")
	}
	if j.has(KeyTLSUntrusted) {
		add("If the mail failed over TLS, show the receiver's administrator the certificate and what is wrong with it.",
			"smtpdiag probe --tls require "+address, "")
	}
	add("If mail to this address still bounces, read that bounce: what is refused after DATA (content, size, quota) or before the mail leaves your system cannot be seen by a probe.",
		"smtpdiag bounce BOUNCE.eml", "A refusal that the bounce names at RCPT TO is gone now, or depends on sender, address or time.")
	add("See whether the acceptance means anything: ask about a made-up recipient, too.", "smtpdiag probe --random "+address,
		"Accepted as well: a catch-all, and the answer says nothing about this mailbox.")
}

// has reports whether a finding was made.
func (j *probeJudge) has(key string) bool {
	for _, f := range j.v.Findings {
		if f.Key == key {
			return true
		}
	}
	return false
}

// domainPart gives what stands after the last @.
func domainPart(address string) string {
	return address[strings.LastIndexByte(address, '@')+1:]
}
