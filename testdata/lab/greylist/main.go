// Command greylist is a policy server for Postfix (the protocol of
// SMTPD_POLICY_README): it answers the first RCPT of a client, sender and
// recipient with "try again", and lets them pass once some time has gone by.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"log"
	"net"
	"strings"
	"sync"
	"time"
)

func main() {
	listen := flag.String("listen", "127.0.0.1:10023", "address to listen on")
	delay := flag.Duration("delay", time.Second, "how long a triplet has to wait")
	flag.Parse()
	listener, err := net.Listen("tcp", *listen)
	if err != nil {
		log.Fatal(err)
	}
	g := &greylist{delay: *delay, first: map[string]time.Time{}}
	for {
		conn, err := listener.Accept()
		if err != nil {
			log.Fatal(err)
		}
		go g.serve(conn)
	}
}

// greylist remembers when each triplet came first.
type greylist struct {
	delay time.Duration
	mu    sync.Mutex
	first map[string]time.Time
}

// serve answers the requests of one connection: lines of name=value, ended by
// an empty line.
func (g *greylist) serve(conn net.Conn) {
	defer func() { _ = conn.Close() }() // the client has its answers
	attributes := map[string]string{}
	lines := bufio.NewScanner(conn)
	for lines.Scan() {
		name, value, ok := strings.Cut(lines.Text(), "=")
		if ok {
			attributes[name] = value
			continue
		}
		action := g.decide(attributes["client_address"] + " " + attributes["sender"] + " " + attributes["recipient"])
		if _, err := fmt.Fprintf(conn, "action=%s\n\n", action); err != nil {
			return
		}
		clear(attributes)
	}
}

// decide gives the action for a triplet.
func (g *greylist) decide(triplet string) string {
	g.mu.Lock()
	defer g.mu.Unlock()
	seen, known := g.first[triplet]
	if !known {
		g.first[triplet] = time.Now()
	}
	if !known || time.Since(seen) < g.delay {
		return "DEFER_IF_PERMIT 4.2.0 Greylisted, please try again later"
	}
	return "DUNNO"
}
