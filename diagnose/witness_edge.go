package diagnose

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/smtpdiag/smtpdiag/runbook"
)

// EdgeWitness is what the checks on a receiving host found for the recipient,
// as JudgeEdge gave it on that host.
type EdgeWitness struct {
	// Host is the name of the host, Source the file that says so or "this host".
	Host, Source string
	// Time is when the checks began; zero where that is not known.
	Time       time.Time
	Class      runbook.Class
	Confidence Confidence
	// Text sums the checks up.
	Text     string
	Findings []Finding
	Steps    []runbook.Step
	// Problems are what checks found beside the cause, Skipped how many checks
	// were not done.
	Problems []string
	Skipped  int
}

// edgeWord says what the checks on the receiving host come to.
func (c *WitnessCase) edgeWord() string {
	switch e := c.Edge; {
	case e == nil:
		return "none"
	case e.Class == runbook.ClassNoticeDelivered:
		return "takes"
	case e.Class == runbook.ClassUnknown || e.Class == "":
		return "nothing"
	case e.Class.Gate() == "recipient":
		return "lacks"
	}
	return "fault"
}

// name gives the host of the checks as a person reads it.
func (e *EdgeWitness) name() string {
	if e.Host == "" {
		return "the receiving host"
	}
	return e.Host
}

// edgeExplains reports whether what the checks found leads to refusals of a
// class: a table that is broken or stale makes recipients unknown.
func (c *WitnessCase) edgeExplains(class runbook.Class) bool {
	e := c.Edge
	if e == nil {
		return false
	}
	if e.Class == class {
		return true
	}
	gate := class.Gate()
	switch c.edgeWord() {
	case "lacks":
		return gate == "recipient"
	case "fault":
		switch e.Class.Gate() {
		case "lookup", "backend", "routing":
			return gate == "recipient" || gate == "lookup" || gate == "backend" || gate == "routing"
		}
	}
	return false
}

// byEdge reports whether the checks on the receiving host decide, and lead to
// refusals of a class.
func (j *witnessJudge) byEdge(class runbook.Class) bool {
	return j.v.Entry.From == ClassOfEdge && j.edgeExplains(class)
}

// edgeSays adds what the checks on the receiving host say.
func (j *witnessJudge) edgeSays() {
	e := j.Edge
	if e == nil {
		return
	}
	where := e.name()
	if !e.Time.IsZero() {
		where += ", " + e.Time.UTC().Format("2006-01-02 15:04:05 UTC")
	}
	said := string(e.Class)
	if said == "" {
		said = string(runbook.ClassUnknown)
	}
	word := j.v.Words.Edge
	supports := j.v.Entry.From == ClassOfEdge || e.Class == j.v.Class ||
		word == "takes" && (j.v.Words.Replay == "accepted" || j.v.Entry.Key == "taken-on-host" || j.v.Entry.Key == "stale-gateway")
	if j.v.Entry.From != ClassOfEdge { // else it begins the text of the verdict
		said += ", " + e.Text
	}
	j.say("edge", supports, "%s: %s (%s)", where, said, e.Source)
	for _, p := range e.Problems {
		j.say("edge", false, "%s", p)
	}
	if e.Skipped > 0 && word != "fault" && word != "lacks" {
		j.say("edge", false, "%s not done there, so that a fault may have been missed", countText(e.Skipped, "check was", "checks were"))
	}
}

func countText(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// contradictEdge lists where the checks on the receiving host differ from the
// other witnesses.
func (j *witnessJudge) contradictEdge(add func(string, ...any)) {
	e, w, b := j.Edge, &j.v.Words, j.Bounce
	if e == nil {
		return
	}
	found := w.Edge == "fault" || w.Edge == "lacks"
	if found && b != nil && (w.Bounce == "refused" || w.Bounce == "temporary" || w.Bounce == "late" || w.Bounce == "client") &&
		b.Verdict.Class != runbook.ClassUnknown && !j.edgeExplains(b.Verdict.Class) {
		add("The bounce says %s, the checks on %s say %s.", b.Verdict.Class, e.name(), e.Class)
	}
	switch {
	case found && w.Replay == "accepted":
		add("The mail hosts accept the recipient now, the checks on %s say %s: %s", e.name(), e.Class, e.Text)
	case found && w.Subject != "prober" && (w.Replay == "refused" || w.Replay == "deferred") && !j.edgeExplains(j.Replay.Class):
		add("The mail hosts now say %s, the checks on %s say %s.", j.Replay.Class, e.name(), e.Class)
	}
	if other := j.otherHost(); other != "" {
		add("The checks were done on %s, the refusal came from %s.", e.Host, other)
	}
	if b != nil && !b.Time.IsZero() && !e.Time.IsZero() && e.Time.Before(b.Time) {
		add("The checks on %s were done before the refusal (%s).", e.name(), b.Time.UTC().Format("2006-01-02 15:04:05 UTC"))
	}
}

// otherHost gives the refusing host where the checks were done on another one
// of the domain's mail hosts, "" where that is not so or cannot be told: a host
// often calls itself by another name than MX does.
func (j *witnessJudge) otherHost() string {
	e, b := j.Edge, j.Bounce
	if b == nil || b.Host == "" || j.v.Words.Refuser != "listed" || j.Route == nil || hostKey(e.Host) == hostKey(b.Host) {
		return ""
	}
	for i := range j.Route.Views {
		if slices.ContainsFunc(j.Route.Views[i].Hosts, func(h MailViewHost) bool { return hostKey(h.Name) == hostKey(e.Host) }) {
			return hostText(b.Host, b.IP)
		}
	}
	return ""
}

// edgeSteps gives the steps of the checks where these decide.
func (j *witnessJudge) edgeSteps() []runbook.Step {
	if j.Edge == nil || j.v.Entry.From != ClassOfEdge {
		return nil
	}
	return j.Edge.Steps[:min(len(j.Edge.Steps), maxEdgeSteps)]
}

// readOnlyCommands are the beginnings of the commands that checks on a
// receiving host may suggest.
var readOnlyCommands = [...]string{
	"postconf -n", "postconf -M", "postconf -P", "postconf -h", "postconf -x", "postmap -q", "postqueue -j", "postqueue -p", "sed -n 1,120p",
	"smtpdiag edge", "smtpdiag probe", "smtpdiag postconf", "smtpdiag queue", "smtpdiag log", "smtpdiag runbook",
	"grep", "ls", "df", "tail", "ldapsearch", "openssl s_client", "doveadm user", "doveadm quota get", "doveadm mailbox status",
	"exim -bt", "exim -bp", "exim4 -bt", "exim4 -bp",
}

// ReadOnlyCommand reports whether each line of a command begins as the checks of
// JudgeEdge do, and does no more: the result of checks may come from somebody
// else, and what it suggests is shown as something to run.
func ReadOnlyCommand(command string) bool {
	for line := range strings.Lines(command) {
		words, ok := bareWords(strings.TrimSuffix(line, "\n"))
		if !ok {
			return false
		}
		start := true
		for i, word := range words {
			if start && !slices.ContainsFunc(readOnlyCommands[:], func(c string) bool {
				want := strings.Fields(c)
				return len(words) >= i+len(want) && slices.Equal(words[i:i+len(want)], want)
			}) && !plainPostconf(words[i:]) {
				return false
			}
			start = word == "|"
		}
	}
	return true
}

// plainPostconf reports whether words are postconf(1) with names of parameters
// alone.
func plainPostconf(words []string) bool {
	return len(words) > 1 && words[0] == "postconf" && !slices.ContainsFunc(words[1:], func(w string) bool { return strings.HasPrefix(w, "-") || strings.Contains(w, "=") })
}

// bareWords parts a shell command at blanks; what stands in single quotes
// belongs to its word. ok is false where the shell would do more with it than
// run programs and connect them by pipes.
func bareWords(line string) (words []string, ok bool) {
	var word strings.Builder
	quoted := false
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '\'':
			quoted = !quoted
		case quoted:
			word.WriteByte(c)
		case strings.HasPrefix(line[i:], `\'`):
			word.WriteByte('\'')
			i++
		case c == ' ':
			if word.Len() > 0 {
				words = append(words, word.String())
			}
			word.Reset()
		case c < ' ' || strings.IndexByte("\"\\`$&;<>(){}[]!#~?", c) >= 0:
			return nil, false
		default:
			word.WriteByte(c)
		}
	}
	if word.Len() > 0 {
		words = append(words, word.String())
	}
	return words, !quoted && len(words) > 0
}
