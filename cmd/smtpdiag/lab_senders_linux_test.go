package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/smtp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/smtpdiag/smtpdiag/dsn"
	"github.com/smtpdiag/smtpdiag/internal/mailtest"
)

// The hosts that write to the others: see testdata/lab/README.md.
const (
	postfixSender  = "postfix"
	eximSender     = "exim"
	sendmailSender = "sendmail"
)

// labKeep names a folder in which to keep all bounces and reports.
const labKeep = "SMTPDIAG_LAB_KEEP"

// labSenders are the hosts that write, in the order in which they are judged.
var labSenders = [...]string{postfixSender, eximSender, sendmailSender}

// The clients as which a sender comes: Postfix and Exim choose by the domain of
// the recipient, Sendmail has a host for each.
const (
	clientHELO   = "helo"   // calls itself by a name that does not exist
	clientNoRev  = "norev"  // has no reverse name
	clientBadRev = "badrev" // has a reverse name that does not lead back
	clientListed = "listed" // is on the block list
)

// submission gives where a sender takes mail for a client.
func submission(sender, client string) string {
	switch sender {
	case postfixSender:
		return "127.9.4.1:2525"
	case eximSender:
		return "127.9.4.2:2525"
	}
	return map[string]string{
		"": "127.9.4.3:2525", clientHELO: "127.9.4.4:2525", clientNoRev: "127.9.4.5:2525", clientBadRev: "127.9.4.6:2525", clientListed: "127.9.4.7:2525",
	}[client]
}

// sentCase is one case that a sender makes a bounce of.
type sentCase struct {
	bounceCase
	sender string
	// box is the local part of the envelope sender, and the name of its mailbox.
	box string
}

// envelope gives the envelope sender.
func (c *sentCase) envelope() string {
	return c.box + "@" + cmp.Or(c.from, c.sender+".sender.example")
}

// message gives the message.
func (c *sentCase) message() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "From: <%s>\r\nTo: <%s>\r\nSubject: %s\r\nMessage-ID: <%s@%s.sender.example>\r\nDate: %s\r\n\r\n",
		c.envelope(), c.to, c.name, c.box, c.sender, time.Now().Format(time.RFC1123Z))
	b.WriteString("A message of the lab.\r\n")
	for b.Len() < c.size {
		b.WriteString(strings.Repeat("0123456789", 7) + "\r\n")
	}
	return b.Bytes()
}

// send hands the message to the sender.
func (c *sentCase) send() error {
	client, err := smtp.Dial(submission(c.sender, c.client))
	if err != nil {
		return err
	}
	defer func() { _ = client.Close() }() // whatever there is to say has been said
	if err = client.Hello("test.sender.example"); err != nil {
		return err
	}
	if err = client.Mail(c.envelope()); err != nil {
		return err
	}
	if err = client.Rcpt(c.to); err != nil {
		return err
	}
	w, err := client.Data()
	if err != nil {
		return err
	}
	if _, err = w.Write(c.message()); err != nil {
		return err
	}
	if err = w.Close(); err != nil {
		return err
	}
	return client.Quit()
}

// sentReports are the reports that came for a case: the delay notices and the
// bounce, by file name.
type sentReports struct{ failure, delay string }

// reports reads the mailbox of a case.
func (c *sentCase) reports(l *lab) (sentReports, error) {
	var found sentReports
	paths, err := filepath.Glob(filepath.Join(l.dir, "run/sent", c.sender, c.box, "new", "*"))
	if err != nil {
		return found, err
	}
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if errors.Is(err, os.ErrNotExist) {
			continue // renamed in between
		}
		if err != nil {
			return found, err
		}
		switch dsn.Parse(path, raw).Kind {
		case dsn.KindFailure:
			found.failure = path
		case dsn.KindDelay:
			found.delay = path
		default:
		}
	}
	return found, nil
}

// sendAll hands all cases to their senders: to each a few at a time, since all
// of them run on this machine.
func sendAll(t *testing.T, cases []*sentCase) {
	t.Helper()
	var wg sync.WaitGroup
	for _, sender := range labSenders {
		limit := make(chan struct{}, 3)
		for _, c := range cases {
			if c.sender != sender {
				continue
			}
			wg.Go(func() {
				limit <- struct{}{}
				defer func() { <-limit }()
				if err := c.send(); err != nil {
					t.Errorf("%s does not take the message of %q: %v", sender, c.name, err)
				}
			})
		}
	}
	wg.Wait()
}

// bounceLimit is how long the senders may take: far longer than they do, for a
// machine that does other things.
const bounceLimit = 3 * time.Minute

// awaitBounces waits until there is a bounce of every case.
func (l *lab) awaitBounces(t *testing.T, cases []*sentCase) map[*sentCase]sentReports {
	t.Helper()
	came := map[*sentCase]sentReports{}
	for deadline := time.Now().Add(bounceLimit); ; time.Sleep(50 * time.Millisecond) {
		var missing []string
		for _, c := range cases {
			if came[c].failure != "" {
				continue
			}
			found, err := c.reports(l)
			if err != nil {
				t.Fatal(err)
			}
			came[c] = found
			if found.failure == "" {
				missing = append(missing, c.sender+": "+c.name)
			}
		}
		if len(missing) == 0 {
			return came
		}
		if time.Now().After(deadline) {
			t.Errorf("no bounce came of:\n%s", strings.Join(missing, "\n"))
			return came
		}
	}
}

// scriptedHosts are the servers that do what real ones do not on demand, by
// the name under which DNS has them.
var scriptedHosts = [...]struct{ ip, conversation string }{
	{"127.9.5.1", "! stall"},
	{"127.9.5.2", "C: RCPT *\n! stall"},
	{"127.9.5.3", "! close"},
	{"127.9.5.4", "C: EHLO *\n! close\nC: HELO *\n! close"},
	{"127.9.5.5", "C: RCPT *\n! reset"},
	{"127.9.5.6", "C: RCPT *\n! raw \"550-5.1.1 Unkn\"\n! close"},
	{"127.9.5.7", "S: SSH-2.0-OpenSSH_9.2p1"},
	{"127.9.5.8", "C: EHLO *\nS: 421 4.3.2 Service not available, closing transmission channel\n! close"},
	{"127.9.5.10", "C: EHLO *\nS: 250-mx-nostart.lab.example\nS: 250 STARTTLS\nC: STARTTLS\nS: 454 4.7.0 TLS not available due to local problem"},
	{"127.9.5.11", "C: EHLO *\nS: 250-mx-noshake.lab.example\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 go\n! close"},
	{oldGateway, "S: 220 oldgw.lab.example ESMTP\nC: RCPT *\nS: 550 5.1.1 <user@moved.example>: Recipient address rejected: User unknown"},
}

// oldGateway is a host to which the senders have a fixed route.
const oldGateway = "127.9.5.13"

// startScripted starts the scripted hosts, and gives them by address.
func startScripted(t *testing.T) map[string]*mailtest.SMTPServer {
	t.Helper()
	servers := map[string]*mailtest.SMTPServer{}
	for _, h := range scriptedHosts {
		s, err := mailtest.ListenSMTP(h.ip+":2525", h.conversation, nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(s.Close)
		servers[h.ip] = s
	}
	if _, err := mailtest.FullListenerAt(t, netip.MustParseAddrPort("127.9.5.12:2525")); err != nil {
		t.Fatal(err)
	}
	return servers
}

// labClients are the addresses from which the senders and the program come.
var labClients = [...]string{"127.9.4.1", "127.9.4.2", "127.9.4.3", "127.0.0.1"}

// dialFrom connects from an address.
func dialFrom(t *testing.T, from, to string) net.Conn {
	t.Helper()
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}}
	conn, err := dialer.DialContext(t.Context(), "tcp", to)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// useUpLimits takes, as each client, the one connection that mx-limit and
// mx-screen allow, and the one recipient that mx-rate does.
func useUpLimits(t *testing.T) {
	t.Helper()
	for _, from := range labClients {
		for _, to := range []string{"127.9.1.8:2525", "127.9.1.9:2525"} {
			awaitCounted(t, dialFrom(t, from, to))
		}
		client, err := smtp.NewClient(dialFrom(t, from, "127.9.1.32:2525"), "mx-rate.lab.example")
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(client.Mail("x@postfix.sender.example"), client.Rcpt("user@rate.example"), client.Quit()); err != nil {
			t.Fatal(err)
		}
	}
}

// makeBounces lets the senders make all bounces. Where a case needs the
// directory to be down, it is down when the bounces are there.
func (l *lab) makeBounces(t *testing.T, cases []*sentCase) map[*sentCase]sentReports {
	t.Helper()
	useUpLimits(t)
	var first, needDirectory, later []*sentCase
	for _, c := range cases {
		switch {
		case c.directoryDown:
			later = append(later, c)
			continue
		case strings.HasSuffix(c.to, "@ldap.example"), strings.HasSuffix(c.to, "@attr.example"):
			needDirectory = append(needDirectory, c)
		}
		first = append(first, c)
	}
	sendAll(t, first)
	l.awaitBounces(t, needDirectory)
	l.script(t, "ldap", "down")
	sendAll(t, later)
	return l.awaitBounces(t, cases)
}

// sentCases makes a case for each sender of each entry of the table, but where
// the entry says why there is none.
func sentCases(t *testing.T, table []bounceCase) []*sentCase {
	t.Helper()
	var all []*sentCase
	for i := range table {
		for _, sender := range labSenders {
			if table[i].unsent[sender] == "" && table[i].unsent[""] == "" {
				all = append(all, &sentCase{bounceCase: table[i], sender: sender, box: fmt.Sprintf("c%03d", i)})
			}
		}
		for sender, why := range table[i].unsent {
			if sender != "" && !slices.Contains(labSenders[:], sender) || why == "" {
				t.Errorf("%s: %q is no sender, or there is no reason", table[i].name, sender)
			}
		}
	}
	return all
}

// diagnoseBounce runs "smtpdiag diagnose" on a file with the lab's resolver.
func (l *lab) diagnoseBounce(t *testing.T, path string, more ...string) []byte {
	t.Helper()
	args := append([]string{
		"diagnose", "-o", "json", "--allow-private", "--no-system", "--no-public", "--authoritative=false", "--resolver", labResolver,
		"--port", "2525", "--helo", "prober.lab.example", "--ca-file", filepath.Join(l.dir, "run/tls/ca.pem"), "--timeout", "4s",
	}, more...)
	stdout, stderr, status := l.run(t, append(args, path)...)
	if status != 0 {
		t.Errorf("diagnose %q: status %d\n%s%s", more, status, stdout, stderr)
	}
	return []byte(stdout)
}
