package main

import (
	"context"
	"iter"
	"sync"
)

// inOrder has workers work on what in yields and hands the results to consume,
// one at a time, in the order of the inputs. Only a bounded number of inputs
// and results exist at any time, so memory does not grow with their number.
//
// newWork is called once for each worker, so that a worker can keep buffers.
// An error of consume, or the end of ctx, ends everything: inOrder then returns
// at once, without waiting for a worker that hangs in a read.
func inOrder[T, R any](ctx context.Context, workers int, in iter.Seq[T], newWork func() func(T) R, consume func(R) error) error {
	type slot struct {
		in   T
		out  R
		done chan struct{}
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	const window = 4 // slots for each worker: what is ready before its turn waits there
	order := make(chan *slot, window*workers)
	jobs := make(chan *slot, window*workers)
	go func() {
		defer close(order)
		defer close(jobs)
		for item := range in {
			s := &slot{in: item, done: make(chan struct{})}
			select {
			case order <- s:
			case <-ctx.Done():
				return
			}
			jobs <- s // has the room that order has
		}
	}()
	var once sync.WaitGroup
	for range workers {
		once.Go(func() {
			work := newWork()
			for s := range jobs {
				if ctx.Err() != nil {
					return
				}
				s.out = work(s.in)
				close(s.done)
			}
		})
	}
	for {
		var next *slot
		var more bool
		select {
		case next, more = <-order:
		case <-ctx.Done():
			return ctx.Err()
		}
		if !more {
			return ctx.Err()
		}
		select {
		case <-next.done:
		case <-ctx.Done():
			return ctx.Err()
		}
		if err := consume(next.out); err != nil {
			return err
		}
	}
}
