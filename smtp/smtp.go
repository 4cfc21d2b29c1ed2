// Package smtp holds the words of the protocol that the rest of the program
// shares: replies, enhanced status codes, the stages of a dialogue, and the
// registries that say what each code was meant to mean.
//
// An SMTP server answers every command with a reply (RFC 5321, section 4.2):
// three digits, then text, over one or more lines.
//
//	550-5.1.1 The account does not exist.
//	550 5.1.1 Check the spelling and try again.
//
// The first digit says whether the refusal is for good (5) or for now (4).
// Many servers add an enhanced status code (RFC 3463, RFC 2034) at the start
// of every line: class, subject and detail. Its class digit ought to agree
// with the reply's first digit; real servers break that rule, and the text may
// contradict both.
//
// The package knows nothing of bounces, of files or of the network.
package smtp

// Stage says where in the dialogue a reply was given or a fault occurred.
// The order of a session is connect, banner, ehlo, starttls, auth, mail, rcpt,
// data, eod (RFC 5321, section 3; RFC 3207; RFC 4954).
type Stage string

// The stages of an SMTP dialogue. The empty Stage means that nothing tells.
const (
	StageUnknown  Stage = ""
	StageConnect  Stage = "connect"  // the TCP connection
	StageBanner   Stage = "banner"   // the greeting, RFC 5321 section 4.2
	StageEHLO     Stage = "ehlo"     // EHLO, HELO or LHLO
	StageSTARTTLS Stage = "starttls" // the STARTTLS command or the handshake after it
	StageAuth     Stage = "auth"     // the AUTH exchange
	StageMail     Stage = "mail"     // MAIL FROM
	StageRcpt     Stage = "rcpt"     // RCPT TO
	StageData     Stage = "data"     // the DATA command itself
	StageEOD      Stage = "eod"      // the reply to the end of the data, the lone dot
)

// Stages lists every known stage in the order of a session.
func Stages() []Stage {
	return []Stage{
		StageConnect, StageBanner, StageEHLO, StageSTARTTLS, StageAuth,
		StageMail, StageRcpt, StageData, StageEOD,
	}
}
