package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A directory of more names than are held is given whole, in order, each once.
func TestNameList(t *testing.T) {
	for _, count := range []int{0, 1, 9, 10, 11, 19, 20, 21, 95, 400} {
		dir := t.TempDir()
		var want []string
		for n := range count {
			name := fmt.Sprintf("%03d.mail%s", n*7919%1000, strings.Repeat("x", n%5))
			if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
				t.Fatal(err)
			}
			want = append(want, name)
		}
		for _, sub := range []string{"cur", "new"} {
			if err := os.Mkdir(filepath.Join(dir, sub), 0o700); err != nil {
				t.Fatal(err)
			}
			want = append(want, sub)
		}
		slices.Sort(want)
		var got []string
		list := nameList{dir: dir, most: 10}
		for more := true; more; {
			var err error
			if more, err = list.read(); err != nil {
				t.Fatal(err)
			}
			if len(list.names) > 10 || more && len(list.names) < 10 {
				t.Errorf("%d files: %d names at a time", count, len(list.names))
			}
			if !list.isMaildir() {
				t.Errorf("%d files: no Maildir", count)
			}
			for i, e := range list.names {
				got = append(got, list.name(i))
				if dir := e.kind == listedDir; dir != (len(list.name(i)) == 3) {
					t.Errorf("%s: directory: %v", list.name(i), dir)
				}
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d files: got %v\nwant %v", count, got, want)
		}
	}
}

// An error is given once.
func TestNameListOfNothing(t *testing.T) {
	list := nameList{dir: filepath.Join(t.TempDir(), "gone"), most: 10}
	if more, err := list.read(); more || err == nil {
		t.Errorf("more %v, error %v", more, err)
	}
	if more, err := list.read(); more || err != nil {
		t.Errorf("again: more %v, error %v", more, err)
	}
}
