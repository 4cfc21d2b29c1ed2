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
	"syscall"
)

func main() { os.Exit(run()) }

// run is main with a result, so that deferred calls happen before the exit.
func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// A reader that leaves early gives an error of the write, not a death by
	// signal, so that one place decides what happens then.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	return execute(ctx, processStreams(), os.Args[1:])
}
