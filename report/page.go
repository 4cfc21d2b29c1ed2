package report

// Page is a Document laid out for a person: blocks in reading order. Strings
// in it are as they came; a format cleans what it writes.
type Page []Block

// Block is one piece of a Page: Answer, Heading, Paragraph, Facts, Quote,
// Findings, Steps, Table, List, Hint, Dialogue, Hops, Written, Rule or Colophon.
type Block interface{ block() }

// Tone says how bad something is. Formats show it as colour or mark.
type Tone uint8

// The tones.
const (
	Neutral Tone = iota
	Good
	Notice
	Caution
	Alarm
)

// Answer comes first: what happened, who can act, what to do next. A format
// gives it three lines.
type Answer struct {
	Tone Tone
	// Mark is the first word: "FAILED". Up to 7 bytes.
	Mark string
	// Subject is whom or what the answer is about, such as an address, or "".
	Subject string
	// Others is the number of further subjects with the same answer.
	Others int
	// Title says in plain words what happened, Permanence whether for good.
	Title, Permanence string
	// Class is the stable identifier, Who says who can act.
	Class, Who string
	// Suppress says that the address is not to be used again.
	Suppress bool
	// Next is the first thing to do. Where Steps follow, they have it again, and
	// with its command.
	Next StepLine
}

// Heading starts a section.
type Heading struct {
	Text string
	// Level is 1 for a document among several, 2 for a section.
	Level int
}

// Paragraph is running text.
type Paragraph struct{ Text string }

// Fact is one labelled value.
type Fact struct {
	Label, Value string
	// Verbatim says that Value is an address, a host or a code, not words.
	Verbatim bool
}

// Facts is a list of labelled values.
type Facts []Fact

// Quote is evidence: exact words, and where they stand.
type Quote struct {
	// Label says what the words are: "It said".
	Label string
	Text  string
	// Where is a place that the reader can go back to, or "".
	Where string
}

// FindingLine is one fact that a reader could otherwise miss.
type FindingLine struct {
	Key  string
	Tone Tone
	Text string
}

// Findings is a list of findings.
type Findings []FindingLine

// StepLine is one thing to do.
type StepLine struct{ Text, Command, Means, Decide string }

// Steps is a list of things to do, in order.
type Steps []StepLine

// Table is a table with a title.
type Table struct {
	Title  string
	Header []string
	Rows   [][]string
	// Numeric says which columns hold numbers, by index.
	Numeric []int
	// Whole says which columns hold names to copy, which are never broken.
	Whole []int
	// Differ says which rows say something else than the others, by index. A
	// cell of such a row says so too, for formats without colour.
	Differ []int
	// More is the number of rows that are left out.
	More int
}

// List is a list of words under a title, such as addresses.
type List struct {
	Title string
	Items []string
	// More is the number of items that are left out.
	More int
}

// Hint points to where more can be read: the command to give.
type Hint struct{ Text, Command string }

// Colophon closes a document that is kept: what it was made from, and when.
type Colophon struct {
	Source string
	// Time is the time of the evidence, never of the run, so that the same
	// input gives the same bytes; "" where nothing tells.
	Time string
}

// Dialogue is a recorded SMTP session. Formats that are kept show it; text
// does with --verbose.
type Dialogue struct {
	// Title names the host and what the session was for.
	Title string
	Turns []Turn
}

// Turn is one exchange of a Dialogue. Command is "" where the server spoke
// first, Reply where nothing came back.
type Turn struct {
	Stage, Command, Reply string
	// Error is what went wrong, or "".
	Error  string
	Millis float64
}

func (Dialogue) block()  {}
func (Answer) block()    {}
func (Heading) block()   {}
func (Paragraph) block() {}
func (Facts) block()     {}
func (Quote) block()     {}
func (Findings) block()  {}
func (Steps) block()     {}
func (Table) block()     {}
func (List) block()      {}
func (Hint) block()      {}
func (Colophon) block()  {}

// Rule parts two answers of one document.
type Rule struct{}

func (Rule) block() {}
