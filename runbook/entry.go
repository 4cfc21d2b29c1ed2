package runbook

// Entry is what the program knows of one class without opening its page.
type Entry struct {
	Class Class
	// Title is the class in a few plain words, without a full stop.
	Title string
	// Meaning says in one or two sentences what happened.
	Meaning string
	// Owner is who can act in most cases.
	Owner Owner
	// Permanence is what the class is where no code says anything.
	Permanence Permanence
	// Suppress is true where the address itself is dead.
	Suppress bool
}

// Lookup returns the entry of a class and whether the taxonomy has it. It reads
// a table in the program's data: it parses nothing and allocates nothing, so it
// may be asked for every recipient.
func Lookup(class Class) (Entry, bool) {
	for i := range table {
		if table[i].Class == class {
			return table[i], true
		}
	}
	return Entry{}, false
}

// Entries returns every entry in the order of the taxonomy. The slice is the
// caller's own.
func Entries() []Entry {
	entries := make([]Entry, len(table))
	copy(entries, table[:])
	return entries
}

// Gates returns every gate once, in the order of the taxonomy.
func Gates() []string {
	var gates []string
	for i := range table {
		gate := table[i].Class.Gate()
		if len(gates) == 0 || gates[len(gates)-1] != gate {
			gates = append(gates, gate)
		}
	}
	return gates
}
