package report

import "strings"

// Hops is the way of a message from its writer to the mailbox, with the place
// where it stopped. Formats that are kept draw or list it.
type Hops []Hop

// Hop is one stop on the way.
type Hop struct {
	// Role says what the stop is: "sender", "sending host", "refused here".
	Role string
	// Name is an address or a host, Detail what happened there.
	Name, Detail string
	// Stopped says that the message came to its end here; Cut that it did not
	// get here from the stop before.
	Stopped, Cut bool
}

func (Hops) block() {}

// words says a stop in one line.
func (h *Hop) words() string {
	words := h.Role + ": " + orDash(h.Name)
	if h.Detail != "" {
		words += " (" + h.Detail + ")"
	}
	if h.Cut {
		words += ", not reached"
	}
	return words
}

// hops gives the way of a bounced message to one recipient.
func (b *Bounce) hops(r *Recipient) Hops {
	hops := Hops{{Role: "sender", Name: bareAddress(b.Original.From)}}
	if b.ReportingMTA != "" || b.Generator != "" {
		hops = append(hops, Hop{Role: "reported by", Name: orDash(b.ReportingMTA), Detail: b.Generator})
	}
	refused := r.RemoteMTA != Host{} && r.RemoteMTA.Name != b.ReportingMTA
	if refused {
		name := r.RemoteMTA.Name
		if name == "" {
			name = r.RemoteMTA.IP
		}
		hops = append(hops, Hop{Role: "refused by", Name: name, Detail: stageWords(r.Stage), Stopped: true, Cut: r.Stage == "connect"})
	} else {
		hops[len(hops)-1].Stopped = true
	}
	return append(hops, Hop{Role: "recipient", Name: r.FinalRecipient, Detail: r.Class, Cut: true})
}

// bareAddress gives the address of a header field without its display name.
func bareAddress(s string) string {
	if open, end := strings.LastIndexByte(s, '<'), strings.LastIndexByte(s, '>'); open >= 0 && end > open+1 {
		return s[open+1 : end]
	}
	return s
}
