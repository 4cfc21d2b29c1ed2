package diagnose

// provider is a mail service or product whose replies have meanings of their
// own. A provider is recognised by any of three signs.
type provider struct {
	// name is what When.Provider says.
	name string
	// hosts are suffixes of the name of the host that refused.
	hosts []string
	// generators are names of the product in reports ("exim").
	generators []string
	// marks are phrases (see When) that only this provider's replies hold.
	marks []string
}

// providers is the provider table, in the order in which a reader looks for a
// name; its order means nothing.
var providers = []provider{
	{
		name: "google", hosts: []string{"google.com", "googlemail.com", "gmail.com", "psmtp.com"},
		marks: []string{
			"gsmtp", "gcdp", "support.google.com", "mail.google.com", "www.google.com/mail", "google.com/a/answer",
		},
	},
	{name: "google-groups", generators: []string{"google-groups"}},
	{
		name: "microsoft", hosts: []string{
			"outlook.com", "hotmail.com", "office365.com", "olc.protection.outlook.com", "microsoft.com",
			"exchangelabs.com", "live.com", "mail.eo.outlook.com",
		},
		generators: []string{"office365", "microsoft", "outlook", "exchange", "exchange2003", "exchange2007"},
		marks: []string{
			"prod.outlook.com", "protection.outlook.com", "outlook.office365.com", "smtp; * resolver.adr",
			"storedrv.deliver", "resolver.adr.*", "resolver.rst.*", "postmaster.live.com", "mail.live.com",
			"sender.office.com", "go.microsoft.com", "smtpapi-*", "exchangelabs.com",
		},
	},
	{
		name: "outlook.com", hosts: []string{
			"olc.protection.outlook.com", "hotmail.com", "live.com", "pamx1.hotmail.com",
		},
		marks: []string{
			"postmaster.live.com", "mail.live.com", "eop-nam10.prod.protection.outlook.com * s3140", "(s3140)",
			"(s3150)",
		},
	},
	{
		name: "yahoo", hosts: []string{"yahoodns.net", "yahoo.com", "yahoo.co.jp", "aol.com", "yahooinc.com"},
		marks: []string{
			"[tss0*", "[tss1*", "[ts01]", "[ts02]", "[ts03]", "[gl01]", "[ipts0*", "[bl21]", "[bl22]", "[bl23]",
			"[ph01]", "[ph02]", "con:b*", "[hcm1]", "[rl01]", "[rl21]", "(rly:*", "(hvu:*", "(rtr:*", "(dyn:*",
			"(con:b*", "(dns:nr)", "(dns:b*", "rly:b*", "rtr:b*", "hvu:b*", "dyn:t*", "help.yahoo.com",
			"postmaster.yahoo.com", "postmaster.yahooinc.com", "postmaster.aol.com", "senders.yahooinc.com",
			"yahoo.com/errors", "yahoo.com account", "delivery error: dd",
		},
	},
	{
		name: "apple", hosts: []string{"icloud.com", "me.com", "mac.com", "apple.com", "mail.icloud.com"},
		marks: []string{"support.apple.com", "[hm08]", "[cs01]", "[cs02]", "[bs01]", "[hme1]"},
	},
	{
		name: "comcast", hosts: []string{"comcast.net", "xfinity.com"},
		marks: []string{"postmaster.comcast.net", "postmaster.xfinity.com", "spa.xfinity.com"},
	},
	{
		name: "gmx", hosts: []string{
			"gmx.net", "gmx.de", "gmx.com", "web.de", "kundenserver.de", "1and1.com", "ionos.com", "mail.com",
			"1und1.de", "perfora.net", "schlund.de",
		},
		marks: []string{
			"postmaster.gmx.net", "postmaster.gmx.com", "postmaster.web.de", "postmaster.1und1.de",
			"postmaster.1and1.com", "postmaster.ionos.de", "postmaster.mail.com", "postmaster.kundenserver.de",
		},
	},
	{
		name: "orange", hosts: []string{
			"orange.fr", "wanadoo.fr", "orange-ftgroup.com", "voila.fr", "francetelecom.fr",
		},
		marks: []string{"ofr_*", "ofr0*", "*mwinf*", "ofr*_"},
	},
	{name: "laposte", hosts: []string{
		"laposte.net", "laposte.fr",
	}, marks: []string{
		"lpn1*", "lpn0*", "lpn_*", "postmaster.laposte.net",
	}},
	{name: "free", hosts: []string{"free.fr", "proxad.net", "online.net"}, marks: []string{"postmaster.free.fr"}},
	{name: "sfr", hosts: []string{"sfr.fr", "sfr.net", "neuf.fr", "cegetel.net", "9services.com"}},
	{name: "bouygues", hosts: []string{"bbox.fr", "bouyguestelecom.fr"}},
	{
		name: "proofpoint", hosts: []string{
			"pphosted.com", "ppe-hosted.com", "proofpoint.com", "ppops.net",
		}, generators: []string{
			"proofpoint",
		},
		marks: []string{"ipcheck.proofpoint.com", "support.proofpoint.com", "prs.proofpoint.com"},
	},
	{name: "cloudmark", marks: []string{"csi.cloudmark.com", "cloudmark sender intelligence"}},
	{
		name: "mimecast", hosts: []string{
			"mimecast.com", "mimecast.co.za", "mimecast-offshore.com",
		}, generators: []string{
			"mimecast",
		},
		marks: []string{"community.mimecast.com", "csi.mimecast.org", "mimecast.com/docs"},
	},
	{
		name: "barracuda", hosts: []string{
			"barracudanetworks.com", "ess.barracuda.com", "barracuda.com",
		}, generators: []string{
			"barracuda",
		},
		marks: []string{
			"cuda_nsu", "barracuda.com", "barracudacentral.org", "barracudanetworks.com",
			"permanent failure for one or more recipients",
		},
	},
	{
		name: "ironport", hosts: []string{"iphmx.com", "ironport.com"}, generators: []string{"ironport"},
		marks: []string{
			"senderbase.org", "sbrs", "talosintelligence.com", "unknown address error", "dns hard error",
			"dns soft error",
		},
	},
	{
		name: "trendmicro", hosts: []string{
			"trendmicro.com", "trendmicro.eu", "trendmicro.co.jp",
		}, generators: []string{
			"trendmicro", "interscan",
		},
		marks: []string{
			"block-send-er", "block-rcpt", "invalid-recipient", "ers.trendmicro.com", "ers-*", "mail-abuse.com",
			"trendmicro.com",
		},
	},
	{
		name: "messagelabs", hosts: []string{
			"messagelabs.com", "messagelabs.net", "symanteccloud.com",
		}, generators: []string{
			"messagelabs",
		},
		marks: []string{"messagelabs.com", "symanteccloud.com", "symantec.com", "smtp-bounces"},
	},
	{name: "sophos", hosts: []string{
		"sophos.com", "reflexion.net",
	}, generators: []string{
		"sophos",
	}, marks: []string{
		"sophos.com",
	}},
	{name: "forcepoint", hosts: []string{
		"mailcontrol.com", "blackspider.com",
	}, generators: []string{
		"forcepoint", "surfcontrol",
	}, marks: []string{
		"mailcontrol.com",
	}},
	{name: "fireeye", hosts: []string{"fireeyecloud.com", "fireeye.com", "trellix.com"}},
	{name: "fortinet", hosts: []string{
		"fortimailcloud.com", "fortimail.com",
	}, marks: []string{
		"fortiguard.com", "fortiguard",
	}},
	{name: "sonicwall", hosts: []string{"sonicwall.com", "snwlhosted.com"}},
	{name: "mcafee", hosts: []string{
		"mxlogic.net", "mcafee.com",
	}, generators: []string{
		"mcafee",
	}, marks: []string{
		"mxlogic.net", "(mode: normal)",
	}},
	{name: "spamexperts", hosts: []string{
		"antispamcloud.com", "spamexperts.com", "mailspamprotection.com", "mtaroutes.com", "solarwinds.com",
	}, marks: []string{
		"antispamcloud.com", "spamexperts",
	}},
	{name: "hornetsecurity", hosts: []string{
		"hornetsecurity.com", "antispameurope.com", "hornetdmarc.com",
	}, marks: []string{
		"antispameurope.com", "hornetsecurity",
	}},
	{name: "spamhero", hosts: []string{"spamhero.com"}},
	{name: "mailroute", hosts: []string{"mailroute.net"}},
	{name: "cloudflare", hosts: []string{
		"mx.cloudflare.net", "cloudflare.net", "cloudflare-email.net", "cloudflare-email.com",
	}, marks: []string{
		"cloudflare-email.net", "developers.cloudflare.com",
	}},
	{name: "improvmx", hosts: []string{"improvmx.com"}, marks: []string{"improvmx.com", "(#id-5*", "#id-5*"}},
	{name: "forwardemail", hosts: []string{"forwardemail.net"}, marks: []string{"forwardemail.net"}},
	{name: "zoho", hosts: []string{
		"zoho.com", "zoho.eu", "zoho.in", "zoho.com.au", "zohomail.com", "zoho.jp",
	}, generators: []string{
		"zoho",
	}, marks: []string{
		"zoho mail", "zoho.com",
	}},
	{name: "yandex", hosts: []string{
		"yandex.ru", "yandex.net", "yandex.com",
	}, generators: []string{
		"yandex",
	}, marks: []string{
		"yandex.ru", "yandex.com", "ya.cc",
	}},
	{name: "mailru", hosts: []string{
		"mail.ru", "vk.com", "corp.mail.ru",
	}, generators: []string{
		"mailru",
	}, marks: []string{
		"help.mail.ru", "postmaster.mail.ru", "corp.mail.ru",
	}},
	{name: "rambler", hosts: []string{"rambler.ru"}, marks: []string{"help.rambler.ru"}},
	{name: "ukrnet", hosts: []string{"ukr.net"}, marks: []string{"mail.ukr.net", "ukr.net"}},
	{name: "iua", hosts: []string{"i.ua"}, marks: []string{"mail.i.ua"}},
	{name: "qq", hosts: []string{
		"qq.com", "tencent.com",
	}, marks: []string{
		"service.mail.qq.com", "open.qq.com", "service.exmail.qq.com", "open.work.weixin.qq.com", "mail.qq.com",
	}},
	{name: "netease", hosts: []string{
		"163.com", "126.com", "yeah.net", "netease.com", "163.net", "qiye.163.com",
	}, marks: []string{
		"mail.163.com", "help.163.com", "mail.126.com",
	}},
	{name: "sina", hosts: []string{"sina.com", "sina.com.cn", "sina.cn"}},
	{name: "aliyun", hosts: []string{"aliyun.com", "mxhichina.com", "alibaba.com"}},
	{name: "coremail", hosts: []string{"icoremail.net", "coremail.cn"}, marks: []string{"coremail"}},
	{name: "naver", hosts: []string{"naver.com"}},
	{name: "daum", hosts: []string{"daum.net", "hanmail.net", "kakao.com"}},
	{name: "docomo", hosts: []string{"docomo.ne.jp", "nttdocomo.co.jp", "spmode.ne.jp"}},
	{name: "kddi", hosts: []string{
		"ezweb.ne.jp", "au.com", "kddi.com", "dion.ne.jp", "au-net.ne.jp", "kddi.ne.jp",
	}, generators: []string{
		"ezweb", "kddi",
	}},
	{name: "softbank", hosts: []string{
		"softbank.ne.jp", "vodafone.ne.jp", "disney.ne.jp", "i.softbank.jp", "softbank.jp",
	}},
	{name: "nttcom", hosts: []string{"ocn.ne.jp", "mwprem.net", "ocn.ad.jp"}},
	{name: "iij", hosts: []string{"iij.ad.jp", "iij.com", "mobac01.tokyo"}},
	{
		name: "amazonses", hosts: []string{
			"amazonses.com", "amazonaws.com", "awsapps.com",
		}, generators: []string{
			"amazonses", "amazonworkmail", "receivingses",
		},
		marks: []string{"amazonses.com", "amazon ses"},
	},
	{name: "sendgrid", hosts: []string{
		"sendgrid.net", "sendgrid.com",
	}, generators: []string{
		"sendgrid",
	}, marks: []string{
		"sendgrid.com", "sendgrid.net",
	}},
	{name: "mailgun", hosts: []string{"mailgun.org", "mailgun.net", "mailgun.com"}, generators: []string{"mailgun"}},
	{name: "postmark", hosts: []string{"postmarkapp.com", "mtasv.net"}, generators: []string{"postmark"}},
	{name: "sparkpost", hosts: []string{
		"sparkpostmail.com", "sparkpost.com", "messagesystems.com",
	}, generators: []string{
		"sparkpost", "messagesystems",
	}},
	{name: "mailchimp", hosts: []string{
		"mandrillapp.com", "mcsv.net", "mcdlv.net", "rsgsv.net",
	}, generators: []string{
		"mandrill",
	}},
	{name: "mailjet", hosts: []string{"mailjet.com"}, generators: []string{"mailjet"}},
	{name: "brevo", hosts: []string{"sendinblue.com", "brevo.com"}},
	{name: "fastmail", hosts: []string{
		"messagingengine.com", "fastmail.com", "fastmail.fm",
	}, marks: []string{
		"fastmail.com",
	}},
	{name: "proton", hosts: []string{"protonmail.ch", "proton.ch", "protonmail.com", "proton.me"}},
	{name: "titan", hosts: []string{"titan.email", "flockmail.com"}, marks: []string{"support.titan.email"}},
	{name: "tonline", hosts: []string{
		"t-online.de", "t-ipnet.de", "telekom.de",
	}, marks: []string{
		"rx.t-online.de", "postmaster.t-online.de",
	}},
	{name: "freenet", hosts: []string{"freenet.de"}},
	{name: "strato", hosts: []string{"rzone.de", "strato.de"}},
	{name: "hosteurope", hosts: []string{"hosteurope.de"}},
	{name: "godaddy", hosts: []string{
		"secureserver.net", "godaddy.com", "emailsrvr.net",
	}, marks: []string{
		"secureserver.net", "godaddy.com", "unsubscribe.secureserver.net",
	}},
	{name: "rackspace", hosts: []string{
		"emailsrvr.com", "rackspace.com",
	}, marks: []string{
		"emailsrvr.com", "mailanyone.net",
	}},
	{name: "namecheap", hosts: []string{"privateemail.com", "registrar-servers.com"}},
	{name: "cox", hosts: []string{
		"cox.net",
	}, marks: []string{
		"aup#cdrbl", "aup#ipbl*", "aup#urlbl*", "cdrbl", "cox.com", "aup#cx*", "cxcnct", "cxmxrt", "cxdns",
		"cxsndr", "cxbl",
	}},
	{name: "spectrum", hosts: []string{
		"charter.net", "spectrum.net", "rr.com", "twc.com", "roadrunner.com", "brighthouse.com",
	}, marks: []string{
		"aup#in-*", "spectrum.net", "charter.net",
	}},
	{name: "att", hosts: []string{
		"att.net", "sbcglobal.net", "bellsouth.net", "prodigy.net", "att-mail.com", "worldnet.att.net",
	}, marks: []string{
		"rbl.att.net", "attrbl", "abuse_rbl", "dnsbl:*",
	}},
	{name: "verizon", hosts: []string{"verizon.net", "verizon.com", "vtext.com"}},
	{name: "earthlink", hosts: []string{"earthlink.net", "mindspring.com"}},
	{name: "facebook", hosts: []string{
		"facebook.com", "facebookmail.com", "fb.com",
	}, marks: []string{
		"postmaster.facebook.com", "facebook.com/postmaster",
	}},
	{name: "telus", hosts: []string{"telus.net"}},
	{name: "shaw", hosts: []string{"shaw.ca"}},
	{name: "bell", hosts: []string{"bell.net", "bell.ca", "sympatico.ca"}},
	{name: "btinternet", hosts: []string{"btinternet.com", "bt.com", "cpcloud.co.uk", "openwave.ai"}},
	{name: "virginmedia", hosts: []string{"virginmedia.com", "ntlworld.com", "virgin.net"}},
	{name: "sky", hosts: []string{"sky.com"}},
	{name: "libero", hosts: []string{"libero.it", "italiaonline.it", "iol.it"}},
	{name: "tim", hosts: []string{"tim.it", "alice.it", "telecomitalia.it"}},
	{name: "aruba", hosts: []string{"aruba.it", "pec.it", "arubapec.it"}},
	{name: "seznam", hosts: []string{"seznam.cz"}},
	{name: "wp", hosts: []string{"wp.pl", "o2.pl"}},
	{name: "onet", hosts: []string{"onet.pl", "onet.eu"}},
	{name: "interia", hosts: []string{"interia.pl"}},
	{name: "homepl", hosts: []string{"home.pl"}},
	{name: "ovh", hosts: []string{"ovh.net", "ovh.ca"}},
	{name: "gandi", hosts: []string{"gandi.net"}},
	{name: "infomaniak", hosts: []string{"infomaniak.ch", "infomaniak.com"}},
	{name: "bluewin", hosts: []string{"bluewin.ch", "swisscom.com", "swisscom.ch"}},
	{name: "telenet", hosts: []string{"telenet.be"}},
	{name: "ziggo", hosts: []string{"ziggo.nl", "upcmail.net", "chello.nl"}},
	{name: "kpn", hosts: []string{"kpnmail.nl", "kpn.com", "xs4all.nl"}},
	{name: "uol", hosts: []string{"uol.com.br", "bol.com.br"}},
	{name: "terra", hosts: []string{"terra.com.br", "terra.com"}},
	{name: "locaweb", hosts: []string{"locaweb.com.br"}},
	{name: "bigpond", hosts: []string{"bigpond.com", "telstra.com"}},
	{name: "optusnet", hosts: []string{"optusnet.com.au", "optus.com.au"}},
	{name: "iinet", hosts: []string{"iinet.net.au", "tpg.com.au", "westnet.com.au"}},
	{name: "rediff", hosts: []string{"rediffmail.com", "rediffmailpro.com"}},
	{name: "postfix", generators: []string{
		"postfix",
	}, marks: []string{
		"user unknown in local recipient table", "user unknown in virtual mailbox table",
		"user unknown in virtual alias table", "user unknown in relay recipient table",
	}},
	{name: "exim", generators: []string{"exim"}},
	{name: "postscreen", generators: []string{"postscreen"}},
	{name: "sendmail", generators: []string{"sendmail", "v5sendmail"}},
	{name: "qmail", generators: []string{"qmail"}},
	{name: "courier", generators: []string{"courier"}},
	{name: "opensmtpd", generators: []string{"opensmtpd"}},
	{name: "domino", generators: []string{"domino", "notes", "lotusnotes"}, marks: []string{"domino directory"}},
	{name: "groupwise", generators: []string{"groupwise"}},
	{name: "james", generators: []string{"james", "apachejames"}},
	{name: "powermta", generators: []string{"powermta"}},
	{name: "sunms", generators: []string{"messagingserver", "sun", "oracle"}},
	{name: "imail", generators: []string{"imail", "imailserver"}},
	{name: "mailenable", generators: []string{"mailenable"}, marks: []string{"mailenable"}},
}
