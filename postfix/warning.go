package postfix

import (
	"strings"
	"time"

	"github.com/smtpdiag/smtpdiag/smtp"
)

// dependencyWords are what Postfix logs when something that it depends on does
// not answer: directories, databases, proxymap, policy services, milters, name
// servers and disks.
var dependencyWords = []string{
	"ldap_search", "dict_ldap", "dict_mysql", "dict_pgsql", "dict_sqlite", "dict_memcache", "mysql:", "pgsql:", "ldap:", "connect to mysql server", "connect to pgsql server",
	"table lookup problem", "lookup error for", "proxymap", "problem talking to service", "problem talking to server", "milter", "policy", "connect to private/", "connect #", "connect to milter service",
	"no such file or directory", "premature end-of-input", "timeout on private", "database is unavailable", "unable to look up", "insufficient system storage", "no space left", "disk full", "read timeout", "lost connection with",
}

// parseWarning reads "warning: text" and its louder kin.
func parseWarning(e *Event, s string) bool {
	_, text, _ := strings.Cut(s, ": ")
	e.Reason = s
	switch {
	case strings.Contains(text, "SASL ") && strings.Contains(text, "authentication failed"):
		e.Kind = EventAuth
		head, _, _ := strings.Cut(text, ": ")
		e.ClientName, e.ClientIP = peer(head)
		return true
	case strings.Contains(text, " limit exceeded: "):
		e.Kind = EventLimit
		head, _, _ := strings.Cut(after(text, " from "), " for service")
		e.ClientName, e.ClientIP = peer(head)
		e.Reason, e.Stage = text, limitStage(text)
		return true
	case strings.Contains(text, "does not resolve to address "), strings.Contains(text, "address not listed for hostname"), strings.Contains(text, "hostname verification failed"):
		e.Kind = EventName
		e.ClientName, e.ClientIP = misnamed(text)
		return true
	}
	lower := strings.ToLower(text)
	for _, w := range dependencyWords {
		if strings.Contains(lower, w) {
			e.Kind = EventDependency
			return true
		}
	}
	e.Kind = EventWarning
	return true
}

// limitStage gives the command that smtpd answers with the limit's refusal;
// the warning is all that it logs of it (smtpd(8), anvil(8)).
func limitStage(text string) smtp.Stage {
	switch {
	case strings.HasPrefix(text, "Message delivery"):
		return smtp.StageMail
	case strings.HasPrefix(text, "Recipient address"):
		return smtp.StageRcpt
	case strings.HasPrefix(text, "AUTH command"):
		return smtp.StageAuth
	case strings.HasPrefix(text, "New TLS session"):
		return smtp.StageSTARTTLS
	}
	return smtp.StageBanner
}

// misnamed reads "hostname N does not resolve to address A: reason" and
// "A: address not listed for hostname N".
func misnamed(text string) (name, ip string) {
	if _, rest, ok := strings.Cut(text, "hostname "); ok && strings.Contains(rest, " does not resolve to address ") {
		name, ip, _ = strings.Cut(rest, " does not resolve to address ")
		ip, _, _ = strings.Cut(ip, ": ")
		return name, strings.TrimSpace(ip)
	}
	ip, rest, _ := strings.Cut(text, ": ")
	return strings.TrimPrefix(after(rest, "hostname "), " "), ip
}

// delays reads a/b/c/d, in seconds with up to two decimals.
func delays(e *Event, s string) {
	for i := range e.Delays {
		n := strings.IndexByte(s, '/')
		if n < 0 {
			e.Delays[i] = seconds(s)
			return
		}
		e.Delays[i], s = seconds(s[:n]), s[n+1:]
	}
}

// seconds reads a decimal number of seconds at the start of s; what is no
// number counts as nothing, and the most is ten years.
func seconds(s string) time.Duration {
	var d, unit time.Duration = 0, time.Second
	fraction := false
	for _, c := range []byte(s) {
		switch {
		case c == '.' && !fraction:
			fraction = true
		case c < '0' || c > '9':
			return d
		case fraction:
			unit /= 10
			d += time.Duration(c-'0') * unit
		case d < 10*365*24*time.Hour:
			d = d*10 + time.Duration(c-'0')*time.Second
		}
	}
	return d
}
