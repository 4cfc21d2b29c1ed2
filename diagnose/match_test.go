package diagnose

import (
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/smtpdiag/smtpdiag/evidence"
)

// A text that was judged before gets the verdict that it got then.
func TestMemo(t *testing.T) {
	set := compile(nil)
	st := newState(set)
	judge := func(text string) Verdict {
		f := sortOut([]evidence.Item{{Kind: evidence.KindDiagnostic, Text: text}})
		st.reset()
		st.gather(&f)
		st.judge(&f)
		return st.verdict(&f)
	}
	for _, r := range allBuiltin() {
		for _, hit := range r.Hits {
			first := judge(hit)
			judge("550 mailbox full")
			if again := judge(hit); !reflect.DeepEqual(again, first) {
				t.Fatalf("%q\nfirst %+v\nthen  %+v", hit, first, again)
			}
		}
	}
}

// What is remembered stays small, and is what was put there.
func TestMemoIsBounded(t *testing.T) {
	var m memo
	for n := range 5000 {
		text := []byte(strings.Repeat("words ", n%300) + strconv.Itoa(n))
		m.put(text, []hit{{phrase: int32(n)}})
		found, known := m.get(text)
		if want := len(text) <= maxMemoText; known != want || known && found[0].phrase != int32(n) {
			t.Fatalf("text %d of %d bytes: known %v, found %v", n, len(text), known, found)
		}
		size := 0
		for text, found := range m.found {
			size += len(text) + 8*len(found)
		}
		if size > maxMemo+maxMemoText {
			t.Fatalf("%d bytes are remembered", size)
		}
	}
}
