package report

// SchemaMX names the form of MX.
const SchemaMX = "smtpdiag.mx/v1"

// MX is what the servers that were asked say about the mail hosts of one
// domain, compared and judged.
type MX struct {
	Schema string `json:"schema" redact:"keep"`
	// Domain is the ASCII form of the name, Unicode the one that people write.
	Domain  string `json:"domain" redact:"host"`
	Unicode string `json:"unicode" redact:"host"`
	// Agree says that all that make a statement make the same one.
	Agree bool `json:"agree"`
	// Class is "" where nothing is wrong.
	Class      string `json:"class" redact:"keep"`
	Permanence string `json:"permanence" redact:"keep"`
	Suppress   bool   `json:"suppress"`
	Owner      string `json:"owner" redact:"keep"`
	Confidence string `json:"confidence" redact:"keep"`
	// Title and Meaning are those of the class; Text sums up this case.
	Title   string `json:"title" redact:"keep"`
	Meaning string `json:"meaning" redact:"keep"`
	Text    string `json:"text" redact:"prose"`
	// Route is how mail is routed by the answer to be believed: mx, implicit,
	// null-mx, nodata, nxdomain or failed.
	Route string `json:"route" redact:"keep"`
	// Answers are the different statements, the one to believe first.
	Answers []MXAnswer `json:"answers" redact:"host"`
	Views   []MXView   `json:"views" redact:"host"`
	// Delegation is null where the domain's own name servers were not asked.
	Delegation *MXDelegation `json:"delegation" redact:"host"`
	// Policies beside the routing; each is null where it was not asked for.
	MTASTS *MXPolicyMTASTS `json:"mta_sts"`
	TLSA   []MXTLSA        `json:"tlsa" redact:"host"`
	TLSRPT *MXRecord       `json:"tls_rpt"`
	SPF    *MXRecord       `json:"spf"`
	DMARC  *MXRecord       `json:"dmarc"`
	RDNS   []MXReverse     `json:"rdns" redact:"host"`

	Findings []Finding `json:"findings"`
	Next     []Step    `json:"next"`
}

// MXAnswer is one statement and who makes it.
type MXAnswer struct {
	// Label is A, B and so on.
	Label string `json:"label"`
	Text  string `json:"text"`
	// Believed says that it is what holds, as far as can be told.
	Believed bool `json:"believed"`
	// Resolvers are the MXView.Resolver of those that make it.
	Resolvers []string `json:"resolvers"`
}

// MXView is what one server says.
type MXView struct {
	Resolver string `json:"resolver"`
	// Name is the host name of an authoritative server, the operator of a
	// public one, or "".
	Name      string `json:"name"`
	Transport string `json:"transport"` // udp, tcp, tls or https
	Kind      string `json:"kind"`      // system, public, authoritative or given
	Rcode     string `json:"rcode"`     // "" where no answer came
	// Error is timeout, refused, servfail, nxdomain, lame, unreachable,
	// malformed, tls, rcode, canceled, or ""; Detail says it in words.
	Error  string `json:"error"`
	Detail string `json:"detail"`
	// Route is mx, implicit, null-mx, nodata, nxdomain or failed.
	Route string `json:"route"`
	// Answer is the label of the statement, "" where there is none.
	Answer    string  `json:"answer"`
	Authentic bool    `json:"authentic"`
	Millis    float64 `json:"millis"`
	// Serial is that of the zone at an authoritative server, else 0.
	Serial uint32 `json:"serial"`
	// NegativeTTL says for how many seconds a negative answer may be held.
	NegativeTTL uint32 `json:"negative_ttl"`
	// Alias is the name behind the CNAME records of the domain, or "".
	Alias string   `json:"alias"`
	Hosts []MXHost `json:"hosts"`
	// Omitted counts the hosts beyond the limit, which were not looked up.
	Omitted int `json:"omitted"`
}

// MXHost is one mail host in a view.
type MXHost struct {
	Preference int `json:"preference"`
	// Name is "." for a null MX.
	Name string `json:"name"`
	// TTL is in seconds.
	TTL       uint32   `json:"ttl"`
	Addresses []string `json:"addresses"`
	// Literal says that Name is an IP address, which it must not be.
	Literal bool `json:"literal"`
	// Alias is the name behind its CNAME records, which it must not have, or "".
	Alias string `json:"alias"`
	// Error is why there are no addresses, or "".
	Error string `json:"error"`
	// Authentic says that the addresses are.
	Authentic bool `json:"authentic"`
}

// MXDelegation is the zone that holds the domain, and its name servers.
type MXDelegation struct {
	Zone    string         `json:"zone"`
	Parent  string         `json:"parent"`
	Error   string         `json:"error"`
	Detail  string         `json:"detail"`
	Servers []MXNameServer `json:"servers"`
	// Skipped are servers that this machine has no way to (no IPv6).
	Skipped []string `json:"skipped"`
}

// MXNameServer is one name server of a zone.
type MXNameServer struct {
	Name      string   `json:"name"`
	Addresses []string `json:"addresses"`
	// Parent and Child say whether the zone above and the zone itself name it.
	Parent bool   `json:"parent"`
	Child  bool   `json:"child"`
	Error  string `json:"error"`
}

// MXRecord is one published record of a policy, such as SPF.
type MXRecord struct {
	// Name is where it was looked up, Found where it was found (DMARC may be
	// found at a name above).
	Name  string `json:"name"`
	Found string `json:"found"`
	// Record is its text, "" where there is none.
	Record string `json:"record"`
	// Summary says in a few words what it asks for.
	Summary  string   `json:"summary"`
	Error    string   `json:"error" redact:"keep"`
	Problems []string `json:"problems" redact:"prose"`
}

// MXPolicyMTASTS is the MTA-STS policy of a domain, RFC 8461.
type MXPolicyMTASTS struct {
	MXRecord
	// ID is that of the record.
	ID  string `json:"id"`
	URL string `json:"url"`
	// Mode is enforce, testing or none, "" without a policy.
	Mode string `json:"mode"`
	// MaxAge is in seconds.
	MaxAge uint64   `json:"max_age"`
	MX     []string `json:"mx"`
	// Uncovered are mail hosts that no pattern of MX fits.
	Uncovered []string `json:"uncovered"`
}

// MXTLSA is the TLSA record set of one mail host, RFC 7672.
type MXTLSA struct {
	Host string `json:"host"`
	Name string `json:"name"`
	// Records are in the form "3 1 1 abcdef...".
	Records   []string `json:"records"`
	Authentic bool     `json:"authentic"`
	Error     string   `json:"error"`
	Problems  []string `json:"problems"`
}

// MXReverse is the reverse name of an address that this machine probes from.
type MXReverse struct {
	IP    string   `json:"ip"`
	Names []string `json:"names"`
	// Confirmed are those names that lead back to the address.
	Confirmed []string `json:"confirmed"`
	Error     string   `json:"error"`
	Problems  []string `json:"problems"`
}

// Outcome implements Document.
func (m *MX) Outcome() Outcome {
	if m.Class == "" {
		return OutcomeFine
	}
	j := Judgement{Class: m.Class, Permanence: m.Permanence}
	return j.outcome()
}

// Brief implements Document.
func (m *MX) Brief() []string {
	text := m.Text
	if len(m.Answers) == 1 {
		text = m.Answers[0].Text
	}
	return []string{joinWords(m.Domain, orDash(m.Class), orDash(m.Permanence), oneLine(text))}
}
