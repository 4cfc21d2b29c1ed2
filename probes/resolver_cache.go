package probes

import (
	"context"
	"sync"
)

// Cache gives a Resolver that asks r each question once and hands the same
// Answer to all who ask it again or at the same time. Interrupted and failed
// questions are asked anew. It is meant to live for one run, so that TTLs play
// no part.
func Cache(r Resolver) Resolver {
	return &cache{resolver: r, entries: map[question]*entry{}}
}

type cache struct {
	resolver Resolver
	mu       sync.Mutex
	entries  map[question]*entry
}

type question struct {
	name string
	typ  RecordType
}

type entry struct {
	done   chan struct{}
	answer Answer
}

// Lookup gives the kept Answer, waits for one that is on its way, or asks.
func (c *cache) Lookup(ctx context.Context, name string, typ RecordType) Answer {
	key := question{canonical(name), typ}
	for {
		c.mu.Lock()
		e, found := c.entries[key]
		if !found {
			e = &entry{done: make(chan struct{})}
			c.entries[key] = e
		}
		c.mu.Unlock()
		if !found {
			return c.ask(ctx, key, e)
		}
		select {
		case <-e.done:
			// What another caller's context cut short says nothing here.
			if e.answer.Failure != FailureCanceled || ctx.Err() != nil {
				return e.answer
			}
		case <-ctx.Done():
			a := Answer{Name: key.name, Type: typ}
			a.fail(ctx, ctx.Err())
			return a
		}
	}
}

// ask fills the entry, and forgets it where there was no useful answer.
func (c *cache) ask(ctx context.Context, key question, e *entry) Answer {
	e.answer = c.resolver.Lookup(ctx, key.name, key.typ)
	if !e.answer.Failure.Final() {
		c.mu.Lock()
		delete(c.entries, key)
		c.mu.Unlock()
	}
	close(e.done)
	return e.answer
}
