package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/smtpdiag/smtpdiag/postfix"
	"github.com/smtpdiag/smtpdiag/report"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// storyFilter says which messages are meant. All that is set must fit.
type storyFilter struct {
	recipient, sender, messageID, queueID, client string
}

func (f *storyFilter) any() bool { return *f != storyFilter{} }

// runStories tells the stories of the messages that fit. The logs are read
// twice: for the queue ids, and for the lines.
func (o *logOptions) runStories(ctx context.Context, s *streams, j *judge, paths []string) error {
	paths, remove, err := spooled(s, paths)
	if err != nil {
		return err
	}
	defer remove()
	ids := newStoryIDs(&o.pick)
	_, read, err := o.each(ctx, s, paths, nil, func(in io.Reader, opts postfix.ScanOptions) (postfix.Stats, error) {
		return postfix.Fold(ctx, in, opts, postfix.Folder[idPart]{
			See: func(p *idPart, e *postfix.Event) {
				if o.wanted(e) {
					ids.see(p, e)
				}
			},
			Join: ids.join,
		})
	})
	if len(read) == 0 || ctx.Err() != nil {
		return err
	}
	teller := &storyTeller{words: newWordings(j), ids: ids, roots: ids.chains(), stories: map[uint64]*report.Story{}}
	quiet := *s
	quiet.err = io.Discard // what is wrong with an input has been said
	if _, _, err2 := o.each(ctx, &quiet, read, nil, func(in io.Reader, opts postfix.ScanOptions) (postfix.Stats, error) {
		return postfix.Fold(ctx, in, opts, postfix.Folder[[]storyLine]{
			See: func(lines *[]storyLine, e *postfix.Event) {
				if o.wanted(e) {
					teller.see(lines, e)
				}
			},
			Join: teller.join,
		})
	}); err == nil {
		err = err2
	}
	if len(teller.order) == 0 {
		writeComplaint(s.err, "no line of "+strings.Join(read, ", ")+" fits; check the address, and name the rotated logs too")
		return errPartial
	}
	p := newPrinter(s, o.common, true)
	for _, story := range teller.order {
		if printErr := p.print(story); printErr != nil {
			return p.finish(printErr)
		}
	}
	return p.finish(err)
}

// spooled puts standard input into a file, since it is read twice.
func spooled(s *streams, paths []string) (files []string, remove func(), err error) {
	remove = func() {}
	i := slices.Index(paths, standardInput)
	if i < 0 {
		return paths, remove, nil
	}
	spool, err := os.CreateTemp("", "smtpdiag-log-*")
	if err != nil {
		return nil, remove, err
	}
	remove = func() { _ = os.Remove(spool.Name()) }
	if _, err := io.Copy(spool, s.in); err != nil {
		remove()
		return nil, func() {}, fmt.Errorf("standard input: %w", err)
	}
	if err := spool.Close(); err != nil {
		remove()
		return nil, func() {}, err
	}
	paths = slices.Clone(paths)
	paths[i] = spool.Name()
	return paths, remove, nil
}

// storyTeller makes the stories.
type storyTeller struct {
	words   *wordings
	ids     *storyIDs
	roots   map[uint64]uint64
	stories map[uint64]*report.Story
	order   []*report.Story
}

// storyLine is a line of a story.
type storyLine struct {
	root  uint64 // of the story; 0 where the line is a story of its own
	event postfix.Event
}

// maxSteps bounds the lines of one story; a message to thousands has more.
const maxSteps = 2000

// see picks the lines that belong to a story.
func (t *storyTeller) see(lines *[]storyLine, e *postfix.Event) {
	if e.QueueID == "" { // refused before there was a message
		if isFailure(e.Kind) && t.ids.met(e) == t.ids.asked {
			*lines = append(*lines, storyLine{0, *e})
		}
		return
	}
	if root, ok := t.roots[t.ids.hash(e.QueueID)]; ok {
		*lines = append(*lines, storyLine{root, *e})
	}
}

// join tells what the lines add to their stories.
func (t *storyTeller) join(lines *[]storyLine) error {
	for i := range *lines {
		line := &(*lines)[i]
		story := t.stories[line.root]
		if story == nil || line.root == 0 {
			story = &report.Story{Schema: report.SchemaStory, QueueIDs: []string{}, Recipients: []report.StoryRecipient{}, Steps: []report.StoryStep{}}
			t.stories[line.root] = story
			t.order = append(t.order, story)
		}
		t.tell(story, &line.event)
	}
	*lines = nil
	return nil
}

func (t *storyTeller) tell(story *report.Story, e *postfix.Event) {
	if e.QueueID != "" && !slices.Contains(story.QueueIDs, e.QueueID) {
		story.QueueIDs = append(story.QueueIDs, strings.Clone(e.QueueID))
	}
	fill := func(to *string, value string) {
		if *to == "" {
			*to = strings.Clone(value)
		}
	}
	fill(&story.MessageID, e.MessageID)
	if e.Kind == postfix.EventAccepted || e.Kind == postfix.EventReject {
		client := e.ClientName
		if e.ClientIP != "" {
			client += "[" + e.ClientIP + "]"
		}
		fill(&story.Client, client)
	}
	if e.HasSender {
		fill(&story.Sender, e.Sender)
	}
	if story.SizeBytes == 0 {
		story.SizeBytes = e.Size
	}
	at := formatTime(e.Time)
	fill(&story.Arrived, at)
	story.Finished = at
	if e.Recipient != "" {
		t.outcome(story, e)
	}
	if len(story.Steps) < maxSteps {
		story.Steps = append(story.Steps, report.StoryStep{Time: at, Source: e.Source, Line: e.Line, Words: stepWords(e), Text: strings.Clone(e.Text)})
	}
}

// outcome keeps the last outcome of each recipient.
func (t *storyTeller) outcome(story *report.Story, e *postfix.Event) {
	r := report.StoryRecipient{
		Recipient: strings.Clone(e.Recipient), OrigTo: strings.Clone(e.OrigTo), Status: string(e.Kind), Relay: strings.Clone(e.Relay),
		Delay: e.Delay.Seconds(), DelayWords: delayWords(e), Attempts: 1, Source: e.Source, Line: e.Line,
		Reply: clonedReply(smtp.ParseQuoted(e.Reason).Reply),
	}
	if r.Reply.Text == "" {
		r.Reply.Text = strings.Clone(e.Reason)
	}
	for i := range e.Delays {
		r.Delays[i] = e.Delays[i].Seconds()
	}
	if isFailure(e.Kind) {
		v := t.words.verdict(e)
		r.Class, r.Gate = string(v.key.class), string(v.key.gate)
	}
	for i := range story.Recipients {
		if old := &story.Recipients[i]; strings.EqualFold(old.Recipient, r.Recipient) {
			if e.Kind == postfix.EventSent || e.Kind == postfix.EventDeferred || e.Kind == postfix.EventBounced {
				r.Attempts = old.Attempts + 1
			}
			*old = r
			return
		}
	}
	story.Recipients = append(story.Recipients, r)
}

// delayWords says where the time of a delivery went (delays=a/b/c/d).
func delayWords(e *postfix.Event) string {
	if e.Delay == 0 {
		return ""
	}
	names := [4]string{"before the queue manager took it (arrival, content filter)", "waiting in the queue", "connecting to the next hop (DNS, TCP, TLS, greeting)", "sending it"}
	longest := 0
	for i := range e.Delays {
		if e.Delays[i] > e.Delays[longest] {
			longest = i
		}
	}
	text := e.Delay.Round(10 * time.Millisecond).String()
	if e.Delays[longest] == 0 {
		return text
	}
	return fmt.Sprintf("%s in all, %s of it %s", text, e.Delays[longest].Round(10*time.Millisecond), names[longest])
}

// stepWords says in a few words what a line reports.
func stepWords(e *postfix.Event) string {
	switch e.Kind {
	case postfix.EventAccepted:
		return "taken from " + clientWords(e)
	case postfix.EventMessageID:
		return "message identifier " + e.MessageID
	case postfix.EventQueued:
		return fmt.Sprintf("queued for %d recipients, %d bytes", e.Recipients, e.Size)
	case postfix.EventSent:
		text := "handed over for " + e.Recipient
		if e.Relay != "" {
			text += " to " + e.Relay
		}
		if e.NextID != "" {
			text += ", goes on as " + e.NextID
		}
		return text
	case postfix.EventDeferred:
		return "deferred for " + e.Recipient + ": " + e.Reason
	case postfix.EventBounced:
		return "failed for " + e.Recipient + ": " + e.Reason
	case postfix.EventExpired:
		return "given up: " + e.Reason
	case postfix.EventReject, postfix.EventWarnReject:
		return "refused for " + e.Recipient + ": " + e.Reason
	case postfix.EventNotice:
		return e.Reason + " " + e.NextID
	case postfix.EventRemoved:
		return "out of the queue"
	case postfix.EventLost, postfix.EventLimit, postfix.EventDependency, postfix.EventName, postfix.EventAuth, postfix.EventWarning,
		postfix.EventSession, postfix.EventPolicy:
	}
	return e.Reason
}

func clientWords(e *postfix.Event) string {
	switch {
	case e.ClientName == "" && e.ClientIP == "":
		return "this host"
	case e.ClientIP == "":
		return e.ClientName
	}
	return e.ClientName + "[" + e.ClientIP + "]"
}
