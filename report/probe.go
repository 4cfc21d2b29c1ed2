package report

// SchemaProbe names the form of Probe.
const SchemaProbe = "smtpdiag.probe/v1"

// Probe is what the mail hosts of one address said about it, judged.
type Probe struct {
	Schema  string `json:"schema" redact:"keep"`
	Address string `json:"address" redact:"address"`
	// Text sums the verdict up in a sentence.
	Text string `json:"text" redact:"prose"`
	Judgement
	// AboutProber says that what is refused is the prober, not the recipient.
	AboutProber bool        `json:"about_prober"`
	Prober      ProbeSource `json:"prober"`
	// Route is null where the hosts were given.
	Route    *ProbeRoute    `json:"route"`
	Sessions []ProbeSession `json:"sessions"`
}

// ProbeSource says as what the prober came.
type ProbeSource struct {
	HELO string `json:"helo" redact:"host"`
	// HELOOrigin says where the name is from: given, hostname, address.
	HELOOrigin string `json:"helo_origin" redact:"keep"`
	// From is the envelope sender, "" for the null sender.
	From string `json:"from" redact:"address"`
	// FromOrigin is given, configured, postmaster or null.
	FromOrigin string `json:"from_origin" redact:"keep"`
	// FromNote says what the choice may have changed.
	FromNote string `json:"from_note" redact:"prose"`
	// IP is this end of the connections, Reverse its names.
	IP      string   `json:"ip" redact:"keep"`
	Reverse []string `json:"reverse" redact:"host"`
	// ReverseStatus is ok, none or mismatch, or "".
	ReverseStatus string `json:"reverse_status" redact:"keep"`
	// SizeBytes is the size declared, 0 for none.
	SizeBytes int64 `json:"size_bytes"`
	// TLS is may, require or never.
	TLS string `json:"tls" redact:"keep"`
	// Timeouts are the limits in seconds, and how they come about.
	Timeouts ProbeTimeouts `json:"timeouts"`
}

// ProbeTimeouts are limits in seconds.
type ProbeTimeouts struct {
	Connect  float64 `json:"connect"`
	Banner   float64 `json:"banner"`
	EHLO     float64 `json:"ehlo"`
	STARTTLS float64 `json:"starttls"`
	Mail     float64 `json:"mail"`
	Rcpt     float64 `json:"rcpt"`
	Note     string  `json:"note" redact:"keep"`
}

// ProbeRoute says how the hosts were found.
type ProbeRoute struct {
	// Status is mx, implicit, null-mx, nodata, nxdomain or failed.
	Status   string `json:"status" redact:"keep"`
	Resolver string `json:"resolver" redact:"host"`
	Error    string `json:"error" redact:"keep"`
	// Authentic says that DNSSEC vouches for it.
	Authentic bool     `json:"authentic"`
	Hosts     []MXHost `json:"hosts"`
	// Omitted counts hosts that were not asked because there are too many.
	Omitted int `json:"omitted"`
	// MTASTS is the mode of the domain's policy, or "".
	MTASTS string `json:"mta_sts" redact:"keep"`
}

// ProbeSession is one recorded dialogue.
type ProbeSession struct {
	Host string `json:"host" redact:"host"`
	IP   string `json:"ip" redact:"keep"`
	Port int    `json:"port"`
	// Preference is that of the MX record, 0 without one.
	Preference int `json:"preference"`
	// Why is first, rest, plain-fallback or retry.
	Why string `json:"why" redact:"keep"`
	// Started is RFC 3339 in UTC, or "" where nobody was asked.
	Started    string           `json:"started" redact:"keep"`
	Millis     float64          `json:"millis"`
	Local      string           `json:"local" redact:"keep"`
	Stages     []ProbeStage     `json:"stages"`
	TLS        ProbeTLS         `json:"tls"`
	Extensions []string         `json:"extensions" redact:"host"`
	Recipients []ProbeRecipient `json:"recipients"`
	Class      string           `json:"class" redact:"keep"`
	// Error says in words what ended the session before its time, ErrorKind in
	// one word: no-address, lookup, forbidden, refused, unreachable, timeout,
	// dropped, garbage, too-long, tls, local or canceled; both may be "".
	Error     string `json:"error"`
	ErrorKind string `json:"error_kind" redact:"keep"`
	// Unsolicited holds lines that the server sent unasked.
	Unsolicited []string `json:"unsolicited"`
}

// ProbeStage is one exchange.
type ProbeStage struct {
	// Stage is that of the dialogue; "" for RSET and QUIT.
	Stage   string `json:"stage" redact:"keep"`
	Command string `json:"command"`
	Reply   Reply  `json:"reply"`
	// At is RFC 3339 in UTC with milliseconds; Millis how long it took.
	At     string  `json:"at" redact:"keep"`
	Millis float64 `json:"millis"`
	Error  string  `json:"error"`
	// ErrorKind is that of ProbeSession.
	ErrorKind string `json:"error_kind" redact:"keep"`
}

// ProbeTLS is what a session learned about transport security.
type ProbeTLS struct {
	Offered bool `json:"offered"`
	// Outcome is not-reached, not-offered, not-tried, refused, failed,
	// unverified or verified.
	Outcome  string `json:"outcome" redact:"keep"`
	Version  string `json:"version" redact:"keep"`
	Cipher   string `json:"cipher" redact:"keep"`
	Verified bool   `json:"verified"`
	Error    string `json:"error"`
	// Problems are expired, not-yet-valid, other-name, self-signed,
	// unknown-issuer and invalid.
	Problems    []string           `json:"problems" redact:"keep"`
	Certificate ProbeCertificate   `json:"certificate"`
	Chain       []ProbeCertificate `json:"chain"`
	// Injected is plain text that came before the handshake; it was discarded.
	Injected string `json:"injected"`
	// DANE and MTASTS are ok, mismatch or "" where there is nothing to check.
	DANE       string `json:"dane" redact:"keep"`
	DANEText   string `json:"dane_text" redact:"keep"`
	MTASTS     string `json:"mta_sts" redact:"keep"`
	MTASTSText string `json:"mta_sts_text" redact:"keep"`
}

// ProbeCertificate is one certificate. All is empty where there is none.
type ProbeCertificate struct {
	Subject   string   `json:"subject" redact:"host"`
	Issuer    string   `json:"issuer" redact:"host"`
	Names     []string `json:"names" redact:"host"`
	NotBefore string   `json:"not_before" redact:"keep"`
	NotAfter  string   `json:"not_after" redact:"keep"`
}

// ProbeRecipient is what a session learned about one address.
type ProbeRecipient struct {
	Address string `json:"address" redact:"address"`
	// Role is target, control, random or variant.
	Role  string `json:"role" redact:"keep"`
	Reply Reply  `json:"reply"`
	Class string `json:"class" redact:"keep"`
	// Skipped says why it was not asked about, or "": smtputf8, limit,
	// too-long, invalid, session-ended or sender-refused.
	Skipped string  `json:"skipped" redact:"keep"`
	Millis  float64 `json:"millis"`
	// Superseded says that the reply was about the transaction, which was full,
	// and that the address was asked about again: the next entry has the answer.
	Superseded bool `json:"superseded"`
}

// Outcome implements Document.
func (p *Probe) Outcome() Outcome { return p.outcome() }

// Brief implements Document: the verdict, then one line for each host.
func (p *Probe) Brief() []string {
	lines := []string{joinWords(p.Address, p.Class, orDash(p.Permanence), p.Text)}
	for i := range p.Sessions {
		s := &p.Sessions[i]
		lines = append(lines, joinWords(" ", s.hostText(), s.Class, oneLine(s.said())))
	}
	return lines
}

// said gives what a session comes down to: the reply about the target, the
// reply that ended it, or what went wrong.
func (s *ProbeSession) said() string {
	for i := range s.Recipients {
		if r := &s.Recipients[i]; r.Role == "target" && r.Reply.Text != "" && !r.Superseded {
			return r.Reply.Text
		}
	}
	if s.Error != "" {
		return s.Error
	}
	for i := len(s.Stages) - 1; i >= 0; i-- {
		if st := &s.Stages[i]; st.Stage != "" && st.Reply.Code >= 400 {
			return st.Reply.Text
		}
	}
	for i := range s.Recipients {
		if r := &s.Recipients[i]; r.Role == "target" && r.Skipped == "smtputf8" {
			return "SMTPUTF8 is needed and not offered"
		}
	}
	return ""
}

// hostText names the host of a session.
func (s *ProbeSession) hostText() string {
	host := Host{Name: s.Host, IP: s.IP}
	if s.Host == s.IP {
		host.Name = ""
	}
	return host.String()
}
