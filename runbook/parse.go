package runbook

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxPageBytes bounds a page file; the longest built-in one has a fiftieth.
const maxPageBytes = 1 << 20

// PageError says what is wrong in a page file.
type PageError struct {
	// File is the name under which the page was read.
	File string
	// Line counts from 1; it is 0 where the whole file is meant.
	Line int
	// Reason says what is wrong and what would be right.
	Reason string
}

// Error returns "FILE:LINE: REASON".
func (e *PageError) Error() string {
	if e.Line == 0 {
		return e.File + ": " + e.Reason
	}
	return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Reason)
}

// ParsePage reads a page. The name is the file's ("recipient-unknown.md", with
// or without directories before it): it says which class the page is about.
//
// The page of a class needs no more than a title and one section, since an
// overlay replaces section by section. The error holds a *PageError for
// everything that is wrong, joined.
func ParsePage(name string, data []byte) (Page, error) {
	p := parser{file: name}
	p.page.Name = strings.TrimSuffix(path.Base(name), ".md")
	p.page.Class = classOfPage(p.page.Name)
	switch {
	case !isPageName(p.page.Name):
		p.fail(0, "a page's file name is made of lower-case letters, digits and hyphens, with .md behind them")
	case len(data) > maxPageBytes:
		p.fail(0, "the page is larger than %d bytes", maxPageBytes)
	case !utf8.Valid(data):
		p.fail(0, "the page is not UTF-8 text")
	default:
		p.lines = splitLines(string(data))
		if p.checkRunes(); len(p.errs) == 0 {
			p.parse()
		}
	}
	if len(p.errs) > 0 {
		return Page{}, errors.Join(p.errs...)
	}
	return p.page, nil
}

// classOfPage returns the class whose page has that name, or "".
func classOfPage(name string) Class {
	for i := range table {
		if class := table[i].Class; len(class) == len(name) && PageName(class) == name {
			return class
		}
	}
	return ""
}

// splitLines cuts text into lines without their ends and without spaces at
// their ends. Line ends may be LF, CRLF or CR.
func splitLines(text string) []string {
	text = strings.TrimPrefix(text, "\ufeff")
	text = strings.ReplaceAll(text, "\r\n", "\n")
	lines := strings.Split(strings.ReplaceAll(text, "\r", "\n"), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " \t")
	}
	return lines
}

// parser holds the state of one ParsePage.
type parser struct {
	file  string
	lines []string
	at    int // index of the next line
	page  Page
	errs  []error
}

// maxErrors bounds what one file can complain about, maxSections what it can
// hold.
const (
	maxErrors   = 20
	maxSections = 100
)

func (p *parser) fail(line int, format string, args ...any) {
	if len(p.errs) < maxErrors {
		p.errs = append(p.errs, &PageError{File: p.file, Line: line, Reason: fmt.Sprintf(format, args...)})
	}
}

func (p *parser) skipBlank() {
	for p.at < len(p.lines) && p.lines[p.at] == "" {
		p.at++
	}
}

func (p *parser) parse() {
	p.skipBlank()
	if p.at == len(p.lines) {
		p.fail(0, "the page is empty")
		return
	}
	title, ok := strings.CutPrefix(p.lines[p.at], "# ")
	p.page.Title = strings.TrimSpace(title)
	if !ok || p.page.Title == "" {
		p.fail(p.at+1, "a page starts with its title: # TITLE")
		return
	}
	p.at++
	p.front()
	for p.at < len(p.lines) && len(p.errs) < maxErrors {
		p.section()
	}
	if len(p.page.Sections) == 0 {
		p.fail(0, "the page has no section: ## NAME")
	}
}

// checkRunes complains of runes that would act on a terminal instead of being
// shown there. A tab is none of them.
func (p *parser) checkRunes() {
	for i, line := range p.lines {
		for _, r := range line {
			if r >= ' ' && r < 0x7f {
				continue
			}
			if !unicode.IsGraphic(r) && r != '\t' {
				p.fail(i+1, "the line holds the control or invisible character %U", r)
				break
			}
		}
	}
}

// front reads the facts under the title and checks that they say what the
// taxonomy says: a page cannot change how a class is judged.
func (p *parser) front() {
	entry, isClass := Lookup(p.page.Class)
	for p.skipBlank(); p.at < len(p.lines) && !strings.HasPrefix(p.lines[p.at], "## "); p.at++ {
		line := p.lines[p.at]
		if line == "" {
			continue
		}
		item, ok := strings.CutPrefix(line, "- ")
		key, value, hasValue := strings.Cut(item, ": ")
		if !ok || !hasValue || !isClass {
			p.fail(p.at+1, "between the title and the first section only the facts of a class may stand, not %q", line)
			continue
		}
		facts := frontLines(entry)
		i := slices.IndexFunc(facts, func(f frontLine) bool { return f.key == key })
		switch {
		case i < 0:
			p.fail(p.at+1, "unknown fact %q: known are Class, Owner, Permanence and Suppress", key)
		case facts[i].value != value:
			p.fail(p.at+1, "%s is %q in the taxonomy, and a page cannot change that", key, facts[i].value)
		}
	}
}

// section reads one section; the next line is its heading.
func (p *parser) section() {
	line, before := p.at+1, len(p.errs)
	section := Section{Name: strings.TrimSpace(strings.TrimPrefix(p.lines[p.at], "## "))}
	name, _ := splitPlacing(section.Name)
	if p.page.Class != "" && !slices.Contains(SectionNames(), name) {
		p.fail(line, "unknown section %q: a class has %s", name, strings.Join(SectionNames(), ", "))
	}
	if len(p.page.Sections) >= maxSections {
		p.fail(line, "a page has at most %d sections", maxSections)
	}
	if slices.ContainsFunc(p.page.Sections, func(s Section) bool { return s.Name == section.Name }) {
		p.fail(line, "section %q stands twice", section.Name)
	}
	p.at++
	end := p.sectionEnd()
	switch name {
	case SectionChecks:
		section.Steps = p.steps(end)
	case SectionRefs:
		section.Refs = p.refs(end)
	default:
		section.Body = strings.Trim(strings.Join(p.lines[p.at:end], "\n"), "\n")
		p.checkWords(p.at, end)
	}
	if section.Body == "" && section.Steps == nil && section.Refs == nil && len(p.errs) == before {
		p.fail(line, "section %q is empty", section.Name)
	}
	p.at = end
	p.page.Sections = append(p.page.Sections, section)
}

// sectionEnd returns the index of the line after the section's last one.
func (p *parser) sectionEnd() int {
	fence := ""
	for i := p.at; i < len(p.lines); i++ {
		switch line := p.lines[i]; {
		case fence != "":
			if line == fence {
				fence = ""
			}
		case strings.HasPrefix(line, "```"):
			fence = "```"
		case strings.HasPrefix(line, "## "):
			return i
		case strings.HasPrefix(line, "# "):
			p.fail(i+1, "a page has one title")
		}
	}
	if fence != "" {
		p.fail(len(p.lines), "a code fence is not closed")
	}
	return len(p.lines)
}

// checkWords complains of placeholders in running text that Fill would not
// know.
func (p *parser) checkWords(from, to int) {
	for i := from; i < to; i++ {
		for name := range placeholders(p.lines[i]) {
			if !KnownPlaceholder(name) {
				p.fail(i+1, "%s", unknownPlaceholder(name))
			}
		}
	}
}

func unknownPlaceholder(name string) string {
	return fmt.Sprintf("unknown placeholder {%s}: known are %s; write { %s } where braces are meant",
		name, strings.Join(Placeholders(), ", "), name)
}

// isPageName reports whether a name is made of small letters and digits, in
// words parted by dashes.
func isPageName(name string) bool {
	for word := range strings.SplitSeq(name, "-") {
		if word == "" || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
			return false
		}
	}
	return true
}

// rfcURL returns the address of the RFC that a title names: "RFC 5321",
// "RFC 5321, section 4.2.3", either with ": NOTE" behind it.
func rfcURL(title string) (string, bool) {
	rest, ok := strings.CutPrefix(title, "RFC ")
	number, rest := cutRun(rest, "0123456789")
	if !ok || number == "" || number[0] == '0' || len(number) > 5 {
		return "", false
	}
	url := "https://www.rfc-editor.org/rfc/rfc" + number
	if section, has := strings.CutPrefix(rest, ", section "); has {
		end := strings.IndexByte(section, ':')
		if end < 0 {
			end = len(section)
		}
		if !isSection(section[:end]) {
			return "", false
		}
		url, rest = url+"#section-"+section[:end], section[end:]
	}
	note, noted := strings.CutPrefix(rest, ": ")
	return url, rest == "" || noted && note != ""
}

// isSection reports whether s is the number of a section: "4.2.3", "A.1".
func isSection(s string) bool {
	first, rest, more := strings.Cut(s, ".")
	if first == "" || strings.Trim(first, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return false
	}
	for number := range strings.SplitSeq(rest, ".") {
		if more && (number == "" || strings.Trim(number, "0123456789") != "") {
			return false
		}
	}
	return true
}

// cutRun parts the bytes of set at the start of s from the rest.
func cutRun(s, set string) (run, rest string) {
	rest = strings.TrimLeft(s, set)
	return s[:len(s)-len(rest)], rest
}

// cutLink parts "[TITLE](https://...)".
func cutLink(link string) (title, url string, ok bool) {
	rest, opened := strings.CutPrefix(link, "[")
	title, rest, found := strings.Cut(rest, "](")
	url, closed := strings.CutSuffix(rest, ")")
	address, isWeb := strings.CutPrefix(url, "https://")
	ok = opened && found && closed && isWeb && title != "" && address != "" &&
		!strings.Contains(title, "]") && !strings.ContainsAny(address, ") \t\r\n\f\v")
	return title, url, ok
}

func (p *parser) refs(end int) []Ref {
	var refs []Ref
	for i := p.at; i < end; i++ {
		if p.lines[i] == "" {
			continue
		}
		item, ok := strings.CutPrefix(p.lines[i], "- ")
		if url, isRFC := rfcURL(item); ok && isRFC {
			refs = append(refs, Ref{Title: item, URL: url})
		} else if title, url, isLink := cutLink(item); ok && isLink {
			refs = append(refs, Ref{Title: title, URL: url})
		} else {
			p.fail(i+1, "a reference is - [TITLE](https://...) or - RFC 5321, section 4.2: NOTE")
		}
	}
	return refs
}
