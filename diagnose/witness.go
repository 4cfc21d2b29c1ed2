package diagnose

import (
	"time"

	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// WitnessCase is all that is known about one recipient who was refused, or
// about one address: what the bounce says, what DNS says, what the mail hosts
// say when they are asked again, and what a host's own files say. Any of them
// may be missing.
type WitnessCase struct {
	Recipient string
	// Bounce is nil where an address was given.
	Bounce *BounceWitness
	// Route and RouteVerdict are nil where DNS was not asked.
	Route        *MXCase
	RouteVerdict *MXVerdict
	// Asked is when name servers were asked; zero where they were not.
	Asked time.Time
	// Replay is nil where no mail host was asked; Refuser is the same for the
	// host that the bounce names and DNS does not, nil where it was not asked.
	Replay  *ProbeVerdict
	Refuser *ProbeVerdict
	// Banners are the names that the hosts of Replay gave of themselves.
	Banners []string
	// Control and Random say that such a recipient was asked about, too.
	Control, Random bool
	// Local is what a log, a queue or settings say.
	Local []LocalWitness
	// Edge is what the checks on a receiving host say, nil where there are none.
	Edge *EdgeWitness
}

// BounceWitness is what a bounce says about the recipient.
type BounceWitness struct {
	Verdict Verdict
	// Host and IP name who refused, Reporter who made the report, Sender is the
	// envelope sender; each may be "".
	Host, IP, Reporter, Sender string
	// Action is that of the report: "failed", "delayed".
	Action string
	Reply  smtp.Reply
	// Time is when it was refused; zero where nothing tells.
	Time time.Time
}

// LocalWitness is one thing that the files of a host say about the case.
type LocalWitness struct {
	// Kind is LocalDependency, LocalRefusal, LocalSetting or LocalQueue.
	Kind LocalKind
	// Class is that of a refusal, or "".
	Class runbook.Class
	Text  string
	// Source and Line say where it stands.
	Source string
	Line   int
}

// LocalKind says what sort of evidence a LocalWitness is.
type LocalKind string

// The kinds of evidence of a host.
const (
	LocalDependency LocalKind = "dependency" // a directory, map or backend that failed at the time
	LocalRefusal    LocalKind = "refusal"    // refusals of this recipient in a log
	LocalSetting    LocalKind = "setting"    // a setting that causes wrong refusals
	LocalQueue      LocalKind = "queue"      // mail for the domain that is stuck
)

// Words is a case in words: one for each witness. They are what the table of
// verdicts is written in.
type Words struct {
	// Bounce: none, refused, late (about the message), client (about who sent),
	// temporary (for now, and reported as final), expired (given up, and no cause
	// is named), delayed, network, tls, own (the reporting system asked no mail
	// host).
	Bounce string
	// Refuser: unnamed, listed (in the MX set), unlisted, behind (the report is
	// by a listed host), relay (of the sender's own side).
	Refuser string
	// Route: unasked, works, split, broken, failed.
	Route string
	// Replay: unasked, accepted, refused, deferred, greylisted, mixed, tls,
	// unreachable.
	Replay string
	// Subject is whom a refusal now is about: nobody, recipient, prober, sender
	// (as in the bounce), everybody (the control, too).
	Subject string
	// Random: unknown, accepted.
	Random string
	// Local: none, dependency.
	Local string
	// Edge, the checks on a receiving host: none, nothing (was found), takes (the
	// recipient), lacks (it), fault (in tables, look-ups, room or policy).
	Edge string
}

// WordsOf puts a case in words.
func WordsOf(c *WitnessCase) Words {
	return Words{
		Bounce: c.bounceWord(), Refuser: c.refuserWord(), Route: c.routeWord(), Replay: c.replayWord(),
		Subject: c.subjectWord(), Random: c.randomWord(), Local: c.localWord(), Edge: c.edgeWord(),
	}
}

// bounceWord says what sort of refusal the bounce reports.
func (c *WitnessCase) bounceWord() string {
	b := c.Bounce
	if b == nil {
		return "none"
	}
	v := &b.Verdict
	gate := v.Class.Gate()
	switch {
	case b.Action == "delayed":
		return c.delayWord()
	case (gate == "sender" || gate == "domain" || gate == "dns") && c.ownSystem():
		return "own"
	case gate == "network":
		return "network"
	case gate == "tls":
		return "tls"
	case aboutClient(v.Class) && !passing(v.Class) || v.Class == runbook.ClassPolicyLocal && beforeRcpt(v.Stage) && !b.Reply.Temporary():
		return "client"
	case b.Reply.Temporary() && !hasFinding(v.Findings, FindingPermanentAsTemporary) || warns(v.Findings, FindingTemporaryAsPermanent):
		return "temporary"
	case v.Class == runbook.ClassDeliveryExpired:
		return "expired"
	case hasFinding(v.Findings, FindingSenderGaveUp):
		return "temporary"
	case c.ownSystem():
		return "own"
	case v.Stage == smtp.StageData || v.Stage == smtp.StageEOD || v.Stage == "" && afterData(v.Class) || v.Class == runbook.ClassContentTooLarge:
		return "late"
	case aboutClient(v.Class):
		return "client"
	}
	return "refused"
}

// ownSystem reports whether the reporting system decided without asking a mail
// host of the domain: no host and no reply is named, and it is none itself.
func (c *WitnessCase) ownSystem() bool {
	b := c.Bounce
	if b.Host != "" || b.IP != "" || b.Reply.Code != 0 {
		return false
	}
	switch b.Verdict.Class.Gate() {
	case "sender", "domain", "dns":
		return true
	case "routing":
		return b.Reporter != "" && !c.listed(b.Reporter, "")
	case "recipient", "backend", "content":
		// The recipient's own host may be what reports: that is known only
		// where DNS was asked.
		route := c.routeWord()
		return b.Reporter != "" && (route == "works" || route == "split") && !c.listed(b.Reporter, "") &&
			organization(b.Reporter) != organization(domainPart(c.Recipient))
	}
	return false
}

// delayWord says what sort of fault a delay notice reports: what does not pass
// by itself is told apart from what the next try of the queue may settle.
func (c *WitnessCase) delayWord() string {
	class, replay := c.Bounce.Verdict.Class, standWord(c.Replay)
	switch {
	case replay == "unasked":
	case class.Gate() == "tls":
		return "tls"
	case aboutClient(class) && !passing(class):
		return "client"
	case (class.Gate() == "network" || !namesCause(class)) && replay == "unreachable":
		return "network"
	}
	return "delayed"
}

// passing reports whether a class is about who sent, and goes by itself.
func passing(class runbook.Class) bool {
	return class == runbook.ClassPolicyConnections || class == runbook.ClassPolicyRateLimit
}

// afterData reports whether a class is about the message, which a server sees
// after DATA.
func afterData(class runbook.Class) bool {
	return class.Gate() == "content" || class == runbook.ClassAuthDKIM || class == runbook.ClassAuthDMARC
}

// beforeRcpt reports whether a stage comes before any recipient is named.
func beforeRcpt(stage smtp.Stage) bool {
	return stage == smtp.StageBanner || stage == smtp.StageEHLO || stage == smtp.StageMail
}

// routeWord says how DNS stands.
func (c *WitnessCase) routeWord() string {
	v := c.RouteVerdict
	switch {
	case v == nil:
		return "unasked"
	case v.Class == "":
		return "works"
	case v.Class == runbook.ClassRoutingSplitDNS:
		return "split"
	case v.Class.Gate() == "domain":
		return "broken"
	}
	return "failed"
}

// replayWord says what the mail hosts answer now. Where TLS is what stopped the
// mail, hosts that accept without it, or with a certificate that cannot be
// trusted, still have the fault; where they asked for TLS, the sender has.
func (c *WitnessCase) replayWord() string {
	word := standWord(c.Replay)
	if word != "accepted" || c.Bounce == nil || c.Bounce.Verdict.Class.Gate() != "tls" {
		return word
	}
	if c.Bounce.Verdict.Class == runbook.ClassTLSRequired {
		return "tls"
	}
	for _, h := range c.Replay.Hosts {
		if h.Stand == HostAccepts && h.TLS != "verified" && h.TLS != "" {
			return "tls"
		}
	}
	return word
}

// standWord sums up how the mail hosts stand. A refusal that is coded 4xx and is
// final by its cause counts as one.
func standWord(p *ProbeVerdict) string {
	if p == nil {
		return "unasked"
	}
	var taken, later, refused, deferred, faulty, tls int
	for _, h := range p.Hosts {
		if h.Stand == HostDefers && h.Permanence == runbook.Permanent {
			h.Stand = HostRefuses
		}
		switch h.Stand {
		case HostAccepts:
			taken++
		case HostGreylisted:
			later++
		case HostRefuses:
			refused++
		case HostDefers:
			deferred++
		case HostFaulty:
			faulty++
		case HostUnasked:
		}
		if h.Class.Gate() == "tls" && h.Stand != HostAccepts {
			tls++
		}
	}
	switch {
	case tls > 0 && tls == refused+deferred+faulty && taken+later == 0:
		return "tls"
	case refused+deferred > 0 && taken+later > 0:
		return "mixed"
	case refused > 0:
		return "refused"
	case deferred > 0:
		return "deferred"
	case later > 0:
		return "greylisted"
	case taken > 0:
		return "accepted"
	case faulty > 0:
		return "unreachable"
	}
	return "unasked"
}

// subjectWord says whom a refusal now is about.
func (c *WitnessCase) subjectWord() string {
	if c.Replay == nil {
		return "nobody"
	}
	switch c.replayWord() {
	case "refused", "deferred", "mixed":
	default:
		return "nobody"
	}
	if c.Replay.AboutProber {
		switch {
		case c.Bounce == nil || c.Bounce.Verdict.Class != c.Replay.Class:
			return "prober"
		case c.bounceWord() == "client":
			return "sender"
		}
	}
	for _, f := range c.Replay.Findings {
		if f.Key == KeyRejectsEverything && f.Severity == Error && !c.Replay.AboutProber {
			return "everybody"
		}
	}
	return "recipient"
}

func (c *WitnessCase) randomWord() string {
	if c.Replay != nil && hasFinding(c.Replay.Findings, KeyAcceptsAnything) {
		return "accepted"
	}
	return "unknown"
}

func (c *WitnessCase) localWord() string {
	for _, l := range c.Local {
		if l.Kind == LocalDependency {
			return "dependency"
		}
	}
	return "none"
}

// hasFinding reports whether a finding is among others.
func hasFinding(findings []Finding, key string) bool {
	for i := range findings {
		if findings[i].Key == key {
			return true
		}
	}
	return false
}

// warns reports whether a finding is among others and more than a remark.
func warns(findings []Finding, key string) bool {
	for i := range findings {
		if findings[i].Key == key && findings[i].Severity != Info {
			return true
		}
	}
	return false
}
