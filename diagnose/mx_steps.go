package diagnose

import (
	"strings"

	"github.com/smtpdiag/smtpdiag/runbook"
)

// steps gives what to do next about the case at hand, the first thing first.
func (j *mxJudge) steps() []runbook.Step {
	switch j.v.Class {
	case runbook.ClassRoutingSplitDNS:
		return j.splitSteps()
	case runbook.ClassDomainBadMX:
		return j.badMXSteps()
	case runbook.ClassDomainNotFound:
		return j.notFoundSteps()
	case runbook.ClassDomainNullMX:
		return []runbook.Step{{
			Text:    "Stop sending to addresses of " + j.Domain + "; ask its people by another way if you hold that it should take mail.",
			Command: "dig +short MX " + j.Domain,
			Decide:  "\"0 .\" is the null MX. It is meant so until the domain's owner changes it.",
		}}
	case runbook.ClassDNSFailure:
		return j.failureSteps()
	default:
		return []runbook.Step{}
	}
}

// splitSteps leads to the side that has the old answer.
func (j *mxJudge) splitSteps() []runbook.Step {
	var steps []runbook.Step
	var authors, caches []int
	for i, a := range j.v.Answers {
		for _, n := range a.Views {
			switch {
			case j.Views[n].Kind == ViewAuthoritative:
				authors = append(authors, n)
			case i > 0: // the first answer is believed, or has the most views
				caches = append(caches, n)
			}
		}
	}
	speaking := 0
	for _, a := range j.v.Answers {
		if j.kinds(a.Views)[ViewAuthoritative] > 0 {
			speaking++
		}
	}
	if speaking > 1 {
		steps = append(steps, runbook.Step{
			Text:    "Compare the zone's serial on each of the domain's name servers.",
			Command: j.digEach(authors, "+norecurse +short SOA "+quote(j.Zone)),
			Decide:  "Different serials: the zone transfer to the lagging server is broken (NOTIFY, TSIG, firewall on TCP 53). The same serial: two primaries, or a view per client; only the domain's administrator can say which holds.",
		})
	}
	if again, failing := j.askAgain(failureServfail); failing {
		steps = append(steps, again)
	}
	if len(caches) > 0 {
		first := &j.Views[caches[0]]
		step := runbook.Step{
			Text:    "Ask " + server(first) + " again and watch the TTL.",
			Command: "dig" + at(first) + " MX " + j.Domain,
			Decide:  "A TTL that counts down: an old answer in a cache; flush it there, or wait it out. A TTL that starts anew: that resolver has its own source (a forward or stub zone, a local zone, a hosts view); correct that.",
		}
		if first.Kind == ViewSystem {
			step.Text = "Ask this machine's resolver " + first.Label + " again and watch the TTL: mail from here goes where it says."
		}
		steps = append(steps, step)
	}
	return append(steps, runbook.Step{
		Text:    "Until all agree, replay the refused recipient on the hosts of each answer.",
		Command: "smtpdiag probe postmaster@" + j.Domain,
		Decide:  "Refused by one answer's hosts only: the split is the cause of the bounces.",
	})
}

// digEach gives one dig a line for up to four views.
func (j *mxJudge) digEach(views []int, question string) string {
	var lines []string
	for _, i := range views[:min(len(views), 4)] {
		lines = append(lines, "dig"+at(&j.Views[i])+" "+question)
	}
	return strings.Join(lines, "\n")
}

// badMXSteps shows the domain's administrator what does not work.
func (j *mxJudge) badMXSteps() []runbook.Step {
	steps := []runbook.Step{{
		Text:    "Tell the administrator of " + j.Domain + " (by another way than this domain's mail) what its MX records lead to.",
		Command: "dig +noall +answer MX " + j.Domain,
		Decide:  "Each name behind MX needs an A or AAAA record of its own, with an address that is reached from the Internet, and no CNAME.",
	}}
	for _, h := range j.hosts(j.v.Answers[0]) {
		if h.name == "" || h.literal {
			continue
		}
		name := quote(h.name)
		steps = append(steps, runbook.Step{
			Text:    "Look up the mail host's address.",
			Command: "dig +noall +answer A " + name + " AAAA " + name,
			Decide:  "Nothing, NXDOMAIN, or 127.x and private addresses: mail cannot arrive. A misspelt host name is the usual cause.",
		})
		break
	}
	return append(steps, runbook.Step{
		Text: "If you are that administrator, correct the zone, raise its serial, and ask again once the TTL has run out.",
	})
}

// notFoundSteps tells a misspelt domain from one that has lapsed.
func (j *mxJudge) notFoundSteps() []runbook.Step {
	steps := []runbook.Step{{
		Text:    "Check the spelling of the domain in the address.",
		Command: "dig +noall +comments +authority MX " + j.Domain,
		Decide:  "The SOA record names the zone that says no: if that is the zone above, the whole domain is missing there (misspelt, lapsed, or its delegation was withdrawn).",
	}}
	if j.view(0).Route == RouteNoData {
		steps[0].Decide = "The domain is there: only its MX and address records are missing. Its administrator has to add an MX record."
		return steps
	}
	return append(steps, runbook.Step{
		Text:    "Look up whether the domain is registered.",
		Command: "whois " + j.Domain,
		Decide:  "Expired or on hold: its owner must renew it. Not found: the address is wrong; correct it and stop sending to it.",
	})
}

// askAgain gives the step that tells why the first resolver with that failure,
// or with any, makes no statement.
func (j *mxJudge) askAgain(failure string) (step runbook.Step, ok bool) {
	for i := range j.Views {
		v := &j.Views[i]
		if v.Route != RouteFailed || v.Kind == ViewAuthoritative || failure != "" && v.Failure != failure {
			continue
		}
		switch v.Failure {
		case failureTimeout, failureNoWay:
			return runbook.Step{
				Text:    "See whether this machine reaches " + server(v) + " at all.",
				Command: "dig +tries=1" + at(v) + " MX " + j.Domain,
				Decide:  "No answer: the resolver is down, or something on the way blocks port 53 for UDP or TCP. An answer now: it was slow; look at how long it took.",
			}, true
		case failureRefused:
			return runbook.Step{
				Text:    "Ask " + server(v) + " for another name.",
				Command: "dig" + at(v) + " MX example.com",
				Decide:  "REFUSED here too: it does not serve this machine; allow it there, or use another resolver. An answer: it refuses this name alone, by a rule of its own.",
			}, true
		}
		return runbook.Step{
			Text:    "Ask " + server(v) + " again, once with and once without the DNSSEC check.",
			Command: "dig" + at(v) + " MX " + j.Domain + "\ndig +cd" + at(v) + " MX " + j.Domain,
			Decide:  "SERVFAIL only without +cd: the domain's DNSSEC signatures are broken, its administrator must repair them. Both fail: the resolver cannot reach the name servers, or they fail themselves.",
		}, true
	}
	return runbook.Step{}, false
}

// failureSteps finds out who cannot answer.
func (j *mxJudge) failureSteps() []runbook.Step {
	var steps []runbook.Step
	if again, failing := j.askAgain(""); failing {
		steps = append(steps, again)
	}
	steps = append(steps, runbook.Step{
		Text:    "Walk down from the root and see where it stops.",
		Command: "dig +trace +nodnssec MX " + j.Domain,
		Decide:  "It stops at the domain's own name servers: they are down or lame. It stops at once: this machine may not ask name servers itself (firewall on port 53).",
	})
	return append(steps, runbook.Step{
		Text: "Leave the mail in the queue: a failed lookup says nothing about the address, and senders try again for days.",
	})
}
