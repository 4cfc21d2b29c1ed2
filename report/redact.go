package report

import (
	"reflect"
	"strconv"
	"strings"
)

// A string field of a Document says by its "redact" tag what it holds; a field
// without one is free text.
const (
	redactKeep    = "keep"    // an identifier of ours, a code or a time
	redactHost    = "host"    // a host or a domain
	redactAddress = "address" // one address
	redactMailbox = "mailbox" // a header field of addresses with display names
	redactID      = "id"      // a message identifier
	redactSubject = "subject" // a subject
	redactPath    = "path"    // a file name
	redactProse   = "prose"   // our own words or commands with values filled in
)

// Redactor replaces local parts, display names, message identifiers and
// subjects by short pseudonyms: person-1, msgid-1, subject-1. They are numbered
// in the order of their first appearance, so that they tell nothing about what
// they stand for, and the same person has the same pseudonym in every document
// of a run. Domains, hosts and codes stay.
//
// A Redactor grows with the number of different persons. It must be given the
// documents in the order in which they are printed.
type Redactor struct {
	people, ids, subjects map[string]string
	// known holds what the document at hand is known to name: folded local
	// parts and display names. They are replaced as words wherever they stand.
	known map[string]bool
	// knownSubjects and knownIDs are those of the document at hand, odd the local
	// parts in it that cannot be told from the text around them.
	knownSubjects, knownIDs, odd []string
}

// NewRedactor makes a Redactor that knows nobody yet.
func NewRedactor() *Redactor {
	return &Redactor{
		people: map[string]string{}, ids: map[string]string{}, subjects: map[string]string{},
		known: map[string]bool{},
	}
}

// Redact changes doc.
func (r *Redactor) Redact(doc Document) {
	clear(r.known)
	r.knownSubjects, r.knownIDs, r.odd = nil, nil, nil
	value := reflect.ValueOf(doc)
	walkStrings(value, "", func(s string, tag string) string {
		r.learn(s, tag)
		return s
	})
	walkStrings(value, "", r.replace)
}

// Text gives a line about the document that was redacted last, redacted.
func (r *Redactor) Text(s string) string { return r.words(s, redactPath) }

// walkStrings calls change for every string in v with the tag of its field,
// and puts what it gives in its place.
func walkStrings(v reflect.Value, tag string, change func(s, tag string) string) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			walkStrings(v.Elem(), tag, change)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.IsExported() || field.Anonymous {
				own := field.Tag.Get("redact")
				if own == "" && field.Type.Kind() != reflect.String {
					own = tag
				}
				walkStrings(v.Field(i), own, change)
			}
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			walkStrings(v.Index(i), tag, change)
		}
	case reflect.String:
		if v.CanSet() {
			if s := v.String(); s != "" {
				v.SetString(change(s, tag))
			}
		}
	default: // numbers and truth values name nobody; documents hold no maps
	}
}

// learn notes whom a string names.
func (r *Redactor) learn(s, tag string) {
	switch tag {
	case redactKeep, redactHost:
		return
	case redactAddress:
		local, _, ok := cutAddress(s)
		if r.learnLocal(local); ok && localStart(s, 0, len(local)) > 0 {
			r.odd = append(r.odd, local)
		}
	case redactMailbox:
		r.learnNames(s)
	case redactID:
		if id := strings.Trim(s, "<> "); id != "" {
			r.knownIDs = append(r.knownIDs, id)
		}
		return
	case redactSubject:
		r.knownSubjects = append(r.knownSubjects, s)
		return
	}
	for address := range addresses(s) {
		if tag != redactProse || !isPostmaster(address.local(s)) {
			r.learnLocal(address.local(s))
		}
	}
	learnX400(s, r.learnLocal)
}

// isPostmaster reports whether a local part is the one that every domain has
// (RFC 5321 section 4.5.1). In commands of our own it names nobody, unless the
// document is about it.
func isPostmaster(local string) bool { return strings.EqualFold(local, "postmaster") }

// learnNames notes the display names of a header field such as From.
func (r *Redactor) learnNames(s string) {
	for piece := range strings.SplitSeq(s, ",") {
		name, _, ok := strings.Cut(piece, "<")
		if !ok {
			name = piece
		}
		name = strings.Trim(name, "\" '\t")
		if strings.Contains(name, "@") {
			continue
		}
		for word := range strings.FieldsSeq(name) {
			word = strings.Trim(word, `.,"'()`)
			if len(word) > 2 {
				r.known[fold(word)] = true
			}
		}
	}
}

// learnLocal notes a local part, and those that are wrapped in it: of BATV
// (prvs=TAG=local), SRS (SRS0=HASH=TIME=domain=local), VERP (list+local=domain),
// routes (local%domain) and sub-addresses (local+detail).
func (r *Redactor) learnLocal(local string) {
	local = fold(strings.Trim(local, `"`))
	if local == "" {
		return
	}
	r.known[local] = true
	inner := unwrap(local)
	if before, _, ok := strings.Cut(inner, "="); ok {
		inner = before[strings.LastIndexAny(before, "+-")+1:]
	}
	inner, _, _ = strings.Cut(inner, "%")
	r.known[inner] = true
	base, _, _ := strings.Cut(inner, "+")
	r.known[base] = true
	delete(r.known, "")
}

// unwrap gives the local part inside one that BATV or SRS have wrapped.
func unwrap(local string) string {
	if strings.HasPrefix(local, "prvs=") || strings.HasPrefix(local, "srs0") || strings.HasPrefix(local, "srs1") {
		return local[strings.LastIndexByte(local, '=')+1:]
	}
	return local
}

// replace gives s with everybody in it replaced.
func (r *Redactor) replace(s, tag string) string {
	switch tag {
	case redactKeep:
		return s
	case redactHost:
		if !strings.Contains(s, "@") {
			return s
		}
	case redactID:
		return r.messageID(s)
	case redactSubject:
		return pseudonym(r.subjects, s, "subject-")
	case redactAddress:
		local, rest, ok := cutAddress(s)
		if !ok {
			return r.bareAddress(s)
		}
		return r.person(local) + rest
	case redactMailbox:
		return r.mailboxes(s)
	}
	return r.words(s, tag)
}

// cutAddress splits a string that is one address; ok is false, and local is s
// without brackets, where it has no domain.
func cutAddress(s string) (local, rest string, ok bool) {
	s = strings.Trim(s, "<> ")
	at := strings.LastIndexByte(s, '@')
	if at <= 0 {
		return strings.Trim(s, `" `), "", false
	}
	return s[:at], s[at:], true
}

// bareAddress replaces an address that is no more than a local part.
func (r *Redactor) bareAddress(s string) string {
	if strings.ContainsAny(s, "/=;%+\\&") {
		if replaced := r.words(s, redactAddress); replaced != s {
			return replaced
		}
	}
	return r.person(s)
}

// mailboxes gives a header field of addresses without the display names.
func (r *Redactor) mailboxes(s string) string {
	var kept []string
	for address := range addresses(s) {
		kept = append(kept, r.person(address.local(s))+s[address.at:address.end])
	}
	if len(kept) == 0 {
		return r.person(s)
	}
	return strings.Join(kept, ", ")
}

// messageID replaces an identifier but for the domain in it.
func (r *Redactor) messageID(s string) string {
	id := strings.Trim(s, "<> ")
	name := pseudonym(r.ids, id, "msgid-")
	if at := strings.LastIndexByte(id, '@'); at >= 0 {
		name += id[at:]
	}
	return strings.Replace(s, id, name, 1)
}

// person gives the pseudonym of a local part. Wrapped, escaped, quoted and
// sub-addressed forms of one have the same.
func (r *Redactor) person(local string) string {
	key := unwrap(fold(strings.Trim(local, `<>" `)))
	if base, _, ok := strings.Cut(key, "+"); ok && base != "" && !strings.Contains(key, "=") {
		key = base
	}
	return pseudonym(r.people, key, "person-")
}

// pseudonym gives the name that stands for key, a new one where it has none.
func pseudonym(names map[string]string, key, prefix string) string {
	name, ok := names[key]
	if !ok {
		name = prefix + strconv.Itoa(len(names)+1)
		names[strings.Clone(key)] = name
	}
	return name
}

// fold makes local parts comparable: lower case, with the escapes undone that
// hide characters of an address in xtext, URLs and RFC 6533 forms.
func fold(local string) string {
	return strings.ToLower(unescape(local))
}
