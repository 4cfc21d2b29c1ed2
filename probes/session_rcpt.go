package probes

import (
	"strconv"
	"strings"
	"time"

	"github.com/smtpdiag/smtpdiag/smtp"
)

// transactions asks about every recipient, in as many transactions as the
// server's limits ask for.
func (d *dialogue) transactions() {
	_, rcptMax, domainMax := limits(d.rec.Extensions)
	for i := range d.rec.Recipients {
		r := &d.rec.Recipients[i]
		if r.Skipped = d.unfit(r.Address, domainMax); r.Skipped != SkipNone {
			continue
		}
		if d.mails == 0 || rcptMax > 0 && d.rcpts >= rcptMax {
			if d.noRoom() {
				r.Skipped = SkipLimit
				continue
			}
			if !d.mail() {
				return
			}
		}
		if !d.rcpt(r) {
			return
		}
	}
}

// noRoom reports whether MAILMAX forbids another transaction, RFC 9422 section 3.1.
func (d *dialogue) noRoom() bool {
	mailMax, _, _ := limits(d.rec.Extensions)
	return mailMax > 0 && d.mails >= mailMax
}

// rcpt names one recipient. It reports whether the session goes on.
func (d *dialogue) rcpt(r *Recipient) bool {
	reply, ok := d.ask(r)
	if !ok || d.rcpts == 1 || !tooManyRecipients(reply) {
		return ok
	}
	// The transaction is full, which says nothing of this address: it is asked
	// again in one of its own, RFC 5321 section 4.5.3.1.10. The first answer
	// stays in the record.
	if d.noRoom() || !d.mail() {
		return d.alive
	}
	r.First = reply
	_, ok = d.ask(r)
	return ok
}

// ask sends RCPT TO for r.
func (d *dialogue) ask(r *Recipient) (smtp.Reply, bool) {
	at := time.Now()
	address := r.Address
	if !d.utf8 {
		address, _ = asciiDomain(address)
	}
	r.Asked = true
	d.rcpts++
	d.domain[strings.ToLower(DomainOf(address))] = true
	reply, ok := d.exchangeFor(r.Address, smtp.StageRcpt, "RCPT TO:<"+address+">", d.plan.Timeouts.Rcpt)
	r.Took, r.Fault = time.Since(at), d.rec.Fault
	r.Reply = reply
	return reply, ok
}

// tooManyRecipients reports whether a reply says that the transaction is full.
func tooManyRecipients(r smtp.Reply) bool {
	if r.Code != 452 && r.Code != 552 {
		return false
	}
	return r.Enhanced.Subject == 5 && r.Enhanced.Detail == 3 ||
		strings.Contains(strings.ToLower(r.Text()), "too many recipients")
}

// unfit says why an address cannot be named to this server, or SkipNone.
func (d *dialogue) unfit(address string, domainMax int) Skip {
	_, utf8Offered := d.rec.Extension("SMTPUTF8")
	ascii, plain := asciiDomain(address)
	domain := strings.ToLower(DomainOf(ascii))
	switch {
	case hasControl(address):
		return SkipInvalid
	case !plain && !utf8Offered:
		return SkipUTF8
	case len("RCPT TO:<>")+len(address) > maxCommandBytes:
		return SkipTooLong
	case domainMax > 0 && len(d.domain) >= domainMax && !d.domain[domain]:
		return SkipLimit
	}
	return SkipNone
}

// mail begins a transaction, after RSET where there was one before. It reports
// whether the session goes on.
func (d *dialogue) mail() bool {
	if d.mails > 0 {
		if _, ok := d.exchange(smtp.StageUnknown, "RSET", d.plan.Timeouts.Reset); !ok {
			return false
		}
	}
	d.mails++
	d.rcpts = 0
	reply, ok := d.exchange(smtp.StageMail, d.mailCommand(), d.plan.Timeouts.Mail)
	if ok && reply.Code/100 != 2 {
		d.refuse(smtp.StageMail)
		ok = false
	}
	return ok
}

// mailCommand writes MAIL FROM with the parameters that are needed and offered.
func (d *dialogue) mailCommand() string {
	from, plain := asciiDomain(d.plan.From)
	needUTF8 := !plain
	for _, r := range d.rec.Recipients {
		if _, ascii := asciiDomain(r.Address); !ascii {
			needUTF8 = true
		}
	}
	command := "MAIL FROM:<" + from + ">"
	if _, offered := d.rec.Extension("SIZE"); offered && d.plan.Size > 0 {
		command += " SIZE=" + strconv.FormatInt(d.plan.Size, 10)
	}
	if _, offered := d.rec.Extension("SMTPUTF8"); offered && needUTF8 {
		d.utf8 = true
		command += " SMTPUTF8"
	}
	return command
}
