package main

import (
	"fmt"
	"io/fs"
	"strconv"
	"syscall"

	"github.com/smtpdiag/smtpdiag/diagnose"
)

// statDisk reads the room of the file system that holds d.Path.
func statDisk(d *diagnose.EdgeDisk) {
	d.Command = commandText("df", "-h", d.Path)
	var st syscall.Statfs_t
	if err := syscall.Statfs(d.Path, &st); err != nil {
		d.Skipped = notRoot(newInputError(d.Path, err).reason)
		return
	}
	block := uint64(max(st.Bsize, 1))
	d.Free, d.Total, d.InodesFree, d.InodesTotal = st.Bavail*block, st.Blocks*block, st.Ffree, st.Files
	d.Output = fmt.Sprintf("%s: %d of %d MiB free, %d of %d inodes free", d.Path, d.Free>>20, d.Total>>20, d.InodesFree, d.InodesTotal)
}

// ownerOf gives the user id of a file's owner.
func ownerOf(info fs.FileInfo) (uid string, known bool) {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return strconv.FormatUint(uint64(st.Uid), 10), true
	}
	return "", false
}
