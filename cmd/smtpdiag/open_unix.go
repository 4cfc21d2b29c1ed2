//go:build unix

package main

import (
	"errors"
	"io"
	"syscall"
)

// rawFile is a file that is read once, from start to end. os.Open readies every
// file for being waited for, which takes more system calls than reading a
// message does.
type rawFile int

// openRaw opens a file for reading.
func openRaw(name string) (rawFile, error) {
	for {
		fd, err := syscall.Open(name, syscall.O_RDONLY|syscall.O_CLOEXEC, 0)
		if !errors.Is(err, syscall.EINTR) {
			return rawFile(fd), err
		}
	}
}

// Read implements io.Reader.
func (f rawFile) Read(p []byte) (int, error) {
	for {
		n, err := syscall.Read(int(f), p)
		switch {
		case errors.Is(err, syscall.EINTR):
			continue
		case err != nil:
			return 0, err
		case n == 0 && len(p) > 0:
			return 0, io.EOF
		}
		return n, nil
	}
}

// Close implements io.Closer.
func (f rawFile) Close() error { return syscall.Close(int(f)) }
