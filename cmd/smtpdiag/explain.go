package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"iter"
	"strings"

	"github.com/spf13/cobra"
)

const explainLong = `Explain one SMTP reply, reply code, enhanced status code or diagnostic line:
what each code was registered to mean, what it most likely means here, who can
act and what to do next. The judgement is that of "smtpdiag bounce".

REPLY is the text as you have it: "550 5.7.1 Access denied", "5.1.1", "X.7.1",
"450", or a line of a log. Quote it for the shell; words without quotes are put
together only if the first one is a code. With - replies are read from standard
input, one a line.

JSON is one object for one REPLY and an array for several or for -.`

const explainExample = `  smtpdiag explain "550 5.7.1 Service unavailable; client host blocked"
  smtpdiag explain 5.1.1
  smtpdiag explain "host mx.example.com[192.0.2.1] said: 452 4.2.2 Mailbox full"
  grep status=bounced /var/log/mail.log | smtpdiag explain -o ndjson -`

// explainOptions are the flags of "smtpdiag explain".
type explainOptions struct {
	common  *commonOptions
	texts   []string
	rules   []string
	runbook string
}

// newExplainCommand makes "smtpdiag explain".
func newExplainCommand(s *streams, common *commonOptions) *cobra.Command {
	opts := &explainOptions{common: common}
	cmd := &cobra.Command{
		Use:     "explain REPLY...",
		Short:   "Explain one SMTP reply, code or diagnostic line",
		Long:    explainLong,
		Example: explainExample,
		Args:    needArgs("a reply, a code or '-'"),
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.texts = explainTexts(args)
			return runExplain(cmd.Context(), s, opts)
		},
	}
	cmd.Flags().StringArrayVar(&opts.rules, "rules", nil, "`FILE` with rules of your own, see docs/rules.md (repeatable)")
	cmd.Flags().StringVar(&opts.runbook, "runbook", "", "`DIR` with runbook pages of your own, laid over the built-in ones")
	markPath(cmd, "rules")
	markPath(cmd, "runbook")
	return cmd
}

// explainTexts gives the replies that the arguments stand for: one each, unless
// a code is followed by single words, which are one reply that nobody quoted.
func explainTexts(args []string) []string {
	if len(args) < 2 || !isCode(args[0]) {
		return args
	}
	for _, arg := range args[1:] {
		if strings.ContainsAny(arg, " \t") || arg == standardInput {
			return args
		}
		if !isCode(arg) {
			return []string{strings.Join(args, " ")}
		}
	}
	return args
}

// isCode reports whether s is a reply code or an enhanced code and no more.
func isCode(s string) bool {
	return len(s) > 0 && strings.IndexByte("245", s[0]) >= 0 && strings.Trim(s, "0123456789.-") == ""
}

// runExplain explains all texts, in their order.
func runExplain(ctx context.Context, s *streams, opts *explainOptions) error {
	j, err := newJudge(opts.rules, opts.runbook)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(s.out, 64<<10)
	buffered := *s
	buffered.out = out
	many := len(opts.texts) != 1 || opts.texts[0] == standardInput
	p := newPrinter(&buffered, opts.common, many)
	err = explainAll(ctx, s, opts, j, p)
	err = p.finish(err)
	if flushErr := out.Flush(); err == nil {
		err = flushErr
	}
	return err
}

func explainAll(ctx context.Context, s *streams, opts *explainOptions, j *judge, p *printer) error {
	for _, text := range opts.texts {
		if text != standardInput {
			if err := p.print(j.explain(text)); err != nil {
				return err
			}
			continue
		}
		count := 0
		for text, err := range replyLines(s.in) {
			if err != nil {
				return newInputError("standard input", err)
			}
			if ctx.Err() != nil {
				return ctx.Err()
			}
			count++
			if err := p.print(j.explain(text)); err != nil {
				return err
			}
		}
		if count == 0 {
			writeComplaint(s.err, "standard input: holds no replies; give one a line")
			return errPartial
		}
	}
	return nil
}

// maxReplyBytes bounds one reply on standard input. RFC 5321 section 4.5.3.1.5
// allows lines of 512; real ones and log lines are longer.
const maxReplyBytes = 1 << 20

// replyLines yields the lines of r that are not empty.
func replyLines(r io.Reader) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		lines := bufio.NewScanner(r)
		lines.Buffer(nil, maxReplyBytes)
		lines.Split(splitLines)
		for lines.Scan() {
			if line := lines.Text(); strings.TrimSpace(line) != "" && !yield(line, nil) {
				return
			}
		}
		if err := lines.Err(); err != nil {
			if errors.Is(err, bufio.ErrTooLong) {
				err = errors.New("a line is longer than 1 MiB")
			}
			yield("", err)
		}
	}
}

// splitLines is bufio.ScanLines for lines that end in LF, CRLF or CR.
func splitLines(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if atEOF && len(data) == 0 {
		return 0, nil, nil
	}
	end := bytes.IndexAny(data, "\r\n")
	switch {
	case end < 0 && atEOF:
		return len(data), data, nil
	case end < 0:
		return 0, nil, nil
	case data[end] == '\n':
		return end + 1, data[:end], nil
	case end+1 == len(data) && !atEOF:
		return 0, nil, nil // a line feed may follow
	case end+1 < len(data) && data[end+1] == '\n':
		return end + 2, data[:end], nil
	}
	return end + 1, data[:end], nil
}
