package main

import (
	"context"
	"os"
	"runtime"
	"strings"
	"time"

	"github.com/smtpdiag/smtpdiag/diagnose"
	"github.com/smtpdiag/smtpdiag/postfix"
	"github.com/smtpdiag/smtpdiag/runbook"
)

// edgeLogSpan is how far back from the end of the log a dependency that failed
// counts.
const edgeLogSpan = time.Hour

// edgeLogLines is how many lines about the address are kept.
const edgeLogLines = 5

// edgeLogReader gathers what a log has about one address.
type edgeLogReader struct {
	log     *diagnose.EdgeLog
	words   *wordings
	address string
	plain   string // without an extension
	end     time.Time
	// failed and throttled count lines by minute.
	failed, throttled map[int64]int
}

// log reads the mail logs.
func (r *edgeRun) log(ctx context.Context) {
	out := &r.c.Log
	paths := r.options.logs
	if len(paths) == 0 {
		for _, path := range defaultLogs {
			if exists(path) {
				paths = []string{path}
				break
			}
		}
	}
	if len(paths) == 0 {
		out.Skipped = "there is no mail log at " + strings.Join(defaultLogs, ", ") + "; give --log FILE, or journalctl -u 'postfix*' | smtpdiag log --recipient " + shellWord(r.c.Address, "ADDRESS") + " -"
		return
	}
	out.Command = commandText("grep", append([]string{"-F", "-e", r.c.Address}, paths...)...)
	reader := &edgeLogReader{
		log: out, words: newWordings(r.judge), address: strings.ToLower(r.c.Address), failed: map[int64]int{}, throttled: map[int64]int{},
	}
	reader.plain = reader.address
	if d := r.value("recipient_delimiter"); d != "" {
		user, domain, _ := strings.Cut(reader.address, "@")
		if n := strings.IndexAny(user, d); n > 0 {
			reader.plain = user[:n] + "@" + domain
		}
	}
	var problem string
	read := 0
	for _, path := range paths {
		in, err := openLog(ctx, r.streams, path)
		if err != nil {
			problem = notRootFor(err, newInputError(path, err).Error())
			continue
		}
		kinds := append([]postfix.EventKind{postfix.EventSent, postfix.EventExpired}, groupKinds...)
		_, err = postfix.Scan(ctx, in, postfix.ScanOptions{Source: path, Reference: in.at, Workers: runtime.GOMAXPROCS(0), Kinds: kinds}, reader.see)
		_ = in.Close() // only read
		if err != nil && ctx.Err() == nil {
			problem = newInputError(path, err).Error()
		}
		read++
	}
	if read == 0 {
		out.Skipped = problem
		return
	}
	reader.finish()
}

// notRootFor adds the reason where the error is one of rights.
func notRootFor(err error, text string) string {
	if os.IsPermission(err) {
		return notRoot(text)
	}
	return text
}

// see takes one event.
func (r *edgeLogReader) see(e *postfix.Event) error {
	if e.Time.After(r.end) {
		r.end = e.Time
	}
	switch {
	case e.Kind == postfix.EventDependency && strings.HasPrefix(e.Program, "post") && e.Program != "postscreen":
		return nil // a tool that somebody ran by hand, such as postmap
	case e.Kind == postfix.EventDependency:
		tally(r.failed, e.Time)
		r.log.Dependency = strings.Clone(e.Text)
		return nil
	case e.Kind == postfix.EventLimit:
		tally(r.throttled, e.Time)
		r.log.Throttle = strings.Clone(e.Text)
		return nil
	case !isFailure(e.Kind) && e.Kind != postfix.EventSent && e.Kind != postfix.EventExpired:
		return nil
	}
	if isFailure(e.Kind) {
		switch r.words.verdict(e).key.class {
		case runbook.ClassPolicyGreylist, runbook.ClassPolicyRateLimit, runbook.ClassPolicyConnections:
			tally(r.throttled, e.Time)
			r.log.Throttle = strings.Clone(e.Text)
		}
	}
	if !r.about(e.Recipient) && !r.about(e.OrigTo) {
		return nil
	}
	line := diagnose.EdgeLogLine{Text: strings.Clone(e.Text), Time: e.Time}
	if isFailure(e.Kind) {
		r.log.Refused++
		v := r.words.verdict(e)
		line.Class, line.Gate, line.Setting = v.key.class, v.key.gate, v.key.setting
		for _, it := range e.Items() {
			it.Text, it.Recipient, it.Host, it.IP = strings.Clone(it.Text), strings.Clone(it.Recipient), strings.Clone(it.Host), strings.Clone(it.IP)
			it.Reply.Lines = nil
			line.Items = append(line.Items, it)
		}
	} else {
		r.log.Sent++
	}
	if len(r.log.Last) == edgeLogLines {
		r.log.Last = append(r.log.Last[:0], r.log.Last[1:]...)
	}
	r.log.Last = append(r.log.Last, line)
	return nil
}

// about reports whether an address in the log is the one in question.
func (r *edgeLogReader) about(address string) bool {
	return address != "" && (strings.EqualFold(address, r.address) || strings.EqualFold(address, r.plain))
}

// tally counts a line in its minute; a log of more minutes than that is cut.
func tally(minutes map[int64]int, at time.Time) {
	if len(minutes) < maxMinutes {
		minutes[at.Unix()/60]++
	}
}

// finish sums up what lies within the span before the end of the log.
func (r *edgeLogReader) finish() {
	from := r.end.Add(-edgeLogSpan).Unix() / 60
	sum := func(minutes map[int64]int) (n int) {
		for at, lines := range minutes {
			if at >= from {
				n += lines
			}
		}
		return n
	}
	r.log.Dependencies, r.log.Throttled, r.log.Span = sum(r.failed), sum(r.throttled), edgeLogSpan
	if r.log.Dependencies == 0 {
		r.log.Dependency = ""
	}
	if r.log.Throttled == 0 {
		r.log.Throttle = ""
	}
}
