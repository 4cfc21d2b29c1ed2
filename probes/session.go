package probes

import (
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/smtpdiag/smtpdiag/smtp"
)

// Role says why a recipient was asked about.
type Role string

// The roles of a recipient in a session.
const (
	RoleTarget  Role = "target"  // the address in question
	RoleControl Role = "control" // an address that is known to be good
	RoleRandom  Role = "random"  // a made-up address that cannot exist
	RoleVariant Role = "variant" // another spelling of the target
)

// Why says what a session was for.
type Why string

// The reasons to hold a session.
const (
	WhyFirst Why = "first"          // the first one with this host
	WhyRest  Why = "rest"           // to ask about the addresses that the one before could not get to
	WhyPlain Why = "plain-fallback" // without TLS, because the handshake failed, as opportunistic senders do
	WhyRetry Why = "retry"          // a later try, to tell greylisting from refusal
)

// FaultKind says how a session ended before its time.
type FaultKind string

// The kinds of faults. Each means something different to the person who has to
// act, so they are never folded into one.
const (
	FaultNoAddress   FaultKind = "no-address"  // the host has no address to connect to
	FaultLookup      FaultKind = "lookup"      // the host's addresses could not be found out
	FaultForbidden   FaultKind = "forbidden"   // the address may not be connected to; nothing was sent
	FaultRefused     FaultKind = "refused"     // the TCP connection was refused
	FaultUnreachable FaultKind = "unreachable" // there is no route to the host
	FaultTimeout     FaultKind = "timeout"     // a connection or a reply did not come in time
	FaultDropped     FaultKind = "dropped"     // the peer closed or reset the connection
	FaultGarbage     FaultKind = "garbage"     // what came is no SMTP reply
	FaultTooLong     FaultKind = "too-long"    // a line, a reply or the session is over its size limit
	FaultTLS         FaultKind = "tls"         // TLS could not be had or is not trusted where it is required
	FaultLocal       FaultKind = "local"       // this machine could not do its part
	FaultCanceled    FaultKind = "canceled"    // the user stopped the program
)

// FaultError is what went wrong at one step other than a reply that says no.
type FaultError struct {
	Kind FaultKind
	// Stage is where the dialogue stood.
	Stage smtp.Stage
	// Text says what happened in a few words for a person.
	Text string
}

// Error gives the text of the fault.
func (f *FaultError) Error() string { return f.Text }

// Step is one exchange: what was sent and what came back.
type Step struct {
	Stage smtp.Stage
	// Command is the line that was sent, without its line end; for the
	// connection "connect IP:PORT", for a TLS handshake "TLS handshake", and ""
	// where the server spoke first.
	Command string
	// Recipient is the address that a RCPT TO was about, "" for other steps.
	Recipient string
	// Reply holds every line of the answer. It may be there beside a Fault: what
	// came before the connection broke.
	Reply smtp.Reply
	// At is when the step began, Took how long it lasted.
	At   time.Time
	Took time.Duration
	// Fault is what went wrong, or nil.
	Fault *FaultError
}

// Recipient is what a session learned about one address.
type Recipient struct {
	// Address is the address as it was given to the session.
	Address string
	Role    Role
	// Of is the target that a variant is another spelling of, or "".
	Of string
	// Reply answers RCPT TO; zero where none came.
	Reply smtp.Reply
	// First is an earlier answer that spoke of the transaction and not of the
	// address ("too many recipients"), after which it was asked again.
	First smtp.Reply
	Took  time.Duration
	// Asked is true once RCPT TO was sent.
	Asked bool
	// Skipped says why RCPT TO was not sent although the session went on, or "".
	Skipped Skip
	// Fault is what kept the reply from coming, or nil.
	Fault *FaultError
}

// Skip says why a session did not ask about a recipient.
type Skip string

// The reasons to leave a recipient out.
const (
	SkipNone     Skip = ""
	SkipUTF8     Skip = "smtputf8"       // the address needs SMTPUTF8, which the server does not offer, RFC 6531
	SkipLimit    Skip = "limit"          // the server's LIMITS extension leaves no room, RFC 9422
	SkipTooLong  Skip = "too-long"       // longer than a command line may be, RFC 5321 section 4.5.3.1
	SkipInvalid  Skip = "invalid"        // holds a character that must not stand in a command
	SkipAborted  Skip = "session-ended"  // the session ended before its turn
	SkipRejected Skip = "sender-refused" // MAIL FROM was refused, so that no recipient can be named
)

// Accepted reports whether the server took the address.
func (r Recipient) Accepted() bool {
	return r.Reply.Code >= 200 && r.Reply.Code < 300 && r.Fault == nil
}

// Session is the record of one dialogue with one mail host. It holds facts
// only; what they mean is judged elsewhere.
type Session struct {
	// Host is the name that was asked for, IP the address that answered or was
	// tried last.
	Host string
	IP   netip.Addr
	Port uint16
	// Preference is that of the MX record, or -1 where there is none.
	Preference int
	// Local is this machine's end of the connection.
	Local netip.AddrPort
	// Started is when the first connection was tried.
	Started time.Time
	// Why says what the session was for.
	Why Why
	// HELO and From are the names that this side gave.
	HELO string
	From string
	// Steps holds every exchange in order.
	Steps []Step
	TLS   TLSRecord
	// Extensions are the EHLO keywords that were in force at MAIL FROM, with
	// their parameters, in the order of the server.
	Extensions []string
	Recipients []Recipient
	// Unsolicited holds lines that the server sent unasked.
	Unsolicited []string
	// Fault is what ended the session before its time, or nil.
	Fault *FaultError
	// Refused is the stage before RCPT TO at which a reply ended the session, or "".
	Refused smtp.Stage
}

// Limit gives the number in the parameter of an EHLO keyword ("SIZE"). ok is
// false where the keyword is absent or has no number, as some servers do.
func (s *Session) Limit(keyword string) (n int64, ok bool) {
	param, found := s.Extension(keyword)
	if !found {
		return 0, false
	}
	n, err := strconv.ParseInt(strings.TrimSpace(param), 10, 64)
	return n, err == nil && n >= 0
}

// Extension gives the parameters of an EHLO keyword; found is false where the
// server did not offer it. Keywords are matched without regard to case, RFC
// 5321 section 2.4.
func (s *Session) Extension(keyword string) (params string, found bool) {
	return extension(s.Extensions, keyword)
}

func extension(extensions []string, keyword string) (params string, found bool) {
	for _, e := range extensions {
		name, rest, _ := strings.Cut(e, " ")
		if strings.EqualFold(name, keyword) {
			return rest, true
		}
	}
	return "", false
}

// limits reads the LIMITS extension, RFC 9422 section 2: "LIMITS MAILMAX=1 RCPTMAX=10".
// Zero means no limit; senseless values are not believed.
func limits(extensions []string) (mailMax, rcptMax, domainMax int) {
	params, _ := extension(extensions, "LIMITS")
	for field := range strings.FieldsSeq(params) {
		name, value, _ := strings.Cut(field, "=")
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 {
			continue
		}
		switch strings.ToUpper(name) {
		case "MAILMAX":
			mailMax = n
		case "RCPTMAX":
			rcptMax = n
		case "RCPTDOMAINMAX":
			domainMax = n
		}
	}
	return mailMax, rcptMax, domainMax
}

// Refusal gives the step whose reply ended the session before RCPT TO, or nil.
func (s *Session) Refusal() *Step {
	if s.Refused == "" {
		return nil
	}
	for i := len(s.Steps) - 1; i >= 0; i-- {
		if step := &s.Steps[i]; step.Stage == s.Refused && !step.Reply.IsZero() {
			return step
		}
	}
	return nil
}
