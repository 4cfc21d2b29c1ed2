package diagnose

import "github.com/smtpdiag/smtpdiag/runbook"

// HostStand says how one mail host stands towards an address after all its
// sessions.
type HostStand string

// The standings.
const (
	HostAccepts    HostStand = "accepted"
	HostRefuses    HostStand = "refused"    // for good
	HostDefers     HostStand = "deferred"   // refused for now
	HostGreylisted HostStand = "greylisted" // refused at first, taken on the later try
	HostFaulty     HostStand = "fault"      // no answer about the recipient
	HostUnasked    HostStand = "unasked"
)

// HostVerdict is the judgement on one mail host.
type HostVerdict struct {
	Host, IP string
	Stand    HostStand
	Class    runbook.Class
	// Permanence is what the refusal is by its cause, whatever its code says.
	Permanence runbook.Permanence
	// TLS is the outcome of STARTTLS, in the words of TLSFact.
	TLS string
	// Said is the reply that decided, or the fault in words, in one line.
	Said string
}

// hostVerdicts gives the standing of each host, in the order of the sessions.
func (j *probeJudge) hostVerdicts() []HostVerdict {
	stands := [...]HostStand{
		standUnasked: HostUnasked, standFault: HostFaulty, standAccepted: HostAccepts,
		standGreylisted: HostGreylisted, standRefusedNow: HostDefers, standRefused: HostRefuses,
	}
	var out []HostVerdict
	for _, h := range j.hosts {
		s := &j.Sessions[h.sessions[0]]
		if h.decisive >= 0 {
			s = &j.Sessions[h.decisive]
		}
		v := HostVerdict{Host: s.Host, IP: s.IP, Stand: stands[h.stand], Class: h.verdict.Class, Permanence: h.verdict.Permanence, TLS: s.TLS.Outcome, Said: s.FaultText}
		if r := s.target(); r != nil && r.Code != 0 && len(r.Items) > 0 {
			v.Said = r.Items[0].Text
		}
		out = append(out, v)
	}
	return out
}
