package dsn

import "strings"

// challengeMarks name a product that asks senders to prove to be people, or
// are what such a product says, in lower case.
var challengeMarks = listOf(
	"spamarrest.com", "spam arrest", "boxbe", "bluebottle.com", "mailinblack", "mail in black", "tmda.net", "(tmda", "spamblocker", "knowspam", "mailblocks", "choicemail", "qconfirm", "spamlion", "vanquish", "0spam.com", "cleanmymailbox", "sendio", "antispam uol", "antispam-uol", "tira-teima", "active spam killer", "spamihilator", "captchasender", "challenge-response", "challenge/response", "challenge response", "fairuce", "ipermitmail", "uolantispam", "anti-spam do uol", "spamcease", "spam-x", "confirmation-request", "messagewall", "despammed", "ubisend", "spamhold", "whitelistd", "bouncer protected", "mailfrontier", "verimail",
	"to control spam, i now allow incoming messages only from senders i have approved", "prove that you are", "prove you are", "prove you're", "verify that you are a human", "verify that you are a real", "verify you are human", "i am a human", "sender verification required", "sender address verification", "verify your email so", "verify yourself", "not a spammer", "you are not a spam", "that you are not an automated", "to release your message for delivery", "message is being held because the address", "being held until you", "one-time verification", "one time verification", "approved sender", "allowed senders list", "approved senders", "my approved", "whitelist request", "confirm your message", "confirm that you sent", "confirm the message", "confirmation of your message", "confirm this message", "reply to this message to confirm", "please confirm your email by", "please confirm that you", "just this once, click", "guest list",
	"confirmez votre envoi", "authentifi", "vous authentifier", "um ihre nachricht zuzustellen", "bestätigen sie", "confirme que", "confirmar o envio", "confirmar su mensaje", "confirma el envío", "para que a sua mensagem", "подтвердите, что", "подтвердить отправку",
)

// challengeSentences are whole sentences that nobody else writes, in lower
// case: they need neither a subject nor a field beside them.
var challengeSentences = listOf(
	"to control spam, i now allow incoming messages only from", "is being held because the address", "is being held because your address", "has been held because your address", "to release your message for delivery", "your message was waitlisted", "your message has been waitlisted", "your email address is not on my approved", "you must confirm that you are a real person", "you need to prove that you are a real person", "to prove that your message was sent by a human",
)

// challengeSubjects are words of the subjects of challenges, in lower case.
var challengeSubjects = listOf(
	"please confirm your message", "please confirm (", "please confirm your mail", "please confirm your e", "confirm your mail", "confirm your email to", "re: verify your email to", "verification required", "action required to deliver", "please verify", "verify your email", "verification request", "sender verification", "sender authentication", "confirm delivery", "message held", "unconfirmed message", "confirmation needed for your", "your email requires verification", "challenge", "spamblocker", "boxbe", "via boxbe", "antispam uol", "authentification requise", "demande d'authentification", "confirmation de votre", "validez votre", "please authenticate", "requires confirmation", "suspected spam - please", "spam arrest", "[qconfirm", "bitte bestätigen sie", "verificação de remetente",
)

// isChallenge reports whether m asks its sender to prove to be a person before
// it is delivered. Confirmations of subscriptions are none.
func (m *message) isChallenge() bool {
	if m.bare || len(m.body.lower) == 0 {
		return false
	}
	for _, name := range []string{"X-TMDA-Confirm", "X-Delivery-Agent", "X-Boxbe-Uid", "X-UOL-AntiSpam", "X-SpamArrest"} {
		if v := m.header.get(name); v != "" && (name != "X-Delivery-Agent" || strings.Contains(v, "TMDA")) {
			return true
		}
	}
	if challengeSentences.in(m.body.lower[:min(len(m.body.lower), 2<<10)]) && !m.fromReporter() {
		return true
	}
	titled := challengeSubjects.in(m.lowerSubject)
	if !titled && (!m.isAutomatic() || m.fromReporter()) {
		return false
	}
	lower := m.body.lower[:min(len(m.body.lower), 8<<10)]
	marked := challengeMarks.in(lower)
	if !marked && !titled || strings.Contains(lower, "subscri") {
		return false
	}
	asks := containsAny(lower, []string{"confirm", "verif", "click", "reply", "follow", "link", "approv", "release", "authenti", "http", "cliqu", "clic", "bestätig", "подтверд"})
	return asks && (marked && (titled || m.isAutomatic()) || titled && m.isAutomatic())
}

// isAutomatic reports whether the header says that no person sent the message.
func (m *message) isAutomatic() bool {
	if v := lowered(m.header.get("Auto-Submitted")); v != "" && !strings.HasPrefix(v, "no") {
		return true
	}
	if strings.TrimSpace(m.header.get("Return-Path")) == "<>" || m.answers() {
		return true
	}
	switch lowered(m.header.get("Precedence")) {
	case "bulk", "junk", "auto_reply":
		return true
	}
	return strings.HasPrefix(m.lowerSubject, "re:") && m.header.field("In-Reply-To") != nil || m.fromReporter()
}
