package report

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/smtpdiag/smtpdiag/internal/markuptest"
)

func TestClean(t *testing.T) {
	tests := []struct{ in, want string }{
		{"plain text, 100% of it", "plain text, 100% of it"},
		{"Grüße, 宛先不明", "Grüße, 宛先不明"},
		{"\x1b[31mred\x1b[0m", `\x1b[31mred\x1b[0m`},
		{"title \x1b]0;x\x07", `title \x1b]0;x\x07`},
		{"C1 \u009b31m", `C1 \u009b31m`},
		{"next line \u0085", `next line \u0085`},
		{"bidi \u202emoc.elpmaxe\u202c", `bidi \u202emoc.elpmaxe\u202c`},
		{"isolate \u2066x\u2069 mark \u200e\u061c", `isolate \u2066x\u2069 mark \u200e\u061c`},
		{"zero width a\u200bb\u200dc\ufeff\u2060\u00ad", `zero width a\u200bb\u200dc\ufeff\u2060\u00ad`},
		{"separators \u2028\u2029", `separators \u2028\u2029`},
		{"filler \u3164\u115f\u2800", `filler \u3164\u115f\u2800`},
		{"tag \U000e0041", `tag \U000e0041`},
		{"bad utf-8 \xff\xc3", `bad utf-8 \xff\xc3`},
		{"lines\r\nof\ntext\r", `lines\r\nof\ntext\r`},
		{"tab\tand DEL\x7f NUL\x00", `tab and DEL\x7f NUL\x00`},
	}
	for _, test := range tests {
		if got := Clean(test.in); got != test.want {
			t.Errorf("Clean(%q) = %q, want %q", test.in, got, test.want)
		}
	}
	if got := CleanLines("a\r\nb\rc\n\x1b"); got != "a\nb\\rc\n\\x1b" {
		t.Errorf("CleanLines gives %q", got)
	}
}

// hostileDocument makes documents that have s in every place which comes from
// outside.
func hostileDocument(s string) []Document {
	j := Judgement{
		Stage: s, Class: s, Permanence: s, Owner: s, Confidence: s, Rule: s, RunnerUp: s, Title: s, Meaning: s, Flip: s,
		Evidence: []Evidence{{From: s, Line: 3, Text: s, Part: s}, {From: s, Text: s + "\n" + s}},
		Findings: []Finding{{Key: s, Severity: "error", Text: s}},
		Next:     []Step{{Text: s, Command: s, Decide: s, Means: s}, {Text: s, Command: s, Decide: s, Means: s}},
	}
	rcpt := Recipient{FinalRecipient: s, OriginalRecipient: s + "x", Action: s, Status: s, Reply: Reply{Code: 550, Enhanced: s, Text: s}, RemoteMTA: Host{Name: s, IP: s}, Judgement: j, LastAttempt: s, RetryUntil: s}
	other := rcpt
	other.Class = s + "x"
	bounce := &Bounce{
		Schema: s, Source: s, Kind: "failure", Format: s, Generator: s, ReportingMTA: s, Date: s,
		Original:   Original{MessageID: s, From: s, To: s, Subject: s, Date: s},
		Recipients: []Recipient{rcpt, rcpt, other}, Problems: []Problem{{Line: 1, Text: s}},
	}
	nobody := *bounce
	nobody.Recipients = nil
	tally := NewTally()
	tally.Add(bounce)
	return []Document{
		bounce, &nobody, tally.Summary(),
		&Explain{Text: s, Reply: Reply{Text: s}, Status: s, Judgement: j, Codes: []CodeMeaning{{Code: s, Meaning: s, Ref: s, Note: s}}},
	}
}

// hostile are seeds for the fuzz targets of all formats.
var hostile = []string{
	"", "plain", "\x1b[2J\x1b]0;title\a", "\u202e\u2066\u200b\u2028", "宛先不明" + strings.Repeat("長", 60), "\xff\xfe\x00",
	"```\n# heading\n<script>", "` `` ``` ````", "| a | b |\n|---|---|", "[x](http://example.com) ![y](z)", "@person #12 www.example.com",
	"<img src=x onerror=y>", "$(reboot) `reboot` ; rm -rf / & 'x'", "- item\n1. item\n    code", "a|b`c|d`e\\|f", "*x* _y_ ~z~ \\",
	"\\", "&lt;&#64;", "    four spaces", "\u0590", strings.Repeat("x", 300), strings.Repeat("ab ", 200), "'" + strings.Repeat("y", 100) + "' z",
}

func FuzzText(f *testing.F) {
	for _, s := range hostile {
		f.Add(s, 80, false)
		f.Add(s, 40, true)
	}
	f.Fuzz(func(t *testing.T, s string, width int, verbose bool) {
		width = 40 + (width%100+100)%100
		o := Options{Width: width}
		if verbose {
			o.Detail = Verbose
		}
		for _, doc := range hostileDocument(s) {
			got, err := renderText(nil, doc, o)
			if err != nil {
				t.Fatal(err)
			}
			if r := markuptest.InText(string(got)); r != 0 {
				t.Fatalf("%U reaches the terminal:\n%q", r, got)
			}
			if !verbose {
				o.Detail = Quiet
				brief, _ := renderText(nil, doc, o)
				if r := markuptest.InText(string(brief)); r != 0 {
					t.Fatalf("%U reaches the terminal:\n%q", r, brief)
				}
			}
		}
	})
}

func FuzzJSON(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, doc := range hostileDocument(s) {
			plain, err := json.Marshal(doc)
			if err != nil {
				t.Fatal(err)
			}
			var want any
			if err := json.Unmarshal(plain, &want); err != nil {
				t.Fatal(err)
			}
			canonical, _ := json.Marshal(want)
			for _, render := range []renderFunc{renderJSON, renderNDJSON} {
				got, err := render(nil, doc, Options{})
				if err != nil {
					t.Fatal(err)
				}
				if r := markuptest.InText(string(got)); r != 0 {
					t.Fatalf("%U reaches the terminal: %q", r, got)
				}
				var value any
				if err := json.Unmarshal(got, &value); err != nil {
					t.Fatalf("%v: %q", err, got)
				}
				if again, _ := json.Marshal(value); string(again) != string(canonical) {
					t.Fatalf("another value: %s\nwant %s", again, canonical)
				}
			}
		}
	})
}

func TestHarmless8(t *testing.T) {
	for c := range 256 {
		for at := range 8 {
			b := []byte("abcdefgh~")
			b[at] = byte(c)
			if got, want := harmless8(b), c < 0x7f; got != want {
				t.Fatalf("%q: %v, want %v", b, got, want)
			}
		}
	}
	if harmless8([]byte("abcdefg")) {
		t.Error("seven bytes are not eight")
	}
}
