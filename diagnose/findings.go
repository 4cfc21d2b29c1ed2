package diagnose

import (
	"fmt"
	"strconv"

	"github.com/smtpdiag/smtpdiag/evidence"
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// The keys of the findings that the evidence of one recipient supports.
const (
	FindingCodeMismatch         = "code-mismatch"
	FindingPermanentAsTemporary = "permanent-as-temporary"
	FindingTemporaryAsPermanent = "temporary-as-permanent"
	FindingPolicyAsRecipient    = "policy-as-recipient"
	FindingDelayedReject        = "delayed-reject"
	FindingSenderGaveUp         = "sender-gave-up"
)

// fairHours is how long a sender has to try at the least before a bounce after
// a temporary refusal is no surprise, in hours. RFC 5321 section 4.5.4.1 asks
// for four to five days; services that stop after half a day are common.
const fairHours = 4

// recipientPhrases are words that speak of the recipient, whatever the cause.
var recipientPhrases = []string{
	"recipient address rejected", "recipient rejected", "recipient refused", "rejected recipient", "invalid recipient", "user unknown", "unknown user", "mailbox unavailable",
}

// findings gives the facts about the evidence that a reader could miss, in a
// fixed order. Each is made only where it changes what somebody would do.
func (st *state) findings(f *facts, v *Verdict) []Finding {
	var out []Finding
	add := func(finding Finding, ok bool) {
		if ok {
			out = append(out, finding)
		}
	}
	add(st.codeMismatch(f, v))
	add(st.outcomeMismatch(f, v))
	add(st.permanentAsTemporary(f, v))
	add(st.temporaryAsPermanent(f, v))
	add(st.policyAsRecipient(f, v))
	add(st.delayedReject(f, v))
	add(st.senderGaveUp(f, v))
	return out
}

// items copies the facts that are there.
func items(facts ...*evidence.Item) []evidence.Item {
	var out []evidence.Item
	for _, item := range facts {
		if item != nil {
			out = append(out, *item)
		}
	}
	return out
}

// words gives the Item whose words decided.
func (st *state) words(f *facts) *evidence.Item {
	switch st.best.view {
	case viewReply:
		return f.reply
	case viewDiagnostic:
		return f.diagnostic
	case viewExplanation:
		return f.explanation
	case viewNone, viewCode, viewStatus:
	}
	return nil
}

// codeMismatch says that a code names another cause than the words do. The
// words are believed: they were written for this refusal, a code is picked from
// a list, and some systems make it up.
func (st *state) codeMismatch(f *facts, v *Verdict) (Finding, bool) {
	if st.best.rank.tier < tierText || len(st.best.rule.codes) > 0 {
		return Finding{}, false // no words to set against the code, or the rule knows the pair
	}
	code, whose, from := st.codes.enhanced, "the code in the reply", f.reply
	if code.IsZero() {
		code, whose, from = st.codes.status, "the Status field", f.status
	}
	meant := st.set.codeClass(code)
	if meant == "" || sameKind(meant, v.Class) {
		return Finding{}, false
	}
	severity := Info
	if entry, ok := runbook.Lookup(meant); ok && entry.Suppress != v.Suppress {
		severity = Warning // who goes by the code keeps or drops an address wrongly
	}
	return Finding{
		Key: FindingCodeMismatch, Severity: severity, Items: items(st.words(f), from),
		Text: fmt.Sprintf("%s is %s, which stands for %s, but the words say %s. The words were believed, because they name the cause of this refusal%s.",
			capital(whose), code, meant, v.Class, st.whyDoubt(whose)),
	}, true
}

// outcomeMismatch says that the Status field calls a refusal a success.
func (st *state) outcomeMismatch(f *facts, _ *Verdict) (Finding, bool) {
	if st.codes.status.Class != 2 || !st.refusedFor(4) && !st.refusedFor(5) {
		return Finding{}, false
	}
	return Finding{
		Key: FindingCodeMismatch, Severity: Warning, Items: items(f.status, f.reply),
		Text: fmt.Sprintf("The Status field is %s, a success, but the reply is a refusal (%s). The reply was believed: it is what the other host said.", st.codes.status, st.codeText()),
	}, true
}

// deliveredYetRefused says that a report of a success quotes a refusal.
func deliveredYetRefused(f *facts, class runbook.Class) (Finding, bool) {
	if class != runbook.ClassNoticeDelivered || f.reply == nil || f.reply.Reply.Code < 400 {
		return Finding{}, false
	}
	return Finding{
		Key: FindingCodeMismatch, Severity: Warning, Items: items(f.action, f.reply),
		Text: fmt.Sprintf("The report says that the message was delivered, but quotes a refusal (%d). The report was believed: its host knows what it did last. Look the message up in that host's log before you rely on it.", f.reply.Reply.Code),
	}, true
}

// whyDoubt says why a code is worth less than usual, or "".
func (st *state) whyDoubt(whose string) string {
	if whose == "the Status field" && st.codes.reply > 0 {
		return ", while the reply has no such code and the reporting system chose the Status itself"
	}
	return ""
}

// codeClass gives the class that an enhanced code stands for by itself, "" for
// one that many causes share or that is not registered.
func (s *RuleSet) codeClass(code smtp.EnhancedCode) runbook.Class {
	if code.IsZero() {
		return ""
	}
	for _, n := range s.exact[pack(code)] {
		if r := &s.rules[n]; r.tier == tierEnhanced && !r.user && r.providers.isEmpty() {
			return r.Class
		}
	}
	return ""
}

// related holds pairs of classes that one code covers in practice, so that
// nobody is misled: the first is what the code stands for.
var related = [][2]runbook.Class{
	{runbook.ClassRecipientUnknown, runbook.ClassRecipientDisabled},
	{runbook.ClassRecipientDisabled, runbook.ClassRecipientUnknown},
	{runbook.ClassRecipientMoved, runbook.ClassRecipientUnknown},
	{runbook.ClassRecipientMoved, runbook.ClassRecipientDisabled},
	{runbook.ClassDomainNullMX, runbook.ClassRecipientUnknown}, // Microsoft's 5.1.10
	{runbook.ClassRoutingUnroutable, runbook.ClassDomainNotFound},
	{runbook.ClassRoutingUnroutable, runbook.ClassDomainBadMX},
	{runbook.ClassRoutingUnroutable, runbook.ClassDNSFailure},
	{runbook.ClassRoutingLoop, runbook.ClassDomainBadMX},
	{runbook.ClassDNSFailure, runbook.ClassLookupTemporary},
	{runbook.ClassDNSFailure, runbook.ClassDomainNotFound},
	{runbook.ClassDomainNotFound, runbook.ClassDNSFailure},
	{runbook.ClassNetworkTimeout, runbook.ClassBackendUnavailable},
	{runbook.ClassTLSFailed, runbook.ClassTLSPolicy},
	{runbook.ClassAuthSMTPFailed, runbook.ClassAuthSMTPRequired},
	{runbook.ClassTLSRequired, runbook.ClassAuthSMTPRequired},
	{runbook.ClassSenderUnresolvable, runbook.ClassSenderRejected},
	{runbook.ClassPolicyRecipients, runbook.ClassPolicyRateLimit},
	{runbook.ClassBackendUnavailable, runbook.ClassPolicyConnections},
	{runbook.ClassBackendUnavailable, runbook.ClassBackendStorageFull},
	{runbook.ClassRecipientUnknown, runbook.ClassLookupCallout},
	{runbook.ClassPolicyRateLimit, runbook.ClassPolicyReputation},
}

// sameKind reports whether a code that stands for one class is no surprise
// where the cause is the other.
func sameKind(code, cause runbook.Class) bool {
	if code == cause || code == runbook.ClassDeliveryExpired || cause.Gate() == "notice" || cause == runbook.ClassUnknown {
		return true
	}
	if g := code.Gate(); g == cause.Gate() && g != "recipient" && g != "content" {
		return true
	}
	for _, pair := range related {
		if pair[0] == code && pair[1] == cause {
			return true
		}
	}
	return false
}

// permanentAsTemporary says that a server codes a refusal for good as one for
// now, so that the sender's queue fills with retries.
func (st *state) permanentAsTemporary(f *facts, v *Verdict) (Finding, bool) {
	if f.reply == nil || st.best.view != viewReply || st.best.rank.tier < tierText || !st.refusedFor(4) {
		return Finding{}, false
	}
	if standingOf(v.Class) != alwaysPermanent && v.Class != runbook.ClassRecipientDisabled && v.Class != runbook.ClassRoutingRelayDenied {
		return Finding{}, false
	}
	text := fmt.Sprintf("The reply is coded %s, for now, but it says that the refusal is for good (%s): senders keep the message in their queues and try again without any prospect.",
		st.codeText(), v.Class)
	if v.Rule == "postfix-local-unknown" || v.Rule == "postfix-virtual-unknown" || v.Rule == "postfix-relay-unknown" {
		text += " On Postfix the causes are unknown_local_recipient_reject_code = 450 (or its virtual and relay forms) and soft_bounce = yes."
	}
	return Finding{Key: FindingPermanentAsTemporary, Severity: Warning, Text: text, Items: items(f.reply)}, true
}

// refusedFor reports whether the reply says by its codes that it is of the
// class 4 or 5, where reply code and enhanced code do not contradict.
func (st *state) refusedFor(class int) bool {
	if st.codes.reply > 0 {
		return st.codes.reply/100 == class
	}
	return int(st.codes.enhanced.Class) == class
}

// codeText gives the codes of the reply as a reader knows them.
func (st *state) codeText() string {
	code := st.codes.enhanced.String()
	if st.codes.reply == 0 {
		return code
	}
	if code == "" {
		return strconv.Itoa(st.codes.reply)
	}
	return strconv.Itoa(st.codes.reply) + " " + code
}

// temporaryAsPermanent says that a fault that passes was coded or reported as
// final.
func (st *state) temporaryAsPermanent(f *facts, v *Verdict) (Finding, bool) {
	if f.reply == nil {
		return Finding{}, false
	}
	passing := standingOf(v.Class) == alwaysTemporary && v.Class != runbook.ClassRecipientFull && v.Class != runbook.ClassDeliveryExpired
	switch {
	case passing && !st.ranOut && st.refusedFor(5) && st.best.rank.tier >= tierText && st.best.view == viewReply:
		return Finding{
			Key: FindingTemporaryAsPermanent, Severity: Warning, Items: items(f.reply),
			Text: fmt.Sprintf("The reply is coded %s, for good, but what it names passes (%s): the sender gave up a message that a later attempt would have delivered. Send it again.", st.codeText(), v.Class),
		}, true
	case v.Class == runbook.ClassRecipientFull && !st.ranOut && st.refusedFor(5) && v.Permanence == runbook.Temporary:
		return Finding{
			Key: FindingTemporaryAsPermanent, Severity: Info, Items: items(f.reply),
			Text: fmt.Sprintf("The reply is coded %s, for good, but a full mailbox takes mail again once there is room: judged temporary. The address is not dead.", st.codeText()),
		}, true
	case st.refusedFor(4) && st.codes.status.Class == 5 && !isOther(st.codes.status) && v.Permanence == runbook.Temporary:
		return Finding{
			Key: FindingTemporaryAsPermanent, Severity: Warning, Items: items(f.reply, f.status),
			Text: fmt.Sprintf("The receiver refused for now (%s), and the reporting system shows that as final (Status %s). The address is not dead.", st.codeText(), st.codes.status),
		}, true
	}
	return Finding{}, false
}

// isOther reports whether a code says no more than its class, X.0.0. Exim and
// Courier write it whatever happened.
func isOther(e smtp.EnhancedCode) bool { return e.Subject == 0 && e.Detail == 0 }

// policyAsRecipient says that words about the recipient hide another cause.
func (st *state) policyAsRecipient(f *facts, v *Verdict) (Finding, bool) {
	switch v.Class.Gate() {
	case "policy", "auth", "content", "sender", "tls":
	default:
		return Finding{}, false
	}
	item := st.words(f)
	if item == nil || !st.aboutRecipient || st.best.rank.tier < tierVague || v.Class == runbook.ClassPolicyRecipients || v.Class == runbook.ClassSenderSuppressed {
		return Finding{}, false
	}
	return Finding{
		Key: FindingPolicyAsRecipient, Severity: Warning, Items: items(item),
		Text: fmt.Sprintf("The words speak of the recipient, the cause is another: %s. The address may be fine; do not search for the mailbox, and do not drop the address from a list.", v.Class),
	}, true
}

// delayedReject says that what was refused at RCPT TO was known before.
func (st *state) delayedReject(f *facts, v *Verdict) (Finding, bool) {
	item := st.words(f)
	if item == nil || st.stage != smtp.StageRcpt || st.best.rank.tier < tierText {
		return Finding{}, false
	}
	var known string
	switch v.Class {
	case runbook.ClassPolicyBlocklist, runbook.ClassPolicyReputation, runbook.ClassPolicyRDNS:
		known = "the client's address, known since the connection"
	case runbook.ClassPolicyHELO:
		known = "the name that the client gave in HELO"
	case runbook.ClassSenderRejected, runbook.ClassSenderUnresolvable, runbook.ClassSenderSyntax, runbook.ClassSenderNotPermitted, runbook.ClassAuthSPF:
		known = "the sender, known since MAIL FROM"
	default:
		return Finding{}, false
	}
	return Finding{
		Key: FindingDelayedReject, Severity: Info, Items: items(item),
		Text: fmt.Sprintf("Refused at RCPT TO for %s. Many servers wait that long on purpose (smtpd_delay_reject of Postfix), so every recipient there gets the same answer.", known),
	}, true
}

// senderGaveUp says that a bounce came much sooner after a temporary refusal
// than a sender that tries again would send it.
func (st *state) senderGaveUp(f *facts, v *Verdict) (Finding, bool) {
	if f.arrival == nil || f.attempt == nil || v.Permanence != runbook.Temporary || f.action == nil || f.action.Text != "failed" {
		return Finding{}, false
	}
	if !st.refusedFor(4) && (st.codes.reply > 0 || st.codes.status.Class != 4) {
		return Finding{}, false
	}
	tried := f.attempt.Time.Sub(f.arrival.Time)
	if tried < 0 || tried.Hours() >= fairHours || tried == 0 && st.ranOut {
		return Finding{}, false
	}
	when := "after " + tried.String()
	if tried.Minutes() < 1 {
		when = "at the first attempt"
	}
	return Finding{
		Key: FindingSenderGaveUp, Severity: Warning, Items: items(f.reply, f.arrival, f.attempt),
		Text: fmt.Sprintf("The refusal was for now, and the sending system gave up %s. RFC 5321 section 4.5.4.1 asks for retries over four to five days: look at the sender's queue lifetime.", when),
	}, true
}

// capital gives s with its first letter in upper case.
func capital(s string) string {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return s
	}
	return string(s[0]-'a'+'A') + s[1:]
}
