package diagnose

import (
	"github.com/smtpdiag/smtpdiag/runbook"
)

const refTurkish = "https://support.google.com/mail/answer/6596?hl=tr"

// turkishRules are Turkish wordings of servers and of delivery reports.
var turkishRules = []Rule{
	{
		ID: "tr-user-unknown", Class: runbook.ClassRecipientUnknown,
		When: When{
			Any: []string{
				"kullanıcı bulunamadı", "kullanıcı yok", "bilinmeyen kullanıcı", "kullanıcı mevcut değil",
				"geçersiz kullanıcı", "alıcı bulunamadı", "alıcı mevcut değil", "bilinmeyen alıcı", "geçersiz alıcı",
				"adres bulunamadı", "adresi bulunamadı", "adres mevcut değil", "böyle bir adres yok",
				"hesap mevcut değil", "hesap bulunamadı", "böyle bir hesap yok", "posta kutusu bulunamadı",
				"posta kutusu mevcut değil", "posta kutusu yok", "konumunda bulunamadı", "kullanıcı hesabı bulunamadı",
			},
			None: []string{"gönderen", "alan adı", "etki alanı"},
		},
		Refs: []string{refTurkish},
		Hits: []string{
			"550 5.1.1 <user@example.com>: Kullanıcı bulunamadı",
			"550 5.1.1 <user@example.com>: Kullanıcı yok",
			"550 5.1.1 <user@example.com>: Bilinmeyen kullanıcı",
			"550 5.1.1 <user@example.com>: Kullanıcı mevcut değil",
			"550 5.1.1 <user@example.com>: Geçersiz kullanıcı",
			"550 5.1.1 <user@example.com>: Alıcı bulunamadı",
			"550 5.1.1 <user@example.com>: Alıcı mevcut değil",
			"550 5.1.1 <user@example.com>: Bilinmeyen alıcı",
			"550 5.1.1 <user@example.com>: Geçersiz alıcı",
			"550 5.1.1 <user@example.com>: Adres bulunamadı",
			"550 5.1.1 <user@example.com>: Adresi bulunamadı",
			"550 5.1.1 <user@example.com>: Adres mevcut değil",
			"550 5.1.1 <user@example.com>: Böyle bir adres yok",
			"550 5.1.1 <user@example.com>: Hesap mevcut değil",
			"550 5.1.1 <user@example.com>: Hesap bulunamadı",
			"550 5.1.1 <user@example.com>: Böyle bir hesap yok",
			"550 5.1.1 <user@example.com>: Posta kutusu bulunamadı",
			"550 5.1.1 <user@example.com>: Posta kutusu mevcut değil",
			"550 5.1.1 <user@example.com>: Posta kutusu yok",
			"550 5.1.1 <user@example.com>: Konumunda bulunamadı",
			"550 5.1.1 <user@example.com>: Kullanıcı hesabı bulunamadı",
		},
		Misses: []string{"550 5.1.2 Alan adı bulunamadı"},
	},
	{
		ID: "tr-mailbox-full", Class: runbook.ClassRecipientFull,
		When: When{
			Any: []string{
				"posta kutusu dolu", "posta kutusu doldu", "posta kutusu doludur", "gelen kutusu dolu", "kota aşıldı",
				"kotası dolu", "kotası doldu", "kotasını aştı", "kotası aşıldı", "kota doldu",
			},
		},
		Refs: []string{refTurkish},
		Hits: []string{
			"552 5.2.2 <user@example.com>: Posta kutusu dolu",
			"552 5.2.2 <user@example.com>: Posta kutusu doldu",
			"552 5.2.2 <user@example.com>: Posta kutusu doludur",
			"552 5.2.2 <user@example.com>: Gelen kutusu dolu",
			"552 5.2.2 <user@example.com>: Kota aşıldı",
			"552 5.2.2 <user@example.com>: Kotası dolu",
			"552 5.2.2 <user@example.com>: Kotası doldu",
			"552 5.2.2 <user@example.com>: Kotasını aştı",
			"552 5.2.2 <user@example.com>: Kotası aşıldı",
			"552 5.2.2 <user@example.com>: Kota doldu",
		},
		Misses: []string{"552 5.3.4 İleti çok büyük"},
	},
	{
		ID: "tr-disabled", Class: runbook.ClassRecipientDisabled,
		When: When{
			Any: []string{
				"hesap devre dışı", "hesap askıya alındı", "hesabı askıya alındı", "hesap kapatıldı", "hesap kapatılmış",
				"hesap kilitli", "hesap pasif", "posta kutusu devre dışı", "posta kutusu kapalı", "kullanıcı pasif",
				"kullanıcı devre dışı", "hesap engellendi",
			},
			None: []string{"gönderen"},
		},
		Refs: []string{refTurkish},
		Hits: []string{
			"550 5.2.1 <user@example.com>: Hesap devre dışı",
			"550 5.2.1 <user@example.com>: Hesap askıya alındı",
			"550 5.2.1 <user@example.com>: Hesabı askıya alındı",
			"550 5.2.1 <user@example.com>: Hesap kapatıldı",
			"550 5.2.1 <user@example.com>: Hesap kapatılmış",
			"550 5.2.1 <user@example.com>: Hesap kilitli",
			"550 5.2.1 <user@example.com>: Hesap pasif",
			"550 5.2.1 <user@example.com>: Posta kutusu devre dışı",
			"550 5.2.1 <user@example.com>: Posta kutusu kapalı",
			"550 5.2.1 <user@example.com>: Kullanıcı pasif",
			"550 5.2.1 <user@example.com>: Kullanıcı devre dışı",
			"550 5.2.1 <user@example.com>: Hesap engellendi",
		},
		Misses: []string{"550 5.1.1 Kullanıcı bulunamadı"},
	},
	{
		ID: "tr-too-large", Class: runbook.ClassContentTooLarge,
		When: When{
			Any: []string{
				"ileti çok büyük", "mesaj çok büyük", "mesaj boyutu çok büyük", "ileti boyutu", "mesaj boyutu sınırı",
				"izin verilen boyutu aşıyor", "boyut sınırını aşıyor", "maksimum boyutu aşıyor",
			},
		},
		Refs: []string{refTurkish},
		Hits: []string{
			"552 5.3.4 Ileti çok büyük",
			"552 5.3.4 Mesaj çok büyük",
			"552 5.3.4 Mesaj boyutu çok büyük",
			"552 5.3.4 Ileti boyutu",
			"552 5.3.4 Mesaj boyutu sınırı",
			"552 5.3.4 Izin verilen boyutu aşıyor",
			"552 5.3.4 Boyut sınırını aşıyor",
			"552 5.3.4 Maksimum boyutu aşıyor",
		},
		Misses: []string{"552 5.2.2 Kota aşıldı"},
	},
	{
		ID: "tr-restricted", Class: runbook.ClassRecipientRestricted,
		When: When{
			Any: []string{
				"bu alıcıya gönderme izniniz", "bu alıcıya ileti gönderme izniniz", "alıcı tarafından reddedildi",
				"alıcı tarafından engellendi", "yalnızca * gelen iletileri kabul ediyor",
			},
		},
		Refs: []string{refTurkish},
		Hits: []string{
			"550 5.7.1 Bu alıcıya gönderme izniniz",
			"550 5.7.1 Bu alıcıya ileti gönderme izniniz",
			"550 5.7.1 Alıcı tarafından reddedildi",
			"550 5.7.1 Alıcı tarafından engellendi",
			"550 5.7.1 Yalnızca mail.example.com gelen iletileri kabul ediyor",
		},
		Misses: []string{"550 5.1.1 Alıcı bulunamadı"},
	},
	{
		ID: "tr-spam", Class: runbook.ClassContentSpam,
		When: When{
			Any: []string{
				"spam olarak", "spam içerik", "istenmeyen e-posta olarak", "istenmeyen posta olarak",
				"spam tespit edildi", "önemsiz posta olarak",
			},
		},
		Refs: []string{refTurkish},
		Hits: []string{
			"554 5.7.1 Spam olarak",
			"554 5.7.1 Spam içerik",
			"554 5.7.1 Istenmeyen e-posta olarak",
			"554 5.7.1 Istenmeyen posta olarak",
			"554 5.7.1 Spam tespit edildi",
			"554 5.7.1 Önemsiz posta olarak",
		},
		Misses: []string{"554 5.7.1 Virüs bulundu"},
	},
	{
		ID: "tr-virus", Class: runbook.ClassContentVirus,
		When: When{Any: []string{"virüs bulundu", "virüs tespit edildi", "virüs içeriyor"}},
		Refs: []string{refTurkish},
		Hits: []string{
			"554 5.7.1 Virüs bulundu",
			"554 5.7.1 Virüs tespit edildi",
			"554 5.7.1 Virüs içeriyor",
		},
		Misses: []string{"554 5.7.1 Spam tespit edildi"},
	},
	{
		ID: "tr-attachment", Class: runbook.ClassContentAttachment,
		When: When{
			Any: []string{
				"eklentiye izin verilmiyor", "ek dosyaya izin verilmiyor", "yasaklı ek", "yasak dosya türü",
				"izin verilmeyen dosya türü",
			},
		},
		Refs: []string{refTurkish},
		Hits: []string{
			"554 5.7.1 Eklentiye izin verilmiyor",
			"554 5.7.1 Ek dosyaya izin verilmiyor",
			"554 5.7.1 Yasaklı ek",
			"554 5.7.1 Yasak dosya türü",
			"554 5.7.1 Izin verilmeyen dosya türü",
		},
		Misses: []string{"552 5.3.4 Mesaj çok büyük"},
	},
	{
		ID: "tr-policy", Class: runbook.ClassPolicyLocal,
		When: When{
			Any: []string{
				"erişim reddedildi", "erişim engellendi", "ileti reddedildi", "mesaj reddedildi",
				"politika gereği reddedildi", "güvenlik politikası",
			},
			Vague: true,
		},
		Refs: []string{refTurkish},
		Hits: []string{
			"554 5.7.1 Erişim reddedildi",
			"554 5.7.1 Erişim engellendi",
			"554 5.7.1 Ileti reddedildi",
			"554 5.7.1 Mesaj reddedildi",
			"554 5.7.1 Politika gereği reddedildi",
			"554 5.7.1 Güvenlik politikası",
		},
		Misses: []string{"550 5.1.1 Kullanıcı bulunamadı"},
	},
	{
		ID: "tr-blocklist", Class: runbook.ClassPolicyBlocklist,
		When: When{
			Any: []string{
				"kara listede", "kara listeye", "kara liste", "ip adresiniz engellendi", "ip adresiniz engellenmiştir",
				"ip adresi engellendi", "ip engellendi",
			},
		},
		Refs: []string{refTurkish},
		Hits: []string{
			"554 5.7.1 Kara listede",
			"554 5.7.1 Kara listeye",
			"554 5.7.1 Kara liste",
			"554 5.7.1 Ip adresiniz engellendi",
			"554 5.7.1 Ip adresiniz engellenmiştir",
			"554 5.7.1 Ip adresi engellendi",
			"554 5.7.1 Ip engellendi",
		},
		Misses: []string{"550 5.2.1 Hesap engellendi"},
	},
	{
		ID: "tr-rdns", Class: runbook.ClassPolicyRDNS,
		When: When{Any: []string{"ters dns", "ters kayıt", "ptr kaydı yok", "reverse dns kaydı"}},
		Refs: []string{refTurkish},
		Hits: []string{
			"554 5.7.1 Ters dns",
			"554 5.7.1 Ters kayıt",
			"554 5.7.1 Ptr kaydı yok",
			"554 5.7.1 Reverse dns kaydı",
		},
		Misses: []string{"554 5.7.1 DNS hatası"},
	},
	{
		ID: "tr-domain", Class: runbook.ClassDomainNotFound,
		When: When{
			Any: []string{
				"alan adı bulunamadı", "alan adı mevcut değil", "böyle bir alan adı yok", "etki alanı bulunamadı",
				"etki alanı mevcut değil", "geçersiz alan adı",
			},
			None: []string{"gönderen"},
		},
		Refs: []string{refTurkish},
		Hits: []string{
			"550 5.1.2 Alan adı bulunamadı",
			"550 5.1.2 Alan adı mevcut değil",
			"550 5.1.2 Böyle bir alan adı yok",
			"550 5.1.2 Etki alanı bulunamadı",
			"550 5.1.2 Etki alanı mevcut değil",
			"550 5.1.2 Geçersiz alan adı",
		},
		Misses: []string{"550 5.1.8 Gönderen alan adı bulunamadı"},
	},
	{
		ID: "tr-relay", Class: runbook.ClassRoutingRelayDenied,
		When: When{
			Any: []string{"relay izni yok", "relay reddedildi", "relay yasak", "aktarma izni yok", "relay erişimi reddedildi"},
		},
		Refs: []string{refTurkish},
		Hits: []string{
			"554 5.7.1 Relay izni yok",
			"554 5.7.1 Relay reddedildi",
			"554 5.7.1 Relay yasak",
			"554 5.7.1 Aktarma izni yok",
			"554 5.7.1 Relay erişimi reddedildi",
		},
		Misses: []string{"554 5.7.1 Erişim reddedildi"},
	},
	{
		ID: "tr-auth", Class: runbook.ClassAuthSMTPRequired,
		When: When{
			Any: []string{
				"kimlik doğrulama gerekli", "kimlik doğrulaması gerekli", "kimlik doğrulama gerekiyor",
				"kimlik doğrulaması gerekiyor", "yetkilendirme gerekli",
			},
		},
		Refs: []string{refTurkish},
		Hits: []string{
			"530 5.7.0 Kimlik doğrulama gerekli",
			"530 5.7.0 Kimlik doğrulaması gerekli",
			"530 5.7.0 Kimlik doğrulama gerekiyor",
			"530 5.7.0 Kimlik doğrulaması gerekiyor",
			"530 5.7.0 Yetkilendirme gerekli",
		},
		Misses: []string{"535 5.7.8 Kimlik doğrulama başarısız"},
	},
	{
		ID: "tr-auth-failed", Class: runbook.ClassAuthSMTPFailed,
		When: When{
			Any: []string{
				"kimlik doğrulama başarısız", "kimlik doğrulaması başarısız", "hatalı kullanıcı adı veya şifre",
				"kullanıcı adı veya parola hatalı", "hatalı şifre",
			},
		},
		Refs: []string{refTurkish},
		Hits: []string{
			"535 5.7.8 Kimlik doğrulama başarısız",
			"535 5.7.8 Kimlik doğrulaması başarısız",
			"535 5.7.8 Hatalı kullanıcı adı veya şifre",
			"535 5.7.8 Kullanıcı adı veya parola hatalı",
			"535 5.7.8 Hatalı şifre",
		},
		Misses: []string{"530 5.7.0 Kimlik doğrulama gerekli"},
	},
	{
		ID: "tr-rate", Class: runbook.ClassPolicyRateLimit,
		When: When{Any: []string{"çok fazla mesaj", "çok fazla ileti", "çok fazla e-posta"}},
		Refs: []string{refTurkish},
		Hits: []string{
			"450 4.7.1 Çok fazla mesaj",
			"450 4.7.1 Çok fazla ileti",
			"450 4.7.1 Çok fazla e-posta",
		},
		Misses: []string{"421 4.7.0 Çok fazla bağlantı"},
	},
	{
		ID: "tr-connections", Class: runbook.ClassPolicyConnections,
		When: When{Any: []string{"çok fazla bağlantı", "bağlantı sayısı aşıldı"}},
		Refs: []string{refTurkish},
		Hits: []string{
			"421 4.7.0 Çok fazla bağlantı",
			"421 4.7.0 Bağlantı sayısı aşıldı",
		},
		Misses: []string{"450 4.7.1 Çok fazla ileti"},
	},
	{
		ID: "tr-recipients", Class: runbook.ClassPolicyRecipients,
		When:   When{Any: []string{"çok fazla alıcı"}},
		Refs:   []string{refTurkish},
		Hits:   []string{"452 4.5.3 Çok fazla alıcı"},
		Misses: []string{"450 4.7.1 Çok fazla ileti"},
	},
	{
		ID: "tr-sender-rejected", Class: runbook.ClassSenderRejected,
		When: When{
			Any: []string{
				"gönderen reddedildi", "gönderen adresi reddedildi", "gönderici reddedildi", "gönderen engellendi",
				"gönderici engellendi",
			},
		},
		Refs: []string{refTurkish},
		Hits: []string{
			"550 5.7.1 Gönderen reddedildi",
			"550 5.7.1 Gönderen adresi reddedildi",
			"550 5.7.1 Gönderici reddedildi",
			"550 5.7.1 Gönderen engellendi",
			"550 5.7.1 Gönderici engellendi",
		},
		Misses: []string{"550 5.1.8 Gönderen alan adı bulunamadı"},
	},
	{
		ID: "tr-sender-domain", Class: runbook.ClassSenderUnresolvable,
		When: When{
			Any: []string{"gönderen alan adı bulunamadı", "gönderen alan adı mevcut değil", "gönderenin alan adı bulunamadı"},
		},
		Refs: []string{refTurkish},
		Hits: []string{
			"550 5.1.8 Gönderen alan adı bulunamadı",
			"550 5.1.8 Gönderen alan adı mevcut değil",
			"550 5.1.8 Gönderenin alan adı bulunamadı",
		},
		Misses: []string{"550 5.1.2 Alan adı bulunamadı"},
	},
	{
		ID: "tr-unavailable", Class: runbook.ClassBackendUnavailable,
		When: When{
			Any: []string{
				"hizmet kullanılamıyor", "servis kullanılamıyor", "geçici olarak kullanılamıyor", "sunucu meşgul",
				"servis şu anda hizmet veremiyor",
			},
		},
		Refs: []string{refTurkish},
		Hits: []string{
			"451 4.3.2 Hizmet kullanılamıyor",
			"451 4.3.2 Servis kullanılamıyor",
			"451 4.3.2 Geçici olarak kullanılamıyor",
			"451 4.3.2 Sunucu meşgul",
			"451 4.3.2 Servis şu anda hizmet veremiyor",
		},
		Misses: []string{"451 4.3.0 Geçici hata"},
	},
	{
		ID: "tr-local-error", Class: runbook.ClassBackendLocalError,
		When: When{Any: []string{"geçici hata", "geçici bir hata", "dahili hata", "sunucu hatası"}, Vague: true},
		Refs: []string{refTurkish},
		Hits: []string{
			"451 4.3.0 Geçici hata",
			"451 4.3.0 Geçici bir hata",
			"451 4.3.0 Dahili hata",
			"451 4.3.0 Sunucu hatası",
		},
		Misses: []string{"451 4.3.2 Hizmet kullanılamıyor"},
	},
	{
		ID: "tr-delayed", Class: runbook.ClassNoticeDelayed,
		When: When{
			Any:   []string{"henüz teslim edilemedi", "henüz teslim edilmedi", "teslimat gecikti", "teslim gecikti"},
			Vague: true,
		},
		Refs: []string{refTurkish},
		Hits: []string{
			"İleti Henüz teslim edilemedi",
			"İleti Henüz teslim edilmedi",
			"İleti Teslimat gecikti",
			"İleti Teslim gecikti",
		},
		Misses: []string{"İleti teslim edilemedi"},
	},
}
