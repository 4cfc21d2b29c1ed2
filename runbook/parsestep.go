package runbook

import (
	"fmt"
	"strings"
)

// steps reads the checks up to the line with index end. Each is a heading
// "### 1. TEXT", a fenced command, "By hand:" with another way to the same,
// "Prints:" with an example, and the paragraphs "Means:" and "Decide:", of
// which each but the heading may be missing.
func (p *parser) steps(end int) []Step {
	var steps []Step
	for p.skipBlank(); p.at < end; p.skipBlank() {
		line := p.lines[p.at]
		if heading, ok := strings.CutPrefix(line, "### "); ok {
			text, numbered := strings.CutPrefix(heading, fmt.Sprintf("%d. ", len(steps)+1))
			text = strings.TrimSpace(text)
			if !numbered || text == "" {
				p.fail(p.at+1, "the heading of this check is ### %d. TEXT", len(steps)+1)
			}
			steps = append(steps, Step{Text: text})
			p.checkWords(p.at, p.at+1)
			p.at++
			continue
		}
		if len(steps) == 0 {
			p.fail(p.at+1, "checks start with a heading: ### 1. TEXT")
			return nil
		}
		p.stepPart(&steps[len(steps)-1], end)
	}
	return steps
}

// stepPart reads one part of a check; the next line is not blank.
func (p *parser) stepPart(step *Step, end int) {
	start, line := p.at, p.lines[p.at]
	switch {
	case strings.HasPrefix(line, "```"):
		shell, command := Shell(line[3:]), p.fence(end)
		if shell != POSIX && shell != PowerShell {
			p.fail(start+1, "a command stands in ```sh or ```powershell, an example under Prints:")
		}
		if step.Command != "" {
			p.fail(start+1, "a check has one command")
		}
		step.Shell, step.Command = shell, command
		p.checkCommand(start, command)
	case line == "By hand:":
		step.ByHand = p.labelledFence(end, "```sh", step.ByHand)
		p.checkCommand(start, step.ByHand)
	case line == "Prints:":
		step.Prints = p.labelledFence(end, "```text", step.Prints)
	case strings.HasPrefix(line, "Means: "):
		step.Means = p.paragraph(end, "Means: ", step.Means)
	case strings.HasPrefix(line, "Decide: "):
		step.Decide = p.paragraph(end, "Decide: ", step.Decide)
	default:
		p.fail(start+1, "in a check stand a command, By hand:, Prints:, Means: and Decide:, not %q", line)
		p.at++
	}
}

func (p *parser) checkCommand(start int, command string) {
	for _, reason := range CheckCommand(command) {
		p.fail(start+1, "%s", reason)
	}
}

// labelledFence reads a fenced block that stands behind a label, which is the
// next line. before is what was read under the same label, which must be "".
func (p *parser) labelledFence(end int, fence, before string) string {
	start, label := p.at, p.lines[p.at]
	p.at++
	if p.skipBlank(); p.at >= end || p.lines[p.at] != fence {
		p.fail(start+1, "behind %s comes a block in %s", label, fence)
		return before
	}
	if before != "" {
		p.fail(start+1, "%q stands twice in this check", strings.TrimSuffix(label, ":"))
	}
	return p.fence(end)
}

// fence reads a fenced block, whose first line is the next one, and returns
// what is in it.
func (p *parser) fence(end int) string {
	start := p.at + 1
	for p.at = start; p.at < end; p.at++ {
		if p.lines[p.at] == "```" {
			p.at++
			return strings.Join(p.lines[start:p.at-1], "\n")
		}
	}
	return ""
}

// paragraph reads a paragraph into one line, without its label.
func (p *parser) paragraph(end int, label, before string) string {
	start := p.at
	for p.at < end && p.lines[p.at] != "" {
		p.at++
	}
	if before != "" {
		p.fail(start+1, "%q stands twice in this check", strings.TrimSuffix(label, ": "))
	}
	p.checkWords(start, p.at)
	words := strings.Fields(strings.Join(p.lines[start:p.at], " "))
	return strings.Join(words[1:], " ")
}
