package report

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

// jsonPieces are what strings are made of that JSON could get wrong.
var jsonPieces = []string{
	"", "user@example.com", "550 5.1.1 User unknown in virtual mailbox table", `say "no"`, `C:\new`, "<b>&amp;</b>", "a\nb\r\n\tc", "\b\f\v\x00\x1f", "\x7f", "\x1b[31m",
	"\u202e\u2066", "\u2028\u2029", "\u00ad\u200b\ufeff", "日本語", "Ящик переполнен", "é", "\xff\xfe", "\xe6\x97", "\ufffd", "\U0001f600", "\U000e0001", "\U000e0100", "\ue000", "\u3164",
}

// fillAny sets everything in v to something, by chance.
func fillAny(t *testing.T, v reflect.Value, r *rand.Rand) {
	t.Helper()
	switch v.Kind() {
	case reflect.String:
		var text strings.Builder
		for range r.IntN(5) {
			text.WriteString(jsonPieces[r.IntN(len(jsonPieces))])
		}
		v.SetString(text.String())
	case reflect.Int:
		v.SetInt(r.Int64N(2000) - 1000)
	case reflect.Bool:
		v.SetBool(r.IntN(2) == 0)
	case reflect.Pointer:
		if r.IntN(2) == 0 {
			v.Set(reflect.New(v.Type().Elem()))
			fillAny(t, v.Elem(), r)
		}
	case reflect.Slice:
		if n := r.IntN(5) - 1; n >= 0 {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
		}
		for i := range v.Len() {
			fillAny(t, v.Index(i), r)
		}
	case reflect.Struct:
		for _, field := range v.Fields() {
			fillAny(t, field, r)
		}
	default:
		t.Fatalf("no value for a %s", v.Type())
	}
}

// A document that writes its own JSON writes what the encoder for everything
// does, whatever stands in its fields.
func TestOwnJSON(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		doc := new(Bounce)
		fillAny(t, reflect.ValueOf(doc).Elem(), r)
		want, err := encodeJSON(nil, doc)
		if err != nil {
			t.Fatal(err)
		}
		got, err := renderNDJSON(nil, doc, Options{})
		if err != nil || string(got) != string(want) {
			t.Fatalf("got  %s\nwant %s\nerror %v", got, want, err)
		}
	}
}

func FuzzJSONString(f *testing.F) {
	for _, piece := range jsonPieces {
		f.Add(piece)
		f.Add("1234567" + piece + "89abcdef")
	}
	f.Fuzz(func(t *testing.T, s string) {
		doc := &Bounce{Source: s}
		want, err := encodeJSON(nil, doc)
		if err != nil {
			t.Fatal(err)
		}
		if got := append(doc.appendJSON(nil), '\n'); string(got) != string(want) {
			t.Errorf("%q: got %s, want %s", s, got, want)
		}
	})
}

func benchmarkBounce() *Bounce {
	const reply = "550 5.1.1 <user@example.com>: Recipient address rejected: User unknown in virtual mailbox table"
	step := Step{
		Text:    "Ask the host that refused for the address, and for one that you know to be good",
		Command: "swaks --to user@example.com --server mx1.mailgw.example.net --quit-after RCPT",
		Decide:  "The known-good one is refused too: it is not about this address.",
	}
	return &Bounce{
		Schema: SchemaBounce, Source: "cur/1767520067.M335P1.mail,S=2812:2,S", Kind: "failure", Format: "dsn", Generator: "postfix",
		ReportingMTA: "mx.sender.example", Date: "2026-01-04T09:42:12Z", Problems: []Problem{},
		Recipients: []Recipient{{
			FinalRecipient: "user@example.com", Action: "failed", Status: "5.1.1", Reply: Reply{Code: 550, Enhanced: "5.1.1", Text: reply},
			RemoteMTA: Host{Name: "mx1.mailgw.example.net", IP: "192.0.2.7"},
			Judgement: Judgement{
				Stage: "rcpt", Class: "recipient:unknown", Permanence: "permanent", Suppress: true, Owner: "receiver-admin", Confidence: "high",
				Rule: "postfix-virtual-unknown", RunnerUp: "enhanced-5.1.1", Findings: []Finding{}, Next: []Step{step, step, step, step},
				Evidence: []Evidence{{From: "Diagnostic-Code", Line: 15, Text: reply}, {From: "Status", Line: 14, Text: "5.1.1"}},
				Title:    "Recipient does not exist", Meaning: "The receiving side says that it knows no such mailbox, user, alias or list.",
			},
		}},
	}
}

func BenchmarkNDJSON(b *testing.B) {
	doc := benchmarkBounce()
	var dst []byte
	for b.Loop() {
		dst, _ = renderNDJSON(dst[:0], doc, Options{})
	}
	b.SetBytes(int64(len(dst)))
}
