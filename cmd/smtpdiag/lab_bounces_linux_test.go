package main

import "slices"

// bounceCases are the cases of the probing list. Each is there; where a sender
// makes no bounce of it, the case says why.
func bounceCases() []bounceCase {
	return slices.Concat(bouncedRecipients(), bouncedLookups(), bouncedLimits(), bouncedTLS(), bouncedClients(), bouncedRoutes(), bouncedConnections())
}

func bouncedRecipients() []bounceCase {
	return []bounceCase{
		{
			name: "accepted", to: "user@virtual.example",
			unsent: map[string]string{"": "it is delivered"},
		},
		{
			name: "unknown in a virtual map", to: "nobody@virtual.example",
			judged: judged{verdict: "refused-by-all", class: "recipient:unknown", next: nextControl},
		},
		{
			name: "unknown in a relay map", to: "nobody@relay.example",
			judged: judged{verdict: "refused-by-all", class: "recipient:unknown", next: nextControl},
		},
		{
			name: "unknown in a local map", to: "nobody@local.example",
			judged: judged{verdict: "refused-by-all", class: "recipient:unknown", next: nextControl},
		},
		{
			name: "unknown at Exim", to: "nobody@exim.example",
			judged: judged{verdict: "refused-by-all", class: "recipient:unknown", next: nextControl},
		},
		{
			name: "unknown, coded 450 by unknown_local_recipient_reject_code", to: "nobody@coded.example", delayVerdict: "refused-since",
			judged: judged{verdict: "refused-by-all", class: "recipient:unknown", findings: []string{"permanent-as-temporary"}, next: nextControl},
		},
		{
			name: "unknown, coded 450 by soft_bounce", to: "nobody@soft.example",
			judged: judged{verdict: "refused-by-all", class: "recipient:unknown", findings: []string{"permanent-as-temporary"}, next: nextControl},
		},
		{
			name: "only this recipient is unknown", to: "nobody@virtual.example", args: []string{"--control", virtualUser},
			judged: judged{verdict: "refused-by-all", class: "recipient:unknown", next: nextLetter},
		},
		{
			name: "alias known on one of two hosts only", to: "sales@lag.example",
			judged: judged{verdict: "inconsistent-hosts", class: "recipient:unknown", findings: []string{"inconsistent-hosts"}, next: nextLetter},
		},
		{
			name: "relay denied", to: "user@denied.example",
			judged: judged{verdict: "refused-by-all", class: "routing:relay-denied", next: nextControl},
		},
		{
			name: "everything refused", to: "user@denied.example", args: []string{"--control", "good@denied.example"},
			judged: judged{verdict: "control-refused", class: "routing:relay-denied", confidence: "medium", findings: []string{"rejects-everything"}, next: nextLetter},
		},
		{
			name: "catch-all, refused behind it", to: "nobody@late.example", args: []string{"--random"},
			judged: judged{verdict: "behind-gateway", class: "recipient:unknown", findings: []string{"accepts-anything", "not-contacted"}, next: nextLetter},
		},
		{
			name: "quota through Dovecot", to: "full@quota.example",
			judged: judged{verdict: "refused-by-all", class: "recipient:full", findings: []string{"temporary-as-permanent"}, next: "Tell the recipient by another channel"},
		},
		{
			name: "within the quota", to: "good@quota.example",
			unsent: map[string]string{"": "it is delivered"},
		},
		{
			name: "SMTPUTF8 missing", to: "grüße@ascii.example",
			judged: judged{verdict: "refused-by-all", class: "recipient:utf8", next: "Write to the recipient's plain ASCII address"},
			by:     map[string]judged{eximSender: {class: "recipient:unknown", confidence: "medium", next: nextControl}},
			unsent: map[string]string{sendmailSender: "it takes no such address itself: 501 5.1.3"},
		},
		{
			name: "SMTPUTF8 offered", to: "grüße@virtual.example",
			unsent: map[string]string{"": "it is delivered"},
		},
	}
}

func bouncedLookups() []bounceCase {
	return []bounceCase{
		{
			name: "LDAP map, directory stopped", to: "good@ldap.example", directoryDown: true, gaveUp: true, delayVerdict: "deferred-by-all",
			judged: judged{verdict: "temporary-as-final", class: "lookup:temporary", next: nextLater},
		},
		{
			name: "LDAP map, unknown there", to: "nobody@ldap.example",
			judged: judged{verdict: "refused-by-all", class: "recipient:unknown", next: nextControl},
		},
		{
			name: "LDAP map with the wrong result attribute", to: "good@attr.example",
			judged: judged{verdict: "refused-by-all", class: "recipient:unknown", next: nextControl},
		},
		{
			name: "backend down behind reject_unverified_recipient", to: "good@verify.example", gaveUp: true,
			judged: judged{verdict: "temporary-as-final", class: "lookup:callout", next: nextLater},
		},
		{
			name: "callout of Exim without an answer", to: "callout@exim.example",
			judged: judged{verdict: "refused-by-all", class: "lookup:callout", next: nextControl},
		},
	}
}

func bouncedLimits() []bounceCase {
	return []bounceCase{
		{
			name: "greylisted", to: "good@greylong.example", gaveUp: true, delayVerdict: "deferred-by-all",
			judged: judged{verdict: "temporary-as-final", class: "policy:greylist", findings: []string{"policy-as-recipient"}, next: nextLater},
		},
		{
			name: "greylisted then accepted", to: "good@grey.example",
			unsent: map[string]string{"": "the next try is accepted"},
		},
		{
			name: "deferred by a list of Exim", to: "later@exim.example", gaveUp: true,
			judged: judged{verdict: "temporary-as-final", class: "policy:greylist", next: nextLater},
		},
		{
			name: "refused by a list of Exim", to: "blocked@exim.example",
			judged: judged{verdict: "sender-refused-again", class: "sender:rejected", findings: []string{"prober-refused", "delayed-reject"}, next: "See whether another sender of yours"},
			by:     map[string]judged{sendmailSender: {findings: []string{"code-mismatch", "prober-refused", "delayed-reject"}}},
		},
		{
			name: "dropped at RCPT with a reply", to: "dropme@exim.example",
			judged: judged{verdict: "sender-refused-again", class: "policy:abuse", findings: []string{"prober-refused"}, next: "Find what made the errors"},
			by:     map[string]judged{sendmailSender: {findings: []string{"code-mismatch", "prober-refused"}}},
		},
		{
			name: "connection limit 421 of smtpd", to: "user@limit.example", gaveUp: true,
			judged: judged{verdict: "temporary-as-final", class: "policy:connections", findings: []string{"prober-refused"}, next: nextLater},
		},
		{
			name: "connection limit 421 of postscreen", to: "user@screen.example", gaveUp: true,
			judged: judged{verdict: "temporary-as-final", class: "policy:connections", findings: []string{"prober-refused"}, next: nextLater},
		},
		{
			name: "rate limit", to: "user@rate.example", gaveUp: true,
			judged: judged{verdict: "temporary-as-final", class: "policy:rate-limit", findings: []string{"prober-refused"}, next: nextLater},
		},
		{
			name: "recipient limit 452", to: "user@virtual.example",
			unsent: map[string]string{"": "every sender offers the others in a transaction of their own"},
		},
		{
			name: "message size by SIZE", to: "user@size.example", size: 20000,
			judged: judged{verdict: "refused-message", class: "content:too-large", next: "Send a short plain message"},
		},
		{
			name: "message size within the limit", to: "user@size.example",
			unsent: map[string]string{"": "it is delivered"},
		},
		{
			name: "tarpit", to: "user@virtual.example",
			unsent: map[string]string{"": "every sender waits longer than it"},
		},
	}
}

func bouncedTLS() []bounceCase {
	return []bounceCase{
		{
			name: "TLS required (530)", to: "user@tlsonly.example",
			judged: judged{verdict: "tls-fault", class: "tls:required", next: "On the sending Postfix: switch opportunistic TLS on"},
		},
		{
			name: "TLS required and used", to: "user@tlsonly.example",
			unsent: map[string]string{"": "it is delivered"},
		},
		{
			name: "trusted certificate", to: "user@virtual.example",
			unsent: map[string]string{"": "it is delivered"},
		},
		{
			name: "expired certificate", to: "user@expired.example", gaveUp: true,
			judged: judged{verdict: "tls-fault", class: "tls:failed", findings: []string{"tls-untrusted"}, next: nextTLS},
			by:     map[string]judged{eximSender: {verdict: "accepted-now", class: "delivery:expired", findings: []string{"tls-untrusted", "accepted-now"}, next: nextAgain}},
		},
		{
			name: "certificate for another name", to: "user@wrongname.example", gaveUp: true,
			judged: judged{verdict: "tls-fault", class: "tls:failed", findings: []string{"tls-untrusted"}, next: nextTLS},
			by:     map[string]judged{eximSender: {verdict: "accepted-now", class: "delivery:expired", findings: []string{"tls-untrusted", "accepted-now"}, next: nextAgain}},
		},
		{
			name: "self-signed certificate", to: "user@self.example", gaveUp: true,
			judged: judged{verdict: "tls-fault", class: "tls:failed", findings: []string{"tls-untrusted"}, next: nextTLS},
			by:     map[string]judged{eximSender: {verdict: "accepted-now", class: "delivery:expired", findings: []string{"tls-untrusted", "accepted-now"}, next: nextAgain}},
		},
		{
			name: "no STARTTLS", to: "user@virtual.example",
			unsent: map[string]string{"": "it is delivered in plain text"},
		},
		{
			name: "no STARTTLS, TLS required", to: "user@notls.example", gaveUp: true,
			judged: judged{verdict: "tls-fault", class: "tls:policy", next: nextTLS},
			by:     map[string]judged{eximSender: {verdict: "accepted-now", class: "delivery:expired", findings: []string{"accepted-now"}, next: nextAgain}, postfixSender: {findings: []string{"code-mismatch"}}},
		},
		{
			name: "STARTTLS refused", to: "user@nostart.example", gaveUp: true,
			judged: judged{verdict: "tls-fault", class: "tls:failed", findings: []string{"tls-untrusted"}, next: nextTLS},
			by:     map[string]judged{eximSender: {verdict: "accepted-now", class: "delivery:expired", findings: []string{"tls-untrusted", "accepted-now"}, next: nextAgain}},
		},
		{
			name: "handshake fails", to: "user@noshake.example", gaveUp: true, delayVerdict: "tls-fault",
			judged: judged{verdict: "tls-fault", class: "tls:failed", findings: []string{"tls-untrusted"}, next: nextTLS},
		},
	}
}

func bouncedClients() []bounceCase {
	return []bounceCase{
		{
			name: "HELO name refused at EHLO", to: "user@helo.example", client: clientHELO, gaveUp: true,
			judged: judged{verdict: "sender-refused", class: "policy:helo", findings: []string{"accepted-now"}, next: nextReplay},
		},
		{
			name: "HELO name refused at RCPT", to: "user@helo-late.example", client: clientHELO, gaveUp: true,
			judged: judged{verdict: "sender-refused", class: "policy:helo", findings: []string{"accepted-now", "delayed-reject"}, next: nextReplay},
		},
		{
			name: "no reverse name, refused at the banner", to: "user@rdns.example", client: clientNoRev, gaveUp: true, delayVerdict: "sender-refused",
			judged: judged{verdict: "sender-refused", class: "policy:rdns", findings: []string{"accepted-now"}, next: nextReplay},
		},
		{
			name: "no reverse name, refused at RCPT", to: "user@rdns-late.example", client: clientNoRev, gaveUp: true,
			judged: judged{verdict: "sender-refused", class: "policy:rdns", findings: []string{"accepted-now", "delayed-reject"}, next: nextReplay},
		},
		{
			name: "reverse name that does not lead back", to: "user@rdns-bad.example", client: clientBadRev, gaveUp: true,
			judged: judged{verdict: "sender-refused", class: "policy:rdns", findings: []string{"accepted-now", "delayed-reject"}, next: nextReplay},
		},
		{
			name: "reverse name in order", to: "user@rdns.example",
			unsent: map[string]string{"": "it is delivered"},
		},
		{
			name: "sender domain refused at MAIL", to: "user@check.example", from: "gone.example", gaveUp: true,
			judged: judged{verdict: "sender-refused-again", class: "sender:unresolvable", findings: []string{"prober-refused"}, next: nextSender},
			by:     map[string]judged{eximSender: {findings: []string{"prober-refused", "delayed-reject"}}},
		},
		{
			name: "sender domain refused at RCPT", to: "user@check-late.example", from: "gone.example", gaveUp: true,
			judged: judged{verdict: "sender-refused-again", class: "sender:unresolvable", findings: []string{"prober-refused", "delayed-reject"}, next: nextSender},
		},
		{
			name: "on a block list", to: "user@listed.example", client: clientListed,
			judged: judged{verdict: "sender-refused", class: "policy:blocklist", findings: []string{"accepted-now", "delayed-reject"}, next: nextReplay},
		},
		{
			name: "not on the block list", to: "user@listed.example",
			unsent: map[string]string{"": "it is delivered"},
		},
	}
}

func bouncedRoutes() []bounceCase {
	return []bounceCase{
		{
			name: "null MX", to: "user@null.example",
			judged: judged{verdict: "no-route", class: "domain:null-mx", next: "Stop sending to addresses of null.example"},
		},
		{
			name: "MX to nothing", to: "user@nothing.example",
			judged: judged{verdict: "no-route", class: "domain:bad-mx", findings: []string{"mx-invalid"}, next: "Tell the administrator of nothing.example"},
		},
		{
			name: "MX to an address", to: "user@literal.example",
			judged: judged{verdict: "no-route", class: "domain:bad-mx", findings: []string{"mx-invalid"}, next: "Tell the administrator of literal.example"},
		},
		{
			name: "MX to CNAME", to: "user@cname.example",
			unsent: map[string]string{"": "every sender follows the alias"},
		},
		{
			name: "MX to loopback", to: "user@virtual.example",
			unsent: map[string]string{"": "the whole lab is on loopback, and the senders are set up for it"},
		},
		{
			name: "NXDOMAIN", to: "user@missing.example",
			judged: judged{verdict: "no-route", class: "domain:not-found", next: "Check the spelling of the domain"},
		},
		{
			name: "neither MX nor address", to: "user@nodata.example",
			judged: judged{verdict: "no-route", class: "domain:not-found", next: "Check the spelling of the domain"},
		},
		{
			name: "SERVFAIL", to: "user@servfail.example", gaveUp: true, delayVerdict: "dns-failed",
			judged: judged{verdict: "dns-failed", class: "dns:failure", confidence: "medium", next: nextServer},
		},
		{
			name: "split DNS", to: "user@split.example", args: []string{"--resolver", labOtherResolver},
			judged: judged{verdict: "split-dns", class: "routing:split-dns", findings: []string{"split-dns"}, next: nextCache},
		},
		{
			name: "a fixed route to an old gateway", to: "user@moved.example",
			judged: judged{verdict: "stale-gateway", class: "routing:stale-gateway", findings: []string{"stale-gateway", "accepted-now", "not-contacted"}, next: "On the sending host, compare what its resolver says"},
		},
		{
			name: "the sender's own relay refuses", to: "user@relayed.example",
			judged: judged{verdict: "own-relay", class: "routing:relay-denied", findings: []string{"accepted-now", "not-contacted"}, next: "Look at the relay's log"},
		},
		{
			name: "the sender believes that it holds the domain", to: "user@own.example",
			judged: judged{verdict: "own-system", class: "recipient:unknown", next: "Find in the sending system's own log"},
			unsent: map[string]string{sendmailSender: "it refuses when the message is handed to it"},
		},
	}
}

func bouncedConnections() []bounceCase {
	return []bounceCase{
		{
			name: "refused", to: "user@dead.example", gaveUp: true, delayVerdict: "network-fault",
			judged: judged{verdict: "network-fault", class: "network:unreachable", next: nextNetwork},
			by:     map[string]judged{eximSender: {confidence: "medium"}},
		},
		{
			name: "timeout at connect", to: "user@full.example", gaveUp: true,
			judged: judged{verdict: "network-fault", class: "network:timeout", next: nextNetwork},
			by:     map[string]judged{eximSender: {confidence: "medium"}},
		},
		{
			name: "timeout at banner", to: "user@quiet.example", gaveUp: true,
			judged: judged{verdict: "network-fault", class: "network:timeout", next: nextNetwork},
		},
		{
			name: "timeout at RCPT", to: "user@hush.example", gaveUp: true,
			judged: judged{verdict: "network-fault", class: "network:timeout", next: nextNetwork},
		},
		{
			name: "dropped at banner", to: "user@bye.example", gaveUp: true,
			judged: judged{verdict: "network-fault", class: "network:dropped", next: nextNetwork},
		},
		{
			name: "dropped at EHLO", to: "user@hangup.example", gaveUp: true,
			judged: judged{verdict: "network-fault", class: "network:dropped", next: nextNetwork},
		},
		{
			name: "dropped at RCPT", to: "user@reset.example", gaveUp: true,
			judged: judged{verdict: "network-fault", class: "network:dropped", next: nextNetwork},
		},
		{
			name: "half a reply", to: "user@half.example", gaveUp: true,
			judged: judged{verdict: "network-fault", class: "network:dropped", next: nextNetwork},
		},
		{
			name: "garbage banner", to: "user@ssh.example", gaveUp: true,
			judged: judged{verdict: "network-fault", class: "network:timeout", confidence: "medium", next: nextNetwork},
			by:     map[string]judged{eximSender: {class: "protocol:syntax", confidence: "high"}},
		},
		{
			name: "421 at EHLO", to: "user@closing.example", gaveUp: true,
			judged: judged{verdict: "temporary-as-final", class: "backend:unavailable", next: nextLater},
			by:     map[string]judged{eximSender: {verdict: "deferred-by-all"}},
		},
		{
			name: "one byte per interval", to: "user@quiet.example",
			unsent: map[string]string{"": "as the timeout at the banner"},
		},
		{
			name: "endless reply", to: "user@virtual.example",
			unsent: map[string]string{"": "the senders would read on until their own time is up"},
		},
	}
}
