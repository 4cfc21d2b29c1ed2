package diagnose

import (
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

// domainRules hold what is said about the recipient's domain, about name
// lookups, and about the way to the recipient.
var domainRules = []Rule{
	{
		ID: "domain-not-found", Class: runbook.ClassDomainNotFound,
		When: When{Any: []string{
			"host or domain name not found", "domain not found", "recipient address rejected: domain not found", "domain name not found", "domain was not found", "domain could not be found", "domain can not be found", "could not find domain", "could not find the domain", "could not find any host named", "could not find a mail exchanger or ip address",
			"host unknown", "unknown host", "host not found", "mail host not found", "unknown domain", "domain unknown", "domain is unknown", "domain of recipient is unknown", "unknown mail host", "unknown recipient domain", "unknown destination domain", "recipient domain unknown", "unknown mailer host",
			"no such domain", "no such host", "no such domain at this location", "domain does not exist", "domain does not exists", "domain doesnt exist", "host does not exist", "domain name does not exist", "recipient domain does not exist", "domain * does not exist", "dns domain * does not exist", "destination domain does not exist", "non-existent domain", "nonexistent domain", "non-existent host", "non existent domain", "non-existing domain",
			"nxdomain", "responded with code nxdomain", "dns hard error", "name or service not known", "nodename nor servname provided", "no address associated with name", "no address associated with hostname", "name not resolved", "domain name could not be resolved", "domain could not be resolved", "domain can not be resolved", "domain name can not be resolved", "unable to resolve domain", "unable to resolve host", "unable to resolve hostname", "could not resolve domain", "could not resolve host",
			"can not resolve domain", "can not resolve host", "unresolvable host", "unresolvable domain", "domain is not resolvable", "host is not resolvable", "bad destination host", "bad destination domain", "bad destination system address", "bad destination system", "invalid domain", "invalid domain name", "domain invalid", "domain is invalid", "invalid recipient domain", "recipient domain invalid", "recipient domain is invalid", "invalid host name", "invalid destination domain", "bad domain",
			"domain is not valid", "domain not valid", "not a valid domain", "not valid domain", "domain name is not valid", "domain of recipient does not exist", "no mx or a records", "no mx or a record", "no a or mx record", "no mx nor a", "no mx record found", "no mx records found", "no mx records for domain", "no mx for domain", "no mx for", "no mx found for domain", "no mx record for", "has no mx record", "has no mx records", "does not have an mx", "without mx record", "no mx host found", "missing mx",
			"no mx or address records", "neither mx nor a", "no mail exchanger", "no mail exchangers", "no mail servers for", "no mail server found", "no mail hosts found", "no mail server could be found", "no valid mx", "no valid hosts", "no mx hosts", "host found but no data record of requested type", "no data record of requested type", "had no relevant answers", "all relevant mx records point to non-existent hosts", "no dns records", "no dns entry", "no dns information",
			"domain lookup failed", "dns lookup failure: host * not found", "domain name lookup failed", "mx lookup failed", "domain is not reachable", "domain not reachable", "all mx records point to non-existent", "domain does not have any mail", "no record for domain", "domain has expired", "domain expired", "expired domain", "domain has been deleted", "badrcptdomain", "illegal host/domain name found", "domain of recipient address does not exist", "recipient's domain does not", "host name is unknown", "unknown domain name", "invalid mx record",
			"no hosts found", "no host found", "domain name is unknown", "unrouteable mail domain", "unroutable mail domain", "unrouteable domain", "unroutable domain", "unknown local domain", "non-existent hosts", "domain doesn't have",
		}, None: []string{
			"sender address rejected", "sender domain", "sender's domain", "domain of sender", "from domain", "mail from domain", "mailfrom domain", "sender * domain", "sender verify failed", "helo command rejected", "client host rejected", "reverse dns", "cannot find your", "hostname in helo", "rfc5321.mailfrom",
			"servfail", "envelope sender", "return address", "return path", "backscatter", "from: domain is invalid", "from address domain", "sending domain", "reverse hostname", "ehlo", "sender does not exist",
		}},
		Refs:   []string{"RFC 5321 section 5.1", "RFC 3463 section 3.2"},
		Hits:   []string{"Host or domain name not found. Name service error for name=example.invalid type=A: Host not found", "550 Host unknown", "No such domain.", "Sorry, I couldn't find any host named mail.example.invalid. (#5.1.2)", "DNS Error: DNS type 'mx' lookup of example.invalid responded with code NXDOMAIN Domain name not found: example.invalid"},
		Misses: []string{"450 4.1.8 <user@example.com>: Sender address rejected: Domain not found", "Host or domain name not found. Name service error for name=example.com type=MX: Host not found, try again"},
	},
	{
		ID: "domain-null-mx", Class: runbook.ClassDomainNullMX,
		When: When{Any: []string{
			"null mx", "nullmx", "null-mx", "does not accept mail (nullmx)", "domain does not accept mail", "host does not accept mail", "server does not accept mail", "domain does not accept email", "domain does not accept any email", "domain does not accept any mail", "this domain does not accept", "domain is not configured to receive mail", "domain accepts no mail", "does not receive mail", "domain * does not accept mail", "domain never accepts mail", "recipient address has null mx",
			"domain does not receive mail", "domain does not receive email", "domain has declared it does not accept", "mx or srv record indicated no smtp service",
		}, None: []string{"sender address", "sender domain", "sender's domain", "from domain", "sender has null mx", "mail from domain", "return address", "sender", "from this", "from your"}},
		Refs:   []string{"RFC 7505 section 3", "RFC 7504 section 3"},
		Hits:   []string{"556 5.1.10 Recipient address has null MX", "Domain example.com does not accept mail (nullMX)", "550 Host does not accept mail"},
		Misses: []string{"550 5.7.27 Sender address has null MX"},
	},
	{
		ID: "domain-bad-mx", Class: runbook.ClassDomainBadMX,
		When: When{Any: []string{
			"mail for * loops back to myself", "loops back to me (mx problem?)", "mail loops back to myself (mx problem", "mail loops back to myself", "mx list for * points back to", "mx points back to", "mx problem", "cname lookup failed", "mx points to localhost", "mx record points to localhost", "mx resolves to a private", "mx points to private", "malformed or unexpected name server reply", "mx has no address", "mx host has no address", "no address for mx", "mx record points to an ip", "mx is an ip address",
			"mx record is invalid", "invalid mx", "bad mx", "bad mx record", "misconfigured mx", "mx misconfigured", "mx records are misconfigured", "numeric domain name", "mail exchanger points back", "mx record about", "all mx hosts point", "mx pointing to", "although i am listed as a best-preference mx", "listed as a best-preference mx or a for that host", "it is not in my control/locals", "lowest numbered mx record points to local host", "best mx host", "config error: mail loops back", "remote host address is the local host", "mx record pointing to 127.0.0.1",
			"loopback address in mx", "the incorrect hostname used for inbounds", "mx server is on a private network", "bogus mx", "mx resolves to localhost", "mx resolved to a loopback", "mx points to loopback", "lowest mx is this host", "mail exchanger resolves to", "all hosts for * have been failing", "mx is a cname", "invalid mail exchanger",
		}, None: []string{"sender address", "sender domain", "sender's", "mail from domain", "your domain", "envelope sender", "from domain", "all hosts for * have been failing for a long time"}},
		Refs:   []string{"RFC 5321 section 5.1", "RFC 2181 section 10.3"},
		Hits:   []string{"mail for example.com loops back to myself", "configuration error: mail loops back to myself (MX problem).", "554 5.4.6 Sorry. Although I'm listed as a best-preference MX or A for that host, it isn't in my control/locals file, so I don't treat it as local.", "553 5.3.5 mx1.example.com. config error: mail loops back to me (MX problem?)"},
		Misses: []string{"554 5.4.6 Too many hops, mail loop"},
	},
	{
		ID: "relay-denied", Class: runbook.ClassRoutingRelayDenied, Stage: smtp.StageRcpt,
		When: When{Any: []string{
			"relay access denied", "relay denied", "relaying denied", "relaying denied. ip name lookup failed", "relaying denied. ip name possibly forged", "relaying denied. proper authentication required", "relay not permitted", "relaying not permitted", "relaying is not permitted", "relay not allowed", "relaying not allowed", "relaying is not allowed", "relay is not allowed", "relaying prohibited", "relay prohibited", "relaying is prohibited", "relaying disallowed", "relay disallowed", "relaying blocked", "relay blocked", "relaying rejected", "relay rejected", "relay refused", "relaying refused",
			"unable to relay", "can not relay", "could not relay", "not allowed to relay", "not permitted to relay", "not authorized to relay", "not authorised to relay", "unauthorized relay", "relay attempt", "relay attempt blocked", "unauthorized relaying", "relaying unauthorized", "we do not relay", "do not relay", "does not relay", "will not relay", "no relaying", "no relay", "no relaying allowed", "no third-party relaying", "third party relay", "third-party relay", "relay for that domain",
			"open relay not allowed", "relaying mail to", "relaying to * prohibited", "relaying to * denied", "relaying to * not allowed", "relay through", "trying to use me", "use me [smtp *] as a relay", "as a relay, but i have not been configured", "not configured to relay", "relay is denied", "relay is not permitted", "relay operation rejected", "mail relay denied", "smtp relay denied", "invalid credentials for relay", "relay not authorized", "relay restrictions", "relaytest",
			"relaying issue", "authentication is required for relay", "authentication required for relay", "must authenticate to relay", "client host is not allowed to relay", "denied relay", "message relay denied", "relay this message", "relay to * denied", "domain not allowed to relay", "sender is not allowed to relay", "you may not relay", "prohibited relay",
			"is not in my list of allowed rcpthosts", "not in my list of allowed rcpthosts", "list of allowed rcpthosts", "allowed rcpthosts", "not in our list of allowed recipient hosts", "domain is not in my list", "is not allowed in our domain list", "do not accept mail for that domain", "do not accept mail for this domain", "not accept mail for this domain", "does not accept mail for", "domain not allowed", "domain not accepted", "domain is not accepted",
			"domain is not hosted here", "domain not hosted here", "domain not hosted", "not hosted here", "is not hosted on this server", "not a local domain", "not local domain", "domain isn't local", "domain not local", "domain is not local", "no local domain", "not one of our domains", "not our domain", "domain not handled", "does not handle mail for", "do not handle mail for", "not responsible for", "not responsible for this domain", "not a valid domain here", "not a domain we",
			"domain is not configured", "domain not configured", "domain not served", "domain is not served", "do not serve", "don't service that domain", "domain not supported", "recipient domain not allowed", "recipient domain not accepted", "recipient domain is not", "recipient domain rejected", "destination domain not allowed", "foreign domain", "remote domain not", "address is not local", "not local host", "not a gateway", "is not a gateway", "not a mail gateway for", "not a mailhost for",
			"user not local", "not local", "recipient is not local", "no mail for this domain", "no such domain here", "no such domain at this server", "domain not found on this server", "local user only", "local domains only", "local delivery only", "recipient not in accepted domain", "recipient in non-accepted domain", "non-accepted domain", "relay access denied by tenant", "hosted domain not found", "not hosting this domain", "domain isn't in my list",
			"i'm not a relay", "not a relay", "is not permitted to relay through this server", "not permitted to relay through", "mail server relaying", "i don't handle", "doesn't relay", "not my job", "you are not allowed to send mail to", "wrong office 365 region", "mail for domain * not accepted", "access not allowed * relay", "mail from * to * relay not", "rcpt not local",
		}, None: []string{"open relay database", "as an open relay", "is an open relay", "open relay *spam", "user unknown", "mailbox full", "callout", "sender verify", "unverified address", "relay recipient table", "is not listed as an open relay", "on an open relay"}},
		Refs:   []string{"RFC 5321 section 3.6.2", "RFC 3463 section 3.8"},
		Hits:   []string{"554 5.7.1 <user@example.com>: Relay access denied", "550 5.7.1 <user@example.com>... Relaying denied. Proper authentication required.", "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)", "550 5.7.1 Unable to relay for user@example.com"},
		Misses: []string{"554 5.7.1 Client host listed as an open relay", "551 not our user", "550 5.1.1 <user@example.com>: Recipient address rejected: User unknown in relay recipient table"},
	},
	{
		ID: "routing-loop", Class: runbook.ClassRoutingLoop,
		When: When{Any: []string{
			"too many hops", "too many hop", "hop count exceeded", "maximum hop count", "maximum hop count exceeded", "max hop count", "hopcount exceeded", "hop limit exceeded", "hops exceeded", "number of hops", "too many received headers", "too many received: headers", "too many \"received\" headers", "maximum number of received headers", "too many relays", "exceeded maximum hops", "routing loop", "mail loop", "message loop", "mail looping", "message is looping", "looping message", "mail is looping",
			"message looping", "message appears to be looping", "loop detected", "loop detection", "mail forwarding loop", "forwarding loop", "forward loop", "delivered-to loop", "alias loop", "alias database loop", "aliasing loop", "aliasing/forwarding loop", "aliasing/forwarding loop broken", "possible mail loop", "possible loop", "probable mail loop", "mail loop suspected", "in a loop", "caught in a loop", "already has my delivered-to line", "already delivered to this address", "delivered-to header already", "looks like it is looping",
			"this message is looping", "maximum number of hops", "maximum number of mta", "forwarded more than the maximum allowed times", "transport loop", "mail routing loop", "duplicated message-id", "duplicate message-id", "loop alert", "loop: recipient", "too many levels of alias", "too much mail forwarding", "mailloop", "loops * back", "too many received lines", "recipient alias nesting", "user forwarding loop", "loop in aliases", "include loop", "deep alias nesting",
		}, None: []string{"loops back to myself", "loops back to me", "mx problem", "same message-id", "best-preference mx"}},
		Refs:   []string{"RFC 5321 section 6.3", "RFC 3463 section 3.5"},
		Hits:   []string{"554 5.4.6 Too many hops", "554 5.4.0 Error: too many hops", "mail forwarding loop for user@example.com", "551 5.7.1 Loop detected: Email is sent and forwarded from/to example.com"},
		Misses: []string{"mail for example.com loops back to myself"},
	},
	{
		ID: "unroutable", Class: runbook.ClassRoutingUnroutable,
		When: When{Any: []string{
			"unrouteable address", "unroutable address", "address unroutable", "address not routable", "not routable", "unroutable", "unable to route", "can not route", "could not route", "no route to domain", "no route for domain", "no route to address", "no route to recipient", "no route found", "no route for", "could not find a gateway", "could not find a route", "no transport for", "no valid transport", "no transport provider", "no transport found", "no mailer for", "can not find a gateway", "no gateway for", "no connector",
			"no smtp route", "no delivery route", "routing error", "unable to deliver: no route", "address resolution failed", "no next hop", "next hop not found", "could not determine the next hop", "no outgoing route", "no suitable route", "domain * has no route", "bad or unreachable route", "local configuration error: no route", "no matching connector", "message could not be routed", "no host to connect", "no relay host", "transportroute", "no default route", "no mail route",
		}, None: []string{"sender verify", "verification failed for", "no route to host", "sender address"}},
		Refs:   []string{"RFC 3463 section 3.5"},
		Hits:   []string{"Routing: Could not find a gateway for user@example.com", "550 5.4.4 Unable to route"},
		Misses: []string{"connect to mx.example.com[192.0.2.7]:25: No route to host", "550-Verification failed for <user@example.com> 550-Unrouteable address 550 Sender verify failed"},
	},
	{
		ID: "exim-unrouteable-recipient", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When:   When{Any: []string{"unrouteable address", "unroutable address"}, Codes: []string{"550", "5.1.1"}, None: []string{"sender verify", "verification failed for", "sender address"}},
		Refs:   []string{"https://www.exim.org/exim-html-current/doc/html/spec_html/ch-access_control_lists.html"},
		Hits:   []string{"550 Unrouteable address"},
		Misses: []string{"Unrouteable address", "550-Verification failed for <user@example.com>\n550-Unrouteable address\n550 Sender verify failed"},
	},
	{
		ID: "exim-unrouteable-here", Class: runbook.ClassDomainNotFound,
		When:   When{Provider: []string{"exim"}, Codes: []string{"none"}, Any: []string{"unrouteable address", "unroutable address"}},
		Refs:   []string{"https://www.exim.org/exim-html-current/doc/html/spec_html/ch-the_dnslookup_router.html"},
		Hits:   []string{"{generator=exim} Unrouteable address"},
		Misses: []string{"Unrouteable address"},
	},
	{
		ID: "dns-failure", Class: runbook.ClassDNSFailure,
		When: When{Any: []string{
			"host not found, try again", "host or domain name not found. * try again", "host not found, try later", "host name lookup failure", "name server: * host name lookup failure", "host name lookup deferred", "name service error * try again", "name server timeout", "name server lookup failed", "temporary name service failure", "temporary failure in name resolution", "temporary failure resolving", "temporary dns error", "temporary dns failure", "temporary dns lookup failure", "dns temporary failure", "dns temporary error", "dns soft error", "dns lookup failed", "dns lookup failure",
			"dns lookup timed out", "dns lookup timeout", "dns query failed", "dns query timed out", "dns query timeout", "dns timeout", "dns time out", "dns error", "dns failure", "dns server failure", "dns resolution failed", "dns resolver error", "dns servers did not respond", "dns server did not respond", "dns servfail", "servfail", "server failure in dns", "resolver failure", "name resolution failed", "name resolution failure", "name lookup failed", "name lookup failure", "name lookup timed out", "hostname lookup failed", "host lookup failed", "host lookup did not complete",
			"lookup of host * failed", "cname lookup failed temporarily", "domain lookup timeout", "could not resolve mx", "mx lookup timed out", "mx lookup failure", "unable to lookup mx", "unable to look up mx", "unable to look up host", "unable to lookup dns", "unable to resolve mx", "error resolving domain", "error in dns lookup", "could not complete dns", "name server did not respond", "nameserver timed out", "nameservers did not respond", "no response from name server", "no answer from dns", "no answer from name server", "can not look up mx", "temporary lookup failure of mx",
			"temporary error in dns", "temporarily unable to resolve", "temporarily unable to look up", "was not able to look up", "temporary domain lookup", "domain temporarily unresolvable", "domain temporarily not found", "dnsserror", "dns problem", "dns problems", "failed to lookup mx", "name server failure", "failed to resolve mx", "resolution of mx failed", "directory server failure", "dns name server error", "dns malfunction", "bad dns response", "dnssec validation failure", "dnssec validation failed", "dns security", "domain's dns servers",
		}, None: []string{"nxdomain", "no such host", "could not find your", "can not find your", "reverse dns", "sender", "ptr", "spf", "dkim", "dmarc", "your ip", "client host", "tlsa", "from domain", "does not exist", "no relevant answers", "dns hard error", "dnssec-invalid"}},
		Refs:   []string{"RFC 3463 section 3.5", "RFC 5321 section 5.1"},
		Hits:   []string{"Host or domain name not found. Name service error for name=example.com type=MX: Host not found, try again", "<user@example.com>... Deferred: Name server: example.com.: host name lookup failure", "CNAME lookup failed temporarily. (#4.4.3)"},
		Misses: []string{"450 4.7.1 Client host rejected: cannot find your reverse hostname, temporary DNS error", "DNS Error: DNS type 'mx' lookup of example.invalid responded with code NXDOMAIN"},
	},
}
