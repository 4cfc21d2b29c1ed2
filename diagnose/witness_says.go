package diagnose

import (
	"fmt"
	"strings"

	"github.com/smtpdiag/smtpdiag/runbook"
)

// say adds what a witness says.
func (j *witnessJudge) say(witness string, supports bool, format string, args ...any) {
	j.v.Statements = append(j.v.Statements, Statement{Witness: witness, Supports: supports, Says: fmt.Sprintf(format, args...)})
}

// listen collects what each witness says.
func (j *witnessJudge) listen() {
	w := &j.v.Words
	if b := j.Bounce; b != nil {
		j.say("bounce", j.v.Class == b.Verdict.Class || w.Refuser == "unlisted" || j.byEdge(b.Verdict.Class), "%s", j.bounceSays())
	}
	if j.RouteVerdict != nil {
		supports := w.Route == "works" && w.Refuser != "unnamed" || w.Route == "split" && j.v.Class == runbook.ClassRoutingSplitDNS ||
			j.v.Class == j.RouteVerdict.Class
		j.say("dns", supports, "%s", j.routeSays())
	}
	if j.Replay != nil && w.Replay != "unasked" {
		for _, h := range j.Replay.Hosts {
			j.say("replay", j.replaySupports(&h), "%s: %s", hostText(h.Host, h.IP), standSays(&h))
		}
	}
	if j.Refuser != nil {
		for _, h := range j.Refuser.Hosts {
			j.say("refusing-host", j.Bounce != nil && h.Class == j.Bounce.Verdict.Class, "%s, which DNS does not list: %s", hostText(h.Host, h.IP), standSays(&h))
		}
	}
	if j.Control && j.Replay != nil {
		j.controlSays()
	}
	if j.Random && j.Replay != nil {
		if w.Random == "accepted" {
			j.say("made-up", w.Replay != "accepted", "a made-up recipient is accepted, too")
		} else if w.Replay == "accepted" {
			j.say("made-up", true, "a made-up recipient is refused, so that acceptance means something")
		}
	}
	for _, l := range j.Local {
		supports := l.Kind == LocalDependency || l.Kind == LocalRefusal && l.Class == j.v.Class
		j.say("host", supports, "%s (%s)", l.Text, placeOf(&l))
	}
	j.edgeSays()
}

// controlSays says what the known-good recipient got.
func (j *witnessJudge) controlSays() {
	switch {
	case j.v.Words.Subject == "everybody":
		j.say("control", true, "the known-good recipient is refused, too")
	case hasFinding(j.Replay.Findings, KeyRejectsEverything):
		j.say("control", false, "the known-good recipient is refused by some hosts, too")
	case j.v.Words.Replay == "refused" || j.v.Words.Replay == "mixed" || j.v.Words.Replay == "deferred":
		j.say("control", j.v.Words.Subject == "recipient", "the known-good recipient is accepted")
	}
}

// bounceSays sums the bounce up.
func (j *witnessJudge) bounceSays() string {
	b := j.Bounce
	said := string(b.Verdict.Class)
	if !b.Reply.IsZero() {
		said += ", \"" + strings.Join(strings.Fields(b.Reply.String()), " ") + "\""
	}
	from := " (no host is named)"
	if b.Host != "" || b.IP != "" {
		from = " from " + hostText(b.Host, b.IP)
	}
	if stage := b.Verdict.Stage; stage != "" {
		from += " " + AtStage(stage)
	}
	if !b.Time.IsZero() {
		from += ", " + b.Time.UTC().Format("2006-01-02 15:04:05 UTC")
	}
	return said + from
}

// routeSays sums DNS up.
func (j *witnessJudge) routeSays() string {
	v := j.RouteVerdict
	if len(v.Answers) == 1 && v.Class == "" {
		return "every server that answers says: " + v.Answers[0].Text
	}
	return v.Text
}

// standSays says what a host did, with its words.
func standSays(h *HostVerdict) string {
	word := map[HostStand]string{
		HostAccepts: "accepts", HostRefuses: "refuses", HostDefers: "refuses for now", HostGreylisted: "accepts on the later try",
		HostFaulty: "gives no answer", HostUnasked: "was not asked",
	}[h.Stand]
	if h.Stand != HostAccepts && h.Stand != HostUnasked {
		word += " (" + string(h.Class) + ")"
	}
	if h.Said != "" {
		word += ", \"" + strings.Join(strings.Fields(h.Said), " ") + "\""
	}
	return word
}

// replaySupports reports whether what a host does now speaks for the verdict.
func (j *witnessJudge) replaySupports(h *HostVerdict) bool {
	switch j.v.Entry.Key {
	case "tls-fault":
		return h.Class.Gate() == "tls" || h.TLS != "" && (h.TLS != "verified" || j.v.Class == runbook.ClassTLSRequired)
	case "accepted-now", "delay-over", "accepted", "refused-message", "sender-refused", "greylisted", "temporary-as-final", "stale-gateway", "own-system", "own-relay", "behind-gateway":
		return h.Stand == HostAccepts || h.Stand == HostGreylisted || h.Stand == HostDefers && j.v.Entry.Key == "temporary-as-final"
	case "split-dns":
		return j.v.Words.Replay == "mixed" // each answer leads to another result
	case "inconsistent-hosts", "control-refused", "nothing-reachable", "prober-refused":
		return true
	}
	return h.Class == j.v.Class || j.byEdge(h.Class)
}

// hostText gives a host as a person reads it.
func hostText(name, ip string) string {
	switch {
	case ip == "" || ip == name:
		return name
	case name == "":
		return "[" + ip + "]"
	}
	return name + " [" + ip + "]"
}

// placeOf says where a local witness stands.
func placeOf(l *LocalWitness) string {
	if l.Line > 0 {
		return fmt.Sprintf("%s:%d", l.Source, l.Line)
	}
	return l.Source
}

// contradict lists where the witnesses differ in a way that the verdict does
// not explain.
func (j *witnessJudge) contradict() {
	add := func(format string, args ...any) {
		j.v.Contradictions = append(j.v.Contradictions, fmt.Sprintf(format, args...))
	}
	w := &j.v.Words
	b := j.Bounce
	settled := j.Replay != nil && b != nil && j.Replay.Class == b.Verdict.Class
	if b != nil && !settled && warns(b.Verdict.Findings, FindingCodeMismatch) {
		add("The codes of the bounce and its words name different causes.")
	}
	if b != nil && j.Replay != nil {
		switch {
		case (w.Replay == "refused" || w.Replay == "mixed") && w.Subject != "prober" && b.Verdict.Class != j.Replay.Class && namesCause(b.Verdict.Class):
			add("The bounce says %s, the mail hosts now say %s.", b.Verdict.Class, j.Replay.Class)
		case w.Bounce == "refused" && w.Replay == "deferred":
			add("The bounce says that the refusal is final, the mail hosts now refuse for now (%s).", j.Replay.Class)
		case w.Bounce == "refused" && w.Replay == "greylisted":
			add("The bounce says that the refusal is final, the mail hosts now accept after a while.")
		case w.Bounce == "network" && w.Replay == "unreachable" && j.Replay.Class.Gate() != "network":
			add("The bounce says %s, a mail host now says %s.", b.Verdict.Class, j.Replay.Class)
		case w.Bounce == "network" && w.Replay == "accepted":
			add("The sender could not connect, this machine can.")
		}
		if w.Refuser == "listed" && w.Replay != "unasked" {
			j.contradictRefuser(add)
		}
	}
	if w.Refuser == "unlisted" && w.Replay == "refused" {
		add("The listed mail hosts refuse as well (%s): the wrong host was asked, and the right ones would not have taken it either.", j.Replay.Class)
	}
	if w.Route == "split" && j.v.Class != runbook.ClassRoutingSplitDNS {
		add("Resolvers disagree on the mail hosts, too.")
	}
	j.contradictEdge(add)
	for _, l := range j.Local {
		if l.Kind == LocalRefusal && l.Class != "" && b != nil && l.Class != b.Verdict.Class {
			add("The log says %s (%s), the bounce says %s.", l.Class, placeOf(&l), b.Verdict.Class)
		}
	}
}

// isRefuser reports whether a mail host is the one that the bounce names.
func (j *witnessJudge) isRefuser(h *HostVerdict) bool {
	return j.Bounce.Host != "" && hostKey(h.Host) == hostKey(j.Bounce.Host) || j.Bounce.IP != "" && h.IP == j.Bounce.IP
}

// contradictRefuser says so where the refusing host now differs from the rest.
func (j *witnessJudge) contradictRefuser(add func(string, ...any)) {
	for _, h := range j.Replay.Hosts {
		if j.isRefuser(&h) && h.Stand == HostFaulty && (j.v.Words.Replay == "accepted" || j.v.Words.Replay == "refused") {
			add("The host that refused (%s) gives no answer now, so that only others speak: %s.", hostText(h.Host, h.IP), h.Said)
			return
		}
		if j.isRefuser(&h) && h.Stand == HostAccepts && j.v.Words.Replay == "mixed" {
			add("The host that refused (%s) accepts now, and others refuse.", hostText(h.Host, h.IP))
			return
		}
	}
}
