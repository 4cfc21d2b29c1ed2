package probes

import (
	"cmp"
	"context"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/smtpdiag/smtpdiag/smtp"
)

// dialogue is a session while it runs.
type dialogue struct {
	ctx    context.Context //nolint:containedctx // lives as long as the dialogue, which is one call
	plan   *Plan
	rec    *Session
	wire   *wire
	alive  bool // another command can be sent
	utf8   bool // SMTPUTF8 is in force in this transaction
	mails  int  // transactions begun
	rcpts  int  // recipients named in this transaction
	domain map[string]bool
}

// Run holds one dialogue as the plan says, up to RCPT TO: no message is ever
// sent, and no command but EHLO or HELO, STARTTLS, MAIL, RCPT, RSET and QUIT.
// It always gives a record; what went wrong stands in its Fault. When ctx is
// canceled it says QUIT where the dialogue stands between two commands or
// waits for a reply, and ends at once.
func Run(ctx context.Context, plan *Plan) *Session {
	d := &dialogue{ctx: ctx, plan: plan, domain: map[string]bool{}, rec: &Session{
		Host: plan.Host, Port: plan.Port, Preference: plan.Preference, Started: time.Now(),
		Why: cmp.Or(plan.Why, WhyFirst), HELO: plan.HELO, From: plan.From, TLS: TLSRecord{Outcome: TLSNotReached},
		Extensions: []string{}, Steps: []Step{}, Recipients: []Recipient{},
	}}
	for _, ask := range plan.Recipients {
		d.rec.Recipients = append(d.rec.Recipients, Recipient{Address: ask.Address, Role: ask.Role, Of: ask.Of})
	}
	if conn := d.connect(); conn != nil {
		d.talk(conn)
	}
	d.settle()
	return d.rec
}

// settle says for every recipient that was not asked what kept it from being
// asked.
func (d *dialogue) settle() {
	for i := range d.rec.Recipients {
		r := &d.rec.Recipients[i]
		switch {
		case r.Asked || r.Skipped != SkipNone:
		case d.rec.Fault != nil:
			r.Fault, r.Skipped = d.rec.Fault, SkipAborted
		case d.rec.Refused == smtp.StageMail:
			r.Skipped = SkipRejected
		default:
			r.Skipped = SkipAborted
		}
	}
}

// connect tries the addresses in order and records each try.
func (d *dialogue) connect() net.Conn {
	if len(d.plan.Addrs) == 0 {
		d.rec.Fault = &FaultError{Kind: FaultNoAddress, Stage: smtp.StageConnect, Text: "the host has no address"}
		return nil
	}
	for _, addr := range d.plan.Addrs {
		d.rec.IP = addr
		step := d.begin(smtp.StageConnect, "connect "+netip.AddrPortFrom(addr, d.plan.Port).String())
		conn, err := d.plan.dialAddr(d.ctx, addr)
		d.rec.Fault = d.end(step, smtp.Reply{}, inTime(d.ctx, err, d.plan.Timeouts.Connect))
		if err == nil {
			if local, ok := conn.LocalAddr().(*net.TCPAddr); ok {
				d.rec.Local = local.AddrPort()
			}
			return conn
		}
		if d.rec.Fault.Kind == FaultCanceled {
			break
		}
	}
	return nil
}

// inTime says of an error that is a time-out which limit it was.
func inTime(ctx context.Context, err error, limit time.Duration) error {
	if err == nil {
		return nil
	}
	fault := faultOf(ctx, err)
	if fault.Kind == FaultTimeout {
		fault.Text = "timed out: no answer within " + limit.String()
	}
	return fault
}

// begin starts a step.
func (d *dialogue) begin(stage smtp.Stage, command string) Step {
	return Step{Stage: stage, Command: command, At: time.Now()}
}

// end records a step and gives its fault, or nil.
func (d *dialogue) end(step Step, reply smtp.Reply, err error) *FaultError {
	step.Reply, step.Took = reply, time.Since(step.At)
	if err != nil {
		step.Fault = faultOf(d.ctx, err)
		step.Fault.Stage = step.Stage
	}
	d.rec.Steps = append(d.rec.Steps, step)
	if d.plan.Trace != nil {
		d.plan.Trace(d.rec.Host, d.rec.IP, step)
	}
	return step.Fault
}

// talk holds the dialogue on an open connection and closes it.
func (d *dialogue) talk(conn net.Conn) {
	d.wire, d.alive = &wire{ctx: d.ctx, raw: conn, conn: conn}, true
	stop := context.AfterFunc(d.ctx, func() { _ = conn.SetReadDeadline(time.Unix(1, 0)) }) // wakes a read that waits
	defer func() {
		stop()
		d.rec.Unsolicited = d.wire.unsolicited
		_ = conn.Close() // nothing is left to be lost
	}()
	if d.plan.HELO == "" {
		d.rec.HELO = addressLiteral(d.rec.Local.Addr())
	}
	if d.greet() && d.secure() {
		d.transactions()
	}
	d.leave()
}

// addressLiteral writes an address as EHLO takes it, RFC 5321 section 4.1.3.
func addressLiteral(addr netip.Addr) string {
	addr = addr.WithZone("").Unmap()
	if addr.Is6() {
		return "[IPv6:" + addr.String() + "]"
	}
	return "[" + addr.String() + "]"
}

// exchange sends a command ("" to wait for what the server says first) and
// reads its reply. It gives false where the session is over: a fault, or a 421,
// with which a server closes the connection (RFC 5321 section 3.8).
func (d *dialogue) exchange(stage smtp.Stage, command string, limit time.Duration) (smtp.Reply, bool) {
	return d.exchangeFor("", stage, command, limit)
}

// exchangeFor is exchange for a command that is about a recipient.
func (d *dialogue) exchangeFor(recipient string, stage smtp.Stage, command string, limit time.Duration) (smtp.Reply, bool) {
	step := d.begin(stage, command)
	step.Recipient = recipient
	d.wire.until(step.At.Add(limit))
	if command != "" {
		if goodbye := d.wire.drain(); goodbye.Code != 0 {
			step.Command = ""
			_ = d.end(step, goodbye, nil) // a reply is no fault
			d.alive = false
			d.refuse(stage)
			return goodbye, false
		}
	}
	reply, err := d.wire.roundTrip(command)
	if err == nil && reply.Code/100 == 3 {
		err = &FaultError{Kind: FaultGarbage, Text: "the server asks for more, which this command does not call for"}
	}
	if fault := d.end(step, reply, inTime(d.ctx, err, limit)); fault != nil {
		d.rec.Fault, d.alive = fault, false
		return reply, false
	}
	if reply.Code == 421 {
		d.alive = false
		d.refuse(stage)
		return reply, false
	}
	return reply, true
}

// refuse notes that a reply ended the session at stage.
func (d *dialogue) refuse(stage smtp.Stage) {
	if stage != smtp.StageRcpt {
		d.rec.Refused = stage
	}
}

// greet reads the banner and says EHLO. It reports whether to go on.
func (d *dialogue) greet() bool {
	if d.plan.ImplicitTLS && !d.handshake() {
		return false
	}
	banner, ok := d.exchange(smtp.StageBanner, "", d.plan.Timeouts.Banner)
	if !ok {
		return false
	}
	if banner.Code != 220 {
		return d.deny(smtp.StageBanner, banner)
	}
	return d.hello()
}

// deny ends the session for a reply that is not the one that lets it go on: a
// refusal, or a success code that has no place there. It gives false.
func (d *dialogue) deny(stage smtp.Stage, reply smtp.Reply) bool {
	if reply.Code/100 == 2 {
		d.rec.Fault = &FaultError{Kind: FaultGarbage, Stage: stage, Text: "the server answers " + strconv.Itoa(reply.Code) + ", which has no place here"}
		return false
	}
	d.refuse(stage)
	return false
}

// hello says EHLO, or HELO to a server that does not know it (RFC 5321
// section 3.2), and reads the extensions.
func (d *dialogue) hello() bool {
	reply, ok := d.exchange(smtp.StageEHLO, "EHLO "+d.rec.HELO, d.plan.Timeouts.EHLO)
	if !ok {
		return false
	}
	d.rec.Extensions = []string{}
	if reply.Code >= 500 && reply.Code <= 504 {
		if reply, ok = d.exchange(smtp.StageEHLO, "HELO "+d.rec.HELO, d.plan.Timeouts.EHLO); !ok {
			return false
		}
		return reply.Code == 250 || d.deny(smtp.StageEHLO, reply)
	}
	if reply.Code != 250 {
		return d.deny(smtp.StageEHLO, reply)
	}
	for i, line := range reply.Lines {
		_, _, rest, found := smtp.CutCode(line)
		if rest = strings.TrimSpace(rest); i > 0 && found && rest != "" {
			d.rec.Extensions = append(d.rec.Extensions, rest)
		}
	}
	return true
}

// leave ends the session politely where somebody may still hear it: RSET after
// a transaction, then QUIT. What goes wrong here is recorded and changes nothing.
func (d *dialogue) leave() {
	if fault := d.rec.Fault; fault != nil && fault.Kind == FaultCanceled {
		_ = d.wire.raw.SetWriteDeadline(time.Now().Add(100 * time.Millisecond)) // nobody waits longer for a courtesy
		step := d.begin(smtp.StageUnknown, "QUIT")
		_ = d.end(step, smtp.Reply{}, d.wire.command("QUIT")) // the session is over either way
		return
	}
	if d.alive && d.mails > 0 {
		d.farewell("RSET", d.plan.Timeouts.Reset)
	}
	if d.alive {
		d.farewell("QUIT", d.plan.Timeouts.Quit)
	}
}

// farewell sends a command whose answer decides nothing.
func (d *dialogue) farewell(command string, limit time.Duration) {
	step := d.begin(smtp.StageUnknown, command)
	d.wire.until(step.At.Add(limit))
	d.wire.drain()
	err := d.wire.command(command)
	var reply smtp.Reply
	if err == nil {
		reply, err = d.wire.reply()
	}
	d.alive = d.end(step, reply, err) == nil && reply.Code != 421
}
