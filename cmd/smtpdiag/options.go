package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/smtpdiag/smtpdiag/report"
)

// commonOptions are the flags that every command has.
type commonOptions struct {
	output   enumValue
	color    enumValue
	redact   bool
	quiet    bool
	verbose  bool
	config   string
	exitCode bool

	// format is what output names.
	format report.Format
}

// declare adds the flags to root and so to every command below it.
func (o *commonOptions) declare(root *cobra.Command) {
	var names []string
	for _, f := range report.Formats() {
		names = append(names, f.Name)
	}
	o.output = enumValue{value: "text", allowed: names}
	o.color = enumValue{value: "auto", allowed: []string{"auto", "always", "never"}}
	flags := root.PersistentFlags()
	flags.SortFlags = false
	flags.VarP(&o.output, "output", "o", "form of the result: "+o.output.list())
	flags.Var(&o.color, "color", "colour in text: "+o.color.list()+"; NO_COLOR is heeded")
	flags.BoolVar(&o.redact, "redact", false, "replace local parts, message identifiers and subjects by pseudonyms")
	flags.BoolVarP(&o.quiet, "quiet", "q", false, "text: one line for each recipient; no progress")
	flags.BoolVarP(&o.verbose, "verbose", "v", false, "text, markdown: add the rule, the runner-up and all evidence")
	flags.StringVar(&o.config, "config", "", "`FILE` with defaults for flags (default $XDG_CONFIG_HOME/smtpdiag/config.yaml)")
	flags.BoolVar(&o.exitCode, "exit-code", false, "let the finding decide the exit status: 0, 10, 11 or 12")
	for name, value := range map[string]*enumValue{"output": &o.output, "color": &o.color} {
		complete := cobra.FixedCompletions(value.allowed, cobra.ShellCompDirectiveNoFileComp)
		if err := root.RegisterFlagCompletionFunc(name, complete); err != nil {
			panic(err) // the flag was declared a few lines above
		}
	}
}

// complete reads the configuration file and checks the flags against each
// other.
func (o *commonOptions) complete(cmd *cobra.Command, s *streams) error {
	if err := applyConfig(cmd, s, o.config); err != nil {
		return err
	}
	if o.quiet && o.verbose {
		return usagef("--quiet and --verbose exclude each other")
	}
	o.format, _ = report.FormatByName(o.output.value)
	return nil
}

// rendering gives what the formats need to know.
func (o *commonOptions) rendering(s *streams) report.Options {
	r := report.Options{Width: defaultWidth, Version: release, Color: o.colored(s)}
	if s.outTerminal && o.format.Name == "text" {
		r.Width = s.width()
	}
	switch {
	case o.quiet:
		r.Detail = report.Quiet
	case o.verbose:
		r.Detail = report.Verbose
	}
	return r
}

// quietNote reports whether --quiet drops a line for standard error: it does,
// unless the line says that something could not be read.
func (o *commonOptions) quietNote(failed bool) bool { return o.quiet && !failed }

// colored decides on colour: an explicit flag first, then NO_COLOR
// (https://no-color.org: present and not empty), then what the terminal can.
func (o *commonOptions) colored(s *streams) bool {
	switch o.color.value {
	case "always":
		return true
	case "never":
		return false
	}
	return s.outTerminal && s.getenv("NO_COLOR") == "" && s.getenv("TERM") != "dumb"
}

// enumValue is a flag that takes one of a few words. One list gives the check,
// the help and the completion.
type enumValue struct {
	value   string
	allowed []string
}

// String gives the word that is set.
func (e *enumValue) String() string { return e.value }

// Type names the value in help texts.
func (e *enumValue) Type() string { return "WORD" }

// Set takes one of the allowed words.
func (e *enumValue) Set(word string) error {
	if !slices.Contains(e.allowed, word) {
		return fmt.Errorf("must be %s", e.list())
	}
	e.value = word
	return nil
}

// list gives the words for a sentence.
func (e *enumValue) list() string {
	last := len(e.allowed) - 1
	return strings.Join(e.allowed[:last], ", ") + " or " + e.allowed[last]
}
