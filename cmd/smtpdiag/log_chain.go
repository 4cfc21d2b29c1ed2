package main

import (
	"hash/maphash"
	"strings"

	"github.com/smtpdiag/smtpdiag/postfix"
)

// The conditions of a storyFilter, as bits.
const (
	askRecipient = 1 << iota
	askSender
	askMessageID
	askQueueID
	askClient
)

// storyIDs finds the queue ids of the messages that fit. A message fits when
// each condition is met by any of its lines. Ids are kept as hashes.
type storyIDs struct {
	filter *storyFilter
	asked  uint8 // the conditions that are set
	seed   maphash.Seed
	// conditions holds, for each queue id with a line that meets one, those that
	// its lines have met.
	conditions map[uint64]uint8
	// seen are all queue ids of the logs.
	seen uniqueSet
	// links lead from a queue id to the one that the message goes on under.
	links map[uint64]uint64
}

// idPart is what storyIDs need of a piece of a log.
type idPart struct {
	seen  []uint64
	met   []idMet
	links [][2]uint64
}

// idMet is a queue id with a line that meets conditions.
type idMet struct {
	id         uint64
	conditions uint8
}

func newStoryIDs(f *storyFilter) *storyIDs {
	s := &storyIDs{filter: f, seed: maphash.MakeSeed(), conditions: map[uint64]uint8{}, links: map[uint64]uint64{}}
	for i, value := range []string{f.recipient, f.sender, f.messageID, f.queueID, f.client} {
		if value != "" {
			s.asked |= 1 << i
		}
	}
	return s
}

func (s *storyIDs) hash(id string) uint64 { return max(maphash.String(s.seed, id), 1) }

// met gives the conditions that a line meets, of those that are set.
func (s *storyIDs) met(e *postfix.Event) uint8 {
	f := s.filter
	var met uint8
	if s.asked&askRecipient != 0 && (strings.EqualFold(e.Recipient, f.recipient) || strings.EqualFold(e.OrigTo, f.recipient)) {
		met |= askRecipient
	}
	if s.asked&askSender != 0 && e.HasSender && strings.EqualFold(e.Sender, strings.Trim(f.sender, "<>")) {
		met |= askSender
	}
	if s.asked&askMessageID != 0 && e.MessageID != "" && strings.EqualFold(strings.Trim(e.MessageID, "<>"), strings.Trim(f.messageID, "<>")) {
		met |= askMessageID
	}
	if s.asked&askQueueID != 0 && strings.EqualFold(e.QueueID, f.queueID) {
		met |= askQueueID
	}
	if s.asked&askClient != 0 && (e.ClientIP == f.client || strings.EqualFold(e.ClientName, f.client)) {
		met |= askClient
	}
	return met
}

// see takes note of a line.
func (s *storyIDs) see(p *idPart, e *postfix.Event) {
	if e.QueueID == "" {
		return
	}
	id := s.hash(e.QueueID)
	if n := len(p.seen); n == 0 || p.seen[n-1] != id {
		p.seen = append(p.seen, id)
	}
	if met := s.met(e); met != 0 {
		p.met = append(p.met, idMet{id, met})
	}
	if e.NextID != "" && (e.Kind == postfix.EventSent || e.Kind == postfix.EventAccepted || e.Kind == postfix.EventNotice) {
		p.links = append(p.links, [2]uint64{id, s.hash(e.NextID)})
	}
}

// join takes over a part and empties it.
func (s *storyIDs) join(p *idPart) error {
	for _, id := range p.seen {
		s.seen.add(id)
	}
	for _, m := range p.met {
		s.conditions[m.id] |= m.conditions
	}
	for _, link := range p.links {
		s.links[link[0]] = link[1]
	}
	p.seen, p.met, p.links = p.seen[:0], p.met[:0], p.links[:0]
	return nil
}

// chains gives for each queue id of a message that fits the id by which its
// story is known. A filter hands mail back under a new id, and a bounce is a
// message of its own: links are followed both ways.
func (s *storyIDs) chains() map[uint64]uint64 {
	parent := map[uint64]uint64{}
	for id, met := range s.conditions {
		if met == s.asked {
			parent[id] = id
		}
	}
	root := func(id uint64) uint64 {
		for parent[id] != id {
			parent[id] = parent[parent[id]]
			id = parent[id]
		}
		return id
	}
	for added := len(parent) > 0; added; {
		added = false
		for from, to := range s.links {
			switch {
			case parent[from] != 0 && parent[to] == 0 && s.seen.has(to):
				parent[to], added = root(from), true
			case parent[to] != 0 && parent[from] == 0:
				parent[from], added = root(to), true
			case parent[from] != 0 && parent[to] != 0 && root(from) != root(to):
				first, second := min(root(from), root(to)), max(root(from), root(to))
				parent[second], added = first, true
			}
		}
	}
	roots := make(map[uint64]uint64, len(parent))
	for id := range parent {
		roots[id] = root(id)
	}
	return roots
}
