package report

import (
	"strconv"
	"strings"
)

// SchemaSummary names the form of Summary.
const SchemaSummary = "smtpdiag.summary/v1"

// Summary is what many messages say together. Lists of counts have the
// greatest first and equal ones by name; hours and addresses are in order.
type Summary struct {
	Schema     string  `json:"schema" redact:"keep"`
	Messages   int     `json:"messages"`
	Recipients int     `json:"recipients"`
	Kinds      []Count `json:"kinds"`   // messages by kind
	Classes    []Count `json:"classes"` // recipients by class
	// Domains are those of the refused recipients, Hosts the hosts that
	// refused or could not be reached, Hours when that was (RFC 3339, UTC).
	Domains []Count `json:"domains"`
	Hosts   []Count `json:"hosts"`
	Hours   []Count `json:"hours"`
	// Suppress lists the addresses that are dead by at least one report.
	Suppress []AddressCount `json:"suppress"`
	// Keep lists the addresses that were refused for reasons which lie not in
	// them. No address is in both lists.
	Keep []AddressCount `json:"keep"`
}

// Count is how often something was seen.
type Count struct {
	Name  string `json:"name" redact:"host"`
	Count int    `json:"count"`
}

// AddressCount is an address, why it was refused and in how many reports.
type AddressCount struct {
	Address string `json:"address" redact:"address"`
	Class   string `json:"class" redact:"keep"`
	Count   int    `json:"count"`
}

// Outcome implements Document. The messages have told theirs before.
func (s *Summary) Outcome() Outcome { return OutcomeFine }

// Brief implements Document: the addresses to suppress, one a line.
func (s *Summary) Brief() []string {
	lines := []string{}
	for _, a := range s.Suppress {
		lines = append(lines, a.Address)
	}
	return lines
}

// shownRows is the number of rows of a table that are shown without --verbose.
const shownRows = 15

// Page implements Document.
func (s *Summary) Page(d Detail) Page {
	page := Page{
		Heading{Text: plural(s.Recipients, "recipient") + " in " + plural(s.Messages, "message"), Level: 1},
		s.kinds(),
		countTable("By class", "class", s.Classes, s.Recipients, d),
	}
	if len(s.Domains) > 0 {
		page = append(page, countTable("By recipient domain", "domain", s.Domains, 0, d))
	}
	if len(s.Hosts) > 0 {
		page = append(page, countTable("By refusing host", "host", s.Hosts, 0, d))
	}
	if len(s.Hours) > 0 {
		page = append(page, hourTable(s.Hours, d))
	}
	page = append(page,
		addressTable("To suppress: these addresses are dead", s.Suppress, d),
		addressTable("To keep: refused for other reasons", s.Keep, d),
	)
	return page
}

// kinds says what sorts of messages there were.
func (s *Summary) kinds() Block {
	var words []string
	for _, k := range s.Kinds {
		words = append(words, strconv.Itoa(k.Count)+" "+k.Name)
	}
	return Facts{{Label: "Kinds", Value: strings.Join(words, ", ")}}
}

// countTable shows counts; with a total, also their shares of it.
func countTable(title, name string, counts []Count, total int, d Detail) Block {
	table := Table{Title: title, Header: []string{name, "recipients"}, Numeric: []int{1, 2}}
	if total > 0 {
		table.Header = append(table.Header, "share")
	}
	for i, c := range counts {
		if i == shownRows && d != Verbose {
			table.More = len(counts) - i
			break
		}
		row := []string{orDash(c.Name), strconv.Itoa(c.Count)}
		if total > 0 {
			row = append(row, strconv.Itoa((c.Count*100+total/2)/total)+" %")
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// barWidth is the length of the bar of the busiest hour.
const barWidth = 30

// hourTable shows the busiest hours in the order of time, with a bar each.
func hourTable(hours []Count, d Detail) Block {
	table := Table{Title: "By hour (UTC)", Header: []string{"hour", "recipients", ""}, Numeric: []int{1}}
	most := 0
	for _, h := range hours {
		most = max(most, h.Count)
	}
	first := 0
	if over := len(hours) - 24; over > 0 && d != Verbose {
		first = over // the last ones tell about now
		table.More = over
	}
	for _, h := range hours[first:] {
		day, clock, _ := strings.Cut(h.Name, "T")
		bar := strings.Repeat("#", max(1, h.Count*barWidth/most))
		table.Rows = append(table.Rows, []string{day + " " + clock[:2] + "h", strconv.Itoa(h.Count), bar})
	}
	return table
}

// addressTable shows addresses. All of them are always shown: the list is what
// the reader goes on with.
func addressTable(title string, list []AddressCount, _ Detail) Block {
	if len(list) == 0 {
		return Paragraph{Text: title + ": none."}
	}
	table := Table{Title: title + " (" + strconv.Itoa(len(list)) + ")", Header: []string{"address", "class", "reports"}, Numeric: []int{2}}
	for _, a := range list {
		table.Rows = append(table.Rows, []string{a.Address, a.Class, strconv.Itoa(a.Count)})
	}
	return table
}

// ClassTable gives the summary as the table that ends a list of messages.
func (s *Summary) ClassTable() Document { return classTable{s} }

// classTable is the part of a Summary that follows a list of messages.
type classTable struct{ s *Summary }

func (c classTable) Outcome() Outcome { return OutcomeFine }
func (c classTable) Brief() []string  { return nil }
func (c classTable) Page(d Detail) Page {
	title := plural(c.s.Recipients, "recipient") + " in " + plural(c.s.Messages, "message")
	return Page{countTable(title, "class", c.s.Classes, c.s.Recipients, d)}
}
