package diagnose

import (
	"fmt"
	"path"
	"strings"

	"github.com/smtpdiag/smtpdiag/runbook"
)

// EdgeMailbox is the mailbox on disk.
type EdgeMailbox struct {
	EdgeTask
	Exists bool
	// NoEntry says that the path is not there, which differs from not being
	// readable.
	NoEntry bool
	// Wrong says what would keep the delivery agent from using it, in a sentence,
	// or is "".
	Wrong string
	// Unknown says that the delivery agent was asked and knows no such user.
	Unknown bool
}

// EdgeQuota is how full a mailbox is, as its server counts.
type EdgeQuota struct {
	EdgeTask
	// Percent is that of the fullest limit; Limited says that there is one.
	Percent int
	Limited bool
}

// MailboxPlan says where the mailbox of an address should be.
type MailboxPlan struct {
	// Path is that of the mailbox, which is a Maildir where it ends with a slash
	// and a file otherwise. Where Account is set it may begin with "~/".
	Path string
	// Account is the local account that owns it, Agent who delivers there.
	Account, Agent string
	// UID is the user id that delivers there, "" where it is not fixed.
	UID string
	// Dovecot says that the mail goes to Transport, and that Dovecot may know
	// what becomes of it.
	Dovecot   bool
	Transport string
	// Skipped says why no mailbox can be looked at, or is "".
	Skipped string
}

// PlanMailbox says where Postfix would put mail for the address: virtual(8),
// local(8), or what another transport does. It needs the answers of the tables.
func PlanMailbox(c *EdgeCase) MailboxPlan {
	j := newEdgeJudge(c)
	if len(j.roles) == 0 {
		return MailboxPlan{Skipped: "the domain is none of this host's"}
	}
	role := j.roles[0]
	switch role.Domains {
	case "virtual_alias_domains":
		to := j.firstResult("virtual_alias_maps")
		if to == "" {
			return MailboxPlan{Skipped: "no alias is known for the address"}
		}
		return MailboxPlan{Skipped: "the address is an alias of " + to + ": check that one"}
	case "relay_domains":
		return MailboxPlan{Skipped: "the host passes such mail on (" + j.transport("relay_transport") + "): the mailbox is elsewhere"}
	case "mydestination":
		return j.localMailbox()
	}
	result := j.firstResult("virtual_mailbox_maps")
	if to := j.firstResult("virtual_alias_maps"); result == "" && to != "" {
		return MailboxPlan{Skipped: "the address is an alias of " + to + ": check that one"}
	}
	transport := j.transport("virtual_transport")
	if agent, _, _ := strings.Cut(transport, ":"); agent != "virtual" {
		return otherTransport(transport)
	}
	if result == "" {
		return MailboxPlan{Skipped: "no virtual mailbox is known for the address"}
	}
	base := j.h.value("virtual_mailbox_base")
	full := path.Join("/", base, result)
	if base != "" && full != path.Clean(base) && !strings.HasPrefix(full, strings.TrimSuffix(path.Clean(base), "/")+"/") {
		return MailboxPlan{Skipped: "the table gives a path outside virtual_mailbox_base"}
	}
	if strings.HasSuffix(result, "/") {
		full += "/"
	}
	plan := MailboxPlan{Path: full, Agent: "virtual(8)", Transport: transport}
	if uid, fixed := strings.CutPrefix(j.h.value("virtual_uid_maps"), "static:"); fixed {
		plan.UID = strings.TrimSpace(uid)
	}
	return plan
}

// localMailbox follows local(8): the alias, then what delivers for an account.
func (j *edgeJudge) localMailbox() MailboxPlan {
	user, _, _ := strings.Cut(j.Address, "@")
	if d := j.h.value("recipient_delimiter"); d != "" {
		if n := strings.IndexAny(user, d); n > 0 {
			user = user[:n]
		}
	}
	if to := j.firstResult("virtual_alias_maps"); to != "" {
		return MailboxPlan{Skipped: "the address is an alias of " + to + ": check that one"}
	}
	if to := j.firstResult("alias_maps"); to != "" {
		return MailboxPlan{Skipped: "the address is an alias of " + to + ": check that one"}
	}
	transport := j.transport("local_transport")
	if agent, _, _ := strings.Cut(transport, ":"); agent != "local" {
		return otherTransport(transport)
	}
	if v := j.h.value("mailbox_transport"); v != "" {
		return otherTransport(v)
	}
	if v := j.h.value("mailbox_command"); v != "" {
		return MailboxPlan{Skipped: "a program delivers (mailbox_command = " + v + "), and it alone knows where"}
	}
	plan := MailboxPlan{Account: strings.ToLower(user), Agent: "local(8)", Transport: transport}
	if v := j.h.value("home_mailbox"); v != "" {
		plan.Path = "~/" + v
		return plan
	}
	spool := j.h.value("mail_spool_directory")
	if spool == "" {
		spool = "/var/mail"
	}
	plan.Path = path.Join(spool, plan.Account)
	if strings.HasSuffix(spool, "/") {
		plan.Path += "/" // a Maildir for each account
	}
	return plan
}

// otherTransport says what a transport that is neither virtual nor local does.
func otherTransport(transport string) MailboxPlan {
	agent, rest, _ := strings.Cut(transport, ":")
	switch agent {
	case "smtp", "relay":
		return MailboxPlan{Skipped: "the host passes such mail on (" + transport + "): the mailbox is elsewhere"}
	case "discard":
		return MailboxPlan{Skipped: "the transport is discard: such mail is thrown away, and there is no mailbox"}
	case "error", "retry":
		return MailboxPlan{Skipped: "the transport is " + transport + ": such mail is returned, and there is no mailbox"}
	case "lmtp":
		if strings.HasPrefix(rest, "inet:") && !strings.HasPrefix(rest, "inet:127.") && !strings.HasPrefix(rest, "inet:localhost") && !strings.HasPrefix(rest, "inet:[127.") {
			return MailboxPlan{Transport: transport, Skipped: "the host passes such mail on (" + transport + "): the mailbox is there"}
		}
	}
	return MailboxPlan{Dovecot: true, Transport: transport}
}

// transport gives the transport of the address: that of transport_maps, which
// may name the next hop alone, else that of the class of its domain.
func (j *edgeJudge) transport(setting string) string {
	v := j.h.value(setting)
	if at := j.firstResult("transport_maps"); at != "" && !strings.HasPrefix(at, ":") {
		v = at
	}
	return v
}

// firstResult gives the first line of the first result that tables of a setting
// gave for the address or one of its forms, its domain for transport_maps.
func (j *edgeJudge) firstResult(setting string) string {
	for i := range j.Lookups {
		if l := &j.Lookups[i]; l.Setting == setting && l.Found && (l.Why != "domain" || setting == "transport_maps") {
			line, _, _ := strings.Cut(l.Result, "\n")
			return strings.TrimSpace(line)
		}
	}
	return ""
}

// mailbox looks at the mailbox on disk.
func (j *edgeJudge) mailbox() {
	c, ok := j.task("mailbox-on-disk", "", &j.Mailbox.EdgeTask)
	if !ok {
		return
	}
	switch m := &j.Mailbox; {
	case m.Unknown:
		c.Status = EdgeProblem
		c.Means = "Dovecot, which is to deliver the mail, knows no such user: what Postfix takes for the address comes back."
		c.Decide = "Compare the recipients of Postfix with Dovecot's users (doveadm user), and repair the one that is wrong."
		if j.known != "" {
			j.finding("mailbox-unknown", Error, "Postfix knows the address ("+j.known+"), Dovecot knows no such user.")
			j.cause(57, runbook.ClassBackendMisconfigured, High, "Postfix takes the address ("+j.known+"), and Dovecot, which is to deliver its mail, knows no such user.")
		}
	case m.Wrong != "":
		c.Status, c.Means = EdgeProblem, m.Wrong
		c.Decide = "Repair the entry of the table, the path or its owner; until then mail for the address waits in the queue and then comes back."
		j.finding("mailbox-wrong", Error, m.Wrong)
		j.cause(56, runbook.ClassBackendMisconfigured, High, "The address is known, and its mail cannot be delivered: "+m.Wrong)
	case m.Exists:
		c.Means = "The mailbox is there. If the address is refused, it is the look-up or the rights, not a missing folder."
		c.Decide = "Do not spend time on the mailbox."
	case m.NoEntry:
		c.Means = "There is no such folder or file. Postfix and Dovecot make it with the first message, so this is a fault only where mailboxes are made by hand or were moved."
		c.Decide = "If the mailbox was moved, update the path in the table."
	default:
		c.Status = EdgeProblem
		c.Means = "The mailbox cannot be looked at."
		c.Decide = "Check the rights and the mount."
	}
	j.add(c)
}

// quota looks at how full the mailbox is.
func (j *edgeJudge) quota() {
	q := &j.Quota
	if q.Command == "" && q.Skipped == "" {
		return // not a mailbox with a quota
	}
	c, ok := j.task("mailbox-quota", "", &q.EdgeTask)
	if !ok {
		return
	}
	switch {
	case !q.Limited:
		c.Means = "The mailbox has no limit."
	case q.Percent >= 100:
		c.Status = EdgeProblem
		c.Means = fmt.Sprintf("The mailbox is full (%d %% of its quota).", q.Percent)
		c.Decide = "Ask the owner to make room, or raise the quota."
		j.finding("mailbox-full", Error, c.Means)
		j.cause(55, runbook.ClassRecipientFull, High, "The mailbox is over its quota.")
	case q.Percent >= 95:
		c.Status = EdgeProblem
		c.Means = fmt.Sprintf("The mailbox is nearly full (%d %% of its quota): a large message is refused.", q.Percent)
		c.Decide = "Ask the owner to make room."
		j.finding("mailbox-nearly-full", Warning, c.Means)
	default:
		c.Means = fmt.Sprintf("%d %% of the quota is used.", q.Percent)
	}
	j.add(c)
}
