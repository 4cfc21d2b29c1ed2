package main

import (
	"context"
	"errors"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/smtpdiag/smtpdiag/postfix"
	"github.com/smtpdiag/smtpdiag/report"
)

const logLong = `Read mail logs and show who was refused or deferred, where, by which gate and
since when: groups by class, gate and setting, with counts, times and examples,
and what else the log tells that bears on it, such as a directory that failed in
the same minutes.

PATH is a log of Postfix (syslog or ISO time stamps, journalctl -o short or
-o json), an Exim main log or a log of OpenSMTPD, also packed by gzip, bzip2, xz
or zstd; rotated files may be named in any order. - is standard input. Without a
PATH, /var/log/mail.log or /var/log/maillog is read.

With --recipient, --sender, --message-id, --queue-id or --client the stories of
the messages that fit are told instead, across queue ids.`

const logExample = `  smtpdiag log
  smtpdiag log /var/log/mail.log.1 /var/log/mail.log
  zcat /var/log/mail.log.*.gz | smtpdiag log --since 2026-01-04T09:00:00Z -
  smtpdiag log --recipient user@example.com /var/log/mail.log
  journalctl -u 'postfix*' -o json | smtpdiag log -o ndjson -`

// logOptions are the flags of "smtpdiag log".
type logOptions struct {
	common  *commonOptions
	rules   []string
	runbook string
	since   string
	until   string
	follow  bool
	pick    storyFilter

	after, before time.Time
	// unread says of each log without a line of a known mail server what it is.
	unread []string
}

// newLogCommand makes "smtpdiag log".
func newLogCommand(s *streams, common *commonOptions) *cobra.Command {
	opts := &logOptions{common: common}
	cmd := &cobra.Command{
		Use:     "log [PATH...]",
		Short:   "Show from mail logs who was refused, by which gate and since when",
		Long:    logLong,
		Example: logExample,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := opts.complete(); err != nil {
				return err
			}
			return opts.run(cmd.Context(), s, args)
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&opts.pick.recipient, "recipient", "", "tell the stories of messages to this `ADDRESS`")
	flags.StringVar(&opts.pick.sender, "sender", "", "tell the stories of messages from this `ADDRESS`")
	flags.StringVar(&opts.pick.messageID, "message-id", "", "tell the story of the message with this `ID`")
	flags.StringVar(&opts.pick.queueID, "queue-id", "", "tell the story of the message with this `ID`")
	flags.StringVar(&opts.pick.client, "client", "", "tell the stories of messages from this client, a `NAME` or IP address")
	flags.StringVar(&opts.since, "since", "", "leave out what is before this `TIME` (RFC 3339, \"2026-01-04 09:00\" or \"2h\" ago)")
	flags.StringVar(&opts.until, "until", "", "leave out what is after this `TIME`")
	flags.BoolVar(&opts.follow, "follow", false, "print refusals as they are logged, until interrupted")
	flags.StringArrayVar(&opts.rules, "rules", nil, "`FILE` with rules of your own, see docs/rules.md (repeatable)")
	flags.StringVar(&opts.runbook, "runbook", "", "`DIR` with runbook pages of your own, laid over the built-in ones")
	markPath(cmd, "rules")
	markPath(cmd, "runbook")
	return cmd
}

// complete checks the flags.
func (o *logOptions) complete() error {
	var err error
	if o.after, err = parseMoment(o.since, time.Now()); err != nil {
		return usagef("--since: %w", err)
	}
	if o.before, err = parseMoment(o.until, time.Now()); err != nil {
		return usagef("--until: %w", err)
	}
	if o.follow && o.pick.any() {
		return usagef("--follow prints refusals as they come and cannot be combined with --recipient, --sender, --message-id, --queue-id or --client")
	}
	return nil
}

// errMoment says how a time may be written.
var errMoment = errors.New(`not a time: write "2026-01-04T09:00:00Z", "2026-01-04 09:00" or a span such as "2h"`)

// parseMoment reads a time, or a span before now.
func parseMoment(s string, now time.Time) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	if d, err := time.ParseDuration(s); err == nil && d >= 0 {
		return now.Add(-d), nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02"} {
		if t, err := time.ParseInLocation(layout, s, time.Local); err == nil {
			return t, nil
		}
	}
	return time.Time{}, errMoment
}

// wanted reports whether an event lies between --since and --until.
func (o *logOptions) wanted(e *postfix.Event) bool {
	return (o.after.IsZero() || !e.Time.Before(o.after)) && (o.before.IsZero() || !e.Time.After(o.before))
}

// defaultLogs are where distributions put the mail log.
var defaultLogs = []string{"/var/log/mail.log", "/var/log/maillog", "/var/log/exim4/mainlog", "/var/log/exim/main.log"}

// run reads the logs.
func (o *logOptions) run(ctx context.Context, s *streams, paths []string) error {
	if len(paths) == 0 {
		for _, path := range defaultLogs {
			if _, err := os.Stat(path); err == nil {
				paths = []string{path}
				break
			}
		}
		if len(paths) == 0 {
			return usagef("there is no mail log at %s: name one, or use journalctl -u 'postfix*' | smtpdiag log -\nSee 'smtpdiag log --help'", strings.Join(defaultLogs, ", "))
		}
	}
	j, err := newJudge(o.rules, o.runbook)
	if err != nil {
		return err
	}
	if o.follow {
		return o.runFollow(ctx, s, j, paths)
	}
	debug.SetGCPercent(logGCPercent)
	paths = logsInOrder(ctx, s, paths)
	if o.pick.any() {
		return o.runStories(ctx, s, j, paths)
	}
	return o.runGroups(ctx, s, j, paths)
}

// isFailure reports whether an event is a refusal or a failed delivery. A limit
// of smtpd is a refusal, too: the warning is all that is logged of it.
func isFailure(k postfix.EventKind) bool {
	switch k {
	case postfix.EventReject, postfix.EventWarnReject, postfix.EventBounced, postfix.EventDeferred, postfix.EventLimit:
		return true
	case postfix.EventExpired, postfix.EventSent, postfix.EventAccepted, postfix.EventMessageID, postfix.EventQueued, postfix.EventRemoved, postfix.EventNotice,
		postfix.EventLost, postfix.EventDependency, postfix.EventName, postfix.EventAuth, postfix.EventWarning, postfix.EventSession, postfix.EventPolicy:
	}
	return false
}

// logGCPercent keeps the memory of a long log near what is counted of it.
const logGCPercent = 20

// groupKinds are the events that the groups need.
var groupKinds = []postfix.EventKind{
	postfix.EventReject, postfix.EventWarnReject, postfix.EventBounced, postfix.EventDeferred, postfix.EventDependency,
	postfix.EventLimit, postfix.EventLost, postfix.EventName, postfix.EventAuth, postfix.EventWarning, postfix.EventSent, postfix.EventAccepted,
	postfix.EventSession, postfix.EventPolicy, postfix.EventQueued, postfix.EventExpired,
}

// runGroups counts all refusals and prints their groups.
func (o *logOptions) runGroups(ctx context.Context, s *streams, j *judge, paths []string) error {
	doc, err := o.count(ctx, s, j, paths)
	if doc == nil {
		return err
	}
	if printErr := printGroups(s, o.common, doc, doc.Groups); printErr != nil && (err == nil || !errors.As(printErr, new(findingError))) {
		return printErr
	}
	return err
}

// count counts all refusals; nil where no log could be read.
func (o *logOptions) count(ctx context.Context, s *streams, j *judge, paths []string) (*report.Log, error) {
	count := newLogCount(newWordings(j))
	fold := postfix.Folder[logPart]{
		See: func(p *logPart, e *postfix.Event) {
			if o.wanted(e) {
				p.see(count, e)
			}
		},
		Join: func(p *logPart) error {
			count.join(p)
			return nil
		},
	}
	stats, read, err := o.each(ctx, s, paths, groupKinds, func(in io.Reader, opts postfix.ScanOptions) (postfix.Stats, error) {
		return postfix.Fold(ctx, in, opts, fold)
	})
	if len(read) == 0 {
		return nil, err
	}
	doc := count.document()
	doc.Sources, doc.Lines, doc.Bytes, doc.Unread = read, stats.Lines, stats.Bytes, stats.Unread
	switch {
	case stats.Lines > 0 && stats.Unread == stats.Lines:
		writeComplaint(s.err, strings.Join(read, ", ")+": no line is of a known log form; give a log of Postfix, Exim or OpenSMTPD")
		doc.Foreign, err = true, errPartial
	case len(doc.Groups) == 0 && len(o.unread) > 0:
		for _, words := range o.unread {
			writeComplaint(s.err, words)
		}
		doc.Foreign, err = len(o.unread) == len(read), errPartial
	}
	return doc, err
}

// notes says what a reader should know of a log.
func (o *logOptions) notes(s *streams, path string, in *logFile) {
	if in.note != "" {
		writeComplaint(s.err, path+": "+in.note)
	}
	if words := unreadPrograms(path, in); words != "" {
		o.unread = append(o.unread, words)
	}
}

// scan gives the events of all logs, one after the other.
func (o *logOptions) scan(ctx context.Context, s *streams, paths []string, kinds []postfix.EventKind, yield func(*postfix.Event) error) (total postfix.Stats, read []string, err error) {
	return o.each(ctx, s, paths, kinds, func(in io.Reader, opts postfix.ScanOptions) (postfix.Stats, error) {
		return postfix.Scan(ctx, in, opts, yield)
	})
}

// each opens all logs and has them read, one after the other. An input that
// cannot be read costs a line on standard error; what was read of it counts.
func (o *logOptions) each(ctx context.Context, s *streams, paths []string, kinds []postfix.EventKind, scan func(io.Reader, postfix.ScanOptions) (postfix.Stats, error)) (total postfix.Stats, read []string, err error) {
	for _, path := range paths {
		in, openErr := openLog(ctx, s, path)
		if openErr != nil {
			writeComplaint(s.err, newInputError(path, openErr).Error())
			err = errPartial
			continue
		}
		o.notes(s, path, in)
		stats, scanErr := scan(in, postfix.ScanOptions{Source: path, Reference: in.at, Workers: runtime.GOMAXPROCS(0), Kinds: kinds})
		_ = in.Close() // only read
		total.Bytes, total.Lines, total.Long, total.Unread = total.Bytes+stats.Bytes, total.Lines+stats.Lines, total.Long+stats.Long, total.Unread+stats.Unread
		read = append(read, path)
		if scanErr != nil && ctx.Err() == nil {
			writeComplaint(s.err, newInputError(path, scanErr).Error())
			err = errPartial
		}
		if ctx.Err() != nil {
			writeComplaint(s.err, "interrupted: what was read by then is shown")
			return total, read, errPartial
		}
	}
	return total, read, err
}
