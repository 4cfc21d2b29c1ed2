package dsn

import (
	"os"
	"path/filepath"
	"testing"
)

// Marks are compared with lower-cased text, from the start of a word, and are
// found by their first four bytes.
func TestMarks(t *testing.T) {
	if len(formats) > 64*len(formatSet{}) {
		t.Fatalf("%d formats do not fit a formatSet", len(formats))
	}
	for i, f := range formats {
		if f.read == nil || f.name == "" || f.marks == nil && f.sniff == nil {
			t.Errorf("format %q lacks a name, a reader, or what to know it by", f.name)
		}
		for _, words := range f.marks {
			if len(words) < 4 || words != lowerASCII(words) {
				t.Errorf("format %s: %q cannot be found", f.name, words)
				continue
			}
			var seen formatSet
			formatMarks().find("x: "+words, &seen)
			if !seen.has(i) {
				t.Errorf("format %s: %q is not found", f.name, words)
			}
		}
	}
	var seen formatSet
	formatMarks().find("there is nothing to be seen in this text", &seen)
	if seen != (formatSet{}) {
		t.Errorf("marks are seen where none are: %v", seen)
	}
}

// Every form of the table has an example that it reads.
func TestFormatsHaveExamples(t *testing.T) {
	files, err := filepath.Glob("testdata/*/*.eml")
	if err != nil {
		t.Fatal(err)
	}
	read := map[string]bool{}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		read[Parse(file, raw).Format] = true
	}
	for _, f := range formats {
		if !read[f.name] {
			t.Errorf("no example in testdata is read as %s", f.name)
		}
	}
}
