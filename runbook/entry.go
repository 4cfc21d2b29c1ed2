package runbook

// Step is one thing to do next: what, with which command, and what its result
// decides.
type Step struct {
	// Text says what to do, in one sentence.
	Text string
	// Command is a shell command, or "". It may hold placeholders, see Fill.
	Command string
	// Means says how to read what the command prints, or "".
	Means string
	// Decide says what to do with the answer, or "".
	Decide string
}

// Ref is where a reader can look up more.
type Ref struct {
	Title string
	URL   string
}

// Entry is what the program knows of one class.
type Entry struct {
	Class Class
	// Title is the class in a few plain words, without a full stop.
	Title string
	// Meaning says in one or two sentences what happened.
	Meaning string
	// Owner is who can act in most cases.
	Owner Owner
	// Permanence is what the class is where no code says anything.
	Permanence Permanence
	// Suppress is true where the address itself is dead.
	Suppress bool
	// Steps are the checks of the class's page, in order; the first ones are
	// the next steps of a verdict.
	Steps []Step
	// Refs name the standards and documents behind the page.
	Refs []Ref
}
