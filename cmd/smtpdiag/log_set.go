package main

import "math/bits"

// uniqueSet counts different keys, 11 to 16 bytes each. The keys are hashes: all
// their bits are even.
type uniqueSet struct{ shards [64]uniqueShard }

// uniqueShard is a hash table with linear probing. Many small ones grow one by
// one, so that there is never an old and a new copy of everything.
type uniqueShard struct {
	slots []uint64 // 0 is a free one
	used  int
}

// add reports whether a key is new.
func (s *uniqueSet) add(key uint64) bool {
	key = max(key, 1)
	shard := &s.shards[key>>58]
	if shard.used >= len(shard.slots)-len(shard.slots)/4 {
		shard.grow()
	}
	at := shard.find(key)
	if shard.slots[at] == key {
		return false
	}
	shard.slots[at] = key
	shard.used++
	return true
}

// has reports whether a key was added.
func (s *uniqueSet) has(key uint64) bool {
	key = max(key, 1)
	shard := &s.shards[key>>58]
	return len(shard.slots) > 0 && shard.slots[shard.find(key)] == key
}

// find gives the slot of a key, or the one where it belongs.
func (s *uniqueShard) find(key uint64) int {
	n := len(s.slots)
	home, _ := bits.Mul64(key<<6, uint64(n))
	at := int(home)
	for s.slots[at] != 0 && s.slots[at] != key {
		if at++; at == n {
			at = 0
		}
	}
	return at
}

// grow makes room for half as many keys again.
func (s *uniqueShard) grow() {
	old := s.slots
	s.slots = make([]uint64, 8+len(old)+len(old)/2)
	for _, key := range old {
		if key != 0 {
			s.slots[s.find(key)] = key
		}
	}
}
