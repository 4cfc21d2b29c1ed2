package diagnose

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smtpdiag/smtpdiag/evidence"
)

// withTimes adds arrival and last attempt to an example.
func withTimes(items []evidence.Item, tried time.Duration) []evidence.Item {
	arrival := time.Date(2026, 1, 4, 9, 0, 0, 0, time.UTC)
	return append(
		items,
		evidence.Item{Kind: evidence.KindArrival, Time: arrival},
		evidence.Item{Kind: evidence.KindAttempt, Time: arrival.Add(tried)},
	)
}

// Each finding is made where it helps, and not where it would cry wolf.
func TestFindings(t *testing.T) {
	for _, tt := range []struct {
		line  string
		tried time.Duration
		want  []string // "key severity"
	}{
		// The code says one thing, the words another.
		{"550 5.1.1 <user@example.com> mailbox is full", 0, []string{"code-mismatch warning", "temporary-as-permanent info"}},
		{"{status=5.1.1 action=failed} 550 Rejected because of SPF failure", 0, []string{"code-mismatch warning"}},
		{"550 5.2.1 <user@example.com>... User unknown", 0, nil},                                // one and the same to a sender
		{"{status=5.0.0 action=failed generator=exim} 550 5.1.1 User unknown", 0, nil},          // Exim writes 5.0.0 whatever happens
		{"{status=4.4.7 action=failed} 450 4.2.0 Greylisted", 0, nil},                           // made by the reporter
		{"{status=5.4.4} Host or domain name not found. Host not found", 0, nil},                // as Postfix does
		{"550 5.7.1 <user@example.com>: Message identified as spam", 0, nil},                    // 5.7.1 says nothing to contradict
		{"550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by lookup", 0, nil},    // a known meaning of one provider
		{"connect to mx.example.com[192.0.2.7]:25: Connection refused", 0, nil},                 // no code at all
		{"{status=4.4.1} connect to mx.example.com[192.0.2.7]:25: Connection refused", 0, nil},  // near enough
		{"{status=4.4.2} lost connection with mx.example.com[192.0.2.7] while sending", 0, nil}, // agrees

		// A success and a failure at once.
		{"{status=2.1.5 action=failed} 550 5.1.1 User unknown", 0, []string{"code-mismatch warning"}},
		{"{status=2.0.0 action=delivered} 550 5.1.1 User unknown", 0, []string{"code-mismatch warning"}},
		{"{status=2.0.0 action=delivered} 250 2.0.0 Ok", 0, nil},

		// For good, coded as for now.
		{"450 4.1.1 <user@example.com>: Recipient address rejected: User unknown in local recipient table", 0, []string{"permanent-as-temporary warning"}},
		{"450 4.1.1 <user@example.com>: Recipient address rejected: Address verification in progress", 0, nil},
		{"450 4.2.0 <user@example.com>: Recipient address rejected: Greylisted", 0, []string{"policy-as-recipient warning"}},
		{"550 5.1.1 <user@example.com>: Recipient address rejected: User unknown in local recipient table", 0, nil},
		{"450 4.1.1", 0, nil}, // a code alone proves nothing

		// Passing, coded or reported as final.
		{"554 Service currently unavailable", 0, []string{"temporary-as-permanent warning"}},
		{"552 5.2.2 Mailbox full", 0, []string{"temporary-as-permanent info"}}, // every provider codes it so, but permanence and code differ
		{"{status=5.3.1 action=failed} 452 4.3.1 Insufficient system storage", 0, []string{"temporary-as-permanent warning"}},
		{"{status=5.0.0 action=failed generator=exim} 452 4.3.1 Insufficient system storage", 0, nil},
		{"554 4.4.7 Message expired: unable to deliver in 840 minutes.<421 4.4.2 Connection timed out>", 0, nil},

		// Words about the recipient, another cause.
		{"554 5.7.1 <user@example.com>: Recipient address rejected: SPF fail - not authorized", 0, []string{"policy-as-recipient warning"}},
		{"501 5.1.8 Sender address rejected", 0, nil},
		{"554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using bl.example", 0, nil},

		// Refused at RCPT TO for something known before.
		{"{stage=rcpt} 554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using bl.example", 0, []string{"delayed-reject info"}},
		{"{stage=banner} 554 5.7.1 Client host [192.0.2.7] blocked using bl.example", 0, nil},
		{"{stage=rcpt} 550 5.1.1 User unknown", 0, nil},

		// The sender did not try again.
		{"{action=failed} 451 4.3.0 Temporary local problem", time.Minute, []string{"sender-gave-up warning"}},
		{"{action=failed} 451 4.3.0 Temporary local problem", 5 * 24 * time.Hour, nil},
		{"{action=delayed} 451 4.3.0 Temporary local problem", time.Minute, nil},
		{"{action=failed} 550 5.1.1 User unknown", time.Minute, nil},
	} {
		items, err := example(tt.line)
		if err != nil {
			t.Fatal(err)
		}
		if tt.tried > 0 {
			items = withTimes(items, tt.tried)
		}
		v := Diagnose(items, Builtin())
		var got []string
		for _, f := range v.Findings {
			got = append(got, f.Key+" "+string(f.Severity))
			if len(f.Items) == 0 || !strings.HasSuffix(f.Text, ".") {
				t.Errorf("%s: %s rests on nothing, or is no sentence: %q", tt.line, f.Key, f.Text)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s\n got %v, want %v (%s by %s)", tt.line, got, tt.want, v.Class, v.Rule)
		}
	}
}
