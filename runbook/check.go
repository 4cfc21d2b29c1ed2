package runbook

import (
	"slices"
	"sync/atomic"
)

// checks are the checks of one class, in the form in which they are filled for
// thousands of cases. Each is taken apart when it is first asked for.
type checks struct {
	steps    []Step
	patterns []atomic.Pointer[checkPattern]
}

// checkPattern is what Next fills of one Step.
type checkPattern struct {
	shell                        Shell
	text, means, decide, command pattern
}

// pattern returns check i taken apart.
func (c *checks) pattern(i int) *checkPattern {
	if p := c.patterns[i].Load(); p != nil {
		return p
	}
	step := &c.steps[i]
	p := &checkPattern{
		shell: step.Shell,
		text:  textPattern(step.Text), means: textPattern(step.Means), decide: textPattern(step.Decide),
		command: commandPattern(step.Command),
	}
	c.patterns[i].Store(p)
	return p
}

// appendNext appends the first n checks with the values of a case. All that is
// filled in lies in one piece of memory.
func (c *checks) appendNext(dst []Step, values *Values, n int) []Step {
	f := filler{values: values}
	var room [1 << 10]byte
	var cuts [16]filled
	all, spans := room[:0], cuts[:0]
	n = min(n, len(c.steps))
	dst = slices.Grow(dst, n)
	first := len(dst)
	for i := range n {
		p := c.pattern(i)
		dst = append(dst, Step{
			Text: p.text.text, Shell: p.shell, Command: p.command.text, Means: p.means.text, Decide: p.decide.text,
		})
		for field, text := range [...]*pattern{fieldText: &p.text, fieldMeans: &p.means, fieldDecide: &p.decide, fieldCommand: &p.command} {
			if len(text.holes) == 0 {
				continue
			}
			start := len(all)
			if field == fieldCommand {
				all = f.appendCommand(all, text, p.shell)
			} else {
				all = f.appendText(all, text)
			}
			spans = append(spans, filled{first + i, field, start, len(all)})
		}
	}
	text := string(all)
	for _, s := range spans {
		s.set(&dst[s.step], text[s.start:s.end])
	}
	return dst
}

// The fields of a Step that Next fills.
const (
	fieldText = iota
	fieldMeans
	fieldDecide
	fieldCommand
)

// filled says where the text of a field of a Step lies.
type filled struct{ step, field, start, end int }

// set sets the field of the step.
func (f filled) set(step *Step, text string) {
	switch f.field {
	case fieldText:
		step.Text = text
	case fieldMeans:
		step.Means = text
	case fieldDecide:
		step.Decide = text
	case fieldCommand:
		step.Command = text
	}
}
