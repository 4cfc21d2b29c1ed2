package diagnose

import (
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// againPhrases are wording by which a server says that trying again can help,
// whatever code it gives.
var againPhrases = []string{
	"try again", "try later", "try it again", "try * later", "retry later", "retry again", "please retry", "come back later", "later retry", "temporarily", "temporary",
	"try after", "resend later", "try resending", "send * again later", "currently unavailable", "at this time", "greylist*", "graylist*",
}

// standing says how far a class decides by itself whether trying again helps.
type standing uint8

const (
	// byCode is for classes that are what the codes and words say.
	byCode standing = iota
	// alwaysPermanent is for facts that waiting does not change, even where a
	// server codes them as temporary (unknown_local_recipient_reject_code=450).
	alwaysPermanent
	// alwaysTemporary is for conditions that pass, even where a server or a
	// gateway codes them as final.
	alwaysTemporary
)

// standingOf gives the standing of a class.
func standingOf(class runbook.Class) standing {
	switch class {
	case runbook.ClassRecipientUnknown, runbook.ClassRecipientMoved, runbook.ClassRecipientOwnerChanged,
		runbook.ClassRecipientAmbiguous, runbook.ClassRecipientSyntax, runbook.ClassRecipientUTF8,
		runbook.ClassDomainNotFound, runbook.ClassDomainNullMX, runbook.ClassRoutingLoop,
		runbook.ClassContentVirus, runbook.ClassContentTooLarge, runbook.ClassSenderSuppressed:
		return alwaysPermanent
	case runbook.ClassRecipientFull, runbook.ClassDNSFailure, runbook.ClassLookupTemporary,
		runbook.ClassBackendStorageFull, runbook.ClassBackendUnavailable, runbook.ClassNetworkUnreachable,
		runbook.ClassNetworkTimeout, runbook.ClassNetworkDropped, runbook.ClassDeliveryExpired,
		runbook.ClassPolicyGreylist, runbook.ClassPolicyConnections, runbook.ClassPolicyRecipients:
		return alwaysTemporary
	}
	return byCode
}

// judgePermanence says whether trying again can help. In order: a delay is
// temporary as long as retries go on; a rule may say it; some classes are what
// they are; then the reply's own code, unless its words say otherwise; then the
// Status field; then what the class usually is.
func (st *state) judgePermanence(class runbook.Class, rule *compiled, delayed bool) runbook.Permanence {
	if class.Gate() == "notice" && class != runbook.ClassNoticeDelayed {
		return ""
	}
	if delayed || class == runbook.ClassNoticeDelayed {
		return runbook.Temporary
	}
	if rule != nil && rule.Permanence != "" {
		return rule.Permanence
	}
	switch standingOf(class) {
	case alwaysPermanent:
		return runbook.Permanent
	case alwaysTemporary:
		return runbook.Temporary
	case byCode:
	}
	if class == runbook.ClassAuthSMTPFailed && st.codes.status.Class == 4 {
		return runbook.Temporary // a sender whose own login fails keeps trying
	}
	if p := codePermanence(st.codes); p != "" {
		if p == runbook.Permanent && st.again {
			return runbook.Temporary
		}
		return p
	}
	if entry, ok := runbook.Lookup(class); ok {
		return entry.Permanence
	}
	return runbook.Permanent
}

// codePermanence gives what the codes say: the reply's first digit, the class
// of the enhanced code in it, the class of the Status field.
func codePermanence(c codes) runbook.Permanence {
	switch {
	case c.reply >= 500:
		return runbook.Permanent
	case c.reply >= 400:
		return runbook.Temporary
	case !c.enhanced.IsZero():
		return classPermanence(c.enhanced)
	case !c.status.IsZero():
		return classPermanence(c.status)
	}
	return ""
}

func classPermanence(e smtp.EnhancedCode) runbook.Permanence {
	switch e.Class {
	case 4:
		return runbook.Temporary
	case 5:
		return runbook.Permanent
	}
	return ""
}
