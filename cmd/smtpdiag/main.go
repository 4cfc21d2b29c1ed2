// Command smtpdiag reads bounced mail, or asks the mail hosts themselves, and
// says who refused, at which step, why, who can act and what to do next.
//
// This package is the only one that knows the process: its arguments,
// environment, standard streams and exit status. Each subcommand has a file of
// its own with an options struct, a constructor that declares and checks, and a
// run function that works.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/smtpdiag/smtpdiag/diagnose"
)

func main() { os.Exit(run()) }

// run is main with a result, so that deferred calls happen before the exit.
func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// A reader that leaves early gives an error of the write, not a death by
	// signal, so that one place decides what happens then.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	// A short run is over before it would pay to collect garbage.
	debug.SetGCPercent(startGCPercent)
	if len(os.Args) > 1 && judges(os.Args[1]) {
		go diagnose.Builtin() // compiles the rules while the flags are read
	}
	return execute(ctx, processStreams(), os.Args[1:])
}

// startGCPercent is what the runtime collects garbage by, unless a command that
// reads much sets its own.
const startGCPercent = 400

// judges reports whether a subcommand surely needs the rules.
func judges(name string) bool { return name == "bounce" || name == "explain" }
