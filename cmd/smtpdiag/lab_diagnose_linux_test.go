package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/smtpdiag/smtpdiag/report"
)

// bounceCase is one case of the probing list, as a sender meets it, and what
// diagnose must say about the bounce.
type bounceCase struct {
	name   string
	to     string
	client string
	// from is the domain of the envelope sender, where it is not the sender's.
	from string
	// size is how many bytes the message has at least.
	size          int
	directoryDown bool
	// unsent says why a sender makes no bounce of it; "" stands for all.
	unsent map[string]string
	// args are further flags of diagnose.
	args []string
	judged
	// by holds what differs for the bounces of one sender.
	by map[string]judged
	// gaveUp says that the sender tried for some seconds only; Exim's bounces
	// have no times to tell it by.
	gaveUp bool
	// delayVerdict is that on a delay notice, "" where none is looked at.
	delayVerdict string
}

// judged is what diagnose says about a bounce. In by, a field that is left
// empty is as for the others.
type judged struct {
	verdict, class string
	// confidence is "" for high.
	confidence string
	// findings must all be there, and no others.
	findings []string
	// next starts the first next step.
	next string
}

// The first next steps.
const (
	nextControl = "Ask again, together with a recipient of the domain"
	nextLetter  = "Send the text below to the receiving side's postmaster"
	nextLater   = "Ask once more after some minutes"
	nextAgain   = "Send the message again, and keep the address"
	nextReplay  = "Replay from the host that sent"
	nextTLS     = "Look at the certificate and the handshake"
	nextNetwork = "Test the connection from another network"
	nextSender  = "Find where the sender comes from"
	nextServer  = "Ask 127.9.0.53:53 again, once with and once without the DNSSEC check"
	nextCache   = "Ask 127.9.0.54:53 again and watch the TTL"
)

// expected gives what must be said about the bounce of a sender.
func (c *sentCase) expected() judged {
	want, own := c.judged, c.by[c.sender]
	want.verdict, want.class, want.next = cmp.Or(own.verdict, want.verdict), cmp.Or(own.class, want.class), cmp.Or(own.next, want.next)
	want.confidence = cmp.Or(own.confidence, want.confidence, "high")
	if own.findings != nil {
		want.findings = own.findings
	}
	if c.gaveUp && c.sender != eximSender {
		want.findings = append(slices.Clone(want.findings), "sender-gave-up")
	}
	return want
}

// check checks what diagnose says.
func (c *sentCase) check(t *testing.T, kind string, doc *report.Diagnose) {
	t.Helper()
	fail := func(format string, args ...any) {
		t.Helper()
		t.Errorf("%s, %s of %s: %s", c.name, kind, c.sender, fmt.Sprintf(format, args...))
	}
	if kind == "delay" {
		if c.delayVerdict != "" && doc.Verdict.Key != c.delayVerdict {
			fail("verdict %s, want %s", doc.Verdict.Key, c.delayVerdict)
		}
		return
	}
	want, got := c.expected(), &doc.Verdict
	if got.Key != want.verdict || got.Class != want.class || got.Confidence != want.confidence {
		fail("verdict %s (%s, %s), want %s (%s, %s)", got.Key, got.Class, got.Confidence, want.verdict, want.class, want.confidence)
	}
	var keys []string
	for _, f := range doc.Findings {
		keys = append(keys, f.Key)
	}
	slices.Sort(keys)
	slices.Sort(want.findings)
	if !slices.Equal(keys, want.findings) {
		fail("findings %v, want %v", keys, want.findings)
	}
	if len(doc.Next) == 0 || !strings.HasPrefix(doc.Next[0].Text, want.next) {
		fail("next %v, want %q first", doc.Next, want.next)
	}
	c.contacted(fail, doc)
}

// contacted checks that nobody was asked but the lab's resolvers and the hosts
// that they name, and nothing but what may be.
func (c *sentCase) contacted(fail func(string, ...any), doc *report.Diagnose) {
	var hosts []string
	for i := range doc.MX.Views {
		v := &doc.MX.Views[i]
		if v.Resolver != labResolver+":53" && v.Resolver != labOtherResolver+":53" {
			fail("the resolver %s was asked", v.Resolver)
		}
		for _, h := range v.Hosts {
			hosts = append(hosts, h.Name)
		}
	}
	for i := range doc.Probe.Sessions {
		if s := &doc.Probe.Sessions[i]; !slices.Contains(hosts, s.Host) {
			fail("%s was contacted, and DNS names %v", s.Host, hosts)
		}
	}
	if doc.RefusingHost != nil {
		fail("the host that only the bounce names was contacted")
	}
	for _, said := range forbiddenCommands(doc.Probe) {
		fail("said %q", said)
	}
}

// keepReport keeps a bounce and what was said about it where
// SMTPDIAG_LAB_KEEP names a folder, to be read by a person.
func (l *lab) keepReport(t *testing.T, c *sentCase, kind, path string, out []byte) {
	t.Helper()
	dir := os.Getenv(labKeep)
	if dir == "" {
		return
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Error(err)
	}
	base := filepath.Join(dir, c.box+"-"+c.sender+"-"+kind)
	if err := errors.Join(os.WriteFile(base+".eml", raw, 0o600), os.WriteFile(base+".json", out, 0o600)); err != nil {
		t.Error(err)
	}
}

// TestLabDiagnose lets real servers make a bounce of each case and asks diagnose
// about it.
func TestLabDiagnose(t *testing.T) {
	l := startLab(t)
	l.script(t, "senders")
	scripted := startScripted(t)
	cases := sentCases(t, bounceCases())
	came := l.makeBounces(t, cases)
	before := len(scripted[oldGateway].Commands())
	down := slices.DeleteFunc(slices.Clone(cases), func(c *sentCase) bool { return !c.directoryDown })
	t.Run("directory down", func(t *testing.T) { l.judgeAll(t, down, came) })
	l.script(t, "ldap", "up")
	up := slices.DeleteFunc(slices.Clone(cases), func(c *sentCase) bool { return c.directoryDown })
	t.Run("directory up", func(t *testing.T) { l.judgeAll(t, up, came) })
	if now := len(scripted[oldGateway].Commands()); now != before {
		t.Errorf("the host that only bounces name was contacted %d times", now-before)
	}
}

// judgeAll asks diagnose about the bounces, some at the same time.
func (l *lab) judgeAll(t *testing.T, cases []*sentCase, came map[*sentCase]sentReports) {
	t.Helper()
	limit := make(chan struct{}, 4)
	var wg sync.WaitGroup
	for _, c := range cases {
		for kind, path := range map[string]string{"bounce": came[c].failure, "delay": came[c].delay} {
			if path == "" || kind == "delay" && c.delayVerdict == "" && os.Getenv(labKeep) == "" {
				continue
			}
			wg.Go(func() {
				limit <- struct{}{}
				defer func() { <-limit }()
				out := l.diagnoseBounce(t, path, c.args...)
				l.keepReport(t, c, kind, path, out)
				var doc report.Diagnose
				if err := json.Unmarshal(out, &doc); err != nil {
					t.Errorf("%s, %s of %s: %v\n%s", c.name, kind, c.sender, err, out)
					return
				}
				c.check(t, kind, &doc)
			})
		}
	}
	wg.Wait()
}
