package smtp

// EnhancedMeaning is what the registry says of an enhanced status code. Its
// class digit (2 success, 4 for now, 5 for good) is not part of the entry,
// since one meaning serves all classes.
type EnhancedMeaning struct {
	// Subject and Detail are the second and third number of the code.
	Subject, Detail uint16
	// Name is the registered short text.
	Name string
	// RFC names the documents that define it.
	RFC string
	// Replies names the reply codes that it is registered to go with, or is "".
	Replies string
	// Note says what differs in practice, in whole sentences, or is "".
	Note string
}

// ReplyMeaning is what a three-digit reply code means.
type ReplyMeaning struct {
	Code int
	// Name is its meaning in a few words.
	Name string
	// Source names the document that defines it; for a code that no standard
	// registers it is "not registered" or the product that uses it.
	Source string
	// Note says what differs in practice, in whole sentences, or is "".
	Note string
}

// LookupEnhanced gives the registered meaning of a code, whatever its class.
// ok is false for codes that are not registered; vendors use many of those.
func LookupEnhanced(code EnhancedCode) (meaning EnhancedMeaning, ok bool) {
	for i := range enhancedCodes {
		if m := &enhancedCodes[i]; m.Subject == code.Subject && m.Detail == code.Detail && !code.IsZero() {
			return *m, true
		}
	}
	return EnhancedMeaning{}, false
}

// LookupReply gives the meaning of a reply code. ok is false for codes that
// neither a standard nor a known product uses.
func LookupReply(code int) (meaning ReplyMeaning, ok bool) {
	for i := range replyCodes {
		if replyCodes[i].Code == code {
			return replyCodes[i], true
		}
	}
	return ReplyMeaning{}, false
}

// SubjectName gives what the second number of an enhanced code speaks of, RFC
// 3463 section 3, or "" for one that is not registered. It is all that the
// standards say of a vendor's own detail such as 5.7.606.
func SubjectName(subject uint16) string {
	if int(subject) < len(subjectNames) {
		return subjectNames[subject]
	}
	return ""
}

// subjectNames are in the order of the numbers, from 0.
var subjectNames = [...]string{
	"other or undefined", "address", "mailbox", "mail system", "network and routing", "mail delivery protocol", "message content or media", "security or policy",
}
