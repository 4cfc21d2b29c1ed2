package main

import (
	"hash/maphash"
	"strings"

	"github.com/smtpdiag/smtpdiag/postfix"
)

// maxAttempts bounds how many messages' last attempts are remembered.
const maxAttempts = 50000

// attempts remembers why the last attempt for a message failed. Between its
// attempts Exim logs "retry time not reached", and at the end "retry timeout
// exceeded": neither is a cause. The line of the attempt before is.
type attempts struct {
	seed maphash.Seed
	last map[uint64]*logVerdict
}

// cause gives the verdict of the last real attempt where e is none itself, else
// v, which it remembers.
func (a *attempts) cause(e *postfix.Event, v *logVerdict) *logVerdict {
	if !isAttempt(e) {
		return v
	}
	if a.last == nil {
		a.last, a.seed = map[uint64]*logVerdict{}, maphash.MakeSeed()
	}
	key := maphash.String(a.seed, e.QueueID+" "+e.Recipient)
	before, known := a.last[key]
	if retryWords(e.Reason) {
		if known {
			return before
		}
		return v
	}
	if known || len(a.last) < maxAttempts {
		a.last[key] = v
	}
	return v
}

// isAttempt reports whether the attempts before tell the cause of an event.
func isAttempt(e *postfix.Event) bool {
	return e.Instance == "exim" && (e.Kind == postfix.EventDeferred || e.Kind == postfix.EventBounced)
}

// retryWords reports whether a reason says only that it is not yet time, or no
// more.
func retryWords(reason string) bool {
	return strings.HasPrefix(reason, "retry time") || strings.HasPrefix(reason, "Retry time")
}
