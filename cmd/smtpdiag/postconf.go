package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/smtpdiag/smtpdiag/diagnose"
	"github.com/smtpdiag/smtpdiag/evidence"
	"github.com/smtpdiag/smtpdiag/postfix"
	"github.com/smtpdiag/smtpdiag/report"
)

const postconfLong = `Read the settings of a Postfix host and show those that cause wrong refusals, or
hide why mail was refused: each with the setting, its default, why it matters,
and the line to change.

PATH is a main.cf, a master.cf, or a file with the output of postconf -n, -M or
-P; which of them it is, is seen from its lines. - is standard input. Without a
PATH the settings of this host are read with postconf -n, -M and -P. Nothing is
changed.`

const postconfExample = `  smtpdiag postconf
  smtpdiag postconf /etc/postfix/main.cf /etc/postfix/master.cf
  ssh mx1.example.com postconf -n | smtpdiag postconf -`

// newPostconfCommand makes "smtpdiag postconf".
func newPostconfCommand(s *streams, common *commonOptions) *cobra.Command {
	return &cobra.Command{
		Use:     "postconf [PATH...]",
		Short:   "Show Postfix settings that cause wrong refusals",
		Long:    postconfLong,
		Example: postconfExample,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runPostconf(cmd.Context(), s, common, args)
		},
	}
}

// runPostconf reads the settings and prints one document about them.
func runPostconf(ctx context.Context, s *streams, common *commonOptions, paths []string) error {
	var settings postfix.Settings
	var sources []string
	var extra []evidence.Item
	var failed error
	if len(paths) == 0 {
		var err error
		if sources, extra, err = hostSettings(ctx, &settings); err != nil {
			return err
		}
	}
	for _, path := range paths {
		if err := readSettings(s, &settings, path); err != nil {
			writeComplaint(s.err, err.Error())
			failed = errPartial
			continue
		}
		sources = append(sources, path)
	}
	if len(sources) == 0 {
		return errPartial
	}
	p := newPrinter(s, common, false)
	if err := p.print(postconfDocument(&settings, sources, extra)); err != nil {
		return p.finish(err)
	}
	return p.finish(failed)
}

// readSettings reads one file of settings.
func readSettings(s *streams, settings *postfix.Settings, path string) error {
	r := s.in
	if path != standardInput {
		f, err := os.Open(path)
		if err != nil {
			return newInputError(path, err)
		}
		defer closeRead(f)
		r = f
	}
	before := len(settings.Parameters) + len(settings.Services)
	if err := settings.ReadSettings(path, r); err != nil {
		if errors.Is(err, postfix.ErrNotSettings) {
			return &inputError{name: path, reason: "holds no Postfix settings", advice: "give a main.cf, a master.cf or the output of postconf -n", err: err}
		}
		return newInputError(path, err)
	}
	if len(settings.Parameters)+len(settings.Services) == before {
		return &inputError{name: path, reason: "holds no settings", advice: "give a main.cf, a master.cf or the output of postconf -n"}
	}
	return nil
}

// hostSettings reads the settings of this host with postconf, and the tables
// that lie in its configuration directory.
func hostSettings(ctx context.Context, settings *postfix.Settings) (sources []string, files []evidence.Item, err error) {
	if _, missing := exec.LookPath("postconf"); missing != nil {
		return nil, nil, usagef("there is no postconf on this host: name a main.cf, a master.cf or a file with the output of postconf -n\nSee 'smtpdiag postconf --help'")
	}
	for _, flag := range []string{"-n", "-M", "-P"} {
		out, warnings, runErr := runReadOnly(ctx, "postconf", flag)
		if runErr != nil {
			return nil, nil, runErr
		}
		source := "postconf " + flag
		if flag == "-n" {
			out = append(out, warnings...)
		}
		if err = settings.ReadSettings(source, bytes.NewReader(out)); err != nil {
			return nil, nil, fmt.Errorf("%s: %w", source, err)
		}
		sources = append(sources, source)
	}
	out, _, err := runReadOnly(ctx, "postconf", "-h", "config_directory")
	if err != nil {
		return sources, nil, nil //nolint:nilerr // an old postconf; the tables are then not compared
	}
	return sources, mapFiles(strings.TrimSpace(string(out))), nil
}

// mapFiles lists the compiled tables of a directory.
func mapFiles(dir string) []evidence.Item {
	var items []evidence.Item
	for _, pattern := range []string{"*.db", "*.lmdb", "*.cdb"} {
		names, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			continue
		}
		for _, name := range names {
			items = append(items, evidence.Item{Kind: evidence.KindSetting, Field: "map-file", Text: name, Source: evidence.Source{Name: name}})
		}
	}
	return items
}

// maxCommandOutput bounds what is read of a command's output.
const maxCommandOutput = 16 << 20

// runReadOnly runs a command that changes nothing and gives its output, and what
// it said on standard error.
func runReadOnly(ctx context.Context, name string, args ...string) (stdout, stderr []byte, err error) {
	cmd := exec.CommandContext(ctx, name, args...)
	errOut := boundedBuffer{limit: 64 << 10}
	cmd.Stderr = &errOut
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", name, err)
	}
	if err := cmd.Start(); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", name, err)
	}
	out, readErr := io.ReadAll(io.LimitReader(pipe, maxCommandOutput))
	if err := cmd.Wait(); err != nil {
		return out, nil, fmt.Errorf("%s %s failed: %w: %s", name, strings.Join(args, " "), err, strings.TrimSpace(errOut.String()))
	}
	return out, errOut.Bytes(), readErr
}

// postconfDocument judges the settings.
func postconfDocument(settings *postfix.Settings, sources []string, extra []evidence.Item) *report.Postconf {
	doc := &report.Postconf{
		Schema: report.SchemaPostconf, Sources: sources, Settings: len(settings.Parameters), Services: len(settings.Services),
		Findings: []report.SettingFinding{}, Problems: []report.SettingProblem{},
	}
	for _, f := range diagnose.Settings(append(settings.Items(), extra...)) {
		doc.Findings = append(doc.Findings, report.SettingFinding{
			Key: f.Key, Rule: f.Rule, Setting: f.Setting, Value: f.Value, Default: f.Default, Service: f.Service, Source: f.Source.Name, Line: f.Source.Line,
			Severity: string(f.Severity), Text: f.Text, Fix: f.Fix, Refs: f.Refs,
		})
	}
	for _, p := range settings.Problems {
		doc.Problems = append(doc.Problems, report.SettingProblem{Source: p.Source, Line: p.Line, Text: p.Text})
	}
	return doc
}
