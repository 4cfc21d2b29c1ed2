package main

import (
	"fmt"
	"hash/maphash"
	"slices"
	"strconv"
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
	// told are the clients that were told to come back, senders the senders.
	told, senders comeback
	// unlogged are refusals of which the log gives no reason.
	unlogged unlogged
	// clients are hashes of clients, at most manyClients; hours count all events.
	clients []uint64
	hours   [24]int64
	// begin and end are the first and the last time, in seconds since 1970.
	begin, end int64
	// nameRefusals count the lines of the restriction that clients with an odd
	// name meet.
	nameRefusals int64
	// born are recipients that were unknown and got mail later.
	born newcomers
}

// noticeTallies count lines by sort.
type noticeTallies struct{ dependency, limit, lostEHLO, name, auth, warning, expired noticeTally }

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
	sessions   []clientMoment
	begin, end int64
	// senders are those that were told to come back, and that were seen.
	senders []clientMoment
	// refused are the sessions in which a command was refused.
	refused []refusedSession
	// answers are what policy services have logged of refusals.
	answers []postfix.Event
	clients []uint64
	hours   [24]int64
	// The hour of the time seen last.
	at   time.Time
	hour int
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
	case postfix.EventExpired:
		p.expired.add(e)
	case postfix.EventSession:
		p.refused = append(p.refused, refusedSession{maphash.String(c.seed, e.ClientIP), e.Time.Unix(), e.Recipients, len(p.sessions), report.LogExample{Source: e.Source, Line: e.Line, Text: e.Text}})
	case postfix.EventPolicy:
		p.answers = append(p.answers, *e)
	case postfix.EventReject, postfix.EventWarnReject, postfix.EventBounced, postfix.EventDeferred, postfix.EventAccepted,
		postfix.EventMessageID, postfix.EventQueued, postfix.EventRemoved, postfix.EventNotice:
	}
}

// manyClients is how many clients are told apart, to know whether there are
// many.
const manyClients = 16

// hourOf gives the hour of a time; most lines share it with the one before.
func (p *partNotices) hourOf(t time.Time) int {
	if t != p.at {
		p.at, p.hour = t, t.Hour()
	}
	return p.hour
}

// session takes note of every event: of its client and its host.
func (p *partNotices) session(c *logCount, e *postfix.Event) {
	at := e.Time.Unix()
	if !e.Time.IsZero() {
		p.end = max(p.end, at)
		if p.begin == 0 || at < p.begin {
			p.begin = at
		}
		p.hours[p.hourOf(e.Time)]++
	}
	told := e.Kind == postfix.EventReject && strings.HasPrefix(e.Reason, "4")
	if e.ClientIP != "" && e.Kind != postfix.EventSession {
		client := maphash.String(c.seed, e.ClientIP)
		p.sessions = append(p.sessions, clientMoment{client, at, told, whenRefused(e), e.ClientIP})
		if len(p.clients) < manyClients && !slices.Contains(p.clients, client) {
			p.clients = append(p.clients, client)
		}
	}
	if e.Sender != "" && (told || e.Kind == postfix.EventReject || e.Kind == postfix.EventQueued || e.Kind == postfix.EventAccepted) {
		p.senders = append(p.senders, clientMoment{c.foldedHash(e.Sender), at, told, refusedNever, e.Sender})
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
	n.expired.join(&p.expired)
	for _, client := range p.clients {
		if len(n.clients) < manyClients && !slices.Contains(n.clients, client) {
			n.clients = append(n.clients, client)
		}
	}
	for h, lines := range p.hours {
		n.hours[h] += lines
	}
	n.end = max(n.end, p.end)
	if n.begin == 0 || p.begin != 0 && p.begin < n.begin {
		n.begin = p.begin
	}
	n.told.join(p.sessions)
	n.senders.join(p.senders)
	n.unlogged.join(p.sessions, p.refused)
	for i := range p.moments {
		m := &p.moments[i]
		if m.unknown && m.client != "" {
			n.asked(m.client)
		}
		n.born.see(m)
	}
	clear(p.hosts) // lets go of the strings
	clear(p.moments)
	clear(p.sessions)
	clear(p.senders)
	clear(p.refused)
	clear(p.answers)
	p.minutes, p.hosts, p.sessions, p.moments, p.begin, p.end = p.minutes[:0], p.hosts[:0], p.sessions[:0], p.moments[:0], 0, 0
	p.senders, p.refused, p.answers, p.clients, p.hours = p.senders[:0], p.refused[:0], p.answers[:0], p.clients[:0], [24]int64{}
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
	if lines := n.near(g); lines > 0 {
		n.depends(g, lines, add)
	}
	if key.setting == "reject_unknown_client_hostname" {
		n.nameRefusals += g.doc.Count
	}
	if key.class == runbook.ClassRecipientUnknown && g.codes4 > 0 {
		add("permanent-as-temporary", "error", counted(g.codes4, "refusal of an unknown recipient was", "refusals of unknown recipients were")+" coded 4xx: senders retry them for days and never learn that the address is wrong.")
	}
	if g.aliases == g.doc.Count && g.doc.Recipients >= 5 && key.class.Gate() == "recipient" {
		add("only-aliases", "warning", "Only recipients that were rewritten by an alias are refused (every line has orig_to): look at the alias tables, not at the mailboxes.")
	}
	if g.doc.Count >= 20 && g.doc.Recipients >= 5 && g.doc.Clients > 0 && g.doc.Clients <= fewClients && g.doc.Rejected == g.doc.Count && len(n.clients) >= 5*int(g.doc.Clients) {
		text := "All of these refusals were given to one client: it is about that client, not about the recipients."
		if g.doc.Clients > 1 {
			text = fmt.Sprintf("All of these refusals were given to %d clients of many: it is about those clients, not about the recipients.", g.doc.Clients)
		}
		add("one-client", "info", text)
	}
	if g.soft > 0 {
		add("permanent-as-temporary", "error", counted(g.soft, "delivery was refused for good (5xx) and stays", "deliveries were refused for good (5xx) and stay")+" in the queue all the same, as with soft_bounce = yes: tried until expiry.")
	}
	if entry, _ := runbook.Lookup(key.class); entry.Permanence == runbook.Permanent && g.waited >= 24*time.Hour {
		g.extend("permanent-as-temporary", "warning", "Messages have waited for up to "+spanWords(g.waited)+" for something that will not change; the other side codes a final refusal as 4xx.")
	}
	if len(n.hosts) > 1 && len(g.hosts) == 1 && g.hosts[0] != "" && g.doc.Count >= 10 {
		add("one-host", "warning", fmt.Sprintf("Only %s of the %d hosts in these logs refuses so: compare its settings, tables and their age with those of the others.", g.hosts[0], len(n.hosts)))
	}
	n.peak(g, add)
}

// fewClients is up to how many clients are few among many.
const fewClients = 3

// depends says what a dependency that failed has to do with a group.
func (n *noticed) depends(g *logGroup, lines int64, add func(key, severity, text string)) {
	text := fmt.Sprintf("A directory, map, policy service or milter failed within two minutes of %d of these %d lines (the first failure at %s:%d: %s).",
		lines, g.doc.Count, n.dependency.first.Source, n.dependency.first.Line, strings.TrimSpace(n.dependency.first.Text))
	if g.key.class == runbook.ClassRecipientUnknown {
		add("dependency-failure", "warning", text+" A recipient that exists may be among those refused then: ask again for one of them.")
		return
	}
	add("dependency-failure", "error", text+" Those refusals are its doing, not the recipients'.")
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

// near counts the lines of a group within two minutes of a dependency's failure.
func (n *noticed) near(g *logGroup) (lines int64) {
	for minute, count := range g.minutes {
		for d := int64(-2); d <= 2; d++ {
			if _, ok := n.minutes[minute+d]; ok {
				lines += count
				break
			}
		}
	}
	return lines
}

// peakSpan is how much of a day a log must cover, in seconds, for its hours to
// be compared.
const peakSpan = 18 * 60 * 60

// peak says when a group's lines gather in a few hours of the day.
func (n *noticed) peak(g *logGroup, add func(key, severity, text string)) {
	if g.doc.Count < 50 || n.end-n.begin < peakSpan {
		return
	}
	best, at, others, all := int64(0), 0, int64(0), int64(0)
	for h := range 24 {
		all += n.hours[h]
		sum := g.doc.Hours[h] + g.doc.Hours[(h+1)%24] + g.doc.Hours[(h+2)%24]
		if sum > best || sum == best && g.doc.Hours[(h+1)%24] > g.doc.Hours[(at+1)%24] {
			best, at = sum, h
			others = n.hours[h] + n.hours[(h+1)%24] + n.hours[(h+2)%24]
		}
	}
	// Where most of all mail comes in these hours, the group is like the rest.
	if best*10 >= g.doc.Count*7 && (others-best)*2 < all-g.doc.Count {
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
		return fmt.Sprintf("%s:%d: %s", t.first.Source, t.first.Line, strings.TrimSpace(t.first.Text))
	}
	if n.dependency.count > 0 {
		add("dependency-failure", "error", "%s a directory, map, database, policy service or milter failing, the first at %s", counted(n.dependency.count, "line shows", "lines show"), where(&n.dependency))
	}
	if n.warning.count > 0 {
		add("fatal", "error", "%s, the first at %s", counted(n.warning.count, "fatal or panic line", "fatal or panic lines"), where(&n.warning))
	}
	if n.limit.count > 0 {
		add("limit-exceeded", "warning", "A client went over a limit of connections, rates or errors %s, first at %s", counted(n.limit.count, "time", "times"), where(&n.limit))
	}
	if n.unlogged.count > 0 {
		add("unlogged-refusal", "warning", "%s refused without a reason in the log, first at %s. %s", counted(n.unlogged.count, "MAIL FROM or RCPT TO was", "MAIL FROM or RCPT TO were"), where(&n.unlogged.noticeTally), unloggedReasons)
	}
	if n.expired.count > 0 {
		add("expired", "warning", "%s given up after waiting for their whole lifetime in the queue, first at %s. The deferrals before say why.", counted(n.expired.count, "message was", "messages were"), where(&n.expired))
	}
	if n.lostEHLO.count > 0 {
		add("left-after-ehlo", "info", "%s after EHLO without QUIT, the first at %s. A client that sees a SIZE below its message leaves like that, and so do scanners.", counted(n.lostEHLO.count, "session ended", "sessions ended"), where(&n.lostEHLO))
	}
	switch {
	case n.name.count > 0 && n.nameRefusals > 0:
		add("client-name", "warning", "A client's name did not lead back to its address %s, first at %s. It is not harmless here: reject_unknown_client_hostname has refused %s.", counted(n.name.count, "time", "times"), where(&n.name), counted(n.nameRefusals, "time", "times"))
	case n.name.count > 0:
		add("client-name", "info", "A client's name did not lead back to its address %s, first at %s. It is harmless: nothing in this log was refused for it.", counted(n.name.count, "time", "times"), where(&n.name))
	}
	n.absent(add)
	if n.born.count > 0 {
		add("new-account", "info", "%s refused as unknown and got mail within %s, the first at %s. New accounts reach this host late: look at how often recipients are synchronised.", counted(n.born.count, "recipient was", "recipients were"), spanWords(newcomerSpan), where(&n.born.noticeTally))
	}
	if n.auth.count > 0 {
		add("auth-failed", "info", "%s: password guessing, or a client with an old password.", counted(n.auth.count, "failed login", "failed logins"))
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

// counted puts a number before the word that fits it.
func counted(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.FormatInt(n, 10) + " " + many
}
