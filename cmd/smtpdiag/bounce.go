package main

import (
	"context"
	"runtime"

	"github.com/spf13/cobra"
)

const bounceLong = `Read bounces and say, for every failed recipient, what happened, why, who can
act and what to do next.

PATH is a file, a directory (walked in the order of names), a Maildir, an mbox
of any common kind, or - for standard input; any of them may be compressed by
gzip. Without PATH, standard input is read if it is not a terminal. A file may
be a whole message, a message that carries or quotes the bounce, or only the
pasted text of one.

Text output gives the answer first: what happened to whom, who can act, what to
do next; then the proof and the further steps. With --quiet it is one line for
each recipient: address, class, permanence and reply.

JSON is one object for a PATH that is one message, and an array for anything
else. NDJSON is one object a line for each message, printed as soon as it is
known. Of a message longer than 8 MiB the first 8 MiB are read.

With --summary only counts are printed: by class, by the recipients' domains, by
refusing hosts and by hour, the addresses to suppress, and apart from them the
addresses that were refused for other reasons and should be kept.`

const bounceExample = `  smtpdiag bounce message.eml
  smtpdiag bounce -o markdown message.eml | xclip
  smtpdiag bounce --summary ~/Maildir/.bounces
  smtpdiag bounce -o ndjson bounces.mbox.gz | jq -r '.recipients[].class'
  smtpdiag bounce --runbook own-pages/ message.eml
  smtpdiag bounce --exit-code -q message.eml || echo "status $?"`

// bounceOptions are the flags of "smtpdiag bounce".
type bounceOptions struct {
	common  *commonOptions
	paths   []string
	rules   []string
	runbook string
	summary bool
	jobs    int
}

// newBounceCommand makes "smtpdiag bounce".
func newBounceCommand(s *streams, common *commonOptions) *cobra.Command {
	opts := &bounceOptions{common: common}
	cmd := &cobra.Command{
		Use:     "bounce [PATH...]",
		Short:   "Read bounces: what happened, why, who can act, what to do",
		Long:    bounceLong,
		Example: bounceExample,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := opts.complete(s, args); err != nil {
				return err
			}
			return runBounce(cmd.Context(), s, opts)
		},
	}
	flags := cmd.Flags()
	flags.StringArrayVar(&opts.rules, "rules", nil, "`FILE` with rules of your own, see docs/rules.md (repeatable)")
	flags.StringVar(&opts.runbook, "runbook", "", "`DIR` with runbook pages of your own, laid over the built-in ones")
	flags.BoolVar(&opts.summary, "summary", false, "print only counts and the addresses to suppress")
	flags.IntVar(&opts.jobs, "jobs", runtime.GOMAXPROCS(0), "`N` messages are worked on at the same time")
	markPath(cmd, "rules")
	markPath(cmd, "runbook")
	return cmd
}

// complete checks the options.
func (o *bounceOptions) complete(s *streams, args []string) error {
	o.paths = args
	if len(args) == 0 {
		if s.inTerminal {
			return usagef("bounce needs a file, a directory or '-', or a bounce on standard input\nSee 'smtpdiag bounce --help'")
		}
		o.paths = []string{standardInput}
	}
	if o.jobs < 1 {
		return usagef("--jobs must be 1 or more")
	}
	return nil
}

// runBounce reads all inputs and prints what they say, in their order.
func runBounce(ctx context.Context, s *streams, opts *bounceOptions) error {
	j, err := newJudge(opts.rules, opts.runbook)
	if err != nil {
		return err
	}
	run := newBounceRun(s, opts, j)
	err = inOrder(ctx, opts.jobs, batches(inputs(ctx, opts.paths)), run.newFileWork, func(batch bounceBatch) error {
		return run.consumeFiles(ctx, batch)
	})
	return run.finish(err)
}
