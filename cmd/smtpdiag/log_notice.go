package main

import (
	"fmt"
	"hash/maphash"
	"slices"
	"strings"
	"time"

	"github.com/smtpdiag/smtpdiag/postfix"
	"github.com/smtpdiag/smtpdiag/report"
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// noticed collects what stands beside the refusals in a log: dependencies that
// fail, limits, sessions that break off.
type noticed struct {
	noticeTallies
	// minutes are those in which a dependency failed, at most maxMinutes.
	minutes map[int64]struct{}
	// Refusals of unknown recipients in one client's sessions: a harvest.
	unknowns map[string]int
	// hosts are the hosts that logged, at most maxHosts.
	hosts []string
	// told are the clients that were told to come back.
	told comeback
	// born are recipients that were unknown and got mail later.
	born newcomers
}

// noticeTallies count lines by sort.
type noticeTallies struct{ dependency, limit, lostEHLO, name, auth, warning noticeTally }

// noticeTally counts lines of one sort, with the first as the example.
type noticeTally struct {
	count int64
	first report.LogExample
}

func (t *noticeTally) add(e *postfix.Event) {
	if t.count == 0 {
		t.first = report.LogExample{Source: e.Source, Line: e.Line, Text: e.Text}
	}
	t.count++
}

// join takes over the tally of a part that comes later, and empties it.
func (t *noticeTally) join(from *noticeTally) {
	if t.count == 0 && from.count > 0 {
		t.first = from.first
		t.first.Text = strings.Clone(t.first.Text)
	}
	t.count += from.count
	*from = noticeTally{}
}

// maxHosts is how many logging hosts are told apart.
const maxHosts = 16

// maxMinutes and maxClients bound what is kept of a long log.
const (
	maxMinutes = 100000
	maxClients = 20000
)

// partNotices is what stands beside the refusals in a part of a log.
type partNotices struct {
	noticeTallies
	minutes []int64
	hosts   []string
	// sessions are the events that name a client, and end the last time.
	sessions []clientMoment
	end      int64
	// moments are those at which a recipient was unknown or got mail.
	moments []recipientMoment
}

// beside takes note of what is no refusal, or more than that.
func (p *partNotices) beside(c *logCount, e *postfix.Event) {
	switch e.Kind {
	case postfix.EventSent:
		p.moments = append(p.moments, delivered(c, e))
	case postfix.EventDependency:
		p.dependency.add(e)
		if at := e.Time.Unix() / 60; len(p.minutes) == 0 || p.minutes[len(p.minutes)-1] != at {
			p.minutes = append(p.minutes, at)
		}
	case postfix.EventLimit:
		p.limit.add(e)
	case postfix.EventLost:
		if e.Stage == smtp.StageEHLO {
			p.lostEHLO.add(e)
		}
	case postfix.EventName:
		p.name.add(e)
	case postfix.EventAuth:
		p.auth.add(e)
	case postfix.EventWarning:
		if strings.HasPrefix(e.Reason, "fatal:") || strings.HasPrefix(e.Reason, "panic:") {
			p.warning.add(e)
		}
	case postfix.EventReject, postfix.EventWarnReject, postfix.EventBounced, postfix.EventDeferred, postfix.EventExpired, postfix.EventAccepted,
		postfix.EventMessageID, postfix.EventQueued, postfix.EventRemoved, postfix.EventNotice:
	}
}

// session takes note of every event: of its client and its host.
func (p *partNotices) session(c *logCount, e *postfix.Event) {
	at := e.Time.Unix()
	p.end = max(p.end, at)
	if e.ClientIP != "" {
		told := e.Kind == postfix.EventReject && strings.HasPrefix(e.Reason, "4")
		p.sessions = append(p.sessions, clientMoment{maphash.String(c.seed, e.ClientIP), at, told})
	}
	if len(p.hosts) < maxHosts && e.Host != "" && !slices.Contains(p.hosts, e.Host) {
		p.hosts = append(p.hosts, e.Host)
	}
}

// join takes over what a part has noticed, and empties it.
func (n *noticed) join(p *partNotices) {
	n.dependency.join(&p.dependency)
	n.limit.join(&p.limit)
	n.lostEHLO.join(&p.lostEHLO)
	n.name.join(&p.name)
	n.auth.join(&p.auth)
	n.warning.join(&p.warning)
	for _, minute := range p.minutes {
		if n.minutes == nil {
			n.minutes = map[int64]struct{}{}
		}
		if len(n.minutes) < maxMinutes {
			n.minutes[minute] = struct{}{}
		}
	}
	for _, host := range p.hosts {
		if len(n.hosts) < maxHosts && !slices.Contains(n.hosts, host) {
			n.hosts = append(n.hosts, strings.Clone(host))
		}
	}
	n.told.join(p.sessions, p.end)
	for i := range p.moments {
		m := &p.moments[i]
		if m.unknown && m.client != "" {
			n.asked(m.client)
		}
		n.born.see(m)
	}
	clear(p.hosts) // lets go of the strings
	clear(p.moments)
	p.minutes, p.hosts, p.sessions, p.moments, p.end = p.minutes[:0], p.hosts[:0], p.sessions[:0], p.moments[:0], 0
}

// asked counts a client's question for an unknown recipient.
func (n *noticed) asked(client string) {
	if n.unknowns == nil {
		n.unknowns = map[string]int{}
	}
	if count, ok := n.unknowns[client]; ok {
		n.unknowns[client] = count + 1
	} else if len(n.unknowns) < maxClients {
		n.unknowns[strings.Clone(client)] = 1
	}
}

// about adds to a group what can be said of it with the rest of the log in
// view.
func (n *noticed) about(g *logGroup) {
	key := g.key
	add := func(k, severity, text string) {
		for _, f := range g.doc.Findings {
			if f.Key == k {
				return
			}
		}
		g.doc.Findings = append(g.doc.Findings, report.Finding{Key: k, Severity: severity, Text: text})
	}
	if n.dependency.count > 0 && dependent(key.class) && n.near(g) {
		add("dependency-failure", "error", fmt.Sprintf("A directory, map, policy service or milter failed in the same minutes (%d lines, the first at %s:%d: %s). These refusals are its doing, not the recipients'.",
			n.dependency.count, n.dependency.first.Source, n.dependency.first.Line, n.dependency.first.Text))
	}
	if key.class == runbook.ClassRecipientUnknown && g.codes4 > 0 {
		add("permanent-as-temporary", "error", fmt.Sprintf("%d refusals of unknown recipients were coded 4xx: senders retry them for days and never learn that the address is wrong.", g.codes4))
	}
	if g.aliases == g.doc.Count && g.doc.Recipients >= 5 && key.class.Gate() == "recipient" {
		add("only-aliases", "warning", "Only recipients that were rewritten by an alias are refused (every line has orig_to): look at the alias tables, not at the mailboxes.")
	}
	if g.doc.Count >= 20 && g.doc.Recipients >= 5 && g.doc.Clients == 1 && g.doc.Rejected == g.doc.Count {
		add("one-client", "info", "All of these refusals were given to one client: it is about that client, not about the recipients.")
	}
	if g.soft > 0 {
		add("permanent-as-temporary", "error", fmt.Sprintf("%d deliveries were refused for good (5xx) and stay in the queue all the same, as with soft_bounce = yes: they are tried until they expire.", g.soft))
	}
	if entry, _ := runbook.Lookup(key.class); entry.Permanence == runbook.Permanent && g.waited >= 24*time.Hour {
		g.extend("permanent-as-temporary", "warning", "Messages have waited for up to "+spanWords(g.waited)+" for something that will not change; the other side codes a final refusal as 4xx.")
	}
	if len(n.hosts) > 1 && len(g.hosts) == 1 && g.doc.Count >= 10 {
		add("one-host", "warning", fmt.Sprintf("Only %s of the %d hosts in these logs refuses so: compare its settings, tables and their age with those of the others.", g.hosts[0], len(n.hosts)))
	}
	n.peak(g, add)
}

// extend adds a finding, or adds to the one of that key.
func (g *logGroup) extend(key, severity, text string) {
	for i := range g.doc.Findings {
		if f := &g.doc.Findings[i]; f.Key == key {
			f.Text += " " + text
			return
		}
	}
	g.doc.Findings = append(g.doc.Findings, report.Finding{Key: key, Severity: severity, Text: text})
}

// dependent reports whether a class can be the doing of a failed dependency.
func dependent(class runbook.Class) bool {
	switch class {
	case runbook.ClassRecipientUnknown, runbook.ClassLookupTemporary, runbook.ClassLookupCallout, runbook.ClassBackendUnavailable, runbook.ClassBackendLocalError,
		runbook.ClassBackendMisconfigured, runbook.ClassPolicyLocal:
		return true
	}
	return false
}

// near reports whether a group has a line within two minutes of a dependency's
// failure. Examples stand for the group where it is large.
func (n *noticed) near(g *logGroup) bool {
	for _, at := range []string{g.doc.First, g.doc.Last} {
		t, err := time.Parse(time.RFC3339, at)
		if err != nil {
			continue
		}
		for d := int64(-2); d <= 2; d++ {
			if _, ok := n.minutes[t.Unix()/60+d]; ok {
				return true
			}
		}
	}
	return false
}

// peak says when a group's lines gather in a few hours of the day.
func (n *noticed) peak(g *logGroup, add func(key, severity, text string)) {
	if g.doc.Count < 50 {
		return
	}
	best, at := int64(0), 0
	for h := range 24 {
		if sum := g.doc.Hours[h] + g.doc.Hours[(h+1)%24] + g.doc.Hours[(h+2)%24]; sum > best {
			best, at = sum, h
		}
	}
	if best*10 >= g.doc.Count*7 {
		add("peak-hours", "info", fmt.Sprintf("%d of %d lines fall into the three hours from %d:00: compare with the load of the directory, the storage and the backups at that time.", best, g.doc.Count, at))
	}
}

// harvestLimit is how many unknown recipients make a client suspect.
const harvestLimit = 50

// findings gives what is to be said of the log as a whole.
func (n *noticed) findings() []report.Finding {
	out := []report.Finding{}
	add := func(key, severity, format string, args ...any) {
		out = append(out, report.Finding{Key: key, Severity: severity, Text: fmt.Sprintf(format, args...)})
	}
	where := func(t *noticeTally) string {
		return fmt.Sprintf("%s:%d: %s", t.first.Source, t.first.Line, t.first.Text)
	}
	if n.dependency.count > 0 {
		add("dependency-failure", "error", "%d lines show a directory, map, database, policy service or milter failing, the first at %s", n.dependency.count, where(&n.dependency))
	}
	if n.warning.count > 0 {
		add("fatal", "error", "%d fatal or panic lines, the first at %s", n.warning.count, where(&n.warning))
	}
	if n.limit.count > 0 {
		add("limit-exceeded", "warning", "%d times a client went over a limit of connections or rates, first at %s", n.limit.count, where(&n.limit))
	}
	if n.lostEHLO.count > 0 {
		add("left-after-ehlo", "info", "%d sessions ended after EHLO without QUIT, the first at %s. A client that sees a SIZE below its message leaves like that, and so do scanners.", n.lostEHLO.count, where(&n.lostEHLO))
	}
	if n.name.count > 0 {
		add("client-name", "info", "%d clients have a name that does not lead back to their address, the first at %s. It is harmless unless reject_unknown_client_hostname is in force.", n.name.count, where(&n.name))
	}
	if clients, gone := n.told.sum(); gone > 0 {
		add("no-return", "info", "%d of %d clients that were told to come back (4xx) %s or more before the end of the log are not seen in it again: to their users that is a bounce.", gone, clients, spanWords(comebackSpan))
	}
	if n.born.count > 0 {
		add("new-account", "info", "%d recipients were refused as unknown and got mail within %s, the first at %s. New accounts reach this host late: look at how often recipients are synchronised.", n.born.count, spanWords(newcomerSpan), where(&n.born.noticeTally))
	}
	if n.auth.count > 0 {
		add("auth-failed", "info", "%d failed logins: password guessing, or a client with an old password.", n.auth.count)
	}
	worst, count := "", 0
	for ip, unknown := range n.unknowns {
		if unknown > count || unknown == count && ip < worst {
			worst, count = ip, unknown
		}
	}
	if count >= harvestLimit {
		add("harvest", "warning", "%s asked for %d unknown recipients: an address harvest, or a list server with an old list.", worst, count)
	}
	return out
}
