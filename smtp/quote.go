package smtp

// Quoted is a reply as a mail system quotes it in a report or a log, with what
// the words around it tell.
type Quoted struct {
	// Reply is the innermost reply; its Lines are zero where none is quoted.
	Reply Reply
	// Host and IP name the server that gave it, or that could not be reached.
	Host string
	IP   string
	// Stage is where the dialogue stood.
	Stage Stage
}
