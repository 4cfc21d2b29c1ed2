package main

import (
	"fmt"
	"io"

	"github.com/smtpdiag/smtpdiag/report"
)

// writeComplaint writes a line about the run itself. It may hold the names of
// inputs, which are hostile, so it is cleaned; and it goes to standard error,
// whose own failure nobody could be told.
func writeComplaint(w io.Writer, text string) {
	_, _ = fmt.Fprintf(w, "smtpdiag: %s\n", report.CleanLines(text))
}
