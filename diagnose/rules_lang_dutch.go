package diagnose

import (
	"github.com/smtpdiag/smtpdiag/runbook"
)

const refDutch = "https://support.google.com/mail/answer/6596?hl=nl"

// dutchRules are Dutch wordings of servers and of delivery reports.
var dutchRules = []Rule{
	{
		ID: "nl-user-unknown", Class: runbook.ClassRecipientUnknown,
		When: When{
			Any: []string{
				"gebruiker onbekend", "onbekende gebruiker", "gebruiker bestaat niet", "gebruiker niet gevonden",
				"ontvanger onbekend", "onbekende ontvanger", "ontvanger bestaat niet", "ontvanger niet gevonden",
				"geadresseerde onbekend", "geadresseerde niet gevonden", "adres bestaat niet", "adres onbekend",
				"adres niet gevonden", "adres is niet gevonden", "adres niet kan worden gevonden", "mailbox bestaat niet",
				"postvak bestaat niet", "postbus bestaat niet", "account bestaat niet",
				"e-mailadres dat u hebt ingevoerd, kan niet worden gevonden",
				"e-mailadres dat u hebt ingevoerd is niet gevonden", "e-mailadres van de geadresseerde is niet gevonden",
				"niet vermeld in de domino-directory", "niet gevonden in domino directory",
				"het e-mailaccount bestaat niet in de organisatie", "is niet gevonden op", "is niet gevonden in",
				"is niet gevonden bij", "onbekend adres", "onbekend aan-adres", "niet bekend op deze server",
			},
			None: []string{"afzender", "het domein", "domein bestaat", "domein onbekend", "domein niet", "onbekend domein"},
		},
		Refs: []string{refDutch},
		Hits: []string{
			"550 5.1.1 <user@example.com>: Gebruiker onbekend",
			"550 5.1.1 <user@example.com>: Onbekende gebruiker",
			"550 5.1.1 <user@example.com>: Gebruiker bestaat niet",
			"550 5.1.1 <user@example.com>: Gebruiker niet gevonden",
			"550 5.1.1 <user@example.com>: Ontvanger onbekend",
			"550 5.1.1 <user@example.com>: Onbekende ontvanger",
			"550 5.1.1 <user@example.com>: Ontvanger bestaat niet",
			"550 5.1.1 <user@example.com>: Ontvanger niet gevonden",
			"550 5.1.1 <user@example.com>: Geadresseerde onbekend",
			"550 5.1.1 <user@example.com>: Geadresseerde niet gevonden",
			"550 5.1.1 <user@example.com>: Adres bestaat niet",
			"550 5.1.1 <user@example.com>: Adres onbekend",
			"550 5.1.1 <user@example.com>: Adres niet gevonden",
			"550 5.1.1 <user@example.com>: Adres is niet gevonden",
			"550 5.1.1 <user@example.com>: Adres niet kan worden gevonden",
			"550 5.1.1 <user@example.com>: Mailbox bestaat niet",
			"550 5.1.1 <user@example.com>: Postvak bestaat niet",
			"550 5.1.1 <user@example.com>: Postbus bestaat niet",
			"550 5.1.1 <user@example.com>: Account bestaat niet",
			"550 5.1.1 <user@example.com>: E-mailadres dat u hebt ingevoerd, kan niet worden gevonden",
			"550 5.1.1 <user@example.com>: E-mailadres dat u hebt ingevoerd is niet gevonden",
			"550 5.1.1 <user@example.com>: E-mailadres van de geadresseerde is niet gevonden",
			"550 5.1.1 <user@example.com>: Niet vermeld in de domino-directory",
			"550 5.1.1 <user@example.com>: Niet gevonden in domino directory",
			"550 5.1.1 <user@example.com>: Het e-mailaccount bestaat niet in de organisatie",
			"550 5.1.1 <user@example.com>: Is niet gevonden op",
			"550 5.1.1 <user@example.com>: Is niet gevonden in",
			"550 5.1.1 <user@example.com>: Is niet gevonden bij",
			"550 5.1.1 <user@example.com>: Onbekend adres",
			"550 5.1.1 <user@example.com>: Onbekend aan-adres",
			"550 5.1.1 <user@example.com>: Niet bekend op deze server",
		},
		Misses: []string{"550 5.1.2 Domein bestaat niet"},
	},
	{
		ID: "nl-mailbox-full", Class: runbook.ClassRecipientFull,
		When: When{
			Any: []string{
				"mailbox is vol", "mailbox vol", "postvak is vol", "postvak vol", "postbus is vol",
				"postvak van de geadresseerde is vol", "postvak van de ontvanger is vol", "inbox is vol",
				"inbox van de ontvanger is vol", "quota overschreden", "opslaglimiet overschreden",
				"postvak in van de geadresseerde is vol", "postvak van de geadresseerde vol",
			},
		},
		Refs: []string{refDutch},
		Hits: []string{
			"552 5.2.2 <user@example.com>: Mailbox is vol",
			"552 5.2.2 <user@example.com>: Mailbox vol",
			"552 5.2.2 <user@example.com>: Postvak is vol",
			"552 5.2.2 <user@example.com>: Postvak vol",
			"552 5.2.2 <user@example.com>: Postbus is vol",
			"552 5.2.2 <user@example.com>: Postvak van de geadresseerde is vol",
			"552 5.2.2 <user@example.com>: Postvak van de ontvanger is vol",
			"552 5.2.2 <user@example.com>: Inbox is vol",
			"552 5.2.2 <user@example.com>: Inbox van de ontvanger is vol",
			"552 5.2.2 <user@example.com>: Quota overschreden",
			"552 5.2.2 <user@example.com>: Opslaglimiet overschreden",
			"552 5.2.2 <user@example.com>: Postvak in van de geadresseerde is vol",
			"552 5.2.2 <user@example.com>: Postvak van de geadresseerde vol",
		},
		Misses: []string{"552 5.3.4 Bericht is te groot"},
	},
	{
		ID: "nl-disabled", Class: runbook.ClassRecipientDisabled,
		When: When{
			Any: []string{
				"account is uitgeschakeld", "account uitgeschakeld", "account is geblokkeerd", "account geblokkeerd",
				"account is gedeactiveerd", "account gedeactiveerd", "account is opgeheven", "account opgeheven",
				"mailbox is uitgeschakeld", "mailbox geblokkeerd", "mailbox is geblokkeerd", "adres is niet meer geldig",
				"adres niet meer in gebruik",
			},
			None: []string{"afzender", "uw account"},
		},
		Refs: []string{refDutch},
		Hits: []string{
			"550 5.2.1 <user@example.com>: Account is uitgeschakeld",
			"550 5.2.1 <user@example.com>: Account uitgeschakeld",
			"550 5.2.1 <user@example.com>: Account is geblokkeerd",
			"550 5.2.1 <user@example.com>: Account geblokkeerd",
			"550 5.2.1 <user@example.com>: Account is gedeactiveerd",
			"550 5.2.1 <user@example.com>: Account gedeactiveerd",
			"550 5.2.1 <user@example.com>: Account is opgeheven",
			"550 5.2.1 <user@example.com>: Account opgeheven",
			"550 5.2.1 <user@example.com>: Mailbox is uitgeschakeld",
			"550 5.2.1 <user@example.com>: Mailbox geblokkeerd",
			"550 5.2.1 <user@example.com>: Mailbox is geblokkeerd",
			"550 5.2.1 <user@example.com>: Adres is niet meer geldig",
			"550 5.2.1 <user@example.com>: Adres niet meer in gebruik",
		},
		Misses: []string{"550 5.1.1 Gebruiker onbekend"},
	},
	{
		ID: "nl-too-large", Class: runbook.ClassContentTooLarge,
		When: When{
			Any: []string{
				"bericht is te groot", "bericht te groot", "overschrijdt de maximale grootte", "maximale berichtgrootte",
				"groter dan toegestaan",
			},
		},
		Refs: []string{refDutch},
		Hits: []string{
			"552 5.3.4 Bericht is te groot",
			"552 5.3.4 Bericht te groot",
			"552 5.3.4 Overschrijdt de maximale grootte",
			"552 5.3.4 Maximale berichtgrootte",
			"552 5.3.4 Groter dan toegestaan",
		},
		Misses: []string{"552 5.2.2 Mailbox is vol"},
	},
	{
		ID: "nl-restricted", Class: runbook.ClassRecipientRestricted,
		When: When{
			Any: []string{
				"machtiging om naar deze geadresseerde", "machtigingen om naar deze geadresseerde",
				"niet gemachtigd om naar deze", "bezorging op dit adres is beperkt", "accepteert alleen berichten van",
				"geweigerd door de ontvanger", "geblokkeerd door de ontvanger", "bezorging op dit adres beperkt is",
				"levering aan dit adres is beperkt",
			},
		},
		Refs: []string{refDutch},
		Hits: []string{
			"550 5.7.1 Machtiging om naar deze geadresseerde",
			"550 5.7.1 Machtigingen om naar deze geadresseerde",
			"550 5.7.1 Niet gemachtigd om naar deze",
			"550 5.7.1 Bezorging op dit adres is beperkt",
			"550 5.7.1 Accepteert alleen berichten van",
			"550 5.7.1 Geweigerd door de ontvanger",
			"550 5.7.1 Geblokkeerd door de ontvanger",
			"550 5.7.1 Bezorging op dit adres beperkt is",
			"550 5.7.1 Levering aan dit adres is beperkt",
		},
		Misses: []string{"550 5.1.1 Ontvanger onbekend"},
	},
	{
		ID: "nl-spam", Class: runbook.ClassContentSpam,
		When: When{
			Any: []string{
				"aangemerkt als spam", "als spam gemarkeerd", "als spam aangemerkt", "herkend als spam",
				"als spam herkend", "gezien als spam", "geweigerd wegens spam", "spam gedetecteerd", "ongewenste e-mail",
			},
		},
		Refs: []string{refDutch},
		Hits: []string{
			"554 5.7.1 Aangemerkt als spam",
			"554 5.7.1 Als spam gemarkeerd",
			"554 5.7.1 Als spam aangemerkt",
			"554 5.7.1 Herkend als spam",
			"554 5.7.1 Als spam herkend",
			"554 5.7.1 Gezien als spam",
			"554 5.7.1 Geweigerd wegens spam",
			"554 5.7.1 Spam gedetecteerd",
			"554 5.7.1 Ongewenste e-mail",
		},
		Misses: []string{"554 5.7.1 Het bericht bevat een virus"},
	},
	{
		ID: "nl-virus", Class: runbook.ClassContentVirus,
		When: When{Any: []string{"bevat een virus", "virus gevonden", "virus gedetecteerd"}},
		Refs: []string{refDutch},
		Hits: []string{
			"554 5.7.1 Bevat een virus",
			"554 5.7.1 Virus gevonden",
			"554 5.7.1 Virus gedetecteerd",
		},
		Misses: []string{"554 5.7.1 Spam gedetecteerd"},
	},
	{
		ID: "nl-attachment", Class: runbook.ClassContentAttachment,
		When: When{
			Any: []string{
				"bijlage niet toegestaan", "bijlage geblokkeerd", "bestandstype niet toegestaan", "verboden bijlage",
			},
		},
		Refs: []string{refDutch},
		Hits: []string{
			"554 5.7.1 Bijlage niet toegestaan",
			"554 5.7.1 Bijlage geblokkeerd",
			"554 5.7.1 Bestandstype niet toegestaan",
			"554 5.7.1 Verboden bijlage",
		},
		Misses: []string{"552 5.3.4 Bericht is te groot"},
	},
	{
		ID: "nl-policy", Class: runbook.ClassPolicyLocal,
		When: When{
			Any: []string{
				"toegang geweigerd", "bericht geweigerd", "geweigerd op grond van beleid", "geweigerd door beleid",
				"toegang ontzegd",
			},
			Vague: true,
		},
		Refs: []string{refDutch},
		Hits: []string{
			"554 5.7.1 Toegang geweigerd",
			"554 5.7.1 Bericht geweigerd",
			"554 5.7.1 Geweigerd op grond van beleid",
			"554 5.7.1 Geweigerd door beleid",
			"554 5.7.1 Toegang ontzegd",
		},
		Misses: []string{"550 5.1.1 Gebruiker onbekend"},
	},
	{
		ID: "nl-blocklist", Class: runbook.ClassPolicyBlocklist,
		When: When{
			Any: []string{
				"op een zwarte lijst", "op de zwarte lijst", "op een blacklist", "op de blacklist",
				"op een blokkeerlijst", "ip-adres geblokkeerd", "ip-adres is geblokkeerd",
			},
		},
		Refs: []string{refDutch},
		Hits: []string{
			"554 5.7.1 Op een zwarte lijst",
			"554 5.7.1 Op de zwarte lijst",
			"554 5.7.1 Op een blacklist",
			"554 5.7.1 Op de blacklist",
			"554 5.7.1 Op een blokkeerlijst",
			"554 5.7.1 Ip-adres geblokkeerd",
			"554 5.7.1 Ip-adres is geblokkeerd",
		},
		Misses: []string{"550 5.2.1 Account geblokkeerd"},
	},
	{
		ID: "nl-rdns", Class: runbook.ClassPolicyRDNS,
		When: When{Any: []string{"geen reverse dns", "geen geldige reverse dns", "geen ptr-record", "reverse dns ontbreekt"}},
		Refs: []string{refDutch},
		Hits: []string{
			"554 5.7.1 Geen reverse dns",
			"554 5.7.1 Geen geldige reverse dns",
			"554 5.7.1 Geen ptr-record",
			"554 5.7.1 Reverse dns ontbreekt",
		},
		Misses: []string{"554 5.7.1 Geen toegang"},
	},
	{
		ID: "nl-domain", Class: runbook.ClassDomainNotFound,
		When: When{
			Any: []string{
				"domein bestaat niet", "domein niet gevonden", "domein onbekend", "onbekend domein",
				"domein * kan niet worden gevonden",
			},
			None: []string{"afzender"},
		},
		Refs: []string{refDutch},
		Hits: []string{
			"550 5.1.2 Domein bestaat niet",
			"550 5.1.2 Domein niet gevonden",
			"550 5.1.2 Domein onbekend",
			"550 5.1.2 Onbekend domein",
			"550 5.1.2 Domein mail.example.com kan niet worden gevonden",
		},
		Misses: []string{"550 5.1.8 Domein van de afzender bestaat niet"},
	},
	{
		ID: "nl-relay", Class: runbook.ClassRoutingRelayDenied,
		When: When{
			Any: []string{
				"relayen niet toegestaan", "relay niet toegestaan", "relaying niet toegestaan", "relay geweigerd",
				"doorsturen niet toegestaan",
			},
		},
		Refs: []string{refDutch},
		Hits: []string{
			"554 5.7.1 Relayen niet toegestaan",
			"554 5.7.1 Relay niet toegestaan",
			"554 5.7.1 Relaying niet toegestaan",
			"554 5.7.1 Relay geweigerd",
			"554 5.7.1 Doorsturen niet toegestaan",
		},
		Misses: []string{"554 5.7.1 Toegang geweigerd"},
	},
	{
		ID: "nl-auth", Class: runbook.ClassAuthSMTPRequired,
		When: When{Any: []string{"authenticatie vereist", "verificatie vereist", "authenticatie is vereist", "aanmelden vereist"}},
		Refs: []string{refDutch},
		Hits: []string{
			"530 5.7.0 Authenticatie vereist",
			"530 5.7.0 Verificatie vereist",
			"530 5.7.0 Authenticatie is vereist",
			"530 5.7.0 Aanmelden vereist",
		},
		Misses: []string{"535 5.7.8 Authenticatie mislukt"},
	},
	{
		ID: "nl-auth-failed", Class: runbook.ClassAuthSMTPFailed,
		When: When{Any: []string{"authenticatie mislukt", "verificatie mislukt", "aanmelding mislukt", "onjuist wachtwoord"}},
		Refs: []string{refDutch},
		Hits: []string{
			"535 5.7.8 Authenticatie mislukt",
			"535 5.7.8 Verificatie mislukt",
			"535 5.7.8 Aanmelding mislukt",
			"535 5.7.8 Onjuist wachtwoord",
		},
		Misses: []string{"530 5.7.0 Authenticatie vereist"},
	},
	{
		ID: "nl-rate", Class: runbook.ClassPolicyRateLimit,
		When: When{Any: []string{"te veel berichten", "te veel e-mails"}},
		Refs: []string{refDutch},
		Hits: []string{
			"450 4.7.1 Te veel berichten",
			"450 4.7.1 Te veel e-mails",
		},
		Misses: []string{"421 4.7.0 Te veel verbindingen"},
	},
	{
		ID: "nl-connections", Class: runbook.ClassPolicyConnections,
		When:   When{Any: []string{"te veel verbindingen"}},
		Refs:   []string{refDutch},
		Hits:   []string{"421 4.7.0 Te veel verbindingen"},
		Misses: []string{"450 4.7.1 Te veel berichten"},
	},
	{
		ID: "nl-recipients", Class: runbook.ClassPolicyRecipients,
		When: When{Any: []string{"te veel ontvangers", "te veel geadresseerden"}},
		Refs: []string{refDutch},
		Hits: []string{
			"452 4.5.3 Te veel ontvangers",
			"452 4.5.3 Te veel geadresseerden",
		},
		Misses: []string{"450 4.7.1 Te veel berichten"},
	},
	{
		ID: "nl-sender-rejected", Class: runbook.ClassSenderRejected,
		When: When{
			Any: []string{"afzender geweigerd", "afzender niet toegestaan", "afzender geblokkeerd", "afzenderadres geweigerd"},
		},
		Refs: []string{refDutch},
		Hits: []string{
			"550 5.7.1 Afzender geweigerd",
			"550 5.7.1 Afzender niet toegestaan",
			"550 5.7.1 Afzender geblokkeerd",
			"550 5.7.1 Afzenderadres geweigerd",
		},
		Misses: []string{"550 5.1.8 Domein van de afzender bestaat niet"},
	},
	{
		ID: "nl-sender-domain", Class: runbook.ClassSenderUnresolvable,
		When: When{
			Any: []string{
				"domein van de afzender bestaat niet", "afzenderdomein bestaat niet", "domein van afzender niet gevonden",
			},
		},
		Refs: []string{refDutch},
		Hits: []string{
			"550 5.1.8 Domein van de afzender bestaat niet",
			"550 5.1.8 Afzenderdomein bestaat niet",
			"550 5.1.8 Domein van afzender niet gevonden",
		},
		Misses: []string{"550 5.1.2 Domein bestaat niet"},
	},
	{
		ID: "nl-unavailable", Class: runbook.ClassBackendUnavailable,
		When: When{
			Any: []string{
				"tijdelijk niet beschikbaar", "dienst niet beschikbaar", "server niet beschikbaar",
				"momenteel niet beschikbaar",
			},
		},
		Refs: []string{refDutch},
		Hits: []string{
			"451 4.3.2 Tijdelijk niet beschikbaar",
			"451 4.3.2 Dienst niet beschikbaar",
			"451 4.3.2 Server niet beschikbaar",
			"451 4.3.2 Momenteel niet beschikbaar",
		},
		Misses: []string{"451 4.3.0 Tijdelijke fout"},
	},
	{
		ID: "nl-local-error", Class: runbook.ClassBackendLocalError,
		When: When{Any: []string{"tijdelijke fout", "interne fout", "tijdelijk probleem"}, Vague: true},
		Refs: []string{refDutch},
		Hits: []string{
			"451 4.3.0 Tijdelijke fout",
			"451 4.3.0 Interne fout",
			"451 4.3.0 Tijdelijk probleem",
		},
		Misses: []string{"451 4.3.2 Tijdelijk niet beschikbaar"},
	},
	{
		ID: "nl-delayed", Class: runbook.ClassNoticeDelayed,
		When: When{
			Any: []string{
				"is nog niet bezorgd", "bezorging vertraagd", "bezorging is vertraagd", "kon nog niet worden bezorgd",
				"vertraagde bezorging",
			},
			Vague: true,
		},
		Refs: []string{refDutch},
		Hits: []string{
			"Uw bericht Is nog niet bezorgd",
			"Uw bericht Bezorging vertraagd",
			"Uw bericht Bezorging is vertraagd",
			"Uw bericht Kon nog niet worden bezorgd",
			"Uw bericht Vertraagde bezorging",
		},
		Misses: []string{"Uw bericht is niet bezorgd"},
	},
}
