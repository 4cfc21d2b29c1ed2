package mailtest

import (
	"net"
	"testing"
)

// DNSHost is one name server of a group.
type DNSHost struct {
	// IP is a loopback address, such as 127.0.0.2.
	IP string
	// Text is that of its zone, see DNS.
	Text string
}

// StartDNSGroup starts name servers on several loopback addresses and one port,
// as name servers of the world share port 53, so that the addresses in NS and
// glue records lead from one to the next. They stop when the test ends.
func StartDNSGroup(tb testing.TB, hosts ...DNSHost) []*DNS {
	tb.Helper()
	servers, err := ListenDNSGroup(hosts...)
	if err != nil {
		tb.Fatalf("starting name servers: %v", err)
	}
	tb.Cleanup(func() {
		for _, d := range servers {
			d.Close()
		}
	})
	return servers
}

// ListenDNSGroup is StartDNSGroup without a test.
func ListenDNSGroup(hosts ...DNSHost) ([]*DNS, error) {
	var err error
	for range 20 {
		var servers []*DNS
		if servers, err = listenGroup(hosts); err == nil {
			return servers, nil
		}
		for _, d := range servers {
			d.Close()
		}
	}
	return nil, err
}

// listenGroup takes a free port of the first address and tries it on the
// others.
func listenGroup(hosts []DNSHost) (servers []*DNS, err error) {
	port := "0"
	for _, h := range hosts {
		d, err := ListenDNS(net.JoinHostPort(h.IP, port), h.Text)
		if err != nil {
			return servers, err
		}
		servers = append(servers, d)
		port = d.Port()
	}
	return servers, nil
}
