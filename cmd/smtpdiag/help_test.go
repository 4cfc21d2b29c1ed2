package main

import (
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// TestHelp looks at the help of every command: it says what the command does,
// shows how it is called, and fits a terminal of 80 columns.
func TestHelp(t *testing.T) {
	s, _, _ := testStreams(false)
	var check func(*cobra.Command)
	check = func(cmd *cobra.Command) {
		for _, sub := range cmd.Commands() {
			check(sub)
		}
		if cmd.Name() == "help" || cmd.HasParent() && cmd.Parent().Name() == "completion" || cmd.Name() == "completion" {
			return // cobra's own
		}
		t.Run(cmd.CommandPath(), func(t *testing.T) {
			if cmd.Short == "" || strings.HasSuffix(cmd.Short, ".") {
				t.Errorf("the short text is %q", cmd.Short)
			}
			if cmd.Example == "" || !strings.HasPrefix(cmd.Example, "  smtpdiag ") {
				t.Errorf("no examples: %q", cmd.Example)
			}
			for line := range strings.Lines(cmd.Long + "\n" + cmd.Example + "\n" + cmd.UsageString()) {
				if line = strings.TrimSuffix(line, "\n"); len(line) > 80 {
					t.Errorf("%d columns: %s", len(line), line)
				}
			}
		})
	}
	check(newRoot(s))
}

// TestCommandsAreCalledByTheirNames keeps the names in the table and those of
// the commands together.
func TestCommandsAreCalledByTheirNames(t *testing.T) {
	s, _, _ := testStreams(false)
	for _, sub := range commands() {
		root := newRootFor(s, []string{sub.name})
		if made := root.Commands(); len(made) != 1 || made[0].Name() != sub.name {
			t.Errorf("%s makes %v", sub.name, made)
		}
	}
	if n := len(newRootFor(s, []string{"--help"}).Commands()); n != len(commands()) {
		t.Errorf("%d commands without a name", n)
	}
}
