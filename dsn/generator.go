package dsn

import (
	"slices"
	"strings"
)

// sign is words that tell the product.
type sign struct {
	words     string // in lower case, but those of a delivery status
	generator string
}

// mailerSigns are words of X-Mailer, User-Agent and the like.
var mailerSigns = []sign{
	{"<smtp32", "imail"},
	{"imail", "imail"},
	{"m-filter", "mfilter"},
	{"surfcontrol", "surfcontrol"},
	{"mailenable", "mailenable"},
	{"mdaemon", "mdaemon"},
	{"xmail", "xmail"},
	{"kerio", "kerio"},
	{"internet mail service", "exchange"},
	{"microsoft exchange", "exchange"},
	{"communigate", "communigate"},
	{"icewarp", "icewarp"},
	{"merak", "icewarp"},
	{"smartermail", "smartermail"},
	{"groupwise", "groupwise"},
	{"lotus", "notes"},
	{"mercury", "mercury"},
	{"hmailserver", "hmailserver"},
	{"surgemail", "surgemail"},
	{"argosoft", "argosoft"},
	{"zoho", "zoho"},
	{"mail.ru", "mail.ru"},
	{"amazon workmail", "amazonworkmail"},
}

// receivedSigns are words of the Received field that the reporter itself wrote,
// the lowest one of the report.
var receivedSigns = []sign{
	{"(postfix", "postfix"},
	{"(exim", "exim"},
	{"(opensmtpd", "opensmtpd"},
	{"(qmail ", "qmail"},
	{"(dragonfly mail agent", "dma"},
	{"(haraka", "haraka"},
	{"(communigate", "communigate"},
	{"(mdaemon", "mdaemon"},
	{"(powermta", "powermta"},
	{"(ecelerity", "momentum"},
	{"(kumomta", "kumomta"},
	{"(zonemta", "zonemta"},
	{"microsoft smtp server", "exchange"},
	{"microsoft smtpsvc", "exchange"},
	{"(mimecast", "mimecast"},
	{"(sun java system messaging server", "messagingserver"},
	{"(oracle communications messaging", "messagingserver"},
	{"with dsn", "courier"},
	{"lotus domino", "notes"},
	{"sendmail", "sendmail"},
}

// bodySigns are words of the text for people.
var bodySigns = []sign{
	{"this is the postfix program", "postfix"},
	{"this is the mail system at host", "postfix"},
	{"this is the qmail-send program", "qmail"},
	{"mail delivery software (exim)", "exim"},
	{"was created automatically by mail delivery software", "exim"},
	{"running the courier mail server", "courier"},
	{"dragonfly mail agent", "dma"},
	{"this is the mailer-daemon, please do not reply to this", "opensmtpd"},
	{"program amavisd-new", "amavis"},
	{"james mail server", "james"},
	{"haraka mailer program", "haraka"},
	{"(ecelerity)", "momentum"},
}

// statusSigns are fields of a delivery status, as their products write them.
var statusSigns = []sign{
	{"X-Postfix-", "postfix"},
	{"Diagnostic-Code: X-Postfix", "postfix"},
	{"X-PowerMTA-", "powermta"},
	{"X-Display-Name:", "exchange"},
	{"X-Notes;", "notes"},
	{"X-Haraka", "haraka"},
	{"X-Supplementary-Info:", "exchange"},
}

// fieldSigns are header fields that one product only writes.
var fieldSigns = []struct{ name, generator string }{
	{"X-Postfix-Queue-ID", "postfix"},
	{"X-MS-Exchange-Message-Is-Ndr", "exchange"},
	{"X-MS-Exchange-Organization-SCL", "exchange"},
	{"X-MDaemon-Deliver-To", "mdaemon"},
	{"X-MDMailing-List", "mdaemon"},
	{"X-XMail-Version", "xmail"},
	{"X-Barracuda-Connect", "barracuda"},
	{"X-PowerMTA-BounceType", "powermta"},
	{"X-Haraka-Relay", "haraka"},
	{"X-SurfControl-From", "surfcontrol"},
	{"X-Mimecast-Bounce", "mimecast"},
}

func signIn(text string, signs []sign) string {
	for _, s := range signs {
		if strings.Contains(text, s.words) {
			return s.generator
		}
	}
	return ""
}

// generator names the product that made the report, as its header and its text
// tell, or "".
func (m *message) generator() string {
	if g := m.mailerGenerator(); g != "" {
		return g
	}
	if g := m.signatureGenerator(); g != "" {
		return g
	}
	for i := range fieldSigns {
		if m.header.field(fieldSigns[i].name) != nil {
			return fieldSigns[i].generator
		}
	}
	return ""
}

// mailerGenerator reads the fields in which a program names itself.
func (m *message) mailerGenerator() string {
	for _, name := range []string{"X-Mailer", "User-Agent", "X-Mailer-Version"} {
		if f := m.header.field(name); f != nil {
			if g := signIn(lowerASCII(f.value), mailerSigns); g != "" {
				return g
			}
		}
	}
	return ""
}

// signatureGenerator knows products by the text, by the delivery status, by the
// form of their identifiers, and by the Received field that the reporter wrote.
func (m *message) signatureGenerator() string {
	for i := range m.parts {
		p := &m.parts[i]
		if !isStatusPart(p) || isOriginalPart(p) {
			continue
		}
		if g := signIn(p.body[:min(len(p.body), 1024)], statusSigns); g != "" {
			return g
		}
		break
	}
	head := m.body.lower[:min(len(m.body.lower), 1024)]
	if g := signIn(head, bodySigns); g != "" {
		return g
	}
	if f := m.header.field("Content-Type"); f != nil && strings.Contains(f.value, "-eximdsn-") {
		return "exim"
	}
	return m.receivedGenerator()
}

// isLocalHop reports whether a Received field tells of a message that the
// system made itself.
func isLocalHop(received string) bool {
	if strings.HasPrefix(received, "by ") || strings.HasPrefix(received, "(") {
		return true
	}
	for _, w := range []string{"localhost", "with local", "[local]", "invoked for bounce", "internal id", "with dsn", "127.0.0.1"} {
		if strings.Contains(received, w) {
			return true
		}
	}
	return false
}

// receivedGenerator reads the lowest Received field of the report: that of the
// system that made it. Sendmail writes its version in place of its name.
func (m *message) receivedGenerator() string {
	for _, f := range slices.Backward(m.header) {
		if !strings.EqualFold(f.name, "Received") {
			continue
		}
		value := lowerASCII(unfold(f.value))
		if !isLocalHop(value) {
			break // it came from elsewhere already when this was written
		}
		if g := signIn(value, receivedSigns); g != "" {
			return g
		}
		if n := strings.Index(value, " (8."); n >= 0 && strings.Contains(value[n:], "/8.") {
			return "sendmail"
		}
		break
	}
	if strings.HasPrefix(lowerASCII(m.header.get("From")), "mail delivery subsystem") && m.body.has("the original message was received at") {
		return "sendmail"
	}
	return ""
}
