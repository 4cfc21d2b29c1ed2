package report

import (
	"strconv"
	"strings"
)

// SchemaVerdicts names the form of Verdicts.
const SchemaVerdicts = "smtpdiag.verdicts/v1"

// Verdicts is the table of what diagnose concludes from which witnesses, in the
// order in which it is searched.
type Verdicts struct {
	Schema   string         `json:"schema" redact:"keep"`
	Verdicts []VerdictEntry `json:"verdicts" redact:"keep"`
}

// VerdictEntry is one line of the table.
type VerdictEntry struct {
	Key   string `json:"key"`
	Title string `json:"title"`
	// When are the combinations of witnesses, one of which fits.
	When    []string `json:"when"`
	Meaning string   `json:"meaning"`
	// Class is "" where the class is that of a witness, which From names.
	Class     string   `json:"class"`
	From      string   `json:"from"`
	Owner     string   `json:"owner"`
	Example   string   `json:"example"`
	Meanwhile string   `json:"meanwhile"`
	Change    []string `json:"would_change"`
	Steps     []Step   `json:"steps"`
}

// Outcome implements Document.
func (v *Verdicts) Outcome() Outcome { return OutcomeFine }

// Brief implements Document.
func (v *Verdicts) Brief() []string {
	var lines []string
	for _, e := range v.Verdicts {
		lines = append(lines, e.Key+"  "+e.Title)
	}
	return lines
}

// Page implements Document.
func (v *Verdicts) Page(d Detail) Page {
	page := Page{
		Heading{Text: "What the witnesses of smtpdiag diagnose mean together", Level: 1},
		Paragraph{Text: "The first entry that fits decides."},
	}
	for i, e := range v.Verdicts {
		page = append(page, Heading{Text: strconv.Itoa(i+1) + ". " + e.Key + ": " + e.Title, Level: 2}, e.facts(d))
	}
	return page
}

func (e *VerdictEntry) facts(d Detail) Facts {
	class := e.Class
	if class == "" {
		class = "that of the " + e.From
	}
	facts := Facts{
		{Label: "When", Value: strings.Join(e.When, "; or ")},
		{Label: "Means", Value: e.Meaning},
		{Label: "Class", Value: class},
	}
	if e.Owner != "" {
		facts = append(facts, Fact{Label: "Can act", Value: ownerWords(e.Owner)})
	}
	facts = append(facts, Fact{Label: "Example", Value: e.Example})
	if d == Normal {
		return facts
	}
	for _, s := range e.Steps {
		facts = append(facts, Fact{Label: "Step", Value: s.Text})
	}
	if e.Meanwhile != "" {
		facts = append(facts, Fact{Label: "Meanwhile", Value: e.Meanwhile})
	}
	for _, change := range e.Change {
		facts = append(facts, Fact{Label: "Would change", Value: change})
	}
	return facts
}
