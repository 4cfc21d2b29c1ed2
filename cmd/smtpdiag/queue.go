package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"time"

	"github.com/spf13/cobra"

	"github.com/smtpdiag/smtpdiag/postfix"
)

const queueLong = `Read a queue listing and show what is stuck, why, for how long and whether it
grows: by cause, destination domain and age, with the commands that would act on
the messages. The commands are suggestions: nothing is ever run that changes a
queue.

PATH is a file with the output of postqueue -j, of mailq (postqueue -p) or of
exim -bp; - is standard input. Without a PATH the queue of this host is listed
with postqueue -j, postqueue -p or exim -bp, whichever works.

--since compares with an earlier listing, so that growth shows. With -o json or
ndjson each group of messages is one object.`

const queueExample = `  smtpdiag queue
  postqueue -j | smtpdiag queue -
  smtpdiag queue --since queue-0900.json queue-0930.json`

// queueOptions are the flags of "smtpdiag queue".
type queueOptions struct {
	common  *commonOptions
	since   string
	rules   []string
	runbook string
}

// newQueueCommand makes "smtpdiag queue".
func newQueueCommand(s *streams, common *commonOptions) *cobra.Command {
	opts := &queueOptions{common: common}
	cmd := &cobra.Command{
		Use:     "queue [PATH]",
		Short:   "Show what is stuck in a mail queue, why and whether it grows",
		Long:    queueLong,
		Example: queueExample,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("queue takes one listing, got %d\nSee 'smtpdiag queue --help'", len(args))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return opts.run(cmd.Context(), s, args)
		},
	}
	cmd.Flags().StringVar(&opts.since, "since", "", "an earlier listing `FILE` to compare with")
	cmd.Flags().StringArrayVar(&opts.rules, "rules", nil, "`FILE` with rules of your own, see docs/rules.md (repeatable)")
	cmd.Flags().StringVar(&opts.runbook, "runbook", "", "`DIR` with runbook pages of your own, laid over the built-in ones")
	markPath(cmd, "since")
	markPath(cmd, "rules")
	markPath(cmd, "runbook")
	return cmd
}

// run reads the listings and prints what is in them.
func (o *queueOptions) run(ctx context.Context, s *streams, args []string) error {
	j, err := newJudge(o.rules, o.runbook)
	if err != nil {
		return err
	}
	count := newQueueCount(j)
	listed, err := o.read(ctx, s, args, count)
	if err != nil {
		return err
	}
	if o.since != "" {
		earlier := newQueueCount(j)
		if _, err = o.readFile(ctx, s, o.since, earlier); err != nil {
			return err
		}
		count.compare(earlier)
	}
	doc := count.document(listed)
	if err = printGroups(s, o.common, doc, doc.Groups); err == nil && count.unread {
		err = errPartial
	}
	return err
}

// listing is what is known of a listing as a whole.
type listing struct {
	source string
	format postfix.QueueFormat
	at     time.Time
}

// read reads the listing that the user named, or lists this host's queue.
func (o *queueOptions) read(ctx context.Context, s *streams, args []string, count *queueCount) (listing, error) {
	switch {
	case len(args) == 1:
		return o.readFile(ctx, s, args[0], count)
	case !s.inTerminal && !hasQueueProgram():
		return o.readFile(ctx, s, standardInput, count)
	}
	for _, command := range [][]string{{"postqueue", "-j"}, {"postqueue", "-p"}, {"exim", "-bp"}, {"exim4", "-bp"}} {
		if _, err := exec.LookPath(command[0]); err != nil {
			continue
		}
		out, _, err := runReadOnly(ctx, command[0], command[1:]...)
		if err != nil {
			writeComplaint(s.err, err.Error())
			continue
		}
		return o.readFrom(ctx, s, command[0]+" "+command[1], bytes.NewReader(out), time.Now(), count)
	}
	return listing{}, usagef("the queue of this host cannot be listed: name a file with the output of postqueue -j, mailq or exim -bp\nSee 'smtpdiag queue --help'")
}

// hasQueueProgram reports whether this host has a queue to list.
func hasQueueProgram() bool {
	for _, name := range []string{"postqueue", "exim", "exim4"} {
		if _, err := exec.LookPath(name); err == nil {
			return true
		}
	}
	return false
}

// readFile reads a listing from a file or from standard input.
func (o *queueOptions) readFile(ctx context.Context, s *streams, path string, count *queueCount) (listing, error) {
	if path == standardInput {
		return o.readFrom(ctx, s, path, s.in, time.Now(), count)
	}
	f, err := os.Open(path)
	if err != nil {
		return listing{}, newInputError(path, err)
	}
	defer closeRead(f)
	at := time.Now()
	if info, err := f.Stat(); err == nil {
		at = info.ModTime()
	}
	return o.readFrom(ctx, s, path, f, at, count)
}

func (o *queueOptions) readFrom(ctx context.Context, s *streams, name string, r io.Reader, at time.Time, count *queueCount) (listing, error) {
	r, closer, err := unpack(ctx, bufio.NewReader(r))
	if err != nil {
		return listing{}, newInputError(name, err)
	}
	if closer != nil {
		defer closeRead(closer)
	}
	count.at = at
	format, problems, err := postfix.ReadQueue(r, postfix.QueueOptions{Reference: at}, count.add)
	if errors.Is(err, postfix.ErrNotQueue) {
		return listing{}, &inputError{name: name, reason: "is no queue listing", advice: "give the output of postqueue -j, mailq or exim -bp", err: err}
	}
	if err != nil {
		return listing{}, newInputError(name, err)
	}
	for _, p := range problems {
		writeComplaint(s.err, name+": line "+replyCode(p.Line)+": "+p.Text)
	}
	count.format, count.unread = format, len(problems) > 0
	return listing{name, format, at}, nil
}

// time gives the time of a listing for the reader.
func (l *listing) time() string {
	if l.source == standardInput {
		return ""
	}
	return formatTime(l.at)
}
