package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/smtpdiag/smtpdiag/diagnose"
	"github.com/smtpdiag/smtpdiag/postfix"
	"github.com/smtpdiag/smtpdiag/probes"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// disks reads the room of the queue and of the mailboxes.
func (r *edgeRun) disks(_ context.Context) {
	if r.c.Postconf.Skipped != "" {
		r.c.Disks = []diagnose.EdgeDisk{{What: "queue", EdgeTask: diagnose.EdgeTask{Skipped: "the settings could not be read"}}}
		return
	}
	seen := map[string]bool{}
	for _, place := range []struct{ what, setting string }{{"queue", "queue_directory"}, {"mailboxes", "virtual_mailbox_base"}, {"mailboxes", "mail_spool_directory"}} {
		path := r.value(place.setting)
		if !strings.HasPrefix(path, "/") || seen[path] || place.setting == "mail_spool_directory" && !exists(path) {
			continue
		}
		seen[path] = true
		d := diagnose.EdgeDisk{What: place.what, Path: path}
		statDisk(&d)
		r.c.Disks = append(r.c.Disks, d)
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// queue counts the queue while it is listed, so that its size costs no memory.
func (r *edgeRun) queue(ctx context.Context) {
	q := &r.c.Queue
	program, args := r.queueCommand()
	q.Command = commandText(program, args...)
	ctx, cancel := context.WithTimeout(ctx, r.options.timeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.WaitDelay = time.Second
	errOut := boundedBuffer{limit: 4 << 10}
	cmd.Stderr = &errOut
	pipe, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		q.Skipped = program + " could not be run: " + err.Error()
		if errors.Is(err, exec.ErrNotFound) {
			q.Skipped = program + " is not installed"
		}
		return
	}
	now := time.Now()
	domain := strings.ToLower(r.c.Address[strings.LastIndexByte(r.c.Address, '@'):])
	_, _, readErr := postfix.ReadQueue(pipe, postfix.QueueOptions{Reference: now}, func(m *postfix.QueuedMessage) error {
		q.Messages++
		switch m.State {
		case postfix.QueueDeferred:
			q.Deferred++
		case postfix.QueueHold, postfix.QueueFrozen:
			q.Held++
		case postfix.QueueActive, postfix.QueueIncoming, postfix.QueueMaildrop:
		}
		for _, to := range m.Recipients {
			if strings.HasSuffix(strings.ToLower(to.Address), domain) {
				q.ForDomain++
				break
			}
		}
		if !m.Arrival.IsZero() {
			q.Oldest = max(q.Oldest, now.Sub(m.Arrival))
		}
		return nil
	})
	_, _ = io.Copy(io.Discard, pipe) // so that the program can end
	waitErr := cmd.Wait()
	switch {
	case ctx.Err() != nil:
		q.Skipped = program + " did not end in time"
	case waitErr != nil:
		q.Skipped = notRoot(program + " failed: " + lastLine(strings.TrimSpace(errOut.String())))
	case readErr != nil:
		q.Skipped = "the listing of " + program + " could not be read"
	}
	q.Output = fmt.Sprintf("%d messages, %d deferred, %d on hold", q.Messages, q.Deferred, q.Held)
}

// probe talks to the mail port of this host, up to RCPT TO.
func (r *edgeRun) probe(ctx context.Context) {
	p := &r.c.Probe
	if r.options.noProbe {
		p.Skipped, p.TLS.Skipped = "--no-probe was given", "--no-probe was given"
		return
	}
	host := r.ownHost()
	spec, err := probes.ParseHost(host)
	if err != nil {
		p.Skipped = "the address of the mail port is not known: name it with --host"
		p.TLS.Skipped = p.Skipped
		return
	}
	p.Command = commandText("smtpdiag", "probe", "--host", host, r.c.Address)
	p.TLS.Command = commandText("openssl", "s_client", "-starttls", "smtp", "-connect", fmt.Sprintf("%s:%d", spec.Name, max(spec.Port, 25)))
	o := &probeOptions{
		common: r.options.common, port: 25, concurrency: 1, noPolicies: true, resolvConf: "/etc/resolv.conf", dnsTimeout: 5 * time.Second,
		hosts: []string{host}, from: r.options.from, timeouts: []string{r.options.timeout.String()}, caFile: r.options.caFile,
	}
	if o.from != "" {
		o.fromSource = "given"
	}
	o.tls.value = string(probes.TLSMay)
	prober, who, err := o.prober()
	if err != nil {
		p.Skipped, p.TLS.Skipped = err.Error(), err.Error()
		return
	}
	if spec.Addr.IsValid() {
		// The certificate is for the name that the world knows.
		if name := r.value("myhostname"); name != "" {
			prober.Hosts[0].Name = name
		}
	}
	quiet := *r.streams
	quiet.err = io.Discard
	resolver, closeResolver, err := o.resolver(&quiet)
	if err != nil {
		p.Skipped, p.TLS.Skipped = err.Error(), err.Error()
		return
	}
	defer closeResolver()
	prober.Resolver = resolver
	maker := &probeMaker{judge: r.judge, options: o, who: who, timeouts: prober.Timeouts, prober: prober}
	if err := prober.Run(ctx, []string{r.c.Address}, func(result *probes.Probe) error {
		r.probed(maker, result)
		return nil
	}); err != nil {
		p.Skipped, p.TLS.Skipped = err.Error(), err.Error()
	}
}

// ownHost says where this host's smtpd listens.
func (r *edgeRun) ownHost() string {
	if r.options.host != "" {
		return r.options.host
	}
	host, port := splitService(strings.TrimSuffix(r.inet, "/inet"))
	if host == "" {
		host = "127.0.0.1"
		for _, word := range strings.FieldsFunc(r.value("inet_interfaces"), func(c rune) bool { return c == ' ' || c == ',' }) {
			if strings.Count(word, ".") == 3 {
				host = word
				break
			}
		}
	}
	if strings.Trim(port, "0123456789") != "" || port == "" {
		port = "25"
	}
	return host + ":" + port
}

// probed takes from a dialogue what the judgement needs.
func (r *edgeRun) probed(maker *probeMaker, result *probes.Probe) {
	p := &r.c.Probe
	if len(result.Sessions) == 0 {
		p.Skipped, p.TLS.Skipped = "no session was made", "no session was made"
		return
	}
	facts := maker.probeCase(result)
	verdict := diagnose.JudgeProbe(facts, r.judge.diagnose)
	s := result.Sessions[0]
	var lines []string
	for _, step := range s.Steps {
		if step.Command != "" {
			lines = append(lines, "> "+step.Command)
		}
		if !step.Reply.IsZero() {
			lines = append(lines, step.Reply.String())
			p.Connected = true
		}
	}
	if s.Fault != nil {
		lines = append(lines, s.Fault.Text)
	}
	p.Output = strings.Join(lines, "\n")
	for _, to := range s.Recipients {
		if string(to.Role) == "target" && to.Reply.Code != 0 {
			p.Answered, p.Code, p.Reply = true, to.Reply.Code, oneLine(to.Reply.String())
			p.Accepted = to.Reply.Code/100 == 2
		}
	}
	p.Class, p.Items = verdict.Class, verdict.Evidence
	if !p.Answered && p.Connected && s.Refused != "" && s.Refused != smtp.StageRcpt {
		p.Answered, p.Reply = true, lines[len(lines)-1]
	}
	r.certificate(s)
}

// certificate takes what the session learned of the certificate.
func (r *edgeRun) certificate(s *probes.Session) {
	p := &r.c.Probe
	if !p.Connected {
		p.TLS.Skipped = "no dialogue came about"
		return
	}
	p.Offered, p.Problem = s.TLS.Offered, s.TLS.Error
	if s.TLS.Outcome == probes.TLSVerified {
		p.Problem = ""
	} else if p.Offered && p.Problem == "" {
		p.Problem = string(s.TLS.Outcome)
	}
	if len(s.TLS.Chain) > 0 {
		c := s.TLS.Chain[0]
		p.HasCert, p.Days = true, int(time.Until(c.NotAfter).Hours()/24)
		p.TLS.Output = fmt.Sprintf("subject=%s\nissuer=%s\nnames=%s\nnotAfter=%s", c.Subject, c.Issuer, strings.Join(c.Names, " "), formatTime(c.NotAfter))
	}
}
