package runbook

import (
	"go/ast"
	goparser "go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// declaredClasses reads the class constants from class.go in their order.
func declaredClasses(t *testing.T) []Class {
	t.Helper()
	file, err := goparser.ParseFile(token.NewFileSet(), "class.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var classes []Class
	for _, decl := range file.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok || gen.Tok != token.CONST {
			continue
		}
		for _, spec := range gen.Specs {
			value := spec.(*ast.ValueSpec)
			if !strings.HasPrefix(value.Names[0].Name, "Class") {
				continue
			}
			text, err := strconv.Unquote(value.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			classes = append(classes, Class(text))
		}
	}
	return classes
}

func TestTableHoldsEveryClassInOrder(t *testing.T) {
	var got []Class
	for _, e := range Entries() {
		got = append(got, e.Class)
	}
	if want := declaredClasses(t); !slices.Equal(got, want) {
		t.Errorf("table holds\n%v\nclass.go declares\n%v", got, want)
	}
}

func TestEntriesAreComplete(t *testing.T) {
	owners := []Owner{OwnerSender, OwnerSenderAdmin, OwnerReceiverAdmin, OwnerRecipient, OwnerNobody}
	suppressed := []Class{
		ClassRecipientUnknown, ClassRecipientDisabled, ClassRecipientMoved, ClassDomainNotFound, ClassDomainNullMX,
	}
	titles := map[string]Class{}
	for _, e := range Entries() {
		if e.Title == "" || strings.HasSuffix(e.Title, ".") || len(e.Title) > 50 {
			t.Errorf("%s: title %q is empty, too long or ends with a full stop", e.Class, e.Title)
		}
		if other, ok := titles[e.Title]; ok {
			t.Errorf("%s and %s share the title %q", e.Class, other, e.Title)
		}
		titles[e.Title] = e.Class
		if !strings.HasSuffix(e.Meaning, ".") {
			t.Errorf("%s: meaning %q is no sentence", e.Class, e.Meaning)
		}
		if !slices.Contains(owners, e.Owner) {
			t.Errorf("%s: owner %q is none of %v", e.Class, e.Owner, owners)
		}
		notice := e.Class.Gate() == "notice" && e.Class != ClassNoticeDelayed
		if notice != (e.Permanence == "") {
			t.Errorf("%s: permanence %q", e.Class, e.Permanence)
		}
		if e.Suppress != slices.Contains(suppressed, e.Class) {
			t.Errorf("%s: suppress is %v", e.Class, e.Suppress)
		}
		if got, ok := Lookup(e.Class); !ok || got != e {
			t.Errorf("Lookup(%q) = %v, %v", e.Class, got, ok)
		}
	}
}

func TestLookupOfUnknownClass(t *testing.T) {
	for _, class := range []Class{"", "recipient", "recipient:", "Recipient:Unknown", "no:such"} {
		if e, ok := Lookup(class); ok {
			t.Errorf("Lookup(%q) = %v", class, e)
		}
	}
}

func TestEntriesBelongToTheCaller(t *testing.T) {
	Entries()[0].Title = "spoiled"
	if e, _ := Lookup(ClassRecipientUnknown); e.Title == "spoiled" {
		t.Error("a caller can change the table")
	}
}

func TestLookupCostsNothing(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() { Lookup(ClassUnknown) }); n != 0 {
		t.Errorf("Lookup allocates %v times", n)
	}
}

func TestGates(t *testing.T) {
	want := []string{
		"recipient", "domain", "routing", "dns", "lookup", "backend", "network", "delivery", "tls", "policy",
		"auth", "sender", "content", "protocol", "notice", "unknown",
	}
	if got := Gates(); !slices.Equal(got, want) {
		t.Errorf("Gates() = %v, want %v", got, want)
	}
}

func BenchmarkLookup(b *testing.B) {
	for b.Loop() {
		Lookup(ClassUnknown)
	}
}
