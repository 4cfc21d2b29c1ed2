package dsn

import (
	"slices"
	"strings"
	"sync"
)

// sign is words that tell the product.
type sign struct {
	words     string // in lower case, but those of a delivery status
	generator string
}

// mailerSigns are words of X-Mailer, User-Agent and the like.
var mailerSigns = signsOf(
	sign{"<smtp32", "imail"},
	sign{"imail", "imail"},
	sign{"m-filter", "mfilter"},
	sign{"surfcontrol", "surfcontrol"},
	sign{"mailenable", "mailenable"},
	sign{"mdaemon", "mdaemon"},
	sign{"xmail", "xmail"},
	sign{"kerio", "kerio"},
	sign{"internet mail service", "exchange"},
	sign{"microsoft exchange", "exchange"},
	sign{"communigate", "communigate"},
	sign{"icewarp", "icewarp"},
	sign{"merak", "icewarp"},
	sign{"smartermail", "smartermail"},
	sign{"groupwise", "groupwise"},
	sign{"lotus", "notes"},
	sign{"mercury", "mercury"},
	sign{"hmailserver", "hmailserver"},
	sign{"surgemail", "surgemail"},
	sign{"argosoft", "argosoft"},
	sign{"zoho", "zoho"},
	sign{"mail.ru", "mail.ru"},
	sign{"amazon workmail", "amazonworkmail"},
)

// receivedSigns are words of the Received field that the reporter itself wrote,
// the lowest one of the report.
var receivedSigns = signsOf(
	sign{"(postfix", "postfix"},
	sign{"(exim", "exim"},
	sign{"(opensmtpd", "opensmtpd"},
	sign{"(qmail ", "qmail"},
	sign{"(dragonfly mail agent", "dma"},
	sign{"(haraka", "haraka"},
	sign{"(communigate", "communigate"},
	sign{"(mdaemon", "mdaemon"},
	sign{"(powermta", "powermta"},
	sign{"(ecelerity", "momentum"},
	sign{"(kumomta", "kumomta"},
	sign{"(zonemta", "zonemta"},
	sign{"microsoft smtp server", "exchange"},
	sign{"microsoft smtpsvc", "exchange"},
	sign{"(mimecast", "mimecast"},
	sign{"(sun java system messaging server", "messagingserver"},
	sign{"(oracle communications messaging", "messagingserver"},
	sign{"with dsn", "courier"},
	sign{"lotus domino", "notes"},
	sign{"sendmail", "sendmail"},
)

// bodySigns are words of the text for people.
var bodySigns = signsOf(
	sign{"this is the postfix program", "postfix"},
	sign{"this is the mail system at host", "postfix"},
	sign{"this is the qmail-send program", "qmail"},
	sign{"mail delivery software (exim)", "exim"},
	sign{"was created automatically by mail delivery software", "exim"},
	sign{"running the courier mail server", "courier"},
	sign{"dragonfly mail agent", "dma"},
	sign{"this is the mailer-daemon, please do not reply to this", "opensmtpd"},
	sign{"program amavisd-new", "amavis"},
	sign{"james mail server", "james"},
	sign{"haraka mailer program", "haraka"},
	sign{"(ecelerity)", "momentum"},
)

// statusSigns are fields of a delivery status, as their products write them.
var statusSigns = signsOf(
	sign{"X-Postfix-", "postfix"},
	sign{"Diagnostic-Code: X-Postfix", "postfix"},
	sign{"X-PowerMTA-", "powermta"},
	sign{"X-Display-Name:", "exchange"},
	sign{"X-Notes;", "notes"},
	sign{"X-Haraka", "haraka"},
	sign{"X-Supplementary-Info:", "exchange"},
)

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

// signs are words that tell products, the surest first.
type signs struct {
	list  []sign
	index func() *anchors // built on first use
}

func signsOf(list ...sign) signs {
	return signs{list, sync.OnceValue(func() *anchors {
		words := make([]string, len(list))
		for i := range list {
			words[i] = list[i].words
		}
		return indexed(words)
	})}
}

// in gives the product of the first of the signs that stands in text, or "".
func (s signs) in(text string) string {
	if n := s.index().lowest(text); n >= 0 {
		return s.list[n].generator
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
			if g := mailerSigns.in(lowerASCII(f.value)); g != "" {
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
		if g := statusSigns.in(p.body[:min(len(p.body), 1024)]); g != "" {
			return g
		}
		break
	}
	head := m.body.lower[:min(len(m.body.lower), 1024)]
	if g := bodySigns.in(head); g != "" {
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
		if g := receivedSigns.in(value); g != "" {
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
