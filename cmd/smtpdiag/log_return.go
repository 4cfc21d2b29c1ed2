package main

import (
	"hash/maphash"
	"strings"
	"time"

	"github.com/smtpdiag/smtpdiag/postfix"
	"github.com/smtpdiag/smtpdiag/report"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// comebackSpan is how long a client is given to come back: the first retries of
// common senders are within minutes to hours.
const comebackSpan = 6 * time.Hour

// maxTold bounds how many clients are remembered.
const maxTold = 50000

// comeback finds clients that were told to come back and did not.
type comeback struct {
	seed maphash.Seed
	// told has the time in seconds at which a client was told so last; negative
	// once it has come back.
	told map[uint64]int64
	end  int64
}

// see takes note of every event with a client.
func (c *comeback) see(e *postfix.Event) {
	at := e.Time.Unix()
	c.end = max(c.end, at)
	if e.ClientIP == "" {
		return
	}
	if c.told == nil {
		c.told, c.seed = map[uint64]int64{}, maphash.MakeSeed()
	}
	key := maphash.String(c.seed, e.ClientIP)
	was, known := c.told[key]
	switch {
	case known && was > 0 && at > was+30:
		c.told[key] = -1 // another session
	case !known && e.Kind == postfix.EventReject && len(c.told) < maxTold && strings.HasPrefix(e.Reason, "4"):
		c.told[key] = max(at, 1)
	}
}

// sum counts the clients that had time to come back, and those that did not.
func (c *comeback) sum() (clients, gone int) {
	for _, at := range c.told {
		switch {
		case at < 0:
			clients++
		case at <= c.end-int64(comebackSpan/time.Second):
			clients++
			gone++
		}
	}
	return clients, gone
}

// newcomerSpan is the longest time between a refusal as unknown and a delivery
// that counts as a new account.
const newcomerSpan = 24 * time.Hour

// maxNewcomers bounds how many unknown recipients are remembered.
const maxNewcomers = 50000

// newcomers finds recipients that were unknown and got mail later.
type newcomers struct {
	seed    maphash.Seed
	refusal map[uint64]int64
	count   int64
	first   report.LogExample
}

// refused takes note of an unknown recipient. Only refusals at the door count:
// after that the refusal is another host's.
func (c *newcomers) refused(e *postfix.Event) {
	if e.Kind != postfix.EventReject || e.Stage != smtp.StageRcpt || e.Recipient == "" {
		return
	}
	if c.refusal == nil {
		c.refusal, c.seed = map[uint64]int64{}, maphash.MakeSeed()
	}
	if len(c.refusal) < maxNewcomers {
		c.refusal[maphash.String(c.seed, strings.ToLower(e.Recipient))] = e.Time.Unix()
	}
}

// delivered takes note of a delivery.
func (c *newcomers) delivered(e *postfix.Event) {
	if len(c.refusal) == 0 {
		return
	}
	for _, recipient := range []string{e.Recipient, e.OrigTo} {
		if recipient == "" {
			continue
		}
		key := maphash.String(c.seed, strings.ToLower(recipient))
		at, ok := c.refusal[key]
		if ok && e.Time.Unix() > at && e.Time.Unix()-at <= int64(newcomerSpan/time.Second) {
			c.count++
			keepExample(&c.first, e)
			delete(c.refusal, key)
		}
	}
}
