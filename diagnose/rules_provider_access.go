package diagnose

import (
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

const (
	refComcastErrors   = "https://www.xfinity.com/support/articles/email-errors"
	refCoxErrors       = "https://www.cox.com/residential/support/email-error-codes.html"
	refSpectrumErrors  = "https://www.spectrum.net/support/internet/understanding-email-error-codes"
	refATTErrors       = "https://www.att.com/support/article/email-support/KM1010455/"
	refVerizonErrors   = "https://www.verizon.com/support/"
	refEarthLinkErrors = "https://www.earthlink.net/"
)

// accessRules are the replies of North American access providers: Comcast, Cox,
// Charter with Time Warner, AT&T, Verizon, EarthLink and others.
var accessRules = []Rule{
	{
		ID: "comcast-es000001", Class: runbook.ClassPolicyLocal,
		When: When{Any: []string{"es000001", "#es000001"}},
		Refs: []string{refComcastErrors},
		Hits: []string{
			"554 5.7.1 192.0.2.7 refused. See error ES000001",
			"554 5.7.1 refused. See http://postmaster.example.net/smtp-error-codes.php#ES000001",
		},
		Misses: []string{"554 5.7.1 192.0.2.7 refused. See ES000010"},
	},
	{
		ID: "comcast-dynamic", Class: runbook.ClassPolicyRDNS,
		When: When{Any: []string{"es000010", "#es000010"}},
		Refs: []string{refComcastErrors},
		Hits: []string{
			"554 5.7.1 192.0.2.7 refused. See error ES000010",
			"554 5.7.1 refused. See http://postmaster.comcast.net/smtp-error-codes.php#ES000010",
		},
		Misses: []string{"554 5.7.1 192.0.2.7 refused. See ES000001"},
	},
	{
		ID: "comcast-block-list", Class: runbook.ClassPolicyBlocklist, Stage: smtp.StageBanner,
		When: When{Any: []string{"#bl0*", "bl000*", "bl001*", "faq/bl0*"}},
		Refs: []string{refComcastErrors},
		Hits: []string{
			"554 resimta-ch2-01v.sys.comcast.net comcast 192.0.2.7 found on one or more DNSBLs, see http://postmaster.comcast.net/smtp-error-codes.php#BL000010",
			"554 5.7.1 Comcast block for spam. Code BL000000",
			"554 5.7.1 Refused. Code BL001000",
			"554 IMTA Comcast BL004 Blocked for spam. Please see http://help.comcast.net/content/faq/BL004",
		},
		Misses: []string{"421 4.1.0 192.0.2.7 Throttled - try again later. Please see http://postmaster.comcast.net/smtp-error-codes.php#RL000001"},
	},
	{
		ID: "comcast-throttled", Class: runbook.ClassPolicyRateLimit,
		When: When{Any: []string{"#rl0*", "rl000*", "throttled - try again later"}},
		Refs: []string{refComcastErrors},
		Hits: []string{
			"421 4.1.0 192.0.2.7 Please see http://postmaster.comcast.net/smtp-error-codes.php#RL000001",
			"421 4.1.0 192.0.2.7 deferred, code RL000010",
			"421 4.1.0 192.0.2.7 Throttled - try again later",
		},
		Misses: []string{"554 5.7.1 Comcast block for spam. Code BL000000"},
	},
	{
		ID: "comcast-dmarc", Class: runbook.ClassAuthDMARC, Stage: smtp.StageEOD,
		When: When{Any: []string{"#dm0*", "dm000001", "dm000*"}},
		Refs: []string{refComcastErrors},
		Hits: []string{
			"550 5.2.0 Message rejected. Please see http://postmaster.comcast.net/smtp-error-codes.php#DM000001",
			"550 5.2.0 Message rejected: DM000001",
			"550 5.2.0 Message rejected: DM000002",
		},
		Misses: []string{"421 4.1.0 192.0.2.7 deferred, code RL000010"},
	},
	{
		ID: "comcast-sessions", Class: runbook.ClassPolicyConnections, Stage: smtp.StageBanner,
		When:   When{Any: []string{"too many sessions opened"}},
		Refs:   []string{refComcastErrors},
		Hits:   []string{"421 resimta-po-11v.sys.comcast.net comcast Too many sessions opened"},
		Misses: []string{"421 resimta-po-11v.sys.comcast.net comcast Reverse DNS failure : Try again later"},
	},
	{
		ID: "comcast-rdns-later", Class: runbook.ClassPolicyRDNS,
		When: When{
			Any: []string{
				"reverse dns failure : try again later", "reverse dns failure: try again later",
				"requires that all mail servers must have a ptr record",
			},
		},
		Refs: []string{refComcastErrors},
		Hits: []string{
			"421 resimta-po-11v.sys.comcast.net comcast Reverse DNS failure : Try again later",
			"421 Reverse DNS failure: Try again later",
			"554 resimta-po-11v.sys.comcast.net comcast 192.0.2.7 Comcast requires that all mail servers must have a PTR record with a valid Reverse DNS entry.",
		},
		Misses: []string{"421 resimta-po-11v.sys.comcast.net comcast Too many sessions opened"},
	},
	{
		ID: "comcast-unknown", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When: When{Any: []string{"mailbox unallocated"}},
		Refs: []string{refComcastErrors},
		Hits: []string{
			"550 5.1.1 <user@example.com> recipient mailbox unallocated",
			"550 5.1.1 mailbox unallocated",
		},
		Misses: []string{"550 5.1.1 <user@example.com> Account not active"},
	},
	{
		ID: "comcast-not-our-customer", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When:   When{Provider: []string{"comcast"}, Any: []string{"not our customer"}},
		Refs:   []string{refComcastErrors},
		Hits:   []string{"{provider=comcast} 550 5.1.1 <user@example.com> Not our Customer"},
		Misses: []string{"{provider=comcast} 550 5.1.1 <user@example.com> Account not active"},
	},
	{
		ID: "comcast-closed", Class: runbook.ClassRecipientDisabled, Stage: smtp.StageRcpt,
		When: When{Any: []string{"account not active", "account closed, please remove"}},
		Refs: []string{refComcastErrors},
		Hits: []string{
			"550 5.1.1 <user@example.com> Account not active",
			"550 5.1.1 <user@example.com> Account Closed, Please Remove",
		},
		Misses: []string{"550 5.1.1 <user@example.com> recipient mailbox unallocated"},
	},
	{
		ID: "comcast-recipient-unavailable", Class: runbook.ClassBackendUnavailable,
		When:   When{Provider: []string{"comcast"}, Any: []string{"recipient temporarily unavailable"}},
		Refs:   []string{refComcastErrors},
		Hits:   []string{"{provider=comcast} 450 4.2.0 <user@example.com> Recipient temporarily unavailable. Try again later"},
		Misses: []string{"{provider=comcast} 452 4.1.1 <user@example.com> too many recent messages; Try again later"},
	},
	{
		ID: "comcast-quota", Class: runbook.ClassRecipientFull, Stage: smtp.StageRcpt,
		When:   When{Any: []string{"extended quota violation"}},
		Refs:   []string{refComcastErrors},
		Hits:   []string{"552 5.1.1 <user@example.com> extended quota violation"},
		Misses: []string{"550 5.1.1 <user@example.com> Account not active"},
	},
	{
		ID: "comcast-user-quota", Class: runbook.ClassRecipientFull, Stage: smtp.StageRcpt,
		When:   When{Any: []string{"user over quota"}, Codes: []string{"X.1.1"}},
		Refs:   []string{refComcastErrors},
		Hits:   []string{"452 4.1.1 <user@example.com> user over quota"},
		Misses: []string{"452 4.1.1 <user@example.com> too many recent messages"},
	},
	{
		ID: "comcast-recent-messages", Class: runbook.ClassPolicyRateLimit,
		When:   When{Any: []string{"too many recent messages"}},
		Refs:   []string{refComcastErrors},
		Hits:   []string{"452 4.1.1 <user@example.com> too many recent messages; Try again later"},
		Misses: []string{"552 5.1.1 <user@example.com> extended quota violation"},
	},
	{
		ID: "cox-block-list", Class: runbook.ClassPolicyBlocklist,
		When: When{
			Provider: []string{"cox"},
			Any:      []string{"aup#cxbl", "aup#cdrbl", "error: cxbl", "error code: cxbl", "cxbl", "cdrbl", "aup#ipbl*"},
		},
		Refs: []string{refCoxErrors},
		Hits: []string{
			"554 cxr.mx.a.cloudfilter.net cox 192.0.2.7 blocked. AUP#CXBL",
			"550 5.1.0 <user@example.net> sender rejected. Refer to Error Codes section. AUP#CDRBL",
			"554 cox 192.0.2.7 blocked. Error: CXBL",
			"554 cox 192.0.2.7 blocked. Error Code: CXBL",
			"554 cox 192.0.2.7 blocked CXBL",
			"554 cox 192.0.2.7 blocked CDRBL",
			"554 cxr.mx.a.cloudfilter.net cox 192.0.2.7 blocked. AUP#IPBL0100",
		},
		Misses: []string{"554 cxr.mx.a.cloudfilter.net cox 192.0.2.7 blocked. AUP#CXDNS"},
	},
	{
		ID: "cox-rdns", Class: runbook.ClassPolicyRDNS,
		When: When{Provider: []string{"cox"}, Any: []string{"cxdns"}},
		Refs: []string{refCoxErrors},
		Hits: []string{
			"554 cxr.mx.a.cloudfilter.net cox 192.0.2.7 rejected - no rDNS. AUP#CXDNS",
			"554 cox 192.0.2.7 rejected CXDNS",
		},
		Misses: []string{"554 cxr.mx.a.cloudfilter.net cox 192.0.2.7 blocked. AUP#CXBL"},
	},
	{
		ID: "cox-sender", Class: runbook.ClassAuthUnauthenticated,
		When: When{Provider: []string{"cox"}, Any: []string{"cxsndr"}},
		Refs: []string{refCoxErrors},
		Hits: []string{
			"550 5.1.0 <user@example.net> sender rejected. AUP#CXSNDR",
			"550 5.1.0 sender rejected CXSNDR",
		},
		Misses: []string{"550 5.1.0 <user@example.net> sender rejected. AUP#CDRBL"},
	},
	{
		ID: "cox-connections", Class: runbook.ClassPolicyConnections,
		When: When{Provider: []string{"cox"}, Any: []string{"cxcnct"}},
		Refs: []string{refCoxErrors},
		Hits: []string{
			"421 cxr.mx.a.cloudfilter.net cox too many sessions from 192.0.2.7. AUP#CXCNCT",
			"421 cox too many sessions from 192.0.2.7 CXCNCT",
		},
		Misses: []string{"452 4.5.3 cox too many recipients AUP#CXMXRT"},
	},
	{
		ID: "cox-recipients", Class: runbook.ClassPolicyRecipients,
		When: When{Provider: []string{"cox"}, Any: []string{"cxmxrt"}},
		Refs: []string{refCoxErrors},
		Hits: []string{
			"452 4.5.3 cox the limit is reached AUP#CXMXRT",
			"452 4.5.3 cox the limit is reached CXMXRT",
		},
		Misses: []string{"421 cox too many sessions from 192.0.2.7 CXCNCT"},
	},
	{
		ID: "cox-outbound-limit", Class: runbook.ClassSenderLimit,
		When: When{Provider: []string{"cox"}, Any: []string{"cxthrt"}},
		Refs: []string{refCoxErrors},
		Hits: []string{
			"552 5.2.0 sending limited. AUP#CXTHRT",
			"{provider=cox} 552 5.2.0 sending limited CXTHRT",
		},
		Misses: []string{"552 5.2.0 sending stopped. AUP#CXMJ"},
	},
	{
		ID: "cox-outbound-blocked", Class: runbook.ClassSenderDisabled,
		When:   When{Provider: []string{"cox"}, Any: []string{"aup#cxmj"}},
		Refs:   []string{refCoxErrors},
		Hits:   []string{"552 5.2.0 sending stopped. AUP#CXMJ"},
		Misses: []string{"552 5.2.0 sending limited. AUP#CXTHRT"},
	},
	{
		ID: "cox-protocol", Class: runbook.ClassProtocolSyntax,
		When:   When{Provider: []string{"cox"}, Any: []string{"aup#cxsmtp"}},
		Refs:   []string{refCoxErrors},
		Hits:   []string{"554 protocol violation. AUP#CXSMTP"},
		Misses: []string{"554 blocked. AUP#CXBL"},
	},
	{
		ID: "cox-link", Class: runbook.ClassContentLink, Stage: smtp.StageEOD,
		When:   When{Provider: []string{"cox"}, Any: []string{"aup#urlbl*"}},
		Refs:   []string{refCoxErrors},
		Hits:   []string{"552 5.2.0 Message blocked. AUP#URLBL011"},
		Misses: []string{"554 cox 192.0.2.7 blocked. AUP#IPBL0100"},
	},
	{
		ID: "spectrum-block-list", Class: runbook.ClassPolicyBlocklist,
		When: When{
			Provider: []string{"spectrum"},
			Any: []string{
				"aup#in-1000", "aup#in-1010", "aup#in-1020", "aup#in-1030", "aup#in-120*", "aup#in-121*", "aup#in-122*",
				"aup#in-123*", "aup#in-124*", "aup#in-1250",
			},
		},
		Refs: []string{refSpectrumErrors},
		Hits: []string{
			"554 mx.example.net charter 192.0.2.7 blocked. AUP#In-1000",
			"554 charter 192.0.2.7 blocked. AUP#In-1010",
			"554 charter 192.0.2.7 blocked. AUP#In-1020",
			"554 charter 192.0.2.7 blocked. AUP#In-1030",
			"554 charter 192.0.2.7 blocked. AUP#In-1200",
			"554 charter 192.0.2.7 blocked. AUP#In-1210",
			"554 charter 192.0.2.7 blocked. AUP#In-1220",
			"554 charter 192.0.2.7 blocked. AUP#In-1230",
			"554 charter 192.0.2.7 blocked. AUP#In-1240",
			"554 charter 192.0.2.7 blocked. AUP#In-1250",
		},
		Misses: []string{"554 charter 192.0.2.7 no IPv6. AUP#In-1260"},
	},
	{
		ID: "spectrum-rdns", Class: runbook.ClassPolicyRDNS,
		When: When{
			Provider: []string{"spectrum"},
			Any:      []string{"aup#in-110*", "aup#in-111*", "aup#in-112*", "aup#in-113*", "aup#in-114*", "aup#in-1150"},
		},
		Refs: []string{refSpectrumErrors},
		Hits: []string{
			"554 charter 192.0.2.7 refused. AUP#In-1100",
			"554 charter 192.0.2.7 refused. AUP#In-1110",
			"554 charter 192.0.2.7 refused. AUP#In-1120",
			"554 charter 192.0.2.7 refused. AUP#In-1130",
			"554 charter 192.0.2.7 refused. AUP#In-1140",
			"554 charter 192.0.2.7 refused. AUP#In-1150",
		},
		Misses: []string{"550 5.1.0 refused. AUP#In-1160"},
	},
	{
		ID: "spectrum-dmarc", Class: runbook.ClassAuthDMARC, Stage: smtp.StageEOD,
		When: When{Provider: []string{"spectrum"}, Any: []string{"aup#in-1160", "aup#in-117*", "aup#in-118*", "aup#in-1190"}},
		Refs: []string{refSpectrumErrors},
		Hits: []string{
			"550 5.1.0 refused. AUP#In-1160",
			"550 5.1.0 refused. AUP#In-1170",
			"550 5.1.0 refused. AUP#In-1180",
			"550 5.1.0 refused. AUP#In-1190",
		},
		Misses: []string{"554 charter 192.0.2.7 refused. AUP#In-1150"},
	},
	{
		ID: "spectrum-no-ipv6", Class: runbook.ClassPolicyLocal,
		When:   When{Provider: []string{"spectrum"}, Any: []string{"aup#in-1260"}},
		Refs:   []string{refSpectrumErrors},
		Hits:   []string{"554 charter 2001:db8::25 refused. AUP#In-1260"},
		Misses: []string{"554 charter 192.0.2.7 blocked. AUP#In-1250"},
	},
	{
		ID: "spectrum-connections", Class: runbook.ClassPolicyConnections,
		When: When{
			Provider: []string{"spectrum"},
			Any:      []string{"aup#in-130*", "aup#in-131*", "aup#in-132*", "aup#in-133*", "aup#in-1340"},
		},
		Refs: []string{refSpectrumErrors},
		Hits: []string{
			"421 charter too many sessions. AUP#In-1300",
			"550 5.1.0 <user@example.net> sender rejected. AUP#In-1310",
			"421 charter refused. AUP#In-1320",
			"421 charter refused. AUP#In-1330",
			"421 charter refused. AUP#In-1340",
		},
		Misses: []string{"421 charter slow down. AUP#In-1350"},
	},
	{
		ID: "spectrum-rate", Class: runbook.ClassPolicyRateLimit,
		When: When{
			Provider: []string{"spectrum"},
			Any: []string{
				"aup#in-135*", "aup#in-136*", "aup#in-137*", "aup#in-138*", "aup#in-139*", "aup#in-140*", "aup#in-141*",
				"aup#in-142*", "aup#in-143*", "aup#in-144*", "aup#in-145*", "aup#in-146*", "aup#in-147*", "aup#in-148*",
				"aup#in-1490", "aup#in-1540", "aup#in-1580",
			},
		},
		Refs: []string{refSpectrumErrors},
		Hits: []string{
			"421 charter slow down. AUP#In-1350",
			"421 charter slow down. AUP#In-1360",
			"421 charter slow down. AUP#In-1370",
			"421 charter slow down. AUP#In-1380",
			"421 charter slow down. AUP#In-1390",
			"421 charter slow down. AUP#In-1400",
			"421 charter slow down. AUP#In-1410",
			"421 charter slow down. AUP#In-1420",
			"421 charter slow down. AUP#In-1430",
			"421 charter slow down. AUP#In-1440",
			"421 charter slow down. AUP#In-1450",
			"421 charter slow down. AUP#In-1460",
			"421 charter slow down. AUP#In-1470",
			"421 charter slow down. AUP#In-1480",
			"421 charter slow down. AUP#In-1490",
			"452 4.2.1 charter slow down. AUP#In-1540",
			"452 4.2.1 charter slow down. AUP#In-1580",
		},
		Misses: []string{"552 5.3.4 charter message over 20 MB. AUP#In-1530"},
	},
	{
		ID: "spectrum-size", Class: runbook.ClassContentTooLarge,
		When:   When{Provider: []string{"spectrum"}, Any: []string{"aup#in-1530"}},
		Refs:   []string{refSpectrumErrors},
		Hits:   []string{"552 5.3.4 charter message over 20 MB. AUP#In-1530"},
		Misses: []string{"452 4.2.1 charter slow down. AUP#In-1540"},
	},
	{
		ID: "spectrum-recipients", Class: runbook.ClassPolicyRecipients,
		When:   When{Provider: []string{"spectrum"}, Any: []string{"aup#in-1550"}},
		Refs:   []string{refSpectrumErrors},
		Hits:   []string{"452 4.5.3 charter refused. AUP#In-1550"},
		Misses: []string{"452 4.5.3 charter refused. AUP#In-1560"},
	},
	{
		ID: "spectrum-invalid-recipients", Class: runbook.ClassPolicyAbuse,
		When:   When{Provider: []string{"spectrum"}, Any: []string{"aup#in-1560"}},
		Refs:   []string{refSpectrumErrors},
		Hits:   []string{"421 charter too many invalid recipients. AUP#In-1560"},
		Misses: []string{"452 4.5.3 charter refused. AUP#In-1550"},
	},
	{
		ID: "roadrunner-block", Class: runbook.ClassPolicyBlocklist, Stage: smtp.StageBanner,
		When: When{Any: []string{"error: mail refused - * block-lookup", "rr.com/cgi-bin/block-lookup", "mail refused - * - see"}},
		Refs: []string{refSpectrumErrors},
		Hits: []string{
			"550 5.7.1 - ERROR: Mail Refused - <192.0.2.7> - see http://security.rr.com/cgi-bin/block-lookup?ip=192.0.2.7",
			"550 5.7.1 http://security.rr.com/cgi-bin/block-lookup?192.0.2.7",
			"550 5.7.1 ERROR: Mail Refused - 192.0.2.7 - See the block page",
		},
		Misses: []string{"550 5.7.1 ERROR: Mail refused, recipient unknown"},
	},
	{
		ID: "roadrunner-rdns", Class: runbook.ClassPolicyRDNS,
		When:   When{Any: []string{"no or mismatched reverse dns"}},
		Refs:   []string{refSpectrumErrors},
		Hits:   []string{"550 5.7.1 ERROR: No or mismatched reverse DNS (PTR) entries for 192.0.2.7"},
		Misses: []string{"550 5.7.1 - ERROR: Mail Refused - <192.0.2.7>"},
	},
	{
		ID: "att-addressee-unknown", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When:   When{Any: []string{"addressee unknown"}},
		Refs:   []string{refATTErrors},
		Hits:   []string{"550 5.2.1 <user@example.com>... Addressee unknown, relay=[192.0.2.7]"},
		Misses: []string{"550 5.7.1 Connections not accepted from servers without a valid sender domain"},
	},
	{
		ID: "att-block-list", Class: runbook.ClassPolicyBlocklist,
		When: When{Any: []string{"_is_blocked", "dnsbl:rbl", "dnsbl:attrbl", "dnsbl attrbl"}},
		Refs: []string{refATTErrors},
		Hits: []string{
			"553 5.3.0 flph825 521< 192.0.2.7 >_is_blocked. For assistance forward this error",
			"553 5.3.0 flpd575 DNSBL:RBL 521 refused",
			"553 5.3.0 flpd575 DNSBL:ATTRBL 521 refused",
			"521 5.7.1 flph825 DNSBL ATTRBL",
		},
		Misses: []string{"550 5.7.1 flph825 Fix reverse DNS for 192.0.2.7"},
	},
	{
		ID: "att-rdns", Class: runbook.ClassPolicyRDNS,
		When: When{Any: []string{"fix reverse dns", "servers without a valid sender domain"}},
		Refs: []string{refATTErrors},
		Hits: []string{
			"550 5.7.1 Connections not accepted. flph825 Fix reverse DNS for 192.0.2.7",
			"550 5.7.1 Please fix reverse DNS",
			"550 5.7.1 Connections not accepted from servers without a valid sender domain.",
		},
		Misses: []string{"550 5.2.1 <user@example.com>... Addressee unknown, relay=[192.0.2.7]"},
	},
	{
		ID: "verizon-disabled", Class: runbook.ClassRecipientDisabled, Stage: smtp.StageRcpt,
		When:   When{Any: []string{"mailbox temporarily disabled"}},
		Refs:   []string{refVerizonErrors},
		Hits:   []string{"550 4.2.1 mailbox temporarily disabled: user@example.com"},
		Misses: []string{"550 5.1.1 unknown mailbox: user@example.com"},
	},
	{
		ID: "verizon-blocked", Class: runbook.ClassPolicyBlocklist,
		When: When{Any: []string{"is currently blocked by verizon online's anti-spam system", "verizon.net/whitelist"}},
		Refs: []string{refVerizonErrors},
		Hits: []string{
			"571 Email from 192.0.2.7 is currently blocked by Verizon Online's anti-spam system.",
			"550 The email sender may visit http://www.verizon.net/whitelist and request removal of the block.",
		},
		Misses: []string{"550 Requested action not taken: no such user here"},
	},
	{
		ID: "earthlink-blocked", Class: runbook.ClassPolicyBlocklist,
		When: When{Any: []string{"is blocked by earthlink", "dynamic/zombied/spam ips blocked", "earthlink.net/block"}},
		Refs: []string{refEarthLinkErrors},
		Hits: []string{
			"550 IP 192.0.2.7 is blocked by EarthLink.",
			"550 Dynamic/zombied/spam IPs blocked. Write to the postmaster.",
			"550 IP 192.0.2.7 refused. Go to earthlink.net/block for details.",
		},
		Misses: []string{"550 user@example.com...User account is unavailable"},
	},
	{
		ID: "earthlink-unavailable", Class: runbook.ClassRecipientDisabled, Stage: smtp.StageRcpt,
		When:   When{Any: []string{"user account is unavailable"}},
		Refs:   []string{refEarthLinkErrors},
		Hits:   []string{"550 user@example.com...User account is unavailable"},
		Misses: []string{"550 IP 192.0.2.7 is blocked by EarthLink."},
	},
	{
		ID: "earthlink-quota", Class: runbook.ClassRecipientFull, Stage: smtp.StageRcpt,
		When:   When{Any: []string{"quota violation for"}},
		Refs:   []string{refEarthLinkErrors},
		Hits:   []string{"552 Quota violation for user@example.com"},
		Misses: []string{"550 Policy violation for this sender"},
	},
	{
		ID: "united-online-spam", Class: runbook.ClassPolicyLocal,
		When:   When{Any: []string{"postmaster/whitelisted.html"}, Vague: true},
		Refs:   []string{"https://www.unitedonline.net/postmaster/"},
		Hits:   []string{"550 Access denied...0e5d7de5. See http://www.unitedonline.net/postmaster/whitelisted.html"},
		Misses: []string{"550 Access denied"},
	},
}
