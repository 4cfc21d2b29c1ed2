package diagnose

import (
	"slices"
	"sync"

	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// RuleSet holds rules in the form in which Diagnose uses them. Make one with
// Builtin or LoadRules. It is safe for use by several goroutines at once.
type RuleSet struct {
	rules   []compiled
	phrases *finder
	uses    []use                  // of each phrase
	exact   map[uint32][]int32     // rules of codes only, by subject and detail
	codes   []codeSpec             // of all rules
	ranges  []int32                // the same, for ranges of them
	replies [6][]int32             // rules of reply codes only, by the first digit
	bare    []int32                // rules of providers only
	hosts   map[string]providerSet // by host suffix
	makers  map[string]providerSet // by generator
	states  sync.Pool              // of *state
}

// compiled is a rule with what can be worked out beforehand.
type compiled struct {
	*Rule
	user      bool
	providers providerSet
	codes     []codeSpec
	// The numbers of its phrases: [any, all), [all, none), [none, end).
	any, all, none, end int32
	// tier and asks of a match, but for the code and stage.
	tier tier
	asks uint8
}

// role says what a phrase is there for.
type role uint8

const (
	roleAny       role = iota // one of When.Any; use.of is the rule
	roleAll                   // one of When.All
	roleNone                  // one of When.None
	roleMark                  // a provider's mark; use.of is the provider
	roleAgain                 // wording that says that trying again can help
	roleRecipient             // wording that speaks of the recipient
)

// use says what one phrase of the index is there for.
type use struct {
	of   int32
	role role
}

// providerSet is a set of providers, by their places in the provider table.
type providerSet [(maxProviders + 63) / 64]uint64

// maxProviders is how many providers the table may have.
const maxProviders = 192

func (s *providerSet) add(n int)     { s[n>>6] |= 1 << (n & 63) }
func (s *providerSet) isEmpty() bool { return *s == providerSet{} }

func (s *providerSet) union(t providerSet) {
	for i := range s {
		s[i] |= t[i]
	}
}

func (s *providerSet) meets(t *providerSet) bool {
	for i := range s {
		if s[i]&t[i] != 0 {
			return true
		}
	}
	return false
}

// builtin compiles the built-in rules at first use.
var builtin = sync.OnceValue(func() *RuleSet { return compile(nil) })

// Builtin gives the built-in rules. The first call takes a fraction of a
// millisecond.
func Builtin() *RuleSet { return builtin() }

// Rules gives all rules of the set, the user's first.
func (s *RuleSet) Rules() []Rule {
	out := make([]Rule, len(s.rules))
	for i := range s.rules {
		out[i] = *s.rules[i].Rule
	}
	return out
}

// compile makes a RuleSet of the user's rules and the built-in ones. Rules must
// have passed check.
func compile(user []Rule) *RuleSet {
	s := &RuleSet{exact: make(map[uint32][]int32), hosts: make(map[string]providerSet), makers: make(map[string]providerSet)}
	tables := builtinRules()
	rules, codes := len(user), 0
	for _, t := range append(tables, user) {
		rules += len(t)
		for i := range t {
			codes += len(t[i].When.Codes)
		}
	}
	phrases := countPhrases(user)
	s.rules = make([]compiled, 0, rules)
	s.uses = make([]use, 0, phrases)
	s.phrases = &finder{texts: make([]string, 0, phrases)}
	s.codes = make([]codeSpec, 0, codes)
	names := s.addProviders()
	for _, again := range againPhrases {
		s.addPhrase(again, 0, roleAgain)
	}
	for _, words := range recipientPhrases {
		s.addPhrase(words, 0, roleRecipient)
	}
	for i := range user {
		s.addRule(&user[i], true, names)
	}
	for _, t := range tables {
		for i := range t {
			s.addRule(&t[i], false, names)
		}
	}
	s.phrases = newFinder(s.phrases.texts)
	s.states.New = func() any { return newState(s) }
	return s
}

// addProviders files the provider table and gives the places by name.
func (s *RuleSet) addProviders() map[string]int {
	names := make(map[string]int, len(providers))
	for n := range providers {
		p := &providers[n]
		names[p.name] = n
		for _, h := range p.hosts {
			set := s.hosts[h]
			set.add(n)
			s.hosts[h] = set
		}
		for _, g := range p.generators {
			set := s.makers[g]
			set.add(n)
			s.makers[g] = set
		}
		for _, m := range p.marks {
			s.addPhrase(m, int32(n), roleMark)
		}
	}
	return names
}

func (s *RuleSet) addPhrase(text string, of int32, r role) {
	s.phrases.texts = append(s.phrases.texts, text)
	s.uses = append(s.uses, use{of, r})
}

func (s *RuleSet) addRule(r *Rule, user bool, names map[string]int) {
	n := int32(len(s.rules))
	c := compiled{Rule: r, user: user}
	for _, p := range r.When.Provider {
		c.providers.add(names[p])
	}
	from := len(s.codes)
	for _, code := range r.When.Codes {
		spec, _ := parseCode(code)
		s.codes = append(s.codes, spec)
	}
	c.codes = s.codes[from:]
	c.any = int32(len(s.uses))
	for _, p := range r.When.Any {
		s.addPhrase(p, n, roleAny)
	}
	c.all = int32(len(s.uses))
	for _, p := range r.When.All {
		s.addPhrase(p, n, roleAll)
	}
	c.none = int32(len(s.uses))
	for _, p := range r.When.None {
		s.addPhrase(p, n, roleNone)
	}
	c.end = int32(len(s.uses))
	c.tier, c.asks = c.strength()
	s.rules = append(s.rules, c)
	switch {
	case c.any < c.none:
	case len(c.codes) > 0:
		s.fileByCode(n, &c)
	default:
		s.bare = append(s.bare, n)
	}
}

// fileByCode files a rule that has no phrases to find it by.
func (s *RuleSet) fileByCode(n int32, c *compiled) {
	file := func(list *[]int32) {
		if k := len(*list); k == 0 || (*list)[k-1] != n {
			*list = append(*list, n)
		}
	}
	for _, code := range c.codes {
		switch {
		case code.enhanced && code.low == code.high:
			s.exact[code.low] = append(s.exact[code.low], n)
		case code.enhanced:
			file(&s.ranges)
		default:
			for digit := code.low / 100; digit <= code.high/100 && int(digit) < len(s.replies); digit++ {
				file(&s.replies[digit])
			}
		}
	}
}

// strength gives the tier of a match, see there, and how much the rule asks
// for where that counts.
func (c *compiled) strength() (tier, uint8) {
	provider := len(c.When.Provider) > 0
	coded := len(c.When.Codes)+len(c.When.Stages) > 0
	var asks uint8
	for _, has := range []bool{provider, len(c.When.Codes) > 0, len(c.When.Stages) > 0} {
		if has {
			asks++
		}
	}
	text := c.any < c.none
	switch {
	case c.Class == runbook.ClassDeliveryExpired || c.Class == runbook.ClassNoticeDelayed:
		return tierExpired, 0
	case !text:
		return c.codeStrength(provider), asks
	case c.When.Hint:
		if !c.When.Vague {
			asks++
		}
		return tierHint, asks
	case c.When.Vague:
		return tierVague, asks
	case provider && coded:
		return tierProviderTextCode, 0
	case provider:
		return tierProviderText, 0
	case coded:
		return tierTextCode, 0
	}
	return tierText, 0
}

// codeStrength gives the tier of a rule that has codes only.
func (c *compiled) codeStrength(provider bool) tier {
	enhanced := false
	for _, code := range c.codes {
		enhanced = enhanced || code.enhanced
	}
	switch {
	case provider && !c.When.Vague:
		return tierProviderCode
	case enhanced && c.When.Vague:
		return tierVagueCode
	case enhanced:
		return tierEnhanced
	}
	return tierReplyCode
}

// codes are the codes that the evidence shows.
type codes struct {
	reply    int               // the three digits of the innermost reply, or 0
	enhanced smtp.EnhancedCode // in the innermost reply, or zero
	status   smtp.EnhancedCode // the report's own Status field, or zero
}

// fits reports whether any code of the evidence is one that the rule names,
// and how narrowly the best of them is written.
func (c *compiled) fits(have codes) (bool, uint8) {
	if len(c.codes) == 0 {
		return true, 0
	}
	var narrow uint8
	for _, code := range c.codes {
		if code.has(have.enhanced) || code.has(have.status) || code.hasReply(have.reply) || code.none && have.reply == 0 && have.enhanced.IsZero() {
			narrow = max(narrow, code.narrow())
		}
	}
	return narrow > 0, narrow
}

// at reports whether the stage is one that the rule names.
func (c *compiled) at(stage smtp.Stage) bool {
	if slices.Contains(c.When.Stages, stage) {
		return true
	}
	return len(c.When.Stages) == 0
}

// addHost adds the providers that the name of a host tells, in lower case.
func (s *RuleSet) addHost(into *providerSet, host string) {
	for more := host != ""; more; _, host, more = cutLabel(host) {
		into.union(s.hosts[host])
	}
}

// cutLabel parts a host name at its first dot.
func cutLabel(name string) (label, rest string, ok bool) {
	for i := range len(name) {
		if name[i] == '.' {
			return name[:i], name[i+1:], true
		}
	}
	return name, "", false
}
