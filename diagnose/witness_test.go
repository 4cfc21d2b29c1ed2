package diagnose

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smtpdiag/smtpdiag/evidence"
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// reported makes the witness of a bounce with a reply from a host.
func reported(host, ip, stage, text string) *BounceWitness {
	reply := smtp.ParseReply(text)
	item := evidence.Item{Kind: evidence.KindReply, Stage: smtp.Stage(stage), Reply: reply, Text: text, Host: host, IP: ip}
	v := Diagnose([]evidence.Item{item, {Kind: evidence.KindAction, Text: "failed"}}, Builtin())
	return &BounceWitness{Verdict: v, Host: host, IP: ip, Reporter: "mx.sender.example", Sender: "bob@sender.example", Action: "failed", Reply: reply}
}

// routed makes the witness of DNS: mail hosts "name ip" of example.com.
func routed(hosts ...string) (*MXCase, *MXVerdict) {
	view := MailView{Label: "192.0.2.53:53", Kind: ViewGiven, Route: RouteMX}
	for i, h := range hosts {
		name, ip, _ := strings.Cut(h, " ")
		view.Hosts = append(view.Hosts, MailViewHost{Preference: 10 * (i + 1), Name: name, TTL: 300, Addresses: []MailAddress{{IP: ip}}})
	}
	c := &MXCase{Domain: "example.com", Views: []MailView{view}}
	v := JudgeMX(*c)
	return c, &v
}

// replayed makes the witness of mail hosts that said these things.
func replayed(sessions ...SessionFact) *ProbeVerdict {
	v := JudgeProbe(ProbeCase{Address: "target@example.com", Sessions: sessions}, func(items []evidence.Item) Verdict { return Diagnose(items, Builtin()) })
	return &v
}

// witnesses makes a case with a route to mx1.example.com.
func witnesses(b *BounceWitness, p *ProbeVerdict) *WitnessCase {
	c := &WitnessCase{Recipient: "target@example.com", Bounce: b, Replay: p}
	c.Route, c.RouteVerdict = routed("mx1.example.com 192.0.2.7", "mx2.example.com 192.0.2.8")
	return c
}

func TestRefuserWord(t *testing.T) {
	tests := []struct {
		name, host, ip, reporter, sender, banner string
		hosts                                    []string
		want                                     string
	}{
		{"by name", "MX1.example.com.", "", "", "", "", nil, "listed"},
		{"by address", "lb7.elsewhere.example", "192.0.2.8", "", "", "", nil, "listed"},
		{"by its banner", "node3.example.net", "", "", "", "node3.example.net", nil, "listed"},
		{"another one", "oldgw.example.net", "192.0.2.99", "mx.sender.example", "", "", nil, "unlisted"},
		{"one pool", "gmail-smtp-in.l.google.com", "", "", "", "", []string{"aspmx.l.google.com 192.0.2.7"}, "listed"},
		{"not one pool", "notgoogle.com", "", "", "", "", []string{"aspmx.l.google.com 192.0.2.7"}, "unlisted"},
		{"behind a mail host", "store3.internal.example", "", "mx1.example.com", "", "", nil, "behind"},
		{"the sender's relay", "smtp.sender.example", "", "mx.sender.example", "", "", nil, "relay"},
		{"nobody", "", "", "mx.sender.example", "", "", nil, "unnamed"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := reported(tt.host, tt.ip, "rcpt", "550 5.1.1 User unknown")
			b.Reporter, b.Sender = tt.reporter, tt.sender
			c := witnesses(b, nil)
			if tt.hosts != nil {
				c.Route, c.RouteVerdict = routed(tt.hosts...)
			}
			if tt.banner != "" {
				c.Banners = []string{tt.banner}
			}
			if got := WordsOf(c).Refuser; got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestBounceWord(t *testing.T) {
	tests := []struct{ stage, reply, want string }{
		{"rcpt", "550 5.1.1 User unknown", "refused"},
		{"eod", "550 5.7.1 Spam message rejected", "late"},
		{"rcpt", "554 5.7.1 Client host [192.0.2.9] blocked using zen.spamhaus.org", "client"},
		{"rcpt", "451 4.7.1 Greylisted, try again later", "temporary"},
		{"rcpt", "550 5.1.1 Temporary lookup failure", "temporary"},
		{"rcpt", "450 4.1.1 <user@example.com>: Recipient address rejected: User unknown in local recipient table", "refused"},
	}
	for _, tt := range tests {
		if got := WordsOf(witnesses(reported("mx1.example.com", "", tt.stage, tt.reply), nil)).Bounce; got != tt.want {
			t.Errorf("%s at %s is %q, want %q", tt.reply, tt.stage, got, tt.want)
		}
	}
}

// TestStaleGatewayComparesAgeWithTTL tells a cache from a fixed route.
func TestStaleGatewayComparesAgeWithTTL(t *testing.T) {
	refused := time.Date(2026, 1, 4, 9, 42, 12, 0, time.UTC)
	for _, tt := range []struct {
		name  string
		after time.Duration
		says  string
		first string
	}{
		{"younger than the TTL of 300 s", 90 * time.Second, "is 90 s old, and an answer lives up to 5 min: a cache may have held the old one, and may for another 4 min", "compare what its resolver says"},
		{"older", 3 * 24 * time.Hour, "is 3 days old, and an answer lives 5 min: no cache can hold", "fixed route"},
		{"from the future", -time.Hour, "", "compare what its resolver says"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := reported("oldgw.example.net", "192.0.2.99", "rcpt", "550 5.1.1 User unknown")
			b.Time = refused
			c := witnesses(b, replayed(on("mx1.example.com", said("target", ok250))))
			c.Asked = refused.Add(tt.after)
			v := JudgeWitnesses(c, runbook.Values{Recipient: "target@example.com", Domain: "example.com"})
			if v.Entry.Key != KeyStaleGateway || !strings.Contains(v.Findings[0].Text, tt.says) || !strings.Contains(v.Steps[0].Text, tt.first) {
				t.Errorf("%s: %s\n%s", v.Entry.Key, v.Findings[0].Text, v.Steps[0].Text)
			}
			if tt.says == "" && strings.Contains(v.Findings[0].Text, " old") {
				t.Errorf("an age: %s", v.Findings[0].Text)
			}
		})
	}
}

func TestConfidenceComesFromAgreement(t *testing.T) {
	unknown := reported("mx1.example.com", "192.0.2.7", "rcpt", unknown550)
	tests := []struct {
		name           string
		c              *WitnessCase
		key            string
		confidence     Confidence
		contradictions int
	}{
		{"all agree", witnesses(unknown, replayed(on("mx1.example.com", said("target", unknown550)), on("mx2.example.com", said("target", unknown550)))), "refused-by-all", High, 0},
		{"another reason now", witnesses(unknown, replayed(on("mx1.example.com", said("target", "552 5.2.2 Mailbox full")))), "refused-by-all", Medium, 1},
		{"the refusing host is down", witnesses(unknown, replayed(failed("mx1.example.com", "timeout", smtp.StageConnect), on("mx2.example.com", said("target", ok250)))), "accepted-now", Medium, 1},
		{"alone", &WitnessCase{Recipient: "target@example.com", Bounce: unknown}, "bounce-alone", Medium, 0},
		{"not now", witnesses(unknown, replayed(on("mx1.example.com", said("target", vague451)))), "deferred-by-all", Low, 1},
		{"the prober", witnesses(unknown, replayed(on("mx1.example.com", saidAt("target", smtp.StageBanner, blocked554)))), "prober-refused", Low, 0},
		{"the same about the client", witnesses(reported("mx1.example.com", "", "rcpt", blocked554), replayed(on("mx1.example.com", said("target", blocked554)))), "sender-refused-again", High, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := JudgeWitnesses(tt.c, runbook.Values{Recipient: "target@example.com"})
			if v.Entry.Key != tt.key || v.Confidence != tt.confidence || len(v.Contradictions) != tt.contradictions {
				t.Errorf("%s, %s, %q; want %s, %s, %d contradictions", v.Entry.Key, v.Confidence, v.Contradictions, tt.key, tt.confidence, tt.contradictions)
			}
			if len(v.WouldChange) == 0 || v.Text == "" {
				t.Error("nothing would change it, or it has no text")
			}
		})
	}
}

func TestSuppressOnlyWhatNothingContradicts(t *testing.T) {
	unknown := reported("mx1.example.com", "192.0.2.7", "rcpt", unknown550)
	for reply, want := range map[string]bool{unknown550: true, "552 5.2.2 Mailbox full": false, vague451: false} {
		v := JudgeWitnesses(witnesses(unknown, replayed(on("mx1.example.com", said("target", reply)))), runbook.Values{})
		if v.Suppress != want {
			t.Errorf("refused now with %q: suppress %t, want %t", reply, v.Suppress, want)
		}
	}
}

func TestStaleGatewayIsNotSuppressed(t *testing.T) {
	v := JudgeWitnesses(witnesses(reported("oldgw.example.net", "192.0.2.99", "rcpt", unknown550), nil), runbook.Values{Host: "oldgw.example.net"})
	if v.Class != runbook.ClassRoutingStaleGateway || v.Suppress || v.Owner != runbook.OwnerSenderAdmin {
		t.Errorf("%s, suppress %t, %s", v.Class, v.Suppress, v.Owner)
	}
	i := slices.IndexFunc(v.Findings, func(f Finding) bool { return f.Key == KeyStaleGateway })
	if i < 0 || !strings.Contains(v.Findings[i].Text, "192.0.2.53:53 says 10 mx1.example.com") || !strings.Contains(v.Findings[i].Text, "TTL 300 s") {
		t.Errorf("the finding lacks resolver and TTL: %v", v.Findings)
	}
}
