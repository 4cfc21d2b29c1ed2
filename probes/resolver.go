// Package probes asks the network and records what it says: the answers of
// name servers about a domain's mail hosts, and SMTP dialogues with them.
//
// Mail for a domain goes to the hosts that its MX records name, the lowest
// preference first (RFC 5321, section 5.1). A domain without MX records is its
// own mail host, if it has an address (the implicit MX). A single MX record of
// preference 0 and an empty name says that the domain takes no mail (the null
// MX, RFC 7505). Which records a sender sees depends on whom it asks: its own
// resolver may hold an old answer until its TTL has run out, a resolver inside
// a company may have a view of its own, and the domain's name servers may not
// have the same version of the zone.
//
// Nothing in this package judges. What was asked, what came back, how long it
// took and how it failed are plain data; package diagnose says what they mean.
// Every byte from the network is taken for hostile: sizes and counts are
// limited, and no answer makes more than a bounded number of further questions.
package probes

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"time"
)

// RecordType is the type of a DNS record, by its mnemonic.
type RecordType string

// The record types that the package asks for.
const (
	TypeA     RecordType = "A"
	TypeAAAA  RecordType = "AAAA"
	TypeCNAME RecordType = "CNAME"
	TypeMX    RecordType = "MX"
	TypeNS    RecordType = "NS"
	TypePTR   RecordType = "PTR"
	TypeSOA   RecordType = "SOA"
	TypeTLSA  RecordType = "TLSA"
	TypeTXT   RecordType = "TXT"
)

// Failure says why a question got no useful answer. The empty Failure means
// that it got one, which may be that no record of the type exists.
type Failure string

// The failures.
const (
	// FailureTimeout: no answer came in time.
	FailureTimeout Failure = "timeout"
	// FailureRefused: rcode REFUSED, the server does not answer this client or
	// not for this name.
	FailureRefused Failure = "refused"
	// FailureServfail: rcode SERVFAIL, the server could not find out.
	FailureServfail Failure = "servfail"
	// FailureNXDomain: rcode NXDOMAIN, the name does not exist. It is the one
	// failure that is a statement about the name.
	FailureNXDomain Failure = "nxdomain"
	// FailureLame: the server is named as one of a zone's name servers and
	// does not answer for it, or was asked as a resolver and is none.
	FailureLame Failure = "lame"
	// FailureUnreachable: no route to the server, nothing listens there, or it
	// closed the connection.
	FailureUnreachable Failure = "unreachable"
	// FailureMalformed: what came is no answer to the question.
	FailureMalformed Failure = "malformed"
	// FailureTLS: the TLS connection for DNS over TLS or HTTPS failed.
	FailureTLS Failure = "tls"
	// FailureRcode: any other rcode, such as NOTIMP.
	FailureRcode Failure = "rcode"
	// FailureCanceled: the program was interrupted before the answer.
	FailureCanceled Failure = "canceled"
)

// Final reports whether the answer is a statement about the name, so that
// asking again or elsewhere is not called for: an answer, or NXDOMAIN.
func (f Failure) Final() bool { return f == "" || f == FailureNXDomain }

// Record is one DNS record. Which fields are set follows from Type.
type Record struct {
	// Name is the owner, in lower case without the final dot.
	Name string     `json:"name"`
	Type RecordType `json:"type"`
	// TTL is in seconds.
	TTL uint32 `json:"ttl"`
	// Preference is that of an MX record.
	Preference uint16 `json:"preference,omitempty"`
	// Target is the name that an MX, CNAME, NS or PTR record points to, in
	// lower case without the final dot; "" is the root, as in a null MX. Bytes
	// that are no letters, digits or usual punctuation are in the \DDD form of
	// RFC 1035, section 5.1.
	Target string `json:"target,omitempty"`
	// Address is that of an A or AAAA record.
	Address netip.Addr `json:"address,omitzero"`
	// Text is that of a TXT record, its strings joined, other bytes than
	// printable ASCII in the \DDD form.
	Text string `json:"text,omitempty"`
	// TLSA is set for a TLSA record.
	TLSA *TLSA `json:"tlsa,omitempty"`
	// Serial is that of a SOA record.
	Serial uint32 `json:"serial,omitempty"`
}

// TLSA is the content of a TLSA record, RFC 6698 section 2.1.
type TLSA struct {
	Usage        uint8 `json:"usage"`
	Selector     uint8 `json:"selector"`
	MatchingType uint8 `json:"matching_type"`
	// Data is the certificate association data in lower-case hexadecimal.
	Data string `json:"data"`
}

// Answer is what came of one question to one server.
type Answer struct {
	// Name and Type are the question, Name without the final dot.
	Name string     `json:"name"`
	Type RecordType `json:"type"`
	// Server is the label of the server that answered, see Server.Label.
	Server string `json:"server"`
	// Transport is how the answer came: it is TCP after a truncated answer
	// over UDP.
	Transport Transport `json:"transport"`
	// Rcode is the mnemonic of the response code, "" where no answer came.
	Rcode   string  `json:"rcode"`
	Failure Failure `json:"failure,omitempty"`
	// Detail is the failure in words.
	Detail string `json:"detail,omitempty"`
	// Authentic is the AD bit (RFC 4035, section 3.2.3) of a server that is
	// trusted to set it; false for all others.
	Authentic bool `json:"authentic,omitempty"`
	// Authoritative is the AA bit.
	Authoritative bool `json:"authoritative,omitempty"`
	// Recursive is the RA bit: the server resolves for its clients.
	Recursive bool `json:"recursive,omitempty"`
	// Records are the records asked for, in the order of the answer. Their
	// owner is the last of Aliases, if there is one.
	Records []Record `json:"records,omitempty"`
	// Aliases are the targets of the CNAME records from Name on, in order.
	Aliases []string `json:"aliases,omitempty"`
	// Authority holds the NS records of a referral, Additional the addresses
	// that came with the answer. They are hints: nobody vouches for them.
	Authority  []Record `json:"authority,omitempty"`
	Additional []Record `json:"additional,omitempty"`
	// NegativeTTL says for how many seconds a resolver may hold that there is
	// no such name or record (RFC 2308, section 5); 0 where nothing tells.
	NegativeTTL uint32 `json:"negative_ttl,omitempty"`
	// Elapsed is the time from the question to the answer or the failure.
	Elapsed time.Duration `json:"elapsed"`
	// Ignored counts datagrams that came to the socket and did not answer the
	// question: another ID, another name, or no DNS message at all.
	Ignored int `json:"ignored,omitempty"`
}

// ErrLookup is wrapped by every error that Answer.Err gives.
var ErrLookup = errors.New("no answer")

// LookupError is a failed question as an error.
type LookupError struct {
	Name    string
	Type    RecordType
	Server  string
	Failure Failure
	Detail  string
}

// Error gives question, server and failure.
func (e *LookupError) Error() string {
	text := fmt.Sprintf("%s %s: %s", e.Name, e.Type, e.Failure)
	if e.Server != "" {
		text += " from " + e.Server
	}
	if e.Detail != "" {
		text += ": " + e.Detail
	}
	return text
}

// Unwrap gives ErrLookup.
func (e *LookupError) Unwrap() error { return ErrLookup }

// Err gives a *LookupError where the question failed, NXDOMAIN included, and
// nil where it was answered.
func (a *Answer) Err() error {
	if a.Failure == "" {
		return nil
	}
	return &LookupError{Name: a.Name, Type: a.Type, Server: a.Server, Failure: a.Failure, Detail: a.Detail}
}

// NoData reports that the name exists and has no record of the type
// (RFC 2308, section 2.2).
func (a *Answer) NoData() bool { return a.Failure == "" && len(a.Records) == 0 }

// MinTTL gives the smallest TTL of the records in seconds; without records, the
// time for which their absence may be held.
func (a *Answer) MinTTL() uint32 {
	if len(a.Records) == 0 {
		return a.NegativeTTL
	}
	least := a.Records[0].TTL
	for _, r := range a.Records[1:] {
		least = min(least, r.TTL)
	}
	return least
}

// Resolver answers questions about names. Name needs no final dot and is never
// completed with a search domain. Lookup always returns an Answer; what went
// wrong is in its Failure. It returns when ctx ends.
type Resolver interface {
	Lookup(ctx context.Context, name string, typ RecordType) Answer
}

// ResolverFunc makes a function a Resolver.
type ResolverFunc func(ctx context.Context, name string, typ RecordType) Answer

// Lookup calls f.
func (f ResolverFunc) Lookup(ctx context.Context, name string, typ RecordType) Answer {
	return f(ctx, name, typ)
}
