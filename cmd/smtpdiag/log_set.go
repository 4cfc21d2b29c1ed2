package main

import "math/bits"

// uniqueSet counts different keys, 11 to 16 bytes each. The keys are hashes: all
// their bits are even.
type uniqueSet struct {
	shards  [64]uniqueShard
	fetched uint64 // has no meaning
}

// uniqueShard is a hash table with linear probing. Many small ones grow one by
// one, so that there is never an old and a new copy of everything.
type uniqueShard struct {
	slots []uint64 // 0 is a free one
	used  int
}

// addAll adds keys, each changed by the salt, and counts those that are new.
func (s *uniqueSet) addAll(keys []uint64, salt uint64) (added int64) {
	for len(keys) > 0 {
		batch := keys[:min(len(keys), 16)]
		keys = keys[len(batch):]
		// Where the slots are not in the processor's cache, fetching those of
		// several keys at once takes as long as one.
		for _, key := range batch {
			shard := &s.shards[(key^salt)>>58]
			if n := len(shard.slots); n > 0 {
				s.fetched += shard.slots[shard.home(key^salt)]
			}
		}
		for _, key := range batch {
			if s.add(key ^ salt) {
				added++
			}
		}
	}
	return added
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
	at, n := s.home(key), len(s.slots)
	for s.slots[at] != 0 && s.slots[at] != key {
		if at++; at == n {
			at = 0
		}
	}
	return at
}

// home gives the slot at which the search for a key begins.
func (s *uniqueShard) home(key uint64) int {
	at, _ := bits.Mul64(key<<6, uint64(len(s.slots)))
	return int(at)
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
