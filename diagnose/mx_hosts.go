package diagnose

import (
	"slices"

	"github.com/smtpdiag/smtpdiag/runbook"
)

// hostFact is what all views of one answer together tell about a mail host.
type hostFact struct {
	name      string
	literal   bool
	alias     string
	addresses []MailAddress
	// none says that a view found for certain that there is no address;
	// failure is the error where none could.
	none    bool
	failure string
}

// invalid looks for mail hosts that cannot work, in every answer. Where the
// answers agree and none of the hosts works, that decides on the class.
func (j *mxJudge) invalid() {
	for i, a := range j.v.Answers {
		route := j.Views[a.Views[0]].Route
		if route != RouteMX && route != RouteImplicit {
			continue
		}
		suffix := ""
		if len(j.v.Answers) > 1 {
			suffix = " So " + verb(len(a.Views), "says ", "say ") + j.servers(a.Views) + "."
		}
		usable, failing := j.judgeHosts(a, suffix)
		if usable > 0 || j.v.Class != "" && j.v.Class != runbook.ClassDNSFailure || i > 0 {
			continue
		}
		if failing > 0 {
			j.v.Class, j.v.Text = runbook.ClassDNSFailure, "The domain names mail hosts, and their addresses cannot be looked up now."
			continue
		}
		j.v.Class, j.v.Text = runbook.ClassDomainBadMX, "None of the mail hosts that the domain names can work."
	}
}

// judgeHosts adds the findings about the hosts of one answer, and counts those
// that can work and those whose address lookup failed for now.
func (j *mxJudge) judgeHosts(a MailAnswer, suffix string) (usable, failing int) {
	hosts := j.hosts(a)
	type fault struct{ key, text string }
	var faults []fault
	null := false
	for _, h := range hosts {
		key, text, works := h.judge()
		if h.name == "" {
			null = true
		}
		if works {
			usable++
		}
		if key == keyUnresolved {
			failing++
		}
		if text != "" {
			faults = append(faults, fault{key, text})
		}
	}
	severity := Warning
	if usable == 0 {
		severity = Error
	}
	if null {
		j.find(keyMXInvalid, Error, "There is a null MX beside other MX records. It must stand alone (RFC 7505, section 3):"+
			" some senders will hold that the domain takes no mail, others use the rest."+suffix, a.Views...)
		if len(j.v.Answers) == 1 && j.v.Class == "" {
			j.v.Class, j.v.Text = runbook.ClassDomainBadMX, "The domain says with a null MX that it takes no mail, and names mail hosts beside it."
		}
	}
	for _, f := range faults {
		j.find(f.key, severity, f.text+suffix, a.Views...)
	}
	return usable, failing
}

// hosts merges what the views of one answer tell about each host, in the order
// of the first view.
func (j *mxJudge) hosts(a MailAnswer) []*hostFact {
	var order []*hostFact
	index := map[string]*hostFact{}
	for _, i := range a.Views {
		for _, h := range j.Views[i].Hosts {
			f := index[h.Name]
			if f == nil {
				f = &hostFact{name: h.Name}
				index[h.Name] = f
				order = append(order, f)
			}
			f.literal = f.literal || h.Literal
			if h.Alias != "" {
				f.alias = h.Alias
			}
			for _, addr := range h.Addresses {
				if !slices.Contains(f.addresses, addr) {
					f.addresses = append(f.addresses, addr)
				}
			}
			switch {
			case len(h.Addresses) > 0:
			case h.Failure == "" || h.Failure == failureNXDomain:
				f.none = true
			default:
				f.failure = h.Failure
			}
		}
	}
	return order
}

// judge says what is wrong with a host, and whether mail can get there.
func (h *hostFact) judge() (key, text string, works bool) {
	switch {
	case h.name == "":
		return "", "", false
	case h.literal:
		return keyMXInvalid, "The MX points to the IP address " + h.name + " in the place of a name, which senders look up in vain (RFC 5321, section 5.1).", false
	case len(h.addresses) == 0 && h.none && h.alias != "":
		return keyMXInvalid, "The MX points to " + h.name + ", which is an alias (CNAME) for " + h.alias + ", and that has no address.", false
	case len(h.addresses) == 0 && h.none:
		return keyMXInvalid, "The MX points to " + h.name + ", which has no address.", false
	case len(h.addresses) == 0:
		return keyUnresolved, "The address of the mail host " + h.name + " cannot be looked up now: " + FailureWords(h.failure) + ".", false
	}
	special := []string{}
	for _, addr := range h.addresses {
		if addr.Special != "" {
			special = append(special, addr.IP+", "+addr.Special)
		}
	}
	if len(special) > 0 {
		works = len(special) < len(h.addresses)
		text = "The mail host " + h.name + " has an address that no mail from the Internet can reach: " + list(special) + "."
		return keyMXInvalid, text, works
	}
	if h.alias != "" {
		return keyMXInvalid, "The MX points to " + h.name + ", which is an alias (CNAME) for " + h.alias +
			". An MX must name a host itself (RFC 2181, section 10.3); some senders refuse it, and some rewrite the address.", true
	}
	return "", "", true
}
