package report

// SchemaVersion names the form of Version.
const SchemaVersion = "smtpdiag.version/v1"

// Version tells which program this is.
type Version struct {
	Schema  string `json:"schema" redact:"keep"`
	Version string `json:"version" redact:"keep"`
	// Commit is the revision it was built from, "" where that is not known.
	Commit string `json:"commit" redact:"keep"`
	// Go is the version of the compiler.
	Go string `json:"go" redact:"keep"`
}

// Page implements Document.
func (v *Version) Page(Detail) Page {
	facts := Facts{{Label: "smtpdiag", Value: v.Version}}
	if v.Commit != "" {
		facts = append(facts, Fact{Label: "commit", Value: v.Commit})
	}
	return Page{append(facts, Fact{Label: "built with", Value: v.Go})}
}

// Brief implements Document.
func (v *Version) Brief() []string { return []string{v.Version} }

// Outcome implements Document.
func (v *Version) Outcome() Outcome { return OutcomeFine }
