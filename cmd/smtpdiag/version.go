package main

import (
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/smtpdiag/smtpdiag/report"
)

// release is the version of this source tree, see CHANGELOG.md. Reports carry
// it, and not the commit, so that they stay the same from build to build.
const release = "0.1.0-dev"

// newVersionCommand makes "smtpdiag version".
func newVersionCommand(s *streams, opts *commonOptions) *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the version of smtpdiag",
		Example: "  smtpdiag version\n  smtpdiag version -o json",
		Args:    noArgs,
		RunE: func(*cobra.Command, []string) error {
			doc := &report.Version{Schema: report.SchemaVersion, Version: release, Go: runtime.Version()}
			if info, ok := debug.ReadBuildInfo(); ok {
				for _, set := range info.Settings {
					if set.Key == "vcs.revision" {
						doc.Commit = set.Value
					}
				}
			}
			out := newPrinter(s, opts, false)
			return out.finish(out.print(doc))
		},
	}
}
