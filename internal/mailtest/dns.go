// Package mailtest holds servers for tests: name servers made from zone text,
// scripted mail servers and throw-away certificates, all on loopback and all
// over real sockets.
package mailtest

import (
	"errors"
	"fmt"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/miekg/dns"
)

// DNS is a name server on a loopback address, over UDP and TCP.
//
// It is made from the text of a zone file (RFC 1035, section 5). With a SOA
// record in it the server is authoritative for that zone and for no other, and
// answers names below an NS record with a referral. Without one it plays a
// resolver that knows what the text says, and that nothing else exists.
//
// Lines that start with an exclamation mark say how it misbehaves:
//
//	! NAME TYPE BEHAVIOUR
//
// NAME is a full name or "*", TYPE a record type or "*". The first line that
// fits a question decides, but for "slow", "ad" and "rotate", which may stand
// beside others:
//
//	servfail refused notimp formerr   that rcode
//	nxdomain nodata                   the same, whatever the text holds
//	silent                            no answer at all
//	silent-once                       no answer to the very first question
//	lame                              NOERROR, no answer, no AA
//	refer-up refer-aside              a referral to the root, to elsewhere.test
//	truncate                          over UDP an empty answer with TC
//	truncate-only                     the same, and TCP is closed at once
//	wrong-id wrong-name garbage       only such datagrams, never the answer
//	wrong-first                       such datagrams, then the answer
//	no-edns                           FORMERR to a question with EDNS
//	slow=DURATION                     the answer comes that much later
//	ad                                the AD bit is set
//	rotate                            the records start with another each time
//	bogus                             SERVFAIL with the extended error 6 (RFC 8914)
type DNS struct {
	// Addr is "IP:port", the same port for UDP and TCP.
	Addr string

	zone     *zone
	udp, tcp *dns.Server
	asked    atomic.Int64
	now      atomic.Int64 // questions that are being answered
	peak     atomic.Int64
	rotation atomic.Int64
	lost     atomic.Bool // the first question was not answered
}

// StartDNS starts a server on a free port of 127.0.0.1 and stops it when the
// test ends.
func StartDNS(tb testing.TB, text string) *DNS {
	tb.Helper()
	return StartDNSAt(tb, "127.0.0.1:0", text)
}

// StartDNSAt is StartDNS with the address to listen on.
func StartDNSAt(tb testing.TB, addr, text string) *DNS {
	tb.Helper()
	d, err := ListenDNS(addr, text)
	if err != nil {
		tb.Fatalf("starting a name server: %v", err)
	}
	tb.Cleanup(d.Close)
	return d
}

// ListenDNS starts a server on addr, where port 0 stands for any free one.
func ListenDNS(addr, text string) (*DNS, error) {
	z, err := parseZone(text)
	if err != nil {
		return nil, err
	}
	packets, listener, err := listenBoth(addr)
	if err != nil {
		return nil, err
	}
	d := &DNS{Addr: packets.LocalAddr().String(), zone: z}
	handler := dns.HandlerFunc(d.serve)
	started := make(chan struct{}, 2)
	notify := func() { started <- struct{}{} }
	d.udp = &dns.Server{PacketConn: packets, Handler: handler, NotifyStartedFunc: notify}
	d.tcp = &dns.Server{Listener: listener, Handler: handler, NotifyStartedFunc: notify}
	for _, server := range []*dns.Server{d.udp, d.tcp} {
		go func() { _ = server.ActivateAndServe() }() // ends with Close
	}
	for range 2 {
		select {
		case <-started:
		case <-time.After(10 * time.Second):
			d.Close()
			return nil, errors.New("the name server did not start")
		}
	}
	return d, nil
}

// listenBoth binds UDP and TCP to one port.
func listenBoth(addr string) (net.PacketConn, net.Listener, error) {
	var err error
	for range 20 {
		var packets net.PacketConn
		packets, err = net.ListenPacket("udp", addr) //nolint:noctx // a bind to loopback does not wait
		if err != nil {
			return nil, nil, err
		}
		var listener net.Listener
		listener, err = net.Listen("tcp", packets.LocalAddr().String()) //nolint:noctx // as above
		if err == nil {
			return packets, listener, nil
		}
		_ = packets.Close() // another port is tried
	}
	return nil, nil, err
}

// Close stops the server.
func (d *DNS) Close() {
	_ = d.udp.Shutdown() // it may never have started
	_ = d.tcp.Shutdown() // as above
}

// Asked gives the number of questions that have come.
func (d *DNS) Asked() int { return int(d.asked.Load()) }

// Peak gives the largest number of questions that were under way at once.
func (d *DNS) Peak() int { return int(d.peak.Load()) }

// raise takes a new number for Peak, if it is one.
func (d *DNS) raise(now int64) {
	for {
		if peak := d.peak.Load(); now <= peak || d.peak.CompareAndSwap(peak, now) {
			return
		}
	}
}

// Port gives the port alone.
func (d *DNS) Port() string {
	_, port, _ := net.SplitHostPort(d.Addr) // Addr comes from the socket
	return port
}

// serve answers one question.
func (d *DNS) serve(w dns.ResponseWriter, q *dns.Msg) {
	if len(q.Question) != 1 {
		return
	}
	d.asked.Add(1)
	d.raise(d.now.Add(1))
	name, qtype := strings.ToLower(q.Question[0].Name), q.Question[0].Qtype
	overTCP := w.RemoteAddr().Network() == "tcp"
	behaviour := d.zone.behaviour(name, qtype)
	time.Sleep(behaviour.delay)
	d.now.Add(-1) // before the answer, which makes room for the next question

	reply := d.zone.answer(q, name, qtype)
	reply.AuthenticatedData = behaviour.authentic
	if behaviour.rotate && len(reply.Answer) > 1 {
		n := int(d.rotation.Add(1)) % len(reply.Answer)
		reply.Answer = append(reply.Answer[n:len(reply.Answer):len(reply.Answer)], reply.Answer[:n]...)
	}
	switch behaviour.word {
	case "silent":
		return
	case "silent-once":
		if !d.lost.Swap(true) {
			return
		}
	case "wrong-id", "wrong-name", "garbage":
		misanswer(w, reply, behaviour.word)
		return
	case "wrong-first":
		misanswer(w, reply, "garbage")
		misanswer(w, reply, "wrong-id")
		misanswer(w, reply, "wrong-name")
	case "truncate-only":
		if overTCP {
			_ = w.Close() // the client sees the end of the stream
			return
		}
	}
	distort(reply, q, behaviour.word)
	if !overTCP {
		size := dns.MinMsgSize
		if opt := q.IsEdns0(); opt != nil {
			size = int(opt.UDPSize())
		}
		reply.Truncate(size)
	}
	if !overTCP && strings.HasPrefix(behaviour.word, "truncate") {
		reply.Answer, reply.Ns, reply.Truncated = nil, nil, true
	}
	_ = w.WriteMsg(reply) // a client that went away is its own fault
}

// distort turns the right reply into what the behaviour asks for.
func distort(reply, q *dns.Msg, word string) {
	wipe := func(rcode int) {
		reply.Rcode, reply.Answer, reply.Ns, reply.Authoritative = rcode, nil, nil, false
	}
	switch word {
	case "servfail":
		wipe(dns.RcodeServerFailure)
	case "bogus":
		wipe(dns.RcodeServerFailure)
		reply.SetEdns0(ednsSize, false)
		reply.IsEdns0().Option = []dns.EDNS0{&dns.EDNS0_EDE{InfoCode: dns.ExtendedErrorCodeDNSBogus}}
	case "refused":
		wipe(dns.RcodeRefused)
	case "notimp":
		wipe(dns.RcodeNotImplemented)
	case "formerr":
		wipe(dns.RcodeFormatError)
	case "nxdomain":
		wipe(dns.RcodeNameError)
	case "nodata", "lame":
		authoritative := reply.Authoritative && word == "nodata"
		wipe(dns.RcodeSuccess)
		reply.Authoritative = authoritative
	case "refer-up", "refer-aside":
		wipe(dns.RcodeSuccess)
		owner := map[string]string{"refer-up": ".", "refer-aside": "elsewhere.test."}[word]
		reply.Ns = []dns.RR{&dns.NS{Hdr: dns.RR_Header{Name: owner, Rrtype: dns.TypeNS, Class: dns.ClassINET, Ttl: 60}, Ns: "ns.elsewhere.test."}}
	case "no-edns":
		if q.IsEdns0() != nil {
			wipe(dns.RcodeFormatError)
		}
	}
}

// misanswer sends a datagram that does not answer the question.
func misanswer(w dns.ResponseWriter, reply *dns.Msg, how string) {
	wrong := reply.Copy()
	switch how {
	case "wrong-id":
		wrong.Id++
	case "wrong-name":
		wrong.Question[0].Name = "other.example."
	}
	packed, err := wrong.Pack()
	if err != nil {
		return
	}
	if how == "garbage" {
		packed = []byte("\x1b]0;garbage\x07" + fmt.Sprint(len(packed)))
	}
	_, _ = w.Write(packed) // as for the right answer
}
