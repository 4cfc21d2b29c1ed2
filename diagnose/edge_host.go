package diagnose

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/smtpdiag/smtpdiag/runbook"
)

// lastWords reads what the log says last about the address.
func (j *edgeJudge) lastWords() {
	c, ok := j.task("log-last-words", j.Address, &j.Log.EdgeTask)
	if !ok {
		return
	}
	var lines []string
	for _, l := range j.Log.Last {
		lines = append(lines, l.Text)
	}
	c.Output = strings.Join(lines, "\n")
	if len(lines) == 0 {
		c.Means = "The log does not speak of the address: it was neither refused nor delivered here in the time that the log covers."
		c.Decide = "Check that mail for the domain comes to this host at all (its MX records), or name older logs."
		j.add(c)
		return
	}
	last := &j.Log.Last[len(j.Log.Last)-1]
	c.Means = countText(j.Log.Refused, "refusal or failure", "refusals or failures") + " and " + countText(j.Log.Sent, "delivery", "deliveries") + " in the log. "
	if last.Class == "" {
		c.Means += "The last word was a delivery."
		c.Decide = "What was refused before works now, or only some senders are refused: compare the clients."
		j.add(c)
		return
	}
	c.Status = EdgeProblem
	c.Means += "The last word was a refusal: " + string(last.Class)
	if last.Gate != "" {
		c.Means += ", by the gate " + string(last.Gate)
	}
	if last.Setting != "" {
		c.Means += ", made by " + last.Setting
	}
	c.Means += "."
	c.Decide, c.points = "Look at that gate first (smtpdiag runbook "+string(last.Class)+").", true
	rank := 30
	if j.Probe.Accepted {
		rank = 10
	}
	j.cause(rank, last.Class, Medium, "The mail log's last word on the address is a refusal ("+string(last.Class)+"), and the checks here do not explain it better.", last.Items...)
	j.add(c)
}

// dependencies reads the log for directories and the like that failed.
func (j *edgeJudge) dependencies() {
	c, ok := j.task("dependency-errors", "", &EdgeTask{Command: dependencyCommand(j.Log.Command), Output: j.Log.Dependency, Skipped: j.Log.Skipped})
	if !ok {
		return
	}
	if j.Log.Dependencies == 0 {
		c.Means = "The log's last " + spanText(j.Log.Span) + " tell of no directory, database, policy service or milter that failed."
		j.add(c)
		return
	}
	c.Status = EdgeProblem
	c.Means = fmt.Sprintf("%d lines of the log's last %s tell of something that Postfix depends on and that failed; the last one is shown.", j.Log.Dependencies, spanText(j.Log.Span))
	c.Decide = "Repair the dependency; cache its answers, or let valid recipients in while it is down. Refusals in the same minutes are its doing."
	j.finding("dependency-failure", Error, fmt.Sprintf("%d log lines tell of a failed dependency: %s", j.Log.Dependencies, j.Log.Dependency))
	if j.Log.Refused > 0 || j.Probe.Code/100 == 4 {
		j.cause(40, runbook.ClassLookupTemporary, Medium, "Something that this host asks about recipients failed a short while ago: "+j.Log.Dependency)
	}
	j.add(c)
}

// dependencyCommand gives what a person would type to see the same lines.
func dependencyCommand(logCommand string) string {
	if logCommand == "" {
		return ""
	}
	return "grep -Ei 'warning|error|fatal' " + logCommand[strings.LastIndexByte(logCommand, ' ')+1:]
}

func spanText(d time.Duration) string {
	if d == 0 {
		return "lines"
	}
	if d >= 2*time.Hour {
		return strconv.Itoa(int(d.Hours())) + " hours"
	}
	return strconv.Itoa(int(d.Minutes())) + " minutes"
}

// limits looks for greylisting and limits, in the settings and in the log.
func (j *edgeJudge) limits() {
	c := EdgeCheck{Key: "greylisting-and-limits", Status: EdgeOK, Command: "postconf -n | grep -E 'check_policy_service|postscreen|_limit|_rate'"}
	if j.Postconf.Skipped != "" && j.Log.Skipped != "" {
		c.Status, c.Means = EdgeSkipped, "Not done: neither settings nor log could be read."
		j.add(c)
		return
	}
	var lines []string
	policy := false
	for i := range j.Settings {
		it := &j.Settings[i]
		if it.Host != "" && it.Host != j.Service || it.Field == "problem" {
			continue
		}
		switch {
		case strings.Contains(it.Text, "check_policy_service"):
			policy = true
		case strings.HasPrefix(it.Field, "smtpd_client_") && (strings.HasSuffix(it.Field, "_limit") || strings.HasSuffix(it.Field, "_rate_limit")):
		case strings.HasPrefix(it.Field, "postscreen_") && strings.HasSuffix(it.Field, "_action"), it.Field == "smtpd_recipient_limit":
		default:
			continue
		}
		lines = append(lines, it.Field+" = "+it.Text)
	}
	if j.Log.Throttle != "" {
		lines = append(lines, j.Log.Throttle)
	}
	c.Output = strings.Join(lines, "\n")
	switch {
	case j.Log.Throttled > 0:
		c.Status = EdgeProblem
		c.Means = fmt.Sprintf("%d lines of the log's last %s tell of greylisting or of a limit; the last one is shown. Such refusals pass (4xx), but senders who do not come back report a bounce.", j.Log.Throttled, spanText(j.Log.Span))
		c.Decide = "If the sender is legitimate and urgent, let its addresses pass for now, and see whether it comes back by itself."
	case policy:
		c.Means = "A policy service has a say in each recipient; the log shows no greylisting or limit of late."
	case len(lines) > 0:
		c.Means = "Limits are set; the log shows nobody who went over them of late."
	default:
		c.Means = "Neither greylisting nor a limit of one's own is set, and the log shows none."
	}
	j.add(c)
}

// exim reads what Exim says it would do.
func (j *edgeJudge) exim() {
	e := &j.Exim
	if e.Command == "" && e.Skipped == "" {
		return // there is no Exim
	}
	c, ok := j.task("exim-address-test", j.Address, &e.EdgeTask)
	if !ok {
		return
	}
	switch {
	case e.Routed:
		c.Means = "Exim has a router that takes the address. Its access lists may still refuse it at RCPT TO."
		c.Decide = "If it is refused, look at the access lists (acl_smtp_rcpt), not at the routers."
	case e.Deferred:
		c.Status = EdgeProblem
		c.Means = "Exim cannot tell now: something that its routers ask does not answer."
		c.Decide = "Repair what the message names (directory, database, DNS)."
		j.finding("dependency-failure", Error, "Exim cannot route the address now: "+e.Output)
		j.cause(100, runbook.ClassLookupTemporary, High, "Exim cannot find out now where mail for the address goes: "+e.Output)
	default:
		c.Status = EdgeProblem
		c.Means = "No router of Exim takes the address."
		c.Decide = "Look at the router that should take it (exim -bt -d+route shows which were asked and why they declined)."
		j.cause(50, runbook.ClassRecipientUnknown, High, "Exim has no router that takes the address: "+e.Output)
	}
	j.add(c)
}

// disks looks at the room for queue and mailboxes.
func (j *edgeJudge) disks() {
	for i := range j.Disks {
		d := &j.Disks[i]
		c, ok := j.task("disk-room", d.What+" "+d.Path, &d.EdgeTask)
		if !ok {
			continue
		}
		need := j.needed(d.What)
		share := percentUsed(d.Free, d.Total)
		inodes := percentUsed(d.InodesFree, d.InodesTotal)
		switch {
		case d.Total > 0 && d.Free < need:
			c.Status = EdgeProblem
			c.Means = fmt.Sprintf("%s are free for the %s. Postfix refuses all mail with 452 4.3.1 where less than 1.5 times message_size_limit, or queue_minfree, is free (%s).", sizeText(d.Free), d.What, sizeText(need))
			if d.What != "queue" {
				c.Means = fmt.Sprintf("%s are free for the %s: less than one message of the largest size (%s).", sizeText(d.Free), d.What, sizeText(need))
			}
			c.Decide = "Make room first: enlarge, clean up or move. Do not touch the settings while the disk is full."
			j.cause(90, runbook.ClassBackendStorageFull, High, "The file system of the "+d.What+" ("+d.Path+") is full.")
			j.finding("storage-full", Error, c.Means)
		case d.InodesTotal > 0 && d.InodesFree < 100:
			c.Status = EdgeProblem
			c.Means = fmt.Sprintf("No files can be made for the %s: %d of %d inodes are free, though there may be room.", d.What, d.InodesFree, d.InodesTotal)
			c.Decide = "Remove small files that nobody needs, or use a file system with more inodes."
			j.cause(90, runbook.ClassBackendStorageFull, High, "The file system of the "+d.What+" ("+d.Path+") has no inodes left.")
			j.finding("storage-full", Error, c.Means)
		case share >= 95 || inodes >= 95:
			c.Status = EdgeProblem
			c.Means = fmt.Sprintf("%d %% of the room and %d %% of the inodes are used: delivery agents begin to fail at this level.", share, inodes)
			c.Decide = "Make room before it is full."
			j.finding("storage-nearly-full", Warning, "The file system of the "+d.What+" is nearly full: "+c.Means)
		default:
			c.Means = fmt.Sprintf("%d %% of the room and %d %% of the inodes are used; %s are free.", share, inodes, sizeText(d.Free))
		}
		j.add(c)
	}
}

// needed gives how many bytes must be free: what smtpd(8) asks of the queue's
// file system, or one message of the largest size.
func (j *edgeJudge) needed(what string) uint64 {
	limit := parseUint(j.h.value("message_size_limit"), 10240000)
	if what != "queue" {
		return limit
	}
	return max(limit/2*3, parseUint(j.h.value("queue_minfree"), 0))
}

func parseUint(s string, otherwise uint64) uint64 {
	if n, err := strconv.ParseUint(strings.TrimSpace(s), 10, 62); err == nil {
		return n
	}
	return otherwise
}

func percentUsed(free, total uint64) int {
	if total == 0 || free > total {
		return 0
	}
	return int(float64(total-free) / float64(total) * 100)
}

// sizeText gives a number of bytes in the unit that fits.
func sizeText(n uint64) string {
	switch {
	case n >= 1<<30:
		return strconv.FormatFloat(float64(n)/(1<<30), 'f', 1, 64) + " GiB"
	case n >= 1<<20:
		return strconv.FormatFloat(float64(n)/(1<<20), 'f', 1, 64) + " MiB"
	}
	return strconv.FormatUint(n, 10) + " bytes"
}

// queue looks at the pressure.
func (j *edgeJudge) queue() {
	q := &j.Queue
	c, ok := j.task("queue-pressure", "", &q.EdgeTask)
	if !ok {
		return
	}
	c.Means = fmt.Sprintf("%s, %d of them deferred, %d on hold; %d have a recipient in %s.", countText(q.Messages, "message waits", "messages wait"), q.Deferred, q.Held, q.ForDomain, j.domain)
	if q.Messages > 0 && q.Oldest > 0 {
		c.Means += " The oldest came " + spanText(q.Oldest) + " ago."
	}
	switch {
	case q.Messages >= 20000:
		c.Status = EdgeProblem
		c.Means += " The limit of the active queue is reached: new mail waits behind old mail."
		c.Decide = "Repair delivery behind this host first (smtpdiag queue); slow the inflow down rather than refuse valid recipients."
		j.cause(35, runbook.ClassBackendUnavailable, Medium, "The queue of this host is overloaded: "+c.Means)
	case q.Messages >= 5000 || q.ForDomain >= 500:
		c.Status = EdgeProblem
		c.Decide = "See what holds the mail up (smtpdiag queue). Do not refuse valid recipients to slow it down."
	default:
		c.Decide = "Nothing, unless it grows: compare with a later listing (smtpdiag queue --since)."
	}
	j.add(c)
}

// certificate looks at the certificate on this host's port.
func (j *edgeJudge) certificate() {
	p := &j.Probe
	c, ok := j.task("certificate", "", &p.TLS)
	if !ok {
		return
	}
	switch {
	case !p.Offered:
		c.Means = "STARTTLS is not offered: senders that demand TLS do not deliver here."
		c.Decide = "Set smtpd_tls_security_level = may with a certificate, unless that is meant."
	case p.Problem != "":
		c.Status = EdgeProblem
		c.Means = "The certificate does not verify: " + p.Problem + ". Most senders do not mind; those with MTA-STS, DANE or a rule of their own do not deliver."
		c.Decide = "Renew the certificate, or install the right one with its chain."
		j.finding("tls-untrusted", Warning, "The certificate of this host does not verify: "+p.Problem)
	case p.HasCert && p.Days < 14:
		c.Status = EdgeProblem
		c.Means = fmt.Sprintf("The certificate verifies and expires in %d days.", p.Days)
		c.Decide = "Renew it now."
	default:
		c.Means = fmt.Sprintf("The certificate verifies and is good for %d more days.", p.Days)
	}
	j.add(c)
}

// selfProbe reads the dialogue with this host's own port.
func (j *edgeJudge) selfProbe() {
	p := &j.Probe
	c, ok := j.task("self-probe", "", &p.EdgeTask)
	if !ok {
		return
	}
	switch {
	case p.Accepted:
		c.Means = "This host takes the recipient from itself. A client from outside may meet checks that this host's own addresses (mynetworks) are spared."
		c.Decide = "If others are refused, compare the client: its address, name, sender and rate."
	case p.Answered:
		c.Status = EdgeProblem
		c.Means = "This host refuses the recipient: " + string(p.Class) + "."
		c.Decide, c.points = "Look at the look-ups: the refusal can be shown here and now, so no sender is at fault.", true
		j.cause(45, p.Class, High, "This host refuses the address: "+p.Reply, p.Items...)
	case p.Connected && p.Class != "" && p.Class != runbook.ClassUnknown:
		c.Status = EdgeProblem
		c.Means = "The dialogue ended before the recipient: " + string(p.Class) + "."
		c.Decide = "Read the last reply: who asks from here gets no further, and others may not either."
		j.cause(44, p.Class, Medium, "The dialogue with this host ends before RCPT TO ("+string(p.Class)+").", p.Items...)
	default:
		c.Status = EdgeProblem
		c.Means = "The dialogue did not come to the recipient."
		c.Decide = "Check that Postfix runs and listens there (postfix status, ss -ltn), or name the address with --host."
		if !p.Connected {
			j.cause(20, runbook.ClassNetworkUnreachable, Medium, "Nothing answers on this host's mail port: "+p.Output)
		}
	}
	j.add(c)
}

// settingsAtFault gives what the rules about settings found.
func (j *edgeJudge) settingsAtFault() {
	c, ok := j.task("settings-at-fault", "", &EdgeTask{Command: "smtpdiag postconf", Skipped: j.Postconf.Skipped})
	if !ok {
		return
	}
	var lines []string
	for _, f := range Settings(j.Settings) {
		if f.Service != "" && f.Service != j.Service || f.Severity == Info {
			continue
		}
		lines = append(lines, string(f.Severity)+": "+f.Setting+" = "+f.Value+" ("+f.Rule+")")
		if f.Severity == Error {
			c.Status = EdgeProblem
			key := f.Key
			if key == KeyDependencyFailure {
				key = "settings" // nothing has failed yet
			}
			j.finding(key, Error, f.Setting+" = "+f.Value+": "+f.Text)
		}
	}
	c.Output = strings.Join(lines, "\n")
	switch {
	case c.Status == EdgeProblem:
		c.Means, c.Decide = "Settings are in force that cause wrong refusals.", "Change these settings (smtpdiag postconf gives the lines)."
	case len(lines) > 0:
		c.Means, c.Decide = "Some settings are risky, none is known to refuse valid mail by itself.", "See smtpdiag postconf."
	default:
		c.Means = "No setting is known to cause wrong refusals."
	}
	j.add(c)
}
