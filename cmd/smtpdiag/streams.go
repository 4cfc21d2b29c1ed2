package main

import (
	"io"
	"os"

	"golang.org/x/term"
)

// defaultWidth is the number of columns where there is no terminal to ask.
const defaultWidth = 80

// streams are what a command reads and writes, with what it may know of them.
type streams struct {
	in       io.Reader
	out, err io.Writer
	// getenv looks up the environment.
	getenv func(string) string
	// inTerminal, outTerminal and errTerminal say whether a person is there.
	inTerminal, outTerminal, errTerminal bool
	// width gives the columns of the terminal behind out.
	width func() int
}

// processStreams gives the streams of this process.
func processStreams() *streams {
	return &streams{
		in: os.Stdin, out: os.Stdout, err: os.Stderr,
		getenv:      os.Getenv,
		inTerminal:  term.IsTerminal(int(os.Stdin.Fd())),
		outTerminal: term.IsTerminal(int(os.Stdout.Fd())),
		errTerminal: term.IsTerminal(int(os.Stderr.Fd())),
		width: func() int {
			width, _, err := term.GetSize(int(os.Stdout.Fd()))
			if err != nil || width <= 0 {
				return defaultWidth
			}
			return width
		},
	}
}
