package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/smtpdiag/smtpdiag/internal/browsertest"
)

// browserPages are the pages that a browser opens: what makes each, and words
// that a reader must see.
var browserPages = []struct {
	name string
	args []string
	seen []string
}{
	{"bounce", []string{"bounce", "testdata/bounces/user-unknown.eml"}, []string{"FAILED user@example.com: Recipient does not exist (permanent)", "stopped here", "user-unknown.eml:45"}},
	{"several", []string{"bounce", "-v", "testdata/bounces"}, []string{"virus", "Rule"}},
	{"hostile", []string{"bounce", "testdata/bounces/hostile.eml"}, []string{"<script>alert(1)</script>", `\u202e`}},
	{"summary", []string{"bounce", "--summary", "testdata/bounces"}, []string{"By class", "To suppress"}},
	{"diagnose", []string{"diagnose", "--replay", "testdata/cases/inconsistent-hosts.json"}, []string{"some mail hosts accept, others refuse", "stopped here", "user-unknown.eml:45, Diagnostic-Code", "took 6.7 ms"}},
	{"diagnose hostile", []string{"diagnose", "--replay", "testdata/cases/hostile.json"}, []string{"resolvers disagree on where the mail goes", "<script>alert('banner')</script>", "! not what the first answer says"}},
	{"explain", []string{"explain", "550 5.7.1 <b>Service</b> unavailable; Client host [192.0.2.1] blocked using zen.example"}, []string{"policy:blocklist"}},
	{"log", []string{"log", "testdata/host/mail.log"}, []string{"By class and gate"}},
	{"queue", []string{"queue", "testdata/host/queue.json"}, []string{"By cause and domain"}},
	{"postconf", []string{"postconf", "testdata/host/main.cf"}, nil},
	{"runbook", []string{"runbook", "recipient:unknown"}, []string{"Recipient does not exist"}},
	{"verdicts", []string{"runbook", "verdicts"}, []string{"stale-gateway"}},
}

// TestBrowser opens pages in Chromium at the widths of a phone, a tablet and a
// desk, in light, dark and on paper: they ask for nothing, run nothing, break
// no rule of their own policy, show what they have to say, and fit.
func TestBrowser(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	page := browsertest.Start(t)
	t.Chdir("../..")
	for _, test := range browserPages {
		t.Run(test.name, func(t *testing.T) {
			file := htmlFile(t, test.args)
			page.Open(t, file)
			text := browsertest.Eval[string](t, page, "document.body.innerText")
			for _, words := range test.seen {
				if !strings.Contains(text, words) {
					t.Errorf("a reader does not see %q", words)
				}
			}
			lookAtScreens(t, page)
			lookAtPaper(t, page)
			lookAtBoxes(t, page)
			lookAtEvents(t, page, file)
		})
	}
}

// htmlFile makes a page and gives the path of its file.
func htmlFile(t *testing.T, args []string) string {
	t.Helper()
	s, out, errs := testStreams(false)
	if status := execute(t.Context(), s, append(args, "-o", "html")); status != 0 {
		t.Fatalf("exit status %d: %s", status, errs)
	}
	file := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(file, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// overflow lists the elements that reach beyond the window, but for what stands
// in a box that scrolls, and those whose words do.
const overflow = `[...document.querySelectorAll("main *")].filter(e => !e.closest(".scroll *") && !e.closest("svg") &&
	(e.getBoundingClientRect().right > innerWidth + 0.5 || e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 && getComputedStyle(e).display != "inline" && !e.matches(".scroll")))
	.map(e => e.tagName + " " + e.className + " " + e.textContent.slice(0, 60))`

// faint lists the texts whose colour stands out too little from what is behind
// it: the contrast of WCAG 2.1, section 1.4.3.
const faint = `(() => {
	const parse = c => c.match(/[\d.]+/g).map(Number);
	const lum = c => { const [r, g, b] = c.slice(0, 3).map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b };
	const behind = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) return c } return [255, 255, 255] };
	const bad = [];
	for (const e of document.querySelectorAll("main *")) {
		if (![...e.childNodes].some(n => n.nodeType == 3 && n.data.trim())) continue;
		const a = lum(parse(getComputedStyle(e).color)), b = lum(behind(e));
		const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
		if (ratio < 4.5) bad.push(e.tagName + " " + e.className + " " + ratio.toFixed(2) + " " + e.textContent.slice(0, 40));
	}
	return bad;
})()`

// lookAtScreens looks at the page at three widths, in light and in dark.
func lookAtScreens(t *testing.T, page *browsertest.Page) {
	t.Helper()
	for _, width := range []int{360, 800, 1400} {
		colours := map[string]string{}
		for _, scheme := range []string{"light", "dark"} {
			page.Screen(t, width, 900, scheme, "screen")
			colours[scheme] = browsertest.Eval[string](t, page, "getComputedStyle(document.body).backgroundColor + getComputedStyle(document.body).color")
			where := fmt.Sprintf("%s at %d pixels", scheme, width)
			if got := browsertest.Eval[int](t, page, "document.documentElement.scrollWidth"); got > width {
				t.Errorf("%s: the page is %d pixels wide", where, got)
			}
			for _, e := range browsertest.Eval[[]string](t, page, overflow) {
				t.Errorf("%s: %q does not fit", where, e)
			}
			for _, e := range browsertest.Eval[[]string](t, page, faint) {
				t.Errorf("%s: %q is hard to read", where, e)
			}
		}
		if colours["light"] == colours["dark"] {
			t.Errorf("dark looks like light: %s", colours["dark"])
		}
	}
}

// lookAtPaper prints the page as a reader of dark pages would.
func lookAtPaper(t *testing.T, page *browsertest.Page) {
	t.Helper()
	page.Screen(t, 700, 1000, "dark", "print")
	if got := browsertest.Eval[string](t, page, "getComputedStyle(document.body).backgroundColor"); got != "rgb(255, 255, 255)" {
		t.Errorf("the paper has the colour %s", got)
	}
	for _, e := range browsertest.Eval[[]string](t, page, faint) {
		t.Errorf("on paper %q is hard to read", e)
	}
	pdf := page.Print(t)
	sheets := len(regexp.MustCompile(`/Type\s*/Page\b`).FindAll(pdf, -1))
	// Print shrinks what does not fit, down to a point where the rest is cut.
	height := browsertest.Eval[int](t, page, "document.documentElement.scrollHeight")
	if !bytes.HasPrefix(pdf, []byte("%PDF-")) || sheets == 0 || sheets > height/500+2 {
		t.Errorf("a page of %d pixels is printed on %d sheets", height, sheets)
	}
}

// lookAtBoxes ticks the first step, by its words, and takes the tick away.
func lookAtBoxes(t *testing.T, page *browsertest.Page) {
	t.Helper()
	page.Screen(t, 360, 900, "light", "screen")
	if browsertest.Eval[int](t, page, `document.querySelectorAll("ol.steps > li").length`) == 0 {
		return
	}
	const ticked = `document.querySelector("ol.steps input").checked`
	for _, want := range []bool{true, false} {
		page.Click(t, "ol.steps label b")
		if got := browsertest.Eval[bool](t, page, ticked); got != want {
			t.Errorf("a step that is clicked is ticked: %t, want %t", got, want)
		}
	}
}

// lookAtEvents looks at what the browser told meanwhile.
func lookAtEvents(t *testing.T, page *browsertest.Page, file string) {
	t.Helper()
	if n := browsertest.Eval[int](t, page, `document.querySelectorAll("script, img, iframe, object, embed, link, base, form, a, [href], [src], [style]").length`); n > 0 {
		t.Errorf("%d elements could run, load or lead away", n)
	}
	const handlers = `[...document.querySelectorAll("*")].filter(e => [...e.attributes].some(a => a.name.startsWith("on"))).length`
	if n := browsertest.Eval[int](t, page, handlers); n > 0 {
		t.Errorf("%d elements have handlers", n)
	}
	requests := page.Events("Network.requestWillBeSent")
	if len(requests) != 1 || !strings.Contains(string(requests[0].Params), "file://"+file) {
		t.Errorf("the page asked for %s", requests)
	}
	for _, method := range []string{
		"Log.entryAdded", "Audits.issueAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown",
		"Page.javascriptDialogOpening", "Page.frameAttached", "Page.frameRequestedNavigation", "Page.windowOpen", "Network.loadingFailed", "Network.webSocketCreated",
	} {
		for _, e := range page.Events(method) {
			t.Errorf("%s: %s", method, e.Params)
		}
	}
}

// TestBrowserSees holds the test above to a page that does everything which it
// looks for.
func TestBrowserSees(t *testing.T) {
	page := browsertest.Start(t)
	file := filepath.Join(t.TempDir(), "page.html")
	const bad = `<!DOCTYPE html><meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'none'">
<style>p{color:red}</style><main><img src="missing.png"><div><span>` + "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww" + `</span></div><font color="#ddd">faint</font>
<script>console.log("x"); nothing.here</script></main>`
	if err := os.WriteFile(file, []byte(bad), 0o600); err != nil {
		t.Fatal(err)
	}
	page.Open(t, file)
	page.Screen(t, 360, 900, "light", "screen")
	if len(browsertest.Eval[[]string](t, page, overflow)) == 0 {
		t.Error("a long word fits")
	}
	if len(browsertest.Eval[[]string](t, page, faint)) == 0 {
		t.Error("light grey on white is easy to read")
	}
	for _, method := range []string{"Log.entryAdded", "Audits.issueAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown"} {
		if len(page.Events(method)) == 0 {
			t.Errorf("no %s: %v", method, page.Events("Log.entryAdded"))
		}
	}
}
