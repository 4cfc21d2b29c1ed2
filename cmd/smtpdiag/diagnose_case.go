package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"github.com/smtpdiag/smtpdiag/diagnose"
	"github.com/smtpdiag/smtpdiag/probes"
	"github.com/smtpdiag/smtpdiag/report"
)

// schemaCase names the form of a record.
const schemaCase = "smtpdiag.case/v1"

// caseFile is everything that was observed about some cases, and nothing that
// was concluded: a report is made from it alone.
type caseFile struct {
	Schema string `json:"schema"`
	// Version is that of the program that observed.
	Version string    `json:"version"`
	Time    time.Time `json:"time"`
	// Many says that the inputs may hold several cases.
	Many    bool         `json:"many"`
	Options caseOptions  `json:"options"`
	Inputs  []caseInput  `json:"inputs"`
	Domains []caseDomain `json:"domains"`
	// DNS is every answer of a name server as it came, the addresses of hosts
	// among them. Domains holds what a report is made from.
	DNS []caseAnswer `json:"dns"`
	// Host is what the files of a host say.
	Host caseHost `json:"host"`
}

// caseOptions are the choices that the judgement depends on.
type caseOptions struct {
	Offline      bool     `json:"offline"`
	NoProbe      bool     `json:"no_probe"`
	Contact      bool     `json:"contact_refusing_host"`
	Limit        int      `json:"limit"`
	Controls     []string `json:"controls"`
	Random       bool     `json:"random"`
	Size         int64    `json:"size"`
	TLS          string   `json:"tls"`
	AllowPrivate bool     `json:"allow_private"`
	// Given says that resolvers were named by the user.
	Given    bool            `json:"given_resolvers"`
	Timeouts probes.Timeouts `json:"timeouts"`
}

// caseInput is one message, or one address.
type caseInput struct {
	Name    string `json:"name"`
	Address string `json:"address,omitempty"`
	// Index and Line are those of the message in its file.
	Index int    `json:"index"`
	Line  int    `json:"line"`
	Raw   []byte `json:"raw,omitempty"`
	// Note says that it was not read whole.
	Note string `json:"note,omitempty"`
}

// caseAnswer is one answer of a name server, or the failure to get one.
type caseAnswer struct {
	// Time is when it came.
	Time time.Time `json:"time"`
	probes.Answer
}

// caseDomain is what was asked about one domain.
type caseDomain struct {
	Domain   string            `json:"domain"`
	MX       *probes.MXReport  `json:"mx"`
	Policies *casePolicies     `json:"policies"`
	Sender   caseSender        `json:"sender"`
	Probes   []*probes.Probe   `json:"probes"`
	Refusers []caseRefuser     `json:"refusing_hosts"`
	NotAsked map[string]string `json:"not_asked"` // why, by address
}

// caseRefuser is what a host said that only a bounce names.
type caseRefuser struct {
	Host  string          `json:"host"`
	IP    string          `json:"ip"`
	Probe []*probes.Probe `json:"probes"`
}

// caseSender is a sender.
type caseSender struct {
	HELO       string `json:"helo"`
	HELOOrigin string `json:"helo_origin"`
	From       string `json:"from"`
	FromOrigin string `json:"from_origin"`
	Note       string `json:"note"`
}

func keepSender(s sender) caseSender {
	return caseSender{s.helo, s.heloOrigin, s.from, s.fromOrigin, s.note}
}

func (c caseSender) sender() sender {
	return sender{c.HELO, c.HELOOrigin, c.From, c.FromOrigin, c.Note}
}

// casePolicies is a policyResult.
type casePolicies struct {
	Hosts  []probes.MailHost
	MTASTS *probes.MTASTS
	TLSA   []probes.HostTLSA
	TLSRPT *probes.TLSRPT
	SPF    *probes.SPF
	DMARC  *probes.DMARC
	RDNS   []probes.Reverse
}

func keepPolicies(p *policyResult) *casePolicies {
	return &casePolicies{p.hosts, p.mtaSTS, p.tlsa, p.tlsRPT, p.spf, p.dmarc, p.rdns}
}

func (c *casePolicies) result() *policyResult {
	return &policyResult{c.Hosts, c.MTASTS, c.TLSA, c.TLSRPT, c.SPF, c.DMARC, c.RDNS}
}

// caseHost is what was read of a host: its settings and queue as they were
// judged, and of its log what speaks of the cases.
type caseHost struct {
	Postconf *report.Postconf     `json:"postconf"`
	Queue    []*report.QueueGroup `json:"queue"`
	Logs     []caseLog            `json:"logs"`
	Edges    []caseEdge           `json:"edges"`
}

// caseLog is what logs say about one recipient.
type caseLog struct {
	Recipient string                  `json:"recipient"`
	Groups    []*report.LogGroup      `json:"groups"`
	Witnesses []diagnose.LocalWitness `json:"witnesses"`
}

// kept writes the record, if there is a file for it, and gives what will be
// read from it. Every report is made from what a record holds, so that a replay
// cannot differ.
func (c *caseFile) kept(w *os.File) (*caseFile, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(c); err != nil { //nolint:musttag // sessions are kept under the names of their Go fields
		return nil, fmt.Errorf("record: %w", err)
	}
	if w != nil {
		if _, err := w.Write(buf.Bytes()); err != nil {
			return nil, fmt.Errorf("record: %w", err)
		}
	}
	return parseCase("record", &buf)
}

// maxCaseBytes bounds a record that is read.
const maxCaseBytes = 512 << 20

// readCase reads a record.
func readCase(path string) (*caseFile, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, newInputError(path, err)
	}
	defer closeRead(f)
	return parseCase(path, io.LimitReader(f, maxCaseBytes))
}

func parseCase(name string, r io.Reader) (*caseFile, error) {
	c := new(caseFile)
	if err := json.NewDecoder(r).Decode(c); err != nil { //nolint:musttag // see kept
		return nil, &inputError{name: name, reason: "is no record of smtpdiag diagnose: " + err.Error(), advice: "give a file that --record has made", err: err}
	}
	if c.Schema != schemaCase {
		return nil, &inputError{name: name, reason: "is no record of smtpdiag diagnose", advice: "give a file that --record has made"}
	}
	if !c.whole() {
		return nil, &inputError{name: name, reason: "is a damaged record: parts of it are missing", advice: "give the file as --record has made it"}
	}
	return c, nil
}

// whole reports whether nothing is missing that is looked at unasked: a record
// may have come from somebody else.
func (c *caseFile) whole() bool {
	for i := range c.Domains {
		d := &c.Domains[i]
		if !wholeProbes(d.Probes) {
			return false
		}
		for n := range d.Refusers {
			if !wholeProbes(d.Refusers[n].Probe) {
				return false
			}
		}
	}
	for i := range c.Host.Logs {
		if slices.Contains(c.Host.Logs[i].Groups, nil) {
			return false
		}
	}
	for i := range c.Host.Edges {
		if e := c.Host.Edges[i].Edge; e == nil || edgeWrong(e) != "" {
			return false
		}
	}
	return !slices.Contains(c.Host.Queue, nil)
}

func wholeProbes(list []*probes.Probe) bool {
	for _, p := range list {
		if p == nil || slices.Contains(p.Sessions, nil) {
			return false
		}
	}
	return true
}
