package runbook

// Shell is the command language of a Step.
type Shell string

// The shells. Commands are for a POSIX shell unless the page says otherwise.
const (
	POSIX      Shell = "sh"
	PowerShell Shell = "powershell"
)

// Step is one thing to do next: what, with which command, and what its result
// decides. Text and Decide are plain text; Means may hold Markdown code spans.
// All fields but Shell may hold placeholders, see Fill.
type Step struct {
	// Text says what to do, in one sentence without a full stop.
	Text string
	// Shell is the language of Command, or "" where there is no command.
	Shell Shell
	// Command is a command, or "". It may have several lines.
	Command string
	// ByHand does the same as Command with a POSIX shell and the tools that
	// every mail host has, or is "".
	ByHand string
	// Prints is an example of what the command prints, or "".
	Prints string
	// Means says how to read what the command prints, or "".
	Means string
	// Decide says what to do with the answer, or "".
	Decide string
}

// Ref is where a reader can look up more.
type Ref struct {
	// Title names the document; for an RFC it is "RFC 5321, section 4.2.3",
	// with a note after a colon where one helps.
	Title string
	// URL starts with "https://".
	URL string
}
