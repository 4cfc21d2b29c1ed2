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

// way says all stops in one line.
func (hops Hops) way() string {
	var b strings.Builder
	for i, h := range hops {
		b.WriteString(h.join(i))
		b.WriteString(orDash(h.Name))
		if h.Detail != "" {
			b.WriteString(" (" + h.Detail + ")")
		}
	}
	return b.String()
}

// join says how a stop, by its index, follows the one before.
func (h *Hop) join(i int) string {
	join := ""
	switch {
	case i == 0:
	case h.Cut:
		join = " ... not reached: "
	default:
		join = " > "
	}
	if h.Stopped {
		join += "stopped at "
	}
	return join
}

// hops gives the way of a bounced message to one recipient.
func (b *Bounce) hops(r *Recipient) Hops {
	var hops Hops
	if from := bareAddress(b.Original.From); from != "" {
		hops = append(hops, Hop{Role: "sender", Name: from})
	}
	if b.ReportingMTA != "" || b.Generator != "" || len(hops) == 0 {
		hop := Hop{Role: "reported by", Name: b.ReportingMTA, Detail: b.Generator}
		if hop.Name == "" {
			hop.Name, hop.Detail = b.Generator, ""
		}
		hops = append(hops, hop)
	}
	if r.RemoteMTA != (Host{}) && r.RemoteMTA.Name != b.ReportingMTA {
		hop := Hop{Role: "next host", Name: r.RemoteMTA.Name, Detail: stageWords(r.Stage)}
		switch {
		case r.Stage == "connect":
			hop.Role = "tried"
		case r.Reply.Code >= 400:
			hop.Role = "refused by"
		}
		if hop.Name == "" {
			hop.Name = r.RemoteMTA.IP
		}
		hops = append(hops, hop)
	}
	end := Hop{Role: "recipient", Name: r.address(), Detail: r.Class}
	arrived := strings.HasPrefix(r.Class, "notice:") && r.Class != "notice:delayed"
	if !arrived && r.Action != "delivered" && r.Action != "relayed" && r.Action != "expanded" {
		hops[len(hops)-1].Stopped, end.Cut = true, true
	}
	return append(hops, end)
}

// bareAddress gives the address of a header field without its display name.
func bareAddress(s string) string {
	if open, end := strings.LastIndexByte(s, '<'), strings.LastIndexByte(s, '>'); open >= 0 && end > open+1 {
		return s[open+1 : end]
	}
	return s
}
