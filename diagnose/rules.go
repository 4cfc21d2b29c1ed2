package diagnose

// builtinRules lists the tables of built-in rules, one file a line. Their
// order means nothing: see tier.
func builtinRules() [][]Rule {
	return [][]Rule{
		codeRules,
		recipientRules,
		domainRules,
		networkRules,
		backendRules,
		policyRules,
		authRules,
		contentRules,
	}
}
