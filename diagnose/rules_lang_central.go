package diagnose

import (
	"github.com/smtpdiag/smtpdiag/runbook"
)

const refCentralEuropean = "https://support.google.com/mail/answer/6596?hl=cs"

// centralEuropeanRules are Czech, Slovak and Hungarian wordings.
var centralEuropeanRules = []Rule{
	{
		ID: "cs-user-unknown", Class: runbook.ClassRecipientUnknown,
		When: When{
			Any: []string{
				"neznámý uživatel", "uživatel neexistuje", "uživatel nenalezen", "uživatel nebyl nalezen",
				"uživatel není znám", "schránka neexistuje", "schránka nenalezena", "adresa neexistuje",
				"adresa nenalezena", "adresa nebyla nalezena", "neznámá adresa", "adresát neexistuje",
				"adresát nenalezen", "neznámý adresát", "příjemce neexistuje", "příjemce nenalezen",
				"příjemce nebyl nalezen", "neznámý příjemce", "účet neexistuje", "adresu se nepodařilo najít",
				"e-mailová adresa, kterou jste zadali, nebyla nalezena", "neznámy používateľ", "používateľ neexistuje",
				"adresa sa nenašla", "príjemca neexistuje", "se nepovedlo najít v", "uživatele se nepodařilo najít",
			},
			None: []string{"odesílatel*"},
		},
		Refs: []string{refCentralEuropean},
		Hits: []string{
			"550 5.1.1 <user@example.com>: Neznámý uživatel",
			"550 5.1.1 <user@example.com>: Uživatel neexistuje",
			"550 5.1.1 <user@example.com>: Uživatel nenalezen",
			"550 5.1.1 <user@example.com>: Uživatel nebyl nalezen",
			"550 5.1.1 <user@example.com>: Uživatel není znám",
			"550 5.1.1 <user@example.com>: Schránka neexistuje",
			"550 5.1.1 <user@example.com>: Schránka nenalezena",
			"550 5.1.1 <user@example.com>: Adresa neexistuje",
			"550 5.1.1 <user@example.com>: Adresa nenalezena",
			"550 5.1.1 <user@example.com>: Adresa nebyla nalezena",
			"550 5.1.1 <user@example.com>: Neznámá adresa",
			"550 5.1.1 <user@example.com>: Adresát neexistuje",
			"550 5.1.1 <user@example.com>: Adresát nenalezen",
			"550 5.1.1 <user@example.com>: Neznámý adresát",
			"550 5.1.1 <user@example.com>: Příjemce neexistuje",
			"550 5.1.1 <user@example.com>: Příjemce nenalezen",
			"550 5.1.1 <user@example.com>: Příjemce nebyl nalezen",
			"550 5.1.1 <user@example.com>: Neznámý příjemce",
			"550 5.1.1 <user@example.com>: Účet neexistuje",
			"550 5.1.1 <user@example.com>: Adresu se nepodařilo najít",
			"550 5.1.1 <user@example.com>: E-mailová adresa, kterou jste zadali, nebyla nalezena",
			"550 5.1.1 <user@example.com>: Neznámy používateľ",
			"550 5.1.1 <user@example.com>: Používateľ neexistuje",
			"550 5.1.1 <user@example.com>: Adresa sa nenašla",
			"550 5.1.1 <user@example.com>: Príjemca neexistuje",
			"550 5.1.1 <user@example.com>: Se nepovedlo najít v",
			"550 5.1.1 <user@example.com>: Uživatele se nepodařilo najít",
		},
		Misses: []string{"550 5.1.2 Doména neexistuje"},
	},
	{
		ID: "cs-mailbox-full", Class: runbook.ClassRecipientFull,
		When: When{
			Any: []string{
				"schránka je plná", "schránka plná", "schránka příjemce je plná", "schránka adresáta je plná",
				"překročena kvóta", "kvóta překročena", "překročil kvótu", "doručená pošta je plná",
				"schránka je preplnená", "prekročená kvóta",
				"je plny",
				"je plna",
				"je plne",
			},
		},
		Refs: []string{refCentralEuropean},
		Hits: []string{
			"552 5.2.2 <user@example.com>: Schránka je plná",
			"552 5.2.2 <user@example.com>: Schránka plná",
			"552 5.2.2 <user@example.com>: Schránka příjemce je plná",
			"552 5.2.2 <user@example.com>: Schránka adresáta je plná",
			"552 5.2.2 <user@example.com>: Překročena kvóta",
			"552 5.2.2 <user@example.com>: Kvóta překročena",
			"552 5.2.2 <user@example.com>: Překročil kvótu",
			"552 5.2.2 <user@example.com>: Doručená pošta je plná",
			"552 5.2.2 <user@example.com>: Schránka je preplnená",
			"552 5.2.2 <user@example.com>: Prekročená kvóta",
			"452 Mailbox je plný",
		},
		Misses: []string{"552 5.3.4 Zpráva je příliš velká"},
	},
	{
		ID: "cs-disabled", Class: runbook.ClassRecipientDisabled,
		When: When{
			Any: []string{
				"schránka zablokována", "schránka je zablokována", "schránka je zablokovaná", "účet zablokován",
				"účet je zablokován", "účet je deaktivován", "účet byl zrušen", "schránka byla zrušena",
				"schránka je neaktivní", "účet je neaktivní",
			},
		},
		Refs: []string{refCentralEuropean},
		Hits: []string{
			"550 5.2.1 <user@example.com>: Schránka zablokována",
			"550 5.2.1 <user@example.com>: Schránka je zablokována",
			"550 5.2.1 <user@example.com>: Schránka je zablokovaná",
			"550 5.2.1 <user@example.com>: Účet zablokován",
			"550 5.2.1 <user@example.com>: Účet je zablokován",
			"550 5.2.1 <user@example.com>: Účet je deaktivován",
			"550 5.2.1 <user@example.com>: Účet byl zrušen",
			"550 5.2.1 <user@example.com>: Schránka byla zrušena",
			"550 5.2.1 <user@example.com>: Schránka je neaktivní",
			"550 5.2.1 <user@example.com>: Účet je neaktivní",
		},
		Misses: []string{"550 5.1.1 Neznámý uživatel"},
	},
	{
		ID: "cs-too-large", Class: runbook.ClassContentTooLarge,
		When: When{
			Any: []string{
				"zpráva je příliš velká", "zpráva příliš velká", "příliš velká zpráva", "překročena maximální velikost",
				"překračuje maximální velikost", "správa je príliš veľká",
			},
		},
		Refs: []string{refCentralEuropean},
		Hits: []string{
			"552 5.3.4 Zpráva je příliš velká",
			"552 5.3.4 Zpráva příliš velká",
			"552 5.3.4 Příliš velká zpráva",
			"552 5.3.4 Překročena maximální velikost",
			"552 5.3.4 Překračuje maximální velikost",
			"552 5.3.4 Správa je príliš veľká",
		},
		Misses: []string{"552 5.2.2 Schránka je plná"},
	},
	{
		ID: "cs-restricted", Class: runbook.ClassRecipientRestricted,
		When: When{
			Any: []string{
				"oprávnění k odesílání tomuto příjemci", "oprávnění odesílat tomuto příjemci", "odmítnuto příjemcem",
				"odmítnuta příjemcem",
			},
		},
		Refs: []string{refCentralEuropean},
		Hits: []string{
			"550 5.7.1 Oprávnění k odesílání tomuto příjemci",
			"550 5.7.1 Oprávnění odesílat tomuto příjemci",
			"550 5.7.1 Odmítnuto příjemcem",
			"550 5.7.1 Odmítnuta příjemcem",
		},
		Misses: []string{"550 5.1.1 Neznámý příjemce"},
	},
	{
		ID: "cs-spam", Class: runbook.ClassContentSpam,
		When: When{
			Any: []string{
				"označena jako spam", "vyhodnocena jako spam", "rozpoznána jako spam", "odmítnuta jako spam",
				"nevyžádaná pošta",
			},
		},
		Refs: []string{refCentralEuropean},
		Hits: []string{
			"554 5.7.1 Zpráva byla Označena jako spam",
			"554 5.7.1 Zpráva byla Vyhodnocena jako spam",
			"554 5.7.1 Zpráva byla Rozpoznána jako spam",
			"554 5.7.1 Zpráva byla Odmítnuta jako spam",
			"554 5.7.1 Zpráva byla Nevyžádaná pošta",
		},
		Misses: []string{"554 5.7.1 Přístup odepřen"},
	},
	{
		ID: "cs-policy", Class: runbook.ClassPolicyLocal,
		When: When{Any: []string{"přístup odepřen", "přístup zamítnut", "zpráva byla odmítnuta", "zpráva odmítnuta"}, Vague: true},
		Refs: []string{refCentralEuropean},
		Hits: []string{
			"554 5.7.1 Přístup odepřen",
			"554 5.7.1 Přístup zamítnut",
			"554 5.7.1 Zpráva byla odmítnuta",
			"554 5.7.1 Zpráva odmítnuta",
		},
		Misses: []string{"550 5.1.1 Neznámý uživatel"},
	},
	{
		ID: "cs-domain", Class: runbook.ClassDomainNotFound,
		When: When{
			Any:  []string{"doména neexistuje", "doména nenalezena", "doména nebyla nalezena", "neznámá doména"},
			None: []string{"odesílatel*"},
		},
		Refs: []string{refCentralEuropean},
		Hits: []string{
			"550 5.1.2 Doména neexistuje",
			"550 5.1.2 Doména nenalezena",
			"550 5.1.2 Doména nebyla nalezena",
			"550 5.1.2 Neznámá doména",
		},
		Misses: []string{"550 5.1.1 Uživatel neexistuje"},
	},
	{
		ID: "hu-user-unknown", Class: runbook.ClassRecipientUnknown,
		When: When{
			Any: []string{
				"ismeretlen felhasználó", "nincs ilyen felhasználó", "a felhasználó nem létezik",
				"felhasználó nem található", "ismeretlen címzett", "a címzett nem található", "a címzett nem létezik",
				"a cím nem található", "a cím nem létezik", "nem létező cím", "nem létező felhasználó",
				"a postafiók nem létezik", "a megadott e-mail-cím nem található", "nincs ilyen postafiók",
				"nem található a következő helyen", "érvénytelen címzett",
			},
		},
		Refs: []string{refCentralEuropean},
		Hits: []string{
			"550 5.1.1 <user@example.com>: Ismeretlen felhasználó",
			"550 5.1.1 <user@example.com>: Nincs ilyen felhasználó",
			"550 5.1.1 <user@example.com>: A felhasználó nem létezik",
			"550 5.1.1 <user@example.com>: Felhasználó nem található",
			"550 5.1.1 <user@example.com>: Ismeretlen címzett",
			"550 5.1.1 <user@example.com>: A címzett nem található",
			"550 5.1.1 <user@example.com>: A címzett nem létezik",
			"550 5.1.1 <user@example.com>: A cím nem található",
			"550 5.1.1 <user@example.com>: A cím nem létezik",
			"550 5.1.1 <user@example.com>: Nem létező cím",
			"550 5.1.1 <user@example.com>: Nem létező felhasználó",
			"550 5.1.1 <user@example.com>: A postafiók nem létezik",
			"550 5.1.1 <user@example.com>: A megadott e-mail-cím nem található",
			"550 5.1.1 <user@example.com>: Nincs ilyen postafiók",
			"550 5.1.1 <user@example.com>: Nem található a következő helyen",
			"550 5.1.1 <user@example.com>: Érvénytelen címzett",
		},
		Misses: []string{"550 5.1.2 A tartomány nem létezik"},
	},
	{
		ID: "hu-mailbox-full", Class: runbook.ClassRecipientFull,
		When: When{
			Any: []string{
				"a postafiók megtelt", "a postafiók betelt", "a postafiók tele van", "a címzett postafiókja megtelt",
				"a postaláda megtelt", "a postaláda betelt", "a címzett postaládája betelt", "kvóta túllépés",
				"túllépte a kvótát",
			},
		},
		Refs: []string{refCentralEuropean},
		Hits: []string{
			"552 5.2.2 <user@example.com>: A postafiók megtelt",
			"552 5.2.2 <user@example.com>: A postafiók betelt",
			"552 5.2.2 <user@example.com>: A postafiók tele van",
			"552 5.2.2 <user@example.com>: A címzett postafiókja megtelt",
			"552 5.2.2 <user@example.com>: A postaláda megtelt",
			"552 5.2.2 <user@example.com>: A postaláda betelt",
			"552 5.2.2 <user@example.com>: A címzett postaládája betelt",
			"552 5.2.2 <user@example.com>: Kvóta túllépés",
			"552 5.2.2 <user@example.com>: Túllépte a kvótát",
		},
		Misses: []string{"552 5.3.4 Az üzenet túl nagy"},
	},
	{
		ID: "hu-disabled", Class: runbook.ClassRecipientDisabled,
		When: When{
			Any: []string{
				"a fiók le van tiltva", "letiltott fiók", "a postafiók le van tiltva", "felfüggesztett fiók",
				"a fiók megszűnt", "a postafiók megszűnt",
			},
		},
		Refs: []string{refCentralEuropean},
		Hits: []string{
			"550 5.2.1 <user@example.com>: A fiók le van tiltva",
			"550 5.2.1 <user@example.com>: Letiltott fiók",
			"550 5.2.1 <user@example.com>: A postafiók le van tiltva",
			"550 5.2.1 <user@example.com>: Felfüggesztett fiók",
			"550 5.2.1 <user@example.com>: A fiók megszűnt",
			"550 5.2.1 <user@example.com>: A postafiók megszűnt",
		},
		Misses: []string{"550 5.1.1 Ismeretlen felhasználó"},
	},
	{
		ID: "hu-too-large", Class: runbook.ClassContentTooLarge,
		When: When{
			Any: []string{
				"az üzenet túl nagy", "a levél túl nagy", "meghaladja a maximális méretet",
				"meghaladja a megengedett méretet",
			},
		},
		Refs: []string{refCentralEuropean},
		Hits: []string{
			"552 5.3.4 Az üzenet túl nagy",
			"552 5.3.4 A levél túl nagy",
			"552 5.3.4 Meghaladja a maximális méretet",
			"552 5.3.4 Meghaladja a megengedett méretet",
		},
		Misses: []string{"552 5.2.2 A postafiók megtelt"},
	},
	{
		ID: "hu-domain", Class: runbook.ClassDomainNotFound,
		When: When{
			Any: []string{
				"a tartomány nem létezik", "a tartomány nem található", "ismeretlen tartomány", "a domain nem létezik",
			},
		},
		Refs: []string{refCentralEuropean},
		Hits: []string{
			"550 5.1.2 A tartomány nem létezik",
			"550 5.1.2 A tartomány nem található",
			"550 5.1.2 Ismeretlen tartomány",
			"550 5.1.2 A domain nem létezik",
		},
		Misses: []string{"550 5.1.1 A felhasználó nem létezik"},
	},
}
