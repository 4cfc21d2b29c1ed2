package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// pathAnnotation marks flags that name files, so that a relative path in a
// configuration file starts where that file is.
const pathAnnotation = "smtpdiag-path"

// applyConfig takes defaults for flags from a configuration file: the given
// one, which must exist, or the user's own, which need not. Its keys are the
// long names of flags; a flag on the command line wins.
func applyConfig(cmd *cobra.Command, s *streams, given string) error {
	file := given
	if file == "" {
		file = userConfig(s)
	}
	if file == "" {
		return nil
	}
	raw, err := os.ReadFile(file)
	if given == "" && errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return usagef("configuration: %w", err)
	}
	settings, err := parseConfig(file, raw)
	if err != nil {
		return err
	}
	for _, set := range settings {
		if err := set.apply(cmd, s, file); err != nil {
			return err
		}
	}
	return nil
}

// userConfig gives the name of the user's own configuration file, following
// the XDG base directory specification, or "".
func userConfig(s *streams) string {
	dir := s.getenv("XDG_CONFIG_HOME")
	if dir == "" && s.getenv("HOME") != "" {
		dir = filepath.Join(s.getenv("HOME"), ".config")
	}
	if dir == "" {
		return ""
	}
	return filepath.Join(dir, "smtpdiag", "config.yaml")
}

// setting is one entry of a configuration file.
type setting struct {
	key    string
	values []string
	line   int
}

// parseConfig reads a mapping of keys to scalars or lists of scalars.
func parseConfig(file string, raw []byte) ([]setting, error) {
	tree, err := parser.ParseBytes(raw, 0)
	if err != nil {
		return nil, usagef("%s: %s", file, strings.TrimSpace(yaml.FormatError(err, false, true)))
	}
	var settings []setting
	for _, doc := range tree.Docs {
		if doc.Body == nil {
			continue
		}
		var entries []*ast.MappingValueNode
		switch body := doc.Body.(type) {
		case *ast.MappingNode:
			entries = body.Values
		case *ast.MappingValueNode:
			entries = []*ast.MappingValueNode{body}
		case *ast.CommentGroupNode:
		default:
			return nil, usagef("%s:%d: want lines of the form 'flag: value'", file, doc.Body.GetToken().Position.Line)
		}
		for _, entry := range entries {
			set := setting{key: entry.Key.GetToken().Value, line: entry.Key.GetToken().Position.Line}
			if set.values, err = configValues(entry.Value); err != nil {
				return nil, usagef("%s:%d: %s: %w", file, set.line, set.key, err)
			}
			settings = append(settings, set)
		}
	}
	return settings, nil
}

// configValues gives the words of a scalar or of a list of scalars.
func configValues(node ast.Node) ([]string, error) {
	switch node := node.(type) {
	case *ast.SequenceNode:
		var values []string
		for _, item := range node.Values {
			inner, err := configValues(item)
			if err != nil {
				return nil, err
			}
			values = append(values, inner...)
		}
		return values, nil
	case *ast.StringNode:
		return []string{node.Value}, nil
	case ast.ScalarNode:
		if _, null := node.(*ast.NullNode); null {
			return nil, errors.New("has no value")
		}
		return []string{node.GetToken().Value}, nil
	}
	return nil, errors.New("want a word, a number or a list of them")
}

// apply sets the flag of cmd that the setting names, if cmd has it and the
// command line does not set it.
func (set setting) apply(cmd *cobra.Command, s *streams, file string) error {
	if set.key == "config" || set.key == "help" {
		return usagef("%s:%d: %s: cannot be set in a configuration file", file, set.line, set.key)
	}
	flag := cmd.Flags().Lookup(set.key)
	if flag == nil {
		if slices.Contains(allFlags(newRoot(s)), set.key) {
			return nil // a setting for other commands
		}
		return usagef("%s:%d: %s: no flag of this name", file, set.line, set.key)
	}
	if flag.Changed {
		return nil
	}
	for _, value := range set.values {
		if _, isPath := flag.Annotations[pathAnnotation]; isPath && !filepath.IsAbs(value) {
			value = filepath.Join(filepath.Dir(file), value)
		}
		if err := flag.Value.Set(value); err != nil {
			switch flag.Value.Type() {
			case "bool":
				err = errors.New("must be true or false")
			case "int":
				err = errors.New("must be a whole number")
			}
			return usagef("%s:%d: %s: %q: %w", file, set.line, set.key, value, err)
		}
	}
	return nil
}

// allFlags gives the names of the flags of cmd and of every command below it.
func allFlags(cmd *cobra.Command) []string {
	var names []string
	add := func(f *pflag.Flag) { names = append(names, f.Name) }
	cmd.LocalFlags().VisitAll(add)
	for _, sub := range cmd.Commands() {
		names = append(names, allFlags(sub)...)
	}
	return names
}

// markPath says that the flag of cmd names files.
func markPath(cmd *cobra.Command, name string) {
	if err := cmd.Flags().SetAnnotation(name, pathAnnotation, []string{"true"}); err != nil {
		panic(fmt.Sprintf("flag %s: %v", name, err)) // a misspelt name in this program
	}
}
