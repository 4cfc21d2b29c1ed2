package diagnose

import (
	"strconv"
	"strings"

	"github.com/smtpdiag/smtpdiag/runbook"
)

// number gives n in digits.
func number[N int | uint32](n N) string { return strconv.FormatInt(int64(n), 10) }

// FailureWords gives the error of a view as a person says it.
func FailureWords(failure string) string {
	switch failure {
	case "timeout":
		return "no answer in time"
	case "refused":
		return "REFUSED"
	case "servfail":
		return "SERVFAIL"
	case "nxdomain":
		return "NXDOMAIN"
	case "lame":
		return "lame"
	case "unreachable":
		return "not reachable"
	case "malformed":
		return "no proper DNS answer"
	case "tls":
		return "TLS failed"
	case "rcode":
		return "an error code"
	case "canceled":
		return "interrupted"
	}
	return failure
}

// maxNamed is how many hosts or servers a sentence names.
const maxNamed = 6

// list joins words for a sentence and cuts long lists.
func list(words []string) string {
	if len(words) > maxNamed {
		rest := len(words) - maxNamed + 1
		words = append(words[:maxNamed-1:maxNamed-1], number(rest)+" more")
	}
	switch len(words) {
	case 0:
		return ""
	case 1:
		return words[0]
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

// statement says in words what a view says.
func statement(v *MailView) string {
	switch v.Route {
	case RouteMX, RouteImplicit:
		var hosts []string
		for _, h := range v.Hosts {
			name := h.Name
			switch {
			case v.Route == RouteImplicit:
				name = "no MX, the domain's own address"
			case name == "":
				name = number(h.Preference) + " . (null MX)"
			default:
				name = number(h.Preference) + " " + name
			}
			hosts = append(hosts, name)
		}
		return list(hosts)
	case RouteNull:
		return "null MX"
	case RouteNoData:
		return "no MX and no address (NODATA)"
	case RouteNXDomain:
		return "no such domain (NXDOMAIN)"
	case RouteFailed:
	}
	return FailureWords(v.Failure)
}

// server names the server of a view: its host name and address.
func server(v *MailView) string {
	if v.Name == "" {
		return v.Label
	}
	return v.Name + " [" + v.Label + "]"
}

// servers names the servers of several views.
func (j *mxJudge) servers(views []int) string {
	var names []string
	for _, i := range views {
		names = append(names, server(&j.Views[i]))
	}
	return list(names)
}

// span gives a number of seconds as a person says it.
func span(seconds uint32) string {
	switch {
	case seconds < 2*60:
		return number(seconds) + " s"
	case seconds < 2*3600:
		return number((seconds+30)/60) + " min"
	case seconds < 2*86400:
		return number((seconds+1800)/3600) + " h"
	}
	return number((seconds+43200)/86400) + " days"
}

// lifetime gives for how many seconds a view may go on saying what it says.
func lifetime(v *MailView) uint32 {
	longest := v.NegativeTTL
	for _, h := range v.Hosts {
		longest = max(longest, h.TTL)
	}
	return longest
}

// quote gives a word as one word of a shell command; one that cannot be shown
// safely, or that a program would take for an option, stands as NAME.
func quote(word string) string {
	quoted, ok := runbook.Quote(word)
	if !ok || strings.HasPrefix(word, "-") {
		return "NAME"
	}
	return quoted
}

// at gives the "@server" and "-p port" words of dig for a view, "" for servers
// that dig asks otherwise.
func at(v *MailView) string {
	scheme, address, found := strings.Cut(v.Label, "://")
	if !found {
		scheme, address = "", v.Label
	}
	if scheme == "https" {
		host, path, _ := strings.Cut(address, "/")
		return " +https=" + quote("/"+path) + " @" + quote(host)
	}
	i := strings.LastIndexByte(address, ':')
	if i < 0 {
		return " @" + quote(address)
	}
	host, port := strings.Trim(address[:i], "[]"), address[i+1:]
	words := " @" + quote(host)
	switch scheme {
	case "tls":
		words += " +tls"
		if port == "853" {
			return words
		}
	case "tcp":
		words += " +tcp"
	}
	if port != "53" {
		words += " -p " + quote(port)
	}
	return words
}
