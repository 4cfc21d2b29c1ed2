package main

import (
	"context"
	"errors"
	"fmt"
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
	root := newRoot(s)
	root.SetArgs(args)
	status, message := exitStatus(root.ExecuteContext(ctx))
	if message != "" {
		writeComplaint(s.err, message)
	}
	return status
}

// newRoot makes the command tree. Every subcommand is one line here.
func newRoot(s *streams) *cobra.Command {
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
	root.AddCommand(
		newBounceCommand(s, opts),
		newExplainCommand(s, opts),
		newMXCommand(s, opts),
		newProbeCommand(s, opts),
		newDiagnoseCommand(s, opts),
		newPostconfCommand(s, opts),
		newLogCommand(s, opts),
		newQueueCommand(s, opts),
		newEdgeCommand(s, opts),
		newRunbookCommand(s, opts),
		newSchemaCommand(s),
		newVersionCommand(s, opts),
	)
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
