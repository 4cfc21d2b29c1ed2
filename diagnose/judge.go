package diagnose

import (
	"strings"

	"github.com/smtpdiag/smtpdiag/evidence"
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// facts are the Items of one recipient, by what they are. Each may be nil.
type facts struct {
	reply, diagnostic, explanation *evidence.Item
	status, action                 *evidence.Item
	remote, reporter, notice       *evidence.Item
	arrival, attempt               *evidence.Item
}

// Diagnose judges the evidence on one recipient. It is a pure function: it
// changes nothing, asks nobody, and gives the same verdict for the same
// evidence.
//
// The innermost reply decides. The whole diagnostic text, with the words of the
// systems in between, is asked where the reply names nothing better than a code
// or vague wording; the explanation for people is asked last. Among the rules
// that hold in a text, tier says which wins.
func Diagnose(items []evidence.Item, rules *RuleSet) Verdict {
	f := sortOut(items)
	if v, ok := judgeNotice(&f); ok {
		return v
	}
	st, _ := rules.states.Get().(*state)
	defer rules.states.Put(st)
	st.reset()
	st.gather(&f)
	st.judge(&f)
	return st.verdict(&f)
}

// sortOut finds the Items by their kinds; the first of a kind counts.
func sortOut(items []evidence.Item) facts {
	var f facts
	for i := range items {
		item := &items[i]
		var slot **evidence.Item
		switch item.Kind {
		case evidence.KindReply:
			slot = &f.reply
		case evidence.KindDiagnostic, evidence.KindLog, evidence.KindSession:
			slot = &f.diagnostic
		case evidence.KindExplanation:
			slot = &f.explanation
		case evidence.KindStatus:
			slot = &f.status
		case evidence.KindAction:
			slot = &f.action
		case evidence.KindRemote:
			slot = &f.remote
		case evidence.KindReporter:
			slot = &f.reporter
		case evidence.KindNotice:
			slot = &f.notice
		case evidence.KindArrival:
			slot = &f.arrival
		case evidence.KindAttempt:
			slot = &f.attempt
		case evidence.KindDNS, evidence.KindSetting:
			continue
		}
		if slot != nil && *slot == nil {
			*slot = item
		}
	}
	return f
}

// notices gives the class of reports that are about no failure, by the kind of
// the report and by the Action field (RFC 3464 section 2.3.3).
var notices = map[string]runbook.Class{
	"success": runbook.ClassNoticeDelivered, "complaint": runbook.ClassNoticeComplaint, "autoreply": runbook.ClassNoticeAutoreply,
	"receipt": runbook.ClassNoticeReceipt, "challenge": runbook.ClassNoticeChallenge,
	"delivered": runbook.ClassNoticeDelivered, "relayed": runbook.ClassNoticeDelivered, "expanded": runbook.ClassNoticeDelivered,
}

// judgeNotice gives the verdict where nothing failed.
func judgeNotice(f *facts) (Verdict, bool) {
	if isAcceptance(f) {
		return noticeVerdict(runbook.ClassNoticeDelivered, f.reply), true
	}
	for _, item := range [...]*evidence.Item{f.action, f.notice} {
		if item == nil {
			continue
		}
		class, ok := notices[item.Text]
		if !ok {
			if item == f.action && item.Text != "" {
				return Verdict{}, false // this recipient's own action counts more than the report's kind
			}
			continue
		}
		v := noticeVerdict(class, item)
		if finding, ok := deliveredYetRefused(f, class); ok {
			v.Findings, v.Confidence = append(v.Findings, finding), Low
		}
		return v, true
	}
	return Verdict{}, false
}

func noticeVerdict(class runbook.Class, item *evidence.Item) Verdict {
	v := Verdict{Class: class, Owner: runbook.OwnerNobody, Confidence: High, Stage: smtp.StageUnknown, Evidence: []evidence.Item{*item}}
	if entry, ok := runbook.Lookup(class); ok {
		v.Owner = entry.Owner
	}
	return v
}

// isAcceptance reports whether all there is is a reply by which a server took
// a recipient or a message (RFC 5321 section 4.2.3).
func isAcceptance(f *facts) bool {
	if f.action != nil || f.notice != nil || f.status != nil || f.reply == nil {
		return false
	}
	r := f.reply.Reply
	return (r.Code == 250 || r.Code == 251 || r.Code == 0) && (r.Enhanced.IsZero() && r.Code != 0 || r.Enhanced.Class == 2)
}

// gather takes codes, stage and provider from the evidence.
func (st *state) gather(f *facts) {
	if f.reply != nil {
		st.codes.reply, st.codes.enhanced = f.reply.Reply.Code, f.reply.Reply.Enhanced
		st.stage, st.stageUsual = f.reply.Stage, f.reply.StageUsual
		if st.codes.enhanced.IsZero() {
			st.codes.enhanced = findEnhanced(f.reply.Text)
		}
	} else if f.diagnostic != nil {
		r := f.diagnostic.Reply
		if r.IsZero() && len(f.diagnostic.Text) > 2 && isDigit(f.diagnostic.Text[0]) {
			r = smtp.ParseReply(firstLine(f.diagnostic.Text))
		}
		st.codes.reply, st.codes.enhanced = r.Code, r.Enhanced
		if st.codes.enhanced.IsZero() {
			st.codes.enhanced = findEnhanced(f.diagnostic.Text)
		}
	}
	if f.status != nil {
		st.codes.status, _ = smtp.ParseEnhanced(f.status.Text)
	}
	host := ""
	for _, item := range [...]*evidence.Item{f.reply, f.diagnostic, f.explanation, f.remote} {
		if item == nil {
			continue
		}
		if st.stage == smtp.StageUnknown {
			st.stage, st.stageUsual = item.Stage, item.StageUsual
		}
		if item.Host != host { // it is the same host in all, as a rule
			host = item.Host
			st.set.addHost(&st.providers, strings.ToLower(host))
		}
	}
	if f.reporter != nil {
		st.providers.union(st.set.makers[f.reporter.Text])
	}
}

// judge finds the rules that hold.
func (st *state) judge(f *facts) {
	st.hints = true
	if f.reply != nil {
		st.read(f.reply.Text, viewReply)
		st.hints = false // the words around a reply are not the server's
	}
	if f.diagnostic != nil && st.best.rank.tier < tierText {
		st.read(f.diagnostic.Text, viewDiagnostic)
	}
	st.tryCodes()
	st.hints = false
	if f.explanation != nil && st.wantsExplanation() {
		st.read(f.explanation.Text, viewExplanation)
	}
}

// wantsExplanation reports whether the text for people may know better: where
// only a code or vague wording decided, and where that is the sender's own word
// (the Status field, network trouble) and not the receiver's.
func (st *state) wantsExplanation() bool {
	t := st.best.rank.tier
	return t < tierEnhanced || t < tierText && (st.best.view == viewStatus || st.best.class().Gate() == "network")
}

// verdict says what the rules found mean.
func (st *state) verdict(f *facts) Verdict {
	class := st.best.class()
	delayed := f.action != nil && f.action.Text == "delayed" || f.action == nil && f.notice != nil && f.notice.Text == "delay"
	if delayed && st.gaveUp(f) {
		delayed = false
	}
	if delayed && (class == runbook.ClassUnknown || class == runbook.ClassDeliveryExpired) {
		class = runbook.ClassNoticeDelayed
	}
	v := Verdict{Class: class, Stage: st.stage, StageUsual: st.stageUsual, Owner: runbook.OwnerNobody}
	v.Permanence = st.judgePermanence(class, st.best.rule, delayed)
	if entry, ok := runbook.Lookup(class); ok {
		v.Owner, v.Suppress = entry.Owner, entry.Suppress && v.Permanence == runbook.Permanent
	}
	if r := st.best.rule; r != nil {
		v.Rule = r.ID
		if r.Owner != "" {
			v.Owner = r.Owner
		}
		if v.Stage == smtp.StageUnknown {
			v.Stage, v.StageUsual = r.Stage, r.Stage != smtp.StageUnknown
		}
	}
	v.Confidence = st.confidence(class)
	v.Evidence = st.evidence(f)
	st.explainRunnerUp(&v)
	v.Findings = st.findings(f, &v)
	return v
}

// gaveUp reports whether a report that calls itself a delay says that it is the
// end: OpenSMTPD reports the final expiry as "Action: delayed".
func (st *state) gaveUp(f *facts) bool {
	return st.codes.status.Subject == 4 && st.codes.status.Detail == 7 && f.reporter != nil && f.reporter.Text == "opensmtpd"
}

// confidence says how sure the verdict is, by what decided and by whether the
// codes agree.
func (st *state) confidence(class runbook.Class) Confidence {
	t := st.best.rank.tier
	switch {
	case class == runbook.ClassUnknown || t <= tierHint:
		return Low
	case t == tierExpired || t == tierVague:
		if st.second.class() == class {
			return Medium
		}
		return Low
	case t == tierEnhanced:
		return Medium
	case st.best.view == viewExplanation || t == tierProviderCode:
		return Medium
	}
	return High
}

// evidence gives the Items that decided, the decisive one first.
func (st *state) evidence(f *facts) []evidence.Item {
	order := [...]*evidence.Item{f.reply, f.diagnostic, f.explanation, f.status, f.action}
	var first *evidence.Item
	switch st.best.view {
	case viewReply:
		first = f.reply
	case viewDiagnostic:
		first = f.diagnostic
	case viewExplanation:
		first = f.explanation
	case viewStatus:
		first = f.status
	case viewCode, viewNone:
		for _, item := range order {
			if item != nil {
				first = item
				break
			}
		}
	}
	var out []evidence.Item
	if first == nil {
		return out
	}
	out = append(make([]evidence.Item, 0, 2), *first)
	if f.status != nil && first != f.status {
		out = append(out, *f.status)
	}
	return out
}

// explainRunnerUp names the best rule that lost, and what it would have taken.
func (st *state) explainRunnerUp(v *Verdict) {
	r := st.second.rule
	if r == nil {
		return
	}
	v.RunnerUp, v.RunnerUpClass = r.ID, r.Class
	v.Flip = "Without " + st.best.what() + ", " + st.second.what() + " would have decided: " + string(r.Class) + "."
}

// what says what a match rests on.
func (m match) what() string {
	switch m.rank.tier {
	case tierReplyCode:
		return "the reply code (rule " + m.rule.ID + ")"
	case tierVagueCode, tierEnhanced, tierProviderCode:
		return "the enhanced code (rule " + m.rule.ID + ")"
	case tierNone, tierHint, tierExpired, tierVague, tierText, tierTextCode, tierProviderText, tierProviderTextCode:
	}
	return "the words of rule " + m.rule.ID
}

// findEnhanced finds an enhanced code that does not stand at the start of a
// reply: qmail puts it at the end, "(#5.1.1)".
func findEnhanced(text string) smtp.EnhancedCode {
	for i := 0; i+4 < len(text); i++ {
		c := text[i]
		if c != '4' && c != '5' || text[i+1] != '.' || i == 0 {
			continue
		}
		if p := text[i-1]; p != '#' && p != '(' && p != '[' && p != ' ' && p != '-' {
			continue
		}
		if code, rest, ok := smtp.CutEnhanced(text[i:]); ok && (rest == "" || !isAlnum(rest[0]) && rest[0] != '.' || rest == ".") {
			return code
		}
	}
	return smtp.EnhancedCode{}
}

// firstLine gives the text up to its first line end.
func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}
