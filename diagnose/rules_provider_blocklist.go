package diagnose

import (
	"github.com/smtpdiag/smtpdiag/runbook"
)

const (
	refSpamhausUsage     = "https://www.spamhaus.org/faqs/dnsbl-usage/"
	refBlocklistSpamhaus = "https://check.spamhaus.org/"
	refBlocklistSURBL    = "https://surbl.org/"
	refBlocklistURIBL    = "https://uribl.com/"
	refBlocklistRegistry = "https://multirbl.valli.org/list/"
)

// blocklistRules recognise a block list by the domain names in a refusal, whatever
// the words around them. Lists of addresses seen in links (SURBL, URIBL) are about
// the content of the message. Receivers that ask a list through an open resolver,
// or too often, get an error answer and take it for a listing: the sender is then
// not listed at all.
var blocklistRules = []Rule{
	{
		ID: "spamhaus-open-resolver", Class: runbook.ClassBackendMisconfigured,
		When: When{
			Any: []string{
				"blocked using * error: open resolver", "blocked using * check.spamhaus.org/returnc",
				"blocked using * error: excessive number of queries",
			},
		},
		Refs: []string{refSpamhausUsage},
		Hits: []string{
			"Client host [192.0.2.7] blocked using zen.spamhaus.org; Error: open resolver",
			"Client host [192.0.2.7] blocked using zen.spamhaus.org; see https://check.spamhaus.org/returnc/pub/192.0.2.7/",
			"Client host [192.0.2.7] blocked using zen.spamhaus.org; Error: excessive number of queries",
		},
		Misses: []string{"Client host [192.0.2.7] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/192.0.2.7"},
	},
	{
		ID: "spamhaus-open-resolver-reply", Class: runbook.ClassBackendMisconfigured,
		When: When{
			Any: []string{
				"returnc/pub", "returnc/vol", "error: open resolver", "error: excessive number of queries",
				"excessive number of queries",
			},
			Codes: []string{"4yz", "5yz"},
		},
		Refs: []string{refSpamhausUsage},
		Hits: []string{
			"554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org; Error: open resolver; https://check.spamhaus.org/returnc/pub/192.0.2.7/",
			"554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org; Error: excessive number of queries; https://check.spamhaus.org/returnc/vol/192.0.2.7/",
			"550 refused, see https://check.spamhaus.org/returnc/vol/",
			"550 5.7.1 blocked using zen.spamhaus.org: Error: open resolver",
			"550 5.7.1 blocked using zen.spamhaus.org: excessive number of queries",
		},
		Misses: []string{"554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/192.0.2.7"},
	},
	{
		ID: "uribl-query-refused", Class: runbook.ClassBackendMisconfigured,
		When: When{
			Any: []string{
				"query refused. see http://uribl.com/refused.shtml", "uribl.com/refused.shtml",
				"uribl.com * query refused", "127.0.0.1 -> query refused",
			},
			Codes: []string{"4yz", "5yz"},
		},
		Refs: []string{refSpamhausUsage},
		Hits: []string{
			"554 5.7.1 Service unavailable; blocked using multi.uribl.com; 127.0.0.1 -> Query Refused. See http://uribl.com/refused.shtml for more information [Your DNS IP: 192.0.2.53]",
			"550 5.7.1 blocked, see http://uribl.com/refused.shtml",
			"550 5.7.1 multi.uribl.com: Query Refused",
			"550 5.7.1 127.0.0.1 -> Query Refused",
		},
		Misses: []string{"550 5.7.1 blocked using multi.uribl.com; 127.0.0.2"},
	},
	{
		ID: "blocklist-spamhaus", Class: runbook.ClassPolicyBlocklist,
		When: When{
			Any: []string{"spamhaus.org", "spamhaus.net", "spamhaus"},
			None: []string{
				"url", "urls", "uri", "in body", "message body", "contains a link", "query refused", "returnc/pub",
				"returnc/vol", "open resolver", "excessive number of queries",
			},
		},
		Refs: []string{refBlocklistSpamhaus},
		Hits: []string{
			"554 5.7.1 Rejected, see https://www.spamhaus.org/query/ip/192.0.2.7",
			"550 5.7.1 refused by key.zen.dq.spamhaus.net",
			"550 Email blocked by SPAMHAUS",
		},
		Misses: []string{"554 5.7.1 blocked using zen.spamhaus.org; Error: open resolver; https://check.spamhaus.org/returnc/pub/192.0.2.7/"},
	},
	{
		ID: "blocklist-sender-domain", Class: runbook.ClassPolicyBlocklist,
		When: When{
			Any: []string{
				"sender address blocked using", "sender address * blocked using", "helo command rejected: blocked using",
				"sender domain blocked using", "sender address rejected: blocked using", "sender domain listed",
				"sender domain is listed",
			},
			None: []string{"query refused", "open resolver", "returnc/pub", "returnc/vol"},
		},
		Refs: []string{refBlocklistSpamhaus},
		Hits: []string{
			"554 5.7.1 Service unavailable; Sender address [user@example.com] blocked using dbl.spamhaus.org; https://www.spamhaus.org/query/domain/example.com",
			"554 5.7.1 Service unavailable; Sender address example.com is blocked using rhsbl.example.net",
			"554 5.7.1 <mail.example.com>: Helo command rejected: blocked using dbl.example.net",
			"554 5.7.1 Sender domain blocked using rhsbl.example.net",
			"554 5.7.1 <user@example.com>: Sender address rejected: blocked using rhsbl.example.net",
			"554 5.7.1 Sender domain listed at rhsbl.example.net",
			"554 5.7.1 Sender domain is listed at rhsbl.example.net",
		},
		Misses: []string{"554 5.7.1 <user@example.com>: Sender address rejected: Access denied"},
	},
	{
		ID: "blocklist-by-domain", Class: runbook.ClassPolicyBlocklist,
		When: When{
			Any: []string{
				"spamcop.net", "sorbs.net", "uceprotect.net", "spamrats.com", "0spam.org", "abusix.zone", "abusix.com",
				"abusix.org", "mailspike.net", "mailspike.org", "mailspike.io", "surriel.com", "invaluement.com",
				"njabl.org", "abuseat.org", "dsbl.org", "ordb.org", "blocklist.de", "manitu.net", "nixspam.net",
				"backscatterer.org", "spameatingmonkey.net", "spameatingmonkey.com", "gbudb.net", "unsubscore.com",
				"lashback.com", "inps.de", "swinog.ch", "s5h.net", "junkemailfilter.com", "dnsbl.cobion.com", "spfbl.net",
				"senderscore.com", "senderscore.org", "wpbl.info", "dronebl.org", "nszones.com", "zapbl.net",
				"interserver.net", "dul.ru", "all.rbl.jp", "anti-spam.org.cn", "spam-rbl.fr", "rv-soft.info", "rbldns.ru",
				"nordspam.com", "realtimeblacklist.com", "cymru.com", "aupads.org", "five-ten-sg.com", "spews.org",
				"blackholes.us", "blitzed.org", "rfc-ignorant.org", "rfc-clueless.org", "dnsbl.net.au", "ahbl.org",
				"sectoor.de", "tiopan.com", "mxrate.net", "mcafee.com/threat-intelligence", "fmb.la", "hostkarma.org",
				"services.net", "imp.ch", "dnsbl.isx.fr", "madavi.de", "ascc.dnsbl.bit.nl", "orbs.org", "osirusoft.com",
			},
			None: []string{
				"url", "urls", "uri", "in body", "message body", "contains a link", "query refused", "returnc/pub",
				"returnc/vol", "open resolver", "excessive number of queries",
			},
			Codes: []string{"4yz", "5yz"},
		},
		Refs: []string{refBlocklistRegistry},
		Hits: []string{
			"550 5.7.1 Blocked - see https://www.spamcop.net/bl.shtml?192.0.2.7",
			"454 4.7.1 Service unavailable; Client host [192.0.2.7] refused by dnsbl.sorbs.net",
			"550 Rejected by dnsbl-1.uceprotect.net",
			"550 5.7.1 See https://www.spamrats.com/lookup.php?ip=192.0.2.7",
			"550 5.7.1 bl.0spam.org says no",
			"550 5.7.1 Refused: black.mail.abusix.zone",
			"550 5.7.1 See https://lookup.abusix.com/search?q=192.0.2.7",
			"550 5.7.1 Refused: abusix.org",
			"550 5.7.1 Refused: bl.mailspike.net",
			"550 5.7.1 See http://mailspike.org/anubis/lookup.html?ip=192.0.2.7",
			"550 5.7.1 See https://mailspike.io/ip_verify",
			"550 5.7.1 Refused: psbl.surriel.com",
			"550 5.7.1 See https://www.invaluement.com/lookup/?item=192.0.2.7",
			"550 5.7.1 Refused: combined.njabl.org",
			"550 5.7.1 Refused: cbl.abuseat.org",
			"550 5.7.1 Refused: list.dsbl.org",
			"550 5.7.1 Refused: relays.ordb.org",
			"550 5.7.1 Refused: bl.blocklist.de",
			"550 5.7.1 Your address is in ix.dnsbl.manitu.net",
			"550 5.7.1 See https://www.nixspam.net/lookup.php",
			"550 5.7.1 Refused: ips.backscatterer.org",
			"550 5.7.1 Refused: bl.spameatingmonkey.net",
			"550 5.7.1 See https://spameatingmonkey.com/lookup/192.0.2.7",
			"550 5.7.1 Refused: truncate.gbudb.net",
			"550 5.7.1 Refused: ubl.unsubscore.com",
			"550 5.7.1 Refused: ubl.lashback.com",
			"550 5.7.1 Refused: dnsbl.inps.de",
			"550 5.7.1 Refused: dnsrbl.swinog.ch",
			"550 5.7.1 Refused: all.s5h.net",
			"550 See http://ipadmin.junkemailfilter.com/remove.php?ip=192.0.2.7",
			"550 Rejected due to DNSBL server response (dnsbl.cobion.com - 192.0.2.7)",
			"550 5.7.1 See https://matrix.spfbl.net/192.0.2.7",
			"550 5.7.1 Refused: bl.score.senderscore.com",
			"550 5.7.1 See https://www.senderscore.org/lookup.php",
			"550 5.7.1 Refused: db.wpbl.info",
			"550 5.7.1 Refused: dnsbl.dronebl.org",
			"550 5.7.1 Refused: bl.nszones.com",
			"550 5.7.1 Refused: dnsbl.zapbl.net",
			"550 5.7.1 Refused: rbl.interserver.net",
			"550 5.7.1 Refused: dul.ru",
			"550 5.7.1 Refused: all.rbl.jp",
			"550 5.7.1 Refused: cblplus.anti-spam.org.cn",
			"550 5.7.1 Refused: all.spam-rbl.fr",
			"550 5.7.1 Refused: dnsbl.rv-soft.info",
			"550 5.7.1 Refused: rbl.rbldns.ru",
			"550 5.7.1 Refused: bl.nordspam.com",
			"550 5.7.1 Refused: rbl.realtimeblacklist.com",
			"550 5.7.1 Refused: bogons.cymru.com",
			"550 5.7.1 Refused: orvedb.aupads.org",
			"550 5.7.1 Refused: blackholes.five-ten-sg.com",
			"550 5.7.1 Refused: www.spews.org",
			"550 5.7.1 Refused: korea.blackholes.us",
			"550 5.7.1 Refused: opm.blitzed.org",
			"550 5.7.1 Refused: dsn.rfc-ignorant.org",
			"550 5.7.1 Refused: bogusmx.rfc-clueless.org",
			"550 5.7.1 Refused: t1.dnsbl.net.au",
			"550 5.7.1 Refused: dnsbl.ahbl.org",
			"550 5.7.1 Refused: tor.dnsbl.sectoor.de",
			"550 5.7.1 Refused: bl.tiopan.com",
			"550 5.7.1 Refused: pub.mxrate.net",
			"550 5.7.1 See https://www.mcafee.com/threat-intelligence/ip/default.aspx?ip=192.0.2.7",
			"550 5.7.1 Refused: bl.fmb.la",
			"550 5.7.1 Refused: hostkarma.org",
			"550 5.7.1 Refused: korea.services.net",
			"550 5.7.1 Refused: spamrbl.imp.ch",
			"550 5.7.1 Refused: dnsbl.isx.fr",
			"550 5.7.1 Refused: dnsbl.madavi.de",
			"550 5.7.1 Refused: ascc.dnsbl.bit.nl",
			"550 5.7.1 Refused: relays.orbs.org",
			"550 5.7.1 Refused: relays.osirusoft.com",
		},
		Misses: []string{"550 5.7.1 Refused by mx.example.org"},
	},
	{
		ID: "blocklist-by-name", Class: runbook.ClassPolicyBlocklist,
		When: When{
			Any: []string{
				"uceprotect", "spamrats", "invaluement", "psbl", "nixspam", "mailspike", "abusix", "barracuda reputation",
				"barracuda rbl", "barracuda reputation block list", "abusixip", "backscatterer",
			},
			None: []string{
				"url", "urls", "uri", "in body", "message body", "contains a link", "query refused", "returnc/pub",
				"returnc/vol", "open resolver", "excessive number of queries",
			},
			Codes: []string{"4yz", "5yz"},
		},
		Refs: []string{refBlocklistRegistry},
		Hits: []string{
			"550 5.7.1 192.0.2.7 UCEPROTECT level 2",
			"550 5.7.1 192.0.2.7 SpamRATS",
			"550 5.7.1 192.0.2.7 Invaluement",
			"550 5.7.1 192.0.2.7 PSBL",
			"550 5.7.1 192.0.2.7 NiXSpam",
			"550 5.7.1 192.0.2.7 Mailspike",
			"550 5.7.1 192.0.2.7 Abusix",
			"554 5.7.1 Client refused by Barracuda Reputation",
			"554 5.7.1 Client refused by Barracuda RBL",
			"554 5.7.1 Client refused: Barracuda Reputation Block List",
			"554 5.7.1 Refused (abusixip)",
			"554 5.7.1 Refused (Backscatterer)",
		},
		Misses: []string{"550 5.7.1 Listed in the directory"},
	},
	{
		ID: "blocklist-generic-name", Class: runbook.ClassPolicyBlocklist,
		When: When{
			Any: []string{
				"dnsbl", "dnsbl.", "rbl.", "dnsrbl", "realtime blackhole list", "real-time blackhole list",
				"realtime block list", "real-time block list", "dns block list", "rbl list", "rbl check",
			},
			None: []string{"query refused", "open resolver", "returnc/pub", "returnc/vol", "uribl", "surbl"},
		},
		Refs: []string{refBlocklistRegistry},
		Hits: []string{
			"550 5.7.1 192.0.2.7: dnsbl.example.net",
			"550 5.7.1 192.0.2.7: rbl.example.net",
			"550 5.7.1 Refused by DNSRBL",
			"550 5.7.1 192.0.2.7 is on a realtime blackhole list",
			"550 5.7.1 192.0.2.7 is on a real-time blackhole list",
			"550 5.7.1 192.0.2.7 is on a realtime block list",
			"550 5.7.1 192.0.2.7 is on a real-time block list",
			"550 5.7.1 192.0.2.7 is on a DNS block list",
			"550 5.7.1 192.0.2.7 is on an RBL list",
			"550 5.7.1 RBL check failed",
		},
		Misses: []string{"550 5.7.1 multi.uribl.com: Query Refused"},
	},
	{
		ID: "blocklist-delisting", Class: runbook.ClassPolicyBlocklist,
		When: When{
			Any: []string{
				"to request removal from this list", "to request a delisting", "to be removed from the list",
				"for removal see", "delisting request", "removal request form",
			},
		},
		Refs: []string{refBlocklistRegistry},
		Hits: []string{
			"550 5.7.1 To request removal from this list see the web page",
			"554 Please visit the page to request a delisting",
			"550 To be removed from the list write to the postmaster",
			"550 192.0.2.7 refused. For removal see the web page",
			"550 192.0.2.7 refused, delisting request at the web page",
			"550 192.0.2.7 refused, fill in the removal request form",
		},
		Misses: []string{"550 You were removed from the mailing list"},
	},
	{
		ID: "blocklist-links", Class: runbook.ClassContentLink,
		When: When{
			Any: []string{
				"surbl.org", "uribl.com", "surbl", "uribl", "uribl_*", "surbl_*", "ivmuri", "uri.blacklist.woody.ch",
				"contains a blacklisted url", "blacklisted url in message", "black.uribl.com", "multi.surbl.org",
				"contains a url listed", "url listed in", "contains url listed in",
			},
			None: []string{"query refused", "refused.shtml"},
		},
		Refs: []string{refBlocklistSURBL, refBlocklistURIBL},
		Hits: []string{
			"550 5.7.1 Message refused: example.com is in multi.surbl.org",
			"550 5.7.1 Message refused: example.com is in black.uribl.com",
			"554 5.7.1 Refused, see http://www.surbl.org/surbl-analysis",
			"554 5.7.1 Refused, see http://lookup.uribl.com/?domain=example.com",
			"554 Message refused by SURBL",
			"554 Message refused by URIBL",
			"554 Message refused: URIBL_BLACK",
			"554 Message refused: SURBL_MULTI",
			"554 Message refused: ivmURI",
			"554 Message refused: uri.blacklist.woody.ch",
			"554 Your message contains a blacklisted URL",
			"550 Blacklisted URL in message",
			"554 The message contains a URL listed by a service",
			"554 Refused: URL listed in our tables",
			"554 The body contains URL listed in our tables",
		},
		Misses: []string{"554 5.7.1 multi.uribl.com: 127.0.0.1 -> Query Refused. See http://uribl.com/refused.shtml"},
	},
}
