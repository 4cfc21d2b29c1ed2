package report

import (
	"fmt"
	"strconv"
	"strings"
)

// SchemaPostconf names the form of Postconf.
const SchemaPostconf = "smtpdiag.postconf/v1"

// Postconf is what is wrong with the settings of a Postfix host.
type Postconf struct {
	Schema string `json:"schema" redact:"keep"`
	// Sources are the files and commands that were read.
	Sources []string `json:"sources" redact:"path"`
	// Settings and Services count what was read.
	Settings int              `json:"settings"`
	Services int              `json:"services"`
	Findings []SettingFinding `json:"findings"`
	Problems []SettingProblem `json:"problems"`
}

// SettingFinding is one setting at fault.
type SettingFinding struct {
	Key     string `json:"key" redact:"keep"`
	Rule    string `json:"rule" redact:"keep"`
	Setting string `json:"setting" redact:"keep"`
	Value   string `json:"value"`
	Default string `json:"default" redact:"keep"`
	// Service is the service of master.cf that sets it, or "".
	Service string `json:"service" redact:"keep"`
	Source  string `json:"source" redact:"path"`
	// Line counts from 1; 0 where the setting stands nowhere.
	Line     int      `json:"line"`
	Severity string   `json:"severity" redact:"keep"` // info, warning or error
	Text     string   `json:"text" redact:"prose"`
	Fix      string   `json:"fix" redact:"prose"`
	Refs     []string `json:"refs" redact:"keep"`
}

// SettingProblem is a line that could not be read.
type SettingProblem struct {
	Source string `json:"source" redact:"path"`
	Line   int    `json:"line"`
	Text   string `json:"text"`
}

// where says where a setting stands.
func (f *SettingFinding) where() string {
	place := f.Source
	if f.Line > 0 {
		place += ":" + strconv.Itoa(f.Line)
	}
	if f.Service != "" {
		place += ", service " + f.Service
	}
	return place
}

// count gives the findings of one severity.
func (p *Postconf) count(severity string) (n int) {
	for i := range p.Findings {
		if p.Findings[i].Severity == severity {
			n++
		}
	}
	return n
}

// Page implements Document: errors first, then warnings, then what is only
// worth knowing.
func (p *Postconf) Page(d Detail) Page {
	page := Page{Paragraph{Text: p.sum()}}
	for _, severity := range []string{"error", "warning", "info"} {
		if p.count(severity) == 0 {
			continue
		}
		page = append(page, Heading{Text: severityTitle(severity), Level: 2})
		for i := range p.Findings {
			if f := &p.Findings[i]; f.Severity == severity {
				page = append(page, f.blocks(d)...)
			}
		}
	}
	if d == Verbose && len(p.Problems) > 0 {
		list := List{Title: "Lines that were not understood"}
		for _, problem := range p.Problems {
			list.Items = append(list.Items, fmt.Sprintf("%s:%d: %s", problem.Source, problem.Line, problem.Text))
		}
		page = append(page, list)
	}
	return append(page, Colophon{Source: strings.Join(p.Sources, ", ")})
}

func severityTitle(severity string) string {
	switch severity {
	case "error":
		return "Wrong: valid mail is refused, or soon will be"
	case "warning":
		return "Risky"
	}
	return "Worth knowing when something is refused"
}

// sum gives the findings in a sentence.
func (p *Postconf) sum() string {
	if len(p.Findings) == 0 {
		return fmt.Sprintf("No setting here is known to cause wrong refusals (%d settings, %d services read).", p.Settings, p.Services)
	}
	return fmt.Sprintf("Wrong: %d, risky: %d, worth knowing: %d (%d settings, %d services read).",
		p.count("error"), p.count("warning"), p.count("info"), p.Settings, p.Services)
}

func (f *SettingFinding) blocks(d Detail) []Block {
	value := f.Setting + " = " + f.Value
	if f.Value == "" {
		value = f.Setting
	}
	facts := Facts{{Label: "Setting", Value: value, Verbatim: true}, {Label: "Stands in", Value: f.where(), Verbatim: true}, {Label: "Change to", Value: f.Fix, Verbatim: true}}
	if f.Default != "" {
		facts = append(facts, Fact{Label: "Default", Value: f.Default, Verbatim: true})
	}
	if d == Verbose {
		facts = append(facts, Fact{Label: "Rule", Value: f.Rule + " (" + f.Key + ")", Verbatim: true}, Fact{Label: "See", Value: strings.Join(f.Refs, " "), Verbatim: true})
	}
	return []Block{Findings{{Key: f.Key, Tone: severityTone(f.Severity), Text: f.Text}}, facts}
}

// Brief implements Document: a line for each finding.
func (p *Postconf) Brief() []string {
	lines := make([]string, 0, len(p.Findings))
	for i := range p.Findings {
		f := &p.Findings[i]
		lines = append(lines, joinWords(f.Severity, f.Rule, oneLine(f.Setting+"="+f.Value), f.where()))
	}
	return lines
}

// Outcome implements Document: a setting that refuses valid mail counts as a
// permanent failure, a risky one as a temporary one.
func (p *Postconf) Outcome() Outcome {
	switch {
	case p.count("error") > 0:
		return OutcomePermanent
	case p.count("warning") > 0:
		return OutcomeTemporary
	}
	return OutcomeFine
}
