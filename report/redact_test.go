package report

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

// redactText redacts s as free text of a document about the given recipient.
func redactText(recipient, s string) string {
	doc := &Bounce{Recipients: []Recipient{{FinalRecipient: recipient, Reply: Reply{Text: s}}}}
	NewRedactor().Redact(doc)
	return doc.Recipients[0].Reply.Text
}

func TestRedactFreeText(t *testing.T) {
	const who = "alice@example.com"
	tests := []struct{ name, recipient, in, want string }{
		{"brackets", who, "550 5.1.1 <alice@example.com>: unknown", "550 5.1.1 <person-1@example.com>: unknown"},
		{"case", who, "ALICE@Example.Com", "person-1@Example.Com"},
		{"alone in brackets", who, "550 <alice>: unknown", "550 <person-1>: unknown"},
		{"possessive", who, "Alice's mailbox is full", "person-1's mailbox is full"},
		{"path", who, "cannot open /var/mail/alice", "cannot open /var/mail/person-1"},
		{"path of an address", who, "/srv/alice@example.com/new", "/srv/person-1@example.com/new"},
		{"percent", who, "alice%example.com@relay.example", "person-2@relay.example"},
		{"URL", who, "https://example.net/?u=alice%40example.com&x=1", "https://example.net/?u=person-1%40example.com&x=1"},
		{"xtext", who, "rfc822;alice+40example.com", "rfc822;person-1+40example.com"},
		{"entity", who, "alice&#64;example.com", "person-1&#64;example.com"},
		{"unicode escape", who, `\x{61}lice@example.com`, "person-1@example.com"},
		{"fullwidth at", who, "alice\uff20example.com", "person-1\uff20example.com"},
		{"BATV", who, "prvs=0123abcd=alice@example.com", "person-1@example.com"},
		{"SRS", who, "SRS0=HHH=TT=example.com=alice@fwd.example", "person-1@fwd.example"},
		{"VERP", who, "list-bounces+alice=example.com@lists.example", "person-2@lists.example"},
		{"VERP alone", who, "list-bounces+alice=example.com", "list-bounces+person-1=example.com"},
		{"sub-address", who, "alice+news@example.com", "person-1@example.com"},
		{"quoted", who, `"alice b"@example.com`, "person-2@example.com"},
		{"quoted with an at", who, `"al@ice"@example.com`, "person-2@example.com"},
		{"at in words", who, "alice at example.com", "person-1 at example.com"},
		{"key", who, "from=alice@example.com to=<bob@example.net>", "from=person-1@example.com to=<person-2@example.net>"},
		{"literal", who, "alice@[192.0.2.1] refused", "person-1@[192.0.2.1] refused"},
		{"no domain", who, "<alice@>", "<person-1@>"},
		{"joined", who, "user_alice, alice-owner; (alice)", "user_person-1, person-1-owner; (person-1)"},
		{"other words", who, "malice and alices stay", "malice and alices stay"},
		{"host of the same name", who, "alice.example.com said", "alice.example.com said"},
		{"dots", "john.smith@example.com", "john.smith, smith and john.smith.", "person-1, smith and person-1."},
		{"code", "550@example.com", "550 5.1.1 <550@example.com>", "550 5.1.1 <person-1@example.com>"},
		{"common word", "user@example.com", "550 User unknown", "550 person-1 unknown"},
		{"utf-8", "андрей@example.com", "ящик Андрей не найден", "ящик person-1 не найден"},
		{"cjk quotes", who, "“alice@example.com”", "“person-1@example.com”"},
		{"exchange", who, "#alice@example.com#SMTP#", "#person-1@example.com#SMTP#"},
		{"x.400", who, "X400:/S=Smith/G=Carol/O=Org/C=DE", "X400:/S=person-2/G=person-3/O=Org/C=DE"},
		{"legacy dn", who, "/o=Org/ou=Site/cn=Recipients/cn=dora", "/o=Org/ou=Site/cn=Recipients/cn=person-2"},
		{"subject line", who, "> Subject: our secret plan\nX: y", "> Subject: subject-1\nX: y"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := redactText(test.recipient, test.in); got != test.want {
				t.Errorf("%q\n  became %q\n  want   %q", test.in, got, test.want)
			}
		})
	}
}

func TestRedactDocument(t *testing.T) {
	index := 1
	doc := &Bounce{
		Source: "mail/alice@example.com.eml", Index: &index, ReportingMTA: "mx.example.net",
		Original: Original{
			MessageID: "<abc.123@host.example>", From: `"Bob Builder" <bob@example.net>`,
			To: "Alice Liddell <alice@example.com>, carol@example.org", Subject: "the quarterly figures",
		},
		Recipients: []Recipient{{
			FinalRecipient: "alice@example.com", OriginalRecipient: "sales@example.com",
			Reply:     Reply{Text: "550 message abc.123@host.example from Builder, THE QUARTERLY FIGURES, refused by Liddell"},
			RemoteMTA: Host{Name: "mx1.alice.example", IP: "192.0.2.7"},
			Judgement: Judgement{
				Class: "recipient:unknown", Title: "Recipient does not exist",
				Findings: []Finding{{Key: "code-mismatch", Text: "the reply to alice names bob@example.net and the sales team"}},
				Next:     []Step{{Text: "Ask alice@example.com.", Command: "postmap -q alice@example.com hash:/etc/aliases && grep alice /var/log/mail.log"}},
			},
		}},
		Problems: []Problem{{Text: `a line is no field: "To: carol@example.org"`}},
	}
	r := NewRedactor()
	r.Redact(doc)
	raw, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	for _, gone := range []string{"bob", "builder", "liddell", "carol", "abc.123", "figures"} {
		if strings.Contains(strings.ToLower(string(raw)), gone) {
			t.Errorf("%q is left in %s", gone, raw)
		}
	}
	if strings.Contains(strings.ReplaceAll(string(raw), "mx1.alice.example", ""), "alice") {
		t.Errorf("alice is left in %s", raw)
	}
	for _, kept := range []string{"mx.example.net", "mx1.alice.example", "192.0.2.7", "recipient:unknown", "host.example", "example.org", "/var/log/mail.log", "sales team", "hash:/etc/aliases"} {
		if !strings.Contains(string(raw), kept) {
			t.Errorf("%q is lost in %s", kept, raw)
		}
	}
	if got := r.Text("mail/alice@example.com.eml: cut off; ask alice"); strings.Contains(got, "alice") {
		t.Errorf("a note still says %q", got)
	}
}

// TestRedactIsStable gives several documents to one Redactor.
func TestRedactIsStable(t *testing.T) {
	r := NewRedactor()
	var seen []string
	for _, address := range []string{"alice@example.com", "bob@example.com", "Alice@example.net"} {
		doc := &Bounce{Recipients: []Recipient{{FinalRecipient: address}}}
		r.Redact(doc)
		seen = append(seen, doc.Recipients[0].FinalRecipient)
	}
	want := []string{"person-1@example.com", "person-2@example.com", "person-1@example.net"}
	if !reflect.DeepEqual(seen, want) {
		t.Errorf("got %q, want %q", seen, want)
	}
}

// TestEveryStringSaysWhatItHolds keeps a new field from being forgotten: a
// field with an identifier of ours that is taken for free text could change.
func TestEveryStringSaysWhatItHolds(t *testing.T) {
	// Free text, and lists of it, need no tag; they are listed so that leaving
	// the tag out is a decision.
	free := map[string]bool{"Reply.Text": true, "Evidence.Text": true, "Problem.Text": true, "Explain.Text": true}
	var check func(reflect.Type)
	check = func(typ reflect.Type) {
		switch typ.Kind() {
		case reflect.Pointer, reflect.Slice:
			check(typ.Elem())
		case reflect.Struct:
			for f := range typ.Fields() {
				name := typ.Name() + "." + f.Name
				if f.Type.Kind() == reflect.String && f.Tag.Get("redact") == "" && !free[name] {
					t.Errorf("%s has no redact tag and is not listed as free text", name)
				}
				check(f.Type)
			}
		default:
		}
	}
	for _, doc := range []Document{&Bounce{}, &Explain{}, &Summary{}, &Version{}} {
		check(reflect.TypeOf(doc))
	}
}

func FuzzRedact(f *testing.F) {
	f.Add("alice@example.com", "550 <alice@example.com> prvs=1=alice@x \"a b\"@c \\x{61}@d +40e")
	f.Add("a b@x", "/S=Smith/G=Alice;")
	f.Fuzz(func(t *testing.T, recipient, text string) {
		got := redactText(recipient, text)
		if redactText(recipient, text) != got {
			t.Error("not the same twice")
		}
		if strings.Contains(text, "zaphod@example.com") && strings.Contains(strings.ReplaceAll(got, "zaphod.", ""), "zaphod@") {
			t.Errorf("%q became %q", text, got)
		}
	})
}
