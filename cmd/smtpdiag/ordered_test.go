package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
)

// count yields 0, 1, 2, ... and notes how many were taken.
func count(n int, taken *atomic.Int64) func(func(int) bool) {
	return func(yield func(int) bool) {
		for i := range n {
			taken.Add(1)
			if !yield(i) {
				return
			}
		}
	}
}

func TestInOrderKeepsTheOrder(t *testing.T) {
	var taken atomic.Int64
	var got []int
	gates := make([]chan struct{}, 100)
	for i := range gates {
		gates[i] = make(chan struct{})
	}
	work := func() func(int) int {
		return func(i int) int {
			if i%2 == 0 { // every other one waits for the one behind it
				<-gates[i+1]
			} else {
				close(gates[i])
			}
			return i
		}
	}
	err := inOrder(t.Context(), 4, count(100, &taken), work, func(i int) error {
		got = append(got, i)
		return nil
	})
	if err != nil || !slices.IsSorted(got) || len(got) != 100 {
		t.Errorf("got %v, %v", got, err)
	}
}

// TestInOrderIsBounded holds the first result back and sees that only a few
// inputs are taken meanwhile.
func TestInOrderIsBounded(t *testing.T) {
	var taken atomic.Int64
	work := func() func(int) int { return func(i int) int { return i } }
	stop := errors.New("stop")
	err := inOrder(t.Context(), 2, count(1_000_000, &taken), work, func(int) error { return stop })
	if !errors.Is(err, stop) {
		t.Errorf("got %v", err)
	}
	if n := taken.Load(); n > 100 {
		t.Errorf("%d inputs were taken for one result", n)
	}
}

// blocking is an input that never ends and never gives anything.
type blocking struct{ released chan struct{} }

func (b blocking) Read([]byte) (int, error) {
	<-b.released
	return 0, io.EOF
}

// cancelling ends the run with the first output.
type cancelling struct {
	bytes.Buffer
	cancel context.CancelFunc
}

func (c *cancelling) Write(p []byte) (int, error) {
	defer c.cancel()
	return c.Buffer.Write(p)
}

// TestInterrupt ends a run that hangs in a read: what is known by then is
// printed whole, and the rest is said not to have been read.
func TestInterrupt(t *testing.T) {
	t.Chdir("../..")
	ctx, cancel := context.WithCancel(t.Context())
	s, _, errs := testStreams(false)
	in := blocking{make(chan struct{})}
	defer close(in.released)
	out := &cancelling{cancel: cancel}
	s.in, s.out = in, out
	status := execute(ctx, s, []string{"bounce", "-o", "json", "testdata/bounces/user-unknown.eml", "-"})
	if status != exitPartial || !strings.Contains(errs.String(), "interrupted") {
		t.Errorf("exit status %d, %q", status, errs)
	}
	if text := out.String(); !strings.HasPrefix(text, "[\n{") || !strings.HasSuffix(text, "}\n]\n") {
		t.Errorf("the output is not whole: %q", text[max(0, len(text)-80):])
	}
}
