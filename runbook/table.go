package runbook

// table holds what is known of each class without reading its page, in the
// order of the taxonomy.
var table = [...]Entry{
	{
		Class: ClassRecipientUnknown, Title: "Recipient does not exist", Owner: OwnerReceiverAdmin, Permanence: Permanent, Suppress: true,
		Meaning: "The receiving side says that it knows no such mailbox, user, alias or list.",
	},
	{
		Class: ClassRecipientDisabled, Title: "Mailbox is disabled", Owner: OwnerReceiverAdmin, Permanence: Permanent, Suppress: true,
		Meaning: "The mailbox exists but takes no mail: it is disabled, suspended, inactive, expired or deactivated.",
	},
	{
		Class: ClassRecipientFull, Title: "Mailbox is over its quota", Owner: OwnerRecipient, Permanence: Temporary,
		Meaning: "The mailbox exists and is full. Mail gets in again once its owner makes room or the quota is raised.",
	},
	{
		Class: ClassRecipientMoved, Title: "Recipient has a new address", Owner: OwnerSender, Permanence: Permanent, Suppress: true,
		Meaning: "The recipient is no longer at this address: there is a new one, or mail is no longer forwarded.",
	},
	{
		Class: ClassRecipientOwnerChanged, Title: "Address belongs to somebody else now", Owner: OwnerSender, Permanence: Permanent,
		Meaning: "The address was given to another person since the sender last knew it, and the receiver protects both from the mix-up.",
	},
	{
		Class: ClassRecipientAmbiguous, Title: "Address matches several recipients", Owner: OwnerReceiverAdmin, Permanence: Permanent,
		Meaning: "The receiver finds more than one recipient behind the address and will not guess which one is meant.",
	},
	{
		Class: ClassRecipientSyntax, Title: "Recipient address is not well-formed", Owner: OwnerSender, Permanence: Permanent,
		Meaning: "The address breaks the rules for addresses, so that no server can deliver to it as written.",
	},
	{
		Class: ClassRecipientRestricted, Title: "Recipient takes no mail from this sender", Owner: OwnerRecipient, Permanence: Permanent,
		Meaning: "The recipient exists, and only certain senders may write to it: members, colleagues, signed-in users, or everybody but this one.",
	},
	{
		Class: ClassRecipientUTF8, Title: "Address needs SMTPUTF8, a hop lacks it", Owner: OwnerSenderAdmin, Permanence: Permanent,
		Meaning: "The address holds characters outside ASCII, and a mail system on the way cannot carry such addresses.",
	},
	{
		Class: ClassDomainNotFound, Title: "Recipient's domain does not exist", Owner: OwnerSender, Permanence: Permanent, Suppress: true,
		Meaning: "DNS says for certain that the domain of the address does not exist or has neither MX nor address records.",
	},
	{
		Class: ClassDomainNullMX, Title: "Domain takes no mail at all", Owner: OwnerSender, Permanence: Permanent, Suppress: true,
		Meaning: "The domain publishes a null MX record: it declares that it never accepts mail.",
	},
	{
		Class: ClassDomainBadMX, Title: "Domain's MX records cannot work", Owner: OwnerReceiverAdmin, Permanence: Permanent,
		Meaning: "The domain names mail hosts that cannot be used: a name without an address, a loopback or private address, or a dangling CNAME.",
	},
	{
		Class: ClassRoutingRelayDenied, Title: "Host does not relay for this domain or client", Owner: OwnerReceiverAdmin, Permanence: Permanent,
		Meaning: "The host that was asked does not consider itself responsible for the domain, or does not relay for this client.",
	},
	{
		Class: ClassRoutingLoop, Title: "Message goes round in a loop", Owner: OwnerReceiverAdmin, Permanence: Permanent,
		Meaning: "Two or more hops hand the message to each other until a hop counter stops it.",
	},
	{
		Class: ClassRoutingUnroutable, Title: "A hop has no route for the recipient", Owner: OwnerReceiverAdmin, Permanence: Permanent,
		Meaning: "A mail host took responsibility for the domain and then found no router, transport or connector that could take the message further.",
	},
	{
		Class: ClassRoutingStaleGateway, Title: "Refusing host is not in the MX set", Owner: OwnerSenderAdmin, Permanence: Permanent,
		Meaning: "The host that refused is not, or is no longer, one of the domain's mail hosts, so the wrong server was asked.",
	},
	{
		Class: ClassRoutingSplitDNS, Title: "Resolvers disagree about the mail hosts", Owner: OwnerReceiverAdmin, Permanence: Temporary,
		Meaning: "Different resolvers, or the domain's own name servers, name different mail hosts, so the answer depends on who asks.",
	},
	{
		Class: ClassDNSFailure, Title: "Name lookup failed for now", Owner: OwnerReceiverAdmin, Permanence: Temporary,
		Meaning: "A DNS lookup gave no usable answer (SERVFAIL, timeout): that says nothing yet about the domain or the address.",
	},
	{
		Class: ClassLookupTemporary, Title: "Recipient could not be checked", Owner: OwnerReceiverAdmin, Permanence: Temporary,
		Meaning: "The receiver could not find out whether the recipient exists because its directory, map or database did not answer.",
	},
	{
		Class: ClassLookupCallout, Title: "Address verification got no usable answer", Owner: OwnerReceiverAdmin, Permanence: Temporary,
		Meaning: "The receiver asked the next hop, or the sender's own server, about an address and got a refusal or no answer.",
	},
	{
		Class: ClassBackendStorageFull, Title: "Receiving system is out of space", Owner: OwnerReceiverAdmin, Permanence: Temporary,
		Meaning: "The receiving host, not the mailbox, has run out of disk space or inodes for mail.",
	},
	{
		Class: ClassBackendUnavailable, Title: "Receiving system is not taking mail now", Owner: OwnerReceiverAdmin, Permanence: Temporary,
		Meaning: "The receiving mail system or the mailbox server behind it is down, overloaded, in maintenance or shutting down.",
	},
	{
		Class: ClassBackendDeliveryAgent, Title: "Delivery program at the receiver failed", Owner: OwnerReceiverAdmin, Permanence: Permanent,
		Meaning: "The receiver ran a program to deliver the message (procmail, maildrop, a pipe, a script), and that program failed.",
	},
	{
		Class: ClassBackendLocalError, Title: "Unnamed error inside the receiver", Owner: OwnerReceiverAdmin, Permanence: Temporary,
		Meaning: "Something went wrong inside the receiving system, and it does not say what.",
	},
	{
		Class: ClassBackendMisconfigured, Title: "Receiver's set-up is wrong", Owner: OwnerReceiverAdmin, Permanence: Temporary,
		Meaning: "The receiving system names a fault in its own configuration, such as a missing table, a bad restriction or a wrong permission.",
	},
	{
		Class: ClassNetworkUnreachable, Title: "No connection to the mail host", Owner: OwnerReceiverAdmin, Permanence: Temporary,
		Meaning: "No TCP connection could be opened: it was refused, or there is no route to the host.",
	},
	{
		Class: ClassNetworkTimeout, Title: "Mail host did not answer in time", Owner: OwnerReceiverAdmin, Permanence: Temporary,
		Meaning: "A connection or a command got no answer before the time limit.",
	},
	{
		Class: ClassNetworkDropped, Title: "Peer closed the connection", Owner: OwnerReceiverAdmin, Permanence: Temporary,
		Meaning: "The connection was opened and then lost or reset in the middle of the dialogue.",
	},
	{
		Class: ClassDeliveryExpired, Title: "Retries ran out, no cause named", Owner: OwnerSenderAdmin, Permanence: Temporary,
		Meaning: "The sending system tried until the message's time in the queue was over, and the report does not say what held it up.",
	},
	{
		Class: ClassTLSRequired, Title: "TLS is required and was not used", Owner: OwnerSenderAdmin, Permanence: Permanent,
		Meaning: "The receiver takes this mail only over an encrypted connection, and the sending host did not use STARTTLS.",
	},
	{
		Class: ClassTLSFailed, Title: "TLS handshake or certificate check failed", Owner: OwnerReceiverAdmin, Permanence: Temporary,
		Meaning: "STARTTLS was tried and did not end in a usable connection: no common version or cipher, or a certificate that does not verify.",
	},
	{
		Class: ClassTLSPolicy, Title: "A TLS policy forbids the connection", Owner: OwnerReceiverAdmin, Permanence: Temporary,
		Meaning: "MTA-STS, DANE or a local rule demands a verified connection, and what the mail host offers does not meet it.",
	},
	{
		Class: ClassPolicyGreylist, Title: "Greylisted: come back later", Owner: OwnerSenderAdmin, Permanence: Temporary,
		Meaning: "The receiver puts off mail from a client it has not seen before. A sender that tries again after some minutes gets in.",
	},
	{
		Class: ClassPolicyRateLimit, Title: "Too much mail in too short a time", Owner: OwnerSenderAdmin, Permanence: Temporary,
		Meaning: "The receiver counts more messages from this sender, or to this recipient, than it accepts in a period.",
	},
	{
		Class: ClassPolicyConnections, Title: "Too many connections", Owner: OwnerSenderAdmin, Permanence: Temporary,
		Meaning: "The sending host opened too many connections at once or per unit of time, or sent too many messages over one.",
	},
	{
		Class: ClassPolicyAbuse, Title: "Too many errors in a session", Owner: OwnerSenderAdmin, Permanence: Temporary,
		Meaning: "The session collected too many errors or unknown recipients, and the receiver defends itself against address harvesting.",
	},
	{
		Class: ClassPolicyRecipients, Title: "Too many recipients at once", Owner: OwnerSenderAdmin, Permanence: Temporary,
		Meaning: "The message or session names more recipients than the receiver takes in one go; the others can follow in further deliveries.",
	},
	{
		Class: ClassPolicyBlocklist, Title: "Sender is on a block list", Owner: OwnerSenderAdmin, Permanence: Permanent,
		Meaning: "The sending address or domain is said to be on a public list or on the receiver's own list.",
	},
	{
		Class: ClassPolicyReputation, Title: "Sender's reputation is too low", Owner: OwnerSenderAdmin, Permanence: Permanent,
		Meaning: "The receiver's own measure of the sending address or domain is bad; no list is spoken of.",
	},
	{
		Class: ClassPolicyRDNS, Title: "Sending host lacks a matching reverse name", Owner: OwnerSenderAdmin, Permanence: Permanent,
		Meaning: "The client's address has no reverse name, or the name does not lead back to the address.",
	},
	{
		Class: ClassPolicyHELO, Title: "HELO name was not accepted", Owner: OwnerSenderAdmin, Permanence: Permanent,
		Meaning: "The name that the sending host gives of itself in HELO or EHLO is refused: not qualified, unknown, forged or blocked.",
	},
	{
		Class: ClassPolicyLocal, Title: "Receiver's access policy refused", Owner: OwnerReceiverAdmin, Permanence: Permanent,
		Meaning: "The receiver refused by a rule of its own and gives no narrower reason.",
	},
	{
		Class: ClassAuthSPF, Title: "SPF check failed", Owner: OwnerSenderAdmin, Permanence: Permanent,
		Meaning: "The sending host is not among those that the sender's domain lists in its SPF record, or the record is broken.",
	},
	{
		Class: ClassAuthDKIM, Title: "DKIM check failed", Owner: OwnerSenderAdmin, Permanence: Permanent,
		Meaning: "The message's DKIM signature is missing, does not verify, or is made with a key that the receiver does not accept.",
	},
	{
		Class: ClassAuthDMARC, Title: "DMARC policy of the sender's domain applied", Owner: OwnerSenderAdmin, Permanence: Permanent,
		Meaning: "Neither SPF nor DKIM passed for the domain in the From field, and that domain asks receivers to refuse such mail.",
	},
	{
		Class: ClassAuthUnauthenticated, Title: "Message is not authenticated", Owner: OwnerSenderAdmin, Permanence: Permanent,
		Meaning: "The receiver demands that mail passes SPF or DKIM (or both), and this message did not.",
	},
	{
		Class: ClassAuthSMTPRequired, Title: "Server wants a login first", Owner: OwnerSenderAdmin, Permanence: Permanent,
		Meaning: "The server takes this mail only after SMTP AUTH, and the client did not log in.",
	},
	{
		Class: ClassAuthSMTPFailed, Title: "Login to the server failed", Owner: OwnerSenderAdmin, Permanence: Permanent,
		Meaning: "The client tried SMTP AUTH and the server did not accept the user name, password, token or mechanism.",
	},
	{
		Class: ClassSenderRejected, Title: "Sender is refused by name", Owner: OwnerReceiverAdmin, Permanence: Permanent,
		Meaning: "The receiver refuses this envelope or header sender, or its domain, by a rule of its own.",
	},
	{
		Class: ClassSenderUnresolvable, Title: "Sender's domain cannot be resolved", Owner: OwnerSenderAdmin, Permanence: Permanent,
		Meaning: "The domain or address of the sender does not exist as far as the receiver can see, so bounces and replies could not be delivered.",
	},
	{
		Class: ClassSenderSyntax, Title: "Sender address is not well-formed", Owner: OwnerSenderAdmin, Permanence: Permanent,
		Meaning: "The envelope or header sender breaks the rules for addresses.",
	},
	{
		Class: ClassSenderNotPermitted, Title: "Account may not send as this address", Owner: OwnerSenderAdmin, Permanence: Permanent,
		Meaning: "The account that sent the message has no right to use this sender address, or no right to write to this recipient.",
	},
	{
		Class: ClassSenderLimit, Title: "Account's sending limit is reached", Owner: OwnerSender, Permanence: Temporary,
		Meaning: "The sender's own provider says that the account has sent all it may send for now.",
	},
	{
		Class: ClassSenderDisabled, Title: "Sender's account is blocked", Owner: OwnerSenderAdmin, Permanence: Permanent,
		Meaning: "The sender's own account is suspended or blocked from sending, most often after signs of abuse.",
	},
	{
		Class: ClassSenderSuppressed, Title: "Sending service did not try", Owner: OwnerSenderAdmin, Permanence: Permanent,
		Meaning: "The sending service keeps the recipient on its suppression list and dropped the message without asking the receiver.",
	},
	{
		Class: ClassSenderFault, Title: "Sender's own system failed", Owner: OwnerSenderAdmin, Permanence: Temporary,
		Meaning: "The sending system failed before it asked anyone else: no transport, a paused queue, a broken filter or proxy.",
	},
	{
		Class: ClassContentSpam, Title: "Message looks like spam", Owner: OwnerSender, Permanence: Permanent,
		Meaning: "The receiver judged the message to be spam.",
	},
	{
		Class: ClassContentVirus, Title: "Malware was found", Owner: OwnerSender, Permanence: Permanent,
		Meaning: "The receiver found malware, or something it takes for malware, in the message.",
	},
	{
		Class: ClassContentAttachment, Title: "Attachment type is not allowed", Owner: OwnerSender, Permanence: Permanent,
		Meaning: "The message carries a file of a type that the receiver does not let in.",
	},
	{
		Class: ClassContentTooLarge, Title: "Message is too large", Owner: OwnerSender, Permanence: Permanent,
		Meaning: "The message is over a size limit of a host on the way or of the recipient.",
	},
	{
		Class: ClassContentMalformed, Title: "Message is not well-formed", Owner: OwnerSenderAdmin, Permanence: Permanent,
		Meaning: "The message breaks the format rules: header fields missing or twice, bare line feeds, lines too long, broken MIME.",
	},
	{
		Class: ClassContentLink, Title: "Link in the message is on a block list", Owner: OwnerSender, Permanence: Permanent,
		Meaning: "The message holds a web link whose domain is on a list of abused or harmful sites.",
	},
	{
		Class: ClassContentPolicy, Title: "Content rule refused the message", Owner: OwnerSender, Permanence: Permanent,
		Meaning: "A rule about content, such as words, links or protection against data loss, refused the message.",
	},
	{
		Class: ClassProtocolSyntax, Title: "SMTP command was not understood", Owner: OwnerSenderAdmin, Permanence: Permanent,
		Meaning: "A command was malformed, unknown or came in the wrong order.",
	},
	{
		Class: ClassProtocolUnsupported, Title: "Needed SMTP extension is missing", Owner: OwnerSenderAdmin, Permanence: Permanent,
		Meaning: "The message needs an extension or a conversion that the next host does not offer.",
	},
	{
		Class: ClassNoticeDelayed, Title: "Delivery is late, retries go on", Owner: OwnerNobody, Permanence: Temporary,
		Meaning: "Not a failure yet: the message waits in a queue, the sending system goes on trying, and nothing names the cause.",
	},
	{
		Class: ClassNoticeDelivered, Title: "Delivered", Owner: OwnerNobody,
		Meaning: "Not a failure: the report says that the message was delivered, relayed or expanded to a list.",
	},
	{
		Class: ClassNoticeAutoreply, Title: "Automatic answer", Owner: OwnerNobody,
		Meaning: "Not a failure: a vacation note or another automatic answer. The message arrived.",
	},
	{
		Class: ClassNoticeComplaint, Title: "Complaint from a feedback loop", Owner: OwnerSenderAdmin,
		Meaning: "Not a failure: a recipient marked the message as unwanted, and the provider reports that to the sender.",
	},
	{
		Class: ClassNoticeReceipt, Title: "Read or disposition receipt", Owner: OwnerNobody,
		Meaning: "Not a failure: the recipient's mail program tells what became of the message.",
	},
	{
		Class: ClassNoticeChallenge, Title: "Request to confirm the sender", Owner: OwnerSender,
		Meaning: "Not a failure: the receiver holds the message back until the sender answers a challenge.",
	},
	{
		Class: ClassUnknown, Title: "Cause is not named", Owner: OwnerSenderAdmin, Permanence: Permanent,
		Meaning: "The report says that delivery failed, and nothing in it tells why.",
	},
}
