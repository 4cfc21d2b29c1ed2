package smtp

import "strings"

// stageWord is words that tell a stage.
type stageWord struct {
	words string
	stage Stage
}

// stageWords are the words in which mail systems tell where the dialogue
// stood, in lower case. The order is from words that name a stage beyond doubt
// to words that only hint at one.
var stageWords = []stageWord{
	// Postfix.
	{"in reply to end of data", StageEOD},
	{"in reply to rcpt", StageRcpt},
	{"in reply to mail", StageMail},
	{"in reply to data", StageData},
	{"in reply to bdat", StageEOD},
	{"in reply to ehlo", StageEHLO},
	{"in reply to helo", StageEHLO},
	{"in reply to lhlo", StageEHLO},
	{"in reply to starttls", StageSTARTTLS},
	{"in reply to auth", StageAuth},
	{"while sending rcpt to", StageRcpt},
	{"while sending mail from", StageMail},
	{"while sending end of data", StageEOD},
	{"while sending message body", StageEOD},
	{"while sending data command", StageData},
	{"while receiving the initial server greeting", StageBanner},
	{"while receiving the starttls", StageSTARTTLS},
	{"while performing the initial protocol handshake", StageBanner},
	{"while performing the ehlo handshake", StageEHLO},
	{"while performing the helo handshake", StageEHLO},
	{"while performing the lhlo handshake", StageEHLO},
	{"refused to talk to me", StageBanner},
	// Exim.
	{"after end of data", StageEOD},
	{"after pipelined end of data", StageEOD},
	{"after sending data block", StageEOD},
	{"after pipelined sending data block", StageEOD},
	{"after initial connection", StageBanner},
	{"after rcpt to", StageRcpt},
	{"after pipelined rcpt to", StageRcpt},
	{"after mail from", StageMail},
	{"after pipelined mail from", StageMail},
	{"after pipelined data", StageData},
	{"after final data", StageEOD}, // DragonFly Mail Agent
	{"after data:", StageData},
	{"after data ", StageData},
	{"after ehlo", StageEHLO},
	{"after helo", StageEHLO},
	{"after starttls", StageSTARTTLS},
	{"after auth", StageAuth},
	// qmail.
	{"does not like recipient", StageRcpt},
	{"does not like sender", StageMail},
	{"but recipient was rejected", StageRcpt},
	{"but sender was rejected", StageMail},
	{"but my name was rejected", StageEHLO},
	{"but greeting failed", StageBanner},
	{"failed after i sent the message", StageEOD},
	{"failed on data command", StageData},
	{"but connection died", StageUnknown},
	{"wasn't able to establish an smtp connection", StageConnect},
	// Gateways and others that name the step.
	{"smtp:rcpt", StageRcpt},
	{"smtp:mail", StageMail},
	{"smtp:data", StageData},
	{"smtp:ehlo", StageEHLO},
	{"smtp:helo", StageEHLO},
	{"smtp:connect", StageConnect},
	{"smtp:eom", StageEOD},
	{"smtp:eot", StageEOD},
	{"after rcpt command", StageRcpt},
	{"after mail command", StageMail},
	{"after data command", StageData},
	{"after text command", StageEOD},
	{"for rcpt command", StageRcpt},
	{"for mail command", StageMail},
	{"for rcpt to command", StageRcpt},
	{"for mail from command", StageMail},
	{"for data command", StageData},
	{"for text command", StageEOD},
	{"for ehlo command", StageEHLO},
	{"for helo command", StageEHLO},
	{"did not like our rcpt to", StageRcpt},
	{"did not like our mail from", StageMail},
	{"did not like our final data", StageEOD},
	{"did not like our data", StageData},
	{"did not like our ehlo", StageEHLO},
	{"did not like our helo", StageEHLO},
	{"following rcpt command", StageRcpt},
	{"following mail command", StageMail},
	{"following data command", StageEOD},
	{"response to rcpt", StageRcpt},
	{"response to mail from", StageMail},
	{"response to end of data", StageEOD},
	{"response to data", StageData},
	{"reply to rcpt", StageRcpt},
	{"reply to mail", StageMail},
	{"reply to end of data", StageEOD},
	{"during rcpt to", StageRcpt},
	{"during mail from", StageMail},
	{"error sending rcpt to", StageRcpt},
	{"remote smtp server has rejected address", StageRcpt},
	{"remote smtp server has rejected the address", StageRcpt},
	{"remote smtp server has rejected message", StageEOD},
	{"(rcpt to)", StageRcpt},
	{"(mail from)", StageMail},
	{"command: rcpt to", StageRcpt},
	{"command: mail from", StageMail},
	{"command was: rcpt", StageRcpt},
	{"body of message generated response", StageEOD}, // IMail
	{"(while in rcpt to state", StageRcpt},           // Momentum
	{"(after rcpt to)", StageRcpt},
	{"(after mail from)", StageMail},
	{"(reading confirmation)", StageEOD},
	{"(reading banner)", StageBanner},
	{"end of data", StageEOD},
	// Transcripts.
	{"(initial greeting)", StageBanner},
	{">>> rcpt to", StageRcpt},
	{">>> mail from", StageMail},
	{">>> ehlo", StageEHLO},
	{">>> helo", StageEHLO},
	{">>> starttls", StageSTARTTLS},
	{">>> auth", StageAuth},
	{">>> data", StageData},
	{"exceeds size limit", StageMail}, // RFC 1870: the client gave up before MAIL FROM
	{"message too large for peer", StageMail},
	{"smtputf8 is required, but was not offered", StageMail},
	{"smtputf8 required, but", StageMail},
	// TLS and authentication of the client's side.
	{"cannot start tls", StageSTARTTLS},
	{"refused to start tls", StageSTARTTLS},
	{"server certificate not", StageSTARTTLS},
	{"server certificate verification", StageSTARTTLS},
	{"certificate verification failed", StageSTARTTLS},
	{"tls session", StageSTARTTLS},
	{"tls error on connection", StageSTARTTLS},
	{"tls handshake", StageSTARTTLS},
	{"tls negotiation", StageSTARTTLS},
	{"tls is required, but was not offered", StageSTARTTLS},
	{"tls connect failed", StageSTARTTLS},
	{"sasl authentication failed", StageAuth},
	// Network trouble.
	{"connect to ", StageConnect},
	{"connecting to ", StageConnect},
	{"failed connect()", StageConnect},
	{"could not connect to", StageConnect},
	{"unable to connect to", StageConnect},
	{"did not accept our requests to connect", StageConnect},
	{"connection timed out during user open", StageConnect},
	{"connection refused by", StageConnect},
}

// stageHints are words of replies that by their system's own rules are given
// at one step, in lower case. They count only where nothing tells the stage,
// and only at the start of a reply's text or behind its address.
var stageHints = []stageWord{
	{"recipient address rejected", StageRcpt},
	{"relay access denied", StageRcpt},
	{"relaying denied", StageRcpt},
	{"relay not permitted", StageRcpt},
	{"unrouteable address", StageRcpt},
	{"unrouted address", StageRcpt},
	{"user unknown", StageRcpt},
	{"unknown user", StageRcpt},
	{"unknown recipient", StageRcpt},
	{"recipient unknown", StageRcpt},
	{"unknown or illegal", StageRcpt},
	{"unknown address", StageRcpt},
	{"address unknown", StageRcpt},
	{"address unavailable", StageRcpt},
	{"address does not exist", StageRcpt},
	{"no such mailbox", StageRcpt},
	{"no such account", StageRcpt},
	{"no such address", StageRcpt},
	{"no such person", StageRcpt},
	{"no mailbox here", StageRcpt},
	{"mailbox does not exist", StageRcpt},
	{"mailbox doesn't exist", StageRcpt},
	{"user not found", StageRcpt},
	{"user does not exist", StageRcpt},
	{"user doesn't exist", StageRcpt},
	{"account does not exist", StageRcpt},
	{"account doesn't exist", StageRcpt},
	{"recipient does not exist", StageRcpt},
	{"recipient refused", StageRcpt},
	{"recipient rejected", StageRcpt},
	{"recipient no longer", StageRcpt},
	{"mailbox owner has changed", StageRcpt},
	{"not our customer", StageRcpt},
	{"not our user", StageRcpt},
	{"not a local user", StageRcpt},
	{"greylist", StageRcpt},
	{"graylist", StageRcpt},
	{"not permitted to relay", StageRcpt},
	{"unable to relay", StageRcpt},
	{"relay denied", StageRcpt},
	{"relaying not allowed", StageRcpt},
	{"we do not relay", StageRcpt},
	{"on the suppression list", StageRcpt},
	{"access denied, bad outbound sender", StageRcpt},
	{"non-ascii addresses not permitted", StageRcpt},
	{"previous (cached) callout", StageRcpt},
	{"no such user", StageRcpt},
	{"no such recipient", StageRcpt},
	{"no mailbox here by that name", StageRcpt},
	{"invalid recipient", StageRcpt},
	{"invalid mailbox", StageRcpt},
	{"mailbox unavailable", StageRcpt},
	{"mailbox disabled", StageRcpt},
	{"mailbox not found", StageRcpt},
	{"account disabled", StageRcpt},
	{"does not exist here", StageRcpt},
	{"the email account that you tried to reach", StageRcpt},
	{"recipient's inbox is out of storage", StageRcpt},
	{"recipient not found", StageRcpt},
	{"isn't in my list of allowed rcpthosts", StageRcpt},
	{"callout verification failure", StageRcpt},
	{"sender verify failed", StageRcpt},
	{"not allowed to send mail from", StageRcpt}, // Exim's SPF check
	{"client host rejected", StageRcpt},
	{"client host [", StageRcpt},
	{"sender address rejected", StageRcpt},
	{"helo command rejected", StageRcpt},
	{"ambiguous recipient", StageRcpt},
	{"administrative prohibition", StageRcpt},
	{"too many recipients", StageRcpt},
	{"message contains a virus", StageEOD},
	{"looks like spam", StageEOD},
	{"spam message rejected", StageEOD},
	{"message rejected due to local policy", StageEOD},
	{"considered spam", StageEOD},
	{"detected as spam", StageEOD},
	{"high probability of spam", StageEOD},
	{"local error in processing", StageEOD},
	{"requested mail action aborted", StageEOD},
	{"sorry, your message to", StageEOD},
	{"message contains malware", StageEOD},
	{"virus (", StageEOD},
	{"message content not allowed", StageEOD},
	{"message content rejected", StageEOD},
	{"blocked because its content", StageEOD},
	{"message file too big", StageEOD},
	{"header syntax", StageEOD},
	{"dkim signature verification failed", StageEOD},
	{"dmarc policy", StageEOD},
	{"delivery restriction check failed", StageEOD},
	{"storedrv.", StageEOD},
	{"conversion required but not supported", StageEOD},
	{"ptr record setup", StageEOD},
	{"data loss prevention", StageEOD},
	{"transaction failed", StageEOD},
	{"must issue a starttls command", StageMail},
	{"too much mail from", StageMail},
	{"insufficient system storage", StageMail},
	{"message size exceeds fixed", StageMail},
	{"message size exceeds maximum permitted", StageMail},
	{"too many concurrent smtp connections", StageBanner},
	{"too many connections from", StageBanner},
	{"no smtp service here", StageBanner},
	{"too much load", StageBanner},
}

var (
	stageIndex = newPhraseIndex(wordsOf(stageWords))
	hintIndex  = newPhraseIndex(wordsOf(stageHints))
)

func wordsOf(list []stageWord) []string {
	words := make([]string, len(list))
	for i := range list {
		words[i] = list[i].words
	}
	return words
}

// stageOf gives the stage that the words of a lower-cased text tell: the first
// of the list that stands in it.
func stageOf(lower string) Stage {
	best := len(stageWords)
	stageIndex.each(lower, func(n, at int) bool {
		if n < best && (stageWords[n].stage != StageConnect || saysConnect(lower, at)) {
			best = n
		}
		return best == 0
	})
	if best == len(stageWords) {
		return StageUnknown
	}
	return stageWords[best].stage
}

// saysConnect reports whether words about a connection speak of its failing,
// and not of a refusal after it.
func saysConnect(lower string, at int) bool {
	rest := lower[at:]
	if strings.HasSuffix(lower[:at], "address: ") {
		return false // what the server met when it verified the address
	}
	for _, w := range []string{"timed out", "time-out", "timeout", "refused", "route", "unreachable", "requests to connect", "failed", "reset", "could not connect", "unable to connect"} {
		if strings.Contains(rest, w) {
			return true
		}
	}
	return !strings.Contains(lower, "from ") && !strings.Contains(lower, "said")
}

// pipelinedStage gives the stage of a reply that a client which sends its
// commands ahead (RFC 2920) saw when it had sent the whole message: Exim names
// the command that it sent last, "after pipelined end of data", and the answer
// may be to one before it. Words that are given at one step only tell which.
func pipelinedStage(stage Stage, lower string, reply Reply) Stage {
	if stage != StageEOD || !strings.Contains(lower, "after pipelined ") {
		return stage
	}
	if usual := hintedStage(LowerASCII(reply.Text()), reply.Enhanced); usual != StageUnknown {
		return usual
	}
	return stage
}

// hintedStage gives the stage at which a reply with such words is given.
func hintedStage(lower string, code EnhancedCode) Stage {
	stage := StageUnknown
	switch {
	case code.Subject == 1 && code.Detail != 2 && code.Detail != 7 && code.Detail != 8:
		stage = StageRcpt // RFC 3463 section 3.2: about the recipient's address
	case code.Subject == 6 && code.Detail != 7, code.Subject == 7 && code.Detail == 26:
		stage = StageEOD // about the content, or what needs the header
	}
	hintIndex.each(lower, func(n, _ int) bool {
		stage = stageHints[n].stage
		return true
	})
	return stage
}
