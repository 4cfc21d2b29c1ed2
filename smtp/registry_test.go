package smtp

import (
	"strings"
	"testing"
)

func TestLookupEnhanced(t *testing.T) {
	for _, tt := range []struct {
		code, name, rfc string
	}{
		{"5.1.1", "Bad destination mailbox address", "RFC 3463"},
		{"4.1.1", "Bad destination mailbox address", "RFC 3463"},
		{"2.1.5", "Destination address valid", "RFC 3463"},
		{"5.7.26", "Multiple authentication checks failed", "RFC 7372"},
		{"5.7.606", "", ""},
		{"5.0.0", "Other undefined status", "RFC 3463"},
	} {
		code, _ := ParseEnhanced(tt.code)
		got, ok := LookupEnhanced(code)
		if ok != (tt.name != "") || got.Name != tt.name || got.RFC != tt.rfc {
			t.Errorf("%s: %+v, %v", tt.code, got, ok)
		}
	}
	if _, ok := LookupEnhanced(EnhancedCode{}); ok {
		t.Error("no code has a meaning")
	}
}

func TestLookupReply(t *testing.T) {
	for code, want := range map[int]string{550: "Mailbox unavailable", 421: "Service not available", 556: "Domain does not accept mail"} {
		if got, ok := LookupReply(code); !ok || !strings.HasPrefix(got.Name, want) || got.Source == "" {
			t.Errorf("%d: %+v, %v", code, got, ok)
		}
	}
	if got, ok := LookupReply(599); ok {
		t.Errorf("599: %+v", got)
	}
}

// The tables are in order, hold no code twice, and their notes are sentences.
func TestRegistryTables(t *testing.T) {
	last := -1
	for _, m := range enhancedCodes {
		n := int(m.Subject)<<16 | int(m.Detail)
		if n <= last {
			t.Errorf("X.%d.%d is out of order", m.Subject, m.Detail)
		}
		last = n
		if m.Name == "" || m.RFC == "" || m.Note != "" && !strings.HasSuffix(m.Note, ".") {
			t.Errorf("X.%d.%d: %+v", m.Subject, m.Detail, m)
		}
		if SubjectName(m.Subject) == "" {
			t.Errorf("subject %d has no name", m.Subject)
		}
	}
	last = 0
	for _, m := range replyCodes {
		if m.Code <= last {
			t.Errorf("%d is out of order", m.Code)
		}
		last = m.Code
		if m.Name == "" || m.Source == "" || m.Note != "" && !strings.HasSuffix(m.Note, ".") {
			t.Errorf("%d: %+v", m.Code, m)
		}
	}
	if SubjectName(8) != "" {
		t.Error("subject 8 is not registered")
	}
}
