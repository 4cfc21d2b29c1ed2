package main

import (
	"context"
	"errors"
	"fmt"
	"syscall"

	"github.com/smtpdiag/smtpdiag/report"
)

// The exit statuses. With --exit-code the finding decides instead.
const (
	exitDone      = 0
	exitPartial   = 1
	exitUsage     = 2
	exitTemporary = 10
	exitPermanent = 11
	exitUnknown   = 12
)

// errPartial says that some inputs could not be read or asked, and that each
// of them has had its line on standard error.
var errPartial = errors.New("some inputs could not be read")

// usageError is a mistake in how the program was called.
type usageError struct{ err error }

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

// usagef makes a usageError.
func usagef(format string, args ...any) error {
	return usageError{fmt.Errorf(format, args...)}
}

// findingError carries the exit status that --exit-code asks for.
type findingError struct{ status int }

func (e findingError) Error() string { return fmt.Sprintf("finding %d", e.status) }

// severities in the order in which they win.
var exitOfOutcome = [...]int{
	report.OutcomeFine:      exitDone,
	report.OutcomeTemporary: exitTemporary,
	report.OutcomePermanent: exitPermanent,
	report.OutcomeUnknown:   exitUnknown,
}

// outcomeError gives the error that makes --exit-code speak: the worst finding
// decides; where nothing is wrong, inputs that could not be read still do.
func outcomeError(worst report.Outcome, err error) error {
	if errors.As(err, new(usageError)) || worst == report.OutcomeFine {
		return err
	}
	return findingError{exitOfOutcome[worst]}
}

// exitStatus is the one place that turns an error into an exit status, with
// the line for standard error, or "" where enough has been said.
func exitStatus(err error) (status int, message string) {
	var usage usageError
	var finding findingError
	switch {
	case err == nil:
		return exitDone, ""
	case errors.As(err, &finding):
		return finding.status, ""
	case errors.As(err, &usage):
		return exitUsage, usage.Error()
	case errors.Is(err, errPartial):
		return exitPartial, ""
	case errors.Is(err, syscall.EPIPE):
		// The reader of the output has left ("| head"): not worth a word.
		return exitPartial, ""
	case errors.Is(err, context.Canceled):
		return exitPartial, "interrupted: what is printed is whole, the rest was not read"
	}
	return exitPartial, err.Error()
}
