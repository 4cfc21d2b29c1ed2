package report

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestWrap(t *testing.T) {
	tests := []struct {
		in    string
		width int
		want  []string
	}{
		{"", 20, []string{""}},
		{"one two three", 9, []string{"one two", "three"}},
		{"one  two", 20, []string{"one  two"}},
		{"exactly-10 x", 10, []string{"exactly-10", "x"}},
		{"abcdefghijklmnop q", 8, []string{"abcdefgh", "ijklmnop", "q"}},
		{"宛先不明のためお届けできません", 10, []string{"宛先不明の", "ためお届け", "できません"}},
		{"a 宛先不明 b", 8, []string{"a", "宛先不明", "b"}},
		{"e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301", 8, []string{strings.Repeat("e\u0301", 8), "e\u0301"}},
	}
	for _, test := range tests {
		if got := wrap(test.in, test.width); !slices.Equal(got, test.want) {
			t.Errorf("wrap(%q, %d) = %q, want %q", test.in, test.width, got, test.want)
		}
	}
}

func TestWrapCommand(t *testing.T) {
	tests := []struct {
		in   string
		want []string
	}{
		{"dig MX example.com", []string{"dig MX example.com"}},
		{"dig +short MX example.com @192.0.2.1", []string{`dig +short MX \`, `  example.com \`, `  @192.0.2.1`}},
		{"grep 'a long quoted pattern' file", []string{`grep \`, `  'a long quoted pattern' \`, `  file`}},
		{`grep "x \" y z z z z z z" file`, []string{`grep \`, `  "x \" y z z z z z z" \`, "  file"}},
		{`echo a\ b\ c\ d\ e\ f\ g h`, []string{`echo \`, `  a\ b\ c\ d\ e\ f\ g \`, `  h`}},
	}
	for _, test := range tests {
		if got := wrapCommand(test.in, 18); !slices.Equal(got, test.want) {
			t.Errorf("wrapCommand(%q) =\n%q, want\n%q", test.in, got, test.want)
		}
	}
}

// TestTextIsNoWiderThanAsked leaves out commands, whose words are never broken.
func TestTextIsNoWiderThanAsked(t *testing.T) {
	for _, s := range []string{"word", "宛先不明", strings.Repeat("x", 300), strings.Repeat("長い", 100), strings.Repeat("some words ", 40)} {
		for _, width := range []int{40, 80, 133} {
			for _, detail := range []Detail{Normal, Verbose} {
				for _, doc := range hostileDocument(s)[:2] {
					got, err := renderText(nil, doc, Options{Width: width, Detail: detail})
					if err != nil {
						t.Fatal(err)
					}
					for line := range strings.Lines(string(got)) {
						line = strings.TrimSuffix(line, "\n")
						if strings.Contains(line, "$ ") || strings.HasPrefix(strings.TrimLeft(line, " "), "some words") && strings.HasSuffix(line, `\`) {
							continue
						}
						if strings.Contains(line, "smtpdiag runbook") {
							continue
						}
						if textWidth(line) > width {
							t.Errorf("%d columns of %d: %q", textWidth(line), width, line)
						}
					}
				}
			}
		}
	}
}

// BenchmarkLongText renders the longest that a hostile report can hold. The
// time for each byte must not grow with the length.
func BenchmarkLongText(b *testing.B) {
	for _, size := range []int{1 << 14, 1 << 20} {
		b.Run(strconv.Itoa(size), func(b *testing.B) {
			s := strings.Repeat("長", size/6) + strings.Repeat("\"@", size/4)
			doc := &Bounce{Kind: "failure", Recipients: []Recipient{{FinalRecipient: s, Judgement: Judgement{Evidence: []Evidence{{Text: s}}}}}}
			b.SetBytes(int64(size))
			for b.Loop() {
				for _, f := range Formats() {
					if _, err := f.Append(nil, doc, Options{Detail: Verbose}); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

func TestColorIsAskedFor(t *testing.T) {
	doc := hostileDocument("word")[0]
	plain, _ := renderText(nil, doc, Options{})
	colored, _ := renderText(nil, doc, Options{Color: true})
	if strings.Contains(string(plain), "\x1b") {
		t.Error("escape sequences without colour")
	}
	if !strings.Contains(string(colored), "\x1b[32;1mNOTICE\x1b[") {
		t.Errorf("no colour in %q", colored[:200])
	}
}
