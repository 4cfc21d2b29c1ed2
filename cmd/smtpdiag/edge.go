package main

import (
	"context"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/smtpdiag/smtpdiag/diagnose"
	"github.com/smtpdiag/smtpdiag/evidence"
	"github.com/smtpdiag/smtpdiag/probes"
	"github.com/smtpdiag/smtpdiag/report"
	"github.com/smtpdiag/smtpdiag/runbook"
)

const edgeLong = `Run on the host that receives the mail of ADDRESS: do the local, read-only
checks of the playbook and say of each what was run, what it printed, what that
means and what to decide.

The checks: the maps in force, the role of the domain, postmap -q in every map
that could know the address or an alias form of it, the directories and their
settings, stale and unused maps, the log's last words on the address, failed
dependencies, greylisting and limits, the mailbox on disk, room on disk, queue
pressure, the certificate on the mail port, a dialogue with this host up to
RCPT TO, and settings at fault. What cannot be done is listed with the reason,
such as not being root.

Nothing is changed and no message is sent. Each command that is run may take
--timeout. --host names the port to talk to; the overrides (-o) of its service
in master.cf are counted in. --config-dir names another Postfix instance.`

const edgeExample = `  smtpdiag edge user@example.com
  smtpdiag edge --log mail.log.1 --log mail.log user@example.com
  smtpdiag edge --host 192.0.2.25 --config-dir /etc/postfix-in user@example.com
  smtpdiag edge -o json user@example.com >edge.json`

// edgeTimeout is how long a command may take by default.
const edgeTimeout = 15 * time.Second

// edgeOptions are the flags of "smtpdiag edge".
type edgeOptions struct {
	common    *commonOptions
	logs      []string
	configDir string
	host      string
	service   string
	from      string
	caFile    string
	noProbe   bool
	timeout   time.Duration
	rules     []string
	runbook   string
}

// newEdgeCommand makes "smtpdiag edge".
func newEdgeCommand(s *streams, common *commonOptions) *cobra.Command {
	opts := &edgeOptions{common: common}
	cmd := &cobra.Command{
		Use:     "edge ADDRESS",
		Short:   "Check one address on the host that receives its mail",
		Long:    edgeLong,
		Example: edgeExample,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("edge takes one address, got %d\nSee 'smtpdiag edge --help'", len(args))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return opts.run(cmd.Context(), s, args[0])
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringArrayVar(&opts.logs, "log", nil, "mail log `FILE`, in order of time (repeatable; default /var/log/mail.log or the like)")
	flags.StringVar(&opts.configDir, "config-dir", "", "`DIR` with main.cf of another Postfix instance")
	flags.StringVar(&opts.host, "host", "", "`HOST[:PORT]` of this machine to talk to (default as master.cf says)")
	flags.StringVar(&opts.service, "service", "", "`NAME` of the smtpd service in master.cf whose overrides count (default that of --host)")
	flags.StringVar(&opts.from, "from", "", "envelope sender `ADDRESS` of the dialogue; \"<>\" is the null sender")
	flags.StringVar(&opts.caFile, "ca-file", "", "judge the certificate by the issuers in this PEM `FILE` and not those of the system")
	flags.BoolVar(&opts.noProbe, "no-probe", false, "do not talk to the mail port")
	flags.DurationVar(&opts.timeout, "timeout", edgeTimeout, "limit for each command that is run")
	flags.StringArrayVar(&opts.rules, "rules", nil, "`FILE` with rules of your own, see docs/rules.md (repeatable)")
	flags.StringVar(&opts.runbook, "runbook", "", "`DIR` with runbook pages of your own, laid over the built-in ones")
	for _, name := range []string{"log", "config-dir", "ca-file", "rules", "runbook"} {
		markPath(cmd, name)
	}
	return cmd
}

// run does the checks and prints one document about them. What is known when
// the run is interrupted is printed.
func (o *edgeOptions) run(ctx context.Context, s *streams, address string) error {
	address = strings.TrimSuffix(strings.TrimPrefix(address, "<"), ">")
	if err := probes.CheckAddress(address); err != nil {
		return usageError{err}
	}
	if o.timeout <= 0 {
		return usagef("--timeout must be more than 0")
	}
	if o.host != "" {
		if _, err := probes.ParseHost(o.host); err != nil {
			return usagef("--host: %w", err)
		}
	}
	if o.from != "" && o.from != "<>" {
		if err := probes.CheckAddress(o.from); err != nil {
			return usagef("--from: %w", err)
		}
	}
	j, err := newJudge(o.rules, o.runbook)
	if err != nil {
		return err
	}
	started := time.Now()
	run := &edgeRun{options: o, streams: s, judge: j, c: &diagnose.EdgeCase{Address: address}}
	run.collect(ctx)
	p := newPrinter(s, o.common, false)
	err = p.print(run.document(started))
	if err == nil && ctx.Err() != nil {
		writeComplaint(s.err, "interrupted: what was known by then is printed")
		err = errPartial
	}
	return p.finish(err)
}

// edgeRun is the work in progress for one address. The tasks that run at the
// same time fill different fields of the case.
type edgeRun struct {
	options *edgeOptions
	streams *streams
	judge   *judge
	c       *diagnose.EdgeCase
	// software is the mail server with its version, "" where it is not known.
	software string
	// eximProgram is that of Exim where it is what runs here, or "".
	eximProgram string
	// inet is the service of master.cf that listens, which may be postscreen.
	inet string
}

// collect does the tasks: the settings first, since they say what to ask, then
// the others at the same time.
func (r *edgeRun) collect(ctx context.Context) {
	r.settings(ctx)
	var all sync.WaitGroup
	for _, task := range []func(context.Context){r.tables, r.log, r.disks, r.queue, r.probe} {
		all.Go(func() { task(ctx) })
	}
	all.Wait()
}

// value gives a setting in force.
func (r *edgeRun) value(name string) string {
	return diagnose.EdgeValue(r.c.Settings, r.c.Effective, r.c.Service, name)
}

// hostName gives the name of this host, as its mail server has it where that is
// known.
func (r *edgeRun) hostName() string {
	if name := r.value("myhostname"); name != "" && r.c.Postconf.Skipped == "" {
		return name
	}
	name, err := os.Hostname()
	if err != nil {
		return ""
	}
	return name
}

// document judges what was found.
func (r *edgeRun) document(started time.Time) *report.Edge {
	v := diagnose.JudgeEdge(r.c)
	next := v.Steps
	if v.Class != runbook.ClassNoticeDelivered && v.Class != runbook.ClassUnknown && len(next) == 0 {
		for _, step := range r.judge.next(v.Class, runbook.Values{Recipient: r.c.Address}) {
			if len(next) < nextSteps {
				next = append(next, step)
			}
		}
	}
	doc := &report.Edge{
		Schema: report.SchemaEdge, Address: r.c.Address, Host: r.hostName(), Software: r.software, Text: v.Text, Service: r.c.Service, Started: formatTime(started),
		Judgement: judgementDoc(&v.Verdict, next, 0), Checks: []report.EdgeCheck{},
	}
	switch v.Class {
	case runbook.ClassNoticeDelivered:
		doc.Title, doc.Meaning = "Taken by this host", "This host would take a message for the address. No message was sent."
	case runbook.ClassUnknown:
		doc.Title, doc.Meaning = "Nothing found", "The checks that could be done found nothing wrong."
	}
	for _, c := range v.Checks {
		doc.Checks = append(doc.Checks, report.EdgeCheck{
			Key: c.Key, Subject: c.Subject, Command: c.Command, Status: string(c.Status), Output: c.Output, Means: c.Means, Decide: c.Decide,
		})
	}
	return doc
}

// notRoot adds to a reason that the user is not root, where that may be why.
func notRoot(reason string) string {
	if os.Geteuid() != 0 {
		return reason + " (not root)"
	}
	return reason
}

// settingItems turns settings into facts.
func settingItem(name, value, source string) evidence.Item {
	return evidence.Item{Kind: evidence.KindSetting, Field: name, Text: value, Source: evidence.Source{Name: source}}
}
