package diagnose

import (
	"slices"
	"strings"
	"testing"

	"github.com/smtpdiag/smtpdiag/evidence"
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// said makes a recipient that was answered with text at RCPT TO.
func said(role, text string) RecipientFact { return saidAt(role, smtp.StageRcpt, text) }

func saidAt(role string, stage smtp.Stage, text string) RecipientFact {
	reply := smtp.ParseReply(text)
	return RecipientFact{
		Address: role + "@example.com", Role: role, Accepted: stage == smtp.StageRcpt && reply.Code/100 == 2, Code: reply.Code,
		Items: []evidence.Item{{Kind: evidence.KindReply, Stage: stage, Reply: reply, Text: text, Recipient: role + "@example.com"}},
	}
}

const (
	unknown550 = "550 5.1.1 <user@example.com>: Recipient address rejected: User unknown in virtual mailbox table"
	ok250      = "250 2.1.5 Ok"
	grey450    = "450 4.2.0 <user@example.com>: Recipient address rejected: Greylisted"
	vague451   = "451 4.3.0 Please try again later"
	blocked554 = "554 5.7.1 Service unavailable; Client host [192.0.2.9] blocked using zen.spamhaus.org"
)

// on makes the first session of a host.
func on(host string, recipients ...RecipientFact) SessionFact {
	return SessionFact{Host: host, IP: "192.0.2.1", Why: "first", Recipients: recipients}
}

// later makes a further session of mx1.
func later(why string, recipients ...RecipientFact) SessionFact {
	s := on("mx1", recipients...)
	s.Why = why
	return s
}

// failed makes a session that a fault ended.
func failed(host, fault string, stage smtp.Stage) SessionFact {
	s := on(host, RecipientFact{Address: "target@example.com", Role: "target"})
	s.Fault, s.FaultStage, s.FaultText = fault, stage, fault
	return s
}

func TestJudgeProbe(t *testing.T) {
	tlsBad := on("mx1", said("target", ok250))
	tlsBad.TLS = TLSFact{Outcome: "unverified", Error: "the certificate expired on 2026-01-01"}
	daneGood := tlsBad
	daneGood.TLS.DANE = "ok"
	handshake := failed("mx1", "tls", smtp.StageSTARTTLS)
	handshake.TLS = TLSFact{Outcome: "failed", Error: "TLS handshake failed"}
	injected := on("mx1", said("target", ok250))
	injected.TLS = TLSFact{Outcome: "verified", Injected: "250 x"}
	slow := on("mx1", said("target", ok250))
	slow.Slow = []SlowFact{{smtp.StageRcpt, 4000}}
	big := on("mx1", said("target", ok250))
	big.SizeLimit, big.SizeAsked = 100, 200
	full := said("control", ok250)
	full.Full = true
	tests := []struct {
		name       string
		sessions   []SessionFact
		class      runbook.Class
		permanence runbook.Permanence
		findings   string
		about      bool
	}{
		{"accepted by all", []SessionFact{on("mx1", said("target", ok250)), on("mx2", said("target", ok250))}, "notice:delivered", "", "", false},
		{"refused by all", []SessionFact{on("mx1", said("target", unknown550)), on("mx2", said("target", unknown550))}, "recipient:unknown", "permanent", "", false},
		{"refused by one", []SessionFact{on("mx1", said("target", ok250)), on("mx2", said("target", unknown550))}, "recipient:unknown", "permanent", "inconsistent-hosts", false},
		{"for good and for now", []SessionFact{on("mx1", said("target", grey450)), on("mx2", said("target", unknown550))}, "recipient:unknown", "permanent", "inconsistent-hosts", false},
		{"accepted, one down", []SessionFact{on("mx1", said("target", ok250)), failed("mx2", "refused", smtp.StageConnect)}, "notice:delivered", "", "host-unreachable", false},
		{"refused, one down", []SessionFact{failed("mx1", "timeout", smtp.StageConnect), on("mx2", said("target", unknown550))}, "recipient:unknown", "permanent", "host-unreachable", false},
		{"all down", []SessionFact{failed("mx1", "timeout", smtp.StageConnect), failed("mx2", "refused", smtp.StageConnect)}, "network:timeout", "temporary", "", false},
		{"dropped", []SessionFact{failed("mx1", "dropped", smtp.StageRcpt)}, "network:dropped", "temporary", "", false},
		{"forbidden", []SessionFact{failed("mx1", "forbidden", smtp.StageConnect)}, "domain:bad-mx", "permanent", "", false},
		{"canceled", []SessionFact{failed("mx1", "canceled", smtp.StageRcpt)}, "unknown", "temporary", "", false},
		{"control refused too", []SessionFact{on("mx1", said("target", unknown550), said("control", unknown550))}, "recipient:unknown", "permanent", "rejects-everything", false},
		{"control accepted", []SessionFact{on("mx1", said("target", unknown550), said("control", ok250))}, "recipient:unknown", "permanent", "", false},
		{"control in a full transaction", []SessionFact{on("mx1", said("target", unknown550), said("control", "452 4.5.3 Too many recipients"))}, "recipient:unknown", "permanent", "", false},
		{"control asked again", []SessionFact{on("mx1", said("target", ok250), full)}, "notice:delivered", "", "recipient-limit", false},
		{"random accepted", []SessionFact{on("mx1", said("target", ok250), said("random", ok250))}, "notice:delivered", "", "accepts-anything", false},
		{"random refused", []SessionFact{on("mx1", said("target", ok250), said("random", unknown550))}, "notice:delivered", "", "", false},
		{"greylisted", []SessionFact{on("mx1", said("target", grey450))}, "policy:greylist", "temporary", "policy-as-recipient", false},
		{"greylisted then accepted", []SessionFact{on("mx1", said("target", grey450)), later("retry", said("target", ok250))}, "policy:greylist", "temporary", "greylisting policy-as-recipient", false},
		{"vague then accepted", []SessionFact{on("mx1", said("target", vague451)), later("retry", said("target", ok250))}, "policy:greylist", "temporary", "greylisting", false},
		{"refused then refused", []SessionFact{on("mx1", said("target", grey450)), later("retry", said("target", unknown550))}, "recipient:unknown", "permanent", "", false},
		{"later try failed", []SessionFact{on("mx1", said("target", grey450)), later("retry", failed("mx1", "timeout", smtp.StageConnect).Recipients...)}, "policy:greylist", "temporary", "policy-as-recipient", false},
		{"broken session, then the rest", []SessionFact{failed("mx1", "dropped", smtp.StageRcpt), later("rest", said("target", unknown550))}, "recipient:unknown", "permanent", "", false},
		{"block list at RCPT", []SessionFact{on("mx1", said("target", blocked554), said("control", blocked554))}, "policy:blocklist", "permanent", "prober-refused rejects-everything delayed-reject", true},
		{"block list at the banner", []SessionFact{on("mx1", saidAt("target", smtp.StageBanner, blocked554))}, "policy:blocklist", "permanent", "prober-refused", true},
		{"certificate expired", []SessionFact{tlsBad}, "notice:delivered", "", "tls-untrusted", false},
		{"certificate good by DANE", []SessionFact{daneGood}, "notice:delivered", "", "", false},
		{"handshake failed, plain accepted", []SessionFact{handshake, later("plain-fallback", said("target", ok250))}, "tls:failed", "temporary", "tls-untrusted", false},
		{"handshake failed, plain refused", []SessionFact{handshake, later("plain-fallback", said("target", unknown550))}, "recipient:unknown", "permanent", "tls-untrusted", false},
		{"injection", []SessionFact{injected}, "notice:delivered", "", "starttls-injection", false},
		{"slow", []SessionFact{slow}, "notice:delivered", "", "slow-stage", false},
		{"over SIZE of EHLO", []SessionFact{big}, "content:too-large", "permanent", "", false},
		{"variant known", []SessionFact{on("mx1", said("target", unknown550), said("variant", ok250))}, "recipient:unknown", "permanent", "variant-accepted", false},
		{"needs SMTPUTF8", []SessionFact{on("mx1", RecipientFact{Role: "target", Skipped: "smtputf8"})}, "recipient:utf8", "permanent", "", false},
	}
	rules := Builtin()
	for _, tc := range tests {
		c := ProbeCase{Address: "target@example.com", Sessions: tc.sessions}
		v := JudgeProbe(c, func(items []evidence.Item) Verdict { return Diagnose(items, rules) })
		var keys []string
		for _, f := range v.Findings {
			keys = append(keys, f.Key)
		}
		slices.Sort(keys)
		want := strings.Fields(tc.findings)
		slices.Sort(want)
		if v.Class != tc.class || v.Permanence != tc.permanence || v.AboutProber != tc.about || !slices.Equal(keys, want) {
			t.Errorf("%s: %s %s about=%v %v, want %s %s about=%v %v", tc.name, v.Class, v.Permanence, v.AboutProber, keys, tc.class, tc.permanence, tc.about, want)
		}
		if v.Text == "" || len(v.Sessions) != len(tc.sessions) {
			t.Errorf("%s: text %q, %d sessions", tc.name, v.Text, len(v.Sessions))
		}
		if v.Suppress && slices.Contains(keys, KeyInconsistentHosts) && tc.name == "refused by one" {
			t.Errorf("%s: to be suppressed", tc.name)
		}
	}
}

// Without a session the route decides.
func TestJudgeProbeRoute(t *testing.T) {
	route := MXVerdict{Class: runbook.ClassDomainNullMX, Permanence: runbook.Permanent, Owner: runbook.OwnerSender, Confidence: High, Text: "null"}
	v := JudgeProbe(ProbeCase{Address: "a@example.com", Route: &route}, nil)
	if v.Class != runbook.ClassDomainNullMX || v.Permanence != runbook.Permanent || v.Decisive != -1 || v.Text != "null" {
		t.Errorf("%+v", v)
	}
}

// Addresses are hostile and stand in commands.
func TestProbeStepsAreQuoted(t *testing.T) {
	c := ProbeCase{Address: "x';reboot;'@example.com", Sessions: []SessionFact{on("mx1", said("target", ok250))}}
	for _, step := range JudgeProbe(c, nil).Steps {
		if strings.Contains(step.Command, ";reboot;'@") && !strings.Contains(step.Command, `'x'\'';reboot;'\''@example.com'`) {
			t.Errorf("command %q", step.Command)
		}
	}
}
