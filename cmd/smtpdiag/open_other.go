//go:build !unix

package main

import "os"

// rawFile is a file that is read once, from start to end.
type rawFile = *os.File

// openRaw opens a file for reading.
func openRaw(name string) (rawFile, error) { return os.Open(name) }
