package postfix_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/smtpdiag/smtpdiag/postfix"
)

func readQueue(text string) (messages []postfix.QueuedMessage, problems []postfix.QueueProblem, err error) {
	ref := time.Date(2026, 2, 20, 0, 0, 0, 0, time.UTC)
	_, problems, err = postfix.ReadQueue(strings.NewReader(text), postfix.QueueOptions{Reference: ref, Zone: time.UTC}, func(m *postfix.QueuedMessage) error {
		messages = append(messages, *m)
		return nil
	})
	return messages, problems, err
}

// One message with several reasons: each recipient keeps its own.
func TestReadMailq(t *testing.T) {
	got, problems, err := readQueue("-Queue ID-  --Size-- ----Arrival Time---- -Sender/Recipient-------\n" +
		"3F2A91C0*     100 Thu Dec 31 23:59:59  a@example.net\n" +
		"         (connect to mx1.example.com[192.0.2.7]:25: Connection refused)\n" +
		"                                         b@example.com\n" +
		"                                         c@example.com\n" +
		"         (host mx.example.org[192.0.2.8] said: 450 4.2.0 Greylisted)\n" +
		"                                         d@example.org\n\n-- 1 Kbytes in 1 Request.\n")
	if err != nil || len(problems) != 0 || len(got) != 1 {
		t.Fatalf("%+v %v %v", got, problems, err)
	}
	m := got[0]
	if m.ID != "3F2A91C0" || m.State != postfix.QueueActive || m.SizeBytes != 100 || m.Sender != "a@example.net" || len(m.Recipients) != 3 {
		t.Fatalf("%+v", m)
	}
	if want := time.Date(2025, 12, 31, 23, 59, 59, 0, time.UTC); !m.Arrival.Equal(want) {
		t.Errorf("a month ahead of the listing is of the year before: %v", m.Arrival)
	}
	if m.Recipients[1].Reason != m.Recipients[0].Reason || !strings.Contains(m.Recipients[2].Reason, "Greylisted") {
		t.Errorf("reasons %+v", m.Recipients)
	}
}

func TestReadExim(t *testing.T) {
	got, _, err := readQueue(" 2d  1.5M 1vcA2x-0001By-2R <> *** frozen ***\n        D done@example.com\n          other@example.com\n")
	if err != nil || len(got) != 1 {
		t.Fatalf("%+v %v", got, err)
	}
	m := got[0]
	if m.State != postfix.QueueFrozen || m.SizeBytes != 3<<19 || len(m.Recipients) != 1 || !m.Arrival.Equal(time.Date(2026, 2, 18, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("%+v", m)
	}
}

func TestReadQueueOther(t *testing.T) {
	for _, text := range []string{"", "Mail queue is empty\n", "mailq: Mail queue is empty\n"} {
		if got, _, err := readQueue(text); err != nil || len(got) != 0 {
			t.Errorf("%q: %v %v", text, got, err)
		}
	}
	if _, _, err := readQueue("From: a@example.com\n\nhello\n"); !errors.Is(err, postfix.ErrNotQueue) {
		t.Errorf("a mail gives %v", err)
	}
}

func FuzzReadQueue(f *testing.F) {
	f.Add("-Queue ID-\n3F2A91C0*     100 Thu Dec 31 23:59:59  a@example.net\n (x)\n   b@example.com\n")
	f.Add(`{"queue_name":"deferred","queue_id":"1","recipients":[{"address":"a"}]}`)
	f.Fuzz(func(_ *testing.T, text string) {
		_, _, _ = readQueue(text)
	})
}
