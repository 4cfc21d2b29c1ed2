package diagnose

import (
	"github.com/smtpdiag/smtpdiag/runbook"
)

const refNordic = "https://support.google.com/mail/answer/6596?hl=sv"

// nordicRules are Swedish, Danish, Norwegian and Finnish wordings.
var nordicRules = []Rule{
	{
		ID: "sv-user-unknown", Class: runbook.ClassRecipientUnknown,
		When: When{
			Any: []string{
				"okänd användare", "användaren finns inte", "användaren okänd", "okänd mottagare",
				"mottagaren finns inte", "mottagaren hittades inte", "mottagaren okänd", "adressen finns inte",
				"adressen hittades inte", "adressen inte kunde hittas", "adressen du angav kunde inte hittas",
				"e-postadressen hittades inte", "brevlådan finns inte", "postlådan finns inte", "kontot finns inte",
				"det finns ingen sådan användare", "kunde inte hittas på", "adressen är okänd", "okänd adress",
			},
		},
		Refs: []string{refNordic},
		Hits: []string{
			"550 5.1.1 <user@example.com>: Okänd användare",
			"550 5.1.1 <user@example.com>: Användaren finns inte",
			"550 5.1.1 <user@example.com>: Användaren okänd",
			"550 5.1.1 <user@example.com>: Okänd mottagare",
			"550 5.1.1 <user@example.com>: Mottagaren finns inte",
			"550 5.1.1 <user@example.com>: Mottagaren hittades inte",
			"550 5.1.1 <user@example.com>: Mottagaren okänd",
			"550 5.1.1 <user@example.com>: Adressen finns inte",
			"550 5.1.1 <user@example.com>: Adressen hittades inte",
			"550 5.1.1 <user@example.com>: Adressen inte kunde hittas",
			"550 5.1.1 <user@example.com>: Adressen du angav kunde inte hittas",
			"550 5.1.1 <user@example.com>: E-postadressen hittades inte",
			"550 5.1.1 <user@example.com>: Brevlådan finns inte",
			"550 5.1.1 <user@example.com>: Postlådan finns inte",
			"550 5.1.1 <user@example.com>: Kontot finns inte",
			"550 5.1.1 <user@example.com>: Det finns ingen sådan användare",
			"550 5.1.1 <user@example.com>: Kunde inte hittas på",
			"550 5.1.1 <user@example.com>: Adressen är okänd",
			"550 5.1.1 <user@example.com>: Okänd adress",
		},
		Misses: []string{"550 5.1.2 Domänen finns inte"},
	},
	{
		ID: "sv-mailbox-full", Class: runbook.ClassRecipientFull,
		When: When{
			Any: []string{
				"brevlådan är full", "postlådan är full", "inkorgen är full", "mottagarens inkorg är full",
				"mottagarens postlåda är full", "mottagarens brevlåda är full", "kvoten är överskriden",
				"överskridit sin kvot", "full brevlåda",
			},
		},
		Refs: []string{refNordic},
		Hits: []string{
			"552 5.2.2 <user@example.com>: Brevlådan är full",
			"552 5.2.2 <user@example.com>: Postlådan är full",
			"552 5.2.2 <user@example.com>: Inkorgen är full",
			"552 5.2.2 <user@example.com>: Mottagarens inkorg är full",
			"552 5.2.2 <user@example.com>: Mottagarens postlåda är full",
			"552 5.2.2 <user@example.com>: Mottagarens brevlåda är full",
			"552 5.2.2 <user@example.com>: Kvoten är överskriden",
			"552 5.2.2 <user@example.com>: Överskridit sin kvot",
			"552 5.2.2 <user@example.com>: Full brevlåda",
		},
		Misses: []string{"552 5.3.4 Meddelandet är för stort"},
	},
	{
		ID: "sv-disabled", Class: runbook.ClassRecipientDisabled,
		When: When{
			Any: []string{
				"kontot är inaktiverat", "kontot är avstängt", "kontot är spärrat", "kontot är stängt",
				"brevlådan är inaktiverad", "brevlådan är avstängd", "adressen är inte längre i bruk",
			},
		},
		Refs: []string{refNordic},
		Hits: []string{
			"550 5.2.1 <user@example.com>: Kontot är inaktiverat",
			"550 5.2.1 <user@example.com>: Kontot är avstängt",
			"550 5.2.1 <user@example.com>: Kontot är spärrat",
			"550 5.2.1 <user@example.com>: Kontot är stängt",
			"550 5.2.1 <user@example.com>: Brevlådan är inaktiverad",
			"550 5.2.1 <user@example.com>: Brevlådan är avstängd",
			"550 5.2.1 <user@example.com>: Adressen är inte längre i bruk",
		},
		Misses: []string{"550 5.1.1 Okänd användare"},
	},
	{
		ID: "sv-too-large", Class: runbook.ClassContentTooLarge,
		When: When{Any: []string{"meddelandet är för stort", "brevet är för stort", "överskrider den maximala storleken"}},
		Refs: []string{refNordic},
		Hits: []string{
			"552 5.3.4 Meddelandet är för stort",
			"552 5.3.4 Brevet är för stort",
			"552 5.3.4 Överskrider den maximala storleken",
		},
		Misses: []string{"552 5.2.2 Brevlådan är full"},
	},
	{
		ID: "sv-restricted", Class: runbook.ClassRecipientRestricted,
		When: When{
			Any: []string{
				"behörighet att skicka till den här mottagaren", "behörighet att skicka till mottagaren",
				"leverans till den här adressen är begränsad", "avvisat av mottagaren",
			},
		},
		Refs: []string{refNordic},
		Hits: []string{
			"550 5.7.1 Behörighet att skicka till den här mottagaren",
			"550 5.7.1 Behörighet att skicka till mottagaren",
			"550 5.7.1 Leverans till den här adressen är begränsad",
			"550 5.7.1 Avvisat av mottagaren",
		},
		Misses: []string{"550 5.1.1 Okänd mottagare"},
	},
	{
		ID: "sv-spam", Class: runbook.ClassContentSpam,
		When: When{
			Any: []string{
				"bedömts som skräppost", "klassats som skräppost", "klassificerats som skräppost",
				"betraktas som skräppost", "klassats som spam", "bedömts som spam",
			},
		},
		Refs: []string{refNordic},
		Hits: []string{
			"554 5.7.1 Meddelandet har Bedömts som skräppost",
			"554 5.7.1 Meddelandet har Klassats som skräppost",
			"554 5.7.1 Meddelandet har Klassificerats som skräppost",
			"554 5.7.1 Meddelandet har Betraktas som skräppost",
			"554 5.7.1 Meddelandet har Klassats som spam",
			"554 5.7.1 Meddelandet har Bedömts som spam",
		},
		Misses: []string{"554 5.7.1 Åtkomst nekad"},
	},
	{
		ID: "sv-policy", Class: runbook.ClassPolicyLocal,
		When: When{Any: []string{"åtkomst nekad", "meddelandet avvisades", "avvisat enligt policy"}, Vague: true},
		Refs: []string{refNordic},
		Hits: []string{
			"554 5.7.1 Åtkomst nekad",
			"554 5.7.1 Meddelandet avvisades",
			"554 5.7.1 Avvisat enligt policy",
		},
		Misses: []string{"550 5.1.1 Okänd användare"},
	},
	{
		ID: "sv-domain", Class: runbook.ClassDomainNotFound,
		When: When{Any: []string{"domänen finns inte", "domänen hittades inte", "okänd domän", "domänen kunde inte hittas"}},
		Refs: []string{refNordic},
		Hits: []string{
			"550 5.1.2 Domänen finns inte",
			"550 5.1.2 Domänen hittades inte",
			"550 5.1.2 Okänd domän",
			"550 5.1.2 Domänen kunde inte hittas",
		},
		Misses: []string{"550 5.1.1 Användaren finns inte"},
	},
	{
		ID: "da-user-unknown", Class: runbook.ClassRecipientUnknown,
		When: When{
			Any: []string{
				"ukendt bruger", "brugeren findes ikke", "bruger findes ikke", "ukendt modtager",
				"modtageren findes ikke", "modtageren blev ikke fundet", "adressen findes ikke",
				"adressen blev ikke fundet", "adressen ikke blev fundet", "mailadressen findes ikke",
				"mailadressen, du angav, blev ikke fundet", "postkassen findes ikke", "kontoen findes ikke",
				"blev ikke fundet på", "ukendt adresse",
			},
		},
		Refs: []string{refNordic},
		Hits: []string{
			"550 5.1.1 <user@example.com>: Ukendt bruger",
			"550 5.1.1 <user@example.com>: Brugeren findes ikke",
			"550 5.1.1 <user@example.com>: Bruger findes ikke",
			"550 5.1.1 <user@example.com>: Ukendt modtager",
			"550 5.1.1 <user@example.com>: Modtageren findes ikke",
			"550 5.1.1 <user@example.com>: Modtageren blev ikke fundet",
			"550 5.1.1 <user@example.com>: Adressen findes ikke",
			"550 5.1.1 <user@example.com>: Adressen blev ikke fundet",
			"550 5.1.1 <user@example.com>: Adressen ikke blev fundet",
			"550 5.1.1 <user@example.com>: Mailadressen findes ikke",
			"550 5.1.1 <user@example.com>: Mailadressen, du angav, blev ikke fundet",
			"550 5.1.1 <user@example.com>: Postkassen findes ikke",
			"550 5.1.1 <user@example.com>: Kontoen findes ikke",
			"550 5.1.1 <user@example.com>: Blev ikke fundet på",
			"550 5.1.1 <user@example.com>: Ukendt adresse",
		},
		Misses: []string{"550 5.1.2 Domænet findes ikke"},
	},
	{
		ID: "da-mailbox-full", Class: runbook.ClassRecipientFull,
		When: When{
			Any: []string{
				"postkassen er fuld", "postkassen er fyldt", "postkasse er fuld", "postkasse er fyldt",
				"indbakken er fuld", "indbakke er fuld", "kvoten er overskredet",
			},
		},
		Refs: []string{refNordic},
		Hits: []string{
			"552 5.2.2 <user@example.com>: Postkassen er fuld",
			"552 5.2.2 <user@example.com>: Postkassen er fyldt",
			"552 5.2.2 <user@example.com>: Postkasse er fuld",
			"552 5.2.2 <user@example.com>: Postkasse er fyldt",
			"552 5.2.2 <user@example.com>: Indbakken er fuld",
			"552 5.2.2 <user@example.com>: Indbakke er fuld",
			"552 5.2.2 <user@example.com>: Kvoten er overskredet",
		},
		Misses: []string{"552 5.3.4 Meddelelsen er for stor"},
	},
	{
		ID: "da-disabled", Class: runbook.ClassRecipientDisabled,
		When: When{
			Any: []string{
				"kontoen er deaktiveret", "kontoen er lukket", "kontoen er spærret", "postkassen er lukket",
				"postkassen er deaktiveret",
			},
		},
		Refs: []string{refNordic},
		Hits: []string{
			"550 5.2.1 <user@example.com>: Kontoen er deaktiveret",
			"550 5.2.1 <user@example.com>: Kontoen er lukket",
			"550 5.2.1 <user@example.com>: Kontoen er spærret",
			"550 5.2.1 <user@example.com>: Postkassen er lukket",
			"550 5.2.1 <user@example.com>: Postkassen er deaktiveret",
		},
		Misses: []string{"550 5.1.1 Ukendt bruger"},
	},
	{
		ID: "da-too-large", Class: runbook.ClassContentTooLarge,
		When: When{Any: []string{"meddelelsen er for stor", "beskeden er for stor", "mailen er for stor"}},
		Refs: []string{refNordic},
		Hits: []string{
			"552 5.3.4 Meddelelsen er for stor",
			"552 5.3.4 Beskeden er for stor",
			"552 5.3.4 Mailen er for stor",
		},
		Misses: []string{"552 5.2.2 Postkassen er fuld"},
	},
	{
		ID: "da-restricted", Class: runbook.ClassRecipientRestricted,
		When: When{
			Any: []string{
				"tilladelse til at sende til denne modtager", "tilladelse til at sende til modtageren",
				"afvist af modtageren",
			},
		},
		Refs: []string{refNordic},
		Hits: []string{
			"550 5.7.1 Tilladelse til at sende til denne modtager",
			"550 5.7.1 Tilladelse til at sende til modtageren",
			"550 5.7.1 Afvist af modtageren",
		},
		Misses: []string{"550 5.1.1 Ukendt modtager"},
	},
	{
		ID: "da-domain", Class: runbook.ClassDomainNotFound,
		When: When{Any: []string{"domænet findes ikke", "domænet blev ikke fundet", "ukendt domæne"}},
		Refs: []string{refNordic},
		Hits: []string{
			"550 5.1.2 Domænet findes ikke",
			"550 5.1.2 Domænet blev ikke fundet",
			"550 5.1.2 Ukendt domæne",
		},
		Misses: []string{"550 5.1.1 Brugeren findes ikke"},
	},
	{
		ID: "nb-user-unknown", Class: runbook.ClassRecipientUnknown,
		When: When{
			Any: []string{
				"ukjent bruker", "brukeren finnes ikke", "bruker finnes ikke", "ukjent mottaker", "ugyldig mottaker", "ugyldig adresse",
				"mottakeren finnes ikke", "mottakeren ble ikke funnet", "adressen finnes ikke",
				"adressen ble ikke funnet", "fant ikke adressen", "e-postadressen du skrev inn, ble ikke funnet",
				"postboksen finnes ikke", "kontoen finnes ikke", "ble ikke funnet på", "ukjent adresse",
			},
		},
		Refs: []string{refNordic},
		Hits: []string{
			"550 5.1.1 <user@example.com>: Ukjent bruker",
			"550 5.1.1 <user@example.com>: Brukeren finnes ikke",
			"550 5.1.1 <user@example.com>: Bruker finnes ikke",
			"550 5.1.1 <user@example.com>: Ukjent mottaker",
			"550 Ugyldig mottaker",
			"550 5.1.1 <user@example.com>: Mottakeren finnes ikke",
			"550 5.1.1 <user@example.com>: Mottakeren ble ikke funnet",
			"550 5.1.1 <user@example.com>: Adressen finnes ikke",
			"550 5.1.1 <user@example.com>: Adressen ble ikke funnet",
			"550 5.1.1 <user@example.com>: Fant ikke adressen",
			"550 5.1.1 <user@example.com>: E-postadressen du skrev inn, ble ikke funnet",
			"550 5.1.1 <user@example.com>: Postboksen finnes ikke",
			"550 5.1.1 <user@example.com>: Kontoen finnes ikke",
			"550 5.1.1 <user@example.com>: Ble ikke funnet på",
			"550 5.1.1 <user@example.com>: Ukjent adresse",
		},
		Misses: []string{"550 5.1.2 Domenet finnes ikke"},
	},
	{
		ID: "nb-mailbox-full", Class: runbook.ClassRecipientFull,
		When: When{
			Any: []string{
				"postboksen er full", "postkassen er full", "innboksen er full", "mottakerens innboks er full",
				"mottakerens postboks er full", "kvoten er overskredet for postboksen",
			},
		},
		Refs: []string{refNordic},
		Hits: []string{
			"552 5.2.2 <user@example.com>: Postboksen er full",
			"552 5.2.2 <user@example.com>: Postkassen er full",
			"552 5.2.2 <user@example.com>: Innboksen er full",
			"552 5.2.2 <user@example.com>: Mottakerens innboks er full",
			"552 5.2.2 <user@example.com>: Mottakerens postboks er full",
			"552 5.2.2 <user@example.com>: Kvoten er overskredet for postboksen",
		},
		Misses: []string{"552 5.3.4 Meldingen er for stor"},
	},
	{
		ID: "nb-disabled", Class: runbook.ClassRecipientDisabled,
		When: When{
			Any: []string{
				"kontoen er deaktivert", "kontoen er sperret", "kontoen er stengt", "postboksen er deaktivert",
				"postboksen er stengt",
			},
		},
		Refs: []string{refNordic},
		Hits: []string{
			"550 5.2.1 <user@example.com>: Kontoen er deaktivert",
			"550 5.2.1 <user@example.com>: Kontoen er sperret",
			"550 5.2.1 <user@example.com>: Kontoen er stengt",
			"550 5.2.1 <user@example.com>: Postboksen er deaktivert",
			"550 5.2.1 <user@example.com>: Postboksen er stengt",
		},
		Misses: []string{"550 5.1.1 Ukjent bruker"},
	},
	{
		ID: "nb-too-large", Class: runbook.ClassContentTooLarge,
		When: When{Any: []string{"meldingen er for stor", "e-posten er for stor", "overskrider maksimal størrelse"}},
		Refs: []string{refNordic},
		Hits: []string{
			"552 5.3.4 Meldingen er for stor",
			"552 5.3.4 E-posten er for stor",
			"552 5.3.4 Overskrider maksimal størrelse",
		},
		Misses: []string{"552 5.2.2 Innboksen er full"},
	},
	{
		ID: "nb-restricted", Class: runbook.ClassRecipientRestricted,
		When: When{
			Any: []string{
				"tillatelse til å sende til denne mottakeren", "tillatelse til å sende til mottakeren",
				"avvist av mottakeren",
			},
		},
		Refs: []string{refNordic},
		Hits: []string{
			"550 5.7.1 Tillatelse til å sende til denne mottakeren",
			"550 5.7.1 Tillatelse til å sende til mottakeren",
			"550 5.7.1 Avvist av mottakeren",
		},
		Misses: []string{"550 5.1.1 Ukjent mottaker"},
	},
	{
		ID: "nb-domain", Class: runbook.ClassDomainNotFound,
		When: When{Any: []string{"domenet finnes ikke", "domenet ble ikke funnet", "ukjent domene"}},
		Refs: []string{refNordic},
		Hits: []string{
			"550 5.1.2 Domenet finnes ikke",
			"550 5.1.2 Domenet ble ikke funnet",
			"550 5.1.2 Ukjent domene",
		},
		Misses: []string{"550 5.1.1 Brukeren finnes ikke"},
	},
	{
		ID: "fi-user-unknown", Class: runbook.ClassRecipientUnknown,
		When: When{
			Any: []string{
				"tuntematon käyttäjä", "käyttäjää ei löydy", "käyttäjää ei ole", "käyttäjää ei löytynyt",
				"tuntematon vastaanottaja", "vastaanottajaa ei löydy", "vastaanottajaa ei löytynyt",
				"vastaanottajaa ei ole", "osoitetta ei löydy", "osoitetta ei löytynyt", "osoitetta ei ole",
				"postilaatikkoa ei löydy", "postilaatikkoa ei ole", "tiliä ei ole", "ei löytynyt kohteesta",
				"tuntematon osoite",
			},
		},
		Refs: []string{refNordic},
		Hits: []string{
			"550 5.1.1 <user@example.com>: Tuntematon käyttäjä",
			"550 5.1.1 <user@example.com>: Käyttäjää ei löydy",
			"550 5.1.1 <user@example.com>: Käyttäjää ei ole",
			"550 5.1.1 <user@example.com>: Käyttäjää ei löytynyt",
			"550 5.1.1 <user@example.com>: Tuntematon vastaanottaja",
			"550 5.1.1 <user@example.com>: Vastaanottajaa ei löydy",
			"550 5.1.1 <user@example.com>: Vastaanottajaa ei löytynyt",
			"550 5.1.1 <user@example.com>: Vastaanottajaa ei ole",
			"550 5.1.1 <user@example.com>: Osoitetta ei löydy",
			"550 5.1.1 <user@example.com>: Osoitetta ei löytynyt",
			"550 5.1.1 <user@example.com>: Osoitetta ei ole",
			"550 5.1.1 <user@example.com>: Postilaatikkoa ei löydy",
			"550 5.1.1 <user@example.com>: Postilaatikkoa ei ole",
			"550 5.1.1 <user@example.com>: Tiliä ei ole",
			"550 5.1.1 <user@example.com>: Ei löytynyt kohteesta",
			"550 5.1.1 <user@example.com>: Tuntematon osoite",
		},
		Misses: []string{"550 5.1.2 Verkkotunnusta ei löydy"},
	},
	{
		ID: "fi-mailbox-full", Class: runbook.ClassRecipientFull,
		When: When{
			Any: []string{
				"postilaatikko on täynnä", "saapuneet-kansio on täynnä", "kiintiö ylittynyt", "kiintiö on ylittynyt",
				"kiintiö on täynnä",
			},
		},
		Refs: []string{refNordic},
		Hits: []string{
			"552 5.2.2 <user@example.com>: Postilaatikko on täynnä",
			"552 5.2.2 <user@example.com>: Saapuneet-kansio on täynnä",
			"552 5.2.2 <user@example.com>: Kiintiö ylittynyt",
			"552 5.2.2 <user@example.com>: Kiintiö on ylittynyt",
			"552 5.2.2 <user@example.com>: Kiintiö on täynnä",
		},
		Misses: []string{"552 5.3.4 Viesti on liian suuri"},
	},
	{
		ID: "fi-disabled", Class: runbook.ClassRecipientDisabled,
		When: When{
			Any: []string{"tili on suljettu", "tili on poistettu käytöstä", "tili on lukittu", "postilaatikko on suljettu"},
		},
		Refs: []string{refNordic},
		Hits: []string{
			"550 5.2.1 <user@example.com>: Tili on suljettu",
			"550 5.2.1 <user@example.com>: Tili on poistettu käytöstä",
			"550 5.2.1 <user@example.com>: Tili on lukittu",
			"550 5.2.1 <user@example.com>: Postilaatikko on suljettu",
		},
		Misses: []string{"550 5.1.1 Tuntematon käyttäjä"},
	},
	{
		ID: "fi-too-large", Class: runbook.ClassContentTooLarge,
		When: When{Any: []string{"viesti on liian suuri", "viesti liian suuri", "viestin koko ylittää"}},
		Refs: []string{refNordic},
		Hits: []string{
			"552 5.3.4 Viesti on liian suuri",
			"552 5.3.4 Viesti liian suuri",
			"552 5.3.4 Viestin koko ylittää",
		},
		Misses: []string{"552 5.2.2 Postilaatikko on täynnä"},
	},
	{
		ID: "fi-domain", Class: runbook.ClassDomainNotFound,
		When: When{Any: []string{"verkkotunnusta ei löydy", "verkkotunnusta ei ole", "verkkotunnusta ei löytynyt"}},
		Refs: []string{refNordic},
		Hits: []string{
			"550 5.1.2 Verkkotunnusta ei löydy",
			"550 5.1.2 Verkkotunnusta ei ole",
			"550 5.1.2 Verkkotunnusta ei löytynyt",
		},
		Misses: []string{"550 5.1.1 Osoitetta ei löydy"},
	},
}
