// Package browsertest opens HTML files in a headless Chromium, for tests that
// must know what a reader sees and what a page does.
//
// It speaks the Chrome DevTools Protocol over a pair of pipes: JSON texts that
// end with a zero byte, requests with a number, answers with the same number,
// and events in between.
package browsertest

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Required is the environment variable that makes a missing Chromium a failure
// where it is not empty; otherwise the test is skipped.
const Required = "SMTPDIAG_BROWSER_REQUIRED"

// programs are the names under which Chromium is installed.
var programs = []string{"chromium", "chromium-browser", "google-chrome"}

// Page is the one tab of a browser of its own. What it may load is watched from
// before the first file is opened. It serves one goroutine.
type Page struct {
	in      *os.File
	out     *bufio.Reader
	session string
	last    int // number of the last request
	events  []Event
}

// Event is something that the browser told unasked, with its parameters as JSON.
type Event struct {
	Method string
	Params json.RawMessage
}

// Start starts a browser that ends with the test. The test is skipped where
// Chromium is not installed.
func Start(tb testing.TB) *Page {
	tb.Helper()
	program := find(tb)
	profile, err := os.MkdirTemp("", "browsertest") //nolint:usetesting // processes of the browser may still write into it when the test ends
	if err != nil {
		tb.Fatal(err)
	}
	cmd := exec.CommandContext(tb.Context(), program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
		"--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
		"--disable-extensions", "--disable-default-apps", "--hide-scrollbars", "--force-color-profile=srgb",
		"--remote-debugging-pipe", "--user-data-dir="+profile)
	theirs, in, err := os.Pipe()
	if err != nil {
		tb.Fatal(err)
	}
	out, theirsToo, err := os.Pipe()
	if err != nil {
		tb.Fatal(err)
	}
	cmd.ExtraFiles = []*os.File{theirs, theirsToo}
	if err := cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	_, _ = theirs.Close(), theirsToo.Close()
	p := &Page{in: in, out: bufio.NewReader(out)}
	tb.Cleanup(func() {
		// It ends when nobody holds the other end of its pipe.
		_, _ = in.Close(), out.Close()
		_ = cmd.Wait()
		_ = os.RemoveAll(profile)
	})
	p.attach(tb)
	return p
}

// find gives the path of Chromium.
func find(tb testing.TB) string {
	tb.Helper()
	for _, name := range programs {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv(Required) != "" {
		tb.Fatalf("%s is set, and none of %s is installed", Required, strings.Join(programs, ", "))
	}
	tb.Skip("Chromium is not installed")
	return ""
}

// attach opens a tab and asks for everything that it may do.
func (p *Page) attach(tb testing.TB) {
	tb.Helper()
	target := Call[struct{ TargetID string }](tb, p, "Target.createTarget", map[string]any{"url": "about:blank"})
	attached := Call[struct{ SessionID string }](tb, p, "Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true})
	p.session = attached.SessionID
	for _, domain := range []string{"Page", "Runtime", "Network", "Log", "Audits"} {
		p.Do(tb, domain+".enable", nil)
	}
}

// request is what is sent, message what comes back.
type request struct {
	ID        int    `json:"id"`
	SessionID string `json:"sessionId,omitempty"`
	Method    string `json:"method"`
	Params    any    `json:"params,omitempty"`
}

type message struct {
	ID     int             `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
	Result json.RawMessage `json:"result"`
	Error  *struct {
		Message string `json:"message"`
	} `json:"error"`
}

// Do calls a method whose result does not matter.
func (p *Page) Do(tb testing.TB, method string, params any) {
	tb.Helper()
	Call[json.RawMessage](tb, p, method, params)
}

// Call calls a method and gives its result. An error ends the test.
func Call[T any](tb testing.TB, p *Page, method string, params any) T {
	tb.Helper()
	var result T
	p.last++
	raw, err := json.Marshal(request{ID: p.last, SessionID: p.session, Method: method, Params: params})
	if err != nil {
		tb.Fatal(err)
	}
	if _, err := p.in.Write(append(raw, 0)); err != nil {
		tb.Fatalf("%s: %v", method, err)
	}
	for {
		m := p.receive(tb)
		if m.ID != p.last {
			continue
		}
		if m.Error != nil {
			tb.Fatalf("%s: %s", method, m.Error.Message)
		}
		if err := json.Unmarshal(m.Result, &result); err != nil {
			tb.Fatalf("%s: %v", method, err)
		}
		return result
	}
}

// receive reads one message; events are kept.
func (p *Page) receive(tb testing.TB) message {
	tb.Helper()
	raw, err := p.out.ReadBytes(0)
	if err != nil {
		tb.Fatalf("the browser is gone: %v", err)
	}
	var m message
	if err := json.Unmarshal(raw[:len(raw)-1], &m); err != nil {
		tb.Fatal(err)
	}
	if m.ID == 0 {
		p.events = append(p.events, Event{m.Method, m.Params})
	}
	return m
}

// Open opens a file and waits until everything in it is loaded. Events of
// earlier files are forgotten.
func (p *Page) Open(tb testing.TB, path string) {
	tb.Helper()
	full, err := filepath.Abs(path)
	if err != nil {
		tb.Fatal(err)
	}
	p.events = nil
	if r := Call[struct{ ErrorText string }](tb, p, "Page.navigate", map[string]any{"url": "file://" + full}); r.ErrorText != "" {
		tb.Fatalf("%s: %s", path, r.ErrorText)
	}
	for len(p.Events("Page.loadEventFired")) == 0 {
		p.receive(tb)
	}
}

// Events gives what the browser has told since the file was opened, by the name
// of the event.
func (p *Page) Events(method string) []Event {
	var found []Event
	for _, e := range p.events {
		if e.Method == method {
			found = append(found, e)
		}
	}
	return found
}

// Eval evaluates an expression of JavaScript in the page and gives its value.
// The policy of the page does not hold for it.
func Eval[T any](tb testing.TB, p *Page, expression string) T {
	tb.Helper()
	value, err := eval[T](tb, p, expression)
	if err != nil {
		tb.Fatalf("%v in %s", err, expression)
	}
	return value
}

func eval[T any](tb testing.TB, p *Page, expression string) (T, error) {
	tb.Helper()
	var value T
	r := Call[struct {
		Result           struct{ Value json.RawMessage }
		ExceptionDetails *struct {
			Text      string
			Exception struct{ Description string }
		}
	}](tb, p, "Runtime.evaluate", map[string]any{"expression": expression, "returnByValue": true, "awaitPromise": true})
	if r.ExceptionDetails != nil {
		return value, fmt.Errorf("%s %s", r.ExceptionDetails.Text, r.ExceptionDetails.Exception.Description)
	}
	if r.Result.Value == nil {
		return value, errors.New("no value")
	}
	return value, json.Unmarshal(r.Result.Value, &value)
}

// Screen sets the size of the window in CSS pixels, and the colours that the
// reader prefers: "light" or "dark". media is "screen" or "print".
func (p *Page) Screen(tb testing.TB, width, height int, scheme, media string) {
	tb.Helper()
	p.Do(tb, "Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false})
	p.Do(tb, "Emulation.setEmulatedMedia", map[string]any{"media": media, "features": []map[string]string{{"name": "prefers-color-scheme", "value": scheme}}})
}

// Click presses the left button of the mouse on the middle of the first element
// that a CSS selector finds.
func (p *Page) Click(tb testing.TB, selector string) {
	tb.Helper()
	name, err := json.Marshal(selector)
	if err != nil {
		tb.Fatal(err)
	}
	at := Eval[[2]float64](tb, p, `(() => {
		const e = document.querySelector(`+string(name)+`); e.scrollIntoView({block: "center"});
		const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2] })()`)
	for _, kind := range []string{"mousePressed", "mouseReleased"} {
		p.Do(tb, "Input.dispatchMouseEvent", map[string]any{"type": kind, "x": at[0], "y": at[1], "button": "left", "clickCount": 1})
	}
}

// Picture gives the whole page, also what one would have to scroll to, as PNG.
func (p *Page) Picture(tb testing.TB) []byte {
	tb.Helper()
	return p.file(tb, "Page.captureScreenshot", map[string]any{"format": "png", "captureBeyondViewport": true})
}

// Print gives the page as PDF on A4.
func (p *Page) Print(tb testing.TB) []byte {
	tb.Helper()
	return p.file(tb, "Page.printToPDF", map[string]any{"paperWidth": 8.27, "paperHeight": 11.69, "printBackground": false})
}

// file calls a method that gives a file.
func (p *Page) file(tb testing.TB, method string, params any) []byte {
	tb.Helper()
	r := Call[struct{ Data string }](tb, p, method, params)
	raw, err := base64.StdEncoding.DecodeString(r.Data)
	if err != nil {
		tb.Fatal(err)
	}
	return raw
}
