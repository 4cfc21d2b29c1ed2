package runbook

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

//go:embed pages/*.md
var builtin embed.FS

// ErrNoPage is the error for a page that does not exist. It is wrapped in one
// that names the page.
var ErrNoPage = errors.New("no such page")

// Book is the built-in pages with a user's own laid over them. A page is read
// when it is first asked for, and once. All methods but Overlay may be called
// from several goroutines at a time.
type Book struct {
	own   []Page   // parsed overlay pages, later ones over earlier ones
	pages sync.Map // page name to Page
	next  sync.Map // Class to *checks
}

// New returns a Book of the built-in pages. It reads none of them.
func New() *Book { return &Book{} }

// Overlay lays the pages of a directory over those that the book has. Every
// file with a name in ".md" is one; other files and directories are left alone.
//
// A section of an own page takes the place of the section with that name. With
// " (before)" or " (after)" behind its name it is put before or after what is
// there. A page that the book does not have is added.
//
// The error names file, line and reason of everything that is wrong; the book
// is then left as it was.
func (b *Book) Overlay(fsys fs.FS) error {
	files, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return fmt.Errorf("read the runbook directory: %w", err)
	}
	var own []Page
	var errs []error
	for _, file := range files {
		if file.IsDir() || path.Ext(file.Name()) != ".md" {
			continue
		}
		data, err := readPage(fsys, file.Name())
		if err != nil {
			errs = append(errs, err)
			continue
		}
		page, err := ParsePage(file.Name(), data)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		own = append(own, page)
	}
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	if len(own) == 0 {
		return errors.New("the runbook directory holds no page: no file whose name ends in .md")
	}
	b.own = append(b.own, own...)
	b.pages.Clear()
	b.next.Clear()
	return nil
}

// readPage reads one file of at most maxPageBytes.
func readPage(fsys fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(fsys, name)
	switch {
	case err != nil:
		return nil, &PageError{File: name, Reason: err.Error()}
	case !info.Mode().IsRegular():
		return nil, &PageError{File: name, Reason: "not a regular file"}
	case info.Size() > maxPageBytes:
		return nil, &PageError{File: name, Reason: fmt.Sprintf("the page is larger than %d bytes", maxPageBytes)}
	}
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, &PageError{File: name, Reason: err.Error()}
	}
	return data, nil
}

// Page returns a page by the name of its class ("recipient:unknown") or its own
// ("quick-plan"). The error is ErrNoPage, wrapped, where there is none.
func (b *Book) Page(name string) (Page, error) {
	page, err := b.page(PageName(Class(name)))
	return page.clone(), err
}

// Next returns the first n checks of a class, filled with the values of a case:
// what to do next, the first thing first. It leaves ByHand and Prints out, which
// stand on the page, since it is asked for every recipient. It returns nil for a
// class that the taxonomy does not have.
func (b *Book) Next(class Class, values Values, n int) []Step {
	return b.AppendNext(nil, class, &values, n)
}

// AppendNext appends to dst what Next returns.
func (b *Book) AppendNext(dst []Step, class Class, values *Values, n int) []Step {
	checks := b.checks(class)
	if checks == nil {
		return dst
	}
	return checks.appendNext(dst, values, n)
}

// checks returns the checks of a class, nil where it has no page.
func (b *Book) checks(class Class) *checks {
	if known, ok := b.next.Load(class); ok {
		return known.(*checks)
	}
	page, err := b.page(PageName(class))
	if err != nil {
		return nil
	}
	steps := page.Steps()
	fresh := &checks{steps: steps, patterns: make([]atomic.Pointer[checkPattern], len(steps))}
	known, _ := b.next.LoadOrStore(class, fresh)
	return known.(*checks)
}

// Names returns the names of all pages: those of the classes in the order of
// the taxonomy, then the others by name.
func (b *Book) Names() []string {
	names := make([]string, 0, len(table)+16)
	for i := range table {
		names = append(names, PageName(table[i].Class))
	}
	return append(names, b.Subjects()...)
}

// Subjects returns the names of the pages that are not about one class, sorted.
func (b *Book) Subjects() []string {
	var names []string
	files, _ := builtin.ReadDir("pages") // an embedded directory cannot fail to be read
	for _, file := range files {
		names = append(names, strings.TrimSuffix(file.Name(), ".md"))
	}
	for i := range b.own {
		names = append(names, b.own[i].Name)
	}
	names = slices.DeleteFunc(names, func(name string) bool { return classOfPage(name) != "" })
	slices.Sort(names)
	return slices.Compact(names)
}

// page returns a page that shares its slices with the book's.
func (b *Book) page(name string) (Page, error) {
	if page, ok := b.pages.Load(name); ok {
		return page.(Page), nil
	}
	page, err := b.load(name)
	if err != nil {
		return Page{}, err
	}
	b.pages.Store(name, page)
	return page, nil
}

func (b *Book) load(name string) (Page, error) {
	var page Page
	data, err := builtin.ReadFile("pages/" + name + ".md")
	found := err == nil
	if found {
		if page, err = ParsePage(name+".md", data); err != nil {
			return Page{}, err
		}
	}
	for i := range b.own {
		if b.own[i].Name == name {
			page = lay(b.own[i], page)
			found = true
		}
	}
	if !found {
		return Page{}, fmt.Errorf("%w: %q", ErrNoPage, name)
	}
	return page, nil
}

// lay returns the lower page with the upper one laid over it.
func lay(upper, lower Page) Page {
	page := lower.clone()
	page.Name, page.Class, page.Title = upper.Name, upper.Class, upper.Title
	for _, section := range upper.Sections {
		name, placing := splitPlacing(section.Name)
		section.Name = name
		i := slices.IndexFunc(page.Sections, func(s Section) bool { return s.Name == name })
		switch {
		case i < 0:
			page.Sections = append(page.Sections, section)
		case placing == "before":
			page.Sections[i] = joinSections(section, page.Sections[i])
		case placing == "after":
			page.Sections[i] = joinSections(page.Sections[i], section)
		default:
			page.Sections[i] = section
		}
	}
	return page
}

// joinSections returns a section with what stands in both.
func joinSections(first, second Section) Section {
	return Section{
		Name:  first.Name,
		Body:  strings.Trim(first.Body+"\n\n"+second.Body, "\n"),
		Steps: slices.Concat(first.Steps, second.Steps),
		Refs:  slices.Concat(first.Refs, second.Refs),
	}
}

// splitPlacing cuts " (before)" or " (after)" from the name of a section.
func splitPlacing(name string) (section, placing string) {
	for _, placing := range []string{"before", "after"} {
		if section, ok := strings.CutSuffix(name, " ("+placing+")"); ok {
			return section, placing
		}
	}
	return name, ""
}
