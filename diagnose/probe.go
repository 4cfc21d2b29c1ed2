package diagnose

import (
	"github.com/smtpdiag/smtpdiag/evidence"
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// ProbeCase is everything that JudgeProbe looks at: what DNS said about one
// address's mail hosts, and what each dialogue with them showed.
type ProbeCase struct {
	Address string
	// Route is the judgement on the mail hosts, nil where the user named them.
	Route    *MXVerdict
	Sessions []SessionFact
	Prober   ProberFact
	// ControlGiven says that a known-good recipient was to be asked about.
	ControlGiven bool
}

// ProberFact is what is known of the probing side.
type ProberFact struct {
	// IP is its address as far as the servers can see it, "" where that is not
	// known, as behind address translation.
	IP string
	// Reverse is "ok", "none" or "mismatch", or "" where it was not found out;
	// ReverseText says more.
	Reverse     string
	ReverseText string
	// From is the envelope sender, "" for the null sender.
	From string
}

// SessionFact is one dialogue. The words of its string fields are those of
// the public JSON.
type SessionFact struct {
	Host, IP   string
	Preference int
	// Why is "first", "rest", "plain-fallback" or "retry".
	Why string
	// Fault is the kind of what ended the session before its time, or "".
	Fault      string
	FaultStage smtp.Stage
	FaultText  string
	Recipients []RecipientFact
	TLS        TLSFact
	Slow       []SlowFact
	// SizeLimit is the limit that EHLO announces, 0 for none; SizeAsked is what
	// the probe stood for, 0 for nothing.
	SizeLimit, SizeAsked int64
}

// RecipientFact is what one session learned about one address.
type RecipientFact struct {
	Address string
	// Role is "target", "control", "random" or "variant".
	Role     string
	Accepted bool
	// Code is that of the reply that Items hold, 0 without one.
	Code int
	// Full says that another recipient in the same transaction was answered
	// "too many recipients" first.
	Full bool
	// Skipped says why it was not asked about, or "".
	Skipped string
	// Items are the facts to judge the refusal by.
	Items []evidence.Item
}

// TLSFact is what a session learned about transport security.
type TLSFact struct {
	// Outcome is "not-reached", "not-offered", "not-tried", "refused",
	// "failed", "unverified" or "verified".
	Outcome string
	Error   string
	// Injected is plain text that stood between STARTTLS and the handshake.
	Injected string
	// Required names what asks for TLS here, such as "MTA-STS" or "DANE", or "".
	Required string
	// DANE is "ok", "mismatch" or "", MTASTS "ok", "mismatch", "testing" or "".
	DANE, MTASTS         string
	DANEText, MTASTSText string
}

// SlowFact is a step that took unusually long.
type SlowFact struct {
	Stage  smtp.Stage
	Millis int64
}

// ProbeVerdict is the judgement on one address.
type ProbeVerdict struct {
	Verdict
	// Sessions are the judgements on each session, in the order of the case.
	Sessions []SessionVerdict
	// AboutProber says that what is refused is the prober's own address, name
	// or sender, so that the recipient's state is not known.
	AboutProber bool
	// Hosts says how each mail host stands.
	Hosts []HostVerdict
	// Decisive is the session that decided, or -1.
	Decisive int
	// Text sums it up in a sentence.
	Text  string
	Steps []runbook.Step
}

// SessionVerdict is the judgement on one session.
type SessionVerdict struct {
	Class runbook.Class
	// Recipients are the classes of its recipients.
	Recipients []runbook.Class
}

// probeJudge is the work in progress on one case.
type probeJudge struct {
	ProbeCase
	judge func([]evidence.Item) Verdict
	hosts []*hostView
	v     ProbeVerdict
}

// JudgeProbe says what the sessions of one address mean together. judge decides
// on single replies, by the same rules as for bounces.
func JudgeProbe(c ProbeCase, judge func([]evidence.Item) Verdict) ProbeVerdict {
	j := &probeJudge{ProbeCase: c, judge: judge}
	j.v.Decisive = -1
	for i := range j.Sessions {
		j.session(i)
	}
	j.gather()
	j.v.Hosts = j.hostVerdicts()
	j.decide()
	j.findings()
	j.v.Text = j.sentence()
	j.v.Steps = j.steps()
	return j.v
}

// session judges each recipient of one session.
func (j *probeJudge) session(i int) {
	s := &j.Sessions[i]
	v := SessionVerdict{Recipients: make([]runbook.Class, len(s.Recipients))}
	for n := range s.Recipients {
		v.Recipients[n] = j.recipient(s, &s.Recipients[n]).Class
		if v.Class == "" && s.Recipients[n].Role == "target" {
			v.Class = v.Recipients[n]
		}
	}
	if v.Class == "" {
		v.Class = faultVerdict(s).Class
	}
	j.v.Sessions = append(j.v.Sessions, v)
}

// recipient judges what a session says about one address.
func (j *probeJudge) recipient(s *SessionFact, r *RecipientFact) Verdict {
	switch {
	case r.Accepted && s.SizeLimit > 0 && s.SizeAsked > s.SizeLimit:
		v := ofClass(runbook.ClassContentTooLarge, High)
		v.Stage = smtp.StageEHLO
		return v
	case r.Accepted:
		v := ofClass(runbook.ClassNoticeDelivered, High)
		v.Stage, v.Owner = smtp.StageRcpt, runbook.OwnerNobody
		return v
	case r.Skipped == "smtputf8":
		v := ofClass(runbook.ClassRecipientUTF8, High)
		v.Stage = smtp.StageEHLO
		return v
	case r.Skipped == "limit":
		return ofClass(runbook.ClassPolicyRecipients, High)
	case r.Skipped == "invalid", r.Skipped == "too-long":
		return ofClass(runbook.ClassRecipientSyntax, High)
	case r.Code != 0 && len(r.Items) > 0:
		v := j.judge(r.Items)
		if v.Stage == "" {
			v.Stage = r.Items[0].Stage
		}
		return v
	}
	v := faultVerdict(s)
	v.Evidence = r.Items
	return v
}

// ofClass gives the verdict that the taxonomy's table has for a class.
func ofClass(class runbook.Class, confidence Confidence) Verdict {
	entry, _ := runbook.Lookup(class)
	return Verdict{
		Class: class, Permanence: entry.Permanence, Suppress: entry.Suppress, Owner: entry.Owner, Confidence: confidence,
	}
}

// faultVerdict judges what ended a session other than a reply.
func faultVerdict(s *SessionFact) Verdict {
	class, confidence := runbook.ClassUnknown, High
	switch s.Fault {
	case "no-address", "forbidden":
		class = runbook.ClassDomainBadMX
	case "lookup":
		class = runbook.ClassDNSFailure
	case "refused", "unreachable":
		class = runbook.ClassNetworkUnreachable
	case "timeout":
		class = runbook.ClassNetworkTimeout
	case "dropped":
		class = runbook.ClassNetworkDropped
	case "garbage", "too-long":
		class = runbook.ClassProtocolSyntax
	case "local":
		class = runbook.ClassSenderFault
	case "tls":
		class = runbook.ClassTLSFailed
		if s.TLS.Outcome == "not-offered" {
			class = runbook.ClassTLSPolicy
		}
	default:
		confidence = Low
	}
	v := ofClass(class, confidence)
	v.Stage = s.FaultStage
	if class == runbook.ClassUnknown {
		v.Permanence, v.Owner = runbook.Temporary, runbook.OwnerNobody
	}
	return v
}
