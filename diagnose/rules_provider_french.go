package diagnose

import (
	"github.com/smtpdiag/smtpdiag/runbook"
	"github.com/smtpdiag/smtpdiag/smtp"
)

const (
	refOrangePostmaster  = "https://postmaster.orange.fr/"
	refLaPostePostmaster = "https://postmaster.laposte.net/"
	refFreePostmaster    = "https://postmaster.free.fr/"
	refVadeSenderTool    = "https://sendertool.vadesecure.com/"
)

// frenchProviderRules are the replies of Orange, La Poste, Free and other French
// providers. Orange and La Poste share one mail system, whose codes end the line:
// OFR_416, OFR006_102, LPN007_402.
var frenchProviderRules = []Rule{
	{
		ID: "orange-listed", Class: runbook.ClassPolicyBlocklist,
		When: When{Provider: []string{"orange"}, Any: []string{"*_101", "*_102"}},
		Refs: []string{refOrangePostmaster},
		Hits: []string{
			"550 5.7.1 mwinf5c10 ME Adresse IP source bloquee pour incident de spam. Client host blocked for spamming issues. OFR006_102",
			"554 5.7.1 ME Service refuse. OFR_101 [101]",
		},
		Misses: []string{"421 ME Service refuse. Veuillez essayer plus tard. OFR004_104 [104]"},
	},
	{
		ID: "orange-throttled", Class: runbook.ClassPolicyRateLimit,
		When:       When{Provider: []string{"orange"}, Any: []string{"*_103", "*_107", "*_108", "*_109", "*_999"}},
		Permanence: runbook.Temporary,
		Refs:       []string{refOrangePostmaster},
		Hits: []string{
			"421 mwinf5c04 ME Service refuse. Veuillez essayer plus tard. Service refused, please try later. OFR_999 [999]",
			"421 ME Service refuse. OFR004_103 [103]",
			"421 ME Service refuse. OFR_107 [107]",
			"421 ME Service refuse. OFR_108 [108]",
			"421 ME Service refuse. OFR_109 [109]",
		},
		Misses: []string{"421 ME Service refuse. OFR_105 [105]"},
	},
	{
		ID: "orange-connections", Class: runbook.ClassPolicyConnections,
		When:   When{Provider: []string{"orange"}, Any: []string{"*_104"}},
		Refs:   []string{refOrangePostmaster},
		Hits:   []string{"421 mwinf5c04 ME Trop de connexions, veuillez verifier votre configuration. Too many connections, slow down. OFR004_104 [104]"},
		Misses: []string{"421 ME Service refuse. OFR_105 [105]"},
	},
	{
		ID: "orange-later", Class: runbook.ClassPolicyRateLimit,
		When: When{Provider: []string{"orange"}, Any: []string{"*_105", "*_201"}},
		Refs: []string{refOrangePostmaster},
		Hits: []string{
			"421 ME Veuillez essayer plus tard. OFR_105 [105]",
			"421 4.2.0 ME Veuillez essayer plus tard. OFR004_201 [201]",
		},
		Misses: []string{"421 ME Service refuse. OFR_109 [109]"},
	},
	{
		ID: "orange-auth", Class: runbook.ClassAuthSMTPFailed,
		When:   When{Provider: []string{"orange"}, Any: []string{"*_305"}},
		Refs:   []string{refOrangePostmaster},
		Hits:   []string{"535 5.7.8 Code d'authentification invalide. OFR_305 [305]"},
		Misses: []string{"421 ME Veuillez essayer plus tard. OFR_105 [105]"},
	},
	{
		ID: "orange-spf", Class: runbook.ClassAuthSPF,
		When:   When{Provider: []string{"orange"}, Any: []string{"*_401"}},
		Refs:   []string{refOrangePostmaster},
		Hits:   []string{"550 5.7.1 ME SPF. OFR_401 [401]"},
		Misses: []string{"550 5.7.1 ME refus. OFR_402 [402]"},
	},
	{
		ID: "orange-unauthenticated", Class: runbook.ClassAuthUnauthenticated,
		When:   When{Provider: []string{"orange"}, Any: []string{"*_402"}},
		Refs:   []string{refOrangePostmaster},
		Hits:   []string{"550 5.7.1 ME Le message doit etre authentifie. OFR_402 [402]"},
		Misses: []string{"550 5.7.1 ME SPF. OFR_401 [401]"},
	},
	{
		ID: "orange-sender", Class: runbook.ClassSenderRejected,
		When: When{Provider: []string{"orange"}, Any: []string{"*_403", "*_405", "*_415"}},
		Refs: []string{refOrangePostmaster},
		Hits: []string{
			"501 5.1.0 mwinf5c10 ME Emetteur invalide. Invalid Sender. OFR004_405 [405]",
			"501 5.1.0 ME Emetteur invalide. OFR_403 [403]",
			"501 5.1.0 ME Emetteur invalide. Invalid Sender. OFR_415 [415]",
		},
		Misses: []string{"550 5.1.1 ME Adresse d au moins un destinataire invalide. OFR_416 [416]"},
	},
	{
		ID: "orange-recipient", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When:   When{Provider: []string{"orange"}, Any: []string{"*_416"}},
		Refs:   []string{refOrangePostmaster},
		Hits:   []string{"550 5.1.1 mwinf5c10 ME Adresse d au moins un destinataire invalide. Invalid recipient. OFR_416 [416]"},
		Misses: []string{"552 5.1.1 ME Boite du destinataire pleine. Recipient overquota. OFR_417 [417]"},
	},
	{
		ID: "orange-full", Class: runbook.ClassRecipientFull, Stage: smtp.StageRcpt,
		When:   When{Provider: []string{"orange"}, Any: []string{"*_417"}},
		Refs:   []string{refOrangePostmaster},
		Hits:   []string{"552 5.1.1 mwinf5c10 ME Boite du destinataire pleine. Recipient overquota. OFR_417 [417]"},
		Misses: []string{"550 5.1.1 ME Adresse d au moins un destinataire invalide. OFR_416 [416]"},
	},
	{
		ID: "orange-archived", Class: runbook.ClassRecipientDisabled, Stage: smtp.StageRcpt,
		When: When{Provider: []string{"orange"}, Any: []string{"*_420", "*_426"}},
		Refs: []string{refOrangePostmaster},
		Hits: []string{
			"550 5.5.0 mwinf5c10 ME Boite du destinataire archivee. Archived recipient. OFR_420 [420]",
			"550 5.2.1 ME Le compte du destinataire est bloque. Blocked recipient. OFR_426 [426]",
		},
		Misses: []string{"552 5.1.1 ME Boite du destinataire pleine. OFR_417 [417]"},
	},
	{
		ID: "orange-not-owner", Class: runbook.ClassSenderNotPermitted,
		When:   When{Provider: []string{"orange"}, Any: []string{"*_421"}},
		Refs:   []string{refOrangePostmaster},
		Hits:   []string{"550 5.7.1 ME L'adresse n'appartient pas a l'utilisateur. OFR_421 [421]"},
		Misses: []string{"550 5.5.0 ME Boite du destinataire archivee. OFR_420 [420]"},
	},
	{
		ID: "orange-eod", Class: runbook.ClassBackendUnavailable,
		When:       When{Provider: []string{"orange"}, Any: []string{"*_505"}},
		Permanence: runbook.Temporary,
		Refs:       []string{refOrangePostmaster},
		Hits:       []string{"451 4.5.0 ME Service refuse. Veuillez essayer plus tard. OFR_505 [505]"},
		Misses:     []string{"550 5.2.0 ME Mail rejete. Mail rejected. OFR_506 [506]"},
	},
	{
		ID: "orange-spam", Class: runbook.ClassContentSpam, Stage: smtp.StageEOD,
		When: When{Provider: []string{"orange"}, Any: []string{"*_506", "*_513"}},
		Refs: []string{refOrangePostmaster},
		Hits: []string{
			"550 5.2.0 mwinf5c10 ME Mail rejete. Mail rejected. OFR_506 [506]",
			"550 5.2.0 ME Mail rejete. Mail rejected. OFR_513 [513]",
		},
		Misses: []string{"451 4.5.0 ME Service refuse. OFR_505 [505]"},
	},
	{
		ID: "orange-blocked-eod", Class: runbook.ClassPolicyReputation,
		When:   When{Provider: []string{"orange"}, Any: []string{"*_510"}},
		Refs:   []string{refOrangePostmaster},
		Hits:   []string{"550 5.7.1 ME Mail rejete. OFR_510 [510]"},
		Misses: []string{"550 5.2.0 ME Mail rejete. OFR_506 [506]"},
	},
	{
		ID: "orange-size", Class: runbook.ClassContentTooLarge,
		When:   When{Provider: []string{"orange"}, Any: []string{"*_514"}},
		Refs:   []string{refOrangePostmaster},
		Hits:   []string{"552 5.3.4 ME Taille limite du message atteinte. OFR_514 [514]"},
		Misses: []string{"550 5.2.0 ME Mail rejete. OFR_513 [513]"},
	},
	{
		ID: "orange-dmarc", Class: runbook.ClassAuthDMARC, Stage: smtp.StageEOD,
		When:   When{Provider: []string{"orange"}, Any: []string{"*_517"}},
		Refs:   []string{refOrangePostmaster},
		Hits:   []string{"571 5.7.1 ME Message refuse. OFR_517 [517]"},
		Misses: []string{"552 5.3.4 ME Taille limite du message atteinte. OFR_514 [514]"},
	},
	{
		ID: "orange-client", Class: runbook.ClassPolicyLocal,
		When:   When{Provider: []string{"orange"}, Any: []string{"*_630"}},
		Refs:   []string{refOrangePostmaster},
		Hits:   []string{"554 5.7.1 ME Client host rejected. OFR_630 [630]"},
		Misses: []string{"571 5.7.1 ME Message refuse. OFR_517 [517]"},
	},
	{
		ID: "orange-spf-setup", Class: runbook.ClassAuthSPF,
		When:   When{Any: []string{"spf/dns de votre nom de domaine"}},
		Refs:   []string{refOrangePostmaster},
		Hits:   []string{"421 mwinf5c04 ME Veuillez corriger la configuration SPF/DNS de votre nom de domaine."},
		Misses: []string{"421 mwinf5c04 ME Trop de connexions, veuillez verifier votre configuration."},
	},
	{
		ID: "laposte-listed", Class: runbook.ClassPolicyBlocklist,
		When: When{Provider: []string{"laposte"}, Any: []string{"*_101", "*_102"}},
		Refs: []string{refLaPostePostmaster},
		Hits: []string{
			"521 5.7.1 Service refuse. Client host blocked. LPN007_102",
			"521 5.7.1 Service refuse. LPN007_101",
		},
		Misses: []string{"550 5.7.20 Refus. LPN007_402"},
	},
	{
		ID: "laposte-dkim", Class: runbook.ClassAuthDKIM, Stage: smtp.StageEOD,
		When:   When{Provider: []string{"laposte"}, Any: []string{"*_402"}},
		Refs:   []string{refLaPostePostmaster},
		Hits:   []string{"550 5.7.20 Message non signe. LPN007_402"},
		Misses: []string{"550 5.7.1 Refus. LPN007_401"},
	},
	{
		ID: "laposte-spf", Class: runbook.ClassAuthSPF,
		When:   When{Provider: []string{"laposte"}, Any: []string{"*_401"}},
		Refs:   []string{refLaPostePostmaster},
		Hits:   []string{"550 5.7.23 Refus. LPN007_401"},
		Misses: []string{"550 5.7.20 Message non signe. LPN007_402"},
	},
	{
		ID: "laposte-recipient", Class: runbook.ClassRecipientUnknown, Stage: smtp.StageRcpt,
		When:   When{Provider: []string{"laposte"}, Any: []string{"*_416"}},
		Refs:   []string{refLaPostePostmaster},
		Hits:   []string{"550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. LPN_416"},
		Misses: []string{"550 5.2.1 Boite archivee. LPN007_420"},
	},
	{
		ID: "laposte-full", Class: runbook.ClassRecipientFull, Stage: smtp.StageRcpt,
		When:   When{Provider: []string{"laposte"}, Any: []string{"*_417"}},
		Refs:   []string{refLaPostePostmaster},
		Hits:   []string{"552 5.2.2 Boite du destinataire pleine. LPN_417"},
		Misses: []string{"550 5.1.1 Adresse d au moins un destinataire invalide. LPN_416"},
	},
	{
		ID: "laposte-archived", Class: runbook.ClassRecipientDisabled, Stage: smtp.StageRcpt,
		When: When{Provider: []string{"laposte"}, Any: []string{"*_420", "*_426"}},
		Refs: []string{refLaPostePostmaster},
		Hits: []string{
			"550 5.2.1 Boite du destinataire archivee. LPN007_420",
			"550 5.2.1 Compte du destinataire bloque. LPN007_426",
		},
		Misses: []string{"552 5.2.2 Boite du destinataire pleine. LPN_417"},
	},
	{
		ID: "laposte-throttled", Class: runbook.ClassPolicyRateLimit,
		When:       When{Provider: []string{"laposte"}, Any: []string{"*_103", "*_107", "*_108", "*_109", "*_999"}},
		Permanence: runbook.Temporary,
		Refs:       []string{refLaPostePostmaster},
		Hits: []string{
			"421 4.7.0 Service refuse. LPN105_103",
			"421 4.7.0 Service refuse. LPN007_107",
			"421 4.7.0 Service refuse. LPN007_108",
			"421 4.7.0 Service refuse. LPN007_109",
			"421 4.7.0 Service refuse. LPN_999",
		},
		Misses: []string{"421 4.7.0 Trop de connexions. LPN007_104"},
	},
	{
		ID: "laposte-connections", Class: runbook.ClassPolicyConnections,
		When:   When{Provider: []string{"laposte"}, Any: []string{"*_104"}},
		Refs:   []string{refLaPostePostmaster},
		Hits:   []string{"421 4.7.0 Trop de connexions. LPN007_104"},
		Misses: []string{"421 4.7.0 Service refuse. LPN007_108"},
	},
	{
		ID: "laposte-spam", Class: runbook.ClassContentSpam, Stage: smtp.StageEOD,
		When: When{Provider: []string{"laposte"}, Any: []string{"suspicion de contenu non sollicite", "*_506", "*_513"}},
		Refs: []string{refLaPostePostmaster},
		Hits: []string{
			"550 5.7.1 Service refuse. Suspicion de contenu non sollicite. LPN007_511",
			"550 5.5.0 Message rejete. LPN007_506",
			"550 5.5.0 Message rejete. LPN007_513",
		},
		Misses: []string{"550 5.7.20 Message non signe. LPN007_402"},
	},
	{
		ID: "laposte-client", Class: runbook.ClassPolicyLocal,
		When:   When{Provider: []string{"laposte"}, Any: []string{"*_630"}},
		Refs:   []string{refLaPostePostmaster},
		Hits:   []string{"554 5.7.1 Client host rejected. LPN000_630"},
		Misses: []string{"550 5.7.20 Message non signe. LPN007_402"},
	},
	{
		ID: "laposte-eod", Class: runbook.ClassBackendUnavailable,
		When:       When{Provider: []string{"laposte"}, Any: []string{"*_505"}},
		Permanence: runbook.Temporary,
		Refs:       []string{refLaPostePostmaster},
		Hits:       []string{"451 4.5.0 Service refuse. Veuillez essayer plus tard. LPN005_505"},
		Misses:     []string{"550 5.5.0 Message rejete. LPN007_506"},
	},
	{
		ID: "laposte-unsolicited", Class: runbook.ClassContentSpam, Stage: smtp.StageEOD,
		When:   When{Any: []string{"suspicion de contenu non sollicite"}},
		Refs:   []string{refLaPostePostmaster},
		Hits:   []string{"550 5.7.1 Suspicion de contenu non sollicite"},
		Misses: []string{"550 5.7.1 Contenu refuse"},
	},
	{
		ID: "free-spam", Class: runbook.ClassContentSpam, Stage: smtp.StageEOD,
		When:   When{Provider: []string{"free"}, Any: []string{"spam detected"}},
		Refs:   []string{refFreePostmaster},
		Hits:   []string{"{provider=free} 550 spam detected"},
		Misses: []string{"{provider=free} 550 virus detected"},
	},
	{
		ID: "free-virus", Class: runbook.ClassContentVirus, Stage: smtp.StageEOD,
		When:   When{Provider: []string{"free"}, Any: []string{"virus detected"}},
		Refs:   []string{refFreePostmaster},
		Hits:   []string{"{provider=free} 550 virus detected"},
		Misses: []string{"{provider=free} 550 spam detected"},
	},
	{
		ID: "free-inactive", Class: runbook.ClassRecipientDisabled, Stage: smtp.StageRcpt,
		When:   When{Any: []string{"blocked due to inactivity"}},
		Refs:   []string{refFreePostmaster},
		Hits:   []string{"550 5.2.1 <user@example.com>: Recipient address rejected: this mailbox is blocked due to inactivity"},
		Misses: []string{"554 5.2.2 <user@example.com>: Recipient address rejected: Quota exceeded (mailbox for user is full)"},
	},
	{
		ID: "free-full", Class: runbook.ClassRecipientFull, Stage: smtp.StageRcpt,
		When:   When{Provider: []string{"free"}, Any: []string{"quota exceeded"}},
		Refs:   []string{refFreePostmaster},
		Hits:   []string{"{provider=free} 554 5.2.2 <user@example.com>: Recipient address rejected: Quota exceeded (mailbox for user is full)"},
		Misses: []string{"{provider=free} 550 5.2.1 <user@example.com>: Recipient address rejected: this mailbox is blocked due to inactivity"},
	},
	{
		ID: "free-busy", Class: runbook.ClassPolicyConnections, Stage: smtp.StageBanner,
		When:   When{Any: []string{"server busy, too many connections from your ip"}},
		Refs:   []string{refFreePostmaster},
		Hits:   []string{"421 Server busy, too many connections from your IP (192.0.2.7)"},
		Misses: []string{"421 Too many spams from your IP (192.0.2.7), please visit http://postmaster.free.fr/"},
	},
	{
		ID: "free-errors", Class: runbook.ClassPolicyReputation,
		When: When{Any: []string{"too many errors from your ip", "too many spams from your ip"}},
		Refs: []string{refFreePostmaster},
		Hits: []string{
			"451 too many errors from your ip (192.0.2.7), please visit the postmaster pages",
			"421 Too many spams from your IP (192.0.2.7), please visit http://postmaster.free.fr/",
		},
		Misses: []string{"421 Server busy, too many connections from your IP"},
	},
	{
		ID: "vade-sender-tool", Class: runbook.ClassPolicyReputation,
		When: When{Any: []string{"vadesecure.com"}},
		Refs: []string{refVadeSenderTool},
		Hits: []string{
			"554 5.7.1 Refused. Please see https://sendertool.vadesecure.com/en/?ip=192.0.2.7",
			"554 5.7.1 Refused, details at http://csi.vadesecure.com/",
		},
		Misses: []string{"554 5.7.1 Refused. Please see the postmaster pages"},
	},
}
