package probes

import (
	"context"
	"sync/atomic"
)

// Fallback gives a Resolver that asks the given ones in turn until one makes a
// statement about the name, as a stub resolver does with the servers of
// resolv.conf. One that could not be reached in time is passed over from then
// on, as long as another answers. If none makes a statement, it gives the
// answer of the first that was asked.
func Fallback(resolvers ...Resolver) Resolver { return newFallback(resolvers) }

// fallback is the Resolver that Fallback gives.
type fallback struct {
	resolvers []Resolver
	dead      []atomic.Bool
}

func newFallback(resolvers []Resolver) *fallback {
	return &fallback{resolvers: resolvers, dead: make([]atomic.Bool, len(resolvers))}
}

// note keeps in mind whether resolver i could be reached.
func (f *fallback) note(i int, failure Failure) {
	switch failure {
	case FailureTimeout, FailureUnreachable, FailureTLS:
		f.dead[i].Store(true)
	case FailureCanceled: // says nothing
	default:
		f.dead[i].Store(false)
	}
}

// Lookup asks those that can be reached in turn, or, where none can, the first.
func (f *fallback) Lookup(ctx context.Context, name string, typ RecordType) Answer {
	first := Answer{Name: trimDot(name), Type: typ, Failure: FailureUnreachable, Detail: "there is no resolver to ask"}
	asked := false
	for i, r := range f.resolvers {
		if f.dead[i].Load() {
			continue
		}
		a := r.Lookup(ctx, name, typ)
		f.note(i, a.Failure)
		if a.Failure.Final() || a.Failure == FailureCanceled {
			return a
		}
		if !asked {
			first, asked = a, true
		}
	}
	if asked || len(f.resolvers) == 0 {
		return first
	}
	a := f.resolvers[0].Lookup(ctx, name, typ)
	f.note(0, a.Failure)
	return a
}
