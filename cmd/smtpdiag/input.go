package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// standardInput is the name of standard input among paths.
const standardInput = "-"

// input is one file to read, or standard input.
type input struct {
	name string
	// named says that the user named it, rather than a directory around it.
	named bool
	// err says why there is nothing to read, or is nil.
	err error
}

// inputError is an input that could not be read, in words for its owner.
type inputError struct {
	name, reason, advice string
	err                  error
}

func (e *inputError) Error() string {
	text := e.name + ": " + e.reason
	if e.advice != "" {
		text += "; " + e.advice
	}
	return text
}

func (e *inputError) Unwrap() error { return e.err }

// newInputError puts what the system says into words.
func newInputError(name string, err error) *inputError {
	if known, ok := errors.AsType[*inputError](err); ok {
		return known
	}
	e := &inputError{name: name, err: err}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		e.reason, e.advice = "no such file or directory", "check the name"
	case errors.Is(err, fs.ErrPermission):
		e.reason, e.advice = "permission denied", "run smtpdiag as a user who may read it"
	case errors.Is(err, syscall.EISDIR):
		e.reason = "is a directory"
	default:
		if pathErr, ok := errors.AsType[*fs.PathError](err); ok {
			err = pathErr.Err
		}
		e.reason, e.advice = fmt.Sprintf("cannot be read: %v", err), "what could be read of it is shown"
	}
	return e
}

// inputs yields what paths name: files as they are, directories walked in the
// order of their names. A bounded number of the names of one directory, and of
// those around it, are held at a time.
func inputs(ctx context.Context, paths []string) iter.Seq[input] {
	return func(yield func(input) bool) {
		for _, path := range paths {
			if ctx.Err() != nil || !namedInput(ctx, path, yield) {
				return
			}
		}
	}
}

// namedInput yields what one path of the command line names.
func namedInput(ctx context.Context, path string, yield func(input) bool) bool {
	if path == standardInput {
		return yield(input{name: path, named: true})
	}
	info, err := os.Stat(path)
	if err != nil {
		return yield(input{name: path, named: true, err: newInputError(path, err)})
	}
	if !info.IsDir() {
		return yield(input{name: path, named: true})
	}
	w := &walk{ctx: ctx, yield: yield}
	if !w.directory(path) {
		return false
	}
	if w.count == 0 {
		return yield(input{name: path, named: true, err: &inputError{
			name: path, reason: "the directory holds no files", advice: "name a file, an mbox, a Maildir or a folder of messages",
		}})
	}
	return true
}

// walk goes through a directory tree.
type walk struct {
	ctx   context.Context //nolint:containedctx // lives for one call of namedInput
	yield func(input) bool
	count int
}

// directory yields the files of a directory; false when the walk is to end.
func (w *walk) directory(dir string) bool {
	list := nameList{dir: dir, most: maxListed}
	prefix := pathPrefix(dir)
	for more := true; more; {
		var err error
		if more, err = list.read(); err != nil {
			w.count++
			if !w.yield(input{name: dir, err: newInputError(dir, err)}) {
				return false
			}
		}
		for i := range list.names {
			if w.ctx.Err() != nil || !w.entry(prefix, list.name(i), list.names[i].kind, list.isMaildir()) {
				return false
			}
		}
	}
	return true
}

// entry yields what one entry of a directory is.
func (w *walk) entry(prefix, name string, kind listedKind, maildir bool) bool {
	switch {
	case maildir && (kind != listedDir || name == "tmp"):
		// What is still being delivered, and indexes.
	case kind == listedDir:
		return w.directory(prefix + name)
	case strings.HasPrefix(name, "."):
		// .DS_Store, .gitignore and the like are not mail.
	case kind == listedFile || kind == listedLink && leadsToFile(prefix+name):
		w.count++
		return w.yield(input{name: prefix + name})
	}
	return true
}

// pathPrefix gives what stands in front of the names in a directory, as the user
// wrote it.
func pathPrefix(dir string) string {
	here := "." + string(filepath.Separator)
	path := filepath.Join(dir, "x")
	if strings.HasPrefix(dir, here) {
		path = here + path
	}
	return strings.TrimSuffix(path, "x")
}

// leadsToFile reports whether a symbolic link ends at a file. Links to
// directories are not followed: they can go in circles.
func leadsToFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
