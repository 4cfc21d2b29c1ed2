package diagnose

import (
	"slices"
	"strings"

	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// state is the working memory of one Diagnose call. It is pooled, because its
// marks are as long as the rule set.
type state struct {
	set       *RuleSet
	text      []byte
	found     []hit
	memo      memo
	epoch     uint32
	seen      []uint32 // epoch in which a phrase was found in the text at hand
	sizes     []uint16 // of each phrase that was ever found
	tried     []uint32 // epoch in which a rule was tried
	providers providerSet
	codes     codes
	stage     smtp.Stage
	// stageUsual says that no evidence names stage.
	stageUsual bool
	hints      bool // hints count in the text at hand
	again      bool // a text says that trying again can help
	ranOut     bool // a text or code says that the retries ran out
	// aboutRecipient says that a reply or diagnostic speaks of the recipient.
	aboutRecipient bool
	best           match
	second         match
}

// match is one rule that holds, and where.
type match struct {
	rule *compiled // nil for none
	rank rank
	view viewKind
}

// viewKind says which of the texts a rule was matched in.
type viewKind uint8

const (
	viewNone viewKind = iota
	viewReply
	viewDiagnostic
	viewExplanation
	viewCode // an enhanced or reply code of the reply
	viewStatus
)

func newState(s *RuleSet) *state {
	return &state{set: s, seen: make([]uint32, len(s.uses)), sizes: make([]uint16, len(s.uses)), tried: make([]uint32, len(s.rules))}
}

// reset makes the state ready for other evidence.
func (st *state) reset() {
	st.providers, st.codes, st.stage, st.again = providerSet{}, codes{}, "", false
	st.aboutRecipient, st.ranOut, st.stageUsual = false, false, false
	st.best, st.second = match{}, match{}
}

// exhausted is what Exim puts behind the last reason that it met when it stops
// trying. It says nothing of the reason in front of it.
const exhausted = ": retry timeout exceeded"

// read tries all rules that have words against one text.
func (st *state) read(text string, view viewKind) {
	if head, _, ok := strings.Cut(text, exhausted); ok {
		st.tryWords(head, view)
		if st.best.rank.tier > tierExpired {
			return
		}
	}
	st.tryWords(text, view)
}

// tryWords tries all rules that have words against the whole of a text.
func (st *state) tryWords(text string, view viewKind) {
	if text == "" {
		return
	}
	st.text = fold(st.text[:0], text)
	found := st.find()
	st.next()
	for _, h := range found {
		st.seen[h.phrase], st.sizes[h.phrase] = st.epoch, h.size
		switch u := st.set.uses[h.phrase]; u.role {
		case roleMark:
			st.providers.add(int(u.of))
		case roleAgain:
			st.again = st.again || view != viewExplanation
		case roleRecipient:
			st.aboutRecipient = st.aboutRecipient || view != viewExplanation
		case roleAny, roleAll, roleNone:
		}
	}
	for _, h := range found {
		u := st.set.uses[h.phrase]
		if u.role > roleAll || st.tried[u.of] == st.epoch {
			continue
		}
		st.tried[u.of] = st.epoch
		st.tryText(&st.set.rules[u.of], view)
	}
}

// find gives the phrases that st.text holds.
func (st *state) find() []hit {
	if found, known := st.memo.get(st.text); known {
		return found
	}
	st.found = st.set.phrases.find(st.text, st.found[:0])
	st.memo.put(st.text, st.found)
	return st.found
}

// memo remembers what the last texts held: most refusals of a run are worded
// alike once the addresses in them are gone.
type memo struct {
	found map[string][]hit
	size  int // of what is remembered, in bytes
}

// The bounds of a memo.
const (
	maxMemo     = 256 << 10 // bytes
	maxMemoText = 2 << 10   // of one text, in bytes
)

func (m *memo) get(text []byte) (found []hit, known bool) {
	found, known = m.found[string(text)]
	return found, known
}

// put remembers what a text held, and forgets everything else when that gets
// too much.
func (m *memo) put(text []byte, found []hit) {
	if len(text) > maxMemoText {
		return
	}
	const overhead, hitSize = 64, 8
	m.size += len(text) + len(found)*hitSize + overhead
	if m.found == nil || m.size > maxMemo {
		m.found = make(map[string][]hit)
		m.size = 0
	}
	m.found[string(text)] = slices.Clone(found)
}

// next begins a new epoch, in which nothing is seen or tried.
func (st *state) next() {
	st.epoch++
	if st.epoch == 0 {
		clear(st.seen)
		clear(st.tried)
		st.epoch = 1
	}
}

// tryText offers the rule if its condition holds for the text at hand.
func (st *state) tryText(r *compiled, view viewKind) {
	if r.tier == tierHint && !st.hints {
		return
	}
	var size uint16
	for p := r.any; p < r.all; p++ {
		if st.seen[p] == st.epoch {
			size = max(size, st.sizes[p])
		}
	}
	if size == 0 && r.any < r.all {
		return
	}
	for p := r.all; p < r.none; p++ {
		if st.seen[p] != st.epoch {
			return
		}
		size += st.sizes[p]
	}
	for p := r.none; p < r.end; p++ {
		if st.seen[p] == st.epoch {
			return
		}
	}
	if !r.providers.isEmpty() && !r.providers.meets(&st.providers) || !r.at(st.stage) {
		return
	}
	ok, narrow := r.fits(st.codes)
	if !ok {
		return
	}
	st.offer(match{r, rank{r.tier, r.user, r.asks, size, narrow}, view})
}

// tryCodes tries the rules that have codes only. An enhanced code in the reply
// is the receiver's own word; the Status field counts where there is none.
func (st *state) tryCodes() {
	for _, n := range st.set.bare {
		st.tryCodeRule(&st.set.rules[n], st.codes, viewNone)
	}
	enhanced, view := st.codes.enhanced, viewCode
	if enhanced.IsZero() {
		enhanced, view = st.codes.status, viewStatus
	}
	if !enhanced.IsZero() {
		st.tryCode(codes{enhanced: enhanced}, view)
		if view == viewCode && isVague(enhanced) {
			st.tryCode(codes{status: st.codes.status}, viewStatus)
		}
	}
	if st.codes.reply > 0 {
		st.tryCode(codes{reply: st.codes.reply}, viewCode)
	}
}

// tryCode offers the rules without words that one code fits.
func (st *state) tryCode(have codes, view viewKind) {
	code := have.enhanced
	if code.IsZero() {
		code = have.status
	}
	lists := [2][]int32{st.set.exact[pack(code)], st.set.ranges}
	if code.IsZero() {
		lists = [2][]int32{}
		if digit := have.reply / 100; digit < len(st.set.replies) {
			lists[0] = st.set.replies[digit]
		}
	}
	for _, list := range lists {
		for _, n := range list {
			st.tryCodeRule(&st.set.rules[n], have, view)
		}
	}
}

func (st *state) tryCodeRule(r *compiled, have codes, view viewKind) {
	if !r.providers.isEmpty() && !r.providers.meets(&st.providers) || !r.at(st.stage) {
		return
	}
	if ok, narrow := r.fits(have); ok {
		st.offer(match{r, rank{r.tier, r.user, r.asks, 0, narrow}, view})
	}
}

// offer keeps the match if it is among the two best by different rules. A match
// in an earlier text wins against an equal one in a later text.
func (st *state) offer(m match) {
	st.ranOut = st.ranOut || m.rank.tier == tierExpired
	switch {
	case st.best.rule == m.rule:
		if st.best.rank.less(m.rank) {
			st.best = m
		}
	case st.best.rule == nil || st.best.loses(m):
		st.best, st.second = m, st.best
	case st.second.rule == nil || st.second.rule == m.rule && st.second.rank.less(m.rank) || st.second.rule != m.rule && st.second.loses(m):
		st.second = m
	}
}

// loses reports whether m has to make way for o.
func (m match) loses(o match) bool {
	switch {
	case m.rank == o.rank:
		return m.view == o.view && o.rule.ID < m.rule.ID
	case m.rank.tier == o.rank.tier && m.view != o.view:
		return o.view < m.view // the text that is nearer to the server
	}
	return m.rank.less(o.rank)
}

// class gives the class of the match, unknown where there is none.
func (m match) class() runbook.Class {
	if m.rule == nil {
		return runbook.ClassUnknown
	}
	return m.rule.Class
}

// isVague reports whether an enhanced code names no cause: X.0.0, X.N.0, X.7.1.
func isVague(c smtp.EnhancedCode) bool {
	return c.Detail == 0 || c.Subject == 7 && c.Detail == 1
}
