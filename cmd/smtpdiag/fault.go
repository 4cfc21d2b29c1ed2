package main

import (
	"fmt"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/smtpdiag/smtpdiag/dsn"
)

// faultError is what is said of an input on which the program itself failed.
// The panic that cause comes from ends the work on that input alone: an input
// is hostile, and one must not cost the others their results.
func faultError(name string, cause any) *inputError {
	return &inputError{
		name:   name,
		reason: fmt.Sprintf("smtpdiag itself failed on it (%v%s), nothing is said about it", cause, faultPlace()),
		advice: "the other inputs are not touched by that; please report it with the message",
	}
}

// faultPlace names the line of this program that panicked, in a deferred call:
// ", dsn/parse.go:12".
func faultPlace() string {
	var pcs [32]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs[:])])
	panicked := false
	for {
		f, more := frames.Next()
		switch {
		case strings.HasPrefix(f.Function, "runtime."):
			panicked = panicked || f.Function == "runtime.gopanic"
		case panicked:
			return fmt.Sprintf(", %s/%s:%d", filepath.Base(filepath.Dir(f.File)), filepath.Base(f.File), f.Line)
		}
		if !more {
			return ""
		}
	}
}

// parseMessage reads a message; the error says that the program failed on it.
func parseMessage(name string, raw []byte) (r *dsn.Report, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			r, err = nil, faultError(name, cause)
		}
	}()
	return dsn.Parse(name, raw), nil
}
