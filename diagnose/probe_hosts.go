package diagnose

import (
	"strings"

	"github.com/smtpdiag/smtpdiag/runbook"
)

// hostStand says how one mail host stands towards the target after all its sessions.
type hostStand uint8

const (
	standUnasked hostStand = iota
	standFault
	standAccepted
	standGreylisted
	standRefusedNow
	standRefused
)

// hostView is one mail host with its sessions.
type hostView struct {
	key      string
	sessions []int // indices into ProbeCase.Sessions
	decisive int   // the session that its stand comes from
	stand    hostStand
	verdict  Verdict
}

// gather puts the sessions of one host together and finds how it stands.
func (j *probeJudge) gather() {
	index := map[string]*hostView{}
	for i := range j.Sessions {
		s := &j.Sessions[i]
		key := s.Host + " " + s.IP
		if s.Why != "first" && index[key] == nil {
			key = j.firstOf(s.Host, index)
		}
		h := index[key]
		if h == nil {
			h = &hostView{key: key, decisive: -1}
			index[key] = h
			j.hosts = append(j.hosts, h)
		}
		h.sessions = append(h.sessions, i)
		j.weigh(h, i)
	}
}

// firstOf finds the host that a later session belongs to, where it reached
// another address of the same name.
func (j *probeJudge) firstOf(host string, index map[string]*hostView) string {
	for _, h := range j.hosts {
		if strings.HasPrefix(h.key, host+" ") && index[h.key] != nil {
			return h.key
		}
	}
	return host + " "
}

// weigh takes session i into account for how its host stands.
func (j *probeJudge) weigh(h *hostView, i int) {
	s := &j.Sessions[i]
	target := s.target()
	if target == nil {
		return
	}
	verdict := j.recipient(s, target)
	stand := standOf(s, target, verdict)
	switch {
	case h.decisive < 0:
	case s.Why == "retry" && stand == standAccepted && h.stand == standRefusedNow:
		// What was refused for now and then taken is greylisting, whatever
		// the words of the first reply were.
		h.stand = standGreylisted
		if h.verdict.Class != runbook.ClassPolicyGreylist {
			was := h.verdict
			h.verdict = ofClass(runbook.ClassPolicyGreylist, High)
			h.verdict.Evidence, h.verdict.Stage, h.verdict.Findings = was.Evidence, was.Stage, was.Findings
		}
		return
	case s.Why != "first" && s.Why != "plain-fallback" && stand < standAccepted && h.stand > standFault:
		return // a later try that failed for another reason takes nothing back
	case s.Why == "plain-fallback" && stand < standGreylisted:
		return // TLS is what is broken; that plain text gets through does not repair it
	}
	h.decisive, h.stand, h.verdict = i, stand, verdict
}

// target finds the address in question among a session's recipients.
func (s *SessionFact) target() *RecipientFact {
	for i := range s.Recipients {
		if s.Recipients[i].Role == "target" {
			return &s.Recipients[i]
		}
	}
	return nil
}

// standOf says how a host stands after one session.
func standOf(s *SessionFact, r *RecipientFact, v Verdict) hostStand {
	switch {
	case s.Fault == "canceled":
		return standUnasked
	case r.Accepted && v.Class == runbook.ClassNoticeDelivered:
		return standAccepted
	case r.Code >= 400 && r.Code < 500:
		return standRefusedNow
	case r.Code >= 500 || r.Accepted || r.Skipped == "smtputf8" || r.Skipped == "invalid" || r.Skipped == "too-long" || r.Skipped == "limit":
		return standRefused
	}
	return standFault
}

// decide finds the verdict over all hosts. A refusal by a reply counts before
// acceptance elsewhere, since it is what a bounce comes from, and for good
// before for now; a host that could not be asked counts only where none was.
func (j *probeJudge) decide() {
	best := (*hostView)(nil)
	for _, h := range j.hosts {
		if h.decisive >= 0 && (best == nil || standRank(h.stand) > standRank(best.stand)) {
			best = h
		}
	}
	if best != nil && best.stand != standUnasked {
		j.v.Verdict, j.v.Decisive = best.verdict, best.decisive
		j.v.Findings = append([]Finding{}, best.verdict.Findings...)
		return
	}
	switch {
	case j.Route != nil && j.Route.Class != "":
		j.v.Verdict = ofClass(j.Route.Class, j.Route.Confidence)
		if j.Route.Owner != "" {
			j.v.Owner = j.Route.Owner
		}
		j.v.Permanence, j.v.Suppress = j.Route.Permanence, j.Route.Suppress
	default:
		j.v.Verdict = ofClass(runbook.ClassUnknown, Low)
		j.v.Permanence = runbook.Temporary
	}
}

// standRank orders the standings for decide.
func standRank(s hostStand) int {
	switch s {
	case standRefused:
		return 5
	case standRefusedNow, standGreylisted:
		return 4
	case standAccepted:
		return 3
	case standFault:
		return 2
	case standUnasked:
	}
	return 1
}
