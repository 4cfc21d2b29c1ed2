package maillog

import (
	"fmt"
	"slices"
	"strings"
)

// outcome is what a line of a cause counts as.
type outcome int

const (
	rejected outcome = iota
	screened
	deferred
	bounced
)

// cause is why mail is refused or fails.
type cause struct {
	class, gate, phrase string
	outcome             outcome
	text                string
}

// causes are the refusals and failures that are written. $to, $from, $client,
// $ip and $helo are filled in.
var causes = []cause{
	{"recipient:unknown", "recipient-map", "User unknown in virtual mailbox table", rejected, "550 5.1.1 <$to>: Recipient address rejected: User unknown in virtual mailbox table"},
	{"policy:greylist", "policy-service", "Greylisted, see http", rejected, "450 4.2.0 <$to>: Recipient address rejected: Greylisted, see https://postgrey.example.org/help/example.com.html"},
	{"sender:unresolvable", "sender", "Sender address rejected: Domain not found", rejected, "450 4.1.8 <$from>: Sender address rejected: Domain not found"},
	{"policy:blocklist", "client", "blocked using bl.example.org;", rejected, "554 5.7.1 Service unavailable; Client host [$ip] blocked using bl.example.org; https://www.example.org/query/ip/$ip"},
	{"policy:rdns", "client", "cannot find your hostname", rejected, "450 4.7.1 Client host rejected: cannot find your hostname, [$ip]"},
	{"routing:relay-denied", "relay", "Relay access denied;", rejected, "454 4.7.1 <$to>: Relay access denied"},
	{"policy:helo", "helo", "Helo command rejected", rejected, "504 5.5.2 <$helo>: Helo command rejected: need fully-qualified hostname"},
	{"policy:blocklist", "postscreen", "; client [", screened, "550 5.7.1 Service unavailable; client [$ip] blocked using zen.example.org"},
	{"recipient:unknown", "next-hop", "550-5.1.1 The email account", bounced, "host $mx said: 550-5.1.1 The email account that you tried to reach does not exist. Please try double-checking the recipient's email address for typos or unnecessary spaces. 550 5.1.1 https://support.example.net/mail/?p=NoSuchUser (in reply to RCPT TO command)"},
	{"policy:blocklist", "next-hop", "blocked using Example Blocklist", bounced, "host $mx said: 550 5.7.1 Service unavailable, Client host [192.0.2.1] blocked using Example Blocklist. See https://www.example.org/query/ip/192.0.2.1 (in reply to RCPT TO command)"},
	{"policy:greylist", "next-hop", "Greylisting in action", deferred, "host $mx said: 451 4.7.1 Greylisting in action, please come back later (in reply to RCPT TO command)"},
	{"recipient:full", "next-hop", "out of storage space", deferred, "host $mx said: 452-4.2.2 The recipient's inbox is out of storage space. 452 4.2.2 https://support.example.net/mail/?p=OverQuotaTemp (in reply to RCPT TO command)"},
	{"network:timeout", "next-hop", "Connection timed out", deferred, "connect to $mx:25: Connection timed out"},
	{"network:dropped", "next-hop", "while receiving the initial server greeting", deferred, "lost connection with $mx while receiving the initial server greeting"},
}

// pick gives a cause of one of the outcomes, and where it is counted.
func (g *writer) pick(outcomes ...outcome) (*cause, *Count) {
	for {
		if i := g.random.IntN(len(causes)); slices.Contains(outcomes, causes[i].outcome) {
			return &causes[i], &g.counts[i]
		}
	}
}

// refusals is a session of smtpd in which recipients are refused.
func (g *writer) refusals() []string {
	name, ip, number := g.peer()
	tag := fmt.Sprintf("smtpd[%d]: ", 10000+g.random.IntN(20000))
	lines := []string{tag + "connect from " + name + "[" + ip + "]"}
	if g.random.IntN(8) == 0 {
		lines = append(lines, tag+"warning: hostname "+name+" does not resolve to address "+ip+": Name or service not known")
	}
	n := 1 + g.random.IntN(2)
	for range n {
		why, c := g.pick(rejected)
		c.Rejected++
		c.clients[number] = struct{}{}
		from, to := fmt.Sprintf("sender%d@example.net", g.random.IntN(10000)), g.recipient(c)
		text := strings.NewReplacer("$to", to, "$from", from, "$ip", ip, "$helo", name).Replace(why.text)
		lines = append(lines, tag+"NOQUEUE: reject: RCPT from "+name+"["+ip+"]: "+text+"; from=<"+from+"> to=<"+to+"> proto=ESMTP helo=<"+name+">")
	}
	if g.random.IntN(4) == 0 {
		lines = append(lines, tag+"lost connection after RCPT from "+name+"["+ip+"]")
	}
	return append(lines, fmt.Sprintf("%sdisconnect from %s[%s] ehlo=1 mail=1 rcpt=0/%d quit=1 commands=3/%d", tag, name, ip, n, n+3))
}

// screened is a session of postscreen.
func (g *writer) screened() []string {
	_, ip, number := g.peer()
	peer := fmt.Sprintf("[%s]:%d", ip, 1024+g.random.IntN(60000))
	lines := []string{"postscreen[2211]: CONNECT from " + peer + " to [192.0.2.1]:25"}
	if g.random.IntN(3) > 0 {
		return append(lines, "postscreen[2211]: PASS OLD "+peer)
	}
	why, c := g.pick(screened)
	c.Rejected++
	c.clients[number] = struct{}{}
	return append(lines, "postscreen[2211]: NOQUEUE: reject: RCPT from "+peer+": "+strings.ReplaceAll(why.text, "$ip", ip)+"; from=<a@example.net>, to=<"+g.recipient(c)+">, proto=ESMTP, helo=<x>",
		"postscreen[2211]: DISCONNECT "+peer)
}

// besides is a warning.
func (g *writer) besides() []string {
	name, ip, _ := g.peer()
	switch g.random.IntN(3) {
	case 0:
		return []string{"cleanup[4711]: warning: ldap:/etc/postfix/aliases.cf lookup error for \"user@example.com\""}
	case 1:
		return []string{"smtpd[4712]: warning: " + name + "[" + ip + "]: SASL LOGIN authentication failed: UGFzc3dvcmQ6"}
	}
	return []string{"smtpd[4712]: SSL_accept error from " + name + "[" + ip + "]: -1"}
}

// queueID makes a queue id, a short or a long one.
func (g *writer) queueID() string {
	if g.random.IntN(2) == 0 {
		return fmt.Sprintf("%010X", g.random.Uint64()&0xffffffffff)
	}
	const digits = "0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz"
	id := []byte("4")
	for range 13 {
		id = append(id, digits[g.random.IntN(len(digits))])
	}
	return string(id)
}

// message is the way of a message from the client to its next hops.
func (g *writer) message() []string {
	name, ip, _ := g.peer()
	id, tag := g.queueID(), fmt.Sprintf("smtpd[%d]: ", 10000+g.random.IntN(20000))
	n := 1 + g.random.IntN(3)
	lines := []string{
		tag + "connect from " + name + "[" + ip + "]",
		tag + "Anonymous TLS connection established from " + name + "[" + ip + "]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature RSA-PSS (2048 bits) server-digest SHA256",
		tag + id + ": client=" + name + "[" + ip + "]",
		fmt.Sprintf("cleanup[4713]: %s: message-id=<%d.%s@%s>", id, g.random.Uint32(), id, name),
		fmt.Sprintf("qmgr[2304]: %s: from=<sender%d@example.net>, size=%d, nrcpt=%d (queue active)", id, g.random.IntN(10000), 800+g.random.IntN(200000), n),
		fmt.Sprintf("%sdisconnect from %s[%s] ehlo=2 starttls=1 mail=1 rcpt=%d data=1 quit=1 commands=%d", tag, name, ip, n, n+6),
	}
	for range n {
		lines = append(lines, g.delivery(id))
	}
	return append(lines, "qmgr[2304]: "+id+": removed")
}

// delivery is the outcome for one recipient.
func (g *writer) delivery(id string) string {
	seconds := g.random.IntN(20)
	mx := fmt.Sprintf("mx%d.example.com[192.0.2.%d]", g.random.IntN(4), 2+g.random.IntN(250))
	line := func(to, dsn, status string) string {
		return fmt.Sprintf("smtp[%d]: %s: to=<%s>, relay=%s:25, delay=%d.4, delays=0.1/0.01/%d.1/0.19, dsn=%s, status=%s", 10000+g.random.IntN(20000), id, to, mx, seconds, seconds, dsn, status)
	}
	if g.random.IntN(4) > 0 {
		return line(fmt.Sprintf("user%d@example.com", g.random.IntN(1000000)), "2.0.0", "sent (250 2.0.0 Ok: queued as "+g.queueID()+")")
	}
	why, c := g.pick(deferred, bounced)
	text := strings.ReplaceAll(why.text, "$mx", mx)
	if why.outcome == bounced {
		c.Bounced++
		return line(g.recipient(c), "5.0.0", "bounced ("+text+")")
	}
	c.Deferred++
	return line(g.recipient(c), "4.0.0", "deferred ("+text+")")
}
