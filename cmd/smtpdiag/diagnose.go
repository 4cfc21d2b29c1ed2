package main

import (
	"context"
	"errors"
	"os"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/smtpdiag/smtpdiag/probes"
	"github.com/smtpdiag/smtpdiag/report"
)

const diagnoseLong = `Do the whole plan in one go and end in one verdict: read the bounce, compare
what name servers say about the domain's mail hosts, ask those hosts again up to
RCPT TO (no message is sent), read what files of a host say, and tell what
happened, who can act, how sure that is, what would change it, what to do next,
and what to write to the other side.

An argument is a bounce (a file, a directory, a Maildir, an mbox, - for standard
input) or an address. From a bounce come the recipient, the refusing host, the
stage, the time and the envelope sender with which the hosts are asked again.

Asked are the hosts that DNS names. A host that only the bounce names is not
contacted without --contact-refusing-host, and never at a private or loopback
address without --allow-private: a bounce may have been written by anybody.
Each domain is asked about once, each of its hosts in one session, and about at
most 10 addresses of a domain and --limit in all; the others are judged by their
bounces alone, and say so.

On the receiving host itself --edge does the checks of "smtpdiag edge" for the
recipient; elsewhere --edge FILE takes what they printed there with -o json.

--record keeps all that was observed in a file, from which --replay makes the
same report without a network, and with which --compare says what has changed
since. The file holds the bounce and every address: it is not redacted.`

const diagnoseExample = `  smtpdiag diagnose bounce.eml
  smtpdiag diagnose --control known-good@example.com bounce.eml
  smtpdiag diagnose --random user@example.com
  smtpdiag diagnose --offline -o markdown bounce.eml
  smtpdiag diagnose --log mail.log --postconf main.cf bounce.eml
  smtpdiag diagnose --edge bounce.eml
  smtpdiag diagnose --edge edge.json bounce.eml
  ssh mx1.example.com smtpdiag edge -o json user@example.com |
    smtpdiag diagnose --edge=- bounce.eml
  smtpdiag diagnose --record monday.json bounce.eml
  smtpdiag diagnose --compare monday.json bounce.eml
  smtpdiag diagnose --redact -o markdown --replay monday.json`

// diagnoseOptions are the flags of "smtpdiag diagnose".
type diagnoseOptions struct {
	common *commonOptions
	probe  probeOptions
	mx     mxOptions

	offline, noProbe bool
	contact          bool
	limit            int
	logs, postconf   []string
	queue            string
	edge             []string
	record, replay   string
	compare          string
}

// newDiagnoseCommand makes "smtpdiag diagnose".
func newDiagnoseCommand(s *streams, common *commonOptions) *cobra.Command {
	opts := &diagnoseOptions{common: common}
	opts.probe.common, opts.mx.common = common, common
	cmd := &cobra.Command{
		Use:     "diagnose PATH|ADDRESS...",
		Short:   "From a bounce or an address to one verdict, with the proof",
		Long:    diagnoseLong,
		Example: diagnoseExample,
		RunE: func(cmd *cobra.Command, args []string) error {
			args = opts.takeEdgeFiles(args)
			opts.probe.fromSource = senderSource(cmd.Flags().Lookup("from"))
			if err := opts.check(s, args); err != nil {
				return err
			}
			return opts.run(cmd.Context(), s, args)
		},
	}
	opts.declare(cmd.Flags())
	for _, name := range []string{"rules", "runbook", "ca-file", "resolv-conf", "log", "postconf", "queue", "edge", "record", "replay", "compare"} {
		markPath(cmd, name)
	}
	complete := cobra.FixedCompletions(opts.probe.tls.allowed, cobra.ShellCompDirectiveNoFileComp)
	if err := cmd.RegisterFlagCompletionFunc("tls", complete); err != nil {
		panic(err) // the flag was declared a few lines above
	}
	return cmd
}

// declare adds the flags: its own, then those of probe and of mx.
func (o *diagnoseOptions) declare(flags *pflag.FlagSet) {
	flags.SortFlags = false
	flags.BoolVar(&o.offline, "offline", false, "ask nobody: judge by the bounce and by files alone")
	flags.BoolVar(&o.noProbe, "no-probe", false, "ask name servers, but no mail host")
	flags.BoolVar(&o.contact, "contact-refusing-host", false, "ask a host that only the bounce names, too")
	flags.IntVar(&o.limit, "limit", 50, "ask about at most `N` addresses")
	flags.StringArrayVar(&o.logs, "log", nil, "mail log `FILE` of a host on the way (repeatable)")
	flags.StringArrayVar(&o.postconf, "postconf", nil, "settings `FILE` of the refusing host: main.cf, master.cf or postconf -n (repeatable)")
	flags.StringVar(&o.queue, "queue", "", "queue listing `FILE` of a host on the way: postqueue -j, mailq or exim -bp")
	flags.StringArrayVar(&o.edge, "edge", nil, "what 'smtpdiag edge -o json' has printed on the receiving host; without `FILE` its checks are done on this host (repeatable)")
	flags.Lookup("edge").NoOptDefVal = edgeHere
	flags.StringVar(&o.record, "record", "", "keep all that was observed in a new `FILE`")
	flags.StringVar(&o.replay, "replay", "", "make the report of a recorded `FILE`, without a network")
	flags.StringVar(&o.compare, "compare", "", "say what has changed since an earlier recorded `FILE`")
	o.probe.declare(flags)
	flags.Lookup("resolver").Usage = "ask this `SERVER` too, before others: IP, IP:port, tls://HOST or https://URL (repeatable)"
	flags.BoolVar(&o.mx.resolvers.noSystem, "no-system", false, "leave out the resolvers of this machine")
	flags.BoolVar(&o.mx.resolvers.noPublic, "no-public", false, "leave out the public resolvers (1.1.1.1, 8.8.8.8, 9.9.9.9)")
	flags.BoolVar(&o.mx.authoritative, "authoritative", true, "ask the domain's own name servers")
	flags.StringArrayVar(&o.mx.roots, "root", nil, "walk down from this name `SERVER` (IP or IP:port), not from the zone above")
	flags.Uint16Var(&o.mx.resolvers.port, "dns-port", 53, "`PORT` of name servers that nothing gives a port for")
	p := &o.mx.policies
	flags.BoolVar(&p.mtaSTS, "mta-sts", false, "fetch and check the MTA-STS policy (RFC 8461)")
	flags.BoolVar(&p.tlsa, "tlsa", false, "look up the TLSA records of the mail hosts (RFC 7672)")
	flags.BoolVar(&p.tlsRPT, "tls-rpt", false, "look up and check the TLSRPT record (RFC 8460)")
	flags.BoolVar(&p.spf, "spf", false, "look up and check the SPF record (RFC 7208)")
	flags.BoolVar(&p.dmarc, "dmarc", false, "look up and check the DMARC record (RFC 7489)")
	flags.BoolVar(&p.rdns, "rdns", false, "look up the reverse name of the address that this machine speaks from")
	flags.BoolVar(&p.all, "all", false, "all six of the above")
	// For tests on a machine where port 53 is not to be had.
	if err := flags.MarkHidden("dns-port"); err != nil {
		panic(err) // the flag was declared a few lines above
	}
}

// check checks the flags against each other, and fills in those that mx and
// probe share.
func (o *diagnoseOptions) check(s *streams, args []string) error {
	switch {
	case o.replay != "" && len(args) > 0:
		return usagef("--replay takes everything from the record: give no bounce and no address beside it")
	case o.replay != "" && o.record != "":
		return usagef("--record and --replay exclude each other")
	case o.replay == "" && len(args) == 0 && s.inTerminal:
		return usagef("diagnose needs a bounce or an address\nSee 'smtpdiag diagnose --help'")
	case o.record != "" && o.common.redact:
		return usagef("--redact cannot hold for a record, which would not be one then: record without it, and print with --replay FILE --redact")
	case o.replay != "" && len(o.edge) > 0:
		return usagef("--replay takes everything from the record: give --edge when the record is made")
	case o.offline && slices.Contains(o.edge, edgeHere):
		return usagef("--offline asks nobody, and the checks of --edge ask tables and directories: do them with 'smtpdiag edge -o json ADDRESS >FILE' and give --edge=FILE")
	case o.limit < 1:
		return usagef("--limit must be 1 or more")
	}
	r := &o.mx.resolvers
	r.given, r.resolvConf, r.timeout = o.probe.resolvers, o.probe.resolvConf, o.probe.dnsTimeout
	o.mx.concurrency = o.probe.concurrency
	o.mx.policies.source, o.mx.policies.allowPrivate, o.mx.policies.httpsPort = o.probe.source, o.probe.allowPrivate, o.probe.httpsPort
	return nil
}

// run does the work.
func (o *diagnoseOptions) run(ctx context.Context, s *streams, args []string) error {
	j, err := newJudge(o.probe.rules, o.probe.runbook)
	if err != nil {
		return err
	}
	var earlier *caseFile
	if o.compare != "" {
		if earlier, err = readCase(o.compare); err != nil {
			return err
		}
	}
	observed, partial, err := o.observe(ctx, s, j, args)
	if err != nil {
		return err
	}
	docs := observed.documents(j)
	if earlier != nil {
		compareCases(docs, earlier.documents(j), o.compare, formatTime(earlier.Time))
	}
	return o.print(s, docs, observed, partial)
}

// observe gets what there is to judge: from a record, or by asking.
func (o *diagnoseOptions) observe(ctx context.Context, s *streams, j *judge, args []string) (observed *caseFile, partial bool, err error) {
	if o.replay != "" {
		observed, err = readCase(o.replay)
		return observed, false, err
	}
	var keep *os.File
	if o.record != "" {
		// Made before anybody is asked, and never over an earlier record, which
		// is evidence.
		if keep, err = os.OpenFile(o.record, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600); err != nil {
			return nil, false, usagef("--record: %w", err)
		}
	}
	observed, partial, err = o.collect(ctx, s, j, args)
	if err == nil {
		observed, err = observed.kept(keep)
	}
	if keep != nil {
		err = errors.Join(err, keep.Close())
	}
	return observed, partial, err
}

// print prints the cases: one as it is, several for a person with a summary.
func (o *diagnoseOptions) print(s *streams, docs []*report.Diagnose, observed *caseFile, partial bool) error {
	many := len(docs) != 1 || observed.Many
	out := newPrinter(s, o.common, many && !o.common.format.Human)
	if len(docs) == 0 {
		out.worst = report.OutcomeUnknown
	}
	err := printDiagnoses(out, docs, o.common.format.Human)
	if err == nil && partial {
		err = errPartial
	}
	return out.finish(err)
}

// printDiagnoses prints all cases.
func printDiagnoses(out *printer, docs []*report.Diagnose, human bool) error {
	if human && len(docs) > 1 {
		return out.print(&report.Diagnoses{Schema: report.SchemaDiagnose, Cases: docs})
	}
	for _, doc := range docs {
		if err := out.print(doc); err != nil {
			return err
		}
	}
	return nil
}

// isAddress reports whether an argument is an address and no file.
func isAddress(arg string) bool {
	if _, err := os.Stat(arg); err == nil {
		return false
	}
	return probes.CheckAddress(arg) == nil
}
