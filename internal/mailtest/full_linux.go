package mailtest

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"syscall"
	"testing"
	"time"
)

// FullListener gives the address of a listener on loopback that never takes a
// connection and whose queue is full: Linux then drops what knocks, and a
// client waits until it gives up, as behind a firewall that drops.
func FullListener(tb testing.TB) (string, error) {
	tb.Helper()
	return FullListenerAt(tb, netip.AddrPortFrom(netip.AddrFrom4([4]byte{127, 0, 0, 1}), 0))
}

// FullListenerAt is FullListener on a given IPv4 address; port 0 takes any.
func FullListenerAt(tb testing.TB, at netip.AddrPort) (string, error) {
	tb.Helper()
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return "", os.NewSyscallError("socket", err)
	}
	tb.Cleanup(func() { _ = syscall.Close(fd) })
	if err = syscall.SetsockoptInt(fd, syscall.SOL_SOCKET, syscall.SO_REUSEADDR, 1); err != nil {
		return "", os.NewSyscallError("setsockopt", err)
	}
	if err = syscall.Bind(fd, &syscall.SockaddrInet4{Addr: at.Addr().As4(), Port: int(at.Port())}); err != nil {
		return "", os.NewSyscallError("bind", err)
	}
	if err = syscall.Listen(fd, 0); err != nil {
		return "", os.NewSyscallError("listen", err)
	}
	name, err := syscall.Getsockname(fd)
	if err != nil {
		return "", os.NewSyscallError("getsockname", err)
	}
	inet, ok := name.(*syscall.SockaddrInet4)
	if !ok {
		return "", errors.New("the socket has no IPv4 address")
	}
	address := fmt.Sprintf("%s:%d", at.Addr(), inet.Port)
	dialer := net.Dialer{Timeout: 200 * time.Millisecond}
	filled := false
	for range 16 {
		conn, full := dialer.DialContext(tb.Context(), "tcp", address)
		if filled = full != nil; filled {
			break
		}
		tb.Cleanup(func() { _ = conn.Close() })
	}
	if !filled {
		return "", errors.New("the queue of the listener does not fill up")
	}
	return address, nil
}
