package postfix

import (
	"encoding/json"
	"strconv"
	"time"
)

// journalEntry is what is used of a line of journalctl -o json
// (systemd.journal-fields(7)).
type journalEntry struct {
	Realtime   string          `json:"__REALTIME_TIMESTAMP"` // microseconds since 1970
	Hostname   string          `json:"_HOSTNAME"`
	Identifier string          `json:"SYSLOG_IDENTIFIER"`
	Message    json.RawMessage `json:"MESSAGE"`
}

// journalLine reads one object of journalctl -o json. A message that is no
// valid UTF-8 is an array of bytes there.
func journalLine(p *parser) (known, ok bool) {
	e := &p.event
	var j journalEntry
	if json.Unmarshal([]byte(e.Text), &j) != nil || j.Identifier == "" {
		return false, false
	}
	micros, err := strconv.ParseInt(j.Realtime, 10, 64)
	if err != nil {
		return false, false
	}
	e.Time, e.Host = time.UnixMicro(micros).UTC(), j.Hostname
	var msg string
	if json.Unmarshal(j.Message, &msg) != nil {
		var raw []byte
		var numbers []int
		if json.Unmarshal(j.Message, &numbers) != nil {
			return true, false
		}
		for _, n := range numbers {
			raw = append(raw, byte(n&0xff))
		}
		msg = string(raw)
	}
	e.Text = j.Identifier + ": " + msg
	return true, p.tagged(j.Identifier, msg)
}
