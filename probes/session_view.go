package probes

import (
	"strings"

	"github.com/smtpdiag/smtpdiag/evidence"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// For gives the part of a shared session that is about one target: what was
// asked about other targets and their variants is left out.
func (s *Session) For(target string) *Session {
	view := *s
	view.Steps, view.Recipients = []Step{}, []Recipient{}
	mine := map[string]bool{}
	for _, r := range s.Recipients {
		if r.Role == RoleTarget && r.Address != target || r.Role == RoleVariant && r.Of != target {
			continue
		}
		mine[r.Address] = true
		view.Recipients = append(view.Recipients, r)
	}
	for _, step := range s.Steps {
		if step.Recipient == "" || mine[step.Recipient] {
			view.Steps = append(view.Steps, step)
		}
	}
	return &view
}

// Concerns reports whether the session was to ask about a target.
func (s *Session) Concerns(target string) bool {
	for _, r := range s.Recipients {
		if r.Role == RoleTarget && r.Address == target {
			return true
		}
	}
	return false
}

// Items gives the facts that this session has about recipient i, the most
// telling first: the reply to RCPT TO, or else the reply that ended the
// session, or else the fault in words.
func (s *Session) Items(i int) []evidence.Item {
	r := &s.Recipients[i]
	item := evidence.Item{
		Source: evidence.Source{Name: s.Host}, Recipient: r.Address, Host: s.Host, Time: s.Started,
	}
	if s.IP.IsValid() {
		item.IP = s.IP.String()
	}
	switch refusal := s.Refusal(); {
	case !r.Reply.IsZero():
		item.Kind, item.Field, item.Stage, item.Reply = evidence.KindReply, "RCPT TO", smtp.StageRcpt, r.Reply
	case refusal != nil:
		item.Kind, item.Field, item.Stage, item.Reply = evidence.KindReply, fieldOf(refusal), refusal.Stage, refusal.Reply
	case s.Fault != nil:
		item.Kind, item.Field, item.Stage, item.Text = evidence.KindSession, string(s.Fault.Stage), s.Fault.Stage, s.Fault.Text
		return []evidence.Item{item}
	default:
		return nil
	}
	item.Text = item.Reply.String()
	return []evidence.Item{item}
}

// fieldOf names a step as a reader would look for it: the verb of its command,
// or its stage where the server spoke first.
func fieldOf(step *Step) string {
	if step.Command == "" {
		return string(step.Stage)
	}
	verb, _, _ := strings.Cut(step.Command, ":")
	return verb
}
