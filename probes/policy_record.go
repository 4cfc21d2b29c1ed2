package probes

import (
	"context"
	"strings"
)

// PolicyRecord is a TXT record in which a domain publishes a policy, as found.
// Problems are deviations from its standard, in words, each with the section.
type PolicyRecord struct {
	// Name is where it was looked up first, Found where it was found.
	Name  string `json:"name"`
	Found string `json:"found,omitempty"`
	// Text is the record, "" where there is none, or more than one.
	Text string `json:"text,omitempty"`
	// Summary says in a few words what it asks for.
	Summary  string    `json:"summary,omitempty"`
	Failure  Failure   `json:"failure,omitempty"`
	Problems []Problem `json:"problems,omitempty"`
}

// Problem is a deviation from a standard.
type Problem struct {
	// Text is one clause without a full stop. It may quote the record.
	Text string `json:"text"`
	// Grave says that mail is refused, delayed or unprotected because of it, as
	// the standard has it.
	Grave bool `json:"grave,omitempty"`
}

// add notes a problem that readers of the record pass over.
func (r *PolicyRecord) add(text string) { r.Problems = append(r.Problems, Problem{Text: text}) }

// grave notes a problem that makes the record void or mail fail.
func (r *PolicyRecord) grave(text string) {
	r.Problems = append(r.Problems, Problem{Text: text, Grave: true})
}

// maxQuoted bounds what a Problem quotes of a record.
const maxQuoted = 60

// quoted gives a piece of a record in quotes.
func quoted(text string) string { return `"` + clip(text, maxQuoted) + `"` }

// versioned looks up the TXT records at name and gives those that start with
// the version tag of a policy, in any case, followed by nothing or one of ends.
func versioned(ctx context.Context, r Resolver, name, version, ends string) (records []string, answer Answer) {
	answer = r.Lookup(ctx, name, TypeTXT)
	for _, record := range answer.Records {
		text := record.Text
		if len(text) < len(version) || !strings.EqualFold(text[:len(version)], version) {
			continue
		}
		if rest := text[len(version):]; rest == "" || strings.ContainsRune(ends, rune(rest[0])) {
			records = append(records, text)
		}
	}
	return records, answer
}

// one takes the only record of several, or notes what is wrong with their
// number. section is where the standard asks for one.
func (r *PolicyRecord) one(records []string, answer *Answer, section string) bool {
	if !answer.Failure.Final() {
		r.Failure = answer.Failure
		return false
	}
	switch len(records) {
	case 0:
		return false
	case 1:
		r.Text, r.Found = records[0], answer.Name
		return true
	}
	r.Found = answer.Name
	r.grave("there are " + itoa(len(records)) + " records where one must stand, so none counts (" + section + ")")
	return false
}

// tag is one "name=value" of a record made of such.
type tag struct{ name, value string }

// tags splits a tag list (RFC 6376, section 3.2) and notes what is none.
func (r *PolicyRecord) tags() []tag {
	var list []tag
	seen := map[string]bool{}
	for part := range strings.SplitSeq(r.Text, ";") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		name, value, ok := strings.Cut(part, "=")
		name = strings.ToLower(strings.TrimSpace(name))
		if !ok {
			r.add(quoted(part) + " is no tag=value")
			continue
		}
		if seen[name] {
			r.add("the tag " + quoted(name) + " stands twice")
			continue
		}
		seen[name] = true
		list = append(list, tag{name, strings.TrimSpace(value)})
		if len(list) >= 64 {
			r.add("there are more than 64 tags")
			break
		}
	}
	return list
}
