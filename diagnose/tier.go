package diagnose

// tier ranks what a rule matched. This is the one place that says which of
// several matching rules wins:
//
//  1. the higher tier;
//  2. in one tier, a rule of the user before a built-in one;
//  3. then, among rules that are vague or have codes only, the one that asks for
//     more (provider, code, stage); elsewhere the tier says it already;
//  4. then the rule that matched more bytes of the text, where an identifier
//     such as "ofr_506" counts for more than prose (see identifierBonus);
//  5. then the more narrowly written code ("5.7.606" before "5.7.600-5.7.699"
//     before "X.7.1");
//  6. then the identifier, so that the same evidence always gets the same
//     answer. A test forbids that this ever decides between two classes.
type tier uint8

// The tiers, from the weakest.
const (
	// tierNone is for no match.
	tierNone tier = iota
	// tierReplyCode is a reply code without any words: "550".
	tierReplyCode
	// tierVagueCode is an enhanced code that many causes share: X.0.0, X.7.1.
	tierVagueCode
	// tierHint is words that only hint at a cause: "quota".
	tierHint
	// tierExpired is wording or a code that says only that retries ran out. It
	// gives way to whatever names the reason why they were needed.
	tierExpired
	// tierVague is wording that many causes share: "access denied".
	tierVague
	// tierEnhanced is an enhanced code that names a cause: 5.2.2.
	tierEnhanced
	// tierProviderCode is a code with a meaning of its own at one provider.
	tierProviderCode
	// tierText is wording that names a cause.
	tierText
	// tierTextCode is such wording together with a code or at a stage.
	tierTextCode
	// tierProviderText is the wording of one provider.
	tierProviderText
	// tierProviderTextCode is the same together with a code or at a stage.
	tierProviderTextCode
)

// rank is the strength of one match; see tier.
type rank struct {
	tier   tier
	user   bool
	asks   uint8  // how many of provider, codes and stages the rule names
	bytes  uint16 // of the text that matched
	narrow uint8  // how narrowly the code is written
}

// less reports whether r loses to s.
func (r rank) less(s rank) bool {
	switch {
	case r.tier != s.tier:
		return r.tier < s.tier
	case r.user != s.user:
		return s.user
	case r.asks != s.asks:
		return r.asks < s.asks
	case r.bytes != s.bytes:
		return r.bytes < s.bytes
	}
	return r.narrow < s.narrow
}
