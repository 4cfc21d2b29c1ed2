package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/smtpdiag/smtpdiag/report"
)

const schemaLong = `Print the JSON Schema (2020-12) of what a command prints with -o json or ndjson,
or list the objects that have one.

Within a version fields may be added and never renamed or removed, so a schema
asks for the fields that are there and allows others.`

const schemaExample = `  smtpdiag schema
  smtpdiag schema bounce >bounce.schema.json`

// newSchemaCommand makes "smtpdiag schema".
func newSchemaCommand(s *streams, _ *commonOptions) *cobra.Command {
	return &cobra.Command{
		Use:       "schema [NAME]",
		Short:     "Print the JSON Schema of what the other commands print",
		Long:      schemaLong,
		Example:   schemaExample,
		ValidArgs: report.SchemaNames(),
		RunE: func(_ *cobra.Command, args []string) error {
			return runSchema(s, args)
		},
	}
}

// runSchema prints the names, or one schema.
func runSchema(s *streams, args []string) error {
	names := report.SchemaNames()
	switch {
	case len(args) == 0:
		_, err := s.out.Write([]byte(strings.Join(names, "\n") + "\n"))
		return err
	case len(args) > 1:
		return usagef("schema takes one name, got %d\nSee 'smtpdiag schema --help'", len(args))
	case !slices.Contains(names, args[0]):
		return usagef("there is no schema %q: it must be %s", args[0], strings.Join(names, ", "))
	}
	text, err := report.JSONSchema(args[0])
	if err != nil {
		return err
	}
	_, err = s.out.Write(text)
	return err
}
