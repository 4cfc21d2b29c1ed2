package main

import (
	"strings"
	"testing"
)

// TestFaultOfOneMessage has the work on a message panic: a worker without rules
// stands for a fault that no test knows yet.
func TestFaultOfOneMessage(t *testing.T) {
	w := &bounceWorker{run: new(bounceRun), draft: new(draft)}
	forms := []byte("kept")
	raw := []byte("Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n" +
		"Reporting-MTA: dns; mx.example.com\n\nFinal-Recipient: rfc822; user@example.com\nAction: failed\nStatus: 5.1.1\n\n--b--\n")
	got := w.message(message{name: "one.eml", named: true, index: -1, line: 1, raw: raw}, &forms)
	for _, want := range []string{"one.eml: smtpdiag itself failed on it (runtime error: ", ".go:", "please report it"} {
		if !strings.Contains(got.note, want) {
			t.Errorf("%q lacks %q", got.note, want)
		}
	}
	if !got.failed || got.message || got.doc != nil || string(forms) != "kept" {
		t.Errorf("the result is %+v, forms %q", got, forms)
	}
}
