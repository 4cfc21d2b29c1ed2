package runbook

import (
	"fmt"
	"slices"
	"strings"
)

// The sections that the page of a class has, in this order.
const (
	SectionMeaning = "Meaning"
	SectionCauses  = "Usual causes"
	SectionApart   = "Telling the causes apart"
	SectionChecks  = "Checks"
	SectionFix     = "Fix"
	SectionNot     = "What not to do"
	SectionAsk     = "Who to ask"
	SectionRefs    = "References"
)

// SectionNames returns the names of the sections of a class's page in order.
func SectionNames() []string {
	return []string{
		SectionMeaning, SectionCauses, SectionApart, SectionChecks, SectionFix, SectionNot, SectionAsk, SectionRefs,
	}
}

// Page is what the runbook says of one class, or of a subject that several
// classes share ("quick-plan").
type Page struct {
	// Name is the file name without ".md": "recipient-unknown".
	Name string
	// Class is the class that the page is about, or "".
	Class Class
	// Title is the heading of the page.
	Title string
	// Sections are the parts of the page in order.
	Sections []Section
}

// Section is one part of a page under a heading of its own.
type Section struct {
	Name string
	// Body is Markdown: paragraphs, lists, quotes, fenced code, code spans and
	// bold text. It is "" for checks and references.
	Body string
	// Steps are the checks of a section with the name "Checks".
	Steps []Step
	// Refs are the documents of a section with the name "References".
	Refs []Ref
}

// PageName returns the name of the page of a class: "recipient-unknown" for
// "recipient:unknown".
func PageName(class Class) string {
	return strings.ReplaceAll(string(class), ":", "-")
}

// Section returns the section of that name, and an empty one where the page
// has none.
func (p Page) Section(name string) Section {
	for i := range p.Sections {
		if p.Sections[i].Name == name {
			return p.Sections[i]
		}
	}
	return Section{Name: name}
}

// Steps returns the checks of the page in order.
func (p Page) Steps() []Step { return p.Section(SectionChecks).Steps }

// Refs returns the references of the page in order.
func (p Page) Refs() []Ref { return p.Section(SectionRefs).Refs }

// Fill returns a copy of the page with every placeholder replaced by the
// case's own value, see Fill.
func (p Page) Fill(values Values) Page {
	p = p.clone()
	for i := range p.Sections {
		section := &p.Sections[i]
		section.Body = values.fillText(section.Body)
		for j := range section.Steps {
			section.Steps[j] = values.fill(section.Steps[j])
		}
	}
	return p
}

// clone returns a copy that shares no slice with p.
func (p Page) clone() Page {
	p.Sections = slices.Clone(p.Sections)
	for i := range p.Sections {
		p.Sections[i].Steps = slices.Clone(p.Sections[i].Steps)
		p.Sections[i].Refs = slices.Clone(p.Sections[i].Refs)
	}
	return p
}

// Markdown returns the page in the format that ParsePage reads.
func (p Page) Markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n", p.Title)
	if entry, ok := Lookup(p.Class); ok {
		b.WriteByte('\n')
		for _, line := range frontLines(entry) {
			fmt.Fprintf(&b, "- %s: %s\n", line.key, line.value)
		}
	}
	for _, section := range p.Sections {
		fmt.Fprintf(&b, "\n## %s\n", section.Name)
		if section.Body != "" {
			fmt.Fprintf(&b, "\n%s\n", section.Body)
		}
		for i, step := range section.Steps {
			writeStep(&b, i+1, step)
		}
		if len(section.Refs) > 0 {
			b.WriteByte('\n')
		}
		for _, ref := range section.Refs {
			if _, isRFC := rfcURL(ref.Title); isRFC {
				fmt.Fprintf(&b, "- %s\n", ref.Title)
			} else {
				fmt.Fprintf(&b, "- [%s](%s)\n", ref.Title, ref.URL)
			}
		}
	}
	return b.String()
}

func writeStep(b *strings.Builder, number int, step Step) {
	fmt.Fprintf(b, "\n### %d. %s\n", number, step.Text)
	if step.Command != "" {
		fmt.Fprintf(b, "\n```%s\n%s\n```\n", step.Shell, step.Command)
	}
	if step.ByHand != "" {
		fmt.Fprintf(b, "\nBy hand:\n\n```%s\n%s\n```\n", POSIX, step.ByHand)
	}
	if step.Prints != "" {
		fmt.Fprintf(b, "\nPrints:\n\n```text\n%s\n```\n", step.Prints)
	}
	if step.Means != "" {
		fmt.Fprintf(b, "\nMeans: %s\n", step.Means)
	}
	if step.Decide != "" {
		fmt.Fprintf(b, "\nDecide: %s\n", step.Decide)
	}
}

type frontLine struct{ key, value string }

// frontLines are the facts under the title of a class's page. The judge takes
// them from the table; on the page they are for the reader.
func frontLines(entry Entry) []frontLine {
	permanence, suppress := string(entry.Permanence), "no"
	if permanence == "" {
		permanence = "none"
	}
	if entry.Suppress {
		suppress = "yes"
	}
	return []frontLine{
		{"Class", string(entry.Class)},
		{"Owner", string(entry.Owner)},
		{"Permanence", permanence},
		{"Suppress", suppress},
	}
}
