package probes

import (
	"net"
	"syscall"
)

// quickAck has the next segments acknowledged at once. After a TLS handshake a
// server with Nagle's algorithm (RFC 896) holds its answer back until its session tickets
// are acknowledged, which a client that has nothing to send puts off for 40 ms:
// the delay would be taken for the server's.
func quickAck(conn net.Conn) {
	tcp, ok := conn.(*net.TCPConn)
	if !ok {
		return
	}
	raw, err := tcp.SyscallConn()
	if err != nil {
		return // closed; the read that follows says so
	}
	_ = raw.Control(func(fd uintptr) {
		_ = syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, syscall.TCP_QUICKACK, 1) // without it, times are 40 ms off at worst
	})
}
