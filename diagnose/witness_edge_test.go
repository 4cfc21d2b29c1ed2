package diagnose

import (
	"testing"
	"time"

	"github.com/smtpdiag/smtpdiag/runbook"
)

func TestReadOnlyCommand(t *testing.T) {
	for command, want := range map[string]bool{
		"postmap -q user@example.com hash:/etc/postfix/virtual":             true,
		"postmap -q 'o'\\''brien@example.com' hash:/etc/postfix/virtual":    true,
		"postmap -q a@example.com hash:/x\npostmap -q @example.com hash:/x": true,
		"postconf mydestination relay_domains":                              true,
		"postconf -n | grep -E 'check_policy_service|_limit'":               true,
		"ls -l --time-style=full-iso /etc/postfix/virtual*":                 true,
		"sed -n 1,120p /etc/postfix/people.cf":                              true,
		"openssl s_client -starttls smtp -connect 192.0.2.1:25":             true,
		"":                                       true, // nothing is suggested
		"rm -rf /":                               false,
		"sed -i s/a/b/ /etc/passwd":              false,
		"postconf -e soft_bounce=no":             false,
		"postconf soft_bounce=no":                false,
		"postmap /etc/postfix/virtual":           false,
		"postmap -q x hash:/x; rm -rf /":         false,
		"postmap -q x hash:/x\nrm -rf /":         false,
		"postmap -q x hash:/x | sh":              false,
		"postmap -q $(rm -rf /) hash:/x":         false,
		"postmap -q `id` hash:/x":                false,
		"grep x /var/log/mail.log > /etc/passwd": false,
		"grep 'x":                                false,
		"ls \"$(id)\"":                           false,
		"smtpdiag diagnose --record /etc/cron.d/x user@example.com": false,
		"openssl req -new": false,
	} {
		if got := ReadOnlyCommand(command); got != want {
			t.Errorf("%q is %t", command, got)
		}
	}
}

// TestEdgeWitness sets the checks on a receiving host against what the others
// say.
func TestEdgeWitness(t *testing.T) {
	at := time.Date(2026, 1, 4, 9, 42, 0, 0, time.UTC)
	edge := func(class runbook.Class) *EdgeWitness {
		return &EdgeWitness{Host: "mx1.example.com", Source: "edge.json", Class: class, Confidence: High, Text: "The checks say so.", Time: at}
	}
	refused := replayed(on("mx1.example.com", said("target", unknown550)))
	taken := replayed(on("mx1.example.com", said("target", ok250)))
	tests := []struct {
		name           string
		bounce         string
		replay         *ProbeVerdict
		edge           *EdgeWitness
		key            string
		confidence     Confidence
		contradictions int
		suppress       bool
	}{
		{"a stale table", unknown550, refused, edge(runbook.ClassBackendMisconfigured), "shown-on-host", High, 0, false},
		{"a directory that is down", unknown550, refused, edge(runbook.ClassLookupTemporary), "shown-on-host", High, 0, false},
		{"nobody knows it", unknown550, refused, edge(runbook.ClassRecipientUnknown), "unknown-on-host", High, 0, true},
		{"another reason", "552 5.2.2 Mailbox full", nil, edge(runbook.ClassPolicyGreylist), "shown-on-host", Medium, 1, false},
		{"repaired since", unknown550, taken, edge(runbook.ClassBackendMisconfigured), "accepted-now", Medium, 1, false},
		{"taken there, refused here", unknown550, refused, edge(runbook.ClassNoticeDelivered), "taken-on-host", Medium, 0, false},
		{"taken everywhere", unknown550, taken, edge(runbook.ClassNoticeDelivered), "accepted-now", High, 0, false},
		{"nothing found", unknown550, refused, edge(runbook.ClassUnknown), "refused-by-all", High, 0, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := witnesses(reported("mx1.example.com", "192.0.2.7", "rcpt", tt.bounce), tt.replay)
			c.Edge = tt.edge
			v := JudgeWitnesses(c, runbook.Values{Recipient: "target@example.com"})
			if v.Entry.Key != tt.key || v.Confidence != tt.confidence || len(v.Contradictions) != tt.contradictions || v.Suppress != tt.suppress {
				t.Errorf("%s, %s, %q, suppress %t; want %s, %s, %d contradictions", v.Entry.Key, v.Confidence, v.Contradictions, v.Suppress, tt.key, tt.confidence, tt.contradictions)
			}
		})
	}
}
