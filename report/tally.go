package report

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Tally counts what many messages say. It keeps counts and addresses, never a
// message, so its size follows from the number of different addresses, domains
// and hosts.
type Tally struct {
	messages, recipients int
	kinds, classes       map[string]int
	domains, hosts       map[string]int
	hours                map[int64]int // by hours since 1970
	addresses            map[string]*addressTally
}

// addressTally is what was said of one address.
type addressTally struct {
	count    int
	class    string // of the first report, or of the first that says suppress
	suppress bool
}

// NewTally makes an empty Tally.
func NewTally() *Tally {
	return &Tally{
		kinds: map[string]int{}, classes: map[string]int{}, domains: map[string]int{}, hosts: map[string]int{},
		hours: map[int64]int{}, addresses: map[string]*addressTally{},
	}
}

// Add counts the recipients of one message. The document is not kept.
func (t *Tally) Add(b *Bounce) {
	t.messages++
	bump(t.kinds, b.Kind)
	for i := range b.Recipients {
		r := &b.Recipients[i]
		t.recipients++
		bump(t.classes, r.Class)
		if r.outcome() == OutcomeFine {
			continue // delivered, or a notice: nobody refused anything
		}
		address := strings.ToLower(r.address())
		if at := strings.LastIndexByte(address, '@'); at >= 0 {
			bump(t.domains, address[at+1:])
		}
		if host := strings.ToLower(r.RemoteMTA.Name); host != "" {
			bump(t.hosts, host)
		} else if r.RemoteMTA.IP != "" {
			bump(t.hosts, r.RemoteMTA.IP)
		}
		if at, err := time.Parse(time.RFC3339, cmp.Or(r.LastAttempt, b.Date)); err == nil {
			t.hours[at.Unix()/3600]++
		}
		t.addAddress(address, r)
	}
}

// bump counts key. A new key is copied, so that it does not keep the whole
// message alive of which it is a part.
func bump(counts map[string]int, key string) {
	if n, seen := counts[key]; seen {
		counts[key] = n + 1
		return
	}
	counts[strings.Clone(key)] = 1
}

// addAddress notes what is to become of an address. One report that it is dead
// outweighs others that merely did not get through.
func (t *Tally) addAddress(address string, r *Recipient) {
	if address == "" {
		return
	}
	known := t.addresses[address]
	if known == nil {
		known = &addressTally{class: strings.Clone(r.Class), suppress: r.Suppress}
		t.addresses[strings.Clone(address)] = known
	} else if r.Suppress && !known.suppress {
		known.class, known.suppress = strings.Clone(r.Class), true
	}
	known.count++
}

// Summary gives the counts, the greatest first, equal ones by name.
func (t *Tally) Summary() *Summary {
	s := &Summary{
		Schema: SchemaSummary, Messages: t.messages, Recipients: t.recipients,
		Kinds: sorted(t.kinds), Classes: sorted(t.classes), Domains: sorted(t.domains), Hosts: sorted(t.hosts),
		Hours: []Count{}, Suppress: []AddressCount{}, Keep: []AddressCount{},
	}
	for hour, n := range t.hours {
		s.Hours = append(s.Hours, Count{Name: time.Unix(hour*3600, 0).UTC().Format(time.RFC3339), Count: n})
	}
	slices.SortFunc(s.Hours, func(a, b Count) int { return strings.Compare(a.Name, b.Name) })
	for address, known := range t.addresses {
		entry := AddressCount{Address: address, Class: known.class, Count: known.count}
		if known.suppress {
			s.Suppress = append(s.Suppress, entry)
		} else {
			s.Keep = append(s.Keep, entry)
		}
	}
	for _, list := range [][]AddressCount{s.Suppress, s.Keep} {
		slices.SortFunc(list, func(a, b AddressCount) int { return strings.Compare(a.Address, b.Address) })
	}
	return s
}

// sorted gives counts in their order.
func sorted(counts map[string]int) []Count {
	list := make([]Count, 0, len(counts))
	for name, n := range counts {
		list = append(list, Count{Name: name, Count: n})
	}
	slices.SortFunc(list, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Name, b.Name))
	})
	return list
}
