package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// nameList reads the entries of a directory in the order of their names. It
// holds a bounded number of them: a directory of more is read again for those
// that come after. Spools of a million messages exist.
type nameList struct {
	dir string
	// names are the entries at hand, in order.
	names []listed
	// last is the name behind which the next ones come, "" at first.
	last     string
	cur, new bool // the directory has directories of these names
	failed   bool // an error was given
}

// listed is one entry of a directory.
type listed struct {
	name string
	kind listedKind
}

// listedKind says what an entry is.
type listedKind uint8

const (
	listedOther listedKind = iota
	listedFile
	listedDir
	listedLink
)

// maxListed is the greatest number of names that are given at a time; while they
// are chosen, twice as many are held.
const maxListed = 32 << 10

// read reads the next names. more says that there are others behind them. An
// error is given once, with the names that could be read all the same.
func (l *nameList) read() (more bool, err error) {
	if len(l.names) > 0 {
		l.last = l.names[len(l.names)-1].name
	}
	l.names = l.names[:0]
	f, err := os.Open(l.dir)
	if err != nil {
		return false, l.failure(err)
	}
	defer closeRead(f)
	for bound := ""; err == nil; { // names from bound on are for later
		var entries []fs.DirEntry
		entries, err = f.ReadDir(512)
		for _, e := range entries {
			l.add(e, bound)
			if len(l.names) == 2*maxListed {
				bound, more = l.cut(), true
			}
		}
	}
	more = len(l.names) > maxListed || more
	l.cut()
	return more, l.failure(err)
}

// failure gives the first error of all.
func (l *nameList) failure(err error) error {
	if errors.Is(err, io.EOF) || l.failed {
		return nil
	}
	l.failed = true
	return err
}

// add notes an entry, unless its turn is over or comes later.
func (l *nameList) add(entry fs.DirEntry, bound string) {
	e, mode := listed{name: entry.Name()}, entry.Type()
	switch {
	case mode.IsDir():
		e.kind = listedDir
		l.cur, l.new = l.cur || e.name == "cur", l.new || e.name == "new"
	case mode.IsRegular():
		e.kind = listedFile
	case mode&fs.ModeSymlink != 0:
		e.kind = listedLink
	}
	if e.name > l.last && (bound == "" || e.name < bound) {
		l.names = append(l.names, e)
	}
}

// cut sorts the names, keeps the first ones and gives the name of the first that
// is not kept, or "".
func (l *nameList) cut() string {
	slices.SortFunc(l.names, func(a, b listed) int { return strings.Compare(a.name, b.name) })
	if len(l.names) <= maxListed {
		return ""
	}
	bound := l.names[maxListed].name
	clear(l.names[maxListed:])
	l.names = l.names[:maxListed]
	return bound
}

// isMaildir reports whether the directory is a Maildir: then mail is in "cur"
// and "new" and in the Maildirs below it, "tmp" holds what is still being
// delivered, and files beside them are indexes.
func (l *nameList) isMaildir() bool { return l.cur && l.new }
