package dsn

import (
	"encoding/json"
	"strings"
)

// sesEvent is what Amazon SES tells through SNS of one message, as JSON in the
// text of a mail. Fields that speak of the message itself are left out.
type sesEvent struct {
	// Message is the event once more, as a string, where SNS wraps it.
	Message          string         `json:"Message"`
	NotificationType string         `json:"notificationType"`
	EventType        string         `json:"eventType"`
	Bounce           sesBounce      `json:"bounce"`
	DeliveryDelay    sesDelay       `json:"deliveryDelay"`
	Complaint        sesComplaint   `json:"complaint"`
	Delivery         sesDelivery    `json:"delivery"`
	Reject           sesReject      `json:"reject"`
	Mail             sesDestination `json:"mail"`
}

type sesRecipient struct {
	EmailAddress   string `json:"emailAddress"`
	Action         string `json:"action"`
	Status         string `json:"status"`
	DiagnosticCode string `json:"diagnosticCode"`
}

type sesBounce struct {
	BounceType        string         `json:"bounceType"`
	BounceSubType     string         `json:"bounceSubType"`
	BouncedRecipients []sesRecipient `json:"bouncedRecipients"`
	RemoteMTAIP       string         `json:"remoteMtaIp"`
}

type sesDelay struct {
	DelayType         string         `json:"delayType"`
	DelayedRecipients []sesRecipient `json:"delayedRecipients"`
}

type sesComplaint struct {
	ComplainedRecipients []sesRecipient `json:"complainedRecipients"`
}

type sesDelivery struct {
	Recipients   []string `json:"recipients"`
	SMTPResponse string   `json:"smtpResponse"`
	RemoteMTAIP  string   `json:"remoteMtaIp"`
}

type sesReject struct {
	Reason string `json:"reason"`
}

type sesDestination struct {
	Destination []string `json:"destination"`
}

var amazonSESMarks = []string{"notificationtype", "eventtype"}

func sniffAmazonSES(m *message) bool {
	return strings.HasPrefix(strings.TrimLeft(m.body.lower, " \t\n\ufeff"), "{")
}

func readAmazonSES(m *message) []Recipient {
	ev, ok := m.sesEvent()
	if !ok {
		return nil
	}
	at := m.body.at(strings.IndexByte(m.body.text, '{'))
	var out []Recipient
	add := func(r sesRecipient, action, why, ip string) {
		if r.DiagnosticCode == "" {
			r.DiagnosticCode = why
		}
		typ, text := typed(r.DiagnosticCode)
		c := Recipient{Final: typedAddress(r.EmailAddress), Action: action, Diagnostic: text, DiagnosticType: lowered(typ), Remote: Host{IP: ip}, reply: at, remote: at}
		m.readStatusCode(&c, &field{name: "status", value: r.Status, line: at.line})
		c.status = at
		out = append(out, c)
	}
	for _, r := range ev.Bounce.BouncedRecipients {
		add(r, "failed", "Bounce: "+ev.Bounce.BounceType+" "+ev.Bounce.BounceSubType, ev.Bounce.RemoteMTAIP)
	}
	for _, r := range ev.DeliveryDelay.DelayedRecipients {
		add(r, "delayed", "Delivery delay: "+ev.DeliveryDelay.DelayType, "")
	}
	for _, addr := range ev.Delivery.Recipients {
		add(sesRecipient{EmailAddress: addr, DiagnosticCode: "smtp; " + ev.Delivery.SMTPResponse}, "delivered", "", ev.Delivery.RemoteMTAIP)
	}
	if ev.Reject.Reason != "" {
		for _, addr := range ev.Mail.Destination {
			add(sesRecipient{EmailAddress: addr}, "failed", "Reject: "+ev.Reject.Reason, "")
		}
	}
	return out
}

// sesEvent decodes the event in the text; ok is false where there is none.
func (m *message) sesEvent() (ev sesEvent, ok bool) {
	start := strings.IndexByte(m.body.text, '{')
	if start < 0 {
		return ev, false
	}
	// Old mail systems cut lines of a thousand bytes with an exclamation mark.
	text := strings.ReplaceAll(m.body.text[start:], "!\n ", "")
	if err := json.NewDecoder(strings.NewReader(text)).Decode(&ev); err != nil {
		// A raw line feed inside a string is no JSON.
		flat := strings.ReplaceAll(text, "\n", "")
		if err := json.NewDecoder(strings.NewReader(flat)).Decode(&ev); err != nil {
			return ev, false
		}
	}
	if ev.Message != "" {
		var inner sesEvent
		if err := json.NewDecoder(strings.NewReader(ev.Message)).Decode(&inner); err == nil {
			ev = inner
		}
	}
	return ev, ev.NotificationType != "" || ev.EventType != ""
}
