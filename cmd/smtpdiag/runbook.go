package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/smtpdiag/smtpdiag/report"
	"github.com/smtpdiag/smtpdiag/runbook"
)

const runbookLong = `List the taxonomy of delivery failures, or show the page of one class: what it
means, what usually causes it, how to tell the causes apart, the checks in order
with their commands, the fix, what not to do, whom to ask with which words, and
references.

CLASS is a class ("recipient:unknown"), a gate ("policy") to list its classes,
one of the further pages ("quick-plan"), or "verdicts": the table of what
diagnose concludes from which witnesses.

Commands hold placeholders such as {recipient}; --set fills them in, quoted for
the shell. With -o markdown a page comes out in the form in which it is written,
ready to be changed and laid over the built-in ones with --runbook, see
docs/runbook.md.`

const runbookExample = `  smtpdiag runbook
  smtpdiag runbook policy
  smtpdiag runbook recipient:unknown
  smtpdiag runbook verdicts
  smtpdiag runbook policy:blocklist --set sender_ip=192.0.2.25
  smtpdiag runbook quick-plan -o markdown >our-runbook/quick-plan.md
  smtpdiag runbook --runbook our-runbook recipient:full`

// runbookOptions are the flags of "smtpdiag runbook".
type runbookOptions struct {
	common *commonOptions
	name   string // "" lists the taxonomy
	dir    string
	set    []string
}

// newRunbookCommand makes "smtpdiag runbook".
func newRunbookCommand(s *streams, common *commonOptions) *cobra.Command {
	opts := &runbookOptions{common: common}
	cmd := &cobra.Command{
		Use:               "runbook [CLASS]",
		Short:             "List the classes of failure, or show the page of one",
		Long:              runbookLong,
		Example:           runbookExample,
		Args:              atMostOneClass,
		ValidArgsFunction: completeClass,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				opts.name = strings.ToLower(strings.TrimSpace(args[0]))
			}
			return runRunbook(s, opts)
		},
	}
	cmd.Flags().StringVar(&opts.dir, "runbook", "", "`DIR` with runbook pages of your own, laid over the built-in ones")
	cmd.Flags().StringArrayVar(&opts.set, "set", nil, "`NAME=VALUE` of the case to fill in, such as recipient=user@example.com (repeatable)")
	markPath(cmd, "runbook")
	if err := cmd.RegisterFlagCompletionFunc("set", completePlaceholder); err != nil {
		panic(err) // the flag was declared a few lines above
	}
	return cmd
}

func atMostOneClass(cmd *cobra.Command, args []string) error {
	if len(args) > 1 {
		return usagef("%s takes one class, gate or page, got also %q\nSee '%s --help'", cmd.CommandPath(), args[1], cmd.CommandPath())
	}
	return nil
}

// runRunbook prints a list or a page.
func runRunbook(s *streams, opts *runbookOptions) error {
	values, err := caseValues(opts.set)
	if err != nil {
		return err
	}
	book, err := newBook(opts.dir)
	if err != nil {
		return err
	}
	if opts.name == verdictsPage {
		out := newPrinter(s, opts.common, false)
		return out.finish(out.print(verdictsDocument()))
	}
	gate := slices.Contains(runbook.Gates(), opts.name) && opts.name != string(runbook.ClassUnknown)
	if opts.name == "" || gate {
		return printTaxonomy(s, opts, book)
	}
	page, err := book.Page(opts.name)
	if errors.Is(err, runbook.ErrNoPage) {
		return noSuchPage(book, opts.name)
	}
	if err != nil {
		return err
	}
	if len(opts.set) > 0 {
		page = page.Fill(values)
	}
	out := newPrinter(s, opts.common, false)
	return out.finish(out.print(runbookPage(&page)))
}

// newBook makes the runbook with the user's own pages laid over it.
func newBook(dir string) (*runbook.Book, error) {
	book := runbook.New()
	if dir == "" {
		return book, nil
	}
	if err := book.Overlay(os.DirFS(dir)); err != nil {
		return nil, usagef("--runbook %s: %w", dir, err)
	}
	return book, nil
}

// noSuchPage explains a name that is no class, gate or page.
func noSuchPage(book *runbook.Book, name string) error {
	text := fmt.Sprintf("no class, gate or page %q", name)
	if near := runbook.Nearest(name, pageNames(book)); len(near) > 0 {
		text += "; did you mean " + strings.Join(near, " or ") + "?"
	}
	return usagef("%s\n'smtpdiag runbook' lists them all", text)
}

// pageNames gives every name that "smtpdiag runbook" takes.
func pageNames(book *runbook.Book) []string {
	var names []string
	for _, e := range runbook.Entries() {
		names = append(names, string(e.Class))
	}
	names = append(names, runbook.Gates()...)
	return append(append(names, verdictsPage), book.Subjects()...)
}

// printTaxonomy lists all classes, or those of a gate: as one document, or as
// one line each.
func printTaxonomy(s *streams, opts *runbookOptions, book *runbook.Book) error {
	list := &report.RunbookList{
		Schema: report.SchemaRunbookList, Gate: opts.name, Classes: []report.RunbookEntry{}, Pages: []report.RunbookName{},
	}
	for _, e := range runbook.Entries() {
		if opts.name == "" || e.Class.Gate() == opts.name {
			list.Classes = append(list.Classes, runbookEntry(e))
		}
	}
	out := newPrinter(s, opts.common, false)
	if opts.common.format.Name == "ndjson" {
		for i := range list.Classes {
			if err := out.print(&list.Classes[i]); err != nil {
				return out.finish(err)
			}
		}
		return out.finish(nil)
	}
	if opts.name == "" {
		for _, name := range book.Subjects() {
			page, err := book.Page(name)
			if err != nil {
				return err
			}
			list.Pages = append(list.Pages, report.RunbookName{Name: name, Title: page.Title})
		}
	}
	return out.finish(out.print(list))
}

// runbookEntry gives the public form of an entry.
func runbookEntry(e runbook.Entry) report.RunbookEntry {
	return report.RunbookEntry{
		Schema: report.SchemaRunbookEntry, Class: string(e.Class), Title: e.Title, Owner: string(e.Owner),
		Permanence: string(e.Permanence), Suppress: e.Suppress, Meaning: e.Meaning,
	}
}

// runbookPage gives the public form of a page.
func runbookPage(page *runbook.Page) *report.RunbookPage {
	entry, _ := runbook.Lookup(page.Class)
	doc := &report.RunbookPage{
		Schema: report.SchemaRunbook, Name: page.Name, Class: string(page.Class), Title: page.Title,
		Owner: string(entry.Owner), Permanence: string(entry.Permanence), Suppress: entry.Suppress,
		Sections: make([]report.RunbookSection, len(page.Sections)), Source: page.Markdown(),
	}
	for i := range page.Sections {
		section := &page.Sections[i]
		public := report.RunbookSection{
			Name: section.Name, Markdown: section.Body,
			Checks:     make([]report.RunbookCheck, len(section.Steps)),
			References: make([]report.RunbookReference, len(section.Refs)),
		}
		for n, step := range section.Steps {
			public.Checks[n] = report.RunbookCheck{
				Text: step.Text, Shell: string(step.Shell), Command: step.Command, ByHand: step.ByHand,
				Prints: step.Prints, Means: step.Means, Decide: step.Decide,
			}
		}
		for n, ref := range section.Refs {
			public.References[n] = report.RunbookReference(ref)
		}
		doc.Sections[i] = public
	}
	return doc
}

// caseValues reads the values of --set.
func caseValues(set []string) (runbook.Values, error) {
	var v runbook.Values
	fields := map[string]*string{
		"recipient": &v.Recipient, "domain": &v.Domain, "host": &v.Host, "ip": &v.IP, "sender": &v.Sender,
		"sender_domain": &v.SenderDomain, "sender_ip": &v.SenderIP, "helo": &v.Helo, "code": &v.Code, "status": &v.Status,
		"reply": &v.Reply, "queue_id": &v.QueueID, "message_id": &v.MessageID,
	}
	for _, pair := range set {
		name, value, ok := strings.Cut(pair, "=")
		if !ok {
			return v, usagef("--set %s: want NAME=VALUE", pair)
		}
		var err error
		switch field := fields[name]; {
		case field != nil:
			*field = value
		case name == "size":
			v.Size, err = strconv.ParseInt(value, 10, 64)
		case name == "time":
			v.Time, err = time.Parse(time.RFC3339, value)
		default:
			return v, usagef("--set %s: no value %q; there are %s", pair, name, strings.Join(settableNames(), ", "))
		}
		if err != nil {
			return v, usagef("--set %s: %s", pair, cmp.Or(map[string]string{
				"size": "want a number of bytes", "time": "want a time such as 2026-01-04T09:42:11Z",
			}[name], err.Error()))
		}
	}
	return v, nil
}

// settableNames gives the placeholders whose values are not taken from others.
func settableNames() []string {
	return slices.DeleteFunc(runbook.Placeholders(), func(name string) bool {
		return slices.Contains([]string{"recipient_ldap", "local", "sender_ip_reversed", "since", "until"}, name)
	})
}

// completeClass completes the argument of "smtpdiag runbook".
func completeClass(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var words []string
	for _, e := range runbook.Entries() {
		words = append(words, cobra.CompletionWithDesc(string(e.Class), e.Title))
	}
	for _, gate := range runbook.Gates() {
		if gate != string(runbook.ClassUnknown) {
			words = append(words, cobra.CompletionWithDesc(gate, "the classes of this gate"))
		}
	}
	words = append(words, cobra.CompletionWithDesc(verdictsPage, "what diagnose concludes from which witnesses"))
	for _, name := range runbook.New().Subjects() {
		words = append(words, cobra.CompletionWithDesc(name, "a page beside the classes"))
	}
	return words, cobra.ShellCompDirectiveNoFileComp
}

// completePlaceholder completes --set.
func completePlaceholder(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var words []string
	for _, name := range settableNames() {
		words = append(words, cobra.CompletionWithDesc(name+"=", runbook.DescribePlaceholder(name)))
	}
	return words, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}
