// Package runbook holds the taxonomy of delivery failures: every Class, what it
// means, who can act, and a page that leads from the failure to its cause.
//
// A class is written gate:cause. The gate says which part of the chain said
// no, the cause says why. Classes are stable identifiers that stand in JSON, in
// tickets and in people's own runbooks: one is never renamed, only added.
package runbook

// Class is what really happened to one recipient, judged from all evidence.
type Class string

// The classes.
const (
	ClassRecipientUnknown      Class = "recipient:unknown"       // no such mailbox, user, alias or list at the receiving side
	ClassRecipientDisabled     Class = "recipient:disabled"      // the mailbox exists but is disabled, suspended, inactive, expired or deactivated
	ClassRecipientFull         Class = "recipient:full"          // the mailbox is over its quota
	ClassRecipientMoved        Class = "recipient:moved"         // the recipient has a new address, or mail is no longer forwarded
	ClassRecipientOwnerChanged Class = "recipient:owner-changed" // the address now belongs to somebody else than the sender meant
	ClassRecipientAmbiguous    Class = "recipient:ambiguous"     // the address matches more than one recipient
	ClassRecipientSyntax       Class = "recipient:syntax"        // the recipient address is not well-formed
	ClassRecipientRestricted   Class = "recipient:restricted"    // the recipient exists and does not take mail from this sender (closed list, only authenticated or internal senders, blocked by the recipient, moderated)
	ClassRecipientUTF8         Class = "recipient:utf8"          // an internationalised address, and a hop without SMTPUTF8
	ClassDomainNotFound        Class = "domain:not-found"        // the recipient's domain does not exist in DNS, or has neither MX nor address records
	ClassDomainNullMX          Class = "domain:null-mx"          // the domain says that it takes no mail
	ClassDomainBadMX           Class = "domain:bad-mx"           // the domain's MX cannot work: points to nothing, to a loopback or private address, to a CNAME that dangles
	ClassRoutingRelayDenied    Class = "routing:relay-denied"    // the host that was asked is not responsible for this domain, or does not relay for this client
	ClassRoutingLoop           Class = "routing:loop"            // the message goes round
	ClassRoutingUnroutable     Class = "routing:unroutable"      // a hop has no route or transport for the recipient
	ClassRoutingStaleGateway   Class = "routing:stale-gateway"   // the refusing host is not (or no longer) in the domain's MX set
	ClassRoutingSplitDNS       Class = "routing:split-dns"       // resolvers disagree about the domain's mail hosts
	ClassDNSFailure            Class = "dns:failure"             // a name lookup failed temporarily
	ClassLookupTemporary       Class = "lookup:temporary"        // the receiver could not check the recipient: its directory, map or database did not answer
	ClassLookupCallout         Class = "lookup:callout"          // the receiver asked the next hop about an address and did not get a usable answer
	ClassBackendStorageFull    Class = "backend:storage-full"    // the receiving system (not the mailbox) is out of space
	ClassBackendUnavailable    Class = "backend:unavailable"     // the receiving mail system or its mailbox server is down, overloaded or not accepting mail now
	ClassBackendDeliveryAgent  Class = "backend:delivery-agent"  // a delivery program at the receiver failed
	ClassBackendLocalError     Class = "backend:local-error"     // the receiver met an unnamed local error
	ClassBackendMisconfigured  Class = "backend:misconfigured"   // the receiver's set-up is wrong in a way it names
	ClassNetworkUnreachable    Class = "network:unreachable"     // no TCP connection could be opened: refused or no route
	ClassNetworkTimeout        Class = "network:timeout"         // a connection or a command got no answer in time
	ClassNetworkDropped        Class = "network:dropped"         // the peer closed the connection during the dialogue
	ClassDeliveryExpired       Class = "delivery:expired"        // retries ran out and nothing names the cause
	ClassTLSRequired           Class = "tls:required"            // the receiver takes mail only over TLS, and it was not used
	ClassTLSFailed             Class = "tls:failed"              // STARTTLS was tried and the handshake or certificate check failed
	ClassTLSPolicy             Class = "tls:policy"              // MTA-STS, DANE or a local rule forbids the connection as it is
	ClassPolicyGreylist        Class = "policy:greylist"         // told to come back later on first sight
	ClassPolicyRateLimit       Class = "policy:rate-limit"       // too much mail in too short a time from this sender or to this recipient
	ClassPolicyConnections     Class = "policy:connections"      // too many connections, at once or per unit of time, or messages per connection
	ClassPolicyAbuse           Class = "policy:abuse"            // too many errors or unknown recipients in a session: harvest defence
	ClassPolicyRecipients      Class = "policy:recipients"       // too many recipients in one message or session
	ClassPolicyBlocklist       Class = "policy:blocklist"        // the sending IP or domain is said to be on a public or local block list
	ClassPolicyReputation      Class = "policy:reputation"       // the sending IP or domain has a poor reputation, no list spoken of
	ClassPolicyRDNS            Class = "policy:rdns"             // the client's address has no or a mismatching reverse name
	ClassPolicyHELO            Class = "policy:helo"             // the HELO/EHLO name was not accepted
	ClassPolicyLocal           Class = "policy:local"            // the receiver's access policy refused and gives no narrower reason
	ClassAuthSPF               Class = "auth:spf"                // SPF check of the sender failed
	ClassAuthDKIM              Class = "auth:dkim"               // DKIM check failed
	ClassAuthDMARC             Class = "auth:dmarc"              // the DMARC policy of the sender's domain was applied
	ClassAuthUnauthenticated   Class = "auth:unauthenticated"    // the receiver requires SPF or DKIM and neither passed, or several checks failed
	ClassAuthSMTPRequired      Class = "auth:smtp-required"      // the server wants SMTP AUTH first
	ClassAuthSMTPFailed        Class = "auth:smtp-failed"        // SMTP AUTH was tried and failed
	ClassSenderRejected        Class = "sender:rejected"         // the envelope or header sender is refused by name
	ClassSenderUnresolvable    Class = "sender:unresolvable"     // the sender's domain or address does not exist as far as the receiver can see
	ClassSenderSyntax          Class = "sender:syntax"           // the sender address is not well-formed
	ClassSenderNotPermitted    Class = "sender:not-permitted"    // this account may not send as this address, or may not send there
	ClassSenderLimit           Class = "sender:limit"            // the sender's own provider says the account's sending limit is reached
	ClassSenderDisabled        Class = "sender:disabled"         // the sender's own account is suspended or blocked
	ClassSenderSuppressed      Class = "sender:suppressed"       // the sending service did not try: the recipient is on its suppression list
	ClassSenderFault           Class = "sender:fault"            // the sender's own system failed before it asked anyone: no transport, a paused queue, a broken filter or proxy
	ClassContentSpam           Class = "content:spam"            // the message looks like spam
	ClassContentVirus          Class = "content:virus"           // malware was found
	ClassContentAttachment     Class = "content:attachment"      // an attachment or file type is not allowed
	ClassContentTooLarge       Class = "content:too-large"       // the message is over a size limit
	ClassContentMalformed      Class = "content:malformed"       // the message is not well-formed: headers, line endings, duplicate or missing fields
	ClassContentLink           Class = "content:link"            // a link in the message is on a URI block list
	ClassContentPolicy         Class = "content:policy"          // a rule about content (words, links, data loss) refused it
	ClassProtocolSyntax        Class = "protocol:syntax"         // a command was not understood or came in the wrong order
	ClassProtocolUnsupported   Class = "protocol:unsupported"    // a needed extension or conversion is missing
	ClassNoticeDelayed         Class = "notice:delayed"          // not a failure yet: delivery is late, retries go on, and nothing names the cause
	ClassNoticeDelivered       Class = "notice:delivered"        // not a failure: delivered, relayed or expanded
	ClassNoticeAutoreply       Class = "notice:autoreply"        // not a failure: vacation or other automatic answer
	ClassNoticeComplaint       Class = "notice:complaint"        // not a failure: a feedback-loop report
	ClassNoticeReceipt         Class = "notice:receipt"          // not a failure: a read or disposition receipt
	ClassNoticeChallenge       Class = "notice:challenge"        // not a failure: a challenge-response request
	ClassUnknown               Class = "unknown"                 // the evidence names no cause
)

// Gate is the part of the class before the colon, the whole class where it has
// none.
func (c Class) Gate() string {
	for i := range len(c) {
		if c[i] == ':' {
			return string(c[:i])
		}
	}
	return string(c)
}

// Owner says who can act on a failure.
type Owner string

// The owners.
const (
	OwnerSender        Owner = "sender"         // the person who wrote the message
	OwnerSenderAdmin   Owner = "sender-admin"   // who runs the sending mail system
	OwnerReceiverAdmin Owner = "receiver-admin" // who runs the receiving mail system
	OwnerRecipient     Owner = "recipient"      // the person the message was for
	OwnerNobody        Owner = "nobody"         // nothing needs to be done
)

// Permanence says whether trying again later can help.
type Permanence string

// The two permanences. The empty one is for notices, where neither applies.
const (
	Permanent Permanence = "permanent"
	Temporary Permanence = "temporary"
)
