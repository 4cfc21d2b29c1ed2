package runbook

// Step is one thing to do next: what, with which command, and what its result
// decides.
type Step struct {
	// Text says what to do, in one sentence.
	Text string
	// Command is a shell command, or "". It may hold placeholders.
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
