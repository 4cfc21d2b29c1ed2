package diagnose

import (
	"slices"
	"strings"
	"time"

	"github.com/smtpdiag/smtpdiag/evidence"
	"github.com/smtpdiag/smtpdiag/runbook"
)

// EdgeStatus says how one check on the receiving host came out.
type EdgeStatus string

// The outcomes of a check.
const (
	EdgeOK      EdgeStatus = "ok"
	EdgeProblem EdgeStatus = "problem"
	// EdgeSkipped says that the check was not done; what it means says why.
	EdgeSkipped EdgeStatus = "skipped"
)

// EdgeTask is one read-only task: what was run and what it printed. Skipped
// says why it was not run or gave nothing, "" where it did.
type EdgeTask struct {
	Command string
	Output  string
	Skipped string
}

// EdgeCheck is one task with its judgement.
type EdgeCheck struct {
	// Key is stable: "domain-role". Subject is what of several it is about, such
	// as a table, or "".
	Key, Subject string
	Command      string
	Status       EdgeStatus
	Output       string
	// Means reads the output, Decide says what to do with it.
	Means, Decide string
	// lacks says that the check found no fault but that a table lacks the address,
	// points that what to decide is to look at other checks.
	lacks, points bool
}

// EdgeCase is what the local tasks found out about one address on the host
// that receives its mail.
type EdgeCase struct {
	Address string
	// Service is the service of master.cf whose overrides hold ("smtp/inet").
	Service string
	// Settings are those of main.cf and master.cf, Effective the values in force
	// of EdgeParameters.
	Settings, Effective []evidence.Item
	Postconf            EdgeTask
	Lookups             []EdgeLookup
	Directories         []EdgeDirectory
	Tables              []EdgeTable
	Log                 EdgeLog
	Mailbox             EdgeMailbox
	Quota               EdgeQuota
	Exim                EdgeExim
	Disks               []EdgeDisk
	Queue               EdgeQueue
	Probe               EdgeProbe
}

// EdgeDirectory is the definition of a directory or database table, and what
// the directory itself gave.
type EdgeDirectory struct {
	EdgeTask
	Setting, Table string
	// Attribute is result_attribute, Query what a database is asked about the
	// address, Domains the domains that the table is asked about at all; each may
	// be "".
	Attribute, Query, Domains string
	// Asked is the query to the directory itself: Entry says that it has an
	// entry for the address, HasAttribute that the entry has the attribute.
	Asked               EdgeTask
	Entry, HasAttribute bool
}

// EdgeTable is a table that is compiled from a file, or a file beside those
// that are in force.
type EdgeTable struct {
	// Table is "hash:/etc/postfix/virtual", InForce whether a setting names it.
	Table   string
	InForce bool
	// Source and Compiled are the times of the text and of the .db, .lmdb or .cdb
	// file; zero where there is none.
	Source, Compiled time.Time
	// Listed says that the text has a line for the address; Known that the
	// compiled table gives a result for it.
	Listed, Known bool
	Problem       string
}

// EdgeLog is what the mail log has about the address.
type EdgeLog struct {
	EdgeTask
	// Last are the last lines about the address, oldest first.
	Last []EdgeLogLine
	// Refused counts refusals and failures of the address, Sent deliveries.
	Refused, Sent int
	// Dependencies counts lines that tell of a failed dependency within Span of
	// the end of the log, Dependency is the last of them.
	Dependencies int
	Dependency   string
	Span         time.Duration
	// Throttled counts greylisting, rate and connection limits in the same span,
	// for all recipients, Throttle is the last of them.
	Throttled int
	Throttle  string
}

// EdgeLogLine is one line about the address, with its judgement.
type EdgeLogLine struct {
	Text string
	Time time.Time
	// Class is "" for a delivery.
	Class runbook.Class
	Gate  Gate
	// Setting is what makes the refusal, as far as the log can tell.
	Setting string
	// Items are the facts that the class rests on.
	Items []evidence.Item
}

// EdgeExim is what Exim says it would do with mail for the address.
type EdgeExim struct {
	EdgeTask
	// Routed says that it would deliver it, Deferred that it cannot tell now;
	// neither that it would refuse it.
	Routed, Deferred bool
}

// EdgeDisk is the room of one file system.
type EdgeDisk struct {
	EdgeTask
	// What is kept there: "queue", "mailboxes".
	What, Path string
	// Free and Total are bytes for ordinary users, InodesFree and InodesTotal
	// files; totals of 0 mean that the file system has no such limit.
	Free, Total, InodesFree, InodesTotal uint64
}

// EdgeQueue is the pressure in the queue.
type EdgeQueue struct {
	EdgeTask
	Messages, Deferred, Held int
	// ForDomain counts those with a recipient in the domain of the address.
	ForDomain int
	Oldest    time.Duration
}

// EdgeProbe is a dialogue with this host's own port.
type EdgeProbe struct {
	EdgeTask
	Connected bool
	// Accepted is the answer to RCPT TO; Class judges a refusal.
	Accepted, Answered bool
	Reply              string
	Code               int
	Class              runbook.Class
	Items              []evidence.Item
	// TLS is the certificate check; Offered STARTTLS, Days the days until the
	// certificate expires, Problem what is wrong with it.
	TLS     EdgeTask
	Offered bool
	Days    int
	HasCert bool
	Problem string
}

// EdgeVerdict is the judgement on the address as this host sees it.
type EdgeVerdict struct {
	Verdict
	// Text sums it up in a sentence.
	Text   string
	Checks []EdgeCheck
	Steps  []runbook.Step
}

// edgeJudge is the work in progress on one case.
type edgeJudge struct {
	*EdgeCase
	h      *hostSettings
	domain string
	roles  []EdgeRole
	// known names the table that knows the address, "" where none does;
	// unchecked says that the role has no list of recipients.
	known     string
	unchecked bool
	moved     string
	denied    string
	failed    []EdgeLookup
	asked     bool
	// unasked says that a table that decides could not be asked.
	unasked bool
	causes  []edgeCause
	// began is the number of checks before the one at hand.
	began int
	v     EdgeVerdict
}

// edgeCause is what a check found to be wrong, for the verdict. A higher rank
// wins.
type edgeCause struct {
	class runbook.Class
	rank  int
	text  string
	items []evidence.Item
	sure  Confidence
	// check is where to look for the check that found it, an index of Checks.
	check int
}

// newEdgeJudge finds out what the answers of the tables say about domain and
// address.
func newEdgeJudge(c *EdgeCase) *edgeJudge {
	j := &edgeJudge{EdgeCase: c, h: edgeSettings(c.Settings, c.Effective, c.Service)}
	j.domain = strings.ToLower(c.Address[strings.LastIndexByte(c.Address, '@')+1:])
	j.gather()
	return j
}

// JudgeEdge says what the local tasks mean, one by one and together.
func JudgeEdge(c *EdgeCase) EdgeVerdict {
	j := newEdgeJudge(c)
	for _, check := range []func(){
		j.mapsInForce, j.domainRole, j.mapLookups, j.exim, j.directories, j.staleSync, j.unusedMaps, j.lastWords, j.dependencies,
		j.limits, j.mailbox, j.quota, j.disks, j.queue, j.certificate, j.selfProbe, j.settingsAtFault,
	} {
		j.began = len(j.v.Checks)
		check()
	}
	j.decide()
	return j.v
}

func (j *edgeJudge) add(c EdgeCheck) { j.v.Checks = append(j.v.Checks, c) }

// task makes a check of a task; skipped where the task was.
func (j *edgeJudge) task(key, subject string, t *EdgeTask) (EdgeCheck, bool) {
	c := EdgeCheck{Key: key, Subject: subject, Command: t.Command, Status: EdgeOK, Output: t.Output}
	if t.Skipped != "" {
		c.Status, c.Means = EdgeSkipped, "Not done: "+t.Skipped+"."
		j.add(c)
		return c, false
	}
	return c, true
}

func (j *edgeJudge) finding(key string, severity Severity, text string) {
	for _, f := range j.v.Findings {
		if f.Key == key && f.Text == text {
			return
		}
	}
	j.v.Findings = append(j.v.Findings, Finding{Key: key, Severity: severity, Text: text})
}

func (j *edgeJudge) cause(rank int, class runbook.Class, sure Confidence, text string, items ...evidence.Item) {
	j.causes = append(j.causes, edgeCause{class, rank, text, items, sure, j.began})
}

// decide takes the weightiest cause.
func (j *edgeJudge) decide() {
	slices.SortStableFunc(j.causes, func(a, b edgeCause) int { return b.rank - a.rank })
	findings := j.v.Findings
	if findings == nil {
		findings = []Finding{}
	}
	switch {
	case len(j.causes) > 0:
		c := &j.causes[0]
		j.v.Verdict, j.v.Text = ofClass(c.class, c.sure), c.text
		j.v.Evidence = c.items
	case j.Probe.Accepted:
		j.v.Verdict, j.v.Text = ofClass(runbook.ClassNoticeDelivered, High), "This host takes mail for the address, and no check found anything wrong."
		if j.problems() > 0 {
			j.v.Text = "This host takes mail for the address. What else was found wrong is below."
		}
		j.v.Owner = runbook.OwnerNobody
	default:
		j.v.Verdict, j.v.Text = ofClass(runbook.ClassUnknown, Low), "No check that could be done found anything wrong; see which were skipped."
		if j.known != "" {
			j.v.Text = "The address is known here (" + j.known + "), and no check that could be done found anything wrong; see which were skipped."
		}
	}
	j.v.Findings = findings
	j.v.Steps = j.steps()
}

// problems counts the checks that found something.
func (j *edgeJudge) problems() (n int) {
	for i := range j.v.Checks {
		if j.v.Checks[i].Status == EdgeProblem {
			n++
		}
	}
	return n
}

// maxEdgeSteps is how many of the checks' decisions become steps.
const maxEdgeSteps = 3

// steps gives the decisions of the checks that found a problem: first that of
// the verdict's cause, then the others in their order.
func (j *edgeJudge) steps() []runbook.Step {
	var steps []runbook.Step
	add := func(c *EdgeCheck) {
		if c.lacks && len(j.causes) > 0 && j.causes[0].class.Gate() != "recipient" {
			return // where the cause is another one, the entry is not what is missing
		}
		step := runbook.Step{Text: strings.TrimSuffix(c.Decide, "."), Command: c.Command}
		same := func(s runbook.Step) bool { return s.Text == step.Text }
		if c.points && len(steps) > 0 {
			return
		}
		if c.Status == EdgeProblem && c.Decide != "" && len(steps) < maxEdgeSteps && !slices.ContainsFunc(steps, same) {
			steps = append(steps, step)
		}
	}
	if len(j.causes) > 0 {
		for i := j.causes[0].check; i < len(j.v.Checks) && len(steps) == 0; i++ {
			add(&j.v.Checks[i])
		}
	}
	for i := range j.v.Checks {
		add(&j.v.Checks[i])
	}
	return steps
}
