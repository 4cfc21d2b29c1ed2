package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

const rootLong = `smtpdiag reads a bounced mail, or asks the mail hosts themselves, and says who
said no, at which step, why really, who can act, and what to do next, with the
proof.

Exit status: 0 the work was done, whatever it found; 1 some inputs could not be
read or asked, the others were; 2 wrong usage. With --exit-code the finding
decides instead: 0 nothing wrong, 10 temporary failure, 11 permanent failure,
12 not a report or cause unknown; the worst of several wins.`

const rootExample = `  smtpdiag bounce message.eml
  smtpdiag bounce --summary ~/Maildir/.bounces
  smtpdiag explain "550 5.7.1 Service unavailable; client host blocked"`

// execute runs the program with args and gives its exit status.
func execute(ctx context.Context, s *streams, args []string) int {
	root := newRootFor(s, args)
	root.SetArgs(args)
	status, message := exitStatus(root.ExecuteContext(ctx))
	if message != "" {
		writeComplaint(s.err, message)
	}
	return status
}

// subcommand is one command below the root.
type subcommand struct {
	name string
	make func(*streams, *commonOptions) *cobra.Command
}

// commands lists the subcommands. Each one is one line here.
func commands() []subcommand {
	return []subcommand{
		{"bounce", newBounceCommand},
		{"explain", newExplainCommand},
		{"mx", newMXCommand},
		{"probe", newProbeCommand},
		{"diagnose", newDiagnoseCommand},
		{"postconf", newPostconfCommand},
		{"log", newLogCommand},
		{"queue", newQueueCommand},
		{"edge", newEdgeCommand},
		{"runbook", newRunbookCommand},
		{"schema", newSchemaCommand},
		{"version", newVersionCommand},
	}
}

// newRoot makes the whole command tree.
func newRoot(s *streams) *cobra.Command { return newRootOf(s, "") }

// newRootFor makes as much of the command tree as the arguments need: making all
// commands with their flags takes longer than reading a bounce.
func newRootFor(s *streams, args []string) *cobra.Command {
	if len(args) > 0 && slices.ContainsFunc(commands(), func(sub subcommand) bool { return sub.name == args[0] }) {
		return newRootOf(s, args[0])
	}
	return newRoot(s)
}

// newRootOf makes the command tree with one subcommand, or with all for "".
func newRootOf(s *streams, only string) *cobra.Command {
	opts := new(commonOptions)
	root := &cobra.Command{
		Use:           "smtpdiag",
		Short:         "Say why mail bounced, who can act and what to do next",
		Long:          rootLong,
		Example:       rootExample,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknownCommand(cmd, args[0])
			}
			return cmd.Help()
		},
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			return opts.complete(cmd, s)
		},
	}
	root.SuggestionsMinimumDistance = 2
	root.SetUsageTemplate(strings.ReplaceAll(root.UsageTemplate(), ".FlagUsages ", ".FlagUsagesWrapped 80 "))
	root.SetIn(s.in)
	root.SetOut(s.out)
	root.SetErr(s.err)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usagef("%w\nSee '%s --help'", err, cmd.CommandPath())
	})
	opts.declare(root)
	for _, sub := range commands() {
		if only == "" || only == sub.name {
			root.AddCommand(sub.make(s, opts))
		}
	}
	return root
}

// unknownCommand explains a first argument that is no subcommand.
func unknownCommand(cmd *cobra.Command, name string) error {
	text := fmt.Sprintf("unknown command %q", name)
	if near := cmd.SuggestionsFor(name); len(near) > 0 {
		text += "; did you mean " + strings.Join(near, " or ") + "?"
	}
	return usageError{errors.New(text + "\nSee 'smtpdiag --help'")}
}

// needArgs makes a check for at least one argument, saying which.
func needArgs(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return usagef("%s needs %s\nSee '%s --help'", cmd.CommandPath(), what, cmd.CommandPath())
		}
		return nil
	}
}

// noArgs is the check of commands that take no argument.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usagef("%s takes no arguments, got %q\nSee '%s --help'", cmd.CommandPath(), args[0], cmd.CommandPath())
	}
	return nil
}
