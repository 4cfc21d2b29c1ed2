package diagnose

import (
	"fmt"
	"slices"
	"strings"

	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// The keys of findings about probes.
const (
	KeyInconsistentHosts = "inconsistent-hosts"
	KeyAcceptsAnything   = "accepts-anything"
	KeyRejectsEverything = "rejects-everything"
	KeyGreylisting       = "greylisting"
	KeyTLSUntrusted      = "tls-untrusted"
	KeyRDNSMismatch      = "rdns-mismatch"
	KeySlowStage         = "slow-stage"
	keyDelayedReject     = "delayed-reject"
	// KeyProberRefused says that the refusal is about who asked.
	KeyProberRefused = "prober-refused"
	// KeyInjection says that plain text stood between STARTTLS and TLS.
	KeyInjection = "starttls-injection"
	// KeyVariantAccepted says that another spelling of the address is taken.
	KeyVariantAccepted = "variant-accepted"
	// KeyRecipientLimit says that a transaction takes few recipients.
	KeyRecipientLimit = "recipient-limit"
	// KeyHostDown says that one of several mail hosts could not be asked.
	KeyHostDown = "host-unreachable"
)

// SlowMillis is the time from which on a stage is unusually slow. Servers on
// other continents answer well within it.
const SlowMillis = 2000

// findings collects the facts that a reader could otherwise miss, the gravest
// first.
func (j *probeJudge) findings() {
	j.aboutProber()
	j.inconsistent()
	j.control()
	j.random()
	j.greylisting()
	j.delayed()
	j.transport()
	j.reverse()
	j.slow()
	j.variants()
	j.full()
	j.down()
	if j.Route != nil {
		for _, f := range j.Route.Findings {
			j.add(f)
		}
	}
	slices.SortStableFunc(j.v.Findings, func(a, b Finding) int { return gravity(b.Severity) - gravity(a.Severity) })
}

// add adds a finding, one of each key.
func (j *probeJudge) add(f Finding) {
	if !slices.ContainsFunc(j.v.Findings, func(g Finding) bool { return g.Key == f.Key }) {
		j.v.Findings = append(j.v.Findings, f)
	}
}

func (j *probeJudge) find(key string, severity Severity, format string, args ...any) {
	j.add(Finding{Key: key, Severity: severity, Text: fmt.Sprintf(format, args...)})
}

// name gives a host as a person reads it.
func (h *hostView) name(j *probeJudge) string {
	s := &j.Sessions[h.sessions[0]]
	if h.decisive >= 0 {
		s = &j.Sessions[h.decisive]
	}
	if s.IP == "" || s.IP == s.Host {
		return s.Host
	}
	return s.Host + " [" + s.IP + "]"
}

// names lists the hosts for which keep holds.
func (j *probeJudge) names(keep func(*hostView) bool) []string {
	var out []string
	for _, h := range j.hosts {
		if keep(h) {
			out = append(out, h.name(j))
		}
	}
	return out
}

// aboutClient reports whether a class speaks of who asks.
func aboutClient(class runbook.Class) bool {
	return class.Gate() == "sender" || slices.Contains([]runbook.Class{
		runbook.ClassPolicyBlocklist, runbook.ClassPolicyReputation, runbook.ClassPolicyRDNS, runbook.ClassPolicyHELO,
		runbook.ClassPolicyConnections, runbook.ClassPolicyRateLimit, runbook.ClassPolicyAbuse, runbook.ClassAuthSPF,
		runbook.ClassAuthUnauthenticated, runbook.ClassAuthSMTPRequired,
	}, class)
}

// aboutProber says so when the prober itself is what is refused.
func (j *probeJudge) aboutProber() {
	if j.v.Decisive < 0 {
		return
	}
	s := &j.Sessions[j.v.Decisive]
	early := j.v.Stage == smtp.StageBanner || j.v.Stage == smtp.StageEHLO || j.v.Stage == smtp.StageMail
	local := j.v.Class == runbook.ClassPolicyLocal && early
	if s.Fault != "" || !local && !aboutClient(j.v.Class) {
		return
	}
	j.v.AboutProber = true
	what := "its address, its HELO name or its sender"
	switch {
	case j.v.Class == runbook.ClassPolicyHELO:
		what = "its HELO name"
	case j.v.Class.Gate() == "sender":
		what = "its envelope sender " + senderWords(j.Prober.From)
	case j.v.Class.Gate() == "policy":
		what = "its address"
		if j.Prober.IP != "" {
			what += " " + j.Prober.IP
		}
	}
	j.find(KeyProberRefused, Warning,
		"What is refused is the prober (%s), not the recipient: whether %s exists is not known from here. Probe from the host that sends the mail, with its own sender and HELO name.",
		what, j.Address)
}

// senderWords shows an envelope sender.
func senderWords(from string) string { return "<" + from + ">" }

// inconsistent compares how the hosts stand.
func (j *probeJudge) inconsistent() {
	accepted := j.names(func(h *hostView) bool { return h.stand == standAccepted || h.stand == standGreylisted })
	refused := j.names(func(h *hostView) bool { return h.stand == standRefused || h.stand == standRefusedNow })
	if len(accepted) > 0 && len(refused) > 0 {
		j.v.Suppress = false // somebody there knows the address
		j.find(KeyInconsistentHosts, Error, "%s %s the recipient, %s %s it: the mail hosts do not have the same recipient data or policy.",
			list(accepted), verb(len(accepted), "accepts", "accept"), list(refused), verb(len(refused), "refuses", "refuse"))
		return
	}
	var classes []runbook.Class
	var said []string
	for _, h := range j.hosts {
		if h.stand == standRefused || h.stand == standRefusedNow {
			if !slices.Contains(classes, h.verdict.Class) {
				classes = append(classes, h.verdict.Class)
				said = append(said, h.name(j)+": "+string(h.verdict.Class))
			}
		}
	}
	if len(classes) > 1 {
		j.find(KeyInconsistentHosts, Warning, "The mail hosts refuse for different reasons: %s.", strings.Join(said, "; "))
	}
}

// roles looks through the decisive sessions for recipients of a role. keep says
// whether one counts; the names of their hosts are given.
func (j *probeJudge) roles(role string, keep func(s *SessionFact, r *RecipientFact) bool) []string {
	return j.names(func(h *hostView) bool {
		for _, i := range h.sessions {
			s := &j.Sessions[i]
			for n := range s.Recipients {
				if r := &s.Recipients[n]; r.Role == role && keep(s, r) {
					return true
				}
			}
		}
		return false
	})
}

// control says so when the known-good recipient is refused as well.
func (j *probeJudge) control() {
	if j.v.Class == runbook.ClassNoticeDelivered {
		return
	}
	good := j.roles("control", func(_ *SessionFact, r *RecipientFact) bool { return r.Accepted })
	bad := j.roles("control", func(s *SessionFact, r *RecipientFact) bool {
		return r.Code >= 400 && j.recipient(s, r).Class != runbook.ClassPolicyRecipients
	})
	if len(bad) == 0 {
		return
	}
	severity := Error
	if len(good) > 0 {
		severity = Warning
	}
	j.find(KeyRejectsEverything, severity, "%s %s the known-good recipient, too: the fault is not this recipient.",
		list(bad), verb(len(bad), "refuses", "refuse"))
	if len(good) == 0 && !j.v.AboutProber {
		j.v.Confidence = Low
		if j.v.Class == runbook.ClassRecipientUnknown {
			j.v.Suppress = false // nothing is proven about this address
		}
	}
}

// random says so when a made-up recipient is accepted.
func (j *probeJudge) random() {
	hosts := j.roles("random", func(_ *SessionFact, r *RecipientFact) bool { return r.Accepted })
	if len(hosts) == 0 {
		return
	}
	j.find(KeyAcceptsAnything, Warning, "%s %s a made-up recipient, too, so that acceptance proves nothing: a catch-all, or recipients are checked only after DATA.",
		list(hosts), verb(len(hosts), "accepts", "accept"))
	if j.v.Class == runbook.ClassNoticeDelivered {
		j.v.Confidence = Low
	}
}

func (j *probeJudge) greylisting() {
	hosts := j.names(func(h *hostView) bool { return h.stand == standGreylisted })
	if len(hosts) > 0 {
		j.find(KeyGreylisting, Info, "%s refused at first and accepted on the later try: this is greylisting, and a sender that tries again gets in.", list(hosts))
	}
}

// delayed says so when RCPT TO is answered with what was known before it.
func (j *probeJudge) delayed() {
	gate := j.v.Class.Gate()
	if j.v.Stage != smtp.StageRcpt || !aboutClient(j.v.Class) || gate == "auth" && j.v.Class != runbook.ClassAuthSPF ||
		j.v.Class == runbook.ClassPolicyRateLimit || j.v.Class == runbook.ClassPolicyAbuse {
		return
	}
	j.find(keyDelayedReject, Info,
		"The refusal came at RCPT TO and is about the client, its HELO name or the sender, which the server knew before: it waits for RCPT TO so that its log names the recipient (smtpd_delay_reject in Postfix).")
}

// reverse speaks of the prober's reverse name where it may matter.
func (j *probeJudge) reverse() {
	switch {
	case j.v.Class == runbook.ClassPolicyRDNS:
		text := "The server finds no matching reverse name for the probing address"
		if j.Prober.IP != "" {
			text += " " + j.Prober.IP
		}
		if j.Prober.ReverseText != "" {
			text += " (seen from here: " + j.Prober.ReverseText + ")"
		}
		j.find(KeyRDNSMismatch, Warning, "%s.", text)
	case j.Prober.Reverse == "none" || j.Prober.Reverse == "mismatch":
		severity := Info
		if j.v.AboutProber {
			severity = Warning
		}
		j.find(KeyRDNSMismatch, severity, "The probing address %s has no matching reverse name (%s): refusals may be about the prober.",
			j.Prober.IP, j.Prober.ReverseText)
	}
}

// slow names the slowest stage.
func (j *probeJudge) slow() {
	var text []string
	for _, h := range j.hosts {
		worst := SlowFact{}
		for _, i := range h.sessions {
			for _, s := range j.Sessions[i].Slow {
				if s.Millis >= SlowMillis && s.Millis > worst.Millis {
					worst = s
				}
			}
		}
		if worst.Millis > 0 {
			text = append(text, fmt.Sprintf("%s took %.1f s %s", h.name(j), float64(worst.Millis)/1000, stageName(worst.Stage)))
		}
	}
	if len(text) > 0 {
		j.find(KeySlowStage, Warning, "%s: a tarpit, or a slow directory, block list or callout behind it.", strings.Join(text, "; "))
	}
}

// stageName says where the dialogue stood.
func stageName(stage smtp.Stage) string {
	switch stage {
	case smtp.StageConnect:
		return "to take the connection"
	case smtp.StageBanner:
		return "to greet"
	case smtp.StageSTARTTLS:
		return "for STARTTLS"
	case smtp.StageMail:
		return "to answer MAIL FROM"
	case smtp.StageRcpt:
		return "to answer RCPT TO"
	case smtp.StageEHLO, smtp.StageAuth, smtp.StageData, smtp.StageEOD, smtp.StageUnknown:
	}
	return "to answer " + strings.ToUpper(string(stage))
}

// variants says so when another spelling is accepted although the target is not.
func (j *probeJudge) variants() {
	if j.v.Class == runbook.ClassNoticeDelivered {
		return
	}
	var taken []string
	for i := range j.Sessions {
		for n := range j.Sessions[i].Recipients {
			r := &j.Sessions[i].Recipients[n]
			if r.Role == "variant" && r.Accepted && !slices.Contains(taken, r.Address) {
				taken = append(taken, r.Address)
			}
		}
	}
	if len(taken) > 0 {
		j.find(KeyVariantAccepted, Warning, "Another spelling is accepted: %s. The recipient exists, and the map lacks the spelling that was asked for.", list(taken))
	}
}

// full says so when a server takes fewer recipients at once than were named.
func (j *probeJudge) full() {
	for i := range j.Sessions {
		for n := range j.Sessions[i].Recipients {
			if j.Sessions[i].Recipients[n].Full {
				j.find(KeyRecipientLimit, Info, "%s takes only so many recipients in one transaction; the rest was asked about in another.", j.Sessions[i].Host)
			}
		}
	}
}

// down names the hosts that could not be asked where others could.
func (j *probeJudge) down() {
	if j.v.Decisive < 0 || j.Sessions[j.v.Decisive].Fault != "" {
		return
	}
	var text []string
	for _, h := range j.hosts {
		if h.stand == standFault && h.decisive >= 0 {
			text = append(text, h.name(j)+" ("+j.Sessions[h.decisive].FaultText+")")
		}
	}
	if len(text) > 0 {
		j.find(KeyHostDown, Warning, "Not every mail host could be asked: %s. Senders that come to them wait or go to another.", strings.Join(text, "; "))
	}
}
