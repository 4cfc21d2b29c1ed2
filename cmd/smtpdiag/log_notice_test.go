package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smtpdiag/smtpdiag/report"
)

// madeLog is a log that a test makes line by line.
type madeLog struct {
	strings.Builder
	at time.Time
}

// add writes a line of a Postfix program and lets time pass.
func (l *madeLog) add(pass time.Duration, program, format string, args ...any) {
	_, _ = fmt.Fprintf(l, "%s mx1 postfix/%s[7]: %s\n", l.at.Format(time.RFC3339), program, fmt.Sprintf(format, args...)) // cannot fail
	l.at = l.at.Add(pass)
}

// reject writes a refusal at RCPT TO.
func (l *madeLog) reject(pass time.Duration, client int, sender, recipient, reply string) {
	l.add(pass, "smtpd", "NOQUEUE: reject: RCPT from c%d.example.net[203.0.113.%d]: %s; from=<%s> to=<%s> proto=ESMTP helo=<c%d.example.net>", client, client, reply, sender, recipient, client)
}

// others writes sessions of many clients that were not refused.
func (l *madeLog) others(n int, pass time.Duration) {
	for i := range n {
		l.add(pass, "smtpd", "3F2A91%02X: client=o%d.example.net[198.51.100.%d]", i, i, i+1)
	}
}

const unknownReply = "550 5.1.1 <%s>: Recipient address rejected: User unknown in virtual mailbox table"

func (l *madeLog) unknown(pass time.Duration, client, n int) {
	to := fmt.Sprintf("u%d@example.com", n)
	l.reject(pass, client, "s@example.net", to, fmt.Sprintf(unknownReply, to))
}

// noticeCase is a log, and what is to be noticed in it, or not.
type noticeCase struct {
	name, key string
	words     string // of the finding; with "" there must be no finding of the key
	make      func(l *madeLog)
}

func noticeCases() []noticeCase {
	const day = 24 * time.Hour
	grey := func(l *madeLog, client int, sender string) {
		l.reject(time.Minute, client, sender, "u@example.com", "450 4.2.0 <u@example.com>: Recipient address rejected: Greylisted")
	}
	return []noticeCase{
		{"a directory fails at the time of some refusals", "dependency-failure", "within two minutes of 2 of these 4 lines", func(l *madeLog) {
			for i := range 4 {
				if i == 2 {
					l.add(time.Second, "trivial-rewrite", "warning: ldap:/etc/postfix/people.ldap: table lookup problem")
				}
				l.reject(time.Hour/time.Duration(1+59*(i%2)), i, "s@example.net", "u@example.com", "451 4.3.0 <u@example.com>: Temporary lookup failure")
			}
		}},
		{"only aliases", "only-aliases", "look at the alias tables", func(l *madeLog) { l.bounces(6, 6) }},
		{"not only aliases", "only-aliases", "", func(l *madeLog) { l.bounces(6, 5) }},
		{"one client of many", "one-client", "given to one client", func(l *madeLog) {
			l.others(20, time.Second)
			for i := range 25 {
				l.unknown(time.Second, 9, i)
			}
		}},
		{"two clients of many", "one-client", "2 clients of many", func(l *madeLog) {
			l.others(20, time.Second)
			for i := range 26 {
				l.unknown(time.Second, 8+i%2, i)
			}
		}},
		{"the only client there is", "one-client", "", func(l *madeLog) {
			for i := range 25 {
				l.unknown(time.Second, 9, i)
			}
		}},
		{"peak hours", "peak-hours", "three hours from 1:00", func(l *madeLog) {
			l.others(46, 30*time.Minute)
			l.at = l.at.Add(3 * time.Hour) // two o'clock
			for i := range 60 {
				l.unknown(time.Minute, i%5, i)
			}
		}},
		{"all mail comes then", "peak-hours", "", func(l *madeLog) {
			for i := range 60 {
				l.unknown(time.Minute, i%5, i)
				l.others(4, 0)
			}
			l.at = l.at.Add(day)
			l.others(1, 0)
		}},
		{"a log of an hour has no peak", "peak-hours", "", func(l *madeLog) {
			for i := range 60 {
				l.unknown(time.Minute, i%5, i)
			}
		}},
		{"left after EHLO", "left-after-ehlo", "2 sessions ended after EHLO", func(l *madeLog) {
			l.add(0, "smtpd", "lost connection after EHLO from c.example.net[203.0.113.7]")
			l.add(0, "smtpd", "lost connection after EHLO from d.example.net[203.0.113.8]")
		}},
		{"left after RCPT", "left-after-ehlo", "", func(l *madeLog) {
			l.add(0, "smtpd", "lost connection after RCPT from c.example.net[203.0.113.7]")
		}},
		{"connection limit", "limit-exceeded", "1 time, first at -:1: ", func(l *madeLog) {
			l.add(0, "smtpd", "warning: Connection concurrency limit exceeded: 51 from c.example.net[203.0.113.7] for service smtp")
		}},
		{"a name that is harmless", "client-name", "It is harmless: nothing in this log", func(l *madeLog) {
			l.add(0, "smtpd", "warning: hostname c.example.net does not resolve to address 203.0.113.7: Name or service not known")
		}},
		{"a name that is not harmless", "client-name", "has refused 1 time", func(l *madeLog) {
			l.add(0, "smtpd", "warning: hostname c.example.net does not resolve to address 203.0.113.7: Name or service not known")
			l.reject(0, 7, "s@example.net", "u@example.com", "450 4.7.25 Client host rejected: cannot find your hostname, [203.0.113.7]")
		}},
		{"harvest", "harvest", "203.0.113.9 asked for 60 unknown recipients", func(l *madeLog) {
			for i := range 60 {
				l.unknown(time.Second, 9, i)
			}
		}},
		{"unknown recipients of many clients", "harvest", "", func(l *madeLog) {
			for i := range 60 {
				l.unknown(time.Second, i%30, i)
			}
		}},
		{"senders that do not come back", "no-return", "2 of 3 senders that were told to come back (4xx) 6 hours or more before the end of the log are not seen in it again, first a@example.net, b@example.net", func(l *madeLog) {
			grey(l, 1, "a@example.net")
			grey(l, 1, "b@example.net")
			grey(l, 1, "c@example.net")
			l.at = l.at.Add(time.Hour)
			l.add(0, "qmgr", "3F2A91C0: from=<c@example.net>, size=1, nrcpt=1 (queue active)")
			l.at = l.at.Add(day)
			grey(l, 2, "late@example.net")
		}},
		{"clients that do not come back", "no-return", "1 of 2 clients", func(l *madeLog) {
			grey(l, 1, "a@example.net")
			grey(l, 2, "a@example.net")
			l.at = l.at.Add(day)
			l.add(0, "smtpd", "3F2A91C0: client=c2.example.net[203.0.113.2]")
		}},
		{"all come back", "no-return", "", func(l *madeLog) {
			grey(l, 1, "a@example.net")
			l.at = l.at.Add(day)
			grey(l, 1, "a@example.net")
		}},
		{"a new account", "new-account", "1 recipient was refused as unknown and got mail", func(l *madeLog) {
			l.unknown(time.Hour, 1, 1)
			l.add(0, "lmtp", "3F2A91C1: to=<u1@example.com>, relay=store.example.com[192.0.2.40]:24, delay=1, delays=0/0/0/1, dsn=2.0.0, status=sent (250 2.0.0 Ok)")
		}},
		{"given up", "expired", "1 message was given up", func(l *madeLog) {
			l.add(0, "qmgr", "3F2A91C1: from=<s@example.com>, status=expired, returned to sender")
		}},
		{"refused without a reason", "unlogged-refusal", "1 MAIL FROM or RCPT TO was refused without a reason in the log, first at -:2: ", func(l *madeLog) {
			l.unknown(0, 3, 1)
			l.add(0, "smtpd", "disconnect from c4.example.net[203.0.113.4] ehlo=1 mail=0/1 quit=1 commands=2/3")
		}},
		{"refused with a reason", "unlogged-refusal", "", func(l *madeLog) {
			l.unknown(time.Second, 3, 1)
			l.unknown(time.Second, 3, 2)
			l.add(time.Second, "smtpd", "disconnect from c3.example.net[203.0.113.3] ehlo=1 mail=1 rcpt=0/2 data=0/1 quit=1 commands=3/6")
			l.add(time.Second, "smtpd", "disconnect from c4.example.net[203.0.113.4] ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5")
			l.add(time.Second, "smtpd", "NOQUEUE: reject: EHLO from c5.example.net[203.0.113.5]: 450 4.7.1 <x>: Helo command rejected: Host not found; proto=SMTP helo=<x>")
			l.add(time.Second, "smtpd", "disconnect from c5.example.net[203.0.113.5] ehlo=0/1 mail=0/1 quit=1 commands=1/3")
		}},
		{"failed logins", "auth-failed", "1 failed login:", func(l *madeLog) {
			l.add(0, "smtpd", "warning: c4.example.net[203.0.113.4]: SASL LOGIN authentication failed: UGFzc3dvcmQ6")
		}},
		{"fatal", "fatal", "1 fatal or panic line", func(l *madeLog) {
			l.add(0, "smtpd", "fatal: open lock file pid/unix.x: unable to set exclusive lock")
		}},
	}
}

// bounces writes failed deliveries, some of them of recipients that an alias
// has rewritten.
func (l *madeLog) bounces(n, aliases int) {
	for i := range n {
		orig := ""
		if i < aliases {
			orig = fmt.Sprintf("orig_to=<a%d@example.com>, ", i)
		}
		l.add(time.Second, "lmtp", "3F2A91%02X: to=<u%d@example.com>, %srelay=store.example.com[192.0.2.40]:24, delay=1, delays=0/0/0/1, dsn=5.1.1, "+
			"status=bounced (host store.example.com[192.0.2.40] said: 550 5.1.1 User unknown (in reply to RCPT TO command))", i, i, orig)
	}
}

// TestNotices makes logs in which there is something to notice beside the
// refusals, and near misses.
func TestNotices(t *testing.T) {
	for _, c := range noticeCases() {
		t.Run(c.name, func(t *testing.T) {
			l := madeLog{at: time.Date(2026, 1, 4, 0, 0, 0, 0, time.UTC)}
			c.make(&l)
			found := noticedIn(t, l.String())
			at := slices.IndexFunc(found, func(f report.Finding) bool {
				return f.Key == c.key && (c.words == "" || strings.Contains(f.Text, c.words))
			})
			if (at >= 0) != (c.words != "") {
				t.Errorf("%s %q in %+v", c.key, c.words, found)
			}
		})
	}
}

// noticedIn gives the findings about a log, and about its groups.
func noticedIn(t *testing.T, log string) (found []report.Finding) {
	t.Helper()
	opts := &logOptions{common: &commonOptions{}}
	s, out, errs := testStreams(false)
	s.in = strings.NewReader(log)
	j, err := newJudge(nil, "")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := opts.count(t.Context(), s, j, []string{standardInput})
	if err != nil {
		t.Fatalf("%v: %s%s", err, out, errs)
	}
	found = doc.Findings
	for _, g := range doc.Groups {
		found = append(found, g.Findings...)
	}
	return found
}
