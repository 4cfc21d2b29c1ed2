package probes

import (
	"io"
	"net"
)

// bytesConn is a connection from which fixed bytes come.
type bytesConn struct {
	net.Conn
	data []byte
}

func (c *bytesConn) Read(p []byte) (int, error) {
	if len(c.data) == 0 {
		return 0, io.EOF
	}
	n := copy(p, c.data)
	c.data = c.data[n:]
	return n, nil
}
