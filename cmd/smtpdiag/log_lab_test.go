package main

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/smtpdiag/smtpdiag/report"
)

// The logs of a closed network of real servers with planted faults. A case is a
// fault; a side is who logged, "rcv-pf" a receiving Postfix, "snd-ex" a sending
// Exim. testdata/loglab/expected.tsv has what must come out of each, one group
// of refusals a line; "-" stands for nothing. A representative set of the logs
// is in testdata/loglab, all of them beside the repository.
const (
	logLabFolder = "testdata/loglab"
	logLabCorpus = "../../../shared/corpus"
)

// logLabKey names what one log shows.
type logLabKey struct{ name, side string }

// logLabExpected reads expected.tsv.
func logLabExpected(t *testing.T) map[logLabKey][]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(logLabFolder, "expected.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	expected := map[logLabKey][]string{}
	for line := range strings.Lines(string(data)) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(f) != 6 {
			continue
		}
		key := logLabKey{f[0], f[1]}
		expected[key] = append(expected[key], strings.Join(f[2:], " | "))
	}
	return expected
}

// logGroupsOf gives the groups that the program finds in a log, in the form of
// expected.tsv, and its classes.
func logGroupsOf(t *testing.T, log string) (groups, classes []string) {
	t.Helper()
	s, out, errs := testStreams(false)
	s.in = strings.NewReader(log)
	status := execute(t.Context(), s, []string{"log", "-o", "json", "-"})
	var docs []report.LogGroup
	if err := json.Unmarshal(out.Bytes(), &docs); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for i := range docs {
		g := &docs[i]
		groups = append(groups, strings.Join([]string{g.Class, dash(g.Gate), dash(g.Setting), dash(g.Stage)}, " | "))
		classes = append(classes, g.Class)
	}
	if len(groups) > 0 && status != exitDone {
		t.Errorf("exit status %d: %s", status, errs)
	}
	if len(groups) == 0 {
		groups = []string{"- | - | - | -"}
	}
	return groups, classes
}

func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// TestLogLab reads the representative logs: every refusal in them has the right
// class, gate and setting, and together they show every gate and setting that
// expected.tsv knows.
func TestLogLab(t *testing.T) {
	expected := logLabExpected(t)
	paths, err := filepath.Glob(filepath.Join(logLabFolder, "*.log"))
	if err != nil || len(paths) < 40 {
		t.Fatalf("%d logs, %v", len(paths), err)
	}
	shown := map[string]bool{}
	for _, path := range paths {
		f := strings.Split(filepath.Base(path), ".") // CASE.SENDER[.delay].SIDE.log
		key := logLabKey{f[0], f[len(f)-2]}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		got, _ := logGroupsOf(t, string(data))
		for _, g := range got {
			if !slices.Contains(expected[key], g) {
				t.Errorf("%s: %s, want one of %q", filepath.Base(path), g, expected[key])
			}
			shown[gateColumns(key, g)] = true
		}
	}
	for key, rows := range expected {
		for _, row := range rows {
			if !strings.HasPrefix(row, "-") && !shown[gateColumns(key, row)] {
				t.Errorf("no log in %s shows %s of %v", logLabFolder, row, key)
			}
		}
	}
}

// gateColumns gives what a row says of the gate: the system, the gate and the
// setting.
func gateColumns(key logLabKey, row string) string {
	f := strings.Split(row, " | ")
	return key.side[len(key.side)-2:] + " " + f[1] + " " + f[2]
}

// logLabExceptions are classes that the log shows, and the bounce does not.
var logLabExceptions = map[logLabKey]string{
	// OpenSMTPD logs a command without an answer as a connection that was closed.
	{"st-hangdata", "snd-os"}: "network:dropped",
	{"st-hangrcpt", "snd-os"}: "network:dropped",
	// This Exim sends the address in ASCII form, which the other side does not know.
	{"pf-noutf8", "snd-ex"}: "recipient:unknown",
	{"pf-noutf8", "rcv-pf"}: "recipient:unknown",
}

// TestLogLabAll does the same with all logs beside the repository, and compares
// each class with what a careful reader accepts for the bounce. A deferral is
// logged before anybody knows how it ends, so the classes of all messages of a
// case count, and "still waiting" always does.
func TestLogLabAll(t *testing.T) {
	expected, accepted, recipients := logLabExpected(t), map[string][]string{}, map[string][]string{}
	truth, err := os.Open(filepath.Join(logLabCorpus, "lab.ndjson"))
	if err != nil {
		t.Skipf("the logs beside the repository are not there: %v", err)
	}
	defer func() { _ = truth.Close() }() // only read
	for in := bufio.NewScanner(truth); in.Scan(); {
		var row struct {
			File       string `json:"file"`
			Recipients []struct {
				Recipient []string `json:"recipient"`
				Accept    []string `json:"accept"`
			} `json:"recipients"`
		}
		if err = json.Unmarshal(in.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		name, _, _ := strings.Cut(row.File, ".")
		for _, r := range row.Recipients {
			accepted[name] = append(accepted[name], r.Accept...)
			recipients[name] = append(recipients[name], r.Recipient...)
		}
	}
	paths, err := filepath.Glob(filepath.Join(logLabCorpus, "lab", "*.log"))
	if err != nil {
		t.Fatal(err)
	}
	refusals := 0
	for _, path := range paths {
		name, _, _ := strings.Cut(filepath.Base(path), ".")
		for key, log := range logLabSections(t, path, recipients[name]) {
			got, classes := logGroupsOf(t, log)
			for _, g := range got {
				if !slices.Contains(expected[key], g) {
					t.Errorf("%s, %s: %s, want one of %q", filepath.Base(path), key.side, g, expected[key])
				}
			}
			for _, class := range classes {
				refusals++
				if class != "notice:delayed" && !slices.Contains(accepted[name], class) && logLabExceptions[key] != class {
					t.Errorf("%s, %s: %s, want one of %q", filepath.Base(path), key.side, class, accepted[name])
				}
			}
		}
	}
	t.Logf("%d groups in %d files", refusals, len(paths))
}

var (
	logLabSection = regexp.MustCompile(`^== log of the (sending MTA|receiving side \((\w+)\))`)
	logLabSender  = regexp.MustCompile(`<c-([a-z0-9-]+?)@`)
)

// logLabSections gives the logs in one file that Postfix, Exim and OpenSMTPD
// wrote, without the lines of other cases that share a session with this one.
func logLabSections(t *testing.T, path string, recipients []string) map[logLabKey]string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f := strings.Split(filepath.Base(path), ".")
	var key logLabKey
	logs := map[logLabKey]string{}
	for line := range strings.Lines(string(data)) {
		if m := logLabSection.FindStringSubmatch(line); m != nil {
			key = logLabKey{f[0], "snd-" + f[1]}
			if m[2] != "" {
				key.side = "rcv-" + m[2]
			}
			continue
		}
		if strings.HasPrefix(line, "== ") {
			key = logLabKey{}
		}
		if key.name == "" || strings.HasSuffix(key.side, "-sm") || strings.HasSuffix(key.side, "-co") || strings.TrimSpace(line) == "" {
			continue
		}
		if m := logLabSender.FindStringSubmatch(line); m != nil && !strings.Contains(line, "<c-"+key.name+"@") {
			continue
		}
		if strings.Contains(line, " failed-command ") && !slices.ContainsFunc(recipients, func(r string) bool { return strings.Contains(line, r) }) {
			continue
		}
		logs[key] += line
	}
	return logs
}
