package main

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
)

// nameList reads the entries of a directory in the order of their names. It
// holds a bounded number of them: a directory of more is read again for those
// that come after. Spools of a million messages exist.
type nameList struct {
	dir string
	// most is the greatest number of names that are given at a time; while they
	// are chosen, twice as many are held.
	most int
	// names are the entries at hand, in order; text holds their names.
	names []listed
	text  []byte
	// last is the name behind which the next ones come, "" at first.
	last     string
	cur, new bool // the directory has directories of these names
	failed   bool // an error was given
}

// listed is one entry of a directory. Its name is text[start:end] of the list.
type listed struct {
	start, end int32
	kind       listedKind
}

// listedKind says what an entry is.
type listedKind uint8

const (
	listedOther listedKind = iota
	listedFile
	listedDir
	listedLink
)

// maxListed is how many names of a directory a walk asks for at a time: reading
// a directory of ten times as many takes a tenth of the time that its messages
// take.
const maxListed = 32 << 10

// name gives the name of entry i.
func (l *nameList) name(i int) string { return string(l.bytes(l.names[i])) }

func (l *nameList) bytes(e listed) []byte { return l.text[e.start:e.end] }

// read reads the next names. more says that there are others behind them. An
// error is given once, with the names that could be read all the same.
func (l *nameList) read() (more bool, err error) {
	if n := len(l.names); n > 0 {
		l.last = l.name(n - 1)
	}
	l.names, l.text = l.names[:0], l.text[:0]
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
			if len(l.names) == 2*l.most {
				bound, more = l.cut(), true
			}
		}
	}
	if len(l.names) > l.most {
		more = true
		l.cut()
	}
	l.sort()
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
	name, mode, kind := entry.Name(), entry.Type(), listedOther
	switch {
	case mode.IsDir():
		kind = listedDir
		l.cur, l.new = l.cur || name == "cur", l.new || name == "new"
	case mode.IsRegular():
		kind = listedFile
	case mode&fs.ModeSymlink != 0:
		kind = listedLink
	}
	if name > l.last && (bound == "" || name < bound) {
		start := len(l.text)
		l.text = append(l.text, name...)
		l.names = append(l.names, listed{start: int32(start), end: int32(len(l.text)), kind: kind})
	}
}

// sort puts the names in order.
func (l *nameList) sort() {
	slices.SortFunc(l.names, func(a, b listed) int { return bytes.Compare(l.bytes(a), l.bytes(b)) })
}

// cut keeps the first names and gives the name of the first that is not kept.
// They are not in order then.
func (l *nameList) cut() (bound string) {
	l.sort()
	bound = l.name(l.most)
	l.names = l.names[:l.most]
	slices.SortFunc(l.names, func(a, b listed) int { return cmp.Compare(a.start, b.start) })
	kept := l.text[:0]
	for i, e := range l.names { // each moves towards the start
		start := len(kept)
		kept = append(kept, l.bytes(e)...)
		l.names[i].start, l.names[i].end = int32(start), int32(len(kept))
	}
	l.text = kept
	return bound
}

// isMaildir reports whether the directory is a Maildir: then mail is in "cur"
// and "new" and in the Maildirs below it, "tmp" holds what is still being
// delivered, and files beside them are indexes.
func (l *nameList) isMaildir() bool { return l.cur && l.new }
