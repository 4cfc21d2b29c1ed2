package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/smtpdiag/smtpdiag/diagnose"
	"github.com/smtpdiag/smtpdiag/dsn"
	"github.com/smtpdiag/smtpdiag/probes"
	"github.com/smtpdiag/smtpdiag/report"
	"github.com/smtpdiag/smtpdiag/runbook"
)

// edgeHere is the value of --edge that stands for this host.
const edgeHere = "here"

// thisHost is the source of checks that were done here.
const thisHost = "this host"

// maxEdgeBytes bounds a file of edge results, maxEdgeResults how many it may
// hold.
const (
	maxEdgeBytes   = 64 << 20
	maxEdgeResults = 1000
)

// maxEdgeRuns is for how many recipients the checks are done here: each reads
// the log and asks every table.
const maxEdgeRuns = 10

// caseEdge is the result of the checks on a receiving host for one address.
type caseEdge struct {
	Source string       `json:"source"`
	Edge   *report.Edge `json:"edge"`
}

// takeEdgeFiles parts the results of "smtpdiag edge" from the other arguments,
// so that "--edge FILE" with a blank does what it looks like: a flag whose value
// may be left out takes none from the next word.
func (o *diagnoseOptions) takeEdgeFiles(args []string) []string {
	var rest, files []string
	bare := slices.Contains(o.edge, edgeHere)
	for _, arg := range args {
		if isEdgeFile(arg, bare) {
			files = append(files, arg)
			continue
		}
		rest = append(rest, arg)
	}
	if len(files) > 0 {
		o.edge = append(slices.DeleteFunc(o.edge, func(v string) bool { return v == edgeHere }), files...)
	}
	return rest
}

// isEdgeFile reports whether a file is JSON that smtpdiag has printed, or, beside
// --edge, can only be meant so: JSON that is no bounce (Amazon SES reports in
// JSON).
func isEdgeFile(path string, bare bool) bool {
	info, err := os.Stat(path)
	if path == standardInput || err != nil || !info.Mode().IsRegular() {
		return false
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer closeRead(f)
	limit := int64(512) // the schema comes first
	if bare {
		limit = maxEdgeBytes
	}
	raw, err := io.ReadAll(io.LimitReader(f, limit))
	if err != nil {
		return false
	}
	start := raw[:min(len(raw), 512)]
	isJSON := bytes.HasPrefix(bytes.TrimLeft(start, "\ufeff \t\r\n"), []byte("{"))
	if isJSON && bytes.Contains(start, []byte(`"smtpdiag.`)) {
		return true // or another output of ours, which is then said to be the wrong one
	}
	return bare && (isJSON || strings.HasSuffix(path, ".json")) && dsn.Parse(path, raw).Kind != dsn.KindFailure
}

// readEdges gets the results of the checks on receiving hosts: from files, and
// by doing them here. partial says that some could not be had.
func (o *diagnoseOptions) readEdges(ctx context.Context, s *streams, j *judge, c *caseFile, subjects []*subject) (partial bool) {
	c.Host.Edges = []caseEdge{}
	for _, path := range o.edge {
		if path == edgeHere {
			partial = o.edgesHere(ctx, s, j, c, subjects) || partial
			continue
		}
		list, err := readEdgeFile(s, path)
		if err != nil {
			writeComplaint(s.err, err.Error())
			partial = true
		}
		for _, doc := range list {
			if !slices.ContainsFunc(subjects, func(s *subject) bool { return s.isAbout(doc.Address) }) {
				writeComplaint(s.err, fmt.Sprintf("%s: is about %s, and nothing else here is", path, doc.Address))
			}
			c.Host.Edges = append(c.Host.Edges, caseEdge{Source: path, Edge: doc})
		}
	}
	return partial
}

// edgesHere does the checks on this host for the recipients.
func (o *diagnoseOptions) edgesHere(ctx context.Context, s *streams, j *judge, c *caseFile, subjects []*subject) (partial bool) {
	seen := map[string]bool{}
	for _, subject := range subjects {
		address := subject.address
		if seen[strings.ToLower(address)] || probes.CheckAddress(address) != nil {
			continue
		}
		if len(seen) == maxEdgeRuns {
			writeComplaint(s.err, fmt.Sprintf("the checks of --edge were done for %d recipients, the others are judged without", maxEdgeRuns))
			return true
		}
		seen[strings.ToLower(address)] = true
		opts := &edgeOptions{common: o.common, logs: o.logs, from: o.probe.from, caFile: o.probe.caFile, noProbe: o.noProbe, timeout: edgeTimeout}
		started := time.Now()
		run := &edgeRun{options: opts, streams: s, judge: j, c: &diagnose.EdgeCase{Address: address}}
		run.collect(ctx)
		c.Host.Edges = append(c.Host.Edges, caseEdge{Source: thisHost, Edge: run.document(started)})
	}
	return false
}

// readEdgeFile reads what "smtpdiag edge -o json" or ndjson has printed, one or
// several after each other. What was read before an error is given with it.
func readEdgeFile(s *streams, path string) ([]*report.Edge, error) {
	r := s.in
	if path != standardInput {
		f, err := os.Open(path)
		if err != nil {
			return nil, newInputError(path, err)
		}
		defer closeRead(f)
		r = f
	}
	const advice = "give a file that 'smtpdiag edge -o json' has printed"
	var list []*report.Edge
	dec := json.NewDecoder(bufio.NewReader(io.LimitReader(r, maxEdgeBytes)))
	for {
		var raw json.RawMessage
		err := dec.Decode(&raw)
		if errors.Is(err, io.EOF) && len(list) > 0 {
			return list, nil
		}
		if err != nil {
			reason := "is damaged: " + err.Error()
			if errors.Is(err, io.EOF) {
				reason = "is empty"
			}
			return list, &inputError{name: path, reason: reason, advice: advice, err: err}
		}
		doc, reason := parseEdge(raw)
		if reason == "" && len(list) == maxEdgeResults {
			reason = fmt.Sprintf("holds more than %d results", maxEdgeResults)
		}
		if reason != "" {
			return list, &inputError{name: path, reason: reason, advice: advice}
		}
		list = append(list, doc)
	}
}

// parseEdge reads one result. The reason says what is wrong with it, or is "".
func parseEdge(raw []byte) (doc *report.Edge, reason string) {
	var head struct {
		Schema string `json:"schema"`
	}
	if err := json.Unmarshal(raw, &head); err != nil || head.Schema == "" {
		return nil, "is no result of smtpdiag edge"
	}
	if head.Schema == schemaCase {
		return nil, "is a record of smtpdiag diagnose, which --replay and --compare take, and no result of smtpdiag edge"
	}
	if head.Schema != report.SchemaEdge {
		return nil, "is no result of smtpdiag edge but " + shortWord(head.Schema)
	}
	doc = new(report.Edge)
	if err := json.Unmarshal(raw, doc); err != nil {
		return nil, "is a damaged result of smtpdiag edge: " + err.Error()
	}
	if reason = edgeWrong(doc); reason != "" {
		return nil, "is a damaged result of smtpdiag edge: " + reason
	}
	return doc, ""
}

// edgeWrong says what in a result cannot have come from smtpdiag edge, "" where
// all can.
func edgeWrong(doc *report.Edge) string {
	if probes.CheckAddress(doc.Address) != nil {
		return "it names no address"
	}
	if _, known := runbook.Lookup(runbook.Class(doc.Class)); !known {
		return "it has the class " + shortWord(doc.Class) + ", which is none"
	}
	if len(doc.Checks) == 0 {
		return "it has no checks"
	}
	for i := range doc.Checks {
		switch diagnose.EdgeStatus(doc.Checks[i].Status) {
		case diagnose.EdgeOK, diagnose.EdgeProblem, diagnose.EdgeSkipped:
		default:
			return "a check has the status " + shortWord(doc.Checks[i].Status)
		}
	}
	if _, err := time.Parse(time.RFC3339, doc.Started); err != nil {
		return "it does not say when the checks began"
	}
	switch diagnose.Confidence(doc.Confidence) {
	case diagnose.Low, diagnose.Medium, diagnose.High:
		return ""
	}
	return "it has the confidence " + shortWord(doc.Confidence)
}

// shortWord quotes a word of a file in a complaint.
func shortWord(word string) string {
	if word == "" {
		return "\"\""
	}
	return fmt.Sprintf("%.40q", word)
}

// isAbout reports whether an address is that of the recipient, as it was at the
// end or as the sender wrote it.
func (s *subject) isAbout(address string) bool {
	if strings.EqualFold(address, s.address) {
		return true
	}
	b := s.bounced()
	return b != nil && (strings.EqualFold(address, b.Original) || strings.EqualFold(address, b.Final))
}

// edge adds what the checks on a receiving host say about one case: the last
// that are about its recipient.
func (m *caseMaker) edge(s *subject, w *diagnose.WitnessCase, doc *report.Diagnose) {
	var found *caseEdge
	for i := range m.Host.Edges {
		e := &m.Host.Edges[i]
		if !s.isAbout(e.Edge.Address) {
			continue
		}
		if found == nil || e.Edge.Started >= found.Edge.Started {
			found = e
		}
	}
	if found == nil {
		return
	}
	doc.Edge, w.Edge = found.Edge, edgeWitness(found)
}

// edgeWitness takes from the result of the checks what counts as evidence. Its
// commands are taken over where they only read: a file may come from anybody.
func edgeWitness(c *caseEdge) *diagnose.EdgeWitness {
	e := c.Edge
	w := &diagnose.EdgeWitness{
		Host: e.Host, Source: c.Source, Class: runbook.Class(e.Class), Confidence: diagnose.Confidence(e.Confidence), Text: oneLine(e.Text),
	}
	if at, err := time.Parse(time.RFC3339, e.Started); err == nil {
		w.Time = at
	}
	for _, f := range e.Findings {
		severity := diagnose.Severity(f.Severity)
		if severity != diagnose.Error && severity != diagnose.Warning {
			severity = diagnose.Info
		}
		w.Findings = append(w.Findings, diagnose.Finding{Key: f.Key, Severity: severity, Text: f.Text})
	}
	for i := range e.Checks {
		check := &e.Checks[i]
		switch diagnose.EdgeStatus(check.Status) {
		case diagnose.EdgeSkipped:
			w.Skipped++
		case diagnose.EdgeProblem:
			if len(w.Problems) < maxEdgeProblems {
				w.Problems = append(w.Problems, oneLine(strings.TrimSpace(check.Key+" "+check.Subject)+": "+check.Means))
			}
		case diagnose.EdgeOK:
		}
	}
	for _, step := range e.Next {
		fromCheck := slices.ContainsFunc(e.Checks, func(c report.EdgeCheck) bool {
			return diagnose.EdgeStatus(c.Status) == diagnose.EdgeProblem && strings.TrimSuffix(c.Decide, ".") == strings.TrimSuffix(step.Text, ".")
		})
		if !fromCheck || step.Text == "" {
			continue // from the class's page, which has been asked by now
		}
		one := runbook.Step{Text: oneLine(step.Text)}
		if diagnose.ReadOnlyCommand(step.Command) {
			one.Command = step.Command
		}
		w.Steps = append(w.Steps, one)
	}
	return w
}

// maxEdgeProblems bounds the problems of the checks that stand among the
// witnesses.
const maxEdgeProblems = 4

// otherEdges says so where results of the checks were given and none is about
// the recipient of a case.
func (m *caseMaker) otherEdges(doc *report.Diagnose) {
	if doc.Edge != nil || len(m.Host.Edges) == 0 {
		return
	}
	var about []string
	for i := range m.Host.Edges {
		text := m.Host.Edges[i].Edge.Address + " (" + m.Host.Edges[i].Source + ")"
		if len(about) < 3 && !slices.Contains(about, text) {
			about = append(about, text)
		}
	}
	doc.Findings = append(doc.Findings, report.Finding{
		Key: "edge-other-address", Severity: string(diagnose.Warning),
		Text: "The checks of a receiving host that were given are about another address, " + strings.Join(about, ", ") +
			": they were not counted. Do them for this recipient with smtpdiag edge.",
	})
}
